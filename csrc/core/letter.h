/* letter.h - letters to the editor: what stands between "To the Editor:" and a name is its bearer's.
 *
 * In: the syntax, mentions and links. Out: one draft of a direct quote per signed letter, a content
 * for each paragraph. A letter without an address, or without a name at its end, is none. Errors:
 * QUOTH_ERROR_MEMORY. Complexity: linear.
 */
#ifndef QT_LETTER_H
#define QT_LETTER_H

#include "draft.h"

QUOTH_MUST_USE quoth_status qt_letter_find(const qt_syntax *self, qt_matcher *matcher,
                                           qt_drafts *drafts);

#endif
