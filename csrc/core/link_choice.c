#include "link_choice.h"

#include "link_group.h"
#include "name.h"
#include "pronoun.h"
#include "skeleton.h"

enum {              /* what speaks for a person */
       ROLE = 32,   /* the title beside the name is one of theirs */
       GENDER = 16, /* so is the gender of the title */
       PRONOUN = 8, /* the gender of the next pronoun; as much against them if not */
       CALLED = 4,  /* called so before */
       OFTEN = 2,   /* mentions more than the other by which one is the more prominent */
       NEAR = 25,   /* tokens in which a pronoun may follow */
       LATER = 45,  /* and in which one may that speaks, in the next sentence */
};

/* Whether a verb of saying stands right beside a token: "she said", "said she". */
static bool speaks(const qt_linker *self, uint32_t at)
{
    const qt_tokens *tokens = &self->doc->tokens;
    return (at > 0 && tokens->items[at - 1].classes & QT_WORD_CUE_SPEECH) ||
           (at + 1 < tokens->count && tokens->items[at + 1].classes & QT_WORD_CUE_SPEECH);
}

/* The gender of the first pronoun behind mention i in its sentence, or of the first that speaks in the
 * next, before another person. Objects are left out: whom Keller sees is not Keller. */
static uint8_t next_pronoun(const qt_linker *self, uint32_t i)
{
    const qt_tokens *tokens = &self->doc->tokens;
    uint32_t at = self->forms[i].end, end = at + LATER, near = at + NEAR, stop = UINT32_MAX;
    bool later = false;
    for (uint32_t n = i + 1;
         n < self->mentions->count && stop == UINT32_MAX && self->forms[n].first < end; n++)
        if (self->mentions->items[n].label == QUOTH_LABEL_PERSON)
            stop = self->forms[n].first;
    for (; at < tokens->count && at < end && at < stop; at++) {
        const qt_token *t = &tokens->items[at];
        later |= t->kind == QT_TOKEN_PUNCT && self->doc->text.bytes[t->start] == '.';
        if ((later || at >= near) && !speaks(self, at))
            continue;
        if (t->kind != QT_TOKEN_WORD || !(t->classes & (QT_WORD_PRONOUN | QT_WORD_DETERMINER)))
            continue;
        if (qt_token_is(t, "he") || qt_token_is(t, "his") || qt_token_is(t, "himself"))
            return QT_GENDER_MALE;
        if (qt_token_is(t, "she") || qt_token_is(t, "herself"))
            return QT_GENDER_FEMALE;
        if (qt_token_is(t, "him") || qt_token_is(t, "her"))
            return 0;
    }
    return 0;
}

static bool has_role(const qt_linker *self, const qt_group *g, uint32_t mention)
{
    const quoth_mention *m = &self->mentions->items[mention];
    const qt_tokens *tokens = &self->doc->tokens;
    for (uint32_t t = qt_token_at(tokens, m->title.start);
         t < tokens->count && tokens->items[t].end <= m->title.end; t++)
        for (int n = 0; n < QT_ROLES; n++)
            if (g->roles[n] && g->roles[n] == tokens->items[t].key)
                return true;
    return false;
}

static int rate_person(const qt_linker *self, const qt_group *g, uint32_t mention, uint8_t gender,
                       uint8_t pronoun)
{
    int score = has_role(self, g, mention) ? ROLE : 0;
    score += gender && g->gender == gender ? GENDER : 0;
    if (pronoun && g->gender)
        score += g->gender == pronoun ? PRONOUN : -PRONOUN;
    return score + (g->bare ? CALLED : 0);
}

/* Whether a fits better than b when nothing else tells. */
static bool is_nearer(const qt_group *a, const qt_group *b)
{
    if (a->count >= b->count + OFTEN || b->count >= a->count + OFTEN)
        return a->count > b->count;
    return a->seen != QUOTH_NONE && (b->seen == QUOTH_NONE || a->seen > b->seen);
}

