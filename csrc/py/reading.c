/* reading.c - Reading: a text on its way through the stages of a pipeline, for components, which see
 * it between two of them and change what was found. Not public: quoth._work uses it.
 *
 * In: a str, and edits in code points. Out: Documents of what is known so far; finish() makes the
 * last one. run() reads with the GIL released; a Reader's threads do the same (reader.c).
 */
#include "types.h"

#include <string.h>

static ReadingObject *reading_of(PyObject *object)
{
    return (ReadingObject *)object;
}

static void forget(ReadingObject *self)
{
    if (self->data.block != NULL) {
        py_data_clear(&self->data);
    }
    Py_CLEAR(self->record);
}

static int check_idle(const ReadingObject *self, bool begun)
{
    if (self->busy || (begun && self->doc == NULL)) {
        PyErr_SetString(PyExc_RuntimeError, "this text is being read, or is no longer there");
        return -1;
    }
    return 0;
}

/* --- making ----------------------------------------------------------------------------------- */

static PyObject *reading_construct(PyTypeObject *type, PyObject *args, PyObject *Py_UNUSED(kwargs))
{
    const State *state = py_state_of_type(type);
    PyObject *pipeline, *text;
    unsigned stages;
    if (!PyArg_ParseTuple(args, "O!OI:Reading", state->types[TYPE_PIPELINE], &pipeline, &text,
                          &stages)) {
        return NULL;
    }
    text = py_text_check(text, "text");
    ReadingObject *self = text != NULL ? (ReadingObject *)type->tp_alloc(type, 0) : NULL;
    if (self == NULL) {
        Py_XDECREF(text);
        return NULL;
    }
    self->text = text;
    self->pipeline = (PipelineObject *)Py_NewRef(pipeline);
    self->stages = stages;
    self->labels =
        self->pipeline->labels != NULL ? PySequence_List(self->pipeline->labels) : PyList_New(0);
    if (self->labels == NULL) {
        Py_CLEAR(self);
    }
    return (PyObject *)self;
}

static void reading_dealloc(PyObject *object)
{
    ReadingObject *self = reading_of(object);
    PyTypeObject *type = Py_TYPE(self);
    forget(self);
    quoth_doc_free(self->doc);
    quoth_trace_free(self->trace);
    Py_XDECREF(self->labels);
    Py_XDECREF((PyObject *)self->pipeline);
    Py_XDECREF(self->text);
    type->tp_free(self);
    Py_DECREF(type);
}

/* --- reading ---------------------------------------------------------------------------------- */

static PyObject *reading_run(PyObject *object, PyObject *stage)
{
    ReadingObject *self = reading_of(object);
    const State *state = py_state_of(object);
    int number = py_name_find(state, NAMES_STAGE, stage);
    if (number < 0) {
        return PyErr_Format(PyExc_ValueError, "run: expected a stage, got %R", stage);
    }
    if (check_idle(self, false) < 0) {
        return NULL;
    }
    quoth_error error;
    quoth_scratch *scratch;
    memset(&error, 0, sizeof error);
    forget(self);
    quoth_status status = py_scratch_take(self->pipeline, &scratch);
    if (status != QUOTH_OK) {
        py_raise(state, status, &error);
        return NULL;
    }
    quoth_doc *doc = self->doc;
    quoth_stage until = (quoth_stage)(1u << number);
    self->doc = NULL;
    self->busy = true;
    quoth_scratch_watch(scratch, self->trace);
    Py_BEGIN_ALLOW_THREADS;
    status = doc != NULL
                 ? quoth_read_on(self->pipeline->core, scratch, doc, until, &error)
                 : quoth_read_until(self->pipeline->core, scratch, py_text_input(self->text),
                                    self->stages, until, &doc, &error);
    Py_END_ALLOW_THREADS;
    self->busy = false;
    quoth_scratch_watch(scratch, NULL);
    py_scratch_give(self->pipeline, scratch);
    if (status != QUOTH_OK) {
        quoth_doc_free(doc);
        py_raise(state, status, &error);
        return NULL;
    }
    self->doc = doc;
    Py_RETURN_NONE;
}

