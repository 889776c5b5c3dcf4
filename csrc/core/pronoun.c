#include "pronoun.h"

#include "alias.h"
#include "document.h"
#include "word_set.h"

#include <math.h>

enum {
    IN_VIEW = 8,    /* persons that are kept in view */
    SENTENCES = 12, /* how far back one looks */
    TITLE_KEY = 1,
    ABOVE_ALL = 4, /* times as many mentions as any other bearer of the title has */
    WINDOW = 4,    /* tokens from "a" or "her" to the noun of somebody without a name */
};

/* What speaks for a person, and against one. */
enum {
    TALK = 1,      /* against: a sentence of distance that begins between marks */
    FAR = 10,      /* against: a sentence of distance */
    SUBJECT = 4,   /* for: being the subject */
    MODIFIER = 12, /* against: only modifying a noun */
    GENDER = 4,    /* for: being known to have the gender */
    QUOTED = 30,   /* against: being mentioned inside marks only */
    FREQUENT = 12, /* for: mentions in the document, each of which is worth one, up to this */
    CONTINUED = 2, /* for: having been meant by the pronoun before */
    UNNAMED = 3,   /* against: having no name */
    OTHER = 78,    /* somebody who is not in view */
};

typedef struct person {
    uint32_t entity; /* QUOTH_NONE: somebody without a name, "a spokesman" */
    uint32_t sentence;
    int when;                                /* on the clock of the view */
    uint8_t gender;                          /* 0: not known */
    bool subject, modifier, quoted, pronoun; /* of the last mention */
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
    int clock;          /* what the sentences so far cost */
    bool verb;          /* the sentence had a verb already */
    uint32_t body;      /* the organization or country that was a subject last, or QUOTH_NONE */
    uint32_t body_sentence;
    qt_aliases titles; /* bearers of the last word of a title */
} view;

static const float SOFTNESS = 5.0f; /* how many points make somebody e times as likely */
static const float ENOUGH = 0.55f;  /* the share that decides */
static const float UNLIKELY = 0.02f;

#define VERB_WORD                                                                                  \
    (QT_WORD_VERB | QT_WORD_AUXILIARY | QT_WORD_MODAL | QT_WORD_CUE_SPEECH | QT_WORD_VERB_PAST)

typedef enum pronoun { HE, HIM, HIS, HIMSELF, SHE, HER, HERSELF, THEY, THEM, THEIR, NONE } pronoun;

static const struct {
    uint8_t gender; /* 0: plural */
    bool subject;
} pronouns[] = {
    [HE] = {QT_GENDER_MALE, true},
    [HIM] = {QT_GENDER_MALE, false},
    [HIS] = {QT_GENDER_MALE, false},
    [HIMSELF] = {QT_GENDER_MALE, false},
    [SHE] = {QT_GENDER_FEMALE, true},
    [HER] = {QT_GENDER_FEMALE, false},
    [HERSELF] = {QT_GENDER_FEMALE, false},
    [THEY] = {0, true},
    [THEM] = {0, false},
    [THEIR] = {0, false},
};

/* The pronoun that a token is. Spelt out, for so each word is a number that the compiler knows. */
static pronoun pronoun_at(const qt_token *t)
{
    uint32_t size = t->end - t->start;
    if (t->kind != QT_TOKEN_WORD || !(t->classes & (QT_WORD_PRONOUN | QT_WORD_DETERMINER)) ||
        size < 2 || size > 7)
        return NONE;
    return qt_token_is(t, "he")        ? HE
           : qt_token_is(t, "him")     ? HIM
           : qt_token_is(t, "his")     ? HIS
           : qt_token_is(t, "himself") ? HIMSELF
           : qt_token_is(t, "she")     ? SHE
           : qt_token_is(t, "her")     ? HER
           : qt_token_is(t, "herself") ? HERSELF
           : qt_token_is(t, "they")    ? THEY
           : qt_token_is(t, "them")    ? THEM
           : qt_token_is(t, "their")   ? THEIR
                                       : NONE;
}

/* Of those without a name, one of each gender is kept. */
static bool is_same(const person *a, const person *b)
{
    return a->entity == b->entity && (a->entity != QUOTH_NONE || a->gender == b->gender);
}

