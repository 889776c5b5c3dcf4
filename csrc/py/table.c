/* table.c - Table: rows of columns that pyarrow, pandas, Polars, DuckDB and others read in place,
 * by the Arrow PyCapsule interface:
 * https://arrow.apache.org/docs/format/CDataInterface/PyCapsuleInterface.html
 */
#include "table.h"

#include <string.h>

static const char *const kind_names[QUOTH_TABLE_KINDS] = {"sents", "quotes", "ents"};

const char *py_table_kind_name(quoth_table_kind kind)
{
    return kind_names[kind];
}

int py_table_kind(PyObject *name, const char *argument)
{
    for (int i = 0; PyUnicode_Check(name) && i < QUOTH_TABLE_KINDS; i++) {
        if (PyUnicode_CompareWithASCIIString(name, kind_names[i]) == 0) {
            return i;
        }
    }
    PyErr_Format(PyExc_ValueError, "%s: expected 'sents', 'quotes' or 'ents', got %R", argument,
                 name);
    return -1;
}

void py_table_raise(const State *state, quoth_status status)
{
    if (status == QUOTH_ERROR_LIMIT) {
        PyErr_SetString(state->limit_error,
                        "text: expected at most 2 GiB in a column of a table for one text");
    } else {
        PyErr_NoMemory();
    }
}

/* --- making ----------------------------------------------------------------------------------- */

typedef struct Making {
    Given ids, *more;
    size_t more_count;
    bool with_ids;
} Making;

static int making_open(Making *self, const State *state, PyObject *ids, PyObject *more)
{
    memset(self, 0, sizeof *self);
    self->more_count = (size_t)PyTuple_GET_SIZE(more);
    self->more = PyMem_RawCalloc(self->more_count + 1, sizeof *self->more);
    if (self->more == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    self->with_ids = ids != Py_None;
    if (self->with_ids && py_given_read(state, ids, &self->ids) < 0) {
        return -1;
    }
    for (size_t i = 0; i < self->more_count; i++) {
        if (py_given_read(state, PyTuple_GET_ITEM(more, (Py_ssize_t)i), &self->more[i]) < 0) {
            return -1;
        }
    }
    return 0;
}

static void making_close(Making *self)
{
    py_given_free(&self->ids);
    for (size_t i = 0; self->more != NULL && i < self->more_count; i++) {
        py_given_free(&self->more[i]);
    }
    PyMem_RawFree(self->more);
}

static int fill(TableObject *self, const State *state, const Making *making, quoth_table **tables,
                size_t count)
{
    const Given *ids = making->with_ids ? &making->ids : NULL;
    self->schema = py_gather_schema(self->kind, ids, making->more, making->more_count);
    self->batches = PyMem_RawCalloc(count + 1, sizeof(Batch *));
    if (self->batches == NULL || self->schema == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    for (size_t i = 0; i < count; i++) {
        quoth_table *table = tables[i];
        tables[i] = NULL;
        Batch *batch = py_gather(state, self->kind, table, ids, making->more, making->more_count);
        if (batch == NULL) {
            return -1;
        }
        self->batches[self->batch_count++] = batch;
        self->rows += batch->rows;
    }
    return 0;
}

PyObject *py_table_new(const State *state, quoth_table_kind kind, quoth_table **tables,
                       size_t count, PyObject *ids, PyObject *more)
{
    Making making;
    TableObject *self = NULL;
    if (making_open(&making, state, ids, more) == 0) {
        self = PyObject_New(TableObject, state->types[TYPE_TABLE]);
    }
    if (self != NULL) {
        self->kind = kind;
        self->rows = 0;
        self->schema = NULL;
        self->batch_count = 0;
        self->batches = NULL;
        if (fill(self, state, &making, tables, count) < 0) {
            Py_CLEAR(self);
        }
    }
    making_close(&making);
    for (size_t i = 0; i < count; i++) {
        quoth_table_free(tables[i]);
    }
    return (PyObject *)self;
}

static void table_dealloc(PyObject *object)
{
    TableObject *self = (TableObject *)object;
    PyTypeObject *type = Py_TYPE(self);
    for (size_t i = 0; i < self->batch_count; i++) {
        py_batch_drop(self->batches[i]);
    }
    PyMem_RawFree(self->batches);
    py_schema_drop(self->schema);
    PyObject_Free(self);
    Py_DECREF(type);
}

PyObject *py_document_table(PyObject *self, PyObject *args, PyObject *kwargs)
{
    const char *names[] = {"table", "doc_id", NULL};
    const State *state = py_state_of(self);
    PyObject *name = NULL;
    PyObject *doc_id = Py_None;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "|OO:to_table", (char **)(uintptr_t)names, &name,
                                     &doc_id)) {
        return NULL;
    }
    int kind = name != NULL ? py_table_kind(name, "table") : (int)QUOTH_TABLE_QUOTES;
    if (kind < 0) {
        return NULL;
    }
    if (doc_id != Py_None && !PyUnicode_Check(doc_id) && !PyLong_CheckExact(doc_id)) {
        PyErr_Format(PyExc_TypeError, "doc_id: expected str or int, got %.200s",
                     Py_TYPE(doc_id)->tp_name);
        return NULL;
    }
    quoth_table *table = NULL;
    quoth_status status = quoth_table_new((quoth_table_kind)kind, &py_memory, &table);
    if (status != QUOTH_OK) {
        py_table_raise(state, status);
        return NULL;
    }
    if (py_rows_push(state, ((DocumentObject *)self)->record, (quoth_table_kind)kind, 0, table) <
        0) {
        quoth_table_free(table);
        return NULL;
    }
    PyObject *ids = doc_id == Py_None ? Py_NewRef(Py_None)
                                      : Py_BuildValue("(ss[O])", "doc_id",
                                                      PyUnicode_Check(doc_id) ? "u" : "l", doc_id);
    PyObject *more = PyTuple_New(0);
    PyObject *result = NULL;
    if (ids != NULL && more != NULL) {
        result = py_table_new(state, (quoth_table_kind)kind, &table, 1, ids, more);
    } else {
        quoth_table_free(table);
    }
    Py_XDECREF(ids);
    Py_XDECREF(more);
    return result;
}

