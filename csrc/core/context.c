#include "context.h"

#include "document.h"
#include "span_bits.h"

static void add(uint64_t *bits, quoth_span span)
{
    if (span.start < span.end)
        qt_bits_add(bits, span);
}

/* The sentences that have a mention with the label. */
static void add_sentences(const struct quoth_doc *doc, uint64_t *bits, uint8_t label,
                          const quoth_mention *mentions, size_t count)
{
    uint32_t s = 0;
    for (size_t i = 0; i < count; i++) {
        if ((uint8_t)mentions[i].label != label)
            continue;
        while (s < doc->sentences.count &&
               doc->sentences.items[s].span.end <= mentions[i].span.start)
            s++;
        if (s < doc->sentences.count)
            add(bits, doc->sentences.items[s].span);
    }
}

uint64_t *qt_context_cover(const struct quoth_doc *doc, quoth_context context, uint8_t label,
                           const quoth_mention *mentions, size_t mention_count, qt_arena *arena)
{
    uint64_t *bits = qt_arena_alloc(arena, ((size_t)doc->text.size / 64 + 1) * sizeof *bits);
    if (!bits)
        return NULL;
    if (context == QUOTH_CONTEXT_TITLE)
        add(bits, doc->structure.frame.title);
    if (context == QUOTH_CONTEXT_MENTION)
        add_sentences(doc, bits, label, mentions, mention_count);
    for (uint32_t i = 0; context == QUOTH_CONTEXT_QUOTATION && i < doc->quotations.items.count; i++)
        add(bits, doc->quotations.items.items[i].span);
    for (uint32_t i = 0; context == QUOTH_CONTEXT_QUOTE && i < doc->attribution.contents.count; i++)
        add(bits, doc->attribution.contents.items[i]);
    return bits;
}
