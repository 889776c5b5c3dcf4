#include "link_group.h"

#include "name.h"
#include "pronoun.h"
#include "skeleton.h"
#include "word_set.h"

/* --- forms --------------------------------------------------------------------------------------
 */

/* The key of what a term of the caller's stands for: its name, or else its identifier. */
static uint64_t own_key(const qt_linker *self, const quoth_mention *m)
{
    quoth_term term;
    uint64_t hash = QT_HASH_EMPTY;
    if (!qt_knowledge_term(self->doc, m, &term) || (!term.name.data && !term.kb_id.data))
        return 0;
    quoth_string string = term.name.data ? term.name : term.kb_id;
    /* A name that a gazetteer has, too, is the same (term_key). */
    for (size_t i = 0; i < string.size; i++)
        hash = (hash ^ (uint8_t)string.data[i]) * UINT64_C(0x100000001B3);
    return hash;
}

/* A find of the caller's may lie inside a token (Trump in anti-Trump), or between two. It has the
 * words of the token where it begins, and it is known by its own text. */
static void read_inner_form(qt_linker *self, const quoth_mention *m, qt_form *f)
{
    f->first -= f->first > 0;
    f->end = f->first + 1;
    f->words = 1;
    if (f->own)
        return;
    f->own = QT_HASH_EMPTY;
    for (uint32_t at = m->span.start; at < m->span.end; at++)
        f->own = (f->own ^ self->doc->text.bytes[at]) * UINT64_C(0x100000001B3);
}

