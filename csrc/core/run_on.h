/* run_on.h - what ends a sentence although no stop stands there, in mail, posts and other text that
 * runs on: a web address, a time stamp, a smiley, the last words of a letter.
 *
 * In: the text and an offset. Out: the end of the thing, or 0. Cannot fail. Complexity: linear in
 * the length of the thing.
 */
#ifndef QT_RUN_ON_H
#define QT_RUN_ON_H

#include "text.h"

/* End of ":-)" or of a run of emoji at offset at, or at. */
uint32_t qt_smiley_end(const qt_text *text, uint32_t at, uint32_t end);

/* End of the address ("https://..."), the time stamp ("08/03/2020 04:17 PM") or the smiley that the
 * colon is part of; start is where the sentence starts. */
uint32_t qt_run_on_end(const qt_text *text, uint32_t start, uint32_t colon, uint32_t end);

/* Start of the time stamp that the colon is part of, when something stands before it in the sentence
 * and no preposition leads to it ("Ana Ruiz 08/03/2020 04:17 PM"); else 0. */
uint32_t qt_stamp_start(const qt_text *text, uint32_t start, uint32_t colon, uint32_t end);

/* End of "Thanks," or "Best regards," at offset at, when a signature or other text follows. */
uint32_t qt_farewell_end(const qt_text *text, uint32_t at, uint32_t end);

/* Start of the next item of a list that runs on in one line, when an item starts at offset at: "1)
 * Roads 2) Schools", or bullets. Looks at a few hundred bytes at most; end if there is none. */
uint32_t qt_next_item(const qt_text *text, uint32_t at, uint32_t end);

/* End of a line drawn with hyphens, underscores, stars or equals signs ("________") at offset at, that
 * is set apart by white space or starts the sentence; else at. Linear in the line. */
uint32_t qt_ruler_end(const qt_text *text, uint32_t start, uint32_t at, uint32_t end);

/* Whether a capital, a digit or an address stands at offset at, an opening mark before it
 * ignored. */
bool qt_starts_anew(const qt_text *text, uint32_t at, uint32_t end);

#endif
