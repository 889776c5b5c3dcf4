#include "frame.h"

#include "document.h"
#include "frame_line.h"
#include "word.h"

#include <string.h>

enum {
    HEAD_MAX = 3, /* paragraphs that may stand before the first byline, dateline or source line */
    TAIL_MAX = 8, /* paragraphs of a note on the author, and of what follows the text */
    OPENINGS_MAX = 3,       /* paragraphs of the body that are tried for a dateline */
    TITLE_MAX = 240,        /* bytes, when a byline or the like follows */
    BARE_TITLE_MAX = 120,   /* bytes, when running text follows */
    CASED_TITLE_MAX = 160,  /* bytes, when it is written in title case besides */
    STOPPED_TITLE_MAX = 90, /* bytes of a title that is written like a sentence */
    KICKER_MAX = 24,        /* bytes */
    STANDFIRST_MAX = 600,   /* bytes */
    HEADING_MAX = 100,      /* bytes */
    TURN_WORDS = 5,         /* of the name of a speaker */
    LONG_WORD = 4,          /* letters of a word that is written with a capital in a title */
};

/* The state of finding the frame of one document. */
typedef struct framer {
    const quoth_doc *doc;
    const qt_text *text;
    qt_matcher *matcher;
    quoth_paragraph *items;
    uint32_t count;
    quoth_frame *frame;
} framer;

static uint32_t size_of(const framer *self, uint32_t index)
{
    return self->items[index].span.end - self->items[index].span.start;
}

static bool ends_with_stop(const framer *self, uint32_t index)
{
    char ending = qt_line_ending(self->text, self->items[index].span);
    return ending == '.' || ending == '!' || ending == '?';
}

static bool starts_list_item(const framer *self, uint32_t index)
{
    quoth_span span = self->items[index].span;
    return qt_list_marker_end(self->text, span.start, span.end) > span.start;
}

static bool ends_with_full_stop(const framer *self, uint32_t index)
{
    return qt_line_ending(self->text, self->items[index].span) == '.';
}

/* Whether a quotation mark is the first character. */
static bool starts_quoted(const framer *self, uint32_t index)
{
    uint32_t start = self->items[index].span.start;
    return qt_scan_next(self->doc->scan.marks, start, start + 1) == start;
}

static void set(quoth_span *part, quoth_span span)
{
    if (part->start == part->end)
        *part = span;
}

/* --- the title -------------------------------------------------------------------------------- */

/* Whether nearly all of the longer words begin with a capital, prepositions and the like left
 * out. */
static bool has_title_case(const framer *self, uint32_t index)
{
    const uint64_t small = QT_WORD_PREPOSITION | QT_WORD_CONJUNCTION | QT_WORD_SUBORDINATOR |
                           QT_WORD_DETERMINER | QT_WORD_PRONOUN;
    const qt_text *text = self->text;
    quoth_span span = self->items[index].span;
    uint32_t capitals = 0, words = 0, next;
    for (uint32_t at = span.start; at < span.end; at = next) {
        quoth_span word = qt_word_at(text, at, span.end);
        next = word.end;
        if (word.start == word.end)
            qt_text_decode(text, at, &next);
        if (word.end - word.start < LONG_WORD)
            continue;
        bool upper = !(qt_text_class(text, at) & QT_CHAR_LOWER);
        capitals += upper;
        words += upper || !(qt_word_classes(text, word, "") & small);
    }
    return words && capitals * 10 >= words * 9;
}

/* Whether a stop that white space follows stands within the paragraph. */
static bool has_inner_stop(const framer *self, uint32_t index)
{
    quoth_span span = self->items[index].span;
    const uint64_t *stops = self->doc->scan.stops;
    uint32_t next;
    for (uint32_t at = span.start; (at = qt_scan_next(stops, at, span.end)) < span.end; at = next) {
        qt_text_decode(self->text, at, &next);
        if (next < span.end && qt_text_class(self->text, next) & QT_CHAR_SPACE)
            return true;
    }
    return false;
}

/* Whether one of the next paragraphs is running text, longer than this one. */
static bool precedes_text(const framer *self, uint32_t index)
{
    for (uint32_t i = index + 1; i < self->count && i <= index + HEAD_MAX; i++)
        if (size_of(self, i) > size_of(self, index) && ends_with_stop(self, i))
            return true;
    return false;
}

/* Whether the first word is one that sentences begin with, and headlines rarely do: an article, a
 * pronoun. */
static bool starts_like_sentence(const framer *self, uint32_t index)
{
    quoth_span span = self->items[index].span;
    return qt_word_classes(self->text, qt_word_at(self->text, span.start, span.end), "") &
           QT_WORD_STARTER;
}

