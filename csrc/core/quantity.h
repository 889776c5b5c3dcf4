/* quantity.h - dates, times, money, percentages, measures, ordinals and numbers.
 *
 * Reads: tokens, and the patterns of lang/en/dates.txt and quantities.txt. Out: mentions in text
 * order; their tokens are flagged QT_AT_TAKEN. Errors: QUOTH_ERROR_MEMORY. Complexity: linear;
 * patterns are tried only at tokens that can start one, on a bounded stretch.
 */
#ifndef QT_QUANTITY_H
#define QT_QUANTITY_H

#include "entity.h"
#include "usage.h"

QUOTH_MUST_USE quoth_status qt_quantity_find(const struct quoth_doc *doc, quoth_scratch *scratch,
                                             qt_arena *temporary, qt_usage *usage,
                                             qt_mentions *out);

#endif
