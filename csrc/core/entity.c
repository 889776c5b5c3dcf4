#include "entity.h"

#include "document.h"
#include "name_label.h"
#include "name_tagged.h"
#include "quantity.h"
#include "title.h"
#include "tried.h"
#include "word_set.h"

static bool is_year(const struct quoth_doc *doc, uint32_t token)
{
    const qt_token *t = &doc->tokens.items[token];
    return t->kind == QT_TOKEN_NUMBER && t->end - t->start == 4 && t->shape & QT_SHAPE_DIGIT &&
           (doc->text.bytes[t->start] == '1' || doc->text.bytes[t->start] == '2');
}

/* End of the words between a place and an event that it is the place of ("general election"), or 0.
 */
static uint32_t election_end(const struct quoth_doc *doc, uint32_t at)
{
    enum { NEAR = 4 };
    const qt_token *tokens = doc->tokens.items;
    for (uint32_t i = at; i < doc->tokens.count && i < at + NEAR; i++) {
        const qt_token *t = &tokens[i];
        if (t->kind != QT_TOKEN_WORD || !(t->shape & QT_SHAPE_LOWER) ||
            t->classes & (QT_WORD_PREPOSITION | QT_WORD_CONJUNCTION | QT_WORD_DETERMINER |
                          QT_WORD_AUXILIARY))
            return 0;
        if (t->classes & QT_WORD_EVENT_HEAD)
            return i + 1;
    }
    return 0;
}

/* The year before an event is part of its name, and makes one of the elections of a country: "2022
 * World Cup", "1998 Fiji general election". */
static void widen_events(const struct quoth_doc *doc, qt_names *names)
{
    for (uint32_t n = 0; n < names->count; n++) {
        qt_name *name = &names->items[n];
        if (name->first == 0 || !is_year(doc, name->first - 1) ||
            (n && name[-1].end == name->first))
            continue;
        uint32_t end = name->label == QUOTH_LABEL_GPE ? election_end(doc, name->end) : 0;
        if (end && (n + 1 == names->count || name[1].first >= end)) {
            name->end = end;
            name->label = QUOTH_LABEL_EVENT;
            name->rule = "year and event";
        }
        if (name->label == QUOTH_LABEL_EVENT)
            name->first--;
    }
}

/* A storm has the name of a person, and is none: Hurricane Beryl, Tropical Storm Ana. */
static void widen_storms(const struct quoth_doc *doc, qt_names *names)
{
    const qt_token *tokens = doc->tokens.items;
    for (uint32_t n = 0; n < names->count; n++) {
        qt_name *name = &names->items[n];
        uint32_t floor = n ? name[-1].end : 0;
        if (name->label == QUOTH_LABEL_PERSON && name->end - name->first > 1 &&
            qt_set_has(QT_SET_STORM, tokens[name->first].key)) {
            name->label = QUOTH_LABEL_EVENT;
            name->rule = "storm";
        }
        if (name->label == QUOTH_LABEL_NONE || name->first <= floor ||
            name->end - name->first != 1 || !(tokens[name->first].shape & QT_SHAPE_SPACE) ||
            !(tokens[name->first - 1].shape & QT_SHAPE_CAPITAL) ||
            !qt_set_has(QT_SET_STORM, tokens[name->first - 1].key))
            continue;
        name->first--;
        if (name->first > floor && qt_token_is(&tokens[name->first - 1], "tropical") &&
            tokens[name->first - 1].shape & QT_SHAPE_CAPITAL)
            name->first--;
        name->label = QUOTH_LABEL_EVENT;
        name->rule = "storm";
    }
}

static quoth_status add_name(const struct quoth_doc *doc, const qt_name *name, qt_arena *arena,
                             qt_mentions *out)
{
    const qt_token *tokens = doc->tokens.items;
    quoth_mention *m = qt_push(arena, out);
    if (!m)
        return QUOTH_ERROR_MEMORY;
    *m = (quoth_mention){.span = {tokens[name->first].start, tokens[name->end - 1].end},
                         .title =
                             name->label == QUOTH_LABEL_PERSON ? name->title : (quoth_span){0, 0},
                         .label = (quoth_label)name->label,
                         .entity = QUOTH_NONE,
                         .score = name->score,
                         .rule = name->rule};
    return QUOTH_OK;
}

/* Names and amounts in text order; an amount inside a name (the title of a work) is not one of its
 * own. */
static quoth_status merge(const struct quoth_doc *doc, const qt_names *names,
                          const qt_mentions *amounts, qt_arena *arena, qt_mentions *out)
{
    quoth_status status = QUOTH_OK;
    uint32_t a = 0;
    for (uint32_t n = 0; n <= names->count && status == QUOTH_OK; n++) {
        uint32_t start =
            n < names->count ? doc->tokens.items[names->items[n].first].start : UINT32_MAX;
        for (; a < amounts->count && amounts->items[a].span.start < start; a++) {
            bool inside =
                out->count && out->items[out->count - 1].span.end > amounts->items[a].span.start;
            if (inside || amounts->items[a].span.end > start)
                continue;
            quoth_mention *m = qt_push(arena, out);
            if (!m)
                return QUOTH_ERROR_MEMORY;
            *m = amounts->items[a];
        }
        if (n < names->count && names->items[n].label)
            status = add_name(doc, &names->items[n], arena, out);
    }
    return status;
}

quoth_status qt_entity_evidence(const struct quoth_doc *doc, quoth_scratch *scratch,
                                qt_usage *usage, qt_mentions *amounts, qt_names *names)
{
    qt_arena *temporary = &scratch->temporary;
    quoth_status status = qt_usage_count(doc, temporary, usage);
    if (status == QUOTH_OK)
        status = qt_quantity_find(doc, scratch, temporary, usage, amounts);
    if (status == QUOTH_OK)
        status = qt_name_find(doc, usage, temporary, names);
    if (status == QUOTH_OK)
        status = qt_name_label(doc, usage, temporary, names);
    return status;
}

quoth_status qt_entity_find(const struct quoth_doc *doc, const qt_tagger *tagger,
                            quoth_scratch *scratch, qt_arena *arena, qt_mentions *out)
{
    qt_usage usage;
    qt_mentions amounts = {0};
    qt_names names = {0};
    quoth_status status = qt_entity_evidence(doc, scratch, &usage, &amounts, &names);
    if (status == QUOTH_OK) {
        qt_tried_names(scratch->trace, doc, QUOTH_TRY_WORDS, &names);
        qt_tried_amounts(scratch->trace, &amounts);
    }
    if (status == QUOTH_OK && qt_tagger_is_there(tagger))
        status = qt_name_retag(doc, tagger, scratch->tag_cache, &usage, scratch->trace,
                               &scratch->temporary, &names);
    if (status == QUOTH_OK)
        qt_title_attach(doc, &usage, &names);
    widen_events(doc, &names);
    widen_storms(doc, &names);
    if (status == QUOTH_OK)
        status = merge(doc, &names, &amounts, arena, out);
    return status;
}

int qt_mention_compare(const void *a, const void *b)
{
    const quoth_mention *x = a, *y = b;
    if (x->span.start != y->span.start)
        return x->span.start < y->span.start ? -1 : 1;
    if (x->span.end != y->span.end)
        return x->span.end < y->span.end ? -1 : 1;
    return (x->find > y->find) - (x->find < y->find);
}
