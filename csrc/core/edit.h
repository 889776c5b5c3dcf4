/* edit.h - what the caller changed in a document between two stages; see quoth_edit.h.
 *
 * In: a document, and edits, which are copied to its arena. Out: mentions at once, with entities
 * and quotes undone; quotes by qt_edits_apply(), whenever they have been found. Errors:
 * QUOTH_ERROR_MEMORY, QUOTH_ERROR_ARGUMENT. Complexity: linear in mentions or quotes, n log n in
 * edits.
 */
#ifndef QT_EDIT_H
#define QT_EDIT_H

#include "attribution.h"
#include "quoth_edit.h"

typedef struct qt_edits {
    QT_ARRAY(quoth_given) given;
    QT_ARRAY(quoth_quote_edit) quotes; /* in the order of the calls; contents in the arena */
    uint32_t applied;                  /* how many of them are made */
} qt_edits;

/* Makes the edits of quotes; the document has just been attributed. */
QUOTH_MUST_USE quoth_status qt_edits_apply(struct quoth_doc *doc, qt_arena *temporary);

#endif
