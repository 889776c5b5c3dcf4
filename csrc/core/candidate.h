/* candidate.h - who may have said what stands between two marks: the sources and cues around it.
 *
 * In: the syntax and a quotation. Out: candidates, each a source with the cue that would attribute
 * the quotation to it, and how the two lie to one another and to the marks. Nothing is judged here
 * but by grammar. Nothing is allocated: a quotation has at most QT_CANDIDATES_MAX. Complexity:
 * bounded by a window on either side.
 */
#ifndef QT_CANDIDATE_H
#define QT_CANDIDATE_H

#include "credit.h"

enum { QT_CANDIDATES_MAX = 48 };

/* Where a candidate's cue, or its source if it has none, stands. */
typedef enum qt_place {
    QT_PLACE_LEFT = 0, /* in the sentence that leads up to the marks, or holds them */
    QT_PLACE_RIGHT,    /* in the rest of the sentence after them */
    QT_PLACE_BEFORE,   /* in an earlier sentence */
    QT_PLACE_AFTER,    /* in the next sentence */
    QT_PLACE_PREVIOUS, /* nowhere: the quotation before has the same */
    QT_PLACE_NOWHERE,  /* there is none */
    QT_PLACE_APART,    /* there is none, for the words are only set apart: no speech */
} qt_place;

/* How the source lies to the cue. */
typedef enum qt_form {
    QT_FORM_SUBJECT = 0, /* X said */
    QT_FORM_INVERTED,    /* said X */
    QT_FORM_AGENT,       /* said by X */
    QT_FORM_ACCORDING,   /* according to X */
    QT_FORM_POSSESSOR,   /* X's claim */
    QT_FORM_PHRASE,      /* X, and no cue: a label, a colon, a dash */
    QT_FORM_NONE,
} qt_form;

typedef struct qt_candidate {
    qt_phrase source;
    qt_cue cue; /* first == end: none */
    uint8_t place, form;
} qt_candidate;

typedef struct qt_candidates {
    qt_candidate items[QT_CANDIDATES_MAX];
    uint32_t count;
    qt_stretch marks;     /* the quotation */
    uint32_t left, right; /* the first token of the left context, the end of the right one */
    uint32_t previous;    /* the quotation before, or QUOTH_NONE */
    uint32_t words;       /* between the marks */
} qt_candidates;

/* previous: the outermost quotation before, or QUOTH_NONE. beside: only the sentence of the
 * quotation is searched, for the rules found a cue beside the marks. */
void qt_candidates_find(const qt_syntax *self, uint32_t quotation, uint32_t previous, bool beside,
                        qt_candidates *out);

/* The sources that a cue without marks may have: its subject, and all phrases of its sentence. */
void qt_candidates_of_cue(const qt_syntax *self, const qt_cue *cue, qt_candidates *out);

#endif
