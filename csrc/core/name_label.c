#include "name_label.h"

#include "document.h"
#include "plural.h"
#include "title.h"
#include "unicode.h"

enum { LABELS = QUOTH_LABEL_CARDINAL + 1 };

typedef struct ballot {
    uint64_t key;
    int16_t votes[LABELS];
    uint32_t heard;  /* labels that the word by itself was given */
    uint8_t bearers; /* different full names of persons that end with the word, up to TWO */
    bool ends_other; /* the word ends the name of something else: Cleveland Browns */
    bool full;       /* a word of the name of a person who is named in full */
} ballot;

typedef struct election {
    const struct quoth_doc *doc;
    const qt_token *tokens;
    const qt_usage *usage;
    qt_arena *temporary;
    uint32_t *slots;  /* open addressing: which ballot; 0: free */
    ballot **ballots; /* from 1 on, BUNDLE together: they stay where they are */
    uint32_t mask, count;
    ballot lost; /* what is counted when memory has run out */
    bool failed;
} election;

enum {              /* votes */
       OWN = 4,     /* a sure label, for the same text */
       SHORT = 3,   /* for the form by which one is usually called */
       PART = 1,    /* for another part of the name */
       CONTEXT = 2, /* for what the words beside say */
};

enum { TWO = 2, BUNDLE = 256 };

static ballot *ballot_at(const election *self, uint32_t number)
{
    return &self->ballots[number / BUNDLE][number % BUNDLE];
}

static ballot *ballot_of(election *self, uint64_t key)
{
    uint32_t slot = (uint32_t)(key * UINT64_C(0x9E3779B97F4A7C15) >> 32) & self->mask;
    while (self->slots[slot] && ballot_at(self, self->slots[slot])->key != key)
        slot = (slot + 1) & self->mask;
    if (!self->slots[slot]) {
        uint32_t number = self->count + 1;
        ballot **bundle = &self->ballots[number / BUNDLE];
        if (!*bundle)
            *bundle = qt_arena_alloc_raw(self->temporary, BUNDLE * sizeof **bundle);
        if (!*bundle) {
            self->failed = true;
            return &self->lost;
        }
        self->slots[slot] = self->count = number;
        *ballot_at(self, number) = (ballot){.key = key};
    }
    return ballot_at(self, self->slots[slot]);
}

static void vote(election *self, uint64_t key, quoth_label label, int weight)
{
    int16_t *votes = &ballot_of(self, key)->votes[label];
    if (label && *votes < 1000 && *votes > -1000)
        *votes = (int16_t)(*votes + weight);
}

static bool is_name_token(const qt_token *t)
{
    return t->kind == QT_TOKEN_WORD && t->shape & QT_SHAPE_CAPITAL;
}

/* "Park Min-jun": a hyphen after the first word tells that the first one is the family's. */
static bool has_hyphen(const election *self, const qt_name *name)
{
    for (uint32_t i = name->first + 2; i < name->end; i++)
        if (self->tokens[i].kind == QT_TOKEN_DASH)
            return true;
    return false;
}

/* The short forms of a person's name: the last word, the first word of a name that puts the family
 * first, what follows the first word, and single words. */
static void vote_person(election *self, const qt_name *name, int weight)
{
    const qt_token *first = &self->tokens[name->first];
    for (uint32_t i = name->first; i < name->end; i++) {
        const qt_token *t = &self->tokens[i];
        if (!is_name_token(t) || t->shape & QT_SHAPE_INITIAL || t->classes & QT_WORD_NAME_PART)
            continue;
        bool last = i + 1 == name->end ||
                    (i + 2 == name->end && self->tokens[i + 1].classes & QT_WORD_NAME_PART);
        bool family_first = t == first && (!(t->classes & QT_FORENAME) || has_hyphen(self, name));
        vote(self, t->key, QUOTH_LABEL_PERSON, last || family_first ? weight : PART);
        ballot_of(self, t->key)->full = true;
    }
    for (uint32_t i = name->first + 1; i + 1 < name->end; i++)
        if (self->tokens[i].shape & QT_SHAPE_SPACE)
            vote(self, qt_name_key(self->doc, i, name->end), QUOTH_LABEL_PERSON, weight);
}

/* The name of an organization without its last word, when that leaves something telling, and its
 * first word when it is nothing but a name: "Acme" of "Acme Widgets Inc.". What stands before
 * "Inc." is the company, whatever the word: Apple. */
