/* pipeline.c - Pipeline: options and tables, ready to read texts from any number of threads.
 *
 * In: a str. Out: a Document, or only some of its things. The GIL is released while a text is read;
 * each thread takes a scratch from a stack that a lock guards, and gives it back.
 */
#include "types.h"

#include <string.h>

enum { SCRATCH_KEPT = 32 }; /* more threads than that make scratches of their own each time */

typedef struct PipelineObject {
    PyObject_HEAD quoth_pipeline *core;
    PyObject *language; /* exact str */
    PyObject *model;    /* Model, or NULL: rules and lists only */
    PyObject *version;  /* of the model, or NULL */
    unsigned stages;
    quoth_newlines newlines;
    bool split_in_quotes;
    PyThread_type_lock lock; /* guards what follows; held for a few instructions */
    quoth_scratch *kept[SCRATCH_KEPT];
    int kept_count;
} PipelineObject;

/* --- scratches -------------------------------------------------------------------------------- */

/* Both are called with the GIL, where there is one: no thread forks while another has the lock. */

static quoth_status scratch_take(PipelineObject *self, quoth_scratch **out)
{
    *out = NULL;
    (void)PyThread_acquire_lock(self->lock, WAIT_LOCK);
    if (self->kept_count > 0) {
        *out = self->kept[--self->kept_count];
    }
    PyThread_release_lock(self->lock);
    return *out != NULL ? QUOTH_OK : quoth_scratch_new(self->core, out);
}

static void scratch_give(PipelineObject *self, quoth_scratch *scratch)
{
    (void)PyThread_acquire_lock(self->lock, WAIT_LOCK);
    if (self->kept_count < SCRATCH_KEPT) {
        self->kept[self->kept_count++] = scratch;
        scratch = NULL;
    }
    PyThread_release_lock(self->lock);
    quoth_scratch_free(scratch);
}

/* --- reading ---------------------------------------------------------------------------------- */

/* All that needs no GIL. *doc is set on success only. */
static quoth_status read_text(const quoth_pipeline *core, quoth_scratch *scratch, quoth_input text,
                              unsigned stages, quoth_doc **doc, Data *data, quoth_error *error)
{
    quoth_status status = quoth_read(core, scratch, text, stages, doc, error);
    if (status != QUOTH_OK) {
        return status;
    }
    status = py_data_read(data, *doc);
    if (status != QUOTH_OK) {
        quoth_doc_free(*doc);
        *doc = NULL;
    }
    return status;
}

static Record *record_read(PipelineObject *self, PyObject *object, unsigned stages)
{
    State *state = py_state_of((PyObject *)self);
    PyObject *text = py_text_check(object, "text");
    if (text == NULL) {
        return NULL;
    }
    Data data;
    quoth_doc *doc = NULL;
    quoth_error error;
    quoth_scratch *scratch;
    Record *record = NULL;
    memset(&error, 0, sizeof error);
    quoth_status status = scratch_take(self, &scratch);
    if (status == QUOTH_OK) {
        Py_BEGIN_ALLOW_THREADS;
        status = read_text(self->core, scratch, py_text_input(text), stages, &doc, &data, &error);
        Py_END_ALLOW_THREADS;
        scratch_give(self, scratch);
    }
    if (status != QUOTH_OK) {
        py_raise(state, status, &error);
    } else {
        record = py_record_new(state, text, &data);
        if (record != NULL && py_record_name(record, doc) < 0) {
            Py_CLEAR(record);
        }
        if (record != NULL) {
            record->model_version = Py_XNewRef(self->version);
        }
        quoth_doc_free(doc);
    }
    Py_DECREF(text);
    return record;
}

static PyObject *pipeline_call(PyObject *self, PyObject *args, PyObject *kwargs)
{
    const char *names[] = {"text", NULL};
    PyObject *text;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "O:Pipeline", (char **)(uintptr_t)names,
                                     &text)) {
        return NULL;
    }
    Record *record = record_read((PipelineObject *)self, text, 0);
    if (record == NULL) {
        return NULL;
    }
    PyObject *document = py_document_new(py_state_of(self), record);
    Py_DECREF((PyObject *)record);
    return document;
}

/* Fails when the pipeline was made without one of the stages needed. */
static int stages_check(PyObject *self, unsigned needed)
{
    const State *state = py_state_of(self);
    for (unsigned i = 0; i < (unsigned)py_names_count(NAMES_STAGE); i++) {
        if ((needed & (1u << i)) != 0 && (((PipelineObject *)self)->stages & (1u << i)) == 0) {
            PyErr_Format(PyExc_ValueError, "this pipeline was loaded without the stage %R",
                         state->names[NAMES_STAGE][i]);
            return -1;
        }
    }
    return 0;
}

