/* quotation.c - Quotation: a Span between quotation marks, speech or not. */
#include "types.h"

static const QuotationData *data_of(PyObject *self)
{
    const RecordSpanObject *object = (RecordSpanObject *)self;
    return &object->record->data.quotations[object->index];
}

PyObject *py_quotation_new(const State *state, Record *record, uint32_t index)
{
    return py_record_span_new(state->types[TYPE_QUOTATION], record,
                              record->data.quotations[index].span, index);
}

bool py_quotation_alike(const Record *a, uint32_t i, const Record *b, uint32_t j)
{
    const QuotationData *x = &a->data.quotations[i];
    const QuotationData *y = &b->data.quotations[j];
    return py_range_equal(x->span, y->span) && py_range_equal(x->inner, y->inner) &&
           x->kind == y->kind && x->closed == y->closed;
}

static bool quotation_same(PyObject *a, PyObject *b)
{
    const RecordSpanObject *x = (RecordSpanObject *)a;
    const RecordSpanObject *y = (RecordSpanObject *)b;
    uint32_t quote = data_of(a)->quote;
    uint32_t other = data_of(b)->quote;
    if (!py_quotation_alike(x->record, x->index, y->record, y->index) ||
        (quote == QUOTH_NONE) != (other == QUOTH_NONE)) {
        return false;
    }
    return quote == QUOTH_NONE || py_quote_equal(x->record, quote, y->record, other);
}

static PyObject *quotation_richcompare(PyObject *a, PyObject *b, int operation)
{
    return py_span_compare(a, b, operation, quotation_same);
}

static PyObject *quotation_inner(PyObject *self, void *Py_UNUSED(closure))
{
    return py_span_new(py_state_of(self), ((SpanObject *)self)->text, data_of(self)->inner);
}

static PyObject *quotation_kind(PyObject *self, void *Py_UNUSED(closure))
{
    return py_name(py_state_of(self), NAMES_QUOTATION, data_of(self)->kind);
}

static PyObject *quotation_closed(PyObject *self, void *Py_UNUSED(closure))
{
    return PyBool_FromLong(data_of(self)->closed);
}

static PyObject *quotation_quote(PyObject *self, void *Py_UNUSED(closure))
{
    return py_quote_or_none(py_state_of(self), ((RecordSpanObject *)self)->record,
                            data_of(self)->quote);
}

static PyObject *quotation_repr(PyObject *self)
{
    const SpanObject *span = (SpanObject *)self;
    PyObject *kind = quotation_kind(self, NULL);
    PyObject *excerpt = py_text_excerpt(span->text, span->start, span->end);
    PyObject *repr = NULL;
    if (excerpt != NULL) {
        repr = PyUnicode_FromFormat("Quotation(%R, %zd, %zd, kind=%R)", excerpt, span->start,
                                    span->end, kind);
    }
    Py_XDECREF(excerpt);
    Py_DECREF(kind);
    return repr;
}

static PyObject *quotation_reduce(PyObject *self, PyObject *Py_UNUSED(ignored))
{
    const RecordSpanObject *object = (RecordSpanObject *)self;
    return py_item_reduce(self, object->record, "quotation", object->index);
}

static PyGetSetDef quotation_getset[] = {
    {"inner", quotation_inner, NULL, "The Span between the marks.", NULL},
    {"kind", quotation_kind, NULL,
     "What the marks are for: 'speech', 'scare' (words set apart), 'title' (of a work),\n"
     "'nickname' or 'mention' (a word as a word).",
     NULL},
    {"closed", quotation_closed, NULL,
     "False when the closing mark is missing, or when the next paragraph goes on.", NULL},
    {"quote", quotation_quote, NULL, "The Quote that it belongs to, or None.", NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyMethodDef quotation_methods[] = {
    {"__reduce__", quotation_reduce, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot quotation_slots[] = {
    {Py_tp_doc, "A stretch between quotation marks; the marks are part of its text."},
    {Py_tp_dealloc, py_record_span_dealloc},
    {Py_tp_richcompare, quotation_richcompare},
    {Py_tp_hash, py_span_hash},
    {Py_tp_repr, quotation_repr},
    {Py_tp_getset, quotation_getset},
    {Py_tp_methods, quotation_methods},
    {0, NULL},
};

PyType_Spec py_quotation_spec = {
    .name = "quoth.Quotation",
    .basicsize = sizeof(RecordSpanObject),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_IMMUTABLETYPE | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .slots = quotation_slots,
};
