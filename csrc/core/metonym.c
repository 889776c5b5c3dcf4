#include "metonym.h"

#include "link_group.h"
#include "word_set.h"

typedef enum sense { OPEN = 0, PLACE, ACTOR } sense;

enum {
    BEFORE = 6,   /* words before "to", "of" and the like that tell of travel or politics */
    OWNED = 5,    /* words behind 's up to what is owned */
    ADVERBS = 3,  /* words between a subject and its verb */
    CONJUNCTS = 3 /* names joined to one subject */
};

typedef struct spot {
    const qt_linker *linker;
    const qt_token *tokens;
    uint32_t first, end;   /* of the name */
    uint32_t floor, limit; /* of its sentence */
    uint32_t mention;
} spot;

#define CUES (QT_WORD_CUE_SPEECH | QT_WORD_CUE_BELIEF | QT_WORD_CUE_INTENTION | QT_WORD_CUE_EMOTION)

static bool in(const spot *s, uint32_t at, qt_set set)
{
    return at >= s->floor && at < s->limit && qt_set_has(set, s->tokens[at].key);
}

static bool is(const spot *s, uint32_t at, const char *word)
{
    return at >= s->floor && at < s->limit && qt_token_is(&s->tokens[at], word);
}

/* Which of two senses the words before token at speak for, the nearest first: those of politics and
 * of what governments do for the one, travel and war for the other. */
static sense nearest_before(const spot *s, uint32_t at, bool verbs)
{
    for (uint32_t i = at; i > s->floor && at - i < BEFORE; i--) {
        if (s->tokens[i - 1].kind == QT_TOKEN_PUNCT && i != at)
            return OPEN;
        if (in(s, i - 1, QT_SET_TRAVEL))
            return PLACE;
        if (in(s, i - 1, QT_SET_POLITICS) ||
            (verbs && (in(s, i - 1, QT_SET_ACTING) || in(s, i - 1, QT_SET_ADDRESSING) ||
                       in(s, i - 1, QT_SET_MINDED))))
            return ACTOR;
    }
    return OPEN;
}

/* What the name owns, from token at on, or the noun that it stands before: the last telling word of
 * the phrase decides, so that a Paris military hospital is in Paris. Without 's only persons and the
 * government itself are the government's: the Oslo accords were made in Oslo. */
static sense by_noun(const spot *s, uint32_t at, bool owned)
{
    sense found = OPEN;
    for (uint32_t end = at + OWNED; at < s->limit && at < end; at++) {
        const qt_token *t = &s->tokens[at];
        if ((t->kind != QT_TOKEN_WORD && t->kind != QT_TOKEN_DASH) ||
            t->classes & (QT_WORD_PREPOSITION | QT_WORD_CONJUNCTION | QT_WORD_DETERMINER |
                          QT_WORD_AUXILIARY | QT_WORD_MODAL))
            break;
        if (in(s, at, QT_SET_OFFICIALS) || (owned && in(s, at, QT_SET_POLITICS)))
            found = found == PLACE ? PLACE : ACTOR; /* a city official */
        else if (in(s, at, QT_SET_MUNICIPAL))
            found = PLACE;
    }
    return found;
}

/* Moscow-backed, pro-Moscow, Moscow-based. */
static sense by_hyphen(const spot *s)
{
    const qt_token *t = s->tokens;
    if (s->end + 1 < s->limit && t[s->end].kind == QT_TOKEN_DASH &&
        !(t[s->end].shape & QT_SHAPE_SPACE) && !(t[s->end + 1].shape & QT_SHAPE_SPACE)) {
        if (t[s->end + 1].shape & QT_SHAPE_CAPITAL) /* Ankara-Baghdad ties */
            return by_noun(s, s->end + 2, true);
        return in(s, s->end + 1, QT_SET_BACKED) ? ACTOR : PLACE;
    }
    if (s->first > s->floor + 1 && t[s->first - 1].kind == QT_TOKEN_DASH &&
        !(t[s->first].shape & QT_SHAPE_SPACE) && t[s->first - 2].shape & QT_SHAPE_CAPITAL)
        return by_noun(s, s->end, true);
    if (s->first > s->floor + 1 && t[s->first - 1].kind == QT_TOKEN_DASH &&
        !(t[s->first].shape & QT_SHAPE_SPACE))
        return is(s, s->first - 2, "pro") || is(s, s->first - 2, "anti") ? ACTOR : OPEN;
    return OPEN;
}

