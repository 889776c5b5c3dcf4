#include "name_repeat.h"

#include "alias.h"
#include "document.h"
#include "person_name.h"
#include "plural.h"

enum {
    SAME_START = 4, /* names that are kept for one first word */
    NAME_TOKENS = 12,
    PARTICLES = 3, /* before a family name: van der Holt */
};

/* A form of a person's name, by its tokens; next: another that begins with the same word. */
typedef struct form {
    uint32_t first, end, next;
    bool family; /* the family name alone */
} form;

typedef struct repeats {
    const struct quoth_doc *doc;
    const qt_usage *usage;
    const qt_token *tokens;
    qt_arena *temporary;
    uint32_t *starts; /* [word of the usage]: 1 + the last form that begins with it; 0: none */
    QT_ARRAY(form) forms;
    qt_aliases bearers; /* of family names: forms that are a full name with it */
} repeats;

static bool is_same(const repeats *self, uint32_t a, uint32_t b, uint32_t count)
{
    for (uint32_t n = 0; n < count; n++) {
        if (self->tokens[a + n].key != self->tokens[b + n].key ||
            self->tokens[a + n].kind != self->tokens[b + n].kind)
            return false;
        /* "Ann Lee", but not "Ann, Lee" or "Ann - Lee". */
        if (n && (self->tokens[a + n].shape ^ self->tokens[b + n].shape) & QT_SHAPE_SPACE)
            return false;
    }
    return true;
}

/* Whether a form may begin with the token: Lee, or the "de" of de Luca. */
static bool may_begin(const qt_token *t)
{
    return t->shape & QT_SHAPE_CAPITAL || t->classes & QT_WORD_NAME_PART;
}

static quoth_status add_form(repeats *self, uint32_t first, uint32_t end, bool family)
{
    uint32_t *start = &self->starts[self->usage->words[first]], chain = 0;
    const qt_token *t = &self->tokens[first];
    if (end <= first || end - first > NAME_TOKENS || t->kind != QT_TOKEN_WORD || !may_begin(t) ||
        t->shape & QT_SHAPE_INITIAL)
        return QUOTH_OK;
    for (uint32_t n = *start; n; n = self->forms.items[n - 1].next, chain++) {
        const form *f = &self->forms.items[n - 1];
        /* NOLINTNEXTLINE(clang-analyzer-core.NullDereference): there is a form where n > 0. */
        if (f->end - f->first == end - first && is_same(self, f->first, first, end - first))
            return QUOTH_OK;
    }
    if (chain >= SAME_START)
        return QUOTH_OK;
    form *f = qt_push(self->temporary, &self->forms);
    if (!f)
        return QUOTH_ERROR_MEMORY;
    *f = (form){first, end, *start, family};
    *start = self->forms.count;
    return QUOTH_OK;
}

static bool is_whole_name(const repeats *self, const qt_name *name)
{
    for (uint32_t i = name->first; i < name->end; i++)
        if (self->usage->at[i] & (QT_AT_HEADLINE | QT_AT_SHOUT))
            return false;
    return name->label == QUOTH_LABEL_PERSON && name->end - name->first > 1 && name->sure;
}

/* Park Min-jun is Park: a name whose second word has a hyphen puts the family first. */
static bool puts_family_first(const repeats *self, const qt_person_name *name)
{
    return name->words == 2 && name->end - name->starts[1] > 2 &&
           self->tokens[name->starts[1] + 1].kind == QT_TOKEN_DASH &&
           self->tokens[name->starts[1] + 2].shape & QT_SHAPE_LOWER;
}

static quoth_status collect(repeats *self, const qt_names *names)
{
    quoth_status status = QUOTH_OK;
    for (uint32_t n = 0; n < names->count && status == QUOTH_OK; n++) {
        const qt_name *name = &names->items[n];
        if (!is_whole_name(self, name))
            continue;
        qt_person_name parts = qt_person_name_read(self->doc, name->first, name->end);
        if (parts.words < 2)
            continue;
        uint32_t before = self->forms.count;
        status = add_form(self, name->first, name->end, false);
        if (status != QUOTH_OK)
            break;
        if (self->forms.count > before)
            qt_alias_add(&self->bearers, self->tokens[parts.end - 1].key, 0, before);
        if (puts_family_first(self, &parts))
            status = add_form(self, parts.starts[0], parts.starts[1], true);
        else
            status = add_form(self, parts.starts[parts.words - 1], parts.end, true);
        if (status == QUOTH_OK && parts.family + 1 < parts.words) /* de Luca */
            status = add_form(self, parts.starts[parts.family], parts.end, true);
    }
    return status;
}

