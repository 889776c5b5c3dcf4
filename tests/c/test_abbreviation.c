#include "abbreviation.h"
#include "check.h"
#include "scan.h"

static uint64_t classes_of(const qt_abbreviations *self, const char *word)
{
    qt_arena arena;
    qt_text text;
    qt_scan scan;
    qt_arena_init(&arena, &qt_allocator_default);
    CHECK(qt_scan_read(quoth_utf8(word, strlen(word)), &arena, &text, &scan, NULL) == QUOTH_OK);
    uint64_t out = qt_abbreviation_classes(self, &text, (quoth_span){0, text.size});
    qt_arena_free(&arena);
    return out;
}

/* Whether the word, with a space before it, passes the first question. */
static bool is_possible(const qt_abbreviations *self, const char *word)
{
    char eight[17];
    uint32_t length;
    snprintf(eight, sizeof eight, "%16s", word);
    uint64_t packed = qt_short_word_before(qt_load_eight((const uint8_t *)eight + 8), &length);
    return packed && qt_abbreviation_possible(self, packed);
}

static void test_lists(void)
{
    static const char *const listed[] = {"Mr", "corp", "MESSRS", "approx", "Sept", "Inc", "Gov"};
    static const char *const plain[] = {"harbour", "keller", "people",  "said",      "economy",
                                        "year",    "time",   "country", "statement", "week"};
    qt_abbreviations self;
    unsigned possible = 0;
    CHECK(qt_abbreviations_init(&self, &qt_allocator_default, NULL, 0, NULL) == QUOTH_OK);
    for (size_t i = 0; i < sizeof listed / sizeof *listed; i++)
        CHECK(is_possible(&self, listed[i]));
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        possible += is_possible(&self, plain[i]);
    CHECK(possible <= 1);
    CHECK(classes_of(&self, "Mr") & QT_WORD_ABBREVIATION_TITLE);
    CHECK(classes_of(&self, "Corp") & QT_WORD_ABBREVIATION_END);
    CHECK(classes_of(&self, "harbour") == 0);
    qt_abbreviations_free(&self);
}

static void test_own_words(void)
{
    static const char *const own[] = {"Amb.", "Stv", "u.d.\xC3\x85", "Bundesverf."};
    qt_abbreviations self;
    CHECK(qt_abbreviations_init(&self, &qt_allocator_default, own, 4, NULL) == QUOTH_OK);
    CHECK(is_possible(&self, "Amb") && is_possible(&self, "stv"));
    CHECK(is_possible(&self, "Bundesverf"));
    CHECK(classes_of(&self, "amb") & QT_WORD_ABBREVIATION_END);
    CHECK(classes_of(&self, "u.d.\xC3\xA5") & QT_WORD_ABBREVIATION_END);
    CHECK(classes_of(&self, "BUNDESVERF") & QT_WORD_ABBREVIATION_END);
    CHECK(classes_of(&self, "Mr") & QT_WORD_ABBREVIATION_TITLE);
    CHECK(classes_of(&self, "ambassador") == 0);
    qt_abbreviations_free(&self);
}

static void test_bad_words(void)
{
    static const char *const bad[] = {"",   "two words", ".",
                                      "-.", "a\xFF",     "abcdefghijklmnopqrstuvwxyz"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        qt_abbreviations self;
        quoth_error error = {0};
        quoth_status status =
            qt_abbreviations_init(&self, &qt_allocator_default, &bad[i], 1, &error);
        CHECK(status == QUOTH_ERROR_ABBREVIATION && error.position == 0);
        CHECK(error.status == status && error.message[0]);
        qt_abbreviations_free(&self);
    }
}

static void test_no_memory(void)
{
    static const char *const own[] = {"Amb.", "Stv"};
    for (size_t n = 1;; n++) {
        check_memory memory = {.fail_at = n};
        quoth_allocator allocator = check_allocator(&memory);
        qt_abbreviations self;
        quoth_status status = qt_abbreviations_init(&self, &allocator, own, 2, NULL);
        qt_abbreviations_free(&self);
        CHECK(memory.held == 0);
        if (status == QUOTH_OK) {
            CHECK(n > 1);
            break;
        }
        CHECK(status == QUOTH_ERROR_MEMORY);
    }
}

int main(void)
{
    test_lists();
    test_own_words();
    test_bad_words();
    test_no_memory();
    return check_report("abbreviation");
}
