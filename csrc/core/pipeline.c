#include "pipeline.h"

#include "document.h"
#include "frame.h"
#include "scratch.h"
#include "status.h"

#include <string.h>

static quoth_status check_options(const quoth_options *options, quoth_error *error)
{
    if (options->language && strcmp(options->language, "en") != 0)
        return qt_fail(error, QUOTH_ERROR_ARGUMENT, 0, "language: expected \"en\"");
    if (options->stages & ~QUOTH_STAGE_ALL)
        return qt_fail(error, QUOTH_ERROR_ARGUMENT, 0, "stages: unknown stage");
    if ((unsigned)options->newlines > QUOTH_NEWLINES_SPACE)
        return qt_fail(error, QUOTH_ERROR_ARGUMENT, 0, "newlines: unknown value");
    return QUOTH_OK;
}

/* The stages that were asked for and those that they read. */
static unsigned with_needed(unsigned stages)
{
    if (stages & QUOTH_STAGE_ATTRIBUTION)
        stages |= QUOTH_STAGE_LINK;
    if (stages & QUOTH_STAGE_LINK)
        stages |= QUOTH_STAGE_ENTITY;
    if (stages & QUOTH_STAGE_ENTITY)
        stages |= QUOTH_STAGE_STRUCTURE;
    return stages | QUOTH_STAGE_SENTENCE;
}

quoth_status quoth_pipeline_new(const quoth_options *options, quoth_pipeline **out,
                                quoth_error *error)
{
    static const quoth_options defaults = {0};
    *out = NULL;
    options = options ? options : &defaults;
    quoth_status status = check_options(options, error);
    if (status != QUOTH_OK)
        return status;
    const quoth_allocator *a = options->allocator ? options->allocator : &qt_allocator_default;
    quoth_pipeline *self = a->resize(a->context, NULL, sizeof *self);
    if (!self)
        return qt_fail(error, QUOTH_ERROR_MEMORY, 0, NULL);
    *self = (quoth_pipeline){.allocator = *a, .options = *options};
    self->options.language = "en";
    self->options.allocator = &self->allocator;
    self->options.abbreviations = NULL; /* the caller's: what is needed of them is copied */
    self->options.knowledge = NULL;
    self->options.stages = with_needed(options->stages ? options->stages : QUOTH_STAGE_ALL);
    status = qt_abbreviations_init(&self->abbreviations, a, options->abbreviations,
                                   options->abbreviation_count, error);
    if (status == QUOTH_OK)
        status = qt_knowledge_init(&self->knowledge, a, options->knowledge, error);
    if (status == QUOTH_OK)
        status = qt_tagger_open(options->model, &self->tagger, error);
    if (status == QUOTH_OK && self->options.stages & QUOTH_STAGE_ATTRIBUTION)
        status = qt_quote_models_open(options->model, &self->quotes, error);
    if (status == QUOTH_OK && self->options.stages != QUOTH_STAGE_SENTENCE)
        status = qt_patterns_new(&self->allocator, &self->patterns, error);
    if (status != QUOTH_OK) {
        quoth_pipeline_free(self);
        return status;
    }
    *out = self;
    return QUOTH_OK;
}

void quoth_pipeline_free(quoth_pipeline *self)
{
    if (!self)
        return;
    qt_patterns_free(self->patterns);
    qt_abbreviations_free(&self->abbreviations);
    qt_knowledge_free(&self->knowledge);
    self->allocator.release(self->allocator.context, self);
}

unsigned quoth_pipeline_stages(const quoth_pipeline *self)
{
    return self->options.stages;
}

/* Every stage reads what the earlier ones left in doc and adds its own. */
static quoth_status run_stages(const quoth_pipeline *self, unsigned stages, quoth_scratch *scratch,
                               quoth_doc *doc)
{
    const quoth_options *options = &self->options;
    qt_arena *arena = &doc->arena;
    doc->knowledge = &self->knowledge;
    quoth_status status = qt_structure_paragraphs(doc, options, arena, &doc->structure);
    if (status == QUOTH_OK && stages & QUOTH_STAGE_STRUCTURE)
        status = qt_structure_frame(doc, scratch, &doc->structure);
    if (status == QUOTH_OK)
        status = qt_quotation_pair(doc, scratch, arena, &doc->quotations);
    if (status == QUOTH_OK)
        status =
            qt_sentence_split(doc, options, &self->abbreviations, NULL, arena, &doc->sentences);
    if (status == QUOTH_OK && stages & QUOTH_STAGE_ENTITY)
        status = qt_token_split(doc, arena, &doc->tokens);
    if (status == QUOTH_OK && stages & QUOTH_STAGE_ENTITY)
        status = qt_entity_find(doc, &self->tagger, scratch, arena, &doc->mentions);
    if (status == QUOTH_OK && stages & QUOTH_STAGE_ENTITY)
        status = qt_knowledge_apply(&self->knowledge, QT_ROUND_TEXT, scratch, doc);
    if (status == QUOTH_OK && stages & QUOTH_STAGE_ENTITY)
        status = qt_knowledge_apply(&self->knowledge, QT_ROUND_MENTIONS, scratch, doc);
    if (status == QUOTH_OK && stages & QUOTH_STAGE_LINK)
        status = qt_link_mentions(doc, scratch, arena, &doc->mentions, &doc->links);
    if (status == QUOTH_OK && stages & QUOTH_STAGE_ATTRIBUTION)
        status = qt_attribution_find(doc, &self->quotes, scratch, arena, &doc->quotations,
                                     &doc->attribution);
    if (status == QUOTH_OK && stages & QUOTH_STAGE_ATTRIBUTION)
        status = qt_knowledge_apply(&self->knowledge, QT_ROUND_QUOTES, scratch, doc);
    return status;
}

quoth_status quoth_read(const quoth_pipeline *self, quoth_scratch *scratch, quoth_input text,
                        unsigned stages, quoth_doc **out, quoth_error *error)
{
    *out = NULL;
    stages = with_needed(stages ? stages & self->options.stages : self->options.stages);
    qt_arena_reset(&scratch->temporary);
    quoth_doc *doc = NULL;
    quoth_status status = qt_doc_new(&self->allocator, &doc);
    if (status != QUOTH_OK)
        return qt_fail(error, status, 0, NULL);
    status = qt_scan_read(text, &doc->arena, &doc->text, &doc->scan, error);
    if (status == QUOTH_OK) {
        status = run_stages(self, stages, scratch, doc);
        if (status != QUOTH_OK)
            (void)qt_fail(error, status, 0, NULL);
    }
    if (status != QUOTH_OK) {
        quoth_doc_free(doc);
        return status;
    }
    *out = doc;
    return QUOTH_OK;
}
