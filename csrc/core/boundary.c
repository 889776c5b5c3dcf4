#include "boundary.h"

#include "plain_stop.h"
#include "run_on.h"
#include "stop.h"
#include "structure.h"
#include "word.h"
#include "word_stop.h"

#include <string.h>

#include "../tables/short_words.inc"

enum {
    FAREWELL_BITS = 10,
    STARTER_BITS = 12,
    LABEL_MOST = 6, /* bytes of "E-mail" */
    SPEAKER_WORDS = 6,
    APPOSITION_MAX = 80, /* bytes of what is said of a speaker between commas */
    DASHES_MAX = 6,      /* dashes and spaces before a name */
    STAMMER_MAX = 4,     /* bytes of a word that is said twice */
    FRAME_MAX = 60,      /* bytes of a dateline or of a speaker's label */
    CREDIT_MAX = 48,     /* bytes of a name behind a dash */
};

/* --- full stops ------------------------------------------------------------------------------ */

/* Where the text goes on behind the dash that follows the stop. */
static uint32_t behind_dash(const qt_boundaries *self, const qt_stop *c)
{
    uint32_t at = c->next, next, left = DASHES_MAX;
    while (at < self->paragraph.end && left-- &&
           qt_text_class(self->text, at) & (QT_CHAR_DASH | QT_CHAR_SPACE)) {
        qt_text_decode(self->text, at, &next);
        at = next;
    }
    return at;
}

/* Whether what follows an opening dash is a new sentence. */
static bool capital_after_dash(const qt_boundaries *self, const qt_stop *c)
{
    uint32_t at = behind_dash(self, c);
    return qt_class_within(self->text, at, self->paragraph.end) & QT_CHAR_UPPER;
}

/* Whether a dash and a name close the paragraph: the credit of a saying. */
static bool is_credit(const qt_boundaries *self, const qt_stop *c)
{
    uint32_t at = behind_dash(self, c), limit = self->paragraph.end;
    return limit - at <= CREDIT_MAX && capital_after_dash(self, c) &&
           qt_scan_next_stop(self->scan, at, limit) == limit;
}

static bool dot_ends(qt_boundaries *self, const qt_stop *c)
{
    if (c->next == c->end && !c->quoted && !c->bracketed) {
        self->doubtful = c->follows == QT_NEXT_UPPER;
        return qt_touching_stop_ends(self, c);
    }
    if (c->follows == QT_NEXT_DASH && is_credit(self, c))
        return false;
    if ((c->quoted || c->bracketed) && c->follows == QT_NEXT_LOWER)
        return false;
    return qt_word_stop_ends(self, c);
}

/* --- question and exclamation marks, ellipses ------------------------------------------------- */

/* Whether the word is I, I'm or the like. */
static bool is_first_person(const qt_text *text, quoth_span word)
{
    return word.start < word.end && text->bytes[word.start] == 'I' &&
           !(qt_class_within(text, word.start + 1, word.end) & QT_WORD_CHARS);
}

/* Verbs behind a speaker's name. */
static const uint64_t speech_verbs = QT_WORD_CUE_SPEECH | QT_WORD_CUE_BELIEF;

/* Whether a verb of saying follows the apposition that the comma opens: "Tom Reed, a painter, said",
 * "Ann Cole, D-Ore., asked". */
static bool speech_after(const qt_boundaries *self, uint32_t comma)
{
    const qt_text *text = self->text;
    uint32_t limit = self->paragraph.end, most = comma + APPOSITION_MAX;
    for (uint32_t at = comma + 1; at < limit && at < most; at++) {
        if (text->bytes[at] == '?' || text->bytes[at] == '!' || text->bytes[at] == '"')
            return false;
        if (text->bytes[at] != ',')
            continue;
        quoth_span verb = qt_word_at(text, qt_text_skip_space(text, at + 1, limit), limit);
        return qt_class_within(text, verb.start, verb.end) & QT_CHAR_LOWER &&
               qt_word_classes(text, verb, "") & speech_verbs;
    }
    return false;
}

