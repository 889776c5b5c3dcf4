#include "trace.h"

#include "pipeline.h"
#include "scratch.h"
#include "status.h"

void qt_trace_choice(qt_trace *self, quoth_model_part part, quoth_span about)
{
    self->part = part;
    self->about = about;
    if (self->watches)
        return;
    quoth_choice *choice = self->failed ? NULL : qt_push(&self->arena, &self->choices);
    if (choice)
        *choice = (quoth_choice){(uint32_t)part, about, self->candidates.count, 0};
    else
        self->failed = true;
}

/* A candidate as a try: some of its spans are numbers. */
static quoth_try as_try(const qt_trace *self, quoth_span source, quoth_span cue, quoth_span content)
{
    const quoth_span none = {0, 0};
    quoth_try out = {.kind = (quoth_try_kind)self->part,
                     .about = self->about,
                     .source = source,
                     .cue = cue,
                     .content = content};
    switch (self->part) {
    case QUOTH_MODEL_QUOTE_SOURCE:
    case QUOTH_MODEL_REPORT_SOURCE:
        out.number = content.start * 8 + content.end;
        out.content = none;
        break;
    case QUOTH_MODEL_START:
    case QUOTH_MODEL_MIXED_START:
        out.number = cue.start;
        out.cue = none;
        break;
    case QUOTH_MODEL_CUE:
    case QUOTH_MODEL_REPORT: /* the first of two is that it is none */
        out.number = self->tries.count > 0 &&
                     self->tries.items[self->tries.count - 1].kind == out.kind &&
                     self->tries.items[self->tries.count - 1].number == 0;
        break;
    default:
        break;
    }
    return out;
}

void qt_trace_candidate(qt_trace *self, quoth_span source, quoth_span cue, quoth_span content)
{
    if (self->watches) {
        if (self->failed) /* what was before is gone */
            return;
        quoth_try what = as_try(self, source, cue, content);
        qt_trace_try(self, &what);
        return;
    }
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
    if (self->watches)
        return;
    uint32_t *feature = self->failed ? NULL : qt_push(&self->arena, &self->features);
    if (feature) {
        *feature = hash;
        self->candidates.items[self->candidates.count - 1].feature_count++;
    } else {
        self->failed = true;
    }
}

void qt_trace_scored(qt_trace *self, float odds)
{
    if (self->watches && !self->failed && self->tries.count)
        self->tries.items[self->tries.count - 1].score = odds;
}

void qt_trace_try(qt_trace *self, const quoth_try *what)
{
    if (!self || !self->watches || self->failed)
        return;
    quoth_try *added = qt_push(&self->arena, &self->tries);
    if (added)
        *added = *what;
    self->failed |= !added;
}

void qt_trace_again(qt_trace *self)
{
    uint32_t kept = 0;
    if (!self || self->failed)
        return;
    for (uint32_t i = 0; i < self->tries.count; i++)
        if (self->tries.items[i].kind > QUOTH_TRY_CLAUSE)
            self->tries.items[kept++] = self->tries.items[i];
    self->tries.count = kept;
}

static quoth_status new_trace(const quoth_allocator *a, bool watches, quoth_trace **out,
                              quoth_error *error)
{
    qt_trace *trace = a->resize(a->context, NULL, sizeof *trace);
    *out = trace;
    if (!trace)
        return qt_fail(error, QUOTH_ERROR_MEMORY, 0, NULL);
    *trace = (qt_trace){.allocator = *a, .watches = watches};
    qt_arena_init(&trace->arena, a);
    return QUOTH_OK;
}

quoth_status quoth_trace_new(const quoth_pipeline *self, quoth_trace **out, quoth_error *error)
{
    return new_trace(&self->allocator, true, out, error);
}

void quoth_scratch_watch(quoth_scratch *self, quoth_trace *trace)
{
    self->trace = trace;
}

quoth_status quoth_trace_tries(const quoth_trace *self, const quoth_try **tries, size_t *count)
{
    *tries = self->tries.items;
    *count = self->tries.count;
    return self->failed ? QUOTH_ERROR_MEMORY : QUOTH_OK;
}

quoth_status quoth_trace_read(const quoth_pipeline *self, quoth_scratch *scratch, quoth_input text,
                              quoth_trace **out, quoth_error *error)
{
    *out = NULL;
    qt_trace *trace;
    quoth_status status = new_trace(&self->allocator, false, &trace, error);
    if (status != QUOTH_OK)
        return status;
    quoth_doc *doc = NULL;
    scratch->trace = trace;
    status = quoth_read(self, scratch, text, 0, &doc, error);
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
