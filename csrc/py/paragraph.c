/* paragraph.c - Paragraph: a Span with the part that it plays in the article. */
#include "types.h"

static PyObject *paragraph_construct(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    return py_kind_construct(type, args, kwargs, NAMES_PARAGRAPH, "kind");
}

static PyObject *paragraph_repr(PyObject *self)
{
    return py_kind_repr(self, NAMES_PARAGRAPH, "kind");
}

static PyObject *paragraph_reduce(PyObject *self, PyObject *Py_UNUSED(ignored))
{
    return py_kind_reduce(self, NAMES_PARAGRAPH);
}

static PyObject *paragraph_kind(PyObject *self, void *Py_UNUSED(closure))
{
    return py_name(py_state_of(self), NAMES_PARAGRAPH, ((KindSpanObject *)self)->kind);
}

static PyGetSetDef paragraph_getset[] = {
    {"kind", paragraph_kind, NULL,
     "What the paragraph is: 'body', 'title', 'standfirst', 'byline', 'dateline', 'source_line',\\n"
     "'heading', 'list_item' or 'author_note'.",
     NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyMethodDef paragraph_methods[] = {
    {"__reduce__", paragraph_reduce, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot paragraph_slots[] = {
    {Py_tp_doc, "Paragraph(text, start_char, end_char, kind='body')\n--\n\n"
                "A paragraph, without the white space around it."},
    {Py_tp_new, paragraph_construct},
    {Py_tp_richcompare, py_kind_compare},
    {Py_tp_hash, py_span_hash},
    {Py_tp_repr, paragraph_repr},
    {Py_tp_getset, paragraph_getset},
    {Py_tp_methods, paragraph_methods},
    {0, NULL},
};

PyType_Spec py_paragraph_spec = {
    .name = "quoth.Paragraph",
    .basicsize = sizeof(KindSpanObject),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_IMMUTABLETYPE,
    .slots = paragraph_slots,
};
