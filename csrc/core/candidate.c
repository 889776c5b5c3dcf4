#include "candidate.h"

#include "document.h"

enum {
    LEFT_WINDOW = 60,
    RIGHT_WINDOW = 45,
    BEFORE_WINDOW = 60,
    BEFORE_SENTENCES = 2,
    AFTER_WINDOW = 30,
};

/* A stretch of tokens that is searched for cues and sources. */
typedef struct region {
    uint32_t first, end;
    uint8_t place;
} region;

static bool is_outside(const qt_syntax *s, uint32_t i)
{
    return s->words[i].quotation == QUOTH_NONE;
}

static bool opens_phrase(uint8_t r)
{
    return r == QT_ROLE_DETERMINER || r == QT_ROLE_NOUN || r == QT_ROLE_NAME ||
           r == QT_ROLE_PRONOUN || r == QT_ROLE_NUMBER;
}

static bool is_verbal(uint8_t r)
{
    return r == QT_ROLE_VERB || r == QT_ROLE_PASSIVE || r == QT_ROLE_INFINITIVE ||
           r == QT_ROLE_GERUND;
}

static void add(qt_candidates *out, uint8_t place, uint8_t form, const qt_cue *cue,
                const qt_phrase *source)
{
    if (out->count == QT_CANDIDATES_MAX)
        return;
    for (uint32_t i = 0; i < out->count; i++) {
        const qt_candidate *c = &out->items[i];
        if (c->source.first == source->first && c->source.end == source->end &&
            c->cue.first == cue->first && c->cue.end == cue->end)
            return;
    }
    out->items[out->count++] = (qt_candidate){*source, *cue, place, form};
}

/* "be" as the verb of a clause: no other verb follows it. */
static bool is_copula(const qt_syntax *s, uint32_t i, uint32_t end)
{
    if (qt_syntax_role(s, i) != QT_ROLE_AUXILIARY)
        return false;
    uint32_t k = i + 1;
    while (k < end &&
           (qt_syntax_role(s, k) == QT_ROLE_ADVERB || qt_syntax_role(s, k) == QT_ROLE_AUXILIARY))
        k++;
    return k >= end || !is_verbal(qt_syntax_role(s, k));
}

/* The source that follows a cue: "said X", "said on Monday X". */
static void add_inverted(const qt_syntax *s, const region *at, const qt_cue *cue,
                         qt_candidates *out)
{
    qt_phrase source;
    uint32_t i = cue->end;
    while (i < at->end && qt_syntax_role(s, i) == QT_ROLE_ADVERB)
        i++;
    if (i < at->end &&
        (opens_phrase(qt_syntax_role(s, i)) || qt_syntax_role(s, i) == QT_ROLE_TIME) &&
        is_outside(s, i) && qt_noun_phrase_after(s, i, at->end, &source))
        add(out, at->place, QT_FORM_INVERTED, cue, &source);
}

static void add_agent(const qt_syntax *s, const region *at, const qt_cue *cue, qt_candidates *out)
{
    qt_phrase source;
    for (uint32_t i = cue->end; i + 1 < at->end && i < cue->end + 8; i++)
        if ((qt_syntax_text(s, i, "by") || qt_syntax_text(s, i, "from")) &&
            qt_noun_phrase_after(s, i + 1, at->end, &source)) {
            add(out, at->place, QT_FORM_AGENT, cue, &source);
            return;
        }
}

static void add_verb(const qt_syntax *s, const region *at, uint32_t i, qt_candidates *out)
{
    qt_cue cue;
    qt_phrase source;
    uint8_t r = qt_syntax_role(s, i);
    if (!qt_cue_verb_at(s, i, &cue))
        cue = (qt_cue){i, i, i + 1, s->tokens[i].classes};
    uint32_t floor = qt_sentence_first(s, s->words[i].sentence);
    if (at->place == QT_PLACE_RIGHT || floor < at->first)
        floor = at->first;
    /* "was told": to whom it was said. */
    bool heard = r == QT_ROLE_PASSIVE && cue.classes & QT_WORD_CUE_HEARER;
    if (!heard && qt_subject_of(s, i, floor, &source))
        add(out, at->place, QT_FORM_SUBJECT, &cue, &source);
    if (r == QT_ROLE_PASSIVE)
        add_agent(s, at, &cue, out);
    else if (r == QT_ROLE_VERB && (at->place == QT_PLACE_RIGHT || i == at->first ||
                                   cue.classes & (QT_WORD_CUE_BARE | QT_WORD_CUE_SPEECH)))
        add_inverted(s, at, &cue, out);
}