/* Whether a speaker and a verb of saying follow: '"Why?" Anna Keller asked'. */
static bool speech_follows(const qt_boundaries *self, const qt_stop *c)
{
    const qt_text *text = self->text;
    uint32_t limit = self->paragraph.end;
    quoth_span word = c->word;
    if (c->opened || (qt_is_starter(self, c) && !is_first_person(text, word)))
        return false;
    for (uint32_t count = 0; count < SPEAKER_WORDS && word.start < word.end; count++) {
        uint64_t classes = qt_word_classes(text, word, "");
        if (count && classes & speech_verbs)
            return true;
        if (!(qt_class_within(text, word.start, word.end) & QT_CHAR_UPPER))
            return false;
        uint32_t at = word.end, next;
        if (at < limit && text->bytes[at] == '.')
            at++;
        uint8_t gap = qt_class_within(text, at, limit);
        if (gap & QT_CHAR_UPPER && at > word.end) {
            /* "J.T. Reed asked" */
        } else if (gap & QT_CHAR_DASH) {
            qt_text_decode(text, at, &next);
            at = next;
        } else if (gap & QT_CHAR_SPACE) {
            at = qt_text_skip_space(text, at, limit);
        } else {
            return count && at < limit && text->bytes[at] == ',' && speech_after(self, at);
        }
        word = qt_word_at(text, at, limit);
    }
    return false;
}

/* Whether a small letter begins a sentence behind ? or !: it does where people write without
 * capitals. */
static bool small_letter_ends(const qt_boundaries *self, const qt_stop *c)
{
    const qt_text *text = self->text;
    if (c->next == c->end)
        return false;
    if (qt_class_within(text, self->start, self->paragraph.end) & QT_CHAR_LOWER ||
        qt_class_within(text, self->paragraph.start, self->paragraph.end) & QT_CHAR_LOWER)
        return true;
    quoth_span second = qt_word_at(text, qt_text_skip_space(text, c->word.end, self->paragraph.end),
                                   self->paragraph.end);
    uint64_t first = qt_word_classes(text, c->word, "");
    return first & QT_WORD_STARTER &&
           !(first &
             (QT_WORD_CONJUNCTION | QT_WORD_AUXILIARY | QT_WORD_MODAL | QT_WORD_PREPOSITION)) &&
           !(qt_word_classes(text, second, "") & speech_verbs);
}

/* Whether the mark is that of a name: "Yahoo! said". */
static bool is_marked_name(const qt_boundaries *self, const qt_stop *c)
{
    if (c->kind != QT_STOP_STRONG || c->quoted || c->run.end - c->run.start > 1)
        return false;
    char mark[2] = {(char)self->text->bytes[c->run.start], 0};
    quoth_span word = qt_word_before(self->text, self->start, c->run.start, "");
    return qt_word_classes(self->text, word, mark) & QT_WORD_MARKED_NAME;
}

/* Whether the ellipsis is a pause within a sentence, although a capital follows. */
static bool is_pause(const qt_boundaries *self, const qt_stop *c)
{
    const qt_text *text = self->text;
    uint32_t gap = qt_text_skip_space_back(text, self->start, c->run.start);
    /* I is written with a capital anywhere. */
    if (is_first_person(text, c->word) && gap < c->run.start)
        return true;
    if (c->quoted || c->opened)
        return false;
    /* "I... I can't", "We... We lost" */
    quoth_span word = qt_word_before(text, self->start, gap, "'");
    uint32_t size = word.end - word.start;
    return size && size <= STAMMER_MAX && size == c->word.end - c->word.start &&
           !memcmp(text->bytes + word.start, text->bytes + c->word.start, size);
}

