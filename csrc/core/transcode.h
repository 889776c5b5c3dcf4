/* transcode.h - units of one, two or four bytes, as CPython stores a str (PEP 393), to UTF-8.
 *
 * In: a quoth_input that is not UTF-8. Out: well-formed UTF-8 (RFC 3629) with as many characters as
 * there were units: a surrogate, and what lies beyond U+10FFFF, becomes U+FFFD. Cannot fail. Linear;
 * runs of ASCII, which most of a news article is, go through the kernel's vectors.
 */
#ifndef QT_TRANSCODE_H
#define QT_TRANSCODE_H

#include "scan_kernel.h"

/* Bytes of the whole input as UTF-8, or more for a short one: room that is enough. */
size_t qt_utf8_most(quoth_input input);

/* Writes units [from, from + count) of the input to out, which has room for what they become and
 * QT_BLOCK bytes more; the number of bytes written. */
size_t qt_transcode(const qt_scan_kernel *kernel, quoth_input input, size_t from, size_t count,
                    uint8_t *out);

#endif
