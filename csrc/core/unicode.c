#include "unicode.h"

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
