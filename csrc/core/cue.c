#include "cue.h"

#include "document.h"

enum { MOOD_WINDOW = 40 };

static bool is_verbal(uint8_t r)
{
    return r == QT_ROLE_VERB || r == QT_ROLE_GERUND || r == QT_ROLE_INFINITIVE ||
           r == QT_ROLE_PASSIVE;
}

bool qt_cue_verb_at(const qt_syntax *self, uint32_t i, qt_cue *out)
{
    if (!is_verbal(qt_syntax_role(self, i)))
        return false;
    if (self->words[i].phrase) {
        *out = (qt_cue){i, i, i + self->words[i].phrase,
                        QT_WORD_CUE_SPEECH | QT_WORD_CUE_CLAUSE | QT_WORD_CUE_OBJECT};
        return true;
    }
    if (!qt_syntax_is(self, i, QT_CUE_VERBS))
        return false;
    *out = (qt_cue){i, i, i + 1, self->tokens[i].classes};
    return true;
}

uint32_t qt_cue_according_at(const qt_syntax *self, uint32_t i)
{
    return self->words[i].phrase;
}

void qt_cue_take_hearer(const qt_syntax *self, qt_cue *cue)
{
    uint32_t i = cue->end;
    if (!(cue->classes & QT_WORD_CUE_HEARER) || i >= self->count ||
        qt_syntax_role(self, i) != QT_ROLE_NOUN)
        return;
    const qt_token *token = &self->tokens[i];
    bool plural = token->shape & QT_SHAPE_LOWER && self->doc->text.bytes[token->end - 1] == 's';
    bool last = i + 1 >= self->count || (qt_syntax_role(self, i + 1) != QT_ROLE_NOUN &&
                                         qt_syntax_role(self, i + 1) != QT_ROLE_NAME &&
                                         qt_syntax_role(self, i + 1) != QT_ROLE_HYPHEN &&
                                         qt_syntax_role(self, i + 1) != QT_ROLE_CONJUNCTION);
    if (plural && last)
        cue->end = i + 1;
}

/* Whether the sentence of the verb asks, outside quotation marks. */
static bool is_question(const qt_syntax *s, uint32_t verb)
{
    uint32_t end = qt_sentence_end(s, s->words[verb].sentence);
    return end > verb && s->words[end - 1].quotation == QUOTH_NONE &&
           qt_syntax_byte(s, end - 1, '?');
}

/* A verb that leaves open, or denies, that what follows it came to pass. */
static bool unreal_governor(const qt_syntax *s, uint32_t verb)
{
    return qt_syntax_is(s, verb,
                        QT_WORD_CUE_INTENTION | QT_WORD_CUE_EMOTION | QT_WORD_CUE_INFINITIVE) ||
           qt_syntax_text(s, verb, "failed") || qt_syntax_text(s, verb, "need") ||
           qt_syntax_text(s, verb, "needs") || qt_syntax_text(s, verb, "fails");
}

/* Whether the nearest verb before token i, whatever it is, follows a modal. */
static bool after_modal(const qt_syntax *s, uint32_t i, uint32_t floor)
{
    for (uint32_t k = i, steps = 0; k > floor && steps < MOOD_WINDOW; k--, steps++) {
        uint8_t r = qt_syntax_role(s, k - 1);
        if (r == QT_ROLE_MODAL)
            return true;
        if (r == QT_ROLE_VERB || r == QT_ROLE_AUXILIARY || r == QT_ROLE_STOP || r == QT_ROLE_MARK)
            return false;
    }
    return false;
}