/* Whether a word tells that the paragraph is a sentence, and not a headline: a verb in the past, a
 * form of be or have, a day of the week. */
static bool reads_like_sentence(const framer *self, uint32_t index)
{
    const uint64_t telling =
        QT_WORD_VERB_PAST | QT_WORD_AUXILIARY | QT_WORD_MODAL | QT_WORD_DAY_OR_ZONE;
    const qt_text *text = self->text;
    quoth_span span = self->items[index].span;
    uint32_t next;
    for (uint32_t at = span.start; at < span.end; at = next) {
        quoth_span word = qt_word_at(text, at, span.end);
        next = word.end;
        if (word.start == word.end)
            qt_text_decode(text, at, &next);
        else if (qt_word_classes(text, word, "") & telling ||
                 (word.end - word.start > LONG_WORD && qt_text_has(text, word.end - 2, "ed")))
            return true;
    }
    return false;
}

/* Whether a first paragraph that ends with a full stop is a title, and not the first sentence. */
static bool is_stopped_title(const framer *self, uint32_t index, bool framed)
{
    if (has_inner_stop(self, index) || !(framed || precedes_text(self, index)))
        return false;
    if (has_title_case(self, index))
        return size_of(self, index) <= CASED_TITLE_MAX;
    return size_of(self, index) <= STOPPED_TITLE_MAX && !starts_quoted(self, index) &&
           !starts_like_sentence(self, index) && !reads_like_sentence(self, index);
}

/* "BOB COLE: We will not.": one to five words with capitals and a colon, and words behind it. */
static bool is_turn(const framer *self, uint32_t index)
{
    const qt_text *text = self->text;
    quoth_span span = self->items[index].span;
    uint32_t at = span.start, words = 0;
    for (; at < span.end && words < TURN_WORDS; words++) {
        if (!(qt_text_class(text, at) & QT_CHAR_UPPER))
            return false;
        while (at < span.end && text->bytes[at] != ':' &&
               !(qt_text_class(text, at) & QT_CHAR_SPACE))
            at++;
        if (at + 2 < span.end && text->bytes[at] == ':')
            return (qt_text_class(text, at + 1) & QT_CHAR_SPACE) != 0;
        at = qt_text_skip_space(text, at, span.end);
    }
    return false;
}

/* Whether two speakers of a transcript begin here. */
static bool starts_transcript(const framer *self, uint32_t index)
{
    return index + 1 < self->count && is_turn(self, index) && is_turn(self, index + 1);
}

/* Whether the first paragraph is the article's title. framed: a byline, dateline or source line
 * follows. */
static bool is_title(const framer *self, uint32_t index, bool framed)
{
    quoth_span span = self->items[index].span;
    quoth_frame ignored = {0};
    if (index + 1 >= self->count || size_of(self, index) > TITLE_MAX ||
        starts_list_item(self, index) || qt_text_class(self->text, span.start) & QT_CHAR_LOWER ||
        starts_transcript(self, index) ||
        qt_frame_opening(self->matcher, self->text, span, &ignored))
        return false;
    bool precedes =
        framed || (precedes_text(self, index) &&
                   (size_of(self, index) <= BARE_TITLE_MAX ||
                    (size_of(self, index) <= CASED_TITLE_MAX && has_title_case(self, index))));
    switch (qt_line_ending(self->text, span)) {
    case ':':
    case ',':
        return false;
    case '.':
        return is_stopped_title(self, index, framed);
    case '?':
    case '!':
        return precedes && (framed || !has_inner_stop(self, index) || has_title_case(self, index));
    default:
        return precedes;
    }
}

/* --- the head --------------------------------------------------------------------------------- */

/* The kind of a line of the head, or BODY; what it says goes into the frame. */
static quoth_paragraph_kind head_kind(const framer *self, uint32_t index)
{
    quoth_span span = self->items[index].span;
    if (qt_frame_dateline(self->matcher, self->text, span, self->frame))
        return QUOTH_PARAGRAPH_DATELINE;
    if (qt_frame_source(self->matcher, self->text, span, self->frame))
        return QUOTH_PARAGRAPH_SOURCE_LINE;
    if (index ? qt_frame_byline(self->matcher, self->text, span)
              : qt_frame_first_byline(self->matcher, self->text, span)) {
        set(&self->frame->byline, span);
        return QUOTH_PARAGRAPH_BYLINE;
    }
    return QUOTH_PARAGRAPH_BODY;
}

/* Names alone are a byline when a dateline follows them, or when a role does. */
static bool is_bare_byline(const framer *self, uint32_t index, bool dated)
{
    bool has_role;
    return qt_frame_bare_byline(self->matcher, self->text, self->items[index].span, &has_role) &&
           (has_role || dated) && !has_inner_stop(self, index);
}

