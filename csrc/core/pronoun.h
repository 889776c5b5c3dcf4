/* pronoun.h - whom he, she and they stand for, and "it" that speaks.
 *
 * Reads: tokens, sentences, quotations, mentions with their entities, the gender of each entity
 * where it is known. Out: an entry in out->pronouns for each third-person pronoun of persons, in
 * text order, and whom it may stand for with a share of one each; its entity is QUOTH_NONE when two
 * fit nearly as well or nobody does. Errors: QUOTH_ERROR_MEMORY. Complexity: linear; a bounded
 * number of persons is in view at any time.
 *
 * Every person mentioned before is rated, by name, by a title that only one bears ("the president")
 * or without a name ("her father", who keeps the pronoun from others): near before far, the subject
 * of a clause before the rest, names before names that only modify a noun, those of the right
 * gender before those of unknown gender, those that were last meant by a pronoun before others.
 * The weights were tried out on the coreference of GUM (train). "It" before a verb of saying is the
 * organization or country that opened this sentence or the one before as its subject; a document has no
 * entry there, and leaves it open.
 */
#ifndef QT_PRONOUN_H
#define QT_PRONOUN_H

#include "link.h"

enum { QT_GENDER_MALE = 1, QT_GENDER_FEMALE = 2 };

/* The gender that a noun tells, as "father" and "spokeswoman" do; 0: none. */
uint8_t qt_noun_gender(const qt_token *token);

QUOTH_MUST_USE quoth_status qt_pronoun_resolve(const struct quoth_doc *doc,
                                               const qt_mentions *mentions, const uint8_t *genders,
                                               qt_arena *temporary, qt_arena *arena, qt_links *out);

#endif