/* The best of the groups with that form; QUOTH_NONE if none fits. */
static uint32_t best_of(const qt_linker *self, uint32_t i, uint64_t key, int kind)
{
    const qt_alias *alias = qt_alias_find(&self->aliases, key, kind);
    const quoth_mention *m = &self->mentions->items[i];
    bool person = m->label == QUOTH_LABEL_PERSON;
    if (alias->count == 0)
        return QUOTH_NONE;
    uint8_t gender = person ? qt_link_gender(self, i) : 0;
    uint8_t pronoun = person && alias->count > 1 ? next_pronoun(self, i) : 0;
    uint32_t best = QUOTH_NONE;
    int most = 0;
    for (uint32_t n = 0; n < alias->count; n++) {
        const qt_group *g = &self->groups.items[alias->items[n]];
        if (!qt_label_may_be(g->label, (uint8_t)m->label) ||
            alias->items[n] == self->forms[i].group || (gender && g->gender && g->gender != gender))
            continue;
        int score = person ? rate_person(self, g, i, gender, pronoun) : 0;
        if (best == QUOTH_NONE || score > most ||
            (score == most && is_nearer(g, &self->groups.items[best]))) {
            best = alias->items[n];
            most = score;
        }
    }
    return best;
}

/* "Jane Watson" is not short for Mary Jane Watson, "Lopez Obrador" for Manuel Lopez Obrador is. */
static bool may_be_short(const qt_linker *self, const qt_form *f)
{
    const qt_token *first = &self->tokens[f->first];
    return f->words < 2 || !(first->classes & QT_FORENAME) || first->classes & QT_WORD_SURNAME ||
           first->classes & QT_WORD_NAME_PART;
}

static uint32_t choose_person(qt_linker *self, uint32_t i)
{
    const qt_form *f = &self->forms[i];
    qt_person_name name = qt_person_name_read(self->doc, f->first, f->end);
    uint64_t key = qt_skeleton_key(self->doc, f->first, name.end);
    uint32_t full = may_be_short(self, f) ? best_of(self, i, key, QT_SHORTENED) : QUOTH_NONE;
    if (full == QUOTH_NONE && f->words > 1)
        full = best_of(self, i, key, QT_BEGUN);
    if (full != QUOTH_NONE && f->words == 1)
        self->groups.items[full].bare++;
    if (full == QUOTH_NONE && f->words == 1)
        full = best_of(self, i, key, QT_FIRST);
    if (full == QUOTH_NONE && f->words == 1 && self->tokens[f->first].shape & QT_SHAPE_UPPER)
        full = best_of(self, i, key, QT_ACRONYM);
    return full;
}

static quoth_label own_label(const qt_linker *self, uint32_t i)
{
    return self->mentions->items[i].label;
}

static uint32_t choose_name(const qt_linker *self, uint32_t i)
{
    const qt_form *f = &self->forms[i];
    const qt_token *first = &self->tokens[f->first];
    uint64_t key = qt_skeleton_key(self->doc, f->first, f->end);
    uint32_t full = best_of(self, i, key, QT_SHORTENED);
    if (full == QUOTH_NONE && f->words == 1 && first->shape & (QT_SHAPE_UPPER | QT_SHAPE_MIXED))
        full = best_of(self, i, key, QT_ACRONYM);
    if (full == QUOTH_NONE && f->words == 1 && own_label(self, i) == QUOTH_LABEL_ORG)
        full = best_of(self, i, key, QT_HEADED);
    return full;
}

uint32_t qt_link_choose(qt_linker *self, uint32_t mention)
{
    uint32_t found = self->forms[mention].group;
    const qt_group *own = &self->groups.items[found];
    /* "Apple" and "Apple Inc." are both in the lists, without an identifier that sets them apart.
     */
    bool company = own->label == QUOTH_LABEL_ORG && own->term != QUOTH_NONE &&
                   !qt_lexicon_term(own->term)->kb_id[0];
    if (own->family)
        return found;
    if (own->own == QUOTH_NONE && (own->term == QUOTH_NONE || company)) {
        uint32_t full = own->label == QUOTH_LABEL_PERSON ? choose_person(self, mention)
                                                         : choose_name(self, mention);
        found = full == QUOTH_NONE ? found : full;
        /* Robles is short for Ana Robles, who is Ana Robles Vega. */
        const qt_group *g = &self->groups.items[found];
        if (full != QUOTH_NONE && g->label == QUOTH_LABEL_PERSON && g->words > 1 &&
            g->own == QUOTH_NONE && g->term == QUOTH_NONE)
            full = choose_person(self, g->longest);
        found = full == QUOTH_NONE ? found : full;
    }
    for (int steps = 0; steps < 4 && self->groups.items[found].parent != QUOTH_NONE; steps++)
        found = self->groups.items[found].parent;
    return found;
}