/* A Record of what doc says now; warnings: room for so many more. */
static Record *record_new(ReadingObject *self, size_t warnings)
{
    State *state = py_state_of((PyObject *)self);
    Data data = self->data;
    memset(&self->data, 0, sizeof self->data);
    if (data.block != NULL && warnings > 0) {
        py_data_clear(&data);
    }
    if (data.block == NULL && py_data_read(&data, self->doc, warnings) != QUOTH_OK) {
        PyErr_NoMemory();
        return NULL;
    }
    Record *record = NULL;
    if (py_limits_check(self->pipeline, self->text, self->doc) == 0) {
        record = py_record_new(state, self->text, &data);
    } else {
        py_data_clear(&data);
    }
    if (record == NULL) {
        return NULL;
    }
    if (py_record_name(record, self->doc) < 0 ||
        py_record_finds(record, self->pipeline, self->doc) < 0) {
        Py_CLEAR(record);
        return NULL;
    }
    if (PyList_GET_SIZE(self->labels) > 0) {
        Py_XSETREF(record->labels, PyList_AsTuple(self->labels));
        if (record->labels == NULL) {
            Py_CLEAR(record);
            return NULL;
        }
    }
    record->model_version = Py_XNewRef(self->pipeline->version);
    record->pipeline_version = Py_NewRef(self->pipeline->content);
    return record;
}

static PyObject *reading_document(PyObject *object, PyObject *Py_UNUSED(ignored))
{
    ReadingObject *self = reading_of(object);
    if (check_idle(self, true) < 0) {
        return NULL;
    }
    if (self->record == NULL) {
        self->record = record_new(self, 0);
    }
    return self->record != NULL ? py_document_new(py_state_of(object), self->record) : NULL;
}

/* Sets what components said beside the layers. */
static int put_own(Record *record, PyObject *data, PyObject *labels, PyObject *warnings)
{
    if (PyDict_GET_SIZE(data) > 0) {
        record->own_data = py_plain_copy(data, "data");
        if (record->own_data == NULL) {
            return -1;
        }
    }
    if (PyDict_GET_SIZE(labels) > 0) {
        record->sentence_labels = PyDict_Copy(labels);
        if (record->sentence_labels == NULL) {
            return -1;
        }
    }
    size_t count = (size_t)PyList_GET_SIZE(warnings);
    KindRange *out = record->data.warnings + record->data.count.warnings - count;
    for (size_t i = 0; i < count; i++) {
        out[i].span.end = (uint32_t)PyUnicode_GET_LENGTH(record->text);
        out[i].kind = QUOTH_WARNING_COMPONENT;
        out[i].detail = py_text_check(PyList_GET_ITEM(warnings, (Py_ssize_t)i), "warning");
        if (out[i].detail == NULL) {
            return -1;
        }
    }
    return 0;
}

static PyObject *reading_finish(PyObject *object, PyObject *args)
{
    ReadingObject *self = reading_of(object);
    PyObject *data, *labels, *warnings;
    if (!PyArg_ParseTuple(args, "O!O!O!:finish", &PyDict_Type, &data, &PyDict_Type, &labels,
                          &PyList_Type, &warnings) ||
        check_idle(self, true) < 0) {
        return NULL;
    }
    Py_ssize_t more = PyDict_GET_SIZE(data) + PyDict_GET_SIZE(labels) + PyList_GET_SIZE(warnings);
    Record *record = more == 0 && self->record != NULL
                         ? (Record *)Py_NewRef((PyObject *)self->record)
                         : record_new(self, (size_t)PyList_GET_SIZE(warnings));
    if (record == NULL || (more > 0 && put_own(record, data, labels, warnings) < 0)) {
        Py_XDECREF((PyObject *)record);
        return NULL;
    }
    PyObject *document = py_document_new(py_state_of(object), record);
    Py_DECREF((PyObject *)record);
    if (document != NULL) { /* nobody reads on: its memory is for the next text */
        forget(self);
        quoth_doc_free(self->doc);
        self->doc = NULL;
    }
    return document;
}

/* --- edits ------------------------------------------------------------------------------------ */

