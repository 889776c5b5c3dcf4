/* column.c - growing arrays of values in the memory layout of Arrow; see quoth_column.h.
 *
 * Room doubles, so that a push is constant time on average. The bitmap of what is there is made
 * with the first value that is absent: most columns never need one.
 */
#include "arena.h"
#include "quoth_column.h"

#include <string.h>

enum { FIRST_ROOM = 32, FIRST_BYTES = 1024 };

static size_t bitmap_bytes(size_t bits)
{
    return (bits + 63) / 64 * 8;
}

static bool bit_of(const uint8_t *bits, size_t i)
{
    return (bits[i / 8] >> (i % 8) & 1) != 0;
}

static void set_bit(uint8_t *bits, size_t i, bool value)
{
    uint8_t mask = (uint8_t)(1u << (i % 8));
    bits[i / 8] = (uint8_t)(value ? bits[i / 8] | mask : bits[i / 8] & ~mask);
}

/* Bytes of so many values, beside the last offset of strings. */
static size_t value_bytes(quoth_column_type type, size_t count)
{
    switch (type) {
    case QUOTH_COLUMN_BOOL:
        return bitmap_bytes(count);
    case QUOTH_COLUMN_INT32:
    case QUOTH_COLUMN_STRING:
        return count * sizeof(int32_t);
    default:
        return count * sizeof(int64_t);
    }
}

void quoth_column_init(quoth_column *self, quoth_column_type type, const quoth_allocator *allocator)
{
    *self =
        (quoth_column){.type = type, .allocator = allocator ? *allocator : qt_allocator_default};
}

void quoth_column_free(quoth_column *self)
{
    const quoth_allocator *memory = &self->allocator;
    memory->release(memory->context, self->validity);
    memory->release(memory->context, self->values);
    memory->release(memory->context, self->bytes);
    quoth_column_init(self, self->type, memory);
}

static bool resize(const quoth_column *self, void **block, size_t size)
{
    void *out = self->allocator.resize(self->allocator.context, *block, size);
    if (out)
        *block = out;
    return out != NULL;
}

/* Room for so many more values. */
static quoth_status grow(quoth_column *self, size_t more)
{
    if (self->room - self->length >= more)
        return QUOTH_OK;
    size_t room = self->room ? self->room * 2 : FIRST_ROOM;
    while (room - self->length < more)
        room *= 2;
    bool strings = self->type == QUOTH_COLUMN_STRING;
    void *validity = self->validity;
    if (validity && !resize(self, &validity, bitmap_bytes(room)))
        return QUOTH_ERROR_MEMORY;
    self->validity = validity;
    if (!resize(self, &self->values, value_bytes(self->type, room + (strings ? 1 : 0))))
        return QUOTH_ERROR_MEMORY;
    if (strings && self->length == 0)
        ((int32_t *)self->values)[0] = 0;
    self->room = room;
    return QUOTH_OK;
}

static quoth_status grow_bytes(quoth_column *self, size_t more)
{
    if (self->byte_room - self->byte_count >= more)
        return QUOTH_OK;
    if (more > INT32_MAX - self->byte_count)
        return QUOTH_ERROR_LIMIT;
    size_t room = self->byte_room ? self->byte_room * 2 : FIRST_BYTES;
    while (room - self->byte_count < more)
        room *= 2;
    void *bytes = self->bytes;
    if (!resize(self, &bytes, room))
        return QUOTH_ERROR_MEMORY;
    self->bytes = bytes;
    self->byte_room = room;
    return QUOTH_OK;
}

/* A bitmap in which all values so far are there. */
static quoth_status need_validity(quoth_column *self)
{
    if (self->validity)
        return QUOTH_OK;
    void *validity = NULL;
    if (!resize(self, &validity, bitmap_bytes(self->room)))
        return QUOTH_ERROR_MEMORY;
    self->validity = validity;
    memset(validity, 0xFF, bitmap_bytes(self->room));
    return QUOTH_OK;
}

