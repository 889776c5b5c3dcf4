/* noun_phrase.h - the full noun phrase that is the subject of a verb, or that follows one.
 *
 * In: the syntax and a verb's token. Out: token ranges: the phrase with its titles, prepositional
 * phrases, appositions and relative clauses, and within it the core without them. Nothing is
 * allocated. Complexity: bounded by the windows below, whatever the text.
 */
#ifndef QT_NOUN_PHRASE_H
#define QT_NOUN_PHRASE_H

#include "syntax.h"

typedef struct qt_phrase {
    uint32_t first, end;           /* tokens; first == end: none */
    uint32_t core_first, core_end; /* the part that holds the head */
} qt_phrase;

/* The subject of the verb at token verb, no further left than floor. */
bool qt_subject_of(const qt_syntax *self, uint32_t verb, uint32_t floor, qt_phrase *out);

/* The noun phrase that starts at token first and ends before ceiling at the latest. */
bool qt_noun_phrase_after(const qt_syntax *self, uint32_t first, uint32_t ceiling, qt_phrase *out);

/* Whose the noun at token noun is: "Smith's claim", "his claim". */
bool qt_possessor_of(const qt_syntax *self, uint32_t noun, uint32_t floor, qt_phrase *out);

/* The verb whose clause the non-finite or coordinated verb at token verb shares, or QUOTH_NONE. */
uint32_t qt_governing_verb(const qt_syntax *self, uint32_t verb, uint32_t floor);

#endif
