/* The scan on machines without vectors that we know: byte by byte, and what the others must equal. */
#include "scan_kernel.h"

const uint8_t qt_byte_class[256] = {
    ['\n'] = QT_BYTE_LINE,
    ['\v'] = QT_BYTE_LINE,
    ['\f'] = QT_BYTE_LINE,
    ['\r'] = QT_BYTE_LINE,
    [' '] = QT_BYTE_SPACE,
    ['!'] = QT_BYTE_STOP,
    ['"'] = QT_BYTE_MARK,
    ['\''] = QT_BYTE_MARK,
    [')'] = QT_BYTE_SIGN,
    ['*'] = QT_BYTE_SIGN,
    ['-'] = QT_BYTE_SIGN,
    ['.'] = QT_BYTE_STOP,
    ['0'] = QT_BYTE_SIGN,
    ['1'] = QT_BYTE_SIGN,
    ['2'] = QT_BYTE_SIGN,
    ['3'] = QT_BYTE_SIGN,
    ['4'] = QT_BYTE_SIGN,
    ['5'] = QT_BYTE_SIGN,
    ['6'] = QT_BYTE_SIGN,
    ['7'] = QT_BYTE_SIGN,
    ['8'] = QT_BYTE_SIGN,
    ['9'] = QT_BYTE_SIGN,
    [':'] = QT_BYTE_JOINT | QT_BYTE_SIGN,
    [';'] = QT_BYTE_SIGN,
    ['<'] = QT_BYTE_SIGN,
    ['='] = QT_BYTE_SIGN,
    ['>'] = QT_BYTE_SIGN,
    ['?'] = QT_BYTE_STOP,
    ['@'] = QT_BYTE_JOINT,
    [']'] = QT_BYTE_SIGN,
    ['_'] = QT_BYTE_SIGN,
    ['`'] = QT_BYTE_MARK,
    ['a'] = QT_BYTE_LOWER,
    ['b'] = QT_BYTE_LOWER,
    ['c'] = QT_BYTE_LOWER,
    ['d'] = QT_BYTE_LOWER,
    ['e'] = QT_BYTE_LOWER,
    ['f'] = QT_BYTE_LOWER,
    ['g'] = QT_BYTE_LOWER,
    ['h'] = QT_BYTE_LOWER,
    ['i'] = QT_BYTE_LOWER,
    ['j'] = QT_BYTE_LOWER,
    ['k'] = QT_BYTE_LOWER,
    ['l'] = QT_BYTE_LOWER,
    ['m'] = QT_BYTE_LOWER,
    ['n'] = QT_BYTE_LOWER,
    ['o'] = QT_BYTE_LOWER,
    ['p'] = QT_BYTE_LOWER,
    ['q'] = QT_BYTE_LOWER,
    ['r'] = QT_BYTE_LOWER,
    ['s'] = QT_BYTE_LOWER,
    ['t'] = QT_BYTE_LOWER,
    ['u'] = QT_BYTE_LOWER,
    ['v'] = QT_BYTE_LOWER,
    ['w'] = QT_BYTE_LOWER,
    ['x'] = QT_BYTE_LOWER,
    ['y'] = QT_BYTE_LOWER,
    ['z'] = QT_BYTE_LOWER,
    [0xC0] = QT_BYTE_ODD,
    [0xC1] = QT_BYTE_ODD,
    [0xC2] = QT_BYTE_LEAD,
    [0xE0] = QT_BYTE_ODD,
    [0xE2] = QT_BYTE_LEAD,
    [0xE3] = QT_BYTE_LEAD,
    [0xED] = QT_BYTE_ODD,
    [0xEF] = QT_BYTE_LEAD,
    [0xF0] = QT_BYTE_ODD,
    [0xF4] = QT_BYTE_ODD,
    [0xF5] = QT_BYTE_ODD,
    [0xF6] = QT_BYTE_ODD,
    [0xF7] = QT_BYTE_ODD,
    [0xF8] = QT_BYTE_ODD,
    [0xF9] = QT_BYTE_ODD,
    [0xFA] = QT_BYTE_ODD,
    [0xFB] = QT_BYTE_ODD,
    [0xFC] = QT_BYTE_ODD,
    [0xFD] = QT_BYTE_ODD,
    [0xFE] = QT_BYTE_ODD,
    [0xFF] = QT_BYTE_ODD,
};

static uint64_t mask(const uint8_t *bytes, size_t blocks, qt_bitmaps out)
{
    uint64_t all = 0;
    for (size_t block = 0; block < blocks; block++, bytes += QT_BLOCK) {
        uint64_t high = 0, of[7] = {0};
        for (unsigned i = 0; i < QT_BLOCK; i++) {
            uint8_t class = bytes[i] < 0x80 ? qt_byte_class[bytes[i]] : 0;
            high |= (uint64_t)(bytes[i] >> 7) << i;
            for (unsigned k = 0; class; k++, class >>= 1)
                of[k] |= (uint64_t)(class & 1) << i;
        }
        out.stops[block] = of[0];
        out.marks[block] = of[2];
        out.lines[block] = of[3];
        out.breaks[block] = qt_breaks(of[1], of[4], of[5], of[6]);
        out.high[block] = high;
        all |= high;
    }
    return all;
}

static qt_high_masks mask_high(const uint8_t *block)
{
    qt_high_masks out = {0, 0};
    for (unsigned i = 0; i < QT_BLOCK; i++) {
        uint8_t byte = block[i];
        out.tails |= (uint64_t)(byte >= 0x80 && byte < 0xC0) << i;
        out.leads |= (uint64_t)(byte >= 0x80 && qt_byte_class[byte] & QT_BYTE_LEAD) << i;
    }
    return out;
}

static qt_length_masks mask_lengths(const uint8_t *block)
{
    qt_length_masks out = {0, 0, 0};
    for (unsigned i = 0; i < QT_BLOCK; i++) {
        uint8_t byte = block[i];
        out.longer |= (uint64_t)(byte >= 0xE0) << i;
        out.four |= (uint64_t)(byte >= 0xF0) << i;
        out.odd |= (uint64_t)(byte >= 0x80 && qt_byte_class[byte] & QT_BYTE_ODD) << i;
    }
    return out;
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

const qt_scan_kernel qt_scan_scalar = {"scalar", mask,     mask_high, mask_lengths,
                                       narrow16, narrow32, NULL};
