/* speaker.h - the entity that a source stands for, or why none is certain.
 *
 * In: the syntax, mentions and links, and a source. Out: an entity index and a reason. What the
 * persons and organizations of the document are called is put into sorted tables once. Errors:
 * QUOTH_ERROR_MEMORY. Complexity: n log n in mentions once, then logarithmic per source.
 *
 * A spokesperson with a name is the speaker; one without speaks for the organization.
 */
#ifndef QT_SPEAKER_H
#define QT_SPEAKER_H

#include "description.h"

typedef struct qt_short_name {
    uint64_t key;    /* hash of the folded last or first word of a person's name */
    uint32_t entity; /* QUOTH_NONE: several persons bear it */
} qt_short_name;

typedef struct qt_speakers {
    const qt_syntax *syntax;
    qt_descriptions descriptions;
    qt_short_name *names; /* by key */
    uint32_t name_count;
} qt_speakers;

QUOTH_MUST_USE quoth_status qt_speakers_init(qt_speakers *self, const qt_syntax *syntax,
                                             quoth_scratch *scratch);
void qt_speaker_find(const qt_speakers *self, const qt_phrase *source, uint32_t *speaker,
                     quoth_speaker_reason *reason);
/* Lists whom a pronoun as source may stand for. */
void qt_speaker_candidates(const qt_syntax *syntax, const qt_phrase *source, quoth_quote *inout);
/* The one person whose last name is the label's, or whom the label names; or QUOTH_NONE. */
uint32_t qt_speaker_labelled(const qt_speakers *self, const qt_phrase *label);

#endif