static PyObject *read_list(PyObject *self, PyObject *text, unsigned needed, unsigned stages,
                           ListIndex list)
{
    if (stages_check(self, needed) < 0) {
        return NULL;
    }
    Record *record = record_read((PipelineObject *)self, text, stages);
    if (record == NULL) {
        return NULL;
    }
    PyObject *tuple = py_list_new(py_state_of(self), record, list);
    Py_DECREF((PyObject *)record);
    return tuple;
}

static PyObject *pipeline_sents(PyObject *self, PyObject *text)
{
    return read_list(self, text, QUOTH_STAGE_SENTENCE, QUOTH_STAGE_SENTENCE, LIST_SENTS);
}

static PyObject *pipeline_quotes(PyObject *self, PyObject *text)
{
    return read_list(self, text, QUOTH_STAGE_ATTRIBUTION, QUOTH_STAGE_ATTRIBUTION, LIST_QUOTES);
}

/* Linking is part of it where the pipeline links: it decides labels and entities of mentions. */
static PyObject *pipeline_ents(PyObject *self, PyObject *text)
{
    unsigned stages = ((PipelineObject *)self)->stages & (QUOTH_STAGE_ENTITY | QUOTH_STAGE_LINK);
    return read_list(self, text, QUOTH_STAGE_ENTITY, stages, LIST_ENTS);
}

static PyObject *pipeline_pipe(PyObject *self, PyObject *const *args, Py_ssize_t count,
                               PyObject *keywords)
{
    return py_call_python("quoth._pipe", "pipe", self, args, count, keywords);
}

const quoth_pipeline *py_pipeline_core(PyObject *self)
{
    return ((PipelineObject *)self)->core;
}

PyObject *py_pipeline_split(PyObject *module, PyObject *const *args, Py_ssize_t count)
{
    const State *state = PyModule_GetState(module);
    if (count != 2 || !Py_IS_TYPE(args[0], state->types[TYPE_PIPELINE])) {
        PyErr_SetString(PyExc_TypeError, "split: expected a Pipeline and a str");
        return NULL;
    }
    Record *record = record_read((PipelineObject *)args[0], args[1], QUOTH_STAGE_SENTENCE);
    if (record == NULL) {
        return NULL;
    }
    const Data *data = &record->data;
    PyObject *list = PyList_New((Py_ssize_t)data->count.sentences);
    for (size_t i = 0; list != NULL && i < data->count.sentences; i++) {
        PyObject *sentence = py_text_slice(record->text, (Py_ssize_t)data->sentences[i].start,
                                           (Py_ssize_t)data->sentences[i].end);
        if (sentence == NULL) {
            Py_CLEAR(list);
            break;
        }
        PyList_SET_ITEM(list, (Py_ssize_t)i, sentence);
    }
    Py_DECREF((PyObject *)record);
    return list;
}

/* A list of (start, end, feature, weight) for the words of a name. */
static PyObject *reasons_list(const quoth_reason *reasons, size_t count)
{
    PyObject *list = PyList_New((Py_ssize_t)count);
    for (size_t i = 0; list != NULL && i < count; i++) {
        PyObject *item = Py_BuildValue("IIsf", reasons[i].token.start, reasons[i].token.end,
                                       reasons[i].feature, (double)reasons[i].weight);
        if (item == NULL) {
            Py_CLEAR(list);
            break;
        }
        PyList_SET_ITEM(list, (Py_ssize_t)i, item);
    }
    return list;
}

PyObject *py_pipeline_explain(PyObject *module, PyObject *args)
{
    State *state = PyModule_GetState(module);
    PyObject *pipeline, *text, *list = NULL;
    quoth_span span;
    if (!PyArg_ParseTuple(args, "O!UII:explain", state->types[TYPE_PIPELINE], &pipeline, &text,
                          &span.start, &span.end)) {
        return NULL;
    }
    PipelineObject *self = (PipelineObject *)pipeline;
    const quoth_reason *reasons;
    size_t count;
    quoth_error error = {0};
    quoth_scratch *scratch;
    quoth_status status = scratch_take(self, &scratch);
    if (status == QUOTH_OK) {
        status =
            quoth_explain(self->core, scratch, py_text_input(text), span, &reasons, &count, &error);
        list = status == QUOTH_OK ? reasons_list(reasons, count) : NULL;
        scratch_give(self, scratch);
    }
    if (status != QUOTH_OK) {
        py_raise(state, status, &error);
    }
    return list;
}

