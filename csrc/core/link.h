/* link.h - which mentions name the same entity, and whom a pronoun stands for.
 *
 * Reads: text, sentences, tokens, mentions. Out: entities in order of first mention, each mention's
 * entity index, the members of families, and the pronouns of persons with the entity that they stand
 * for. Ownership: the
 * arena. Errors: QUOTH_ERROR_MEMORY. Complexity: linear in tokens, n log n in distinct names.
 */
#ifndef QT_LINK_H
#define QT_LINK_H

#include "entity.h"

/* A third-person pronoun, by its token. entity is QUOTH_NONE when it could be several or nobody. */
typedef struct qt_pronoun {
    uint32_t token;
    uint32_t entity;
    uint32_t candidate_first, candidate_count; /* whom it may stand for, likeliest first */
} qt_pronoun;

typedef struct qt_links {
    QT_ARRAY(quoth_entity) entities;
    uint8_t *genders;              /* [entity]: QT_GENDER_* (pronoun.h), 0: not known */
    QT_ARRAY(qt_pronoun) pronouns; /* in text order */
    QT_ARRAY(quoth_speaker_candidate) candidates;
    QT_ARRAY(uint32_t) members; /* entities: those of each family together */
} qt_links;

QUOTH_MUST_USE quoth_status qt_link_mentions(const struct quoth_doc *doc, quoth_scratch *scratch,
                                             qt_arena *arena, qt_mentions *inout, qt_links *out);

#endif
