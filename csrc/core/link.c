#include "link.h"

#include "alias.h"
#include "document.h"
#include "name.h"
#include "pronoun.h"

#include <string.h>

/* Groups are entities before they are put in the order of their first mention. */
typedef struct group {
    uint32_t longest; /* mention with the longest form */
    uint32_t words;   /* of that form */
    uint32_t parent;  /* group that this one is a short form of, or QUOTH_NONE */
    uint32_t term;    /* or QUOTH_NONE */
    uint32_t own;     /* a mention whose term of the caller's names the group, or QUOTH_NONE */
    uint32_t entity;  /* or QUOTH_NONE: not met yet */
    uint32_t seen;    /* the last mention so far; QUOTH_NONE: none */
    uint8_t label, gender;
} group;

/* What linking needs to know of a mention. */
typedef struct form {
    uint32_t first, end; /* tokens */
    uint32_t words;      /* set apart by white space */
    uint32_t term;
    uint32_t group;
    uint64_t own; /* key of what a term of the caller's stands for; 0: none */
} form;

typedef struct linker {
    const struct quoth_doc *doc;
    const qt_token *tokens;
    qt_arena *temporary;
    qt_mentions *mentions;
    form *forms;
    QT_ARRAY(group) groups;
    qt_aliases aliases;
} linker;

enum {               /* kinds of key in the one table of aliases */
       KEY_NAME = 1, /* the whole text of a name */
       KEY_TERM,     /* a term of the gazetteer */
       KEY_PERSON,   /* first and last word of a person's name */
       KEY_SHORT,    /* a short form by which one is usually called */
       KEY_FORENAME, /* by the forename alone */
};

static bool is_named(quoth_label label)
{
    return label != QUOTH_LABEL_NONE && (label < QUOTH_LABEL_DATE || label > QUOTH_LABEL_CARDINAL);
}

static bool is_place(uint8_t label)
{
    return label == QUOTH_LABEL_GPE || label == QUOTH_LABEL_LOC || label == QUOTH_LABEL_FAC;
}

/* Whether two labels may be of one thing. */
static bool is_compatible(uint8_t a, uint8_t b)
{
    return a == b || (is_place(a) && is_place(b));
}

/* --- forms --------------------------------------------------------------------------------------
 */

/* The key of what a term of the caller's stands for: its name, or else its identifier. */
static uint64_t own_key(const linker *self, const quoth_mention *m)
{
    quoth_term term;
    uint64_t hash = QT_HASH_EMPTY;
    if (!qt_knowledge_term(self->doc, m, &term) || (!term.name.data && !term.kb_id.data))
        return 0;
    quoth_string string = term.name.data ? term.name : term.kb_id;
    /* A name that a gazetteer has, too, is the same (group_mention). */
    for (size_t i = 0; i < string.size; i++)
        hash = (hash ^ (uint8_t)string.data[i]) * UINT64_C(0x100000001B3);
    return hash;
}

static void read_form(linker *self, uint32_t i)
{
    const quoth_mention *m = &self->mentions->items[i];
    const qt_tokens *tokens = &self->doc->tokens;
    form *f = &self->forms[i];
    *f = (form){
        .first = qt_token_at(tokens, m->span.start), .term = QUOTH_NONE, .group = QUOTH_NONE};
    for (f->end = f->first; f->end < tokens->count && self->tokens[f->end].start < m->span.end;
         f->end++)
        f->words += f->end == f->first || self->tokens[f->end].shape & QT_SHAPE_SPACE;
    f->own = own_key(self, m);
    if (f->own)
        return;
    const qt_lexeme *entry;
    if (qt_phrase_at(tokens, &self->doc->text, f->first, 0, true, &entry) != f->end - f->first)
        return;
    const qt_term *term = qt_lexicon_term(entry->term);
    f->term = entry->term;
    /* A demonym names its country. */
    if (term->label == QUOTH_LABEL_NORP && m->label == QUOTH_LABEL_NORP && term->of != QUOTH_NONE)
        f->term = term->of;
    else if (term->label != m->label)
        f->term = QUOTH_NONE;
}

