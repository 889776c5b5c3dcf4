/* gather.c - columns that Python gives for each text, repeated for each row; see table.h. */
#include "table.h"

#include <string.h>

/* --- what is given ---------------------------------------------------------------------------- */

static int cell_of(PyObject *value, const Given *given, Utf8 *buffer, quoth_cell *cell)
{
    memset(cell, 0, sizeof *cell);
    if (value == Py_None) {
        return 0;
    }
    cell->present = true;
    switch (given->values.type) {
    case QUOTH_COLUMN_STRING:
        if (!PyUnicode_Check(value)) {
            PyErr_Format(PyExc_TypeError, "%s: expected str, got %.200s", given->name,
                         Py_TYPE(value)->tp_name);
            return -1;
        }
        return py_text_utf8(value, 0, (size_t)PyUnicode_GET_LENGTH(value), buffer, &cell->string);
    case QUOTH_COLUMN_FLOAT64:
        cell->number = PyFloat_AsDouble(value);
        return PyErr_Occurred() != NULL ? -1 : 0;
    case QUOTH_COLUMN_BOOL:
        cell->integer = PyObject_IsTrue(value);
        return cell->integer < 0 ? -1 : 0;
    default:
        cell->integer = PyLong_AsLongLong(value);
        if (cell->integer == -1 && PyErr_Occurred() != NULL) {
            if (PyErr_ExceptionMatches(PyExc_OverflowError)) {
                PyErr_Format(PyExc_OverflowError, "%s: expected int of 64 bits, got %R",
                             given->name, value);
            }
            return -1;
        }
        return 0;
    }
}

int py_given_read(const State *state, PyObject *tuple, Given *out)
{
    memset(out, 0, sizeof *out);
    PyObject *list;
    if (!PyArg_ParseTuple(tuple, "ssO!", &out->name, &out->format, &PyList_Type, &list)) {
        return -1;
    }
    quoth_column_init(&out->values, py_format_storage(out->format), &py_memory);
    Utf8 buffer = {NULL, 0};
    int failed = 0;
    for (Py_ssize_t i = 0; failed == 0 && i < PyList_GET_SIZE(list); i++) {
        quoth_cell cell;
        failed = cell_of(PyList_GET_ITEM(list, i), out, &buffer, &cell);
        quoth_status status = failed == 0 ? quoth_column_push(&out->values, &cell) : QUOTH_OK;
        if (status != QUOTH_OK) {
            py_table_raise(state, status);
            failed = -1;
        }
    }
    PyMem_RawFree(buffer.bytes);
    return failed;
}

void py_given_free(Given *self)
{
    if (self->name != NULL && self->values.allocator.release != NULL) {
        quoth_column_free(&self->values);
    }
}

/* --- Batches ---------------------------------------------------------------------------------- */

static quoth_status repeat(const Given *given, const quoth_column *numbers, quoth_column *out)
{
    quoth_column_init(out, given->values.type, &py_memory);
    quoth_status status = QUOTH_OK;
    const int64_t *number = numbers->values;
    for (size_t i = 0; i < numbers->length && status == QUOTH_OK; i++) {
        quoth_cell cell = {.present = false};
        if (number[i] >= 0 && (size_t)number[i] < given->values.length) {
            cell = quoth_column_cell(&given->values, (size_t)number[i]);
        }
        status = quoth_column_push(out, &cell);
    }
    return status;
}

Batch *py_gather(const State *state, quoth_table_kind kind, quoth_table *table, const Given *ids,
                 const Given *more, size_t more_count)
{
    size_t columns;
    (void)quoth_table_fields(kind, &columns);
    Batch *self = py_batch_new(table, more_count + 1, columns);
    if (self == NULL) {
        PyErr_NoMemory();
        return NULL;
    }
    /* Of the extra columns the first is for the ids: it stands first, not behind the others. */
    const quoth_column *numbers = quoth_table_column(table, 0);
    for (size_t i = 0; i < more_count; i++) {
        self->columns[columns + i] = &self->extra[i + 1];
    }
    self->column_count = columns + more_count;
    quoth_status status = QUOTH_OK;
    if (ids != NULL) {
        status = repeat(ids, numbers, &self->extra[0]);
        self->columns[0] = &self->extra[0];
    }
    for (size_t i = 0; i < more_count && status == QUOTH_OK; i++) {
        status = repeat(&more[i], numbers, &self->extra[i + 1]);
    }
    if (status != QUOTH_OK) {
        py_batch_drop(self);
        py_table_raise(state, status);
        return NULL;
    }
    return self;
}

Schema *py_gather_schema(quoth_table_kind kind, const Given *ids, const Given *more,
                         size_t more_count)
{
    size_t columns;
    const quoth_field *fields = quoth_table_fields(kind, &columns);
    Schema *schema = py_schema_new(columns + more_count);
    int failed = schema == NULL ? -1 : 0;
    for (size_t i = 0; i < columns && failed == 0; i++) {
        const char *format =
            i == 0 && ids != NULL ? ids->format : py_storage_format(fields[i].type);
        failed = py_schema_set(schema, i, fields[i].name, format, fields[i].nullable);
    }
    for (size_t i = 0; i < more_count && failed == 0; i++) {
        failed = py_schema_set(schema, columns + i, more[i].name, more[i].format, true);
    }
    if (failed < 0) {
        py_schema_drop(schema);
        PyErr_NoMemory();
        return NULL;
    }
    return schema;
}
