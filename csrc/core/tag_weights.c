#include "tag_weights.h"

#include <string.h>

enum {
    KEYS_OF_BUCKET = 4, /* on average */
    LARGEST = 64,       /* keys of a bucket */
    PILOTS = 1 << 16,
};

typedef struct packer {
    const uint32_t *keys;
    const qt_weight_row *rows;
    uint32_t count;
    uint32_t *first; /* [bucket]: of its keys in order; one more */
    uint32_t *order; /* indices of keys, by bucket */
    uint16_t *pilots;
    qt_weight_row *places;
    bool *taken; /* [row] */
} packer;

static uint32_t bucket_of(const qt_weights *table, uint32_t key)
{
    return (uint32_t)((uint64_t)key * table->bucket_count >> 32);
}

static bool open_packer(packer *self, const qt_weights *table, qt_arena *arena)
{
    size_t buckets = (size_t)table->bucket_count + 2, rows = table->row_count;
    self->first = qt_arena_alloc(arena, buckets * sizeof *self->first);
    self->order = qt_arena_alloc(arena, ((size_t)self->count + 1) * sizeof *self->order);
    self->pilots = qt_arena_alloc(arena, buckets * sizeof *self->pilots);
    self->places = qt_arena_alloc(arena, rows * sizeof *self->places);
    self->taken = qt_arena_alloc(arena, rows);
    if (self->places)
        memset(self->places, QT_WEIGHT_ZERO, rows * sizeof *self->places);
    return self->first && self->order && self->pilots && self->places && self->taken;
}

/* Sorts the keys into their buckets, by counting. */
static void sort_keys(packer *self, const qt_weights *table)
{
    for (uint32_t i = 0; i < self->count; i++)
        self->first[bucket_of(table, self->keys[i]) + 2]++;
    for (uint32_t b = 2; b < table->bucket_count + 2; b++)
        self->first[b] += self->first[b - 1];
    for (uint32_t i = 0; i < self->count; i++)
        self->order[self->first[bucket_of(table, self->keys[i]) + 1]++] = i;
}

/* Finds a pilot under which every key of the bucket has a free row of its own. */
static bool place_bucket(packer *self, const qt_weights *table, uint32_t bucket)
{
    uint32_t first = self->first[bucket], count = self->first[bucket + 1] - first;
    for (uint32_t pilot = 0; pilot < PILOTS; pilot++) {
        uint32_t placed = 0, at[LARGEST];
        self->pilots[bucket] = (uint16_t)pilot;
        for (; placed < count; placed++) {
            const uint8_t *row = qt_weights_place(table, self->keys[self->order[first + placed]]);
            at[placed] = (uint32_t)((const qt_weight_row *)row - table->rows);
            if (self->taken[at[placed]])
                break;
            self->taken[at[placed]] = true;
        }
        if (placed == count) {
            for (uint32_t i = 0; i < count; i++)
                memcpy(self->places[at[i]], self->rows[self->order[first + i]],
                       sizeof *self->places);
            return true;
        }
        while (placed-- > 0)
            self->taken[at[placed]] = false;
    }
    return false;
}

/* The largest buckets first, while there is much room. */
static bool place_all(packer *self, const qt_weights *table)
{
    for (uint32_t size = LARGEST; size > 0; size--)
        for (uint32_t b = 0; b < table->bucket_count; b++)
            if (self->first[b + 1] - self->first[b] == size && !place_bucket(self, table, b))
                return false;
    for (uint32_t b = 0; b < table->bucket_count; b++)
        if (self->first[b + 1] - self->first[b] > LARGEST)
            return false;
    return true;
}

/* Writes the keys into their rows, and 0 into those that are free. */
static void mark_rows(packer *self, const qt_weights *table)
{
    for (uint32_t i = 0; i < table->row_count; i++)
        self->places[i][QT_TAG_LAST - 1] = self->places[i][QT_TAG_INSIDE - 1] =
            self->places[i][QT_TAG_ROOM - 1] = 0;
    for (uint32_t i = 0; i < self->count; i++) {
        const uint8_t *row = qt_weights_place(table, self->keys[i]);
        uint8_t *own = self->places[(const qt_weight_row *)row - table->rows];
        own[QT_TAG_LAST - 1] = (uint8_t)self->keys[i];
        own[QT_TAG_INSIDE - 1] = (uint8_t)(self->keys[i] >> 8);
        own[QT_TAG_ROOM - 1] = (uint8_t)(self->keys[i] >> 16);
    }
}

quoth_status qt_weights_pack(const uint32_t *keys, const qt_weight_row *rows, uint32_t count,
                             qt_arena *arena, qt_weights *out)
{
    uint32_t room = count / 128 * QT_WEIGHTS_ROOM + QT_WEIGHTS_LEAST;
    /* What does not fit finds its place in a little more room. */
    for (;; room += room / 4) {
        packer self = {.keys = keys, .rows = rows, .count = count};
        *out = (qt_weights){.bucket_count = count / KEYS_OF_BUCKET + 1, .row_count = count + room};
        if (!open_packer(&self, out, arena))
            return QUOTH_ERROR_MEMORY;
        out->pilots = self.pilots;
        out->rows = (const qt_weight_row *)self.places;
        sort_keys(&self, out);
        if (place_all(&self, out)) {
            mark_rows(&self, out);
            return QUOTH_OK;
        }
    }
}