static void add_according(const qt_syntax *s, const region *at, uint32_t i, uint32_t size,
                          qt_candidates *out)
{
    qt_phrase source;
    qt_cue cue = {i, i, i + size, QT_WORD_CUE_SPEECH};
    if (qt_noun_phrase_after(s, i + size, at->end, &source))
        add(out, at->place, QT_FORM_ACCORDING, &cue, &source);
}

static void add_noun(const qt_syntax *s, const region *at, uint32_t i, qt_candidates *out)
{
    qt_phrase source;
    qt_cue cue = {i, i, i + 1, s->tokens[i].classes};
    uint32_t floor = qt_sentence_first(s, s->words[i].sentence);
    if (qt_possessor_of(s, i, floor < at->first ? at->first : floor, &source))
        add(out, at->place, QT_FORM_POSSESSOR, &cue, &source);
    add_agent(s, at, &cue, out);
}

/* Whether a candidate has this phrase, or what is in it, as its source. */
static bool is_covered(const qt_candidates *out, uint32_t first)
{
    for (uint32_t i = 0; i < out->count; i++)
        if (out->items[i].source.first <= first && first < out->items[i].source.end)
            return true;
    return false;
}

/* "X was told": they heard it. */
static bool is_hearer(const qt_syntax *s, const qt_phrase *phrase, uint32_t end)
{
    uint32_t i = phrase->end;
    while (i < end &&
           (qt_syntax_role(s, i) == QT_ROLE_AUXILIARY || qt_syntax_role(s, i) == QT_ROLE_ADVERB))
        i++;
    return i < end && qt_syntax_role(s, i) == QT_ROLE_PASSIVE &&
           qt_syntax_is(s, i, QT_WORD_CUE_HEARER);
}

/* Phrases that no cue has as its source. hearers: those that were told something, too. */
static void add_phrases(const qt_syntax *s, const region *at, bool hearers, qt_candidates *out)
{
    static const qt_cue no_cue = {0, 0, 0, 0};
    for (uint32_t i = at->first; i < at->end;) {
        qt_phrase source;
        if (!is_outside(s, i) || !opens_phrase(qt_syntax_role(s, i)) ||
            !qt_noun_phrase_after(s, i, at->end, &source)) {
            i++;
            continue;
        }
        if (!is_covered(out, i) && (hearers || !is_hearer(s, &source, at->end)))
            add(out, at->place, QT_FORM_PHRASE, &no_cue, &source);
        i = source.core_end > i ? source.core_end : i + 1;
    }
}

static void search(const qt_syntax *s, const region *at, qt_candidates *out)
{
    for (uint32_t i = at->first; i < at->end; i++) {
        if (!is_outside(s, i))
            continue;
        uint8_t r = qt_syntax_role(s, i);
        uint32_t size = s->tokens[i].prefix ? qt_cue_according_at(s, i) : 0;
        if (is_verbal(r) || is_copula(s, i, at->end))
            add_verb(s, at, i, out);
        else if (size)
            add_according(s, at, i, size, out);
        else if (r == QT_ROLE_NOUN && qt_syntax_is(s, i, QT_WORD_CUE_NOUN | QT_WORD_WORD_NOUN))
            add_noun(s, at, i, out);
    }
    add_phrases(s, at, false, out);
}

static uint32_t later(uint32_t a, uint32_t b)
{
    return a > b ? a : b;
}

