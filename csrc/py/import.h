/* import.h - what the files share that make a Record of plain values (import.c, import_field.c).
 *
 * Functions return 0, or -1 with a ValueError that names the field by its Path, or another error.
 */
#ifndef QUOTH_PY_IMPORT_H
#define QUOTH_PY_IMPORT_H

#include "types.h"

/* Where in the dict we are, innermost first. */
typedef struct Path {
    const struct Path *up;
    const char *key; /* NULL: an index */
    Py_ssize_t index;
} Path;

typedef struct Reader {
    const State *state;
    PyObject *text; /* exact str */
    Data data;
    PyObject *entity_ids; /* dict: id -> index */
    PyObject *quote_ids;
    PyObject *labels;          /* tuple of str: those of the document's own, or NULL */
    PyObject *sentence_labels; /* dict, or NULL */
} Reader;

int py_field_refuse(const Path *path, PyObject *found, const char *expected);
PyObject *py_field_get(const Reader *reader, PyObject *dict, KeyIndex key);
int py_field_range(const Reader *reader, PyObject *dict, const Path *path, bool may_be_empty,
                   Range *out);
int py_field_optional(const Reader *reader, PyObject *dict, KeyIndex key, const Path *up,
                      const char *name, Range *out);
int py_field_name(const Reader *reader, PyObject *dict, KeyIndex key, NameSet set, const Path *up,
                  const char *name, uint8_t *out);
int py_field_label(const Reader *reader, PyObject *dict, const Path *up, uint8_t *out);
int py_field_bool(const Reader *reader, PyObject *dict, KeyIndex key, const Path *up,
                  const char *name, bool *out);
int py_field_score(const Reader *reader, PyObject *dict, const Path *up, double *out);
int py_field_string(const Reader *reader, PyObject *dict, KeyIndex key, const Path *up,
                    const char *name, PyObject **out);
int py_field_reference(const Reader *reader, PyObject *dict, KeyIndex key, PyObject *ids,
                       const Path *up, const char *name, const char *expected, uint32_t *out);
int py_field_date(const Reader *reader, PyObject *dict, const Path *up, Date *out);

#endif
