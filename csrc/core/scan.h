/* scan.h - one pass over the bytes: is it UTF-8, where do characters start, and which of them
 * structure the text.
 *
 * In: a quoth_input, and for the bitmaps an arena. Out: a qt_text, whose bytes are those of the
 * input where that is UTF-8 and else a transcoded copy in the arena; and four bitmaps, bit
 * i of word w for byte 64 * w + i, set at the first byte of a character of the class. Errors:
 * QUOTH_ERROR_UTF8 with the position of the first byte that is not UTF-8 (RFC 3629),
 * QUOTH_ERROR_LIMIT, QUOTH_ERROR_MEMORY. Complexity: linear, one pass; what is transcoded is
 * scanned while it is still in the cache.
 *
 *     text      H e   s a i d   " N o . " \n
 *     stops     . . . . . . . . . . . 1 . .
 *     marks     . . . . . . . . 1 . . . 1 .
 *     lines     . . . . . . . . . . . . . 1
 */
#ifndef QT_SCAN_H
#define QT_SCAN_H

#include "scan_window.h"
#include "text.h"

typedef struct qt_scan {
    const uint64_t *stops;  /* . ! ? and the ellipsis, the double and the East Asian full stops */
    const uint64_t *breaks; /* where a sentence may end without a stop: : and @, the first of a row
                             * of signs; digits, other signs and dashes before a space and anything
                             * but a to z */
    const uint64_t *marks;  /* quotation marks and apostrophes of all kinds, the back quote */
    const uint64_t *lines;  /* line ends: \n \r \v \f, NEL, LINE and PARAGRAPH SEPARATOR */
    qt_scan_window *window; /* NULL, or what to ask instead of the maps, which are NULL then */
} qt_scan;

/* By the best kernel of this machine. */
QUOTH_MUST_USE quoth_status qt_scan_read(quoth_input input, qt_arena *arena, qt_text *text,
                                         qt_scan *out, quoth_error *error);
/* By a given one: all give the same. */
QUOTH_MUST_USE quoth_status qt_scan_read_with(const qt_scan_kernel *kernel, quoth_input input,
                                              qt_arena *arena, qt_text *text, qt_scan *out,
                                              quoth_error *error);

/* Whether the bit of byte at is set. */
static inline bool qt_scan_has(const uint64_t *bits, uint32_t at)
{
    return bits[at / 64] >> (at & 63) & 1;
}

/* The first set bit in [from, end), or end. */
static inline uint32_t qt_scan_next(const uint64_t *bits, uint32_t from, uint32_t end)
{
    if (from >= end)
        return end;
    uint32_t word = from / 64, last = (end - 1) / 64;
    uint64_t left = bits[word] & (~UINT64_C(0) << (from & 63));
    while (!left) {
        if (word == last)
            return end;
        left = bits[++word];
    }
    uint32_t at = word * 64 + (uint32_t)__builtin_ctzll(left);
    return at < end ? at : end;
}

/* The first line end, or stop, in [from, end), or end. */
static inline uint32_t qt_scan_next_line(const qt_scan *self, uint32_t from, uint32_t end)
{
    return self->window ? qt_scan_window_line(self->window, from, end)
                        : qt_scan_next(self->lines, from, end);
}

static inline uint32_t qt_scan_next_stop(const qt_scan *self, uint32_t from, uint32_t end)
{
    return self->window ? qt_scan_window_stop(self->window, from, end)
                        : qt_scan_next(self->stops, from, end);
}

/* The first stop or other sign at which a sentence may end in [from, end), or end. */
static inline uint32_t qt_scan_next_sign(const qt_scan *self, uint32_t from, uint32_t end)
{
    if (self->window)
        return qt_scan_window_sign(self->window, from, end);
    if (from >= end)
        return end;
    uint32_t word = from / 64, last = (end - 1) / 64;
    uint64_t left = (self->stops[word] | self->breaks[word]) & (~UINT64_C(0) << (from & 63));
    while (!left) {
        if (word == last)
            return end;
        word++;
        left = self->stops[word] | self->breaks[word];
    }
    uint32_t at = word * 64 + (uint32_t)__builtin_ctzll(left);
    return at < end ? at : end;
}

#endif