static void remember(view *self, person who)
{
    who.sentence = self->sentence;
    who.when = self->clock;
    uint32_t at = 0;
    while (at < self->count && !is_same(&self->persons[at], &who))
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

/* What speaks for a person; below 0: nothing can. */
static int rate(const view *self, uint32_t place, pronoun which, bool quoted)
{
    const person *who = &self->persons[place];
    if (self->sentence - who->sentence > SENTENCES ||
        (who->gender && who->gender != pronouns[which].gender))
        return -1;
    uint32_t mentions = who->entity == QUOTH_NONE ? 1 : self->entities[who->entity].mention_count;
    int score = 100 - (self->clock - who->when);
    score += mentions < FREQUENT ? (int)mentions : FREQUENT;
    score += who->gender ? GENDER : 0;
    score += who->subject ? SUBJECT : 0;
    score -= who->modifier ? MODIFIER : 0;
    score -= who->quoted && !quoted ? QUOTED : 0;
    score += who->pronoun ? CONTINUED : 0;
    score -= who->entity == QUOTH_NONE ? UNNAMED : 0;
    return score > 0 ? score : 0;
}

/* Rates all in view; shares[] sum to one together with the share of somebody else. */
static void share_out(const view *self, pronoun which, bool quoted, float shares[IN_VIEW])
{
    int scores[IN_VIEW], best = OTHER;
    for (uint32_t i = 0; i < self->count; i++) {
        scores[i] = pronouns[which].gender ? rate(self, i, which, quoted) : -1;
        best = scores[i] > best ? scores[i] : best;
    }
    float sum = expf((float)(OTHER - best) / SOFTNESS);
    for (uint32_t i = 0; i < self->count; i++) {
        shares[i] = scores[i] < 0 ? 0.0f : expf((float)(scores[i] - best) / SOFTNESS);
        sum += shares[i];
    }
    for (uint32_t i = 0; i < self->count; i++)
        shares[i] /= sum;
}

/* The place of the largest share that is not of another place in taken, or IN_VIEW. */
static uint32_t largest(const view *self, const float shares[IN_VIEW], uint32_t taken)
{
    uint32_t best = IN_VIEW;
    for (uint32_t i = 0; i < self->count; i++)
        if (!(taken >> i & 1u) && shares[i] > 0 && (best == IN_VIEW || shares[i] > shares[best]))
            best = i;
    return best;
}

/* Lists the candidates of a pronoun, and decides on the first if it is likely enough. */
static quoth_status choose(const view *self, pronoun which, bool quoted, qt_arena *arena,
                           qt_links *out, qt_pronoun *found)
{
    float shares[IN_VIEW] = {0};
    share_out(self, which, quoted, shares);
    uint32_t taken = 0;
    found->entity = QUOTH_NONE;
    found->candidate_first = out->candidates.count;
    found->candidate_count = 0;
    for (uint32_t n = 0; n < IN_VIEW && found->candidate_count < QUOTH_SPEAKERS_MAX; n++) {
        uint32_t place = largest(self, shares, taken);
        if (place == IN_VIEW || shares[place] < UNLIKELY)
            break;
        taken |= 1u << place;
        uint32_t entity = self->persons[place].entity;
        if (entity == QUOTH_NONE)
            continue;
        quoth_speaker_candidate *candidate = qt_push(arena, &out->candidates);
        if (!candidate)
            return QUOTH_ERROR_MEMORY;
        *candidate = (quoth_speaker_candidate){entity, shares[place]};
        found->candidate_count++;
        if (n == 0 && shares[place] >= ENOUGH)
            found->entity = entity;
    }
    return QUOTH_OK;
}

/* Whether the token stands between quotation marks. Tokens are asked for in text order. */
static bool is_quoted(view *self, uint32_t start)
{
    const qt_quotations *all = &self->doc->quotations;
    while (self->quotation < all->items.count &&
           all->items.items[self->quotation].span.end <= start)
        self->quotation++;
    if (self->quotation >= all->items.count || all->items.items[self->quotation].span.start > start)
        return false;
    /* A closing mark that is missing tells nothing of what stands where it should be. */
    bool reopened = self->quotation + 1 < all->items.count &&
                    all->items.items[self->quotation + 1].continues == self->quotation;
    return all->items.items[self->quotation].closed || reopened;
}

/* Moves on to the sentence of a token. */
static void move_to(view *self, const qt_token *t)
{
    const qt_sentences *sentences = &self->doc->sentences;
    while (self->sentence + 1 < sentences->count &&
           sentences->items[self->sentence].span.end <= t->start) {
        self->sentence++;
        self->clock += is_quoted(self, sentences->items[self->sentence].span.start) ? TALK : FAR;
        self->verb = false;
    }
}

static bool is_verb(const qt_token *t)
{
    return t->kind == QT_TOKEN_WORD && t->shape & QT_SHAPE_LOWER && t->classes & VERB_WORD &&
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

/* The token behind the mention that starts at a token. */
static uint32_t behind(const view *self, const quoth_mention *m, uint32_t token)
{
    while (token < self->doc->tokens.count && self->tokens[token].start < m->span.end)
        token++;
    return token;
}

static void meet_person(view *self, const quoth_mention *m, uint32_t token)
{
    const qt_tokens *tokens = &self->doc->tokens;
    uint32_t next = behind(self, m, token);
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
                            .gender = self->genders[m->entity],
                            .subject = !modifier && is_subject(self, next),
                            .modifier = modifier,
                            .quoted = is_quoted(self, m->span.start)});
}

