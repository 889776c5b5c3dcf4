/* types.h - every struct of the binding on one page.
 *
 * What goes in: Python str objects. What comes out: the Python types of quoth. The binding knows
 * nothing of news; it turns quoth.h into objects and back.
 *
 * Object graph. It has no cycles, so that reference counting alone frees everything at once and no
 * type needs the garbage collector: Document, Mention, Quote, Entity ... each hold one Record; a
 * Record holds the text and arrays of numbers, never one of them; a plain Span holds only the text.
 * Mention.entity and Entity.mentions make their objects when asked.
 *
 * Units. All offsets here are code points. QUOTH_NONE stands for "none" in an index.
 *
 * Errors. Functions that return PyObject * return a new reference, or NULL with an exception set;
 * functions that return int return 0, or -1 with an exception set.
 */
#ifndef QUOTH_PY_TYPES_H
#define QUOTH_PY_TYPES_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <structmember.h>

#include <stdbool.h>
#include <stdint.h>

#include "quoth_edit.h"
#include "quoth_explain.h"

/* --- per-module state ------------------------------------------------------------------------- */

typedef enum TypeIndex {
    TYPE_RECORD,
    TYPE_SPAN,
    TYPE_SENTENCE,
    TYPE_PARAGRAPH,
    TYPE_WARNING,
    TYPE_DATELINE,
    TYPE_SOURCE_LINE,
    TYPE_QUOTATION,
    TYPE_MENTION,
    TYPE_ENTITY,
    TYPE_QUOTE,
    TYPE_DOCUMENT,
    TYPE_PIPELINE,
    TYPE_OFFSETS,
    TYPE_MODEL,
    TYPE_TRAINER,
    TYPE_ITEMS,
    TYPE_TERMS,
    TYPE_TABLE,
    TYPE_READER,
    TYPE_PATTERN,
    TYPE_READING,
    TYPE_COUNT,
} TypeIndex;

/* Enumerations of quoth.h that Python sees as strings; see names.c. */
typedef enum NameSet {
    NAMES_STAGE,
    NAMES_NEWLINES,
    NAMES_PARAGRAPH,
    NAMES_QUOTATION,
    NAMES_LABEL,
    NAMES_TYPE,
    NAMES_ATTITUDE,
    NAMES_REASON,
    NAMES_WARNING,
    NAMES_COUNT,
} NameSet;

enum { NAMES_MOST = 24 }; /* at least the size of the largest set */

/* The keys of the JSON form, interned once. */
/* clang-format off */
#define QUOTH_KEYS(X) \
    X(aliases) X(attitude) X(author_note) X(byline) X(closed) X(code) X(content) X(cue) \
    X(data) X(date) X(dateline) X(detail) X(end) X(entities) X(entity) X(ents) X(factual) X(fields) X(id) X(inner) \
    X(kb_id) X(kind) X(label) X(labels) X(matches) X(members) X(meta) X(model_version) X(name) X(offset_unit) X(outlet) \
    X(paragraphs) X(parent) X(pipeline_version) X(place) X(quotations) X(quote) X(quotes) X(quoth_version) X(rule) \
    X(schema_version) X(score) X(section) X(sents) X(source) X(source_line) X(speaker) \
    X(speaker_candidates) X(speaker_reason) X(standfirst) X(start) X(text) X(title) X(titles) X(tokens) \
    X(type) X(value) X(warnings)
/* clang-format on */

typedef enum KeyIndex {
#define QUOTH_KEY(name) KEY_##name,
    QUOTH_KEYS(QUOTH_KEY)
#undef QUOTH_KEY
        KEY_COUNT,
} KeyIndex;

typedef struct State {
    PyTypeObject *types[TYPE_COUNT];
    PyObject *limit_error;   /* quoth.LimitError */
    PyObject *model_error;   /* quoth.ModelError */
    PyObject *pattern_error; /* quoth.PatternError */
    PyObject *names[NAMES_COUNT][NAMES_MOST];
    PyObject *keys[KEY_COUNT];
    struct Orphan *orphans; /* threads that still read when nobody waits any more; see reader.c */
} State;

extern struct PyModuleDef py_module;

/* The state of the module that a type, or the type of an object, was made in. */
State *py_state_of_type(PyTypeObject *type);
State *py_state_of(PyObject *object);