static quoth_span span_of(const quoth_doc *doc, Py_ssize_t start, Py_ssize_t end)
{
    if (start < 0 || end <= start || end > (Py_ssize_t)UINT32_MAX) {
        return (quoth_span){0, 0};
    }
    return (quoth_span){quoth_doc_byte(doc, (uint32_t)start), quoth_doc_byte(doc, (uint32_t)end)};
}

/* The UTF-8 of a str or None, kept by the list kept. */
static int string_of(PyObject *object, PyObject *kept, quoth_string *out)
{
    *out = (quoth_string){NULL, 0};
    if (object == Py_None) {
        return 0;
    }
    PyObject *bytes = PyUnicode_Check(object)
                          ? PyUnicode_AsEncodedString(object, "utf-8", "replace")
                          : PyErr_Format(PyExc_TypeError, "expected str");
    int failed = bytes == NULL ? -1 : PyList_Append(kept, bytes);
    if (failed == 0) {
        out->data = PyBytes_AS_STRING(bytes);
        out->size = (size_t)PyBytes_GET_SIZE(bytes);
    }
    Py_XDECREF(bytes);
    return failed;
}

static int read_mention_edit(ReadingObject *self, PyObject *tuple, PyObject *kept,
                             quoth_mention_edit *out)
{
    Py_ssize_t index, start, end;
    int reject, overlap;
    double score;
    PyObject *label, *kb_id, *name, *value, *rule;
    quoth_string rule_bytes;
    if (!PyTuple_Check(tuple) ||
        !PyArg_ParseTuple(tuple, "npnniOdOOOO:edit", &index, &reject, &start, &end, &overlap,
                          &label, &score, &kb_id, &name, &value, &rule)) {
        return -1;
    }
    memset(out, 0, sizeof *out);
    out->mention = index < 0 ? QUOTH_NONE : (uint32_t)index;
    out->reject = reject != 0;
    out->span = span_of(self->doc, start, end);
    out->overlap = (quoth_overlap)overlap;
    out->score = (float)score;
    if (string_of(kb_id, kept, &out->given.kb_id) < 0 ||
        string_of(name, kept, &out->given.name) < 0 ||
        string_of(value, kept, &out->given.value) < 0 || string_of(rule, kept, &rule_bytes) < 0) {
        return -1;
    }
    out->rule = rule_bytes.data;
    if (label != Py_None) {
        int number = py_label_number(py_state_of((PyObject *)self), self->labels, label);
        out->label = number > 0 ? (uint8_t)number : 0;
        return number > 0 ? 0 : -1;
    }
    return 0;
}

/* A failed edit leaves nothing that could be read on with. */
static PyObject *edited(ReadingObject *self, quoth_status status)
{
    forget(self);
    if (status == QUOTH_OK) {
        Py_RETURN_NONE;
    }
    if (status == QUOTH_ERROR_ARGUMENT) {
        PyErr_SetString(PyExc_ValueError, "edit: a span, or a stage, does not allow it");
        return NULL;
    }
    quoth_doc_free(self->doc);
    self->doc = NULL;
    return PyErr_NoMemory();
}

static PyObject *reading_edit_mentions(PyObject *object, PyObject *list)
{
    ReadingObject *self = reading_of(object);
    if (!PyList_Check(list)) {
        PyErr_SetString(PyExc_TypeError, "edit_mentions: expected a list");
        return NULL;
    }
    if (check_idle(self, true) < 0) {
        return NULL;
    }
    size_t count = (size_t)PyList_GET_SIZE(list);
    PyObject *kept = PyList_New(0), *result = NULL;
    quoth_mention_edit *edits = PyMem_New(quoth_mention_edit, count + 1);
    int failed = kept == NULL || edits == NULL ? -1 : 0;
    if (edits == NULL) {
        PyErr_NoMemory();
    }
    for (size_t i = 0; i < count && failed == 0; i++) {
        failed = read_mention_edit(self, PyList_GET_ITEM(list, (Py_ssize_t)i), kept, &edits[i]);
    }
    if (failed == 0) {
        result = edited(self, quoth_doc_edit_mentions(self->doc, edits, count));
    }
    PyMem_Free(edits);
    Py_XDECREF(kept);
    return result;
}

