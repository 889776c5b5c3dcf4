/* unicode.h - classes and case of code points, from generated tables (Unicode as of the Python that
 * ran csrc/tools/gen_tables.py; white space is what Python's str.isspace() says).
 *
 * In: a code point. Out: flags, the simple lower case, the case folding, or the letter without its
 * diacritic. Constant time; cannot fail.
 */
#ifndef QT_UNICODE_H
#define QT_UNICODE_H

#include "quoth.h"

enum {
    QT_CHAR_LETTER = 1,
    QT_CHAR_UPPER = 2, /* upper or title case */
    QT_CHAR_LOWER = 4,
    QT_CHAR_DIGIT = 8,    /* decimal digits */
    QT_CHAR_SPACE = 16,   /* white space, line ends included */
    QT_CHAR_MARK = 32,    /* combining marks and joiners: go on with the word that they follow */
    QT_CHAR_DASH = 64,    /* hyphens and dashes */
    QT_CHAR_SYMBOL = 128, /* symbols and emoji, currency signs included */
};

extern const uint16_t qt_unicode_page[0x1100]; /* [code point >> 8]: row of qt_unicode_class */
extern const uint8_t qt_unicode_class[][256];

static inline uint8_t qt_char_class(uint32_t codepoint)
{
    if (codepoint > 0x10FFFF)
        return 0;
    return qt_unicode_class[qt_unicode_page[codepoint >> 8]][codepoint & 0xFF];
}

uint32_t qt_char_lower(uint32_t codepoint);

/* Full case folding: one to three code points at out, and their number. */
uint32_t qt_char_fold(uint32_t codepoint, uint32_t out[3]);

/* The simple lower case without a diacritic: e for E with an acute, o for O with a stroke. */
uint32_t qt_char_base(uint32_t codepoint);

#endif
