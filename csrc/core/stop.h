/* stop.h - a run of full stops, question and exclamation marks, and what stands around it.
 *
 * In: the text and the offset of the first stop. Out: the run, where the sentence would end behind
 * it, and what the next one would begin with. Constant time, beside the runs of stops and of white
 * space. Cannot fail.
 */
#ifndef QT_STOP_H
#define QT_STOP_H

#include "text.h"

typedef enum qt_stop_kind {
    QT_STOP_DOT,
    QT_STOP_ELLIPSIS,
    QT_STOP_STRONG, /* has a question or exclamation mark */
    QT_STOP_NONE,   /* no stop, but a sign at which a sentence may end */
} qt_stop_kind;

/* What the next sentence would begin with. */
typedef enum qt_next_kind {
    QT_NEXT_UPPER,
    QT_NEXT_LOWER,
    QT_NEXT_DIGIT,
    QT_NEXT_DASH,
    QT_NEXT_COMMA,
    QT_NEXT_OTHER
} qt_next_kind;

typedef struct qt_stop {
    quoth_span run; /* the stops */
    uint32_t end;   /* behind closing marks: where the sentence would end */
    uint32_t next;  /* where the next one would start */
    qt_stop_kind kind;
    qt_next_kind follows; /* the first character from next on that is no opening mark */
    quoth_span word;      /* the word of that character */
    bool quoted;          /* a closing quotation mark follows the stop */
    bool bracketed;       /* a closing bracket follows the stop */
    bool restopped;       /* another stop follows the closing mark or bracket */
    bool opened;          /* an opening mark or bracket precedes the word */
    bool address;         /* the word begins a URL */
} qt_stop;

/* The run of stops that starts at offset at; end is that of the paragraph. */
qt_stop qt_stop_at(const qt_text *text, uint32_t at, uint32_t end);

/* A sign that is no stop as such: run is the sign. */
qt_stop qt_stop_instead(const qt_text *text, quoth_span sign, uint32_t end);

#endif
