#include "pronoun.h"

#include "document.h"

enum {
    IN_VIEW = 8,        /* persons that are kept in view */
    SENTENCES = 6,      /* how far back one looks */
    FAR = 8,            /* what a sentence of distance costs */
    SUBJECT = 6,        /* what being the subject is worth */
    MODIFIER = 5,       /* what only modifying a noun costs */
    GENDER = 4,         /* what the right gender is worth */
    QUOTED = 30,        /* what being mentioned inside marks only costs */
    FREQUENT = 8,       /* mentions in the document, each of which is worth one, up to this */
    CLEAR = 2,          /* by how much the best has to lead */
    UNNAMED_WINDOW = 4, /* tokens from "a" to the noun of somebody without a name */
};

typedef struct person {
    uint32_t entity; /* QUOTH_NONE: somebody without a name, "a spokesman" */
    uint32_t sentence;
    uint8_t gender; /* 0: not known */
    bool subject, modifier, quoted;
} person;

typedef struct view {
    const struct quoth_doc *doc;
    const qt_token *tokens;
    const uint8_t *genders;
    const quoth_entity *entities;
    person persons[IN_VIEW]; /* the one mentioned last first */
    uint32_t count;
    uint32_t sentence;  /* index */
    uint32_t quotation; /* the first that has not ended */
    bool verb;          /* the sentence had a verb already */
} view;

#define VERB_WORD                                                                                  \
    (QT_WORD_VERB | QT_WORD_AUXILIARY | QT_WORD_MODAL | QT_WORD_CUE_SPEECH | QT_WORD_VERB_PAST)

static const struct {
    const char *word;
    uint8_t gender; /* 0: plural */
    bool subject;
} pronouns[] = {
    {"he", QT_GENDER_MALE, true},
    {"him", QT_GENDER_MALE, false},
    {"his", QT_GENDER_MALE, false},
    {"himself", QT_GENDER_MALE, false},
    {"she", QT_GENDER_FEMALE, true},
    {"her", QT_GENDER_FEMALE, false},
    {"herself", QT_GENDER_FEMALE, false},
    {"they", 0, true},
    {"them", 0, false},
    {"their", 0, false},
};
enum { PRONOUNS = sizeof pronouns / sizeof *pronouns };

/* Index of the pronoun that a token is, or PRONOUNS. */
static size_t pronoun_at(const qt_token *t)
{
    size_t i = 0;
    uint32_t size = t->end - t->start;
    if (t->kind != QT_TOKEN_WORD || !(t->classes & (QT_WORD_PRONOUN | QT_WORD_DETERMINER)) ||
        size < 2 || size > 7)
        return PRONOUNS;
    while (i < PRONOUNS && !qt_token_is(t, pronouns[i].word))
        i++;
    return i;
}

static void remember(view *self, person who)
{
    uint32_t at = 0;
    while (at < self->count && self->persons[at].entity != who.entity)
        at++;
    if (at < self->count) {
        who.quoted = who.quoted && self->persons[at].quoted;
        /* A subject of this very sentence stays one. */
        who.subject |= self->persons[at].subject && self->persons[at].sentence == who.sentence;
    } else if (self->count < IN_VIEW) {
        self->count++;
    } else {
        at = IN_VIEW - 1;
    }
    for (; at > 0; at--)
        self->persons[at] = self->persons[at - 1];
    self->persons[0] = who;
}

static int rate(const view *self, const person *who, size_t pronoun, bool quoted)
{
    int score = 100 - FAR * (int)(self->sentence - who->sentence);
    uint8_t gender = who->gender;
    if (gender && gender != pronouns[pronoun].gender)
        return 0;
    uint32_t mentions = who->entity == QUOTH_NONE ? 1 : self->entities[who->entity].mention_count;
    score += mentions < FREQUENT ? (int)mentions : FREQUENT;
    score += gender ? GENDER : 0;
    score += who->subject ? SUBJECT : 0;
    score -= who->modifier ? MODIFIER : 0;
    score -= who->quoted && !quoted ? QUOTED : 0;
    return score;
}

/* The person that a pronoun stands for, or QUOTH_NONE. */
static uint32_t choose(const view *self, size_t pronoun, bool quoted)
{
    int best = 0, second = 0;
    uint32_t entity = QUOTH_NONE;
    if (!pronouns[pronoun].gender)
        return QUOTH_NONE;
    for (uint32_t i = 0; i < self->count; i++) {
        const person *who = &self->persons[i];
        if (self->sentence - who->sentence > SENTENCES)
            continue;
        int score = rate(self, who, pronoun, quoted);
        if (score > best) {
            second = best;
            best = score;
            entity = who->entity;
        } else if (score > second) {
            second = score;
        }
    }
    return best > 0 && best - second >= CLEAR ? entity : QUOTH_NONE;
}

/* Whether the token stands between quotation marks. Tokens are asked for in text order. */
static bool is_quoted(view *self, uint32_t start)
{
    const qt_quotations *all = &self->doc->quotations;
    while (self->quotation < all->items.count &&
           all->items.items[self->quotation].span.end <= start)
        self->quotation++;
    return self->quotation < all->items.count &&
           all->items.items[self->quotation].span.start <= start;
}

