/* plain_stop.h - the clear cases among stops, told by a few bytes round them.
 *
 * "the harbour. The", 'the harbour." The', "why? The", "3.5", "example.com": nine stops in ten are
 * like these. A short cut and nothing else: it says what the rules of boundary.c would say, or that they
 * have to be asked; a test compares the two.
 *
 * In: the text, the offset of a stop, where its sentence starts and its paragraph ends. Out: a
 * verdict and, for an end, where the sentence ends and the next one starts. Constant time.
 */
#ifndef QT_PLAIN_STOP_H
#define QT_PLAIN_STOP_H

#include "abbreviation.h"

/* Bytes before the stop of the number in "Figure 1.3", for which the rules are asked. */
enum { QT_LABEL_LIMIT = 12 };

typedef enum qt_plain_verdict {
    QT_PLAIN_UNCLEAR, /* ask the rules */
    QT_PLAIN_NONE,    /* ends no sentence */
    QT_PLAIN_END,     /* ends one */
} qt_plain_verdict;

qt_plain_verdict qt_plain_stop(const qt_text *text, const qt_abbreviations *abbreviations,
                               uint32_t start, uint32_t at, uint32_t limit, quoth_span *gap);

#endif