static void vote_organization(election *self, const qt_name *name)
{
    const qt_token *last = &self->tokens[name->end - 1];
    bool company = last->classes & QT_WORD_COMPANY_SUFFIX;
    uint32_t end = name->end - 1;
    while (end > name->first && self->tokens[end - 1].classes & QT_WORD_ORG_HEAD)
        end--;
    if (end == name->first || !(company || last->classes & QT_WORD_ORG_HEAD) ||
        (name->term != QUOTH_NONE && !company))
        return;
    if (end > name->first + 1 && qt_name_is_coined(&self->tokens[name->first]))
        vote(self, self->tokens[name->first].key, QUOTH_LABEL_ORG, SHORT);
    for (uint32_t i = name->first; i < end && !company; i++)
        if (qt_name_is_plain(&self->tokens[i]) || self->tokens[i].term != QUOTH_NONE)
            return;
    vote(self, qt_name_key(self->doc, name->first, end), QUOTH_LABEL_ORG, SHORT);
}

/* "the Assembly" after "National Assembly" was named. */
static void vote_head(election *self, const qt_name *name)
{
    const qt_token *last = &self->tokens[name->end - 1];
    if (name->end - name->first > 1 && last->classes & QT_WORD_ORG_HEAD &&
        last->kind == QT_TOKEN_WORD)
        vote(self, last->key, QUOTH_LABEL_ORG, SHORT);
}

/* Whether the token may be the acronym of the name beside it, in brackets: a word in capitals that
 * no list knows; places and persons share at least its first letter, "Seoul (AP)" does not. */
static bool may_be_acronym(const election *self, const qt_name *name, uint32_t token)
{
    const qt_token *t = &self->tokens[token];
    uint32_t ignored;
    bool same =
        qt_char_lower(qt_text_decode(&self->doc->text, t->start, &ignored)) ==
        qt_char_lower(qt_text_decode(&self->doc->text, self->tokens[name->first].start, &ignored));
    return t->shape & QT_SHAPE_UPPER && t->term == QUOTH_NONE && name->end - name->first > 1 &&
           (same || name->label == QUOTH_LABEL_ORG);
}

/* "World Health Organization (WHO)": the acronym is the same thing. */
static void vote_acronym(election *self, const qt_name *name)
{
    uint32_t open = name->end;
    if (name->first >= 2 && self->doc->text.bytes[self->tokens[name->first - 1].start] == '(' &&
        may_be_acronym(self, name, name->first - 2))
        vote(self, self->tokens[name->first - 2].key, (quoth_label)name->label, 2 * OWN);
    if (open + 2 >= self->doc->tokens.count ||
        self->doc->text.bytes[self->tokens[open].start] != '(' ||
        self->doc->text.bytes[self->tokens[open + 2].start] != ')' ||
        !may_be_acronym(self, name, open + 1))
        return;
    vote(self, self->tokens[open + 1].key, (quoth_label)name->label, 2 * OWN);
}

/* A single word votes for its label once, however often it stands there: Mills, taken for a firm
 * twice, is still Cheryl Mills. */
static void vote_own(election *self, const qt_name *name)
{
    ballot *own = ballot_of(self, name->key);
    uint32_t label = UINT32_C(1) << name->label;
    bool once =
        name->end - name->first == 1 && name->term == QUOTH_NONE && name->label == QUOTH_LABEL_ORG;
    if (!once || !(own->heard & label))
        vote(self, name->key, (quoth_label)name->label, OWN);
    own->heard |= label;
}

/* Counts who bears a family name, and what else is called by a word. Before the name has votes of
 * its own. */
static void count_bearer(election *self, const qt_name *name)
{
    if (name->end - name->first < 2)
        return;
    bool person = name->label == QUOTH_LABEL_PERSON;
    bool known = ballot_of(self, name->key)->votes[QUOTH_LABEL_PERSON] > 0;
    ballot *last = ballot_of(self, self->tokens[name->end - 1].key);
    if (person && !known && last->bearers < TWO)
        last->bearers++;
    last->ends_other |= !person;
}

