/* link_group.h - groups: mentions that bear one name, and the short forms of each.
 *
 * Reads: tokens, mentions. Out: the form of every mention with its own group, and the table of the
 * forms by which each group may also be called. Which of several groups a short form means is for
 * link_choice.h. Errors: QUOTH_ERROR_MEMORY. Complexity: linear in tokens of names.
 *
 * Names are compared by their skeletons (skeleton.h). Full names of persons are one group when one
 * may be the other with initials, a nickname or without middle names.
 */
#ifndef QT_LINK_GROUP_H
#define QT_LINK_GROUP_H

#include "linker.h"

QUOTH_MUST_USE quoth_status qt_link_group(qt_linker *self);

/* A group of its own that mention is the first of. */
QUOTH_MUST_USE quoth_status qt_link_new_group(qt_linker *self, uint32_t mention, uint8_t label,
                                              uint32_t *group);

/* The group of a term of the gazetteer that no mention need bear, made if there is none. */
QUOTH_MUST_USE quoth_status qt_link_term_group(qt_linker *self, uint32_t mention, uint32_t term,
                                               uint32_t *group);

/* QT_GENDER_MALE, QT_GENDER_FEMALE, or 0: what the title and the forename of a mention say. */
uint8_t qt_link_gender(const qt_linker *self, uint32_t mention);

#endif