/* What the preposition at token at, and what it hangs on, say of the name behind it. */
static sense by_preposition(const spot *s, uint32_t at)
{
    if (is(s, at, "with") || is(s, at, "against") || is(s, at, "by"))
        return nearest_before(s, at, true) == ACTOR ? ACTOR : OPEN;
    if (is(s, at, "between"))
        return nearest_before(s, at, false) == PLACE ? PLACE : ACTOR;
    if (!is(s, at, "to") && !is(s, at, "from") && !is(s, at, "for") && !is(s, at, "of") &&
        !is(s, at, "on") && !is(s, at, "over") && !is(s, at, "toward") && !is(s, at, "towards"))
        return OPEN;
    sense found = nearest_before(s, at, false);
    bool place = is(s, at, "of") || is(s, at, "on") || is(s, at, "over");
    return found == OPEN && place ? PLACE : found;
}

static sense by_words_before(const spot *s)
{
    uint32_t at = s->first;
    if (at == s->floor)
        return OPEN;
    at--;
    /* "between Moscow and Kyiv", "in Paris and London": the first of the two decides. */
    if (is(s, at, "and") || is(s, at, "or")) {
        for (uint32_t i = at; i > s->floor && at - i < BEFORE; i--) {
            if (is(s, i - 1, "between"))
                return by_preposition(s, i - 1);
            if (in(s, i - 1, QT_SET_PLACING) && s->tokens[i - 1].shape & QT_SHAPE_LOWER)
                return PLACE;
            if (!(s->tokens[i - 1].shape & QT_SHAPE_CAPITAL))
                break;
        }
        return OPEN;
    }
    if (in(s, at, QT_SET_PLACING) && s->tokens[at].shape & QT_SHAPE_LOWER)
        return PLACE;
    if (s->tokens[at].kind != QT_TOKEN_WORD || !(s->tokens[at].shape & QT_SHAPE_LOWER))
        return OPEN;
    if (in(s, at, QT_SET_ADDRESSING))
        return ACTOR;
    sense found = by_preposition(s, at);
    return found == OPEN && in(s, at, QT_SET_TRAVEL) ? PLACE : found;
}

/* The verb of which the name before token at is the subject. */
static sense by_verb(const spot *s, uint32_t at)
{
    bool modal = false, being = false;
    for (uint32_t end = at + 2 * ADVERBS; at < s->limit && at < end; at++) {
        const qt_token *t = &s->tokens[at];
        if (t->kind != QT_TOKEN_WORD || !(t->shape & QT_SHAPE_LOWER))
            return OPEN;
        bool cue = (t->classes & CUES) != 0;
        if (cue || in(s, at, being ? QT_SET_MINDED : QT_SET_ACTING))
            return ACTOR;
        if (t->classes & QT_WORD_BE_FORM)
            being = true;
        else if (t->classes & QT_WORD_MODAL)
            modal = true;
        else if (!(t->classes & (QT_WORD_AUXILIARY | QT_WORD_ADVERB | QT_WORD_NEGATION)))
            return modal && in(s, at, QT_SET_MINDED) ? ACTOR : OPEN;
    }
    return OPEN;
}

/* End of what is joined to the subject at token at: ", Rome and Berlin", "and its allies". */
static uint32_t conjuncts_end(const spot *s, uint32_t at)
{
    for (int n = 0; n < CONJUNCTS && at + 1 < s->limit; n++) {
        bool comma = s->linker->doc->text.bytes[s->tokens[at].start] == ',';
        uint32_t next = at + 1;
        if (!comma && !is(s, at, "and"))
            return at;
        next += comma && is(s, next, "and");
        if (is(s, next, "its") || is(s, next, "their"))
            return next + 2;
        if (next >= s->limit || !(s->tokens[next].shape & QT_SHAPE_CAPITAL))
            return at;
        while (next < s->limit && s->tokens[next].shape & QT_SHAPE_CAPITAL)
            next++;
        at = next;
    }
    return at;
}

