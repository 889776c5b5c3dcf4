/* knowledge.c - the caller's own knowledge: from the tuples that quoth._extend makes to what the
 * core takes, and from the finds of a document into its Record.
 *
 * Pipeline.extras is a tuple of tuples, each of which starts with what it is:
 *   ("terms", Terms, label, rule, priority, overlap)
 *   ("pattern", Pattern, label, rule, priority, overlap, context, of, value, errors)
 *   ("cues", Terms, kind, attitude), kind "verb" or "noun"
 *   ("titles", Terms)
 *   ("component", quoth.Component, errors), which Python runs: see quoth._components
 * context is "" or one of context_names, with "not " before it or not; of is the label that "mention"
 * asks for, or None; value a template with the names of groups, or None; errors "warn" or "raise".
 */
#include "types.h"

#include <string.h>

static const char *const overlap_names[] = {"longest", "replace", "keep", "beside", NULL};

static const char *const context_names[] = {"", "title", "quotation", "mention", "quote", NULL};

enum { PATTERN_CONTEXT = 6, PATTERN_OF, PATTERN_VALUE, PATTERN_ERRORS, PATTERN_SIZE };

static int refuse(Py_ssize_t index, const char *what)
{
    PyErr_Format(PyExc_ValueError, "extras[%zd]: expected %s", index, what);
    return -1;
}

/* The number of a label, added to labels (a list) when it is new. */
int py_label_number(const State *state, PyObject *labels, PyObject *name)
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
    int label = py_label_number(state, labels, PyTuple_GET_ITEM(entry, 2));
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

/* What only patterns have. */
static int read_pattern(const State *state, PyObject *entry, Py_ssize_t index, PyObject *labels,
                        quoth_finder *out)
{
    if (PyTuple_GET_SIZE(entry) != PATTERN_SIZE ||
        !PyUnicode_CheckExact(PyTuple_GET_ITEM(entry, PATTERN_CONTEXT))) {
        return refuse(index, "a context, a label, a value and what to do about errors");
    }
    PyObject *of = PyTuple_GET_ITEM(entry, PATTERN_OF);
    PyObject *value = PyTuple_GET_ITEM(entry, PATTERN_VALUE);
    const char *context = PyUnicode_AsUTF8(PyTuple_GET_ITEM(entry, PATTERN_CONTEXT));
    if (context == NULL) {
        return -1;
    }
    out->context_not = strncmp(context, "not ", 4) == 0;
    context += out->context_not ? 4 : 0;
    int found = 0;
    while (context_names[found] != NULL && strcmp(context, context_names[found]) != 0) {
        found++;
    }
    if (context_names[found] == NULL || (found == 0 && out->context_not) ||
        (value != Py_None && !PyUnicode_CheckExact(value)) ||
        (found == QUOTH_CONTEXT_MENTION && !PyUnicode_CheckExact(of)) ||
        (found == QUOTH_CONTEXT_QUOTE && out->overlap != QUOTH_OVERLAP_BESIDE)) {
        return refuse(index, "a context that there is");
    }
    out->context = (quoth_context)found;
    if (found == QUOTH_CONTEXT_MENTION) {
        int label = py_label_number(state, labels, of);
        out->context_label = label > 0 ? (uint8_t)label : 0;
        return label > 0 ? 0 : -1;
    }
    return 0;
}

