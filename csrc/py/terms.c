/* terms.c - Terms: words and phrases to look for, with what each stands for.
 *
 * In: str, or tuples of str, identifier and name, from any iterable; or bytes that pack() made. Out:
 * an immutable object, shared by any number of pipelines and threads. What the bytes hold is checked
 * like any other input.
 */
#include "types.h"

#include <string.h>

typedef struct TermsObject {
    PyObject_HEAD quoth_terms *core;
    bool exact_case, exact_marks;
} TermsObject;

const quoth_terms *py_terms_core(PyObject *self)
{
    return ((TermsObject *)self)->core;
}

/* --- making ----------------------------------------------------------------------------------- */

static int raise_term(const State *state, quoth_status status, const quoth_error *error,
                      PyObject *term)
{
    if (status == QUOTH_ERROR_ARGUMENT) {
        PyErr_Format(PyExc_ValueError, "terms[%zu]: %s, got %.200R", error->position,
                     error->message, term);
    } else {
        py_raise(state, status, error);
    }
    return -1;
}

/* The UTF-8 of a str, or nothing for None; *kept owns it when it is not the str's own storage. */
static int string_of(PyObject *object, const char *what, size_t index, quoth_string *out,
                     PyObject **kept)
{
    *kept = NULL;
    *out = (quoth_string){NULL, 0};
    if (object == Py_None || object == NULL) {
        return 0;
    }
    if (!PyUnicode_Check(object)) {
        PyErr_Format(PyExc_TypeError, "terms[%zu]: expected str as %s, got %.200s", index, what,
                     Py_TYPE(object)->tp_name);
        return -1;
    }
    if (PyUnicode_IS_ASCII(object)) {
        Py_ssize_t size;
        out->data = PyUnicode_AsUTF8AndSize(object, &size); /* ASCII lies there already */
        out->size = (size_t)size;
        return out->data != NULL ? 0 : -1;
    }
    *kept = PyUnicode_AsUTF8String(object); /* not cached in the str for life */
    if (*kept == NULL) {
        if (PyErr_ExceptionMatches(PyExc_UnicodeEncodeError)) {
            PyErr_Format(PyExc_ValueError, "terms[%zu]: expected no lone surrogate, got %.200R",
                         index, object);
        }
        return -1;
    }
    *out = (quoth_string){PyBytes_AS_STRING(*kept), (size_t)PyBytes_GET_SIZE(*kept)};
    return 0;
}

/* A term as the iterable gives it: a str, or a tuple of a str, an identifier and a name. */
static int add_item(const State *state, quoth_terms *core, PyObject *item)
{
    static const char *const what[3] = {"term", "kb_id", "name"};
    PyObject *parts[3] = {item, NULL, NULL};
    PyObject *kept[3] = {NULL, NULL, NULL};
    quoth_string strings[3] = {{NULL, 0}, {NULL, 0}, {NULL, 0}};
    quoth_error error;
    int failed = 0;
    size_t index = quoth_terms_count(core);
    if (PyTuple_Check(item) && PyTuple_GET_SIZE(item) >= 1 && PyTuple_GET_SIZE(item) <= 3) {
        for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(item); i++) {
            parts[i] = PyTuple_GET_ITEM(item, i);
        }
    }
    if (!PyUnicode_Check(parts[0])) {
        PyErr_Format(PyExc_TypeError,
                     "terms[%zu]: expected str or a tuple (term, kb_id, name), got %.200s", index,
                     Py_TYPE(parts[0])->tp_name);
        return -1;
    }
    for (int i = 0; i < 3 && failed == 0; i++) {
        failed = string_of(parts[i], what[i], index, &strings[i], &kept[i]);
    }
    if (failed == 0) {
        memset(&error, 0, sizeof error);
        quoth_status status = quoth_terms_add(core, strings[0], strings[1], strings[2], &error);
        failed = status == QUOTH_OK ? 0 : raise_term(state, status, &error, parts[0]);
    }
    for (int i = 0; i < 3; i++) {
        Py_XDECREF(kept[i]);
    }
    return failed;
}

