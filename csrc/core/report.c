#include "report.h"

#include "document.h"
#include "report_ranking.h"

enum {
    CLAUSE_WINDOW = 14,    /* tokens from a cue to the verb of a clause without "that" */
    HEARER_WINDOW = 12,    /* tokens of a hearer */
    CONTENT_WINDOW = 120,  /* tokens of a content */
    INSERTION_WINDOW = 20, /* tokens between two dashes */
};

static bool is_finite(uint8_t r)
{
    return r == QT_ROLE_VERB || r == QT_ROLE_AUXILIARY || r == QT_ROLE_MODAL ||
           r == QT_ROLE_PASSIVE;
}

uint32_t qt_content_start(const qt_syntax *self, const qt_cue *cue, uint32_t ceiling)
{
    uint32_t i = cue->end;
    for (uint32_t k = i; k < ceiling && k < i + 10; k++) {
        uint8_t r = qt_syntax_role(self, k);
        if (r == QT_ROLE_SUBORDINATOR && qt_syntax_text(self, k, "that"))
            return k;
        if (is_finite(r))
            break;
    }
    while (i < ceiling &&
           (qt_syntax_role(self, i) == QT_ROLE_TIME || qt_syntax_role(self, i) == QT_ROLE_COMMA ||
            (qt_syntax_role(self, i) == QT_ROLE_PREPOSITION && i + 1 < ceiling &&
             qt_syntax_role(self, i + 1) == QT_ROLE_TIME)))
        i++;
    return i;
}

/* Whether another statement begins at token i < end, which is a comma or a conjunction. */
static bool begins_other(const qt_syntax *s, uint32_t i, uint32_t end)
{
    qt_cue cue;
    uint32_t k = i + 1;
    if (qt_syntax_role(s, i) == QT_ROLE_COMMA && k < end) {
        if (qt_syntax_role(s, k) == QT_ROLE_GERUND && qt_cue_verb_at(s, k, &cue))
            return true;
        if (qt_cue_according_at(s, k) || qt_syntax_text(s, k, "who") ||
            qt_syntax_text(s, k, "which") || qt_syntax_text(s, k, "whose"))
            return true;
        if (qt_syntax_role(s, k) == QT_ROLE_CONJUNCTION && k + 1 < end)
            k++;
        else
            return false;
    } else if (qt_syntax_role(s, i) != QT_ROLE_CONJUNCTION || k >= end) {
        return false;
    }
    while (k < end && qt_syntax_role(s, k) == QT_ROLE_ADVERB)
        k++;
    if (k < end && qt_syntax_text(s, k - 1, "but") && qt_syntax_role(s, i) == QT_ROLE_CONJUNCTION &&
        (qt_syntax_role(s, k) == QT_ROLE_VERB || qt_syntax_role(s, k) == QT_ROLE_MODAL ||
         qt_syntax_role(s, k) == QT_ROLE_AUXILIARY || qt_syntax_role(s, k) == QT_ROLE_GERUND))
        return true;
    return k < end && qt_syntax_role(s, k) == QT_ROLE_VERB && qt_cue_verb_at(s, k, &cue) &&
           cue.classes & QT_WORD_CUE_SPEECH;
}

uint32_t qt_clause_end(const qt_syntax *self, uint32_t from)
{
    if (from >= self->count)
        return self->count;
    uint32_t end = from > 0 ? qt_sentence_end(self, self->words[from - 1].sentence) : from;
    if (end < from)
        return from;
    if (end - from > CONTENT_WINDOW)
        end = from + CONTENT_WINDOW;
    for (uint32_t i = from; i < end; i++) {
        if (self->words[i].quotation != QUOTH_NONE)
            continue;
        if (qt_syntax_role(self, i) == QT_ROLE_DASH) { /* a pair of dashes is an insertion */
            uint32_t k = i + 1;
            while (k < end && k - i < INSERTION_WINDOW && qt_syntax_role(self, k) != QT_ROLE_DASH)
                k++;
            if (k >= end || qt_syntax_role(self, k) != QT_ROLE_DASH)
                return i;
            i = k;
            continue;
        }
        if (qt_syntax_role(self, i) == QT_ROLE_STOP || begins_other(self, i, end))
            return i;
    }
    return end;
}