static void vote_sure(election *self, const qt_name *name)
{
    count_bearer(self, name);
    vote_own(self, name);
    const qt_token *first = &self->tokens[name->first];
    if (name->label == QUOTH_LABEL_PERSON && name->end - name->first > 1)
        vote_person(self, name, SHORT);
    /* A country that is the northern one of two may be called the North. */
    if (name->label == QUOTH_LABEL_GPE && name->end - name->first > 1 &&
        first->classes & QT_WORD_REGION_WORD)
        vote(self, first->key, QUOTH_LABEL_GPE, OWN);
    if (name->label == QUOTH_LABEL_ORG && name->end - name->first > 1)
        vote_organization(self, name);
    if (name->label == QUOTH_LABEL_ORG)
        vote_head(self, name);
    vote_acronym(self, name);
}

enum { NOUN_BEFORE, NOUN_AFTER, NOUN_OF };

/* What a common noun beside a name says of it: the firm X, X province, the people of X. */
static void vote_noun(election *self, const qt_name *name, uint32_t noun, int place)
{
    const qt_token *t = &self->tokens[noun];
    if (t->kind != QT_TOKEN_WORD || !(t->shape & QT_SHAPE_LOWER))
        return;
    if (t->classes & QT_WORD_PEOPLE_NOUN && place == NOUN_AFTER)
        vote(self, name->key, QUOTH_LABEL_NORP, 2 * CONTEXT);
    if (t->classes & QT_WORD_ORG_HEAD && place != NOUN_OF)
        vote(self, name->key, QUOTH_LABEL_ORG, CONTEXT);
    if (t->classes & QT_WORD_GPE_HEAD)
        vote(self, name->key, QUOTH_LABEL_GPE, 2 * CONTEXT);
    if (t->classes & QT_WORD_LOC_HEAD)
        vote(self, name->key, QUOTH_LABEL_LOC, CONTEXT);
    if (t->classes & QT_WORD_FAC_HEAD && place == NOUN_OF)
        vote(self, name->key, QUOTH_LABEL_GPE, CONTEXT);
    if (t->classes & QT_WORD_TITLE && place == NOUN_OF)
        vote(self, name->key, QUOTH_LABEL_ORG, CONTEXT);
}

/* Acronyms say and are in things like the rest, but are mostly neither persons nor places. */
static bool is_acronym(const election *self, const qt_name *name)
{
    return name->end - name->first == 1 && self->tokens[name->first].shape & QT_SHAPE_UPPER &&
           !(self->usage->at[name->first] & QT_AT_SHOUT);
}

/* What the words after a name say. */
static void vote_after(election *self, const qt_name *name)
{
    uint32_t count = self->doc->tokens.count, next = name->end;
    if (next >= count || self->usage->at[next] & QT_AT_START)
        return;
    const qt_token *t = &self->tokens[next];
    if (qt_token_is(&self->tokens[next], "administration") ||
        qt_token_is(&self->tokens[next], "presidency") ||
        qt_token_is(&self->tokens[next], "family"))
        vote(self, name->key, QUOTH_LABEL_PERSON, 2 * CONTEXT);
    else
        vote_noun(self, name, next, NOUN_AFTER);
    if (is_acronym(self, name))
        return;
    if (t->kind == QT_TOKEN_WORD && t->shape & QT_SHAPE_LOWER && t->classes & QT_WORD_CUE_SPEECH)
        vote(self, name->key, QUOTH_LABEL_PERSON, CONTEXT);
    if (qt_token_is(&self->tokens[next], "who") || qt_token_is(&self->tokens[next], "himself") ||
        qt_token_is(&self->tokens[next], "herself"))
        vote(self, name->key, QUOTH_LABEL_PERSON, 2 * CONTEXT);
    if (self->doc->text.bytes[t->start] != ',' || next + 2 >= count)
        return;
    const qt_token *role = t + 1;
    if (role->kind == QT_TOKEN_NUMBER && role->end - role->start == 2 &&
        self->doc->text.bytes[t[2].start] == ',')
        vote(self, name->key, QUOTH_LABEL_PERSON, 2 * CONTEXT);
    uint32_t at = next + 1;
    if (role->classes & QT_WORD_DETERMINER && role->shape & QT_SHAPE_LOWER)
        at++;
    if (qt_title_end(self->doc, at, count) > at && self->tokens[at].shape & QT_SHAPE_LOWER)
        vote(self, name->key, QUOTH_LABEL_PERSON, 2 * CONTEXT);
    if (role->term != QUOTH_NONE && qt_lexicon_term(role->term)->label == QUOTH_LABEL_GPE &&
        role->shape & QT_SHAPE_CAPITAL && name->end - name->first < 3)
        vote(self, name->key, QUOTH_LABEL_GPE, CONTEXT);
}

