/* fuzz_read.c - a libFuzzer target: any bytes through the whole pipeline, and what must hold of it.
 *
 * Build and run with "make -C csrc fuzz". A broken promise is a trap, which the fuzzer reports. The
 * model is the file that QUOTH_MODEL names; without it, rules and lists alone.
 */
#include "quoth.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HOLDS(condition)                                                                           \
    do {                                                                                           \
        if (!(condition))                                                                          \
            __builtin_trap();                                                                      \
    } while (0)

static quoth_pipeline *pipeline;
static quoth_scratch *scratch;

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The model, for as long as the program runs; NULL when there is none. */
static const quoth_model *open_model(const char *path)
{
    enum { MOST = 16 << 20 };
    static quoth_model *model;
    FILE *file = path ? fopen(path, "rb") : NULL;
    if (!file)
        return NULL;
    uint8_t *bytes = aligned_alloc(64, MOST);
    HOLDS(bytes != NULL);
    size_t size = fread(bytes, 1, MOST, file);
    fclose(file);
    HOLDS(quoth_model_open(bytes, size, NULL, &model, NULL) == QUOTH_OK);
    return model;
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc, (void)argv;
    quoth_options options = {.model = open_model(getenv("QUOTH_MODEL"))};
    HOLDS(quoth_pipeline_new(&options, &pipeline, NULL) == QUOTH_OK);
    HOLDS(quoth_scratch_new(pipeline, &scratch) == QUOTH_OK);
    return 0;
}

static void check_span(quoth_span span, const uint8_t *data, size_t size)
{
    HOLDS(span.start <= span.end && span.end <= size);
    HOLDS(span.start == size || (data[span.start] & 0xC0) != 0x80);
    HOLDS(span.end == size || (data[span.end] & 0xC0) != 0x80);
}

static void check_sentences(const quoth_doc *doc, const uint8_t *data, size_t size)
{
    size_t count, paragraphs;
    const quoth_sentence *sentences = quoth_doc_sentences(doc, &count);
    (void)quoth_doc_paragraphs(doc, &paragraphs);
    uint32_t end = 0;
    for (size_t i = 0; i < count; i++) {
        check_span(sentences[i].span, data, size);
        HOLDS(sentences[i].span.start >= end && sentences[i].span.start < sentences[i].span.end);
        HOLDS(sentences[i].paragraph < paragraphs);
        /* What lies between two sentences is white space: no byte of a printable ASCII character. */
        for (uint32_t at = end; at < sentences[i].span.start; at++)
            HOLDS(data[at] <= ' ' || data[at] >= 0x80);
        end = sentences[i].span.end;
    }
    for (size_t at = end; at < size; at++)
        HOLDS(data[at] <= ' ' || data[at] >= 0x80);
}

static void check_mentions(const quoth_doc *doc, const uint8_t *data, size_t size)
{
    size_t count, entities, total = 0;
    const quoth_mention *mentions = quoth_doc_mentions(doc, &count);
    const quoth_entity *items = quoth_doc_entities(doc, &entities);
    uint32_t end = 0;
    for (size_t i = 0; i < count; i++) {
        check_span(mentions[i].span, data, size);
        check_span(mentions[i].title, data, size);
        HOLDS(mentions[i].span.start >= end && mentions[i].span.start < mentions[i].span.end);
        HOLDS(mentions[i].entity < entities || mentions[i].entity == QUOTH_NONE);
        HOLDS(mentions[i].label != QUOTH_LABEL_NONE && mentions[i].rule);
        HOLDS(mentions[i].score >= 0 && mentions[i].score <= 1);
        end = mentions[i].span.end;
        total += mentions[i].entity != QUOTH_NONE;
    }
    for (size_t i = 0; i < entities; i++) {
        HOLDS(items[i].name.size > 0 && items[i].mention_count > 0);
        total -= items[i].mention_count;
    }
    HOLDS(total == 0);
}

static void check_quotes(const quoth_doc *doc, const uint8_t *data, size_t size)
{
    size_t count, spans, entities, quotations;
    const quoth_quote *quotes = quoth_doc_quotes(doc, &count);
    const quoth_span *contents = quoth_doc_contents(doc, &spans);
    const quoth_quotation *marked = quoth_doc_quotations(doc, &quotations);
    (void)quoth_doc_entities(doc, &entities);
    uint32_t start = 0;
    for (size_t i = 0; i < count; i++) {
        HOLDS(quotes[i].content_count > 0 && quotes[i].content_first < spans);
        HOLDS(quotes[i].content_count <= spans - quotes[i].content_first);
        for (uint32_t j = 0; j < quotes[i].content_count; j++) {
            quoth_span span = contents[quotes[i].content_first + j];
            check_span(span, data, size);
            HOLDS(span.start < span.end);
        }
        HOLDS(contents[quotes[i].content_first].start >= start);
        start = contents[quotes[i].content_first].start;
        check_span(quotes[i].cue, data, size);
        check_span(quotes[i].source, data, size);
        HOLDS(quotes[i].speaker < entities || quotes[i].speaker == QUOTH_NONE);
        HOLDS(quotes[i].rule && quotes[i].score >= 0 && quotes[i].score <= 1);
    }
    for (size_t i = 0; i < quotations; i++) {
        check_span(marked[i].span, data, size);
        check_span(marked[i].inner, data, size);
        HOLDS(marked[i].parent == QUOTH_NONE || marked[i].parent < i);
        HOLDS(marked[i].continues == QUOTH_NONE || marked[i].continues < i);
        HOLDS(marked[i].quote == QUOTH_NONE || marked[i].quote < count);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    /* A copy of exactly this size, so that a byte read too many is seen. */
    char *text = malloc(size ? size : 1);
    quoth_doc *doc = NULL;
    quoth_error error;
    HOLDS(text != NULL);
    memcpy(text, data, size);
    quoth_status status = quoth_read(pipeline, scratch, quoth_utf8(text, size), 0, &doc, &error);
    HOLDS(status == QUOTH_OK || (status == QUOTH_ERROR_UTF8 && error.position < size));
    if (status == QUOTH_OK) {
        check_sentences(doc, data, size);
        check_mentions(doc, data, size);
        check_quotes(doc, data, size);
    }
    quoth_doc_free(doc);
    free(text);
    return 0;
}
