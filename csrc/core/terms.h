/* terms.h - looking for a million words and phrases at once.
 *
 * In: terms, then texts. Out: the longest term at each place, leftmost first. Ownership: see
 * quoth_extend.h; the matches that are found go to an arena of the caller's. Errors:
 * QUOTH_ERROR_MEMORY, QUOTH_ERROR_ARGUMENT, QUOTH_ERROR_LIMIT. Complexity: a term costs its bytes;
 * a text its bytes, whatever the number of terms (a place is left after at most
 * QUOTH_TERM_WORDS_MAX units).
 *
 * It is an automaton whose letters are units (term_text.h). Its states are the beginnings of the
 * terms, and the table of its transitions is one open hash table with the state's own hash as key:
 * 8 bytes a slot, of which 32 bits are checked; a term is compared by its folded text before it
 * counts, so that no two hashes are ever taken for one. A set of bits
 * says of most words that no term starts with them; the other places wait in a ring while their
 * slots come into the cache.
 */
#ifndef QT_TERMS_H
#define QT_TERMS_H

#include "quoth_extend.h"
#include "term_text.h"

typedef QT_ARRAY(quoth_term_match) qt_term_matches;

/* Spans in bytes. */
QUOTH_MUST_USE quoth_status qt_terms_find(const quoth_terms *self, const qt_text *text,
                                          qt_arena *arena, qt_term_matches *out);

#endif
