#include "unicode.h"

#include "../tables/casefold.inc"
#include "../tables/unicode.inc"

uint32_t qt_char_lower(uint32_t codepoint)
{
    if (codepoint < 128)
        return codepoint >= 'A' && codepoint <= 'Z' ? codepoint + 32 : codepoint;
    size_t low = 0, high = sizeof unicode_lower / sizeof *unicode_lower;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (unicode_lower[middle].from < codepoint)
            low = middle + 1;
        else
            high = middle;
    }
    if (low < sizeof unicode_lower / sizeof *unicode_lower && unicode_lower[low].from == codepoint)
        return unicode_lower[low].to;
    return codepoint;
}

uint32_t qt_char_fold(uint32_t codepoint, uint32_t out[3])
{
    size_t low = 0, high = sizeof casefolds / sizeof *casefolds, count = high;
    while (codepoint >= 128 && low < high) {
        size_t middle = (low + high) / 2;
        if (casefolds[middle].from < codepoint)
            low = middle + 1;
        else
            high = middle;
    }
    if (codepoint < 128 || low == count || casefolds[low].from != codepoint) {
        out[0] = qt_char_lower(codepoint);
        return 1;
    }
    uint32_t n = 0;
    for (; n < 3 && casefolds[low].to[n]; n++)
        out[n] = casefolds[low].to[n];
    return n;
}

uint32_t qt_char_base(uint32_t codepoint)
{
    uint32_t low = qt_char_lower(codepoint);
    const struct base_range *range = unicode_base;
    for (size_t i = 0; i < sizeof unicode_base / sizeof *unicode_base; i++, range++)
        if (low >= range->from && low < range->to && range->base[low - range->from])
            return (uint8_t)range->base[low - range->from];
    return low;
}