static void move_to(view *self, uint32_t token)
{
    const qt_sentences *sentences = &self->doc->sentences;
    const qt_token *t = &self->tokens[token];
    while (self->sentence + 1 < sentences->count &&
           sentences->items[self->sentence].span.end <= t->start) {
        self->sentence++;
        self->verb = false;
    }
    self->verb |= t->kind == QT_TOKEN_WORD && t->shape & QT_SHAPE_LOWER && t->classes & VERB_WORD &&
                  !(t->classes & (QT_WORD_DETERMINER | QT_WORD_PREPOSITION));
}

/* Whether what ends before token next is the subject of a clause. */
static bool is_subject(const view *self, uint32_t next)
{
    if (!self->verb)
        return true;
    return next < self->doc->tokens.count && self->tokens[next].shape & QT_SHAPE_LOWER &&
           self->tokens[next].classes & VERB_WORD;
}

static void meet_person(view *self, const quoth_mention *m, uint32_t token)
{
    const qt_tokens *tokens = &self->doc->tokens;
    uint32_t next = token;
    while (next < tokens->count && self->tokens[next].start < m->span.end)
        next++;
    const qt_token *after = next < tokens->count ? &self->tokens[next] : NULL;
    bool possessive = after && (after->kind == QT_TOKEN_CLITIC);
    bool modifier =
        possessive ||
        (after && after->kind == QT_TOKEN_WORD && after->shape & QT_SHAPE_LOWER &&
         after->classes & QT_WORD_COMMON &&
         !(after->classes & (VERB_WORD | QT_WORD_PREPOSITION | QT_WORD_CONJUNCTION |
                             QT_WORD_ADVERB | QT_WORD_DETERMINER | QT_WORD_SUBORDINATOR)) &&
         !qt_token_is(after, "who"));
    remember(self, (person){.entity = m->entity,
                            .sentence = self->sentence,
                            .gender = self->genders[m->entity],
                            .subject = !modifier && is_subject(self, next),
                            .modifier = modifier,
                            .quoted = is_quoted(self, m->span.start)});
}

static quoth_status meet_pronoun(view *self, uint32_t token, size_t which, qt_arena *arena,
                                 qt_links *out)
{
    qt_pronoun *found = qt_push(arena, &out->pronouns);
    if (!found)
        return QUOTH_ERROR_MEMORY;
    bool quoted = is_quoted(self, self->tokens[token].start);
    *found = (qt_pronoun){token, choose(self, which, quoted)};
    if (found->entity != QUOTH_NONE && !quoted)
        remember(self, (person){.entity = found->entity,
                                .sentence = self->sentence,
                                .gender = self->genders[found->entity],
                                .subject = pronouns[which].subject && is_subject(self, token + 1)});
    return QUOTH_OK;
}

/* "A council spokesman denied it. He said": somebody whom the text does not name may be meant. */
static void meet_unnamed(view *self, uint32_t token)
{
    const qt_token *t = &self->tokens[token];
    if (t->kind != QT_TOKEN_WORD || !(t->shape & QT_SHAPE_LOWER) || !(t->classes & QT_WORD_TITLE) ||
        self->verb)
        return;
    for (uint32_t i = token; i > 0 && token - i < UNNAMED_WINDOW; i--) {
        const qt_token *article = &self->tokens[i - 1];
        if (article->start < self->doc->sentences.items[self->sentence].span.start ||
            article->kind != QT_TOKEN_WORD)
            return;
        if (!qt_token_is(article, "a") && !qt_token_is(article, "an") &&
            !qt_token_is(article, "another"))
            continue;
        uint64_t sex = t->classes & (QT_WORD_MALE | QT_WORD_FEMALE);
        remember(self, (person){.entity = QUOTH_NONE,
                                .sentence = self->sentence,
                                .gender = sex == QT_WORD_MALE     ? QT_GENDER_MALE
                                          : sex == QT_WORD_FEMALE ? QT_GENDER_FEMALE
                                                                  : 0,
                                .subject = true,
                                .quoted = is_quoted(self, t->start)});
        return;
    }
}

quoth_status qt_pronoun_resolve(const struct quoth_doc *doc, const qt_mentions *mentions,
                                const uint8_t *genders, qt_arena *arena, qt_links *out)
{
    view self = {.doc = doc,
                 .tokens = doc->tokens.items,
                 .genders = genders,
                 .entities = out->entities.items};
    quoth_status status = QUOTH_OK;
    for (uint32_t i = 0, m = 0; i < doc->tokens.count && status == QUOTH_OK; i++) {
        move_to(&self, i);
        while (m < mentions->count && mentions->items[m].span.start < self.tokens[i].start)
            m++;
        bool starts = m < mentions->count && mentions->items[m].span.start == self.tokens[i].start;
        size_t which = pronoun_at(&self.tokens[i]);
        if (starts && mentions->items[m].label == QUOTH_LABEL_PERSON &&
            mentions->items[m].entity != QUOTH_NONE)
            meet_person(&self, &mentions->items[m], i);
        else if (!starts && which < PRONOUNS)
            status = meet_pronoun(&self, i, which, arena, out);
        else if (!starts)
            meet_unnamed(&self, i);
    }
    return status;
}
