#include "sentence.h"

#include "boundary.h"
#include "document.h"

/* The quotations that no sentence may end in, when the caller wants them whole. */
typedef struct whole {
    const quoth_doc *doc;
    uint32_t next; /* the first quotation that has not been looked at */
    uint32_t end;  /* no sentence ends before this offset */
} whole;

/* Whether an unclosed quotation goes on in a later paragraph: then its end is no accident. */
static bool is_continued(const qt_quotations *quotations, uint32_t index)
{
    for (uint32_t i = index + 1; i < quotations->items.count; i++)
        if (quotations->items.items[i].parent == QUOTH_NONE)
            return quotations->items.items[i].continues == index;
    return false;
}

static bool is_inside(whole *self, uint32_t at)
{
    const qt_quotations *quotations = &self->doc->quotations;
    for (; self->next < quotations->items.count; self->next++) {
        const quoth_quotation *q = &quotations->items.items[self->next];
        if (q->span.start >= at)
            break;
        if (q->parent == QUOTH_NONE && q->span.end > self->end &&
            (q->closed || is_continued(quotations, self->next)))
            self->end = q->span.end;
    }
    return at < self->end;
}

static bool add(quoth_span span, uint32_t paragraph, qt_arena *arena, qt_sentences *out)
{
    quoth_sentence *sentence = qt_push(arena, out);
    if (sentence)
        *sentence = (quoth_sentence){span, paragraph};
    return sentence != NULL;
}

quoth_status qt_sentence_split(const struct quoth_doc *doc, const quoth_options *options,
                               const qt_abbreviations *abbreviations, qt_decisions *seen,
                               qt_arena *arena, qt_sentences *out)
{
    whole quotations = {.doc = doc};
    for (uint32_t i = 0; i < doc->structure.paragraphs.count; i++) {
        quoth_span paragraph = doc->structure.paragraphs.items[i].span;
        qt_boundaries boundaries =
            qt_boundary_first(&doc->text, &doc->scan, abbreviations, paragraph);
        boundaries.seen = seen;
        uint32_t start = paragraph.start;
        for (quoth_span gap; qt_boundary_next(&boundaries, &gap);) {
            if (options->keep_quotes_whole && is_inside(&quotations, gap.start))
                continue;
            if (!add((quoth_span){start, gap.start}, i, arena, out))
                return QUOTH_ERROR_MEMORY;
            start = gap.end;
        }
        if (!add((quoth_span){start, paragraph.end}, i, arena, out))
            return QUOTH_ERROR_MEMORY;
    }
    return seen && seen->failed ? QUOTH_ERROR_MEMORY : QUOTH_OK;
}
