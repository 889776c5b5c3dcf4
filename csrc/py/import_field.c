/* import_field.c - one value of a dict from anywhere, checked, or a ValueError that names the field,
 * what was expected there and what was found: "quotes[3].cue.end: expected ...". Constant time each.
 */
#include "import.h"

#include <string.h>

/* --- errors ----------------------------------------------------------------------------------- */

static PyObject *path_name(const Path *path)
{
    if (path == NULL) {
        return PyUnicode_FromString("document");
    }
    if (path->up == NULL && path->key != NULL) {
        return PyUnicode_FromString(path->key);
    }
    PyObject *up = path_name(path->up);
    if (up == NULL) {
        return NULL;
    }
    PyObject *name = path->key != NULL ? PyUnicode_FromFormat("%U.%s", up, path->key)
                                       : PyUnicode_FromFormat("%U[%zd]", up, path->index);
    Py_DECREF(up);
    return name;
}

/* "<path>: expected <expected>, got <found>"; always -1. found may be NULL: "nothing". */
int py_field_refuse(const Path *path, PyObject *found, const char *expected)
{
    PyObject *name = path_name(path);
    if (name == NULL) {
        return -1;
    }
    if (found == NULL) {
        PyErr_Format(PyExc_ValueError, "%U: expected %s, got nothing", name, expected);
    } else if (PyDict_Check(found) || PyList_Check(found)) {
        PyErr_Format(PyExc_ValueError, "%U: expected %s, got a %s", name, expected,
                     PyDict_Check(found) ? "dict" : "list");
    } else {
        PyErr_Format(PyExc_ValueError, "%U: expected %s, got %.80R", name, expected, found);
    }
    Py_DECREF(name);
    return -1;
}

/* --- values ----------------------------------------------------------------------------------- */

/* A borrowed value, or NULL with no exception set. Keys are str of ours: looking up cannot fail. */
PyObject *py_field_get(const Reader *reader, PyObject *dict, KeyIndex key)
{
    return PyDict_GetItemWithError(dict, reader->state->keys[key]);
}

static int read_offset(const Reader *reader, PyObject *dict, KeyIndex key, const Path *up,
                       const char *name, uint32_t *out)
{
    Path path = {up, name, 0};
    PyObject *value = py_field_get(reader, dict, key);
    if (value == NULL || !PyLong_CheckExact(value)) {
        return py_field_refuse(&path, value, "an int");
    }
    int overflow;
    long long offset = PyLong_AsLongLongAndOverflow(value, &overflow);
    if (overflow != 0 || offset < 0 || offset > (long long)PyUnicode_GET_LENGTH(reader->text)) {
        return py_field_refuse(&path, value, "an offset within the text");
    }
    *out = (uint32_t)offset;
    return 0;
}

/* The members start and end of dict. An empty range means "absent" to a Record. */
int py_field_range(const Reader *reader, PyObject *dict, const Path *path, bool may_be_empty,
                   Range *out)
{
    if (dict == NULL || !PyDict_Check(dict)) {
        return py_field_refuse(path, dict, "a dict with start and end");
    }
    if (read_offset(reader, dict, KEY_start, path, "start", &out->start) < 0 ||
        read_offset(reader, dict, KEY_end, path, "end", &out->end) < 0) {
        return -1;
    }
    if (out->end < out->start || (out->end == out->start && !may_be_empty)) {
        Path end = {path, "end", 0};
        return py_field_refuse(&end, py_field_get(reader, dict, KEY_end), "an offset behind start");
    }
    return 0;
}

/* The value at key: null, or a dict with start and end. */
int py_field_optional(const Reader *reader, PyObject *dict, KeyIndex key, const Path *up,
                      const char *name, Range *out)
{
    Path path = {up, name, 0};
    PyObject *value = py_field_get(reader, dict, key);
    if (value == Py_None) {
        return 0;
    }
    if (value == NULL) {
        return py_field_refuse(&path, value, "null or a dict with start and end");
    }
    return py_field_range(reader, value, &path, false, out);
}

