#include "tagger.h"

#include "document.h"
#include "status.h"

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

/* Every row that a slot names is there. */
static bool slots_are_right(const qt_tagger *self)
{
    uint32_t most = 0;
    for (uint32_t i = 0; i <= self->mask; i++) {
        uint32_t row = self->slots[i] & ((1u << QT_ROW_BITS) - 1);
        most = self->slots[i] != QT_SLOT_FREE && row > most ? row : most;
    }
    return self->row_count && most < self->row_count;
}

quoth_status qt_tagger_open(const quoth_model *model, qt_tagger *out, quoth_error *error)
{
    size_t head_size, slots, rows, moves;
    *out = (qt_tagger){0};
    const qt_tagger_head *head = qt_model_section(model, "entity.head", &head_size);
    if (!head)
        return QUOTH_OK;
    if (head_size != sizeof *head || head->version != QT_TAGGER_VERSION || head->scale_bits < 0 ||
        head->scale_bits > 12)
        return wrong(error);
    out->slots = qt_model_section(model, "entity.slots", &slots);
    out->rows = qt_model_section(model, "entity.rows", &rows);
    out->moves = qt_model_section(model, "entity.moves", &moves);
    if (slots % sizeof *out->slots || !is_power_of_two(slots / sizeof *out->slots) ||
        slots / sizeof *out->slots > UINT32_C(1) << 24 || rows % sizeof *out->rows ||
        moves != QT_TAG_ROOM * sizeof *out->moves)
        return wrong(error);
    out->mask = (uint32_t)(slots / sizeof *out->slots - 1);
    out->row_count = (uint32_t)(rows / sizeof *out->rows);
    out->scale = (float)(1 << head->scale_bits);
    if (!slots_are_right(out))
        return wrong(error);
    return open_clusters(model, &out->clusters, error);
}

/* --- one segment -------------------------------------------------------------------------------- */

typedef int32_t tag_row[QT_TAG_ROOM];

static const int8_t *row_of(const qt_tagger *self, uint32_t key)
{
    uint32_t slot = qt_slot_of(key, self->mask), print = qt_slot_print(key);
    for (int i = 0; i < QT_SLOT_PROBES && self->slots[slot] != QT_SLOT_FREE;
         i++, slot = (slot + 1) & self->mask)
        if ((self->slots[slot] & ~((1u << QT_ROW_BITS) - 1)) == print)
            return self->rows[self->slots[slot] & ((1u << QT_ROW_BITS) - 1)];
    return NULL;
}

static void emit(const qt_tagger *self, const qt_features *features, int32_t *out)
{
    for (uint32_t i = 0; i < features->count; i++) {
        const int8_t *row = row_of(self, features->keys[i]);
        if (row)
            for (int tag = 0; tag < QT_TAG_ROOM; tag++)
                out[tag] += row[tag];
    }
}

/* Forward: the best score of a sequence that ends in each tag. */
static void forward(const qt_tagger *self, const tag_row *emission, uint32_t count, tag_row *best)
{
    for (uint32_t i = 0; i < count; i++)
        for (int tag = 0; tag < QT_TAGS; tag++) {
            int32_t most = INT32_MIN / 2;
            if (i == 0)
                most = self->moves[QT_TAG_OUTSIDE][tag];
            else
                for (int before = 0; before < QT_TAGS; before++) {
                    int32_t score = best[i - 1][before] + self->moves[before][tag];
                    most = score > most ? score : most;
                }
            best[i][tag] = most + emission[i][tag];
        }
}

/* The best sequence, from its end. */
static void trace(const qt_tagger *self, const tag_row *emission, uint32_t count,
                  const tag_row *best, uint8_t *tags)
{
    uint32_t tag = 0;
    int32_t most = INT32_MIN;
    for (uint32_t t = 0; t < QT_TAG_CLOSED; t++) {
        int32_t score = best[count - 1][t] + self->moves[t][QT_TAG_OUTSIDE];
        if (score > most) {
            most = score;
            tag = t;
        }
    }
    tags[count - 1] = (uint8_t)tag;
    for (uint32_t i = count - 1; i > 0; i--) {
        int32_t wanted = best[i][tag] - emission[i][tag];
        uint32_t before = 0;
        while (before + 1 < QT_TAGS && best[i - 1][before] + self->moves[before][tag] != wanted)
            before++;
        tag = before;
        tags[i - 1] = (uint8_t)tag;
    }
}

