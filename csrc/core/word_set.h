/* word_set.h - words of which one stage asks something: generated tables.
 *
 * The "@set" lists of csrc/lang/en, the pairs of forenames that one person may have ("@nicknames"),
 * and what the bearer of a title is called later on ("@called"). They have no bit in the classes of every token: a set is asked about a few words
 * of a document. In: the key of a folded word (a token's, or lexicon.h's). Everything is constant.
 * Logarithmic; cannot fail.
 */
#ifndef QT_WORD_SET_H
#define QT_WORD_SET_H

#include "quoth.h"

typedef struct qt_word_pair {
    uint64_t word, other;
} qt_word_pair;

#include "../tables/word_sets.inc"

bool qt_set_has(qt_set set, uint64_t key);

/* Whether the forenames are a name and its short or pet form: William and Bill. */
bool qt_set_nicknames(uint64_t one, uint64_t other);

/* The words by which the bearer of a title goes beside it ("Sen.": senator), each as the other word
 * of a pair; *count of them, perhaps none. */
const qt_word_pair *qt_set_called(uint64_t title, uint32_t *count);

#endif
