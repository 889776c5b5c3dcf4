#include "arena.h"

#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

/* In a build for sanitizers every allocation is a block of its own, of just its size: what reads or
 * writes past it is seen. */
#ifndef QT_ARENA_ALONE
#define QT_ARENA_ALONE 0
#endif

enum {
    FIRST_BLOCK = 16 * 1024,
    KEPT_MOST = 4 * 1024 * 1024, /* after a huge text its memory goes back */
    FIRST_ITEMS = 16
};

struct qt_block {
    qt_block *older;
    size_t used, size; /* bytes after the header */
    alignas(max_align_t) unsigned char data[];
};

static void *default_resize(void *context, void *block, size_t size)
{
    (void)context;
    return realloc(block, size);
}

static void default_release(void *context, void *block)
{
    (void)context;
    free(block);
}

const quoth_allocator qt_allocator_default = {default_resize, default_release, NULL};

void qt_arena_init(qt_arena *self, const quoth_allocator *allocator)
{
    self->allocator = *allocator;
    self->block = NULL;
}

static void release_from(qt_arena *self, qt_block *block)
{
    while (block) {
        qt_block *older = block->older;
        self->allocator.release(self->allocator.context, block);
        block = older;
    }
}

void qt_arena_free(qt_arena *self)
{
    release_from(self, self->block);
    self->block = NULL;
}

void qt_arena_reset(qt_arena *self)
{
    /* Blocks double, so that the newest is the largest. */
    if (self->block && self->block->size > KEPT_MOST) {
        qt_arena_free(self);
    } else if (self->block) {
        release_from(self, self->block->older);
        self->block->older = NULL;
        self->block->used = 0;
    }
}

static size_t rounded(size_t size)
{
    const size_t to = alignof(max_align_t);
    return (size + to - 1) / to * to;
}

void *qt_arena_alloc_raw(qt_arena *self, size_t size)
{
    qt_block *block = self->block;
    if (size > SIZE_MAX / 4)
        return NULL;
    size = QT_ARENA_ALONE ? size : rounded(size ? size : 1);
    if (QT_ARENA_ALONE || !block || block->size - block->used < size) {
        size_t room = block && !QT_ARENA_ALONE ? block->size * 2 : FIRST_BLOCK;
        if (room < size || QT_ARENA_ALONE)
            room = size;
        block = self->allocator.resize(self->allocator.context, NULL, sizeof *block + room);
        if (!block)
            return NULL;
        block->older = self->block;
        block->used = 0;
        block->size = room;
        self->block = block;
    }
    void *out = block->data + block->used;
    block->used += size;
    return out;
}

void *qt_arena_alloc(qt_arena *self, size_t size)
{
    void *out = qt_arena_alloc_raw(self, size);
    return out ? memset(out, 0, size) : NULL;
}

/* Whether [items, items + bytes) is the newest allocation and can grow by more bytes in place. */
static bool grows_in_place(qt_block *block, const unsigned char *items, size_t bytes, size_t more)
{
    return !QT_ARENA_ALONE && block && items &&
           items + rounded(bytes) == block->data + block->used && block->size - block->used >= more;
}

void *qt_array_grow(qt_arena *arena, void *items, uint32_t count, uint32_t *capacity,
                    size_t item_size)
{
    if (*capacity > UINT32_MAX / 2)
        return NULL;
    uint32_t wanted = *capacity ? *capacity * 2 : FIRST_ITEMS;
    size_t old = (size_t)*capacity * item_size;
    size_t more = rounded((size_t)wanted * item_size) - rounded(old);
    if (grows_in_place(arena->block, items, old, more)) {
        memset(arena->block->data + arena->block->used, 0, more);
        arena->block->used += more;
        *capacity = wanted;
        return items;
    }
    void *grown = qt_arena_alloc(arena, (size_t)wanted * item_size);
    if (!grown)
        return NULL;
    if (count)
        memcpy(grown, items, (size_t)count * item_size);
    *capacity = wanted;
    return grown;
}
