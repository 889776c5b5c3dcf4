/* cue.h - the words that attribute: verbs in all forms, phrases, nouns, adjectives, "according to".
 *
 * In: the syntax and a token. Out: the cue that starts there, what it may take, its attitude, and
 * whether it is told as a fact. Nothing is allocated. Complexity: bounded per token.
 */
#ifndef QT_CUE_H
#define QT_CUE_H

#include "noun_phrase.h"

typedef struct qt_cue {
    uint32_t verb;       /* the token that decides its form */
    uint32_t first, end; /* its tokens */
    uint64_t classes;    /* QT_WORD_CUE_* */
} qt_cue;

/* Every class of a verb that attributes. */
#define QT_CUE_VERBS                                                                               \
    (QT_WORD_CUE_SPEECH | QT_WORD_CUE_BELIEF | QT_WORD_CUE_INTENTION | QT_WORD_CUE_EMOTION |       \
     QT_WORD_CUE_CLAUSE)

/* Whether token i is, or begins, a cue verb. */
bool qt_cue_verb_at(const qt_syntax *self, uint32_t i, qt_cue *out);
/* Number of tokens of "according to" and its like at token i, or 0. */
uint32_t qt_cue_according_at(const qt_syntax *self, uint32_t i);
/* Puts a hearer that is a bare plural ("told reporters") into the cue. */
void qt_cue_take_hearer(const qt_syntax *self, qt_cue *cue);

/* False for what was not said, may, will or should be said, is asked or supposed. */
bool qt_cue_is_factual(const qt_syntax *self, uint32_t verb);
/* source may be NULL; documents and polls show rather than say. */
quoth_attitude qt_cue_attitude(const qt_syntax *self, const qt_cue *cue, const qt_phrase *source);

#endif
