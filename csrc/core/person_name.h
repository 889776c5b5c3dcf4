/* person_name.h - the parts of a person's name, and whether two names may be one person's.
 *
 * Reads: tokens. In: the tokens of a mention of a person. Out: where its words start, which of them
 * is the family name, and the suffix that sets fathers and sons apart. Names are compared by their
 * skeletons (skeleton.h). Cannot fail. Linear in the name; names of more words than
 * QT_NAME_WORDS are compared by the first of them.
 */
#ifndef QT_PERSON_NAME_H
#define QT_PERSON_NAME_H

#include "token.h"

enum { QT_NAME_WORDS = 8 };

typedef struct qt_person_name {
    uint32_t end;                   /* token behind the name without its suffix */
    uint32_t starts[QT_NAME_WORDS]; /* first token of each word */
    uint32_t words;
    uint32_t family; /* word with which the family name starts, particles included */
    uint8_t suffix;  /* of Jr., Sr., II, III, IV: which; 0: none */
} qt_person_name;

qt_person_name qt_person_name_read(const struct quoth_doc *doc, uint32_t first, uint32_t end);

/* The skeleton of words [from, to). */
uint64_t qt_person_name_key(const struct quoth_doc *doc, const qt_person_name *self, uint32_t from,
                            uint32_t to);

/* Whether two names of two words or more with the same last word may be one person's: the forenames
 * of the shorter one are found in the longer one, in full, as initials or as nicknames, and the
 * suffixes agree. */
bool qt_person_name_may_be(const struct quoth_doc *doc, const qt_person_name *one,
                           const qt_person_name *other);

#endif
