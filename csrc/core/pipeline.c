#include "pipeline.h"

#include "document.h"
#include "edit.h"
#include "frame.h"
#include "scratch.h"
#include "status.h"
#include "words.h"

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

static quoth_status read_sentences(const quoth_pipeline *self, quoth_scratch *scratch,
                                   quoth_doc *doc)
{
    const quoth_options *options = &self->options;
    qt_arena *arena = &doc->arena;
    doc->knowledge = &self->knowledge;
    quoth_status status = qt_structure_paragraphs(doc, options, arena, &doc->structure);
    if (status == QUOTH_OK && doc->wanted & QUOTH_STAGE_STRUCTURE)
        status = qt_structure_frame(doc, scratch, &doc->structure);
    if (status == QUOTH_OK)
        status = qt_quotation_pair(doc, scratch, arena, &doc->quotations);
    if (status == QUOTH_OK)
        status =
            qt_sentence_split(doc, options, &self->abbreviations, NULL, arena, &doc->sentences);
    return status;
}

static quoth_status read_mentions(const quoth_pipeline *self, quoth_scratch *scratch,
                                  quoth_doc *doc)
{
    qt_arena *arena = &doc->arena;
    quoth_status status = qt_token_split(doc, arena, &doc->tokens);
    if (status == QUOTH_OK)
        status = qt_words_apply(&self->knowledge, doc, &scratch->temporary);
    if (status == QUOTH_OK)
        status = qt_entity_find(doc, &self->tagger, scratch, arena, &doc->mentions);
    if (status == QUOTH_OK)
        status = qt_knowledge_apply(&self->knowledge, QT_ROUND_TEXT, scratch, doc);
    if (status == QUOTH_OK)
        status = qt_knowledge_apply(&self->knowledge, QT_ROUND_MENTIONS, scratch, doc);
    return status;
}

static quoth_status read_links(const quoth_pipeline *self, quoth_scratch *scratch, quoth_doc *doc)
{
    (void)self;
    return qt_link_mentions(doc, scratch, &doc->arena, &doc->mentions, &doc->links);
}

static quoth_status read_quotes(const quoth_pipeline *self, quoth_scratch *scratch, quoth_doc *doc)
{
    quoth_status status = QUOTH_OK;
    if (doc->attributed) { /* not for the first time: quotations as they were before */
        doc->quotations = (qt_quotations){0};
        qt_trace_again(scratch->trace);
        status = qt_quotation_pair(doc, scratch, &doc->arena, &doc->quotations);
    }
    doc->attributed = true;
    if (status == QUOTH_OK)
        status = qt_attribution_find(doc, &self->quotes, scratch, &doc->arena, &doc->quotations,
                                     &doc->attribution);
    if (status == QUOTH_OK)
        status = qt_edits_apply(doc, &scratch->temporary);
    if (status == QUOTH_OK)
        status = qt_knowledge_apply(&self->knowledge, QT_ROUND_QUOTES, scratch, doc);
    return status;
}

/* Edits of quotes that came after these were found. */
static quoth_status edit_quotes(const quoth_pipeline *self, quoth_scratch *scratch, quoth_doc *doc)
{
    qt_knowledge_undo_quotes(doc);
    quoth_status status = qt_edits_apply(doc, &scratch->temporary);
    if (status == QUOTH_OK)
        status = qt_knowledge_apply(&self->knowledge, QT_ROUND_QUOTES, scratch, doc);
    return status;
}

static quoth_status run_stages(const quoth_pipeline *self, quoth_scratch *scratch, quoth_doc *doc,
                               quoth_stage until)
{
    static const struct step {
        unsigned stages;
        quoth_status (*run)(const quoth_pipeline *, quoth_scratch *, quoth_doc *);
    } steps[] = {{QUOTH_STAGE_SENTENCE | QUOTH_STAGE_STRUCTURE, read_sentences},
                 {QUOTH_STAGE_ENTITY, read_mentions},
                 {QUOTH_STAGE_LINK, read_links},
                 {QUOTH_STAGE_ATTRIBUTION, read_quotes}};
    quoth_status status = QUOTH_OK;
    for (size_t i = 0; i < sizeof steps / sizeof steps[0] && status == QUOTH_OK; i++) {
        if (!(steps[i].stages & doc->wanted) || steps[i].stages & doc->done ||
            (steps[i].stages & ~(unsigned)QUOTH_STAGE_STRUCTURE) > (unsigned)until)
            continue;
        status = steps[i].run(self, scratch, doc);
        doc->done |= steps[i].stages & doc->wanted;
    }
    if (status == QUOTH_OK && doc->done & QUOTH_STAGE_ATTRIBUTION &&
        doc->edits.applied < doc->edits.quotes.count)
        status = edit_quotes(self, scratch, doc);
    return status;
}

quoth_status quoth_read_on(const quoth_pipeline *self, quoth_scratch *scratch, quoth_doc *doc,
                           quoth_stage until, quoth_error *error)
{
    qt_arena_reset(&scratch->temporary);
    quoth_status status = run_stages(self, scratch, doc, until);
    return status == QUOTH_OK ? status : qt_fail(error, status, 0, NULL);
}

quoth_status quoth_read_until(const quoth_pipeline *self, quoth_scratch *scratch, quoth_input text,
                              unsigned stages, quoth_stage until, quoth_doc **out,
                              quoth_error *error)
{
    *out = NULL;
    quoth_doc *doc = NULL;
    quoth_status status = qt_doc_new(&self->allocator, &doc);
    if (status != QUOTH_OK)
        return qt_fail(error, status, 0, NULL);
    doc->wanted = with_needed(stages ? stages & self->options.stages : self->options.stages);
    status = qt_scan_read(text, &doc->arena, &doc->text, &doc->scan, error);
    if (status == QUOTH_OK)
        status = quoth_read_on(self, scratch, doc, until, error);
    if (status != QUOTH_OK) {
        quoth_doc_free(doc);
        return status;
    }
    *out = doc;
    return QUOTH_OK;
}

quoth_status quoth_read(const quoth_pipeline *self, quoth_scratch *scratch, quoth_input text,
                        unsigned stages, quoth_doc **out, quoth_error *error)
{
    return quoth_read_until(self, scratch, text, stages, QUOTH_STAGE_ATTRIBUTION, out, error);
}
