/* report_cue.h - whether a word reports something without marks.
 *
 * In: the syntax and a token; a look at it. Out: whether it is worth a look, and the odds that it is
 * a cue, by a linear model. Nothing is allocated. Complexity: bounded per token; most tokens are
 * dismissed by their role.
 */
#ifndef QT_REPORT_CUE_H
#define QT_REPORT_CUE_H

#include "report_look.h"

/* Whether token i is worth a look, by its role, the lists and what it weighs by itself. */
bool qt_cue_may_be(const qt_syntax *s, const qt_linear *model, uint32_t i);
/* The logarithm of the odds that it is a cue. */
float qt_cue_weigh(const qt_look *l);

#endif
