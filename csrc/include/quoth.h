/* quoth.h - the public interface of the quoth core: an article in, a document out.
 *
 * Flow. A caller makes one quoth_pipeline (immutable, shared by any number of threads), one
 * quoth_scratch per thread, and calls quoth_read() once per article. The result, a quoth_doc, is
 * complete and frozen when quoth_read() returns.
 *
 * Ownership. The caller owns what a *_new() or quoth_read() hands out and gives it back to the
 * matching *_free(), which takes NULL too. A document borrows the UTF-8 that it was read from: the
 * caller keeps those bytes alive and unchanged for as long as the document. Everything that an
 * accessor returns belongs to the document and lives as long as it does.
 *
 * Units. Every offset is a half-open [start, end) in bytes of the UTF-8 text; every span starts and
 * ends between characters. quoth_doc_codepoint() turns a byte offset into a code-point offset.
 *
 * Errors. A function that can fail returns a quoth_status, its outputs come last and are set to NULL
 * or left alone on failure. Finding nothing is success with zero results. Text is never an error as
 * long as it is UTF-8. Nothing here prints, aborts, reads the locale or writes a global.
 *
 * Complexity. Time and memory are linear in the size of the text.
 */
#ifndef QUOTH_H
#define QUOTH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define QUOTH_VERSION "0.1.0"

/* Who compiles the core into a library of their own defines QUOTH_API as nothing: it stays inside. */
#ifndef QUOTH_API
#if defined(__GNUC__)
#define QUOTH_API __attribute__((visibility("default")))
#else
#define QUOTH_API
#endif
#endif

#if defined(__GNUC__)
#define QUOTH_MUST_USE __attribute__((warn_unused_result))
#else
#define QUOTH_MUST_USE
#endif

/* "None" where a record refers to another one by its index. */
#define QUOTH_NONE UINT32_MAX
/* The longest text that is read, in bytes; offsets are 32 bits wide. */
#define QUOTH_TEXT_MAX ((size_t)UINT32_MAX - 64)

typedef enum quoth_status {
    QUOTH_OK = 0,
    QUOTH_ERROR_MEMORY,       /* an allocation failed */
    QUOTH_ERROR_UTF8,         /* the bytes are not UTF-8; error.position says where */
    QUOTH_ERROR_LIMIT,        /* the text is longer than QUOTH_TEXT_MAX */
    QUOTH_ERROR_PATTERN,      /* a pattern does not compile; position is within the pattern */
    QUOTH_ERROR_ARGUMENT,     /* an option has no such value, or a language is not known */
    QUOTH_ERROR_ABBREVIATION, /* a word can't be one; position is its index, not a byte */
    QUOTH_ERROR_MODEL,        /* a model file is no such file, or damaged; position is within it */
} quoth_status;

/* What went wrong and where; filled when a call that takes one fails. */
typedef struct quoth_error {
    quoth_status status;
    size_t position;   /* bytes, but where the status says otherwise */
    char message[200]; /* one NUL-terminated English sentence */
} quoth_error;

/* The English name of a status; never NULL, static. */
QUOTH_API const char *quoth_status_message(quoth_status status);

/* Where memory comes from. resize(NULL, n) allocates; release(NULL) does nothing. */
typedef struct quoth_allocator {
    void *(*resize)(void *context, void *block, size_t size);
    void (*release)(void *context, void *block);
    void *context;
} quoth_allocator;

/* --- the model ---------------------------------------------------------------------------------- */

/* A model file, checked; immutable, shared by pipelines and threads. */
typedef struct quoth_model quoth_model;

/* Checks the bytes of a model file wholly and keeps a pointer to them: the caller keeps them, at a
 * multiple of 8 in memory and unchanged, for as long as the model, and the model for as long as any
 * pipeline that was made with it. allocator (NULL: malloc and free) and error may be NULL. */
QUOTH_API QUOTH_MUST_USE quoth_status quoth_model_open(const void *bytes, size_t size,
                                                       const quoth_allocator *allocator,
                                                       quoth_model **out, quoth_error *error);
