/* tag_memory.h - what the first pass of the tagger made of each word of a document.
 *
 * In: tokens and the tags of a first pass. Out: features for a second pass: how the same word, and
 * the same two words together, were tagged elsewhere in the document (Ratinov and Roth 2009, context
 * aggregation and extended prediction history; Krishnan and Manning, "An Effective Two-Stage Model
 * for Exploiting Non-Local Dependencies in Named Entity Recognition", 2006). Ownership: a temporary
 * arena. Errors: QUOTH_ERROR_MEMORY. Constant time per token.
 */
#ifndef QT_TAG_MEMORY_H
#define QT_TAG_MEMORY_H

#include "tag.h"
#include "tag_feature.h"

typedef struct qt_memory_entry {
    uint64_t key;                 /* 0: free */
    uint16_t kinds[QT_KINDS + 1]; /* how often of each kind; the last: outside of names */
    uint16_t places[4];           /* how often unit, last, begin, inside */
} qt_memory_entry;

typedef struct qt_tag_memory {
    qt_memory_entry *entries;
    uint32_t mask;
} qt_tag_memory;

/* Room for the words of so many tokens. */
QUOTH_MUST_USE quoth_status qt_memory_init(qt_tag_memory *self, qt_arena *temporary,
                                           uint32_t tokens);

/* Remembers the tags of a segment. */
void qt_memory_add(qt_tag_memory *self, const qt_tag_words *words, const uint8_t *tags,
                   uint32_t count);

/* Adds the features of token index of a segment to out. */
void qt_memory_features(const qt_tag_memory *self, const qt_tag_words *words, const uint8_t *tags,
                        uint32_t index, uint32_t count, qt_features *out);

#endif
