/* quote_models.h - the linear models of attribution, read from a model file.
 *
 * In: a model file, or NULL. Out: a qt_linear for each quoth_model_part; those that the file lacks
 * are empty, and what they would decide is left to the rules. Ownership: the weights stay the
 * file's. Errors: QUOTH_ERROR_MODEL for a section whose size is not what it says. Constant time.
 *
 * A section ("quote.source", "quote.cue", ...), little-endian:
 *     0   u32 format, 1
 *     4   u32 bits, 1 to 24
 *     8   f32 scale: a sum of weights times this, plus the bias, are log odds
 *     12  f32 bias of a model that says yes or no
 *     16  1 << bits weights of 8 bits
 */
#ifndef QT_QUOTE_MODELS_H
#define QT_QUOTE_MODELS_H

#include "linear.h"

typedef struct qt_quote_models {
    qt_linear parts[QUOTH_MODEL_PARTS];
} qt_quote_models;

QUOTH_MUST_USE quoth_status qt_quote_models_open(const quoth_model *file, qt_quote_models *out,
                                                 quoth_error *error);

#endif