/* --- capsules --------------------------------------------------------------------------------- */

static void schema_capsule_free(PyObject *capsule)
{
    struct ArrowSchema *schema = PyCapsule_GetPointer(capsule, "arrow_schema");
    if (schema->release != NULL) {
        schema->release(schema);
    }
    PyMem_RawFree(schema);
}

static void stream_capsule_free(PyObject *capsule)
{
    struct ArrowArrayStream *stream = PyCapsule_GetPointer(capsule, "arrow_array_stream");
    if (stream->release != NULL) {
        stream->release(stream);
    }
    PyMem_RawFree(stream);
}

static PyObject *table_arrow_schema(PyObject *self, PyObject *Py_UNUSED(ignored))
{
    struct ArrowSchema *schema = PyMem_RawMalloc(sizeof *schema);
    if (schema == NULL || py_arrow_schema(((TableObject *)self)->schema, schema) != QUOTH_OK) {
        PyMem_RawFree(schema);
        return PyErr_NoMemory();
    }
    PyObject *capsule = PyCapsule_New(schema, "arrow_schema", schema_capsule_free);
    if (capsule == NULL) {
        schema->release(schema);
        PyMem_RawFree(schema);
    }
    return capsule;
}

/* The columns have one form: a schema that is asked for is not looked at, which the interface
 * allows. */
static PyObject *table_arrow_stream(PyObject *self, PyObject *args, PyObject *kwargs)
{
    const char *names[] = {"requested_schema", NULL};
    const TableObject *table = (TableObject *)self;
    PyObject *requested;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "|O:__arrow_c_stream__",
                                     (char **)(uintptr_t)names, &requested)) {
        return NULL;
    }
    struct ArrowArrayStream *stream = PyMem_RawMalloc(sizeof *stream);
    if (stream == NULL ||
        py_arrow_stream(table->schema, table->batches, table->batch_count, stream) != QUOTH_OK) {
        PyMem_RawFree(stream);
        return PyErr_NoMemory();
    }
    PyObject *capsule = PyCapsule_New(stream, "arrow_array_stream", stream_capsule_free);
    if (capsule == NULL) {
        stream->release(stream);
        PyMem_RawFree(stream);
    }
    return capsule;
}

/* --- looking without Arrow -------------------------------------------------------------------- */

static PyObject *value_of(const quoth_column *column, size_t row)
{
    quoth_cell cell = quoth_column_cell(column, row);
    if (!cell.present) {
        Py_RETURN_NONE;
    }
    switch (column->type) {
    case QUOTH_COLUMN_BOOL:
        return PyBool_FromLong(cell.integer != 0);
    case QUOTH_COLUMN_FLOAT64:
        return PyFloat_FromDouble(cell.number);
    case QUOTH_COLUMN_STRING:
        return PyUnicode_DecodeUTF8(cell.string.data, (Py_ssize_t)cell.string.size, NULL);
    default:
        return PyLong_FromLongLong(cell.integer);
    }
}