int py_field_name(const Reader *reader, PyObject *dict, KeyIndex key, NameSet set, const Path *up,
                  const char *name, uint8_t *out)
{
    Path path = {up, name, 0};
    PyObject *value = py_field_get(reader, dict, key);
    int found = value != NULL ? py_name_find(reader->state, set, value) : -1;
    if (found >= 0 && !(set == NAMES_WARNING && found == 0)) {
        *out = (uint8_t)found;
        return 0;
    }
    PyObject *listed = py_names_listed(reader->state, set);
    const char *expected = listed != NULL ? PyUnicode_AsUTF8(listed) : NULL;
    if (expected != NULL) {
        (void)py_field_refuse(&path, value, expected);
    }
    Py_XDECREF(listed);
    return -1;
}

/* One of quoth's labels, or of those that the document lists as its own. */
int py_field_label(const Reader *reader, PyObject *dict, const Path *up, uint8_t *out)
{
    PyObject *value = py_field_get(reader, dict, KEY_label);
    int found = value != NULL ? py_label_find(reader->state, reader->labels, value) : -1;
    if (found >= 0) {
        *out = (uint8_t)found;
        return 0;
    }
    return py_field_name(reader, dict, KEY_label, NAMES_LABEL, up, "label", out);
}

int py_field_bool(const Reader *reader, PyObject *dict, KeyIndex key, const Path *up,
                  const char *name, bool *out)
{
    Path path = {up, name, 0};
    PyObject *value = py_field_get(reader, dict, key);
    if (value != Py_True && value != Py_False) {
        return py_field_refuse(&path, value, "true or false");
    }
    *out = value == Py_True;
    return 0;
}

int py_field_score(const Reader *reader, PyObject *dict, const Path *up, double *out)
{
    Path path = {up, "score", 0};
    PyObject *value = py_field_get(reader, dict, KEY_score);
    double score = -1.0;
    if (value != NULL && PyFloat_CheckExact(value)) {
        score = PyFloat_AS_DOUBLE(value);
    } else if (value != NULL && PyLong_CheckExact(value)) {
        int overflow;
        score = (double)PyLong_AsLongLongAndOverflow(value, &overflow);
    }
    if (!(score >= 0.0 && score <= 1.0)) {
        return py_field_refuse(&path, value, "a number from 0 to 1");
    }
    *out = score;
    return 0;
}

int py_field_string(const Reader *reader, PyObject *dict, KeyIndex key, const Path *up,
                    const char *name, PyObject **out)
{
    Path path = {up, name, 0};
    PyObject *value = py_field_get(reader, dict, key);
    if (value == NULL || !PyUnicode_CheckExact(value)) {
        return py_field_refuse(&path, value, "a str");
    }
    *out = Py_NewRef(value);
    return 0;
}

/* The index of the thing with the id at key, or QUOTH_NONE for null. */
int py_field_reference(const Reader *reader, PyObject *dict, KeyIndex key, PyObject *ids,
                       const Path *up, const char *name, const char *expected, uint32_t *out)
{
    Path path = {up, name, 0};
    PyObject *value = py_field_get(reader, dict, key);
    *out = QUOTH_NONE;
    if (value == Py_None) {
        return 0;
    }
    PyObject *index =
        value != NULL && PyUnicode_CheckExact(value) ? PyDict_GetItemWithError(ids, value) : NULL;
    if (index == NULL) {
        return py_field_refuse(&path, value, expected);
    }
    *out = (uint32_t)PyLong_AsUnsignedLong(index);
    return 0;
}

/* "YYYY-MM-DD" or null. */
int py_field_date(const Reader *reader, PyObject *dict, const Path *up, Date *out)
{
    Path path = {up, "date", 0};
    PyObject *value = py_field_get(reader, dict, KEY_date);
    if (value == Py_None) {
        return 0;
    }
    int part[3] = {0, 0, 0};
    bool good = value != NULL && PyUnicode_CheckExact(value) && PyUnicode_GET_LENGTH(value) == 10;
    for (Py_ssize_t i = 0, field = 0; good && i < 10; i++) {
        Py_UCS4 c = PyUnicode_READ_CHAR(value, i);
        if (i == 4 || i == 7) {
            good = c == '-';
            field++;
        } else {
            good = c >= '0' && c <= '9';
            part[field] = part[field] * 10 + (int)c - '0';
        }
    }
    if (!good || !py_date_valid(part[0], part[1], part[2])) {
        return py_field_refuse(&path, value, "null or a date as YYYY-MM-DD");
    }
    out->year = (int16_t)part[0];
    out->month = (uint8_t)part[1];
    out->day = (uint8_t)part[2];
    return 0;
}