static sense by_words_after(const spot *s, const quoth_mention *next)
{
    uint32_t at = s->end;
    if (at >= s->limit)
        return OPEN;
    const qt_token *t = &s->tokens[at];
    if (t->kind == QT_TOKEN_CLITIC)
        return OPEN;
    if (is(s, s->first - 1, "the") || is(s, s->first - 1, "a") || is(s, s->first - 1, "its"))
        return by_noun(s, at, false);
    if (s->linker->doc->text.bytes[t->start] == ',') {
        /* Paris, France; Kyiv, the capital */
        bool region = next && at + 1 < s->limit && next->label == QUOTH_LABEL_GPE &&
                      next->span.start == s->tokens[at + 1].start &&
                      !(at + 2 < s->limit && is(s, at + 2, "and"));
        if ((region && conjuncts_end(s, at) <= at + 2) || in(s, at + 2, QT_SET_PLACING))
            return PLACE;
    }
    uint32_t verb = conjuncts_end(s, at);
    if (verb > at)
        return by_verb(s, verb);
    if (t->kind != QT_TOKEN_WORD)
        return OPEN;
    sense found = by_verb(s, at);
    if (found == OPEN && !(t->classes & (QT_WORD_VERB | QT_WORD_AUXILIARY | QT_WORD_MODAL)))
        found = by_noun(s, at, false);
    return found;
}

static bool is_in_dateline(const qt_linker *self, const quoth_mention *m)
{
    const quoth_frame *frame = &self->doc->structure.frame;
    return m->span.start >= frame->dateline.start && m->span.end <= frame->dateline.end;
}

static sense sense_of(const spot *s)
{
    const qt_mentions *mentions = s->linker->mentions;
    const quoth_mention *m = &mentions->items[s->mention];
    if (is_in_dateline(s->linker, m))
        return PLACE;
    sense found = by_hyphen(s);
    if (found == OPEN && s->end < s->limit && s->tokens[s->end].kind == QT_TOKEN_CLITIC)
        found = by_noun(s, s->end + 1, true);
    if (found == OPEN)
        found = by_words_before(s);
    /* "pressure from Washington", but "officials in Washington said". */
    if (found == OPEN)
        found = by_words_after(s, s->mention + 1 < mentions->count ? m + 1 : NULL);
    return found;
}

/* Whether the mention bears the name of the seat of a government. */
static bool is_seat(const qt_linker *self, uint32_t i)
{
    const qt_form *f = &self->forms[i];
    if (self->mentions->items[i].label != QUOTH_LABEL_GPE || f->term == QUOTH_NONE)
        return false;
    const qt_term *term = qt_lexicon_term(f->term);
    return term->label == QUOTH_LABEL_GPE && term->of != QUOTH_NONE;
}

quoth_status qt_metonym_link(qt_linker *self)
{
    const qt_sentences *sentences = &self->doc->sentences;
    const qt_mentions *mentions = self->mentions;
    uint8_t *senses = qt_arena_alloc(self->temporary, (size_t)mentions->count + 1);
    int16_t *votes =
        qt_arena_alloc(self->temporary, ((size_t)self->groups.count + 1) * sizeof *votes);
    if (!senses || !votes)
        return QUOTH_ERROR_MEMORY;
    uint32_t groups = self->groups.count;
    spot s = {.linker = self, .tokens = self->tokens};
    for (uint32_t i = 0, sentence = 0; i < mentions->count; i++) {
        if (!is_seat(self, i) || sentences->count == 0)
            continue;
        while (sentence + 1 < sentences->count &&
               sentences->items[sentence].span.end <= mentions->items[i].span.start)
            sentence++;
        s.first = self->forms[i].first;
        s.end = self->forms[i].end;
        s.floor = qt_token_at(&self->doc->tokens, sentences->items[sentence].span.start);
        s.limit = qt_token_at(&self->doc->tokens, sentences->items[sentence].span.end);
        s.mention = i;
        senses[i] = (uint8_t)sense_of(&s);
        int16_t *vote = &votes[self->forms[i].group];
        if (senses[i] != OPEN && *vote > -1000 && *vote < 1000)
            *vote = (int16_t)(*vote + (senses[i] == ACTOR ? 1 : -1));
    }
    quoth_status status = QUOTH_OK;
    for (uint32_t i = 0; i < mentions->count && status == QUOTH_OK; i++) {
        qt_form *f = &self->forms[i];
        if (!is_seat(self, i) || f->group >= groups)
            continue;
        if (senses[i] == ACTOR || (senses[i] == OPEN && votes[f->group] > 0))
            status = qt_link_term_group(self, i, qt_lexicon_term(f->term)->of, &f->group);
    }
    return status;
}
