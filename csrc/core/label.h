/* label.h - transcripts: paragraphs that open with the speaker's name, or with Q and A, and a
 * colon.
 *
 * In: the syntax and the speakers. Out: one draft of a direct quote per labelled paragraph, with the
 * paragraphs without a label up to the next one as further contents. One
 * such paragraph makes no transcript: "Note: ...". Errors: QUOTH_ERROR_MEMORY. Complexity: linear.
 */
#ifndef QT_LABEL_H
#define QT_LABEL_H

#include "credit.h"
#include "draft.h"
#include "speaker.h"

QUOTH_MUST_USE quoth_status qt_label_find(const qt_syntax *self, const qt_speakers *speakers,
                                          qt_drafts *drafts);

/* Whether a quotation is a turn with marks around it, or only one before it: "MAYOR: Not yet. Its
 * paragraph is all its own, and its label is in capitals. *out: the credit; what is said starts
 * behind its cue. Whether the text is a transcript is for the caller to count. */
bool qt_label_within(const qt_syntax *self, uint32_t quotation, qt_credit *out);

#endif
