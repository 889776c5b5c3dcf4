/* term_text.h - how the caller's terms and a text are read to be compared: units and their folding.
 *
 * In: text. Out: units, which are words (letters, digits, combining marks, "_"; an ideograph is one
 * alone) or single characters that are neither that nor white space; where a term may start and
 * end; hashes and equality of what is folded. Nothing is written: folding goes along, so that
 * offsets are always those of the text (a sharp s is two letters folded, and still one place).
 * Cannot fail. Complexity: linear in the bytes asked about.
 *
 * A word goes on over an apostrophe or a full stop between letters (O'Brien, example.com) and over
 * a comma or a full stop between digits, as in Unicode Standard Annex 29; but it ends before an
 * English clitic (the party's), and where a space after a full stop is missing (ended.Then).
 */
#ifndef QT_TERM_TEXT_H
#define QT_TERM_TEXT_H

#include "text.h"

typedef struct qt_folding {
    bool exact_case, exact_marks;
} qt_folding;

/* The end of the unit that starts at at < size, which is no white space, and *hash continued by it.
 */
uint32_t qt_unit_read(const qt_folding *self, const qt_text *text, uint32_t at, uint64_t *hash);
/* *hash continued by white space between units. */
void qt_unit_space(uint64_t *hash);
/* Where the white space from at on ends; UINT32_MAX when an empty line is in it. */
uint32_t qt_unit_skip_space(const qt_text *text, uint32_t at);

/* Whether a term may start at the unit that starts at at, or end with the one that ends at end. */
bool qt_unit_may_start(const qt_text *text, uint32_t at);
bool qt_unit_may_end(const qt_text *text, uint32_t end);

/* Whether two stretches without white space at their ends are the same when folded. */
bool qt_folded_equal(const qt_folding *self, const qt_text *a, quoth_span in_a, const qt_text *b,
                     quoth_span in_b);

#endif
