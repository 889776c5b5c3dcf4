/* span.c - Span: a stretch of a text, and what all types that extend it share.
 *
 * In: a str and code-point offsets. Out: an object that holds the str, so that .text is cut when it
 * is asked for and text[span.start_char:span.end_char] == span.text always.
 */
#include "types.h"

/* --- making ----------------------------------------------------------------------------------- */

PyObject *py_span_alloc(PyTypeObject *type, PyObject *text, Py_ssize_t start, Py_ssize_t end)
{
    /* PyObject_Malloc() without zeroing for spans and sentences: there may be millions. */
    bool sentence = type->tp_basicsize == sizeof(SentenceObject);
    SpanObject *self = sentence || type->tp_basicsize == sizeof(SpanObject)
                           ? (SpanObject *)_PyObject_New(type)
                           : (SpanObject *)type->tp_alloc(type, 0);
    if (self == NULL) {
        return NULL;
    }
    if (sentence) {
        ((SentenceObject *)self)->label = NULL;
    }
    self->text = Py_NewRef(text);
    self->start = start;
    self->end = end;
    return (PyObject *)self;
}

PyObject *py_span_new(const State *state, PyObject *text, Range range)
{
    return py_span_alloc(state->types[TYPE_SPAN], text, (Py_ssize_t)range.start,
                         (Py_ssize_t)range.end);
}

PyObject *py_span_or_none(const State *state, PyObject *text, Range range)
{
    if (range.start >= range.end) {
        Py_RETURN_NONE;
    }
    return py_span_new(state, text, range);
}

static int as_offset(PyObject *object, const char *argument, Py_ssize_t least, Py_ssize_t most,
                     Py_ssize_t *out)
{
    if (!PyLong_Check(object)) {
        PyErr_Format(PyExc_TypeError, "%s: expected int, got %.200s", argument,
                     Py_TYPE(object)->tp_name);
        return -1;
    }
    Py_ssize_t value = PyLong_AsSsize_t(object);
    if (value == -1 && PyErr_Occurred() != NULL) {
        PyErr_Clear(); /* too large for any text */
    }
    if (value < least || value > most) {
        PyErr_Format(PyExc_ValueError, "%s: expected %zd to %zd, got %R", argument, least, most,
                     object);
        return -1;
    }
    *out = value;
    return 0;
}

PyObject *py_span_construct(PyTypeObject *type, PyObject *args, PyObject *kwargs,
                            const char *extra_name, PyObject **extra)
{
    const char *names[] = {"text", "start_char", "end_char", extra_name, NULL};
    PyObject *text, *start_object, *end_object, *extra_object = NULL;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, extra_name != NULL ? "OOO|O" : "OOO",
                                     (char **)(uintptr_t)names, &text, &start_object, &end_object,
                                     &extra_object)) {
        return NULL;
    }
    text = py_text_check(text, "text");
    if (text == NULL) {
        return NULL;
    }
    Py_ssize_t start, end;
    PyObject *self = NULL;
    if (as_offset(start_object, "start_char", 0, PyUnicode_GET_LENGTH(text), &start) == 0 &&
        as_offset(end_object, "end_char", start, PyUnicode_GET_LENGTH(text), &end) == 0) {
        self = py_span_alloc(type, text, start, end);
    }
    Py_DECREF(text);
    if (extra != NULL) {
        *extra = extra_object;
    }
    return self;
}

static PyObject *span_construct(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    return py_span_construct(type, args, kwargs, NULL, NULL);
}

void py_span_dealloc(PyObject *self)
{
    PyTypeObject *type = Py_TYPE(self);
    Py_XDECREF(((SpanObject *)self)->text);
    type->tp_free(self);
    Py_DECREF(type);
}

/* --- protocols -------------------------------------------------------------------------------- */

PyObject *py_span_compare(PyObject *a, PyObject *b, int operation, SameFunction same)
{
    if (Py_TYPE(a) != Py_TYPE(b)) {
        Py_RETURN_NOTIMPLEMENTED;
    }
    const SpanObject *x = (SpanObject *)a;
    const SpanObject *y = (SpanObject *)b;
    if (operation == Py_EQ || operation == Py_NE) {
        bool equal = x->start == y->start && x->end == y->end && py_text_equal(x->text, y->text) &&
                     (same == NULL || same(a, b));
        return PyBool_FromLong(equal == (operation == Py_EQ));
    }
    if (!py_text_equal(x->text, y->text)) {
        Py_RETURN_NOTIMPLEMENTED;
    }
    Py_ssize_t first = x->start != y->start ? x->start : x->end;
    Py_ssize_t second = x->start != y->start ? y->start : y->end;
    Py_RETURN_RICHCOMPARE(first, second, operation);
}

