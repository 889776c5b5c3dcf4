/* trace.h - what the linear models saw while a text was read, for training them.
 *
 * In: choices, their candidates and the candidates' features, in the order in which they are made.
 * Out: arrays, in the trace's arena. Only training makes a trace; reading passes NULL. Errors: out
 * of memory is remembered in failed. Complexity: linear.
 */
#ifndef QT_TRACE_H
#define QT_TRACE_H

#include "arena.h"

typedef struct quoth_trace {
    quoth_allocator allocator;
    qt_arena arena;
    QT_ARRAY(quoth_choice) choices;
    QT_ARRAY(quoth_candidate) candidates;
    QT_ARRAY(uint32_t) features;
    bool failed;
} qt_trace;

void qt_trace_choice(qt_trace *self, quoth_model_part part, quoth_span about);
void qt_trace_candidate(qt_trace *self, quoth_span source, quoth_span cue, quoth_span content);
void qt_trace_feature(qt_trace *self, uint32_t hash);

#endif