/* First token of the word (set apart by white space) number n of a form. */
static uint32_t word_start(const linker *self, const form *f, uint32_t n)
{
    uint32_t i = f->first;
    while (n > 0 && ++i < f->end)
        n -= (self->tokens[i].shape & QT_SHAPE_SPACE) != 0;
    return i;
}

/* The words of a person's name without a suffix (Jr., III). */
static uint32_t name_words(const linker *self, const form *f)
{
    uint32_t words = f->words, end = f->end;
    while (words > 1) {
        const qt_token *last = &self->tokens[end - 1];
        if (!(last->shape & QT_SHAPE_CAPITAL) || !(last->shape & QT_SHAPE_SPACE) ||
            !(last->classes & QT_WORD_NAME_PART) || last->classes & QT_WORD_SURNAME)
            break;
        end--;
        words--;
    }
    return words;
}

static uint64_t words_key(const linker *self, const form *f, uint32_t from, uint32_t to)
{
    uint32_t end = to >= f->words ? f->end : word_start(self, f, to);
    while (to < f->words && end > f->first && self->tokens[end - 1].kind == QT_TOKEN_PUNCT)
        end--;
    return qt_name_key(self->doc, word_start(self, f, from), end);
}

/* --- gender -------------------------------------------------------------------------------------
 */

static uint8_t gender_of(uint64_t classes)
{
    uint64_t both = classes & QT_FORENAME;
    return both == QT_WORD_MALE ? QT_GENDER_MALE : both == QT_WORD_FEMALE ? QT_GENDER_FEMALE : 0;
}

/* What the title and the forename of a mention say. */
static uint8_t mention_gender(const linker *self, uint32_t i)
{
    const quoth_mention *m = &self->mentions->items[i];
    const form *f = &self->forms[i];
    if (m->label != QUOTH_LABEL_PERSON)
        return 0;
    uint8_t gender = 0;
    for (uint32_t t = qt_token_at(&self->doc->tokens, m->title.start);
         !gender && t < f->first && self->tokens[t].end <= m->title.end; t++)
        gender = self->tokens[t].classes & QT_WORD_TITLE ? gender_of(self->tokens[t].classes) : 0;
    return gender || f->words < 2 ? gender : gender_of(self->tokens[f->first].classes);
}

/* --- groups -------------------------------------------------------------------------------------
 */

/* The group of a key, made if there is none; NULL when out of memory. */
static quoth_status group_for(linker *self, uint32_t mention, uint64_t key, int kind, uint8_t label)
{
    form *f = &self->forms[mention];
    qt_alias *alias = qt_alias_find(&self->aliases, key, kind);
    for (uint32_t n = 0; n < alias->count; n++)
        if (is_compatible(self->groups.items[alias->items[n]].label, label) || kind == KEY_TERM)
            f->group = alias->items[n];
    if (f->group == QUOTH_NONE) {
        group *new_group = qt_push(self->temporary, &self->groups);
        if (!new_group)
            return QUOTH_ERROR_MEMORY;
        *new_group = (group){mention,    f->words,   QUOTH_NONE, f->term, QUOTH_NONE,
                             QUOTH_NONE, QUOTH_NONE, label,      0};
        f->group = self->groups.count - 1;
        qt_alias_add(alias, f->group);
    }
    group *g = &self->groups.items[f->group];
    if (f->words > g->words) {
        g->longest = mention;
        g->words = f->words;
    }
    if (g->term == QUOTH_NONE)
        g->term = f->term;
    if (g->own == QUOTH_NONE && f->own)
        g->own = mention;
    if (!g->gender)
        g->gender = mention_gender(self, mention);
    return QUOTH_OK;
}

/* The short forms that a person of two words or more may be called by. */
static void register_person(linker *self, const form *f)
{
    uint32_t words = name_words(self, f);
    const qt_token *first = &self->tokens[f->first];
    if (words < 2)
        return;
    for (uint32_t n = 1; n < words; n++)
        qt_alias_add(qt_alias_find(&self->aliases, words_key(self, f, n, words), KEY_SHORT),
                     f->group);
    /* "Assad" of "al-Assad". */
    uint32_t last = word_start(self, f, words - 1),
             end = words < f->words ? word_start(self, f, words) : f->end;
    if (self->tokens[last].shape & QT_SHAPE_LOWER && end - last == 3)
        qt_alias_add(qt_alias_find(&self->aliases, qt_name_key(self->doc, end - 1, end), KEY_SHORT),
                     f->group);
    bool forename = first->classes & QT_FORENAME && !(first->classes & QT_WORD_SURNAME);
    qt_alias_add(qt_alias_find(&self->aliases, words_key(self, f, 0, 1),
                               forename ? KEY_FORENAME : KEY_SHORT),
                 f->group);
}

