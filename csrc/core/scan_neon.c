/* The scan with the vectors of 16 bytes that every AArch64 has. */
#include "scan_kernel.h"

#if defined(QT_SCAN_NEON)

#include <arm_neon.h>

typedef struct block_of {
    uint8x16_t part[4];
} block_of;

static inline block_of load(const uint8_t *bytes)
{
    block_of out;
    for (int i = 0; i < 4; i++)
        out.part[i] = vld1q_u8(bytes + 16 * i);
    return out;
}

static inline uint64_t join(uint8x16_t a, uint8x16_t b, uint8x16_t c, uint8x16_t d)
{
    const uint8x16_t weights = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
    uint8x16_t ab = vpaddq_u8(vandq_u8(a, weights), vandq_u8(b, weights));
    uint8x16_t cd = vpaddq_u8(vandq_u8(c, weights), vandq_u8(d, weights));
    uint8x16_t all = vpaddq_u8(ab, cd);
    return vgetq_lane_u64(vreinterpretq_u64_u8(vpaddq_u8(all, all)), 0);
}

/* One question to each of the four parts, as a mask. */
#define EACH(question)                                                                             \
    join(question(b->part[0]), question(b->part[1]), question(b->part[2]), question(b->part[3]))

static inline uint8x16_t is(uint8x16_t x, uint8_t byte)
{
    return vceqq_u8(x, vdupq_n_u8(byte));
}

static inline uint8x16_t from(uint8x16_t x, uint8_t byte)
{
    return vcgeq_u8(x, vdupq_n_u8(byte));
}

static inline uint8x16_t is_stop(uint8x16_t x)
{
    return vorrq_u8(vorrq_u8(is(x, '.'), is(x, '!')), is(x, '?'));
}

static inline uint8x16_t is_joint(uint8x16_t x)
{
    return vorrq_u8(is(x, ':'), is(x, '@'));
}

static inline uint8x16_t within(uint8x16_t x, uint8_t first, uint8_t last)
{
    return vcleq_u8(vsubq_u8(x, vdupq_n_u8(first)), vdupq_n_u8((uint8_t)(last - first)));
}

static inline uint8x16_t is_sign(uint8x16_t x)
{
    uint8x16_t closing = vorrq_u8(is(x, ')'), is(x, ']')), line = vorrq_u8(is(x, '-'), is(x, '_'));
    return vorrq_u8(vorrq_u8(within(x, '0', '>'), is(x, '*')), vorrq_u8(closing, line));
}

static inline uint8x16_t is_space(uint8x16_t x)
{
    return is(x, ' ');
}

static inline uint8x16_t is_lower(uint8x16_t x)
{
    return within(x, 'a', 'z');
}

static inline uint8x16_t is_mark(uint8x16_t x)
{
    return vorrq_u8(vorrq_u8(is(x, '"'), is(x, '\'')), is(x, '`'));
}

static inline uint8x16_t is_line(uint8x16_t x)
{
    return within(x, '\n', '\r');
}

static inline uint8x16_t is_high(uint8x16_t x)
{
    return from(x, 0x80);
}

static inline uint8x16_t is_tail(uint8x16_t x)
{
    return vbicq_u8(from(x, 0x80), from(x, 0xC0));
}

static inline uint8x16_t is_longer(uint8x16_t x)
{
    return from(x, 0xE0);
}

static inline uint8x16_t is_four(uint8x16_t x)
{
    return from(x, 0xF0);
}

static inline uint8x16_t is_odd(uint8x16_t x)
{
    uint8x16_t two = vorrq_u8(is(x, 0xC0), is(x, 0xC1)), three = vorrq_u8(is(x, 0xE0), is(x, 0xED));
    return vorrq_u8(vorrq_u8(two, three), vorrq_u8(is(x, 0xF0), from(x, 0xF4)));
}

static inline uint8x16_t is_lead(uint8x16_t x)
{
    return vorrq_u8(vorrq_u8(is(x, 0xC2), is(x, 0xE2)), vorrq_u8(is(x, 0xE3), is(x, 0xEF)));
}

#define TARGET
#define LOAD(bytes) block_of loaded = load(bytes), *b = &loaded
#include "scan_each.h"

static size_t narrow16(const uint16_t *units, size_t count, uint8_t *out)
{
    size_t i = 0;
    for (; i + 16 <= count; i += 16) {
        uint16x8_t a = vld1q_u16(units + i), b = vld1q_u16(units + i + 8);
        if (vmaxvq_u16(vorrq_u16(a, b)) >= 0x80)
            break;
        vst1q_u8(out + i, vcombine_u8(vmovn_u16(a), vmovn_u16(b)));
    }
    return i + qt_scan_scalar.narrow16(units + i, count - i, out + i);
}

static size_t narrow32(const uint32_t *units, size_t count, uint8_t *out)
{
    size_t i = 0;
    for (; i + 8 <= count; i += 8) {
        uint32x4_t a = vld1q_u32(units + i), b = vld1q_u32(units + i + 4);
        if (vmaxvq_u32(vorrq_u32(a, b)) >= 0x80)
            break;
        vst1_u8(out + i, vmovn_u16(vcombine_u16(vmovn_u32(a), vmovn_u32(b))));
    }
    return i + qt_scan_scalar.narrow32(units + i, count - i, out + i);
}

const qt_scan_kernel qt_scan_neon = {"neon",   mask,     mask_high, mask_lengths,
                                     narrow16, narrow32, NULL};

#endif
