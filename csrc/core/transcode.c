#include "transcode.h"

#include <string.h>

enum {
    GROUP = 64,          /* units that are counted at a time: a fixed number, for vectors */
    COUNTED_FROM = 32768 /* up to that length, room for the most costs less than counting */
};

/* Bytes that the units need beyond one each. Sums of a group fit the type of the unit. */
#define DEFINE_EXTRA(name, unit, of_one)                                                           \
    static size_t name(const unit *units, size_t count)                                            \
    {                                                                                              \
        size_t extra = 0, i = 0;                                                                   \
        for (; i + GROUP <= count; i += GROUP) {                                                   \
            unit sum = 0;                                                                          \
            for (size_t j = 0; j < GROUP; j++)                                                     \
                sum = (unit)(sum + (unit)of_one(units[i + j]));                                    \
            extra += sum;                                                                          \
        }                                                                                          \
        for (; i < count; i++)                                                                     \
            extra += (size_t)of_one(units[i]);                                                     \
        return extra;                                                                              \
    }

#define OF_LATIN1(c) ((c) >= 0x80 ? 1 : 0)
#define OF_UCS2(c) (((c) >= 0x80) + ((c) >= 0x800))
/* What lies beyond Unicode becomes U+FFFD, of three bytes. */
#define OF_UCS4(c) (((c) >= 0x80) + ((c) >= 0x800) + ((c) >= 0x10000 && (c) <= 0x10FFFF))

DEFINE_EXTRA(extra_of_latin1, uint8_t, OF_LATIN1)
DEFINE_EXTRA(extra_of_ucs2, uint16_t, OF_UCS2)
DEFINE_EXTRA(extra_of_ucs4, uint32_t, OF_UCS4)

/* Bytes of the whole input as UTF-8. */
static size_t utf8_size(quoth_input input)
{
    switch (input.encoding) {
    case QUOTH_LATIN1:
        return input.length + extra_of_latin1(input.data, input.length);
    case QUOTH_UCS2:
        return input.length + extra_of_ucs2(input.data, input.length);
    case QUOTH_UCS4:
        return input.length + extra_of_ucs4(input.data, input.length);
    case QUOTH_UTF8:
        break;
    }
    return input.length;
}

size_t qt_utf8_most(quoth_input input)
{
    static const uint8_t bytes_of_unit[] = {
        [QUOTH_UTF8] = 1, [QUOTH_LATIN1] = 2, [QUOTH_UCS2] = 3, [QUOTH_UCS4] = 4};
    return input.length <= COUNTED_FROM ? bytes_of_unit[input.encoding] * input.length
                                        : utf8_size(input);
}

static uint8_t *write_character(uint8_t *out, uint32_t c)
{
    if (c < 0x80) {
        *out++ = (uint8_t)c;
        return out;
    }
    if (c < 0x800) {
        *out++ = (uint8_t)(0xC0 | c >> 6);
        *out++ = (uint8_t)(0x80 | (c & 0x3F));
        return out;
    }
    if ((c >= 0xD800 && c <= 0xDFFF) || c > 0x10FFFF)
        c = 0xFFFD;
    if (c < 0x10000) {
        *out++ = (uint8_t)(0xE0 | c >> 12);
    } else {
        *out++ = (uint8_t)(0xF0 | c >> 18);
        *out++ = (uint8_t)(0x80 | (c >> 12 & 0x3F));
    }
    *out++ = (uint8_t)(0x80 | (c >> 6 & 0x3F));
    *out++ = (uint8_t)(0x80 | (c & 0x3F));
    return out;
}

static size_t write_latin1(const uint8_t *units, size_t count, uint8_t *out)
{
    uint8_t *to = out;
    for (size_t i = 0; i < count;) {
        uint64_t eight;
        while (i + sizeof eight <= count) {
            memcpy(&eight, units + i, sizeof eight);
            if (eight & UINT64_C(0x8080808080808080))
                break;
            memcpy(to, &eight, sizeof eight);
            i += sizeof eight;
            to += sizeof eight;
        }
        for (size_t left = sizeof eight; i < count && left--; i++)
            to = write_character(to, units[i]);
    }
    return (size_t)(to - out);
}

static size_t write_ucs2(const qt_scan_kernel *kernel, const uint16_t *units, size_t count,
                         uint8_t *out)
{
    uint8_t *to = out;
    size_t written = 0, i = kernel->encode16 ? kernel->encode16(units, count, out, &written) : 0;
    to += written;
    while (i < count) {
        size_t plain = units[i] < 0x80 ? kernel->narrow16(units + i, count - i, to) : 0;
        i += plain;
        to += plain;
        for (; i < count && units[i] >= 0x80; i++)
            to = write_character(to, units[i]);
    }
    return (size_t)(to - out);
}

static size_t write_ucs4(const qt_scan_kernel *kernel, const uint32_t *units, size_t count,
                         uint8_t *out)
{
    uint8_t *to = out;
    for (size_t i = 0; i < count;) {
        size_t plain = units[i] < 0x80 ? kernel->narrow32(units + i, count - i, to) : 0;
        i += plain;
        to += plain;
        for (; i < count && units[i] >= 0x80; i++)
            to = write_character(to, units[i]);
    }
    return (size_t)(to - out);
}

size_t qt_transcode(const qt_scan_kernel *kernel, quoth_input input, size_t from, size_t count,
                    uint8_t *out)
{
    switch (input.encoding) {
    case QUOTH_LATIN1:
        return write_latin1((const uint8_t *)input.data + from, count, out);
    case QUOTH_UCS2:
        return write_ucs2(kernel, (const uint16_t *)input.data + from, count, out);
    case QUOTH_UCS4:
        return write_ucs4(kernel, (const uint32_t *)input.data + from, count, out);
    case QUOTH_UTF8:
        break;
    }
    return 0;
}
