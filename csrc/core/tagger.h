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
 *     entity.head      qt_tagger_head
 *     entity.pilots    uint16 [bucket], and
 *     entity.rows      uint8 [row][QT_TAG_ROOM]: what a feature adds to each tag (tag_weights.h)
 *     entity.moves     int16 [QT_TAG_ROOM][QT_TAG_ROOM]: what a tag adds to the tag after it
 *     entity.clusters  see cluster.h
 */
#ifndef QT_TAGGER_H
#define QT_TAGGER_H

#include "model.h"
#include "tag.h"
#include "tag_feature.h"
#include "tag_memory.h"
#include "tag_score.h"
#include "trace.h"
#include "viterbi.h"

enum {
    QT_TAGGER_VERSION = 2,
    QT_MOVE_NEVER = -20000, /* a tag that can't follow */
};

typedef struct qt_tagger_head {
    int32_t version;
    int32_t scale_bits; /* a weight of 1.0 is 2 to this power */
    float slope, shift; /* from the lead of a name over the next best tags to how sure it is */
    int32_t reserved[12];
} qt_tagger_head;

typedef struct qt_tagger {
    qt_clusters clusters;
    qt_weights weights;
    qt_moves moves;
    float scale, slope, shift;
} qt_tagger;

/* Whether the model has one. */
static inline bool qt_tagger_is_there(const qt_tagger *self)
{
    return self->weights.row_count > 0;
}

/* A name that the tagger found. */
typedef struct qt_tagged {
    uint32_t first, end; /* tokens */
    uint8_t kind;        /* QT_KIND_* */
    float score;         /* how sure, 0 to 1 */
} qt_tagged;

typedef QT_ARRAY(qt_tagged) qt_tagged_names;

/* model may be NULL or have no such sections: then *out is empty. */
QUOTH_MUST_USE quoth_status qt_tagger_open(const quoth_model *model, qt_tagger *out,
                                           quoth_error *error);

/* What a feature gives a tag, in units of the scale; 0 for one that the model does not know. */
int32_t qt_tagger_weight(const qt_tagger *self, uint32_t key, uint32_t tag);

/* A segment as the first pass left it. */
typedef struct qt_tagged_segment {
    qt_tag_words words;
    qt_tag_scores *scores; /* [token]: what the features give each tag */
    uint8_t *tags;
    uint32_t first, count; /* tokens */
    bool revised;          /* the second pass had something to say */
} qt_tagged_segment;

/* All of them, in text order; the tokens of one lie right behind those of the one before. */
typedef struct qt_tagging {
    qt_tagged_segment *segments;
    uint32_t count, tokens;
    qt_tag_memory memory; /* of the tags of the first pass */
    qt_scorer *scorer;
} qt_tagging;

/* The first pass over all segments, in temporary arrays, and what it leaves for the second. cache
 * may be NULL. */
QUOTH_MUST_USE quoth_status qt_tagger_pass(const qt_tagger *self, qt_tag_cache *cache,
                                           const qt_tag_view *view, const qt_segments *segments,
                                           qt_arena *temporary, qt_tagging *out);

/* The second pass. */
void qt_tagger_revise(const qt_tagger *self, const qt_tagging *tagging);

/* Both. trace: of an explanation, or NULL. */
QUOTH_MUST_USE quoth_status qt_tagger_find(const qt_tagger *self, qt_tag_cache *cache,
                                           const struct quoth_doc *doc, const qt_usage *usage,
                                           const qt_names *names, qt_trace *trace,
                                           qt_arena *temporary, qt_tagged_names *out);

#endif
