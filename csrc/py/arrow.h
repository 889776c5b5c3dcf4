/* arrow.h - columns as Apache Arrow's C data interface, so that whoever knows Arrow reads the same
 * memory: https://arrow.apache.org/docs/format/CDataInterface.html
 *
 * In: a Schema, and Batches of columns. Out: the structs of that interface. Ownership: Schemas and
 * Batches are counted; what is handed out holds a count of its own until its release callback is
 * called, which may be in any thread, without the GIL, and after the Table is gone. Nothing here
 * is a Python object. Errors: QUOTH_ERROR_MEMORY; ENOMEM from the callbacks.
 */
#ifndef QUOTH_PY_ARROW_H
#define QUOTH_PY_ARROW_H

#include <stdatomic.h>

#include "quoth_table.h"

#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE
#define ARROW_FLAG_NULLABLE 2

struct ArrowSchema {
    const char *format, *name, *metadata;
    int64_t flags, n_children;
    struct ArrowSchema **children, *dictionary;
    void (*release)(struct ArrowSchema *);
    void *private_data;
};

struct ArrowArray {
    int64_t length, null_count, offset, n_buffers, n_children;
    const void **buffers;
    struct ArrowArray **children, *dictionary;
    void (*release)(struct ArrowArray *);
    void *private_data;
};
#endif

#ifndef ARROW_C_STREAM_INTERFACE
#define ARROW_C_STREAM_INTERFACE
struct ArrowArrayStream {
    int (*get_schema)(struct ArrowArrayStream *, struct ArrowSchema *out);
    int (*get_next)(struct ArrowArrayStream *, struct ArrowArray *out);
    const char *(*get_last_error)(struct ArrowArrayStream *);
    void (*release)(struct ArrowArrayStream *);
    void *private_data;
};
#endif

/* --- what is shared --------------------------------------------------------------------------- */

enum { ARROW_FORMAT_ROOM = 16 };

typedef struct Field {
    char *name; /* owned */
    char format[ARROW_FORMAT_ROOM];
    bool nullable;
} Field;

typedef struct Schema {
    atomic_size_t count_held;
    size_t field_count;
    Field fields[];
} Schema;

/* Rows: the columns of a table, and others that replace its first or follow. */
typedef struct Batch {
    atomic_size_t count_held;
    size_t rows, column_count, extra_count;
    quoth_table *table;
    quoth_column *extra;
    const quoth_column *columns[]; /* of the table or of extra, as the Schema lists them */
} Batch;

/* With zeroed fields. */
Schema *py_schema_new(size_t field_count);
int py_schema_set(Schema *self, size_t index, const char *name, const char *format, bool nullable);
Schema *py_schema_hold(Schema *self);
void py_schema_drop(Schema *self);
/* How a column of such a format is stored. */
quoth_column_type py_format_storage(const char *format);
/* The format of what is stored so. */
const char *py_storage_format(quoth_column_type type);

/* Takes over table, also on failure; the columns are those of the table, then extra_count empty
 * ones, which the caller fills before anybody else sees the Batch. */
Batch *py_batch_new(quoth_table *table, size_t extra_count, size_t table_columns);
Batch *py_batch_hold(Batch *self);
void py_batch_drop(Batch *self);

/* --- what is handed out ------------------------------------------------------------------------ */

quoth_status py_arrow_schema(Schema *schema, struct ArrowSchema *out);
quoth_status py_arrow_stream(Schema *schema, Batch *const *batches, size_t count,
                             struct ArrowArrayStream *out);

#endif
