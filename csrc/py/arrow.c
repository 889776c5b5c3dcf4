/* arrow.c - Schemas and Batches, and what Arrow's C data interface makes of them; see arrow.h.
 *
 * Each struct that is handed out holds the Batch (or the Schema) whose memory it points to, a child
 * as well as its parent: a consumer may keep a column and release the rest.
 */
#include "types.h"

#include "arrow.h"

#include <errno.h>
#include <string.h>

/* --- shared ----------------------------------------------------------------------------------- */

Schema *py_schema_new(size_t field_count)
{
    Schema *self = PyMem_RawCalloc(1, sizeof *self + field_count * sizeof self->fields[0]);
    if (self != NULL) {
        atomic_init(&self->count_held, 1);
        self->field_count = field_count;
    }
    return self;
}

int py_schema_set(Schema *self, size_t index, const char *name, const char *format, bool nullable)
{
    Field *field = &self->fields[index];
    size_t size = strlen(name) + 1;
    field->name = PyMem_RawMalloc(size);
    if (field->name == NULL) {
        return -1;
    }
    memcpy(field->name, name, size);
    strncpy(field->format, format, ARROW_FORMAT_ROOM - 1);
    field->nullable = nullable;
    return 0;
}

Schema *py_schema_hold(Schema *self)
{
    atomic_fetch_add_explicit(&self->count_held, 1, memory_order_relaxed);
    return self;
}

void py_schema_drop(Schema *self)
{
    if (self == NULL ||
        atomic_fetch_sub_explicit(&self->count_held, 1, memory_order_acq_rel) != 1) {
        return;
    }
    for (size_t i = 0; i < self->field_count; i++) {
        PyMem_RawFree(self->fields[i].name);
    }
    PyMem_RawFree(self);
}

quoth_column_type py_format_storage(const char *format)
{
    switch (format[0]) {
    case 'b':
        return QUOTH_COLUMN_BOOL;
    case 'g':
        return QUOTH_COLUMN_FLOAT64;
    case 'u':
        return QUOTH_COLUMN_STRING;
    default:
        return strcmp(format, "tdD") == 0 ? QUOTH_COLUMN_INT32 : QUOTH_COLUMN_INT64;
    }
}

const char *py_storage_format(quoth_column_type type)
{
    static const char *const formats[] = {[QUOTH_COLUMN_BOOL] = "b",
                                          [QUOTH_COLUMN_INT32] = "i",
                                          [QUOTH_COLUMN_INT64] = "l",
                                          [QUOTH_COLUMN_FLOAT64] = "g",
                                          [QUOTH_COLUMN_STRING] = "u"};
    return formats[type];
}

Batch *py_batch_new(quoth_table *table, size_t extra_count, size_t table_columns)
{
    size_t count = table_columns + extra_count;
    Batch *self = PyMem_RawCalloc(1, sizeof *self + count * sizeof self->columns[0]);
    quoth_column *extra = PyMem_RawCalloc(extra_count + 1, sizeof *extra);
    if (self == NULL || extra == NULL) {
        PyMem_RawFree(self);
        PyMem_RawFree(extra);
        quoth_table_free(table);
        return NULL;
    }
    atomic_init(&self->count_held, 1);
    self->rows = quoth_table_rows(table);
    self->column_count = count;
    self->table = table;
    self->extra = extra;
    self->extra_count = extra_count;
    for (size_t i = 0; i < table_columns; i++) {
        self->columns[i] = quoth_table_column(table, i);
    }
    for (size_t i = 0; i < extra_count; i++) {
        quoth_column_init(&extra[i], QUOTH_COLUMN_INT64, &py_memory);
        self->columns[table_columns + i] = &extra[i];
    }
    return self;
}

Batch *py_batch_hold(Batch *self)
{
    atomic_fetch_add_explicit(&self->count_held, 1, memory_order_relaxed);
    return self;
}

void py_batch_drop(Batch *self)
{
    if (self == NULL ||
        atomic_fetch_sub_explicit(&self->count_held, 1, memory_order_acq_rel) != 1) {
        return;
    }
    for (size_t i = 0; i < self->extra_count; i++) {
        quoth_column_free(&self->extra[i]);
    }
    quoth_table_free(self->table);
    PyMem_RawFree(self->extra);
    PyMem_RawFree(self);
}

/* --- schemas ---------------------------------------------------------------------------------- */

static void release_schema(struct ArrowSchema *self)
{
    for (int64_t i = 0; self->children != NULL && i < self->n_children; i++) {
        if (self->children[i]->release != NULL) {
            self->children[i]->release(self->children[i]);
        }
        PyMem_RawFree(self->children[i]);
    }
    PyMem_RawFree(self->children);
    py_schema_drop(self->private_data);
    self->release = NULL;
}

static void fill_schema(struct ArrowSchema *self, Schema *schema, const char *format,
                        const char *name, bool nullable)
{
    memset(self, 0, sizeof *self);
    self->format = format;
    self->name = name;
    self->flags = nullable ? ARROW_FLAG_NULLABLE : 0;
    self->release = release_schema;
    self->private_data = py_schema_hold(schema);
}