typedef qt_range range;

typedef struct reporter {
    const qt_syntax *syntax;
    qt_finding *out;
} reporter;

/* A stretch between marks within [first, end) that is a quote of its own. */
static bool holds_marks(const qt_syntax *s, range content)
{
    for (uint32_t i = content.first; i < content.end; i++) {
        uint32_t q = s->words[i].quotation;
        if (q != QUOTH_NONE && s->doc->quotations.items.items[q].kind == QUOTH_QUOTATION_SPEECH)
            return true;
    }
    return false;
}

static bool report(reporter *r, const qt_cue *cue, const qt_phrase *source, range content,
                   range rest, quoth_attitude attitude, bool factual, const char *rule)
{
    const qt_syntax *s = r->syntax;
    while (content.end > content.first &&
           (qt_syntax_role(s, content.end - 1) == QT_ROLE_STOP ||
            qt_syntax_role(s, content.end - 1) == QT_ROLE_COMMA ||
            qt_syntax_text(s, content.end - 1, "as") ||
            qt_syntax_role(s, content.end - 1) == QT_ROLE_CONJUNCTION))
        content.end--;
    if (content.end <= content.first ||
        (content.end - content.first == 1 && qt_syntax_text(s, content.first, "that")) ||
        content.end - content.first > 2 * CONTENT_WINDOW ||
        (rest.end > rest.first && rest.first < content.end) || holds_marks(s, content))
        return false;
    *r->out = (qt_finding){*cue, *source, content, rest, attitude, factual, 0.0f, rule};
    return true;
}

/* Whether a clause with its own verb starts at token first: "the harbour was". */
static bool is_clause(const qt_syntax *s, uint32_t first, uint32_t end)
{
    uint8_t opens = first < end ? qt_syntax_role(s, first) : (uint8_t)QT_ROLE_STOP;
    if (opens != QT_ROLE_PRONOUN && opens != QT_ROLE_DETERMINER && opens != QT_ROLE_NOUN &&
        opens != QT_ROLE_NAME && opens != QT_ROLE_NUMBER && opens != QT_ROLE_TIME)
        return false;
    for (uint32_t i = first + 1; i < end && i - first < CLAUSE_WINDOW; i++) {
        uint8_t r = qt_syntax_role(s, i);
        if (is_finite(r) && r != QT_ROLE_PASSIVE)
            return true;
        if (r == QT_ROLE_STOP || r == QT_ROLE_COMMA || r == QT_ROLE_SUBORDINATOR ||
            r == QT_ROLE_RELATIVE || r == QT_ROLE_MARK || r == QT_ROLE_GERUND)
            return false;
    }
    return false;
}

/* "said in politics it takes time", "said despite the rain she would go": a clause comes, but
 * late. */
static bool is_late_clause(const qt_syntax *s, uint32_t first, uint32_t end)
{
    for (uint32_t i = first + 1; i < end && i - first < 2 * CLAUSE_WINDOW; i++) {
        uint8_t r = qt_syntax_role(s, i);
        if (r == QT_ROLE_VERB || r == QT_ROLE_MODAL || r == QT_ROLE_AUXILIARY)
            return true;
        if (r == QT_ROLE_STOP || r == QT_ROLE_MARK)
            return false;
    }
    return false;
}

static bool is_question_word(const qt_syntax *s, uint32_t i)
{
    return qt_syntax_text(s, i, "whether") || qt_syntax_text(s, i, "how") ||
           qt_syntax_text(s, i, "why") || qt_syntax_text(s, i, "what") ||
           qt_syntax_text(s, i, "who") || qt_syntax_text(s, i, "where") ||
           qt_syntax_text(s, i, "when") || qt_syntax_text(s, i, "if");
}

