/* pattern.c - Pattern: a regular expression of the caller's, compiled by the core, and PatternError.
 *
 * Immutable; pipelines and threads share it. Pickled as its source: it is compiled again.
 */
#include "types.h"

#include <string.h>

typedef struct PatternObject {
    PyObject_HEAD quoth_pattern *core;
    PyObject *source; /* exact str */
    PyObject *groups; /* tuple of str: its named groups */
    uint32_t step_limit;
    bool ignore_case;
} PatternObject;

const quoth_pattern *py_pattern_core(PyObject *self)
{
    return ((PatternObject *)self)->core;
}

PyObject *py_pattern_groups(PyObject *self)
{
    return ((PatternObject *)self)->groups;
}

void py_pattern_error(const State *state, PyObject *pattern, PyObject *position, PyObject *message)
{
    PyObject *error = NULL;
    PyObject *told = PyUnicode_FromFormat(position == Py_None ? "%U, in the pattern %R"
                                                              : "%U, in the pattern %R at %S",
                                          message, pattern, position);
    if (told != NULL) {
        error = PyObject_CallOneArg(state->pattern_error, told);
        Py_DECREF(told);
    }
    if (error != NULL && PyObject_SetAttrString(error, "pattern", pattern) == 0 &&
        PyObject_SetAttrString(error, "position", position) == 0 &&
        PyObject_SetAttrString(error, "message", message) == 0) {
        PyErr_SetObject(state->pattern_error, error);
    }
    Py_XDECREF(error);
}

/* What PCRE2 did not understand; the position is one of bytes. */
static void raise_pattern(const State *state, PyObject *source, PyObject *utf8,
                          const quoth_error *error)
{
    Py_ssize_t at = (Py_ssize_t)error->position;
    at = at <= PyBytes_GET_SIZE(utf8) ? at : PyBytes_GET_SIZE(utf8);
    PyObject *before = PyUnicode_DecodeUTF8(PyBytes_AS_STRING(utf8), at, "ignore");
    PyObject *position = before != NULL ? PyLong_FromSsize_t(PyUnicode_GET_LENGTH(before)) : NULL;
    PyObject *message = position != NULL ? PyUnicode_FromString(error->message) : NULL;
    if (message != NULL) {
        py_pattern_error(state, source, position, message);
    }
    Py_XDECREF(message);
    Py_XDECREF(position);
    Py_XDECREF(before);
}

static PyObject *group_names(const quoth_pattern *core)
{
    Py_ssize_t count = (Py_ssize_t)quoth_pattern_group_count(core);
    PyObject *tuple = PyTuple_New(count);
    for (Py_ssize_t i = 0; tuple != NULL && i < count; i++) {
        PyObject *name = PyUnicode_InternFromString(quoth_pattern_group_name(core, (size_t)i));
        if (name == NULL) {
            Py_CLEAR(tuple);
            break;
        }
        PyTuple_SET_ITEM(tuple, i, name);
    }
    return tuple;
}

static int compile(const State *state, PatternObject *self)
{
    quoth_error error;
    memset(&error, 0, sizeof error);
    quoth_pattern_options options = {
        .ignore_case = self->ignore_case, .step_limit = self->step_limit, .allocator = &py_memory};
    PyObject *utf8 = PyUnicode_AsUTF8String(self->source);
    if (utf8 == NULL) {
        if (PyErr_ExceptionMatches(PyExc_UnicodeEncodeError)) {
            PyErr_Format(PyExc_ValueError, "pattern: expected no lone surrogate, got %R",
                         self->source);
        }
        return -1;
    }
    quoth_string source = {PyBytes_AS_STRING(utf8), (size_t)PyBytes_GET_SIZE(utf8)};
    quoth_status status = quoth_pattern_new(source, &options, &self->core, &error);
    if (status == QUOTH_ERROR_PATTERN) {
        raise_pattern(state, self->source, utf8, &error);
    } else if (status != QUOTH_OK) {
        py_raise(state, status, &error);
    } else {
        self->groups = group_names(self->core);
    }
    Py_DECREF(utf8);
    return self->groups != NULL ? 0 : -1;
}