/* The key of the initials of a name, or 0: "Harbour Safety Board" is HSB. */
static uint64_t initials_key(const linker *self, const form *f)
{
    uint64_t hash = QT_HASH_EMPTY;
    uint32_t letters = 0;
    for (uint32_t i = f->first; i < f->end; i++) {
        const qt_token *t = &self->tokens[i];
        if (t->kind != QT_TOKEN_WORD || !(t->shape & QT_SHAPE_CAPITAL))
            continue;
        uint32_t next;
        (void)qt_text_decode(&self->doc->text, t->start, &next);
        hash = qt_fold_hash(hash, &self->doc->text, t->start, next);
        letters++;
    }
    return letters > 1 ? hash : 0;
}

/* The short forms of other names: initials, an acronym in brackets, without the last word
 * ("Corp."), and without the first ("Foreign Relations Committee"). */
static void register_name(linker *self, const form *f, uint8_t label)
{
    uint64_t initials = initials_key(self, f);
    if (f->words < 2)
        return;
    if (initials)
        qt_alias_add(qt_alias_find(&self->aliases, initials, KEY_SHORT), f->group);
    for (uint32_t n = 1; n + 1 < f->words; n++)
        qt_alias_add(qt_alias_find(&self->aliases, words_key(self, f, n, f->words), KEY_SHORT),
                     f->group);
    for (uint32_t words = f->words - 1; label == QUOTH_LABEL_ORG && words > 0; words--) {
        uint64_t last = self->tokens[word_start(self, f, words)].classes;
        if (!(last & (QT_WORD_ORG_HEAD | QT_WORD_COMPANY_SUFFIX)))
            break;
        if (last & QT_WORD_COMPANY_SUFFIX ||
            !qt_name_is_plain(&self->tokens[word_start(self, f, words - 1)]))
            qt_alias_add(qt_alias_find(&self->aliases, words_key(self, f, 0, words), KEY_SHORT),
                         f->group);
        if (qt_name_is_coined(&self->tokens[f->first]))
            qt_alias_add(qt_alias_find(&self->aliases, words_key(self, f, 0, 1), KEY_SHORT),
                         f->group);
    }
    /* A direction stands for the country that it is the first word of: the North. */
    if (label == QUOTH_LABEL_GPE && self->tokens[f->first].classes & QT_WORD_REGION_WORD)
        qt_alias_add(qt_alias_find(&self->aliases, words_key(self, f, 0, 1), KEY_SHORT), f->group);
}

/* Two names of which the second stands in brackets right after the first, one of them in capitals.
 */
static void register_brackets(linker *self, uint32_t i)
{
    const form *a = &self->forms[i], *b = &self->forms[i + 1];
    if (b->group == QUOTH_NONE || a->group == QUOTH_NONE || b->first != a->end + 1 ||
        self->doc->text.bytes[self->tokens[a->end].start] != '(' ||
        b->end >= self->doc->tokens.count ||
        self->doc->text.bytes[self->tokens[b->end].start] != ')')
        return;
    bool second = b->words == 1 && self->tokens[b->first].shape & QT_SHAPE_UPPER && a->words > 1;
    bool first = a->words == 1 && self->tokens[a->first].shape & QT_SHAPE_UPPER && b->words > 1;
    const form *full = second ? a : b, *acronym = second ? b : a;
    const group *whole = &self->groups.items[full->group];
    const group *part = &self->groups.items[acronym->group];
    /* Two of a kind only: the agency in "Seoul (AP)" is not the city. */
    if ((first || second) && part->term == QUOTH_NONE && is_compatible(whole->label, part->label) &&
        part->parent == QUOTH_NONE && whole->parent == QUOTH_NONE && acronym->group != full->group)
        self->groups.items[acronym->group].parent = full->group;
}

