/* document.c - Document: one article, read. Its tuples are made when first asked for and kept. */
#include "types.h"

#include "table.h"

#include <string.h>

static Record *record_of(PyObject *self)
{
    return ((DocumentObject *)self)->record;
}

PyObject *py_document_new(const State *state, Record *record)
{
    DocumentObject *self = PyObject_New(DocumentObject, state->types[TYPE_DOCUMENT]);
    if (self == NULL) {
        return NULL;
    }
    self->record = (Record *)Py_NewRef((PyObject *)record);
    memset(self->lists, 0, sizeof self->lists);
    return (PyObject *)self;
}

static void document_dealloc(PyObject *object)
{
    DocumentObject *self = (DocumentObject *)object;
    PyTypeObject *type = Py_TYPE(self);
    for (int i = 0; i < (int)LIST_COUNT; i++) {
        Py_XDECREF(self->lists[i]);
    }
    Py_DECREF((PyObject *)self->record);
    PyObject_Free(self);
    Py_DECREF(type);
}

/* --- lists ------------------------------------------------------------------------------------ */

static size_t list_size(const Record *record, ListIndex list)
{
    const Counts *count = &record->data.count;
    const size_t sizes[LIST_COUNT] = {
        [LIST_SENTS] = count->sentences,       [LIST_PARAGRAPHS] = count->paragraphs,
        [LIST_TOKENS] = count->tokens,         [LIST_QUOTES] = count->quotes,
        [LIST_QUOTATIONS] = count->quotations, [LIST_ENTS] = count->mentions,
        [LIST_ENTITIES] = count->entities,     [LIST_WARNINGS] = count->warnings,
        [LIST_MATCHES] = count->matches,
    };
    return sizes[list];
}

static PyObject *list_item(const State *state, Record *record, ListIndex list, size_t i)
{
    const Data *data = &record->data;
    PyObject *text = record->text;
    switch (list) {
    case LIST_SENTS:
        return py_sentence_new(state, record, i);
    case LIST_PARAGRAPHS:
        return py_kind_new(state->types[TYPE_PARAGRAPH], text, &data->paragraphs[i]);
    case LIST_TOKENS:
        return py_span_new(state, text, data->tokens[i]);
    case LIST_QUOTES:
        return py_quote_new(state, record, (uint32_t)i);
    case LIST_QUOTATIONS:
        return py_quotation_new(state, record, (uint32_t)i);
    case LIST_ENTS:
        return py_mention_new(state, record, (uint32_t)i);
    case LIST_MATCHES:
        return py_mention_new(state, record, (uint32_t)(data->count.mentions + i));
    case LIST_ENTITIES:
        return py_entity_new(state, record, (uint32_t)i);
    default:
        return py_kind_new(state->types[TYPE_WARNING], text, &data->warnings[i]);
    }
}

PyObject *py_list_new(const State *state, Record *record, ListIndex list)
{
    size_t size = list_size(record, list);
    PyObject *tuple = PyTuple_New((Py_ssize_t)size);
    if (tuple == NULL) {
        return NULL;
    }
    for (size_t i = 0; i < size; i++) {
        PyObject *item = list_item(state, record, list, i);
        if (item == NULL) {
            Py_DECREF(tuple);
            return NULL;
        }
        PyTuple_SET_ITEM(tuple, (Py_ssize_t)i, item);
    }
    PyObject *items = py_items_new(state, tuple);
    Py_DECREF(tuple);
    return items;
}

PyObject *py_document_list(PyObject *self, ListIndex list)
{
    DocumentObject *document = (DocumentObject *)self;
    if (document->lists[list] == NULL) {
        document->lists[list] = py_list_new(py_state_of(self), document->record, list);
    }
    return Py_XNewRef(document->lists[list]);
}

#define LIST_GETTER(name, list)                                                                    \
    static PyObject *document_##name(PyObject *self, void *Py_UNUSED(closure))                     \
    {                                                                                              \
        return py_document_list(self, list);                                                       \
    }
