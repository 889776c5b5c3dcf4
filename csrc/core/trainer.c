#include "trainer.h"

#include "crf.h"
#include "document.h"
#include "pipeline.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* One token of a segment: its features, first as hashes and then as rows, and the tags that it may
 * have. */
typedef struct example {
    uint64_t first; /* of the features */
    uint32_t count;
    uint32_t memory; /* from here on: features of the second pass */
    uint32_t allowed;
} example;

typedef struct sequence {
    uint32_t first, end; /* examples */
    float weight;
} sequence;

/* A feature by its hash. */
typedef struct feature {
    uint32_t key, row; /* QUOTH_NONE: too rare */
    uint32_t count;
} feature;

struct quoth_trainer {
    const quoth_pipeline *pipeline;
    qt_arena arena;
    uint32_t *keys; /* of all examples, one after the other; then rows */
    uint64_t key_count, key_room;
    QT_ARRAY(example) examples;
    QT_ARRAY(sequence) sequences;
    feature *features; /* open addressing */
    uint32_t mask, feature_count, rows;
    float (*weights)[QT_TAG_ROOM];
    float (*squares)[QT_TAG_ROOM]; /* sums of squared gradients */
    float (*sums)[QT_TAG_ROOM];    /* of the weights after each epoch that counts */
    qt_crf_row move_sums[QT_TAG_ROOM];
    uint32_t epochs, summed;
    bool *dead; /* [row] */
    qt_crf_row move_squares[QT_TAG_ROOM];
    qt_crf *crf;
    uint32_t *kept; /* rows of the features of one sequence that were not dropped */
    uint32_t kept_end[QT_SEGMENT_MAX];
    /* The last export. */
    qt_tagger_head head;
    qt_weight_row *packed;
    uint32_t *packed_keys;
    uint32_t packed_count;
    qt_weights table;
    int16_t moves[QT_TAG_ROOM][QT_TAG_ROOM];
};

quoth_status quoth_trainer_new(const quoth_pipeline *pipeline, quoth_trainer **out)
{
    const quoth_allocator *a = &pipeline->allocator;
    *out = NULL;
    quoth_trainer *self = a->resize(a->context, NULL, sizeof *self);
    if (!self)
        return QUOTH_ERROR_MEMORY;
    memset(self, 0, sizeof *self);
    self->pipeline = pipeline;
    qt_arena_init(&self->arena, a);
    self->crf = qt_arena_alloc(&self->arena, sizeof *self->crf);
    self->kept =
        qt_arena_alloc(&self->arena, 2 * QT_SEGMENT_MAX * QT_FEATURES_MAX * sizeof *self->kept);
    if (!self->crf || !self->kept) {
        quoth_trainer_free(self);
        return QUOTH_ERROR_MEMORY;
    }
    *out = self;
    return QUOTH_OK;
}

void quoth_trainer_free(quoth_trainer *self)
{
    if (!self)
        return;
    quoth_allocator a = self->arena.allocator;
    a.release(a.context, self->keys);
    qt_arena_free(&self->arena);
    a.release(a.context, self);
}

void quoth_trainer_use(quoth_trainer *self, const quoth_pipeline *pipeline)
{
    self->pipeline = pipeline;
}

/* --- texts -------------------------------------------------------------------------------------- */

static uint32_t bit(uint32_t tag)
{
    return UINT32_C(1) << tag;
}

/* All tags of a set of kinds. */
static uint32_t tags_of(uint32_t kinds)
{
    uint32_t tags = 0;
    for (uint32_t k = 0; k < QT_KINDS; k++)
        if (kinds >> k & 1)
            tags |= bit(QT_TAG_UNIT + k) | bit(QT_TAG_LAST + k) | bit(QT_TAG_BEGIN + k) |
                    bit(QT_TAG_INSIDE + k);
    return tags;
}

static uint32_t tag_at(uint32_t first, uint32_t end, uint32_t i)
{
    if (end - first == 1)
        return QT_TAG_UNIT;
    return i == first ? QT_TAG_BEGIN : i + 1 == end ? QT_TAG_LAST : QT_TAG_INSIDE;
}

