/* mark.h - the quotation marks of one paragraph, each with what its neighbours say of it.
 *
 * Reads: text, scan. In: a paragraph. Out: its marks in text order, in the given arena (temporary);
 * apostrophes between letters, feet and inches that can be nothing else are left out.
 * Errors: QUOTH_ERROR_MEMORY. Complexity: linear in the paragraph.
 */
#ifndef QT_MARK_H
#define QT_MARK_H

#include "arena.h"

struct quoth_doc;

typedef enum qt_mark_kind {
    QT_MARK_CURLY = 0, /* U+201C U+201D, and U+201E as an opening one */
    QT_MARK_STRAIGHT,  /* the ASCII double quote */
    QT_MARK_DOUBLED,   /* two ASCII apostrophes, two back quotes */
    QT_MARK_GUILLEMET, /* U+00AB U+00BB */
    QT_MARK_CORNER,    /* U+300C to U+300F */
    QT_MARK_SINGLE,    /* U+2018 U+2019, and U+201A as an opening one */
    QT_MARK_PRIME,     /* the ASCII apostrophe, the back quote */
    QT_MARK_ANGLE,     /* U+2039 U+203A */
    QT_MARK_KINDS
} qt_mark_kind;

typedef struct qt_mark {
    uint32_t start, end; /* bytes */
    uint8_t kind;
    bool opening : 1;      /* the character itself is an opening one */
    bool closing : 1;      /* the character itself is a closing one */
    bool can_open : 1;     /* what stands beside it lets it open: a gap before, no space after */
    bool can_close : 1;    /* and the mirror image */
    bool turned : 1;       /* U+2018 where only a closing mark can stand, as in German */
    bool strong : 1;       /* single: closes for sure, beside punctuation or at the end */
    bool weak : 1;         /* single: may close, but stands where a plural has its apostrophe */
    bool measure : 1;      /* after a digit: may stand for feet, inches, minutes or seconds */
    bool close_ahead : 1;  /* a single mark that may close and is not weak follows */
    bool weak_ahead : 1;   /* a weak one follows */
    bool strong_first : 1; /* a strong one follows, before the next single mark that may open */
} qt_mark;

typedef QT_ARRAY(qt_mark) qt_marks;

bool qt_mark_is_single(uint8_t kind);

/* Empties *out, then fills it. */
QUOTH_MUST_USE quoth_status qt_marks_read(const struct quoth_doc *doc, quoth_span paragraph,
                                          qt_arena *arena, qt_marks *out);

#endif
