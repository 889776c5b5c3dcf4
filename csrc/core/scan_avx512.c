/* The scan with vectors of 64 bytes, whose comparisons give masks at once. */
#include "scan_kernel.h"

#if defined(QT_SCAN_X86)

#include <immintrin.h>

#define AVX512 __attribute__((target("avx512f,avx512bw,avx512vl")))

static inline AVX512 uint64_t is(__m512i x, uint8_t byte)
{
    return _mm512_cmpeq_epi8_mask(x, _mm512_set1_epi8((char)byte));
}

static inline AVX512 uint64_t from(__m512i x, uint8_t byte)
{
    return _mm512_cmpge_epu8_mask(x, _mm512_set1_epi8((char)byte));
}

static inline AVX512 uint64_t within(__m512i x, uint8_t first, uint8_t last)
{
    return _mm512_cmple_epu8_mask(_mm512_sub_epi8(x, _mm512_set1_epi8((char)first)),
                                  _mm512_set1_epi8((char)(last - first)));
}

static AVX512 void mask(const uint8_t *bytes, size_t blocks, qt_block_masks *out)
{
    for (; blocks--; bytes += QT_BLOCK, out++) {
        __m512i x = _mm512_loadu_si512((const void *)bytes);
        out->stops = is(x, '.') | is(x, '!') | is(x, '?');
        out->joints = is(x, ':') | is(x, '@');
        out->signs =
            within(x, '0', '>') | is(x, ')') | is(x, ']') | is(x, '*') | is(x, '-') | is(x, '_');
        out->spaces = is(x, ' ');
        out->lowers = within(x, 'a', 'z');
        out->marks = is(x, '"') | is(x, '\'') | is(x, '`');
        out->lines = within(x, '\n', '\r');
        out->high = _mm512_movepi8_mask(x);
        if (out->high) {
            out->tails = out->high & ~from(x, 0xC0);
            out->longer = from(x, 0xE0);
            out->four = from(x, 0xF0);
            out->odd =
                is(x, 0xC0) | is(x, 0xC1) | is(x, 0xE0) | is(x, 0xED) | is(x, 0xF0) | from(x, 0xF4);
            out->leads = is(x, 0xC2) | is(x, 0xE2) | is(x, 0xE3) | is(x, 0xEF);
        }
    }
}

static AVX512 size_t narrow16(const uint16_t *units, size_t count, uint8_t *out)
{
    const __m512i not_ascii = _mm512_set1_epi16((short)0xFF80);
    size_t i = 0;
    for (; i + 32 <= count; i += 32) {
        __m512i x = _mm512_loadu_si512((const void *)(units + i));
        _mm256_storeu_si256((__m256i *)(void *)(out + i), _mm512_cvtepi16_epi8(x));
        uint32_t others = _mm512_test_epi16_mask(x, not_ascii);
        if (others)
            return i + (size_t)__builtin_ctz(others);
    }
    return i + qt_scan_sse2.narrow16(units + i, count - i, out + i);
}

static AVX512 size_t narrow32(const uint32_t *units, size_t count, uint8_t *out)
{
    const __m512i not_ascii = _mm512_set1_epi32((int)0xFFFFFF80);
    size_t i = 0;
    for (; i + 16 <= count; i += 16) {
        __m512i x = _mm512_loadu_si512((const void *)(units + i));
        _mm_storeu_si128((__m128i *)(void *)(out + i), _mm512_cvtepi32_epi8(x));
        uint32_t others = _mm512_test_epi32_mask(x, not_ascii);
        if (others)
            return i + (size_t)__builtin_ctz(others);
    }
    return i + qt_scan_sse2.narrow32(units + i, count - i, out + i);
}

const qt_scan_kernel qt_scan_avx512 = {"avx512", mask, narrow16, narrow32};

#endif
