/* quoth_explain.h - what was tried while a text was read, and what came of it.
 *
 * A trace watches a scratch: what is read with that scratch is written down, and is not read
 * otherwise for it. It is for showing why something was found, or not; it costs memory and time, so
 * nothing is watched unless it is asked for. What is no longer so in the document has lost.
 */
#ifndef QUOTH_EXPLAIN_H
#define QUOTH_EXPLAIN_H

#include "quoth.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What a try is; those up to QUOTH_TRY_MIXED_END are candidates of a choice of a model, whose number
 * (quoth_model_part) they have. */
typedef enum quoth_try_kind {
    QUOTH_TRY_SOURCE = QUOTH_MODEL_QUOTE_SOURCE,         /* about a quotation: source, cue */
    QUOTH_TRY_CUE = QUOTH_MODEL_CUE,                     /* about a word; number 1: it is one */
    QUOTH_TRY_REPORT_SOURCE = QUOTH_MODEL_REPORT_SOURCE, /* about a cue: source */
    QUOTH_TRY_START = QUOTH_MODEL_START,   /* about a cue: content is the first word */
    QUOTH_TRY_END = QUOTH_MODEL_END,       /* about a cue: content */
    QUOTH_TRY_REPORT = QUOTH_MODEL_REPORT, /* about a cue: source, content; number 1: it is one */
    QUOTH_TRY_MIXED_START = QUOTH_MODEL_MIXED_START, /* like START, of the quotation source */
    QUOTH_TRY_MIXED_END = QUOTH_MODEL_MIXED_END,     /* like END */
    QUOTH_TRY_CREDIT,  /* what the rules take a quotation for: source, cue; number: its kind */
    QUOTH_TRY_CLAUSE,  /* what the rules take a cue for: source, cue, content */
    QUOTH_TRY_WORDS,   /* content: words that may be a name by the rules, with a label or without */
    QUOTH_TRY_AMOUNT,  /* content: a date, an amount or a number */
    QUOTH_TRY_TAGGED,  /* content: a name as the tagger cuts and labels it */
    QUOTH_TRY_READING, /* content: the same words as another kind of name, or as one where none is */
    QUOTH_TRY_NAME,    /* content: a name when the names of the document have agreed */
    QUOTH_TRY_FIND,    /* content: a find of the caller's knowledge; number: its finder */
} quoth_try_kind;

/* How a candidate of QUOTH_TRY_SOURCE and QUOTH_TRY_REPORT_SOURCE lies: number / 8. */
typedef enum quoth_try_place {
    QUOTH_TRY_LEFT = 0, /* of the marks, or of the cue */
    QUOTH_TRY_RIGHT,
    QUOTH_TRY_BEFORE,   /* in an earlier sentence */
    QUOTH_TRY_AFTER,    /* in a later one */
    QUOTH_TRY_PREVIOUS, /* that of the quotation before */
    QUOTH_TRY_NOWHERE,  /* nobody */
    QUOTH_TRY_APART,    /* nobody, for it is no speech */
} quoth_try_place;

/* Spans are in bytes, absent when start == end. */
typedef struct quoth_try {
    quoth_try_kind kind;
    quoth_span about, source, cue, content;
    uint32_t number; /* see the kinds */
    quoth_label label;
    const char *rule; /* static, or the finder's; NULL: a model */
    float
        score; /* of the models' choices the logarithm of odds, READING: of those against what won;
                    else 0 to 1 */
} quoth_try;

/* A trace that watches, to be freed with quoth_trace_free(). error may be NULL. */
QUOTH_API QUOTH_MUST_USE quoth_status quoth_trace_new(const quoth_pipeline *self, quoth_trace **out,
                                                      quoth_error *error);

/* From now on trace, which stays the caller's, watches what is read with the scratch; NULL: no more.
 * Text that is read on is watched on; for another text take another trace. */
QUOTH_API void quoth_scratch_watch(quoth_scratch *self, quoth_trace *trace);

/* What was tried, in the order in which it was. QUOTH_ERROR_MEMORY if there was no room for all. */
QUOTH_API QUOTH_MUST_USE quoth_status quoth_trace_tries(const quoth_trace *self,
                                                        const quoth_try **tries, size_t *count);

#ifdef __cplusplus
}
#endif
#endif
