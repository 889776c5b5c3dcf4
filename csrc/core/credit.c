#include "credit.h"

#include "credit_rare.h"
#include "document.h"

enum {
    LEFT_WINDOW = 60,
    RIGHT_WINDOW = 45,
    LEAD_WINDOW = 14, /* between a cue and the comma or colon before the marks */
    CLEFT_WINDOW = 4, /* of the verb behind its subject in "... was all she would say" */
    DASH_WINDOW = 10, /* of what follows a name behind a dash */
    FRAGMENT = 4,     /* a quotation of fewer words may be words set apart */
};

static const qt_credit none = {.previous = QUOTH_NONE};

qt_stretch qt_stretch_of(const qt_syntax *self, const quoth_quotation *quotation)
{
    return (qt_stretch){qt_token_at(&self->doc->tokens, quotation->span.start),
                        qt_token_at(&self->doc->tokens, quotation->span.end)};
}

uint32_t qt_stretch_words(const qt_syntax *self, qt_stretch stretch)
{
    uint32_t words = 0;
    for (uint32_t i = stretch.first; i < stretch.end; i++)
        words += self->tokens[i].kind == QT_TOKEN_WORD || self->tokens[i].kind == QT_TOKEN_NUMBER;
    return words;
}

static const quoth_quotation *quotation_at(const qt_syntax *s, uint32_t index)
{
    return &s->doc->quotations.items.items[index];
}

/* The last character between the marks, or 0. */
static uint8_t last_byte(const qt_syntax *s, const quoth_quotation *q)
{
    return q->inner.end > q->inner.start ? s->doc->text.bytes[q->inner.end - 1] : 0;
}

static bool starts_capital(const qt_syntax *s, qt_stretch q)
{
    for (uint32_t i = q.first; i < q.end; i++)
        if (s->tokens[i].kind != QT_TOKEN_MARK && qt_syntax_role(s, i) != QT_ROLE_OPEN)
            return (s->tokens[i].shape & QT_SHAPE_CAPITAL) != 0;
    return false;
}

static bool is_colon(const qt_syntax *s, uint32_t i)
{
    return qt_syntax_byte(s, i, ':') && qt_syntax_role(s, i) == QT_ROLE_STOP;
}

/* The sentence that leads up to the quotation; false if the quotation stands by itself. */
static bool left_context(const qt_syntax *s, uint32_t first, uint32_t *floor)
{
    if (first == 0)
        return false;
    uint32_t before = first - 1;
    if (s->words[before].sentence != s->words[first].sentence && !is_colon(s, before) &&
        qt_syntax_role(s, before) != QT_ROLE_COMMA)
        return false;
    if (s->words[before].quotation != QUOTH_NONE)
        return false;
    *floor = qt_sentence_first(s, s->words[before].sentence);
    if (first - *floor > LEFT_WINDOW)
        *floor = first - LEFT_WINDOW;
    return *floor < first;
}

static void find_agent(const qt_syntax *s, const qt_cue *cue, uint32_t ceiling, qt_phrase *out)
{
    for (uint32_t i = cue->end; i + 1 < ceiling && i < cue->end + 12; i++)
        if (qt_syntax_text(s, i, "by") && qt_noun_phrase_after(s, i + 1, ceiling, out))
            return;
    *out = (qt_phrase){0, 0, 0, 0};
}

/* The source of a cue that stands left of what it credits. */
static void source_of(const qt_syntax *s, const qt_cue *cue, uint32_t floor, uint32_t ceiling,
                      qt_phrase *out)
{
    if (qt_syntax_role(s, cue->verb) == QT_ROLE_PASSIVE)
        find_agent(s, cue, ceiling, out);
    else if (!qt_subject_of(s, cue->verb, floor, out) &&
             !(cue->first == floor && qt_noun_phrase_after(s, cue->end, ceiling, out)))
        *out = (qt_phrase){0, 0, 0, 0};
}

/* Whether only an adverbial, no other clause, stands in [from, to). */
static bool no_clause_between(const qt_syntax *s, uint32_t from, uint32_t to)
{
    for (uint32_t i = from; i < to; i++)
        if (qt_syntax_role(s, i) == QT_ROLE_VERB || qt_syntax_role(s, i) == QT_ROLE_MODAL ||
            qt_syntax_role(s, i) == QT_ROLE_AUXILIARY ||
            qt_syntax_role(s, i) == QT_ROLE_SUBORDINATOR || s->words[i].quotation != QUOTH_NONE)
            return false;
    return true;
}

/* What stands between the cue and the opening mark. */
typedef enum lead { LEAD_NONE, LEAD_MARK, LEAD_WORD } lead;

