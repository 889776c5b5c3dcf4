/* explain.c - the function _core.explain: which features decided for a name. */
#include "types.h"

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
    quoth_status status = py_scratch_take(self, &scratch);
    if (status == QUOTH_OK) {
        status =
            quoth_explain(self->core, scratch, py_text_input(text), span, &reasons, &count, &error);
        list = status == QUOTH_OK ? reasons_list(reasons, count) : NULL;
        py_scratch_give(self, scratch);
    }
    if (status != QUOTH_OK) {
        py_raise(state, status, &error);
    }
    return list;
}
