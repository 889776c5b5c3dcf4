/* table.h - what the files share that make tables of articles: rows.c, gather.c, table.c, reader.c.
 *
 * A table is made in three steps: quoth_tables are filled, without the GIL where that is possible,
 * with the number of the text as doc_id; gather.c makes Batches of them, with the ids and further
 * columns that the caller gave for each text; and a Table shares those with whoever reads Arrow.
 */
#ifndef QUOTH_PY_TABLE_H
#define QUOTH_PY_TABLE_H

#include "types.h"

#include "arrow.h"

/* --- text.c ----------------------------------------------------------------------------------- */

/* Room for UTF-8 that grows; for PyMem_RawFree(). */
typedef struct Utf8 {
    char *bytes;
    size_t room;
} Utf8;

int py_utf8_room(Utf8 *self, size_t size);
/* The UTF-8 of the code points [start, end), lone surrogates as U+FFFD. It lies in the str itself
 * if that is ASCII, else in buffer, and is good until buffer is used again. */
int py_text_utf8(PyObject *text, size_t start, size_t end, Utf8 *buffer, quoth_string *out);

/* --- rows.c ----------------------------------------------------------------------------------- */

/* Appends the rows of a record. */
int py_rows_push(const State *state, const Record *record, quoth_table_kind kind, int64_t doc_id,
                 quoth_table *table);

/* --- gather.c --------------------------------------------------------------------------------- */

/* A column with a value for each text, as Python gives it: (name, format, list). */
typedef struct Given {
    const char *name;   /* borrowed */
    const char *format; /* borrowed */
    quoth_column values;
} Given;

/* Reads such a tuple; py_given_free() has to be called in any case. */
int py_given_read(const State *state, PyObject *tuple, Given *out);
void py_given_free(Given *self);
/* A Batch of table, which it takes over, also on failure: the values of ids (NULL: the numbers of
 * the texts) stand in place of doc_id, those of more follow. */
Batch *py_gather(const State *state, quoth_table_kind kind, quoth_table *table, const Given *ids,
                 const Given *more, size_t more_count);
Schema *py_gather_schema(quoth_table_kind kind, const Given *ids, const Given *more,
                         size_t more_count);

/* --- table.c ---------------------------------------------------------------------------------- */

typedef struct TableObject {
    PyObject_HEAD quoth_table_kind kind;
    size_t rows;
    Schema *schema;
    size_t batch_count;
    Batch **batches;
} TableObject;

extern PyType_Spec py_table_spec, py_reader_spec;

/* The kind of table that a str names, or -1 with a ValueError that names the argument. */
int py_table_kind(PyObject *name, const char *argument);
const char *py_table_kind_name(quoth_table_kind kind);
/* A Table of quoth_tables, which it takes over, also on failure. ids: a tuple as Given, or None;
 * more: a tuple of such tuples. */
PyObject *py_table_new(const State *state, quoth_table_kind kind, quoth_table **tables,
                       size_t count, PyObject *ids, PyObject *more);
/* MemoryError, or LimitError for more text than a column holds. */
void py_table_raise(const State *state, quoth_status status);
/* Document.to_table(name, doc_id). */
PyObject *py_document_table(PyObject *self, PyObject *args, PyObject *kwargs);

#endif