static lead lead_before(const qt_syntax *s, uint32_t first, uint32_t *end)
{
    uint32_t i = first;
    lead found = LEAD_NONE;
    if (i > 0 && qt_syntax_role(s, i - 1) == QT_ROLE_OPEN)
        i--;
    if (i > 0 && (is_colon(s, i - 1) || qt_syntax_role(s, i - 1) == QT_ROLE_COMMA ||
                  qt_syntax_role(s, i - 1) == QT_ROLE_DASH)) {
        found = LEAD_MARK;
        i--;
    } else if (i > 0 && (qt_syntax_text(s, i - 1, "that") || qt_syntax_text(s, i - 1, "as"))) {
        found = LEAD_WORD;
        i--;
    }
    *end = i;
    return found;
}

static bool nearest_cue(const qt_syntax *s, uint32_t from, uint32_t floor, uint64_t wanted,
                        qt_cue *out)
{
    for (uint32_t i = from; i > floor; i--) {
        uint32_t k = i - 1;
        if (s->words[k].quotation != QUOTH_NONE)
            continue;
        if (qt_syntax_role(s, k) == QT_ROLE_STOP && !is_colon(s, k))
            return false;
        if (qt_cue_verb_at(s, k, out) && out->classes & wanted)
            return true;
    }
    return false;
}

/* "X said that he would offer": the verb of saying, not what it tells of. */
static void take_outer_cue(const qt_syntax *s, qt_cue *cue, uint32_t floor, uint32_t ceiling,
                           qt_phrase *source)
{
    qt_cue outer;
    if (qt_syntax_role(s, cue->verb) == QT_ROLE_GERUND && cue->classes & QT_WORD_CUE_CLAUSE &&
        source->end > source->first && source->first < cue->first)
        return;
    for (uint32_t from = cue->first; nearest_cue(s, from, floor, QT_CUE_VERBS, &outer);
         from = outer.first) {
        bool clause = (outer.classes & QT_WORD_CUE_CLAUSE) != 0 &&
                      qt_syntax_role(s, outer.verb) != QT_ROLE_PASSIVE;
        bool that = outer.end < s->count && qt_syntax_text(s, outer.end, "that");
        clause = clause && (that || qt_syntax_role(s, outer.verb) != QT_ROLE_GERUND);
        bool own = qt_syntax_role(s, cue->verb) == QT_ROLE_INFINITIVE && source->first < outer.end;
        bool within = source->end == source->first || source->first >= outer.end || own;
        for (uint32_t i = outer.end; within && i < source->first; i++)
            within =
                !(qt_syntax_role(s, i) == QT_ROLE_COMMA &&
                  (!that || qt_syntax_role(s, i + 1) == QT_ROLE_SUBORDINATOR ||
                   qt_syntax_role(s, i + 1) == QT_ROLE_RELATIVE ||
                   qt_syntax_role(s, i + 1) == QT_ROLE_CONJUNCTION ||
                   qt_syntax_role(s, i + 1) == QT_ROLE_PRONOUN)) &&
                !(qt_syntax_role(s, i) == QT_ROLE_CONJUNCTION && qt_syntax_text(s, i, "but")) &&
                qt_syntax_role(s, i) != QT_ROLE_DASH;
        if (!clause || !within)
            continue;
        *cue = outer;
        source_of(s, cue, floor, ceiling, source);
    }
}

/* "a website called", "a man known as": a name follows, no speech. */
static bool names_thing(const qt_syntax *s, uint32_t verb)
{
    return qt_syntax_is(s, verb, QT_WORD_WORD_NOUN) && verb > 0 &&
           (qt_syntax_role(s, verb - 1) == QT_ROLE_NOUN ||
            qt_syntax_role(s, verb - 1) == QT_ROLE_COMMA ||
            qt_syntax_role(s, verb - 1) == QT_ROLE_HYPHEN ||
            qt_syntax_role(s, verb - 1) == QT_ROLE_DASH);
}

/* "Reed said no, but he gave her a compliment:": the verb of the last clause before the colon. */
static void take_last_clause(const qt_syntax *s, uint32_t floor, uint32_t colon, qt_cue *cue,
                             qt_phrase *source)
{
    for (uint32_t i = colon; i > cue->end; i--) {
        qt_phrase subject;
        if (qt_syntax_role(s, i - 1) != QT_ROLE_VERB || s->words[i - 1].quotation != QUOTH_NONE)
            continue;
        for (uint32_t k = i - 1; k > cue->end; k--)
            if (qt_syntax_role(s, k - 1) == QT_ROLE_COMMA &&
                qt_subject_of(s, i - 1, floor, &subject) && subject.first >= k) {
                *cue = (qt_cue){i - 1, i - 1, i, s->tokens[i - 1].classes};
                *source = subject;
                return;
            }
        return;
    }
}

