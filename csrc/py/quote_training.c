/* quote_training.c - what training needs of the core: the choices of a text, and the fitting.
 *
 * In: a Pipeline and a str; arrays as buffers. Out: bytes, in the machine's own order of bytes, of
 * the records of quoth.h. Only quoth.train uses these.
 */
#include "types.h"

#include <string.h>

static PyObject *bytes_of(const void *items, size_t count, size_t size)
{
    return PyBytes_FromStringAndSize(count > 0 ? items : "", (Py_ssize_t)(count * size));
}

static PyObject *trace_as_bytes(const quoth_trace *trace)
{
    size_t choices, candidates, features;
    const quoth_choice *choice = quoth_trace_choices(trace, &choices);
    const quoth_candidate *candidate = quoth_trace_candidates(trace, &candidates);
    const uint32_t *feature = quoth_trace_features(trace, &features);
    return Py_BuildValue("NNN", bytes_of(choice, choices, sizeof *choice),
                         bytes_of(candidate, candidates, sizeof *candidate),
                         bytes_of(feature, features, sizeof *feature));
}

PyObject *py_trace(PyObject *module, PyObject *const *args, Py_ssize_t count)
{
    State *state = PyModule_GetState(module);
    if (count != 2 || !Py_IS_TYPE(args[0], state->types[TYPE_PIPELINE])) {
        PyErr_SetString(PyExc_TypeError, "trace: expected a Pipeline and a str");
        return NULL;
    }
    PyObject *text = py_text_check(args[1], "text");
    if (text == NULL) {
        return NULL;
    }
    const quoth_pipeline *core = py_pipeline_core(args[0]);
    quoth_scratch *scratch = NULL;
    quoth_trace *trace = NULL;
    quoth_error error;
    memset(&error, 0, sizeof error);
    quoth_status status = quoth_scratch_new(core, &scratch);
    if (status == QUOTH_OK) {
        status = quoth_trace_read(core, scratch, py_text_input(text), &trace, &error);
    }
    PyObject *result = NULL;
    if (status == QUOTH_OK) {
        result = trace_as_bytes(trace);
    } else {
        py_raise(state, status, &error);
    }
    quoth_trace_free(trace);
    quoth_scratch_free(scratch);
    Py_DECREF(text);
    return result;
}

static quoth_examples examples_of(const Py_buffer *choices, const Py_buffer *candidates,
                                  const Py_buffer *right, const Py_buffer *features)
{
    quoth_examples out = {
        .choice_end = choices->buf,
        .choice_count = (size_t)choices->len / sizeof(uint32_t),
        .candidate_end = candidates->buf,
        .right = right->buf,
        .candidate_count = (size_t)candidates->len / sizeof(uint32_t),
        .features = features->buf,
        .feature_count = (size_t)features->len / sizeof(uint32_t),
    };
    return out;
}

static PyObject *fit(const State *state, const quoth_examples *examples,
                     const quoth_fit_options *options)
{
    bool sane = options->bits >= 1 && options->bits <= 24;
    PyObject *weights = PyBytes_FromStringAndSize(NULL, sane ? (Py_ssize_t)1 << options->bits : 1);
    if (weights == NULL) {
        return NULL;
    }
    float scale = 0;
    double loss = 0;
    quoth_status status;
    int8_t *out = (int8_t *)PyBytes_AS_STRING(weights);
    Py_BEGIN_ALLOW_THREADS;
    status = quoth_fit(examples, options, out, &scale, &loss);
    Py_END_ALLOW_THREADS;
    if (status != QUOTH_OK) {
        Py_DECREF(weights);
        py_raise(state, status, &(quoth_error){.status = status});
        return NULL;
    }
    return Py_BuildValue("Ndd", weights, (double)scale, loss);
}

PyObject *py_fit(PyObject *module, PyObject *args)
{
    Py_buffer choices, candidates, right, features;
    quoth_fit_options options;
    PyObject *result = NULL;
    if (!PyArg_ParseTuple(args, "y*y*y*y*IIIff:fit", &choices, &candidates, &right, &features,
                          &options.bits, &options.epochs, &options.seed, &options.rate,
                          &options.decay)) {
        return NULL;
    }
    quoth_examples examples = examples_of(&choices, &candidates, &right, &features);
    if ((size_t)right.len != examples.candidate_count) {
        PyErr_SetString(PyExc_ValueError, "fit: expected an answer for each candidate");
    } else {
        result = fit(PyModule_GetState(module), &examples, &options);
    }
    PyBuffer_Release(&choices);
    PyBuffer_Release(&candidates);
    PyBuffer_Release(&right);
    PyBuffer_Release(&features);
    return result;
}
