#include "pattern_finder.h"

#include "document.h"

/* Bytes that a pattern sees at a time; less in a fuzz build. */
#ifndef QT_PATTERN_SEEN
#define QT_PATTERN_SEEN 4096
#endif

enum {
    SEEN_MOST = QT_PATTERN_SEEN,
    STEPS_OF_TEXT = 12000000,
    STEPS_LEAST = 1000,
    STEPS_MOST = 20000,
};

static uint32_t step_limit(const qt_text *text)
{
    uint32_t steps = STEPS_OF_TEXT / (text->size + 1);
    return steps < STEPS_LEAST ? STEPS_LEAST : steps > STEPS_MOST ? STEPS_MOST : steps;
}

/* Where what a pattern sees from start on ends: with the paragraph, or a sentence of it. */
static uint32_t seen_end(const struct quoth_doc *doc, uint32_t start, uint32_t paragraph_end)
{
    const quoth_sentence *sentences = doc->sentences.items;
    if (paragraph_end - start <= SEEN_MOST)
        return paragraph_end;
    uint32_t low = 0, high = doc->sentences.count; /* the first sentence that ends too late */
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (sentences[middle].span.end <= start + SEEN_MOST)
            low = middle + 1;
        else
            high = middle;
    }
    if (low > 0 && sentences[low - 1].span.end > start)
        return sentences[low - 1].span.end;
    uint32_t end = start + SEEN_MOST;
    while ((doc->text.bytes[end] & 0xC0) == 0x80)
        end--;
    return end;
}

typedef struct run {
    const quoth_pattern *pattern;
    const struct quoth_doc *doc;
    qt_searcher *searcher;
    qt_arena *temporary, *arena;
    qt_pattern_finds *out;
    qt_group_spans *groups;
    quoth_span *found; /* the named groups of one match */
} run;

static quoth_span moved(quoth_span span, uint32_t by)
{
    return span.start < span.end ? (quoth_span){span.start + by, span.end + by}
                                 : (quoth_span){0, 0};
}

static quoth_status add(run *r, quoth_span whole, uint32_t by)
{
    qt_pattern_find *find = qt_push(r->temporary, r->out);
    if (!find)
        return QUOTH_ERROR_MEMORY;
    *find = (qt_pattern_find){moved(whole, by), r->groups->count};
    for (size_t i = 0; i < quoth_pattern_group_count(r->pattern); i++) {
        quoth_span *group = qt_push(r->arena, r->groups);
        if (!group)
            return QUOTH_ERROR_MEMORY;
        *group = moved(r->found[i], by);
    }
    return QUOTH_OK;
}

/* All matches in [start, end); *limited: it was given up. */
static quoth_status run_part(run *r, quoth_span part, const quoth_span *paragraph, bool *limited)
{
    qt_searched in = {.bytes = r->doc->text.bytes + part.start,
                      .size = part.end - part.start,
                      .cut_before = part.start > paragraph->start,
                      .cut_after = part.end < paragraph->end,
                      .step_limit = step_limit(&r->doc->text)};
    for (uint32_t at = 0; at < in.size;) {
        quoth_span whole;
        qt_search_result result =
            qt_pattern_search(r->pattern, r->searcher, &in, at, &whole, r->found);
        *limited = result == QT_SEARCH_LIMIT;
        if (result == QT_SEARCH_MEMORY)
            return QUOTH_ERROR_MEMORY;
        if (result != QT_SEARCH_FOUND)
            return QUOTH_OK;
        /* \K in a lookahead can turn a match round. */
        uint32_t next = whole.end > at ? whole.end : at + 1;
        while (next < in.size && (in.bytes[next] & 0xC0) == 0x80)
            next++;
        if (whole.start < whole.end && whole.start >= at && add(r, whole, part.start) != QUOTH_OK)
            return QUOTH_ERROR_MEMORY;
        at = next;
    }
    return QUOTH_OK;
}

quoth_status qt_pattern_run(const quoth_pattern *pattern, const struct quoth_doc *doc,
                            const qt_digest *digest, qt_searcher *searcher, qt_arena *temporary,
                            qt_arena *arena, qt_pattern_finds *out, qt_group_spans *groups,
                            quoth_span *limited)
{
    run r = {pattern, doc, searcher, temporary, arena, out, groups, NULL};
    *limited = (quoth_span){0, 0};
    r.found = qt_arena_alloc(temporary, (quoth_pattern_group_count(pattern) + 1) * sizeof *r.found);
    if (!r.found)
        return QUOTH_ERROR_MEMORY;
    for (uint32_t p = 0; p < doc->structure.paragraphs.count; p++) {
        const quoth_span *paragraph = &doc->structure.paragraphs.items[p].span;
        for (uint32_t start = paragraph->start; start < paragraph->end;) {
            quoth_span part = {start, seen_end(doc, start, paragraph->end)};
            bool given_up = false;
            if (qt_digest_may_have(digest, part, qt_pattern_need(pattern)) &&
                run_part(&r, part, paragraph, &given_up) != QUOTH_OK)
                return QUOTH_ERROR_MEMORY;
            if (given_up) {
                *limited = part;
                return QUOTH_OK;
            }
            start = qt_text_skip_space(&doc->text, part.end, paragraph->end);
        }
    }
    return QUOTH_OK;
}
