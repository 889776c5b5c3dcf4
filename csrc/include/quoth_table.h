/* quoth_table.h - what articles hold as tables of columns: sentences, quotes, mentions.
 *
 * Flow. A caller makes a quoth_table of one kind, appends documents to it (quoth_table_read) or
 * rows made otherwise (quoth_table_push), and hands the columns on. The columns of a kind never
 * change; they are listed with the enumerations below. Offsets are code points.
 *
 * Ownership. The caller's; a table copies all that it takes, and its columns live as long as it
 * does, unchanged until the next call that changes the table. Not for several threads at once.
 *
 * Errors. QUOTH_ERROR_MEMORY, and QUOTH_ERROR_LIMIT where a column would hold more than 2 GiB of
 * text. After either the table may only be cleared or freed. Complexity: linear in what is copied.
 */
#ifndef QUOTH_TABLE_H
#define QUOTH_TABLE_H

#include "quoth_column.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum quoth_table_kind {
    QUOTH_TABLE_SENTS = 0, /* one row for a sentence */
    QUOTH_TABLE_QUOTES,    /* one row for a quote */
    QUOTH_TABLE_ENTS,      /* one row for a mention */
} quoth_table_kind;
#define QUOTH_TABLE_KINDS 3

/* The columns, in order: "doc_id", "sent_id" and so on. An id is the index of a thing in its
 * document, that of the document is for the caller to say. Text is as it stands in the article. */
typedef enum quoth_sents_column {
    QUOTH_SENTS_DOC_ID = 0,
    QUOTH_SENTS_SENT_ID,
    QUOTH_SENTS_PARA_ID,
    QUOTH_SENTS_START,
    QUOTH_SENTS_END,
    QUOTH_SENTS_TEXT,
    QUOTH_SENTS_COLUMNS
} quoth_sents_column;

typedef enum quoth_quotes_column {
    QUOTH_QUOTES_DOC_ID = 0,
    QUOTH_QUOTES_QUOTE_ID,
    QUOTH_QUOTES_TYPE,
    QUOTH_QUOTES_TEXT,  /* pieces that something interrupts are joined by a space */
    QUOTH_QUOTES_START, /* of the first piece */
    QUOTH_QUOTES_END,   /* of the last piece */
    QUOTH_QUOTES_CUE,
    QUOTH_QUOTES_CUE_START,
    QUOTH_QUOTES_CUE_END,
    QUOTH_QUOTES_SOURCE,
    QUOTH_QUOTES_SOURCE_START,
    QUOTH_QUOTES_SOURCE_END,
    QUOTH_QUOTES_SPEAKER,
    QUOTH_QUOTES_SPEAKER_ID,
    QUOTH_QUOTES_SCORE,
    QUOTH_QUOTES_RULE,
    QUOTH_QUOTES_SENT_ID, /* of the sentence in which it starts */
    QUOTH_QUOTES_PARA_ID,
    QUOTH_QUOTES_COLUMNS
} quoth_quotes_column;

typedef enum quoth_ents_column {
    QUOTH_ENTS_DOC_ID = 0,
    QUOTH_ENTS_ENT_ID,
    QUOTH_ENTS_TEXT,
    QUOTH_ENTS_START,
    QUOTH_ENTS_END,
    QUOTH_ENTS_LABEL,
    QUOTH_ENTS_ENTITY_ID,
    QUOTH_ENTS_ENTITY,
    QUOTH_ENTS_KB_ID,
    QUOTH_ENTS_SCORE,
    QUOTH_ENTS_SENT_ID,
    QUOTH_ENTS_COLUMNS
} quoth_ents_column;
#define QUOTH_TABLE_COLUMNS_MOST QUOTH_QUOTES_COLUMNS

/* What a column of a kind of table is; static. nullable: a value may be absent. */
typedef struct quoth_field {
    const char *name;
    quoth_column_type type;
    bool nullable;
} quoth_field;
QUOTH_API const quoth_field *quoth_table_fields(quoth_table_kind kind, size_t *count);

typedef struct quoth_table quoth_table;
/* allocator may be NULL. */
QUOTH_API QUOTH_MUST_USE quoth_status quoth_table_new(quoth_table_kind kind,
                                                      const quoth_allocator *allocator,
                                                      quoth_table **out);
QUOTH_API void quoth_table_free(quoth_table *self);
/* Takes out all rows; memory is kept for new ones unless it is of several megabytes. */
QUOTH_API void quoth_table_clear(quoth_table *self);
/* All rows of a document; the stages that find them must have run. */
QUOTH_API QUOTH_MUST_USE quoth_status quoth_table_read(quoth_table *self, const quoth_doc *doc,
                                                       int64_t doc_id);
/* One row: a cell for each column. */
QUOTH_API QUOTH_MUST_USE quoth_status quoth_table_push(quoth_table *self, const quoth_cell *row);
/* All rows of another table of the same kind. */
QUOTH_API QUOTH_MUST_USE quoth_status quoth_table_append(quoth_table *self,
                                                         const quoth_table *other);
QUOTH_API size_t quoth_table_rows(const quoth_table *self);
QUOTH_API const quoth_column *quoth_table_column(const quoth_table *self, size_t index);

/* A score with the four digits that are meant. */
static inline double quoth_score_digits(float score)
{
    return (double)(long)((double)score * 1e4 + 0.5) / 1e4;
}

#ifdef __cplusplus
}
#endif
#endif