static bool strong_ends(qt_boundaries *self, const qt_stop *c)
{
    self->doubtful = c->follows != QT_NEXT_LOWER || c->kind == QT_STOP_STRONG;
    if (c->follows == QT_NEXT_DASH)
        return capital_after_dash(self, c) && !is_credit(self, c);
    if (c->follows == QT_NEXT_LOWER)
        return c->kind == QT_STOP_STRONG && !c->quoted && !c->bracketed &&
               !is_marked_name(self, c) && small_letter_ends(self, c);
    if (c->quoted && speech_follows(self, c))
        return false;
    if (c->kind == QT_STOP_ELLIPSIS && is_pause(self, c))
        return false;
    if (c->next == c->end && !c->quoted && !c->bracketed)
        return c->follows == QT_NEXT_UPPER;
    if (is_marked_name(self, c))
        return qt_is_starter(self, c);
    return c->follows != QT_NEXT_DIGIT || (c->kind == QT_STOP_STRONG && !c->opened);
}

/* --- all together ----------------------------------------------------------------------------- */

/* Whether the sentence so far is nothing, or only the number or letter of a list item. */
static bool is_empty(const qt_boundaries *self, const qt_stop *c)
{
    const qt_text *text = self->text;
    uint32_t at = self->start, next, bullet = at;
    if (c->run.start - at > 8)
        return false;
    /* "* 9. Roads" */
    if (!(qt_text_class(text, at) & QT_WORD_CHARS))
        bullet = qt_list_marker_end(text, at, c->run.start);
    uint32_t first = qt_text_decode(text, at, &next);
    if (first == 0x2022 || first == 0x2023 || first == 0x2043)
        bullet = bullet > at ? bullet : next;
    if (bullet > at && bullet < c->run.start)
        at = bullet;
    if (c->kind == QT_STOP_DOT && qt_list_marker_end(text, at, self->paragraph.end) == c->next &&
        c->next > c->end)
        return true;
    if (c->kind == QT_STOP_DOT &&
        ((c->run.start - at == 1 && qt_class_within(text, at, c->run.start) & QT_CHAR_UPPER) ||
         qt_is_roman(text, (quoth_span){at, c->run.start})))
        return true;
    bool numbered = c->kind == QT_STOP_DOT && at == self->paragraph.start && c->next > c->end;
    for (; at < c->run.start; at = next) {
        uint8_t class = qt_char_class(qt_text_decode(text, at, &next));
        if (class & QT_CHAR_LETTER || (class & QT_CHAR_DIGIT && !numbered))
            return false;
    }
    return true;
}

/* The value of the list marker "12" or "b" in a span of at most three bytes, or 0: numbers and
 * letters do not overlap. */
static uint32_t marker_value(const qt_text *text, quoth_span span)
{
    uint32_t value = 0, size = span.end - span.start;
    if (size == 1 && text->bytes[span.start] >= 'a' && text->bytes[span.start] <= 'z')
        return 1000u + text->bytes[span.start];
    for (uint32_t at = span.start; at < span.end; at++) {
        if (size > 3 || text->bytes[at] < '0' || text->bytes[at] > '9')
            return 0;
        value = value * 10 + text->bytes[at] - '0';
    }
    return value;
}

/* Where the next item of a list that runs on in one line starts ("1. Roads 2. Schools"), if the
 * full stop is that of its marker and the sentence began with the marker before or after; else the
 * stop. */
static uint32_t item_start(const qt_boundaries *self, const qt_stop *c)
{
    const qt_text *text = self->text;
    if (c->kind != QT_STOP_DOT || c->next == c->end || c->run.start < self->start + 2)
        return c->run.start;
    uint8_t last = text->bytes[c->run.start - 1];
    if (!(last >= '0' && last <= '9') && text->bytes[c->run.start - 2] != ' ')
        return c->run.start;
    quoth_span here = qt_word_before(text, self->start, c->run.start, ""),
               first = qt_word_at(text, self->start, c->run.start);
    if (here.end - here.start > 3 || first.end - first.start > 3 || here.start == self->start ||
        !(qt_text_class_before(text, here.start) & QT_CHAR_SPACE) ||
        qt_list_marker_end(text, self->start, self->paragraph.end) == self->start)
        return c->run.start;
    uint32_t before = marker_value(text, first), now = marker_value(text, here);
    return before && (now == before + 1 || now + 1 == before) ? here.start : c->run.start;
}

