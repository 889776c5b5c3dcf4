/* skeleton.h - keys of names that leave out what their spellings differ in.
 *
 * In: tokens of a document. Out: the 64-bit FNV-1a hash of their letters and digits in lower case
 * and without diacritics: no spaces, hyphens, apostrophes, stops, soft hyphens or combining marks.
 * So "Kim Jong-un", "Kim Jong Un" and "KIM JONG UN" have one key, and so have "Erdogan" with and
 * without its breve. For a word of plain letters it is the key of the lexicon. Cannot fail.
 * Linear in the name.
 */
#ifndef QT_SKELETON_H
#define QT_SKELETON_H

#include "token.h"

/* The key of tokens [first, end); that of the text as it stands if it has no letter or digit. */
uint64_t qt_skeleton_key(const struct quoth_doc *doc, uint32_t first, uint32_t end);

/* The key that a name, which need not stand in the document, has when it does; and that of its last
 * word, 0 if it has but one. */
uint64_t qt_skeleton_string(quoth_string name);
uint64_t qt_skeleton_last_word(quoth_string name);
/* The key of the bytes [start, end) of the text. */
uint64_t qt_skeleton_bytes(const struct quoth_doc *doc, uint32_t start, uint32_t end);
/* hash continued by the first letter of a token. */
uint64_t qt_skeleton_initial(const struct quoth_doc *doc, uint64_t hash, uint32_t token);

#endif
