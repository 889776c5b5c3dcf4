/* explain.c - quoth_explain(): the text is tagged again, and what decided is written down. */
#include "document.h"
#include "pipeline.h"
#include "status.h"
#include "tagger.h"

#include <stdlib.h>
#include <string.h>

typedef struct explainer {
    const qt_tagger *tagger;
    const quoth_doc *doc;
    qt_tag_view view;
    qt_tagging tagging;
    const uint8_t *first_tags; /* of all tokens of the segments, before the second pass */
    qt_arena *arena;           /* of the result */
    QT_ARRAY(quoth_reason) reasons;
} explainer;

static quoth_span codepoints_of(const quoth_doc *doc, uint32_t token)
{
    const qt_token *t = &doc->tokens.items[token];
    return (quoth_span){qt_text_codepoint(&doc->text, t->start),
                        qt_text_codepoint(&doc->text, t->end)};
}

static uint32_t next_best(const int16_t *scores, uint32_t tag)
{
    uint32_t best = tag == QT_TAG_OUTSIDE ? QT_TAG_UNIT : QT_TAG_OUTSIDE;
    for (uint32_t t = 0; t < QT_TAG_ROOM; t++)
        if (t != tag && qt_tag_is(t) && scores[t] > scores[best])
            best = t;
    return best;
}

static int compare_reasons(const void *a, const void *b)
{
    const quoth_reason *x = a, *y = b;
    if (x->token.start != y->token.start)
        return x->token.start < y->token.start ? -1 : 1;
    return x->weight > y->weight ? -1 : x->weight < y->weight;
}

/* The reasons for one token of a segment; first_tags are those of the first pass. */
static quoth_status explain_token(explainer *self, const qt_segment *segment, uint32_t index,
                                  const qt_tagged_segment *tagged, const uint8_t *first_tags)
{
    uint32_t keys[QT_FEATURES_MAX];
    uint8_t templates[QT_FEATURES_MAX];
    qt_features features = {keys, templates, 0};
    uint32_t tag = tagged->tags[index], other = next_best(tagged->scores[index], tag);
    for (uint32_t place = 0; place < 5; place++)
        qt_features_of_word(&self->doc->text, &tagged->words.words[index + place], place,
                            &features);
    qt_features_of_context(&tagged->words, index, QT_PARTS_ALL, &features);
    qt_memory_features(&self->tagging.memory, &tagged->words, first_tags, segment->first, index,
                       tagged->count, &features);
    for (uint32_t i = 0; i < features.count; i++) {
        int32_t weight = qt_tagger_weight(self->tagger, features.keys[i], tag) -
                         qt_tagger_weight(self->tagger, features.keys[i], other);
        if (!weight)
            continue;
        quoth_reason *reason = qt_push(self->arena, &self->reasons);
        if (!reason)
            return QUOTH_ERROR_MEMORY;
        *reason = (quoth_reason){codepoints_of(self->doc, segment->first + index),
                                 qt_feature_name(features.templates[i]),
                                 (float)weight / self->tagger->scale};
    }
    return QUOTH_OK;
}

/* The reasons for the tokens of a segment within a span, when the tagger took them for a name. */
static quoth_status explain_segment(explainer *self, const qt_segment *segment,
                                    const qt_tagged_segment *tagged, quoth_span wanted)
{
    const uint8_t *first_tags = self->first_tags + (tagged->tags - self->tagging.segments[0].tags);
    quoth_status status = QUOTH_OK;
    for (uint32_t i = 0; i < tagged->count && status == QUOTH_OK; i++) {
        quoth_span token = codepoints_of(self->doc, segment->first + i);
        if (token.start >= wanted.start && token.end <= wanted.end &&
            tagged->tags[i] != QT_TAG_OUTSIDE)
            status = explain_token(self, segment, i, tagged, first_tags);
    }
    return status;
}

/* The second pass, with the tags of the first one kept. */
static quoth_status revise(explainer *self, qt_arena *temporary)
{
    uint8_t *tags = qt_arena_alloc_raw(temporary, (size_t)self->tagging.tokens + 1);
    if (!tags)
        return QUOTH_ERROR_MEMORY;
    memcpy(tags, self->tagging.segments[0].tags, self->tagging.tokens);
    self->first_tags = tags;
    qt_tagger_revise(self->tagger, &self->tagging);
    return QUOTH_OK;
}

static quoth_status explain(explainer *self, quoth_scratch *scratch, quoth_span wanted)
{
    qt_arena *temporary = &scratch->temporary;
    qt_usage usage;
    qt_mentions amounts = {0};
    qt_names names = {0};
    qt_segments segments = {0};
    qt_arena_reset(temporary);
    quoth_status status = qt_entity_evidence(self->doc, scratch, &usage, &amounts, &names);
    uint8_t *rules = status == QUOTH_OK ? qt_tag_rules(self->doc, &names, temporary) : NULL;
    if (!rules)
        return QUOTH_ERROR_MEMORY;
    self->view = (qt_tag_view){self->doc, &usage, &self->tagger->clusters, rules};
    status = qt_segment_find(self->doc, &usage, rules, temporary, &segments);
    if (status == QUOTH_OK)
        status = qt_tagger_pass(self->tagger, scratch->tag_cache, &self->view, &segments, temporary,
                                &self->tagging);
    if (status != QUOTH_OK || self->tagging.tokens == 0) /* no segment is there */
        return status;
    status = revise(self, temporary);
    for (uint32_t s = 0; s < segments.count && status == QUOTH_OK; s++)
        if (codepoints_of(self->doc, segments.items[s].first).start < wanted.end &&
            codepoints_of(self->doc, segments.items[s].end - 1).end > wanted.start)
            status = explain_segment(self, &segments.items[s], &self->tagging.segments[s], wanted);
    return status;
}

quoth_status quoth_explain(const quoth_pipeline *self, quoth_scratch *scratch, quoth_input text,
                           quoth_span codepoints, const quoth_reason **reasons, size_t *count,
                           quoth_error *error)
{
    quoth_doc *doc = NULL;
    *reasons = NULL;
    *count = 0;
    qt_arena_reset(&scratch->kept);
    if (!qt_tagger_is_there(&self->tagger))
        return QUOTH_OK;
    quoth_status status = quoth_read(self, scratch, text, QUOTH_STAGE_ENTITY, &doc, error);
    if (status != QUOTH_OK)
        return status;
    explainer e = {.tagger = &self->tagger, .doc = doc, .arena = &scratch->kept};
    status = explain(&e, scratch, codepoints);
    if (status != QUOTH_OK)
        (void)qt_fail(error, status, 0, NULL);
    if (status == QUOTH_OK && e.reasons.count) {
        qsort(e.reasons.items, e.reasons.count, sizeof *e.reasons.items, compare_reasons);
        *reasons = e.reasons.items;
        *count = e.reasons.count;
    }
    quoth_doc_free(doc);
    return status;
}