static uint32_t earlier(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

/* The sentence that leads up to the marks: where it begins; marks.first if there is none. */
static uint32_t left_of(const qt_syntax *s, qt_stretch q)
{
    if (q.first == 0)
        return 0;
    uint32_t before = q.first - 1, sentence = s->words[q.first].sentence;
    bool colon = qt_syntax_byte(s, before, ':') || qt_syntax_role(s, before) == QT_ROLE_COMMA;
    if (s->words[before].sentence != sentence && !colon)
        return q.first;
    uint32_t floor = qt_sentence_first(s, s->words[before].sentence);
    return q.first - floor > LEFT_WINDOW ? q.first - LEFT_WINDOW : floor;
}

static uint32_t right_of(const qt_syntax *s, qt_stretch q)
{
    if (q.end >= s->count || q.end == q.first)
        return q.end;
    uint32_t sentence = s->words[q.end].sentence;
    if (sentence != s->words[q.end - 1].sentence)
        return q.end;
    return earlier(qt_sentence_end(s, sentence), q.end + RIGHT_WINDOW);
}

/* "..., X said; years later Y would call it ...": behind a semicolon nobody's words go on. */
static bool is_parted(const qt_syntax *s, uint32_t previous, uint32_t first)
{
    uint32_t end = qt_stretch_of(s, &s->doc->quotations.items.items[previous]).end;
    if (first == 0 || end >= first || s->words[end].sentence != s->words[first - 1].sentence)
        return false;
    for (uint32_t i = end; i < first && first - i < LEFT_WINDOW; i++)
        if (qt_syntax_role(s, i) == QT_ROLE_STOP && qt_syntax_byte(s, i, ';'))
            return true;
    return false;
}

void qt_candidates_find(const qt_syntax *self, uint32_t quotation, uint32_t previous, bool beside,
                        qt_candidates *out)
{
    const quoth_doc *doc = self->doc;
    qt_stretch q = qt_stretch_of(self, &doc->quotations.items.items[quotation]);
    static const qt_candidate inherited = {.place = QT_PLACE_PREVIOUS, .form = QT_FORM_NONE};
    static const qt_candidate apart = {.place = QT_PLACE_APART, .form = QT_FORM_NONE};
    static const qt_candidate nobody = {.place = QT_PLACE_NOWHERE, .form = QT_FORM_NONE};
    out->count = 0;
    out->marks = q;
    out->previous = previous;
    out->words = qt_stretch_words(self, q);
    out->left = left_of(self, q);
    out->right = right_of(self, q);
    out->items[out->count++] = apart;
    out->items[out->count++] = nobody;
    if (previous != QUOTH_NONE && !is_parted(self, previous, q.first))
        out->items[out->count++] = inherited;
    if (q.first >= q.end)
        return;
    search(self, &(region){q.end, out->right, QT_PLACE_RIGHT}, out);
    search(self, &(region){out->left, q.first, QT_PLACE_LEFT}, out);
    if (beside)
        return;
    if (out->left > 0 && out->left <= q.first) {
        uint32_t sentence = self->words[out->left - 1].sentence;
        uint32_t from = sentence + 1 > BEFORE_SENTENCES ? sentence + 1 - BEFORE_SENTENCES : 0;
        uint32_t first = qt_sentence_first(self, from);
        if (out->left - first > BEFORE_WINDOW)
            first = out->left - BEFORE_WINDOW;
        search(self, &(region){first, out->left, QT_PLACE_BEFORE}, out);
    }
    uint32_t next = later(out->right, q.end);
    if (next < self->count) {
        uint32_t sentence = self->words[next].sentence;
        uint32_t end = earlier(qt_sentence_end(self, sentence), next + AFTER_WINDOW);
        if (doc->sentences.items[sentence].paragraph == qt_syntax_paragraph(self, q.first))
            search(self, &(region){next, end, QT_PLACE_AFTER}, out);
    }
}

void qt_candidates_of_cue(const qt_syntax *self, const qt_cue *cue, qt_candidates *out)
{
    static const qt_candidate nobody = {.place = QT_PLACE_NOWHERE, .form = QT_FORM_NONE};
    uint32_t sentence = self->words[cue->verb].sentence;
    region at = {qt_sentence_first(self, sentence), qt_sentence_end(self, sentence), QT_PLACE_LEFT};
    at.first = cue->verb > at.first + LEFT_WINDOW ? cue->verb - LEFT_WINDOW : at.first;
    at.end = earlier(at.end, cue->verb + RIGHT_WINDOW);
    out->count = 0;
    out->marks = (qt_stretch){cue->first, cue->end};
    out->previous = QUOTH_NONE;
    out->words = cue->end - cue->first;
    out->left = at.first;
    out->right = at.end;
    out->items[out->count++] = nobody;
    uint8_t r = qt_syntax_role(self, cue->verb);
    uint32_t size = self->tokens[cue->verb].prefix ? qt_cue_according_at(self, cue->verb) : 0;
    if (is_verbal(r) || r == QT_ROLE_AUXILIARY)
        add_verb(self, &at, cue->verb, out);
    else if (size)
        add_according(self, &at, cue->verb, size, out);
    else
        add_noun(self, &at, cue->verb, out);
    /* "X is confident that": the subject of "is". */
    for (uint32_t i = cue->verb; i > at.first && cue->verb - i < 4; i--)
        if (qt_syntax_role(self, i - 1) == QT_ROLE_AUXILIARY && !is_verbal(r)) {
            add_verb(self, &at, i - 1, out);
            break;
        }
    region before = {at.first, cue->first, QT_PLACE_LEFT};
    region after = {cue->end, earlier(at.end, cue->end + 14), QT_PLACE_RIGHT};
    add_phrases(self, &before, true, out);
    add_phrases(self, &after, true, out);
}
