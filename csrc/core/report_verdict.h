/* report_verdict.h - whether a cue with its source and its content is a report after all.
 *
 * In: the prospects of a sentence. Out: the odds of one of them, by a linear model that knows how
 * sure those before it were and what the others report: PolNeAR's reports do not lie in one
 * another. Nothing is allocated. Complexity: linear in the prospects, of which there are a few.
 */
#ifndef QT_REPORT_VERDICT_H
#define QT_REPORT_VERDICT_H

#include "report_look.h"

/* A word that is likely to be a cue, and what it would report. */
typedef struct qt_prospect {
    qt_look look;
    float odds;        /* that it is a cue (log odds) */
    float margin;      /* by which its source leads over others, */
    float start, stop; /* and so do the two ends of its content */
    float verdict;
    uint32_t kind; /* of content, see report_content.h */
    bool sure;     /* the rules are */
    qt_candidate source;
    qt_finding found;
} qt_prospect;

/* Whether token i is in the content. */
bool qt_finding_holds(const qt_finding *self, uint32_t i);

/* The logarithm of the odds that prospect which is a report. */
float qt_report_verdict(const qt_prospect *all, uint32_t count, uint32_t which);

#endif