/* Whether the run stands in brackets by itself: "[...]", "(?)". */
static bool is_bracketed_run(const qt_boundaries *self, const qt_stop *c)
{
    uint32_t before;
    if (!c->bracketed || c->run.start == self->start)
        return false;
    uint32_t cp = qt_text_decode_before(self->text, c->run.start, &before);
    return cp == '(' || cp == '[';
}

/* What the model says of a place where the rules say that the sentence ends, or that it does not. */
static bool decide(qt_boundaries *self, const qt_stop *c, bool rule)
{
    qt_ending place = {c, self->paragraph, self->start, rule};
    if (self->rules_only)
        return rule;
    if (!self->seen)
        return qt_ending_is_end(self->text, &place);
    qt_decision *decision = qt_push(self->seen->arena, &self->seen->list);
    if (decision) {
        decision->end = c->end;
        decision->rule = rule;
        decision->feature_count = qt_ending_features(self->text, &place, decision->features);
    }
    self->seen->failed |= !decision;
    return rule;
}

static bool ends(qt_boundaries *self, const qt_stop *c)
{
    if (c->follows == QT_NEXT_COMMA || is_empty(self, c))
        return false;
    if (is_bracketed_run(self, c))
        return c->follows == QT_NEXT_UPPER && c->next > c->end && !c->opened;
    if (c->restopped || (c->address && c->next > c->end))
        return c->next > c->end;
    self->doubtful = false;
    bool rule = c->kind == QT_STOP_DOT ? dot_ends(self, c) : strong_ends(self, c);
    return self->doubtful ? decide(self, c, rule) : rule;
}

/* Whether a sign is a stop. */
static bool is_stop(const qt_boundaries *self, uint32_t at)
{
    return self->scan->window ? qt_byte_class[self->text->bytes[at]] & QT_BYTE_STOP
                              : qt_scan_has(self->scan->stops, at);
}

/* Takes the gap between end and next as a boundary. */
static bool take(qt_boundaries *self, uint32_t end, uint32_t next, quoth_span *gap)
{
    *gap = (quoth_span){end, next};
    self->start = next;
    self->item = self->paragraph.end;
    if (next > self->at)
        self->at = next;
    return true;
}

/* Passes over a colon; true if what it is part of ends a sentence without a stop. */
static bool pass_colon(qt_boundaries *self, uint32_t colon, quoth_span *gap)
{
    const qt_text *text = self->text;
    uint32_t limit = self->paragraph.end;
    self->at = colon + 1;
    bool spaced = colon + 1 < limit && text->bytes[colon + 1] == ' ';
    if (spaced && colon - self->start > LABEL_MOST)
        return false;
    uint32_t stamp = spaced ? 0 : qt_stamp_start(text, self->start, colon, limit);
    if (stamp > self->start) {
        self->at = stamp;
        return take(self, qt_text_skip_space_back(text, self->start, stamp), stamp, gap);
    }
    uint32_t end = qt_run_on_end(text, self->start, colon, limit);
    uint32_t next = qt_text_skip_space(text, end, limit);
    if (end > self->at)
        self->at = end;
    return end > colon && next > end && next < limit && qt_starts_anew(text, next, limit) &&
           take(self, end, next, gap);
}

/* Passes over a drawn line, which is a sentence of its own; true if one ends before or behind it. */
static bool pass_ruler(qt_boundaries *self, uint32_t at, uint32_t end, quoth_span *gap)
{
    const qt_text *text = self->text;
    uint32_t limit = self->paragraph.end, next = qt_text_skip_space(text, end, limit);
    if (at > self->start) {
        self->at = at;
        return take(self, qt_text_skip_space_back(text, self->start, at), at, gap);
    }
    self->at = end;
    return next < limit && next > end && take(self, end, next, gap);
}

/* Whether the word at offset at may be one that typically begins a sentence. */
static bool may_be_starter(const qt_text *text, uint32_t at)
{
    uint32_t length;
    if (text->size - at < 8)
        return true;
    uint64_t word = qt_short_word_at(qt_load_eight(text->bytes + at), &length);
    return !word || qt_short_set_has(starter_set, STARTER_BITS, word);
}

