/* extra.c - what only the caller's own knowledge brings into a Record: labels of its own, and what
 * a find says beside its label.
 *
 * An extra is a dict in the form that JSON has, or NULL: "kb_id" and "value" are str, "fields" is
 * a dict from names to dicts with start and end. It is never handed out, but copied.
 */
#include "types.h"

PyObject *py_label(const State *state, const Record *record, unsigned label)
{
    if (label < QUOTH_LABEL_OWN || record->labels == NULL) {
        return py_name(state, NAMES_LABEL, label);
    }
    return Py_NewRef(PyTuple_GET_ITEM(record->labels, (Py_ssize_t)label - QUOTH_LABEL_OWN));
}

static PyObject *own_label(const Record *record, unsigned label)
{
    bool own = label >= QUOTH_LABEL_OWN && record->labels != NULL;
    return own ? PyTuple_GET_ITEM(record->labels, (Py_ssize_t)label - QUOTH_LABEL_OWN) : NULL;
}

bool py_label_equal(const Record *a, unsigned x, const Record *b, unsigned y)
{
    PyObject *own_x = own_label(a, x), *own_y = own_label(b, y);
    if (own_x == NULL || own_y == NULL) {
        return own_x == own_y && x == y;
    }
    return py_text_equal(own_x, own_y);
}

int py_label_find(const State *state, PyObject *labels, PyObject *name)
{
    int found = py_name_find(state, NAMES_LABEL, name);
    if (found >= 0 || labels == NULL || !PyUnicode_CheckExact(name)) {
        return found;
    }
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(labels); i++) {
        if (py_text_equal(PyTuple_GET_ITEM(labels, i), name)) {
            return (int)(QUOTH_LABEL_OWN + i);
        }
    }
    return -1;
}

bool py_extra_equal(PyObject *a, PyObject *b)
{
    if (a == NULL || b == NULL) {
        return a == b;
    }
    int same = PyObject_RichCompareBool(a, b, Py_EQ);
    if (same < 0) {
        PyErr_Clear(); /* no memory: str, int and dict compare otherwise */
    }
    return same == 1;
}

PyObject *py_extra_get(const State *state, PyObject *extra, KeyIndex key)
{
    return extra != NULL ? PyDict_GetItemWithError(extra, state->keys[key]) : NULL;
}

/* A copy of dicts within dicts. */
static PyObject *copy_of(PyObject *value)
{
    if (!PyDict_Check(value)) {
        return Py_NewRef(value);
    }
    PyObject *copy = PyDict_New();
    PyObject *key, *item;
    Py_ssize_t at = 0;
    while (copy != NULL && PyDict_Next(value, &at, &key, &item)) {
        PyObject *inner = copy_of(item);
        if (inner == NULL || PyDict_SetItem(copy, key, inner) < 0) {
            Py_CLEAR(copy);
        }
        Py_XDECREF(inner);
    }
    return copy;
}

int py_extra_put(PyObject *dict, PyObject *extra)
{
    PyObject *copy = extra != NULL ? copy_of(extra) : NULL;
    if (extra != NULL && copy == NULL) {
        return -1;
    }
    int failed = copy != NULL ? PyDict_Update(dict, copy) : 0;
    Py_XDECREF(copy);
    return failed;
}

PyObject *py_extra_fields(const State *state, PyObject *extra, PyObject *text)
{
    PyObject *spans = PyDict_New();
    PyObject *fields = py_extra_get(state, extra, KEY_fields);
    PyObject *name, *range;
    Py_ssize_t at = 0;
    while (spans != NULL && fields != NULL && PyDict_Next(fields, &at, &name, &range)) {
        PyObject *start = PyDict_GetItemWithError(range, state->keys[KEY_start]);
        PyObject *end = PyDict_GetItemWithError(range, state->keys[KEY_end]);
        Range span = {(uint32_t)PyLong_AsUnsignedLong(start), (uint32_t)PyLong_AsUnsignedLong(end)};
        PyObject *object = py_span_new(state, text, span);
        if (object == NULL || PyDict_SetItem(spans, name, object) < 0) {
            Py_CLEAR(spans);
        }
        Py_XDECREF(object);
    }
    return spans;
}

/* Adds key: value, which it takes over, to *extra, which is made when needed. */
int py_extra_add(const State *state, PyObject **extra, KeyIndex key, PyObject *value)
{
    if (value == NULL) {
        return -1;
    }
    if (*extra == NULL) {
        *extra = PyDict_New();
    }
    int failed = *extra == NULL ? -1 : PyDict_SetItem(*extra, state->keys[key], value);
    Py_DECREF(value);
    return failed;
}