/* The organization or country that opens a sentence is what speaks as "it" in this and in the next. */
static void meet_body(view *self, const quoth_mention *m, uint32_t token)
{
    const qt_tokens *tokens = &self->doc->tokens;
    uint32_t next = behind(self, m, token);
    if (self->verb || next >= tokens->count ||
        (token > 0 && self->tokens[token - 1].classes & QT_WORD_PREPOSITION &&
         self->tokens[token - 1].end <= m->span.start))
        return;
    const qt_token *after = &self->tokens[next];
    bool acts = after->shape & QT_SHAPE_LOWER && after->classes & VERB_WORD;
    bool inserted = self->doc->text.bytes[after->start] == ',' || qt_token_is(after, "which");
    if (!acts && !inserted)
        return;
    self->body = m->entity;
    self->body_sentence = self->sentence;
}

/* Whether the token speaks: "it said", "it has warned". */
static bool says(const view *self, uint32_t token)
{
    const qt_tokens *tokens = &self->doc->tokens;
    uint32_t i = token + 1;
    while (i < tokens->count && i < token + WINDOW &&
           self->tokens[i].classes & (QT_WORD_AUXILIARY | QT_WORD_ADVERB) &&
           !(self->tokens[i].classes & QT_WORD_CUE_SPEECH))
        i++;
    return i < tokens->count && self->tokens[i].shape & QT_SHAPE_LOWER &&
           self->tokens[i].classes & QT_WORD_CUE_SPEECH;
}

/* "It said": what else may "it" be than what acted last? A document, which no list of names has. */
static quoth_status meet_it(view *self, uint32_t token, qt_arena *arena, qt_links *out)
{
    if (!says(self, token) || self->body == QUOTH_NONE || self->sentence > self->body_sentence + 1)
        return QUOTH_OK;
    qt_pronoun *found = qt_push(arena, &out->pronouns);
    quoth_speaker_candidate *candidate = found ? qt_push(arena, &out->candidates) : NULL;
    if (!candidate)
        return QUOTH_ERROR_MEMORY;
    *candidate = (quoth_speaker_candidate){self->body, ENOUGH};
    *found = (qt_pronoun){.token = token,
                          .entity = self->body,
                          .candidate_first = out->candidates.count - 1,
                          .candidate_count = 1};
    self->body_sentence = self->sentence;
    return QUOTH_OK;
}

static quoth_status meet_pronoun(view *self, uint32_t token, pronoun which, qt_arena *arena,
                                 qt_links *out)
{
    qt_pronoun *found = qt_push(arena, &out->pronouns);
    if (!found)
        return QUOTH_ERROR_MEMORY;
    bool quoted = is_quoted(self, self->tokens[token].start);
    found->token = token;
    quoth_status status = choose(self, which, quoted, arena, out, found);
    if (status == QUOTH_OK && found->entity != QUOTH_NONE && !quoted)
        remember(self, (person){.entity = found->entity,
                                .gender = pronouns[which].gender,
                                .subject = pronouns[which].subject && is_subject(self, token + 1),
                                .pronoun = true});
    return status;
}

uint8_t qt_noun_gender(const qt_token *t)
{
    if (qt_set_has(QT_SET_MALE_NOUN, t->key))
        return QT_GENDER_MALE;
    if (qt_set_has(QT_SET_FEMALE_NOUN, t->key))
        return QT_GENDER_FEMALE;
    uint64_t sex = t->classes & (QT_WORD_MALE | QT_WORD_FEMALE);
    return sex == QT_WORD_MALE ? QT_GENDER_MALE : sex == QT_WORD_FEMALE ? QT_GENDER_FEMALE : 0;
}

/* Who bears a title, if it is one or the article is about one of them above all. */
static uint32_t bearer_of(const view *self, uint64_t title)
{
    const qt_alias *bearers = qt_alias_find(&self->titles, title, TITLE_KEY);
    uint32_t best = QUOTH_NONE, most = 0, second = 0;
    for (uint32_t i = 0; i < bearers->count; i++) {
        uint32_t mentions = self->entities[bearers->items[i]].mention_count;
        if (mentions > most) {
            second = most;
            most = mentions;
            best = bearers->items[i];
        } else if (mentions > second) {
            second = mentions;
        }
    }
    return most >= ABOVE_ALL * second ? best : QUOTH_NONE;
}

/* "A council spokesman denied it. He said", "my father": somebody whom the text does not name; or
 * "the president", whom it names elsewhere. */
