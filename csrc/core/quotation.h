/* quotation.h - quotation marks of all kinds, paired.
 *
 * Reads: text, scan, paragraphs. Out: quotations in order of start, and warnings, in the arena. A
 * quotation never crosses a paragraph; one that is left open at its end and reopened at the start
 * of the next is continued there. Apostrophes, feet, inches, minutes and seconds are no marks. An
 * odd mark damages only its own paragraph. Errors: QUOTH_ERROR_MEMORY. Complexity: linear. kind and
 * quote are left at SPEECH and QUOTH_NONE for the attribution to decide.
 */
#ifndef QT_QUOTATION_H
#define QT_QUOTATION_H

#include "scan.h"
#include "scratch.h"

struct quoth_doc;

typedef struct qt_quotations {
    QT_ARRAY(quoth_quotation) items;
    QT_ARRAY(quoth_warning) warnings;
} qt_quotations;

QUOTH_MUST_USE quoth_status qt_quotation_pair(const struct quoth_doc *doc, quoth_scratch *scratch,
                                              qt_arena *arena, qt_quotations *out);

#endif