quoth_status py_arrow_schema(Schema *schema, struct ArrowSchema *out)
{
    fill_schema(out, schema, "+s", "", false);
    out->children = PyMem_RawCalloc(schema->field_count + 1, sizeof *out->children);
    for (size_t i = 0; out->children != NULL && i < schema->field_count; i++) {
        struct ArrowSchema *child = PyMem_RawMalloc(sizeof *child);
        if (child == NULL) {
            break;
        }
        const Field *field = &schema->fields[i];
        fill_schema(child, schema, field->format, field->name, field->nullable);
        out->children[out->n_children++] = child;
    }
    if (out->children == NULL || (size_t)out->n_children < schema->field_count) {
        release_schema(out);
        return QUOTH_ERROR_MEMORY;
    }
    return QUOTH_OK;
}

/* --- arrays ----------------------------------------------------------------------------------- */

static void release_array(struct ArrowArray *self)
{
    for (int64_t i = 0; self->children != NULL && i < self->n_children; i++) {
        if (self->children[i]->release != NULL) {
            self->children[i]->release(self->children[i]);
        }
        PyMem_RawFree(self->children[i]);
    }
    PyMem_RawFree(self->children);
    PyMem_RawFree(self->buffers);
    py_batch_drop(self->private_data);
    self->release = NULL;
}

static quoth_status fill_array(struct ArrowArray *self, Batch *batch, int64_t n_buffers)
{
    memset(self, 0, sizeof *self);
    self->length = (int64_t)batch->rows;
    self->buffers = PyMem_RawCalloc((size_t)n_buffers, sizeof *self->buffers);
    if (self->buffers == NULL) {
        return QUOTH_ERROR_MEMORY;
    }
    self->n_buffers = n_buffers;
    self->release = release_array;
    self->private_data = py_batch_hold(batch);
    return QUOTH_OK;
}

static quoth_status fill_column(struct ArrowArray *self, Batch *batch, const quoth_column *column)
{
    static const int32_t no_offsets[1] = {0};
    bool strings = column->type == QUOTH_COLUMN_STRING;
    quoth_status status = fill_array(self, batch, strings ? 3 : 2);
    if (status == QUOTH_OK) {
        self->null_count = (int64_t)column->null_count;
        self->buffers[0] = column->validity;
        self->buffers[1] = column->values != NULL ? column->values : (const void *)no_offsets;
        if (strings) {
            self->buffers[2] = column->bytes != NULL ? column->bytes : "";
        }
    }
    return status;
}

static quoth_status export_batch(Batch *batch, struct ArrowArray *out)
{
    quoth_status status = fill_array(out, batch, 1); /* no bitmap: every row is there */
    if (status != QUOTH_OK) {
        return status;
    }
    out->children = PyMem_RawCalloc(batch->column_count + 1, sizeof *out->children);
    for (size_t i = 0; out->children != NULL && i < batch->column_count; i++) {
        struct ArrowArray *child = PyMem_RawMalloc(sizeof *child);
        if (child == NULL || fill_column(child, batch, batch->columns[i]) != QUOTH_OK) {
            PyMem_RawFree(child);
            break;
        }
        out->children[out->n_children++] = child;
    }
    if (out->children == NULL || (size_t)out->n_children < batch->column_count) {
        release_array(out);
        return QUOTH_ERROR_MEMORY;
    }
    return QUOTH_OK;
}

/* --- streams ---------------------------------------------------------------------------------- */

typedef struct Stream {
    Schema *schema;
    size_t next, count;
    Batch *batches[];
} Stream;

static int stream_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out)
{
    Stream *self = stream->private_data;
    return py_arrow_schema(self->schema, out) == QUOTH_OK ? 0 : ENOMEM;
}

static int stream_next(struct ArrowArrayStream *stream, struct ArrowArray *out)
{
    Stream *self = stream->private_data;
    if (self->next == self->count) {
        out->release = NULL; /* the end */
        return 0;
    }
    if (export_batch(self->batches[self->next], out) != QUOTH_OK) {
        return ENOMEM;
    }
    py_batch_drop(self->batches[self->next]);
    self->batches[self->next++] = NULL;
    return 0;
}

static const char *stream_error(struct ArrowArrayStream *Py_UNUSED(stream))
{
    return "out of memory"; /* nothing else can fail */
}

static void stream_release(struct ArrowArrayStream *stream)
{
    Stream *self = stream->private_data;
    for (size_t i = self->next; i < self->count; i++) {
        py_batch_drop(self->batches[i]);
    }
    py_schema_drop(self->schema);
    PyMem_RawFree(self);
    stream->release = NULL;
}

quoth_status py_arrow_stream(Schema *schema, Batch *const *batches, size_t count,
                             struct ArrowArrayStream *out)
{
    Stream *self = PyMem_RawCalloc(1, sizeof *self + count * sizeof self->batches[0]);
    if (self == NULL) {
        return QUOTH_ERROR_MEMORY;
    }
    self->schema = py_schema_hold(schema);
    self->count = count;
    for (size_t i = 0; i < count; i++) {
        self->batches[i] = py_batch_hold(batches[i]);
    }
    out->get_schema = stream_schema;
    out->get_next = stream_next;
    out->get_last_error = stream_error;
    out->release = stream_release;
    out->private_data = self;
    return QUOTH_OK;
}
