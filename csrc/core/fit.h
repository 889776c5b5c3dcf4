/* fit.h - training of linear models: the weights that make right candidates likely.
 *
 * quoth_fit() of quoth.h. In: choices with their right answers. Out: weights. Stochastic gradient
 * descent on the log likelihood of a softmax over the candidates, of which several may be right;
 * the step of each weight by AdaGrad (Duchi et al. 2011); the weights of the second half of the
 * epochs are averaged. Nothing is random but the order, which the seed decides. Errors:
 * QUOTH_ERROR_MEMORY, QUOTH_ERROR_ARGUMENT. Complexity: linear in epochs times features.
 */
#ifndef QT_FIT_H
#define QT_FIT_H

#include "quoth.h"

#endif
