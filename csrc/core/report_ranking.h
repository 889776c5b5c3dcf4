/* report_ranking.h - reports without marks as the models see them: cue, source, content, verdict.
 *
 * In: the syntax and a token. Out: what that token reports, if it is a cue. Five linear models in
 * turn: whether the word is a cue, who its source is, where its content starts, where it ends, and,
 * knowing all that, whether it is a report. The rules of report.h have a say as features. Nothing
 * is allocated. Complexity: bounded per token; most tokens are dismissed by their role.
 */
#ifndef QT_REPORT_RANKING_H
#define QT_REPORT_RANKING_H

#include "report.h"

/* *effort: how much may be spent here; tokens fill it up, looks at words use it up, so that a text of
 * nothing but cues takes hardly longer than others. */
bool qt_report_weigh(const qt_syntax *self, const qt_quote_models *models, qt_trace *trace,
                     uint32_t i, uint32_t *effort, qt_finding *out);

enum { QT_EFFORT_MOST = 256, QT_EFFORT_TOKEN = 1 };

/* The clause that the cue left of a quotation attributes, of which the marks are a part or all. False
 * if there is no model for it, or the cue is in another sentence. */
bool qt_report_clause(const qt_syntax *self, const qt_quote_models *models, qt_trace *trace,
                      const qt_credit *credit, qt_stretch marks, qt_range *out);

#endif
