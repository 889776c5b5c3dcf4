/* speaker.h - the entity that a source stands for, or why none is certain.
 *
 * In: the syntax, mentions and links, and a source. Out: an entity index and a reason. The titles
 * of the persons of the document are put into a sorted table once. Errors: QUOTH_ERROR_MEMORY.
 * Complexity: n log n in titles once, then logarithmic per source.
 */
#ifndef QT_SPEAKER_H
#define QT_SPEAKER_H

#include "noun_phrase.h"

typedef struct qt_role_title {
    uint64_t key;    /* hash of the folded title, or of its last word */
    uint32_t entity; /* QUOTH_NONE: several persons bear it */
} qt_role_title;

typedef struct qt_speakers {
    const qt_syntax *syntax;
    qt_role_title *titles; /* by key */
    uint32_t title_count;
    qt_role_title *names; /* last words of persons' names, by key */
    uint32_t name_count;
} qt_speakers;

QUOTH_MUST_USE quoth_status qt_speakers_init(qt_speakers *self, const qt_syntax *syntax,
                                             quoth_scratch *scratch);
void qt_speaker_find(const qt_speakers *self, const qt_phrase *source, uint32_t *speaker,
                     quoth_speaker_reason *reason);
/* The one person whose last name is the label's, or whom the label names; or QUOTH_NONE. */
uint32_t qt_speaker_labelled(const qt_speakers *self, const qt_phrase *label);

#endif
