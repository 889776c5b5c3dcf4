/* tag_memory.h - what the first pass of the tagger made of each word of a document.
 *
 * In: tokens, and the scores and tags of a first pass. Out: features for a second pass: how the same
 * word, and the same two words together, were tagged elsewhere in the document; what the scores of
 * all its other places speak for together, so that one clear place counts more than several
 * doubtful ones; and which kinds the names are that are listed beside it (Ratinov and Roth 2009,
 * context aggregation and extended prediction history; Krishnan and Manning, "An Effective Two-Stage
 * Model for Exploiting Non-Local Dependencies in Named Entity Recognition", 2006). Ownership: a
 * temporary arena. Errors: QUOTH_ERROR_MEMORY. Constant time per token.
 */
#ifndef QT_TAG_MEMORY_H
#define QT_TAG_MEMORY_H

#include "tag.h"
#include "tag_feature.h"
#include "viterbi.h"

typedef struct qt_memory_entry {
    uint64_t key;                 /* 0: none */
    uint16_t kinds[QT_KINDS + 1]; /* how often of each kind; the last: outside of names */
    uint16_t places[4];           /* how often unit, last, begin, inside */
    int16_t behind[QT_KINDS + 1]; /* how far each kind is behind the best one, summed up */
} qt_memory_entry;

typedef int16_t qt_kind_scores[QT_KINDS + 1]; /* the last: outside of names */

typedef struct qt_tag_memory {
    const struct quoth_doc *doc;
    uint32_t *slots;          /* open addressing: which entry; 0: free */
    qt_memory_entry *entries; /* the first is that of words that are not remembered */
    uint32_t mask, count;
    uint8_t *tags;          /* [token]: after the first pass */
    qt_kind_scores *behind; /* [token]: what it gave its entry; of tokens in segments only */
} qt_tag_memory;

/* Room for the words of so many tokens in segments. */
QUOTH_MUST_USE quoth_status qt_memory_init(qt_tag_memory *self, const struct quoth_doc *doc,
                                           qt_arena *temporary, uint32_t tokens);

/* Remembers the scores and tags of a segment that starts at token first. */
void qt_memory_add(qt_tag_memory *self, const qt_tag_words *words, const qt_tag_scores *scores,
                   const uint8_t *tags, uint32_t first, uint32_t count);

/* Adds the features of token index of a segment that starts at token first to out. */
void qt_memory_features(const qt_tag_memory *self, const qt_tag_words *words, const uint8_t *tags,
                        uint32_t first, uint32_t index, uint32_t count, qt_features *out);

#endif
