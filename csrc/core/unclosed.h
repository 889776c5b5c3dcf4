/* unclosed.h - the credit within a quotation whose closing mark was forgotten.
 *
 * In: the syntax and a quotation that is not closed: "It was late, Ann Lee said. (and no mark).
 * Out: the credit, and the token behind which the quotation ends after all. Nothing is allocated.
 * Complexity: linear in the quotation, with a bounded look ahead at each comma.
 */
#ifndef QT_UNCLOSED_H
#define QT_UNCLOSED_H

#include "credit.h"

/* reopened: the next paragraph opens with the same mark. Then the words may well go on there, and
 * only a name counts, for speakers say "he said", too. */
bool qt_unclosed_credit(const qt_syntax *self, uint32_t quotation, bool reopened, qt_credit *out,
                        uint32_t *end);

#endif
