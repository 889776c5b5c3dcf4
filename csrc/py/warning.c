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

static void warning_dealloc(PyObject *self)
{
    Py_XDECREF(((KindSpanObject *)self)->detail);
    py_span_dealloc(self);
}

static PyObject *warning_reduce(PyObject *self, PyObject *Py_UNUSED(ignored))
{
    const SpanObject *span = (SpanObject *)self;
    PyObject *detail = ((KindSpanObject *)self)->detail;
    if (detail == NULL) {
        return py_kind_reduce(self, NAMES_WARNING);
    }
    PyObject *module = PyType_GetModule(Py_TYPE(self));
    PyObject *function = module != NULL ? PyObject_GetAttrString(module, "text_warning") : NULL;
    if (function == NULL) {
        return NULL;
    }
    PyObject *code = py_name(py_state_of(self), NAMES_WARNING, ((KindSpanObject *)self)->kind);
    return Py_BuildValue("N(OnnNO)", function, span->text, span->start, span->end, code, detail);
}

PyObject *py_warning_restore(PyObject *module, PyObject *args)
{
    const State *state = PyModule_GetState(module);
    PyObject *text, *code, *detail;
    Py_ssize_t start, end;
    if (!PyArg_ParseTuple(args, "OnnOU:text_warning", &text, &start, &end, &code, &detail)) {
        return NULL;
    }
    PyObject *self = PyObject_CallFunction((PyObject *)state->types[TYPE_WARNING], "OnnO", text,
                                           start, end, code);
    if (self != NULL) {
        ((KindSpanObject *)self)->detail = PyUnicode_FromObject(detail);
        if (((KindSpanObject *)self)->detail == NULL) {
            Py_CLEAR(self);
        }
    }
    return self;
}

static PyObject *warning_code(PyObject *self, void *Py_UNUSED(closure))
{
    return py_name(py_state_of(self), NAMES_WARNING, ((KindSpanObject *)self)->kind);
}

static PyObject *warning_message(PyObject *self, void *Py_UNUSED(closure))
{
    unsigned code = ((KindSpanObject *)self)->kind;
    PyObject *detail = ((KindSpanObject *)self)->detail;
    const char *message = quoth_warning_message((quoth_warning_code)code);
    return detail != NULL ? PyUnicode_FromFormat("%s: %U", message, detail)
                          : PyUnicode_FromString(message);
}

static PyObject *warning_detail(PyObject *self, void *Py_UNUSED(closure))
{
    PyObject *detail = ((KindSpanObject *)self)->detail;
    return Py_NewRef(detail != NULL ? detail : Py_None);
}

static PyGetSetDef warning_getset[] = {
    {"code", warning_code, NULL,
     "What is odd: 'unclosed_quotation' or 'stray_mark'; or 'pattern_limit', for a pattern of "
     "your\n"
     "own.",
     NULL},
    {"detail", warning_detail, NULL, "Which pattern, or None.", NULL},
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
    {Py_tp_dealloc, warning_dealloc},
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