/* Whether the name only says more of the common noun after it: "the Halden administration". */
static bool modifies_noun(const election *self, uint32_t next)
{
    const qt_token *t = &self->tokens[next];
    return next < self->doc->tokens.count && t->kind == QT_TOKEN_WORD &&
           t->shape & QT_SHAPE_LOWER && t->classes & QT_WORD_COMMON &&
           !(t->classes & (QT_WORD_VERB | QT_WORD_AUXILIARY | QT_WORD_MODAL | QT_WORD_PREPOSITION |
                           QT_WORD_CONJUNCTION | QT_WORD_ADVERB | QT_WORD_SUBORDINATOR |
                           QT_WORD_DETERMINER | QT_WORD_CUE_SPEECH)) &&
           !qt_token_is(&self->tokens[next], "who");
}

static bool is_direction(const election *self, const qt_name *name)
{
    return name->end - name->first == 1 && self->tokens[name->first].classes & QT_WORD_REGION_WORD;
}

/* What the words before a name say. */
static void vote_before(election *self, const qt_name *name)
{
    if (name->first == 0 || self->usage->at[name->first] & QT_AT_START)
        return;
    uint32_t before = name->first - 1;
    const qt_token *t = &self->tokens[before];
    if (t->kind != QT_TOKEN_WORD || !(self->tokens[name->first].shape & QT_SHAPE_SPACE))
        return;
    vote_noun(self, name, before, NOUN_BEFORE);
    if (qt_token_is(&self->tokens[before], "of") && before > 0)
        vote_noun(self, name, before - 1, NOUN_OF);
    if (is_acronym(self, name))
        return;
    if (t->classes & QT_WORD_TITLE && t->shape & QT_SHAPE_LOWER)
        vote(self, name->key, QUOTH_LABEL_PERSON, 2 * CONTEXT);
    /* ..., said Keller. */
    if (t->classes & QT_WORD_CUE_SPEECH && t->shape & QT_SHAPE_LOWER && before > 0 &&
        (t[-1].kind == QT_TOKEN_MARK || t[-1].kind == QT_TOKEN_PUNCT))
        vote(self, name->key, QUOTH_LABEL_PERSON, 2 * CONTEXT);
    if (qt_token_is(&self->tokens[before], "in") || qt_token_is(&self->tokens[before], "near") ||
        qt_token_is(&self->tokens[before], "across"))
        vote(self, name->key, QUOTH_LABEL_GPE, CONTEXT);
    if (qt_token_is(&self->tokens[before], "from"))
        vote(self, name->key, QUOTH_LABEL_GPE, 1);
    if (qt_token_is(&self->tokens[before], "the") && !modifies_noun(self, name->end) &&
        !is_direction(self, name)) {
        bool one = name->end - name->first == 1;
        vote(self, name->key, QUOTH_LABEL_ORG, one ? 1 : CONTEXT);
        vote(self, name->key, QUOTH_LABEL_PERSON, -2 * CONTEXT);
        vote(self, name->key, QUOTH_LABEL_GPE, -CONTEXT);
    }
}

static quoth_label winner(const ballot *b)
{
    quoth_label best = QUOTH_LABEL_NONE;
    int most = 1;
    for (int label = 1; label < LABELS; label++)
        if (b->votes[label] > most) {
            most = b->votes[label];
            best = (quoth_label)label;
        }
    return best;
}

/* Whether a preposition stands before the name after which a place is likely. */
static bool follows_preposition(const election *self, const qt_name *name)
{
    if (name->first == 0)
        return false;
    uint32_t before = name->first - 1;
    return qt_token_is(&self->tokens[before], "in") || qt_token_is(&self->tokens[before], "from") ||
           qt_token_is(&self->tokens[before], "near");
}

/* What one word that nothing speaks for is taken for. Where no kind is likely it is none: half of
 * such words are no names. */
