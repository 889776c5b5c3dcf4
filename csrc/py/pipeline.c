/* pipeline.c - Pipeline: options and tables, ready to read texts from any number of threads.
 *
 * In: a str. Out: a Document, or only some of its things. The GIL is released while a text is read;
 * each thread takes a scratch from a stack that a lock guards, and gives it back.
 */
#include "types.h"

#include <string.h>

const quoth_pipeline *py_pipeline_core(PyObject *self)
{
    return ((PipelineObject *)self)->core;
}

/* --- scratches -------------------------------------------------------------------------------- */

/* Both are called with the GIL, where there is one: no thread forks while another has the lock. */

quoth_status py_scratch_take(PipelineObject *self, quoth_scratch **out)
{
    *out = NULL;
    (void)PyThread_acquire_lock(self->lock, WAIT_LOCK);
    if (self->kept_count > 0) {
        *out = self->kept[--self->kept_count];
    }
    PyThread_release_lock(self->lock);
    return *out != NULL ? QUOTH_OK : quoth_scratch_new(self->core, out);
}

void py_scratch_give(PipelineObject *self, quoth_scratch *scratch)
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
    status = py_data_read(data, *doc, 0);
    if (status != QUOTH_OK) {
        quoth_doc_free(*doc);
        *doc = NULL;
    }
    return status;
}

Record *py_record_made(PipelineObject *self, PyObject *text, quoth_status status,
                       const quoth_error *error, Data *data, quoth_doc *doc)
{
    State *state = py_state_of((PyObject *)self);
    if (status != QUOTH_OK) {
        py_raise(state, status, error);
        return NULL;
    }
    Record *record = NULL;
    if (py_limits_check(self, text, doc) == 0) {
        record = py_record_new(state, text, data);
    } else {
        py_data_clear(data);
    }
    if (record != NULL &&
        (py_record_name(record, doc) < 0 || py_record_finds(record, self, doc) < 0)) {
        Py_CLEAR(record);
    }
    if (record != NULL) {
        record->model_version = Py_XNewRef(self->version);
        record->pipeline_version = Py_NewRef(self->content);
    }
    quoth_doc_free(doc);
    return record;
}

static Record *record_read(PipelineObject *self, PyObject *object, unsigned stages)
{
    PyObject *text = py_text_check(object, "text");
    if (text == NULL) {
        return NULL;
    }
    Data data;
    quoth_doc *doc = NULL;
    quoth_error error;
    quoth_scratch *scratch;
    memset(&error, 0, sizeof error);
    quoth_status status = py_scratch_take(self, &scratch);
    if (status == QUOTH_OK) {
        Py_BEGIN_ALLOW_THREADS;
        status = read_text(self->core, scratch, py_text_input(text), stages, &doc, &data, &error);
        Py_END_ALLOW_THREADS;
        py_scratch_give(self, scratch);
    }
    Record *record = py_record_made(self, text, status, &error, &data, doc);
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
    if (((PipelineObject *)self)->component_count > 0) {
        return py_call_python("quoth._components", "read", self, &text, 1, NULL);
    }
    Record *record = record_read((PipelineObject *)self, text, 0);
    if (record == NULL) {
        return NULL;
    }
    PyObject *document = py_document_new(py_state_of(self), record);
    Py_DECREF((PyObject *)record);
    return document;
}

int py_pipeline_need(PyObject *self, unsigned needed)
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
    if (py_pipeline_need(self, needed) < 0) {
        return NULL;
    }
    if (((PipelineObject *)self)->component_count > 0) {
        PyObject *number = PyLong_FromUnsignedLong(stages);
        PyObject *arguments[] = {text, number};
        PyObject *document =
            number != NULL ? py_call_python("quoth._components", "read", self, arguments, 2, NULL)
                           : NULL;
        PyObject *items = document != NULL ? py_document_list(document, list) : NULL;
        Py_XDECREF(number);
        Py_XDECREF(document);
        return items;
    }
    Record *record = record_read((PipelineObject *)self, text, stages);
    if (record == NULL) {
        return NULL;
    }
    PyObject *tuple = py_list_new(py_state_of(self), record, list);
    Py_DECREF((PyObject *)record);
    return tuple;
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

/* --- making ----------------------------------------------------------------------------------- */

static void *memory_resize(void *Py_UNUSED(context), void *block, size_t size)
{
    return PyMem_RawRealloc(block, size);
}

