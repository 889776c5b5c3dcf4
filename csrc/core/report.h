/* report.h - indirect speech: what cues attribute where no marks show it.
 *
 * In: the syntax, the speakers, and which cues quotations have taken already. Out: drafts of
 * indirect quotes. Errors: QUOTH_ERROR_MEMORY. Complexity: bounded per cue.
 */
#ifndef QT_REPORT_H
#define QT_REPORT_H

#include "draft.h"
#include "ranking.h"
#include "speaker.h"

/* Tokens [first, end). */
typedef struct qt_range {
    uint32_t first, end;
} qt_range;

/* A report: what a cue attributes, in one stretch or in two. */
typedef struct qt_finding {
    qt_cue cue;
    qt_phrase source;       /* first == end: none */
    qt_range content, rest; /* first == end: absent */
    quoth_attitude attitude;
    bool factual;
    float score; /* 0: not weighed */
    const char *rule;
} qt_finding;

/* What the rules find at token i. */
bool qt_report_at(const qt_syntax *self, uint32_t i, qt_finding *out);

/* draft_of_cue: per token, the draft whose cue's verb it is, or QUOTH_NONE. */
QUOTH_MUST_USE quoth_status qt_report_find(const qt_syntax *self, const qt_quote_models *models,
                                           qt_trace *trace, const qt_speakers *speakers,
                                           const uint32_t *draft_of_cue, qt_drafts *drafts);

/* The first token of what the cue reports, before token ceiling. */
uint32_t qt_content_start(const qt_syntax *self, const qt_cue *cue, uint32_t ceiling);
/* "The claim that the well was poisoned spread": the verb of which the noun with its clause is the
 * subject; end if there is none. A second finite verb that nothing joins to the first. */
uint32_t qt_main_verb_after(const qt_syntax *self, uint32_t from, uint32_t end);
/* The end of the clause that goes on at token from. */
uint32_t qt_clause_end(const qt_syntax *self, uint32_t from);

#endif
