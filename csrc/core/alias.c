#include "alias.h"

quoth_status qt_aliases_init(qt_aliases *self, qt_arena *arena, uint64_t capacity)
{
    uint32_t size = 64;
    if (capacity > UINT32_C(1) << 30)
        return QUOTH_ERROR_MEMORY;
    while (size < capacity * 2)
        size *= 2;
    self->slots = qt_arena_alloc(arena, (size_t)size * sizeof *self->slots);
    self->mask = size - 1;
    return self->slots ? QUOTH_OK : QUOTH_ERROR_MEMORY;
}

qt_alias *qt_alias_find(const qt_aliases *self, uint64_t key, int kind)
{
    key = (key + (uint64_t)kind) * UINT64_C(0x9E3779B97F4A7C15) | 1;
    uint32_t slot = (uint32_t)(key >> 32) & self->mask;
    while (self->slots[slot].key && self->slots[slot].key != key)
        slot = (slot + 1) & self->mask;
    self->slots[slot].key = key;
    return &self->slots[slot];
}

void qt_alias_add(qt_alias *self, uint32_t group)
{
    for (uint32_t i = 0; i < self->count; i++)
        if (self->items[i] == group)
            return;
    if (self->count < QT_ALIAS_MAX)
        self->items[self->count++] = group;
}
