/* viterbi.h - the best sequence of tags of a segment, exactly.
 *
 * In: what its features give each tag of each token, and what a tag gives the tag after it. Out:
 * the tags, and how far each name is from the next best reading without it. Method: Viterbi 1967,
 * in vectors of eight 16-bit numbers, one for each block of tags (tag.h): a name that is not open
 * may be followed by any that starts, one that is open only goes on. Scores are held near zero by
 * taking away the best of each token, so that 16 bits suffice. Cannot fail. Complexity: linear in
 * tokens.
 */
#ifndef QT_VITERBI_H
#define QT_VITERBI_H

#include "tag_score.h"

enum { QT_SCORE_MOST = 3000 }; /* of a tag of a token; beyond it certainty is the same */

/* The moves between tags, laid out for the vectors. */
typedef struct qt_moves {
    qt_tag_scores after[QT_TAG_BEGIN + 8]; /* from outside and each unit, then each last: to the
                                              blocks of units and of begins */
    int16_t goes_on[4][8]; /* begin to last, inside to last, begin to inside, inside to inside */
} qt_moves;

/* From the section of a model; scores are bounded so that nothing overflows. */
void qt_moves_read(const int16_t (*moves)[QT_TAG_ROOM], qt_moves *out);

/* What a tag gives the tag after it, of two that may follow one another. */
int32_t qt_moves_of(const qt_moves *self, uint32_t from, uint32_t to);

void qt_viterbi(const qt_moves *moves, const qt_tag_scores *scores, uint32_t count, uint8_t *tags);

#endif
