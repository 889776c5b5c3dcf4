/* item.c - what the types that hold a Record share: making, freeing, pickling.
 *
 * A pickle of several things of one article holds their Record once.
 */
#include "types.h"

PyObject *py_record_span_new(PyTypeObject *type, Record *record, Range range, uint32_t index)
{
    PyObject *self =
        py_span_alloc(type, record->text, (Py_ssize_t)range.start, (Py_ssize_t)range.end);
    if (self != NULL) {
        ((RecordSpanObject *)self)->record = (Record *)Py_NewRef((PyObject *)record);
        ((RecordSpanObject *)self)->index = index;
    }
    return self;
}

void py_record_span_dealloc(PyObject *self)
{
    Py_XDECREF((PyObject *)((RecordSpanObject *)self)->record);
    py_span_dealloc(self);
}

PyObject *py_item_new(PyTypeObject *type, Record *record, uint32_t index)
{
    ItemObject *self = PyObject_New(ItemObject, type);
    if (self == NULL) {
        return NULL;
    }
    self->record = (Record *)Py_NewRef((PyObject *)record);
    self->index = index;
    return (PyObject *)self;
}

void py_item_dealloc(PyObject *self)
{
    PyTypeObject *type = Py_TYPE(self);
    Py_DECREF((PyObject *)((ItemObject *)self)->record);
    PyObject_Free(self);
    Py_DECREF(type);
}

PyObject *py_item_reduce(PyObject *self, Record *record, const char *what, uint32_t index)
{
    PyObject *module = PyType_GetModule(Py_TYPE(self));
    if (module == NULL) {
        return NULL;
    }
    PyObject *function = PyObject_GetAttrString(module, "item");
    if (function == NULL) {
        return NULL;
    }
    return Py_BuildValue("N(OsI)", function, (PyObject *)record, what, (unsigned)index);
}

static PyObject *item_at(const State *state, Record *record, PyObject *what, size_t index)
{
    const Counts *count = &record->data.count;
    uint32_t at = (uint32_t)index;
    if (PyUnicode_CompareWithASCIIString(what, "document") == 0) {
        return py_document_new(state, record);
    }
    if (PyUnicode_CompareWithASCIIString(what, "dateline") == 0) {
        return py_dateline_or_none(state, record);
    }
    if (PyUnicode_CompareWithASCIIString(what, "source_line") == 0) {
        return py_source_line_or_none(state, record);
    }
    if (PyUnicode_CompareWithASCIIString(what, "quotation") == 0 && index < count->quotations) {
        return py_quotation_new(state, record, at);
    }
    if (PyUnicode_CompareWithASCIIString(what, "mention") == 0 &&
        index < count->mentions + count->matches) {
        return py_mention_new(state, record, at);
    }
    if (PyUnicode_CompareWithASCIIString(what, "entity") == 0 && index < count->entities) {
        return py_entity_new(state, record, at);
    }
    if (PyUnicode_CompareWithASCIIString(what, "quote") == 0 && index < count->quotes) {
        return py_quote_new(state, record, at);
    }
    PyErr_Format(PyExc_ValueError, "no %U with the index %zu in this record", what, index);
    return NULL;
}

PyObject *py_item_restore(PyObject *module, PyObject *const *args, Py_ssize_t count)
{
    const State *state = PyModule_GetState(module);
    if (count != 3 || !Py_IS_TYPE(args[0], state->types[TYPE_RECORD]) ||
        !PyUnicode_Check(args[1]) || !PyLong_Check(args[2])) {
        PyErr_SetString(PyExc_TypeError, "item: expected a Record, a str and an int");
        return NULL;
    }
    size_t index = PyLong_AsSize_t(args[2]);
    if (index == (size_t)-1 && PyErr_Occurred() != NULL) {
        return NULL;
    }
    return item_at(state, (Record *)args[0], args[1], index);
}