static bool is_that(const qt_syntax *s, uint32_t i)
{
    return qt_syntax_role(s, i) == QT_ROLE_SUBORDINATOR && qt_syntax_text(s, i, "that");
}

/* "not" or nothing, then "to" and an infinitive. */
static bool is_infinitive(const qt_syntax *s, uint32_t i, uint32_t end)
{
    if (i < end && qt_syntax_text(s, i, "not"))
        i++;
    return i + 1 < end && qt_syntax_text(s, i, "to") &&
           (qt_syntax_role(s, i) == QT_ROLE_TO || qt_syntax_role(s, i + 1) == QT_ROLE_NOUN) &&
           s->tokens[i + 1].shape & QT_SHAPE_LOWER;
}

static bool is_object_start(uint8_t r)
{
    return r == QT_ROLE_DETERMINER || r == QT_ROLE_NOUN || r == QT_ROLE_NAME ||
           r == QT_ROLE_NUMBER || r == QT_ROLE_PRONOUN;
}

/* The end of an object: a phrase with what hangs on it, but no further clause. */
static uint32_t object_end(const qt_syntax *s, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < end; i++) {
        uint8_t r = qt_syntax_role(s, i);
        if (r == QT_ROLE_COMMA || r == QT_ROLE_STOP || r == QT_ROLE_DASH || r == QT_ROLE_MARK)
            return i;
        if (i > first && r == QT_ROLE_SUBORDINATOR && !qt_syntax_text(s, i, "that") &&
            !qt_syntax_text(s, i, "how") && !qt_syntax_text(s, i, "whether"))
            return i;
        if (r == QT_ROLE_CONJUNCTION && i + 1 < end &&
            (qt_syntax_role(s, i + 1) == QT_ROLE_VERB ||
             qt_syntax_role(s, i + 1) == QT_ROLE_AUXILIARY ||
             qt_syntax_role(s, i + 1) == QT_ROLE_GERUND))
            return i;
        if (r == QT_ROLE_TIME && i > first)
            return qt_syntax_role(s, i - 1) == QT_ROLE_PREPOSITION ? i - 1 : i;
    }
    return end;
}

/* A clause that opens with "while" or "who" ends at the comma before the main clause. */
static void end_subordinate(const qt_syntax *s, const qt_phrase *source, uint32_t floor, range *out)
{
    uint32_t first = source->first;
    bool relative = qt_syntax_role(s, first) == QT_ROLE_RELATIVE;
    bool fronted = first > floor && first - floor < 3 &&
                   qt_syntax_is(s, first - 1, QT_WORD_SUBORDINATOR) &&
                   qt_syntax_role(s, first - 1) != QT_ROLE_CONJUNCTION;
    if (!relative && !fronted)
        return;
    for (uint32_t i = out->first; i + 1 < out->end; i++)
        if (qt_syntax_role(s, i) == QT_ROLE_COMMA &&
            (relative || is_object_start(qt_syntax_role(s, i + 1)))) {
            out->end = i;
            return;
        }
}

/* "told her that", "urged the town to": a hearer stands before the content. */
static bool content_after_hearer(const qt_syntax *s, qt_cue *cue, range *out)
{
    qt_phrase hearer;
    uint32_t i = out->first, end = out->end;
    uint32_t window = end < i + HEARER_WINDOW ? end : i + HEARER_WINDOW;
    if (!is_object_start(qt_syntax_role(s, i)) || !qt_noun_phrase_after(s, i, window, &hearer))
        return false;
    i = hearer.core_end;
    while (i < end && qt_syntax_role(s, i) == QT_ROLE_TIME)
        i++;
    if (i >= end || !(is_that(s, i) || is_question_word(s, i) || is_infinitive(s, i, end) ||
                      (cue->classes & QT_WORD_CUE_BARE && is_clause(s, i, end))))
        return false;
    qt_cue_take_hearer(s, cue);
    out->first = i;
    return true;
}

