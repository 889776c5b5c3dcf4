/* span_bits.h - a set of bytes of a text as a bitmap, asked about and filled by spans.
 *
 * In: a bitmap of size / 64 + 1 words, and spans that are not empty. Cannot fail. Complexity: the
 * length of the span, 64 bytes at a time.
 */
#ifndef QT_SPAN_BITS_H
#define QT_SPAN_BITS_H

#include "quoth.h"

/* The bits of word number at of a bitmap that a span covers. */
static inline uint64_t qt_bits_of(quoth_span span, uint32_t at)
{
    uint64_t bits = UINT64_MAX;
    if (at == span.start / 64)
        bits &= UINT64_MAX << (span.start & 63);
    if (at == (span.end - 1) / 64)
        bits &= UINT64_MAX >> (63 - ((span.end - 1) & 63));
    return bits;
}

static inline void qt_bits_add(uint64_t *bits, quoth_span span)
{
    for (uint32_t w = span.start / 64; w <= (span.end - 1) / 64; w++)
        bits[w] |= qt_bits_of(span, w);
}

static inline bool qt_bits_has_any(const uint64_t *bits, quoth_span span)
{
    uint64_t met = 0;
    for (uint32_t w = span.start / 64; w <= (span.end - 1) / 64; w++)
        met |= bits[w] & qt_bits_of(span, w);
    return met != 0;
}

static inline bool qt_bits_has_all(const uint64_t *bits, quoth_span span)
{
    uint64_t missing = 0;
    for (uint32_t w = span.start / 64; w <= (span.end - 1) / 64; w++)
        missing |= ~bits[w] & qt_bits_of(span, w);
    return missing == 0;
}

#endif
