#include "model.h"

#include "arena.h"
#include "status.h"

#include <string.h>

enum {
    VERSION = 1,
    SECTIONS_MAX = 64,
    NAME_SIZE = 16,
    SIGNED_FROM = 32, /* where the checksum starts */
    HEADER_SIZE = 64,
    ENTRY_SIZE = NAME_SIZE + 16,
};

static const char magic[8] = {'Q', 'U', 'O', 'T', 'H', 'M', 'D', 'L'};

struct quoth_model {
    quoth_allocator allocator;
    const uint8_t *bytes;
    size_t size;
    uint32_t count;
    uint64_t checksum;
};

static bool is_little_endian(void)
{
    const uint16_t one = 1;
    return *(const uint8_t *)&one == 1;
}

static uint64_t read_number(const uint8_t *bytes, int size)
{
    uint64_t value = 0;
    for (int i = size; i > 0; i--)
        value = value << 8 | bytes[i - 1];
    return value;
}

uint64_t qt_model_checksum(const uint8_t *bytes, size_t size)
{
    static const uint64_t prime = UINT64_C(0x100000001B3);
    uint64_t lane[4] = {1, 2, 3, 4}, hash = size;
    for (size_t i = 0; i + 32 <= size; i += 32)
        for (int n = 0; n < 4; n++) {
            uint64_t word;
            memcpy(&word, bytes + i + 8 * n, sizeof word);
            lane[n] = (lane[n] ^ word) * prime;
            lane[n] ^= lane[n] >> 29;
        }
    for (int n = 0; n < 4; n++) {
        hash = (hash ^ lane[n]) * UINT64_C(0xFF51AFD7ED558CCD);
        hash = (hash ^ hash >> 33) * UINT64_C(0xC4CEB9FE1A85EC53);
        hash ^= hash >> 33;
    }
    return hash;
}

static const uint8_t *entry_of(const uint8_t *bytes, uint32_t index)
{
    return bytes + HEADER_SIZE + (size_t)index * ENTRY_SIZE;
}

static quoth_status check_header(const uint8_t *bytes, size_t size, quoth_error *error)
{
    if (size < HEADER_SIZE || memcmp(bytes, magic, sizeof magic) != 0)
        return qt_fail(error, QUOTH_ERROR_MODEL, 0, "the model is not a model file of quoth");
    if (read_number(bytes + 8, 8) != VERSION || !is_little_endian())
        return qt_fail(error, QUOTH_ERROR_MODEL, 8,
                       "the model has a format that this quoth does not read");
    if (read_number(bytes + 16, 8) != size || size % QT_MODEL_ALIGNMENT)
        return qt_fail(error, QUOTH_ERROR_MODEL, 16,
                       "the model is truncated, or something was added to it");
    if (read_number(bytes + SIGNED_FROM, 4) > SECTIONS_MAX)
        return qt_fail(error, QUOTH_ERROR_MODEL, 32, "the model has too many sections");
    if ((uintptr_t)bytes % sizeof(uint64_t))
        return qt_fail(error, QUOTH_ERROR_MODEL, 0,
                       "the model does not lie at a multiple of 8 in memory");
    if (read_number(bytes + 24, 8) != qt_model_checksum(bytes + SIGNED_FROM, size - SIGNED_FROM))
        return qt_fail(error, QUOTH_ERROR_MODEL, 24, "the model is damaged: its checksum differs");
    return QUOTH_OK;
}

/* The name of an entry is a string of its own that no entry before it has. */
static bool name_is_right(const uint8_t *bytes, uint32_t index)
{
    const uint8_t *entry = entry_of(bytes, index);
    if (!entry[0] || entry[NAME_SIZE - 1])
        return false;
    for (uint32_t i = 0; i < index; i++)
        if (memcmp(entry_of(bytes, i), entry, NAME_SIZE) == 0)
            return false;
    return true;
}

static quoth_status check_directory(const uint8_t *bytes, size_t size, uint32_t count,
                                    quoth_error *error)
{
    uint64_t free_from = HEADER_SIZE + (uint64_t)count * ENTRY_SIZE;
    for (uint32_t i = 0; i < count; i++) {
        const uint8_t *entry = entry_of(bytes, i);
        size_t at = HEADER_SIZE + (size_t)i * ENTRY_SIZE;
        if (at + ENTRY_SIZE > size)
            return qt_fail(error, QUOTH_ERROR_MODEL, 32,
                           "the model has a directory beyond its end");
        uint64_t offset = read_number(entry + NAME_SIZE, 8);
        uint64_t length = read_number(entry + NAME_SIZE + 8, 8);
        if (!name_is_right(bytes, i))
            return qt_fail(error, QUOTH_ERROR_MODEL, at,
                           "the model has a section without a name of its own");
        if (offset % QT_MODEL_ALIGNMENT || offset < free_from || offset > size ||
            length > size - offset)
            return qt_fail(error, QUOTH_ERROR_MODEL, at + NAME_SIZE,
                           "the model has a section that lies outside of it");
        free_from = offset + length;
    }
    return QUOTH_OK;
}

quoth_status quoth_model_open(const void *bytes, size_t size, const quoth_allocator *allocator,
                              quoth_model **out, quoth_error *error)
{
    const quoth_allocator *a = allocator ? allocator : &qt_allocator_default;
    *out = NULL;
    quoth_status status = check_header(bytes, size, error);
    uint32_t count =
        status == QUOTH_OK ? (uint32_t)read_number((const uint8_t *)bytes + SIGNED_FROM, 4) : 0;
    if (status == QUOTH_OK)
        status = check_directory(bytes, size, count, error);
    if (status != QUOTH_OK)
        return status;
    quoth_model *self = a->resize(a->context, NULL, sizeof *self);
    if (!self)
        return qt_fail(error, QUOTH_ERROR_MEMORY, 0, NULL);
    *self = (quoth_model){.allocator = *a,
                          .bytes = bytes,
                          .size = size,
                          .count = count,
                          .checksum = read_number((const uint8_t *)bytes + 24, 8)};
    *out = self;
    return QUOTH_OK;
}

void quoth_model_free(quoth_model *self)
{
    if (!self)
        return;
    quoth_allocator allocator = self->allocator;
    allocator.release(allocator.context, self);
}

uint64_t quoth_model_checksum(const quoth_model *self)
{
    return self->checksum;
}

const void *qt_model_section(const quoth_model *model, const char *name, size_t *size)
{
    char wanted[NAME_SIZE] = {0};
    *size = 0;
    for (int i = 0; i < NAME_SIZE - 1 && name[i]; i++)
        wanted[i] = name[i];
    for (uint32_t i = 0; model && i < model->count; i++) {
        const uint8_t *entry = entry_of(model->bytes, i);
        if (memcmp(entry, wanted, NAME_SIZE) == 0) {
            *size = (size_t)read_number(entry + NAME_SIZE + 8, 8);
            return model->bytes + read_number(entry + NAME_SIZE, 8);
        }
    }
    return NULL;
}
