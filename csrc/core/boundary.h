/* boundary.h - which full stops, question and exclamation marks end a sentence.
 *
 * Reads: text, scan, the lexicon's classes of abbreviations. Out: one boundary after the other
 * within a paragraph. Ownership: nothing is allocated. Cannot fail. Complexity: constant work per
 * stop and colon (a window of some dozens of bytes round it); white space and runs of stops are
 * passed over once.
 */
#ifndef QT_BOUNDARY_H
#define QT_BOUNDARY_H

#include "abbreviation.h"
#include "scan.h"

typedef struct qt_boundaries {
    const qt_text *text;
    const qt_scan *scan;
    const qt_abbreviations *abbreviations;
    quoth_span paragraph; /* trimmed */
    uint32_t start;       /* where the current sentence starts */
    uint32_t at;          /* what is before this offset is done */
    quoth_span ruler;     /* the next drawn line */
    uint32_t item;        /* the next item of a list in one line, or the end of the paragraph */
    bool rules_only;      /* no short cut (plain_stop.h): for the test that it changes nothing */
} qt_boundaries;

/* The state before the first boundary of a paragraph. */
qt_boundaries qt_boundary_first(const qt_text *text, const qt_scan *scan,
                                const qt_abbreviations *abbreviations, quoth_span paragraph);

/* Finds the next boundary inside the paragraph: *gap reaches from the end of one sentence to the
 * start of the next. False when there is no more; the rest of the paragraph is its last
 * sentence. */
bool qt_boundary_next(qt_boundaries *self, quoth_span *gap);

#endif
