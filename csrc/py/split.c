/* split.c - the sentences of a text and nothing else, without a Document: as spans, as strings, or as
 * offsets.
 *
 * In: a str, whose offsets are code points, or, but for spans, the UTF-8 of a text as bytes, whose
 * offsets are bytes. The core leaves offsets in a scratch, which is borrowed until they are copied.
 */
#include "types.h"

#include <string.h>

/* Below so many units reading takes less time than handing the GIL to another thread and back. */
enum { QUICK_MOST = 32 * 1024 };

typedef struct Split {
    PipelineObject *pipeline;
    PyObject *text; /* exact str, or bytes */
    quoth_scratch *scratch;
    const int64_t *offsets; /* in the scratch */
    size_t count;
} Split;

static PyObject *text_or_bytes(PyObject *object, bool bytes_too)
{
    if (bytes_too && PyBytes_Check(object)) {
        return Py_NewRef(object);
    }
    if (bytes_too && !PyUnicode_Check(object)) {
        PyErr_Format(PyExc_TypeError, "text: expected str or bytes, got %.200s",
                     Py_TYPE(object)->tp_name);
        return NULL;
    }
    return py_text_check(object, "text");
}

static void split_close(Split *self)
{
    if (self->scratch != NULL) {
        py_scratch_give(self->pipeline, self->scratch);
    }
    Py_XDECREF(self->text);
}

static void raise_error(const Split *self, quoth_status status, const quoth_error *error)
{
    if (status == QUOTH_ERROR_UTF8) {
        Py_ssize_t at = (Py_ssize_t)error->position;
        PyObject *exception = PyUnicodeDecodeError_Create("utf-8", PyBytes_AS_STRING(self->text),
                                                          PyBytes_GET_SIZE(self->text), at, at + 1,
                                                          "text: expected UTF-8");
        if (exception != NULL) {
            PyErr_SetObject(PyExc_UnicodeDecodeError, exception);
            Py_DECREF(exception);
        }
        return;
    }
    py_raise(py_state_of((PyObject *)self->pipeline), status, error);
}

/* Splits object; after success or failure, split_close() has to be called. */
static int split_open(Split *self, PyObject *pipeline, PyObject *object, bool bytes_too)
{
    quoth_error error;
    memset(self, 0, sizeof *self);
    memset(&error, 0, sizeof error);
    self->pipeline = (PipelineObject *)pipeline;
    self->text = text_or_bytes(object, bytes_too);
    if (self->text == NULL) {
        return -1;
    }
    bool bytes = PyBytes_Check(self->text);
    quoth_input input =
        bytes ? quoth_utf8(PyBytes_AS_STRING(self->text), (size_t)PyBytes_GET_SIZE(self->text))
              : py_text_input(self->text);
    quoth_unit unit = bytes ? QUOTH_UNIT_BYTE : QUOTH_UNIT_CODEPOINT;
    quoth_status status = py_scratch_take(self->pipeline, &self->scratch);
    if (status == QUOTH_OK && input.length <= QUICK_MOST) {
        status = quoth_split(self->pipeline->core, self->scratch, input, unit, &self->offsets,
                             &self->count, &error);
    } else if (status == QUOTH_OK) {
        Py_BEGIN_ALLOW_THREADS;
        status = quoth_split(self->pipeline->core, self->scratch, input, unit, &self->offsets,
                             &self->count, &error);
        Py_END_ALLOW_THREADS;
    }
    if (status != QUOTH_OK) {
        raise_error(self, status, &error);
        return -1;
    }
    return 0;
}

PyObject *py_pipeline_sents(PyObject *self, PyObject *text)
{
    Split split;
    PyObject *tuple = NULL;
    if (split_open(&split, self, text, false) == 0) {
        tuple = PyTuple_New((Py_ssize_t)split.count);
        PyTypeObject *type = py_state_of(self)->types[TYPE_SENTENCE];
        for (size_t i = 0; tuple != NULL && i < split.count; i++) {
            PyObject *sentence = py_span_alloc(type, split.text, (Py_ssize_t)split.offsets[2 * i],
                                               (Py_ssize_t)split.offsets[2 * i + 1]);
            if (sentence == NULL) {
                Py_CLEAR(tuple);
                break;
            }
            PyTuple_SET_ITEM(tuple, (Py_ssize_t)i, sentence);
        }
    }
    split_close(&split);
    return tuple;
}

