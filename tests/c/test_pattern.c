#include "pattern.h"
#include "check.h"
#include "scan.h"

/* A description of the first match of a pattern, or "". */
static quoth_span match(qt_matcher *matcher, qt_pattern_id id, const char *bytes)
{
    qt_arena arena;
    qt_text text;
    qt_scan scan;
    qt_match found;
    qt_arena_init(&arena, &qt_allocator_default);
    CHECK(qt_scan_read(quoth_utf8(bytes, strlen(bytes)), &arena, &text, &scan, NULL) == QUOTH_OK);
    bool matched = qt_pattern_match(matcher, id, &text, 0, text.size, &found);
    qt_arena_free(&arena);
    CHECK(!matched || (found.count > 0 && found.count <= QT_GROUP_MAX));
    return matched ? found.group[0] : (quoth_span){0, 0};
}

static void test_every_pattern_compiles_and_survives(void)
{
    qt_patterns *patterns = NULL;
    qt_matcher *matcher = NULL;
    quoth_error error = {0};
    if (!CHECK(qt_patterns_new(&qt_allocator_default, &patterns, &error) == QUOTH_OK)) {
        printf("    %s (at %zu)\n", error.message, error.position);
        return;
    }
    CHECK(qt_matcher_new(patterns, &matcher) == QUOTH_OK);
    for (qt_pattern_id id = 0; id < QT_PATTERN_COUNT; id++) {
        quoth_span empty = match(matcher, id, "");
        CHECK(empty.start == empty.end);
        quoth_span found = match(matcher, id, "\xE2\x80\x9C\xF0\x9F\x98\x80 1 1 1 1 , , , - - -");
        CHECK(found.start <= found.end);
        CHECK(qt_pattern_rule(id) != NULL && qt_pattern_rule(id)[0] != '\0');
        CHECK(qt_pattern_label(id) <= QUOTH_LABEL_CARDINAL);
    }
    qt_matcher_free(matcher);
    qt_patterns_free(patterns);
}

static uint64_t starts(qt_matcher *matcher, const char *word)
{
    const uint64_t wanted = UINT64_C(1) << QT_PATTERN_CARDINAL |
                            UINT64_C(1) << QT_PATTERN_DATE_WEEKDAY |
                            UINT64_C(1) << QT_PATTERN_ORDINAL;
    return qt_pattern_starts(matcher, wanted, 1, (const uint8_t *)word, (uint32_t)strlen(word));
}

/* What a word refuses is refused, the first time and when it is remembered, also when another word
 * has the same hash. */
static void test_starts(void)
{
    qt_patterns *patterns = NULL;
    qt_matcher *matcher = NULL;
    CHECK(qt_patterns_new(&qt_allocator_default, &patterns, NULL) == QUOTH_OK);
    CHECK(qt_matcher_new(patterns, &matcher) == QUOTH_OK);
    for (int time = 0; time < 3; time++) {
        CHECK(starts(matcher, "twenty") ==
              (UINT64_C(1) << QT_PATTERN_CARDINAL | UINT64_C(1) << QT_PATTERN_ORDINAL));
        CHECK(starts(matcher, "first") == UINT64_C(1) << QT_PATTERN_ORDINAL);
        CHECK(starts(matcher, "Tuesday") == UINT64_C(1) << QT_PATTERN_DATE_WEEKDAY);
        CHECK(starts(matcher, "Talk") == 0);
        /* Longer than what is remembered: nothing is refused. */
        CHECK(starts(matcher, "Talkativenesses-and-more") != 0);
    }
    qt_matcher_free(matcher);
    qt_patterns_free(patterns);
}

static void test_limits_of_memory(void)
{
    for (size_t n = 1;; n++) {
        check_memory memory = {.fail_at = n};
        quoth_allocator allocator = check_allocator(&memory);
        qt_patterns *patterns = NULL;
        qt_matcher *matcher = NULL;
        quoth_status status = qt_patterns_new(&allocator, &patterns, NULL);
        if (status == QUOTH_OK)
            status = qt_matcher_new(patterns, &matcher);
        qt_matcher_free(matcher);
        qt_patterns_free(patterns);
        CHECK(memory.held == 0);
        if (memory.calls < n)
            break;
        /* PCRE2 does without its just-in-time compiler when there is no memory for it. */
        CHECK(status == QUOTH_ERROR_MEMORY || status == QUOTH_OK);
    }
}

int main(void)
{
    test_every_pattern_compiles_and_survives();
    test_starts();
    test_limits_of_memory();
    return check_report("pattern");
}
