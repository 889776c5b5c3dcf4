/* quoth_extend.h - the caller's own knowledge: terms and patterns that a pipeline looks for.
 *
 * Flow. A caller makes a quoth_terms, adds what it knows to it, builds it, and names it among the
 * finders of quoth_options.knowledge; so it does with a quoth_pattern. A document then has its finds: each mention that a finder
 * made says so.
 *
 * Ownership. The caller owns what a *_new() hands out and keeps it, unchanged, for as long as any
 * pipeline that was made with it; pipelines and threads share it. Strings that go in are copied.
 *
 * Complexity. Looking for terms is linear in the text and does not depend on their number. A pattern
 * has limits that make it linear, too.
 */
#ifndef QUOTH_EXTEND_H
#define QUOTH_EXTEND_H

#include "quoth.h"

#ifdef __cplusplus
extern "C" {
#endif

/* --- terms -------------------------------------------------------------------------------------- */

/* How terms and text are compared. White space is one space, whatever it is, in any case. */
typedef struct quoth_terms_options {
    bool exact_case;  /* false: by Unicode case folding (STRASSE is Strasse with a sharp s) */
    bool exact_marks; /* false: all apostrophes are one, and so are all hyphens */
    size_t expected;  /* how many terms will come, if known: memory is taken once */
    const quoth_allocator *allocator; /* NULL: malloc and free; copied */
} quoth_terms_options;

typedef struct quoth_terms quoth_terms;

enum { QUOTH_TERM_WORDS_MAX = 64, QUOTH_TERM_BYTES_MAX = 60000 };

/* options may be NULL for the defaults. */
QUOTH_API QUOTH_MUST_USE quoth_status quoth_terms_new(const quoth_terms_options *options,
                                                      quoth_terms **out);
QUOTH_API void quoth_terms_free(quoth_terms *self);

/* Adds a term; kb_id and name (the canonical one) may be absent. Of terms that are compared as
 * equal the first counts. QUOTH_ERROR_ARGUMENT for a term without words, or with more words or
 * bytes than the limits; error->position is the number of terms before. error may be NULL. */
QUOTH_API QUOTH_MUST_USE quoth_status quoth_terms_add(quoth_terms *self, quoth_string term,
                                                      quoth_string kb_id, quoth_string name,
                                                      quoth_error *error);
/* After the last one: nothing can be added any more, and it can be used. */
QUOTH_API QUOTH_MUST_USE quoth_status quoth_terms_build(quoth_terms *self);

QUOTH_API size_t quoth_terms_count(const quoth_terms *self); /* as added, equal ones included */
/* Bytes of memory that it holds. */
QUOTH_API size_t quoth_terms_memory(const quoth_terms *self);
/* Two with the same checksum have the same terms, names and options. */
QUOTH_API uint64_t quoth_terms_checksum(const quoth_terms *self);

typedef struct quoth_term {
    quoth_string text, kb_id, name; /* absent: NULL */
} quoth_term;
/* Term number index < quoth_terms_count(); its strings belong to self. */
QUOTH_API quoth_term quoth_terms_item(const quoth_terms *self, size_t index);

typedef struct quoth_term_match {
    quoth_span span;
    uint32_t term; /* index */
} quoth_term_match;

/* The terms of a text, leftmost and longest first, not overlapping; none starts or ends within a
 * word, or crosses an empty line. *matches belongs to the caller, for quoth_terms_release(). */
QUOTH_API QUOTH_MUST_USE quoth_status quoth_terms_find(const quoth_terms *self, quoth_input text,
                                                       quoth_unit unit, quoth_term_match **matches,
                                                       size_t *count, quoth_error *error);
QUOTH_API void quoth_terms_release(const quoth_terms *self, quoth_term_match *matches);

/* --- patterns ----------------------------------------------------------------------------------- */

/* A regular expression of PCRE2, compiled, with UTF and Unicode properties. */
typedef struct quoth_pattern quoth_pattern;

typedef struct quoth_pattern_options {
    bool ignore_case;
    uint32_t step_limit; /* of a match from one place; 0: what suits the size of the text */
    const quoth_allocator *allocator; /* NULL: malloc and free; copied */
} quoth_pattern_options;

/* options may be NULL. QUOTH_ERROR_PATTERN with PCRE2's message, and the position in source in
 * bytes. error may be NULL. */
QUOTH_API QUOTH_MUST_USE quoth_status quoth_pattern_new(quoth_string source,
                                                        const quoth_pattern_options *options,
                                                        quoth_pattern **out, quoth_error *error);
QUOTH_API void quoth_pattern_free(quoth_pattern *self);
/* Its named groups, in the order of their numbers. */
QUOTH_API size_t quoth_pattern_group_count(const quoth_pattern *self);
QUOTH_API const char *quoth_pattern_group_name(const quoth_pattern *self, size_t index);

/* Where a find has to be. */
typedef enum quoth_context {
    QUOTH_CONTEXT_ANY = 0,
    QUOTH_CONTEXT_TITLE,     /* within the title of the article */
    QUOTH_CONTEXT_QUOTATION, /* between quotation marks */
    QUOTH_CONTEXT_MENTION,   /* in a sentence with a mention of context_label */
    QUOTH_CONTEXT_QUOTE,     /* within the content of a quote: known last, so that it is a match */
} quoth_context;

/* --- what a pipeline does with them ------------------------------------------------------------- */

/* What becomes of a find that overlaps names or amounts that quoth itself found. */
typedef enum quoth_overlap {
    QUOTH_OVERLAP_LONGEST = 0, /* the longer one stays; of two as long, the find */
    QUOTH_OVERLAP_REPLACE,     /* the find stays */
    QUOTH_OVERLAP_KEEP,        /* quoth's own stays */
    QUOTH_OVERLAP_BESIDE,      /* both: the find is a match (quoth_doc_matches), no mention */
} quoth_overlap;

/* Labels of the caller's own are the numbers above those of quoth_label. */
#define QUOTH_LABEL_OWN ((int)QUOTH_LABEL_CARDINAL + 1)
#define QUOTH_LABEL_MAX 255

/* Something to look for: terms, or a pattern, which sees one paragraph at a time. Finds that overlap one another: the higher priority wins, then the longer,
 * then the one that starts first, then the finder that comes first. */
typedef struct quoth_finder {
    const quoth_terms *terms;
    const quoth_pattern *pattern;
    const char *rule; /* what its mentions have as their rule */
    int32_t priority;
    quoth_overlap overlap;
    uint8_t label;
    quoth_context context;
    bool context_not; /* it has to be anywhere else */
    uint8_t context_label;
} quoth_finder;

/* What words of the caller's are to quoth, beside what its own lists say of them. */
typedef enum quoth_word_kind {
    QUOTH_WORD_CUE_VERB = 0, /* a form of a verb that attributes: fumed */
    QUOTH_WORD_CUE_NOUN,     /* a noun with a clause that tells what was said: the boast that ... */
    QUOTH_WORD_TITLE,        /* what stands beside a person's name: harbourmaster, deputy reeve */
} quoth_word_kind;

typedef struct quoth_words {
    const quoth_terms *terms; /* cues have one word each */
    quoth_word_kind kind;
    quoth_attitude attitude; /* of a cue */
} quoth_words;

typedef struct quoth_knowledge {
    const quoth_finder *finders; /* copied, but for what they point to */
    size_t finder_count;
    const quoth_words *words; /* the same */
    size_t word_count;
} quoth_knowledge;

/* What a finder found, for the mentions and matches whose .find is its index + 1. */
typedef struct quoth_find {
    uint32_t finder;      /* index; QUOTH_NONE: an edit made it (quoth_edit.h) */
    uint32_t item;        /* of a term: its index */
    uint32_t group_first; /* of a pattern: its named groups, into quoth_doc_groups() */
    uint32_t given;       /* 0, or 1 + the index of what an edit says of it (quoth_edit.h) */
} quoth_find;
QUOTH_API const quoth_find *quoth_doc_finds(const quoth_doc *self, size_t *count);

QUOTH_API const quoth_span *quoth_doc_groups(const quoth_doc *self, size_t *count);

/* A pattern that was given up at a place, since it needed more steps than its limit. It is not
 * looked for from there on. */
typedef struct quoth_limited {
    uint32_t finder;
    quoth_span span; /* the paragraph, or the part of it */
} quoth_limited;
QUOTH_API const quoth_limited *quoth_doc_limited(const quoth_doc *self, size_t *count);

/* The finds with QUOTH_OVERLAP_BESIDE, in text order; they may overlap anything and have no entity.
 */
QUOTH_API const quoth_mention *quoth_doc_matches(const quoth_doc *self, size_t *count);

#ifdef __cplusplus
}
#endif
#endif
