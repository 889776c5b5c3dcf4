/* word_stop.h - whether the full stop behind a word ends the sentence.
 *
 * In: the state of boundary.h and the stop. Out: the verdict, and in doubtful whether it rests on
 * what rules can't know (ending.h is asked then). Constant time: the words on either side and the
 * end of the paragraph are looked at. Cannot fail.
 */
#ifndef QT_WORD_STOP_H
#define QT_WORD_STOP_H

#include "boundary.h"

/* Whether the word behind the stop is one that typically begins a sentence, with a capital. */
bool qt_is_starter(const qt_boundaries *self, const qt_stop *c);
/* Whether a word is a Roman number of I, V and X. */
bool qt_is_roman(const qt_text *text, quoth_span word);

/* Whether the full stop of a host name or of a missing space ends a sentence: "it ended.Then". */
bool qt_touching_stop_ends(const qt_boundaries *self, const qt_stop *c);
/* Whether the full stop after a word ends the sentence. */
bool qt_word_stop_ends(qt_boundaries *self, const qt_stop *c);

#endif