QUOTH_API void quoth_model_free(quoth_model *self);
/* Two models with the same checksum are the same model. */
QUOTH_API uint64_t quoth_model_checksum(const quoth_model *self);

/* --- what to do --------------------------------------------------------------------------------- */

/* Stages by name; a stage that is asked for brings those that it needs. */
typedef enum quoth_stage {
    QUOTH_STAGE_SENTENCE = 1,    /* paragraphs, quotations and sentences */
    QUOTH_STAGE_STRUCTURE = 2,   /* title, standfirst, byline, dateline, source line, author note */
    QUOTH_STAGE_ENTITY = 4,      /* tokens and mentions */
    QUOTH_STAGE_LINK = 8,        /* entities, pronouns */
    QUOTH_STAGE_ATTRIBUTION = 16 /* quotes */
} quoth_stage;
#define QUOTH_STAGE_ALL 31u

/* What one newline means (an empty line always ends a paragraph). */
typedef enum quoth_newlines {
    QUOTH_NEWLINES_AUTO = 0, /* decided per document: hard-wrapped text is recognised */
    QUOTH_NEWLINES_BREAK,    /* ends a paragraph */
    QUOTH_NEWLINES_SPACE,    /* is white space */
} quoth_newlines;

typedef struct quoth_options {
    const char *language; /* "en" */
    unsigned stages;      /* union of quoth_stage; 0 means QUOTH_STAGE_ALL */
    quoth_newlines newlines;
    bool keep_quotes_whole; /* true: no sentence ends inside a quotation */
    /* Words of the caller's that a full stop shortens ("Amb", "Amb."), in UTF-8, without white
     * space; copied. They end a sentence only before a word that typically begins one. */
    const char *const *abbreviations;
    size_t abbreviation_count;
    const quoth_model *model;                /* borrowed; NULL: rules and lists only */
    const struct quoth_knowledge *knowledge; /* of the caller's own (quoth_extend.h), or NULL */
    const quoth_allocator *allocator;        /* NULL: malloc and free; copied */
} quoth_options;

typedef struct quoth_pipeline quoth_pipeline; /* immutable after construction, shared by threads */
typedef struct quoth_scratch quoth_scratch;   /* one thread at a time; reused from text to text */
typedef struct quoth_doc quoth_doc;           /* one article, read */

/* options may be NULL for the defaults. error may be NULL. */
QUOTH_API QUOTH_MUST_USE quoth_status quoth_pipeline_new(const quoth_options *options,
                                                         quoth_pipeline **out, quoth_error *error);
QUOTH_API void quoth_pipeline_free(quoth_pipeline *self);
/* Union of its stages, with those that the ones asked for need. */
QUOTH_API unsigned quoth_pipeline_stages(const quoth_pipeline *self);

QUOTH_API QUOTH_MUST_USE quoth_status quoth_scratch_new(const quoth_pipeline *pipeline,
                                                        quoth_scratch **out);
QUOTH_API void quoth_scratch_free(quoth_scratch *self);

/* How a text is stored. What is not UTF-8 is transcoded, and the document holds the result. */
typedef enum quoth_encoding {
    QUOTH_UTF8 = 0, /* checked (RFC 3629) and read where it lies */
    QUOTH_LATIN1,   /* the three others: one unit of 1, 2 or 4 bytes per code point, as CPython */
    QUOTH_UCS2,     /* stores a str (PEP 393), in the machine's byte order; a surrogate, and what */
    QUOTH_UCS4,     /* lies beyond U+10FFFF, is read as U+FFFD */
} quoth_encoding;

/* A text, which may hold NUL and need not end with one. */
typedef struct quoth_input {
    const void *data;
    size_t length; /* in units: bytes, or code points of 1, 2 or 4 bytes */
    quoth_encoding encoding;
} quoth_input;

static inline quoth_input quoth_utf8(const char *bytes, size_t size)
{
    quoth_input input = {bytes, size, QUOTH_UTF8};
    return input;
}

/* Reads a text. stages narrows those of the pipeline for this call (0: all that the pipeline has).
 * error may be NULL. */
