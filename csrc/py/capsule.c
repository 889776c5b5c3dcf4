/* capsule.c - what components in C call: the functions of quoth_component.h, in a capsule.
 *
 * In: a Draft (quoth._draft), whose Reading has the core's document. Out: numbers straight from the
 * core's arrays; edits go through the Draft, which checks them. Constant time, but for edits.
 */
#include "types.h"

#include "quoth_component.h"

/* The Reading behind a Draft; it lives as long as that. */
static ReadingObject *reading_behind(PyObject *draft)
{
    PyObject *module = PyImport_ImportModule("quoth._core");
    PyObject *type = module != NULL ? PyObject_GetAttrString(module, "Reading") : NULL;
    PyObject *work = type != NULL ? PyObject_GetAttrString(draft, "_work") : NULL;
    PyObject *reading = work != NULL ? PyObject_GetAttrString(work, "reading") : NULL;
    if (reading == NULL || !Py_IS_TYPE(reading, (PyTypeObject *)type)) {
        if (type != NULL && !PyErr_ExceptionMatches(PyExc_MemoryError)) {
            PyErr_Format(PyExc_TypeError, "expected Draft, got %.200s", Py_TYPE(draft)->tp_name);
        }
        Py_CLEAR(reading);
    }
    Py_XDECREF(work);
    Py_XDECREF(type);
    Py_XDECREF(module);
    Py_XDECREF(reading); /* the Draft's Work holds it */
    return (ReadingObject *)reading;
}

static quoth_component_doc *api_open(PyObject *draft)
{
    ReadingObject *reading = reading_behind(draft);
    if (reading != NULL && (reading->busy || reading->doc == NULL)) {
        PyErr_SetString(PyExc_RuntimeError, "this text is being read, or is no longer there");
        return NULL;
    }
    return (quoth_component_doc *)reading;
}

static const ReadingObject *reading_of(const quoth_component_doc *doc)
{
    return (const ReadingObject *)doc;
}

static const char *api_text(const quoth_component_doc *doc, size_t *size)
{
    quoth_string text = quoth_doc_text(reading_of(doc)->doc);
    *size = text.size;
    return text.data != NULL ? text.data : "";
}

static size_t api_count(const quoth_component_doc *doc, quoth_component_layer layer)
{
    const quoth_doc *core = reading_of(doc)->doc;
    size_t count = 0;
    switch (layer) {
    case QUOTH_COMPONENT_SENTENCES:
        (void)quoth_doc_sentences(core, &count);
        break;
    case QUOTH_COMPONENT_TOKENS:
        count = quoth_doc_token_count(core);
        break;
    case QUOTH_COMPONENT_MENTIONS:
        (void)quoth_doc_mentions(core, &count);
        break;
    case QUOTH_COMPONENT_MATCHES:
        (void)quoth_doc_matches(core, &count);
        break;
    case QUOTH_COMPONENT_QUOTES:
        (void)quoth_doc_quotes(core, &count);
        break;
    }
    return count;
}

static quoth_component_span span_of(quoth_span span)
{
    return (quoth_component_span){span.start, span.end};
}

static int put_mention(const ReadingObject *reading, const quoth_mention *mention,
                       quoth_component_item *out)
{
    int own = (int)mention->label - QUOTH_LABEL_OWN;
    out->span = span_of(mention->span);
    out->entity = mention->entity;
    out->score = mention->score;
    out->label = own < 0 ? quoth_label_name(mention->label)
                         : PyUnicode_AsUTF8(PyList_GET_ITEM(reading->labels, own));
    return out->label != NULL ? 0 : -1;
}

static void put_quote(const quoth_doc *core, const quoth_quote *quote, quoth_component_item *out)
{
    size_t count;
    const quoth_span *contents = quoth_doc_contents(core, &count) + quote->content_first;
    out->span.start = contents[0].start;
    out->span.end = contents[quote->content_count - 1].end;
    out->cue = span_of(quote->cue);
    out->source = span_of(quote->source);
    out->label = quoth_quote_type_name(quote->type);
    out->entity = quote->speaker;
    out->score = quote->score;
}

static int api_item(const quoth_component_doc *doc, quoth_component_layer layer, size_t index,
                    quoth_component_item *out)
{
    const ReadingObject *reading = reading_of(doc);
    size_t count = api_count(doc, layer);
    *out = (quoth_component_item){.entity = QUOTH_COMPONENT_NONE};
    if (index >= count) {
        PyErr_Format(PyExc_IndexError, "item: expected less than %zu, got %zu", count, index);
        return -1;
    }
    switch (layer) {
    case QUOTH_COMPONENT_SENTENCES:
        out->span = span_of(quoth_doc_sentences(reading->doc, &count)[index].span);
        return 0;
    case QUOTH_COMPONENT_TOKENS:
        out->span = span_of(quoth_doc_token(reading->doc, index).span);
        return 0;
    case QUOTH_COMPONENT_MENTIONS:
        return put_mention(reading, &quoth_doc_mentions(reading->doc, &count)[index], out);
    case QUOTH_COMPONENT_MATCHES:
        return put_mention(reading, &quoth_doc_matches(reading->doc, &count)[index], out);
    case QUOTH_COMPONENT_QUOTES:
        put_quote(reading->doc, &quoth_doc_quotes(reading->doc, &count)[index], out);
        return 0;
    }
    return 0;
}

static int api_add_mention(PyObject *draft, quoth_component_span span, const char *label,
                           const char *kb_id, const char *name)
{
    const ReadingObject *reading = (const ReadingObject *)(const void *)api_open(draft);
    if (reading == NULL) {
        return -1;
    }
    quoth_string text = quoth_doc_text(reading->doc);
    if (span.end > text.size || span.start > span.end) {
        PyErr_Format(PyExc_ValueError,
                     "add_mention: expected 0 <= start < end <= %zu, got (%u, %u)", text.size,
                     (unsigned)span.start, (unsigned)span.end);
        return -1;
    }
    PyObject *result = NULL;
    PyObject *list = Py_BuildValue(
        "[{s:I,s:I,s:s,s:z,s:z}]", "start", quoth_doc_codepoint(reading->doc, span.start), "end",
        quoth_doc_codepoint(reading->doc, span.end), "label", label, "kb_id", kb_id, "name", name);
    if (list != NULL) {
        result = PyObject_CallMethod(draft, "add_mentions", "O", list);
    }
    Py_XDECREF(list);
    Py_XDECREF(result);
    return result != NULL ? 0 : -1;
}

static int api_set_data(PyObject *draft, const char *name, PyObject *value)
{
    PyObject *data = PyObject_GetAttrString(draft, "data");
    int failed = data != NULL ? PyMapping_SetItemString(data, name, value) : -1;
    Py_XDECREF(data);
    return failed;
}

static const quoth_component_api api = {
    .version = QUOTH_COMPONENT_VERSION,
    .size = sizeof(quoth_component_api),
    .open = api_open,
    .text = api_text,
    .count = api_count,
    .item = api_item,
    .add_mention = api_add_mention,
    .set_data = api_set_data,
};

int py_capsule_add(PyObject *module)
{
    PyObject *capsule = PyCapsule_New((void *)(uintptr_t)&api, QUOTH_COMPONENT_CAPSULE, NULL);
    int failed = capsule != NULL ? PyModule_AddObjectRef(module, "component_api", capsule) : -1;
    Py_XDECREF(capsule);
    return failed;
}
