/* model.h - the model file: named sections of bytes, verified before anything is read from them.
 *
 * In: the bytes of a model file, mapped or in memory, which the caller keeps unchanged for as long
 * as the model. Out: its sections by name. Ownership: the model borrows the bytes and owns nothing
 * but itself; pipelines borrow the model. Errors: QUOTH_ERROR_MODEL, with the byte where the file
 * is wrong, for any file that was cut, altered or made by something else; QUOTH_ERROR_MEMORY.
 * Complexity: one pass over the bytes to open, a few comparisons per section.
 *
 * The file, all numbers little-endian:
 *
 *     0   "QUOTHMDL"
 *     8   u32 format version, 1
 *     12  u32 zero
 *     16  u64 size of the file
 *     24  u64 checksum of all that follows, from byte 32 on: qt_model_checksum()
 *     32  u32 number of sections, at most 64; 28 bytes of zero
 *     64  the directory: for each section 16 bytes of name (ASCII, filled up with NUL), u64 offset,
 *         u64 size; names differ, sections lie in the order of the directory and do not overlap
 *     ..  the sections, each at a multiple of 64; zero between them; the file ends at a multiple of
 *         64
 *
 * A checksum finds accidents and not malice: whoever reads a section checks that what it says of
 * itself fits its size, so that no content makes the reader leave it.
 */
#ifndef QT_MODEL_H
#define QT_MODEL_H

#include "quoth.h"

enum { QT_MODEL_ALIGNMENT = 64 };

/* The bytes of a section, aligned to 8 at least; NULL and *size 0 if model is NULL or has none of
 * that name. */
const void *qt_model_section(const quoth_model *model, const char *name, size_t *size);

/* Four lanes of FNV-1a over 64-bit words (size is a multiple of 32), mixed with the finaliser of
 * MurmurHash3 (Appleby 2011): memory speed, and any change of one word shows. */
uint64_t qt_model_checksum(const uint8_t *bytes, size_t size);

#endif
