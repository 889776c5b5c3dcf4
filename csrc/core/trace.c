#include "trace.h"

#include "pipeline.h"
#include "scratch.h"
#include "status.h"

void qt_trace_choice(qt_trace *self, quoth_model_part part, quoth_span about)
{
    quoth_choice *choice = self->failed ? NULL : qt_push(&self->arena, &self->choices);
    if (choice)
        *choice = (quoth_choice){(uint32_t)part, about, self->candidates.count, 0};
    else
        self->failed = true;
}

void qt_trace_candidate(qt_trace *self, quoth_span source, quoth_span cue, quoth_span content)
{
    quoth_candidate *candidate = self->failed ? NULL : qt_push(&self->arena, &self->candidates);
    if (candidate) {
        *candidate = (quoth_candidate){source, cue, content, self->features.count, 0};
        self->choices.items[self->choices.count - 1].candidate_count++;
    } else {
        self->failed = true;
    }
}

void qt_trace_feature(qt_trace *self, uint32_t hash)
{
    uint32_t *feature = self->failed ? NULL : qt_push(&self->arena, &self->features);
    if (feature) {
        *feature = hash;
        self->candidates.items[self->candidates.count - 1].feature_count++;
    } else {
        self->failed = true;
    }
}

quoth_status quoth_trace_read(const quoth_pipeline *self, quoth_scratch *scratch, quoth_input text,
                              quoth_trace **out, quoth_error *error)
{
    const quoth_allocator *a = &self->allocator;
    *out = NULL;
    qt_trace *trace = a->resize(a->context, NULL, sizeof *trace);
    if (!trace)
        return qt_fail(error, QUOTH_ERROR_MEMORY, 0, NULL);
    *trace = (qt_trace){.allocator = *a};
    qt_arena_init(&trace->arena, a);
    quoth_doc *doc = NULL;
    scratch->trace = trace;
    quoth_status status = quoth_read(self, scratch, text, 0, &doc, error);
    scratch->trace = NULL;
    quoth_doc_free(doc);
    if (status == QUOTH_OK && trace->failed)
        status = qt_fail(error, QUOTH_ERROR_MEMORY, 0, NULL);
    if (status != QUOTH_OK) {
        quoth_trace_free(trace);
        return status;
    }
    *out = trace;
    return QUOTH_OK;
}

void quoth_trace_free(quoth_trace *self)
{
    if (!self)
        return;
    quoth_allocator allocator = self->allocator;
    qt_arena_free(&self->arena);
    allocator.release(allocator.context, self);
}

const quoth_choice *quoth_trace_choices(const quoth_trace *self, size_t *count)
{
    *count = self->choices.count;
    return self->choices.items;
}

const quoth_candidate *quoth_trace_candidates(const quoth_trace *self, size_t *count)
{
    *count = self->candidates.count;
    return self->candidates.items;
}

const uint32_t *quoth_trace_features(const quoth_trace *self, size_t *count)
{
    *count = self->features.count;
    return self->features.items;
}
