/* tag_segment.h - the stretches of a text in which there may be names; all else is plain.
 *
 * Reads: tokens, word use, what the rules found. Out: segments [first, end) of tokens in text
 * order, which do not overlap, cross no end of a sentence and have at most QT_SEGMENT_MAX tokens:
 * words with a capital and what may join them. No name starts or ends outside of them as far as
 * the tagger is concerned, so that plain lower-case text costs a look at each token. Ownership: a
 * temporary arena. Errors: QUOTH_ERROR_MEMORY. Complexity: linear.
 */
#ifndef QT_TAG_SEGMENT_H
#define QT_TAG_SEGMENT_H

#include "name.h"

enum { QT_SEGMENT_MAX = 64 };

typedef struct qt_segment {
    uint32_t first, end;
    uint32_t sentence, sentence_end; /* tokens: where the sentence starts and ends */
} qt_segment;

typedef QT_ARRAY(qt_segment) qt_segments;

QUOTH_MUST_USE quoth_status qt_segment_find(const struct quoth_doc *doc, const qt_usage *usage,
                                            const uint8_t *rules, qt_arena *temporary,
                                            qt_segments *out);

#endif
