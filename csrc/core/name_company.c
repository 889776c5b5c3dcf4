#include "name_company.h"

#include "alias.h"
#include "document.h"
#include "word_set.h"

/* What a key of the table stands for. */
enum { PERSON_WORD = 1, COMPANY };

typedef struct companies {
    const struct quoth_doc *doc;
    const qt_token *tokens;
    const qt_usage *usage;
    qt_aliases known;
} companies;

static bool has(const companies *self, uint64_t key, uint8_t kind)
{
    return qt_alias_find(&self->known, key, kind)->count > 0;
}

/* Whether token i is a word of a set and goes on with the sentence of the one before. */
static bool is_word(const companies *self, uint32_t i, qt_set set)
{
    return i < self->doc->tokens.count && self->tokens[i].kind == QT_TOKEN_WORD &&
           !(self->usage->at[i] & QT_AT_START) && qt_set_has(set, self->tokens[i].key);
}

static bool is_lower(const companies *self, uint32_t i)
{
    return (self->tokens[i].shape & QT_SHAPE_LOWER) != 0;
}

/* "drugmaker Novara", "tech giant Novara", "shares in Novara". */
static bool is_said_before(const companies *self, const qt_name *name)
{
    uint32_t i = name->first;
    if (i < 2 || self->usage->at[i] & QT_AT_START || !(self->tokens[i].shape & QT_SHAPE_SPACE) ||
        self->tokens[i - 1].kind != QT_TOKEN_WORD || !is_lower(self, i - 1))
        return false;
    if (qt_set_has(QT_SET_COMPANY_NOUN, self->tokens[i - 1].key))
        return true;
    if (name->end - name->first == 1 && qt_set_has(QT_SET_COMPANY_GIANT, self->tokens[i - 1].key))
        return true;
    return (qt_token_is(&self->tokens[i - 1], "in") || qt_token_is(&self->tokens[i - 1], "of")) &&
           !(self->usage->at[i - 1] & QT_AT_START) &&
           qt_set_has(QT_SET_COMPANY_STAKE, self->tokens[i - 2].key);
}

/* "Novara, an Italian drugmaker,": the last noun before something else begins. */
static bool is_said_in_apposition(const companies *self, uint32_t comma)
{
    enum { NEAR = 7 };
    uint32_t count = self->doc->tokens.count, first = comma + 1;
    if (first >= count || self->doc->text.bytes[self->tokens[comma].start] != ',' ||
        !(self->tokens[first].classes & QT_WORD_DETERMINER) || !is_lower(self, first))
        return false;
    for (uint32_t i = first + 1; i + 1 < count && i < first + NEAR; i++) {
        const qt_token *t = &self->tokens[i];
        if (self->usage->at[i] & QT_AT_START || t->kind == QT_TOKEN_CLITIC ||
            t->kind == QT_TOKEN_PUNCT || t->kind == QT_TOKEN_MARK ||
            t->classes & (QT_WORD_PREPOSITION | QT_WORD_CONJUNCTION | QT_WORD_AUXILIARY))
            return false;
        if (!qt_set_has(QT_SET_COMPANY_NOUN, t->key))
            continue;
        const qt_token *next = t + 1;
        return next->kind == QT_TOKEN_PUNCT ||
               (next->shape & QT_SHAPE_LOWER &&
                (next->classes & QT_WORD_PREPOSITION || qt_token_is(next, "that") ||
                 qt_token_is(next, "which") || qt_token_is(next, "behind")));
    }
    return false;
}

/* "Novara's board", "Novara shares", "Novara CEO Ann Lee", where next is the name behind. */
static bool is_said_behind(const companies *self, const qt_name *name, const qt_name *next)
{
    uint32_t i = name->end;
    if (i + 1 >= self->doc->tokens.count || self->usage->at[i] & QT_AT_START)
        return false;
    if (self->tokens[i].kind == QT_TOKEN_CLITIC)
        return is_word(self, i + 1, QT_SET_COMPANY_MATTER) && is_lower(self, i + 1);
    if (is_said_in_apposition(self, i))
        return true;
    if (is_word(self, i, QT_SET_COMPANY_MATTER) && is_lower(self, i) &&
        !qt_set_has(QT_SET_COMPANY_OFFICE, self->tokens[i].key))
        return true;
    /* "chief executive" has one word more than "CEO". */
    for (uint32_t k = i; k < i + 2 && next; k++)
        if (is_word(self, k, QT_SET_COMPANY_OFFICE) && next->first == k + 1 &&
            next->label == QUOTH_LABEL_PERSON)
            return true;
    return false;
}

/* What the lists know to be something else than a person. */
static bool is_listed(const qt_name *name)
{
    return name->term != QUOTH_NONE && name->label && name->label != QUOTH_LABEL_PERSON;
}

