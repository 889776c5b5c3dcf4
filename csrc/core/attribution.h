/* attribution.h - quotes: content, cue, source, and the speaker that the source stands for.
 *
 * Reads: everything before it. Out: quotes in order of content, their content spans, and the kind
 * and quote of each quotation (speech, scare, title, nickname, mention). Ownership: the arena.
 * Errors: QUOTH_ERROR_MEMORY. Complexity: linear; the search for a cue and a source is bounded.
 */
#ifndef QT_ATTRIBUTION_H
#define QT_ATTRIBUTION_H

#include "link.h"
#include "quotation.h"
#include "quote_models.h"

typedef struct qt_attribution {
    QT_ARRAY(quoth_quote) quotes;
    QT_ARRAY(quoth_span) contents;
} qt_attribution;

QUOTH_MUST_USE quoth_status qt_attribution_find(const struct quoth_doc *doc,
                                                const qt_quote_models *models,
                                                quoth_scratch *scratch, qt_arena *arena,
                                                qt_quotations *quotations, qt_attribution *out);

#endif
