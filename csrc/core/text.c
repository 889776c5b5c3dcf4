#include "text.h"

#include <string.h>

uint32_t qt_text_decode_long(const qt_text *self, uint32_t at, uint32_t *end)
{
    const uint8_t *b = self->bytes + at;
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

uint32_t qt_text_decode_long_before(const qt_text *self, uint32_t end, uint32_t *start)
{
    uint32_t at = end - 1, ignored;
    while ((self->bytes[at] & 0xC0) == 0x80)
        at--;
    *start = at;
    return qt_text_decode_long(self, at, &ignored);
}

uint32_t qt_text_skip_spaces(const qt_text *self, uint32_t at, uint32_t end)
{
    uint32_t next;
    while (at < end && qt_char_class(qt_text_decode(self, at, &next)) & QT_CHAR_SPACE)
        at = next;
    return at;
}

uint32_t qt_text_skip_spaces_back(const qt_text *self, uint32_t start, uint32_t at)
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

bool qt_text_has_all(const qt_text *self, uint32_t at, const char *what)
{
    size_t size = strlen(what);
    return at <= self->size && self->size - at >= size && memcmp(self->bytes + at, what, size) == 0;
}