/* A cue to the left, in the clause that leads up to the marks or holds them. */
static bool credit_before(const qt_syntax *s, qt_stretch q, qt_credit *out)
{
    uint32_t floor, end;
    if (!left_context(s, q.first, &floor))
        return false;
    lead how = lead_before(s, q.first, &end);
    qt_cue cue;
    bool fragment = qt_stretch_words(s, q) < FRAGMENT;
    if (!nearest_cue(s, end, floor, QT_WORD_CUE_SPEECH, &cue) &&
        !nearest_cue(s, end, floor, fragment ? QT_WORD_CUE_OBJECT | QT_WORD_CUE_BARE : QT_CUE_VERBS,
                     &cue))
        return false;
    bool article = cue.end + 1 == q.first && qt_syntax_role(s, cue.end) == QT_ROLE_DETERMINER;
    if ((cue.end == q.first || article) && names_thing(s, cue.verb))
        return false;
    source_of(s, &cue, floor, q.first, &out->source);
    if (how != LEAD_MARK)
        take_outer_cue(s, &cue, floor, q.first, &out->source);
    if (q.first > 0 && is_colon(s, q.first - 1))
        take_last_clause(s, floor, q.first - 1, &cue, &out->source);
    qt_cue_take_hearer(s, &cue);
    out->cue = cue;
    bool near =
        cue.end >= end || (end - cue.end <= LEAD_WINDOW && no_clause_between(s, cue.end, end));
    bool colon = q.first > 0 && is_colon(s, q.first - 1);
    out->leads = colon || (near && (how != LEAD_NONE || cue.end >= q.first));
    out->clause = !out->leads;
    out->rule = colon ? "colon" : out->leads ? "before" : "clause";
    out->score = out->source.end > out->source.first ? (out->leads ? 0.95f : 0.85f) : 0.5f;
    return true;
}

/* "..." -- Anna Keller, to the end of the paragraph. */
static bool credit_dash(const qt_syntax *s, qt_stretch q, qt_credit *out)
{
    uint32_t i = q.end;
    if (i + 1 >= s->count || qt_syntax_role(s, i) != QT_ROLE_DASH)
        return false;
    uint32_t end = qt_sentence_end(s, s->words[i + 1].sentence);
    if (!qt_noun_phrase_after(s, i + 1, end, &out->source))
        return false;
    uint32_t rest = out->source.end;
    while (rest < end &&
           (qt_syntax_role(s, rest) == QT_ROLE_STOP || qt_syntax_role(s, rest) == QT_ROLE_COMMA ||
            qt_syntax_role(s, rest) == QT_ROLE_TIME || qt_syntax_role(s, rest) == QT_ROLE_NUMBER))
        rest++;
    /* "-- X, in a statement" */
    bool adverbial = rest < end && rest > 0 && qt_syntax_role(s, rest - 1) == QT_ROLE_COMMA &&
                     qt_syntax_role(s, rest) == QT_ROLE_PREPOSITION && end - rest < DASH_WINDOW;
    for (uint32_t k = rest; adverbial && k < end; k++)
        adverbial = qt_syntax_role(s, k) != QT_ROLE_VERB && s->words[k].quotation == QUOTH_NONE;
    if ((rest < end && !adverbial) || qt_syntax_role(s, out->source.core_first) == QT_ROLE_PRONOUN)
        return false;
    out->rule = "dash";
    out->score = 0.9f;
    return true;
}

/* The first token after the closing mark that may belong to a credit, and where that must end. */
static bool right_context(const qt_syntax *s, qt_stretch q, uint32_t *first, uint32_t *ceiling)
{
    uint32_t i = q.end;
    if (i >= s->count || q.end == q.first)
        return false;
    /* The mark of a quotation within, behind the one that closes. */
    while (i + 1 < s->count && qt_syntax_role(s, i) == QT_ROLE_MARK &&
           s->words[i].quotation == QUOTH_NONE && !(s->tokens[i].shape & QT_SHAPE_SPACE))
        i++;
    if (s->words[i].sentence != s->words[q.end - 1].sentence)
        return false;
    if (qt_syntax_role(s, i) == QT_ROLE_COMMA || qt_syntax_role(s, i) == QT_ROLE_DASH)
        i++;
    uint32_t end = qt_sentence_end(s, s->words[q.end].sentence);
    if (end > i + RIGHT_WINDOW)
        end = i + RIGHT_WINDOW;
    for (uint32_t k = i; k < end; k++)
        if (s->words[k].quotation != QUOTH_NONE || qt_syntax_role(s, k) == QT_ROLE_STOP) {
            end = k;
            break;
        }
    *first = i;
    *ceiling = end;
    return i < end;
}