static PyObject *pattern_construct(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    const char *names[] = {"pattern", "ignore_case", "step_limit", NULL};
    PyObject *source;
    int ignore_case = 0;
    long long step_limit = 0;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "O|pL:Pattern", (char **)(uintptr_t)names,
                                     &source, &ignore_case, &step_limit)) {
        return NULL;
    }
    if (step_limit < 0 || step_limit > UINT32_MAX) {
        PyErr_SetString(PyExc_ValueError, "step_limit: expected 0 to 4294967295");
        return NULL;
    }
    PatternObject *self = (PatternObject *)type->tp_alloc(type, 0);
    if (self == NULL) {
        return NULL;
    }
    self->ignore_case = ignore_case != 0;
    self->step_limit = (uint32_t)step_limit;
    self->source = py_text_check(source, "pattern");
    if (self->source == NULL || compile(py_state_of_type(type), self) < 0) {
        Py_DECREF(self);
        return NULL;
    }
    return (PyObject *)self;
}

static void pattern_dealloc(PyObject *object)
{
    PatternObject *self = (PatternObject *)object;
    PyTypeObject *type = Py_TYPE(object);
    quoth_pattern_free(self->core);
    Py_XDECREF(self->source);
    Py_XDECREF(self->groups);
    type->tp_free(object);
    Py_DECREF(type);
}

static PyObject *pattern_richcompare(PyObject *a, PyObject *b, int operation)
{
    if (Py_TYPE(a) != Py_TYPE(b) || (operation != Py_EQ && operation != Py_NE)) {
        Py_RETURN_NOTIMPLEMENTED;
    }
    const PatternObject *x = (PatternObject *)a, *y = (PatternObject *)b;
    bool same = x->ignore_case == y->ignore_case && x->step_limit == y->step_limit &&
                py_text_equal(x->source, y->source);
    return PyBool_FromLong(same == (operation == Py_EQ));
}

static Py_hash_t pattern_hash(PyObject *object)
{
    return PyObject_Hash(((PatternObject *)object)->source);
}

static PyObject *pattern_repr(PyObject *object)
{
    const PatternObject *self = (PatternObject *)object;
    return PyUnicode_FromFormat("Pattern(%R%s)", self->source,
                                self->ignore_case ? ", ignore_case=True" : "");
}

static PyObject *pattern_reduce(PyObject *object, PyObject *Py_UNUSED(ignored))
{
    const PatternObject *self = (PatternObject *)object;
    return Py_BuildValue("O(OOI)", Py_TYPE(object), self->source,
                         self->ignore_case ? Py_True : Py_False, self->step_limit);
}

static PyObject *pattern_source(PyObject *object, void *Py_UNUSED(closure))
{
    return Py_NewRef(((PatternObject *)object)->source);
}

static PyObject *pattern_group_names(PyObject *object, void *Py_UNUSED(closure))
{
    return Py_NewRef(((PatternObject *)object)->groups);
}

static PyObject *pattern_ignore_case(PyObject *object, void *Py_UNUSED(closure))
{
    return PyBool_FromLong(((PatternObject *)object)->ignore_case);
}

static PyObject *pattern_step_limit(PyObject *object, void *Py_UNUSED(closure))
{
    return PyLong_FromUnsignedLong(((PatternObject *)object)->step_limit);
}

static PyMethodDef pattern_methods[] = {
    {"__reduce__", pattern_reduce, METH_NOARGS, NULL},
    PY_COPY_METHODS,
    {NULL, NULL, 0, NULL},
};

static PyGetSetDef pattern_getset[] = {
    {"pattern", pattern_source, NULL, "Its source.", NULL},
    {"groups", pattern_group_names, NULL, "The names of its groups (tuple of str).", NULL},
    {"ignore_case", pattern_ignore_case, NULL, "Whether case makes no difference.", NULL},
    {"step_limit", pattern_step_limit, NULL,
     "How many steps a match may take from one place; 0: what suits the text.", NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyType_Slot pattern_slots[] = {
    {Py_tp_doc, "Pattern(pattern, ignore_case=False, step_limit=0)\n--\n\n"
                "A regular expression of PCRE2, compiled. PatternError if it is none."},
    {Py_tp_new, pattern_construct},
    {Py_tp_dealloc, pattern_dealloc},
    {Py_tp_richcompare, pattern_richcompare},
    {Py_tp_hash, pattern_hash},
    {Py_tp_repr, pattern_repr},
    {Py_tp_getset, pattern_getset},
    {Py_tp_methods, pattern_methods},
    {0, NULL},
};

PyType_Spec py_pattern_spec = {
    .name = "quoth.Pattern",
    .basicsize = sizeof(PatternObject),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_IMMUTABLETYPE,
    .slots = pattern_slots,
};
