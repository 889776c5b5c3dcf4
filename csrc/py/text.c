/* text.c - the only file that knows how CPython stores a str.
 *
 * An ASCII str is read where it lies. Any other is transcoded by the core from the str's own
 * storage; the UTF-8 that CPython would cache in the str for life is never asked for. A lone
 * surrogate becomes U+FFFD, so that the number of code points stays the same.
 */
#include "types.h"

#include "table.h"

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

/* --- UTF-8 of parts --------------------------------------------------------------------------- */

int py_utf8_room(Utf8 *self, size_t size)
{
    if (size <= self->room) {
        return 0;
    }
    size_t room = self->room * 2 > size ? self->room * 2 : size;
    char *bytes = PyMem_RawRealloc(self->bytes, room);
    if (bytes == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    self->bytes = bytes;
    self->room = room;
    return 0;
}

/* Writes a code point and returns what lies behind it. */
static uint8_t *put_utf8(uint8_t *at, Py_UCS4 c)
{
    if (c >= 0xD800 && c < 0xE000) {
        c = 0xFFFD; /* a lone surrogate has no UTF-8 */
    }
    if (c < 0x80) {
        *at++ = (uint8_t)c;
        return at;
    }
    int more = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
    static const uint8_t lead[] = {0, 0xC0, 0xE0, 0xF0};
    *at++ = (uint8_t)(lead[more] | c >> (6 * more));
    while (more-- > 0) {
        *at++ = (uint8_t)(0x80 | (c >> (6 * more) & 0x3F));
    }
    return at;
}

int py_text_utf8(PyObject *text, size_t start, size_t end, Utf8 *buffer, quoth_string *out)
{
    const void *data = PyUnicode_DATA(text);
    if (PyUnicode_IS_ASCII(text)) {
        *out = (quoth_string){(const char *)data + start, end - start};
        return 0;
    }
    int kind = (int)PyUnicode_KIND(text);
    size_t most = kind == PyUnicode_1BYTE_KIND ? 2 : kind == PyUnicode_2BYTE_KIND ? 3 : 4;
    if (py_utf8_room(buffer, (end - start) * most + 1) < 0) {
        return -1;
    }
    uint8_t *at = (uint8_t *)buffer->bytes;
    for (size_t i = start; i < end; i++) {
        at = put_utf8(at, PyUnicode_READ(kind, data, (Py_ssize_t)i));
    }
    *out = (quoth_string){buffer->bytes, (size_t)(at - (uint8_t *)buffer->bytes)};
    return 0;
}
