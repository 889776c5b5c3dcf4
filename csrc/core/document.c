#include "document.h"

quoth_status qt_doc_new(const quoth_allocator *allocator, quoth_doc **out)
{
    *out = NULL;
    quoth_doc *self = allocator->resize(allocator->context, NULL, sizeof *self);
    if (!self)
        return QUOTH_ERROR_MEMORY;
    *self = (quoth_doc){.allocator = *allocator};
    qt_arena_init(&self->arena, allocator);
    *out = self;
    return QUOTH_OK;
}

void quoth_doc_free(quoth_doc *self)
{
    if (!self)
        return;
    quoth_allocator allocator = self->allocator;
    qt_arena_free(&self->arena);
    allocator.release(allocator.context, self);
}

quoth_string quoth_doc_text(const quoth_doc *self)
{
    return (quoth_string){(const char *)self->text.bytes, self->text.size};
}

const quoth_frame *quoth_doc_frame(const quoth_doc *self)
{
    return &self->structure.frame;
}

const quoth_paragraph *quoth_doc_paragraphs(const quoth_doc *self, size_t *count)
{
    *count = self->structure.paragraphs.count;
    return self->structure.paragraphs.items;
}

const quoth_sentence *quoth_doc_sentences(const quoth_doc *self, size_t *count)
{
    *count = self->sentences.count;
    return self->sentences.items;
}

const quoth_quotation *quoth_doc_quotations(const quoth_doc *self, size_t *count)
{
    *count = self->quotations.items.count;
    return self->quotations.items.items;
}

const quoth_mention *quoth_doc_mentions(const quoth_doc *self, size_t *count)
{
    *count = self->mentions.count;
    return self->mentions.items;
}

const quoth_mention *quoth_doc_matches(const quoth_doc *self, size_t *count)
{
    *count = self->matches.count;
    return self->matches.items;
}

const quoth_span *quoth_doc_groups(const quoth_doc *self, size_t *count)
{
    *count = self->groups.count;
    return self->groups.items;
}

const quoth_limited *quoth_doc_limited(const quoth_doc *self, size_t *count)
{
    *count = self->limited.count;
    return self->limited.items;
}

const quoth_find *quoth_doc_finds(const quoth_doc *self, size_t *count)
{
    *count = self->finds.count;
    return self->finds.items;
}

const quoth_entity *quoth_doc_entities(const quoth_doc *self, size_t *count)
{
    *count = self->links.entities.count;
    return self->links.entities.items;
}

const uint32_t *quoth_doc_members(const quoth_doc *self, size_t *count)
{
    *count = self->links.members.count;
    return self->links.members.items;
}

const quoth_quote *quoth_doc_quotes(const quoth_doc *self, size_t *count)
{
    *count = self->attribution.quotes.count;
    return self->attribution.quotes.items;
}

const quoth_span *quoth_doc_contents(const quoth_doc *self, size_t *count)
{
    *count = self->attribution.contents.count;
    return self->attribution.contents.items;
}

const quoth_warning *quoth_doc_warnings(const quoth_doc *self, size_t *count)
{
    *count = self->quotations.warnings.count;
    return self->quotations.warnings.items;
}

size_t quoth_doc_token_count(const quoth_doc *self)
{
    return self->tokens.count;
}

quoth_token quoth_doc_token(const quoth_doc *self, size_t index)
{
    const qt_token *token = &self->tokens.items[index];
    return (quoth_token){{token->start, token->end}};
}

uint32_t quoth_doc_codepoint(const quoth_doc *self, uint32_t at)
{
    return qt_text_codepoint(&self->text, at);
}
