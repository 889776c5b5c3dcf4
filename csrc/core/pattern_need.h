/* pattern_need.h - what any match of a pattern has to contain, and which stretches of a text have it.
 *
 * In: the source of a pattern that PCRE2 took; a text. Out: letters that stand in each match one
 * after the other, signs, and whether there is a digit; and for a stretch of text whether it may have
 * them all: it may be said of one that has not, but never is a stretch that has them refused. So most
 * patterns need not be tried on most paragraphs. Ownership: a digest lies in the arena given. Errors:
 * QUOTH_ERROR_MEMORY. Complexity: linear in the source and in the text, twice the size of which a
 * digest has; a question costs the length of the stretch, 256 bytes at a time.
 *
 * The letters are compared by groups of three, hashed into a bitmap for each block of text (Bloom,
 * "Space/Time Trade-offs in Hash Coding with Allowable Errors", 1970).
 */
#ifndef QT_PATTERN_NEED_H
#define QT_PATTERN_NEED_H

#include "arena.h"
#include "text.h"

enum { QT_NEED_TRIPLES = 12, QT_NEED_SIGNS = 4 };

typedef struct qt_need {
    uint16_t triples[QT_NEED_TRIPLES]; /* hashes of three bytes in a row */
    uint8_t signs[QT_NEED_SIGNS];      /* bytes */
    uint8_t triple_count, sign_count;
    bool digit;
} qt_need;

/* Where the source has something that is not understood here, nothing is needed. */
qt_need qt_need_of(quoth_string source, bool ignore_case);

typedef struct qt_digest qt_digest;

/* Of a whole text; NULL when there is no memory. */
QUOTH_MUST_USE qt_digest *qt_digest_new(const qt_text *text, qt_arena *arena);
/* Whether a stretch that is not empty may have what is needed. */
bool qt_digest_may_have(const qt_digest *self, quoth_span span, const qt_need *need);

#endif
