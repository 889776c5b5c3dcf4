/* pattern_finder.h - one of the caller's patterns over a document.
 *
 * Reads: text, structure, sentences. Out: its matches in text order, each with its named groups;
 * or, where a match needed too many steps, the place at which the pattern was given up. Ownership:
 * all is in the arenas given. Errors: QUOTH_ERROR_MEMORY. Complexity: linear, by limits.
 *
 * A pattern sees one paragraph at a time, and of a long one some sentences at a time, so that a
 * pattern that reads on to the end from each place (which no count of steps notices) costs the
 * square of a bounded length only. Where what each match has is missing (pattern_need.h), it is not
 * tried. How many steps a match may take from one place depends on the
 * size of the text and nothing else: the same text gives the same result on any machine.
 */
#ifndef QT_PATTERN_FINDER_H
#define QT_PATTERN_FINDER_H

#include "pattern.h"

struct quoth_doc;

typedef struct qt_pattern_find {
    quoth_span span;
    uint32_t group_first;
} qt_pattern_find;

typedef QT_ARRAY(qt_pattern_find) qt_pattern_finds;
typedef QT_ARRAY(quoth_span) qt_group_spans;

/* digest: of the document's text. limited: start == end when it was not given up. */
QUOTH_MUST_USE quoth_status qt_pattern_run(const quoth_pattern *pattern,
                                           const struct quoth_doc *doc, const qt_digest *digest,
                                           qt_searcher *searcher, qt_arena *temporary,
                                           qt_arena *arena, qt_pattern_finds *out,
                                           qt_group_spans *groups, quoth_span *limited);

#endif
