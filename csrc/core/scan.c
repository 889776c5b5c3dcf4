#include "scan.h"

enum { STOP = 1, MARK = 2, LINE = 4, LEAD = 8 };

/* Class of a byte; LEAD: the first byte of a character that has to be looked at whole. */
static const uint8_t byte_class[256] = {
    ['.'] = STOP,  ['!'] = STOP,  ['?'] = STOP,  ['"'] = MARK,  ['\''] = MARK,
    ['`'] = MARK,  ['\n'] = LINE, ['\r'] = LINE, ['\v'] = LINE, ['\f'] = LINE,
    [0xC2] = LEAD, [0xE2] = LEAD, [0xE3] = LEAD, [0xEF] = LEAD,
};

static uint8_t character_class(uint32_t codepoint)
{
    switch (codepoint) {
    case 0x85:
    case 0x2028:
    case 0x2029:
        return LINE;
    case 0xAB:
    case 0xBB:
    case 0xB4:
    case 0x2018:
    case 0x2019:
    case 0x201A:
    case 0x201B:
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0x201F:
    case 0x2039:
    case 0x203A:
    case 0x300C:
    case 0x300D:
    case 0x300E:
    case 0x300F:
        return MARK;
    case 0x2026:
    case 0x203C:
    case 0x203D:
    case 0x2047:
    case 0x2048:
    case 0x2049:
    case 0x3002:
    case 0xFF01:
    case 0xFF0E:
    case 0xFF1F:
        return STOP;
    default:
        return 0;
    }
}

quoth_status qt_scan_text(const qt_text *text, qt_arena *arena, qt_scan *out)
{
    size_t words = (size_t)text->size / 64 + 1;
    uint64_t *bits = qt_arena_alloc(arena, 3 * words * sizeof *bits);
    if (!bits)
        return QUOTH_ERROR_MEMORY;
    uint64_t *stops = bits, *marks = bits + words, *lines = bits + 2 * words;
    for (uint32_t at = 0; at < text->size; at++) {
        uint8_t class = byte_class[text->bytes[at]];
        if (!class)
            continue;
        if (class == LEAD) {
            uint32_t ignored;
            class = character_class(qt_text_decode(text, at, &ignored));
        }
        uint64_t bit = UINT64_C(1) << (at & 63);
        stops[at / 64] |= class & STOP ? bit : 0;
        marks[at / 64] |= class & MARK ? bit : 0;
        lines[at / 64] |= class & LINE ? bit : 0;
    }
    *out = (qt_scan){stops, marks, lines};
    return QUOTH_OK;
}

bool qt_scan_has(const uint64_t *bits, uint32_t at)
{
    return bits[at / 64] >> (at & 63) & 1;
}

uint32_t qt_scan_next(const uint64_t *bits, uint32_t from, uint32_t end)
{
    if (from >= end)
        return end;
    uint32_t word = from / 64, last = (end - 1) / 64;
    uint64_t left = bits[word] & (~UINT64_C(0) << (from & 63));
    while (!left) {
        if (word == last)
            return end;
        left = bits[++word];
    }
    uint32_t at = word * 64 + (uint32_t)__builtin_ctzll(left);
    return at < end ? at : end;
}
