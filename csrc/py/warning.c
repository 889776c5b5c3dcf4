/* warning.c - TextWarning: a Span where something about the text is odd. */
#include "types.h"

static PyObject *warning_construct(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    return py_kind_construct(type, args, kwargs, NAMES_WARNING, "code");
}

static PyObject *warning_repr(PyObject *self)
{
    return py_kind_repr(self, NAMES_WARNING, "code");
}

static PyObject *warning_reduce(PyObject *self, PyObject *Py_UNUSED(ignored))
{
    return py_kind_reduce(self, NAMES_WARNING);
}

static PyObject *warning_code(PyObject *self, void *Py_UNUSED(closure))
{
    return py_name(py_state_of(self), NAMES_WARNING, ((KindSpanObject *)self)->kind);
}

static PyObject *warning_message(PyObject *self, void *Py_UNUSED(closure))
{
    unsigned code = ((KindSpanObject *)self)->kind;
    return PyUnicode_FromString(quoth_warning_message((quoth_warning_code)code));
}

static PyGetSetDef warning_getset[] = {
    {"code", warning_code, NULL, "What is odd: 'unclosed_quotation' or 'stray_mark'.", NULL},
    {"message", warning_message, NULL, "The same as an English sentence.", NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyMethodDef warning_methods[] = {
    {"__reduce__", warning_reduce, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot warning_slots[] = {
    {Py_tp_doc,
     "TextWarning(text, start_char, end_char, code)\n--\n\n"
     "Something odd about the text, such as a quotation mark without its partner. It was read all\n"
     "the same."},
    {Py_tp_new, warning_construct},
    {Py_tp_richcompare, py_kind_compare},
    {Py_tp_hash, py_span_hash},
    {Py_tp_repr, warning_repr},
    {Py_tp_getset, warning_getset},
    {Py_tp_methods, warning_methods},
    {0, NULL},
};

PyType_Spec py_warning_spec = {
    .name = "quoth.TextWarning",
    .basicsize = sizeof(KindSpanObject),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_IMMUTABLETYPE,
    .slots = warning_slots,
};