/* [token]: the tags that the token may have. Where a name does not start and end with tokens, all.
 */
static uint32_t *allowed_tags(const quoth_doc *doc, const quoth_gold *names, size_t count,
                              uint32_t hidden, qt_arena *temporary)
{
    uint32_t *allowed =
        qt_arena_alloc(temporary, ((size_t)doc->tokens.count + 1) * sizeof *allowed);
    uint32_t token = 0, plain = bit(QT_TAG_OUTSIDE) | tags_of(hidden);
    for (uint32_t i = 0; allowed && i < doc->tokens.count; i++)
        allowed[i] = plain;
    for (size_t n = 0; allowed && n < count; n++) {
        while (token < doc->tokens.count &&
               qt_text_codepoint(&doc->text, doc->tokens.items[token].end) <= names[n].start)
            token++;
        uint32_t first = token, end = first;
        while (end < doc->tokens.count &&
               qt_text_codepoint(&doc->text, doc->tokens.items[end].start) < names[n].end)
            end++;
        if (end == first)
            continue;
        bool exact =
            qt_text_codepoint(&doc->text, doc->tokens.items[first].start) == names[n].start &&
            qt_text_codepoint(&doc->text, doc->tokens.items[end - 1].end) == names[n].end;
        for (uint32_t i = first; i < end; i++) {
            allowed[i] = exact ? 0 : UINT32_MAX;
            for (uint32_t k = 0; k < QT_KINDS; k++)
                if (names[n].kinds >> k & 1)
                    allowed[i] |= bit(tag_at(first, end, i) + k);
        }
    }
    return allowed;
}

static quoth_status add_key(quoth_trainer *self, uint32_t key)
{
    if (self->key_count == self->key_room) {
        quoth_allocator *a = &self->arena.allocator;
        uint64_t room = self->key_room ? self->key_room * 2 : 1 << 20;
        uint32_t *keys = a->resize(a->context, self->keys, room * sizeof *keys);
        if (!keys)
            return QUOTH_ERROR_MEMORY;
        self->keys = keys;
        self->key_room = room;
    }
    self->keys[self->key_count++] = key;
    return QUOTH_OK;
}

static quoth_status add_segment(quoth_trainer *self, const qt_tag_view *view,
                                const qt_segment *segment, const qt_tag_words *words,
                                const qt_tag_memory *memory, const uint8_t *tags,
                                const uint32_t *allowed, quoth_scheme scheme)
{
    uint32_t keys[QT_FEATURES_MAX];
    qt_features features = {keys, NULL, 0};
    sequence *s = qt_push(&self->arena, &self->sequences);
    if (!s)
        return QUOTH_ERROR_MEMORY;
    *s = (sequence){self->examples.count, self->examples.count + (segment->end - segment->first),
                    scheme.weight};
    qt_tag_words_read(view, segment, words);
    for (uint32_t i = 0; i < segment->end - segment->first; i++) {
        features.count = 0;
        for (uint32_t place = 0; place < 5; place++)
            qt_features_of_word(&view->doc->text, &words->words[i + place], place, &features);
        qt_features_of_context(words, i, QT_PARTS_ALL, &features);
        uint32_t base = features.count;
        if (memory)
            qt_memory_features(memory, words, tags, segment->first, i,
                               segment->end - segment->first, &features);
        example *e = qt_push(&self->arena, &self->examples);
        if (!e)
            return QUOTH_ERROR_MEMORY;
        *e = (example){self->key_count, features.count, base, allowed[segment->first + i]};
        quoth_status status = QUOTH_OK;
        for (uint32_t n = 0; n < features.count && status == QUOTH_OK; n++)
            status = add_key(self, features.keys[n]);
        if (status != QUOTH_OK)
            return status;
    }
    return QUOTH_OK;
}

