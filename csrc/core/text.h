/* text.h - the UTF-8 text of one article, checked, with its map from bytes to code points.
 *
 * In: bytes, which the caller keeps alive and unchanged. Out: a qt_text that borrows them; its map
 * lies in the arena (one uint32_t per 64 bytes, none for ASCII). Errors: QUOTH_ERROR_UTF8 with the
 * position of the first byte that is not UTF-8 (RFC 3629), QUOTH_ERROR_LIMIT, QUOTH_ERROR_MEMORY.
 * Complexity: linear once; then constant per question.
 */
#ifndef QT_TEXT_H
#define QT_TEXT_H

#include "arena.h"

typedef struct qt_text {
    const uint8_t *bytes;
    uint32_t size;
    bool ascii;
    const uint32_t *codepoints; /* [i]: code points that start before byte 64 * i; NULL if ascii */
} qt_text;

QUOTH_MUST_USE quoth_status qt_text_init(qt_text *self, const char *bytes, size_t size,
                                         qt_arena *arena, quoth_error *error);

/* Code points before byte offset at, which lies between characters, at <= size. */
uint32_t qt_text_codepoint(const qt_text *self, uint32_t at);

/* The code point at byte offset at < size; *end is the offset after it. */
uint32_t qt_text_decode(const qt_text *self, uint32_t at, uint32_t *end);
/* The code point that ends at byte offset end > 0; *start is where it starts. */
uint32_t qt_text_decode_before(const qt_text *self, uint32_t end, uint32_t *start);

/* Class flags (unicode.h) of the character at, or ending at, an offset; QT_CHAR_SPACE outside. */
uint8_t qt_text_class(const qt_text *self, uint32_t at);
uint8_t qt_text_class_before(const qt_text *self, uint32_t end);

/* First offset in [at, end) that is not white space, or end; and the mirror image. */
uint32_t qt_text_skip_space(const qt_text *self, uint32_t at, uint32_t end);
uint32_t qt_text_skip_space_back(const qt_text *self, uint32_t start, uint32_t at);
/* span without white space at either end. */
quoth_span qt_text_trim(const qt_text *self, quoth_span span);

/* Whether the bytes at offset at are those of the ASCII or UTF-8 string what. */
bool qt_text_has(const qt_text *self, uint32_t at, const char *what);

#endif
