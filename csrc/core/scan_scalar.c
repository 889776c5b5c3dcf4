/* The scan on machines without vectors that we know: byte by byte, and what the others must equal. */
#include "scan_kernel.h"

enum { STOP = 1, JOINT = 2, MARK = 4, LINE = 8, SIGN = 16, ODD = 32, LEAD = 64 };

static const uint8_t byte_class[256] = {
    ['\n'] = LINE, ['\v'] = LINE, ['\f'] = LINE, ['\r'] = LINE,        ['!'] = STOP, ['"'] = MARK,
    ['\''] = MARK, [')'] = SIGN,  ['*'] = SIGN,  ['-'] = SIGN,         ['.'] = STOP, ['0'] = SIGN,
    ['1'] = SIGN,  ['2'] = SIGN,  ['3'] = SIGN,  ['4'] = SIGN,         ['5'] = SIGN, ['6'] = SIGN,
    ['7'] = SIGN,  ['8'] = SIGN,  ['9'] = SIGN,  [':'] = JOINT | SIGN, [';'] = SIGN, ['<'] = SIGN,
    ['='] = SIGN,  ['>'] = SIGN,  ['?'] = STOP,  ['@'] = JOINT,        [']'] = SIGN, ['_'] = SIGN,
    ['`'] = MARK,  [0xC0] = ODD,  [0xC1] = ODD,  [0xC2] = LEAD,        [0xE0] = ODD, [0xE2] = LEAD,
    [0xE3] = LEAD, [0xED] = ODD,  [0xEF] = LEAD, [0xF0] = ODD,         [0xF4] = ODD, [0xF5] = ODD,
    [0xF6] = ODD,  [0xF7] = ODD,  [0xF8] = ODD,  [0xF9] = ODD,         [0xFA] = ODD, [0xFB] = ODD,
    [0xFC] = ODD,  [0xFD] = ODD,  [0xFE] = ODD,  [0xFF] = ODD,
};

static void mask(const uint8_t *bytes, size_t blocks, qt_block_masks *out)
{
    for (; blocks--; bytes += QT_BLOCK, out++) {
        *out = (qt_block_masks){0};
        for (int i = 0; i < QT_BLOCK; i++) {
            uint64_t bit = UINT64_C(1) << i;
            uint8_t byte = bytes[i], class = byte_class[byte];
            if (byte >= 0x80) {
                out->high |= bit;
                out->tails |= byte < 0xC0 ? bit : 0;
                out->longer |= byte >= 0xE0 ? bit : 0;
                out->four |= byte >= 0xF0 ? bit : 0;
            }
            out->lowers |= byte >= 'a' && byte <= 'z' ? bit : 0;
            out->spaces |= byte == ' ' ? bit : 0;
            if (class) {
                out->stops |= class & STOP ? bit : 0;
                out->joints |= class & JOINT ? bit : 0;
                out->signs |= class & SIGN ? bit : 0;
                out->marks |= class & MARK ? bit : 0;
                out->lines |= class & LINE ? bit : 0;
                out->odd |= class & ODD ? bit : 0;
                out->leads |= class & LEAD ? bit : 0;
            }
        }
    }
}

static size_t narrow16(const uint16_t *units, size_t count, uint8_t *out)
{
    size_t i = 0;
    for (; i < count && units[i] < 0x80; i++)
        out[i] = (uint8_t)units[i];
    return i;
}

static size_t narrow32(const uint32_t *units, size_t count, uint8_t *out)
{
    size_t i = 0;
    for (; i < count && units[i] < 0x80; i++)
        out[i] = (uint8_t)units[i];
    return i;
}

const qt_scan_kernel qt_scan_scalar = {"scalar", mask, narrow16, narrow32};