static int add_all(const State *state, quoth_terms *core, PyObject *items)
{
    PyObject *iterator = PyObject_GetIter(items);
    PyObject *item;
    if (iterator == NULL) {
        if (PyErr_ExceptionMatches(PyExc_TypeError)) {
            PyErr_Format(PyExc_TypeError, "terms: expected an iterable of str, got %.200s",
                         Py_TYPE(items)->tp_name);
        }
        return -1;
    }
    while ((item = PyIter_Next(iterator)) != NULL) {
        int failed = add_item(state, core, item);
        Py_DECREF(item);
        if (failed < 0) {
            break;
        }
    }
    Py_DECREF(iterator);
    return PyErr_Occurred() != NULL ? -1 : 0;
}

/* Packed: for each term three sizes of 16 bits, the lower byte first, and the strings. */
static int unpack(const State *state, quoth_terms *core, PyObject *bytes)
{
    const unsigned char *at = (const unsigned char *)PyBytes_AS_STRING(bytes);
    size_t left = (size_t)PyBytes_GET_SIZE(bytes);
    quoth_error error;
    while (left > 0) {
        quoth_string strings[3];
        size_t sizes[3] = {0, 0, 0}, sum = 6;
        for (int i = 0; i < 3 && left >= 6; i++) {
            sizes[i] = (size_t)at[2 * i] | (size_t)at[2 * i + 1] << 8;
            sum += sizes[i];
        }
        if (sum > left || left < 6) {
            PyErr_Format(PyExc_ValueError, "terms: damaged at %zu bytes from the end", left);
            return -1;
        }
        const unsigned char *string = at + 6;
        for (int i = 0; i < 3; i++) {
            strings[i] = (quoth_string){sizes[i] > 0 ? (const char *)string : NULL, sizes[i]};
            string += sizes[i];
        }
        memset(&error, 0, sizeof error);
        quoth_status status = quoth_terms_add(core, strings[0], strings[1], strings[2], &error);
        if (status == QUOTH_ERROR_UTF8 || status == QUOTH_ERROR_ARGUMENT) {
            PyErr_Format(PyExc_ValueError, "terms: damaged at term number %zu", error.position);
            return -1;
        }
        if (status != QUOTH_OK) {
            py_raise(state, status, &error);
            return -1;
        }
        at += sum;
        left -= sum;
    }
    return 0;
}

static PyObject *terms_construct(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    const char *names[] = {"terms", "exact_case", "exact_marks", NULL};
    PyObject *items;
    int exact_case = 0, exact_marks = 0;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "O|pp:Terms", (char **)(uintptr_t)names, &items,
                                     &exact_case, &exact_marks)) {
        return NULL;
    }
    const State *state = py_state_of_type(type);
    if (PyUnicode_Check(items)) {
        PyErr_SetString(PyExc_TypeError, "terms: expected an iterable of str, got str");
        return NULL;
    }
    Py_ssize_t expected = PyBytes_Check(items) ? 0 : PyObject_LengthHint(items, 0);
    if (expected < 0) {
        return NULL;
    }
    TermsObject *self = (TermsObject *)type->tp_alloc(type, 0);
    if (self == NULL) {
        return NULL;
    }
    self->exact_case = exact_case != 0;
    self->exact_marks = exact_marks != 0;
    quoth_terms_options options = {.exact_case = self->exact_case,
                                   .exact_marks = self->exact_marks,
                                   .expected = (size_t)expected,
                                   .allocator = &py_memory};
    quoth_status status = quoth_terms_new(&options, &self->core);
    int failed = 0;
    if (status == QUOTH_OK) {
        failed = PyBytes_Check(items) ? unpack(state, self->core, items)
                                      : add_all(state, self->core, items);
    }
    if (status == QUOTH_OK && failed == 0) {
        Py_BEGIN_ALLOW_THREADS;
        status = quoth_terms_build(self->core);
        Py_END_ALLOW_THREADS;
    }
    if (status != QUOTH_OK) {
        PyErr_NoMemory();
    }
    if (status != QUOTH_OK || failed < 0) {
        Py_DECREF(self);
        return NULL;
    }
    return (PyObject *)self;
}

static void terms_dealloc(PyObject *object)
{
    PyTypeObject *type = Py_TYPE(object);
    quoth_terms_free(((TermsObject *)object)->core);
    type->tp_free(object);
    Py_DECREF(type);
}