/* --- what a Record holds ---------------------------------------------------------------------- */

typedef struct Range {
    uint32_t start, end; /* start == end: absent */
} Range;

typedef struct Date {
    int16_t year; /* 0: unknown; else the three are a valid date */
    uint8_t month, day;
} Date;

typedef enum FramePart {
    FRAME_TITLE,
    FRAME_STANDFIRST,
    FRAME_BYLINE,
    FRAME_DATELINE,
    FRAME_SOURCE_LINE,
    FRAME_AUTHOR_NOTE,
    FRAME_PLACE,           /* within the dateline */
    FRAME_SECTION,         /* within the dateline */
    FRAME_DATELINE_OUTLET, /* within the dateline */
    FRAME_SOURCE_OUTLET,   /* within the source line */
    FRAME_COUNT,
} FramePart;

typedef struct KindRange { /* a paragraph or a warning */
    Range span;
    PyObject *detail; /* of a warning: what it is about (str), or NULL */
    uint8_t kind;
} KindRange;

typedef struct QuotationData {
    Range span, inner;
    uint32_t quote;
    uint8_t kind;
    bool closed;
} QuotationData;

typedef struct MentionData {
    Range span, title;
    double score;
    PyObject *rule;  /* str */
    PyObject *extra; /* what a find of the caller's says more (extra.c), or NULL */
    uint32_t entity;
    uint8_t label;
} MentionData;

typedef struct EntityData {
    PyObject *name;  /* str */
    PyObject *kb_id; /* str, or NULL */
    uint32_t member_first, member_count;
    uint8_t label;
} EntityData;

typedef struct CandidateData {
    uint32_t entity;
    double score;
} CandidateData;

typedef struct QuoteData {
    Range cue, source;
    uint32_t content_first, content_count;
    uint32_t speaker, parent;
    CandidateData candidates[QUOTH_SPEAKERS_MAX];
    uint32_t candidate_count;
    double score;
    PyObject *rule; /* str */
    uint8_t type, reason, attitude;
    bool factual, closed;
} QuoteData;

typedef struct Counts {
    size_t paragraphs, sentences, tokens, quotations, mentions, entities, quotes, contents,
        warnings, matches, members;
} Counts;

/* All arrays lie in one zeroed block. The *_first arrays have one more element than there are
 * entities: what belongs to entity i is at [first[i], first[i + 1]). */
typedef struct Data {
    void *block;
    Counts count;
    Range frame[FRAME_COUNT];
    Date dateline_date, source_date;
    KindRange *paragraphs;
    Range *sentences;
    Range *tokens;
    QuotationData *quotations;
    MentionData *mentions; /* the mentions, then the matches */
    EntityData *entities;
    uint32_t *members; /* indexes of entities: those of each family */
    QuoteData *quotes;
    Range *contents;
    KindRange *warnings;
    uint32_t *mention_first, *mention_of; /* indexes of the mentions of each entity */
    uint32_t *quote_first, *quote_of;     /* indexes of the quotes of each speaker */
} Data;

/* Immutable once it is published. */
typedef struct Record {
    PyObject_HEAD PyObject *text; /* exact str */
    PyObject *model_version;      /* exact str, or NULL: no model */
    PyObject *pipeline_version;   /* exact str, or NULL: not known */
    PyObject *labels;             /* tuple of str: those above quoth's own, or NULL */
    PyObject *sentence_labels;    /* dict from indexes of sentences to str, or NULL: no labels */
    PyObject *own_data;           /* dict: what components of the caller's have to say, or NULL */
    Data data;
} Record;

/* --- objects ---------------------------------------------------------------------------------- */

typedef struct SpanObject {       /* Span */
    PyObject_HEAD PyObject *text; /* exact str: the whole text */
    Py_ssize_t start, end;
} SpanObject;

typedef struct SentenceObject {
    SpanObject span;
    PyObject *label; /* exact str, or NULL */
} SentenceObject;

_Static_assert(sizeof(SentenceObject) != sizeof(SpanObject), "told apart by their size");

typedef struct KindSpanObject { /* Paragraph, TextWarning */
    SpanObject span;
    PyObject *detail; /* of a TextWarning: exact str, or NULL */
    uint8_t kind;
} KindSpanObject;

