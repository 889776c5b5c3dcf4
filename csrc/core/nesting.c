#include "nesting.h"

enum { DEPTH = 16 };

static bool holds(quoth_span outer, quoth_span inner)
{
    return outer.start <= inner.start && inner.end <= outer.end;
}

/* The last of the contents of a quote that starts at or before byte at. */
static quoth_span content_at(const quoth_span *contents, const quoth_quote *quote, uint32_t at)
{
    uint32_t low = quote->content_first, high = low + quote->content_count;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (contents[middle].start <= at)
            low = middle;
        else
            high = middle;
    }
    return contents[low];
}

static bool is_within(const quoth_span *contents, const quoth_quote *inner,
                      const quoth_quote *outer)
{
    quoth_span first = contents[inner->content_first];
    quoth_span around = content_at(contents, outer, first.start);
    bool cued = inner->cue.end > inner->cue.start;
    return holds(around, first) && (!cued || holds(around, inner->cue)) &&
           (cued || first.end - first.start < around.end - around.start);
}

void qt_nesting_find(const quoth_span *contents, quoth_quote *quotes, uint32_t count,
                     uint32_t *temporary)
{
    uint32_t depth = 0; /* of the quotes that are open, in temporary */
    for (uint32_t i = 0; i < count; i++) {
        quoth_quote *quote = &quotes[i];
        uint32_t start = contents[quote->content_first].start;
        quote->parent = QUOTH_NONE;
        while (depth > 0) {
            const quoth_quote *last = &quotes[temporary[depth - 1]];
            if (contents[last->content_first + last->content_count - 1].end > start)
                break;
            depth--;
        }
        for (uint32_t k = depth; k > 0 && depth - k < DEPTH; k--)
            if (is_within(contents, quote, &quotes[temporary[k - 1]])) {
                quote->parent = temporary[k - 1];
                break;
            }
        temporary[depth++] = i;
    }
}