QUOTH_API QUOTH_MUST_USE quoth_status quoth_read(const quoth_pipeline *self, quoth_scratch *scratch,
                                                 quoth_input text, unsigned stages, quoth_doc **out,
                                                 quoth_error *error);
QUOTH_API void quoth_doc_free(quoth_doc *self);

typedef enum quoth_unit {
    QUOTH_UNIT_BYTE = 0, /* of the text as UTF-8 */
    QUOTH_UNIT_CODEPOINT,
} quoth_unit;

/* The sentences only, without a document: the quick way. *offsets holds the start and the end of
 * each of *count sentences, one after the other; it lies in the scratch and is valid until that is
 * used again. error may be NULL. */
QUOTH_API QUOTH_MUST_USE quoth_status quoth_split(const quoth_pipeline *self,
                                                  quoth_scratch *scratch, quoth_input text,
                                                  quoth_unit unit, const int64_t **offsets,
                                                  size_t *count, quoth_error *error);

/* A place where a sentence may end, as the model of the sentence stage sees it. */
typedef struct quoth_decision {
    size_t end;               /* where the sentence would end */
    bool rule;                /* what the rules say without the model */
    const uint16_t *features; /* indexes of weights */
    size_t feature_count;
} quoth_decision;

/* For training: all places of a text that the model is asked about, in the order of the stops that
 * they are about; a stop within a note ("!" before "[The end?]") comes behind the one that the note
 * belongs to, though its end is before that one's. The rules' verdicts count, whatever the model in
 * use says. Like quoth_split() otherwise. */
QUOTH_API QUOTH_MUST_USE quoth_status quoth_decisions(const quoth_pipeline *self,
                                                      quoth_scratch *scratch, quoth_input text,
                                                      quoth_unit unit,
                                                      const quoth_decision **decisions,
                                                      size_t *count, quoth_error *error);

/* --- what comes out ----------------------------------------------------------------------------- */

typedef struct quoth_span {
    uint32_t start, end; /* start == end: absent */
} quoth_span;

/* Bytes, not NUL-terminated; data is NULL when absent. */
typedef struct quoth_string {
    const char *data;
    size_t size;
} quoth_string;

typedef enum quoth_paragraph_kind {
    QUOTH_PARAGRAPH_BODY = 0,
    QUOTH_PARAGRAPH_TITLE,
    QUOTH_PARAGRAPH_STANDFIRST,
    QUOTH_PARAGRAPH_BYLINE,
    QUOTH_PARAGRAPH_DATELINE,
    QUOTH_PARAGRAPH_SOURCE_LINE,
    QUOTH_PARAGRAPH_HEADING,
    QUOTH_PARAGRAPH_LIST_ITEM,
    QUOTH_PARAGRAPH_AUTHOR_NOTE,
} quoth_paragraph_kind;

/* In text order, not overlapping; white space at either end left out. */
typedef struct quoth_paragraph {
    quoth_span span;
    quoth_paragraph_kind kind;
} quoth_paragraph;

/* The parts of an article that stand outside its running text. A dateline may be a line of its own
 * ("August 3, 2020 - Commentary") or open the first paragraph ("SEOUL, South Korea (AP) -"). */
typedef struct quoth_frame {
    quoth_span title, standfirst, byline, dateline, source_line, author_note;
    quoth_span place;   /* within the dateline */
    quoth_span section; /* within the dateline: the kind of article */
    quoth_span outlet;  /* within the source line, or the agency of the dateline */
    int16_t year;       /* of the dateline, else of the source line; 0: unknown */
    uint8_t month, day; /* 0: unknown */
} quoth_frame;

/* In text order; cover every character that is not white space. */
typedef struct quoth_sentence {
    quoth_span span;
    uint32_t paragraph; /* index */
} quoth_sentence;

typedef enum quoth_quotation_kind {
    QUOTH_QUOTATION_SPEECH = 0,
    QUOTH_QUOTATION_SCARE, /* words set apart */
    QUOTH_QUOTATION_TITLE, /* of a work */
    QUOTH_QUOTATION_NICKNAME,
    QUOTH_QUOTATION_MENTION, /* a word as a word */
} quoth_quotation_kind;

