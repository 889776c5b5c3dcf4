/* ending.h - a place where a sentence may end, seen by a linear model that was trained on treebanks.
 *
 * The rules of boundary.c judge every stop. Where what they look at leaves a doubt, and where no stop
 * stands but a dash, a colon, a bracket or a figure before a capital, the words on either side, their
 * shapes and the state of the sentence are hashed to a few dozen features, of which the rules'
 * verdict is one, and their weights are added (hashing: Weinberger et al., Feature Hashing for Large
 * Scale Multitask Learning, 2009). The weights are in lang/en/ending_weights.txt and made by
 * "quoth train sentences"; training uses the same function as reading.
 *
 * In: the text, the place. Out: features, or the verdict. Cannot fail. Constant time: windows of some
 * dozens of bytes.
 */
#ifndef QT_ENDING_H
#define QT_ENDING_H

#include "stop.h"

enum { QT_ENDING_FEATURES = 32, QT_ENDING_BITS = 13 };

typedef struct qt_ending {
    const qt_stop *stop;  /* of any kind, QT_STOP_NONE too */
    quoth_span paragraph; /* that it lies in */
    uint32_t start;       /* where the sentence starts */
    bool ends;            /* what the rules say */
} qt_ending;

/* Writes the features, numbers below 2^QT_ENDING_BITS, and returns how many there are. */
uint32_t qt_ending_features(const qt_text *text, const qt_ending *place,
                            uint16_t out[QT_ENDING_FEATURES]);

/* Whether the sentence ends there. */
bool qt_ending_is_end(const qt_text *text, const qt_ending *place);

#endif
