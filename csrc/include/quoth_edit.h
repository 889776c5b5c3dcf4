/* quoth_edit.h - reading in steps, and changing what a step found before the next one reads it.
 *
 * Flow. quoth_read_until() reads a text up to a stage; quoth_doc_edit_mentions() and
 * quoth_doc_edit_quotes() change what is there; quoth_read_on() goes on, and makes again what was
 * made of something that has changed since: entities and quotes follow from mentions. Changes of
 * quotes are kept, and made again whenever quotes are found again.
 *
 * Ownership. All that an edit holds is copied. Errors: QUOTH_ERROR_MEMORY, after which the document
 * can only be freed; QUOTH_ERROR_ARGUMENT, after which it is as it was. Complexity: an edit of
 * mentions or quotes is linear in those that there are, n log n in the edits.
 *
 * A document that is being edited is its owner's alone: one thread at a time. Everything that an
 * accessor returned before an edit, or before reading on, may be gone after it.
 */
#ifndef QUOTH_EDIT_H
#define QUOTH_EDIT_H

#include "quoth_extend.h"

#ifdef __cplusplus
extern "C" {
#endif

/* quoth_read() that stops when the stages up to until have run: QUOTH_STAGE_SENTENCE or
 * QUOTH_STAGE_STRUCTURE (one step), QUOTH_STAGE_ENTITY, _LINK or _ATTRIBUTION. */
QUOTH_API QUOTH_MUST_USE quoth_status quoth_read_until(const quoth_pipeline *self,
                                                       quoth_scratch *scratch, quoth_input text,
                                                       unsigned stages, quoth_stage until,
                                                       quoth_doc **out, quoth_error *error);
/* Goes on with a document that the same pipeline began; what is done already is not done again. On
 * failure the document can only be freed. */
QUOTH_API QUOTH_MUST_USE quoth_status quoth_read_on(const quoth_pipeline *self,
                                                    quoth_scratch *scratch, quoth_doc *doc,
                                                    quoth_stage until, quoth_error *error);

/* The byte at a code point (at <= their number). Logarithmic in the text. */
QUOTH_API uint32_t quoth_doc_byte(const quoth_doc *self, uint32_t codepoint);

/* What a mention stands for, beyond what the text says; members may be absent. */
typedef struct quoth_given {
    quoth_string kb_id, name, value;
} quoth_given;
/* Those that edits gave: quoth_find.given is an index + 1. */
QUOTH_API const quoth_given *quoth_doc_given(const quoth_doc *self, size_t *count);

typedef struct quoth_mention_edit {
    uint32_t mention; /* index of the one that is changed or rejected; QUOTH_NONE: a new one */
    bool reject;
    quoth_span span;       /* of a new one: in one paragraph, not empty */
    quoth_overlap overlap; /* of a new one that overlaps others: LONGEST, REPLACE, KEEP, BESIDE */
    uint8_t label;         /* 0: that of the mention as it is */
    float score;
    quoth_given given;
    const char *rule; /* who says so */
} quoth_mention_edit;

/* Changes mentions, once QUOTH_STAGE_ENTITY has been read, in the order of edits. Entities and quotes
 * are gone then, until quoth_read_on(). Of new mentions that overlap each other the first stays. */
QUOTH_API QUOTH_MUST_USE quoth_status quoth_doc_edit_mentions(quoth_doc *self,
                                                              const quoth_mention_edit *edits,
                                                              size_t count);
/* Whether a span can be that of a mention: not empty, between characters, in one paragraph. */
QUOTH_API bool quoth_doc_can_hold(const quoth_doc *self, quoth_span span);

typedef enum quoth_quote_change {
    QUOTH_QUOTE_ADD,
    QUOTH_QUOTE_REJECT,
    QUOTH_QUOTE_SPEAKER, /* says whose it is */
} quoth_quote_change;

typedef struct quoth_quote_edit {
    quoth_quote_change change;
    /* Of a new quote all of them; else the first piece of the quote that is meant. */
    const quoth_span *contents;
    size_t content_count;
    quoth_span speaker;     /* a mention of the entity; absent: nobody */
    quoth_span cue, source; /* the rest is for new quotes */
    quoth_quote_type type;
    quoth_attitude attitude;
    bool factual;
    float score;
    const char *rule; /* who says so */
} quoth_quote_edit;

/* Changes quotes; they show after the next quoth_read_on() to QUOTH_STAGE_ATTRIBUTION. */
QUOTH_API QUOTH_MUST_USE quoth_status quoth_doc_edit_quotes(quoth_doc *self,
                                                            const quoth_quote_edit *edits,
                                                            size_t count);

#ifdef __cplusplus
}
#endif
#endif
