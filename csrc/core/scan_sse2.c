/* The scan with the vectors of 16 bytes that every x86-64 has. */
#include "scan_kernel.h"

#if defined(QT_SCAN_X86)

#include <emmintrin.h>

typedef struct block_of {
    __m128i part[4];
} block_of;

static inline block_of load(const uint8_t *bytes)
{
    block_of out;
    for (int i = 0; i < 4; i++)
        out.part[i] = _mm_loadu_si128((const __m128i *)(const void *)(bytes + 16 * i));
    return out;
}

static inline uint64_t join(uint64_t a, uint64_t b, uint64_t c, uint64_t d)
{
    return a | b << 16 | c << 32 | d << 48;
}

static inline uint64_t bits(__m128i truth)
{
    return (uint64_t)(uint32_t)_mm_movemask_epi8(truth);
}

/* One expression of each of the four parts, x, as a mask. */
#define EACH(expression)                                                                           \
    join(bits(expression(b->part[0])), bits(expression(b->part[1])), bits(expression(b->part[2])), \
         bits(expression(b->part[3])))

static inline __m128i is(__m128i x, uint8_t byte)
{
    return _mm_cmpeq_epi8(x, _mm_set1_epi8((char)byte));
}

static inline __m128i either(__m128i x, __m128i y)
{
    return _mm_or_si128(x, y);
}

/* Signed: 80 is the least byte. */
static inline __m128i above(__m128i x, uint8_t byte)
{
    return _mm_cmpgt_epi8(x, _mm_set1_epi8((char)byte));
}

static inline __m128i below(__m128i x, uint8_t byte)
{
    return _mm_cmplt_epi8(x, _mm_set1_epi8((char)byte));
}

static inline __m128i is_stop(__m128i x)
{
    return either(either(is(x, '.'), is(x, '!')), is(x, '?'));
}

static inline __m128i is_joint(__m128i x)
{
    return either(is(x, ':'), is(x, '@'));
}

static inline __m128i is_sign(__m128i x)
{
    __m128i range = _mm_and_si128(above(x, '0' - 1), below(x, '>' + 1));
    __m128i closing = either(is(x, ')'), is(x, ']')), line = either(is(x, '-'), is(x, '_'));
    return either(either(range, is(x, '*')), either(closing, line));
}

static inline __m128i is_space(__m128i x)
{
    return is(x, ' ');
}

static inline __m128i is_lower(__m128i x)
{
    return _mm_and_si128(above(x, 'a' - 1), below(x, 'z' + 1));
}

static inline __m128i is_mark(__m128i x)
{
    return either(either(is(x, '"'), is(x, '\'')), is(x, '`'));
}

static inline __m128i is_line(__m128i x)
{
    return _mm_and_si128(above(x, '\n' - 1), below(x, '\r' + 1));
}

static inline __m128i is_high(__m128i x)
{
    return x; /* movemask takes the top bits */
}

static inline __m128i is_tail(__m128i x)
{
    return below(x, 0xC0);
}

static inline __m128i is_longer(__m128i x)
{
    return _mm_and_si128(x, above(x, 0xDF));
}

static inline __m128i is_four(__m128i x)
{
    return _mm_and_si128(x, above(x, 0xEF));
}

static inline __m128i is_odd(__m128i x)
{
    __m128i two = either(is(x, 0xC0), is(x, 0xC1)), three = either(is(x, 0xE0), is(x, 0xED));
    return either(either(two, three), either(is(x, 0xF0), _mm_and_si128(x, above(x, 0xF3))));
}

static inline __m128i is_lead(__m128i x)
{
    return either(either(is(x, 0xC2), is(x, 0xE2)), either(is(x, 0xE3), is(x, 0xEF)));
}

#define TARGET
#define LOAD(bytes) block_of loaded = load(bytes), *b = &loaded
#include "scan_each.h"

static size_t narrow16(const uint16_t *units, size_t count, uint8_t *out)
{
    const __m128i not_ascii = _mm_set1_epi16((short)0xFF80), zero = _mm_setzero_si128();
    size_t i = 0;
    for (; i + 16 <= count; i += 16) {
        __m128i a = _mm_loadu_si128((const __m128i *)(const void *)(units + i));
        __m128i b = _mm_loadu_si128((const __m128i *)(const void *)(units + i + 8));
        __m128i low = _mm_cmpeq_epi16(_mm_and_si128(a, not_ascii), zero);
        __m128i high = _mm_cmpeq_epi16(_mm_and_si128(b, not_ascii), zero);
        _mm_storeu_si128((__m128i *)(void *)(out + i), _mm_packus_epi16(a, b));
        uint32_t plain = (uint32_t)_mm_movemask_epi8(_mm_packs_epi16(low, high));
        if (plain != 0xFFFF)
            return i + (size_t)__builtin_ctz(~plain);
    }
    return i + qt_scan_scalar.narrow16(units + i, count - i, out + i);
}

static size_t narrow32(const uint32_t *units, size_t count, uint8_t *out)
{
    const __m128i not_ascii = _mm_set1_epi32((int)0xFFFFFF80), zero = _mm_setzero_si128();
    size_t i = 0;
    for (; i + 8 <= count; i += 8) {
        __m128i a = _mm_loadu_si128((const __m128i *)(const void *)(units + i));
        __m128i b = _mm_loadu_si128((const __m128i *)(const void *)(units + i + 4));
        __m128i low = _mm_cmpeq_epi32(_mm_and_si128(a, not_ascii), zero);
        __m128i high = _mm_cmpeq_epi32(_mm_and_si128(b, not_ascii), zero);
        __m128i bytes = _mm_packus_epi16(_mm_packs_epi32(a, b), zero);
        _mm_storel_epi64((__m128i *)(void *)(out + i), bytes);
        uint32_t plain = (uint32_t)_mm_movemask_epi8(_mm_packs_epi32(low, high));
        if (plain != 0xFFFF)
            return i + (size_t)__builtin_ctz(~plain) / 2;
    }
    return i + qt_scan_scalar.narrow32(units + i, count - i, out + i);
}

const qt_scan_kernel qt_scan_sse2 = {"sse2",   mask,     mask_high, mask_lengths,
                                     narrow16, narrow32, NULL};

#endif