static void meet_unnamed(view *self, uint32_t token)
{
    const qt_token *article = &self->tokens[token];
    bool definite = qt_token_is(article, "the");
    bool kin = qt_token_is(article, "my") || qt_token_is(article, "his") ||
               qt_token_is(article, "her") || qt_token_is(article, "our") ||
               qt_token_is(article, "their") || qt_token_is(article, "your");
    if (!definite && !kin && !qt_token_is(article, "a") && !qt_token_is(article, "an") &&
        !qt_token_is(article, "another"))
        return;
    for (uint32_t i = token + 1; i < self->doc->tokens.count && i <= token + WINDOW; i++) {
        const qt_token *t = &self->tokens[i];
        if (t->kind != QT_TOKEN_WORD || !(t->shape & QT_SHAPE_LOWER) ||
            t->classes & (QT_WORD_PREPOSITION | QT_WORD_AUXILIARY | QT_WORD_MODAL))
            return;
        bool title = (t->classes & QT_WORD_TITLE) != 0;
        uint8_t gender = title || definite || kin ? qt_noun_gender(t) : 0;
        if (!title && !gender)
            continue;
        uint32_t next = i + 1;
        uint32_t entity = QUOTH_NONE;
        if (definite && title) {
            entity = bearer_of(self, t->key);
            if (entity == QUOTH_NONE)
                return;
        }
        /* "the mayor's office" */
        bool modifier =
            next < self->doc->tokens.count && self->tokens[next].kind == QT_TOKEN_CLITIC;
        remember(self, (person){.entity = entity,
                                .gender = entity == QUOTH_NONE ? gender : self->genders[entity],
                                .subject = !modifier && is_subject(self, next),
                                .modifier = modifier,
                                .quoted = is_quoted(self, article->start)});
        return;
    }
}

/* Who bears which title: "president", of "US President Ann Lee". */
static quoth_status read_titles(view *self, const qt_mentions *mentions, qt_arena *temporary)
{
    const qt_tokens *tokens = &self->doc->tokens;
    quoth_status status = qt_aliases_init(&self->titles, temporary);
    for (uint32_t i = 0; status == QUOTH_OK && i < mentions->count; i++) {
        const quoth_mention *m = &mentions->items[i];
        if (m->title.start == m->title.end || m->entity == QUOTH_NONE)
            continue;
        uint32_t end = qt_token_at(tokens, m->title.end);
        if (end)
            qt_alias_add(&self->titles, tokens->items[end - 1].key, TITLE_KEY, m->entity);
    }
    return status == QUOTH_OK ? self->titles.status : status;
}

quoth_status qt_pronoun_resolve(const struct quoth_doc *doc, const qt_mentions *mentions,
                                const uint8_t *genders, qt_arena *temporary, qt_arena *arena,
                                qt_links *out)
{
    view self = {.doc = doc,
                 .tokens = doc->tokens.items,
                 .genders = genders,
                 .entities = out->entities.items,
                 .body = QUOTH_NONE};
    quoth_status status = read_titles(&self, mentions, temporary);
    uint32_t m = 0, next = mentions->count ? mentions->items[0].span.start : UINT32_MAX;
    for (uint32_t i = 0; i < doc->tokens.count && status == QUOTH_OK; i++) {
        const qt_token *t = &self.tokens[i];
        if (t->start < next && !(t->classes & (VERB_WORD | QT_WORD_PRONOUN | QT_WORD_DETERMINER)))
            continue; /* most words */
        while (m < mentions->count && mentions->items[m].span.start < t->start)
            m++;
        next = m < mentions->count ? mentions->items[m].span.start : UINT32_MAX;
        bool starts = next == t->start;
        move_to(&self, t);
        self.verb |= is_verb(t);
        pronoun which = pronoun_at(t);
        if (starts && mentions->items[m].label == QUOTH_LABEL_PERSON &&
            mentions->items[m].entity != QUOTH_NONE &&
            !self.entities[mentions->items[m].entity].member_count) /* a family is no "he" */
            meet_person(&self, &mentions->items[m], i);
        else if (starts && mentions->items[m].entity != QUOTH_NONE &&
                 (mentions->items[m].label == QUOTH_LABEL_ORG ||
                  mentions->items[m].label == QUOTH_LABEL_GPE))
            meet_body(&self, &mentions->items[m], i);
        else if (!starts && which != NONE)
            status = meet_pronoun(&self, i, which, arena, out);
        else if (!starts && qt_token_is(t, "it"))
            status = meet_it(&self, i, arena, out);
        if (!starts && t->classes & QT_WORD_DETERMINER)
            meet_unnamed(&self, i);
    }
    return status;
}
