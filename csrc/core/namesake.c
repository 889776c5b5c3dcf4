#include "namesake.h"

#include "word_set.h"

enum {
    BEFORE = 4,      /* tokens before the name: Republican candidate */
    APPOSITION = 12, /* tokens of what stands behind a comma */
    OWNED = 3,       /* tokens behind 's */
};

enum { LISTED = 1, POLITICIAN = 2, OTHER = 4, RARE = 8 };

static uint8_t byte_at(const qt_linker *self, uint32_t token)
{
    return token < self->doc->tokens.count ? self->doc->text.bytes[self->tokens[token].start] : 0;
}

/* Whether one of the tokens [from, to) is of the politics of the United States. */
static bool is_political(const qt_linker *self, uint32_t from, uint32_t to)
{
    for (; from < to && from < self->doc->tokens.count; from++)
        if (qt_set_has(QT_SET_OFFICE, self->tokens[from].key) ||
            qt_set_has(QT_SET_PARTISAN, self->tokens[from].key))
            return true;
    return false;
}

/* The party behind a name, as letters: (R-Iowa), (D., N.Y.), ", R-Ky.,". at is the bracket or the
 * comma. */
static bool is_party_letter(const qt_linker *self, uint32_t at)
{
    if (at + 2 >= self->doc->tokens.count)
        return false;
    const qt_token *t = &self->tokens[at + 1];
    uint8_t letter = byte_at(self, at + 1), next = byte_at(self, at + 2);
    bool one = t->end - t->start == 1 || t->shape & QT_SHAPE_INITIAL;
    if (!one || (letter != 'R' && letter != 'D' && letter != 'I'))
        return false;
    return self->tokens[at + 2].kind == QT_TOKEN_DASH ||
           (byte_at(self, at) == '(' && (next == ')' || next == ',' || next == '.'));
}

/* Whether one of the tokens [from, to) is a calling. One that many have, Mr. or chairman, is none. */
static bool is_calling(const qt_linker *self, uint32_t from, uint32_t to)
{
    for (; from < to; from++) {
        const qt_token *t = &self->tokens[from];
        if (t->classes & QT_WORD_TITLE &&
            !(t->classes & (QT_WORD_HONORIFIC | QT_WORD_TITLE_MODIFIER)) &&
            !qt_set_has(QT_SET_ANYBODY, t->key))
            return true;
    }
    return false;
}

static uint8_t by_title(const qt_linker *self, const quoth_mention *m)
{
    const qt_tokens *tokens = &self->doc->tokens;
    if (m->title.end <= m->title.start)
        return 0;
    uint32_t first = qt_token_at(tokens, m->title.start), end = first;
    while (end < tokens->count && tokens->items[end].end <= m->title.end)
        end++;
    if (is_political(self, first, end))
        return POLITICIAN;
    return is_calling(self, first, end) ? OTHER : 0;
}

/* What stands behind the comma at token at: "a farmer from Iowa", "54,", "the Republican nominee". */
static uint8_t by_apposition(const qt_linker *self, uint32_t at)
{
    const qt_tokens *tokens = &self->doc->tokens;
    uint32_t first = at + 1, end = first;
    if (first >= tokens->count)
        return 0;
    const qt_token *t = &tokens->items[first];
    bool age =
        t->kind == QT_TOKEN_NUMBER && byte_at(self, first + 1) == ',' && t->end - t->start <= 2;
    bool described = qt_token_is(t, "a") || qt_token_is(t, "an");
    while (end < tokens->count && end < first + APPOSITION) {
        uint8_t byte = byte_at(self, end);
        if (tokens->items[end].kind == QT_TOKEN_PUNCT && byte != '(' && byte != ')')
            break;
        end++;
    }
    /* the owner of the shop, who was elected to the Senate */
    bool the = t->classes & (QT_WORD_DETERMINER | QT_WORD_TITLE | QT_WORD_TITLE_MODIFIER);
    if ((the || described || t->classes & QT_WORD_RELATIVE) && is_political(self, first, end))
        return POLITICIAN;
    return age || described || (the && is_calling(self, first, end)) ? OTHER : 0;
}

