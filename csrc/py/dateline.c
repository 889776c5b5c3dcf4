/* dateline.c - Dateline and SourceLine: the lines that say when and where an article appeared. */
#include "types.h"

static PyObject *part(PyObject *self, FramePart which)
{
    const Record *record = ((RecordSpanObject *)self)->record;
    return py_span_or_none(py_state_of(self), record->text, record->data.frame[which]);
}

static PyObject *date_or_none(Date date)
{
    if (date.year == 0) {
        Py_RETURN_NONE;
    }
    /* Not by datetime.h: its pointer is one for the process, and dies with an interpreter. */
    PyObject *module = PyImport_ImportModule("datetime");
    PyObject *made = NULL;
    if (module != NULL) {
        made = PyObject_CallMethod(module, "date", "iii", (int)date.year, (int)date.month,
                                   (int)date.day);
        Py_DECREF(module);
    }
    return made;
}

static bool line_same(PyObject *a, PyObject *b)
{
    const Data *x = &((RecordSpanObject *)a)->record->data;
    const Data *y = &((RecordSpanObject *)b)->record->data;
    for (int i = FRAME_PLACE; i <= (int)FRAME_SOURCE_OUTLET; i++) {
        if (!py_range_equal(x->frame[i], y->frame[i])) {
            return false;
        }
    }
    return py_date_equal(x->dateline_date, y->dateline_date) &&
           py_date_equal(x->source_date, y->source_date);
}

static PyObject *line_richcompare(PyObject *a, PyObject *b, int operation)
{
    return py_span_compare(a, b, operation, line_same);
}

/* --- Dateline --------------------------------------------------------------------------------- */

PyObject *py_dateline_or_none(const State *state, Record *record)
{
    Range range = record->data.frame[FRAME_DATELINE];
    if (range.end == 0) {
        Py_RETURN_NONE;
    }
    return py_record_span_new(state->types[TYPE_DATELINE], record, range, 0);
}

static PyObject *dateline_date(PyObject *self, void *Py_UNUSED(closure))
{
    return date_or_none(((RecordSpanObject *)self)->record->data.dateline_date);
}

static PyObject *dateline_place(PyObject *self, void *Py_UNUSED(closure))
{
    return part(self, FRAME_PLACE);
}

static PyObject *dateline_section(PyObject *self, void *Py_UNUSED(closure))
{
    return part(self, FRAME_SECTION);
}

static PyObject *dateline_outlet(PyObject *self, void *Py_UNUSED(closure))
{
    return part(self, FRAME_DATELINE_OUTLET);
}

static PyObject *dateline_reduce(PyObject *self, PyObject *Py_UNUSED(ignored))
{
    return py_item_reduce(self, ((RecordSpanObject *)self)->record, "dateline", 0);
}

static PyGetSetDef dateline_getset[] = {
    {"date", dateline_date, NULL, "The date of the article, or None.", NULL},
    {"place", dateline_place, NULL, "Where it was written (a Span), or None.", NULL},
    {"section", dateline_section, NULL,
     "The kind of article (a Span), such as Commentary, or None.", NULL},
    {"outlet", dateline_outlet, NULL, "The news agency (a Span), or None.", NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyMethodDef dateline_methods[] = {
    {"__reduce__", dateline_reduce, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot dateline_slots[] = {
    {Py_tp_doc, "The line, or the opening of the first paragraph, that says when and where."},
    {Py_tp_dealloc, py_record_span_dealloc},
    {Py_tp_richcompare, line_richcompare},
    {Py_tp_hash, py_span_hash},
    {Py_tp_getset, dateline_getset},
    {Py_tp_methods, dateline_methods},
    {0, NULL},
};

PyType_Spec py_dateline_spec = {
    .name = "quoth.Dateline",
    .basicsize = sizeof(RecordSpanObject),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_IMMUTABLETYPE | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .slots = dateline_slots,
};

/* --- SourceLine ------------------------------------------------------------------------------- */

PyObject *py_source_line_or_none(const State *state, Record *record)
{
    Range range = record->data.frame[FRAME_SOURCE_LINE];
    if (range.end == 0) {
        Py_RETURN_NONE;
    }
    return py_record_span_new(state->types[TYPE_SOURCE_LINE], record, range, 0);
}

static PyObject *source_line_date(PyObject *self, void *Py_UNUSED(closure))
{
    return date_or_none(((RecordSpanObject *)self)->record->data.source_date);
}

static PyObject *source_line_outlet(PyObject *self, void *Py_UNUSED(closure))
{
    return part(self, FRAME_SOURCE_OUTLET);
}

static PyObject *source_line_reduce(PyObject *self, PyObject *Py_UNUSED(ignored))
{
    return py_item_reduce(self, ((RecordSpanObject *)self)->record, "source_line", 0);
}

static PyGetSetDef source_line_getset[] = {
    {"date", source_line_date, NULL, "The date of the article, or None.", NULL},
    {"outlet", source_line_outlet, NULL, "Where it appeared (a Span), or None.", NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyMethodDef source_line_methods[] = {
    {"__reduce__", source_line_reduce, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot source_line_slots[] = {
    {Py_tp_doc, "The line that says where the article appeared first."},
    {Py_tp_dealloc, py_record_span_dealloc},
    {Py_tp_richcompare, line_richcompare},
    {Py_tp_hash, py_span_hash},
    {Py_tp_getset, source_line_getset},
    {Py_tp_methods, source_line_methods},
    {0, NULL},
};

PyType_Spec py_source_line_spec = {
    .name = "quoth.SourceLine",
    .basicsize = sizeof(RecordSpanObject),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_IMMUTABLETYPE | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .slots = source_line_slots,
};
