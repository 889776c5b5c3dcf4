/* text.c - the only file that knows how CPython stores a str.
 *
 * An ASCII str is read where it lies. Any other is transcoded from its own representation into a
 * buffer of the view's; the UTF-8 that CPython would cache in the str for life is never asked for.
 * A lone surrogate becomes U+FFFD, which is as long in UTF-8, so that the core always sees valid
 * UTF-8 and the number of code points stays the same. Linear in the text.
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

void py_text_look(PyObject *text, TextView *view)
{
    memset(view, 0, sizeof *view);
    view->length = PyUnicode_GET_LENGTH(text);
    if (PyUnicode_IS_ASCII(text)) {
        view->utf8 = (const char *)PyUnicode_1BYTE_DATA(text);
        view->size = (size_t)view->length;
        return;
    }
    view->kind = (int)PyUnicode_KIND(text);
    view->data = PyUnicode_DATA(text);
}

static size_t size_of_latin1(const Py_UCS1 *data, size_t length)
{
    size_t size = length;
    for (size_t i = 0; i < length; i++) {
        size += (size_t)(data[i] >> 7);
    }
    return size;
}

static size_t size_of_ucs2(const Py_UCS2 *data, size_t length)
{
    size_t size = length;
    for (size_t i = 0; i < length; i++) {
        size += (size_t)(data[i] >= 0x80) + (size_t)(data[i] >= 0x800);
    }
    return size;
}

static size_t size_of_ucs4(const Py_UCS4 *data, size_t length)
{
    size_t size = length;
    for (size_t i = 0; i < length; i++) {
        size +=
            (size_t)(data[i] >= 0x80) + (size_t)(data[i] >= 0x800) + (size_t)(data[i] >= 0x10000);
    }
    return size;
}

static unsigned char *write_character(unsigned char *out, Py_UCS4 c)
{
    if (c < 0x80) {
        *out++ = (unsigned char)c;
        return out;
    }
    if (c < 0x800) {
        *out++ = (unsigned char)(0xC0 | (c >> 6));
        *out++ = (unsigned char)(0x80 | (c & 0x3F));
        return out;
    }
    if (c < 0x10000) {
        if (c >= 0xD800 && c <= 0xDFFF) {
            c = 0xFFFD;
        }
        *out++ = (unsigned char)(0xE0 | (c >> 12));
        *out++ = (unsigned char)(0x80 | ((c >> 6) & 0x3F));
        *out++ = (unsigned char)(0x80 | (c & 0x3F));
        return out;
    }
    *out++ = (unsigned char)(0xF0 | (c >> 18));
    *out++ = (unsigned char)(0x80 | ((c >> 12) & 0x3F));
    *out++ = (unsigned char)(0x80 | ((c >> 6) & 0x3F));
    *out++ = (unsigned char)(0x80 | (c & 0x3F));
    return out;
}

/* Most of an article with curly quotation marks is ASCII: four such characters go in one step. */
static void write_ucs2(unsigned char *out, const Py_UCS2 *data, size_t length)
{
    size_t i = 0;
    while (i < length) {
        if (i + 4 <= length && (data[i] | data[i + 1] | data[i + 2] | data[i + 3]) < 0x80) {
            out[0] = (unsigned char)data[i];
            out[1] = (unsigned char)data[i + 1];
            out[2] = (unsigned char)data[i + 2];
            out[3] = (unsigned char)data[i + 3];
            out += 4;
            i += 4;
            continue;
        }
        out = write_character(out, data[i++]);
    }
}

static size_t size_of(const TextView *view)
{
    size_t length = (size_t)view->length;
    switch (view->kind) {
    case PyUnicode_1BYTE_KIND:
        return size_of_latin1(view->data, length);
    case PyUnicode_2BYTE_KIND:
        return size_of_ucs2(view->data, length);
    default:
        return size_of_ucs4(view->data, length);
    }
}

quoth_status py_text_open(TextView *view)
{
    if (view->kind == 0) {
        return view->size > QUOTH_TEXT_MAX ? QUOTH_ERROR_LIMIT : QUOTH_OK;
    }
    size_t length = (size_t)view->length;
    view->size = size_of(view);
    if (view->size > QUOTH_TEXT_MAX) {
        return QUOTH_ERROR_LIMIT;
    }
    view->owned = PyMem_RawMalloc(view->size);
    if (view->owned == NULL) {
        return QUOTH_ERROR_MEMORY;
    }
    view->utf8 = view->owned;
    unsigned char *out = (unsigned char *)view->owned;
    if (view->kind == PyUnicode_2BYTE_KIND) {
        write_ucs2(out, view->data, length);
    } else if (view->kind == PyUnicode_1BYTE_KIND) {
        const Py_UCS1 *data = view->data;
        for (size_t i = 0; i < length; i++) {
            out = write_character(out, data[i]);
        }
    } else {
        const Py_UCS4 *data = view->data;
        for (size_t i = 0; i < length; i++) {
            out = write_character(out, data[i]);
        }
    }
    return QUOTH_OK;
}

void py_text_close(TextView *view)
{
    PyMem_RawFree(view->owned);
    view->owned = NULL;
    view->utf8 = NULL;
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
