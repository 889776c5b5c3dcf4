#include "tag_score.h"

#include <string.h>

enum { KEYS = 4096, SUMS = 512, WORDS = 1024 };

typedef int16_t block __attribute__((vector_size(16)));
typedef uint16_t pairs __attribute__((vector_size(16)));

#if defined(__clang__)
#define SHUFFLE(a, b, ...) __builtin_shufflevector(a, b, __VA_ARGS__)
#else
#define SHUFFLE(a, b, ...) __builtin_shuffle(a, b, (pairs){__VA_ARGS__})
#endif

/* The numbers of two vectors by turns: the first half of them, and the second. */
#define FIRST_BY_TURNS(a, b) SHUFFLE(a, b, 0, 8, 1, 9, 2, 10, 3, 11)
#define LAST_BY_TURNS(a, b) SHUFFLE(a, b, 4, 12, 5, 13, 6, 14, 7, 15)

/* Features that belong together, up to a key of the queue, and where their sum goes. */
typedef struct sum_of {
    uint32_t end;
    int16_t *scores;
} sum_of;

/* A token that gets what the cache has of a word. */
typedef struct word_of {
    uint32_t slot;
    int16_t *scores;
} word_of;

struct qt_scorer {
    const qt_weights *weights;
    const qt_text *text;
    qt_tag_cache *cache;
    uint32_t key_count, sum_count, word_count;
    uint32_t keys[KEYS];
    sum_of sums[SUMS];
    word_of words[WORDS];
};

