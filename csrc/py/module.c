/* module.c - the module quoth._core: its state, its types and the few functions that are no method.
 *
 * It does not say that it runs without the GIL (Py_mod_gil): nothing has proved that yet.
 */
#include "types.h"

#include "table.h"

static State *state_of_module(PyObject *module)
{
    return PyModule_GetState(module);
}

State *py_state_of_type(PyTypeObject *type)
{
    return PyType_GetModuleState(type); /* every type of ours is final, so this finds it */
}

State *py_state_of(PyObject *object)
{
    return PyType_GetModuleState(Py_TYPE(object));
}

/* --- shared ----------------------------------------------------------------------------------- */

void py_raise(const State *state, quoth_status status, const quoth_error *error)
{
    const char *message = error->message[0] != '\0' ? error->message : quoth_status_message(status);
    switch (status) {
    case QUOTH_ERROR_MEMORY:
        PyErr_NoMemory();
        break;
    case QUOTH_ERROR_LIMIT:
        PyErr_Format(state->limit_error, "text: expected at most %zu bytes of UTF-8",
                     (size_t)QUOTH_TEXT_MAX);
        break;
    case QUOTH_ERROR_MODEL:
        PyErr_SetString(state->model_error, message);
        break;
    case QUOTH_ERROR_ARGUMENT:
    case QUOTH_ERROR_PATTERN:
        PyErr_SetString(PyExc_ValueError, message);
        break;
    default: /* a str always gives valid UTF-8 */
        PyErr_SetString(PyExc_SystemError, message);
        break;
    }
}

PyObject *py_call_python(const char *module, const char *function, PyObject *self,
                         PyObject *const *args, Py_ssize_t count, PyObject *keywords)
{
    PyObject *result = NULL;
    PyObject *callable = NULL;
    Py_ssize_t named = keywords != NULL ? PyTuple_GET_SIZE(keywords) : 0;
    PyObject **stack = PyMem_New(PyObject *, (size_t)(1 + count + named));
    PyObject *imported = stack != NULL ? PyImport_ImportModule(module) : PyErr_NoMemory();
    if (imported != NULL) {
        callable = PyObject_GetAttrString(imported, function);
    }
    if (callable != NULL) {
        stack[0] = self;
        for (Py_ssize_t i = 0; i < count + named; i++) {
            stack[1 + i] = args[i];
        }
        result = PyObject_Vectorcall(callable, stack, (size_t)(1 + count), keywords);
    }
    Py_XDECREF(callable);
    Py_XDECREF(imported);
    PyMem_Free(stack);
    return result;
}

/* --- functions -------------------------------------------------------------------------------- */

static PyObject *record_from_dict(const State *state, PyObject *dict, PyObject *text_object)
{
    PyObject *text = NULL;
    if (text_object != NULL && text_object != Py_None) {
        text = py_text_check(text_object, "text");
        if (text == NULL) {
            return NULL;
        }
    }
    Record *record = py_record_import((State *)(uintptr_t)state, dict, text);
    Py_XDECREF(text);
    return (PyObject *)record;
}

static PyObject *core_record(PyObject *module, PyObject *dict)
{
    return record_from_dict(state_of_module(module), dict, NULL);
}

static PyObject *core_document(PyObject *module, PyObject *const *args, Py_ssize_t count)
{
    if (count != 2) {
        PyErr_SetString(PyExc_TypeError, "document_from_dict: expected a dict and a str or None");
        return NULL;
    }
    PyObject *record = record_from_dict(state_of_module(module), args[0], args[1]);
    if (record == NULL) {
        return NULL;
    }
    PyObject *document = py_document_new(state_of_module(module), (Record *)record);
    Py_DECREF(record);
    return document;
}

static PyObject *core_plain(PyObject *Py_UNUSED(module), PyObject *args)
{
    PyObject *value;
    const char *where;
    return PyArg_ParseTuple(args, "Os:plain", &value, &where) ? py_plain_copy(value, where) : NULL;
}

