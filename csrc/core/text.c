#include "text.h"

#include "status.h"
#include "unicode.h"

#include <string.h>

enum { BLOCK = 64 };

/* Length of the well-formed character at bytes (RFC 3629, table 3-7 of the Unicode Standard), or 0.
 */
static uint32_t character_size(const uint8_t *bytes, size_t left)
{
    uint8_t lead = bytes[0];
    if (lead < 0x80)
        return 1;
    uint32_t size = lead >= 0xC2 && lead <= 0xDF ? 2 : (lead & 0xF0) == 0xE0 ? 3 : 0;
    if (lead >= 0xF0 && lead <= 0xF4)
        size = 4;
    if (!size || size > left)
        return 0;
    for (uint32_t i = 1; i < size; i++)
        if ((bytes[i] & 0xC0) != 0x80)
            return 0;
    uint8_t second = bytes[1];
    if ((lead == 0xE0 && second < 0xA0) || (lead == 0xED && second > 0x9F) ||
        (lead == 0xF0 && second < 0x90) || (lead == 0xF4 && second > 0x8F))
        return 0;
    return size;
}

static size_t ascii_prefix(const uint8_t *bytes, size_t size)
{
    size_t at = 0;
    for (uint64_t word; at + sizeof word <= size; at += sizeof word) {
        memcpy(&word, bytes + at, sizeof word);
        if (word & UINT64_C(0x8080808080808080))
            break;
    }
    while (at < size && bytes[at] < 0x80)
        at++;
    return at;
}

static size_t valid_prefix(const uint8_t *bytes, size_t size)
{
    size_t at = 0;
    while (at < size) {
        at += ascii_prefix(bytes + at, size - at);
        if (at == size)
            break;
        uint32_t length = character_size(bytes + at, size - at);
        if (!length)
            break;
        at += length;
    }
    return at;
}

static uint32_t count_starts(const uint8_t *bytes, uint32_t size)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < size; i++)
        count += (bytes[i] & 0xC0) != 0x80;
    return count;
}

quoth_status qt_text_init(qt_text *self, const char *bytes, size_t size, qt_arena *arena,
                          quoth_error *error)
{
    const uint8_t *b = (const uint8_t *)bytes;
    if (size > QUOTH_TEXT_MAX)
        return qt_fail(error, QUOTH_ERROR_LIMIT, 0, NULL);
    size_t plain = ascii_prefix(b, size);
    *self = (qt_text){.bytes = b, .size = (uint32_t)size, .ascii = plain == size};
    if (self->ascii)
        return QUOTH_OK;
    size_t valid = plain + valid_prefix(b + plain, size - plain);
    if (valid < size)
        return qt_fail(error, QUOTH_ERROR_UTF8, valid, NULL);
    uint32_t blocks = self->size / BLOCK + 1;
    uint32_t *map = qt_arena_alloc(arena, (size_t)blocks * sizeof *map);
    if (!map)
        return qt_fail(error, QUOTH_ERROR_MEMORY, 0, NULL);
    for (uint32_t i = 1; i < blocks; i++)
        map[i] = map[i - 1] + count_starts(b + (size_t)(i - 1) * BLOCK, BLOCK);
    self->codepoints = map;
    return QUOTH_OK;
}

uint32_t qt_text_codepoint(const qt_text *self, uint32_t at)
{
    if (self->ascii)
        return at;
    return self->codepoints[at / BLOCK] +
           count_starts(self->bytes + at / BLOCK * BLOCK, at % BLOCK);
}

uint32_t qt_text_decode(const qt_text *self, uint32_t at, uint32_t *end)
{
    const uint8_t *b = self->bytes + at;
    if (b[0] < 0x80) {
        *end = at + 1;
        return b[0];
    }
    if (b[0] < 0xE0) {
        *end = at + 2;
        return (uint32_t)(b[0] & 0x1F) << 6 | (b[1] & 0x3Fu);
    }
    if (b[0] < 0xF0) {
        *end = at + 3;
        return (uint32_t)(b[0] & 0x0F) << 12 | (b[1] & 0x3Fu) << 6 | (b[2] & 0x3Fu);
    }
    *end = at + 4;
    return (uint32_t)(b[0] & 0x07) << 18 | (b[1] & 0x3Fu) << 12 | (b[2] & 0x3Fu) << 6 |
           (b[3] & 0x3Fu);
}

uint32_t qt_text_decode_before(const qt_text *self, uint32_t end, uint32_t *start)
{
    uint32_t at = end - 1, ignored;
    while ((self->bytes[at] & 0xC0) == 0x80)
        at--;
    *start = at;
    return qt_text_decode(self, at, &ignored);
}

uint8_t qt_text_class(const qt_text *self, uint32_t at)
{
    uint32_t ignored;
    return at < self->size ? qt_char_class(qt_text_decode(self, at, &ignored)) : QT_CHAR_SPACE;
}

uint8_t qt_text_class_before(const qt_text *self, uint32_t end)
{
    uint32_t ignored;
    return end ? qt_char_class(qt_text_decode_before(self, end, &ignored)) : QT_CHAR_SPACE;
}

uint32_t qt_text_skip_space(const qt_text *self, uint32_t at, uint32_t end)
{
    uint32_t next;
    while (at < end && qt_char_class(qt_text_decode(self, at, &next)) & QT_CHAR_SPACE)
        at = next;
    return at;
}

uint32_t qt_text_skip_space_back(const qt_text *self, uint32_t start, uint32_t at)
{
    uint32_t before;
    while (at > start && qt_char_class(qt_text_decode_before(self, at, &before)) & QT_CHAR_SPACE)
        at = before;
    return at;
}

quoth_span qt_text_trim(const qt_text *self, quoth_span span)
{
    span.start = qt_text_skip_space(self, span.start, span.end);
    span.end = qt_text_skip_space_back(self, span.start, span.end);
    return span;
}

bool qt_text_has(const qt_text *self, uint32_t at, const char *what)
{
    size_t size = strlen(what);
    return at <= self->size && self->size - at >= size && memcmp(self->bytes + at, what, size) == 0;
}
