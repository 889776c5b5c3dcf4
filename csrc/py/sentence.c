/* sentence.c - Sentence: a Span that is one sentence, heading, dateline or list item. */
#include "types.h"

PyObject *py_sentence_new(const State *state, PyObject *text, Range range)
{
    return py_span_alloc(state->types[TYPE_SENTENCE], text, (Py_ssize_t)range.start,
                         (Py_ssize_t)range.end);
}

static PyObject *sentence_construct(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    return py_span_construct(type, args, kwargs, NULL, NULL);
}

static PyType_Slot sentence_slots[] = {
    {Py_tp_doc, "Sentence(text, start_char, end_char)\n--\n\n"
                "One sentence; a heading, a dateline and a list item count as one, too."},
    {Py_tp_new, sentence_construct},
    {Py_tp_dealloc, py_span_dealloc},
    {0, NULL},
};

PyType_Spec py_sentence_spec = {
    .name = "quoth.Sentence",
    .basicsize = sizeof(SpanObject),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_IMMUTABLETYPE,
    .slots = sentence_slots,
};
