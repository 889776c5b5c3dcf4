/* plain.c - plain values, those that JSON has: what a component may keep in doc.data.
 *
 * In: any object. Out: a copy that shares nothing that can change. Linear in the value.
 */
#include "types.h"

#include <math.h>

static PyObject *refuse(PyObject *value, const char *where)
{
    PyErr_Format(
        PyExc_TypeError,
        "%s: expected None, bool, int, float, str, or lists and dicts of these, got %.200s", where,
        Py_TYPE(value)->tp_name);
    return NULL;
}

static PyObject *copy_list(PyObject *value, const char *where)
{
    Py_ssize_t size = PySequence_Fast_GET_SIZE(value);
    PyObject *list = PyList_New(0);
    for (Py_ssize_t i = 0; list != NULL && i < size && i < PySequence_Fast_GET_SIZE(value); i++) {
        PyObject *item = py_plain_copy(PySequence_Fast_GET_ITEM(value, i), where);
        if (item == NULL || PyList_Append(list, item) < 0) {
            Py_CLEAR(list);
        }
        Py_XDECREF(item);
    }
    return list;
}

static PyObject *copy_dict(PyObject *value, const char *where)
{
    PyObject *dict = PyDict_New();
    PyObject *key, *item;
    Py_ssize_t at = 0;
    while (dict != NULL && PyDict_Next(value, &at, &key, &item)) {
        PyObject *copy = NULL;
        if (PyUnicode_CheckExact(key)) {
            copy = py_plain_copy(item, where);
        } else {
            PyErr_Format(PyExc_TypeError, "%s: expected str as keys, got %R", where, key);
        }
        if (copy == NULL || PyDict_SetItem(dict, key, copy) < 0) {
            Py_CLEAR(dict);
        }
        Py_XDECREF(copy);
    }
    return dict;
}

PyObject *py_plain_copy(PyObject *value, const char *where)
{
    if (value == Py_None || PyBool_Check(value) || PyLong_CheckExact(value) ||
        PyUnicode_CheckExact(value)) {
        return Py_NewRef(value);
    }
    if (PyFloat_CheckExact(value)) {
        if (!isfinite(PyFloat_AS_DOUBLE(value))) {
            PyErr_Format(PyExc_ValueError, "%s: expected finite numbers, got %R", where, value);
            return NULL;
        }
        return Py_NewRef(value);
    }
    bool list = PyList_CheckExact(value) || PyTuple_CheckExact(value);
    if (!list && !PyDict_CheckExact(value)) {
        return refuse(value, where);
    }
    if (Py_EnterRecursiveCall(" in a plain value") != 0) {
        return NULL;
    }
    PyObject *copy = list ? copy_list(value, where) : copy_dict(value, where);
    Py_LeaveRecursiveCall();
    return copy;
}
