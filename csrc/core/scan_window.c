#include "scan_window.h"

#include <string.h>

enum { STRIDE = 4096 }; /* bytes that are looked at before it is asked whether to go on */

bool qt_scan_is_ascii(const uint8_t *bytes, size_t size)
{
    uint8_t all = 0;
    size_t at = 0;
    for (; at + STRIDE <= size && all < 0x80; at += STRIDE)
        for (size_t i = 0; i < STRIDE; i++)
            all |= bytes[at + i];
    for (; at < size && all < 0x80; at++)
        all |= bytes[at];
    return all < 0x80;
}

void qt_scan_window_open(qt_scan_window *self, const uint8_t *bytes, uint32_t size)
{
    self->kernel = qt_scan_kernel_at(0);
    self->bytes = bytes;
    self->size = size;
    self->first = self->end = 0;
}

/* Makes the maps from a word of the text on. */
static void move(qt_scan_window *self, uint32_t word)
{
    qt_bitmaps maps = {.stops = self->stops,
                       .marks = self->marks,
                       .lines = self->lines,
                       .breaks = self->breaks,
                       .high = self->highs};
    size_t start = (size_t)QT_BLOCK * word, left = self->size - start, blocks = left / QT_BLOCK;
    if (blocks > QT_WINDOW_WORDS)
        blocks = QT_WINDOW_WORDS;
    self->kernel->mask(self->bytes + start, blocks, maps);
    self->first = word;
    self->end = word + (uint32_t)blocks;
    if (blocks < QT_WINDOW_WORDS) {
        uint8_t padded[QT_BLOCK] = {0};
        memcpy(padded, self->bytes + start + QT_BLOCK * blocks, left - QT_BLOCK * blocks);
        maps = (qt_bitmaps){.stops = self->stops + blocks,
                            .marks = self->marks + blocks,
                            .lines = self->lines + blocks,
                            .breaks = self->breaks + blocks,
                            .high = self->highs + blocks};
        self->kernel->mask(padded, 1, maps);
        self->end++;
    }
}

/* The first bit of either map in [from, end), or end. */
static uint32_t next_of(qt_scan_window *self, const uint64_t *map, const uint64_t *other,
                        uint32_t from, uint32_t end)
{
    if (from >= end)
        return end;
    uint32_t word = from / 64, last = (end - 1) / 64;
    uint64_t left, mask = ~UINT64_C(0) << (from & 63);
    for (;; word++, mask = ~UINT64_C(0)) {
        if (word < self->first || word >= self->end)
            move(self, word);
        left = (map[word - self->first] | other[word - self->first]) & mask;
        if (left)
            break;
        if (word == last)
            return end;
    }
    uint32_t at = word * 64 + (uint32_t)__builtin_ctzll(left);
    return at < end ? at : end;
}

uint32_t qt_scan_window_line(qt_scan_window *self, uint32_t from, uint32_t end)
{
    return next_of(self, self->lines, self->lines, from, end);
}

uint32_t qt_scan_window_stop(qt_scan_window *self, uint32_t from, uint32_t end)
{
    return next_of(self, self->stops, self->stops, from, end);
}

uint32_t qt_scan_window_sign(qt_scan_window *self, uint32_t from, uint32_t end)
{
    return next_of(self, self->stops, self->breaks, from, end);
}