/* Whether what is before the sign opens the paragraph without a small word, as datelines and labels
 * do: "OSLO, Norway (AP) -", "Anna Keller:". */
static bool is_frame(const qt_boundaries *self, uint32_t sign)
{
    const qt_text *text = self->text;
    bool begins = true;
    if (self->start != self->paragraph.start || sign - self->start > FRAME_MAX ||
        !(text->bytes[sign] == ':' || qt_text_class(text, sign) & QT_CHAR_DASH))
        return false;
    for (uint32_t at = self->start, next; at < sign; at = next) {
        uint8_t class = qt_char_class(qt_text_decode(text, at, &next));
        if (begins && class & QT_CHAR_LOWER)
            return false;
        begins = !(class & QT_WORD_CHARS);
    }
    /* "Jill: The list is attached." */
    quoth_span word = qt_word_at(text, self->start, sign);
    return word.end < sign ||
           !(qt_word_classes(text, word, "") & (QT_WORD_MALE | QT_WORD_FEMALE | QT_WORD_STARTER));
}

/* Whether a number and a name follow one another: "the 1967 Six-Day War", "62 First Nations". */
static bool is_number_of_name(const qt_boundaries *self, uint32_t sign, const qt_stop *c)
{
    const qt_text *text = self->text;
    uint32_t limit = self->paragraph.end, next = qt_text_skip_space(text, c->word.end, limit);
    quoth_span number = qt_word_before(text, self->start, sign + 1, "-./:");
    if (!(qt_text_class(text, sign) & QT_CHAR_DIGIT) || number.end - number.start > 4 ||
        qt_word_classes(text, c->word, "") & QT_WORD_PREPOSITION)
        return false;
    return qt_class_within(text, next, limit) & (next > c->word.end ? QT_CHAR_UPPER : QT_CHAR_DASH);
}

/* Passes over a sign before white space; true if it ends a sentence. Only before a word that
 * typically begins one is that asked. */
static bool pass_sign(qt_boundaries *self, uint32_t at, quoth_span *gap)
{
    const qt_text *text = self->text;
    uint32_t limit = self->paragraph.end, end;
    qt_text_decode(text, at, &end);
    if (end >= limit || !(qt_text_class(text, end) & QT_CHAR_SPACE))
        return false;
    uint32_t next = qt_text_skip_space(text, end, limit);
    if (next >= limit || !may_be_starter(text, next))
        return false;
    qt_stop c = qt_stop_instead(text, (quoth_span){at, end}, limit);
    /* A colon leads to a quotation; the two are one sentence. */
    bool leads = c.opened && text->bytes[at] == ':';
    return c.follows == QT_NEXT_UPPER && !leads &&
           qt_word_classes(text, c.word, "") & QT_WORD_STARTER && decide(self, &c, false) &&
           !is_frame(self, at) && !is_number_of_name(self, at, &c) &&
           take(self, c.end, c.next, gap);
}

/* Passes over what may end a sentence without a stop; true if it does. */
static bool pass_break(qt_boundaries *self, uint32_t at, quoth_span *gap)
{
    const uint8_t *b = self->text->bytes;
    uint32_t limit = self->paragraph.end;
    if (b[at] == ':' && pass_colon(self, at, gap))
        return true;
    if (b[at] != ':')
        self->at = at + 1;
    /* Only the first of a row is looked at: time would not be linear else. */
    if (at + 1 < limit && b[at + 1] == b[at] && !(at > self->start && b[at - 1] == b[at])) {
        uint32_t ruler = qt_ruler_end(self->text, self->start, at, limit);
        return ruler > at && pass_ruler(self, at, ruler, gap);
    }
    return self->at == at + 1 && b[at] != ';' && b[at] != '<' && pass_sign(self, at, gap);
}

/* End of the label of a caption when the stop is the one in its number ("Figure 1.3 The harbour"),
 * or 0. */
