/* syntax.h - what part each token plays: the little grammar that attribution needs, without a
 * parser.
 *
 * Reads: tokens, sentences, quotations, mentions. Out: one qt_word per token, in the scratch's
 * temporary memory. Roles come from closed word classes, shapes and agreement with the neighbours
 * ("critics claim" against "frequent claims"). Errors: QUOTH_ERROR_MEMORY. Complexity: linear;
 * every look-back is bounded.
 */
#ifndef QT_SYNTAX_H
#define QT_SYNTAX_H

#include "scratch.h"
#include "token.h"

#include <string.h>

struct quoth_doc;

typedef enum qt_role {
    QT_ROLE_NOUN = 0, /* nouns, adjectives and what is not known */
    QT_ROLE_NAME,     /* capitalised within a sentence, or part of a mention */
    QT_ROLE_NUMBER,
    QT_ROLE_TIME,       /* part of a date or a time of day */
    QT_ROLE_DETERMINER, /* possessive pronouns too */
    QT_ROLE_PRONOUN,
    QT_ROLE_POSSESSIVE, /* the clitic after a noun */
    QT_ROLE_PREPOSITION,
    QT_ROLE_CONJUNCTION,
    QT_ROLE_SUBORDINATOR,
    QT_ROLE_RELATIVE, /* who, which, that */
    QT_ROLE_ADVERB,   /* negations too */
    QT_ROLE_TO,       /* before an infinitive */
    QT_ROLE_MODAL,
    QT_ROLE_AUXILIARY,
    QT_ROLE_VERB,       /* finite, or a participle after "have" */
    QT_ROLE_PASSIVE,    /* a participle after "be" */
    QT_ROLE_INFINITIVE, /* after "to", a modal or "do" */
    QT_ROLE_GERUND,     /* -ing */
    QT_ROLE_COMMA,
    QT_ROLE_STOP, /* . ? ! ; : and ellipses */
    QT_ROLE_DASH,
    QT_ROLE_HYPHEN, /* between two parts of a word */
    QT_ROLE_OPEN,   /* brackets */
    QT_ROLE_CLOSE,
    QT_ROLE_MARK,
} qt_role;

typedef struct qt_word {
    uint32_t sentence;  /* index */
    uint32_t quotation; /* the outermost one around it, its marks included; or QUOTH_NONE */
    uint32_t mention;   /* or QUOTH_NONE */
    uint32_t place;     /* counts tokens, a mention as one: distances are the same for long names */
    uint8_t role;
    uint8_t phrase; /* tokens of the longest cue of several words that starts here, or 0 */
} qt_word;

typedef struct qt_syntax {
    const struct quoth_doc *doc;
    const qt_token *tokens;
    const qt_word *words;
    const uint32_t *sentence_first; /* token, of each sentence, and the number of tokens */
    uint32_t count;
    uint32_t dated, dated_first; /* a sentence that a dateline opens, and the token behind that */
} qt_syntax;

QUOTH_MUST_USE quoth_status qt_syntax_read(const struct quoth_doc *doc, quoth_scratch *scratch,
                                           qt_syntax *out);

/* The part that token i plays (qt_role); in the header for it is asked at every step. */
static inline uint8_t qt_syntax_role(const qt_syntax *self, uint32_t i)
{
    return self->words[i].role;
}

/* Whether token i is one of the classes (QT_WORD_*). */
static inline bool qt_syntax_is(const qt_syntax *self, uint32_t i, uint64_t classes)
{
    return (self->tokens[i].classes & classes) != 0;
}

/* qt_token_is(), in the header so that most are told apart by a length that the compiler knows. An
 * apostrophe may be of several bytes. */
static inline bool qt_syntax_same(const qt_token *token, const char *what)
{
    return (token->end - token->start == strlen(what) || what[0] == '\'') &&
           qt_token_is(token, what);
}

/* Whether token i, folded, is the ASCII string what. */
static inline bool qt_syntax_text(const qt_syntax *self, uint32_t i, const char *what)
{
    return qt_syntax_same(&self->tokens[i], what);
}

/* Whether the token is a colon, a question mark, ... */
bool qt_syntax_byte(const qt_syntax *self, uint32_t i, char what);
/* Tokens of a sentence: the first, behind a dateline that opens it, and the one after the last. */
static inline uint32_t qt_sentence_first(const qt_syntax *self, uint32_t sentence)
{
    return sentence == self->dated ? self->dated_first : self->sentence_first[sentence];
}

static inline uint32_t qt_sentence_end(const qt_syntax *self, uint32_t sentence)
{
    return self->sentence_first[sentence + 1];
}

/* The last token before token i, and the first after it, where a mention is one; i > 0. */
uint32_t qt_syntax_before(const qt_syntax *self, uint32_t i);
static inline uint32_t qt_syntax_after(const qt_syntax *self, uint32_t i)
{
    uint32_t place = self->words[i].place;
    if (self->words[i].mention == QUOTH_NONE)
        return i + 1;
    while (i < self->count && self->words[i].place == place)
        i++;
    return i;
}

/* The paragraph (index) that token i stands in. */
uint32_t qt_syntax_paragraph(const qt_syntax *self, uint32_t i);
/* The bytes of tokens [first, end), first < end. */
quoth_span qt_syntax_span(const qt_syntax *self, uint32_t first, uint32_t end);

#endif