/* A stretch between quotation marks, in order of start; nested ones follow the one around them. */
typedef struct quoth_quotation {
    quoth_span span;  /* marks included */
    quoth_span inner; /* without the marks */
    quoth_quotation_kind kind;
    bool closed;        /* false: the closing mark is missing, or the next paragraph reopens it */
    uint32_t parent;    /* quotation around this one, or QUOTH_NONE */
    uint32_t continues; /* quotation of an earlier paragraph that this one goes on with, or NONE */
    uint32_t quote;     /* quote that holds it, or QUOTH_NONE */
} quoth_quotation;

/* OntoNotes labels. */
typedef enum quoth_label {
    QUOTH_LABEL_NONE = 0,
    QUOTH_LABEL_PERSON,
    QUOTH_LABEL_NORP,
    QUOTH_LABEL_FAC,
    QUOTH_LABEL_ORG,
    QUOTH_LABEL_GPE,
    QUOTH_LABEL_LOC,
    QUOTH_LABEL_PRODUCT,
    QUOTH_LABEL_EVENT,
    QUOTH_LABEL_WORK_OF_ART,
    QUOTH_LABEL_LAW,
    QUOTH_LABEL_LANGUAGE,
    QUOTH_LABEL_DATE,
    QUOTH_LABEL_TIME,
    QUOTH_LABEL_PERCENT,
    QUOTH_LABEL_MONEY,
    QUOTH_LABEL_QUANTITY,
    QUOTH_LABEL_ORDINAL,
    QUOTH_LABEL_CARDINAL,
} quoth_label;
QUOTH_API const char *quoth_label_name(quoth_label label); /* "PERSON", ...; "" for NONE */

/* In text order, not overlapping. */
typedef struct quoth_mention {
    quoth_span span;
    quoth_span title; /* a person's title or role beside the name, or absent */
    quoth_label label;
    uint32_t entity;  /* index, or QUOTH_NONE */
    float score;      /* 0 to 1 */
    const char *rule; /* static name of what found it, e.g. "gazetteer", "title+name" */
    uint32_t find;    /* 0, or 1 + the index of the caller's find (quoth_extend.h) */
} quoth_mention;

/* In order of first mention. Its mentions are those whose .entity is its index. */
typedef struct quoth_entity {
    quoth_string name;  /* canonical; points into the text or into static tables */
    quoth_string kb_id; /* Wikidata, e.g. "Q423", or absent */
    quoth_label label;
    uint32_t mention_count;
    uint32_t member_first, member_count; /* of a family: into quoth_doc_members(); else 0 */
} quoth_entity;

typedef enum quoth_quote_type {
    QUOTH_QUOTE_DIRECT = 0,
    QUOTH_QUOTE_MIXED,
    QUOTH_QUOTE_INDIRECT,
} quoth_quote_type;
QUOTH_API const char *quoth_quote_type_name(quoth_quote_type type); /* "direct", ... */

typedef enum quoth_attitude {
    QUOTH_ATTITUDE_SPEECH = 0,
    QUOTH_ATTITUDE_BELIEF,
    QUOTH_ATTITUDE_INTENTION,
    QUOTH_ATTITUDE_EMOTION,
    QUOTH_ATTITUDE_EVIDENCE, /* what documents or polls show */
} quoth_attitude;

/* How the speaker was found, or why there is none. */
typedef enum quoth_speaker_reason {
    QUOTH_SPEAKER_NAME = 0,     /* the source names an entity */
    QUOTH_SPEAKER_PRONOUN,      /* the source is a pronoun that was resolved */
    QUOTH_SPEAKER_TITLE,        /* a title, role or description ("the daily") of one entity of it */
    QUOTH_SPEAKER_CONTINUED,    /* the speaker of the quote before goes on */
    QUOTH_SPEAKER_LABEL,        /* a transcript's label */
    QUOTH_SPEAKER_SPOKESPERSON, /* somebody without a name speaks for this organization */
    QUOTH_SPEAKER_NO_SOURCE,    /* none: no source was found */
    QUOTH_SPEAKER_UNDECIDED,    /* none: a pronoun that could stand for several, or for none */
    QUOTH_SPEAKER_UNNAMED,      /* none: a description that no name of the article fits */
    QUOTH_SPEAKER_GIVEN,        /* the caller said so (quoth_edit.h) */
} quoth_speaker_reason;