qt_scorer *qt_scorer_new(const qt_weights *weights, qt_tag_cache *cache, const qt_text *text,
                         qt_arena *temporary)
{
    qt_scorer *self = qt_arena_alloc_raw(temporary, sizeof *self);
    if (!self)
        return NULL;
    self->weights = weights;
    self->text = text;
    self->cache = cache;
    self->key_count = self->sum_count = self->word_count = 0;
    return self;
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

/* Sums of rows. Of the 16-bit number that two tags make, the low and the high half are summed up
 * apart, so that no weight has to be widened. */
typedef struct row_sum {
    pairs low[2], high[2];
} row_sum;

/* Which of the halves is that of the first tag. */
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define LOW low
#define HIGH high
#else
#define LOW high
#define HIGH low
#endif

static inline void add_row(row_sum *sum, const uint8_t *row)
{
    for (int i = 0; i < 2; i++) {
        pairs weights;
        memcpy(&weights, row + 16 * i, sizeof weights);
        sum->low[i] += weights & 0xFF;
        sum->high[i] += weights >> 8;
    }
}

/* Adds what count features give; their rows were asked for before. */
static void add_rows(const uint8_t *const *rows, const uint32_t *keys, uint32_t count,
                     int16_t *scores)
{
    static const qt_weight_row nothing = {
#define EIGHT(x) x, x, x, x, x, x, x, x
        EIGHT(QT_WEIGHT_ZERO), EIGHT(QT_WEIGHT_ZERO), EIGHT(QT_WEIGHT_ZERO), EIGHT(QT_WEIGHT_ZERO)};
    row_sum sum = {0};
    pairs out[4];
    uint16_t zeros = (uint16_t)(QT_WEIGHT_ZERO * count);
    for (uint32_t i = 0; i < count; i++)
        /* NOLINTNEXTLINE(clang-analyzer-core.CallAndMessage): a row is asked for before it is added. */
        add_row(&sum, qt_weights_match(rows[i], keys[i]) ? rows[i] : nothing);
    memcpy(out, scores, sizeof out);
    for (int i = 0; i < 2; i++) {
        pairs low = sum.LOW[i] - (pairs){EIGHT(zeros)}, high = sum.HIGH[i] - (pairs){EIGHT(zeros)};
        out[2 * i] += FIRST_BY_TURNS(low, high);
        out[2 * i + 1] += LAST_BY_TURNS(low, high);
    }
    memcpy(scores, out, sizeof out);
}

/* Adds the sums of all queued features. Where the row of one is does not depend on any other, and
 * rows are asked for some sums before they are added. */
static void add_queue(qt_scorer *self)
{
    enum { AHEAD = 48 };
    const uint8_t *rows[KEYS];
    uint32_t asked = 0, first = 0;
    for (uint32_t s = 0; s < self->sum_count; s++) {
        uint32_t end = self->sums[s].end;
        for (; asked < self->key_count && asked < end + AHEAD; asked++) {
            rows[asked] = qt_weights_place(self->weights, self->keys[asked]);
            __builtin_prefetch(rows[asked]);
        }
        add_rows(rows + first, self->keys + first, end - first, self->sums[s].scores);
        first = end;
    }
    self->key_count = self->sum_count = 0;
}

void qt_scorer_flush(qt_scorer *self)
{
    add_queue(self);
    for (uint32_t i = 0; i < self->word_count; i++)
        add_scores(self->cache->scores[self->words[i].slot], self->words[i].scores);
    self->word_count = 0;
    if (self->cache)
        self->cache->batch++;
}

qt_features qt_scorer_features(qt_scorer *self)
{
    if (self->key_count + QT_FEATURES_MAX > KEYS || self->sum_count == SUMS)
        qt_scorer_flush(self);
    return (qt_features){self->keys + self->key_count, NULL, 0};
}

void qt_scorer_add(qt_scorer *self, const qt_features *features, int16_t *scores)
{
    self->key_count += features->count;
    self->sums[self->sum_count++] = (sum_of){self->key_count, scores};
}

/* The cache's slot for a key, or QUOTH_NONE when it is taken; *found tells whether it has the sum. A
 * slot that a token of this batch waits for can't be given away. */
static uint32_t slot_for(qt_tag_cache *cache, uint64_t key, bool *found)
{
    uint32_t slot = (uint32_t)(key >> 40) & (QT_TAG_CACHE - 1);
    *found = cache->keys[slot] == key;
    if (!*found && cache->keys[slot] && cache->batches[slot] == cache->batch)
        return QUOTH_NONE;
    cache->keys[slot] = key;
    cache->batches[slot] = cache->batch;
    return slot;
}

/* Asks the cache for a sum. Where it has none the caller has to add the features, to *scores: they
 * are now the slot's. False when it has. */
static bool wants_features(qt_scorer *self, uint64_t key, int16_t **scores)
{
    bool found = false;
    key = (key * UINT64_C(0x9E3779B97F4A7C15)) | 1;
    /* A flush ends the batch, so it comes before a slot is claimed. */
    if (self->key_count + QT_FEATURES_MAX > KEYS || self->sum_count == SUMS ||
        self->word_count == WORDS)
        qt_scorer_flush(self);
    uint32_t slot = self->cache ? slot_for(self->cache, key, &found) : QUOTH_NONE;
    if (slot == QUOTH_NONE)
        return true;
    self->words[self->word_count++] = (word_of){slot, *scores};
    if (found)
        return false;
    memset(self->cache->scores[slot], 0, sizeof *self->cache->scores);
    *scores = self->cache->scores[slot];
    return true;
}

void qt_scorer_add_word(qt_scorer *self, const qt_tag_word *word, uint32_t place, int16_t *scores)
{
    /* The length, because folding may change it: don't, with a curly apostrophe. */
    uint64_t form = (uint64_t)(word->end - word->start) << 40 | (uint64_t)word->shape << 8;
    if (!wants_features(self, word->key ^ (form | (place + 1)), &scores))
        return;
    qt_features features = qt_scorer_features(self);
    qt_features_of_word(self->text, word, place, &features);
    qt_scorer_add(self, &features, scores);
}

void qt_scorer_add_part(qt_scorer *self, const qt_tag_words *words, uint32_t index, unsigned part,
                        int16_t *scores)
{
    uint64_t key = qt_features_key(words, index, part) * UINT64_C(0xD6E8FEB86659FD93);
    if (!wants_features(self, (key ^ key >> 32) + part, &scores))
        return;
    qt_features features = qt_scorer_features(self);
    qt_features_of_context(words, index, part, &features);
    qt_scorer_add(self, &features, scores);
}
