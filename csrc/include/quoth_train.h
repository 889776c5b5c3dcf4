/* quoth_train.h - training of the models that quoth.h reads with; nobody needs it to read.
 *
 * Flow. A caller makes a trainer for a pipeline, adds texts with their names, lets it learn for
 * some epochs, and takes the sections of a model file. Ownership: the caller's; the pipeline has to
 * outlive the trainer. Errors and units as in quoth.h. The same calls give the same bytes.
 */
#ifndef QUOTH_TRAIN_H
#define QUOTH_TRAIN_H

#include "quoth.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Kinds of names that the tagger tells apart. */
typedef enum quoth_kind {
    QUOTH_KIND_PERSON = 0,
    QUOTH_KIND_ORG,
    QUOTH_KIND_PLACE, /* GPE and LOC */
    QUOTH_KIND_FAC,
    QUOTH_KIND_NORP,
    QUOTH_KIND_MISC, /* EVENT, WORK_OF_ART, LAW and LANGUAGE */
    QUOTH_KIND_PRODUCT,
} quoth_kind;
#define QUOTH_KINDS 7

/* A name of a text: half-open, in code points, with the set of kinds that it may have, a bit for
 * each. */
typedef struct quoth_gold {
    uint32_t start, end;
    uint32_t kinds;
} quoth_gold;

/* How a data set was annotated. */
typedef struct quoth_scheme {
    uint32_t hidden; /* kinds that were not annotated: there may be names of them anywhere */
    float weight;    /* what an error costs, mostly 1 */
} quoth_scheme;

typedef struct quoth_trainer quoth_trainer;

QUOTH_API QUOTH_MUST_USE quoth_status quoth_trainer_new(const quoth_pipeline *pipeline,
                                                        quoth_trainer **out);
QUOTH_API void quoth_trainer_free(quoth_trainer *self);

/* Texts are read with this pipeline from now on, which has to outlive the trainer, too. Where its
 * model has a tagger, the second pass is learnt from what that makes of the text: one that was not
 * trained with it, or the second pass would believe the first in everything. */
QUOTH_API void quoth_trainer_use(quoth_trainer *self, const quoth_pipeline *pipeline);

/* The names are in text order and do not overlap. error may be NULL. */
QUOTH_API QUOTH_MUST_USE quoth_status quoth_trainer_add(quoth_trainer *self, quoth_scratch *scratch,
                                                        quoth_input text, const quoth_gold *names,
                                                        size_t count, quoth_scheme scheme,
                                                        quoth_error *error);

/* After the last text: numbers the features that occur at least this often. */
QUOTH_API QUOTH_MUST_USE quoth_status quoth_trainer_begin(quoth_trainer *self, uint32_t least);

/* One pass over all texts, each time without a share of the features (dropped, 0 to below 1); *loss is the mean negative log-likelihood of a segment. */
QUOTH_API QUOTH_MUST_USE quoth_status quoth_trainer_epoch(quoth_trainer *self, float rate,
                                                          float decay, float dropped, uint64_t seed,
                                                          double *loss);

/* Starts to learn from nothing again; the model will be the mean of what was learnt before and what
 * will be, so that less of it is chance. */
QUOTH_API void quoth_trainer_restart(quoth_trainer *self);

/* Forgets all but the most telling features. */
QUOTH_API QUOTH_MUST_USE quoth_status quoth_trainer_prune(quoth_trainer *self, uint32_t features);

/* Makes the sections of the model as learnt so far, "entity.head", "entity.pilots", "entity.rows"
 * and "entity.moves". slope and shift turn the lead of a name over the next best tags into how sure
 * it is: 1 / (1 + exp(-slope * lead - shift)). The bytes are the trainer's, until the next call. */
QUOTH_API QUOTH_MUST_USE quoth_status quoth_trainer_export(quoth_trainer *self, float slope,
                                                           float shift);
QUOTH_API const void *quoth_trainer_section(const quoth_trainer *self, const char *name,
                                            size_t *size);

/* The key of a word in the table of clusters. */
QUOTH_API QUOTH_MUST_USE quoth_status quoth_trainer_word_key(const quoth_pipeline *pipeline,
                                                             quoth_scratch *scratch,
                                                             quoth_input word, uint64_t *key);

#ifdef __cplusplus
}
#endif

#endif
