#include "check.h"
#include "pattern_need.h"
#include "scan.h"

static qt_need need_of(const char *source, bool ignore_case)
{
    return qt_need_of((quoth_string){source, strlen(source)}, ignore_case);
}

static bool is_nothing(const qt_need *need)
{
    return !need->triple_count && !need->sign_count && !need->digit;
}

/* Whether a text may have what a pattern needs. */
static bool may_match(const char *source, const char *bytes)
{
    qt_arena arena;
    qt_text text;
    qt_scan scan;
    qt_need need = need_of(source, false);
    qt_arena_init(&arena, &qt_allocator_default);
    CHECK(qt_scan_read(quoth_utf8(bytes, strlen(bytes)), &arena, &text, &scan, NULL) == QUOTH_OK);
    qt_digest *digest = qt_digest_new(&text, &arena);
    bool may = CHECK(digest) && qt_digest_may_have(digest, (quoth_span){0, text.size}, &need);
    qt_arena_free(&arena);
    return may;
}

static void test_what_is_needed(void)
{
    static const struct {
        const char *source;
        uint32_t triples, signs;
        bool digit;
    } rows[] = {
        {"", 0, 0, false},
        {"abcd", 2, 0, false},
        {"abcd?", 1, 0, false},
        {"abcd*ef", 1, 0, false},
        {"abcd+ef", 2, 0, false},
        {"abcd+?ef", 2, 0, false},
        {"abcd{0,2}ef", 1, 0, false},
        {"abcd{2}ef", 2, 0, false},
        {"ab(?:cd|e(f|[)]))gh", 0, 0, false},
        {"\\babc\\s+def\\b", 2, 0, false},
        {"\\d+", 0, 0, true},
        {"\\d{1,2}", 0, 0, true},
        {"\\d{0,2}", 0, 0, false},
        {"\\d?", 0, 0, false},
        {"\\$\\s?\\d", 0, 1, true},
        {"[a$]-[]x]", 0, 1, false},
        {"na\xC3\xAF?ve", 0, 0, false}, /* the quantifier is of both bytes */
        {"na\xC3\xAFve", 4, 0, false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        qt_need need = need_of(rows[i].source, false);
        if (!CHECK(need.triple_count == rows[i].triples && need.sign_count == rows[i].signs &&
                   need.digit == rows[i].digit))
            printf("    %s: %u, %u\n", rows[i].source, need.triple_count, need.sign_count);
    }
}

static void test_what_is_not_understood_needs_nothing(void)
{
    static const char *const sources[] = {
        "abc|d",      "abc(?i)def",     "(*UTF)abc",    "abc\\Qd?\\E",    "abc(?#))def",
        "abc\\x{64}", "abc(?(1)d)",     "abc(?R)?",     "(a)bcd\\1",      "abc\\p{Lu}",
        "abc{,2}",    "abc[[:alpha:]]", "abc(d\\Q)\\E", "abc(?x: # )\n)", "abc(*ACCEPT)",
        "abc(",       "abc[",           "abc\\",        "abc\\cA",        "*abc",
        "(?^)abc"};
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) {
        qt_need need = need_of(sources[i], false);
        if (!CHECK(is_nothing(&need)))
            printf("    %s\n", sources[i]);
    }
    qt_need without_case = need_of("abc-\\d", true);
    CHECK(without_case.triple_count == 0 && without_case.sign_count == 1 && without_case.digit);
}

static void test_what_a_text_has(void)
{
    static char far[600];
    memset(far, 'x', sizeof far - 1);
    CHECK(may_match("\\bmillion\\b", "Two million were there."));
    CHECK(!may_match("\\bmillion\\b", "Two billion were there."));
    CHECK(may_match("\\$\\d", "It cost $5."));
    CHECK(!may_match("\\$\\d", "It cost 5 dollars."));
    CHECK(!may_match("\\$\\d", "It cost $."));
    CHECK(may_match("\\d", "\xD9\xA3")); /* an Arabic three */
    CHECK(may_match(".*", "a"));
    memcpy(far + 254, "needle", 6); /* across two blocks */
    CHECK(may_match("needle", far));
    CHECK(!may_match("noodle", far));
}

int main(void)
{
    test_what_is_needed();
    test_what_is_not_understood_needs_nothing();
    test_what_a_text_has();
    return check_report("pattern_need");
}