/* Cues and titles: no finders, but what words are. */
static int read_words(const State *state, PipelineObject *self, PyObject *entry, Py_ssize_t index,
                      bool cues)
{
    quoth_words words = {.kind = QUOTH_WORD_TITLE};
    if (PyTuple_GET_SIZE(entry) != (cues ? 4 : 2) ||
        !Py_IS_TYPE(PyTuple_GET_ITEM(entry, 1), state->types[TYPE_TERMS])) {
        return refuse(index, cues ? "Terms, a kind and an attitude" : "Terms");
    }
    words.terms = py_terms_core(PyTuple_GET_ITEM(entry, 1));
    if (cues) {
        PyObject *kind = PyTuple_GET_ITEM(entry, 2);
        int attitude = py_name_find(state, NAMES_ATTITUDE, PyTuple_GET_ITEM(entry, 3));
        bool noun = PyUnicode_Check(kind) && PyUnicode_CompareWithASCIIString(kind, "noun") == 0;
        bool verb = PyUnicode_Check(kind) && PyUnicode_CompareWithASCIIString(kind, "verb") == 0;
        if (attitude < 0 || (!noun && !verb)) {
            return refuse(index, "Terms, a kind and an attitude");
        }
        words.kind = noun ? QUOTH_WORD_CUE_NOUN : QUOTH_WORD_CUE_VERB;
        words.attitude = (quoth_attitude)attitude;
    }
    self->words[self->word_count++] = words;
    return 0;
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
    if (PyUnicode_CompareWithASCIIString(kind, "component") == 0) {
        self->component_count++;
        return 0;
    }
    bool cues = PyUnicode_CompareWithASCIIString(kind, "cues") == 0;
    if (cues || PyUnicode_CompareWithASCIIString(kind, "titles") == 0) {
        return read_words(state, self, entry, index, cues);
    }
    if (PyUnicode_CompareWithASCIIString(kind, "terms") == 0) {
        if (!Py_IS_TYPE(object, state->types[TYPE_TERMS])) {
            return refuse(index, "Terms");
        }
        finder.terms = py_terms_core(object);
    } else if (PyUnicode_CompareWithASCIIString(kind, "pattern") == 0) {
        if (!Py_IS_TYPE(object, state->types[TYPE_PATTERN])) {
            return refuse(index, "a Pattern");
        }
        finder.pattern = py_pattern_core(object);
    } else {
        return refuse(index, "'terms', 'pattern', 'cues', 'titles' or 'component'");
    }
    if (read_finder(state, entry, index, labels, &finder) < 0 ||
        (finder.pattern != NULL && read_pattern(state, entry, index, labels, &finder) < 0)) {
        return -1;
    }
    self->finder_entries[self->finder_count] = entry;
    self->finders[self->finder_count++] = finder;
    return 0;
}

