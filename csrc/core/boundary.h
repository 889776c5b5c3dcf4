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
#include "ending.h"
#include "scan.h"

/* A place that the model decides, for training. */
typedef struct qt_decision {
    uint32_t end; /* where the sentence would end */
    bool rule;    /* what the rules say */
    uint32_t feature_count;
    uint16_t features[QT_ENDING_FEATURES];
} qt_decision;

typedef struct qt_decisions {
    qt_arena *arena;
    QT_ARRAY(qt_decision) list;
    bool failed; /* out of memory */
} qt_decisions;

typedef struct qt_boundaries {
    const qt_text *text;
    const qt_scan *scan;
    const qt_abbreviations *abbreviations;
    quoth_span paragraph; /* trimmed */
    uint32_t start;       /* where the current sentence starts */
    uint32_t at;          /* what is before this offset is done */
    uint32_t item;        /* the next item of a list in one line, or the end of the paragraph */
    bool doubtful;        /* whether the rules' last verdict rests on what they can't know */
    qt_decisions *seen;   /* NULL, or where all decisions of the model go; the rules' count then */
    bool rules_only;      /* no model (ending.h) */
    bool no_short_cut;    /* nor plain_stop.h: for the test that it changes nothing */
} qt_boundaries;

/* The state before the first boundary of a paragraph. */
qt_boundaries qt_boundary_first(const qt_text *text, const qt_scan *scan,
                                const qt_abbreviations *abbreviations, quoth_span paragraph);

/* Finds the next boundary inside the paragraph: *gap reaches from the end of one sentence to the
 * start of the next. False when there is no more; the rest of the paragraph is its last
 * sentence. */
bool qt_boundary_next(qt_boundaries *self, quoth_span *gap);

#endif
