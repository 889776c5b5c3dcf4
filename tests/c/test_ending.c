/* The features of a place: how many, how large, and what they depend on. */
#include "ending.h"
#include "check.h"
#include "scan.h"

typedef struct seen {
    uint32_t count;
    uint16_t features[QT_ENDING_FEATURES];
} seen;

/* The place behind the first stop at or after offset from. */
static seen look(const char *bytes, uint32_t from, bool rule)
{
    qt_arena arena;
    qt_text text;
    qt_scan scan;
    seen out = {0};
    qt_arena_init(&arena, &qt_allocator_default);
    CHECK(qt_scan_read(quoth_utf8(bytes, strlen(bytes)), &arena, &text, &scan, NULL) == QUOTH_OK);
    qt_stop stop = qt_stop_at(&text, qt_scan_next(scan.stops, from, text.size), text.size);
    qt_ending place = {&stop, {0, text.size}, 0, rule};
    out.count = qt_ending_features(&text, &place, out.features);
    qt_arena_free(&arena);
    return out;
}

static uint32_t shared(const seen *a, const seen *b)
{
    uint32_t same = 0;
    for (uint32_t i = 0; i < a->count; i++)
        same += a->features[i] == b->features[i];
    return same;
}

static void test_bounds(void)
{
    static const char *const texts[] = {".", "a. b", "We met in the U.S. The end came.",
                                        "\xE2\x80\x9CNo\xE2\x80\xA6\xE2\x80\x9D \xC3\x89tat",
                                        "x?!"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        seen out = look(texts[i], 0, i % 2);
        CHECK(out.count > 0 && out.count <= QT_ENDING_FEATURES);
        for (uint32_t k = 0; k < out.count; k++)
            CHECK(out.features[k] < 1u << QT_ENDING_BITS);
    }
}

static void test_what_they_depend_on(void)
{
    seen a = look("We met in the U.S. The end came.", 16, false),
         again = look("We met in the U.S. The end came.", 16, false),
         verdict = look("We met in the U.S. The end came.", 16, true),
         word = look("We met in the U.S. Tom and Ann came.", 16, false),
         far = look("It was the U.S. The end came to them.", 12, false);
    CHECK(shared(&a, &again) == a.count);
    /* The rules' verdict comes first: the trainer relies on it. */
    CHECK(a.features[0] != verdict.features[0] && a.features[0] == word.features[0]);
    CHECK(shared(&a, &verdict) < a.count / 2);
    CHECK(shared(&a, &word) < a.count && shared(&a, &word) > 0);
    CHECK(shared(&a, &far) > shared(&a, &verdict));
}

int main(void)
{
    test_bounds();
    test_what_they_depend_on();
    return check_report("ending");
}