/* "praised the plan", "called for a vote": the preposition joins the cue. */
static bool content_object(const qt_syntax *s, qt_cue *cue, range *out)
{
    uint32_t i = out->first, end = out->end;
    bool preposition =
        i == cue->end && i + 1 < end && qt_syntax_role(s, i) == QT_ROLE_PREPOSITION &&
        (qt_syntax_text(s, i, "for") || qt_syntax_text(s, i, "on") || qt_syntax_text(s, i, "of") ||
         qt_syntax_text(s, i, "against") || qt_syntax_text(s, i, "about"));
    if (preposition &&
        (is_object_start(qt_syntax_role(s, i + 1)) || qt_syntax_role(s, i + 1) == QT_ROLE_GERUND))
        cue->end = ++i;
    else if (!is_object_start(qt_syntax_role(s, i)))
        return false;
    *out = (range){i, object_end(s, i, end)};
    return true;
}

/* The adverbs, the day and the like between a cue and what it reports. */
static uint32_t after_adverbials(const qt_syntax *s, const qt_cue *cue, uint32_t end)
{
    uint32_t i = cue->end;
    while (i < end &&
           (qt_syntax_role(s, i) == QT_ROLE_ADVERB || qt_syntax_role(s, i) == QT_ROLE_TIME) &&
           !qt_syntax_text(s, i, "not"))
        i++;
    if (i + 1 < end && qt_syntax_role(s, i) == QT_ROLE_PREPOSITION &&
        qt_syntax_role(s, i + 1) == QT_ROLE_TIME && cue->classes & QT_WORD_CUE_CLAUSE)
        for (i++; i < end && qt_syntax_role(s, i) == QT_ROLE_TIME;)
            i++;
    return i;
}

/* What the cue reports, if that follows. May put a preposition or a hearer into the cue. */
static bool content_after(const qt_syntax *s, qt_cue *cue, range *out, const char **rule)
{
    uint64_t classes = cue->classes;
    uint32_t end = qt_clause_end(s, cue->end), i = after_adverbials(s, cue, end);
    if (i >= end)
        return false;
    *out = (range){i, end};
    *rule = "clause";
    if (classes & QT_WORD_CUE_CLAUSE && (qt_syntax_text(s, i, "that") || is_question_word(s, i)))
        return true;
    *rule = "infinitive";
    if (classes & QT_WORD_CUE_INFINITIVE && is_infinitive(s, i, end))
        return true;
    *rule = "hearer";
    if (classes & QT_WORD_CUE_HEARER && content_after_hearer(s, cue, out))
        return true;
    *rule = "clause";
    bool late = classes & QT_WORD_CUE_SPEECH && qt_syntax_role(s, i) != QT_ROLE_COMMA;
    if (classes & QT_WORD_CUE_BARE && (is_clause(s, i, end) || (late && is_late_clause(s, i, end))))
        return true;
    *rule = "object";
    return classes & QT_WORD_CUE_OBJECT && content_object(s, cue, out);
}

/* Only a time, a place or a manner is left of the sentence. */
static bool is_tail(const qt_syntax *s, uint32_t i, uint32_t end)
{
    if (i < end && qt_syntax_role(s, i) == QT_ROLE_PREPOSITION) {
        qt_phrase phrase;
        if (!qt_noun_phrase_after(s, i + 1, end, &phrase) &&
            qt_syntax_role(s, i + 1) != QT_ROLE_TIME)
            return false;
        i = phrase.end > i + 1 ? phrase.end : i + 1;
    }
    while (i < end &&
           (qt_syntax_role(s, i) == QT_ROLE_TIME || qt_syntax_role(s, i) == QT_ROLE_ADVERB ||
            qt_syntax_role(s, i) == QT_ROLE_PREPOSITION || qt_syntax_role(s, i) == QT_ROLE_STOP))
        i++;
    return i >= end;
}

