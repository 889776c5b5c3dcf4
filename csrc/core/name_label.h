/* name_label.h - one decision per name and document: the labels of the candidates of name.h.
 *
 * Reads: tokens, word use, candidates. Out: the label of each candidate; NONE for what is no name
 * after all. Names that are sure vote for their own text and for the short forms that it may have
 * (family name, the name without "Corp.", the acronym in brackets); what stands beside a name votes
 * too. Ties go to the label that comes first in quoth_label, so that the result depends on nothing
 * else. Errors: QUOTH_ERROR_MEMORY. Complexity: linear.
 */
#ifndef QT_NAME_LABEL_H
#define QT_NAME_LABEL_H

#include "name.h"

/* The same for names of which some are known from elsewhere and sure: they vote, and of the others,
 * which have no label, those become names that they speak for. A single word that is the family
 * name of a person whom the document names in full is that person. */
QUOTH_MUST_USE quoth_status qt_name_agree(const struct quoth_doc *doc, const qt_usage *usage,
                                          qt_arena *temporary, qt_names *inout);

QUOTH_MUST_USE quoth_status qt_name_label(const struct quoth_doc *doc, const qt_usage *usage,
                                          qt_arena *temporary, qt_names *inout);

#endif
