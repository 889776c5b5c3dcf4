/* sentence.c - Sentence: a Span that is one sentence, heading, dateline or list item. A component of
 * the caller's may have given it a label. */
#include "types.h"

static PyObject *label_of(PyObject *self)
{
    return ((SentenceObject *)self)->label;
}

PyObject *py_sentence_label(const Record *record, size_t index)
{
    if (record->sentence_labels == NULL) {
        return NULL;
    }
    PyObject *key = PyLong_FromSize_t(index);
    PyObject *label = key != NULL ? PyDict_GetItemWithError(record->sentence_labels, key) : NULL;
    Py_XDECREF(key);
    return label; /* the dict holds it */
}

PyObject *py_sentence_new(const State *state, const Record *record, size_t index)
{
    Range range = record->data.sentences[index];
    PyObject *self = py_span_alloc(state->types[TYPE_SENTENCE], record->text,
                                   (Py_ssize_t)range.start, (Py_ssize_t)range.end);
    if (self != NULL && record->sentence_labels != NULL) {
        ((SentenceObject *)self)->label = Py_XNewRef(py_sentence_label(record, index));
        if (PyErr_Occurred() != NULL) {
            Py_CLEAR(self);
        }
    }
    return self;
}

static PyObject *sentence_construct(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    PyObject *label = NULL;
    PyObject *self = py_span_construct(type, args, kwargs, "label_", &label);
    if (self == NULL || label == NULL || label == Py_None) {
        return self;
    }
    ((SentenceObject *)self)->label = py_text_check(label, "label_");
    if (label_of(self) == NULL) {
        Py_CLEAR(self);
    }
    return self;
}

static void sentence_dealloc(PyObject *self)
{
    Py_XDECREF(label_of(self));
    py_span_dealloc(self);
}

static bool sentence_same(PyObject *a, PyObject *b)
{
    return py_detail_equal(label_of(a), label_of(b));
}

static PyObject *sentence_richcompare(PyObject *a, PyObject *b, int operation)
{
    return py_span_compare(a, b, operation, sentence_same);
}

static PyObject *sentence_reduce(PyObject *self, PyObject *Py_UNUSED(ignored))
{
    const SpanObject *span = (SpanObject *)self;
    if (label_of(self) == NULL) {
        return Py_BuildValue("O(Onn)", Py_TYPE(self), span->text, span->start, span->end);
    }
    return Py_BuildValue("O(OnnO)", Py_TYPE(self), span->text, span->start, span->end,
                         label_of(self));
}

static PyObject *sentence_label(PyObject *self, void *Py_UNUSED(closure))
{
    return Py_NewRef(label_of(self) != NULL ? label_of(self) : Py_None);
}

static PyGetSetDef sentence_getset[] = {
    {"label_", sentence_label, NULL, "The label that a component gave it (str), or None.", NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyMethodDef sentence_methods[] = {
    {"__reduce__", sentence_reduce, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot sentence_slots[] = {
    {Py_tp_doc, "Sentence(text, start_char, end_char, label_=None)\n--\n\n"
                "One sentence; a heading, a dateline and a list item count as one, too."},
    {Py_tp_new, sentence_construct},
    {Py_tp_dealloc, sentence_dealloc},
    {Py_tp_richcompare, sentence_richcompare},
    {Py_tp_hash, py_span_hash},
    {Py_tp_getset, sentence_getset},
    {Py_tp_methods, sentence_methods},
    {0, NULL},
};

PyType_Spec py_sentence_spec = {
    .name = "quoth.Sentence",
    .basicsize = sizeof(SentenceObject),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_IMMUTABLETYPE,
    .slots = sentence_slots,
};