/* "..., X said." and "..., said X." and "The harbour, X said, was closed." */
static bool report_postposed(reporter *r, const qt_cue *cue)
{
    const qt_syntax *s = r->syntax;
    uint32_t sentence = s->words[cue->verb].sentence;
    uint32_t first = qt_sentence_first(s, sentence), end = qt_sentence_end(s, sentence);
    qt_phrase source = {0, 0, 0, 0};
    uint32_t comma, after = cue->end;
    bool bracketed = false;
    uint32_t before = cue->first;
    while (before > first && qt_syntax_role(s, before - 1) == QT_ROLE_ADVERB)
        before--;
    if (before > first + 1 && qt_syntax_role(s, before - 1) == QT_ROLE_COMMA &&
        qt_noun_phrase_after(s, cue->end, end, &source)) {
        comma = before - 1;
        after = source.end;
    } else if (qt_subject_of(s, cue->verb, first, &source) && source.first > first + 1 &&
               (qt_syntax_role(s, source.first - 1) == QT_ROLE_COMMA ||
                qt_syntax_role(s, source.first - 1) == QT_ROLE_OPEN)) {
        comma = source.first - 1;
        bracketed = qt_syntax_role(s, comma) == QT_ROLE_OPEN;
    } else {
        return false;
    }
    if (s->words[comma].quotation != QUOTH_NONE)
        return false;
    uint8_t closes = bracketed ? QT_ROLE_CLOSE : QT_ROLE_COMMA;
    bool at_end = !bracketed && (is_tail(s, after, end) ||
                                 (after + 1 < end && qt_syntax_role(s, after) == QT_ROLE_COMMA &&
                                  qt_syntax_role(s, after + 1) == QT_ROLE_GERUND));
    bool middle = !at_end && after + 1 < end && qt_syntax_role(s, after) == closes;
    if (!at_end && !middle)
        return false;
    bool verb = comma - first > CONTENT_WINDOW;
    for (uint32_t i = first; i < comma && !verb; i++)
        verb = is_finite(qt_syntax_role(s, i));
    if (at_end && !verb)
        return false;
    range rest = {0, 0};
    if (middle) {
        rest = (range){after + 1, qt_clause_end(s, after + 1)};
        if (holds_marks(s, rest))
            return false;
        for (uint32_t i = rest.first; i < rest.end; i++)
            verb |= is_finite(qt_syntax_role(s, i));
        if (!verb || rest.end <= rest.first)
            return false;
    }
    return report(r, cue, &source, (range){first, comma}, rest, qt_cue_attitude(s, cue, &source),
                  qt_cue_is_factual(s, cue->verb), "postposed");
}

/* "She was told that ...", "asked whether ...": what was said, but not by whom. */
static bool report_passive(reporter *r, qt_cue *cue)
{
    static const qt_phrase nobody = {0, 0, 0, 0};
    range content;
    const char *rule;
    if (!(cue->classes & QT_WORD_CUE_HEARER) || !(cue->classes & QT_WORD_CUE_SPEECH))
        return false;
    cue->classes &= ~(uint64_t)(QT_WORD_CUE_HEARER | QT_WORD_CUE_OBJECT);
    return content_after(r->syntax, cue, &content, &rule) &&
           report(r, cue, &nobody, content, (range){0, 0}, QUOTH_ATTITUDE_SPEECH,
                  qt_cue_is_factual(r->syntax, cue->verb), "passive");
}

