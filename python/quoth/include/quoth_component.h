/* quoth_component.h - components of quoth in C, C++ or Cython.
 *
 * A component is a function that Python can call with one argument, the Draft; written in C, it gets
 * at the layers without an object for each thing. It takes the table of functions below from a
 * capsule, once, when its module is made:
 *
 *     const quoth_component_api *api = PyCapsule_Import(QUOTH_COMPONENT_CAPSULE, 0);
 *     if (api == NULL || api->version != QUOTH_COMPONENT_VERSION)
 *         ...
 *
 * Later versions of quoth add functions at the end and keep the version, or raise it; api->size is
 * the size of the table that there is.
 *
 * All functions are called with the GIL. Offsets are half-open and count bytes of UTF-8. What they
 * give belongs to quoth and is valid until the component returns. Those that fail return -1 with a
 * Python exception set.
 */
#ifndef QUOTH_COMPONENT_H
#define QUOTH_COMPONENT_H

#include <Python.h>

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define QUOTH_COMPONENT_CAPSULE "quoth._core.component_api"
#define QUOTH_COMPONENT_VERSION 1
#define QUOTH_COMPONENT_NONE UINT32_MAX

typedef struct quoth_component_span {
    uint32_t start, end; /* start == end: absent */
} quoth_component_span;

typedef enum quoth_component_layer {
    QUOTH_COMPONENT_SENTENCES = 0,
    QUOTH_COMPONENT_TOKENS,
    QUOTH_COMPONENT_MENTIONS,
    QUOTH_COMPONENT_MATCHES,
    QUOTH_COMPONENT_QUOTES,
} quoth_component_layer;

typedef struct quoth_component_item {
    quoth_component_span span;        /* of a quote: from its first piece to its last */
    quoth_component_span cue, source; /* of a quote */
    const char *label; /* UTF-8: of a mention; of a quote its type, "direct"; else NULL */
    uint32_t entity;   /* number of what a mention names, or of the speaker; else NONE */
    float score;       /* of a mention or a quote: 0 to 1 */
} quoth_component_item;

/* A document between two stages. */
typedef struct quoth_component_doc quoth_component_doc;

typedef struct quoth_component_api {
    uint32_t version;
    uint32_t size; /* of this struct, in bytes */
    /* The document of a Draft, for the functions below; NULL with an exception. */
    quoth_component_doc *(*open)(PyObject *draft);
    /* Its text, not NUL-terminated; lone surrogates of the str are U+FFFD in it. Cannot fail. */
    const char *(*text)(const quoth_component_doc *doc, size_t *size);
    /* How many things a layer has; 0 where its stage has not run. Cannot fail. */
    size_t (*count)(const quoth_component_doc *doc, quoth_component_layer layer);
    /* Thing number index < count(). */
    int (*item)(const quoth_component_doc *doc, quoth_component_layer layer, size_t index,
                quoth_component_item *out);
    /* As Draft.add_mentions(): label is UTF-8; kb_id and name may be NULL. */
    int (*add_mention)(PyObject *draft, quoth_component_span span, const char *label,
                       const char *kb_id, const char *name);
    /* draft.data[name] = value, which stays the caller's. */
    int (*set_data)(PyObject *draft, const char *name, PyObject *value);
} quoth_component_api;

#ifdef __cplusplus
}
#endif
#endif