static quoth_label word_by_shape(const election *self, const qt_name *name)
{
    const qt_token *t = &self->tokens[name->first];
    bool initial = self->usage->at[name->first] & QT_AT_INITIAL;
    if (t->shape & QT_SHAPE_UPPER && !(self->usage->at[name->first] & QT_AT_SHOUT))
        return t->classes & QT_WORD_COMMON && t->end - t->start > 3 ? QUOTH_LABEL_NONE
                                                                    : QUOTH_LABEL_ORG;
    if (t->shape & QT_SHAPE_MIXED)
        return QUOTH_LABEL_ORG;
    if (self->usage->at[name->first] & QT_AT_HEADLINE)
        return QUOTH_LABEL_NONE;
    if (!initial && follows_preposition(self, name))
        return QUOTH_LABEL_GPE;
    return t->classes & (QT_FORENAME | QT_WORD_SURNAME) && !(t->classes & QT_WORD_COMMON)
               ? QUOTH_LABEL_PERSON
               : QUOTH_LABEL_NONE;
}

/* The same for any name. */
static quoth_label by_shape(const election *self, const qt_name *name)
{
    uint32_t words = 0;
    bool plain = false;
    for (uint32_t i = name->first; i < name->end; i++) {
        const qt_token *t = &self->tokens[i];
        words += is_name_token(t);
        plain |= is_name_token(t) && (qt_name_is_plain(t) || t->shape & QT_SHAPE_UPPER);
    }
    const qt_token *before = name->first ? &self->tokens[name->first - 1] : NULL;
    if (before && is_name_token(before) && !(before->classes & QT_WORD_DETERMINER) &&
        self->tokens[name->first].shape & QT_SHAPE_SPACE &&
        !(self->usage->at[name->first] & QT_AT_START))
        return QUOTH_LABEL_NONE;
    if (words < 2)
        return word_by_shape(self, name);
    if (self->usage->at[name->first] & QT_AT_HEADLINE)
        return QUOTH_LABEL_NONE;
    if (before && qt_token_is(&self->tokens[name->first - 1], "in"))
        return QUOTH_LABEL_GPE;
    return words < 5 && !plain ? QUOTH_LABEL_PERSON : QUOTH_LABEL_NONE;
}

/* Whether the name ends with the family name of a person of the document. */
static bool has_family_name(election *self, const qt_name *name)
{
    const qt_token *last = &self->tokens[name->end - 1];
    return name->end - name->first > 1 && name->end - name->first < 4 && is_name_token(last) &&
           ballot_of(self, last->key)->votes[QUOTH_LABEL_PERSON] >= SHORT;
}

/* Whether the name is the plural of a family name of the document: the Kellers. What is mostly
 * something else, as teams and lands are, is a family if two persons bear its name. */
static bool is_family(election *self, const qt_name *name)
{
    const qt_token *t = &self->tokens[name->first];
    qt_singular singulars[QT_SINGULARS];
    uint32_t count = name->end - name->first == 1
                         ? qt_plural_read(&self->doc->text, t->start, t->end, singulars)
                         : 0;
    bool unlikely = count && (qt_plural_is_unlikely(t) || ballot_of(self, t->key)->ends_other);
    for (uint32_t i = 0; i < count; i++) {
        const ballot *b = ballot_of(self, qt_plural_key(&self->doc->text, t->start, singulars[i]));
        if (b->votes[QUOTH_LABEL_PERSON] >= SHORT && (!unlikely || b->bearers >= TWO))
            return true;
    }
    return false;
}

static void decide(election *self, qt_name *name)
{
    const ballot *b = ballot_of(self, name->key);
    quoth_label label = winner(b);
    const qt_token *t = &self->tokens[name->first];
    bool doubtful =
        name->weak || (t->classes & QT_WORD_COMMON && name->end - name->first == 1 &&
                       self->usage->at[name->first] & (QT_AT_INITIAL | QT_AT_HEADLINE) &&
                       !(t->shape & QT_SHAPE_UPPER));
    /* The North, the Assembly: without the article, or at the start of a sentence, they are common
     * words. */
    bool needs_article = name->end - name->first == 1 && label != QUOTH_LABEL_PERSON &&
                         t->classes & QT_WORD_COMMON && !(t->shape & QT_SHAPE_UPPER) &&
                         t->classes & (QT_WORD_REGION_WORD | QT_WORD_ORG_HEAD);
    bool article = name->first > 0 && qt_token_is(&self->tokens[name->first - 1], "the");
    if (!name->weak && ((!label && has_family_name(self, name)) || is_family(self, name)))
        label = QUOTH_LABEL_PERSON;
    if ((doubtful && b->votes[label] < SHORT) || (needs_article && !article))
        label = QUOTH_LABEL_NONE;
    else if (label)
        name->rule = "document";
    else if ((label = by_shape(self, name)) != QUOTH_LABEL_NONE)
        name->rule = "shape";
    name->label = (uint8_t)label;
    name->score = name->rule[0] == 'd' ? 0.75F : 0.5F;
}