quoth_status quoth_trainer_add(quoth_trainer *self, quoth_scratch *scratch, quoth_input text,
                               const quoth_gold *names, size_t count, quoth_scheme scheme,
                               quoth_error *error)
{
    quoth_doc *doc = NULL;
    qt_usage usage;
    qt_mentions amounts = {0};
    qt_names found = {0};
    qt_segments segments = {0};
    quoth_status status =
        quoth_read(self->pipeline, scratch, text, QUOTH_STAGE_ENTITY, &doc, error);
    if (status != QUOTH_OK)
        return status;
    qt_arena *temporary = &scratch->temporary;
    qt_arena_reset(temporary);
    status = qt_entity_evidence(doc, scratch, &usage, &amounts, &found);
    uint8_t *rules = status == QUOTH_OK ? qt_tag_rules(doc, &found, temporary) : NULL;
    uint32_t *allowed = allowed_tags(doc, names, count, scheme.hidden, temporary);
    qt_tag_words words;
    if (qt_tag_words_init(&words, temporary, 1, QT_SEGMENT_MAX) != QUOTH_OK)
        status = QUOTH_ERROR_MEMORY;
    qt_tag_view view = {doc, &usage, &self->pipeline->tagger.clusters, rules};
    if (!rules || !allowed)
        status = QUOTH_ERROR_MEMORY;
    if (status == QUOTH_OK)
        status = qt_segment_find(doc, &usage, rules, temporary, &segments);
    qt_tagging tagging = {0};
    const qt_tagger *tagger =
        qt_tagger_is_there(&self->pipeline->tagger) ? &self->pipeline->tagger : NULL;
    if (status == QUOTH_OK && tagger)
        status = qt_tagger_pass(tagger, NULL, &view, &segments, temporary, &tagging);
    for (uint32_t s = 0; s < segments.count && status == QUOTH_OK; s++)
        status =
            add_segment(self, &view, &segments.items[s], &words, tagger ? &tagging.memory : NULL,
                        tagger ? tagging.segments[s].tags : NULL, allowed, scheme);
    quoth_doc_free(doc);
    return status;
}

/* --- features ----------------------------------------------------------------------------------- */

static feature *feature_of(const quoth_trainer *self, uint32_t key)
{
    uint32_t slot = (key * UINT32_C(0x9E3779B1)) & self->mask;
    while (self->features[slot].count && self->features[slot].key != key)
        slot = (slot + 1) & self->mask;
    return &self->features[slot];
}

/* Counts every key. */
static quoth_status count_features(quoth_trainer *self)
{
    uint64_t size = 1 << 16;
    while (size < self->key_count / 2 + 1024)
        size *= 2;
    self->features = qt_arena_alloc(&self->arena, size * sizeof *self->features);
    if (!self->features)
        return QUOTH_ERROR_MEMORY;
    self->mask = (uint32_t)(size - 1);
    for (uint32_t s = 0; s < self->sequences.count; s++) {
        const sequence *q = &self->sequences.items[s];
        for (uint32_t e = q->first; e < q->end; e++)
            for (uint32_t n = 0; n < self->examples.items[e].count; n++) {
                const example *x = &self->examples.items[e];
                feature *f = feature_of(self, self->keys[x->first + n]);
                f->key = self->keys[x->first + n];
                self->feature_count += !f->count;
                f->count++;
            }
    }
    return QUOTH_OK;
}

quoth_status quoth_trainer_begin(quoth_trainer *self, uint32_t least)
{
    quoth_status status = count_features(self);
    if (status != QUOTH_OK)
        return status;
    for (uint64_t i = 0; i <= self->mask; i++)
        if (self->features[i].count)
            self->features[i].row = self->features[i].count >= least ? self->rows++ : QUOTH_NONE;
    self->weights = qt_arena_alloc(&self->arena, ((size_t)self->rows + 1) * sizeof *self->weights);
    self->squares = qt_arena_alloc(&self->arena, ((size_t)self->rows + 1) * sizeof *self->squares);
    self->sums = qt_arena_alloc(&self->arena, ((size_t)self->rows + 1) * sizeof *self->sums);
    self->dead = qt_arena_alloc(&self->arena, (size_t)self->rows + 1);
    if (!self->weights || !self->squares || !self->sums || !self->dead)
        return QUOTH_ERROR_MEMORY;
    for (uint32_t e = 0; e < self->examples.count; e++) {
        example *x = &self->examples.items[e];
        uint32_t kept = 0, memory = x->memory;
        for (uint32_t n = 0; n < x->count; n++) {
            if (n == memory)
                x->memory = kept;
            uint32_t row = feature_of(self, self->keys[x->first + n])->row;
            if (row != QUOTH_NONE)
                self->keys[x->first + kept++] = row;
        }
        x->memory = memory == x->count ? kept : x->memory;
        x->count = kept;
    }
    return QUOTH_OK;
}

