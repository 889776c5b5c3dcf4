#include "tagger.h"

#include "document.h"
#include "status.h"

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
    const void *move_rows = qt_model_section(model, "entity.moves", &moves);
    if (slots % sizeof *out->slots || !is_power_of_two(slots / sizeof *out->slots) ||
        slots / sizeof *out->slots > UINT32_C(1) << 24 || rows % sizeof *out->rows ||
        moves != QT_TAG_ROOM * sizeof(qt_tag_scores))
        return wrong(error);
    out->mask = (uint32_t)(slots / sizeof *out->slots - 1);
    out->row_count = (uint32_t)(rows / sizeof *out->rows);
    qt_moves_read(move_rows, &out->moves);
    out->scale = (float)(1 << head->scale_bits);
    out->slope = head->slope;
    out->shift = head->shift;
    if (!isfinite(out->slope) || !isfinite(out->shift) || !slots_are_right(out))
        return wrong(error);
    return open_clusters(model, &out->clusters, error);
}

/* --- scores ------------------------------------------------------------------------------------- */

typedef int16_t block __attribute__((vector_size(16)));
typedef int8_t bytes __attribute__((vector_size(8)));

/* The row of a feature, or QUOTH_NONE. */
static uint32_t row_of(const qt_tagger *self, uint32_t key)
{
    const uint32_t row_mask = (1u << QT_ROW_BITS) - 1;
    uint32_t slot = qt_slot_of(key, self->mask), print = qt_slot_print(key);
    for (int i = 0; i < QT_SLOT_PROBES; i++, slot = (slot + 1) & self->mask) {
        uint32_t found = self->slots[slot];
        if (found == QT_SLOT_FREE)
            return QUOTH_NONE;
        if ((found & ~row_mask) == print)
            return found & row_mask;
    }
    return QUOTH_NONE;
}

int32_t qt_tagger_weight(const qt_tagger *self, uint32_t key, uint32_t tag)
{
    uint32_t row = row_of(self, key);
    return row == QUOTH_NONE ? 0 : self->rows[row][tag];
}

/* Adds what the features give. The look-ups are independent of each other, so that the memory works
 * on many at a time: first all slots are asked for, then all rows, then they are added. */
static void add_features(const qt_tagger *self, const qt_features *features, int16_t *out)
{
    uint32_t rows[QT_FEATURES_MAX], found = 0;
    block sum[4];
    memcpy(sum, out, sizeof sum);
    for (uint32_t i = 0; i < features->count; i++)
        __builtin_prefetch(&self->slots[qt_slot_of(features->keys[i], self->mask)]);
    for (uint32_t i = 0; i < features->count; i++) {
        uint32_t row = row_of(self, features->keys[i]);
        if (row != QUOTH_NONE) {
            __builtin_prefetch(self->rows[row]);
            rows[found++] = row;
        }
    }
    for (uint32_t i = 0; i < found; i++)
        for (int b = 0; b < 4; b++) {
            bytes weights;
            memcpy(&weights, self->rows[rows[i]] + 8 * b, sizeof weights);
            sum[b] += __builtin_convertvector(weights, block);
        }
    memcpy(out, sum, sizeof sum);
}

static void add_scores(const int16_t *from, int16_t *out)
{
    block a[4], b[4];
    memcpy(a, from, sizeof a);
    memcpy(b, out, sizeof b);
    for (int i = 0; i < 4; i++)
        b[i] += a[i];
    memcpy(out, b, sizeof b);
}

