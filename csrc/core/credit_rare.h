/* credit_rare.h - credits of forms that are rare, but sure where they occur.
 *
 * In: the syntax and a quotation. Out: a cue, a source or a qt_credit. Nothing is allocated.
 * Complexity: bounded by a window.
 */
#ifndef QT_CREDIT_RARE_H
#define QT_CREDIT_RARE_H

#include "credit.h"

/* "X was quoted as saying": all of it is the cue. verb: the participle. */
bool qt_credit_quoted_as(const qt_syntax *self, uint32_t verb, uint32_t ceiling, qt_cue *out);

/* '"Go home" was sprayed across the door': words that somebody put there. */
bool qt_credit_inscribed(const qt_syntax *self, qt_stretch marks, qt_credit *out);

/* 'While X called it "late," Y': the marks end the clause of their credit, and the next begins. */
bool qt_credit_is_fronted(const qt_syntax *self, qt_stretch marks, const qt_credit *credit);

/* "To the microphone stepped X:" X is the source. colon: its token. */
bool qt_credit_inverted_colon(const qt_syntax *self, uint32_t colon, uint32_t floor,
                              qt_phrase *out);

#endif