/* "...," said X. */
static bool credit_inverted(const qt_syntax *s, uint32_t first, uint32_t ceiling, qt_credit *out)
{
    uint32_t i = first;
    while (i < ceiling && qt_syntax_role(s, i) == QT_ROLE_ADVERB)
        i++;
    if (i >= ceiling || qt_syntax_role(s, i) == QT_ROLE_GERUND ||
        !qt_cue_verb_at(s, i, &out->cue) ||
        (out->cue.classes & QT_WORD_CUE_OBJECT && !(out->cue.classes & QT_WORD_CUE_CLAUSE)))
        return false;
    uint32_t after = out->cue.end;
    while (after < ceiling && qt_syntax_role(s, after) == QT_ROLE_ADVERB)
        after++;
    if (!qt_noun_phrase_after(s, after, ceiling, &out->source))
        return false;
    out->rule = "inverted";
    out->score = 0.97f;
    return true;
}

/* "...," X said. X may have an apposition. loose: any verb will do. */
static bool credit_after(const qt_syntax *s, uint32_t first, uint32_t ceiling, bool loose,
                         qt_credit *out)
{
    for (uint32_t i = first; i < ceiling; i++) {
        uint8_t r = qt_syntax_role(s, i);
        bool future = r == QT_ROLE_INFINITIVE && qt_syntax_role(s, i - 1) == QT_ROLE_MODAL;
        if (r != QT_ROLE_VERB && r != QT_ROLE_PASSIVE && !future)
            continue;
        bool cue = r == QT_ROLE_PASSIVE ? qt_credit_quoted_as(s, i, ceiling, &out->cue)
                                        : qt_cue_verb_at(s, i, &out->cue);
        if (!cue && !loose)
            return false;
        if (!cue)
            out->cue = (qt_cue){i, i, i + 1, 0};
        qt_phrase *source = &out->source;
        if (!qt_subject_of(s, i, first, source))
            return false;
        if (qt_syntax_role(s, source->first) == QT_ROLE_RELATIVE)
            continue;
        uint32_t from = first;
        while (from < source->first &&
               (qt_syntax_role(s, from) == QT_ROLE_ADVERB || qt_syntax_text(s, from, "as")))
            from++;
        if (source->first > from || (!cue && r == QT_ROLE_PASSIVE))
            return false;
        qt_cue_take_hearer(s, &out->cue);
        out->rule = "after";
        out->score = cue ? 0.97f : 0.7f;
        return true;
    }
    return false;
}

bool qt_credit_behind(const qt_syntax *self, uint32_t first, uint32_t ceiling, qt_credit *out)
{
    *out = none;
    if (ceiling > first + RIGHT_WINDOW)
        ceiling = first + RIGHT_WINDOW;
    return credit_inverted(self, first, ceiling, out) ||
           credit_after(self, first, ceiling, false, out);
}

static bool credit_according(const qt_syntax *s, uint32_t i, uint32_t ceiling, qt_credit *out)
{
    uint32_t size = i < ceiling ? qt_cue_according_at(s, i) : 0;
    if (!size || !qt_noun_phrase_after(s, i + size, ceiling, &out->source))
        return false;
    out->cue = (qt_cue){i, i, i + size, QT_WORD_CUE_SPEECH};
    out->rule = "according";
    out->score = 0.95f;
    return true;
}

/* "..." was all X would say. "..." is how X put it. */
static bool credit_cleft(const qt_syntax *s, qt_stretch q, qt_credit *out)
{
    uint32_t i = q.end;
    if (i < s->count && (is_colon(s, i) || qt_syntax_role(s, i) == QT_ROLE_COMMA ||
                         qt_syntax_role(s, i) == QT_ROLE_DASH))
        i++;
    i += i > q.end && i < s->count && qt_syntax_text(s, i, "that");
    if (i + 4 >= s->count || s->words[i + 3].sentence != s->words[q.end - 1].sentence ||
        !(qt_syntax_text(s, i, "was") || qt_syntax_text(s, i, "is") ||
          qt_syntax_text(s, i, "were")))
        return false;
    i++;
    bool how = qt_syntax_text(s, i, "how");
    if (!how && !qt_syntax_text(s, i, "all") && !qt_syntax_text(s, i, "what"))
        return false;
    i += qt_syntax_text(s, i + 1, "that") ? 2 : 1;
    uint32_t ceiling = qt_sentence_end(s, s->words[i].sentence);
    if (ceiling > i + RIGHT_WINDOW)
        ceiling = i + RIGHT_WINDOW;
    if (!qt_noun_phrase_after(s, i, ceiling, &out->source))
        return false;
    for (uint32_t k = out->source.end; k < ceiling && k < out->source.end + CLEFT_WINDOW; k++) {
        uint8_t r = qt_syntax_role(s, k);
        bool verb = r == QT_ROLE_VERB || r == QT_ROLE_INFINITIVE;
        if (!verb || !(qt_cue_verb_at(s, k, &out->cue) || how))
            continue;
        if (!(out->cue.end > out->cue.first))
            out->cue = (qt_cue){k, k, k + 1, QT_WORD_CUE_SPEECH};
        out->rule = "cleft";
        out->score = 0.95f;
        return true;
    }
    return false;
}

