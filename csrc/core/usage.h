/* usage.h - how a document uses its words: where a capital means something, and what stands
 * elsewhere.
 *
 * Reads: sentences, paragraphs, tokens. Out: one set of flags per token, and for each distinct word
 * how often it stands in lower case and how often with a capital that its place does not explain.
 * Ownership: a temporary arena. Errors: QUOTH_ERROR_MEMORY. Complexity: linear; constant per
 * question.
 */
#ifndef QT_USAGE_H
#define QT_USAGE_H

#include "scratch.h"
#include "token.h"

enum { /* flags of a token */
       QT_AT_INITIAL =
           1, /* any word would have a capital here: the start of a sentence or a quotation */
       QT_AT_HEADLINE = 2, /* a line in which most words have a capital */
       QT_AT_SHOUT = 4,    /* a line in capitals */
       QT_AT_TAKEN = 8,    /* part of a date, an amount or a number */
       QT_AT_START = 16,   /* the first token of a sentence */
};

typedef struct qt_word_use {
    uint64_t key; /* of the token; 0: no word */
    uint32_t capital, lower;
} qt_word_use;

typedef struct qt_usage {
    uint8_t *at;       /* [token]: flags */
    uint32_t *words;   /* [token]: which of uses */
    qt_word_use *uses; /* of each distinct word; the first is that of what is no word */
    const qt_token *tokens;
} qt_usage;

QUOTH_MUST_USE quoth_status qt_usage_count(const struct quoth_doc *doc, qt_arena *temporary,
                                           qt_usage *out);

/* The use of the word of a token; all zero for what is no word. */
static inline const qt_word_use *qt_usage_of(const qt_usage *self, const qt_token *token)
{
    return &self->uses[self->words[token - self->tokens]];
}

#endif