int py_knowledge_init(const State *state, PipelineObject *self, PyObject *extras)
{
    self->extras = extras != NULL ? Py_NewRef(extras) : PyTuple_New(0);
    if (extras != NULL && !PyTuple_CheckExact(extras)) {
        PyErr_Format(PyExc_TypeError, "extras: expected tuple, got %.200s",
                     Py_TYPE(extras)->tp_name);
        return -1;
    }
    if (self->extras == NULL) {
        return -1;
    }
    Py_ssize_t count = PyTuple_GET_SIZE(self->extras);
    if (count == 0) {
        return 0;
    }
    PyObject *labels = PyList_New(0);
    self->finders = PyMem_New(quoth_finder, (size_t)count);
    self->finder_entries = PyMem_New(PyObject *, (size_t)count);
    self->words = PyMem_New(quoth_words, (size_t)count);
    bool room = self->finders != NULL && self->finder_entries != NULL && self->words != NULL;
    int failed = labels == NULL || !room ? -1 : 0;
    if (!room) {
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

static int name_term(const State *state, const quoth_finder *finder, const quoth_find *find,
                     MentionData *out)
{
    quoth_term term = quoth_terms_item(finder->terms, find->item);
    /* Else it is the entity's, which a term without one may have from another. */
    if (term.kb_id.data != NULL && out->entity == QUOTH_NONE) {
        return py_extra_add(
            state, &out->extra, KEY_kb_id,
            PyUnicode_DecodeUTF8(term.kb_id.data, (Py_ssize_t)term.kb_id.size, NULL));
    }
    return 0;
}

/* Adds a named group to fields, and its text to texts. */
static int add_group(const State *state, PyObject *text, const quoth_doc *doc, quoth_span span,
                     PyObject *name, PyObject *fields, PyObject *texts)
{
    PyObject *range = NULL, *string;
    int failed = 0;
    if (span.start < span.end) {
        uint32_t start = quoth_doc_codepoint(doc, span.start);
        uint32_t end = quoth_doc_codepoint(doc, span.end);
        range =
            Py_BuildValue("{O:I,O:I}", state->keys[KEY_start], start, state->keys[KEY_end], end);
        failed = range == NULL ? -1 : PyDict_SetItem(fields, name, range);
        string = py_text_slice(text, (Py_ssize_t)start, (Py_ssize_t)end);
    } else {
        string = PyUnicode_FromString("");
    }
    if (failed == 0) {
        failed = string == NULL ? -1 : PyDict_SetItem(texts, name, string);
    }
    Py_XDECREF(string);
    Py_XDECREF(range);
    return failed;
}

/* The fields and the value of a find of a pattern. */
static int name_pattern(const State *state, PyObject *text, const quoth_doc *doc, PyObject *entry,
                        const quoth_find *find, MentionData *out)
{
    size_t count;
    const quoth_span *groups = quoth_doc_groups(doc, &count);
    PyObject *names = py_pattern_groups(PyTuple_GET_ITEM(entry, 1));
    PyObject *value = PyTuple_GET_ITEM(entry, PATTERN_VALUE);
    PyObject *fields = PyDict_New(), *texts = PyDict_New();
    int failed = fields == NULL || texts == NULL ? -1 : 0;
    for (Py_ssize_t i = 0; failed == 0 && i < PyTuple_GET_SIZE(names); i++) {
        failed = add_group(state, text, doc, groups[find->group_first + (uint32_t)i],
                           PyTuple_GET_ITEM(names, i), fields, texts);
    }
    if (failed == 0 && PyDict_GET_SIZE(fields) > 0) {
        failed = py_extra_add(state, &out->extra, KEY_fields, Py_NewRef(fields));
    }
    if (failed == 0 && value != Py_None) {
        failed = py_extra_add(state, &out->extra, KEY_value,
                              PyObject_CallMethod(value, "format_map", "O", texts));
    }
    Py_XDECREF(fields);
    Py_XDECREF(texts);
    return failed;
}

static int name_limits(Record *self, const PipelineObject *pipeline, const quoth_doc *doc)
{
    size_t count, before;
    const quoth_limited *limited = quoth_doc_limited(doc, &count);
    (void)quoth_doc_warnings(doc, &before);
    KindRange *warnings = self->data.warnings + before;
    for (size_t i = 0; i < count; i++) {
        PyObject *entry = pipeline->finder_entries[limited[i].finder];
        warnings[i].detail = Py_NewRef(PyTuple_GET_ITEM(entry, 3));
    }
    return 0;
}

int py_limits_check(const PipelineObject *pipeline, PyObject *text, const quoth_doc *doc)
{
    size_t count;
    const quoth_limited *limited = quoth_doc_limited(doc, &count);
    for (size_t i = 0; i < count; i++) {
        PyObject *entry = pipeline->finder_entries[limited[i].finder];
        PyObject *errors = PyTuple_GET_ITEM(entry, PATTERN_ERRORS);
        if (!PyUnicode_Check(errors) || PyUnicode_CompareWithASCIIString(errors, "raise") != 0) {
            continue;
        }
        PyObject *source = PyObject_GetAttrString(PyTuple_GET_ITEM(entry, 1), "pattern");
        PyObject *message = PyUnicode_FromFormat(
            "%U: more steps than the limit at character %u of a text of %zd",
            PyTuple_GET_ITEM(entry, 3), quoth_doc_codepoint(doc, limited[i].span.start),
            PyUnicode_GET_LENGTH(text));
        if (source != NULL && message != NULL) {
            py_pattern_error(py_state_of((PyObject *)(uintptr_t)pipeline), source, Py_None,
                             message);
        }
        Py_XDECREF(source);
        Py_XDECREF(message);
        return -1;
    }
    return 0;
}

static int name_by_finder(const State *state, Record *self, const PipelineObject *pipeline,
                          const quoth_doc *doc, const quoth_find *find, MentionData *out)
{
    const quoth_finder *finder = &pipeline->finders[find->finder];
    return finder->terms != NULL ? name_term(state, finder, find, out)
                                 : name_pattern(state, self->text, doc,
                                                pipeline->finder_entries[find->finder], find, out);
}

static PyObject *string_of(quoth_string string)
{
    return PyUnicode_DecodeUTF8(string.data, (Py_ssize_t)string.size, "replace");
}

/* What an edit said of a mention. */
static int name_given(const State *state, const quoth_doc *doc, const quoth_find *find,
                      MentionData *out)
{
    size_t count;
    const quoth_given *given = &quoth_doc_given(doc, &count)[find->given - 1];
    if (given->kb_id.data != NULL && out->entity == QUOTH_NONE &&
        py_extra_add(state, &out->extra, KEY_kb_id, string_of(given->kb_id)) < 0) {
        return -1;
    }
    return given->value.data == NULL
               ? 0
               : py_extra_add(state, &out->extra, KEY_value, string_of(given->value));
}

static int name_find(const State *state, Record *self, const PipelineObject *pipeline,
                     const quoth_doc *doc, const quoth_find *find, MentionData *out)
{
    bool pattern = find->finder != QUOTH_NONE && pipeline->finders[find->finder].pattern != NULL;
    if (find->finder != QUOTH_NONE && (pattern || find->given == 0) &&
        name_by_finder(state, self, pipeline, doc, find, out) < 0) {
        return -1;
    }
    return find->given != 0 ? name_given(state, doc, find, out) : 0;
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
            if (find != 0 && name_find(state, self, pipeline, doc, &finds[find - 1], out) < 0) {
                return -1;
            }
        }
    }
    return name_limits(self, pipeline, doc);
}
