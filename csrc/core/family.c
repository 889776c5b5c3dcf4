#include "family.h"

#include "link_group.h"
#include "plural.h"
#include "pronoun.h"
#include "skeleton.h"
#include "word_set.h"

enum { SURNAMES = 3 };

typedef enum family_look {
    NO_FAMILY = 0,
    NOUN,   /* Keller family */
    PLURAL, /* the Kellers */
    BARE,   /* Kellers */
} family_look;

/* What a mention looks like, and the family names that it may be of. */
typedef struct sight {
    family_look look;
    uint64_t keys[QT_SINGULARS];
    uint32_t count;
} sight;

/* The first token of the last word of a form, if no more than particles stand before it; else the
 * token behind the form. */
static uint32_t name_start(const qt_linker *self, const qt_form *f)
{
    uint32_t first = f->first;
    while (first + 1 < f->end && self->tokens[first].shape & QT_SHAPE_LOWER &&
           self->tokens[first].classes & QT_WORD_NAME_PART)
        first++;
    for (uint32_t i = first + 1; i < f->end; i++)
        if (self->tokens[i].shape & QT_SHAPE_SPACE)
            return f->end;
    return first;
}

static sight look_at(const qt_linker *self, uint32_t mention)
{
    const quoth_mention *m = &self->mentions->items[mention];
    const qt_form *f = &self->forms[mention];
    sight seen = {NO_FAMILY, {0}, 0};
    if (m->label != QUOTH_LABEL_PERSON || f->own || m->title.start < m->title.end)
        return seen;
    bool noun = f->end < self->doc->tokens.count && self->tokens[f->end].shape & QT_SHAPE_SPACE &&
                qt_set_has(QT_SET_FAMILY_NOUN, self->tokens[f->end].key);
    if (!noun && (self->doc->text.bytes[m->span.end - 1] | 32) != 's')
        return seen;
    uint32_t first = name_start(self, f);
    if (first == f->end)
        return seen;
    uint32_t start = self->tokens[first].start, end = self->tokens[f->end - 1].end;
    if (noun) {
        seen = (sight){NOUN, {qt_skeleton_key(self->doc, first, f->end)}, 1};
        return seen;
    }
    qt_singular singulars[QT_SINGULARS];
    seen.count = qt_plural_read(&self->doc->text, start, end, singulars);
    for (uint32_t i = 0; i < seen.count; i++) {
        seen.keys[i] = qt_skeleton_bytes(self->doc, start, singulars[i].end);
        if (singulars[i].letter)
            seen.keys[i] = qt_hash_byte(seen.keys[i], singulars[i].letter);
    }
    if (seen.count)
        seen.look = qt_plural_is_told(self->tokens, f->first) ? PLURAL : BARE;
    return seen;
}

/* --- who bears a name --------------------------------------------------------------------------- */

/* Park Min-jun is a Park: a name whose second word has a hyphen puts the family first. So does one
 * of which the first word is the family name that lists have. */
static bool puts_family_first(const qt_linker *self, const qt_person_name *name)
{
    if (name->words != 2)
        return false;
    uint32_t second = name->starts[1];
    if (name->end - second > 2 && self->tokens[second + 1].kind == QT_TOKEN_DASH &&
        self->tokens[second + 2].shape & QT_SHAPE_LOWER)
        return true;
    uint64_t first = self->tokens[name->starts[0]].classes;
    return first & QT_WORD_SURNAME && !(first & (QT_WORD_MALE | QT_WORD_FEMALE)) &&
           !(self->tokens[second].classes & QT_WORD_SURNAME);
}

/* The family names that a person may have: the last word, with its article or without (al-Assad),
 * or the first. */
static uint32_t surnames_of(const qt_linker *self, const qt_group *g, uint64_t keys[SURNAMES])
{
    const qt_form *f = &self->forms[g->longest];
    qt_person_name name = qt_person_name_read(self->doc, f->first, f->end);
    if (g->label != QUOTH_LABEL_PERSON || g->family || name.words == 0)
        return 0;
    uint32_t count = 0, last = name.starts[name.words - 1];
    uint64_t classes = self->tokens[last].classes;
    /* Somebody who is only ever called Anna. */
    if (name.words == 1 && classes & (QT_WORD_MALE | QT_WORD_FEMALE) &&
        !(classes & QT_WORD_SURNAME))
        return 0;
    keys[count++] = qt_person_name_key(self->doc, &name, name.words - 1, name.words);
    if (name.end - last > 2 && classes & QT_WORD_NAME_PART &&
        self->tokens[last + 1].kind == QT_TOKEN_DASH)
        keys[count++] = qt_skeleton_key(self->doc, last + 2, name.end);
    if (puts_family_first(self, &name))
        keys[count++] = qt_person_name_key(self->doc, &name, 0, 1);
    return count;
}

