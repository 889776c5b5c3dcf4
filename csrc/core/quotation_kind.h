/* quotation_kind.h - what a quotation is: speech, words set apart, a title, a nickname, a word as
 * a word.
 *
 * In: the syntax, a quotation, and the credit found for it. Out: its kind. Constant time.
 */
#ifndef QT_QUOTATION_KIND_H
#define QT_QUOTATION_KIND_H

#include "credit.h"

quoth_quotation_kind qt_quotation_kind_of(const qt_syntax *self, uint32_t quotation,
                                          const qt_credit *credit);

/* Whether it is a line of its own in single marks, in a text whose quotations have double ones: a
 * heading, whose words are credited where they stand in the text, if at all. */
bool qt_quotation_is_heading(const qt_syntax *self, uint32_t quotation);

#endif
