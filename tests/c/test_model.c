/* The model file: what is right is read, what was cut or altered anywhere is refused. */
#include "check.h"

#include "model.h"

enum { SIZE = 384 };

static void put(uint8_t *at, uint64_t value, int size)
{
    for (int i = 0; i < size; i++)
        at[i] = (uint8_t)(value >> 8 * i);
}

static void sign(uint8_t *file, size_t size)
{
    put(file + 24, qt_model_checksum(file + 32, size - 32), 8);
}

/* A file with the sections "first", 5 bytes at 192, and "second", 64 bytes at 256. */
static void make(uint8_t *file)
{
    memset(file, 0, SIZE);
    memcpy(file, "QUOTHMDL", 8);
    put(file + 8, 1, 4);
    put(file + 32, 2, 4);
    put(file + 16, SIZE, 8);
    memcpy(file + 64, "first", 5);
    put(file + 80, 192, 8);
    put(file + 88, 5, 8);
    memcpy(file + 96, "second", 6);
    put(file + 112, 256, 8);
    put(file + 120, 64, 8);
    memcpy(file + 192, "hello", 5);
    file[256] = 7;
    sign(file, SIZE);
}

static quoth_status status_of(const uint8_t *file, size_t size)
{
    quoth_model *model = NULL;
    quoth_error error = {0};
    quoth_status status = quoth_model_open(file, size, NULL, &model, &error);
    CHECK((status == QUOTH_OK) == (model != NULL));
    CHECK(status == error.status && (status == QUOTH_OK || error.message[0]));
    quoth_model_free(model);
    return status;
}

static void test_sections(void)
{
    _Alignas(64) uint8_t file[SIZE];
    quoth_model *model = NULL;
    size_t size;
    make(file);
    CHECK(quoth_model_open(file, SIZE, NULL, &model, NULL) == QUOTH_OK);
    const char *first = qt_model_section(model, "first", &size);
    CHECK(size == 5 && memcmp(first, "hello", 5) == 0);
    CHECK(qt_model_section(model, "second", &size) == file + 256 && size == 64);
    CHECK(qt_model_section(model, "third", &size) == NULL && size == 0);
    CHECK(qt_model_section(model, "a name longer than any", &size) == NULL);
    CHECK(qt_model_section(NULL, "first", &size) == NULL && size == 0);
    quoth_model_free(model);
}

static void test_every_cut_and_every_byte(void)
{
    _Alignas(64) uint8_t file[SIZE];
    for (size_t size = 0; size < SIZE; size++) {
        make(file);
        CHECK(status_of(file, size) == QUOTH_ERROR_MODEL);
    }
    for (size_t i = 0; i < SIZE; i++) {
        make(file);
        file[i] ^= 0x20;
        CHECK(status_of(file, SIZE) == QUOTH_ERROR_MODEL);
    }
}

/* What someone wrote who knows the checksum. */
static void test_hostile_directories(void)
{
    static const struct {
        size_t at;
        uint64_t value;
        int size;
    } changes[] = {
        {32, 0xFFFFFFFF, 4}, {32, 65, 4},          {32, 12, 4},   {32, 3, 4},
        {80, 384, 8},        {80, UINT64_MAX, 8},  {80, 0, 8},    {80, 194, 8},
        {80, 448, 8},        {88, UINT64_MAX, 8},  {88, 300, 8},  {88, 100, 8},
        {112, 192, 8},       {120, UINT64_MAX, 8}, {120, 129, 8}, {112, UINT64_MAX - 63, 8},
        {64, 0, 8},          {79, 1, 1},           {16, 320, 8},  {16, UINT64_MAX, 8},
    };
    _Alignas(64) uint8_t file[SIZE];
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        make(file);
        put(file + changes[i].at, changes[i].value, changes[i].size);
        sign(file, SIZE);
        CHECK(status_of(file, SIZE) == QUOTH_ERROR_MODEL);
    }
    make(file);
    memcpy(file + 96, file + 64, 16);
    sign(file, SIZE);
    CHECK(status_of(file, SIZE) == QUOTH_ERROR_MODEL);
}

static void test_alignment_and_memory(void)
{
    _Alignas(64) uint8_t file[SIZE + 64];
    make(file);
    memmove(file + 1, file, SIZE);
    CHECK(status_of(file + 1, SIZE) == QUOTH_ERROR_MODEL);
    make(file);
    check_memory memory = {.fail_at = 1};
    quoth_allocator allocator = check_allocator(&memory);
    quoth_model *model = NULL;
    CHECK(quoth_model_open(file, SIZE, &allocator, &model, NULL) == QUOTH_ERROR_MEMORY);
    CHECK(model == NULL && memory.held == 0);
    quoth_model_free(NULL);
}

int main(void)
{
    test_sections();
    test_every_cut_and_every_byte();
    test_hostile_directories();
    test_alignment_and_memory();
    return check_report("model");
}