/* The persons of each family name, up to QT_ALIAS_MAX of them. A name of which every mention is that
 * of a family ("the Keller family") is nobody's: met[group] is of the others. */
static quoth_status count_bearers(const qt_linker *self, const sight *sights, qt_aliases *bearers)
{
    bool *met = qt_arena_alloc(self->temporary, ((size_t)self->groups.count + 1) * sizeof *met);
    quoth_status status = qt_aliases_init(bearers, self->temporary);
    if (!met || status != QUOTH_OK)
        return QUOTH_ERROR_MEMORY;
    for (uint32_t i = 0; i < self->mentions->count; i++)
        if (self->forms[i].group != QUOTH_NONE && sights[i].look != NOUN)
            met[self->forms[i].group] = true;
    for (uint32_t n = 0; n < self->groups.count; n++) {
        uint64_t keys[SURNAMES];
        uint32_t count = met[n] ? surnames_of(self, &self->groups.items[n], keys) : 0;
        for (uint32_t k = 0; k < count; k++)
            qt_alias_add(bearers, keys[k], QT_FAMILY, n);
    }
    return bearers->status;
}

/* --- families ----------------------------------------------------------------------------------- */

/* Whether a plural without article or the like is a family's: nobody has it as family name, and the
 * family is known, or two or more bear the name that it is the plural of. */
static bool may_be_bare(const qt_linker *self, uint32_t mention, bool known, uint32_t bearers)
{
    const qt_form *f = &self->forms[mention];
    const qt_token *last = &self->tokens[f->end - 1];
    if (qt_alias_find(&self->aliases, qt_skeleton_key(self->doc, f->first, f->end), QT_LAST)->count)
        return false;
    return known ||
           (bearers > 1 && !(last->classes & QT_WORD_SURNAME) && !qt_plural_is_unlikely(last));
}

/* The gender of all whom the noun behind a form means: the Keller brothers. */
static uint8_t gender_of(const qt_linker *self, const qt_form *f, family_look look)
{
    if (look != NOUN)
        return 0;
    uint64_t key = self->tokens[f->end].key;
    return qt_set_has(QT_SET_FAMILY_MEN, key)     ? QT_GENDER_MALE
           : qt_set_has(QT_SET_FAMILY_WOMEN, key) ? QT_GENDER_FEMALE
                                                  : 0;
}

/* Whether a family is better named by the mention than by the one that names it now: by a plural,
 * not in capitals, and not as brothers where there are others. */
static bool names_better(const qt_linker *self, const qt_group *g, uint32_t mention,
                         family_look look)
{
    bool upper = self->tokens[self->forms[mention].end - 1].shape & QT_SHAPE_UPPER;
    bool now_upper = self->tokens[self->forms[g->longest].end - 1].shape & QT_SHAPE_UPPER;
    if ((look == NOUN) != (g->noun != QUOTH_NONE))
        return look != NOUN;
    return (now_upper && !upper) || (g->gender && !gender_of(self, &self->forms[mention], look));
}

static quoth_status join_family(qt_linker *self, uint32_t mention, family_look look, uint64_t key)
{
    qt_form *f = &self->forms[mention];
    uint8_t gender = gender_of(self, f, look);
    const qt_alias *known = qt_alias_find(&self->aliases, key, QT_FAMILY);
    uint32_t found = known->count ? known->items[0] : QUOTH_NONE;
    bool first = found == QUOTH_NONE;
    if (first) {
        quoth_status status = qt_link_new_group(self, mention, QUOTH_LABEL_PERSON, &found);
        if (status != QUOTH_OK)
            return status;
        qt_alias_add(&self->aliases, key, QT_FAMILY, found);
    }
    qt_group *g = &self->groups.items[found];
    if (first || names_better(self, g, mention, look)) {
        g->longest = mention;
        g->noun = look == NOUN ? f->end : QUOTH_NONE;
    }
    g->gender = first || g->gender == gender ? gender : 0;
    g->family = true;
    f->group = found;
    return self->aliases.status;
}