/* --- learning ----------------------------------------------------------------------------------- */

/* The next number of a splitmix64 generator (Steele, Lea and Flood 2014). */
static uint64_t next_random(uint64_t *state)
{
    uint64_t z = *state += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return z ^ z >> 31;
}

static void shuffle(quoth_trainer *self, uint64_t seed)
{
    for (uint32_t i = self->sequences.count; i > 1; i--) {
        uint32_t j = (uint32_t)(next_random(&seed) % i);
        sequence swap = self->sequences.items[i - 1];
        self->sequences.items[i - 1] = self->sequences.items[j];
        self->sequences.items[j] = swap;
    }
}

static void step(float *weights, float *squares, const float *gradient, float rate, float decay)
{
    for (int t = 0; t < QT_TAG_ROOM; t++) {
        float g = gradient[t] - decay * weights[t];
        squares[t] += g * g;
        weights[t] += rate * g / (sqrtf(squares[t]) + 1e-3F);
    }
}

static bool is_flat(const float *gradient)
{
    float most = 0;
    for (int t = 0; t < QT_TAG_ROOM; t++)
        most = fmaxf(most, fabsf(gradient[t]));
    return most < 2e-3F;
}

/* Keeps most features of a sequence, and leaves some out by chance (dropout): so the model learns
 * to do without the words that it knows. */
static void drop(quoth_trainer *self, const sequence *q, float share, uint64_t *random)
{
    uint32_t kept = 0, limit = (uint32_t)(share * 65536.0F);
    uint64_t bits = 0;
    /* The first pass has to do without all features of the second. */
    bool second = next_random(random) & 1;
    for (uint32_t i = 0, n = 0; i < q->end - q->first; i++) {
        const example *x = &self->examples.items[q->first + i];
        for (uint32_t k = 0; k < x->count; k++, n++, bits >>= 16) {
            if (n % 4 == 0)
                bits = next_random(random);
            if ((bits & 0xFFFF) >= limit && (second || k < x->memory))
                self->kept[kept++] = self->keys[x->first + k];
        }
        self->kept_end[i] = kept;
    }
}

/* Reads one sequence, and learns from it. Returns its loss. */
static double learn(quoth_trainer *self, const sequence *q, float rate, float decay, float dropped)
{
    uint32_t allowed[QT_SEGMENT_MAX] = {0}, count = q->end - q->first;
    qt_crf *crf = self->crf;
    for (uint32_t i = 0, n = 0; i < count; i++) {
        memset(crf->emit[i], 0, sizeof crf->emit[i]);
        allowed[i] = self->examples.items[q->first + i].allowed;
        for (; n < self->kept_end[i]; n++)
            for (int t = 0; t < QT_TAG_ROOM; t++)
                crf->emit[i][t] += self->weights[self->kept[n]][t];
        for (int t = 0; t < QT_TAG_ROOM; t++)
            crf->emit[i][t] /= 1.0F - dropped;
    }
    float likelihood = qt_crf_gradient(crf, allowed, count);
    if (likelihood > 0)
        return 0;
    for (uint32_t i = 0; i < count; i++) {
        if (is_flat(crf->gradient[i]))
            continue;
        for (int t = 0; t < QT_TAG_ROOM; t++)
            crf->gradient[i][t] *= q->weight;
        for (uint32_t n = i ? self->kept_end[i - 1] : 0; n < self->kept_end[i]; n++) {
            uint32_t row = self->kept[n];
            if (!self->dead[row])
                step(self->weights[row], self->squares[row], crf->gradient[i], rate, decay);
        }
    }
    for (uint32_t t = 0; t < QT_TAG_ROOM; t++)
        step(crf->moves[t], self->move_squares[t], crf->move_gradient[t], rate, 0);
    return -(double)likelihood;
}