/* A place or firm that is not well known gives way to a person of that name whom the document names
 * in full. */
static void prefer_person(election *self, qt_name *name)
{
    if (name->term == QUOTH_NONE || name->end - name->first != 1 ||
        name->label == QUOTH_LABEL_PERSON || follows_preposition(self, name))
        return;
    const qt_term *term = qt_lexicon_term(name->term);
    if (term->kb_id[0] || term->of != QUOTH_NONE || term->label == QUOTH_LABEL_NORP ||
        ballot_of(self, name->key)->votes[QUOTH_LABEL_PERSON] < SHORT)
        return;
    name->label = QUOTH_LABEL_PERSON;
    name->term = QUOTH_NONE;
    name->rule = "document";
    name->score = 0.75F;
}

static quoth_status open_election(election *self, const struct quoth_doc *doc,
                                  const qt_usage *usage, qt_arena *temporary, const qt_names *names)
{
    uint64_t size = 64;
    for (uint32_t i = 0; i < names->count; i++)
        size += 10 + 4 * (names->items[i].end - names->items[i].first);
    if (size > UINT32_C(1) << 31)
        return QUOTH_ERROR_MEMORY;
    *self = (election){.doc = doc,
                       .tokens = doc->tokens.items,
                       .usage = usage,
                       .temporary = temporary,
                       .mask = 63};
    while (self->mask < size)
        self->mask = self->mask * 2 + 1;
    self->slots = qt_arena_alloc(temporary, ((size_t)self->mask + 1) * sizeof *self->slots);
    self->ballots =
        qt_arena_alloc(temporary, ((size_t)self->mask / BUNDLE + 1) * sizeof *self->ballots);
    if (!self->slots || !self->ballots)
        return QUOTH_ERROR_MEMORY;
    for (uint32_t i = 0; i < names->count; i++)
        if (names->items[i].sure)
            vote_sure(self, &names->items[i]);
    return self->failed ? QUOTH_ERROR_MEMORY : QUOTH_OK;
}

/* What a single word behind "the" or the like is by the names of the document, whatever it was taken
 * for: the Kellers are persons, and the South is the country of that name. */
static quoth_label by_article(election *self, const qt_name *name)
{
    const qt_token *t = &self->tokens[name->first];
    if (name->end - name->first != 1 || name->first == 0)
        return QUOTH_LABEL_NONE;
    if (is_family(self, name) && qt_plural_is_told(self->tokens, name->first))
        return QUOTH_LABEL_PERSON;
    return qt_token_is(t - 1, "the") && t->classes & QT_WORD_REGION_WORD &&
                   ballot_of(self, name->key)->votes[QUOTH_LABEL_GPE] >= OWN
               ? QUOTH_LABEL_GPE
               : QUOTH_LABEL_NONE;
}

/* "Paris refused": a country or its capital, though persons are called so, too; unless somebody of the
 * document is, or is addressed so. */
static bool is_state(election *self, const qt_name *name)
{
    const qt_token *t = &self->tokens[name->first];
    if (name->label != QUOTH_LABEL_PERSON || name->end - name->first != 1 ||
        t->term == QUOTH_NONE || name->title.end > name->title.start || name->score > 0.9F ||
        ballot_of(self, name->key)->full ||
        (name->first > 0 && t[-1].classes & (QT_WORD_TITLE | QT_WORD_HONORIFIC)))
        return false;
    const qt_term *term = qt_lexicon_term(t->term);
    return term->label == QUOTH_LABEL_GPE && term->kb_id[0];
}

/* "said Jordan, 12.": who has an age is somebody. */
static bool has_age(const election *self, const qt_name *name)
{
    uint32_t comma = name->end;
    if (name->label != QUOTH_LABEL_GPE || comma + 2 >= self->doc->tokens.count ||
        self->doc->text.bytes[self->tokens[comma].start] != ',' || follows_preposition(self, name))
        return false;
    const qt_token *age = &self->tokens[comma + 1], *behind = age + 1;
    return age->kind == QT_TOKEN_NUMBER && age->end - age->start <= 2 &&
           age->shape & QT_SHAPE_DIGIT && behind->kind == QT_TOKEN_PUNCT;
}