/* The pieces of a quote, for PyMem_Free(). */
static quoth_span *read_contents(const ReadingObject *self, PyObject *contents, size_t *count)
{
    *count = (size_t)PyTuple_GET_SIZE(contents);
    quoth_span *spans = PyMem_New(quoth_span, *count + 1);
    if (spans == NULL) {
        PyErr_NoMemory();
        return NULL;
    }
    for (size_t i = 0; i < *count; i++) {
        Py_ssize_t start, end;
        PyObject *pair = PyTuple_GET_ITEM(contents, (Py_ssize_t)i);
        if (!PyTuple_Check(pair) || !PyArg_ParseTuple(pair, "nn:content", &start, &end)) {
            PyMem_Free(spans);
            return NULL;
        }
        spans[i] = span_of(self->doc, start, end);
    }
    return spans;
}

static int read_quote_edit(ReadingObject *self, PyObject *tuple, PyObject *kept,
                           quoth_span **contents, quoth_quote_edit *out)
{
    int change, type, attitude, factual;
    Py_ssize_t speaker[2], cue[2], source[2];
    double score;
    PyObject *pieces, *rule;
    quoth_string rule_bytes;
    if (!PyTuple_Check(tuple) ||
        !PyArg_ParseTuple(tuple, "iO!(nn)(nn)(nn)iipdO:edit", &change, &PyTuple_Type, &pieces,
                          &speaker[0], &speaker[1], &cue[0], &cue[1], &source[0], &source[1], &type,
                          &attitude, &factual, &score, &rule) ||
        string_of(rule, kept, &rule_bytes) < 0) {
        return -1;
    }
    memset(out, 0, sizeof *out);
    *contents = read_contents(self, pieces, &out->content_count);
    if (*contents == NULL) {
        return -1;
    }
    out->contents = *contents;
    out->change = (quoth_quote_change)change;
    out->speaker = span_of(self->doc, speaker[0], speaker[1]);
    out->cue = span_of(self->doc, cue[0], cue[1]);
    out->source = span_of(self->doc, source[0], source[1]);
    out->type = (quoth_quote_type)type;
    out->attitude = (quoth_attitude)attitude;
    out->factual = factual != 0;
    out->score = (float)score;
    out->rule = rule_bytes.data;
    return 0;
}

static PyObject *reading_edit_quotes(PyObject *object, PyObject *list)
{
    ReadingObject *self = reading_of(object);
    if (!PyList_Check(list)) {
        PyErr_SetString(PyExc_TypeError, "edit_quotes: expected a list");
        return NULL;
    }
    if (check_idle(self, true) < 0) {
        return NULL;
    }
    size_t count = (size_t)PyList_GET_SIZE(list), read = 0;
    PyObject *kept = PyList_New(0), *result = NULL;
    quoth_quote_edit *edits = PyMem_New(quoth_quote_edit, count + 1);
    quoth_span **contents = PyMem_New(quoth_span *, count + 1);
    int failed = kept == NULL || edits == NULL || contents == NULL ? -1 : 0;
    if (edits == NULL || contents == NULL) {
        PyErr_NoMemory();
    }
    for (; read < count && failed == 0; read += failed == 0) {
        failed = read_quote_edit(self, PyList_GET_ITEM(list, (Py_ssize_t)read), kept,
                                 &contents[read], &edits[read]);
    }
    if (failed == 0) {
        result = edited(self, quoth_doc_edit_quotes(self->doc, edits, count));
    }
    for (size_t i = 0; contents != NULL && i < read; i++) {
        PyMem_Free(contents[i]);
    }
    PyMem_Free(contents);
    PyMem_Free(edits);
    Py_XDECREF(kept);
    return result;
}

static PyObject *reading_can_hold(PyObject *object, PyObject *args)
{
    ReadingObject *self = reading_of(object);
    Py_ssize_t start, end;
    if (!PyArg_ParseTuple(args, "nn:can_hold", &start, &end) || check_idle(self, true) < 0) {
        return NULL;
    }
    bool within = end <= PyUnicode_GET_LENGTH(self->text);
    return PyBool_FromLong(within && quoth_doc_can_hold(self->doc, span_of(self->doc, start, end)));
}