/* Whether what stands behind a word at the start of a sentence makes it a name, though it may be a
 * common word: "Young, who", "Young's", "Young said". */
static bool is_subject(const repeats *self, uint32_t next)
{
    if (next >= self->doc->tokens.count)
        return false;
    const qt_token *t = &self->tokens[next];
    return t->kind == QT_TOKEN_CLITIC || self->doc->text.bytes[t->start] == ',' ||
           (t->shape & QT_SHAPE_LOWER &&
            t->classes & (QT_WORD_CUE_SPEECH | QT_WORD_AUXILIARY | QT_WORD_MODAL));
}

static bool may_be_family(const repeats *self, uint32_t first, uint32_t end)
{
    const qt_token *t = &self->tokens[first];
    if (end - first > 1)
        return true;
    if (t->end - t->start < 3 || qt_usage_of(self->usage, t)->lower > 0)
        return false;
    if (!(t->classes & QT_WORD_COMMON))
        return true;
    if (self->usage->at[first] & (QT_AT_INITIAL | QT_AT_HEADLINE | QT_AT_SHOUT))
        return is_subject(self, end);
    return first == 0 || !(t[-1].classes & QT_WORD_DETERMINER);
}

/* Whether the tokens are not part of a longer name, found or not: what stands right beside them. */
static bool stands_alone(const repeats *self, uint32_t first, uint32_t end)
{
    const qt_token *before = first ? &self->tokens[first - 1] : NULL, *next = &self->tokens[end];
    if (before && before->kind == QT_TOKEN_DASH && !(self->tokens[first].shape & QT_SHAPE_SPACE))
        return false;
    if (before && before->kind == QT_TOKEN_WORD && before->shape & QT_SHAPE_CAPITAL &&
        !(before->classes & (QT_WORD_TITLE | QT_WORD_TITLE_MODIFIER | QT_WORD_HONORIFIC)) &&
        !(self->usage->at[first] & QT_AT_START) && !(self->usage->at[first - 1] & QT_AT_INITIAL))
        return false;
    if (end >= self->doc->tokens.count || self->usage->at[end] & QT_AT_START)
        return true;
    bool joined = !(next->shape & QT_SHAPE_SPACE) &&
                  (next->kind == QT_TOKEN_DASH || next->kind == QT_TOKEN_WORD ||
                   next->kind == QT_TOKEN_NUMBER || self->doc->text.bytes[next->start] == '&');
    return !joined && !(next->kind == QT_TOKEN_WORD && next->shape & QT_SHAPE_CAPITAL &&
                        !(self->usage->at[first] & (QT_AT_HEADLINE | QT_AT_SHOUT)));
}

/* End of the longest form that stands at token i, or i. */
static uint32_t form_end(const repeats *self, uint32_t i)
{
    uint32_t end = i;
    for (uint32_t n = self->starts[self->usage->words[i]]; n; n = self->forms.items[n - 1].next) {
        const form *f = &self->forms.items[n - 1];
        uint32_t size = f->end - f->first;
        if (i + size > self->doc->tokens.count || size <= end - i ||
            !is_same(self, f->first, i, size) || (f->family && !may_be_family(self, i, i + size)))
            continue;
        end = i + size;
    }
    return end;
}

/* Whether two persons, or one if that is enough, bear the name that the word is the plural of. */
static bool is_borne(const repeats *self, const qt_token *t)
{
    qt_singular singulars[QT_SINGULARS];
    uint32_t count = qt_plural_read(&self->doc->text, t->start, t->end, singulars), most = 0;
    for (uint32_t n = 0; n < count; n++) {
        uint64_t key = qt_plural_key(&self->doc->text, t->start, singulars[n]);
        uint32_t found = qt_alias_find(&self->bearers, key, 0)->count;
        most = found > most ? found : most;
    }
    return most > 1 || (most && !qt_plural_is_unlikely(t));
}

