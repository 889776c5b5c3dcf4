/* trainer.c - Trainer: what quoth.train calls to learn a tagger.
 *
 * In: texts with their names. Out: the sections of a model as bytes. It holds its Pipeline. One
 * thread at a time; the GIL is kept, for nothing else runs beside a training.
 */
#include "types.h"

#include "quoth_train.h"

typedef struct TrainerObject {
    PyObject_HEAD quoth_trainer *core;
    quoth_scratch *scratch;
    PyObject *pipeline;
} TrainerObject;

static PyObject *raise_status(PyObject *self, quoth_status status)
{
    quoth_error error = {0};
    py_raise(py_state_of(self), status, &error);
    return NULL;
}

static PyObject *trainer_construct(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    const char *names[] = {"pipeline", NULL};
    PyObject *pipeline;
    const State *state = py_state_of_type(type);
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "O!:Trainer", (char **)(uintptr_t)names,
                                     state->types[TYPE_PIPELINE], &pipeline)) {
        return NULL;
    }
    TrainerObject *self = (TrainerObject *)type->tp_alloc(type, 0);
    if (self == NULL) {
        return NULL;
    }
    self->pipeline = Py_NewRef(pipeline);
    quoth_status status = quoth_trainer_new(py_pipeline_core(pipeline), &self->core);
    if (status == QUOTH_OK) {
        status = quoth_scratch_new(py_pipeline_core(pipeline), &self->scratch);
    }
    if (status != QUOTH_OK) {
        Py_DECREF(self);
        return PyErr_NoMemory();
    }
    return (PyObject *)self;
}

static void trainer_dealloc(PyObject *object)
{
    TrainerObject *self = (TrainerObject *)object;
    PyTypeObject *type = Py_TYPE(self);
    quoth_scratch_free(self->scratch);
    quoth_trainer_free(self->core);
    Py_XDECREF(self->pipeline);
    type->tp_free(self);
    Py_DECREF(type);
}

/* A list of (start, end, kinds) as an array that the caller frees. */
static quoth_gold *parse_names(PyObject *object, Py_ssize_t *count)
{
    PyObject *list = PySequence_Fast(object, "names: expected a sequence of (start, end, kinds)");
    if (list == NULL) {
        return NULL;
    }
    *count = PySequence_Fast_GET_SIZE(list);
    quoth_gold *names = PyMem_New(quoth_gold, (size_t)*count + 1);
    for (Py_ssize_t i = 0; names != NULL && i < *count; i++) {
        if (!PyArg_ParseTuple(PySequence_Fast_GET_ITEM(list, i), "III", &names[i].start,
                              &names[i].end, &names[i].kinds)) {
            PyMem_Free(names);
            names = NULL;
        }
    }
    Py_DECREF(list);
    return names;
}

static PyObject *trainer_add(PyObject *object, PyObject *args)
{
    TrainerObject *self = (TrainerObject *)object;
    PyObject *text, *list;
    quoth_scheme scheme;
    quoth_error error = {0};
    Py_ssize_t count;
    if (!PyArg_ParseTuple(args, "UOIf:add", &text, &list, &scheme.hidden, &scheme.weight)) {
        return NULL;
    }
    quoth_gold *names = parse_names(list, &count);
    if (names == NULL) {
        return NULL;
    }
    quoth_status status = quoth_trainer_add(self->core, self->scratch, py_text_input(text), names,
                                            (size_t)count, scheme, &error);
    PyMem_Free(names);
    if (status != QUOTH_OK) {
        py_raise(py_state_of(object), status, &error);
        return NULL;
    }
    Py_RETURN_NONE;
}

static PyObject *trainer_use(PyObject *object, PyObject *pipeline)
{
    TrainerObject *self = (TrainerObject *)object;
    if (!Py_IS_TYPE(pipeline, py_state_of(object)->types[TYPE_PIPELINE])) {
        PyErr_SetString(PyExc_TypeError, "pipeline: expected Pipeline");
        return NULL;
    }
    quoth_scratch *scratch;
    quoth_status status = quoth_scratch_new(py_pipeline_core(pipeline), &scratch);
    if (status != QUOTH_OK) {
        return raise_status(object, status);
    }
    quoth_scratch_free(self->scratch);
    self->scratch = scratch;
    quoth_trainer_use(self->core, py_pipeline_core(pipeline));
    Py_SETREF(self->pipeline, Py_NewRef(pipeline));
    Py_RETURN_NONE;
}

static PyObject *trainer_begin(PyObject *object, PyObject *least)
{
    unsigned long value = PyLong_AsUnsignedLong(least);
    if (value == (unsigned long)-1 && PyErr_Occurred() != NULL) {
        return NULL;
    }
    quoth_status status = quoth_trainer_begin(((TrainerObject *)object)->core, (uint32_t)value);
    return status == QUOTH_OK ? Py_NewRef(Py_None) : raise_status(object, status);
}

