/* names.c - the enumerations of quoth.h as the strings that Python sees. A value is the index of
 * its name, but for stages, which are bits, and warnings, which count from 1. */
#include "types.h"

static const char *const stage_names[] = {"sentence", "structure",   "entity",
                                          "link",     "attribution", NULL};
static const char *const newlines_names[] = {"auto", "break", "space", NULL};
static const char *const paragraph_names[] = {
    "body",        "title",   "standfirst", "byline",      "dateline",
    "source_line", "heading", "list_item",  "author_note", NULL};
static const char *const quotation_names[] = {"speech",   "scare",   "title",
                                              "nickname", "mention", NULL};
static const char *const attitude_names[] = {"speech",  "belief",   "intention",
                                             "emotion", "evidence", NULL};
static const char *const reason_names[] = {"name",    "pronoun",      "title",     "continued",
                                           "label",   "spokesperson", "no_source", "undecided",
                                           "unnamed", "given",        NULL};
static const char *const warning_names[] = {
    "", "unclosed_quotation", "stray_mark", "pattern_limit", "component", NULL};

/* Labels and types are not here: the core names them. */
static const char *const *const name_sets[NAMES_COUNT] = {
    [NAMES_STAGE] = stage_names,         [NAMES_NEWLINES] = newlines_names,
    [NAMES_PARAGRAPH] = paragraph_names, [NAMES_QUOTATION] = quotation_names,
    [NAMES_ATTITUDE] = attitude_names,   [NAMES_REASON] = reason_names,
    [NAMES_WARNING] = warning_names,
};

static const char *name_at(NameSet set, int value)
{
    if (set == NAMES_LABEL) {
        return value <= (int)QUOTH_LABEL_CARDINAL ? quoth_label_name((quoth_label)value) : NULL;
    }
    if (set == NAMES_TYPE) {
        return value <= (int)QUOTH_QUOTE_INDIRECT ? quoth_quote_type_name((quoth_quote_type)value)
                                                  : NULL;
    }
    return name_sets[set][value];
}

int py_names_count(NameSet set)
{
    int count = 0;
    while (name_at(set, count) != NULL) {
        count++;
    }
    return count;
}

int py_names_init(State *state)
{
    for (int set = 0; set < (int)NAMES_COUNT; set++) {
        int count = py_names_count((NameSet)set);
        for (int value = 0; value < count; value++) {
            state->names[set][value] = PyUnicode_InternFromString(name_at((NameSet)set, value));
            if (state->names[set][value] == NULL) {
                return -1;
            }
        }
    }
    return 0;
}

PyObject *py_name(const State *state, NameSet set, unsigned value)
{
    bool known = value < (unsigned)NAMES_MOST && state->names[set][value] != NULL;
    return Py_NewRef(state->names[set][known ? value : 0]);
}

int py_name_find(const State *state, NameSet set, PyObject *name)
{
    if (!PyUnicode_CheckExact(name)) {
        return -1;
    }
    for (int i = 0; i < (int)NAMES_MOST && state->names[set][i] != NULL; i++) {
        if (py_text_equal(state->names[set][i], name)) {
            return i;
        }
    }
    return -1;
}

PyObject *py_names_listed(const State *state, NameSet set)
{
    int count = py_names_count(set);
    PyObject *listed = NULL;
    for (int i = 0; i < count; i++) {
        if (PyUnicode_GET_LENGTH(state->names[set][i]) == 0) {
            continue;
        }
        PyObject *longer;
        if (listed == NULL) {
            longer = PyObject_Repr(state->names[set][i]);
        } else {
            const char *between = i + 1 == count ? " or" : ",";
            longer = PyUnicode_FromFormat("%U%s %R", listed, between, state->names[set][i]);
        }
        Py_XDECREF(listed);
        if (longer == NULL) {
            return NULL;
        }
        listed = longer;
    }
    return listed;
}