/* Start of the family at token i, or the token behind it: "the Foxes", "both van Holts". */
static uint32_t family_start(const repeats *self, uint32_t i)
{
    const qt_token *t = &self->tokens[i];
    uint32_t first = i;
    if (t->kind != QT_TOKEN_WORD || i == 0 || (self->doc->text.bytes[t->end - 1] | 32) != 's')
        return i + 1;
    while (first > 1 && i - first < PARTICLES && t[-1].shape & QT_SHAPE_LOWER &&
           t[-1].classes & QT_WORD_NAME_PART && !(t[-1].classes & QT_WORD_DETERMINER)) {
        first--;
        t--;
    }
    if (!qt_plural_is_told(self->tokens, first) || !is_borne(self, &self->tokens[i]) ||
        qt_usage_of(self->usage, &self->tokens[i])->lower > 0)
        return i + 1;
    return first;
}

/* Whether [first, end) may take the place of the labelled names that it meets, from names[at] on:
 * of those that lie within it and are less. */
static bool may_take(const qt_names *names, uint32_t at, uint32_t first, uint32_t end)
{
    for (; at < names->count && names->items[at].first < end; at++) {
        const qt_name *name = &names->items[at];
        if (name->label &&
            (name->first < first || name->end > end || (name->first == first && name->end == end)))
            return false;
    }
    return true;
}

static quoth_status add_name(const repeats *self, uint32_t first, uint32_t end, qt_names *out)
{
    qt_name *name = qt_push(self->temporary, out);
    if (!name)
        return QUOTH_ERROR_MEMORY;
    *name = (qt_name){.first = first,
                      .end = end,
                      .key = qt_name_key(self->doc, first, end),
                      .term = QUOTH_NONE,
                      .label = QUOTH_LABEL_PERSON,
                      .score = 0.75F,
                      .rule = "document"};
    return QUOTH_OK;
}

static quoth_status find(const repeats *self, const qt_names *names, qt_names *out)
{
    quoth_status status = QUOTH_OK;
    uint32_t reached = 0;
    for (uint32_t i = 0, at = 0; i < self->doc->tokens.count && status == QUOTH_OK; i++) {
        if (!may_begin(&self->tokens[i]))
            continue;
        uint32_t first = i, end = i;
        if (self->starts[self->usage->words[i]])
            end = form_end(self, i);
        if (end == i && !(self->tokens[i].shape & QT_SHAPE_CAPITAL))
            continue;
        if (end == i) {
            first = family_start(self, i);
            end = i + 1;
        }
        while (at < names->count && names->items[at].end <= (first < i ? first : i))
            at++;
        if (first > i || first < reached || !may_take(names, at, first, end) ||
            !stands_alone(self, first, end))
            continue;
        status = add_name(self, first, end, out);
        reached = end;
        i = end - 1;
    }
    return status;
}

/* The names and, in the place of those that they meet, the others. */
static quoth_status merge(const repeats *self, const qt_names *names, const qt_names *found,
                          qt_names *out)
{
    for (uint32_t i = 0, f = 0; i < names->count || f < found->count;) {
        const qt_name *next = f < found->count ? &found->items[f] : NULL;
        bool before = i < names->count && (!next || names->items[i].first < next->end);
        const qt_name *taken = before ? &names->items[i++] : &found->items[f++];
        if (before && next && taken->end > next->first)
            continue;
        qt_name *name = qt_push(self->temporary, out);
        if (!name)
            return QUOTH_ERROR_MEMORY;
        *name = *taken;
    }
    return QUOTH_OK;
}

quoth_status qt_name_repeat(const struct quoth_doc *doc, const qt_usage *usage, qt_arena *temporary,
                            qt_names *inout)
{
    qt_names found = {0}, out = {0};
    repeats self = {
        .doc = doc, .usage = usage, .tokens = doc->tokens.items, .temporary = temporary};
    self.starts = qt_arena_alloc(temporary, ((size_t)doc->tokens.count + 1) * sizeof *self.starts);
    if (!self.starts)
        return QUOTH_ERROR_MEMORY;
    quoth_status status = qt_aliases_init(&self.bearers, temporary);
    if (status == QUOTH_OK)
        status = collect(&self, inout);
    if (status == QUOTH_OK)
        status = self.bearers.status;
    if (status != QUOTH_OK || self.forms.count == 0)
        return status;
    status = find(&self, inout, &found);
    if (status != QUOTH_OK || found.count == 0)
        return status;
    status = merge(&self, inout, &found, &out);
    *inout = out;
    return status;
}
