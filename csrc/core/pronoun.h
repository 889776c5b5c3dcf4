/* pronoun.h - whom he, she and they stand for.
 *
 * Reads: tokens, sentences, quotations, mentions with their entities, the gender of each entity
 * where it is known. Out: an entry in out->pronouns for each third-person pronoun of persons, in
 * text order; its entity is QUOTH_NONE when two fit equally well or nobody does. Errors:
 * QUOTH_ERROR_MEMORY. Complexity: linear; a bounded number of persons is in view at any time.
 *
 * Every person mentioned before is rated: near before far, the subject of a clause before the rest,
 * names before names that only modify a noun, those of the right gender before those of unknown
 * gender.
 */
#ifndef QT_PRONOUN_H
#define QT_PRONOUN_H

#include "link.h"

enum { QT_GENDER_MALE = 1, QT_GENDER_FEMALE = 2 };

QUOTH_MUST_USE quoth_status qt_pronoun_resolve(const struct quoth_doc *doc,
                                               const qt_mentions *mentions, const uint8_t *genders,
                                               qt_arena *arena, qt_links *out);

#endif