/* --- making ----------------------------------------------------------------------------------- */

static void raise_choice(const State *state, NameSet set, const char *argument, PyObject *given)
{
    PyObject *listed = py_names_listed(state, set);
    if (listed != NULL) {
        PyErr_Format(PyExc_ValueError, "%s: expected %U, got %R", argument, listed, given);
        Py_DECREF(listed);
    }
}

static int parse_newlines(const State *state, PyObject *object, quoth_newlines *out)
{
    if (object == NULL) {
        *out = QUOTH_NEWLINES_AUTO;
        return 0;
    }
    if (!PyUnicode_Check(object)) {
        PyErr_Format(PyExc_TypeError, "newlines: expected str, got %.200s",
                     Py_TYPE(object)->tp_name);
        return -1;
    }
    int value = py_name_find(state, NAMES_NEWLINES, object);
    if (value < 0) {
        raise_choice(state, NAMES_NEWLINES, "newlines", object);
        return -1;
    }
    *out = (quoth_newlines)value;
    return 0;
}

static int parse_stages(const State *state, PyObject *object, unsigned *out)
{
    *out = QUOTH_STAGE_ALL;
    if (object == NULL || object == Py_None) {
        return 0;
    }
    PyObject *names = PyUnicode_Check(object) ? NULL : PySequence_List(object);
    if (names == NULL) {
        if (PyErr_Occurred() != NULL && !PyErr_ExceptionMatches(PyExc_TypeError)) {
            return -1;
        }
        PyErr_Format(PyExc_TypeError, "stages: expected a collection of names, got %.200s",
                     Py_TYPE(object)->tp_name);
        return -1;
    }
    unsigned stages = 0;
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(names); i++) {
        int stage = py_name_find(state, NAMES_STAGE, PyList_GET_ITEM(names, i));
        if (stage < 0) {
            raise_choice(state, NAMES_STAGE, "stages", PyList_GET_ITEM(names, i));
            Py_DECREF(names);
            return -1;
        }
        stages |= 1u << stage;
    }
    Py_DECREF(names);
    if (stages == 0) {
        PyErr_SetString(PyExc_ValueError, "stages: expected at least one name, got none");
        return -1;
    }
    *out = stages;
    return 0;
}

/* The language as a C string; it has to be one that the core can look up. */
static PyObject *parse_language(PyObject *object, char *name, size_t room)
{
    PyObject *language =
        object == NULL ? PyUnicode_FromString("en") : py_text_check(object, "language");
    if (language == NULL) {
        return NULL;
    }
    size_t length = (size_t)PyUnicode_GET_LENGTH(language);
    bool plain = PyUnicode_IS_ASCII(language) && length < room;
    if (plain) {
        memcpy(name, PyUnicode_DATA(language), length);
        name[length] = '\0';
        plain = strlen(name) == length;
    }
    if (!plain) {
        PyErr_Format(PyExc_ValueError, "language: expected 'en', got %R", language);
        Py_CLEAR(language);
    }
    return language;
}

static void *memory_resize(void *Py_UNUSED(context), void *block, size_t size)
{
    return PyMem_RawRealloc(block, size);
}

static void memory_release(void *Py_UNUSED(context), void *block)
{
    PyMem_RawFree(block);
}

const quoth_allocator py_memory = {memory_resize, memory_release, NULL};

