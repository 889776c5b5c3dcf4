#include "arena.h"
#include "check.h"

static void test_blocks_are_zeroed_aligned_and_stay(void)
{
    check_memory memory = {0};
    quoth_allocator allocator = check_allocator(&memory);
    qt_arena arena;
    qt_arena_init(&arena, &allocator);
    unsigned char *blocks[100];
    for (size_t i = 0; i < 100; i++) {
        size_t size = i * 37;
        blocks[i] = qt_arena_alloc(&arena, size);
        CHECK(blocks[i] != NULL);
        CHECK((uintptr_t)blocks[i] % _Alignof(max_align_t) == 0);
        bool zero = true;
        for (size_t k = 0; k < size; k++)
            zero = zero && blocks[i][k] == 0;
        CHECK(zero);
        memset(blocks[i], (int)i, size);
    }
    bool kept = true;
    for (size_t i = 0; i < 100; i++)
        for (size_t k = 0; k < i * 37; k++)
            kept = kept && blocks[i][k] == i;
    CHECK(kept);
    qt_arena_free(&arena);
    CHECK(memory.held == 0);
}

static void test_reset_reuses_memory(void)
{
    check_memory memory = {0};
    quoth_allocator allocator = check_allocator(&memory);
    qt_arena arena;
    qt_arena_init(&arena, &allocator);
    for (int i = 0; i < 50; i++)
        CHECK(qt_arena_alloc(&arena, 4000) != NULL);
    qt_arena_reset(&arena);
    CHECK(memory.held == 1);
    size_t calls = memory.calls;
    unsigned char *block = qt_arena_alloc(&arena, 4000);
    CHECK(block != NULL && block[0] == 0 && block[3999] == 0);
#ifndef QT_ARENA_ALONE /* there each allocation is a block of its own */
    CHECK(memory.calls == calls);
#else
    CHECK(memory.calls == calls + 1);
#endif
    qt_arena_free(&arena);
    CHECK(memory.held == 0);
}

static void test_arrays_grow(void)
{
    qt_arena arena;
    qt_arena_init(&arena, &qt_allocator_default);
    QT_ARRAY(uint32_t) numbers = {0};
    QT_ARRAY(uint64_t) others = {0};
    for (uint32_t i = 0; i < 10000; i++) {
        uint32_t *number = qt_push(&arena, &numbers);
        uint64_t *other = qt_push(&arena, &others);
        if (!number || !other) {
            CHECK(!"out of memory");
            break;
        }
        CHECK(*number == 0 && *other == 0);
        *number = i;
        *other = i * UINT64_C(3);
    }
    bool right = numbers.count == 10000 && others.count == 10000;
    for (uint32_t i = 0; right && i < 10000; i++)
        right = numbers.items[i] == i && others.items[i] == i * UINT64_C(3);
    CHECK(right);
    qt_arena_free(&arena);
}

/* Arrays of megabytes have blocks of their own, which move as they grow; all of it goes back. */
static void test_large_arrays_grow(void)
{
    enum { COUNT = 1 << 18 };
    check_memory memory = {0};
    quoth_allocator allocator = check_allocator(&memory);
    qt_arena arena;
    qt_arena_init(&arena, &allocator);
    QT_ARRAY(uint64_t) arrays[3] = {{0}};
    for (int round = 0; round < 2; round++) {
        bool right = true;
        for (uint32_t i = 0; i < COUNT; i++)
            for (uint32_t k = 0; k < 3; k++) {
                uint64_t *item = qt_push(&arena, &arrays[k]);
                right = right && item && *item == 0;
                if (item)
                    *item = i * UINT64_C(3) + k;
            }
        for (uint32_t i = 0; right && i < COUNT; i++)
            for (uint32_t k = 0; k < 3; k++)
                right = right && arrays[k].items[i] == i * UINT64_C(3) + k;
        CHECK(right);
        for (uint32_t k = 0; k < 3; k++) /* the second time what is pushed was in use before */
            arrays[k].count = 0;
    }
    qt_arena_reset(&arena);
    CHECK(memory.held <= 1);
    qt_arena_free(&arena);
    CHECK(memory.held == 0);
}

/* What could not grow is still there, and nothing of it is lost to the arena. */
static void test_large_array_that_cannot_grow(void)
{
    enum { COUNT = 1 << 16 };
    check_memory memory = {0};
    quoth_allocator allocator = check_allocator(&memory);
    qt_arena arena;
    qt_arena_init(&arena, &allocator);
    QT_ARRAY(uint64_t) numbers = {0};
    for (uint32_t i = 0; i < COUNT; i++)
        CHECK(qt_push(&arena, &numbers) != NULL);
    size_t held = memory.held;
    memory.fail_at = memory.calls + 1;
    CHECK(qt_push(&arena, &numbers) == NULL);
    CHECK(memory.held == held);
    qt_arena_free(&arena);
    CHECK(memory.held == 0);
}

static void test_out_of_memory_is_null(void)
{
    check_memory memory = {.fail_at = 1};
    quoth_allocator allocator = check_allocator(&memory);
    qt_arena arena;
    qt_arena_init(&arena, &allocator);
    CHECK(qt_arena_alloc(&arena, 8) == NULL);
    CHECK(qt_arena_alloc(&arena, 8) != NULL);
    CHECK(qt_arena_alloc(&arena, SIZE_MAX) == NULL);
    CHECK(qt_arena_alloc(&arena, SIZE_MAX / 4 + 1) == NULL);
    qt_arena_free(&arena);
    CHECK(memory.held == 0);
}

int main(void)
{
    test_blocks_are_zeroed_aligned_and_stay();
    test_reset_reuses_memory();
    test_arrays_grow();
    test_large_arrays_grow();
    test_large_array_that_cannot_grow();
    test_out_of_memory_is_null();
    return check_report("arena");
}
