/* word.h - single words looked up where they stand, for the stages that do without tokens.
 *
 * In: the text and an offset. Out: the word from it on or before it, and what the lexicon says of
 * it. Constant time: a word is cut, or not taken at all, at a few dozen bytes. Cannot fail.
 */
#ifndef QT_WORD_H
#define QT_WORD_H

#include "lexicon.h"
#include "unicode.h"

enum { QT_WORD_CHARS = QT_CHAR_LETTER | QT_CHAR_DIGIT | QT_CHAR_MARK };

/* Class of the character at offset at; white space from end on. */
static inline uint8_t qt_class_within(const qt_text *text, uint32_t at, uint32_t end)
{
    return at < end ? qt_text_class(text, at) : QT_CHAR_SPACE;
}

/* The word from at on, no further than end: letters, digits and apostrophes between them. */
quoth_span qt_word_at(const qt_text *text, uint32_t at, uint32_t end);
/* The word that ends at offset end, no earlier than start, of letters, digits and the ASCII
 * characters of inside. Empty if it is too long to be looked up. */
quoth_span qt_word_before(const qt_text *text, uint32_t start, uint32_t end, const char *inside);

/* Class bits of the word, followed by the ASCII string tail, in the lexicon. */
uint64_t qt_word_classes(const qt_text *text, quoth_span word, const char *tail);

#endif