/* Adds what a word gives by itself, at a place from 0 to 4. */
static void add_word(const qt_tagger *self, qt_tag_cache *cache, const qt_text *text,
                     const qt_tag_word *word, uint32_t place, int16_t *out)
{
    uint64_t key =
        (word->key ^ ((uint64_t)word->shape << 8 | (place + 1))) * UINT64_C(0x9E3779B97F4A7C15);
    key |= 1;
    uint32_t slot = (uint32_t)(key >> 40) & (QT_TAG_CACHE - 1);
    if (cache && cache->keys[slot] == key) {
        add_scores(cache->scores[slot], out);
        return;
    }
    qt_tag_scores own = {0};
    qt_features features;
    features.count = 0;
    qt_features_of_word(text, word, place, &features);
    add_features(self, &features, own);
    add_scores(own, out);
    if (cache) {
        cache->keys[slot] = key;
        memcpy(cache->scores[slot], own, sizeof own);
    }
}

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
    int32_t next = INT16_MIN;
    for (uint32_t t = 0; t < QT_TAG_ROOM; t++)
        if (t != tag && qt_tag_is(t) && scores[t] > next)
            next = scores[t];
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
    for (uint32_t i = 0, first = 0; i < segment->end - segment->first; i++) {
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

enum { CONTEXT_MOST = 40 }; /* features that qt_features_of_context() adds at most */

/* The features of the contexts of all tokens, one after the other. */
typedef struct stream {
    uint32_t *keys;
    uint32_t *ends; /* [token]: of its keys */
    uint32_t count, tokens;
} stream;

/* Adds what all features of the stream give. Slots are asked for well before they are read, and rows
 * well before they are added: no look-up waits for the memory. */
static void add_stream(const qt_tagger *self, const stream *s, qt_tag_scores *scores)
{
    enum { SLOT_AHEAD = 24, ROW_AHEAD = 16 };
    uint32_t ring[ROW_AHEAD], token = 0;
    block sum[4] = {{0}};
    for (uint32_t i = 0; i < s->count + ROW_AHEAD; i++) {
        if (i >= ROW_AHEAD) {
            uint32_t row = ring[i % ROW_AHEAD];
            for (int b = 0; row != QUOTH_NONE && b < 4; b++) {
                bytes weights;
                memcpy(&weights, self->rows[row] + 8 * b, sizeof weights);
                sum[b] += __builtin_convertvector(weights, block);
            }
            if (i - ROW_AHEAD + 1 == s->ends[token]) {
                add_scores((const int16_t *)sum, scores[token++]);
                memset(sum, 0, sizeof sum);
            }
        }
        if (i + SLOT_AHEAD < s->count)
            __builtin_prefetch(&self->slots[qt_slot_of(s->keys[i + SLOT_AHEAD], self->mask)]);
        if (i < s->count) {
            uint32_t row = row_of(self, s->keys[i]);
            ring[i % ROW_AHEAD] = row;
            if (row != QUOTH_NONE)
                __builtin_prefetch(self->rows[row]);
        }
    }
}

/* Reads the words of a segment, adds what they give by themselves, and puts the features of their
 * contexts at the end of the stream. */
static void read_segment(const qt_tagger *self, qt_tag_cache *cache, const qt_tag_view *view,
                         const qt_segment *segment, const qt_tagged_segment *out, stream *s)
{
    qt_features features;
    qt_tag_words_read(view, segment, &out->words);
    for (uint32_t i = 0; i < segment->end - segment->first; i++) {
        features.count = 0;
        qt_features_of_context(&out->words, i, &features);
        memcpy(s->keys + s->count, features.keys, features.count * sizeof *s->keys);
        s->count += features.count;
        s->ends[s->tokens++] = s->count;
        for (uint32_t place = 0; place < 5; place++)
            add_word(self, cache, &view->doc->text, &out->words.words[i + place], place,
                     out->scores[i]);
    }
}

/* Room for what a pass over so many tokens needs. */
static quoth_status open_pass(qt_arena *temporary, uint32_t segments, uint32_t tokens,
                              qt_tagged_segment **tagged, stream *s, qt_tagged_segment *first)
{
    size_t room = (size_t)tokens + 1;
    *tagged = qt_arena_alloc(temporary, ((size_t)segments + 1) * sizeof **tagged);
    *s = (stream){.keys = qt_arena_alloc_raw(temporary, room * CONTEXT_MOST * sizeof *s->keys),
                  .ends = qt_arena_alloc_raw(temporary, room * sizeof *s->ends)};
    first->scores = qt_arena_alloc(temporary, room * sizeof *first->scores);
    first->tags = qt_arena_alloc(temporary, room);
    if (!*tagged || !s->keys || !s->ends || !first->scores || !first->tags)
        return QUOTH_ERROR_MEMORY;
    return qt_tag_words_init(&first->words, temporary, segments, tokens);
}

quoth_status qt_tagger_pass(const qt_tagger *self, qt_tag_cache *cache, const qt_tag_view *view,
                            const qt_segments *segments, qt_arena *temporary,
                            qt_tagged_segment **out, qt_tag_memory *memory)
{
    uint32_t tokens = 0;
    qt_tagged_segment next;
    stream s;
    for (uint32_t i = 0; i < segments->count; i++)
        tokens += segments->items[i].end - segments->items[i].first;
    if (open_pass(temporary, segments->count, tokens, out, &s, &next) != QUOTH_OK ||
        qt_memory_init(memory, view->doc, temporary, tokens) != QUOTH_OK)
        return QUOTH_ERROR_MEMORY;
    qt_tagged_segment *tagged = *out;
    qt_tag_scores *scores = next.scores;
    for (uint32_t i = 0; i < segments->count; i++) {
        uint32_t count = segments->items[i].end - segments->items[i].first;
        tagged[i] = next;
        read_segment(self, cache, view, &segments->items[i], &tagged[i], &s);
        next = (qt_tagged_segment){qt_tag_words_next(&next.words, count), next.scores + count,
                                   next.tags + count};
    }
    add_stream(self, &s, scores);
    for (uint32_t i = 0; i < segments->count; i++) {
        uint32_t count = segments->items[i].end - segments->items[i].first;
        for (uint32_t t = 0; t < count; t++)
            bound(tagged[i].scores[t]);
        qt_viterbi(&self->moves, (const qt_tag_scores *)tagged[i].scores, count, tagged[i].tags);
        qt_memory_add(memory, &tagged[i].words, (const qt_tag_scores *)tagged[i].scores,
                      tagged[i].tags, segments->items[i].first, count);
    }
    return QUOTH_OK;
}

/* The second pass: what the first one made of the same words elsewhere. */
void qt_tagger_revise(const qt_tagger *self, const qt_tag_memory *memory,
                      const qt_tagged_segment *tagged, uint32_t first, uint32_t count)
{
    qt_features features;
    uint32_t found = 0;
    for (uint32_t i = 0; i < count; i++) {
        features.count = 0;
        qt_memory_features(memory, &tagged->words, tagged->tags, first, i, count, &features);
        found += features.count;
        if (!features.count)
            continue;
        add_features(self, &features, tagged->scores[i]);
        bound(tagged->scores[i]);
    }
    if (found)
        qt_viterbi(&self->moves, (const qt_tag_scores *)tagged->scores, count, tagged->tags);
}

quoth_status qt_tagger_find(const qt_tagger *self, qt_tag_cache *cache, const struct quoth_doc *doc,
                            const qt_usage *usage, const qt_names *names, qt_arena *temporary,
                            qt_tagged_names *out)
{
    qt_segments segments = {0};
    qt_tagged_segment *tagged = NULL;
    qt_tag_memory memory;
    uint8_t *rules = qt_tag_rules(doc, names, temporary);
    if (!rules)
        return QUOTH_ERROR_MEMORY;
    qt_tag_view view = {doc, usage, &self->clusters, rules};
    quoth_status status = qt_segment_find(doc, usage, rules, temporary, &segments);
    if (status == QUOTH_OK)
        status = qt_tagger_pass(self, cache, &view, &segments, temporary, &tagged, &memory);
    for (uint32_t s = 0; s < segments.count && status == QUOTH_OK; s++) {
        const qt_segment *segment = &segments.items[s];
        qt_tagger_revise(self, &memory, &tagged[s], segment->first, segment->end - segment->first);
        status = collect(self, &tagged[s], segment, temporary, out);
    }
    return status;
}