/* According to X, "...". It is, in the words of X, "..." */
static bool credit_according_before(const qt_syntax *s, qt_stretch q, qt_credit *out)
{
    uint32_t floor;
    if (!left_context(s, q.first, &floor))
        return false;
    for (uint32_t i = q.first; i > floor; i--) {
        if (i - 1 > floor && q.first - i > LEAD_WINDOW)
            i = floor + 1;
        if (!credit_according(s, i - 1, q.first, out))
            continue;
        /* "According to the report, the bank ...": no apposition of the report. */
        if (out->source.end == q.first)
            out->source.end = out->source.core_end;
        out->leads = out->source.end + 1 >= q.first;
        out->clause = !out->leads;
        return out->leads || i - 1 == floor;
    }
    return false;
}

/* A clause with its credit at its end: The wall is "a gift," X said. / The "gift" was late, X
 * said. */
static bool credit_at_end(const qt_syntax *s, qt_stretch q, qt_credit *out)
{
    if (q.end >= s->count || s->words[q.end].sentence != s->words[q.end - 1].sentence)
        return false;
    uint32_t end = qt_sentence_end(s, s->words[q.end].sentence);
    for (uint32_t i = q.end, steps = 0; i < end && steps < LEFT_WINDOW; i++, steps++) {
        if (qt_syntax_role(s, i) != QT_ROLE_COMMA || s->words[i].quotation != QUOTH_NONE)
            continue;
        if (credit_according(s, i + 1, end, out)) {
            out->clause = true;
            return true;
        }
        bool tail = credit_inverted(s, i + 1, end, out) || credit_after(s, i + 1, end, false, out);
        if (!tail || !(out->cue.classes & QT_WORD_CUE_BARE))
            continue;
        uint32_t rest = out->cue.end > out->source.end ? out->cue.end : out->source.end;
        while (rest < end && (qt_syntax_role(s, rest) == QT_ROLE_TIME ||
                              qt_syntax_role(s, rest) == QT_ROLE_STOP ||
                              qt_syntax_role(s, rest) == QT_ROLE_ADVERB ||
                              qt_syntax_role(s, rest) == QT_ROLE_PREPOSITION))
            rest++;
        if (rest < end && qt_syntax_role(s, rest - 1) != QT_ROLE_PREPOSITION)
            continue;
        out->clause = true;
        out->rule = "end";
        out->score = 0.85f;
        return true;
    }
    return false;
}

/* A colon without a verb of saying: the subject of what stands before it. */
static bool credit_colon(const qt_syntax *s, qt_stretch q, qt_credit *out)
{
    uint32_t floor;
    if (q.first == 0 || !is_colon(s, q.first - 1) || !left_context(s, q.first, &floor))
        return false;
    uint32_t colon = q.first - 1;
    out->cue = (qt_cue){colon, colon, q.first, QT_WORD_CUE_SPEECH};
    out->leads = true;
    out->rule = "colon";
    out->score = 0.6f;
    for (uint32_t i = colon; i > floor; i--) { /* "The polls are bad - X:" */
        uint8_t r = qt_syntax_role(s, i - 1);
        if (r == QT_ROLE_DASH && qt_noun_phrase_after(s, i, colon, &out->source) &&
            out->source.end == colon)
            return true;
        if (r != QT_ROLE_NAME && r != QT_ROLE_NOUN && r != QT_ROLE_HYPHEN)
            break;
    }
    if (qt_credit_inverted_colon(s, colon, floor, &out->source))
        return true;
    for (uint32_t i = colon; i > floor; i--)
        if ((qt_syntax_role(s, i - 1) == QT_ROLE_VERB ||
             qt_syntax_role(s, i - 1) == QT_ROLE_AUXILIARY) &&
            qt_subject_of(s, i - 1, floor, &out->source) &&
            qt_syntax_role(s, out->source.first) != QT_ROLE_RELATIVE)
            return true;
    for (uint32_t i = colon; i > floor + 1; i--) /* "A statement from X:" */
        if ((qt_syntax_text(s, i - 2, "from") || qt_syntax_text(s, i - 2, "by")) &&
            qt_noun_phrase_after(s, i - 1, colon, &out->source) && out->source.end == colon)
            return true;
    out->source = (qt_phrase){0, 0, 0, 0};
    uint32_t from = floor;
    while (from < colon && (qt_syntax_role(s, from) == QT_ROLE_PREPOSITION ||
                            qt_syntax_role(s, from) == QT_ROLE_ADVERB ||
                            qt_syntax_role(s, from) == QT_ROLE_CONJUNCTION))
        from++;
    (void)qt_noun_phrase_after(s, from, colon, &out->source);
    return true;
}