typedef struct RecordSpanObject { /* Dateline, SourceLine, Quotation, Mention */
    SpanObject span;
    Record *record;
    uint32_t index;
} RecordSpanObject;

typedef struct ItemObject { /* Entity, Quote */
    PyObject_HEAD Record *record;
    uint32_t index;
} ItemObject;

typedef enum ListIndex {
    LIST_SENTS,
    LIST_PARAGRAPHS,
    LIST_TOKENS,
    LIST_QUOTES,
    LIST_QUOTATIONS,
    LIST_ENTS,
    LIST_ENTITIES,
    LIST_WARNINGS,
    LIST_MATCHES,
    LIST_COUNT,
} ListIndex;

typedef struct DocumentObject {
    PyObject_HEAD Record *record;
    PyObject *lists[LIST_COUNT]; /* tuples, made when first asked for */
} DocumentObject;

enum { SCRATCH_KEPT = 32 }; /* more threads than that make scratches of their own each time */

typedef struct PipelineObject {
    PyObject_HEAD quoth_pipeline *core;
    PyObject *language;        /* exact str */
    PyObject *abbreviations;   /* sorted tuple of exact str */
    PyObject *model;           /* Model, or NULL: rules and lists only */
    PyObject *version;         /* of the model, or NULL */
    PyObject *extras;          /* tuple: the caller's own knowledge, see knowledge.c */
    PyObject *labels;          /* tuple of str: labels of the caller's own, or NULL */
    quoth_finder *finders;     /* for the core; their strings are those of extras */
    PyObject **finder_entries; /* of extras, borrowed: that of each finder */
    size_t finder_count;
    quoth_words *words; /* the same, of cues and titles */
    size_t word_count;
    size_t component_count; /* of extras */
    PyObject *content;      /* str: a hash of all that the pipeline is */
    unsigned stages;
    quoth_newlines newlines;
    bool split_in_quotes;
    PyThread_type_lock lock; /* guards what follows; held for a few instructions */
    quoth_scratch *kept[SCRATCH_KEPT];
    int kept_count;
} PipelineObject;

/* A text that is being read step by step, for components; see reading.c. */
typedef struct ReadingObject {
    PyObject_HEAD PipelineObject *pipeline;
    PyObject *text;     /* exact str */
    quoth_doc *doc;     /* NULL: not begun, or handed to a thread */
    PyObject *labels;   /* list of str: those above quoth's own */
    quoth_trace *trace; /* NULL: what is tried is not to be told */
    Data data;          /* what a thread read of doc, if its block is not NULL */
    Record *record;     /* what doc says, or NULL: not asked for since it changed */
    unsigned stages;
    bool busy; /* a thread has it */
} ReadingObject;

typedef struct
    OffsetsObject { /* SentenceOffsets; ob_size is the number of values, two a sentence */
    PyObject_VAR_HEAD Py_ssize_t shape[2], strides[2]; /* for the buffer protocol */
    int64_t values[];
} OffsetsObject;

/* --- text.c ----------------------------------------------------------------------------------- */

/* A new reference to object as an exact str; TypeError naming the argument if it is not a str. */
PyObject *py_text_check(PyObject *object, const char *argument);
/* How text is stored, for the core; it borrows text. Cannot fail. */
quoth_input py_text_input(PyObject *text);
/* The code points [start, end) of text. */
PyObject *py_text_slice(PyObject *text, Py_ssize_t start, Py_ssize_t end);
/* The same, shortened for a repr. */
PyObject *py_text_excerpt(PyObject *text, Py_ssize_t start, Py_ssize_t end);
bool py_text_equal(PyObject *a, PyObject *b);

/* --- names.c ---------------------------------------------------------------------------------- */

int py_names_init(State *state);
int py_names_count(NameSet set);
/* A new reference; what lies outside the set is the name of its first element. */
PyObject *py_name(const State *state, NameSet set, unsigned value);
/* The value of a name, or -1 (with no exception set). */
int py_name_find(const State *state, NameSet set, PyObject *name);
/* "'a', 'b' or 'c'", for messages. */
PyObject *py_names_listed(const State *state, NameSet set);

/* --- record.c --------------------------------------------------------------------------------- */

extern PyType_Spec py_record_spec;

