/* The scan with vectors of 32 bytes. */
#include "scan_kernel.h"

#if defined(QT_SCAN_X86)

#include <immintrin.h>

#define AVX2 __attribute__((target("avx2")))

static inline AVX2 uint64_t bits(__m256i truth)
{
    return (uint64_t)(uint32_t)_mm256_movemask_epi8(truth);
}

/* One question to both halves, as a mask. */
#define EACH(question) (bits(question(low)) | bits(question(high)) << 32)

static inline AVX2 __m256i is(__m256i x, uint8_t byte)
{
    return _mm256_cmpeq_epi8(x, _mm256_set1_epi8((char)byte));
}

static inline AVX2 __m256i either(__m256i x, __m256i y)
{
    return _mm256_or_si256(x, y);
}

/* Signed: 80 is the least byte. */
static inline AVX2 __m256i above(__m256i x, uint8_t byte)
{
    return _mm256_cmpgt_epi8(x, _mm256_set1_epi8((char)byte));
}

static inline AVX2 __m256i below(__m256i x, uint8_t byte)
{
    return _mm256_cmpgt_epi8(_mm256_set1_epi8((char)byte), x);
}

static inline AVX2 __m256i is_stop(__m256i x)
{
    return either(either(is(x, '.'), is(x, '!')), is(x, '?'));
}

static inline AVX2 __m256i is_joint(__m256i x)
{
    return either(is(x, ':'), is(x, '@'));
}

static inline AVX2 __m256i is_sign(__m256i x)
{
    __m256i range = _mm256_and_si256(above(x, '0' - 1), below(x, '>' + 1));
    __m256i closing = either(is(x, ')'), is(x, ']')), line = either(is(x, '-'), is(x, '_'));
    return either(either(range, is(x, '*')), either(closing, line));
}

static inline AVX2 __m256i is_space(__m256i x)
{
    return is(x, ' ');
}

static inline AVX2 __m256i is_lower(__m256i x)
{
    return _mm256_and_si256(above(x, 'a' - 1), below(x, 'z' + 1));
}

static inline AVX2 __m256i is_mark(__m256i x)
{
    return either(either(is(x, '"'), is(x, '\'')), is(x, '`'));
}

static inline AVX2 __m256i is_line(__m256i x)
{
    return _mm256_and_si256(above(x, '\n' - 1), below(x, '\r' + 1));
}

static inline AVX2 __m256i is_high(__m256i x)
{
    return x; /* movemask takes the top bits */
}

static inline AVX2 __m256i is_tail(__m256i x)
{
    return below(x, 0xC0);
}

static inline AVX2 __m256i is_longer(__m256i x)
{
    return _mm256_and_si256(x, above(x, 0xDF));
}

static inline AVX2 __m256i is_four(__m256i x)
{
    return _mm256_and_si256(x, above(x, 0xEF));
}

static inline AVX2 __m256i is_odd(__m256i x)
{
    __m256i two = either(is(x, 0xC0), is(x, 0xC1)), three = either(is(x, 0xE0), is(x, 0xED));
    return either(either(two, three), either(is(x, 0xF0), _mm256_and_si256(x, above(x, 0xF3))));
}

static inline AVX2 __m256i is_lead(__m256i x)
{
    return either(either(is(x, 0xC2), is(x, 0xE2)), either(is(x, 0xE3), is(x, 0xEF)));
}

#define TARGET AVX2
#define LOAD(bytes)                                                                                \
    __m256i low = _mm256_loadu_si256((const __m256i *)(const void *)(bytes));                      \
    __m256i high = _mm256_loadu_si256((const __m256i *)(const void *)((bytes) + 32))
#include "scan_each.h"

static AVX2 size_t narrow16(const uint16_t *units, size_t count, uint8_t *out)
{
    const __m256i not_ascii = _mm256_set1_epi16((short)0xFF80);
    size_t i = 0;
    for (; i + 32 <= count; i += 32) {
        __m256i a = _mm256_loadu_si256((const __m256i *)(const void *)(units + i));
        __m256i b = _mm256_loadu_si256((const __m256i *)(const void *)(units + i + 16));
        if (!_mm256_testz_si256(either(a, b), not_ascii))
            break;
        /* packus works on halves: put them in order. */
        __m256i bytes = _mm256_permute4x64_epi64(_mm256_packus_epi16(a, b), 0xD8);
        _mm256_storeu_si256((__m256i *)(void *)(out + i), bytes);
    }
    return i + qt_scan_sse2.narrow16(units + i, count - i, out + i);
}

static AVX2 size_t narrow32(const uint32_t *units, size_t count, uint8_t *out)
{
    return qt_scan_sse2.narrow32(units, count, out);
}

const qt_scan_kernel qt_scan_avx2 = {"avx2",   mask,     mask_high, mask_lengths,
                                     narrow16, narrow32, NULL};

#endif