static void decode(const qt_tagger *self, const qt_tagged_segment *segment, uint32_t count)
{
    tag_row best[QT_SEGMENT_MAX];
    const tag_row *emission = (const tag_row *)segment->emit;
    forward(self, emission, count, best);
    trace(self, emission, count, (const tag_row *)best, segment->tags);
}

static quoth_status collect(const uint8_t *tags, const qt_segment *segment, qt_arena *temporary,
                            qt_tagged_names *out)
{
    for (uint32_t i = 0, first = 0; i < segment->end - segment->first; i++) {
        uint32_t tag = tags[i];
        if (tag == QT_TAG_OUTSIDE)
            continue;
        if (tag < QT_TAG_LAST || (tag >= QT_TAG_BEGIN && tag < QT_TAG_INSIDE))
            first = i;
        if (tag >= QT_TAG_CLOSED)
            continue;
        qt_tagged *name = qt_push(temporary, out);
        if (!name)
            return QUOTH_ERROR_MEMORY;
        *name = (qt_tagged){segment->first + first, segment->first + i + 1,
                            (uint8_t)qt_tag_kind(tag), 0.8F};
    }
    return QUOTH_OK;
}

/* --- a document --------------------------------------------------------------------------------- */

quoth_status qt_tagger_pass(const qt_tagger *self, const qt_tag_view *view,
                            const qt_segments *segments, qt_tag_words *words, qt_arena *temporary,
                            qt_tagged_segment **out, qt_tag_memory *memory)
{
    qt_features features;
    uint32_t tokens = 0;
    for (uint32_t s = 0; s < segments->count; s++)
        tokens += segments->items[s].end - segments->items[s].first;
    qt_tagged_segment *tagged = qt_arena_alloc(temporary, (segments->count + 1) * sizeof *tagged);
    tag_row *emission = qt_arena_alloc(temporary, ((size_t)tokens + 1) * sizeof *emission);
    uint8_t *tags = qt_arena_alloc(temporary, (size_t)tokens + 1);
    *out = tagged;
    if (!tagged || !emission || !tags || qt_memory_init(memory, temporary, tokens) != QUOTH_OK)
        return QUOTH_ERROR_MEMORY;
    for (uint32_t s = 0, at = 0; s < segments->count; s++) {
        const qt_segment *segment = &segments->items[s];
        uint32_t count = segment->end - segment->first;
        tagged[s] = (qt_tagged_segment){emission + at, tags + at};
        qt_tag_words_read(view, segment, words);
        for (uint32_t i = 0; i < count; i++) {
            qt_features_of(view, segment, words, i, &features);
            emit(self, &features, tagged[s].emit[i]);
        }
        decode(self, &tagged[s], count);
        qt_memory_add(memory, words, tagged[s].tags, count);
        at += count;
    }
    return QUOTH_OK;
}

/* The second pass: what the first one made of the same words elsewhere. */
static void revise(const qt_tagger *self, const qt_tag_memory *memory, const qt_tag_words *words,
                   const qt_tagged_segment *tagged, uint32_t count)
{
    qt_features features;
    for (uint32_t i = 0; i < count; i++) {
        features.count = 0;
        qt_memory_features(memory, words, tagged->tags, i, count, &features);
        emit(self, &features, tagged->emit[i]);
    }
    decode(self, tagged, count);
}

quoth_status qt_tagger_find(const qt_tagger *self, const struct quoth_doc *doc,
                            const qt_usage *usage, const qt_names *names, qt_arena *temporary,
                            qt_tagged_names *out)
{
    qt_segments segments = {0};
    qt_tagged_segment *tagged = NULL;
    qt_tag_memory memory;
    uint8_t *rules = qt_tag_rules(doc, names, temporary);
    qt_tag_words *words = qt_arena_alloc(temporary, sizeof *words);
    if (!rules || !words)
        return QUOTH_ERROR_MEMORY;
    qt_tag_view view = {doc, usage, &self->clusters, rules};
    quoth_status status = qt_segment_find(doc, usage, rules, temporary, &segments);
    if (status == QUOTH_OK)
        status = qt_tagger_pass(self, &view, &segments, words, temporary, &tagged, &memory);
    for (uint32_t s = 0; s < segments.count && status == QUOTH_OK; s++) {
        const qt_segment *segment = &segments.items[s];
        qt_tag_words_read(&view, segment, words);
        revise(self, &memory, words, &tagged[s], segment->end - segment->first);
        status = collect(tagged[s].tags, segment, temporary, out);
    }
    return status;
}