/* Allocates the arrays that counts asks for; needs no GIL. */
quoth_status py_data_alloc(Data *data, const Counts *counts);
/* Copies all numbers of doc, as code points, and leaves room for more warnings; needs no GIL. */
quoth_status py_data_read(Data *data, const quoth_doc *doc, size_t more_warnings);
/* Fills the index from entities to mentions and quotes; needs no GIL. */
void py_data_index(Data *data);
/* Frees the arrays and the strings that they hold. */
void py_data_clear(Data *data);
/* Takes over *data (also on failure) and holds text. */
Record *py_record_new(const State *state, PyObject *text, Data *data);
/* Sets the str members that come from doc. */
int py_record_name(Record *self, const quoth_doc *doc);
/* The same for what the caller's knowledge found. */
int py_record_finds(Record *self, const PipelineObject *pipeline, const quoth_doc *doc);
/* Raises PatternError if a pattern that was given up was to be an error. */
int py_limits_check(const PipelineObject *pipeline, PyObject *text, const quoth_doc *doc);
bool py_record_equal(const Record *a, const Record *b);
bool py_range_equal(Range a, Range b);
bool py_date_equal(Date a, Date b);
bool py_date_valid(int year, int month, int day);

/* --- extra.c ---------------------------------------------------------------------------------- */

PyObject *py_label(const State *state, const Record *record, unsigned label);
bool py_label_equal(const Record *a, unsigned x, const Record *b, unsigned y);
/* The number of a label, of quoth's or one of labels (may be NULL), or -1 with no exception set. */
int py_label_find(const State *state, PyObject *labels, PyObject *name);
bool py_extra_equal(PyObject *a, PyObject *b);
/* A borrowed value, or NULL with no exception set. */
PyObject *py_extra_get(const State *state, PyObject *extra, KeyIndex key);
/* A copy of plain values, None, bool, int, finite float, str, and lists and dicts of them with str as
 * keys, or an error that names where in it something else is. */
PyObject *py_plain_copy(PyObject *value, const char *where);
/* Copies all of extra (may be NULL) into dict. */
int py_extra_put(PyObject *dict, PyObject *extra);
/* A dict from names to Span. */
PyObject *py_extra_fields(const State *state, PyObject *extra, PyObject *text);
/* Adds a value, which it takes over, to *extra, which is made when needed. */
int py_extra_add(const State *state, PyObject **extra, KeyIndex key, PyObject *value);

/* --- export.c, import.c: the JSON form -------------------------------------------------------- */

/* The dict form, described in design and docs. */
PyObject *py_record_export(State *state, const Record *self, bool with_text, bool with_tokens);
/* text may be NULL: it is in the dict then. ValueError names the field that is wrong. */
Record *py_record_import(State *state, PyObject *dict, PyObject *text);

/* --- span.c and the types that extend Span ---------------------------------------------------- */

extern PyType_Spec py_span_spec, py_sentence_spec, py_paragraph_spec, py_warning_spec,
    py_dateline_spec, py_source_line_spec, py_quotation_spec, py_mention_spec, py_entity_spec,
    py_quote_spec, py_document_spec, py_pipeline_spec, py_offsets_spec, py_model_spec,
    py_items_spec, py_trainer_spec, py_terms_spec, py_pattern_spec, py_reading_spec;

typedef bool (*SameFunction)(PyObject *a, PyObject *b);

PyObject *py_span_new(const State *state, PyObject *text, Range range);
/* The same, but None when the range is empty. */
PyObject *py_span_or_none(const State *state, PyObject *text, Range range);
/* An object of type, which extends Span, with its Span members set. */
PyObject *py_span_alloc(PyTypeObject *type, PyObject *text, Py_ssize_t start, Py_ssize_t end);
/* Equality by type, text, offsets and same (may be NULL); order by offsets within one text. */
PyObject *py_span_compare(PyObject *a, PyObject *b, int operation, SameFunction same);
PyObject *py_span_repr(PyObject *self);
Py_hash_t py_span_hash(PyObject *self);
/* For constructors: (text, start_char, end_char[, extra]); extra may be NULL. */
PyObject *py_span_construct(PyTypeObject *type, PyObject *args, PyObject *kwargs,
                            const char *extra_name, PyObject **extra);
