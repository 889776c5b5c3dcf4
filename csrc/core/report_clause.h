/* report_clause.h - how much of a clause belongs to the marks within it.
 *
 * In: a quotation and its credit. Out: the clause, by a linear model for either end: "said that the
 * bridge was 'a disgrace' to the town". Nothing is allocated. Complexity: bounded per quotation.
 */
#ifndef QT_REPORT_CLAUSE_H
#define QT_REPORT_CLAUSE_H

#include "report.h"

/* The clause that the cue left of a quotation attributes, of which the marks are a part or all. False
 * if there is no model for it, or the cue is in another sentence. */
bool qt_report_clause(const qt_syntax *self, const qt_quote_models *models, qt_trace *trace,
                      const qt_credit *credit, qt_stretch marks, qt_range *out);

#endif