static int core_make(const State *state, PipelineObject *self, const char *language)
{
    quoth_options options;
    quoth_error error;
    memset(&options, 0, sizeof options);
    memset(&error, 0, sizeof error);
    options.language = language;
    options.stages = self->stages;
    options.newlines = self->newlines;
    options.keep_quotes_whole = !self->split_in_quotes;
    options.model = self->model != NULL ? py_model_core(self->model) : NULL;
    options.allocator = &py_memory;
    quoth_status status = quoth_pipeline_new(&options, &self->core, &error);
    if (status == QUOTH_ERROR_ARGUMENT) {
        PyErr_Format(PyExc_ValueError, "language: expected 'en', got %R", self->language);
        return -1;
    }
    if (status != QUOTH_OK) {
        py_raise(state, status, &error);
        return -1;
    }
    self->stages = quoth_pipeline_stages(self->core);
    self->lock = PyThread_allocate_lock();
    if (self->lock == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    return 0;
}

/* The Model given, or the one that comes with quoth for the stages that use one. */
static int parse_model(const State *state, PyObject *object, unsigned stages, PyObject *language,
                       PyObject **out)
{
    const unsigned users = QUOTH_STAGE_ENTITY | QUOTH_STAGE_LINK | QUOTH_STAGE_ATTRIBUTION;
    *out = NULL;
    if (object == Py_None || (object == NULL && (stages & users) == 0)) {
        return 0;
    }
    if (object == NULL) {
        *out = py_call_python("quoth._model", "shipped_model", language, NULL, 0, NULL);
        if (*out == Py_None) {
            Py_CLEAR(*out);
            return 0;
        }
        return *out != NULL ? 0 : -1;
    }
    if (!Py_IS_TYPE(object, state->types[TYPE_MODEL])) {
        PyErr_Format(PyExc_TypeError, "model: expected Model or None, got %.200s",
                     Py_TYPE(object)->tp_name);
        return -1;
    }
    *out = Py_NewRef(object);
    return 0;
}

static PyObject *pipeline_construct(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    const char *names[] = {"language", "stages", "newlines", "split_in_quotes", "model", NULL};
    PyObject *language = NULL, *stages = NULL, *newlines = NULL, *model = NULL;
    int split_in_quotes = 1;
    char language_name[16];
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "|OOOpO:Pipeline", (char **)(uintptr_t)names,
                                     &language, &stages, &newlines, &split_in_quotes, &model)) {
        return NULL;
    }
    const State *state = py_state_of_type(type);
    PipelineObject *self = (PipelineObject *)type->tp_alloc(type, 0);
    if (self == NULL) {
        return NULL;
    }
    self->split_in_quotes = split_in_quotes != 0;
    self->language = parse_language(language, language_name, sizeof language_name);
    if (self->language == NULL || parse_stages(state, stages, &self->stages) < 0 ||
        parse_newlines(state, newlines, &self->newlines) < 0 ||
        parse_model(state, model, self->stages, self->language, &self->model) < 0 ||
        core_make(state, self, language_name) < 0 ||
        (self->model != NULL && (self->version = py_model_version(self->model)) == NULL)) {
        Py_DECREF(self);
        return NULL;
    }
    return (PyObject *)self;
}

static void pipeline_dealloc(PyObject *object)
{
    PipelineObject *self = (PipelineObject *)object;
    PyTypeObject *type = Py_TYPE(self);
    for (int i = 0; i < self->kept_count; i++) {
        quoth_scratch_free(self->kept[i]);
    }
    quoth_pipeline_free(self->core);
    if (self->lock != NULL) {
        PyThread_free_lock(self->lock);
    }
    Py_XDECREF(self->version);
    Py_XDECREF(self->model);
    Py_XDECREF(self->language);
    type->tp_free(self);
    Py_DECREF(type);
}

/* --- protocols -------------------------------------------------------------------------------- */

static PyObject *pipeline_stages(PyObject *self, void *Py_UNUSED(closure))
{
    const State *state = py_state_of(self);
    PyObject *list = PyList_New(0);
    for (unsigned i = 0; list != NULL && i < (unsigned)py_names_count(NAMES_STAGE); i++) {
        if ((((PipelineObject *)self)->stages & (1u << i)) != 0 &&
            PyList_Append(list, state->names[NAMES_STAGE][i]) < 0) {
            Py_CLEAR(list);
        }
    }
    if (list == NULL) {
        return NULL;
    }
    PyObject *stages = PyList_AsTuple(list);
    Py_DECREF(list);
    return stages;
}

static PyObject *pipeline_language(PyObject *self, void *Py_UNUSED(closure))
{
    return Py_NewRef(((PipelineObject *)self)->language);
}

static PyObject *pipeline_newlines(PyObject *self, void *Py_UNUSED(closure))
{
    return py_name(py_state_of(self), NAMES_NEWLINES, (unsigned)((PipelineObject *)self)->newlines);
}

static PyObject *pipeline_split_in_quotes(PyObject *self, void *Py_UNUSED(closure))
{
    return PyBool_FromLong(((PipelineObject *)self)->split_in_quotes);
}

static PyObject *pipeline_model(PyObject *self, void *Py_UNUSED(closure))
{
    PyObject *model = ((PipelineObject *)self)->model;
    return Py_NewRef(model != NULL ? model : Py_None);
}

static PyObject *pipeline_reduce(PyObject *self, PyObject *Py_UNUSED(ignored))
{
    PyObject *stages = pipeline_stages(self, NULL);
    if (stages == NULL) {
        return NULL;
    }
    return Py_BuildValue("O(ONNNN)", Py_TYPE(self), ((PipelineObject *)self)->language, stages,
                         pipeline_newlines(self, NULL), pipeline_split_in_quotes(self, NULL),
                         pipeline_model(self, NULL));
}

