/* text.h - the UTF-8 text of one article, with its map from bytes to code points.
 *
 * What scan.h makes: bytes that are known to be UTF-8, which the caller or the document's arena
 * keeps, and the map in the arena (12 bytes per 64, none for ASCII). Cannot fail. Constant time per
 * question, beside the white space that is passed over.
 */
#ifndef QT_TEXT_H
#define QT_TEXT_H

#include "arena.h"
#include "unicode.h"

typedef struct qt_text {
    const uint8_t *bytes;
    uint32_t size;
    bool ascii;
    const uint64_t *starts;     /* bit i of [w]: byte 64 * w + i starts a character */
    const uint32_t *codepoints; /* [w]: code points that start before byte 64 * w */
} qt_text;

/* How many bits are set, by the parallel sums of Knuth, TAOCP 4A, 7.1.3: not every x86-64 has an
 * instruction for it. */
static inline uint32_t qt_count_bits(uint64_t x)
{
    x -= x >> 1 & UINT64_C(0x5555555555555555);
    x = (x & UINT64_C(0x3333333333333333)) + (x >> 2 & UINT64_C(0x3333333333333333));
    x = (x + (x >> 4)) & UINT64_C(0x0F0F0F0F0F0F0F0F);
    return (uint32_t)(x * UINT64_C(0x0101010101010101) >> 56);
}

/* Code points before byte offset at, which lies between characters, at <= size. */
static inline uint32_t qt_text_codepoint(const qt_text *self, uint32_t at)
{
    if (self->ascii)
        return at;
    uint64_t before = (UINT64_C(1) << (at & 63)) - 1;
    return self->codepoints[at / 64] + qt_count_bits(self->starts[at / 64] & before);
}

/* What the functions below do where a character is not ASCII. */
uint32_t qt_text_decode_long(const qt_text *self, uint32_t at, uint32_t *end);
uint32_t qt_text_decode_long_before(const qt_text *self, uint32_t end, uint32_t *start);

/* The code point at byte offset at < size; *end is the offset after it. */
static inline uint32_t qt_text_decode(const qt_text *self, uint32_t at, uint32_t *end)
{
    uint8_t byte = self->bytes[at];
    *end = at + 1;
    return byte < 0x80 ? byte : qt_text_decode_long(self, at, end);
}

/* The code point that ends at byte offset end > 0; *start is where it starts. */
static inline uint32_t qt_text_decode_before(const qt_text *self, uint32_t end, uint32_t *start)
{
    uint8_t byte = self->bytes[end - 1];
    *start = end - 1;
    return byte < 0x80 ? byte : qt_text_decode_long_before(self, end, start);
}

/* Class flags (unicode.h) of the character at, or ending at, an offset; QT_CHAR_SPACE outside. */
static inline uint8_t qt_text_class(const qt_text *self, uint32_t at)
{
    uint32_t ignored;
    return at < self->size ? qt_char_class(qt_text_decode(self, at, &ignored)) : QT_CHAR_SPACE;
}

static inline uint8_t qt_text_class_before(const qt_text *self, uint32_t end)
{
    uint32_t ignored;
    return end ? qt_char_class(qt_text_decode_before(self, end, &ignored)) : QT_CHAR_SPACE;
}

/* What the two functions below do where the first byte does not tell. */
uint32_t qt_text_skip_spaces(const qt_text *self, uint32_t at, uint32_t end);
uint32_t qt_text_skip_spaces_back(const qt_text *self, uint32_t start, uint32_t at);

/* First offset in [at, end) that is not white space, or end; and the mirror image. */
static inline uint32_t qt_text_skip_space(const qt_text *self, uint32_t at, uint32_t end)
{
    bool plain = at < end && self->bytes[at] > ' ' && self->bytes[at] < 0x7F;
    return plain || at >= end ? at : qt_text_skip_spaces(self, at, end);
}

static inline uint32_t qt_text_skip_space_back(const qt_text *self, uint32_t start, uint32_t at)
{
    bool plain = at > start && self->bytes[at - 1] > ' ' && self->bytes[at - 1] < 0x7F;
    return plain || at <= start ? at : qt_text_skip_spaces_back(self, start, at);
}

/* span without white space at either end. */
quoth_span qt_text_trim(const qt_text *self, quoth_span span);

bool qt_text_has_all(const qt_text *self, uint32_t at, const char *what);

/* Whether the bytes at offset at are those of the ASCII or UTF-8 string what, which is not empty.
 */
static inline bool qt_text_has(const qt_text *self, uint32_t at, const char *what)
{
    return at < self->size && self->bytes[at] == (uint8_t)*what && qt_text_has_all(self, at, what);
}

#endif
