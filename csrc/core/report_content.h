/* report_content.h - where what a cue reports starts and ends.
 *
 * In: a look at the cue, and its source. Out: the likeliest of a few places, by a linear model for
 * either end. report_clause.h asks the same features about clauses that hold marks. Nothing is
 * allocated. Complexity: bounded per cue.
 */
#ifndef QT_REPORT_CONTENT_H
#define QT_REPORT_CONTENT_H

#include "report_look.h"

enum {
    QT_CONTENT_BEFORE = 60, /* kinds of content beyond an offset behind the cue: all before it, */
    QT_CONTENT_AROUND,      /* and all around it */
    QT_CONTENT_ENDS = 14,   /* places where it may end */
    QT_CONTENT_WINDOW = 70, /* tokens of a content */
};

/* Where the content starts. *kind: tokens behind the cue, or one of the two above. *margin: its lead
 * over the second best, in log odds. */
uint32_t qt_content_find_start(const qt_look *l, const qt_candidate *source, uint32_t *kind,
                               float *margin);
uint32_t qt_content_find_end(const qt_look *l, uint32_t start, float *margin);

/* How far a content from token start on may reach that holds all before token from: to the end of
 * the sentence, the window, or a bracket that was opened before it. */
uint32_t qt_content_limit(const qt_look *l, uint32_t start, uint32_t from);
/* Where the stretch before a cue ends: the comma, or the first token of cue and source. */
uint32_t qt_content_before(const qt_look *l, const qt_phrase *source);
/* Where the stretch after both starts. */
uint32_t qt_content_after(const qt_look *l, const qt_phrase *source);

/* Whether a content may end before a token of this role. */
bool qt_content_may_end(uint8_t r);
void qt_content_start_features(const qt_look *l, qt_sum *sum, uint32_t at, uint32_t kind,
                               const qt_candidate *source);
/* nth: of the places looked at; verb, commas: what stands between start and at. */
void qt_content_end_features(const qt_look *l, qt_sum *sum, uint32_t start, uint32_t at,
                             uint32_t nth, bool verb, uint32_t commas);

#endif