/* The group of the text itself, for everything but a person's single name. */
static quoth_status group_mention(linker *self, uint32_t i)
{
    const quoth_mention *m = &self->mentions->items[i];
    form *f = &self->forms[i];
    uint8_t label = (uint8_t)m->label;
    quoth_status status;
    if (f->term != QUOTH_NONE || f->own) {
        const qt_term *term = f->own ? NULL : qt_lexicon_term(f->term);
        status = group_for(self, i, term ? qt_hash_string(QT_HASH_EMPTY, term->name) : f->own,
                           KEY_TERM, term ? term->label : label);
        if (status == QUOTH_OK && m->label != QUOTH_LABEL_NORP && label != QUOTH_LABEL_PERSON)
            register_name(self, f, label);
        if (status == QUOTH_OK && label == QUOTH_LABEL_PERSON) {
            uint32_t words = name_words(self, f);
            uint64_t key = words_key(self, f, 0, 1) ^ (words_key(self, f, words - 1, words) << 1);
            qt_alias_add(qt_alias_find(&self->aliases, key, KEY_PERSON), f->group);
            register_person(self, f);
        }
        return status;
    }
    uint32_t words = label == QUOTH_LABEL_PERSON ? name_words(self, f) : f->words;
    if (label == QUOTH_LABEL_PERSON && words > 1) {
        uint64_t key = words_key(self, f, 0, 1) ^ (words_key(self, f, words - 1, words) << 1);
        status = group_for(self, i, key, KEY_PERSON, label);
        if (status == QUOTH_OK)
            register_person(self, f);
        return status;
    }
    status = group_for(self, i, qt_name_key(self->doc, f->first, f->end), KEY_NAME, label);
    if (status == QUOTH_OK && label != QUOTH_LABEL_PERSON)
        register_name(self, f, label);
    return status;
}

/* Of the groups that a short form may stand for, the one that was mentioned last before mention i,
 * or the first that comes; QUOTH_NONE if none fits. */
static uint32_t choose(const linker *self, uint32_t i, uint64_t key, int kind)
{
    const qt_alias *alias = qt_alias_find(&self->aliases, key, kind);
    const quoth_mention *m = &self->mentions->items[i];
    uint8_t gender = mention_gender(self, i);
    uint32_t best = QUOTH_NONE;
    bool best_matches = false;
    for (uint32_t n = 0; n < alias->count; n++) {
        const group *g = &self->groups.items[alias->items[n]];
        if (!is_compatible(g->label, (uint8_t)m->label) ||
            alias->items[n] == self->forms[i].group || (gender && g->gender && g->gender != gender))
            continue;
        bool matches = gender && g->gender == gender;
        bool later = best == QUOTH_NONE ||
                     (g->seen != QUOTH_NONE && (self->groups.items[best].seen == QUOTH_NONE ||
                                                g->seen > self->groups.items[best].seen));
        if (matches == best_matches ? later : matches) {
            best = alias->items[n];
            best_matches = matches;
        }
    }
    return best;
}

/* The group that mention i belongs to, short forms resolved. */
static uint32_t resolve(linker *self, uint32_t i)
{
    const form *f = &self->forms[i];
    uint32_t found = f->group;
    const group *own = &self->groups.items[found];
    bool person = own->label == QUOTH_LABEL_PERSON;
    /* "Apple" and "Apple Inc." are both in the lists, without an identifier that sets them apart.
     */
    bool company = own->label == QUOTH_LABEL_ORG && own->term != QUOTH_NONE &&
                   !qt_lexicon_term(own->term)->kb_id[0];
    if (own->own == QUOTH_NONE && (own->term == QUOTH_NONE || company)) {
        uint64_t key = qt_name_key(self->doc, f->first, f->end);
        uint32_t full = choose(self, i, key, KEY_SHORT);
        if (full == QUOTH_NONE && person && f->words == 1)
            full = choose(self, i, key, KEY_FORENAME);
        found = full == QUOTH_NONE ? found : full;
    }
    for (int steps = 0; steps < 4 && self->groups.items[found].parent != QUOTH_NONE; steps++)
        found = self->groups.items[found].parent;
    return found;
}