/* Joins the mentions with an article or the like, or those without, to the families that they are of. */
static quoth_status join_all(qt_linker *self, const sight *sights, const qt_aliases *bearers,
                             bool bare)
{
    quoth_status status = QUOTH_OK;
    for (uint32_t i = 0; i < self->mentions->count && status == QUOTH_OK; i++) {
        const sight *seen = &sights[i];
        if (seen->look == NO_FAMILY || (seen->look == BARE) != bare)
            continue;
        for (uint32_t k = 0; k < seen->count; k++) {
            uint32_t count = qt_alias_find(bearers, seen->keys[k], QT_FAMILY)->count;
            bool known = qt_alias_find(&self->aliases, seen->keys[k], QT_FAMILY)->count > 0;
            if (count == 0 || (bare && !may_be_bare(self, i, known, count)))
                continue;
            status = join_family(self, i, seen->look, seen->keys[k]);
            break;
        }
    }
    return status;
}

quoth_status qt_family_group(qt_linker *self)
{
    uint32_t count = self->mentions->count, found = 0;
    sight *sights = NULL;
    for (uint32_t i = 0; i < count; i++) {
        sight seen = look_at(self, i);
        if (seen.look == NO_FAMILY)
            continue;
        if (!sights)
            sights = qt_arena_alloc(self->temporary, (size_t)count * sizeof *sights);
        if (!sights)
            return QUOTH_ERROR_MEMORY;
        sights[i] = seen;
        found++;
    }
    if (!found)
        return QUOTH_OK;
    qt_aliases bearers;
    quoth_status status = count_bearers(self, sights, &bearers);
    if (status == QUOTH_OK)
        status = join_all(self, sights, &bearers, false);
    return status == QUOTH_OK ? join_all(self, sights, &bearers, true) : status;
}

/* --- members ------------------------------------------------------------------------------------ */

/* The families of a person: groups, at most one for each family name. */
static uint32_t families_of(const qt_linker *self, const qt_group *g, uint32_t out[SURNAMES])
{
    uint64_t keys[SURNAMES];
    uint32_t count = surnames_of(self, g, keys), found = 0;
    for (uint32_t k = 0; k < count; k++) {
        const qt_alias *alias = qt_alias_find(&self->aliases, keys[k], QT_FAMILY);
        if (!alias->count)
            continue;
        uint32_t family = alias->items[0];
        const qt_group *all = &self->groups.items[family];
        bool fits = !all->gender || !g->gender || all->gender == g->gender;
        bool twice = found && out[found - 1] == family;
        if (all->entity != QUOTH_NONE && fits && !twice)
            out[found++] = family;
    }
    return found;
}

quoth_status qt_family_members(const qt_linker *self, qt_arena *arena, qt_links *inout)
{
    uint32_t count = inout->entities.count, total = 0, families[SURNAMES];
    bool any = false;
    for (uint32_t n = self->groups.count; n-- > 0 && !any;)
        any = self->groups.items[n].family;
    if (!any)
        return QUOTH_OK;
    /* Persons in the order of their entities, so that members are in it, too. */
    uint32_t *group_of = qt_arena_alloc(self->temporary, ((size_t)count + 1) * sizeof *group_of);
    if (!group_of)
        return QUOTH_ERROR_MEMORY;
    for (uint32_t n = 0; n < self->groups.count; n++)
        if (self->groups.items[n].entity != QUOTH_NONE)
            group_of[self->groups.items[n].entity] = n;
    for (uint32_t e = 0; e < count; e++) {
        uint32_t found = families_of(self, &self->groups.items[group_of[e]], families);
        for (uint32_t k = 0; k < found; k++)
            inout->entities.items[self->groups.items[families[k]].entity].member_count++;
    }
    for (uint32_t e = 0; e < count; e++) {
        inout->entities.items[e].member_first = total;
        total += inout->entities.items[e].member_count;
    }
    inout->members.items = qt_arena_alloc(arena, ((size_t)total + 1) * sizeof(uint32_t));
    if (!inout->members.items)
        return QUOTH_ERROR_MEMORY;
    inout->members.count = inout->members.capacity = total;
    for (uint32_t e = 0; e < count; e++) {
        uint32_t found = families_of(self, &self->groups.items[group_of[e]], families);
        for (uint32_t k = 0; k < found; k++) {
            quoth_entity *family = &inout->entities.items[self->groups.items[families[k]].entity];
            inout->members.items[family->member_first++] = e;
        }
    }
    for (uint32_t e = 0; e < count; e++)
        inout->entities.items[e].member_first -= inout->entities.items[e].member_count;
    return QUOTH_OK;
}