void py_span_dealloc(PyObject *self);

/* A Span with a kind out of set; the constructor's argument is called argument. */
PyObject *py_kind_new(PyTypeObject *type, PyObject *text, const KindRange *data);
PyObject *py_kind_construct(PyTypeObject *type, PyObject *args, PyObject *kwargs, NameSet set,
                            const char *argument);
PyObject *py_kind_compare(PyObject *a, PyObject *b, int operation);
PyObject *py_kind_repr(PyObject *self, NameSet set, const char *argument);
PyObject *py_kind_reduce(PyObject *self, NameSet set);
bool py_detail_equal(PyObject *a, PyObject *b);
PyObject *py_sentence_new(const State *state, const Record *record, size_t index);
PyObject *py_sentence_label(const Record *record, size_t index); /* borrowed, or NULL */

/* An object of a type that holds a Record and an index. */
PyObject *py_record_span_new(PyTypeObject *type, Record *record, Range range, uint32_t index);
PyObject *py_item_new(PyTypeObject *type, Record *record, uint32_t index);
void py_record_span_dealloc(PyObject *self);
void py_item_dealloc(PyObject *self);
/* Pickling of such an object; what is a name that item.c knows. */
PyObject *py_item_reduce(PyObject *self, Record *record, const char *what, uint32_t index);
/* The function _core.item(record, what, index). */
PyObject *py_item_restore(PyObject *module, PyObject *const *args, Py_ssize_t count);
/* copy.copy and copy.deepcopy of what never changes. */
PyObject *py_same_object(PyObject *self, PyObject *ignored);

#define PY_COPY_METHODS                                                                            \
    {"__copy__", py_same_object, METH_NOARGS, NULL},                                               \
    {                                                                                              \
        "__deepcopy__", py_same_object, METH_O, NULL                                               \
    }

PyObject *py_dateline_or_none(const State *state, Record *record);
PyObject *py_source_line_or_none(const State *state, Record *record);
PyObject *py_quotation_new(const State *state, Record *record, uint32_t index);
PyObject *py_mention_new(const State *state, Record *record, uint32_t index);
PyObject *py_entity_new(const State *state, Record *record, uint32_t index);
PyObject *py_quote_new(const State *state, Record *record, uint32_t index);
/* The same, but None for QUOTH_NONE. */
PyObject *py_entity_or_none(const State *state, Record *record, uint32_t index);
PyObject *py_quote_or_none(const State *state, Record *record, uint32_t index);

/* By value, offsets included; the caller has compared the texts. */
/* What the words of a date, an amount or a number say (str), or None. */
PyObject *py_value_of(const State *state, PyObject *text, const Data *data, Range span,
                      unsigned label);
bool py_mention_equal(const Record *a, uint32_t i, const Record *b, uint32_t j);
bool py_quote_equal(const Record *a, uint32_t i, const Record *b, uint32_t j);
/* The same, but for the quote that it belongs to. */
bool py_quotation_alike(const Record *a, uint32_t i, const Record *b, uint32_t j);
/* The same name, label and identifier; QUOTH_NONE is like QUOTH_NONE only. */
bool py_entity_alike(const Record *a, uint32_t i, const Record *b, uint32_t j);
/* The distinct texts of its mentions other than its name, in text order. */
PyObject *py_entity_aliases(const Record *record, uint32_t index);
PyObject *py_entity_titles(const Record *record, uint32_t index);

/* A tuple of all things of one kind. */
/* The Items with what is in a tuple (steals nothing); NULL with an exception. */
PyObject *py_items_new(const State *state, PyObject *tuple);
PyObject *py_list_new(const State *state, Record *record, ListIndex list);
PyObject *py_document_new(const State *state, Record *record);
PyObject *py_document_list(PyObject *self, ListIndex list);

/* --- pipeline.c, options.c, split.c, offsets.c ------------------------------------------------- */

/* A scratch for one reading, and back. Both are called with the GIL. */
quoth_status py_scratch_take(PipelineObject *self, quoth_scratch **out);
void py_scratch_give(PipelineObject *self, quoth_scratch *scratch);

/* A Record of what was read from text, named and complete. It takes over data and doc, which are set
 * if status is QUOTH_OK, and raises what belongs to the status if it is not. */
