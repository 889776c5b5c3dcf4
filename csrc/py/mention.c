/* mention.c - Mention: a Span that names something, with what it is and which Entity it names. */
#include "types.h"

static const MentionData *data_of(PyObject *self)
{
    const RecordSpanObject *object = (RecordSpanObject *)self;
    return &object->record->data.mentions[object->index];
}

PyObject *py_mention_new(const State *state, Record *record, uint32_t index)
{
    return py_record_span_new(state->types[TYPE_MENTION], record, record->data.mentions[index].span,
                              index);
}

bool py_mention_equal(const Record *a, uint32_t i, const Record *b, uint32_t j)
{
    const MentionData *x = &a->data.mentions[i];
    const MentionData *y = &b->data.mentions[j];
    return py_range_equal(x->span, y->span) && py_range_equal(x->title, y->title) &&
           x->score == y->score && py_label_equal(a, x->label, b, y->label) &&
           py_text_equal(x->rule, y->rule) && py_extra_equal(x->extra, y->extra) &&
           py_entity_alike(a, x->entity, b, y->entity);
}

static bool mention_same(PyObject *a, PyObject *b)
{
    const RecordSpanObject *x = (RecordSpanObject *)a;
    const RecordSpanObject *y = (RecordSpanObject *)b;
    return py_mention_equal(x->record, x->index, y->record, y->index);
}

static PyObject *mention_richcompare(PyObject *a, PyObject *b, int operation)
{
    return py_span_compare(a, b, operation, mention_same);
}

static PyObject *mention_label(PyObject *self, void *Py_UNUSED(closure))
{
    return py_label(py_state_of(self), ((RecordSpanObject *)self)->record, data_of(self)->label);
}

static PyObject *mention_entity(PyObject *self, void *Py_UNUSED(closure))
{
    return py_entity_or_none(py_state_of(self), ((RecordSpanObject *)self)->record,
                             data_of(self)->entity);
}

static PyObject *mention_title(PyObject *self, void *Py_UNUSED(closure))
{
    return py_span_or_none(py_state_of(self), ((SpanObject *)self)->text, data_of(self)->title);
}

static PyObject *mention_score(PyObject *self, void *Py_UNUSED(closure))
{
    return PyFloat_FromDouble(data_of(self)->score);
}

static PyObject *mention_rule(PyObject *self, void *Py_UNUSED(closure))
{
    return Py_NewRef(data_of(self)->rule);
}

static PyObject *mention_kb_id(PyObject *self, void *Py_UNUSED(closure))
{
    const Data *data = &((RecordSpanObject *)self)->record->data;
    uint32_t entity = data_of(self)->entity;
    PyObject *own = py_extra_get(py_state_of(self), data_of(self)->extra, KEY_kb_id);
    if (own != NULL) {
        return Py_NewRef(own);
    }
    PyObject *kb_id = entity < data->count.entities ? data->entities[entity].kb_id : NULL;
    return Py_NewRef(kb_id != NULL ? kb_id : Py_None);
}

/* Told by the words when somebody asks: most readers of an article don't. None for a name. */
PyObject *py_value_of(const State *state, PyObject *text, const Data *data, Range span,
                      unsigned label)
{
    if (label < QUOTH_LABEL_DATE || label > QUOTH_LABEL_CARDINAL) {
        Py_RETURN_NONE;
    }
    PyObject *words = py_text_slice(text, (Py_ssize_t)span.start, (Py_ssize_t)span.end);
    PyObject *value = NULL;
    Date date = data->dateline_date.year != 0 ? data->dateline_date : data->source_date;
    PyObject *args[4] = {py_name(state, NAMES_LABEL, label), PyLong_FromLong(date.year),
                         PyLong_FromLong(date.month), PyLong_FromLong(date.day)};
    if (words != NULL && args[0] != NULL && args[1] != NULL && args[2] != NULL && args[3] != NULL) {
        value = py_call_python("quoth._value", "value_of", words, args, 4, NULL);
    }
    for (size_t i = 0; i < sizeof args / sizeof *args; i++) {
        Py_XDECREF(args[i]);
    }
    Py_XDECREF(words);
    return value;
}

static PyObject *mention_value(PyObject *self, void *Py_UNUSED(closure))
{
    const MentionData *data = data_of(self);
    const State *state = py_state_of(self);
    PyObject *own = py_extra_get(state, data->extra, KEY_value);
    return own != NULL
               ? Py_NewRef(own)
               : py_value_of(state, ((SpanObject *)self)->text,
                             &((RecordSpanObject *)self)->record->data, data->span, data->label);
}

static PyObject *mention_fields(PyObject *self, void *Py_UNUSED(closure))
{
    return py_extra_fields(py_state_of(self), data_of(self)->extra, ((SpanObject *)self)->text);
}

static PyObject *mention_repr(PyObject *self)
{
    const SpanObject *span = (SpanObject *)self;
    PyObject *label = mention_label(self, NULL);
    PyObject *excerpt = py_text_excerpt(span->text, span->start, span->end);
    PyObject *repr = NULL;
    if (excerpt != NULL) {
        repr = PyUnicode_FromFormat("Mention(%R, %zd, %zd, label_=%R)", excerpt, span->start,
                                    span->end, label);
    }
    Py_XDECREF(excerpt);
    Py_DECREF(label);
    return repr;
}

static PyObject *mention_reduce(PyObject *self, PyObject *Py_UNUSED(ignored))
{
    const RecordSpanObject *object = (RecordSpanObject *)self;
    return py_item_reduce(self, object->record, "mention", object->index);
}

static PyGetSetDef mention_getset[] = {
    {"label_", mention_label, NULL,
     "An OntoNotes label such as 'PERSON' or 'GPE', or one of your own.", NULL},
    {"entity", mention_entity, NULL, "The Entity that is named, or None.", NULL},
    {"title", mention_title, NULL,
     "The title or role of a person beside the name (a Span), or None.", NULL},
    {"score", mention_score, NULL, "How sure the label is, 0 to 1.", NULL},
    {"value", mention_value, NULL,
     "What a date, time, amount or number says, in one form, or None; see quoth._value.", NULL},
    {"rule", mention_rule, NULL, "The name of what found the mention.", NULL},
    {"kb_id_", mention_kb_id, NULL, "The identifier of the entity, or None.", NULL},
    {"fields", mention_fields, NULL,
     "The named groups of the pattern that found it (dict of Span).", NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyMethodDef mention_methods[] = {
    {"__reduce__", mention_reduce, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot mention_slots[] = {
    {Py_tp_doc, "A stretch of the text that names someone or something."},
    {Py_tp_dealloc, py_record_span_dealloc},
    {Py_tp_richcompare, mention_richcompare},
    {Py_tp_hash, py_span_hash},
    {Py_tp_repr, mention_repr},
    {Py_tp_getset, mention_getset},
    {Py_tp_methods, mention_methods},
    {0, NULL},
};

PyType_Spec py_mention_spec = {
    .name = "quoth.Mention",
    .basicsize = sizeof(RecordSpanObject),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_IMMUTABLETYPE | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .slots = mention_slots,
};
