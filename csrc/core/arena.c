#include "arena.h"

#include "pages.h"

#include <stdalign.h>
#include <stdlib.h>

/* In a build for sanitizers every allocation is a block of its own, of just its size: what reads or
 * writes past it, or where an array was before it grew, is seen. */
#ifndef QT_ARENA_ALONE
#define QT_ARENA_ALONE 0
#endif

enum {
    FIRST_BLOCK = 16 * 1024,
    KEPT_MOST = 4 * 1024 * 1024,                 /* after a huge text its memory goes back */
    OWN_LEAST = QT_ARENA_ALONE ? 1 : 256 * 1024, /* bytes of an array with a block of its own */
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
    self->block = self->own = NULL;
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
    release_from(self, self->own);
    self->block = self->own = NULL;
}

void qt_arena_reset(qt_arena *self)
{
    release_from(self, self->own);
    self->own = NULL;
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

/* A block, or *old with its content and another size, in the place of *old in its list; NULL: as it
 * was. */
static qt_block *resize_block(qt_arena *self, qt_block **old, bool is_new, size_t size)
{
    qt_block *older = is_new ? *old : (*old)->older;
    qt_block *block =
        self->allocator.resize(self->allocator.context, is_new ? NULL : *old, sizeof *block + size);
    if (!block)
        return NULL;
    *block = (qt_block){.older = older, .used = 0, .size = size};
    qt_pages_prefer_large(block, sizeof *block + size);
    return *old = block;
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
        block = resize_block(self, &self->block, true, room);
        if (!block)
            return NULL;
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

/* Moves an array of old bytes into a block of its own, or makes that larger. */
static void *grow_own(qt_arena *self, void *items, size_t old, size_t size)
{
    qt_block **link = &self->own;
    while (*link && (*link)->data != items)
        link = &(*link)->older;
    bool is_new = !*link;
    if (is_new)
        link = &self->own;
    qt_block *block = resize_block(self, link, is_new, size);
    if (block && is_new && old)
        memcpy(block->data, items, old);
    return block ? block->data : NULL;
}

void *qt_array_grow(qt_arena *arena, void *items, uint32_t count, uint32_t *capacity,
                    size_t item_size)
{
    if (*capacity > UINT32_MAX / 2)
        return NULL;
    uint32_t wanted = *capacity ? *capacity * 2 : FIRST_ITEMS;
    size_t old = (size_t)*capacity * item_size, size = (size_t)wanted * item_size;
    size_t more = rounded(size) - rounded(old);
    void *grown = items;
    if (grows_in_place(arena->block, items, old, more))
        arena->block->used += more;
    else if (size >= OWN_LEAST)
        grown = grow_own(arena, items, count * item_size, size);
    else if ((grown = qt_arena_alloc_raw(arena, size)) != NULL && count)
        memcpy(grown, items, count * item_size);
    if (grown)
        *capacity = wanted;
    return grown;
}
