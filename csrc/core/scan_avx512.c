/* The scan with vectors of 64 bytes: one look-up gives the classes of 64 bytes (VBMI and VBMI2: Ice
 * Lake, Zen 4 and later), and comparisons give masks at once. */
#include "scan_kernel.h"

#if defined(QT_SCAN_X86)

#include <immintrin.h>

#define AVX512 __attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi,avx512vbmi2,popcnt")))

static inline AVX512 uint64_t is(__m512i x, uint8_t byte)
{
    return _mm512_cmpeq_epi8_mask(x, _mm512_set1_epi8((char)byte));
}

static inline AVX512 uint64_t from(__m512i x, uint8_t byte)
{
    return _mm512_cmpge_epu8_mask(x, _mm512_set1_epi8((char)byte));
}

static inline AVX512 uint64_t has(__m512i classes, uint8_t class)
{
    return _mm512_test_epi8_mask(classes, _mm512_set1_epi8((char)class));
}

static AVX512 uint64_t mask(const uint8_t *bytes, size_t blocks, qt_bitmaps out)
{
    const __m512i first = _mm512_loadu_si512((const void *)qt_byte_class);
    const __m512i second = _mm512_loadu_si512((const void *)(qt_byte_class + 64));
    uint64_t all = 0;
    for (size_t block = 0; block < blocks; block++, bytes += QT_BLOCK) {
        __m512i x = _mm512_loadu_si512((const void *)bytes);
        uint64_t high = _mm512_movepi8_mask(x);
        __m512i classes = _mm512_maskz_permutex2var_epi8(~high, first, x, second);
        out.stops[block] = has(classes, QT_BYTE_STOP);
        out.marks[block] = has(classes, QT_BYTE_MARK);
        out.lines[block] = has(classes, QT_BYTE_LINE);
        out.breaks[block] = qt_breaks(has(classes, QT_BYTE_JOINT), has(classes, QT_BYTE_SIGN),
                                      has(classes, QT_BYTE_SPACE), has(classes, QT_BYTE_LOWER));
        out.high[block] = high;
        all |= high;
    }
    return all;
}

static AVX512 qt_high_masks mask_high(const uint8_t *bytes)
{
    __m512i x = _mm512_loadu_si512((const void *)bytes);
    return (qt_high_masks){.tails = _mm512_movepi8_mask(x) & ~from(x, 0xC0),
                           .leads = is(x, 0xC2) | is(x, 0xE2) | is(x, 0xE3) | is(x, 0xEF)};
}

static AVX512 qt_length_masks mask_lengths(const uint8_t *bytes)
{
    __m512i x = _mm512_loadu_si512((const void *)bytes);
    uint64_t odd = is(x, 0xC0) | is(x, 0xC1) | is(x, 0xE0) | is(x, 0xED) | is(x, 0xF0);
    return (qt_length_masks){from(x, 0xE0), from(x, 0xF0), odd | from(x, 0xF4)};
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

/* Sixteen units, each in a lane of 32 bits: every lane gets the one to three bytes of its character,
 * and the bytes that are used are moved together (Clausecker and Lemire, Transcoding Unicode
 * Characters with AVX-512 Instructions, 2023). */
static inline AVX512 size_t encode_lanes(__m512i x, uint8_t *out)
{
    const __m512i low = _mm512_set1_epi32(0x3F);
    __m512i last = _mm512_and_si512(x, low), middle = _mm512_srli_epi32(x, 6);
    __m512i two = _mm512_or_si512(_mm512_or_si512(middle, _mm512_slli_epi32(last, 8)),
                                  _mm512_set1_epi32(0x80C0));
    middle = _mm512_slli_epi32(_mm512_and_si512(middle, low), 8);
    __m512i three = _mm512_or_si512(_mm512_srli_epi32(x, 12), _mm512_slli_epi32(last, 16));
    three = _mm512_or_si512(_mm512_or_si512(three, middle), _mm512_set1_epi32(0x8080E0));
    __mmask16 from_two = _mm512_cmpge_epu32_mask(x, _mm512_set1_epi32(0x80));
    __mmask16 from_three = _mm512_cmpge_epu32_mask(x, _mm512_set1_epi32(0x800));
    __m512i bytes = _mm512_mask_mov_epi32(x, from_two, two);
    bytes = _mm512_mask_mov_epi32(bytes, from_three, three);
    /* The first byte is always used, even if it is NUL. */
    __m512i seen = _mm512_or_si512(bytes, _mm512_set1_epi32(1));
    __mmask64 used = _mm512_test_epi8_mask(seen, seen);
    _mm512_storeu_si512((void *)out, _mm512_maskz_compress_epi8(used, bytes));
    return (size_t)_mm_popcnt_u64(used);
}

static AVX512 size_t encode16(const uint16_t *units, size_t count, uint8_t *out, size_t *written)
{
    const __m512i not_ascii = _mm512_set1_epi16((short)0xFF80);
    size_t i = 0, size = 0;
    for (; i + 32 <= count; i += 32) {
        __m512i x = _mm512_loadu_si512((const void *)(units + i));
        if (!_mm512_test_epi16_mask(x, not_ascii)) {
            _mm256_storeu_si256((__m256i *)(void *)(out + size), _mm512_cvtepi16_epi8(x));
            size += 32;
            continue;
        }
        __m512i kind = _mm512_and_si512(x, _mm512_set1_epi16((short)0xF800));
        __mmask32 surrogates = _mm512_cmpeq_epi16_mask(kind, _mm512_set1_epi16((short)0xD800));
        x = _mm512_mask_mov_epi16(x, surrogates, _mm512_set1_epi16((short)0xFFFD));
        size += encode_lanes(_mm512_cvtepu16_epi32(_mm512_castsi512_si256(x)), out + size);
        size += encode_lanes(_mm512_cvtepu16_epi32(_mm512_extracti64x4_epi64(x, 1)), out + size);
    }
    *written += size;
    return i;
}

const qt_scan_kernel qt_scan_avx512 = {"avx512", mask,     mask_high, mask_lengths,
                                       narrow16, narrow32, encode16};

#endif
