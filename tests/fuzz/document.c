/* document.c - what must hold of every document, whatever the text (fuzz.h). */
#include "fuzz.h"

static void check_paragraphs(const quoth_doc *doc, const char *data, size_t size)
{
    size_t count;
    const quoth_paragraph *paragraphs = quoth_doc_paragraphs(doc, &count);
    const quoth_frame *frame = quoth_doc_frame(doc);
    uint32_t end = 0;
    for (size_t i = 0; i < count; i++) {
        fuzz_check_span(paragraphs[i].span, data, size);
        HOLDS(paragraphs[i].span.start >= end && paragraphs[i].span.start < paragraphs[i].span.end);
        HOLDS(paragraphs[i].kind <= QUOTH_PARAGRAPH_AUTHOR_NOTE);
        end = paragraphs[i].span.end;
    }
    if (!frame)
        return;
    const quoth_span parts[] = {frame->title,    frame->standfirst,  frame->byline,
                                frame->dateline, frame->source_line, frame->author_note,
                                frame->place,    frame->section,     frame->outlet};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        fuzz_check_span(parts[i], data, size);
    HOLDS(frame->month <= 12 && frame->day <= 31);
}

static void check_sentences(const quoth_doc *doc, const char *data, size_t size)
{
    size_t count, paragraphs;
    const quoth_sentence *sentences = quoth_doc_sentences(doc, &count);
    const quoth_paragraph *around = quoth_doc_paragraphs(doc, &paragraphs);
    uint32_t end = 0;
    for (size_t i = 0; i < count; i++) {
        quoth_span span = sentences[i].span;
        fuzz_check_span(span, data, size);
        HOLDS(span.start >= end && span.start < span.end);
        HOLDS(sentences[i].paragraph < paragraphs);
        HOLDS(span.start >= around[sentences[i].paragraph].span.start);
        HOLDS(span.end <= around[sentences[i].paragraph].span.end);
        /* What lies between two sentences is white space: no byte of a printable ASCII character. */
        for (uint32_t at = end; at < span.start; at++)
            HOLDS((uint8_t)data[at] <= ' ' || (uint8_t)data[at] >= 0x7F);
        end = span.end;
    }
    for (size_t at = end; at < size; at++)
        HOLDS((uint8_t)data[at] <= ' ' || (uint8_t)data[at] >= 0x7F);
}

static void check_mention(const quoth_mention *mention, const char *data, size_t size)
{
    fuzz_check_span(mention->span, data, size);
    fuzz_check_span(mention->title, data, size);
    HOLDS(mention->span.start < mention->span.end);
    HOLDS(mention->label != QUOTH_LABEL_NONE && mention->rule);
    HOLDS(mention->score >= 0 && mention->score <= 1);
}

static void check_mentions(const quoth_doc *doc, const char *data, size_t size, bool linked)
{
    size_t count, entities, total = 0, finds;
    const quoth_mention *mentions = quoth_doc_mentions(doc, &count);
    size_t all;
    const quoth_entity *items = quoth_doc_entities(doc, &entities);
    const uint32_t *members = quoth_doc_members(doc, &all);
    (void)quoth_doc_finds(doc, &finds);
    uint32_t end = 0;
    for (size_t i = 0; i < count; i++) {
        check_mention(&mentions[i], data, size);
        HOLDS(mentions[i].span.start >= end);
        HOLDS(!linked || mentions[i].entity < entities || mentions[i].entity == QUOTH_NONE);
        HOLDS(mentions[i].find <= finds);
        end = mentions[i].span.end;
        total += linked && mentions[i].entity != QUOTH_NONE;
    }
    for (size_t i = 0; i < entities; i++) {
        HOLDS(items[i].name.size > 0 && items[i].mention_count > 0);
        total -= items[i].mention_count;
        HOLDS(items[i].member_first <= all && items[i].member_count <= all - items[i].member_first);
    }
    for (size_t i = 0; i < all; i++)
        HOLDS(members[i] < entities && items[members[i]].member_count == 0);
    HOLDS(total == 0);
    mentions = quoth_doc_matches(doc, &count);
    for (size_t i = 0; i < count; i++) {
        check_mention(&mentions[i], data, size);
        HOLDS(i == 0 || mentions[i].span.start >= mentions[i - 1].span.start);
        HOLDS(mentions[i].find > 0 && mentions[i].find <= finds);
    }
}

static void check_quotations(const quoth_doc *doc, const char *data, size_t size)
{
    size_t count, quotes;
    const quoth_quotation *items = quoth_doc_quotations(doc, &count);
    (void)quoth_doc_quotes(doc, &quotes);
    for (size_t i = 0; i < count; i++) {
        fuzz_check_span(items[i].span, data, size);
        fuzz_check_span(items[i].inner, data, size);
        HOLDS(i == 0 || items[i].span.start >= items[i - 1].span.start);
        HOLDS(items[i].inner.start >= items[i].span.start);
        HOLDS(items[i].inner.end <= items[i].span.end);
        HOLDS(items[i].parent == QUOTH_NONE || items[i].parent < i);
        HOLDS(items[i].continues == QUOTH_NONE || items[i].continues < i);
        HOLDS(items[i].quote == QUOTH_NONE || items[i].quote < quotes);
    }
}

