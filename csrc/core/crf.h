/* crf.h - the arithmetic of a conditional random field over the tags of one segment.
 *
 * In: what features give each tag of each token, and the tags that each token may have. Out: the
 * log-likelihood of the tags allowed, and its gradient. Method: forward and backward in the domain
 * of probabilities with scaling (Rabiner 1989), once over all tags and once over those allowed.
 * Plain float, in a fixed order: the same on every run of a build. Cannot fail. Complexity: tokens
 * times tags squared.
 */
#ifndef QT_CRF_H
#define QT_CRF_H

#include "tag.h"
#include "tag_segment.h"

typedef float qt_crf_row[QT_TAG_ROOM];

typedef struct qt_crf {
    qt_crf_row moves[QT_TAG_ROOM];   /* weight of tag after tag */
    qt_crf_row factors[QT_TAG_ROOM]; /* exp of those, 0 for what can't be */
    qt_crf_row emit[QT_SEGMENT_MAX]; /* in: the score of each tag */
    qt_crf_row exp_emit[QT_SEGMENT_MAX];
    qt_crf_row alpha[QT_SEGMENT_MAX], beta[QT_SEGMENT_MAX];
    qt_crf_row gradient[QT_SEGMENT_MAX]; /* out: of the log-likelihood by each emit */
    qt_crf_row move_gradient[QT_TAG_ROOM];
} qt_crf;

/* Whether tag after may follow tag before. */
bool qt_crf_may_follow(uint32_t before, uint32_t after);

/* Brings factors up to date with moves. */
void qt_crf_refresh(qt_crf *self);

/* Fills gradient and move_gradient for a segment of count tokens; allowed[i] has bit t for tag t.
 * Returns the log-likelihood, or 1 when nothing that is allowed can be. */
float qt_crf_gradient(qt_crf *self, const uint32_t *allowed, uint32_t count);

#endif