static PyObject *pipeline_repr(PyObject *self)
{
    PyObject *stages = pipeline_stages(self, NULL);
    if (stages == NULL) {
        return NULL;
    }
    PyObject *newlines = pipeline_newlines(self, NULL);
    const PipelineObject *pipeline = (PipelineObject *)self;
    PyObject *repr = PyUnicode_FromFormat(
        "Pipeline(%R, stages=%R, newlines=%R, split_in_quotes=%s)", pipeline->language, stages,
        newlines, pipeline->split_in_quotes ? "True" : "False");
    Py_DECREF(newlines);
    Py_DECREF(stages);
    return repr;
}

static PyObject *pipeline_richcompare(PyObject *a, PyObject *b, int operation)
{
    if (Py_TYPE(a) != Py_TYPE(b) || (operation != Py_EQ && operation != Py_NE)) {
        Py_RETURN_NOTIMPLEMENTED;
    }
    const PipelineObject *x = (PipelineObject *)a;
    const PipelineObject *y = (PipelineObject *)b;
    bool equal = x->stages == y->stages && x->newlines == y->newlines &&
                 x->split_in_quotes == y->split_in_quotes &&
                 py_text_equal(x->language, y->language) && py_model_equal(x->model, y->model);
    return PyBool_FromLong(equal == (operation == Py_EQ));
}

static Py_hash_t pipeline_hash(PyObject *self)
{
    const PipelineObject *pipeline = (PipelineObject *)self;
    Py_hash_t language = PyObject_Hash(pipeline->language);
    if (language == -1) {
        return -1;
    }
    Py_uhash_t options = (Py_uhash_t)pipeline->stages * 8u + (Py_uhash_t)pipeline->newlines * 2u +
                         (pipeline->split_in_quotes ? 1u : 0u);
    Py_uhash_t hash = ((Py_uhash_t)language ^ options) * 1000003u;
    return (Py_hash_t)hash == -1 ? -2 : (Py_hash_t)hash;
}

static PyMethodDef pipeline_methods[] = {
    {"sents", pipeline_sents, METH_O,
     "sents($self, text, /)\n--\n\nThe sentences of text only (tuple of Sentence)."},
    {"quotes", pipeline_quotes, METH_O,
     "quotes($self, text, /)\n--\n\nThe quotes of text only (tuple of Quote)."},
    {"ents", pipeline_ents, METH_O,
     "ents($self, text, /)\n--\n\nThe mentions of text only (tuple of Mention)."},
    {"pipe", (PyCFunction)(void (*)(void))pipeline_pipe, METH_FASTCALL | METH_KEYWORDS,
     "pipe($self, texts, *, n_threads=0, as_tuples=False, errors='raise', progress=None)\n--\n\n"
     "Reads many texts, lazily and in order; see quoth._pipe.pipe."},
    {"__reduce__", pipeline_reduce, METH_NOARGS, NULL},
    PY_COPY_METHODS,
    {NULL, NULL, 0, NULL},
};

static PyGetSetDef pipeline_getset[] = {
    {"language", pipeline_language, NULL, "The language that it reads.", NULL},
    {"stages", pipeline_stages, NULL,
     "The names of its stages, with those that the ones asked for need.", NULL},
    {"newlines", pipeline_newlines, NULL, "What one newline means: 'auto', 'break' or 'space'.",
     NULL},
    {"split_in_quotes", pipeline_split_in_quotes, NULL,
     "Whether a sentence may end inside a quotation.", NULL},
    {"model", pipeline_model, NULL, "The Model that it uses, or None.", NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyType_Slot pipeline_slots[] = {
    {Py_tp_doc,
     "Pipeline(language='en', stages=None, newlines='auto', split_in_quotes=True, "
     "model=...)\n--\n\n"
     "Reads articles: nlp(text) gives a Document. It never changes and may be used from\n"
     "any number of threads. quoth.load() makes one."},
    {Py_tp_new, pipeline_construct},
    {Py_tp_call, pipeline_call},
    {Py_tp_dealloc, pipeline_dealloc},
    {Py_tp_richcompare, pipeline_richcompare},
    {Py_tp_hash, pipeline_hash},
    {Py_tp_repr, pipeline_repr},
    {Py_tp_getset, pipeline_getset},
    {Py_tp_methods, pipeline_methods},
    {0, NULL},
};

PyType_Spec py_pipeline_spec = {
    .name = "quoth.Pipeline",
    .basicsize = sizeof(PipelineObject),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_IMMUTABLETYPE,
    .slots = pipeline_slots,
};