static PyMethodDef core_functions[] = {
    {"plain", core_plain, METH_VARARGS,
     "plain(value, where, /): a copy of a value that JSON has; where says whose it is."},
    {"record_from_dict", core_record, METH_O, "record_from_dict(dict, /): unpickles a Record."},
    {"item", (PyCFunction)(void (*)(void))py_item_restore, METH_FASTCALL,
     "item(record, what, index, /): unpickles what holds a Record."},
    {"document_from_dict", (PyCFunction)(void (*)(void))core_document, METH_FASTCALL,
     "document_from_dict(dict, text, /): the Document that a dict describes."},
    {"text_warning", py_warning_restore, METH_VARARGS,
     "text_warning(text, start, end, code, detail, /): unpickles a TextWarning."},
    {"explain", py_pipeline_explain, METH_VARARGS,
     "explain(pipeline, text, start, end, /): list of (start, end, feature, weight)."},
    {"sentence_decisions", (PyCFunction)(void (*)(void))py_pipeline_decisions, METH_FASTCALL,
     "sentence_decisions(pipeline, text, /): what the model of the sentences is asked, to train "
     "it."},
    {"trace", (PyCFunction)(void (*)(void))py_trace, METH_FASTCALL,
     "trace(pipeline, text, /): what the models of quotes see, as bytes."},
    {"fit", py_fit, METH_VARARGS,
     "fit(choice_ends, candidate_ends, right, features, bits, epochs, seed, rate, decay, /): a "
     "model's weights."},
    {NULL, NULL, 0, NULL},
};

/* --- setting up ------------------------------------------------------------------------------- */

static const char *const key_names[KEY_COUNT] = {
#define QUOTH_KEY(name) #name,
    QUOTH_KEYS(QUOTH_KEY)
#undef QUOTH_KEY
};

static PyType_Spec *const type_specs[TYPE_COUNT] = {
    [TYPE_RECORD] = &py_record_spec,
    [TYPE_SPAN] = &py_span_spec,
    [TYPE_SENTENCE] = &py_sentence_spec,
    [TYPE_PARAGRAPH] = &py_paragraph_spec,
    [TYPE_WARNING] = &py_warning_spec,
    [TYPE_DATELINE] = &py_dateline_spec,
    [TYPE_SOURCE_LINE] = &py_source_line_spec,
    [TYPE_QUOTATION] = &py_quotation_spec,
    [TYPE_MENTION] = &py_mention_spec,
    [TYPE_ENTITY] = &py_entity_spec,
    [TYPE_QUOTE] = &py_quote_spec,
    [TYPE_DOCUMENT] = &py_document_spec,
    [TYPE_PIPELINE] = &py_pipeline_spec,
    [TYPE_OFFSETS] = &py_offsets_spec,
    [TYPE_MODEL] = &py_model_spec,
    [TYPE_TRAINER] = &py_trainer_spec,
    [TYPE_ITEMS] = &py_items_spec,
    [TYPE_TERMS] = &py_terms_spec,
    [TYPE_TABLE] = &py_table_spec,
    [TYPE_READER] = &py_reader_spec,
    [TYPE_PATTERN] = &py_pattern_spec,
    [TYPE_READING] = &py_reading_spec,
};

static bool extends_span(int type)
{
    return type > (int)TYPE_SPAN && type <= (int)TYPE_MENTION;
}

static int add_types(PyObject *module, State *state)
{
    for (int i = 0; i < (int)TYPE_COUNT; i++) {
        PyObject *base = extends_span(i)        ? (PyObject *)state->types[TYPE_SPAN]
                         : i == (int)TYPE_ITEMS ? (PyObject *)&PyTuple_Type
                                                : NULL;
        state->types[i] = (PyTypeObject *)PyType_FromModuleAndSpec(module, type_specs[i], base);
        if (state->types[i] == NULL || PyModule_AddType(module, state->types[i]) < 0) {
            return -1;
        }
    }
    /* Nothing but the types above extends Span: a subclass could carry attributes and cycles. */
    state->types[TYPE_SPAN]->tp_flags &= ~(unsigned long)Py_TPFLAGS_BASETYPE;
    return 0;
}

