/* tag_score.h - what their features give the tags of tokens, for many tokens at a time.
 *
 * In: features (tag_feature.h) and where the sum of their weights is to be added. Out: the sums,
 * once qt_scorer_flush() was called. The weights are in memory that is far away: features wait in a
 * queue, so that all of them can be asked for before the first one is needed. What a word gives by
 * itself, and parts of what its context gives, are kept in a cache: most are old acquaintances. Ownership: a
 * temporary arena; the cache belongs to one scratch, and changes how fast a text is read and
 * nothing else. Errors: QUOTH_ERROR_MEMORY when it is made. Constant time per feature.
 */
#ifndef QT_TAG_SCORE_H
#define QT_TAG_SCORE_H

#include "tag_feature.h"
#include "tag_weights.h"

typedef int16_t qt_tag_scores[QT_TAG_ROOM];

enum { QT_TAG_CACHE = 16384 };
typedef struct qt_tag_cache {
    uint64_t keys[QT_TAG_CACHE];    /* word, shape and place, or part of a context; 0: free */
    uint32_t batches[QT_TAG_CACHE]; /* the last batch that read it */
    uint32_t batch;
    qt_tag_scores scores[QT_TAG_CACHE];
} qt_tag_cache;

typedef struct qt_scorer qt_scorer;

/* cache may be NULL; it has to be one that was used with the same weights only. NULL: no memory. */
qt_scorer *qt_scorer_new(const qt_weights *weights, qt_tag_cache *cache, const qt_text *text,
                         qt_arena *temporary);

/* Room for features that are to be added next. */
qt_features qt_scorer_features(qt_scorer *self);

/* Adds what features, found in that room, give to scores, at the next flush at the latest. */
void qt_scorer_add(qt_scorer *self, const qt_features *features, int16_t *scores);

/* The same for one part of what qt_features_of_context() gives, but not QT_PART_WORDS. */
void qt_scorer_add_part(qt_scorer *self, const qt_tag_words *words, uint32_t index, unsigned part,
                        int16_t *scores);

/* The same for a word at a place from 0 to 4, see qt_features_of_word(). */
void qt_scorer_add_word(qt_scorer *self, const qt_tag_word *word, uint32_t place, int16_t *scores);

/* To be called before scores are read, and before the text ends. */
void qt_scorer_flush(qt_scorer *self);

#endif