static void memory_release(void *Py_UNUSED(context), void *block)
{
    PyMem_RawFree(block);
}

const quoth_allocator py_memory = {memory_resize, memory_release, NULL};

static PyObject *pipeline_with_terms(PyObject *self, PyObject *const *args, Py_ssize_t count,
                                     PyObject *keywords)
{
    return py_call_python("quoth._extend", "with_terms", self, args, count, keywords);
}

static PyObject *pipeline_with_patterns(PyObject *self, PyObject *const *args, Py_ssize_t count,
                                        PyObject *keywords)
{
    return py_call_python("quoth._extend", "with_patterns", self, args, count, keywords);
}

#define CALLS_PYTHON(name, module)                                                                 \
    static PyObject *pipeline_##name(PyObject *self, PyObject *const *args, Py_ssize_t count,      \
                                     PyObject *keywords)                                           \
    {                                                                                              \
        return py_call_python(module, #name, self, args, count, keywords);                         \
    }
CALLS_PYTHON(with_abbreviations, "quoth._extend")
CALLS_PYTHON(with_pipe, "quoth._components")
CALLS_PYTHON(with_cues, "quoth._extend")
CALLS_PYTHON(with_titles, "quoth._extend")
CALLS_PYTHON(with_aliases, "quoth._extend")
CALLS_PYTHON(without, "quoth._extend")
CALLS_PYTHON(save, "quoth._saved")
CALLS_PYTHON(load, "quoth._saved")
#undef CALLS_PYTHON

static PyObject *pipeline_config(PyObject *self, void *Py_UNUSED(closure))
{
    return py_call_python("quoth._saved", "config", self, NULL, 0, NULL);
}

static PyObject *pipeline_version(PyObject *self, void *Py_UNUSED(closure))
{
    return Py_NewRef(((PipelineObject *)self)->content);
}

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
    options.allocator = &py_memory;
    options.abbreviation_count = (size_t)PyTuple_GET_SIZE(self->abbreviations);
    const char **words = py_option_words(self->abbreviations);
    if (words == NULL) {
        return -1;
    }
    options.abbreviations = words;
    quoth_knowledge knowledge = {self->finders, self->finder_count, self->words, self->word_count};
    options.knowledge = &knowledge;
    options.model = self->model != NULL ? py_model_core(self->model) : NULL;
    quoth_status status = quoth_pipeline_new(&options, &self->core, &error);
    PyMem_Free(words);
    if (status == QUOTH_ERROR_ABBREVIATION) {
        PyErr_Format(PyExc_ValueError, "abbreviations: %s, got %R", error.message,
                     PyTuple_GET_ITEM(self->abbreviations, (Py_ssize_t)error.position));
        return -1;
    }
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

static PyObject *pipeline_construct(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    const char *names[] = {"language",      "stages", "newlines", "split_in_quotes",
                           "abbreviations", "model",  "extras",   NULL};
    PyObject *language = NULL, *stages = NULL, *newlines = NULL, *abbreviations = NULL;
    PyObject *model = NULL, *extras = NULL;
    int split_in_quotes = 1;
    char language_name[16];
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "|OOOpOOO:Pipeline", (char **)(uintptr_t)names,
                                     &language, &stages, &newlines, &split_in_quotes,
                                     &abbreviations, &model, &extras)) {
        return NULL;
    }
    const State *state = py_state_of_type(type);
    PipelineObject *self = (PipelineObject *)type->tp_alloc(type, 0);
    if (self == NULL) {
        return NULL;
    }
    self->split_in_quotes = split_in_quotes != 0;
    self->language = py_option_language(language, language_name, sizeof language_name);
    self->abbreviations = self->language != NULL ? py_option_abbreviations(abbreviations) : NULL;
    if (self->abbreviations == NULL || py_option_stages(state, stages, &self->stages) < 0 ||
        py_option_newlines(state, newlines, &self->newlines) < 0 ||
        py_option_model(state, model, self->stages, self->language, &self->model) < 0 ||
        py_knowledge_init(state, self, extras) < 0 || core_make(state, self, language_name) < 0 ||
        (self->model != NULL && (self->version = py_model_version(self->model)) == NULL) ||
        (self->content = py_pipeline_content(state, self)) == NULL) {
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
    PyMem_Free(self->finders);
    PyMem_Free(self->finder_entries);
    PyMem_Free(self->words);
    Py_XDECREF(self->labels);
    Py_XDECREF(self->extras);
    Py_XDECREF(self->version);
    Py_XDECREF(self->content);
    Py_XDECREF(self->model);
    Py_XDECREF(self->language);
    Py_XDECREF(self->abbreviations);
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

static PyObject *pipeline_abbreviations(PyObject *self, void *Py_UNUSED(closure))
{
    return Py_NewRef(((PipelineObject *)self)->abbreviations);
}

static PyObject *pipeline_model(PyObject *self, void *Py_UNUSED(closure))
{
    PyObject *model = ((PipelineObject *)self)->model;
    return Py_NewRef(model != NULL ? model : Py_None);
}

static PyObject *pipeline_extras(PyObject *self, void *Py_UNUSED(closure))
{
    return Py_NewRef(((PipelineObject *)self)->extras);
}

static PyObject *pipeline_reduce(PyObject *self, PyObject *Py_UNUSED(ignored))
{
    PyObject *stages = pipeline_stages(self, NULL);
    if (stages == NULL) {
        return NULL;
    }
    return Py_BuildValue("O(ONNNNNN)", Py_TYPE(self), ((PipelineObject *)self)->language, stages,
                         pipeline_newlines(self, NULL), pipeline_split_in_quotes(self, NULL),
                         pipeline_abbreviations(self, NULL), pipeline_model(self, NULL),
                         pipeline_extras(self, NULL));
}

static PyObject *pipeline_repr(PyObject *self)
{
    PyObject *stages = pipeline_stages(self, NULL);
    if (stages == NULL) {
        return NULL;
    }
    PyObject *newlines = pipeline_newlines(self, NULL);
    const PipelineObject *pipeline = (PipelineObject *)self;
    PyObject *extras = PyTuple_GET_SIZE(pipeline->extras) > 0
                           ? PyUnicode_FromFormat(", extras=%R", pipeline->extras)
                           : PyUnicode_FromString("");
    PyObject *repr = NULL;
    if (newlines != NULL && extras != NULL) {
        repr = PyUnicode_FromFormat(
            "Pipeline(%R, stages=%R, newlines=%R, split_in_quotes=%s, abbreviations=%R%U)",
            pipeline->language, stages, newlines, pipeline->split_in_quotes ? "True" : "False",
            pipeline->abbreviations, extras);
    }
    Py_XDECREF(extras);
    Py_XDECREF(newlines);
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
    int same = equal ? PyObject_RichCompareBool(x->abbreviations, y->abbreviations, Py_EQ) : 0;
    if (same > 0) {
        same = PyObject_RichCompareBool(x->extras, y->extras, Py_EQ);
    }
    return same < 0 ? NULL : PyBool_FromLong((same > 0) == (operation == Py_EQ));
}

static Py_hash_t pipeline_hash(PyObject *self)
{
    const PipelineObject *pipeline = (PipelineObject *)self;
    Py_hash_t language = PyObject_Hash(pipeline->language);
    Py_hash_t words = language != -1 ? PyObject_Hash(pipeline->abbreviations) : -1;
    Py_hash_t extras = words != -1 ? PyObject_Hash(pipeline->extras) : -1;
    if (extras == -1) {
        return -1;
    }
    Py_uhash_t options = (Py_uhash_t)pipeline->stages * 8u + (Py_uhash_t)pipeline->newlines * 2u +
                         (pipeline->split_in_quotes ? 1u : 0u);
    Py_uhash_t hash =
        ((Py_uhash_t)language ^ (Py_uhash_t)words ^ (Py_uhash_t)extras ^ options) * 1000003u;
    return (Py_hash_t)hash == -1 ? -2 : (Py_hash_t)hash;
}

static PyMethodDef pipeline_methods[] = {
    {"sents", py_pipeline_sents, METH_O,
     "sents($self, text, /)\n--\n\nThe sentences of text only (tuple of Sentence)."},
    {"split", py_pipeline_split, METH_O,
     "split($self, text, /)\n--\n\n"
     "The sentences of text as a list of str, or of bytes for the UTF-8 of a text."},
    {"sentence_offsets", py_pipeline_sentence_offsets, METH_O,
     "sentence_offsets($self, text, /)\n--\n\n"
     "Where the sentences of text are (SentenceOffsets): code points of a str, bytes of bytes."},
    {"quotes", pipeline_quotes, METH_O,
     "quotes($self, text, /)\n--\n\nThe quotes of text only (tuple of Quote)."},
    {"ents", pipeline_ents, METH_O,
     "ents($self, text, /)\n--\n\nThe mentions of text only (tuple of Mention)."},
    {"pipe", (PyCFunction)(void (*)(void))pipeline_pipe, METH_FASTCALL | METH_KEYWORDS,
     "pipe($self, texts, *, n_threads=0, as_tuples=False, errors='raise', progress=None)\n--\n\n"
     "Reads many texts, lazily and in order; see quoth._pipe.pipe."},
    {"with_terms", (PyCFunction)(void (*)(void))pipeline_with_terms, METH_FASTCALL | METH_KEYWORDS,
     "with_terms($self, label, terms, *, kb_id=None, name=None, case='ignore', marks='ignore',\n"
     "           overlap='longest', priority=0, rule=None)\n--\n\n"
     "A new pipeline that also finds these words and phrases; see quoth._extend.with_terms."},
    {"with_patterns", (PyCFunction)(void (*)(void))pipeline_with_patterns,
     METH_FASTCALL | METH_KEYWORDS,
     "with_patterns($self, patterns, *, errors='warn')\n--\n\n"
     "A new pipeline that also finds what these patterns match; see quoth._extend.with_patterns."},
    {"with_abbreviations", (PyCFunction)(void (*)(void))pipeline_with_abbreviations,
     METH_FASTCALL | METH_KEYWORDS,
     "with_abbreviations($self, words)\n--\n\n"
     "A new pipeline that also knows these words as ones that a full stop shortens."},
    {"with_cues", (PyCFunction)(void (*)(void))pipeline_with_cues, METH_FASTCALL | METH_KEYWORDS,
     "with_cues($self, words, *, kind='verb', attitude='speech')\n--\n\n"
     "A new pipeline that also takes these words for ones that attribute; see\n"
     "quoth._extend.with_cues."},
    {"with_titles", (PyCFunction)(void (*)(void))pipeline_with_titles,
     METH_FASTCALL | METH_KEYWORDS,
     "with_titles($self, titles)\n--\n\n"
     "A new pipeline that also knows these titles and roles of persons."},
    {"with_aliases", (PyCFunction)(void (*)(void))pipeline_with_aliases,
     METH_FASTCALL | METH_KEYWORDS,
     "with_aliases($self, aliases, *, label='PERSON')\n--\n\n"
     "A new pipeline that also knows by which other names somebody or something goes; see\n"
     "quoth._extend.with_aliases."},
    {"with_pipe", (PyCFunction)(void (*)(void))pipeline_with_pipe, METH_FASTCALL | METH_KEYWORDS,
     "with_pipe($self, component, *, errors='raise')\n--\n\n"
     "A new pipeline that also runs a component; see quoth.component."},
    {"without", (PyCFunction)(void (*)(void))pipeline_without, METH_FASTCALL | METH_KEYWORDS,
     "without($self, /, *stages)\n--\n\n"
     "A new pipeline that leaves these stages out, and those that need them."},
    {"save", (PyCFunction)(void (*)(void))pipeline_save, METH_FASTCALL | METH_KEYWORDS,
     "save($self, path)\n--\n\nWrites the pipeline to one file, for Pipeline.load()."},
    {"load", (PyCFunction)(void (*)(void))pipeline_load, METH_FASTCALL | METH_KEYWORDS | METH_CLASS,
     "load($type, path, model=None, components=())\n--\n\nThe pipeline that save() wrote."},
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
    {"abbreviations", pipeline_abbreviations, NULL,
     "The abbreviations that were given to it, sorted (tuple of str).", NULL},
    {"config", pipeline_config, NULL, "What it is, as plain values (dict).", NULL},
    {"version", pipeline_version, NULL,
     "16 hexadecimal digits that are the same for equal pipelines of one version of quoth.", NULL},
    {"extras", pipeline_extras, NULL, "What the with_... calls added (tuple of tuples).", NULL},
    {"model", pipeline_model, NULL, "The Model that it uses, or None.", NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyType_Slot pipeline_slots[] = {
    {Py_tp_doc,
     "Pipeline(language='en', stages=None, newlines='auto', split_in_quotes=True,\n"
     "         abbreviations=(), model=...)\n--\n\n"
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
