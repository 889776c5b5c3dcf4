/* tried.h - for a trace that watches: the names that were tried in the stages before they were links.
 *
 * In: what the parts of the entity stage found. Out: tries (quoth_explain.h) in the trace, which may
 * be NULL or not watch: then nothing is done. Errors: the trace's. Complexity: linear in tokens.
 */
#ifndef QT_TRIED_H
#define QT_TRIED_H

#include "name.h"
#include "tagger.h"
#include "trace.h"

/* Names of one kind of try: those of the rules, or those that have agreed. */
void qt_tried_names(qt_trace *trace, const struct quoth_doc *doc, quoth_try_kind kind,
                    const qt_names *names);

void qt_tried_amounts(qt_trace *trace, const qt_mentions *amounts);

/* What else the words of each name of the tagger's might have been, and what those with a capital
 * that are in none. */
void qt_tried_readings(qt_trace *trace, const struct quoth_doc *doc, const qt_tagger *tagger,
                       const qt_tagging *tagging);

#endif
