#include "alias.h"

enum { FIRST_SIZE = 128 };

quoth_status qt_aliases_init(qt_aliases *self, qt_arena *arena)
{
    *self = (qt_aliases){.arena = arena, .mask = FIRST_SIZE - 1};
    self->slots = qt_arena_alloc(arena, FIRST_SIZE * sizeof *self->slots);
    return self->slots ? QUOTH_OK : QUOTH_ERROR_MEMORY;
}

static qt_alias *slot_of(const qt_aliases *self, uint64_t mixed)
{
    uint32_t slot = (uint32_t)(mixed >> 32) & self->mask;
    while (self->slots[slot].key && self->slots[slot].key != mixed)
        slot = (slot + 1) & self->mask;
    return &self->slots[slot];
}

static uint64_t mix(uint64_t key, int kind)
{
    return (key + (uint64_t)kind) * UINT64_C(0x9E3779B97F4A7C15) | 1;
}

const qt_alias *qt_alias_find(const qt_aliases *self, uint64_t key, int kind)
{
    return slot_of(self, mix(key, kind));
}

/* Twice the slots; false when out of memory. */
static bool grow(qt_aliases *self)
{
    uint32_t size = self->mask + 1;
    qt_alias *old = self->slots;
    if (size >= UINT32_C(1) << 30)
        return false;
    qt_alias *slots = qt_arena_alloc(self->arena, (size_t)size * 2 * sizeof *slots);
    if (!slots)
        return false;
    self->slots = slots;
    self->mask = size * 2 - 1;
    for (uint32_t i = 0; i < size; i++)
        if (old[i].key)
            *slot_of(self, old[i].key) = old[i];
    return true;
}

void qt_alias_add(qt_aliases *self, uint64_t key, int kind, uint32_t group)
{
    if (self->used * 2 > self->mask && !grow(self)) {
        self->status = QUOTH_ERROR_MEMORY;
        return;
    }
    qt_alias *alias = slot_of(self, mix(key, kind));
    self->used += alias->key == 0;
    alias->key = mix(key, kind);
    for (uint32_t i = 0; i < alias->count; i++)
        if (alias->items[i] == group)
            return;
    if (alias->count < QT_ALIAS_MAX)
        alias->items[alias->count++] = group;
}
