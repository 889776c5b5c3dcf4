/* options.c - the arguments of Pipeline(), checked: a wrong one is an error that names it. */
#include "types.h"

#include <string.h>

static void raise_choice(const State *state, NameSet set, const char *argument, PyObject *given)
{
    PyObject *listed = py_names_listed(state, set);
    if (listed != NULL) {
        PyErr_Format(PyExc_ValueError, "%s: expected %U, got %R", argument, listed, given);
        Py_DECREF(listed);
    }
}

int py_option_newlines(const State *state, PyObject *object, quoth_newlines *out)
{
    if (object == NULL) {
        *out = QUOTH_NEWLINES_AUTO;
        return 0;
    }
    if (!PyUnicode_Check(object)) {
        PyErr_Format(PyExc_TypeError, "newlines: expected str, got %.200s",
                     Py_TYPE(object)->tp_name);
        return -1;
    }
    int value = py_name_find(state, NAMES_NEWLINES, object);
    if (value < 0) {
        raise_choice(state, NAMES_NEWLINES, "newlines", object);
        return -1;
    }
    *out = (quoth_newlines)value;
    return 0;
}

int py_option_stages(const State *state, PyObject *object, unsigned *out)
{
    *out = QUOTH_STAGE_ALL;
    if (object == NULL || object == Py_None) {
        return 0;
    }
    PyObject *names = PyUnicode_Check(object) ? NULL : PySequence_List(object);
    if (names == NULL) {
        if (PyErr_Occurred() != NULL && !PyErr_ExceptionMatches(PyExc_TypeError)) {
            return -1;
        }
        PyErr_Format(PyExc_TypeError, "stages: expected a collection of names, got %.200s",
                     Py_TYPE(object)->tp_name);
        return -1;
    }
    unsigned stages = 0;
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(names); i++) {
        int stage = py_name_find(state, NAMES_STAGE, PyList_GET_ITEM(names, i));
        if (stage < 0) {
            raise_choice(state, NAMES_STAGE, "stages", PyList_GET_ITEM(names, i));
            Py_DECREF(names);
            return -1;
        }
        stages |= 1u << stage;
    }
    Py_DECREF(names);
    if (stages == 0) {
        PyErr_SetString(PyExc_ValueError, "stages: expected at least one name, got none");
        return -1;
    }
    *out = stages;
    return 0;
}

PyObject *py_option_language(PyObject *object, char *name, size_t room)
{
    PyObject *language =
        object == NULL ? PyUnicode_FromString("en") : py_text_check(object, "language");
    if (language == NULL) {
        return NULL;
    }
    size_t length = (size_t)PyUnicode_GET_LENGTH(language);
    bool plain = PyUnicode_IS_ASCII(language) && length < room;
    if (plain) {
        memcpy(name, PyUnicode_DATA(language), length);
        name[length] = '\0';
        plain = strlen(name) == length;
    }
    if (!plain) {
        PyErr_Format(PyExc_ValueError, "language: expected 'en', got %R", language);
        Py_CLEAR(language);
    }
    return language;
}

PyObject *py_option_abbreviations(PyObject *object)
{
    if (object == NULL || object == Py_None) {
        return PyTuple_New(0);
    }
    PyObject *set = PyUnicode_Check(object) ? NULL : PyFrozenSet_New(object);
    if (set == NULL) {
        if (PyErr_Occurred() == NULL || PyErr_ExceptionMatches(PyExc_TypeError)) {
            PyErr_Format(PyExc_TypeError, "abbreviations: expected a collection of str, got %.200s",
                         Py_TYPE(object)->tp_name);
        }
        return NULL;
    }
    PyObject *list = PySequence_List(set);
    Py_DECREF(set);
    for (Py_ssize_t i = 0; list != NULL && i < PyList_GET_SIZE(list); i++) {
        PyObject *word = PyList_GET_ITEM(list, i);
        if (!PyUnicode_CheckExact(word)) {
            PyErr_Format(PyExc_TypeError, "abbreviations: expected str, got %.200s",
                         Py_TYPE(word)->tp_name);
            Py_CLEAR(list);
        }
    }
    if (list == NULL || PyList_Sort(list) < 0) {
        Py_XDECREF(list);
        return NULL;
    }
    PyObject *tuple = PyList_AsTuple(list);
    Py_DECREF(list);
    return tuple;
}

const char **py_option_words(PyObject *tuple)
{
    Py_ssize_t count = PyTuple_GET_SIZE(tuple);
    const char **words = PyMem_New(const char *, (size_t)(count > 0 ? count : 1));
    if (words == NULL) {
        PyErr_NoMemory();
        return NULL;
    }
    for (Py_ssize_t i = 0; i < count; i++) {
        Py_ssize_t size;
        PyObject *word = PyTuple_GET_ITEM(tuple, i);
        words[i] = PyUnicode_AsUTF8AndSize(word, &size);
        if (words[i] == NULL || strlen(words[i]) != (size_t)size) {
            if (words[i] != NULL || PyErr_ExceptionMatches(PyExc_UnicodeEncodeError)) {
                PyErr_Format(PyExc_ValueError, "abbreviations: expected words, got %R", word);
            }
            PyMem_Free(words);
            return NULL;
        }
    }
    return words;
}

int py_option_model(const State *state, PyObject *object, unsigned stages, PyObject *language,
                    PyObject **out)
{
    const unsigned users = QUOTH_STAGE_ENTITY | QUOTH_STAGE_LINK | QUOTH_STAGE_ATTRIBUTION;
    *out = NULL;
    if (object == Py_None || (object == NULL && (stages & users) == 0)) {
        return 0;
    }
    if (object == NULL) {
        *out = py_call_python("quoth._model", "shipped_model", language, NULL, 0, NULL);
        if (*out == Py_None) {
            Py_CLEAR(*out);
            return 0;
        }
        return *out != NULL ? 0 : -1;
    }
    if (!Py_IS_TYPE(object, state->types[TYPE_MODEL])) {
        PyErr_Format(PyExc_TypeError, "model: expected Model or None, got %.200s",
                     Py_TYPE(object)->tp_name);
        return -1;
    }
    *out = Py_NewRef(object);
    return 0;
}