Record *py_record_made(PipelineObject *self, PyObject *text, quoth_status status,
                       const quoth_error *error, Data *data, quoth_doc *doc);
/* Fails when the pipeline was made without one of the stages needed. */
int py_pipeline_need(PyObject *self, unsigned stages);

/* The arguments of Pipeline(); an object may be NULL: not given. */
int py_option_newlines(const State *state, PyObject *object, quoth_newlines *out);
int py_option_stages(const State *state, PyObject *object, unsigned *out);
/* An exact str, and the same at name, as a C string in so much room. */
PyObject *py_option_language(PyObject *object, char *name, size_t room);
/* A sorted tuple of distinct exact str. */
PyObject *py_option_abbreviations(PyObject *object);
/* The Model given, the one that comes with quoth for stages that use one, or NULL. */
int py_option_model(const State *state, PyObject *object, unsigned stages, PyObject *language,
                    PyObject **out);
/* The words of such a tuple as UTF-8, which they own; the array is for PyMem_Free(). */
const char **py_option_words(PyObject *tuple);

/* Methods of Pipeline. */
PyObject *py_pipeline_sents(PyObject *self, PyObject *text);
PyObject *py_pipeline_split(PyObject *self, PyObject *text);
PyObject *py_pipeline_sentence_offsets(PyObject *self, PyObject *text);
/* The function _core.sentence_decisions(pipeline, text): (end, rule, features) of each. */
PyObject *py_pipeline_decisions(PyObject *module, PyObject *const *args, Py_ssize_t count);

/* A SentenceOffsets of count pairs, copied. */
PyObject *py_offsets_new(PyTypeObject *type, const int64_t *values, size_t count);

/* For training: see quote_training.c. */
PyObject *py_trace(PyObject *module, PyObject *const *args, Py_ssize_t count);
PyObject *py_fit(PyObject *module, PyObject *args);
/* The function _core.explain(pipeline, text, start, end): (start, end, feature, weight). */
PyObject *py_pipeline_explain(PyObject *module, PyObject *args);

/* The core's memory comes from Python's raw allocator: so tracemalloc and the tests see it. */
extern const quoth_allocator py_memory;

/* Lives as long as the Pipeline. */
const quoth_pipeline *py_pipeline_core(PyObject *self);

/* --- model.c ---------------------------------------------------------------------------------- */

/* What a pipeline borrows; lives as long as the Model. */
const quoth_model *py_model_core(PyObject *self);
/* The same content; either may be NULL: no model. */
bool py_model_equal(PyObject *a, PyObject *b);
PyObject *py_model_version(PyObject *self);

/* --- terms.c, knowledge.c --------------------------------------------------------------------- */

/* Lives as long as the Terms. */
const quoth_terms *py_terms_core(PyObject *self);
/* Lives as long as the Pattern. */
const quoth_pattern *py_pattern_core(PyObject *self);
PyObject *py_pattern_groups(PyObject *self); /* borrowed */
/* Raises PatternError; position may be None. */
void py_pattern_error(const State *state, PyObject *pattern, PyObject *position, PyObject *message);
/* The function _core.text_warning(text, start, end, code, detail): unpickles a TextWarning. */
PyObject *py_warning_restore(PyObject *module, PyObject *args);
/* The number of a label, added to labels (a list) when it is new; -1 with an exception. */
int py_label_number(const State *state, PyObject *labels, PyObject *name);
/* The hash of all that a pipeline is: see version.c. */
PyObject *py_pipeline_content(const State *state, const PipelineObject *self);
/* Checks extras (may be NULL: none) and keeps what the core needs of them. */
int py_knowledge_init(const State *state, PipelineObject *self, PyObject *extras);

/* --- capsule.c -------------------------------------------------------------------------------- */

/* Adds component_api, for components in C, to the module. */
int py_capsule_add(PyObject *module);

/* --- module.c --------------------------------------------------------------------------------- */

/* Calls a function of one of the package's Python modules with self before the arguments. */
PyObject *py_call_python(const char *module, const char *function, PyObject *self,
                         PyObject *const *args, Py_ssize_t count, PyObject *keywords);
/* Sets the exception that belongs to a status. */
void py_raise(const State *state, quoth_status status, const quoth_error *error);

#endif