/* --- what was tried --------------------------------------------------------------------------- */

static PyObject *reading_watch(PyObject *object, PyObject *Py_UNUSED(ignored))
{
    ReadingObject *self = reading_of(object);
    quoth_error error;
    memset(&error, 0, sizeof error);
    if (check_idle(self, false) < 0) {
        return NULL;
    }
    if (self->trace == NULL) {
        quoth_status status = quoth_trace_new(self->pipeline->core, &self->trace, &error);
        if (status != QUOTH_OK) {
            py_raise(py_state_of(object), status, &error);
            return NULL;
        }
    }
    Py_RETURN_NONE;
}

/* A pair of code points. */
static PyObject *pair_of(const quoth_doc *doc, quoth_span span)
{
    return Py_BuildValue("II", quoth_doc_codepoint(doc, span.start),
                         quoth_doc_codepoint(doc, span.end));
}

static PyObject *try_tuple(const ReadingObject *self, const quoth_try *what)
{
    int own = (int)what->label - QUOTH_LABEL_OWN;
    PyObject *label = own < 0 ? PyUnicode_FromString(quoth_label_name(what->label))
                              : Py_NewRef(PyList_GET_ITEM(self->labels, own));
    return Py_BuildValue("INNNNINzd", (unsigned)what->kind, pair_of(self->doc, what->about),
                         pair_of(self->doc, what->source), pair_of(self->doc, what->cue),
                         pair_of(self->doc, what->content), (unsigned)what->number, label,
                         what->rule, (double)what->score);
}

static PyObject *reading_tries(PyObject *object, PyObject *Py_UNUSED(ignored))
{
    ReadingObject *self = reading_of(object);
    const quoth_try *tries = NULL;
    size_t count = 0;
    if (check_idle(self, true) < 0) {
        return NULL;
    }
    if (self->trace != NULL && quoth_trace_tries(self->trace, &tries, &count) != QUOTH_OK) {
        return PyErr_NoMemory();
    }
    PyObject *list = PyList_New((Py_ssize_t)count);
    for (size_t i = 0; list != NULL && i < count; i++) {
        PyObject *item = try_tuple(self, &tries[i]);
        if (item == NULL) {
            Py_CLEAR(list);
            break;
        }
        PyList_SET_ITEM(list, (Py_ssize_t)i, item);
    }
    return list;
}

static PyMethodDef reading_methods[] = {
    {"run", reading_run, METH_O, "run(stage, /): reads up to a stage, or again what has changed."},
    {"document", reading_document, METH_NOARGS, "document(): what is known so far."},
    {"finish", reading_finish, METH_VARARGS,
     "finish(data, sentence_labels, warnings, /): the Document; nothing can be read after it."},
    {"edit_mentions", reading_edit_mentions, METH_O, "edit_mentions(edits, /): see _components."},
    {"edit_quotes", reading_edit_quotes, METH_O, "edit_quotes(edits, /): see _components."},
    {"watch", reading_watch, METH_NOARGS, "watch(): what is tried from now on is written down."},
    {"tries", reading_tries, METH_NOARGS,
     "tries(): what was tried, as tuples (kind, about, source, cue, content, number, label, rule, "
     "score) of quoth_explain.h, with pairs of code points; see _tried."},
    {"can_hold", reading_can_hold, METH_VARARGS,
     "can_hold(start, end, /): whether a mention can be there."},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot reading_slots[] = {
    {Py_tp_doc, "A text between two stages. Not public: see quoth._components."},
    {Py_tp_new, reading_construct},
    {Py_tp_dealloc, reading_dealloc},
    {Py_tp_methods, reading_methods},
    {0, NULL},
};

PyType_Spec py_reading_spec = {
    .name = "quoth._core.Reading",
    .basicsize = sizeof(ReadingObject),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_IMMUTABLETYPE,
    .slots = reading_slots,
};