static bool report_verb(reporter *r, uint32_t i)
{
    const qt_syntax *s = r->syntax;
    qt_cue cue;
    if (!qt_cue_verb_at(s, i, &cue))
        return false;
    if (qt_syntax_role(s, i) == QT_ROLE_PASSIVE)
        return report_passive(r, &cue);
    uint32_t floor = qt_sentence_first(s, s->words[i].sentence);
    if (i > floor && i - floor > CONTENT_WINDOW)
        floor = i - CONTENT_WINDOW;
    range content;
    const char *rule;
    if (cue.classes & QT_WORD_CUE_BARE && qt_syntax_role(s, i) != QT_ROLE_GERUND &&
        report_postposed(r, &cue))
        return true;
    qt_phrase source = {0, 0, 0, 0};
    if (!qt_subject_of(s, i, floor, &source))
        return false;
    /* "Polls show the mayor in the lead": what shows takes any object. */
    if (qt_cue_attitude(s, &cue, &source) == QUOTH_ATTITUDE_EVIDENCE)
        cue.classes |= QT_WORD_CUE_OBJECT;
    if (!content_after(s, &cue, &content, &rule))
        return false;
    end_subordinate(s, &source, floor, &content);
    /* What is yet to be said or done is mostly no report: "waiting to endorse a candidate". */
    if (qt_syntax_role(s, i) == QT_ROLE_INFINITIVE && (rule[0] == 'o' || rule[0] == 'i'))
        return false;
    return report(r, &cue, &source, content, (range){0, 0}, qt_cue_attitude(s, &cue, &source),
                  qt_cue_is_factual(s, i), rule);
}

/* "According to X, ..." and "..., according to X." */
static bool report_according(reporter *r, uint32_t i)
{
    const qt_syntax *s = r->syntax;
    uint32_t size = qt_cue_according_at(s, i);
    if (!size)
        return false;
    uint32_t sentence = s->words[i].sentence;
    uint32_t first = qt_sentence_first(s, sentence), end = qt_sentence_end(s, sentence);
    qt_phrase source;
    if (!qt_noun_phrase_after(s, i + size, end, &source))
        return false;
    qt_cue cue = {i, i, i + size, QT_WORD_CUE_SPEECH | QT_WORD_CUE_EVIDENCE};
    range content = {first, i};
    if (i == first) {
        uint32_t k = source.end;
        while (k < end && k - source.end < CLAUSE_WINDOW && qt_syntax_role(s, k) != QT_ROLE_COMMA)
            k++;
        content = (range){k + 1, end};
    }
    return content.first < content.end &&
           report(r, &cue, &source, content, (range){0, 0}, qt_cue_attitude(s, &cue, &source), true,
                  "according");
}

uint32_t qt_main_verb_after(const qt_syntax *self, uint32_t from, uint32_t end)
{
    uint32_t open = 1; /* clauses that wait for their verb */
    for (uint32_t i = from + 1; i < end; i++) {
        uint8_t r = qt_syntax_role(self, i), before = qt_syntax_role(self, i - 1);
        if (r == QT_ROLE_CONJUNCTION || r == QT_ROLE_SUBORDINATOR || r == QT_ROLE_RELATIVE)
            open++;
        bool be = qt_syntax_text(self, i, "be"); /* "demand that it be repeated" */
        if (!(is_finite(r) || be) || (r == QT_ROLE_PASSIVE && before != QT_ROLE_PASSIVE) ||
            before == QT_ROLE_TO || before == QT_ROLE_AUXILIARY || before == QT_ROLE_MODAL ||
            before == QT_ROLE_ADVERB || before == QT_ROLE_PRONOUN)
            continue;
        if (open == 0)
            return i;
        open -= !qt_syntax_is(self, i, QT_WORD_CUE_BARE);
    }
    return end;
}

/* "claims that ...", "his belief that ..." */
static bool report_noun(reporter *r, uint32_t i)
{
    const qt_syntax *s = r->syntax;
    if (qt_syntax_role(s, i) != QT_ROLE_NOUN || !qt_syntax_is(s, i, QT_WORD_CUE_NOUN) ||
        i + 2 >= s->count || !qt_syntax_text(s, i + 1, "that") ||
        qt_syntax_role(s, i + 1) == QT_ROLE_RELATIVE)
        return false;
    range content = {i + 1, qt_clause_end(s, i + 1)};
    if (!is_object_start(qt_syntax_role(s, i + 2)))
        return false;
    for (uint32_t k = i + 3; k < content.end; k++)
        if (qt_syntax_role(s, k) == QT_ROLE_COMMA)
            content.end = k;
    content.end = qt_main_verb_after(s, content.first, content.end);
    qt_cue cue = {i, i, i + 1, s->tokens[i].classes};
    qt_phrase source = {0, 0, 0, 0};
    uint32_t floor = qt_sentence_first(s, s->words[i].sentence);
    (void)qt_possessor_of(s, i, floor, &source);
    quoth_attitude attitude = qt_syntax_is(s, i, QT_WORD_CUE_EMOTION) ? QUOTH_ATTITUDE_EMOTION
                              : qt_syntax_is(s, i, QT_WORD_CUE_BELIEF)
                                  ? QUOTH_ATTITUDE_BELIEF
                                  : qt_cue_attitude(s, &cue, NULL);
    return report(r, &cue, &source, content, (range){0, 0}, attitude, true, "noun");
}

