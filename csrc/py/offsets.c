/* offsets.c - SentenceOffsets: starts and ends of sentences as a buffer of int64.
 *
 * In: pairs. Out: an immutable sequence of (start, end) whose memory NumPy and Arrow take as it is,
 * by the buffer protocol (PEP 3118): format q, shape (n, 2), C-contiguous, read-only.
 */
#include "types.h"

#include <string.h>

enum { PAIR = 2 * sizeof(int64_t), SHOWN_MOST = 6 };

static Py_ssize_t count_of(PyObject *self)
{
    return Py_SIZE(self) / 2;
}

PyObject *py_offsets_new(PyTypeObject *type, const int64_t *values, size_t count)
{
    OffsetsObject *self = PyObject_NewVar(OffsetsObject, type, (Py_ssize_t)(2 * count));
    if (self == NULL) {
        return NULL;
    }
    self->shape[0] = (Py_ssize_t)count;
    self->shape[1] = 2;
    self->strides[0] = PAIR;
    self->strides[1] = sizeof(int64_t);
    if (count > 0) {
        memcpy(self->values, values, count * PAIR);
    }
    return (PyObject *)self;
}

/* Of the bytes of such a buffer: what pickle gives back. */
static PyObject *offsets_construct(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    const char *names[] = {"data", NULL};
    Py_buffer data;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "y*:SentenceOffsets", (char **)(uintptr_t)names,
                                     &data)) {
        return NULL;
    }
    PyObject *self = NULL;
    if (data.len % PAIR != 0) {
        PyErr_Format(PyExc_ValueError,
                     "data: expected pairs of int64 (16 bytes each), got %zd bytes", data.len);
    } else {
        self = py_offsets_new(type, data.buf, (size_t)(data.len / PAIR));
    }
    PyBuffer_Release(&data);
    return self;
}

static void offsets_dealloc(PyObject *self)
{
    PyTypeObject *type = Py_TYPE(self);
    PyObject_Free(self);
    Py_DECREF(type);
}

static int offsets_getbuffer(PyObject *object, Py_buffer *view, int flags)
{
    OffsetsObject *self = (OffsetsObject *)object;
    if ((flags & PyBUF_WRITABLE) == PyBUF_WRITABLE) {
        PyErr_SetString(PyExc_BufferError, "SentenceOffsets is read-only");
        view->obj = NULL;
        return -1;
    }
    view->obj = Py_NewRef(object);
    view->buf = self->values;
    view->len = count_of(object) * PAIR;
    view->readonly = 1;
    view->itemsize = sizeof(int64_t);
    view->format = (flags & PyBUF_FORMAT) == PyBUF_FORMAT ? (char *)(uintptr_t) "q" : NULL;
    view->ndim = (flags & PyBUF_ND) == PyBUF_ND ? 2 : 1;
    view->shape = (flags & PyBUF_ND) == PyBUF_ND ? self->shape : NULL;
    view->strides = (flags & PyBUF_STRIDES) == PyBUF_STRIDES ? self->strides : NULL;
    view->suboffsets = NULL;
    view->internal = NULL;
    return 0;
}

static PyObject *offsets_item(PyObject *self, Py_ssize_t index)
{
    if (index < 0 || index >= count_of(self)) {
        PyErr_SetString(PyExc_IndexError, "index out of range");
        return NULL;
    }
    const int64_t *pair = ((OffsetsObject *)self)->values + 2 * index;
    return Py_BuildValue("(LL)", (long long)pair[0], (long long)pair[1]);
}

static bool same_values(PyObject *a, PyObject *b)
{
    return Py_SIZE(a) == Py_SIZE(b) &&
           memcmp(((OffsetsObject *)a)->values, ((OffsetsObject *)b)->values,
                  (size_t)count_of(a) * PAIR) == 0;
}

static PyObject *offsets_richcompare(PyObject *a, PyObject *b, int operation)
{
    if (Py_TYPE(a) != Py_TYPE(b) || (operation != Py_EQ && operation != Py_NE)) {
        Py_RETURN_NOTIMPLEMENTED;
    }
    return PyBool_FromLong(same_values(a, b) == (operation == Py_EQ));
}

static Py_hash_t offsets_hash(PyObject *self)
{
    Py_uhash_t hash = (Py_uhash_t)Py_SIZE(self);
    for (Py_ssize_t i = 0; i < Py_SIZE(self); i++) {
        hash = (hash ^ (Py_uhash_t)((OffsetsObject *)self)->values[i]) * 1000003u;
    }
    return (Py_hash_t)hash == -1 ? -2 : (Py_hash_t)hash;
}

static PyObject *offsets_repr(PyObject *self)
{
    Py_ssize_t count = count_of(self);
    PyObject *list = PyList_New(0);
    for (Py_ssize_t i = 0; list != NULL && i < count && i < SHOWN_MOST; i++) {
        PyObject *pair = offsets_item(self, i);
        if (pair == NULL || PyList_Append(list, pair) < 0) {
            Py_CLEAR(list);
        }
        Py_XDECREF(pair);
    }
    if (list == NULL) {
        return NULL;
    }
    PyObject *repr =
        count > SHOWN_MOST
            ? PyUnicode_FromFormat("<SentenceOffsets: %zd sentences, %R and so on>", count, list)
            : PyUnicode_FromFormat("<SentenceOffsets: %R>", list);
    Py_DECREF(list);
    return repr;
}

static PyObject *offsets_reduce(PyObject *self, PyObject *Py_UNUSED(ignored))
{
    return Py_BuildValue("O(y#)", Py_TYPE(self), (const char *)((OffsetsObject *)self)->values,
                         count_of(self) * PAIR);
}

static PyMethodDef offsets_methods[] = {
    {"__reduce__", offsets_reduce, METH_NOARGS, NULL},
    PY_COPY_METHODS,
    {NULL, NULL, 0, NULL},
};

static PyType_Slot offsets_slots[] = {
    {Py_tp_doc,
     "SentenceOffsets(data)\n--\n\n"
     "The start and the end of each sentence: an immutable sequence of pairs of int and a\n"
     "buffer of int64 with the shape (n, 2), which numpy.asarray() and pyarrow.py_buffer()\n"
     "take without a copy. Half-open, in code points of a str or in bytes of bytes."},
    {Py_tp_new, offsets_construct},
    {Py_tp_dealloc, offsets_dealloc},
    {Py_tp_richcompare, offsets_richcompare},
    {Py_tp_hash, offsets_hash},
    {Py_tp_repr, offsets_repr},
    {Py_tp_methods, offsets_methods},
    {Py_sq_length, count_of},
    {Py_sq_item, offsets_item},
    {Py_bf_getbuffer, offsets_getbuffer},
    {0, NULL},
};

PyType_Spec py_offsets_spec = {
    .name = "quoth.SentenceOffsets",
    .basicsize = sizeof(OffsetsObject),
    .itemsize = sizeof(int64_t),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_IMMUTABLETYPE | Py_TPFLAGS_SEQUENCE,
    .slots = offsets_slots,
};
