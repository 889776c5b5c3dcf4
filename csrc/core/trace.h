/* trace.h - what the linear models saw while a text was read, for training them; or what was tried,
 * for explaining (quoth_explain.h).
 *
 * In: choices, their candidates and the candidates' features, in the order in which they are made; of
 * a trace that watches, tries. Out: arrays, in the trace's arena. Training and explaining make a
 * trace; reading passes NULL. A trace that watches changes nothing of what is read. Errors: out of
 * memory is remembered in failed. Complexity: linear.
 */
#ifndef QT_TRACE_H
#define QT_TRACE_H

#include "arena.h"

#include "quoth_explain.h"

typedef struct quoth_trace {
    quoth_allocator allocator;
    qt_arena arena;
    QT_ARRAY(quoth_choice) choices;
    QT_ARRAY(quoth_candidate) candidates;
    QT_ARRAY(uint32_t) features;
    QT_ARRAY(quoth_try) tries; /* of one that watches, which has nothing of the above */
    quoth_model_part part;     /* of the choice that is open */
    quoth_span about;
    bool watches, failed;
} qt_trace;

/* Whether more is to be looked at than reading does, models or none. */
static inline bool qt_trace_trains(const qt_trace *self)
{
    return self && !self->watches;
}

void qt_trace_choice(qt_trace *self, quoth_model_part part, quoth_span about);
void qt_trace_candidate(qt_trace *self, quoth_span source, quoth_span cue, quoth_span content);
void qt_trace_feature(qt_trace *self, uint32_t hash);

void qt_trace_scored(qt_trace *self, float odds);
/* The log odds of the last candidate. The trace may be NULL here and below. */
static inline void qt_trace_score(qt_trace *self, float odds)
{
    if (__builtin_expect(self != NULL, 0))
        qt_trace_scored(self, odds);
}
/* One more try, if the trace watches. */
void qt_trace_try(qt_trace *self, const quoth_try *what);
/* Quotes are found once more: what was tried for them before is forgotten. */
void qt_trace_again(qt_trace *self);

#endif
