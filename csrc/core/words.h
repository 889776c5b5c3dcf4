/* words.h - what words of the caller's are: cues and titles, beside those of the lists.
 *
 * Reads: text, tokens. Out: classes of tokens. Errors: QUOTH_ERROR_MEMORY. Complexity: linear in
 * the text for each list of words; nothing when there is none.
 */
#ifndef QT_WORDS_H
#define QT_WORDS_H

#include "document.h"

/* Adds classes to the tokens of doc. */
QUOTH_MUST_USE quoth_status qt_words_apply(const qt_knowledge *self, struct quoth_doc *doc,
                                           qt_arena *temporary);

#endif
