/* word_set.h - words of which one stage asks something: generated tables.
 *
 * The "@set" lists of csrc/lang/en, and the pairs of forenames that one person may have
 * ("@nicknames"). They have no bit in the classes of every token: a set is asked about a few words
 * of a document. In: the key of a folded word (a token's, or lexicon.h's). Everything is constant.
 * Logarithmic; cannot fail.
 */
#ifndef QT_WORD_SET_H
#define QT_WORD_SET_H

#include "quoth.h"

#include "../tables/word_sets.inc"

bool qt_set_has(qt_set set, uint64_t key);

/* Whether the forenames are a name and its short or pet form: William and Bill. */
bool qt_set_nicknames(uint64_t one, uint64_t other);

#endif