static uint8_t evidence_of(const qt_linker *self, uint32_t mention)
{
    const qt_form *f = &self->forms[mention];
    uint8_t found = by_title(self, &self->mentions->items[mention]);
    uint32_t before = f->first < BEFORE ? 0 : f->first - BEFORE, first = f->first;
    if (first > 0 && byte_at(self, first - 1) == ',') /* The Republican front-runner, */
        first--;
    while (first > before && self->tokens[first - 1].kind == QT_TOKEN_WORD)
        first--;
    if (is_political(self, first, f->first))
        return POLITICIAN;
    if (f->end >= self->doc->tokens.count)
        return found;
    uint8_t byte = byte_at(self, f->end);
    if ((byte == ',' || byte == '(') && is_party_letter(self, f->end))
        return POLITICIAN;
    if (byte == ',')
        found |= by_apposition(self, f->end);
    if (self->tokens[f->end].kind == QT_TOKEN_CLITIC &&
        is_political(self, f->end + 1, f->end + 1 + OWNED))
        found |= POLITICIAN;
    return found;
}

/* Whether a word of the document is of the politics of the United States, or another politician is
 * named whose name is rare or who is shown to be one. */
static bool is_about_politics(const qt_linker *self, const uint8_t *flags, uint32_t entities)
{
    for (uint32_t n = 0; n < entities; n++)
        if (flags[n] & POLITICIAN || (flags[n] & (RARE | OTHER)) == RARE)
            return true;
    for (uint32_t i = 0; i < self->doc->tokens.count; i++)
        if (self->tokens[i].kind == QT_TOKEN_WORD &&
            qt_set_has(QT_SET_PARTISAN, self->tokens[i].key))
            return true;
    return false;
}

/* Flags the entities that bear an identifier of the list of politicians; whether there are any. */
static bool find_listed(const qt_linker *self, uint8_t *flags)
{
    bool any = false;
    for (uint32_t n = 0; n < self->groups.count; n++) {
        const qt_group *g = &self->groups.items[n];
        if (g->entity == QUOTH_NONE || g->term == QUOTH_NONE || g->own != QUOTH_NONE ||
            g->label != QUOTH_LABEL_PERSON || !qt_lexicon_term(g->term)->kb_id[0])
            continue;
        const qt_form *f = &self->forms[g->longest];
        qt_person_name name = qt_person_name_read(self->doc, f->first, f->end);
        const qt_token *family = &self->tokens[name.words ? name.starts[name.words - 1] : f->first];
        flags[g->entity] = family->classes & QT_WORD_SURNAME ? LISTED : LISTED | RARE;
        any = true;
    }
    return any;
}

quoth_status qt_namesake_drop(const qt_linker *self, qt_links *inout)
{
    uint32_t count = inout->entities.count;
    uint8_t *flags = qt_arena_alloc(self->temporary, (size_t)count + 1);
    if (!flags)
        return QUOTH_ERROR_MEMORY;
    if (!find_listed(self, flags))
        return QUOTH_OK;
    for (uint32_t i = 0; i < self->mentions->count; i++) {
        uint32_t entity = self->mentions->items[i].entity;
        if (entity != QUOTH_NONE && (flags[entity] & (LISTED | POLITICIAN)) == LISTED)
            flags[entity] |= evidence_of(self, i);
    }
    int about = -1;
    for (uint32_t n = 0; n < count; n++) {
        if ((flags[n] & (LISTED | POLITICIAN)) != LISTED || (flags[n] & (OTHER | RARE)) == RARE)
            continue;
        if (about < 0)
            about = is_about_politics(self, flags, count);
        bool drop = flags[n] & OTHER ? !(flags[n] & RARE) || !about : !about;
        if (drop)
            inout->entities.items[n].kb_id = (quoth_string){NULL, 0};
    }
    return QUOTH_OK;
}
