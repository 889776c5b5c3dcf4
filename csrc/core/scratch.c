#include "scratch.h"

#include "pipeline.h"

#include <string.h>

quoth_status quoth_scratch_new(const quoth_pipeline *pipeline, quoth_scratch **out)
{
    const quoth_allocator *a = &pipeline->allocator;
    quoth_scratch *self = a->resize(a->context, NULL, sizeof *self);
    *out = NULL;
    if (!self)
        return QUOTH_ERROR_MEMORY;
    *self = (quoth_scratch){.allocator = *a};
    qt_arena_init(&self->temporary, a);
    qt_arena_init(&self->kept, a);
    quoth_status status =
        pipeline->patterns ? qt_matcher_new(pipeline->patterns, &self->matcher) : QUOTH_OK;
    if (status == QUOTH_OK && pipeline->knowledge.group_room)
        status = qt_searcher_new(a, pipeline->knowledge.group_room, &self->searcher);
    if (status == QUOTH_OK && qt_tagger_is_there(&pipeline->tagger)) {
        self->tag_cache = a->resize(a->context, NULL, sizeof *self->tag_cache);
        status = self->tag_cache ? QUOTH_OK : QUOTH_ERROR_MEMORY;
        if (self->tag_cache) {
            memset(self->tag_cache->keys, 0, sizeof self->tag_cache->keys);
            self->tag_cache->batch = 0;
        }
    }
    if (status != QUOTH_OK) {
        quoth_scratch_free(self);
        return status;
    }
    *out = self;
    return QUOTH_OK;
}

void quoth_scratch_free(quoth_scratch *self)
{
    if (!self)
        return;
    self->allocator.release(self->allocator.context, self->tag_cache);
    qt_matcher_free(self->matcher);
    qt_searcher_free(self->searcher);
    qt_arena_free(&self->temporary);
    qt_arena_free(&self->kept);
    self->allocator.release(self->allocator.context, self);
}
