#include "tagger.h"

#include "document.h"
#include "status.h"
#include "tried.h"

#include <math.h>
#include <string.h>

/* --- the model ---------------------------------------------------------------------------------- */

static quoth_status wrong(quoth_error *error)
{
    return qt_fail(error, QUOTH_ERROR_MODEL, 0, "the model has a tagger that this quoth can't use");
}

static bool is_power_of_two(size_t n)
{
    return n && !(n & (n - 1));
}

static quoth_status open_clusters(const quoth_model *model, qt_clusters *out, quoth_error *error)
{
    size_t size;
    out->slots = qt_model_section(model, "entity.clusters", &size);
    if (out->slots && (size % sizeof(uint32_t) || !is_power_of_two(size / sizeof(uint32_t))))
        return wrong(error);
    out->mask = (uint32_t)(size / sizeof(uint32_t) - 1);
    return QUOTH_OK;
}

/* False when there is no pilot or no row: every look-up reads one of each. */
static bool open_weights(const quoth_model *model, qt_weights *out)
{
    size_t pilots, rows;
    out->pilots = qt_model_section(model, "entity.pilots", &pilots);
    out->rows = qt_model_section(model, "entity.rows", &rows);
    if (pilots % sizeof *out->pilots || rows % sizeof *out->rows || !pilots || !rows ||
        pilots > INT32_MAX || rows > INT32_MAX)
        return false;
    out->bucket_count = (uint32_t)(pilots / sizeof *out->pilots);
    out->row_count = (uint32_t)(rows / sizeof *out->rows);
    return true;
}

quoth_status qt_tagger_open(const quoth_model *model, qt_tagger *out, quoth_error *error)
{
    size_t head_size, moves;
    *out = (qt_tagger){0};
    const qt_tagger_head *head = qt_model_section(model, "entity.head", &head_size);
    if (!head)
        return QUOTH_OK;
    if (head_size != sizeof *head || head->version != QT_TAGGER_VERSION || head->scale_bits < 0 ||
        head->scale_bits > 12)
        return wrong(error);
    const void *move_rows = qt_model_section(model, "entity.moves", &moves);
    if (moves != QT_TAG_ROOM * sizeof(qt_tag_scores) || !open_weights(model, &out->weights))
        return wrong(error);
    qt_moves_read(move_rows, &out->moves);
    out->scale = (float)(1 << head->scale_bits);
    out->slope = head->slope;
    out->shift = head->shift;
    if (!isfinite(out->slope) || !isfinite(out->shift))
        return wrong(error);
    return open_clusters(model, &out->clusters, error);
}

int32_t qt_tagger_weight(const qt_tagger *self, uint32_t key, uint32_t tag)
{
    const uint8_t *row = qt_weights_place(&self->weights, key);
    return qt_weights_match(row, key) ? row[tag] - QT_WEIGHT_ZERO : 0;
}

/* --- names -------------------------------------------------------------------------------------- */

static void bound(int16_t *scores)
{
    for (int t = 0; t < QT_TAG_ROOM; t++)
        scores[t] = scores[t] > QT_SCORE_MOST    ? QT_SCORE_MOST
                    : scores[t] < -QT_SCORE_MOST ? -QT_SCORE_MOST
                                                 : scores[t];
}

/* How far the tag of a token leads over the next best one, by its features alone. */
static int32_t lead_of(const int16_t *scores, uint8_t tag)
{
    int16_t others[QT_TAG_ROOM], next = INT16_MIN;
    memcpy(others, scores, sizeof others);
    others[tag] = INT16_MIN;
    for (uint32_t hole = QT_TAG_BEGIN + QT_KINDS; hole < QT_TAG_ROOM; hole += 8)
        others[hole] = INT16_MIN;
    for (uint32_t t = 0; t < QT_TAG_ROOM; t++)
        next = others[t] > next ? others[t] : next;
    return scores[tag] - next;
}

/* How sure a name is: its weakest token decides (logistic regression, learnt with the model). */
static float sureness(const qt_tagger *self, const qt_tagged_segment *tagged, uint32_t first,
                      uint32_t end)
{
    int32_t lead = INT32_MAX;
    for (uint32_t i = first; i < end; i++) {
        int32_t own = lead_of(tagged->scores[i], tagged->tags[i]);
        lead = own < lead ? own : lead;
    }
    return 1.0F / (1.0F + expf(-(self->slope * (float)lead / self->scale + self->shift)));
}

static quoth_status collect(const qt_tagger *self, const qt_tagged_segment *tagged,
                            const qt_segment *segment, qt_arena *temporary, qt_tagged_names *out)
{
    const uint8_t *tags = tagged->tags;
    for (uint32_t i = 0, first = 0; i < tagged->count; i++) {
        uint32_t tag = tags[i];
        if (tag == QT_TAG_OUTSIDE)
            continue;
        if (tag < QT_TAG_LAST)
            first = i;
        if (!qt_tag_is_closed(tag))
            continue;
        qt_tagged *name = qt_push(temporary, out);
        if (!name)
            return QUOTH_ERROR_MEMORY;
        *name = (qt_tagged){segment->first + first, segment->first + i + 1,
                            (uint8_t)qt_tag_kind(tag), sureness(self, tagged, first, i + 1)};
    }
    return QUOTH_OK;
}

/* --- a document --------------------------------------------------------------------------------- */

