/* scan_kernel.h - what differs from machine to machine in the scan: 64 bytes at a time.
 *
 * A kernel turns blocks of 64 bytes into masks, bit i for byte i, and narrows units of 16 or 32
 * bits that are ASCII to bytes. All kernels give the same for the same bytes (tests/c/test_scan.c,
 * tests/fuzz/fuzz_scan.c). In: whole blocks; nothing else is read. Cannot fail. Linear.
 *
 * The masks are plain comparisons; what is UTF-8 and what is not follows from them with a few shifts
 * of 64-bit words (scan.c), so that no instruction set needs a method of its own. Movemask on NEON
 * is the one of Langdale and Lemire (Parsing Gigabytes of JSON per Second, 2019).
 */
#ifndef QT_SCAN_KERNEL_H
#define QT_SCAN_KERNEL_H

#include "quoth.h"

enum { QT_BLOCK = 64 };

typedef struct qt_block_masks {
    uint64_t stops;  /* . ! ? */
    uint64_t joints; /* : @ */
    uint64_t signs;  /* digits : ; < = > ) ] * - _ */
    uint64_t spaces; /* the space only */
    uint64_t lowers; /* a to z */
    uint64_t marks;  /* " ' ` */
    uint64_t lines;  /* \n \v \f \r */
    uint64_t high;   /* not ASCII; the masks below are valid only if there is such a byte */
    uint64_t tails;  /* 80 to BF: continuation bytes */
    uint64_t longer; /* E0 and above: three bytes or four */
    uint64_t four;   /* F0 and above */
    uint64_t odd;    /* C0 C1 E0 ED F0 and F4 and above: what follows them has to be looked at */
    uint64_t leads;  /* C2 E2 E3 EF: a character that is a stop, a mark or a line may start here */
} qt_block_masks;

typedef struct qt_scan_kernel {
    const char *name;
    void (*mask)(const uint8_t *bytes, size_t blocks, qt_block_masks *out);
    /* Copies units from the start on as long as they are ASCII; returns how many. May write up to
     * QT_BLOCK bytes beyond them, so that out has that much room after the last. */
    size_t (*narrow16)(const uint16_t *units, size_t count, uint8_t *out);
    size_t (*narrow32)(const uint32_t *units, size_t count, uint8_t *out);
} qt_scan_kernel;

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
