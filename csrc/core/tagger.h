/* tagger.h - names by a linear sequence model over hashed features.
 *
 * Reads: tokens, word use, what the rules found, and the sections "entity.*" of a model. Out: names
 * with their kind in text order, not overlapping, in a temporary arena. Ownership: a qt_tagger
 * borrows the model. Errors: QUOTH_ERROR_MODEL when a section does not have the size or the content
 * that it has to have; QUOTH_ERROR_MEMORY. Complexity: linear; plain text costs a look at each
 * token (tag_segment.h).
 *
 * The model is a conditional random field (Lafferty, McCallum and Pereira 2001) of which the best
 * sequence is found exactly (Viterbi). Its sections:
 *
 *     entity.head      int32: version, then bits of the scale (see struct head in tagger.c)
 *     entity.slots     uint32, a power of two: fingerprint of a feature and its row; all ones: free
 *     entity.rows      int8 [row][QT_TAG_ROOM]: what a feature adds to each tag
 *     entity.moves     int16 [QT_TAG_ROOM][QT_TAG_ROOM]: what a tag adds to the tag after it
 *     entity.clusters  see cluster.h
 */
#ifndef QT_TAGGER_H
#define QT_TAGGER_H

#include "model.h"
#include "tag.h"
#include "tag_feature.h"
#include "tag_memory.h"
#include "viterbi.h"

enum {
    QT_TAGGER_VERSION = 1,
    QT_ROW_BITS = 18,       /* of a slot; the rest is a fingerprint */
    QT_SLOT_PROBES = 32,    /* how far from its place a feature may lie */
    QT_MOVE_NEVER = -20000, /* a tag that can't follow */
};
#define QT_SLOT_FREE UINT32_MAX

typedef struct qt_tagger_head {
    int32_t version;
    int32_t scale_bits; /* a weight of 1.0 is 2 to this power */
    float slope, shift; /* from the lead of a name over the next best tags to how sure it is */
    int32_t reserved[12];
} qt_tagger_head;

typedef struct qt_tagger {
    qt_clusters clusters;
    const uint32_t *slots; /* NULL: the model has no tagger */
    uint32_t mask;
    const int8_t (*rows)[QT_TAG_ROOM];
    uint32_t row_count;
    qt_moves moves;
    float scale, slope, shift;
} qt_tagger;

/* A name that the tagger found. */
typedef struct qt_tagged {
    uint32_t first, end; /* tokens */
    uint8_t kind;        /* QT_KIND_* */
    float score;         /* how sure, 0 to 1 */
} qt_tagged;

typedef QT_ARRAY(qt_tagged) qt_tagged_names;

/* model may be NULL or have no such sections: then out->slots is NULL. */
QUOTH_MUST_USE quoth_status qt_tagger_open(const quoth_model *model, qt_tagger *out,
                                           quoth_error *error);

/* What the words of earlier texts gave, by word and place: most words of a text are old
 * acquaintances. Belongs to one scratch; it changes how fast a text is read and nothing else. */
enum { QT_TAG_CACHE = 8192 };
typedef struct qt_tag_cache {
    uint64_t keys[QT_TAG_CACHE]; /* 0: free */
    qt_tag_scores scores[QT_TAG_CACHE];
} qt_tag_cache;

/* What a feature gives a tag, in units of the scale; 0 for one that the model does not know. */
int32_t qt_tagger_weight(const qt_tagger *self, uint32_t key, uint32_t tag);

/* A segment as the first pass left it. */
typedef struct qt_tagged_segment {
    qt_tag_words words;
    qt_tag_scores *scores; /* [token]: what the features give each tag */
    uint8_t *tags;
} qt_tagged_segment;

/* The first pass over all segments, in temporary arrays, and what it leaves for the second. */
QUOTH_MUST_USE quoth_status qt_tagger_pass(const qt_tagger *self, qt_tag_cache *cache,
                                           const qt_tag_view *view, const qt_segments *segments,
                                           qt_arena *temporary, qt_tagged_segment **out,
                                           qt_tag_memory *memory);

/* The second pass over a segment of count tokens from first on. */
void qt_tagger_revise(const qt_tagger *self, const qt_tag_memory *memory,
                      const qt_tagged_segment *tagged, uint32_t first, uint32_t count);

QUOTH_MUST_USE quoth_status qt_tagger_find(const qt_tagger *self, qt_tag_cache *cache,
                                           const struct quoth_doc *doc, const qt_usage *usage,
                                           const qt_names *names, qt_arena *temporary,
                                           qt_tagged_names *out);

/* Where a feature lies, or would lie first, and the part of a slot that tells it from others. */
static inline uint32_t qt_slot_of(uint32_t key, uint32_t mask)
{
    return (key >> (32 - QT_ROW_BITS - 2)) & mask;
}

static inline uint32_t qt_slot_print(uint32_t key)
{
    return key << QT_ROW_BITS;
}

#endif