static int core_exec(PyObject *module)
{
    State *state = state_of_module(module);
    for (int i = 0; i < (int)KEY_COUNT; i++) {
        state->keys[i] = PyUnicode_InternFromString(key_names[i]);
        if (state->keys[i] == NULL) {
            return -1;
        }
    }
    state->limit_error = PyErr_NewExceptionWithDoc(
        "quoth.LimitError", "A text is too long to be read.", PyExc_ValueError, NULL);
    state->model_error = PyErr_NewExceptionWithDoc(
        "quoth.ModelError", "A model file is damaged, or is none.", PyExc_ValueError, NULL);
    state->pattern_error = PyErr_NewExceptionWithDoc(
        "quoth.PatternError",
        "A pattern does not compile, or exceeded its limits on a text. It has the attributes\n"
        "pattern, position (None for a limit) and message.",
        PyExc_ValueError, NULL);
    if (state->limit_error == NULL || state->model_error == NULL || state->pattern_error == NULL ||
        PyModule_AddObjectRef(module, "PatternError", state->pattern_error) < 0 ||
        PyModule_AddObjectRef(module, "LimitError", state->limit_error) < 0 ||
        PyModule_AddObjectRef(module, "ModelError", state->model_error) < 0 ||
        PyModule_AddStringConstant(module, "__version__", QUOTH_VERSION) < 0 ||
        py_capsule_add(module) < 0 || py_names_init(state) < 0) {
        return -1;
    }
    return add_types(module, state);
}

static int core_traverse(PyObject *module, visitproc visit, void *arg)
{
    State *state = state_of_module(module);
    for (int i = 0; i < (int)TYPE_COUNT; i++) {
        Py_VISIT(state->types[i]);
    }
    Py_VISIT(state->limit_error);
    Py_VISIT(state->model_error);
    Py_VISIT(state->pattern_error);
    return 0;
}

static int core_clear(PyObject *module)
{
    State *state = state_of_module(module);
    for (int i = 0; i < (int)TYPE_COUNT; i++) {
        Py_CLEAR(state->types[i]);
    }
    for (int set = 0; set < (int)NAMES_COUNT; set++) {
        for (int i = 0; i < (int)NAMES_MOST; i++) {
            Py_CLEAR(state->names[set][i]);
        }
    }
    for (int i = 0; i < (int)KEY_COUNT; i++) {
        Py_CLEAR(state->keys[i]);
    }
    Py_CLEAR(state->limit_error);
    Py_CLEAR(state->model_error);
    Py_CLEAR(state->pattern_error);
    return 0;
}

static void core_free(void *module)
{
    (void)core_clear(module);
}

static PyModuleDef_Slot core_slots[] = {
    {Py_mod_exec, (void *)(uintptr_t)core_exec},
/* All that changes is in the State: each interpreter has its own. */
#if PY_VERSION_HEX >= 0x030C0000
    {Py_mod_multiple_interpreters, Py_MOD_PER_INTERPRETER_GIL_SUPPORTED},
#endif
    {0, NULL},
};

struct PyModuleDef py_module = {
    .m_base = PyModuleDef_HEAD_INIT,
    .m_name = "quoth._core",
    .m_doc = "The compiled part of quoth.",
    .m_size = sizeof(State),
    .m_methods = core_functions,
    .m_slots = core_slots,
    .m_traverse = core_traverse,
    .m_clear = core_clear,
    .m_free = core_free,
};

PyMODINIT_FUNC PyInit__core(void);

PyMODINIT_FUNC PyInit__core(void)
{
    return PyModuleDef_Init(&py_module);
}
