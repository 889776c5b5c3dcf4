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

QUOTH_MUST_USE quoth_status qt_name_label(const struct quoth_doc *doc, const qt_usage *usage,
                                          qt_arena *temporary, qt_names *inout);

#endif