/* What stays what it is: amid capitals nothing is told by them, and the world knows some places. */
static bool may_be_company(const companies *self, const qt_name *name)
{
    const qt_token *t = &self->tokens[name->first];
    if (name->end - name->first == 1 && t->classes & (QT_WORD_COMMON | QT_WORD_TITLE))
        return false;
    return !is_listed(name) && !(self->usage->at[name->first] & (QT_AT_HEADLINE | QT_AT_SHOUT)) &&
           name->label != QUOTH_LABEL_NORP && name->label != QUOTH_LABEL_EVENT &&
           name->label != QUOTH_LABEL_WORK_OF_ART && name->label != QUOTH_LABEL_LAW;
}

/* "Pathmark Analytics", whatever it was taken for; but not "Ann Steel". */
static bool is_called_company(const companies *self, const qt_name *name)
{
    const qt_token *first = &self->tokens[name->first], *last = &self->tokens[name->end - 1];
    return name->end - name->first > 1 && last->shape & QT_SHAPE_CAPITAL &&
           qt_set_has(QT_SET_COMPANY_PART, last->key) && !(first->classes & QT_FORENAME) &&
           name->title.end == name->title.start && name->label != QUOTH_LABEL_FAC &&
           name->label != QUOTH_LABEL_PRODUCT && name->label != QUOTH_LABEL_LOC;
}

/* Whether the first word stands for the whole: Kaleva of "Kaleva Pharma", behind which nothing but such
 * words follows. */
static bool has_short_form(const companies *self, const qt_name *name)
{
    const qt_token *first = &self->tokens[name->first];
    bool company = name->label == QUOTH_LABEL_ORG || is_called_company(self, name);
    if (name->end - name->first < 2 || !company || first->classes || first->term != QUOTH_NONE ||
        !(first->shape & QT_SHAPE_CAPITAL))
        return false;
    for (uint32_t i = name->first + 1; i < name->end; i++)
        if (!(self->tokens[i].classes & QT_WORD_COMPANY_SUFFIX) &&
            !qt_set_has(QT_SET_COMPANY_PART, self->tokens[i].key))
            return false;
    return true;
}

static quoth_status note(companies *self, uint64_t key, uint8_t kind)
{
    qt_alias_add(&self->known, key, kind, 0);
    return self->known.status;
}

/* The words of persons who are named in full. */
static quoth_status note_persons(companies *self, const qt_names *names)
{
    quoth_status status = QUOTH_OK;
    for (uint32_t n = 0; n < names->count; n++) {
        const qt_name *name = &names->items[n];
        bool full = name->end - name->first > 1 || name->title.end > name->title.start;
        if (name->label != QUOTH_LABEL_PERSON || !full || is_called_company(self, name))
            continue;
        for (uint32_t i = name->first; i < name->end && status == QUOTH_OK; i++)
            status = note(self, self->tokens[i].key, PERSON_WORD);
    }
    return status;
}

static quoth_status note_companies(companies *self, const qt_names *names)
{
    quoth_status status = QUOTH_OK;
    for (uint32_t n = 0; n < names->count && status == QUOTH_OK; n++) {
        const qt_name *name = &names->items[n];
        const qt_name *next = n + 1 < names->count ? name + 1 : NULL;
        if (has_short_form(self, name))
            status = note(self, self->tokens[name->first].key, COMPANY);
        if (status == QUOTH_OK && may_be_company(self, name) &&
            (is_said_before(self, name) || is_said_behind(self, name, next) ||
             is_called_company(self, name)))
            status = note(self, name->key, COMPANY);
    }
    return status;
}

quoth_status qt_name_company(const struct quoth_doc *doc, const qt_usage *usage,
                             qt_arena *temporary, qt_names *inout)
{
    companies self = {.doc = doc, .tokens = doc->tokens.items, .usage = usage};
    quoth_status status = qt_aliases_init(&self.known, temporary);
    if (status == QUOTH_OK)
        status = note_persons(&self, inout);
    if (status == QUOTH_OK)
        status = note_companies(&self, inout);
    for (uint32_t n = 0; n < inout->count && status == QUOTH_OK; n++) {
        qt_name *name = &inout->items[n];
        bool one = name->end - name->first == 1;
        if (name->label == QUOTH_LABEL_ORG || !has(&self, name->key, COMPANY) ||
            (one && has(&self, name->key, PERSON_WORD)) || is_listed(name))
            continue;
        *name = (qt_name){.first = name->first,
                          .end = name->end,
                          .key = name->key,
                          .term = QUOTH_NONE,
                          .label = QUOTH_LABEL_ORG,
                          .score = 0.75F,
                          .rule = "company"};
    }
    return status;
}