static uint32_t label_end(const qt_boundaries *self, const qt_stop *c)
{
    const qt_text *text = self->text;
    if (c->next > c->end || c->follows != QT_NEXT_DIGIT || self->start != self->paragraph.start ||
        c->run.start - self->start >= QT_LABEL_LIMIT)
        return 0;
    quoth_span noun = qt_word_at(text, self->start, c->run.start),
               number = qt_word_before(text, self->start, c->run.start, "");
    uint32_t next = qt_text_skip_space(text, c->word.end, self->paragraph.end);
    return number.start > noun.end && next > c->word.end &&
                   qt_text_skip_space(text, noun.end, number.start) == number.start &&
                   qt_class_within(text, number.start, number.end) & QT_CHAR_DIGIT &&
                   qt_class_within(text, next, self->paragraph.end) & QT_CHAR_UPPER &&
                   qt_word_classes(text, noun, "") & QT_WORD_LETTERED_NOUN
               ? c->word.end
               : 0;
}

/* Passes over a run of stops; true if it ends a sentence. */
static bool pass_stop(qt_boundaries *self, uint32_t stop, quoth_span *gap)
{
    uint32_t limit = self->paragraph.end;
    qt_plain_verdict plain = QT_PLAIN_UNCLEAR;
    if (!self->no_short_cut)
        plain = qt_plain_stop(self->text, self->abbreviations, self->start, stop, limit, gap);
    if (plain == QT_PLAIN_NONE)
        self->at = stop + 1;
    if (plain != QT_PLAIN_UNCLEAR)
        return plain == QT_PLAIN_END && take(self, gap->start, gap->end, gap);
    qt_stop c = qt_stop_at(self->text, stop, limit);
    self->at = c.next < limit ? c.run.end : limit;
    if (c.next >= limit)
        return false;
    uint32_t item = item_start(self, &c);
    if (item < c.run.start)
        return take(self, qt_text_skip_space_back(self->text, self->start, item), item, gap);
    uint32_t label = label_end(self, &c);
    if (label)
        return take(self, label, qt_text_skip_space(self->text, label, limit), gap);
    return ends(self, &c) && take(self, c.end, c.next, gap);
}

/* Whether the first word of the sentence may be one that a letter ends with. */
static bool may_be_farewell(const qt_boundaries *self)
{
    uint32_t length;
    if (self->text->size - self->start < 8)
        return true;
    uint64_t word = qt_short_word_at(qt_load_eight(self->text->bytes + self->start), &length);
    return word && qt_short_set_has(farewell_set, FAREWELL_BITS, word);
}

/* Whether a digit or a bullet starts with this byte. */
static bool may_be_item(uint8_t first)
{
    return (first >= '0' && first <= '9') || first == 0xE2;
}

qt_boundaries qt_boundary_first(const qt_text *text, const qt_scan *scan,
                                const qt_abbreviations *abbreviations, quoth_span paragraph)
{
    return (qt_boundaries){
        .text = text,
        .scan = scan,
        .abbreviations = abbreviations,
        .paragraph = paragraph,
        .start = paragraph.start,
        .at = paragraph.start,
        .item = paragraph.end,
    };
}

bool qt_boundary_next(qt_boundaries *self, quoth_span *gap)
{
    const qt_text *text = self->text;
    uint32_t limit = self->paragraph.end;
    if (self->at == self->start) {
        uint32_t farewell = may_be_farewell(self) ? qt_farewell_end(text, self->start, limit) : 0;
        if (farewell)
            return take(self, farewell, qt_text_skip_space(text, farewell, limit), gap);
        if (may_be_item(text->bytes[self->start]))
            self->item = qt_next_item(text, self->start, limit);
    }
    for (;;) {
        uint32_t next = qt_scan_next_sign(self->scan, self->at, limit);
        if (self->item < limit && self->item <= next)
            return take(self, qt_text_skip_space_back(text, self->start, self->item), self->item,
                        gap);
        if (next == limit)
            return false;
        if (is_stop(self, next) ? pass_stop(self, next, gap) : pass_break(self, next, gap))
            return true;
    }
}
