/* kind.c - what Paragraph and TextWarning share: a Span with one value out of a set of names. */
#include "types.h"

PyObject *py_kind_new(PyTypeObject *type, PyObject *text, const KindRange *data)
{
    PyObject *self =
        py_span_alloc(type, text, (Py_ssize_t)data->span.start, (Py_ssize_t)data->span.end);
    if (self != NULL) {
        ((KindSpanObject *)self)->kind = data->kind;
        ((KindSpanObject *)self)->detail = Py_XNewRef(data->detail);
    }
    return self;
}

PyObject *py_kind_construct(PyTypeObject *type, PyObject *args, PyObject *kwargs, NameSet set,
                            const char *argument)
{
    PyObject *name = NULL;
    PyObject *self = py_span_construct(type, args, kwargs, argument, &name);
    if (self == NULL) {
        return NULL;
    }
    const State *state = py_state_of_type(type);
    int kind = name != NULL ? py_name_find(state, set, name) : 0;
    if (kind < 0 || PyUnicode_GET_LENGTH(state->names[set][kind]) == 0) {
        PyObject *listed = py_names_listed(state, set);
        if (listed != NULL) {
            PyErr_Format(PyExc_ValueError, "%s: expected %U, got %R", argument, listed,
                         name != NULL ? name : Py_None);
            Py_DECREF(listed);
        }
        Py_DECREF(self);
        return NULL;
    }
    ((KindSpanObject *)self)->kind = (uint8_t)kind;
    return self;
}

bool py_detail_equal(PyObject *a, PyObject *b)
{
    return a == NULL || b == NULL ? a == b : py_text_equal(a, b);
}

static bool kind_same(PyObject *a, PyObject *b)
{
    const KindSpanObject *x = (KindSpanObject *)a, *y = (KindSpanObject *)b;
    return x->kind == y->kind && py_detail_equal(x->detail, y->detail);
}

PyObject *py_kind_compare(PyObject *a, PyObject *b, int operation)
{
    return py_span_compare(a, b, operation, kind_same);
}

PyObject *py_kind_repr(PyObject *self, NameSet set, const char *argument)
{
    const SpanObject *span = (SpanObject *)self;
    const State *state = py_state_of(self);
    const char *type = set == NAMES_WARNING ? "TextWarning" : "Paragraph";
    PyObject *kind = py_name(state, set, ((KindSpanObject *)self)->kind);
    PyObject *excerpt = py_text_excerpt(span->text, span->start, span->end);
    PyObject *repr = NULL;
    if (excerpt != NULL) {
        repr = PyUnicode_FromFormat("%s(%R, %zd, %zd, %s=%R)", type, excerpt, span->start,
                                    span->end, argument, kind);
    }
    Py_XDECREF(excerpt);
    Py_DECREF(kind);
    return repr;
}

PyObject *py_kind_reduce(PyObject *self, NameSet set)
{
    const SpanObject *span = (SpanObject *)self;
    PyObject *kind = py_name(py_state_of(self), set, ((KindSpanObject *)self)->kind);
    return Py_BuildValue("O(OnnN)", Py_TYPE(self), span->text, span->start, span->end, kind);
}
