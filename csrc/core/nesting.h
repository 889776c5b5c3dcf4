/* nesting.h - which quote lies in what another one says.
 *
 * In: the quotes in the order of their contents, and the contents. Out: the parent of each: the
 * innermost quote of whose content its own, and its cue, are a part. temporary: room for a number
 * of each quote. Cannot fail. Complexity: linear; of the quotes that are open at one place only
 * the last DEPTH are looked at.
 */
#ifndef QT_NESTING_H
#define QT_NESTING_H

#include "quoth.h"

void qt_nesting_find(const quoth_span *contents, quoth_quote *quotes, uint32_t count,
                     uint32_t *temporary);

#endif