/* --- using ------------------------------------------------------------------------------------ */

static PyObject *match_list(const quoth_term_match *matches, size_t count)
{
    PyObject *list = PyList_New((Py_ssize_t)count);
    for (size_t i = 0; list != NULL && i < count; i++) {
        PyObject *item =
            Py_BuildValue("III", matches[i].span.start, matches[i].span.end, matches[i].term);
        if (item == NULL) {
            Py_CLEAR(list);
            break;
        }
        PyList_SET_ITEM(list, (Py_ssize_t)i, item);
    }
    return list;
}

static PyObject *terms_find(PyObject *object, PyObject *text_object)
{
    const TermsObject *self = (TermsObject *)object;
    PyObject *text = py_text_check(text_object, "text");
    if (text == NULL) {
        return NULL;
    }
    quoth_term_match *matches;
    size_t count;
    quoth_error error;
    quoth_status status;
    memset(&error, 0, sizeof error);
    quoth_input input = py_text_input(text);
    Py_BEGIN_ALLOW_THREADS;
    status = quoth_terms_find(self->core, input, QUOTH_UNIT_CODEPOINT, &matches, &count, &error);
    Py_END_ALLOW_THREADS;
    Py_DECREF(text);
    if (status != QUOTH_OK) {
        py_raise(py_state_of(object), status, &error);
        return NULL;
    }
    PyObject *list = match_list(matches, count);
    quoth_terms_release(self->core, matches);
    return list;
}

static PyObject *string_or_none(quoth_string string)
{
    if (string.data == NULL) {
        Py_RETURN_NONE;
    }
    return PyUnicode_DecodeUTF8(string.data, (Py_ssize_t)string.size, NULL);
}

static PyObject *terms_item(PyObject *object, Py_ssize_t index)
{
    const TermsObject *self = (TermsObject *)object;
    if (index < 0 || (size_t)index >= quoth_terms_count(self->core)) {
        PyErr_SetString(PyExc_IndexError, "no term with this number");
        return NULL;
    }
    quoth_term term = quoth_terms_item(self->core, (size_t)index);
    PyObject *parts[3] = {string_or_none(term.text), string_or_none(term.kb_id),
                          string_or_none(term.name)};
    PyObject *tuple = NULL;
    if (parts[0] != NULL && parts[1] != NULL && parts[2] != NULL) {
        tuple = PyTuple_Pack(3, parts[0], parts[1], parts[2]);
    }
    for (int i = 0; i < 3; i++) {
        Py_XDECREF(parts[i]);
    }
    return tuple;
}

static Py_ssize_t terms_length(PyObject *object)
{
    return (Py_ssize_t)quoth_terms_count(((TermsObject *)object)->core);
}

static PyObject *terms_pack(PyObject *object, PyObject *Py_UNUSED(ignored))
{
    const quoth_terms *core = ((TermsObject *)object)->core;
    size_t size = 0, count = quoth_terms_count(core);
    for (size_t i = 0; i < count; i++) {
        quoth_term term = quoth_terms_item(core, i);
        size += 6 + term.text.size + term.kb_id.size + term.name.size;
    }
    PyObject *bytes = PyBytes_FromStringAndSize(NULL, (Py_ssize_t)size);
    if (bytes == NULL) {
        return NULL;
    }
    unsigned char *at = (unsigned char *)PyBytes_AS_STRING(bytes);
    for (size_t i = 0; i < count; i++) {
        quoth_term term = quoth_terms_item(core, i);
        const quoth_string strings[3] = {term.text, term.kb_id, term.name};
        unsigned char *string = at + 6;
        for (int n = 0; n < 3; n++) {
            at[2 * n] = (unsigned char)(strings[n].size & 0xFF);
            at[2 * n + 1] = (unsigned char)(strings[n].size >> 8);
            if (strings[n].size > 0) {
                memcpy(string, strings[n].data, strings[n].size);
            }
            string += strings[n].size;
        }
        at = string;
    }
    return bytes;
}