/* "The plan seems to work", "it is expected to rise": nobody's view, in two stretches. */
static bool report_seeming(reporter *r, uint32_t i)
{
    const qt_syntax *s = r->syntax;
    uint8_t verb = qt_syntax_role(s, i);
    if (!qt_syntax_is(s, i, QT_WORD_CUE_SEEMING) || i + 2 >= s->count ||
        (verb != QT_ROLE_VERB && verb != QT_ROLE_PASSIVE))
        return false;
    bool passive = qt_syntax_is(s, i, QT_CUE_VERBS);
    if (passive != (verb == QT_ROLE_PASSIVE))
        return false;
    uint32_t floor = qt_sentence_first(s, s->words[i].sentence);
    range content = {i + 1, qt_clause_end(s, i + 1)};
    if (!is_infinitive(s, i + 1, content.end) && !is_that(s, i + 1))
        return false;
    qt_phrase subject, nobody = {0, 0, 0, 0};
    if (i - floor > CONTENT_WINDOW || !qt_subject_of(s, i, floor, &subject))
        return false;
    qt_cue cue = {i, i, i + 1, QT_WORD_CUE_BELIEF};
    if (verb == QT_ROLE_PASSIVE && i > floor && qt_syntax_is(s, i - 1, QT_WORD_BE_FORM))
        cue.first = i - 1;
    bool told = qt_syntax_is(s, i, QT_WORD_CUE_SPEECH);
    range first = {subject.first, subject.end}, none = {0, 0};
    if (qt_syntax_text(s, subject.first, "it") || is_that(s, i + 1))
        return report(r, &cue, &nobody, content, none,
                      told ? QUOTH_ATTITUDE_SPEECH : QUOTH_ATTITUDE_BELIEF, qt_cue_is_factual(s, i),
                      "seeming");
    while (content.end > content.first && qt_syntax_role(s, content.end - 1) == QT_ROLE_STOP)
        content.end--;
    if (holds_marks(s, content))
        return false;
    return report(r, &cue, &nobody, first, content,
                  told ? QUOTH_ATTITUDE_SPEECH : QUOTH_ATTITUDE_BELIEF, qt_cue_is_factual(s, i),
                  "seeming");
}

/* "X is confident that ..." */
static bool report_adjective(reporter *r, uint32_t i)
{
    const qt_syntax *s = r->syntax;
    if (!qt_syntax_is(s, i, QT_WORD_CUE_ADJECTIVE) || i == 0 || i + 2 >= s->count)
        return false;
    uint32_t floor = qt_sentence_first(s, s->words[i].sentence), be = i;
    while (be > floor && qt_syntax_role(s, be - 1) == QT_ROLE_ADVERB)
        be--;
    if (be <= floor || !qt_syntax_is(s, be - 1, QT_WORD_BE_FORM))
        return false;
    range content = {i + 1, qt_clause_end(s, i + 1)};
    if (!(is_that(s, i + 1) && is_clause(s, i + 2, content.end)) &&
        !is_infinitive(s, i + 1, content.end))
        return false;
    qt_phrase source;
    if (!qt_subject_of(s, be - 1, floor, &source))
        return false;
    qt_cue cue = {be - 1, be - 1, i + 1, s->tokens[i].classes};
    return report(r, &cue, &source, content, (range){0, 0}, qt_cue_attitude(s, &cue, NULL),
                  qt_cue_is_factual(s, be - 1), "adjective");
}

