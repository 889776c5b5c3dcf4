/* context.h - where in a document a find may be.
 *
 * Reads: structure, quotations, sentences, mentions, and quotes for QUOTH_CONTEXT_QUOTE. Out: the
 * bytes of the context as a bitmap (span_bits.h) in the arena; NULL when out of memory. Complexity:
 * linear.
 */
#ifndef QT_CONTEXT_H
#define QT_CONTEXT_H

#include "arena.h"
#include "quoth_extend.h"

struct quoth_doc;

/* mentions: those that QUOTH_CONTEXT_MENTION asks for. */
uint64_t *qt_context_cover(const struct quoth_doc *doc, quoth_context context, uint8_t label,
                           const quoth_mention *mentions, size_t mention_count, qt_arena *arena);

#endif
