/* structure.h - paragraphs, and the parts of an article that stand outside its running text.
 *
 * Reads: text, scan. Out: paragraphs in text order, trimmed of white space; their kinds and the
 * frame are filled in by frame.h, only when asked for. Ownership: the arena. Errors:
 * QUOTH_ERROR_MEMORY. Complexity: linear; constant work per line.
 *
 * An empty line, a form feed and a PARAGRAPH SEPARATOR always end a paragraph. Whether a single
 * newline does is decided once per document: text is hard-wrapped when most of its lines break off
 * within a sentence and leave no room for the next word below a common width. In hard-wrapped text
 * a newline is white space, unless the next word would have fitted (a heading, the last line of a
 * paragraph), or an indented line or a list item follows.
 */
#ifndef QT_STRUCTURE_H
#define QT_STRUCTURE_H

#include "scan.h"
#include "scratch.h"

struct quoth_doc;

typedef struct qt_structure {
    QT_ARRAY(quoth_paragraph) paragraphs;
    quoth_frame frame;
    bool hard_wrapped; /* single newlines are white space */
} qt_structure;

QUOTH_MUST_USE quoth_status qt_structure_paragraphs(const struct quoth_doc *doc,
                                                    const quoth_options *options, qt_arena *arena,
                                                    qt_structure *out);

/* Where the item starts behind the bullet, number or letter at offset at ("- ", "1. ", "a) ", "(iv)
 * "), or at if there is no list marker. Looks at a dozen bytes at most. */
uint32_t qt_list_marker_end(const qt_text *text, uint32_t at, uint32_t end);

/* The stop or other sign that a line ends with, closing marks and brackets behind it ignored: one
 * of . ! ? : ; , or 0 for anything else. The ellipsis counts as a full stop. */
char qt_line_ending(const qt_text *text, quoth_span span);

#endif