/* An entity that a pronoun may stand for. */
typedef struct quoth_speaker_candidate {
    uint32_t entity; /* index */
    float score;     /* 0 to 1: how likely; what is missing to 1 is somebody else's */
} quoth_speaker_candidate;
#define QUOTH_SPEAKERS_MAX 4

/* In order of the first span of content. */
typedef struct quoth_quote {
    quoth_quote_type type;
    uint32_t content_first, content_count; /* into quoth_doc_contents(); count >= 1 */
    quoth_span cue;                        /* absent when start == end */
    quoth_span source;
    uint32_t speaker; /* entity index, or QUOTH_NONE */
    quoth_speaker_reason speaker_reason;
    /* Whom a pronoun as source may stand for, likeliest first; decided or not. */
    quoth_speaker_candidate candidates[QUOTH_SPEAKERS_MAX];
    uint32_t candidate_count;
    quoth_attitude attitude;
    bool factual;    /* false: not said, might be said, should be said */
    bool closed;     /* false: a closing mark is missing */
    uint32_t parent; /* the quote of whose content this one is a part, or QUOTH_NONE */
    float score;
    const char *rule; /* static name of the rule that attributed it */
} quoth_quote;

typedef enum quoth_warning_code {
    QUOTH_WARNING_UNCLOSED_QUOTATION = 1, /* an opening mark without a partner */
    QUOTH_WARNING_STRAY_MARK,             /* a closing mark without a partner */
    QUOTH_WARNING_PATTERN_LIMIT,          /* of the caller's knowledge: see quoth_doc_limited() */
    QUOTH_WARNING_COMPONENT,              /* a component of the caller's failed: for bindings */
} quoth_warning_code;
QUOTH_API const char *quoth_warning_message(quoth_warning_code code);

typedef struct quoth_warning {
    quoth_warning_code code;
    quoth_span span;
} quoth_warning;

typedef struct quoth_token {
    quoth_span span;
} quoth_token;

/* The text as UTF-8: the bytes that were read, or what they were transcoded to. Names that lie in
 * the text (quoth_entity) point into it. */
QUOTH_API quoth_string quoth_doc_text(const quoth_doc *self);

/* Each accessor returns an array of *count records (NULL with 0 when the stage was not asked for). */
QUOTH_API const quoth_frame *quoth_doc_frame(const quoth_doc *self);
QUOTH_API const quoth_paragraph *quoth_doc_paragraphs(const quoth_doc *self, size_t *count);
QUOTH_API const quoth_sentence *quoth_doc_sentences(const quoth_doc *self, size_t *count);
QUOTH_API const quoth_quotation *quoth_doc_quotations(const quoth_doc *self, size_t *count);
QUOTH_API const quoth_mention *quoth_doc_mentions(const quoth_doc *self, size_t *count);
QUOTH_API const quoth_entity *quoth_doc_entities(const quoth_doc *self, size_t *count);
/* Entities by their index: of each family ("the Clintons") the persons of the document who bear its
 * name, in their order. */
QUOTH_API const uint32_t *quoth_doc_members(const quoth_doc *self, size_t *count);
QUOTH_API const quoth_quote *quoth_doc_quotes(const quoth_doc *self, size_t *count);
QUOTH_API const quoth_span *quoth_doc_contents(const quoth_doc *self, size_t *count);
QUOTH_API const quoth_warning *quoth_doc_warnings(const quoth_doc *self, size_t *count);

/* Tokens are made when asked for by a stage; token i is written to *out. Returns their number. */
QUOTH_API size_t quoth_doc_token_count(const quoth_doc *self);
QUOTH_API quoth_token quoth_doc_token(const quoth_doc *self, size_t index);

/* Number of code points before byte offset at (at <= size, between characters). Constant time. */
QUOTH_API uint32_t quoth_doc_codepoint(const quoth_doc *self, uint32_t at);

