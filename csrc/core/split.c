/* quoth_split() and quoth_decisions(): the sentences of a text without a document. */
#include "document.h"
#include "pipeline.h"
#include "scratch.h"
#include "status.h"

/* A longer text is scanned in a window if it is ASCII. A fuzz build sets it low, as it does with the
 * other bounds that are macros, so that short inputs go the way of long ones. */
#ifndef QT_WINDOWED_FROM
#define QT_WINDOWED_FROM (1 << 18)
#endif

enum { SENTENCE_BYTES = 64 };

/* Paragraphs and sentences; quotations where sentences depend on them. */
static quoth_status run_sentences(const quoth_pipeline *self, quoth_scratch *scratch,
                                  quoth_doc *doc, qt_decisions *seen)
{
    const quoth_options *options = &self->options;
    quoth_status status = qt_structure_paragraphs(doc, options, &doc->arena, &doc->structure);
    if (status == QUOTH_OK && options->keep_quotes_whole)
        status = qt_quotation_pair(doc, scratch, &doc->arena, &doc->quotations);
    if (status == QUOTH_OK)
        status = qt_sentence_split(doc, options, &self->abbreviations, seen, &doc->arena,
                                   &doc->sentences);
    return status;
}

/* The offsets of the sentences of doc in the unit asked for, or NULL: no memory. */
static int64_t *list_offsets(const quoth_doc *doc, quoth_unit unit, qt_arena *arena)
{
    const qt_sentences *sentences = &doc->sentences;
    bool bytes = unit == QUOTH_UNIT_BYTE || doc->text.ascii;
    int64_t *out = qt_arena_alloc_raw(arena, 2 * (size_t)sentences->count * sizeof *out);
    for (uint32_t i = 0; out && i < sentences->count; i++) {
        quoth_span span = sentences->items[i].span;
        out[2 * i] = bytes ? span.start : qt_text_codepoint(&doc->text, span.start);
        out[2 * i + 1] = bytes ? span.end : qt_text_codepoint(&doc->text, span.end);
    }
    return out;
}

/* A long text, which is ASCII. */
static quoth_status split_window(const quoth_pipeline *self, quoth_input text, quoth_doc *doc)
{
    qt_scan_window *window = qt_arena_alloc(&doc->arena, sizeof *window);
    if (!window)
        return QUOTH_ERROR_MEMORY;
    qt_scan_window_open(window, text.data, (uint32_t)text.length);
    doc->scan = (qt_scan){.window = window};
    doc->text = (qt_text){.bytes = text.data, .size = window->size, .ascii = true};
    /* Room for as many sentences as there are in news: an array that grows is copied again and
     * again, and memory that is not used costs nothing. */
    uint32_t room = window->size / SENTENCE_BYTES;
    doc->sentences.items = qt_arena_alloc_raw(&doc->arena, room * sizeof *doc->sentences.items);
    if (!doc->sentences.items)
        return QUOTH_ERROR_MEMORY;
    doc->sentences.capacity = room;
    return run_sentences(self, NULL, doc, NULL);
}

quoth_status quoth_split(const quoth_pipeline *self, quoth_scratch *scratch, quoth_input text,
                         quoth_unit unit, const int64_t **offsets, size_t *count,
                         quoth_error *error)
{
    *offsets = NULL;
    *count = 0;
    qt_arena_reset(&scratch->temporary);
    qt_arena_reset(&scratch->kept);
    quoth_doc doc = {.allocator = self->allocator, .arena = scratch->kept};
    quoth_status status;
    if (text.encoding == QUOTH_UTF8 && text.length > QT_WINDOWED_FROM &&
        text.length <= QUOTH_TEXT_MAX && !self->options.keep_quotes_whole &&
        qt_scan_is_ascii(text.data, text.length)) {
        status = split_window(self, text, &doc);
    } else {
        status = qt_scan_read(text, &doc.arena, &doc.text, &doc.scan, error);
        if (status != QUOTH_OK) {
            scratch->kept = doc.arena;
            return status;
        }
        status = run_sentences(self, scratch, &doc, NULL);
    }
    int64_t *found = status == QUOTH_OK ? list_offsets(&doc, unit, &doc.arena) : NULL;
    if (status == QUOTH_OK && !found)
        status = QUOTH_ERROR_MEMORY;
    scratch->kept = doc.arena;
    if (status != QUOTH_OK)
        return qt_fail(error, status, 0, NULL);
    *offsets = found;
    *count = doc.sentences.count;
    return QUOTH_OK;
}

/* The decisions in the unit asked for, or NULL: no memory. */
static quoth_decision *list_decisions(const quoth_doc *doc, const qt_decisions *seen,
                                      quoth_unit unit, qt_arena *arena)
{
    quoth_decision *out = qt_arena_alloc(arena, (size_t)seen->list.count * sizeof *out);
    for (uint32_t i = 0; out && i < seen->list.count; i++) {
        const qt_decision *from = &seen->list.items[i];
        out[i] = (quoth_decision){
            .end = unit == QUOTH_UNIT_BYTE ? from->end : qt_text_codepoint(&doc->text, from->end),
            .rule = from->rule,
            .features = from->features,
            .feature_count = from->feature_count};
    }
    return out;
}

quoth_status quoth_decisions(const quoth_pipeline *self, quoth_scratch *scratch, quoth_input text,
                             quoth_unit unit, const quoth_decision **decisions, size_t *count,
                             quoth_error *error)
{
    *decisions = NULL;
    *count = 0;
    qt_arena_reset(&scratch->temporary);
    qt_arena_reset(&scratch->kept);
    quoth_doc doc = {.allocator = self->allocator, .arena = scratch->kept};
    qt_decisions seen = {.arena = &doc.arena};
    quoth_status status = qt_scan_read(text, &doc.arena, &doc.text, &doc.scan, error);
    if (status == QUOTH_OK) {
        status = run_sentences(self, scratch, &doc, &seen);
        if (status == QUOTH_OK) {
            *decisions = list_decisions(&doc, &seen, unit, &doc.arena);
            *count = *decisions ? seen.list.count : 0;
            status = *decisions ? QUOTH_OK : QUOTH_ERROR_MEMORY;
        }
        if (status != QUOTH_OK)
            (void)qt_fail(error, status, 0, NULL);
    }
    scratch->kept = doc.arena;
    return status;
}
