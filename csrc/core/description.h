/* description.h - whom a description without a name stands for: "the senator", "the daily".
 *
 * In: the syntax with mentions and links. What an article calls its persons and organizations
 * beside their names goes into a sorted table once: titles, appositions ("Ann Lee, a biologist"),
 * nouns before a name ("carmaker Volta"), ages, and the words of names ("the commission"). Out: an
 * entity, or QUOTH_NONE when no name fits, or more than one does. The table lies in the scratch's
 * temporary memory. What a bearer is more exactly (Republican, French) is kept beside, so that "the
 * Republican senator" is nobody who was called a Democrat. Errors: QUOTH_ERROR_MEMORY. Complexity: n log n in mentions once; then
 * logarithmic, and a bounded look back, per source.
 */
#ifndef QT_DESCRIPTION_H
#define QT_DESCRIPTION_H

#include "noun_phrase.h"

typedef struct qt_bearer {
    uint64_t key;    /* hash of what it is called, folded */
    uint32_t entity; /* who is called so */
} qt_bearer;

typedef QT_ARRAY(qt_bearer) qt_bearers;

typedef struct qt_descriptions {
    const qt_syntax *syntax;
    qt_matcher *matcher;
    qt_arena *arena;
    qt_bearers names;     /* by key, then by entity, each pair once */
    qt_bearers modifiers; /* the same of what stands before a title: a party, a country */
    bool failed;          /* memory ran out */
} qt_descriptions;

QUOTH_MUST_USE quoth_status qt_descriptions_init(qt_descriptions *self, const qt_syntax *syntax,
                                                 quoth_scratch *scratch);

/* The bearer of a definite description; head_end: the token behind the head of the source. */
uint32_t qt_description_find(const qt_descriptions *self, const qt_phrase *source,
                             uint32_t head_end);

/* The organization that an unnamed spokesperson speaks for: "a Volta spokesman". */
uint32_t qt_description_spoken_for(const qt_descriptions *self, const qt_phrase *source,
                                   uint32_t head_end);

#endif
