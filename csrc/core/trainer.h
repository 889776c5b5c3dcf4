/* trainer.h - learns the tagger of tagger.h from texts with their names. Public part in quoth.h.
 *
 * In: texts, and for each token of a segment the set of tags that it may have: data sets disagree,
 * and what one of them does not say stays open (a partially observed conditional random field:
 * Tsuboi et al., "Training Conditional Random Fields Using Incomplete Annotations", 2008). Out: the
 * sections "entity.*" of a model. Method: stochastic gradient with AdaGrad (Duchi, Hazan and Singer
 * 2011), one thread, sequences in an order that only the seed decides, so that the same data gives
 * the same bytes; features are left out by chance while learning (dropout: Hinton et al. 2012).
 * Errors: QUOTH_ERROR_MEMORY. Complexity: linear in the texts for each epoch.
 */
#ifndef QT_TRAINER_H
#define QT_TRAINER_H

#include "quoth_train.h"
#include "tagger.h"

#endif