static PyObject *trainer_epoch(PyObject *object, PyObject *args)
{
    float rate, decay, dropped;
    unsigned long long seed;
    double loss;
    quoth_status status;
    if (!PyArg_ParseTuple(args, "fffK:epoch", &rate, &decay, &dropped, &seed)) {
        return NULL;
    }
    Py_BEGIN_ALLOW_THREADS;
    status =
        quoth_trainer_epoch(((TrainerObject *)object)->core, rate, decay, dropped, seed, &loss);
    Py_END_ALLOW_THREADS;
    return status == QUOTH_OK ? PyFloat_FromDouble(loss) : raise_status(object, status);
}

static PyObject *trainer_restart(PyObject *object, PyObject *Py_UNUSED(ignored))
{
    quoth_trainer_restart(((TrainerObject *)object)->core);
    Py_RETURN_NONE;
}

static PyObject *trainer_prune(PyObject *object, PyObject *features)
{
    unsigned long value = PyLong_AsUnsignedLong(features);
    if (value == (unsigned long)-1 && PyErr_Occurred() != NULL) {
        return NULL;
    }
    quoth_status status = quoth_trainer_prune(((TrainerObject *)object)->core, (uint32_t)value);
    return status == QUOTH_OK ? Py_NewRef(Py_None) : raise_status(object, status);
}

static PyObject *trainer_export(PyObject *object, PyObject *args)
{
    static const char *const names[] = {"entity.head", "entity.pilots", "entity.rows",
                                        "entity.moves"};
    const quoth_trainer *core = ((TrainerObject *)object)->core;
    float slope, shift;
    if (!PyArg_ParseTuple(args, "ff:export", &slope, &shift)) {
        return NULL;
    }
    quoth_status status = quoth_trainer_export(((TrainerObject *)object)->core, slope, shift);
    PyObject *sections = status == QUOTH_OK ? PyDict_New() : raise_status(object, status);
    for (size_t i = 0; sections != NULL && i < sizeof names / sizeof *names; i++) {
        size_t size;
        const void *bytes = quoth_trainer_section(core, names[i], &size);
        PyObject *section = PyBytes_FromStringAndSize(bytes, (Py_ssize_t)size);
        if (section == NULL || PyDict_SetItemString(sections, names[i], section) < 0) {
            Py_CLEAR(sections);
        }
        Py_XDECREF(section);
    }
    return sections;
}

static PyObject *trainer_word_key(PyObject *object, PyObject *word)
{
    TrainerObject *self = (TrainerObject *)object;
    uint64_t key;
    if (!PyUnicode_Check(word)) {
        PyErr_SetString(PyExc_TypeError, "word: expected str");
        return NULL;
    }
    quoth_status status = quoth_trainer_word_key(py_pipeline_core(self->pipeline), self->scratch,
                                                 py_text_input(word), &key);
    return status == QUOTH_OK ? PyLong_FromUnsignedLongLong(key) : raise_status(object, status);
}

static PyMethodDef trainer_methods[] = {
    {"add", trainer_add, METH_VARARGS,
     "add($self, text, names, hidden, weight, /)\n--\n\n"
     "A text with its names (start, end, kinds); see quoth_train.h."},
    {"use", trainer_use, METH_O,
     "use($self, pipeline, /)\n--\n\nReads texts with this pipeline from now on."},
    {"begin", trainer_begin, METH_O,
     "begin($self, least, /)\n--\n\nAfter the last text: how often a feature has to occur."},
    {"epoch", trainer_epoch, METH_VARARGS,
     "epoch($self, rate, decay, dropped, seed, /)\n--\n\nLearns from every text once; the mean "
     "loss."},
    {"restart", trainer_restart, METH_NOARGS,
     "restart($self)\n--\n\nLearns from nothing again, beside what was learnt."},
    {"prune", trainer_prune, METH_O,
     "prune($self, features, /)\n--\n\nForgets all but so many features."},
    {"export", trainer_export, METH_VARARGS,
     "export($self, slope, shift, /)\n--\n\nThe sections of the model as learnt so far."},
    {"word_key", trainer_word_key, METH_O,
     "word_key($self, word, /)\n--\n\nThe key of a word for the clusters; 0 if it is not one."},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot trainer_slots[] = {
    {Py_tp_doc, "Trainer(pipeline)\n--\n\nLearns a tagger; quoth.train uses it."},
    {Py_tp_new, trainer_construct},
    {Py_tp_dealloc, trainer_dealloc},
    {Py_tp_methods, trainer_methods},
    {0, NULL},
};

PyType_Spec py_trainer_spec = {
    .name = "quoth._core.Trainer",
    .basicsize = sizeof(TrainerObject),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_IMMUTABLETYPE,
    .slots = trainer_slots,
};
