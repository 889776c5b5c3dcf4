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

enum { QT_REPORTS_MAX = 24 };
/* The reports of the sentence of token *from, or of the next part of it, which starts there; *from is
 * set to where that ends. draft_of_cue: per token, the draft whose cue it is, or QUOTH_NONE; inside:
 * per token, whether it is in the content of a quote with marks. *effort: how much may be spent;
 * tokens fill it up, looks at words use it up, so that a text of nothing but cues takes hardly
 * longer than others. Returns how many of out are filled. */
uint32_t qt_report_weigh(const qt_syntax *self, const qt_quote_models *models, qt_trace *trace,
                         const uint32_t *draft_of_cue, const uint8_t *inside, uint32_t *from,
                         uint32_t *effort, qt_finding *out);

enum { QT_EFFORT_MOST = 256, QT_EFFORT_TOKEN = 1 };

#endif