static bool mood_of(const qt_syntax *s, uint32_t verb, int depth)
{
    uint32_t floor = qt_sentence_first(s, s->words[verb].sentence);
    bool shared = qt_syntax_role(s, verb) == QT_ROLE_GERUND;
    uint32_t i = verb;
    for (uint32_t steps = 0; i > floor && steps < 8; steps++) {
        uint8_t r = qt_syntax_role(s, i - 1);
        if (qt_syntax_role(s, i) == QT_ROLE_TO && qt_syntax_text(s, i - 1, "yet"))
            return false; /* "has yet to say" */
        if (r == QT_ROLE_MODAL || qt_syntax_is(s, i - 1, QT_WORD_NEGATION))
            return false;
        if (r != QT_ROLE_ADVERB && r != QT_ROLE_AUXILIARY && r != QT_ROLE_TO &&
            !(r == QT_ROLE_CONJUNCTION && i == verb))
            break;
        shared |= r == QT_ROLE_TO || r == QT_ROLE_CONJUNCTION;
        i--;
    }
    if (shared && i > floor && qt_syntax_text(s, i - 1, "without"))
        return false;
    shared |= qt_syntax_role(s, verb) == QT_ROLE_INFINITIVE;
    if (shared && depth > 0) {
        uint32_t other = qt_governing_verb(s, i, floor);
        if (other == QUOTH_NONE)
            return qt_syntax_role(s, verb) == QT_ROLE_GERUND && !after_modal(s, i, floor);
        if (qt_syntax_role(s, verb) == QT_ROLE_INFINITIVE && unreal_governor(s, other))
            return false;
        return mood_of(s, other, depth - 1);
    }
    /* "If the mayor says that": a condition right before the subject. */
    for (uint32_t steps = 0; i > floor && steps < MOOD_WINDOW; steps++, i--) {
        uint8_t r = qt_syntax_role(s, i - 1);
        if (r == QT_ROLE_COMMA || r == QT_ROLE_VERB || r == QT_ROLE_MARK || r == QT_ROLE_STOP)
            break;
        if (r == QT_ROLE_SUBORDINATOR)
            return !(qt_syntax_text(s, i - 1, "if") || qt_syntax_text(s, i - 1, "unless") ||
                     qt_syntax_text(s, i - 1, "whether"));
        if (r == QT_ROLE_DETERMINER && qt_syntax_text(s, i - 1, "no"))
            return false;
        if (i - 1 == floor && (qt_syntax_text(s, floor, "should") ||
                               qt_syntax_text(s, floor, "had") || qt_syntax_text(s, floor, "were")))
            return false; /* "Should the mayor say that" */
    }
    return true;
}

bool qt_cue_is_factual(const qt_syntax *self, uint32_t verb)
{
    uint32_t first = qt_sentence_first(self, self->words[verb].sentence);
    if (verb > first + 2 && qt_syntax_text(self, verb - 1, "than") &&
        qt_syntax_text(self, verb - 2, "more"))
        return mood_of(self, verb - 3, 3); /* "will have to do more than insist" */
    if (!is_verbal(qt_syntax_role(self, verb)))
        return !(first < verb && qt_syntax_is(self, verb - 1, QT_WORD_NEGATION)) &&
               !after_modal(self, verb, first);
    return mood_of(self, verb, 3) && !is_question(self, verb);
}

quoth_attitude qt_cue_attitude(const qt_syntax *self, const qt_cue *cue, const qt_phrase *source)
{
    if (cue->classes & QT_WORD_CUE_ADJECTIVE && !(cue->classes & QT_CUE_VERBS))
        return cue->classes & QT_WORD_CUE_OBJECT       ? QUOTH_ATTITUDE_EMOTION
               : cue->classes & QT_WORD_CUE_INFINITIVE ? QUOTH_ATTITUDE_INTENTION
                                                       : QUOTH_ATTITUDE_BELIEF;
    if (source && cue->classes & (QT_WORD_CUE_EVIDENCE | QT_WORD_CUE_SPEECH))
        for (uint32_t i = source->core_first; i < source->core_end; i++)
            if (qt_syntax_is(self, i, QT_WORD_CUE_EVIDENCE) &&
                qt_syntax_role(self, i) == QT_ROLE_NOUN && cue->classes & QT_WORD_CUE_EVIDENCE)
                return QUOTH_ATTITUDE_EVIDENCE;
    if (cue->classes & QT_WORD_CUE_SPEECH)
        return QUOTH_ATTITUDE_SPEECH;
    if (cue->classes & QT_WORD_CUE_INTENTION)
        return QUOTH_ATTITUDE_INTENTION;
    if (cue->classes & QT_WORD_CUE_EMOTION)
        return QUOTH_ATTITUDE_EMOTION;
    if (cue->classes & QT_WORD_CUE_BELIEF)
        return QUOTH_ATTITUDE_BELIEF;
    return cue->classes & QT_WORD_CUE_EVIDENCE ? QUOTH_ATTITUDE_EVIDENCE : QUOTH_ATTITUDE_SPEECH;
}