static void mark_byline(framer *self, uint32_t index)
{
    self->items[index].kind = QUOTH_PARAGRAPH_BYLINE;
    set(&self->frame->byline, self->items[index].span);
}

/* The first paragraph from start on that opens with a dateline, or count. */
static uint32_t find_opening(framer *self, uint32_t start)
{
    for (uint32_t i = start; i < self->count && i < start + OPENINGS_MAX; i++)
        if (self->items[i].kind == QUOTH_PARAGRAPH_BODY &&
            qt_frame_opening(self->matcher, self->text, self->items[i].span, self->frame))
            return i;
    return self->count;
}

/* Marks what stands between the title and the line or dateline at end: standfirst, bare byline. */
static void mark_standfirst(framer *self, uint32_t title, uint32_t end, bool dated)
{
    uint32_t first = title + 1;
    if (end > first && is_bare_byline(self, end - 1, dated))
        mark_byline(self, --end);
    for (uint32_t i = first; i < end; i++)
        if (size_of(self, i) > STANDFIRST_MAX)
            return;
    for (uint32_t i = first; i < end; i++)
        self->items[i].kind = QUOTH_PARAGRAPH_STANDFIRST;
    if (end > first)
        self->frame->standfirst =
            (quoth_span){self->items[first].span.start, self->items[end - 1].span.end};
}

/* Whether the paragraph only says what section the article belongs to: one word, or all
 * capitals. */
static bool is_kicker(const framer *self, uint32_t index)
{
    quoth_span span = self->items[index].span;
    bool one_word = true, capitals = true;
    uint32_t next;
    for (uint32_t at = span.start; at < span.end; at = next) {
        uint8_t class = qt_char_class(qt_text_decode(self->text, at, &next));
        one_word &= !(class & QT_CHAR_SPACE);
        capitals &= !(class & QT_CHAR_LOWER);
    }
    return size_of(self, index) <= KICKER_MAX && (one_word || capitals) &&
           !qt_line_ending(self->text, span);
}

/* Index of the first byline, dateline or source line from start on, or of the paragraph where it
 * would be too late for one. */
static uint32_t find_line(framer *self, uint32_t start)
{
    uint32_t limit = self->count < start + HEAD_MAX ? self->count : start + HEAD_MAX;
    uint32_t line = start;
    while (line < limit && (self->items[line].kind = head_kind(self, line)) == QUOTH_PARAGRAPH_BODY)
        line++;
    return line;
}

/* Marks the lines from line on; the result is the first paragraph after them. */
static uint32_t mark_lines(framer *self, uint32_t line)
{
    for (; line < self->count; line++) {
        self->items[line].kind = head_kind(self, line);
        if (self->items[line].kind != QUOTH_PARAGRAPH_BODY)
            continue;
        if (!line || !is_bare_byline(self, line, false))
            break;
        mark_byline(self, line);
    }
    return line;
}

/* Marks what follows the title up to the first of the body, whose index is the result. A standfirst
 * needs a byline, dateline or source line below it. */
static uint32_t mark_below_title(framer *self, uint32_t title, uint32_t line, bool framed)
{
    if (framed) {
        mark_standfirst(self, title, line, self->items[line].kind == QUOTH_PARAGRAPH_DATELINE);
        return mark_lines(self, line);
    }
    uint32_t opening = find_opening(self, title + 1);
    bool opened = opening < self->count, longer = title + 2 < self->count;
    if (opened)
        mark_standfirst(self, title, opening, true);
    else if (longer && (is_bare_byline(self, title + 1, false) ||
                        qt_line_ending(self->text, self->items[title].span) == ';'))
        mark_standfirst(self, title, title + 2, false);
    else
        return title + 1;
    return opened ? opening : title + 2;
}

/* Marks the title and the lines round it; the result is the index of the first paragraph of the
 * body. */
static uint32_t mark_head(framer *self)
{
    uint32_t title = mark_lines(self, 0);
    uint32_t line = find_line(self, title + 1);
    bool framed = line < self->count && self->items[line].kind != QUOTH_PARAGRAPH_BODY;
    if (title + 1 < self->count && is_kicker(self, title) && (!framed || line > title + 1) &&
        is_title(self, title + 1, framed && line > title + 1) &&
        !ends_with_full_stop(self, title + 1) && !is_bare_byline(self, title + 1, false)) {
        self->items[title++].kind = QUOTH_PARAGRAPH_HEADING;
        line = line > title ? line : title + 1;
    } else if (!is_title(self, title, framed)) {
        uint32_t body = framed ? mark_lines(self, line) : title;
        if (self->frame->dateline.start == self->frame->dateline.end)
            find_opening(self, body);
        return body;
    }
    self->items[title].kind = QUOTH_PARAGRAPH_TITLE;
    self->frame->title = self->items[title].span;
    uint32_t body = mark_below_title(self, title, line, framed);
    if (self->frame->dateline.start == self->frame->dateline.end)
        find_opening(self, body);
    return body;
}

