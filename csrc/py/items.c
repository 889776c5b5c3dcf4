/* items.c - Items: what doc.quotes, doc.ents and the like are: a tuple that a notebook shows as a
 * table. Nothing but its display differs from a tuple, so it compares, hashes and unpacks as one.
 */
#include "types.h"

/* Through tuple's own constructor: what a tuple has beside its items differs between versions. */
PyObject *py_items_new(const State *state, PyObject *tuple)
{
    return PyObject_CallOneArg((PyObject *)state->types[TYPE_ITEMS], tuple);
}

/* A slice is Items, too, so that doc.ents[:5] is shown in the same way. */
static PyObject *items_subscript(PyObject *self, PyObject *key)
{
    PyObject *found = PyTuple_Type.tp_as_mapping->mp_subscript(self, key);
    if (found == NULL || !PySlice_Check(key)) {
        return found;
    }
    PyObject *items = PyObject_CallOneArg((PyObject *)Py_TYPE(self), found);
    Py_DECREF(found);
    return items;
}

static PyObject *items_repr_html(PyObject *self, PyObject *Py_UNUSED(ignored))
{
    return py_call_python("quoth._html", "items_table", self, NULL, 0, NULL);
}

static PyMethodDef items_methods[] = {
    {"_repr_html_", items_repr_html, METH_NOARGS, "What a notebook shows."},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot items_slots[] = {
    {Py_tp_doc, "A tuple of things of one document; a notebook shows it as a table."},
    {Py_tp_methods, items_methods},
    {Py_mp_subscript, items_subscript},
    {0, NULL},
};

PyType_Spec py_items_spec = {
    .name = "quoth.Items",
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_IMMUTABLETYPE,
    .slots = items_slots,
};