static void check_quotes(const quoth_doc *doc, const char *data, size_t size)
{
    size_t count, spans, entities;
    const quoth_quote *quotes = quoth_doc_quotes(doc, &count);
    const quoth_span *contents = quoth_doc_contents(doc, &spans);
    (void)quoth_doc_entities(doc, &entities);
    uint32_t start = 0;
    for (size_t i = 0; i < count; i++) {
        const quoth_quote *quote = &quotes[i];
        HOLDS(quote->content_count > 0 && quote->content_first < spans);
        HOLDS(quote->content_count <= spans - quote->content_first);
        for (uint32_t j = 0; j < quote->content_count; j++) {
            quoth_span span = contents[quote->content_first + j];
            fuzz_check_span(span, data, size);
            HOLDS(span.start < span.end);
        }
        HOLDS(contents[quote->content_first].start >= start);
        start = contents[quote->content_first].start;
        fuzz_check_span(quote->cue, data, size);
        fuzz_check_span(quote->source, data, size);
        HOLDS(quote->speaker < entities || quote->speaker == QUOTH_NONE);
        HOLDS(quote->parent == QUOTH_NONE || quote->parent < count);
        HOLDS(quote->parent != i && quote->candidate_count <= QUOTH_SPEAKERS_MAX);
        for (uint32_t j = 0; j < quote->candidate_count; j++)
            HOLDS(quote->candidates[j].entity < entities);
        HOLDS(quote->rule && quote->score >= 0 && quote->score <= 1);
    }
}

void fuzz_check_document(const quoth_doc *doc, const char *data, size_t size)
{
    size_t count, tokens = quoth_doc_token_count(doc), quotes;
    check_paragraphs(doc, data, size);
    check_sentences(doc, data, size);
    check_quotations(doc, data, size);
    (void)quoth_doc_quotes(doc, &quotes);
    check_mentions(doc, data, size, quoth_doc_entities(doc, &count) != NULL);
    check_quotes(doc, data, size);
    uint32_t end = 0;
    for (size_t i = 0; i < tokens; i++) {
        quoth_span span = quoth_doc_token(doc, i).span;
        fuzz_check_span(span, data, size);
        HOLDS(span.start >= end && span.start < span.end);
        end = span.end;
    }
    const quoth_warning *warnings = quoth_doc_warnings(doc, &count);
    for (size_t i = 0; i < count; i++) {
        fuzz_check_span(warnings[i].span, data, size);
        HOLDS(quoth_warning_message(warnings[i].code)[0]);
    }
}

/* --- the same in one number ------------------------------------------------------------------- */

static uint64_t mix(uint64_t hash, uint64_t value)
{
    return (hash ^ value) * UINT64_C(0x100000001B3);
}

static uint64_t mix_span(const quoth_doc *doc, uint64_t hash, quoth_span span)
{
    return mix(mix(hash, quoth_doc_codepoint(doc, span.start)), quoth_doc_codepoint(doc, span.end));
}

static uint64_t mix_float(uint64_t hash, float value)
{
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    return mix(hash, bits);
}

static uint64_t mix_mentions(const quoth_doc *doc, uint64_t hash)
{
    size_t count;
    const quoth_mention *mentions = quoth_doc_mentions(doc, &count);
    for (size_t i = 0; i < count; i++) {
        hash = mix_span(doc, mix_span(doc, hash, mentions[i].span), mentions[i].title);
        hash = mix(mix(hash, mentions[i].label), mentions[i].entity);
        hash = mix_float(mix(hash, mentions[i].find), mentions[i].score);
    }
    const quoth_entity *entities = quoth_doc_entities(doc, &count);
    for (size_t i = 0; i < count; i++) {
        hash = mix(mix(hash, entities[i].label), entities[i].mention_count);
        for (size_t j = 0; j < entities[i].name.size; j++)
            hash = mix(hash, (uint8_t)entities[i].name.data[j]);
    }
    return hash;
}

static uint64_t mix_quotes(const quoth_doc *doc, uint64_t hash)
{
    size_t count, spans;
    const quoth_quote *quotes = quoth_doc_quotes(doc, &count);
    const quoth_span *contents = quoth_doc_contents(doc, &spans);
    for (size_t i = 0; i < spans; i++)
        hash = mix_span(doc, hash, contents[i]);
    for (size_t i = 0; i < count; i++) {
        hash = mix_span(doc, mix_span(doc, hash, quotes[i].cue), quotes[i].source);
        hash = mix(mix(hash, quotes[i].speaker), quotes[i].type);
        hash = mix(mix(hash, quotes[i].attitude), quotes[i].parent);
        hash = mix_float(hash, quotes[i].score);
    }
    return hash;
}

uint64_t fuzz_fingerprint(const quoth_doc *doc)
{
    size_t count;
    uint64_t hash = 1;
    const quoth_paragraph *paragraphs = quoth_doc_paragraphs(doc, &count);
    for (size_t i = 0; i < count; i++)
        hash = mix(mix_span(doc, hash, paragraphs[i].span), paragraphs[i].kind);
    const quoth_sentence *sentences = quoth_doc_sentences(doc, &count);
    for (size_t i = 0; i < count; i++)
        hash = mix_span(doc, hash, sentences[i].span);
    const quoth_quotation *quotations = quoth_doc_quotations(doc, &count);
    for (size_t i = 0; i < count; i++) {
        hash = mix(mix_span(doc, hash, quotations[i].span), quotations[i].kind);
        hash = mix(mix(hash, quotations[i].parent), quotations[i].continues);
    }
    return mix(mix_quotes(doc, mix_mentions(doc, hash)), quoth_doc_token_count(doc));
}