/* --- entities -----------------------------------------------------------------------------------
 */

static quoth_string string_of(const char *string)
{
    return (quoth_string){string, strlen(string)};
}

static quoth_status name_entity(linker *self, qt_arena *arena, group *g, qt_links *out)
{
    quoth_entity *entity = qt_push(arena, &out->entities);
    if (!entity)
        return QUOTH_ERROR_MEMORY;
    quoth_span span = self->mentions->items[g->longest].span;
    *entity = (quoth_entity){
        .name = {(const char *)self->doc->text.bytes + span.start, span.end - span.start},
        .label = (quoth_label)g->label};
    if (g->term != QUOTH_NONE) {
        const qt_term *term = qt_lexicon_term(g->term);
        /* A person is called what the document says: William Clinton stays Bill. */
        if (g->label != QUOTH_LABEL_PERSON)
            entity->name = string_of(term->name);
        entity->kb_id = term->kb_id[0] ? string_of(term->kb_id) : (quoth_string){NULL, 0};
    }
    quoth_term own;
    if (g->own != QUOTH_NONE &&
        qt_knowledge_term(self->doc, &self->mentions->items[g->own], &own)) {
        entity->name = own.name.data ? own.name : entity->name;
        entity->kb_id = own.kb_id.data ? own.kb_id : entity->kb_id;
    }
    g->entity = out->entities.count - 1;
    return QUOTH_OK;
}

static quoth_status make_entities(linker *self, qt_arena *arena, qt_links *out)
{
    for (uint32_t i = 0; i < self->mentions->count; i++) {
        quoth_mention *m = &self->mentions->items[i];
        if (!is_named(m->label))
            continue;
        uint32_t found = resolve(self, i);
        group *g = &self->groups.items[found];
        g->seen = i;
        if (g->entity == QUOTH_NONE && name_entity(self, arena, g, out) != QUOTH_OK)
            return QUOTH_ERROR_MEMORY;
        m->entity = g->entity;
        out->entities.items[g->entity].mention_count++;
    }
    return QUOTH_OK;
}

/* The gender of each entity, from its group and all that was linked to it. */
static quoth_status find_pronouns(linker *self, qt_arena *arena, qt_links *out)
{
    uint8_t *genders = qt_arena_alloc(self->temporary, (size_t)out->entities.count + 1);
    if (!genders)
        return QUOTH_ERROR_MEMORY;
    for (uint32_t i = 0; i < self->mentions->count; i++) {
        uint32_t entity = self->mentions->items[i].entity;
        if (entity != QUOTH_NONE && !genders[entity])
            genders[entity] = mention_gender(self, i);
    }
    return qt_pronoun_resolve(self->doc, self->mentions, genders, self->temporary, arena, out);
}

quoth_status qt_link_mentions(const struct quoth_doc *doc, quoth_scratch *scratch, qt_arena *arena,
                              qt_mentions *inout, qt_links *out)
{
    linker self = {.doc = doc,
                   .tokens = doc->tokens.items,
                   .temporary = &scratch->temporary,
                   .mentions = inout};
    self.forms = qt_arena_alloc(self.temporary, ((size_t)inout->count + 1) * sizeof *self.forms);
    if (!self.forms)
        return QUOTH_ERROR_MEMORY;
    uint64_t words = 0;
    for (uint32_t i = 0; i < inout->count; i++) {
        read_form(&self, i);
        words += self.forms[i].words;
    }
    quoth_status status =
        qt_aliases_init(&self.aliases, self.temporary, 3 * words + 9 * (uint64_t)inout->count);
    for (uint32_t i = 0; i < inout->count && status == QUOTH_OK; i++)
        if (is_named(inout->items[i].label))
            status = group_mention(&self, i);
    for (uint32_t i = 0; i + 1 < inout->count && status == QUOTH_OK; i++)
        register_brackets(&self, i);
    if (status == QUOTH_OK)
        status = make_entities(&self, arena, out);
    return status == QUOTH_OK ? find_pronouns(&self, arena, out) : status;
}