/* The model is the mean of the weights after each epoch but the first: less of it is chance. */
static void add_to_sums(quoth_trainer *self)
{
    for (uint32_t row = 0; row < self->rows; row++)
        for (int t = 0; t < QT_TAG_ROOM; t++)
            self->sums[row][t] += self->weights[row][t];
    for (int a = 0; a < QT_TAG_ROOM; a++)
        for (int b = 0; b < QT_TAG_ROOM; b++)
            self->move_sums[a][b] += self->crf->moves[a][b];
    self->summed++;
}

/* A weight of the model. */
static float mean_weight(const quoth_trainer *self, uint32_t row, uint32_t tag)
{
    return self->summed ? self->sums[row][tag] / (float)self->summed : self->weights[row][tag];
}

void quoth_trainer_restart(quoth_trainer *self)
{
    memset(self->weights, 0, (size_t)self->rows * sizeof *self->weights);
    memset(self->squares, 0, (size_t)self->rows * sizeof *self->squares);
    memset(self->move_squares, 0, sizeof self->move_squares);
    memset(self->crf->moves, 0, sizeof self->crf->moves);
    self->epochs = 0;
}

quoth_status quoth_trainer_epoch(quoth_trainer *self, float rate, float decay, float dropped,
                                 uint64_t seed, double *loss)
{
    enum { STALE = 32 }; /* sequences between two refreshes of the factors of moves */
    uint64_t random = seed ^ UINT64_C(0x5DEECE66D);
    shuffle(self, seed);
    *loss = 0;
    for (uint32_t s = 0; s < self->sequences.count; s++) {
        if (s % STALE == 0)
            qt_crf_refresh(self->crf);
        drop(self, &self->sequences.items[s], dropped, &random);
        *loss += learn(self, &self->sequences.items[s], rate, decay, dropped);
    }
    *loss /= self->sequences.count ? self->sequences.count : 1;
    if (self->epochs++)
        add_to_sums(self);
    return QUOTH_OK;
}

/* --- output ------------------------------------------------------------------------------------- */

/* How much a feature tells: how far its weights reach, and how often. */
static float telling(const quoth_trainer *self, const feature *f)
{
    float sum = 0;
    for (uint32_t t = 0; t < QT_TAG_ROOM; t++)
        sum += fabsf(mean_weight(self, f->row, t));
    return sum * sqrtf((float)(f->count < 64 ? f->count : 64));
}

quoth_status quoth_trainer_prune(quoth_trainer *self, uint32_t features)
{
    uint32_t alive = 0;
    float low = 0, high = 1e6F;
    /* The threshold by bisection: as many features as wanted are above it. */
    for (int step_count = 0; step_count < 60; step_count++) {
        float middle = (low + high) / 2;
        alive = 0;
        for (uint64_t i = 0; i <= self->mask; i++) {
            const feature *f = &self->features[i];
            alive += f->count && f->row != QUOTH_NONE && telling(self, f) > middle;
        }
        if (alive > features)
            low = middle;
        else
            high = middle;
    }
    for (uint64_t i = 0; i <= self->mask; i++) {
        const feature *f = &self->features[i];
        if (f->count && f->row != QUOTH_NONE && telling(self, f) <= high) {
            self->dead[f->row] = true;
            memset(self->weights[f->row], 0, sizeof *self->weights);
        }
    }
    memset(self->sums, 0, (size_t)self->rows * sizeof *self->sums);
    memset(self->move_sums, 0, sizeof self->move_sums);
    self->summed = 0;
    return QUOTH_OK;
}

static int packed_weight(float weight, float scale)
{
    float scaled = rintf(weight * scale);
    return (int)(scaled > 127 ? 127 : scaled < -127 ? -127 : scaled);
}