static void read_form(qt_linker *self, uint32_t i)
{
    const quoth_mention *m = &self->mentions->items[i];
    const qt_tokens *tokens = &self->doc->tokens;
    qt_form *f = &self->forms[i];
    *f = (qt_form){
        .first = qt_token_at(tokens, m->span.start), .term = QUOTH_NONE, .group = QUOTH_NONE};
    for (f->end = f->first; f->end < tokens->count && self->tokens[f->end].start < m->span.end;
         f->end++)
        f->words += f->end == f->first || self->tokens[f->end].shape & QT_SHAPE_SPACE;
    f->own = own_key(self, m);
    if (f->end == f->first)
        read_inner_form(self, m, f);
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
static uint32_t word_start(const qt_linker *self, const qt_form *f, uint32_t n)
{
    uint32_t i = f->first;
    while (n > 0 && ++i < f->end)
        n -= (self->tokens[i].shape & QT_SHAPE_SPACE) != 0;
    return i;
}

static uint64_t words_key(const qt_linker *self, const qt_form *f, uint32_t from, uint32_t to)
{
    return qt_skeleton_key(self->doc, word_start(self, f, from),
                           to >= f->words ? f->end : word_start(self, f, to));
}

/* --- gender and roles ---------------------------------------------------------------------------
 */

static uint8_t gender_of(uint64_t classes)
{
    uint64_t both = classes & QT_FORENAME;
    return both == QT_WORD_MALE ? QT_GENDER_MALE : both == QT_WORD_FEMALE ? QT_GENDER_FEMALE : 0;
}

/* What an apposition behind a name says: "Kim, the powerful sister of", "Lee, an actress". */
static uint8_t gender_behind(const qt_linker *self, const qt_form *f)
{
    enum { NEAR = 6 };
    uint32_t count = self->doc->tokens.count, at = f->end + 1;
    if (at >= count || self->doc->text.bytes[self->tokens[f->end].start] != ',' ||
        !(self->tokens[at].classes & QT_WORD_DETERMINER))
        return 0;
    for (uint32_t i = at + 1; i < count && i < at + NEAR; i++) {
        const qt_token *t = &self->tokens[i];
        if (t->kind == QT_TOKEN_PUNCT || t->kind == QT_TOKEN_CLITIC || t->kind == QT_TOKEN_MARK ||
            t->classes & (QT_WORD_PREPOSITION | QT_WORD_CONJUNCTION | QT_WORD_AUXILIARY))
            return 0;
        uint8_t gender = t->shape & QT_SHAPE_LOWER ? qt_noun_gender(t) : 0;
        bool head = i + 1 == count || self->tokens[i + 1].kind == QT_TOKEN_PUNCT ||
                    self->tokens[i + 1].classes & QT_WORD_PREPOSITION;
        if (gender && head)
            return gender;
    }
    return 0;
}

uint8_t qt_link_gender(const qt_linker *self, uint32_t mention)
{
    const quoth_mention *m = &self->mentions->items[mention];
    const qt_form *f = &self->forms[mention];
    if (m->label != QUOTH_LABEL_PERSON)
        return 0;
    uint8_t gender = 0;
    for (uint32_t t = qt_token_at(&self->doc->tokens, m->title.start);
         !gender && t < f->first && self->tokens[t].end <= m->title.end; t++)
        gender = self->tokens[t].classes & QT_WORD_TITLE ? gender_of(self->tokens[t].classes) : 0;
    gender = gender ? gender : gender_behind(self, f);
    return gender || f->words < 2 ? gender : gender_of(self->tokens[f->first].classes);
}

/* Keeps what the title of a mention says that somebody is. */
static void add_roles(const qt_linker *self, qt_group *g, uint32_t mention)
{
    const quoth_mention *m = &self->mentions->items[mention];
    for (uint32_t t = qt_token_at(&self->doc->tokens, m->title.start);
         t < self->doc->tokens.count && self->tokens[t].end <= m->title.end; t++) {
        const qt_token *token = &self->tokens[t];
        if (!(token->classes & QT_WORD_TITLE) || token->classes & QT_WORD_HONORIFIC)
            continue;
        for (int n = 0; n < QT_ROLES; n++) {
            if (!g->roles[n])
                g->roles[n] = token->key;
            if (g->roles[n] == token->key)
                break;
        }
    }
}

/* --- groups -------------------------------------------------------------------------------------
 */

static void add(qt_linker *self, uint64_t key, int kind, uint32_t group)
{
    qt_alias_add(&self->aliases, key, kind, group);
}

static quoth_status new_group(qt_linker *self, uint32_t mention, uint32_t term, uint8_t label,
                              uint32_t *out)
{
    qt_group *g = qt_push(self->temporary, &self->groups);
    if (!g)
        return QUOTH_ERROR_MEMORY;
    *g = (qt_group){.longest = mention,
                    .words = self->forms[mention].words,
                    .parent = QUOTH_NONE,
                    .term = term,
                    .own = QUOTH_NONE,
                    .entity = QUOTH_NONE,
                    .seen = QUOTH_NONE,
                    .noun = QUOTH_NONE,
                    .label = label};
    *out = self->groups.count - 1;
    return QUOTH_OK;
}

/* Whether the mention has a forename where the longest form of the group, as long, has an initial:
 * John Whitfield is whom J. Whitfield stands for. */
static bool spells_out(const qt_linker *self, uint32_t mention, const qt_group *g)
{
    const qt_token *own = &self->tokens[self->forms[mention].first];
    const qt_token *old = &self->tokens[self->forms[g->longest].first];
    return g->label == QUOTH_LABEL_PERSON && old->shape & QT_SHAPE_INITIAL &&
           !(own->shape & QT_SHAPE_INITIAL) &&
           self->forms[mention].end > self->forms[mention].first;
}

/* The mention belongs to the group. */
static void join(qt_linker *self, uint32_t mention, uint32_t group)
{
    qt_form *f = &self->forms[mention];
    qt_group *g = &self->groups.items[group];
    f->group = group;
    if (f->words > g->words || (f->words == g->words && spells_out(self, mention, g))) {
        g->longest = mention;
        g->words = f->words;
    }
    if (g->term == QUOTH_NONE)
        g->term = f->term;
    if (g->own == QUOTH_NONE && f->own)
        g->own = mention;
    if (!g->gender)
        g->gender = qt_link_gender(self, mention);
    if (f->words > 1)
        add_roles(self, g, mention);
}

/* The group of a key, made if there is none. */
static quoth_status join_by_key(qt_linker *self, uint32_t mention, uint64_t key, int kind,
                                uint8_t label)
{
    const qt_alias *alias = qt_alias_find(&self->aliases, key, kind);
    uint32_t found = QUOTH_NONE;
    for (uint32_t n = 0; n < alias->count; n++)
        if (kind == QT_TERMED || qt_label_may_be(self->groups.items[alias->items[n]].label, label))
            found = alias->items[n];
    if (found == QUOTH_NONE) {
        quoth_status status = new_group(self, mention, self->forms[mention].term, label, &found);
        if (status != QUOTH_OK)
            return status;
        add(self, key, kind, found);
    }
    join(self, mention, found);
    return QUOTH_OK;
}

/* --- what the caller names --------------------------------------------------------------------------
 */

/* Whether a mention may be one of a group, as far as the caller names the two. */
static bool may_own(const qt_linker *self, uint32_t mention, const qt_group *g)
{
    uint64_t own = self->forms[mention].own;
    return !own || g->own == QUOTH_NONE || self->forms[g->own].own == own;
}

static quoth_string own_name(const qt_linker *self, uint32_t mention)
{
    quoth_term term;
    return qt_knowledge_term(self->doc, &self->mentions->items[mention], &term)
               ? term.name
               : (quoth_string){NULL, 0};
}

/* The group of what the caller names: by that, or the one whose text in the document is the name. */
static uint32_t own_group(const qt_linker *self, uint32_t mention, uint8_t label)
{
    const qt_alias *alias = qt_alias_find(&self->aliases, self->forms[mention].own, QT_TERMED);
    if (alias->count)
        return alias->items[0];
    quoth_string name = own_name(self, mention);
    uint32_t found = QUOTH_NONE;
    if (!name.data)
        return QUOTH_NONE;
    alias = qt_alias_find(&self->aliases, qt_skeleton_string(name), QT_NAMED);
    for (uint32_t n = 0; n < alias->count; n++) {
        const qt_group *g = &self->groups.items[alias->items[n]];
        if (qt_label_may_be(g->label, label) && may_own(self, mention, g))
            found = alias->items[n];
    }
    return found;
}

/* The name, and the last of it, are what else the group is called in the document. */
static void register_own(qt_linker *self, uint32_t mention, uint32_t group)
{
    quoth_string name = own_name(self, mention);
    add(self, self->forms[mention].own, QT_TERMED, group);
    if (!name.data)
        return;
    add(self, qt_skeleton_string(name), QT_NAMED, group);
    uint64_t last = qt_skeleton_last_word(name);
    if (last && self->groups.items[group].label == QUOTH_LABEL_PERSON)
        add(self, last, QT_SHORTENED, group);
}

static quoth_status join_own(qt_linker *self, uint32_t mention, uint8_t label)
{
    uint32_t found = own_group(self, mention, label);
    if (found == QUOTH_NONE) {
        quoth_status status = new_group(self, mention, self->forms[mention].term, label, &found);
        if (status != QUOTH_OK)
            return status;
    }
    join(self, mention, found);
    register_own(self, mention, found);
    return QUOTH_OK;
}

static uint64_t term_key(uint32_t term)
{
    return qt_hash_string(QT_HASH_EMPTY, qt_lexicon_term(term)->name);
}

quoth_status qt_link_new_group(qt_linker *self, uint32_t mention, uint8_t label, uint32_t *group)
{
    return new_group(self, mention, QUOTH_NONE, label, group);
}

quoth_status qt_link_term_group(qt_linker *self, uint32_t mention, uint32_t term, uint32_t *group)
{
    uint64_t key = term_key(term);
    const qt_alias *alias = qt_alias_find(&self->aliases, key, QT_TERMED);
    if (alias->count > 0) {
        *group = alias->items[0];
        return QUOTH_OK;
    }
    quoth_status status = new_group(self, mention, term, qt_lexicon_term(term)->label, group);
    if (status == QUOTH_OK)
        add(self, key, QT_TERMED, *group);
    return status;
}

/* --- persons ------------------------------------------------------------------------------------
 */

/* The letters of a name: of "Mohammed bin Salman" MBS. */
static uint64_t initials_key(const qt_linker *self, const qt_form *f, bool all, uint32_t *letters)
{
    uint64_t hash = QT_HASH_EMPTY;
    *letters = 0;
    for (uint32_t i = f->first; i < f->end; i++) {
        const qt_token *t = &self->tokens[i];
        if (t->kind != QT_TOKEN_WORD || (!all && !(t->shape & QT_SHAPE_CAPITAL)))
            continue;
        hash = qt_skeleton_initial(self->doc, hash, i);
        ++*letters;
    }
    return hash;
}

/* "Assad" of "al-Assad", "Sisi" of "El-Sisi": the last word without its article. */
static void register_without_article(qt_linker *self, const qt_person_name *name, uint32_t group)
{
    uint32_t at = name->starts[name->words - 1];
    if (name->end - at > 2 && self->tokens[at].classes & QT_WORD_NAME_PART &&
        self->tokens[at + 1].kind == QT_TOKEN_DASH)
        add(self, qt_skeleton_key(self->doc, at + 2, name->end), QT_SHORTENED, group);
}

/* The short forms that a person of two words or more may be called by. */
static void register_person(qt_linker *self, const qt_form *f, const qt_person_name *name)
{
    const qt_token *first = &self->tokens[f->first];
    uint32_t words = name->words, letters;
    add(self, qt_person_name_key(self->doc, name, words - 1, words), QT_LAST, f->group);
    for (uint32_t n = 1; n < words; n++)
        add(self, qt_person_name_key(self->doc, name, n, words), QT_SHORTENED, f->group);
    for (uint32_t n = 2; n < words; n++)
        add(self, qt_person_name_key(self->doc, name, 0, n), QT_BEGUN, f->group);
    register_without_article(self, name, f->group);
    /* A family name that comes first is what one is called by: Kim. */
    bool forename = first->classes & QT_FORENAME && !(first->classes & QT_WORD_SURNAME);
    add(self, qt_person_name_key(self->doc, name, 0, 1), forename ? QT_FIRST : QT_SHORTENED,
        f->group);
    uint64_t initials = initials_key(self, f, true, &letters);
    if (letters > 1) /* ML in an interview by Maya Lindqvist */
        add(self, initials, QT_ACRONYM, f->group);
}

/* Whether a word of kinship stands right before a name: his father, Karl Weller. */
static bool is_kin(const qt_linker *self, const qt_form *f)
{
    for (uint32_t i = f->first; i > 0 && f->first - i < 3; i--)
        if (qt_set_has(QT_SET_KIN, self->tokens[i - 1].key))
            return true;
    return false;
}

/* Whether the mention may be one more of the group: a son is not his father. */
static bool may_join(const qt_linker *self, uint32_t mention, const qt_person_name *name,
                     const qt_group *g)
{
    const qt_form *f = &self->forms[mention], *longest = &self->forms[g->longest];
    uint8_t gender = qt_link_gender(self, mention);
    qt_person_name other = qt_person_name_read(self->doc, longest->first, longest->end);
    if (g->label != QUOTH_LABEL_PERSON || !may_own(self, mention, g) ||
        (gender && g->gender && gender != g->gender) ||
        !qt_person_name_may_be(self->doc, name, &other))
        return false;
    if (name->suffix == other.suffix)
        return true;
    return !name->suffix && f->term == QUOTH_NONE && !is_kin(self, f);
}

/* The group of a full name that fits the mention, the one joined last first; or QUOTH_NONE. */
static uint32_t same_person(const qt_linker *self, uint32_t mention, const qt_person_name *name)
{
    uint64_t last = qt_person_name_key(self->doc, name, name->words - 1, name->words);
    const qt_alias *alias = qt_alias_find(&self->aliases, last, QT_LAST);
    uint32_t found = QUOTH_NONE;
    for (uint32_t n = 0; n < alias->count; n++)
        if (may_join(self, mention, name, &self->groups.items[alias->items[n]]))
            found = alias->items[n];
    if (found != QUOTH_NONE || name->words != 2)
        return found;
    /* Higuchi Ichiyo is Ichiyo Higuchi. */
    uint64_t first = qt_person_name_key(self->doc, name, 0, 1);
    alias = qt_alias_find(&self->aliases, first, QT_LAST);
    for (uint32_t n = 0; n < alias->count; n++) {
        const qt_form *f = &self->forms[self->groups.items[alias->items[n]].longest];
        qt_person_name other = qt_person_name_read(self->doc, f->first, f->end);
        if (other.words == 2 && qt_person_name_key(self->doc, &other, 0, 1) == last &&
            may_own(self, mention, &self->groups.items[alias->items[n]]))
            found = alias->items[n];
    }
    return found;
}

static quoth_status group_person(qt_linker *self, uint32_t mention)
{
    qt_form *f = &self->forms[mention];
    qt_person_name name = qt_person_name_read(self->doc, f->first, f->end);
    uint64_t key = qt_skeleton_key(self->doc, f->first, f->end);
    if (name.words < 2)
        return f->own ? join_own(self, mention, QUOTH_LABEL_PERSON)
                      : join_by_key(self, mention, qt_skeleton_key(self->doc, f->first, name.end),
                                    QT_NAMED, QUOTH_LABEL_PERSON);
    uint32_t found = QUOTH_NONE;
    const qt_alias *alias = qt_alias_find(&self->aliases, key, QT_NAMED);
    for (uint32_t n = 0; n < alias->count; n++)
        if (self->groups.items[alias->items[n]].label == QUOTH_LABEL_PERSON &&
            may_own(self, mention, &self->groups.items[alias->items[n]]))
            found = alias->items[n];
    uint64_t known = !f->own && f->term != QUOTH_NONE ? term_key(f->term) : 0;
    uint32_t named = f->own ? own_group(self, mention, QUOTH_LABEL_PERSON) : QUOTH_NONE;
    if (known && qt_alias_find(&self->aliases, known, QT_TERMED)->count)
        named = qt_alias_find(&self->aliases, known, QT_TERMED)->items[0];
    found = named != QUOTH_NONE ? named : found;
    if (found == QUOTH_NONE)
        found = same_person(self, mention, &name);
    if (found == QUOTH_NONE) {
        quoth_status status = new_group(self, mention, f->term, QUOTH_LABEL_PERSON, &found);
        if (status != QUOTH_OK)
            return status;
    }
    join(self, mention, found);
    add(self, key, QT_NAMED, found);
    if (known)
        add(self, known, QT_TERMED, found);
    if (f->own)
        register_own(self, mention, found);
    register_person(self, f, &name);
    return QUOTH_OK;
}

/* --- other names --------------------------------------------------------------------------------
 */

/* The short forms of an organization: without the last words ("Corp."), and the word that says what
 * it is ("the Bank"). */
static void register_organization(qt_linker *self, const qt_form *f)
{
    for (uint32_t words = f->words - 1; words > 0; words--) {
        const qt_token *t = &self->tokens[word_start(self, f, words)];
        uint64_t last = t->classes;
        if (!(last & (QT_WORD_ORG_HEAD | QT_WORD_COMPANY_SUFFIX)) &&
            !qt_set_has(QT_SET_COMPANY_PART, t->key))
            break;
        /* "Aldermoor Widgets" of its "Group", but not the "House" of "House Democrats". */
        const qt_token *left = &self->tokens[word_start(self, f, words - 1)];
        bool generic = words == 1 && left->classes & QT_WORD_COMMON;
        if (last & QT_WORD_COMPANY_SUFFIX || !(generic || qt_name_is_plain(left)))
            add(self, words_key(self, f, 0, words), QT_SHORTENED, f->group);
        if (qt_name_is_coined(&self->tokens[f->first]))
            add(self, words_key(self, f, 0, 1), QT_SHORTENED, f->group);
    }
    for (uint32_t i = f->first; i + 1 < f->end; i++)
        if (qt_token_is(&self->tokens[i + 1], "of") || qt_token_is(&self->tokens[i + 1], "for") ||
            qt_token_is(&self->tokens[i + 1], "on"))
            add(self, qt_skeleton_key(self->doc, i, i + 1), QT_HEADED, f->group);
    /* Nobody calls the White House the House. */
    const qt_token *last = &self->tokens[f->end - 1];
    if (last->classes & QT_WORD_ORG_HEAD ||
        (f->term == QUOTH_NONE && !(last->classes & QT_WORD_COMPANY_SUFFIX)))
        add(self, qt_skeleton_key(self->doc, f->end - 1, f->end), QT_HEADED, f->group);
}

/* The short forms of other names: initials, and without the first words ("Foreign Relations
 * Committee"). */
static void register_name(qt_linker *self, const qt_form *f, uint8_t label)
{
    uint32_t letters;
    if (f->words < 2)
        return;
    uint64_t initials = initials_key(self, f, false, &letters);
    if (letters > 1)
        add(self, initials, QT_ACRONYM, f->group);
    initials = initials_key(self, f, true, &letters); /* DoJ */
    if (letters > 2)
        add(self, initials, QT_ACRONYM, f->group);
    for (uint32_t n = 1; n + 1 < f->words; n++)
        add(self, words_key(self, f, n, f->words), QT_SHORTENED, f->group);
    if (label == QUOTH_LABEL_ORG)
        register_organization(self, f);
    /* Socotra Island, Hudson River. */
    if (label == QUOTH_LABEL_LOC && self->tokens[f->end - 1].classes & QT_WORD_LOC_TAIL)
        add(self, words_key(self, f, 0, f->words - 1), QT_SHORTENED, f->group);
    /* A direction stands for the country that it is the first word of: the North. */
    if (label == QUOTH_LABEL_GPE && self->tokens[f->first].classes & QT_WORD_REGION_WORD)
        add(self, words_key(self, f, 0, 1), QT_SHORTENED, f->group);
}

/* The group of the text itself. */
static quoth_status group_mention(qt_linker *self, uint32_t i)
{
    uint8_t label = (uint8_t)self->mentions->items[i].label;
    qt_form *f = &self->forms[i];
    if (label == QUOTH_LABEL_PERSON)
        return group_person(self, i);
    quoth_status status;
    if (f->own)
        status = join_own(self, i, label);
    else if (f->term != QUOTH_NONE)
        status =
            join_by_key(self, i, term_key(f->term), QT_TERMED, qt_lexicon_term(f->term)->label);
    else
        status =
            join_by_key(self, i, qt_skeleton_key(self->doc, f->first, f->end), QT_NAMED, label);
    if (status == QUOTH_OK && ((f->term == QUOTH_NONE && !f->own) || label != QUOTH_LABEL_NORP))
        register_name(self, f, label);
    return status;
}

/* --- brackets -----------------------------------------------------------------------------------
 */

static uint8_t byte_at(const qt_linker *self, uint32_t token)
{
    return token < self->doc->tokens.count ? self->doc->text.bytes[self->tokens[token].start] : 0;
}

/* Whether the second form stands in brackets right behind the first, but for an article and
 * quotation marks: Harbour Safety Board (the "HSB"). */
static bool is_bracketed(const qt_linker *self, const qt_form *a, const qt_form *b)
{
    uint32_t at = a->end + 1, end = b->end;
    if (byte_at(self, a->end) != '(')
        return false;
    while (at < b->first && (self->tokens[at].classes & QT_WORD_DETERMINER ||
                             self->tokens[at].kind == QT_TOKEN_MARK))
        at++;
    while (end < self->doc->tokens.count && self->tokens[end].kind == QT_TOKEN_MARK)
        end++;
    return at == b->first && byte_at(self, end) == ')';
}

static bool is_acronym(const qt_linker *self, const qt_form *f)
{
    return f->words == 1 && self->tokens[f->first].shape & (QT_SHAPE_UPPER | QT_SHAPE_MIXED);
}

/* Two names of which the second stands in brackets right after the first, one of them in capitals.
 */
static void register_brackets(qt_linker *self, uint32_t i)
{
    const qt_form *a = &self->forms[i], *b = &self->forms[i + 1];
    if (b->group == QUOTH_NONE || a->group == QUOTH_NONE || !is_bracketed(self, a, b))
        return;
    bool second = is_acronym(self, b) && a->words > 1;
    bool first = is_acronym(self, a) && b->words > 1;
    const qt_form *full = second ? a : b, *acronym = second ? b : a;
    const qt_group *whole = &self->groups.items[full->group];
    qt_group *part = &self->groups.items[acronym->group];
    uint32_t letters;
    bool spelt = initials_key(self, full, false, &letters) ==
                 qt_skeleton_key(self->doc, acronym->first, acronym->end);
    /* Two of a kind only: the agency in "Seoul (AP)" is not the city. */
    if ((first || second) && (spelt || part->term == QUOTH_NONE) &&
        qt_label_may_be(whole->label, part->label) && part->parent == QUOTH_NONE &&
        whole->parent == QUOTH_NONE && acronym->group != full->group)
        part->parent = full->group;
}

quoth_status qt_link_group(qt_linker *self)
{
    uint32_t count = self->mentions->count;
    self->forms = qt_arena_alloc(self->temporary, ((size_t)count + 1) * sizeof *self->forms);
    if (!self->forms)
        return QUOTH_ERROR_MEMORY;
    for (uint32_t i = 0; i < count; i++)
        read_form(self, i);
    quoth_status status = qt_aliases_init(&self->aliases, self->temporary);
    for (uint32_t i = 0; i < count && status == QUOTH_OK; i++)
        if (qt_label_is_name(self->mentions->items[i].label))
            status = group_mention(self, i);
    if (status == QUOTH_OK)
        status = self->aliases.status;
    for (uint32_t i = 0; i + 1 < count && status == QUOTH_OK; i++)
        register_brackets(self, i);
    return status;
}