/* --- the tail --------------------------------------------------------------------------------- */

/* Whether the last word of a name stands in the body: then the person is written about. */
static bool is_written_about(const framer *self, quoth_span name, uint32_t first, uint32_t last)
{
    const qt_text *text = self->text;
    uint32_t start = name.end, before;
    while (start > name.start && !(qt_text_class_before(text, start) & QT_CHAR_SPACE)) {
        qt_text_decode_before(text, start, &before);
        start = before;
    }
    size_t size = name.end - start;
    uint32_t at = self->items[first].span.start, end = self->items[last].span.start;
    while (size && at + size <= end) {
        const uint8_t *found = memchr(text->bytes + at, text->bytes[start], end - at - size + 1);
        if (!found)
            return false;
        at = (uint32_t)(found - text->bytes);
        if (!memcmp(found, text->bytes + start, size) &&
            !(qt_text_class(text, at + (uint32_t)size) & QT_CHAR_LETTER))
            return true;
        at++;
    }
    return false;
}

static void mark_note(framer *self, uint32_t index)
{
    quoth_span *note = &self->frame->author_note, span = self->items[index].span;
    self->items[index].kind = QUOTH_PARAGRAPH_AUTHOR_NOTE;
    *note = (quoth_span){span.start, note->end > span.end ? note->end : span.end};
}

/* Marks the note on the author and a source line below the text; body is the first paragraph of
 * it. */
static void mark_tail(framer *self, uint32_t body)
{
    uint32_t end = self->count, first = end > body + TAIL_MAX ? end - TAIL_MAX : body + 1;
    for (uint32_t i = first; i < end; i++) {
        if (!qt_frame_about(self->matcher, self->text, self->items[i].span))
            continue;
        for (uint32_t j = end; j-- > i;)
            mark_note(self, j);
        end = i;
    }
    for (uint32_t i = end; i-- > first;) {
        quoth_span span = self->items[i].span, name;
        bool quotes = qt_scan_next(self->doc->scan.marks, span.start, span.start + 1) == span.start;
        if (qt_frame_source(self->matcher, self->text, span, self->frame))
            self->items[i].kind = QUOTH_PARAGRAPH_SOURCE_LINE;
        else if (!quotes && qt_frame_note(self->matcher, self->text, span, &name) &&
                 !is_written_about(self, name, body, i))
            mark_note(self, i);
        else
            return;
    }
}

/* --- headings and lists ----------------------------------------------------------------------- */

static bool is_heading(const framer *self, uint32_t index)
{
    quoth_span span = self->items[index].span;
    if (!index || index + 1 == self->count || size_of(self, index) > HEADING_MAX ||
        starts_quoted(self, index) || is_turn(self, index) ||
        !(qt_text_class(self->text, span.start) & (QT_CHAR_UPPER | QT_CHAR_DIGIT)) ||
        has_inner_stop(self, index))
        return false;
    char ending = qt_line_ending(self->text, span);
    if (ending && !(ending == '?' && has_title_case(self, index)))
        return false;
    return self->items[index + 1].kind == QUOTH_PARAGRAPH_BODY &&
           !starts_list_item(self, index + 1) && size_of(self, index + 1) > size_of(self, index) &&
           ends_with_stop(self, index + 1);
}

quoth_status qt_structure_frame(const struct quoth_doc *doc, quoth_scratch *scratch,
                                qt_structure *inout)
{
    framer self = {doc,
                   &doc->text,
                   scratch->matcher,
                   inout->paragraphs.items,
                   inout->paragraphs.count,
                   &inout->frame};
    if (!self.count)
        return QUOTH_OK;
    uint32_t body = mark_head(&self);
    if (body < self.count)
        mark_tail(&self, body);
    for (uint32_t i = 0; i < self.count; i++) {
        if (self.items[i].kind != QUOTH_PARAGRAPH_BODY)
            continue;
        if (starts_list_item(&self, i))
            self.items[i].kind = QUOTH_PARAGRAPH_LIST_ITEM;
        else if (i >= body && is_heading(&self, i))
            self.items[i].kind = QUOTH_PARAGRAPH_HEADING;
    }
    return QUOTH_OK;
}
