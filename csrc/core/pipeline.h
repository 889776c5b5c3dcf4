/* pipeline.h - the stages in their order.
 *
 * In: options; then texts. Out: documents. The pipeline owns its compiled patterns and a copy of
 * its options; it is never written to after quoth_pipeline_new(), so any number of threads share
 * it.
 */
#ifndef QT_PIPELINE_H
#define QT_PIPELINE_H

#include "abbreviation.h"
#include "knowledge.h"
#include "pattern.h"
#include "quote_models.h"
#include "tagger.h"

struct quoth_pipeline {
    quoth_allocator allocator;
    quoth_options options; /* language points to a static string, allocator to the one above */
    qt_patterns *patterns; /* NULL when no stage has any */
    qt_abbreviations abbreviations;
    qt_tagger tagger; /* empty: the model has none */
    qt_quote_models quotes;
    qt_knowledge knowledge; /* the caller's own */
};

#endif