static PyObject *column_list(const TableObject *self, size_t index)
{
    PyObject *list = PyList_New((Py_ssize_t)self->rows);
    Py_ssize_t at = 0;
    for (size_t b = 0; list != NULL && b < self->batch_count; b++) {
        const quoth_column *column = self->batches[b]->columns[index];
        for (size_t i = 0; list != NULL && i < self->batches[b]->rows; i++) {
            PyObject *value = value_of(column, i);
            if (value == NULL) {
                Py_CLEAR(list);
            } else {
                PyList_SET_ITEM(list, at++, value);
            }
        }
    }
    return list;
}

/* The index of the column of a name, -1 if there is none (KeyError). */
static Py_ssize_t column_index(const TableObject *self, PyObject *name)
{
    for (size_t i = 0; PyUnicode_Check(name) && i < self->schema->field_count; i++) {
        PyObject *other = PyUnicode_FromString(self->schema->fields[i].name);
        if (other == NULL) {
            return -1;
        }
        bool same = PyUnicode_Compare(name, other) == 0;
        Py_DECREF(other);
        if (same) {
            return (Py_ssize_t)i;
        }
    }
    PyErr_SetObject(PyExc_KeyError, name);
    return -1;
}

static PyObject *table_column(PyObject *object, PyObject *name)
{
    const TableObject *self = (TableObject *)object;
    Py_ssize_t index = column_index(self, name);
    PyObject *list = index >= 0 ? column_list(self, (size_t)index) : NULL;
    if (list == NULL || self->schema->fields[index].format[0] != 't') {
        return list;
    }
    PyObject *format = PyUnicode_FromString(self->schema->fields[index].format);
    PyObject *moments =
        format != NULL ? py_call_python("quoth._tables", "moments", list, &format, 1, NULL) : NULL;
    Py_XDECREF(format);
    Py_DECREF(list);
    return moments;
}

/* What a null is among numbers. */
static void fill_numbers(const quoth_column *column, char *out)
{
    for (size_t i = 0; i < column->length; i++) {
        quoth_cell cell = quoth_column_cell(column, i);
        int64_t integer = cell.present ? cell.integer : -1;
        double number = cell.present ? cell.number : Py_NAN;
        const void *from =
            column->type == QUOTH_COLUMN_FLOAT64 ? (const void *)&number : (const void *)&integer;
        memcpy(out + 8 * i, from, 8);
    }
}

static PyObject *table_array(PyObject *object, PyObject *name)
{
    const TableObject *self = (TableObject *)object;
    Py_ssize_t index = column_index(self, name);
    if (index < 0) {
        return NULL;
    }
    const char *format = self->schema->fields[index].format;
    if (strcmp(format, "l") != 0 && strcmp(format, "g") != 0) {
        return PyErr_Format(PyExc_TypeError, "array: expected a column of numbers, got %R", name);
    }
    PyObject *bytes = PyBytes_FromStringAndSize(NULL, (Py_ssize_t)self->rows * 8);
    char *out = bytes != NULL ? PyBytes_AS_STRING(bytes) : NULL;
    for (size_t b = 0; b < self->batch_count && bytes != NULL; b++) {
        const quoth_column *column = self->batches[b]->columns[index];
        fill_numbers(column, out);
        out += 8 * column->length;
    }
    PyObject *view = bytes != NULL ? PyMemoryView_FromObject(bytes) : NULL;
    PyObject *cast =
        view != NULL ? PyObject_CallMethod(view, "cast", "s", format[0] == 'l' ? "q" : "d") : NULL;
    Py_XDECREF(view);
    Py_XDECREF(bytes);
    return cast;
}

static PyObject *table_column_names(PyObject *object, void *Py_UNUSED(closure))
{
    const Schema *schema = ((TableObject *)object)->schema;
    PyObject *names = PyTuple_New((Py_ssize_t)schema->field_count);
    for (size_t i = 0; names != NULL && i < schema->field_count; i++) {
        PyObject *name = PyUnicode_FromString(schema->fields[i].name);
        if (name == NULL) {
            Py_CLEAR(names);
        } else {
            PyTuple_SET_ITEM(names, (Py_ssize_t)i, name);
        }
    }
    return names;
}

