/* credit.h - who is credited with a quotation: its cue and its source, found around the marks.
 *
 * In: the syntax and a quotation. Out: a qt_credit. Rules in order of trust: a cue that leads up
 * to the opening mark, a cue after the closing one, a dash, a cue further to the left in the
 * sentence, a colon. Nothing is allocated. Complexity: bounded by a window on either side.
 */
#ifndef QT_CREDIT_H
#define QT_CREDIT_H

#include "cue.h"

typedef struct qt_credit {
    qt_cue cue;       /* first == end: none */
    qt_phrase source; /* first == end: none */
    const char *rule; /* NULL: nothing found */
    float score;
    bool leads;        /* the cue leads up to the marks: the content starts there */
    bool clause;       /* the content is the clause after the cue, of which the marks are a part */
    bool certain;      /* needs no weighing against others */
    bool unclosed;     /* it stands within the quotation, whose closing mark is missing */
    uint32_t previous; /* quotation whose credit this one shares, or QUOTH_NONE */
} qt_credit;

/* The tokens of a quotation with its marks. */
typedef struct qt_stretch {
    uint32_t first, end;
} qt_stretch;

qt_stretch qt_stretch_of(const qt_syntax *self, const quoth_quotation *quotation);
/* Letters and digits: words between the marks. */
uint32_t qt_stretch_words(const qt_syntax *self, qt_stretch stretch);

/* previous: the outermost quotation before, or QUOTH_NONE. */
void qt_credit_find(const qt_syntax *self, uint32_t quotation, uint32_t previous, qt_credit *out);

/* "said X" or "X said" from token first on, ending before ceiling: what stands behind a quotation. */
bool qt_credit_behind(const qt_syntax *self, uint32_t first, uint32_t ceiling, qt_credit *out);

#endif