static void put_value(quoth_column *self, size_t at, const quoth_cell *cell)
{
    switch (self->type) {
    case QUOTH_COLUMN_BOOL:
        set_bit(self->values, at, cell->present && cell->integer != 0);
        break;
    case QUOTH_COLUMN_INT32:
        ((int32_t *)self->values)[at] = cell->present ? (int32_t)cell->integer : 0;
        break;
    case QUOTH_COLUMN_INT64:
        ((int64_t *)self->values)[at] = cell->present ? cell->integer : 0;
        break;
    case QUOTH_COLUMN_FLOAT64:
        ((double *)self->values)[at] = cell->present ? cell->number : 0;
        break;
    case QUOTH_COLUMN_STRING:
        if (cell->present && cell->string.size > 0) {
            memcpy(self->bytes + self->byte_count, cell->string.data, cell->string.size);
            self->byte_count += cell->string.size;
        }
        ((int32_t *)self->values)[at + 1] = (int32_t)self->byte_count;
        break;
    }
}

quoth_status quoth_column_push(quoth_column *self, const quoth_cell *cell)
{
    quoth_status status = grow(self, 1);
    if (status == QUOTH_OK && !cell->present)
        status = need_validity(self);
    if (status == QUOTH_OK && cell->present && self->type == QUOTH_COLUMN_STRING)
        status = grow_bytes(self, cell->string.size);
    if (status != QUOTH_OK)
        return status;
    size_t at = self->length++;
    self->null_count += cell->present ? 0 : 1;
    if (self->validity)
        set_bit(self->validity, at, cell->present);
    put_value(self, at, cell);
    return QUOTH_OK;
}

static void copy_values(quoth_column *self, const quoth_column *other)
{
    size_t at = self->length;
    if (self->type == QUOTH_COLUMN_BOOL) {
        for (size_t i = 0; i < other->length; i++)
            set_bit(self->values, at + i, bit_of(other->values, i));
    } else if (self->type == QUOTH_COLUMN_STRING) {
        const int32_t *from = other->values;
        int32_t *to = self->values;
        int32_t shift = (int32_t)self->byte_count;
        for (size_t i = 1; i <= other->length; i++)
            to[at + i] = from[i] + shift;
        if (other->byte_count > 0)
            memcpy(self->bytes + self->byte_count, other->bytes, other->byte_count);
        self->byte_count += other->byte_count;
    } else {
        memcpy((char *)self->values + value_bytes(self->type, at), other->values,
               value_bytes(self->type, other->length));
    }
}

quoth_status quoth_column_append(quoth_column *self, const quoth_column *other)
{
    if (other->length == 0)
        return QUOTH_OK;
    quoth_status status = grow(self, other->length);
    if (status == QUOTH_OK)
        status = grow_bytes(self, other->byte_count);
    if (status == QUOTH_OK && other->null_count > 0)
        status = need_validity(self);
    if (status != QUOTH_OK)
        return status;
    copy_values(self, other);
    for (size_t i = 0; self->validity && i < other->length; i++)
        set_bit(self->validity, self->length + i, !other->validity || bit_of(other->validity, i));
    self->length += other->length;
    self->null_count += other->null_count;
    return QUOTH_OK;
}

quoth_cell quoth_column_cell(const quoth_column *self, size_t index)
{
    quoth_cell cell = {.present = !self->validity || bit_of(self->validity, index)};
    switch (self->type) {
    case QUOTH_COLUMN_BOOL:
        cell.integer = bit_of(self->values, index);
        break;
    case QUOTH_COLUMN_INT32:
        cell.integer = ((const int32_t *)self->values)[index];
        break;
    case QUOTH_COLUMN_INT64:
        cell.integer = ((const int64_t *)self->values)[index];
        break;
    case QUOTH_COLUMN_FLOAT64:
        cell.number = ((const double *)self->values)[index];
        break;
    case QUOTH_COLUMN_STRING: {
        const int32_t *offsets = self->values;
        cell.string.data = self->bytes ? self->bytes + offsets[index] : ""; /* all empty */
        cell.string.size = (size_t)(offsets[index + 1] - offsets[index]);
        break;
    }
    }
    return cell;
}
