/* frame_line.h - the lines that stand round an article's text, each by its patterns.
 *
 * In: a matcher, the text and the span of one paragraph. Out: whether it is such a line, and what
 * it says, in *inout, where nothing that is already known is overwritten. Ownership: nothing is
 * kept. Cannot fail. Complexity: paragraphs longer than a line are refused, so that the patterns
 * are bounded.
 */
#ifndef QT_FRAME_LINE_H
#define QT_FRAME_LINE_H

#include "pattern.h"

/* "August 3, 2020 - Commentary", "Published 3 August 2020 14:05 GMT", "2020-08-03". */
bool qt_frame_dateline(qt_matcher *matcher, const qt_text *text, quoth_span line,
                       quoth_frame *inout);

/* "SEOUL, South Korea (AP) -" at the start of a paragraph of the body. The dash is part of the
 * dateline; the agency is the outlet. */
bool qt_frame_opening(qt_matcher *matcher, const qt_text *text, quoth_span paragraph,
                      quoth_frame *inout);

/* "This article appeared in X on DATE." The date counts if the article has no dateline. */
bool qt_frame_source(qt_matcher *matcher, const qt_text *text, quoth_span line, quoth_frame *inout);

/* "By Jane Doe and John Roe, Staff Writers"; first: stricter, for a line that could be a title;
 * bare: names alone, with or without a role. */
bool qt_frame_byline(qt_matcher *matcher, const qt_text *text, quoth_span line);
bool qt_frame_first_byline(qt_matcher *matcher, const qt_text *text, quoth_span line);
bool qt_frame_bare_byline(qt_matcher *matcher, const qt_text *text, quoth_span line,
                          bool *has_role);

/* "About the Author"; "Reporting by ..."; "Jane Doe is a professor of ...": *name is the person's
 * then. */
bool qt_frame_about(qt_matcher *matcher, const qt_text *text, quoth_span line);
bool qt_frame_note(qt_matcher *matcher, const qt_text *text, quoth_span line, quoth_span *name);

#endif
