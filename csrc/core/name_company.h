/* name_company.h - companies that no list knows: what stands beside a name, anywhere in the document.
 *
 * Reads: tokens, word use, labelled names. Changes: the label of names to ORG that are said to own
 * shares, to have a chairman, to be a drugmaker ("drugmaker Novara", "Novara's board", "shares in
 * Novara", "Novara CEO Ann Lee", "Novara, an Italian drugmaker,"), that end like a company's (Pathmark
 * Analytics) or are the first word of such a name (Kaleva of Kaleva Pharma), for all places where they
 * stand: one name, one decision.
 * Names that belong to a person named in full, and places that the world knows, stay what they are.
 * Errors: QUOTH_ERROR_MEMORY. Complexity: linear; what is looked at beside a name is bounded.
 */
#ifndef QT_NAME_COMPANY_H
#define QT_NAME_COMPANY_H

#include "name.h"

QUOTH_MUST_USE quoth_status qt_name_company(const struct quoth_doc *doc, const qt_usage *usage,
                                            qt_arena *temporary, qt_names *inout);

#endif