/* Whether the sentence before, in the same paragraph and without marks, tells what a person does:
 * "Reed nodded." */
static bool acts_before(const qt_syntax *s, qt_stretch q)
{
    if (q.first == 0)
        return false;
    uint32_t sentence = s->words[q.first - 1].sentence;
    if (sentence == s->words[q.first].sentence ||
        s->doc->sentences.items[sentence].paragraph != qt_syntax_paragraph(s, q.first))
        return false;
    uint32_t first = qt_sentence_first(s, sentence);
    for (uint32_t i = first; i < q.first; i++)
        if (s->words[i].quotation != QUOTH_NONE)
            return false;
    uint32_t m = s->words[first].mention;
    return qt_syntax_text(s, first, "he") || qt_syntax_text(s, first, "she") ||
           (m != QUOTH_NONE && s->doc->mentions.items[m].label == QUOTH_LABEL_PERSON);
}

/* Any verb at all: "X credited the win to ..." */
static bool credit_subject(const qt_syntax *s, qt_stretch q, qt_credit *out)
{
    uint32_t floor;
    if (!left_context(s, q.first, &floor))
        return false;
    for (uint32_t i = q.first; i > floor; i--) {
        if (s->words[i - 1].quotation != QUOTH_NONE || qt_syntax_role(s, i - 1) != QT_ROLE_VERB)
            continue;
        if (!qt_subject_of(s, i - 1, floor, &out->source))
            return false;
        out->cue = (qt_cue){i - 1, i - 1, i, 0};
        out->clause = true;
        out->rule = "subject";
        out->score = 0.5f;
        return true;
    }
    return false;
}

/* "her promise of ...", "Smith's slogan is ...": a noun of saying that is somebody's. */
static bool credit_noun(const qt_syntax *s, qt_stretch q, qt_credit *out)
{
    uint32_t floor;
    if (!left_context(s, q.first, &floor))
        return false;
    for (uint32_t i = q.first; i > floor && q.first - i < 7; i--) {
        uint8_t r = qt_syntax_role(s, i - 1);
        if (s->words[i - 1].quotation != QUOTH_NONE || r == QT_ROLE_VERB || r == QT_ROLE_COMMA ||
            r == QT_ROLE_STOP)
            return false;
        if (r != QT_ROLE_NOUN || !qt_syntax_is(s, i - 1, QT_WORD_CUE_NOUN | QT_WORD_WORD_NOUN))
            continue;
        if (!qt_possessor_of(s, i - 1, floor, &out->source))
            return false;
        out->cue = (qt_cue){i - 1, i - 1, i, QT_WORD_CUE_SPEECH};
        out->clause = true;
        out->rule = "noun";
        out->score = 0.6f;
        return true;
    }
    return false;
}

/* Nothing but "but", "indeed," and the like stands before the quotation in its sentence. */
static bool stands_alone(const qt_syntax *s, qt_stretch q)
{
    uint32_t floor;
    if (!left_context(s, q.first, &floor))
        return true;
    for (uint32_t i = floor; i < q.first; i++)
        if (qt_syntax_role(s, i) != QT_ROLE_CONJUNCTION && qt_syntax_role(s, i) != QT_ROLE_ADVERB &&
            qt_syntax_role(s, i) != QT_ROLE_COMMA && qt_syntax_role(s, i) != QT_ROLE_OPEN)
            return false;
    return true;
}

/* A quotation that stands by itself goes on with the one before it. */
static bool credit_continued(const qt_syntax *s, qt_stretch q, uint32_t previous, qt_credit *out)
{
    if (previous == QUOTH_NONE || q.first == 0)
        return false;
    const quoth_quotation *before = quotation_at(s, previous);
    uint32_t last = qt_stretch_of(s, before).end;
    uint32_t between = s->words[q.first - 1].sentence;
    while (q.first > last && s->words[q.first].sentence == between &&
           qt_syntax_role(s, q.first - 1) != QT_ROLE_MARK)
        q.first--;
    between = q.first > 0 ? s->words[q.first - 1].sentence : between;
    /* Nothing but the rest of the sentence of the quotation before stands between them. */
    uint32_t paragraph = s->doc->sentences.items[between].paragraph;
    uint32_t last_sentence = s->words[last - 1].sentence;
    if (last == q.first || between == last_sentence ||
        (s->doc->sentences.items[last_sentence].paragraph == paragraph &&
         qt_syntax_paragraph(s, q.first) == paragraph)) {
        out->previous = previous;
        out->rule = "continued";
        out->score = 0.8f;
        return true;
    }
    return false;
}

