/* scratch.h - what one thread reuses from text to text.
 *
 * In: a pipeline, which must outlive it. Out: a matcher and a temporary arena for the stages,
 * emptied before each text. Ownership: the caller's; one thread at a time. Errors:
 * QUOTH_ERROR_MEMORY.
 */
#ifndef QT_SCRATCH_H
#define QT_SCRATCH_H

#include "arena.h"
#include "pattern.h"
#include "trace.h"

struct quoth_scratch {
    quoth_allocator allocator;
    struct qt_tag_cache *tag_cache; /* NULL when the pipeline has no tagger */
    qt_matcher *matcher;            /* NULL when the pipeline has no patterns */
    qt_searcher *searcher;          /* NULL when the caller gave no patterns */
    qt_arena temporary;             /* what a stage needs only while it runs */
    qt_arena kept;                  /* the result of quoth_split(), until the next one */
    qt_trace *trace;                /* NULL but in training and explaining */
};

#endif