/* Of each column its format, as Arrow writes it, and whether a value may be absent. */
static PyObject *table_column_types(PyObject *object, void *Py_UNUSED(closure))
{
    const Schema *schema = ((TableObject *)object)->schema;
    PyObject *types = PyTuple_New((Py_ssize_t)schema->field_count);
    for (size_t i = 0; types != NULL && i < schema->field_count; i++) {
        const Field *field = &schema->fields[i];
        PyObject *type = Py_BuildValue("(sO)", field->format, field->nullable ? Py_True : Py_False);
        if (type == NULL) {
            Py_CLEAR(types);
        } else {
            PyTuple_SET_ITEM(types, (Py_ssize_t)i, type);
        }
    }
    return types;
}

static PyObject *table_name(PyObject *self, void *Py_UNUSED(closure))
{
    return PyUnicode_FromString(kind_names[((TableObject *)self)->kind]);
}

static Py_ssize_t table_length(PyObject *self)
{
    return (Py_ssize_t)((TableObject *)self)->rows;
}

static PyObject *table_repr(PyObject *object)
{
    const TableObject *self = (TableObject *)object;
    return PyUnicode_FromFormat("<quoth.Table %s: %zu rows, %zu columns>", kind_names[self->kind],
                                self->rows, self->schema->field_count);
}

static PyObject *table_reduce(PyObject *self, PyObject *Py_UNUSED(ignored))
{
    PyErr_Format(PyExc_TypeError, "a %s is not pickled: pickle what to_arrow() gives",
                 Py_TYPE(self)->tp_name);
    return NULL;
}

#define TABLE_TO(name)                                                                             \
    static PyObject *table_##name(PyObject *self, PyObject *Py_UNUSED(ignored))                    \
    {                                                                                              \
        return py_call_python("quoth._tables", #name, self, NULL, 0, NULL);                        \
    }
TABLE_TO(to_arrow)
TABLE_TO(to_pandas)
TABLE_TO(to_polars)
TABLE_TO(to_pylist)
#undef TABLE_TO

static PyMethodDef table_methods[] = {
    {"__arrow_c_schema__", table_arrow_schema, METH_NOARGS,
     "__arrow_c_schema__($self, /)\n--\n\nThe schema for whoever reads Arrow."},
    {"__arrow_c_stream__", (PyCFunction)(void (*)(void))table_arrow_stream,
     METH_VARARGS | METH_KEYWORDS,
     "__arrow_c_stream__($self, /, requested_schema=None)\n--\n\n"
     "The rows for whoever reads Arrow; nothing is copied."},
    {"column", table_column, METH_O,
     "column($self, name, /)\n--\n\nThe values of a column as a list; absent ones are None."},
    {"array", table_array, METH_O,
     "array($self, name, /)\n--\n\n"
     "The values of a column of numbers as a memoryview, which NumPy takes as it is: int64, -1\n"
     "where there is none, or float64, NaN where there is none."},
    {"to_arrow", table_to_arrow, METH_NOARGS,
     "to_arrow($self, /)\n--\n\nA pyarrow.Table that shares the memory."},
    {"to_pandas", table_to_pandas, METH_NOARGS, "to_pandas($self, /)\n--\n\nA pandas.DataFrame."},
    {"to_polars", table_to_polars, METH_NOARGS, "to_polars($self, /)\n--\n\nA polars.DataFrame."},
    {"to_pylist", table_to_pylist, METH_NOARGS,
     "to_pylist($self, /)\n--\n\nA list with a dict for each row."},
    {"__reduce__", table_reduce, METH_NOARGS, NULL},
    PY_COPY_METHODS,
    {NULL, NULL, 0, NULL},
};

static PyGetSetDef table_getset[] = {
    {"name", table_name, NULL, "'sents', 'quotes' or 'ents'.", NULL},
    {"column_names", table_column_names, NULL, "The names of its columns (tuple of str).", NULL},
    {"column_types", table_column_types, NULL,
     "Of each column its format in Arrow's C data interface ('u': str, 'l': int64, 'g': float64)\n"
     "and whether values may be absent (tuple of pairs).",
     NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyType_Slot table_slots[] = {
    {Py_tp_doc,
     "Rows of sentences, quotes or entities, in columns as Apache Arrow has them. Libraries that\n"
     "know the Arrow PyCapsule interface take it as it is: pyarrow.table(table),\n"
     "polars.DataFrame(table), duckdb.sql('FROM quotes') for a table in a variable of that name."},
    {Py_tp_dealloc, table_dealloc},
    {Py_tp_repr, table_repr},
    {Py_tp_methods, table_methods},
    {Py_tp_getset, table_getset},
    {Py_mp_length, table_length},
    {0, NULL},
};

PyType_Spec py_table_spec = {
    .name = "quoth.Table",
    .basicsize = sizeof(TableObject),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_IMMUTABLETYPE | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .slots = table_slots,
};
