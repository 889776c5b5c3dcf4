/* knowledge.c - the caller's own knowledge: from the tuples that quoth._extend makes to what the
 * core takes, and from the finds of a document into its Record.
 *
 * Pipeline.extras is a tuple of tuples, each of which starts with what it is:
 *   ("terms", Terms, label, rule, priority, overlap)
 */
#include "types.h"

#include <string.h>

static const char *const overlap_names[] = {"longest", "replace", "keep", "beside", NULL};

static int refuse(Py_ssize_t index, const char *what)
{
    PyErr_Format(PyExc_ValueError, "extras[%zd]: expected %s", index, what);
    return -1;
}

/* The number of a label, added to labels (a list) when it is new. */
static int label_number(const State *state, PyObject *labels, PyObject *name)
{
    PyObject *own = PyList_AsTuple(labels);
    if (own == NULL) {
        return -1;
    }
    int found = py_label_find(state, own, name);
    Py_DECREF(own);
    if (found > 0) {
        return found;
    }
    Py_ssize_t number = QUOTH_LABEL_OWN + PyList_GET_SIZE(labels);
    if (PyUnicode_GET_LENGTH(name) == 0) {
        PyErr_SetString(PyExc_ValueError, "label: expected a name, got ''");
        return -1;
    }
    if (number > QUOTH_LABEL_MAX) {
        PyErr_Format(PyExc_ValueError, "label: expected at most %d labels, got one more: %R",
                     QUOTH_LABEL_MAX - QUOTH_LABEL_OWN + 1, name);
        return -1;
    }
    return PyList_Append(labels, name) < 0 ? -1 : (int)number;
}

/* The members that all finders have: label, rule, priority, overlap. */
static int read_finder(const State *state, PyObject *entry, Py_ssize_t index, PyObject *labels,
                       quoth_finder *out)
{
    if (PyTuple_GET_SIZE(entry) < 6 || !PyUnicode_CheckExact(PyTuple_GET_ITEM(entry, 2)) ||
        !PyUnicode_CheckExact(PyTuple_GET_ITEM(entry, 3)) ||
        !PyLong_CheckExact(PyTuple_GET_ITEM(entry, 4)) ||
        !PyUnicode_CheckExact(PyTuple_GET_ITEM(entry, 5))) {
        return refuse(index, "a label, a rule, a priority and an overlap");
    }
    int label = label_number(state, labels, PyTuple_GET_ITEM(entry, 2));
    if (label < 0) {
        return -1;
    }
    out->label = (uint8_t)label;
    out->rule = PyUnicode_AsUTF8(PyTuple_GET_ITEM(entry, 3));
    int overflow;
    long priority = PyLong_AsLongAndOverflow(PyTuple_GET_ITEM(entry, 4), &overflow);
    if (overflow != 0 || priority < INT32_MIN || priority > INT32_MAX) {
        PyErr_Format(PyExc_ValueError, "priority: expected an int of 32 bits, got %R",
                     PyTuple_GET_ITEM(entry, 4));
        return -1;
    }
    out->priority = (int32_t)priority;
    for (int i = 0; overlap_names[i] != NULL; i++) {
        if (PyUnicode_CompareWithASCIIString(PyTuple_GET_ITEM(entry, 5), overlap_names[i]) == 0) {
            out->overlap = (quoth_overlap)i;
            return out->rule != NULL ? 0 : -1;
        }
    }
    PyErr_Format(PyExc_ValueError,
                 "overlap: expected 'longest', 'replace', 'keep' or 'beside', got %R",
                 PyTuple_GET_ITEM(entry, 5));
    return -1;
}

static int read_entry(const State *state, PipelineObject *self, PyObject *entry, Py_ssize_t index,
                      PyObject *labels)
{
    if (!PyTuple_CheckExact(entry) || PyTuple_GET_SIZE(entry) < 2 ||
        !PyUnicode_CheckExact(PyTuple_GET_ITEM(entry, 0))) {
        return refuse(index, "a tuple that starts with what it is");
    }
    PyObject *kind = PyTuple_GET_ITEM(entry, 0);
    PyObject *object = PyTuple_GET_ITEM(entry, 1);
    quoth_finder finder = {0};
    if (PyUnicode_CompareWithASCIIString(kind, "terms") == 0) {
        if (!Py_IS_TYPE(object, state->types[TYPE_TERMS])) {
            return refuse(index, "Terms");
        }
        finder.terms = py_terms_core(object);
    } else {
        return refuse(index, "'terms'");
    }
    if (read_finder(state, entry, index, labels, &finder) < 0) {
        return -1;
    }
    self->finders[self->finder_count++] = finder;
    return 0;
}

int py_knowledge_init(const State *state, PipelineObject *self, PyObject *extras)
{
    self->extras = extras != NULL ? Py_NewRef(extras) : PyTuple_New(0);
    if (self->extras == NULL || !PyTuple_CheckExact(self->extras)) {
        if (self->extras != NULL) {
            PyErr_Format(PyExc_TypeError, "extras: expected tuple, got %.200s",
                         Py_TYPE(extras)->tp_name);
        }
        return -1;
    }
    Py_ssize_t count = PyTuple_GET_SIZE(self->extras);
    if (count == 0) {
        return 0;
    }
    PyObject *labels = PyList_New(0);
    self->finders = PyMem_New(quoth_finder, (size_t)count);
    int failed = labels == NULL || self->finders == NULL ? -1 : 0;
    if (self->finders == NULL) {
        PyErr_NoMemory();
    }
    for (Py_ssize_t i = 0; failed == 0 && i < count; i++) {
        failed = read_entry(state, self, PyTuple_GET_ITEM(self->extras, i), i, labels);
    }
    if (failed == 0 && PyList_GET_SIZE(labels) > 0) {
        self->labels = PyList_AsTuple(labels);
        failed = self->labels != NULL ? 0 : -1;
    }
    Py_XDECREF(labels);
    return failed;
}

/* --- finds ------------------------------------------------------------------------------------ */

static int name_find(const State *state, const PipelineObject *pipeline, const quoth_find *find,
                     MentionData *out)
{
    const quoth_finder *finder = &pipeline->finders[find->finder];
    quoth_term term = quoth_terms_item(finder->terms, find->item);
    /* Else it is the entity's, which a term without one may have from another. */
    if (term.kb_id.data != NULL && out->entity == QUOTH_NONE) {
        return py_extra_add(
            state, &out->extra, KEY_kb_id,
            PyUnicode_DecodeUTF8(term.kb_id.data, (Py_ssize_t)term.kb_id.size, NULL));
    }
    return 0;
}

int py_record_finds(Record *self, const PipelineObject *pipeline, const quoth_doc *doc)
{
    const State *state = py_state_of((PyObject *)self);
    size_t counts[2], find_count;
    const quoth_find *finds = quoth_doc_finds(doc, &find_count);
    const quoth_mention *lists[2] = {quoth_doc_mentions(doc, &counts[0]),
                                     quoth_doc_matches(doc, &counts[1])};
    MentionData *out = self->data.mentions;
    self->labels = Py_XNewRef(pipeline->labels);
    for (int list = 0; list < 2 && find_count > 0; list++) {
        for (size_t i = 0; i < counts[list]; i++, out++) {
            uint32_t find = lists[list][i].find;
            if (find != 0 && name_find(state, pipeline, &finds[find - 1], out) < 0) {
                return -1;
            }
        }
    }
    return 0;
}