static PyObject *span_richcompare(PyObject *a, PyObject *b, int operation)
{
    return py_span_compare(a, b, operation, NULL);
}

Py_hash_t py_span_hash(PyObject *self)
{
    const SpanObject *span = (SpanObject *)self;
    Py_hash_t text = PyObject_Hash(span->text); /* CPython keeps it in the str */
    if (text == -1) {
        return -1;
    }
    Py_uhash_t hash = (Py_uhash_t)text;
    hash = (hash ^ (Py_uhash_t)span->start) * 1000003u;
    hash = (hash ^ (Py_uhash_t)span->end) * 1000003u;
    return (Py_hash_t)hash == -1 ? -2 : (Py_hash_t)hash;
}

static Py_ssize_t span_length(PyObject *self)
{
    return ((SpanObject *)self)->end - ((SpanObject *)self)->start;
}

/* The name of a type without its module. */
static const char *short_name(const PyTypeObject *type)
{
    const char *dot = strrchr(type->tp_name, '.');
    return dot != NULL ? dot + 1 : type->tp_name;
}

PyObject *py_span_repr(PyObject *self)
{
    const SpanObject *span = (SpanObject *)self;
    PyObject *excerpt = py_text_excerpt(span->text, span->start, span->end);
    if (excerpt == NULL) {
        return NULL;
    }
    PyObject *repr = PyUnicode_FromFormat("%s(%R, %zd, %zd)", short_name(Py_TYPE(self)), excerpt,
                                          span->start, span->end);
    Py_DECREF(excerpt);
    return repr;
}

static PyObject *span_text(PyObject *self, void *Py_UNUSED(closure))
{
    const SpanObject *span = (SpanObject *)self;
    return py_text_slice(span->text, span->start, span->end);
}

static PyObject *span_reduce(PyObject *self, PyObject *Py_UNUSED(ignored))
{
    const SpanObject *span = (SpanObject *)self;
    return Py_BuildValue("O(Onn)", Py_TYPE(self), span->text, span->start, span->end);
}

PyObject *py_same_object(PyObject *self, PyObject *Py_UNUSED(ignored))
{
    return Py_NewRef(self);
}

static PyMemberDef span_members[] = {
    {"start_char", T_PYSSIZET, offsetof(SpanObject, start), READONLY,
     "Offset of the first character, in code points of the text that was read."},
    {"end_char", T_PYSSIZET, offsetof(SpanObject, end), READONLY,
     "Offset behind the last character, in code points of the text that was read."},
    {NULL, 0, 0, 0, NULL},
};

static PyGetSetDef span_getset[] = {
    {"text", span_text, NULL, "The characters of the span.", NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyMethodDef span_methods[] = {
    {"__reduce__", span_reduce, METH_NOARGS, NULL},
    PY_COPY_METHODS,
    {NULL, NULL, 0, NULL},
};

static PyType_Slot span_slots[] = {
    {Py_tp_doc, "Span(text, start_char, end_char)\n--\n\n"
                "A stretch of a text. Offsets are half-open and count code points.\n\n"
                "Spans of one type are equal when text and offsets are; within one text they are\n"
                "ordered by their offsets. len() is the number of code points."},
    {Py_tp_new, span_construct},
    {Py_tp_dealloc, py_span_dealloc},
    {Py_tp_richcompare, span_richcompare},
    {Py_tp_hash, py_span_hash},
    {Py_tp_repr, py_span_repr},
    {Py_sq_length, span_length},
    {Py_tp_members, span_members},
    {Py_tp_getset, span_getset},
    {Py_tp_methods, span_methods},
    {0, NULL},
};

/* BASETYPE lets the binding's own types extend it; module.c makes it final after that. */
PyType_Spec py_span_spec = {
    .name = "quoth.Span",
    .basicsize = sizeof(SpanObject),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_IMMUTABLETYPE | Py_TPFLAGS_BASETYPE,
    .slots = span_slots,
};
