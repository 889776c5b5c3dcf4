/* version.c - the hash of all that a pipeline is, which its results record.
 *
 * In: the options of a Pipeline and its extras. Out: 16 hexadecimal digits, the same for equal
 * pipelines of one version of quoth on every machine: FNV-1a of 64 bits over an encoding in which no
 * two lists of values look alike, spread by the finalizer of MurmurHash3. Linear in what it reads.
 */
#include "types.h"

static void mix_byte(uint64_t *hash, unsigned byte)
{
    *hash = (*hash ^ (byte & 0xFF)) * UINT64_C(0x100000001B3);
}

static void mix_number(uint64_t *hash, uint64_t number)
{
    for (int shift = 0; shift < 64; shift += 8) {
        mix_byte(hash, (unsigned)(number >> shift));
    }
}

static void mix_text(uint64_t *hash, PyObject *text)
{
    Py_ssize_t length = PyUnicode_GET_LENGTH(text);
    int kind = (int)PyUnicode_KIND(text);
    const void *data = PyUnicode_DATA(text);
    mix_byte(hash, 's');
    mix_number(hash, (uint64_t)length);
    for (Py_ssize_t i = 0; i < length; i++) {
        Py_UCS4 c = PyUnicode_READ(kind, data, i);
        mix_byte(hash, c);
        mix_byte(hash, c >> 8);
        mix_byte(hash, c >> 16);
    }
}

/* A value by an attribute that is a str. */
static int mix_attribute(uint64_t *hash, PyObject *object, const char *name)
{
    PyObject *text = PyObject_GetAttrString(object, name);
    if (text != NULL && !PyUnicode_Check(text)) {
        PyErr_Format(PyExc_TypeError, "extras: expected str as %s, got %.200s", name,
                     Py_TYPE(text)->tp_name);
        Py_CLEAR(text);
    }
    if (text != NULL) {
        mix_byte(hash, 'a');
        mix_text(hash, text);
    }
    Py_XDECREF(text);
    return text != NULL ? 0 : -1;
}

static int mix_value(const State *state, uint64_t *hash, PyObject *value)
{
    if (PyUnicode_Check(value)) {
        mix_text(hash, value);
        return 0;
    }
    if (PyTuple_CheckExact(value)) {
        mix_byte(hash, '(');
        mix_number(hash, (uint64_t)PyTuple_GET_SIZE(value));
        for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(value); i++) {
            if (mix_value(state, hash, PyTuple_GET_ITEM(value, i)) < 0) {
                return -1;
            }
        }
        return 0;
    }
    if (Py_IS_TYPE(value, state->types[TYPE_TERMS])) {
        mix_byte(hash, 't');
        mix_number(hash, quoth_terms_checksum(py_terms_core(value)));
        return 0;
    }
    if (Py_IS_TYPE(value, state->types[TYPE_PATTERN])) {
        PyObject *flags = PyObject_GetAttrString(value, "ignore_case");
        PyObject *limit = PyObject_GetAttrString(value, "step_limit");
        int failed = flags == NULL || limit == NULL || mix_attribute(hash, value, "pattern") < 0 ||
                             mix_value(state, hash, flags) < 0 || mix_value(state, hash, limit) < 0
                         ? -1
                         : 0;
        Py_XDECREF(flags);
        Py_XDECREF(limit);
        return failed;
    }
    if (value == Py_None) {
        mix_byte(hash, 'n');
        return 0;
    }
    if (PyLong_Check(value)) {
        PyObject *digits = PyObject_Str(value);
        if (digits != NULL) {
            mix_byte(hash, 'i');
            mix_text(hash, digits);
        }
        Py_XDECREF(digits);
        return digits != NULL ? 0 : -1;
    }
    /* A component tells its own; a function that is told of errors is known by its name. */
    return PyObject_HasAttrString(value, "content") ? mix_attribute(hash, value, "content")
                                                    : mix_attribute(hash, value, "__qualname__");
}

PyObject *py_pipeline_content(const State *state, const PipelineObject *self)
{
    uint64_t hash = UINT64_C(0xCBF29CE484222325);
    for (const char *at = QUOTH_VERSION; *at != '\0'; at++) {
        mix_byte(&hash, (unsigned)*at);
    }
    mix_number(&hash, self->stages);
    mix_number(&hash, (uint64_t)self->newlines);
    mix_number(&hash, self->split_in_quotes ? 1 : 0);
    if (mix_value(state, &hash, self->language) < 0 ||
        mix_value(state, &hash, self->abbreviations) < 0 ||
        mix_value(state, &hash, self->version != NULL ? self->version : Py_None) < 0 ||
        mix_value(state, &hash, self->extras) < 0) {
        return NULL;
    }
    hash = (hash ^ hash >> 33) * UINT64_C(0xFF51AFD7ED558CCD);
    hash = (hash ^ hash >> 33) * UINT64_C(0xC4CEB9FE1A85EC53);
    hash ^= hash >> 33;
    char digits[17];
    for (int i = 0; i < 16; i++) {
        digits[i] = "0123456789abcdef"[hash >> (60 - 4 * i) & 15];
    }
    digits[16] = '\0';
    return PyUnicode_FromString(digits);
}
