/* report_source.h - who reports: the likeliest source of a cue without marks.
 *
 * In: a look at the cue. Out: one of the candidates of candidate.h, chosen by a linear model.
 * Nothing is allocated. Complexity: bounded per cue.
 */
#ifndef QT_REPORT_SOURCE_H
#define QT_REPORT_SOURCE_H

#include "report_look.h"

/* *margin: by how much it is the likeliest, in log odds. */
qt_candidate qt_report_source(const qt_look *l, float *margin);

#endif
