/* scan.h - where the characters stand that structure the text: one bit per byte and class.
 *
 * In: a qt_text. Out: three bitmaps in the arena, bit i of word w for byte 64 * w + i, set at the
 * first byte of a character of the class. Errors: QUOTH_ERROR_MEMORY. Complexity: linear, one pass.
 *
 *     text      H e   s a i d   " N o . " \n
 *     stops     . . . . . . . . . . . 1 . .
 *     marks     . . . . . . . . 1 . . . 1 .
 *     lines     . . . . . . . . . . . . . 1
 */
#ifndef QT_SCAN_H
#define QT_SCAN_H

#include "text.h"

typedef struct qt_scan {
    const uint64_t *stops; /* . ! ? and the ellipsis, the double and the East Asian full stops */
    const uint64_t *marks; /* quotation marks and apostrophes of all kinds, the back quote */
    const uint64_t *lines; /* line ends: \n \r \v \f, NEL, LINE and PARAGRAPH SEPARATOR */
} qt_scan;

QUOTH_MUST_USE quoth_status qt_scan_text(const qt_text *text, qt_arena *arena, qt_scan *out);

/* Whether the bit of byte at is set. */
bool qt_scan_has(const uint64_t *bits, uint32_t at);

/* The first set bit in [from, end), or end. */
uint32_t qt_scan_next(const uint64_t *bits, uint32_t from, uint32_t end);

#endif