static PyObject *slice(PyObject *text, Py_ssize_t start, Py_ssize_t end)
{
    if (PyBytes_Check(text)) {
        return PyBytes_FromStringAndSize(PyBytes_AS_STRING(text) + start, end - start);
    }
    return py_text_slice(text, start, end);
}

PyObject *py_pipeline_split(PyObject *self, PyObject *text)
{
    Split split;
    PyObject *list = NULL;
    if (split_open(&split, self, text, true) == 0) {
        list = PyList_New((Py_ssize_t)split.count);
        for (size_t i = 0; list != NULL && i < split.count; i++) {
            PyObject *sentence = slice(split.text, (Py_ssize_t)split.offsets[2 * i],
                                       (Py_ssize_t)split.offsets[2 * i + 1]);
            if (sentence == NULL) {
                Py_CLEAR(list);
                break;
            }
            PyList_SET_ITEM(list, (Py_ssize_t)i, sentence);
        }
    }
    split_close(&split);
    return list;
}

PyObject *py_pipeline_sentence_offsets(PyObject *self, PyObject *text)
{
    Split split;
    PyObject *offsets = NULL;
    if (split_open(&split, self, text, true) == 0) {
        offsets =
            py_offsets_new(py_state_of(self)->types[TYPE_OFFSETS], split.offsets, split.count);
    }
    split_close(&split);
    return offsets;
}

static PyObject *decision_new(const quoth_decision *decision)
{
    PyObject *features = PyTuple_New((Py_ssize_t)decision->feature_count);
    for (size_t i = 0; features != NULL && i < decision->feature_count; i++) {
        PyObject *feature = PyLong_FromLong(decision->features[i]);
        if (feature == NULL) {
            Py_CLEAR(features);
            break;
        }
        PyTuple_SET_ITEM(features, (Py_ssize_t)i, feature);
    }
    if (features == NULL) {
        return NULL;
    }
    return Py_BuildValue("(nNN)", (Py_ssize_t)decision->end, PyBool_FromLong(decision->rule),
                         features);
}

PyObject *py_pipeline_decisions(PyObject *module, PyObject *const *args, Py_ssize_t count)
{
    const State *state = PyModule_GetState(module);
    if (count != 2 || !Py_IS_TYPE(args[0], state->types[TYPE_PIPELINE])) {
        PyErr_SetString(PyExc_TypeError, "sentence_decisions: expected a Pipeline and a str");
        return NULL;
    }
    PyObject *text = py_text_check(args[1], "text");
    if (text == NULL) {
        return NULL;
    }
    Split split = {.pipeline = (PipelineObject *)args[0], .text = text};
    quoth_error error;
    memset(&error, 0, sizeof error);
    const quoth_decision *decisions = NULL;
    PyObject *list = NULL;
    quoth_status status = py_scratch_take(split.pipeline, &split.scratch);
    if (status == QUOTH_OK) {
        status = quoth_decisions(split.pipeline->core, split.scratch, py_text_input(text),
                                 QUOTH_UNIT_CODEPOINT, &decisions, &split.count, &error);
    }
    if (status != QUOTH_OK) {
        raise_error(&split, status, &error);
    } else {
        list = PyList_New((Py_ssize_t)split.count);
    }
    for (size_t i = 0; list != NULL && i < split.count; i++) {
        PyObject *decision = decision_new(&decisions[i]);
        if (decision == NULL) {
            Py_CLEAR(list);
            break;
        }
        PyList_SET_ITEM(list, (Py_ssize_t)i, decision);
    }
    split_close(&split);
    return list;
}