LIST_GETTER(sents, LIST_SENTS)
LIST_GETTER(paragraphs, LIST_PARAGRAPHS)
LIST_GETTER(tokens, LIST_TOKENS)
LIST_GETTER(quotes, LIST_QUOTES)
LIST_GETTER(quotations, LIST_QUOTATIONS)
LIST_GETTER(ents, LIST_ENTS)
LIST_GETTER(entities, LIST_ENTITIES)
LIST_GETTER(warnings, LIST_WARNINGS)
LIST_GETTER(matches, LIST_MATCHES)
#undef LIST_GETTER

/* --- the parts outside the running text ------------------------------------------------------- */

#define FRAME_GETTER(name, part)                                                                   \
    static PyObject *document_##name(PyObject *self, void *Py_UNUSED(closure))                     \
    {                                                                                              \
        const Record *record = record_of(self);                                                    \
        return py_span_or_none(py_state_of(self), record->text, record->data.frame[part]);         \
    }
FRAME_GETTER(title, FRAME_TITLE)
FRAME_GETTER(standfirst, FRAME_STANDFIRST)
FRAME_GETTER(byline, FRAME_BYLINE)
FRAME_GETTER(author_note, FRAME_AUTHOR_NOTE)
#undef FRAME_GETTER

static PyObject *document_data(PyObject *self, void *Py_UNUSED(closure))
{
    PyObject *data = record_of(self)->own_data;
    return data != NULL ? py_plain_copy(data, "data") : PyDict_New();
}

static PyObject *document_version(PyObject *self, void *Py_UNUSED(closure))
{
    PyObject *version = record_of(self)->pipeline_version;
    return Py_NewRef(version != NULL ? version : Py_None);
}

static PyObject *document_text(PyObject *self, void *Py_UNUSED(closure))
{
    return Py_NewRef(record_of(self)->text);
}

static PyObject *document_dateline(PyObject *self, void *Py_UNUSED(closure))
{
    return py_dateline_or_none(py_state_of(self), record_of(self));
}

static PyObject *document_source_line(PyObject *self, void *Py_UNUSED(closure))
{
    return py_source_line_or_none(py_state_of(self), record_of(self));
}

/* --- protocols -------------------------------------------------------------------------------- */

static PyObject *document_richcompare(PyObject *a, PyObject *b, int operation)
{
    if (Py_TYPE(a) != Py_TYPE(b) || (operation != Py_EQ && operation != Py_NE)) {
        Py_RETURN_NOTIMPLEMENTED;
    }
    bool equal = py_record_equal(record_of(a), record_of(b));
    return PyBool_FromLong(equal == (operation == Py_EQ));
}

static Py_hash_t document_hash(PyObject *self)
{
    return PyObject_Hash(record_of(self)->text);
}

static PyObject *document_repr(PyObject *self)
{
    const Record *record = record_of(self);
    const Counts *count = &record->data.count;
    Range title = record->data.frame[FRAME_TITLE];
    PyObject *excerpt =
        title.end > 0
            ? py_text_excerpt(record->text, (Py_ssize_t)title.start, (Py_ssize_t)title.end)
            : py_text_excerpt(record->text, 0, PyUnicode_GET_LENGTH(record->text));
    if (excerpt == NULL) {
        return NULL;
    }
    PyObject *repr = PyUnicode_FromFormat("Document(%R, %zu sents, %zu quotes, %zu ents)", excerpt,
                                          count->sentences, count->quotes, count->mentions);
    Py_DECREF(excerpt);
    return repr;
}

static PyObject *document_reduce(PyObject *self, PyObject *Py_UNUSED(ignored))
{
    return py_item_reduce(self, record_of(self), "document", 0);
}

/* --- the JSON form ---------------------------------------------------------------------------- */

static PyObject *document_to_dict(PyObject *self, PyObject *args, PyObject *kwargs)
{
    const char *names[] = {"include_text", "include_tokens", NULL};
    int with_text = 1;
    int with_tokens = 0;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "|$pp:to_dict", (char **)(uintptr_t)names,
                                     &with_text, &with_tokens)) {
        return NULL;
    }
    return py_record_export(py_state_of(self), record_of(self), with_text != 0, with_tokens != 0);
}