/* The end of the name that a phrase begins with, or of the phrase. */
static uint32_t end_of_name(const qt_syntax *s, const qt_phrase *phrase)
{
    uint32_t m = s->words[phrase->core_first].mention, end = phrase->core_first;
    while (m != QUOTH_NONE && end < phrase->end && s->words[end].mention == m)
        end++;
    return m == QUOTH_NONE ? phrase->end : end;
}

/* The subject of the sentence before a quotation that stands by itself. said: only if its verb is
 * one of saying, "She says that people should be free."; else any verb of the main clause. */
static bool credit_preceding(const qt_syntax *s, qt_stretch q, bool said, qt_credit *out)
{
    if (q.first == 0 || s->words[q.first - 1].quotation != QUOTH_NONE)
        return false;
    uint32_t sentence = s->words[q.first - 1].sentence;
    uint32_t first = qt_sentence_first(s, sentence), end = qt_sentence_end(s, sentence);
    if (said && s->doc->sentences.items[sentence].paragraph != qt_syntax_paragraph(s, q.first))
        return false;
    for (uint32_t i = first; i < end && i - first < LEFT_WINDOW; i++) {
        uint8_t r = qt_syntax_role(s, i);
        if (s->words[i].quotation != QUOTH_NONE) {
            if (said)
                return false;
            continue;
        }
        if (r != QT_ROLE_VERB && (said || (r != QT_ROLE_AUXILIARY && r != QT_ROLE_MODAL)))
            continue;
        if (said && !(qt_cue_verb_at(s, i, &out->cue) && out->cue.classes & QT_WORD_CUE_SPEECH &&
                      out->cue.classes & QT_WORD_CUE_CLAUSE))
            return false;
        bool asks = !said && r != QT_ROLE_VERB && qt_syntax_byte(s, end - 1, '?') &&
                    qt_noun_phrase_after(s, i + 1, end, &out->source);
        if (asks) /* "Does Ann Lee regret it?": the verb behind the name is none of its nouns. */
            out->source.end = out->source.core_end = end_of_name(s, &out->source);
        if (!asks && !qt_subject_of(s, i, first, &out->source)) {
            if (said)
                return false;
            continue;
        }
        out->cue = (qt_cue){0, 0, 0, 0};
        out->rule = "preceding";
        out->score = said ? 0.75f : 0.5f;
        return true;
    }
    return false;
}

/* A fragment of the clause that a verb of saying opens: He said it was "a gift," she left. */
static bool is_integrated(const qt_syntax *s, qt_stretch q, const qt_credit *before)
{
    if (q.first == 0 || starts_capital(s, q) || !before->clause ||
        !(before->cue.classes & QT_WORD_CUE_BARE))
        return false;
    uint8_t r = qt_syntax_role(s, q.first - 1);
    return r != QT_ROLE_COMMA && r != QT_ROLE_STOP && r != QT_ROLE_MARK && r != QT_ROLE_DASH;
}

/* "A," X began, "B.": what stands between credits the first part, whatever its verb. */
static bool credit_interrupted(const qt_syntax *s, qt_stretch q, uint32_t previous, qt_credit *out)
{
    if (previous == QUOTH_NONE || q.first < 2 || qt_syntax_role(s, q.first - 1) != QT_ROLE_COMMA)
        return false;
    uint32_t end = qt_stretch_of(s, quotation_at(s, previous)).end;
    if (end >= q.first || q.first - end > LEAD_WINDOW ||
        s->words[end].sentence != s->words[q.first - 1].sentence ||
        (last_byte(s, quotation_at(s, previous)) != ',' && qt_syntax_role(s, end) != QT_ROLE_COMMA))
        return false;
    out->previous = previous;
    out->rule = "continued";
    out->score = 0.9f;
    return true;
}

/* What the rules below ask about a quotation again and again. */
typedef struct view {
    qt_stretch stretch;
    uint32_t words, first, ceiling; /* first to ceiling: what may credit it on the right */
    uint8_t last;                   /* the last byte between the marks */
    bool right, comma;              /* comma: the sentence goes on behind the closing mark */
} view;

