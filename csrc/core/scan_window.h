/* scan_window.h - the bitmaps of a long ASCII text, some thousands of bytes at a time.
 *
 * The maps of scan.h for a whole text are half as large as the text; of a text of many megabytes,
 * making room for them costs more than all the rest. Here they are made where they are asked for,
 * in a window that moves along. In: the text, which the caller keeps. Out: the next stop, sign or
 * line end. Ownership: the window is in itself complete. Cannot fail. Linear for whoever goes forward.
 */
#ifndef QT_SCAN_WINDOW_H
#define QT_SCAN_WINDOW_H

#include "scan_kernel.h"

#include <stdbool.h>

/* Of 64 bytes of text each; less in a fuzz build. */
#ifndef QT_WINDOW_WORDS
#define QT_WINDOW_WORDS 256
#endif

typedef struct qt_scan_window {
    const qt_scan_kernel *kernel;
    const uint8_t *bytes;
    uint32_t size;
    uint32_t first, end; /* words of the maps that are there */
    uint64_t stops[QT_WINDOW_WORDS], marks[QT_WINDOW_WORDS], lines[QT_WINDOW_WORDS],
        breaks[QT_WINDOW_WORDS], highs[QT_WINDOW_WORDS];
} qt_scan_window;

/* Whether all bytes are ASCII, which has to be known before a window is opened on them. */
bool qt_scan_is_ascii(const uint8_t *bytes, size_t size);

void qt_scan_window_open(qt_scan_window *self, const uint8_t *bytes, uint32_t size);

/* The first line end, stop, or stop or other sign (scan.h) in [from, end), or end. */
uint32_t qt_scan_window_line(qt_scan_window *self, uint32_t from, uint32_t end);
uint32_t qt_scan_window_stop(qt_scan_window *self, uint32_t from, uint32_t end);
uint32_t qt_scan_window_sign(qt_scan_window *self, uint32_t from, uint32_t end);

#endif
