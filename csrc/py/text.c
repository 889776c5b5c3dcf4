/* text.c - the only file that knows how CPython stores a str.
 *
 * An ASCII str is read where it lies. Any other is transcoded by the core from the str's own
 * storage; the UTF-8 that CPython would cache in the str for life is never asked for. A lone
 * surrogate becomes U+FFFD, so that the number of code points stays the same.
 */
#include "types.h"

#include <string.h>

enum { EXCERPT_MOST = 60 }; /* code points shown in a repr */

PyObject *py_text_check(PyObject *object, const char *argument)
{
    if (!PyUnicode_Check(object)) {
        PyErr_Format(PyExc_TypeError, "%s: expected str, got %.200s", argument,
                     Py_TYPE(object)->tp_name);
        return NULL;
    }
    /* A subclass may carry attributes, and with them cycles: keep the characters only. */
    return PyUnicode_FromObject(object);
}

quoth_input py_text_input(PyObject *text)
{
    static const quoth_encoding encodings[] = {
        [PyUnicode_1BYTE_KIND] = QUOTH_LATIN1,
        [PyUnicode_2BYTE_KIND] = QUOTH_UCS2,
        [PyUnicode_4BYTE_KIND] = QUOTH_UCS4,
    };
    quoth_input input = {
        .data = PyUnicode_DATA(text),
        .length = (size_t)PyUnicode_GET_LENGTH(text),
        .encoding = PyUnicode_IS_ASCII(text) ? QUOTH_UTF8 : encodings[PyUnicode_KIND(text)],
    };
    return input;
}

PyObject *py_text_slice(PyObject *text, Py_ssize_t start, Py_ssize_t end)
{
    return PyUnicode_Substring(text, start, end);
}

PyObject *py_text_excerpt(PyObject *text, Py_ssize_t start, Py_ssize_t end)
{
    if (end - start <= EXCERPT_MOST) {
        return PyUnicode_Substring(text, start, end);
    }
    PyObject *head = PyUnicode_Substring(text, start, start + EXCERPT_MOST - 1);
    if (head == NULL) {
        return NULL;
    }
    PyObject *excerpt = PyUnicode_FromFormat("%U%c", head, 0x2026);
    Py_DECREF(head);
    return excerpt;
}

bool py_text_equal(PyObject *a, PyObject *b)
{
    if (a == b) {
        return true;
    }
    Py_ssize_t length = PyUnicode_GET_LENGTH(a);
    if (length != PyUnicode_GET_LENGTH(b) || PyUnicode_KIND(a) != PyUnicode_KIND(b)) {
        return false;
    }
    size_t size = (size_t)length * (size_t)PyUnicode_KIND(a);
    return memcmp(PyUnicode_DATA(a), PyUnicode_DATA(b), size) == 0;
}