/* Why the model took a word of a name for what it did. */
typedef struct quoth_reason {
    quoth_span token;    /* in code points */
    const char *feature; /* static: what was seen, "word before" */
    float weight; /* how much it speaks for the name, over the next best reading (log odds) */
} quoth_reason;

/* The reasons for the name that starts and ends at these code points, the strongest of each token
 * first; none if the model did not find it. They lie in the scratch and are valid until that is
 * used again. error may be NULL. */
QUOTH_API QUOTH_MUST_USE quoth_status quoth_explain(const quoth_pipeline *self,
                                                    quoth_scratch *scratch, quoth_input text,
                                                    quoth_span codepoints,
                                                    const quoth_reason **reasons, size_t *count,
                                                    quoth_error *error);

/* --- training ----------------------------------------------------------------------------------- */

/* The linear models of a model file that choose among candidates. */
typedef enum quoth_model_part {
    QUOTH_MODEL_QUOTE_SOURCE = 0, /* source and cue of a quotation */
    QUOTH_MODEL_CUE,              /* whether a word reports something without marks */
    QUOTH_MODEL_REPORT_SOURCE,    /* who reports it */
    QUOTH_MODEL_START,            /* where what is reported starts */
    QUOTH_MODEL_END,              /* and where it ends */
    QUOTH_MODEL_REPORT,           /* whether all this is a report */
    QUOTH_MODEL_MIXED_START,      /* where a clause starts of which marks hold a part */
    QUOTH_MODEL_MIXED_END,        /* and where it ends */
} quoth_model_part;
#define QUOTH_MODEL_PARTS 8

/* One of the candidates of a choice. What its spans are depends on the part. */
typedef struct quoth_candidate {
    quoth_span source, cue, content;
    uint32_t feature_first, feature_count;
} quoth_candidate;

/* A choice that a model made, or would have made. */
typedef struct quoth_choice {
    uint32_t part;    /* quoth_model_part */
    quoth_span about; /* a quotation, or a cue */
    uint32_t candidate_first, candidate_count;
} quoth_choice;

/* What the models saw while a text was read. */
typedef struct quoth_trace quoth_trace;

/* Reads a text and keeps the choices about its quotes rather than the document. Beyond what reading
 * looks at, every possible cue is looked at. error may be NULL. */
QUOTH_API QUOTH_MUST_USE quoth_status quoth_trace_read(const quoth_pipeline *self,
                                                       quoth_scratch *scratch, quoth_input text,
                                                       quoth_trace **out, quoth_error *error);
QUOTH_API void quoth_trace_free(quoth_trace *self);
QUOTH_API const quoth_choice *quoth_trace_choices(const quoth_trace *self, size_t *count);
QUOTH_API const quoth_candidate *quoth_trace_candidates(const quoth_trace *self, size_t *count);
QUOTH_API const uint32_t *quoth_trace_features(const quoth_trace *self, size_t *count);

/* Choices with their right answers. */
typedef struct quoth_examples {
    const uint32_t *choice_end; /* of each choice: the index behind its last candidate */
    size_t choice_count;
    const uint32_t *candidate_end; /* of each candidate: the index behind its last feature */
    const uint8_t *right;          /* of each candidate: 1 if it is a right answer */
    size_t candidate_count;
    const uint32_t *features;
    size_t feature_count;
} quoth_examples;

typedef struct quoth_fit_options {
    uint32_t bits;   /* 1 to 24: the size of the table of weights */
    uint32_t epochs; /* 1 or more */
    uint32_t seed;
    float rate, decay; /* of learning, and of the weights */
} quoth_fit_options;

/* Fits the weights of a softmax over the candidates of each choice, and rounds them to 8 bits. The
 * same input gives the same output. weights: 1 << bits of them, filled; *scale: what a weight
 * stands for; *loss: the mean of the last epoch. QUOTH_ERROR_ARGUMENT if an index does not fit. */
QUOTH_API QUOTH_MUST_USE quoth_status quoth_fit(const quoth_examples *examples,
                                                const quoth_fit_options *options, int8_t *weights,
                                                float *scale, double *loss);

#ifdef __cplusplus
}
#endif
#endif