static view view_of(const qt_syntax *s, const quoth_quotation *q)
{
    view v = {.stretch = qt_stretch_of(s, q), .last = last_byte(s, q)};
    v.words = qt_stretch_words(s, v.stretch);
    v.right = right_context(s, v.stretch, &v.first, &v.ceiling);
    bool mark = v.last == ',' || v.last == '?' || v.last == '!';
    v.comma = mark ||
              (v.right && qt_syntax_role(s, v.stretch.end) == QT_ROLE_COMMA && v.words >= FRAGMENT);
    /* A phrase that goes on with a noun is part of it: the "never again" movement says. */
    bool apart =
        mark || v.last == '.' || v.last == '-' || v.first > v.stretch.end || v.words >= FRAGMENT;
    v.right = v.right && (apart || qt_syntax_role(s, v.first) == QT_ROLE_PRONOUN ||
                          qt_syntax_role(s, v.first) == QT_ROLE_VERB);
    return v;
}

/* Whether a source holds the name of somebody who may speak. */
static bool names_speaker(const qt_syntax *s, const qt_phrase *source)
{
    for (uint32_t i = source->core_first; i < source->core_end; i++) {
        uint32_t m = s->words[i].mention;
        quoth_label label = m == QUOTH_NONE ? QUOTH_LABEL_NONE : s->doc->mentions.items[m].label;
        if (label == QUOTH_LABEL_PERSON || label == QUOTH_LABEL_ORG)
            return true;
    }
    return false;
}

/* Cues beside the marks: the nearer of the two sides. */
static bool credit_beside(const qt_syntax *s, const view *v, qt_credit *out)
{
    qt_credit before = none;
    (void)credit_before(s, v->stretch, &before);
    /* "What they said: "..." -- X": the name behind the dash is nearer to it. */
    *out = none;
    if (v->last != ',' && qt_syntax_role(s, v->stretch.end) == QT_ROLE_DASH &&
        credit_dash(s, v->stretch, out) && names_speaker(s, &out->source))
        return true;
    *out = before;
    if (before.leads && !v->comma)
        return true;
    if (before.rule && qt_credit_is_fronted(s, v->stretch, &before)) {
        out->certain = true;
        return true;
    }
    *out = none;
    if (qt_credit_inscribed(s, v->stretch, out))
        return true;
    if (v->right &&
        (credit_inverted(s, v->first, v->ceiling, out) ||
         credit_after(s, v->first, v->ceiling, v->comma && stands_alone(s, v->stretch), out) ||
         credit_according(s, v->first, v->ceiling, out)) &&
        (!before.rule || (v->comma && !(out->source.first < out->cue.first &&
                                        is_integrated(s, v->stretch, &before)))))
        return true;
    *out = before;
    if (before.leads)
        return true;
    *out = none;
    if (credit_dash(s, v->stretch, out))
        return true;
    *out = none;
    if (credit_cleft(s, v->stretch, out))
        return true;
    *out = none;
    if (credit_according_before(s, v->stretch, out))
        return true;
    *out = before;
    return before.rule != NULL;
}

/* A quotation that is a sentence, or several, of its own. */
static bool credit_alone(const qt_syntax *s, const view *v, uint32_t previous, qt_credit *out)
{
    bool sentence = v->words >= FRAGMENT || v->last == '.' || v->last == '?' || v->last == '!';
    if (!starts_capital(s, v->stretch) && v->words < FRAGMENT)
        return false;
    if (credit_preceding(s, v->stretch, true, out))
        return true;
    *out = none;
    if (acts_before(s, v->stretch) && credit_preceding(s, v->stretch, false, out))
        return true;
    *out = none;
    if (credit_continued(s, v->stretch, previous, out))
        return true;
    *out = none;
    return sentence && credit_preceding(s, v->stretch, false, out);
}

void qt_credit_find(const qt_syntax *self, uint32_t quotation, uint32_t previous, qt_credit *out)
{
    view v = view_of(self, quotation_at(self, quotation));
    if (credit_beside(self, &v, out))
        return;
    *out = none;
    if (credit_interrupted(self, v.stretch, previous, out))
        return;
    *out = none;
    if (credit_at_end(self, v.stretch, out))
        return;
    *out = none;
    if (credit_colon(self, v.stretch, out))
        return;
    *out = none;
    if (credit_noun(self, v.stretch, out))
        return;
    *out = none;
    bool alone = stands_alone(self, v.stretch);
    if (alone && credit_alone(self, &v, previous, out))
        return;
    *out = none;
    uint32_t first = v.stretch.first;
    bool compared = first > 2 && (qt_syntax_text(self, first - 1, "as") ||
                                  qt_syntax_text(self, first - 2, "as"));
    if (!alone && (v.words >= FRAGMENT || compared) && credit_subject(self, v.stretch, out))
        return;
    *out = none;
}
