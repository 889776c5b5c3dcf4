/* token.h - words, numbers and marks, each with its shape and what the lexicon says of it.
 *
 * In: text (through the document so far). Out: tokens in text order, which cover every character
 * that is not white space, in the arena. Errors: QUOTH_ERROR_MEMORY. Complexity: linear.
 *
 * "U.S.", "Mr." and initials keep their full stop; a clitic ('s, 'll, 're, 've, 'd, 'm) is a
 * token of its own, "don't" is one; the bare apostrophe of a plural is a mark, for it may also
 * close a quotation; hyphens and dashes stand alone ("Jong" "-" "un"); 1,234.5 and 10:30 are one
 * number; URLs, e-mail addresses, @handles and #tags are one token.
 */
#ifndef QT_TOKEN_H
#define QT_TOKEN_H

#include "lexicon.h"

struct quoth_doc;

typedef enum qt_token_kind {
    QT_TOKEN_WORD = 0, /* starts with a letter */
    QT_TOKEN_NUMBER,   /* starts with a digit: 7, 1,234.5, 3rd, 1990s, 5bn */
    QT_TOKEN_CLITIC,   /* starts with an apostrophe */
    QT_TOKEN_MARK,     /* a quotation mark: one of the scan's marks, '' and `` */
    QT_TOKEN_DASH,     /* hyphens and dashes, -- and --- */
    QT_TOKEN_PUNCT,    /* . , ; : ! ? ... brackets and what else is neither letter nor symbol */
    QT_TOKEN_SYMBOL,   /* $ + and emoji */
    QT_TOKEN_URL,      /* also e-mail addresses, @handles and #tags */
} qt_token_kind;

enum {                        /* shape flags */
       QT_SHAPE_CAPITAL = 1,  /* the first letter is upper case */
       QT_SHAPE_UPPER = 2,    /* two letters or more, none lower case: UN, U.S. */
       QT_SHAPE_LOWER = 4,    /* has letters, none upper case */
       QT_SHAPE_MIXED = 8,    /* an upper-case letter after a lower-case one: McCain, iPhone */
       QT_SHAPE_DIGIT = 16,   /* has a digit */
       QT_SHAPE_DOT = 32,     /* a word that ends with its full stop */
       QT_SHAPE_INITIAL = 64, /* one capital and a full stop */
       QT_SHAPE_SPACE = 128,  /* white space or the start of the text before it */
       QT_SHAPE_LINE = 256,   /* a line end or the start of the text before it */
};

typedef struct qt_token {
    uint32_t start, end; /* bytes */
    uint64_t key;        /* hash of the folded text, see lexicon.h */
    uint64_t classes;    /* QT_WORD_* bits of the word alone; 0 if not in the lexicon */
    uint32_t term;       /* gazetteer term of the word alone, or QUOTH_NONE */
    uint16_t shape;
    uint8_t kind;
    bool prefix; /* the lexicon has phrases that start with this word and the next */
} qt_token;

/* An array as of arena.h, and where to begin to look for a token by its place in the text. */
typedef struct qt_tokens {
    qt_token *items;
    uint32_t count, capacity;
    uint32_t *starts; /* [byte / QT_TOKEN_BLOCK]: the first token that starts there or later */
} qt_tokens;

enum { QT_TOKEN_BLOCK = 32 };

QUOTH_MUST_USE quoth_status qt_token_split(const struct quoth_doc *doc, qt_arena *arena,
                                           qt_tokens *out);

/* Whether the token, folded, is the folded ASCII string word. */
__attribute__((always_inline)) static inline bool qt_token_is(const qt_token *self,
                                                              const char *word)
{
    return self->key == qt_hash_word(word);
}

/* Index of the first token that starts at or after byte at, up to the end of the text (count if
 * none). Constant time. */
uint32_t qt_token_at(const qt_tokens *self, uint32_t at);

/* The longest phrase of the lexicon (one word or more, at most QT_PHRASE_MAX tokens) that starts at
 * token first < count: the number of its tokens and *entry, or 0 and NULL. It takes an entry that
 * has one of the wanted classes, or, if terms is true, one that names a term. */
enum { QT_PHRASE_MAX = 12 };
uint32_t qt_phrase_at(const qt_tokens *self, const qt_text *text, uint32_t first, uint64_t wanted,
                      bool terms, const qt_lexeme **entry);

#endif