/* The label that the sure names of the document give a candidate, or none. */
static void adopt(election *self, qt_name *name)
{
    const ballot *b = ballot_of(self, name->key);
    const qt_token *t = &self->tokens[name->first];
    quoth_label label = winner(b);
    bool one = name->end - name->first == 1;
    bool article = name->first > 0 && qt_token_is(t - 1, "the");
    bool needs_article = one && label != QUOTH_LABEL_PERSON && t->classes & QT_WORD_COMMON &&
                         !(t->shape & QT_SHAPE_UPPER) &&
                         t->classes & (QT_WORD_REGION_WORD | QT_WORD_ORG_HEAD);
    bool doubtful = one && t->classes & QT_WORD_COMMON && !(t->shape & QT_SHAPE_UPPER) &&
                    self->usage->at[name->first] & (QT_AT_INITIAL | QT_AT_HEADLINE);
    if (!label || b->votes[label] < SHORT || (needs_article && !article) ||
        (doubtful && b->votes[label] < 2 * OWN))
        return;
    name->label = (uint8_t)label;
    name->rule = "document";
    name->score = 0.75F;
}

quoth_status qt_name_agree(const struct quoth_doc *doc, const qt_usage *usage, qt_arena *temporary,
                           qt_names *inout)
{
    election self;
    quoth_status status = open_election(&self, doc, usage, temporary, inout);
    for (uint32_t i = 0; i < inout->count && status == QUOTH_OK; i++) {
        qt_name *name = &inout->items[i];
        quoth_label label = by_article(&self, name);
        if (label && label != name->label) {
            *name = (qt_name){.first = name->first,
                              .end = name->end,
                              .key = name->key,
                              .term = QUOTH_NONE,
                              .label = (uint8_t)label,
                              .score = 0.75F,
                              .rule = "document"};
        } else if (has_age(&self, name)) {
            name->label = QUOTH_LABEL_PERSON;
            name->term = QUOTH_NONE;
            name->rule = "document";
        } else if (is_state(&self, name)) {
            name->label = QUOTH_LABEL_GPE;
            name->term = self.tokens[name->first].term;
            name->rule = "gazetteer";
        } else if (!name->label) {
            adopt(&self, name);
        } else if (name->label != QUOTH_LABEL_PERSON && name->term == QUOTH_NONE) {
            const int16_t *votes = ballot_of(&self, name->key)->votes;
            if (votes[QUOTH_LABEL_PERSON] >= SHORT &&
                (name->end - name->first > 1 ||
                 votes[QUOTH_LABEL_PERSON] * 2 >= votes[name->label]))
                name->label = QUOTH_LABEL_PERSON;
        }
    }
    return status == QUOTH_OK && self.failed ? QUOTH_ERROR_MEMORY : status;
}

quoth_status qt_name_label(const struct quoth_doc *doc, const qt_usage *usage, qt_arena *temporary,
                           qt_names *inout)
{
    election self;
    quoth_status status = open_election(&self, doc, usage, temporary, inout);
    if (status != QUOTH_OK)
        return status;
    for (uint32_t i = 0; i < inout->count; i++)
        if (!inout->items[i].label && !inout->items[i].weak) {
            vote(&self, inout->items[i].key, (quoth_label)inout->items[i].hint, SHORT);
            vote_before(&self, &inout->items[i]);
            vote_after(&self, &inout->items[i]);
        }
    for (uint32_t i = 0; i < inout->count; i++)
        prefer_person(&self, &inout->items[i]);
    /* Names of several words first: their decision is a reason for their short forms. */
    for (uint32_t i = 0; i < inout->count; i++) {
        qt_name *name = &inout->items[i];
        if (name->label || name->end - name->first == 1)
            continue;
        decide(&self, name);
        if (name->label == QUOTH_LABEL_PERSON && !name->weak)
            vote_person(&self, name,
                        ballot_of(&self, name->key)->votes[QUOTH_LABEL_PERSON] >= SHORT ? SHORT
                                                                                        : CONTEXT);
    }
    for (uint32_t i = 0; i < inout->count; i++)
        if (!inout->items[i].label)
            decide(&self, &inout->items[i]);
    return self.failed ? QUOTH_ERROR_MEMORY : QUOTH_OK;
}