bool qt_report_at(const qt_syntax *self, uint32_t i, qt_finding *out)
{
    reporter r = {self, out};
    return report_verb(&r, i) || report_according(&r, i) || report_noun(&r, i) ||
           report_seeming(&r, i) || report_adjective(&r, i);
}

/* False when out of memory. */
static bool draft(const qt_syntax *s, const qt_speakers *speakers, qt_drafts *drafts,
                  const qt_finding *found)
{
    quoth_quote quote = {.type = QUOTH_QUOTE_INDIRECT,
                         .cue = qt_syntax_span(s, found->cue.first, found->cue.end),
                         .speaker = QUOTH_NONE,
                         .attitude = found->attitude,
                         .factual = found->factual,
                         .closed = true,
                         .score = found->score > 0                          ? found->score
                                  : found->source.end > found->source.first ? 0.7f
                                                                            : 0.5f,
                         .rule = found->rule};
    if (found->source.end > found->source.first)
        quote.source = qt_syntax_span(s, found->source.first, found->source.end);
    qt_speaker_find(speakers, &found->source, &quote.speaker, &quote.speaker_reason);
    uint32_t index = qt_draft_add(drafts, &quote, &found->cue, &found->source,
                                  qt_syntax_span(s, found->content.first, found->content.end));
    if (index == QUOTH_NONE)
        return false;
    return found->rest.end <= found->rest.first ||
           qt_draft_extend(drafts, index, qt_syntax_span(s, found->rest.first, found->rest.end));
}

/* Which tokens are in the content of a draft; NULL when out of memory. */
static const uint8_t *inside_of(const qt_syntax *s, const qt_drafts *drafts)
{
    uint8_t *inside = qt_arena_alloc(drafts->arena, s->count + (size_t)1);
    if (!inside)
        return NULL;
    for (uint32_t i = 0; i < drafts->contents.count; i++) {
        quoth_span span = drafts->contents.items[i].span;
        for (uint32_t k = qt_token_at(&s->doc->tokens, span.start);
             k < s->count && s->tokens[k].start < span.end; k++)
            inside[k] = 1;
    }
    /* "said a man who asked not to be named": what tells who the source is reports nothing. */
    for (uint32_t i = 0; i < drafts->items.count; i++) {
        const qt_phrase *source = &drafts->items.items[i].source;
        for (uint32_t k = source->first; k < source->end; k++)
            inside[k] = 2;
    }
    return inside;
}

quoth_status qt_report_find(const qt_syntax *self, const qt_quote_models *models, qt_trace *trace,
                            const qt_speakers *speakers, const uint32_t *draft_of_cue,
                            qt_drafts *drafts)
{
    qt_finding found[QT_REPORTS_MAX];
    uint32_t effort = QT_EFFORT_MOST;
    const uint8_t *inside = inside_of(self, drafts);
    if (!inside)
        return QUOTH_ERROR_MEMORY;
    if (!models->parts[QUOTH_MODEL_REPORT].weights && !qt_trace_trains(trace)) {
        for (uint32_t i = 0; i < self->count; i++)
            if (self->words[i].quotation == QUOTH_NONE && draft_of_cue[i] == QUOTH_NONE &&
                qt_report_at(self, i, found) && !draft(self, speakers, drafts, found))
                return QUOTH_ERROR_MEMORY;
        return QUOTH_OK;
    }
    for (uint32_t i = 0; i < self->count;) {
        uint32_t n = qt_report_weigh(self, models, trace, draft_of_cue, inside, &i, &effort, found);
        for (uint32_t k = 0; k < n; k++)
            if (!draft(self, speakers, drafts, &found[k]))
                return QUOTH_ERROR_MEMORY;
    }
    return QUOTH_OK;
}
