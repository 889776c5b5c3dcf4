/* frame.h - the kind of each paragraph, and the parts of an article that stand outside its text.
 *
 * Reads: text, scan, paragraphs. Out: the kinds of the paragraphs and the frame of *inout.
 * Ownership: nothing is allocated. Cannot fail. Complexity: linear; patterns run on the short lines
 * of the first and the last few paragraphs only (frame_line.h).
 *
 * Head: a section name, a title, at most two paragraphs of standfirst, then bylines, datelines and
 * source lines in any order; lines may also precede the title. There is a standfirst only if a line
 * or an opening dateline follows it. A title is a short first paragraph that running text or such a
 * line follows. One that ends with a full stop has to be in title case, or short without a verb in
 * the past, an auxiliary or a day: the first sentence of an article has one of these.
 * A dateline that opens a paragraph leaves it BODY; its span ends with the dash or the colon.
 * Tail: source line and notes on the author, back from the last paragraph; "Jane Doe is a professor
 * of ..." is one only if the article does not write about her.
 */
#ifndef QT_FRAME_H
#define QT_FRAME_H

#include "structure.h"

/* Sets the kind of each paragraph of *inout, and its frame. */
QUOTH_MUST_USE quoth_status qt_structure_frame(const struct quoth_doc *doc, quoth_scratch *scratch,
                                               qt_structure *inout);

#endif
