/* name.h - stretches of text that may be names, with what their own words say of their label.
 *
 * Reads: tokens, sentences, word use. Out: candidates in text order, not overlapping, in a
 * temporary arena; a candidate without a label is for name_label.h to decide, which sees the whole
 * document. Errors: QUOTH_ERROR_MEMORY. Complexity: linear; a name reaches over a bounded number of
 * tokens.
 *
 * A run of words with a capital, with the small words that join names, is cut into titles, names of
 * the gazetteer, names that end or start with a telling word (University, Sea, Act) and the rest.
 */
#ifndef QT_NAME_H
#define QT_NAME_H

#include "entity.h"
#include "usage.h"

typedef struct qt_name {
    uint32_t first, end; /* tokens */
    quoth_span title;    /* directly before the name, or absent */
    uint64_t key;        /* of the folded text */
    uint32_t term;       /* of the gazetteer, or QUOTH_NONE */
    uint8_t label;       /* quoth_label; NONE: not decided */
    uint8_t hint;        /* what an undecided one looks like, or NONE */
    bool sure;           /* the label may count for other mentions of the name */
    bool weak;           /* so far no reason to think it a name at all */
    float score;
    const char *rule;
} qt_name;

typedef struct qt_names {
    qt_name *items;
    uint32_t count, capacity;
} qt_names;

QUOTH_MUST_USE quoth_status qt_name_find(const struct quoth_doc *doc, const qt_usage *usage,
                                         qt_arena *temporary, qt_names *out);

/* The classes of a forename. */
#define QT_FORENAME (QT_WORD_MALE | QT_WORD_FEMALE)

/* The key of the folded text of tokens [first, end). */
uint64_t qt_name_key(const struct quoth_doc *doc, uint32_t first, uint32_t end);

/* Whether the token is an English word that no name, rather than a name, is expected to be. */
bool qt_name_is_plain(const qt_token *token);

/* Whether the token is a word with a capital that no list knows: nothing but somebody's or
 * something's name. */
bool qt_name_is_coined(const qt_token *token);

#endif
