/* quoth_column.h - a growing column of values, laid out as Apache Arrow wants it.
 *
 * In: cells, one after the other. Out: buffers that an Arrow array can point to. Ownership: the
 * caller's; a column copies all that it takes, and its buffers stay where they are until the next
 * call that changes it. Not for several threads at once.
 *
 * Errors. QUOTH_ERROR_MEMORY, and QUOTH_ERROR_LIMIT where a column would hold more than 2 GiB of
 * text; nothing was added then. Complexity: linear in what is copied.
 */
#ifndef QUOTH_COLUMN_H
#define QUOTH_COLUMN_H

#include "quoth.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum quoth_column_type {
    QUOTH_COLUMN_BOOL = 0, /* a bit each, the lowest of a byte first */
    QUOTH_COLUMN_INT32,
    QUOTH_COLUMN_INT64,
    QUOTH_COLUMN_FLOAT64,
    QUOTH_COLUMN_STRING, /* UTF-8 */
} quoth_column_type;

/* The first members are the buffers of an Arrow array. */
typedef struct quoth_column {
    size_t length, null_count;
    uint8_t *validity; /* bit i is set: value i is there; NULL: all are */
    void *values; /* of strings: the length + 1 int32_t offsets of their bytes; NULL if empty */
    char *bytes;  /* of strings */
    size_t byte_count;
    size_t room, byte_room; /* how much is allocated: values, bytes */
    quoth_column_type type;
    quoth_allocator allocator;
} quoth_column;

/* One value, or none. */
typedef struct quoth_cell {
    bool present;
    int64_t integer; /* of BOOL, INT32 and INT64 */
    double number;
    quoth_string string;
} quoth_cell;

/* allocator may be NULL. */
QUOTH_API void quoth_column_init(quoth_column *self, quoth_column_type type,
                                 const quoth_allocator *allocator);
QUOTH_API void quoth_column_free(quoth_column *self);
QUOTH_API QUOTH_MUST_USE quoth_status quoth_column_push(quoth_column *self, const quoth_cell *cell);
/* All values of another column of the same type. */
QUOTH_API QUOTH_MUST_USE quoth_status quoth_column_append(quoth_column *self,
                                                          const quoth_column *other);
/* Value i of a column as a cell; its string stays the column's. */
QUOTH_API quoth_cell quoth_column_cell(const quoth_column *self, size_t index);

#ifdef __cplusplus
}
#endif
#endif