/* Reads the words of a segment and asks for what they give, by themselves and in their context. */
static void read_segment(const qt_tag_view *view, const qt_segment *segment,
                         const qt_tagged_segment *out, qt_scorer *scorer)
{
    qt_tag_words_read(view, segment, &out->words);
    for (uint32_t i = 0; i < out->count; i++) {
        qt_features features = qt_scorer_features(scorer);
        qt_features_of_context(&out->words, i, QT_PART_WORDS, &features);
        qt_scorer_add(scorer, &features, out->scores[i]);
        for (unsigned part = 1; part < QT_PART_WORDS; part *= 2)
            qt_scorer_add_part(scorer, &out->words, i, part, out->scores[i]);
        for (uint32_t place = 0; place < 5; place++)
            qt_scorer_add_word(scorer, &out->words.words[i + place], place, out->scores[i]);
    }
}

/* Room for what a pass needs; out->segments[0] has the beginnings of the arrays of all segments. */
static quoth_status open_pass(const qt_tagger *self, qt_tag_cache *cache, const qt_tag_view *view,
                              const qt_segments *segments, qt_arena *temporary, qt_tagging *out)
{
    *out = (qt_tagging){.count = segments->count};
    for (uint32_t i = 0; i < segments->count; i++)
        out->tokens += segments->items[i].end - segments->items[i].first;
    size_t room = (size_t)out->tokens + 1;
    out->segments =
        qt_arena_alloc_raw(temporary, ((size_t)segments->count + 1) * sizeof *out->segments);
    out->scorer = qt_scorer_new(&self->weights, cache, &view->doc->text, temporary);
    if (!out->segments || !out->scorer)
        return QUOTH_ERROR_MEMORY;
    qt_tagged_segment *first = &out->segments[0];
    first->scores = qt_arena_alloc(temporary, room * sizeof *first->scores);
    first->tags = qt_arena_alloc_raw(temporary, room);
    if (!first->scores || !first->tags ||
        qt_memory_init(&out->memory, view->doc, temporary, out->tokens) != QUOTH_OK)
        return QUOTH_ERROR_MEMORY;
    return qt_tag_words_init(&first->words, temporary, segments->count, out->tokens);
}

static void bound_segment(const qt_tagged_segment *tagged)
{
    for (uint32_t i = 0; i < tagged->count; i++)
        bound(tagged->scores[i]);
}

quoth_status qt_tagger_pass(const qt_tagger *self, qt_tag_cache *cache, const qt_tag_view *view,
                            const qt_segments *segments, qt_arena *temporary, qt_tagging *out)
{
    if (open_pass(self, cache, view, segments, temporary, out) != QUOTH_OK)
        return QUOTH_ERROR_MEMORY;
    for (uint32_t i = 0; i < segments->count; i++) {
        qt_tagged_segment *t = &out->segments[i];
        t->first = segments->items[i].first;
        t->count = segments->items[i].end - segments->items[i].first;
        read_segment(view, &segments->items[i], t, out->scorer);
        t[1] = (qt_tagged_segment){qt_tag_words_next(&t->words, t->count),
                                   t->scores + t->count,
                                   t->tags + t->count,
                                   0,
                                   0,
                                   false};
    }
    qt_scorer_flush(out->scorer);
    for (uint32_t i = 0; i < segments->count; i++) {
        const qt_tagged_segment *t = &out->segments[i];
        bound_segment(t);
        qt_viterbi(&self->moves, (const qt_tag_scores *)t->scores, t->count, t->tags);
        qt_memory_add(&out->memory, &t->words, (const qt_tag_scores *)t->scores, t->tags, t->first,
                      t->count);
    }
    return QUOTH_OK;
}

/* Asks for what the first pass made of the same words elsewhere; whether there is anything. */
static bool ask_memory(const qt_tagging *tagging, const qt_tagged_segment *t)
{
    bool any = false;
    for (uint32_t i = 0; i < t->count; i++) {
        qt_features features = qt_scorer_features(tagging->scorer);
        qt_memory_features(&tagging->memory, &t->words, t->tags, t->first, i, t->count, &features);
        if (!features.count)
            continue;
        qt_scorer_add(tagging->scorer, &features, t->scores[i]);
        any = true;
    }
    return any;
}

void qt_tagger_revise(const qt_tagger *self, const qt_tagging *tagging)
{
    for (uint32_t s = 0; s < tagging->count; s++)
        tagging->segments[s].revised = ask_memory(tagging, &tagging->segments[s]);
    qt_scorer_flush(tagging->scorer);
    for (uint32_t s = 0; s < tagging->count; s++) {
        const qt_tagged_segment *t = &tagging->segments[s];
        if (!t->revised)
            continue;
        bound_segment(t);
        qt_viterbi(&self->moves, (const qt_tag_scores *)t->scores, t->count, t->tags);
    }
}

quoth_status qt_tagger_find(const qt_tagger *self, qt_tag_cache *cache, const struct quoth_doc *doc,
                            const qt_usage *usage, const qt_names *names, qt_trace *trace,
                            qt_arena *temporary, qt_tagged_names *out)
{
    qt_segments segments = {0};
    qt_tagging tagging = {0};
    uint8_t *rules = qt_tag_rules(doc, names, temporary);
    if (!rules)
        return QUOTH_ERROR_MEMORY;
    qt_tag_view view = {doc, usage, &self->clusters, rules};
    quoth_status status = qt_segment_find(doc, usage, rules, temporary, &segments);
    if (status == QUOTH_OK)
        status = qt_tagger_pass(self, cache, &view, &segments, temporary, &tagging);
    if (status == QUOTH_OK)
        qt_tagger_revise(self, &tagging);
    if (status == QUOTH_OK)
        qt_tried_readings(trace, doc, self, &tagging);
    for (uint32_t s = 0; s < segments.count && status == QUOTH_OK; s++)
        status = collect(self, &tagging.segments[s], &segments.items[s], temporary, out);
    return status;
}