/* The row of a feature; false when there is nothing in it. */
static bool pack_row(quoth_trainer *self, const feature *f)
{
    float scale = (float)(1 << self->head.scale_bits);
    bool any = false;
    uint8_t *row = self->packed[self->packed_count];
    for (uint32_t t = 0; t < QT_TAG_ROOM; t++) {
        int weight = qt_tag_is(t) ? packed_weight(mean_weight(self, f->row, t), scale) : 0;
        row[t] = (uint8_t)(weight + QT_WEIGHT_ZERO);
        any |= weight != 0;
    }
    self->packed_keys[self->packed_count] = f->key;
    return any;
}

static int compare_features(const void *a, const void *b)
{
    const feature *x = *(const feature *const *)a, *y = *(const feature *const *)b;
    if (x->count != y->count)
        return x->count > y->count ? -1 : 1;
    return x->key < y->key ? -1 : x->key > y->key;
}

/* The features that have a row, the most frequent first, and NULL after the last. */
static const feature **sorted_features(quoth_trainer *self)
{
    uint32_t count = 0;
    const feature **order = qt_arena_alloc(&self->arena, ((size_t)self->rows + 1) * sizeof *order);
    for (uint64_t i = 0; order && i <= self->mask; i++)
        if (self->features[i].count && self->features[i].row != QUOTH_NONE)
            order[count++] = &self->features[i];
    if (order)
        qsort(order, count, sizeof *order, compare_features);
    return order;
}

static float mean_move(const quoth_trainer *self, uint32_t a, uint32_t b)
{
    return self->summed ? self->move_sums[a][b] / (float)self->summed : self->crf->moves[a][b];
}

quoth_status quoth_trainer_export(quoth_trainer *self, float slope, float shift)
{
    size_t room = (size_t)self->rows + 1;
    self->head = (qt_tagger_head){
        .version = QT_TAGGER_VERSION, .scale_bits = 5, .slope = slope, .shift = shift};
    self->packed = qt_arena_alloc(&self->arena, room * sizeof *self->packed);
    self->packed_keys = qt_arena_alloc(&self->arena, room * sizeof *self->packed_keys);
    const feature **order = sorted_features(self);
    if (!self->packed || !self->packed_keys || !order)
        return QUOTH_ERROR_MEMORY;
    self->packed_count = 0;
    for (uint32_t i = 0; order[i]; i++)
        if (!self->dead[order[i]->row] && pack_row(self, order[i]))
            self->packed_count++;
    if (qt_weights_pack(self->packed_keys, (const qt_weight_row *)self->packed, self->packed_count,
                        &self->arena, &self->table) != QUOTH_OK)
        return QUOTH_ERROR_MEMORY;
    for (uint32_t a = 0; a < QT_TAG_ROOM; a++)
        for (uint32_t b = 0; b < QT_TAG_ROOM; b++)
            self->moves[a][b] =
                (int16_t)(qt_crf_may_follow(a, b) ? (int)rintf(mean_move(self, a, b) *
                                                               (float)(1 << self->head.scale_bits))
                                                  : QT_MOVE_NEVER);
    return QUOTH_OK;
}

const void *quoth_trainer_section(const quoth_trainer *self, const char *name, size_t *size)
{
    if (strcmp(name, "entity.head") == 0)
        return *size = sizeof self->head, &self->head;
    if (strcmp(name, "entity.pilots") == 0)
        return *size = self->table.bucket_count * sizeof *self->table.pilots, self->table.pilots;
    if (strcmp(name, "entity.rows") == 0)
        return *size = self->table.row_count * sizeof *self->table.rows, self->table.rows;
    if (strcmp(name, "entity.moves") == 0)
        return *size = sizeof self->moves, self->moves;
    *size = 0;
    return NULL;
}

quoth_status quoth_trainer_word_key(const quoth_pipeline *pipeline, quoth_scratch *scratch,
                                    quoth_input word, uint64_t *key)
{
    quoth_doc *doc = NULL;
    *key = 0;
    quoth_status status = quoth_read(pipeline, scratch, word, QUOTH_STAGE_ENTITY, &doc, NULL);
    if (status == QUOTH_OK && doc->tokens.count == 1)
        *key = qt_cluster_key(&doc->tokens.items[0]);
    quoth_doc_free(doc);
    return status;
}