static PyObject *document_to_json(PyObject *self, PyObject *const *args, Py_ssize_t count,
                                  PyObject *keywords)
{
    return py_call_python("quoth._json", "to_json", self, args, count, keywords);
}

static PyObject *document_explain(PyObject *self, PyObject *const *args, Py_ssize_t count,
                                  PyObject *keywords)
{
    return py_call_python("quoth._explain", "explain", self, args, count, keywords);
}

static PyObject *document_tried(PyObject *self, PyObject *const *args, Py_ssize_t count,
                                PyObject *keywords)
{
    return py_call_python("quoth._tried", "tried", self, args, count, keywords);
}

static PyObject *document_to_html(PyObject *self, PyObject *const *args, Py_ssize_t count,
                                  PyObject *keywords)
{
    return py_call_python("quoth._html", "to_html", self, args, count, keywords);
}

/* The forms of other tools are made in Python, one module each. */
#define EXPORTER(name, module)                                                                     \
    static PyObject *document_##name(PyObject *self, PyObject *const *args, Py_ssize_t count,      \
                                     PyObject *keywords)                                           \
    {                                                                                              \
        return py_call_python("quoth.formats." module, #name, self, args, count, keywords);        \
    }
EXPORTER(to_brat, "brat")
EXPORTER(to_conll, "conll")
EXPORTER(to_web_annotations, "web_annotation")
EXPORTER(to_spacy, "spacy")
EXPORTER(to_prodigy, "prodigy")
EXPORTER(to_label_studio, "label_studio")
EXPORTER(to_citron, "citron")
EXPORTER(to_cas, "cas")
EXPORTER(to_csv, "csv")
#undef EXPORTER

static PyObject *document_repr_html(PyObject *self, PyObject *Py_UNUSED(ignored))
{
    return py_call_python("quoth._html", "to_html", self, NULL, 0, NULL);
}

/* A table, given to a function of quoth._tables. */
static PyObject *table_to(PyObject *self, PyObject *args, PyObject *kwargs, const char *function)
{
    PyObject *table = py_document_table(self, args, kwargs);
    if (table == NULL) {
        return NULL;
    }
    PyObject *result = py_call_python("quoth._tables", function, table, NULL, 0, NULL);
    Py_DECREF(table);
    return result;
}

static PyObject *document_to_arrow(PyObject *self, PyObject *args, PyObject *kwargs)
{
    return table_to(self, args, kwargs, "to_arrow");
}

static PyObject *document_to_pandas(PyObject *self, PyObject *args, PyObject *kwargs)
{
    return table_to(self, args, kwargs, "to_pandas");
}

static PyObject *document_to_polars(PyObject *self, PyObject *args, PyObject *kwargs)
{
    return table_to(self, args, kwargs, "to_polars");
}

static PyObject *document_said_by(PyObject *self, PyObject *name)
{
    return py_call_python("quoth._speakers", "said_by", self, &name, 1, NULL);
}

static PyObject *document_plot(PyObject *self, void *Py_UNUSED(closure))
{
    return py_call_python("quoth.plot", "DocumentPlots", self, NULL, 0, NULL);
}

static PyObject *document_speakers(PyObject *self, void *Py_UNUSED(closure))
{
    return py_call_python("quoth._speakers", "speakers", self, NULL, 0, NULL);
}

static PyMethodDef document_methods[] = {
    {"said_by", document_said_by, METH_O,
     "said_by($self, name, /)\n--\n\n"
     "Tuple of Quote: those of the speakers that the name names, by an alias or the last name "
     "too."},
    {"to_dict", (PyCFunction)(void (*)(void))document_to_dict, METH_VARARGS | METH_KEYWORDS,
     "to_dict($self, /, *, include_text=True, include_tokens=False)\n--\n\n"
     "The document as a dict of plain values. Offsets count code points."},
    {"to_json", (PyCFunction)(void (*)(void))document_to_json, METH_FASTCALL | METH_KEYWORDS,
     "to_json($self, /, *, include_text=True, include_tokens=False, indent=None,\n"
     "        offset_unit=\"codepoint\")\n--\n\n"
     "The same as a JSON str; quoth.from_json() reads it back."},
    {"explain", (PyCFunction)(void (*)(void))document_explain, METH_FASTCALL | METH_KEYWORDS,
     "explain($self, /, what, nlp=None)\n--\n\n"
     "Why a quote is whose it is (str), or why a mention was found: the words of its name with\n"
     "what spoke for them, strongest first; then what was tried and lost. Of an offset that\n"
     "alone (str). The text is read again by nlp; None: quoth.load(\"en\")."},
    {"tried", (PyCFunction)(void (*)(void))document_tried, METH_FASTCALL | METH_KEYWORDS,
     "tried($self, /, what, nlp=None)\n--\n\n"
     "Tuple of Tried: what was tried for a Quote or Mention, or at a Span or an offset, and lost.\n"
     "The text is read again by nlp, which has to be the pipeline that made the document; None:\n"
     "quoth.load(\"en\")."},
    {"to_html", (PyCFunction)(void (*)(void))document_to_html, METH_FASTCALL | METH_KEYWORDS,
     "to_html($self, /, page=False)\n--\n\n"
     "The article with its quotes, speakers and entities marked, as HTML without any script.\n"
     "page=True makes a whole page of it."},
    {"to_brat", (PyCFunction)(void (*)(void))document_to_brat, METH_FASTCALL | METH_KEYWORDS,
     "to_brat($self, /)\n--\n\n"
     "The .ann file of brat, as PolNeAR has it (str)."},
    {"to_conll", (PyCFunction)(void (*)(void))document_to_conll, METH_FASTCALL | METH_KEYWORDS,
     "to_conll($self, /, scheme=\"2003\", doc_id=None)\n--\n\n"
     "CoNLL-2003 columns, or CoNLL-U with scheme=\"u\" (str)."},
    {"to_web_annotations", (PyCFunction)(void (*)(void))document_to_web_annotations,
     METH_FASTCALL | METH_KEYWORDS,
     "to_web_annotations($self, /, source=\"urn:quoth:text\")\n--\n\n"
     "A W3C Web Annotation page (dict)."},
    {"to_spacy", (PyCFunction)(void (*)(void))document_to_spacy, METH_FASTCALL | METH_KEYWORDS,
     "to_spacy($self, /, vocab=None)\n--\n\n"
     "A spaCy Doc; needs quoth[spacy]."},
    {"to_prodigy", (PyCFunction)(void (*)(void))document_to_prodigy, METH_FASTCALL | METH_KEYWORDS,
     "to_prodigy($self, /, meta=None)\n--\n\n"
     "A task for Prodigy (dict)."},
    {"to_label_studio", (PyCFunction)(void (*)(void))document_to_label_studio,
     METH_FASTCALL | METH_KEYWORDS,
     "to_label_studio($self, /, meta=None)\n--\n\n"
     "A task for Label Studio with a prediction (dict); offsets in UTF-16."},
    {"to_citron", (PyCFunction)(void (*)(void))document_to_citron, METH_FASTCALL | METH_KEYWORDS,
     "to_citron($self, /)\n--\n\n"
     "The JSON of BBC Citron (dict)."},
    {"to_cas", (PyCFunction)(void (*)(void))document_to_cas, METH_FASTCALL | METH_KEYWORDS,
     "to_cas($self, /, system=None)\n--\n\n"
     "A UIMA CAS as INCEpTION reads it; needs quoth[cas]."},
    {"to_csv", (PyCFunction)(void (*)(void))document_to_csv, METH_FASTCALL | METH_KEYWORDS,
     "to_csv($self, /, table=\"quotes\", doc_id=None)\n--\n\n"
     "One table, sents, quotes or ents, as comma-separated values (str)."},
    {"to_table", (PyCFunction)(void (*)(void))py_document_table, METH_VARARGS | METH_KEYWORDS,
     "to_table($self, /, table='quotes', doc_id=None)\n--\n\n"
     "Its sentences ('sents'), 'quotes' or mentions ('ents') as a Table."},
    {"to_arrow", (PyCFunction)(void (*)(void))document_to_arrow, METH_VARARGS | METH_KEYWORDS,
     "to_arrow($self, /, table='quotes', doc_id=None)\n--\n\nThe same as a pyarrow.Table."},
    {"to_pandas", (PyCFunction)(void (*)(void))document_to_pandas, METH_VARARGS | METH_KEYWORDS,
     "to_pandas($self, /, table='quotes', doc_id=None)\n--\n\nThe same as a pandas.DataFrame."},
    {"to_polars", (PyCFunction)(void (*)(void))document_to_polars, METH_VARARGS | METH_KEYWORDS,
     "to_polars($self, /, table='quotes', doc_id=None)\n--\n\nThe same as a polars.DataFrame."},
    {"_repr_html_", document_repr_html, METH_NOARGS, "What a notebook shows."},
    {"__reduce__", document_reduce, METH_NOARGS, NULL},
    PY_COPY_METHODS,
    {NULL, NULL, 0, NULL},
};

static PyGetSetDef document_getset[] = {
    {"text", document_text, NULL, "The text that was read.", NULL},
    {"sents", document_sents, NULL, "Tuple of Sentence, in text order.", NULL},
    {"paragraphs", document_paragraphs, NULL, "Tuple of Paragraph, in text order.", NULL},
    {"tokens", document_tokens, NULL, "Tuple of Span, in text order.", NULL},
    {"title", document_title, NULL, "The title (a Span), or None.", NULL},
    {"standfirst", document_standfirst, NULL,
     "The line or two below the title that sum it up (a Span), or None.", NULL},
    {"byline", document_byline, NULL, "Who wrote it (a Span), or None.", NULL},
    {"dateline", document_dateline, NULL, "The Dateline, or None.", NULL},
    {"source_line", document_source_line, NULL, "The SourceLine, or None.", NULL},
    {"author_note", document_author_note, NULL, "About the author, at the end (a Span), or None.",
     NULL},
    {"quotes", document_quotes, NULL, "Tuple of Quote: who said what, in text order.", NULL},
    {"quotations", document_quotations, NULL,
     "Tuple of Quotation: every stretch between quotation marks, in text order.", NULL},
    {"ents", document_ents, NULL, "Tuple of Mention, in text order.", NULL},
    {"matches", document_matches, NULL,
     "Tuple of Mention: what was to be found beside the mentions, in text order; see\n"
     "Pipeline.with_terms() and with_patterns().",
     NULL},
    {"entities", document_entities, NULL, "Tuple of Entity, in order of first mention.", NULL},
    {"speakers", document_speakers, NULL,
     "Tuple of Entity: those that are quoted, most often quoted first.", NULL},
    {"data", document_data, NULL, "What components had to say, by name (dict); a copy.", NULL},
    {"version", document_version, NULL,
     "The version of the pipeline that read it (Pipeline.version), or None if that is not known.",
     NULL},
    {"plot", document_plot, NULL, "Plots of the document; needs quoth[plot].", NULL},
    {"warnings", document_warnings, NULL, "Tuple of TextWarning: what was odd about the text.",
     NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyType_Slot document_slots[] = {
    {Py_tp_doc, "One article, read. It never changes. Equal by text and results."},
    {Py_tp_dealloc, document_dealloc},
    {Py_tp_richcompare, document_richcompare},
    {Py_tp_hash, document_hash},
    {Py_tp_repr, document_repr},
    {Py_tp_getset, document_getset},
    {Py_tp_methods, document_methods},
    {0, NULL},
};

PyType_Spec py_document_spec = {
    .name = "quoth.Document",
    .basicsize = sizeof(DocumentObject),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_IMMUTABLETYPE | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .slots = document_slots,
};
