#include "draft.h"

#include "document.h"
#include "speaker.h"

uint32_t qt_draft_add(qt_drafts *self, const quoth_quote *quote, const qt_cue *cue,
                      const qt_phrase *source, quoth_span content)
{
    qt_draft *draft = qt_push(self->arena, &self->items);
    if (!draft)
        return QUOTH_NONE;
    *draft = (qt_draft){*quote, QUOTH_NONE, QUOTH_NONE, *cue, *source};
    draft->quote.content_count = 0;
    uint32_t index = self->items.count - 1;
    return qt_draft_extend(self, index, content) ? index : QUOTH_NONE;
}

bool qt_draft_extend(qt_drafts *self, uint32_t index, quoth_span span)
{
    qt_draft_content *content = qt_push(self->arena, &self->contents);
    if (!content)
        return false;
    *content = (qt_draft_content){span, QUOTH_NONE};
    qt_draft *draft = &self->items.items[index];
    uint32_t place = self->contents.count - 1;
    if (draft->quote.content_count++ == 0)
        draft->quote.content_first = place;
    else
        self->contents.items[draft->last].next = place;
    draft->last = place;
    return true;
}

static bool lay_out(const qt_drafts *self, const qt_syntax *syntax, const qt_draft *draft,
                    qt_arena *arena, qt_attribution *out)
{
    quoth_quote *quote = qt_push(arena, &out->quotes);
    if (!quote)
        return false;
    *quote = draft->quote;
    qt_speaker_candidates(syntax, &draft->source, quote);
    quote->content_first = out->contents.count;
    for (uint32_t i = draft->quote.content_first; i != QUOTH_NONE;
         i = self->contents.items[i].next) {
        quoth_span *span = qt_push(arena, &out->contents);
        if (!span)
            return false;
        *span = self->contents.items[i].span;
    }
    return true;
}

quoth_status qt_drafts_finish(qt_drafts *self, const qt_syntax *syntax, qt_arena *arena,
                              qt_attribution *out, const uint32_t **number)
{
    uint32_t *heads = qt_arena_alloc_raw(self->arena, (syntax->count + (size_t)1) * sizeof *heads);
    uint32_t *numbers =
        qt_arena_alloc(self->arena, (self->items.count + (size_t)1) * sizeof *numbers);
    if (!heads || !numbers)
        return QUOTH_ERROR_MEMORY;
    for (uint32_t i = 0; i <= syntax->count; i++)
        heads[i] = QUOTH_NONE;
    /* Backwards, so that drafts that start at one token keep their order. */
    for (uint32_t i = self->items.count; i-- > 0;) {
        qt_draft *draft = &self->items.items[i];
        uint32_t start = self->contents.items[draft->quote.content_first].span.start;
        uint32_t token = qt_token_at(&syntax->doc->tokens, start);
        draft->next = heads[token];
        heads[token] = i;
    }
    for (uint32_t token = 0; token <= syntax->count; token++)
        for (uint32_t i = heads[token]; i != QUOTH_NONE; i = self->items.items[i].next) {
            numbers[i] = out->quotes.count;
            if (!lay_out(self, syntax, &self->items.items[i], arena, out))
                return QUOTH_ERROR_MEMORY;
        }
    *number = numbers;
    return QUOTH_OK;
}
