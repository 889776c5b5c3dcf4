/* draft.h - quotes while they are being put together, and their way into the document.
 *
 * Contents of one quote may be found far apart, and quotes are found in no order: drafts hold them
 * in linked lists, and qt_drafts_finish() lays them out in the order of the text. In: drafts in
 * the scratch's temporary memory. Out: quotes and contents in the arena. Errors:
 * QUOTH_ERROR_MEMORY. Complexity: linear.
 */
#ifndef QT_DRAFT_H
#define QT_DRAFT_H

#include "attribution.h"
#include "credit.h"

typedef struct qt_draft_content {
    quoth_span span;
    uint32_t next; /* or QUOTH_NONE */
} qt_draft_content;

typedef struct qt_draft {
    quoth_quote quote; /* content_first: the first qt_draft_content; content_count as it will be */
    uint32_t last;     /* the last qt_draft_content */
    uint32_t next;     /* the next draft that starts at the same token */
    qt_cue cue;
    qt_phrase source;
} qt_draft;

typedef struct qt_drafts {
    QT_ARRAY(qt_draft) items;
    QT_ARRAY(qt_draft_content) contents;
    qt_arena *arena; /* temporary */
} qt_drafts;

/* A new draft with one content; QUOTH_NONE when out of memory. */
uint32_t qt_draft_add(qt_drafts *self, const quoth_quote *quote, const qt_cue *cue,
                      const qt_phrase *source, quoth_span content);
/* One more content, behind those that the draft has. False when out of memory. */
QUOTH_MUST_USE bool qt_draft_extend(qt_drafts *self, uint32_t draft, quoth_span content);

/* Lays the drafts out; number[i] is the index of the quote that draft i became. */
QUOTH_MUST_USE quoth_status qt_drafts_finish(qt_drafts *self, const qt_syntax *syntax,
                                             qt_arena *arena, qt_attribution *out,
                                             const uint32_t **number);

#endif
