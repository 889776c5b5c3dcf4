/* scan_kernel.h - what differs from machine to machine in the scan: 64 bytes at a time.
 *
 * A kernel turns blocks of 64 bytes into masks, bit i for byte i, and units of 16 or 32 bits into
 * UTF-8. All kernels give the same for the same bytes (tests/c/test_scan.c, tests/fuzz/fuzz_scan.c).
 * In: whole blocks; nothing else is read. Cannot fail. Linear.
 *
 * The masks are plain comparisons; what is UTF-8 and what is not follows from them with a few shifts
 * of 64-bit words (scan.c), so that no instruction set needs a method of its own. Movemask on NEON
 * is the one of Langdale and Lemire (Parsing Gigabytes of JSON per Second, 2019).
 */
#ifndef QT_SCAN_KERNEL_H
#define QT_SCAN_KERNEL_H

#include "quoth.h"

enum { QT_BLOCK = 64 };

/* Classes of ASCII bytes, as in qt_byte_class, which says what belongs to each. */
enum {
    QT_BYTE_STOP = 1,   /* . ! ? */
    QT_BYTE_JOINT = 2,  /* : @ */
    QT_BYTE_MARK = 4,   /* " ' ` */
    QT_BYTE_LINE = 8,   /* \n \v \f \r */
    QT_BYTE_SIGN = 16,  /* digits : ; < = > ) ] * - _ */
    QT_BYTE_SPACE = 32, /* the space only */
    QT_BYTE_LOWER = 64, /* a to z */
    /* and of the others: */
    QT_BYTE_ODD = 1,  /* C0 C1 E0 ED F0 and F4 and above: what follows them has to be looked at */
    QT_BYTE_LEAD = 2, /* C2 E2 E3 EF: a stop, a mark, a dash or a line end may start here */
};
extern const uint8_t qt_byte_class[256];

/* Where the masks of ASCII go, one word a block. */
typedef struct qt_bitmaps {
    uint64_t *stops, *marks, *lines;
    uint64_t *breaks; /* what qt_breaks() makes of the other classes */
    uint64_t *high;   /* bytes that are not ASCII */
} qt_bitmaps;

/* Masks of a block with such bytes: what belongs to characters, ... */
typedef struct qt_high_masks {
    uint64_t tails; /* 80 to BF: continuation bytes */
    uint64_t leads;
} qt_high_masks;

/* ... and what tells whether it is UTF-8. */
typedef struct qt_length_masks {
    uint64_t longer; /* E0 and above: three bytes or four */
    uint64_t four;   /* F0 and above */
    uint64_t odd;
} qt_length_masks;

typedef struct qt_scan_kernel {
    const char *name;
    /* Masks of blocks; the union of those of high. */
    uint64_t (*mask)(const uint8_t *bytes, size_t blocks, qt_bitmaps out);
    qt_high_masks (*mask_high)(const uint8_t *block);
    qt_length_masks (*mask_lengths)(const uint8_t *block);
    /* Copies units from the start on as long as they are ASCII; returns how many. May write up to
     * QT_BLOCK bytes beyond them, so that out has that much room after the last. */
    size_t (*narrow16)(const uint16_t *units, size_t count, uint8_t *out);
    size_t (*narrow32)(const uint32_t *units, size_t count, uint8_t *out);
    /* Writes units as UTF-8, those of surrogates as U+FFFD, but perhaps not the last few; returns how
     * many, and adds to *written the bytes that they became. Uses out as the above do. May be NULL. */
    size_t (*encode16)(const uint16_t *units, size_t count, uint8_t *out, size_t *written);
} qt_scan_kernel;

/* Where a sentence may end without a stop: joints, signs before a space and no small letter, and the
 * first of eight signs in a row, which may be a drawn line. What the next block begins with is not
 * known here and taken for whatever makes a bit: whoever asks looks at the bytes. */
static inline uint64_t qt_breaks(uint64_t joints, uint64_t signs, uint64_t spaces, uint64_t lowers)
{
    uint64_t spaced = spaces >> 1 | UINT64_C(1) << 63;
    uint64_t open = ~lowers >> 2 | UINT64_C(3) << 62;
    uint64_t row = signs & (signs >> 1 | UINT64_C(1) << 63);
    row &= row >> 2 | UINT64_C(3) << 62;
    row &= row >> 4 | UINT64_C(15) << 60;
    return joints | (signs & spaced & open) | (row & ~(row << 1));
}

extern const qt_scan_kernel qt_scan_scalar;
#if defined(__GNUC__) && defined(__x86_64__)
#define QT_SCAN_X86 1
extern const qt_scan_kernel qt_scan_sse2, qt_scan_avx2, qt_scan_avx512;
#endif
#if defined(__GNUC__) && defined(__aarch64__) && defined(__ARM_NEON) &&                            \
    __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define QT_SCAN_NEON 1
extern const qt_scan_kernel qt_scan_neon;
#endif

/* The kernels that this machine can run, best first; index 0 always exists, NULL: no more. */
const qt_scan_kernel *qt_scan_kernel_at(unsigned index);

#endif