static PyObject *terms_reduce(PyObject *object, PyObject *Py_UNUSED(ignored))
{
    const TermsObject *self = (TermsObject *)object;
    return Py_BuildValue("O(NOO)", Py_TYPE(object), terms_pack(object, NULL),
                         self->exact_case ? Py_True : Py_False,
                         self->exact_marks ? Py_True : Py_False);
}

static bool terms_same(const TermsObject *a, const TermsObject *b)
{
    return a == b || (quoth_terms_count(a->core) == quoth_terms_count(b->core) &&
                      quoth_terms_checksum(a->core) == quoth_terms_checksum(b->core));
}

static PyObject *terms_richcompare(PyObject *a, PyObject *b, int operation)
{
    if (Py_TYPE(a) != Py_TYPE(b) || (operation != Py_EQ && operation != Py_NE)) {
        Py_RETURN_NOTIMPLEMENTED;
    }
    bool same = terms_same((TermsObject *)a, (TermsObject *)b);
    return PyBool_FromLong(same == (operation == Py_EQ));
}

static Py_hash_t terms_hash(PyObject *object)
{
    Py_hash_t hash = (Py_hash_t)quoth_terms_checksum(((TermsObject *)object)->core);
    return hash == -1 ? -2 : hash;
}

static PyObject *terms_repr(PyObject *object)
{
    const TermsObject *self = (TermsObject *)object;
    return PyUnicode_FromFormat("Terms(%zu terms, exact_case=%s, exact_marks=%s)",
                                quoth_terms_count(self->core), self->exact_case ? "True" : "False",
                                self->exact_marks ? "True" : "False");
}

static PyObject *terms_memory(PyObject *object, void *Py_UNUSED(closure))
{
    return PyLong_FromSize_t(quoth_terms_memory(((TermsObject *)object)->core));
}

static PyObject *terms_version(PyObject *object, void *Py_UNUSED(closure))
{
    unsigned long long sum = quoth_terms_checksum(((TermsObject *)object)->core);
    return PyUnicode_FromFormat("%08x%08x", (unsigned)(sum >> 32), (unsigned)sum);
}

static PyObject *terms_exact_case(PyObject *object, void *Py_UNUSED(closure))
{
    return PyBool_FromLong(((TermsObject *)object)->exact_case);
}

static PyObject *terms_exact_marks(PyObject *object, void *Py_UNUSED(closure))
{
    return PyBool_FromLong(((TermsObject *)object)->exact_marks);
}

static PyMethodDef terms_methods[] = {
    {"find", terms_find, METH_O,
     "find($self, text, /)\n--\n\n"
     "The terms in a text, leftmost and longest first (list of (start, end, number of the term))."},
    {"pack", terms_pack, METH_NOARGS, "pack($self, /)\n--\n\nAll terms as bytes, for Terms()."},
    {"__reduce__", terms_reduce, METH_NOARGS, NULL},
    PY_COPY_METHODS,
    {NULL, NULL, 0, NULL},
};

static PyGetSetDef terms_getset[] = {
    {"exact_case", terms_exact_case, NULL, "Whether upper and lower case differ.", NULL},
    {"exact_marks", terms_exact_marks, NULL, "Whether kinds of apostrophes and hyphens differ.",
     NULL},
    {"memory", terms_memory, NULL, "Bytes of memory that it takes.", NULL},
    {"version", terms_version, NULL, "The checksum of its content in hexadecimal digits.", NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyType_Slot terms_slots[] = {
    {Py_tp_doc,
     "Terms(terms, exact_case=False, exact_marks=False)\n--\n\n"
     "Words and phrases to look for, all at once: str, or tuples of a str, its identifier and the\n"
     "name of what it stands for. It never changes; pipelines and threads share it."},
    {Py_tp_new, terms_construct},
    {Py_tp_dealloc, terms_dealloc},
    {Py_tp_richcompare, terms_richcompare},
    {Py_tp_hash, terms_hash},
    {Py_tp_repr, terms_repr},
    {Py_sq_length, terms_length},
    {Py_sq_item, terms_item},
    {Py_tp_getset, terms_getset},
    {Py_tp_methods, terms_methods},
    {0, NULL},
};

PyType_Spec py_terms_spec = {
    .name = "quoth.Terms",
    .basicsize = sizeof(TermsObject),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_IMMUTABLETYPE,
    .slots = terms_slots,
};
