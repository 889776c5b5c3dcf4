#include "check.h"
#include "scan.h"

#include "unicode.h"

static quoth_status init(qt_text *text, qt_arena *arena, const char *bytes, size_t size,
                         quoth_error *error)
{
    qt_scan scan;
    qt_arena_init(arena, &qt_allocator_default);
    return qt_scan_read(quoth_utf8(bytes, size), arena, text, &scan, error);
}

/* Where the bytes stop being UTF-8, or SIZE_MAX. */
static size_t first_error(const char *bytes, size_t size)
{
    qt_arena arena;
    qt_text text;
    quoth_error error = {0};
    quoth_status status = init(&text, &arena, bytes, size, &error);
    qt_arena_free(&arena);
    CHECK(status == QUOTH_OK || status == QUOTH_ERROR_UTF8);
    CHECK(status == QUOTH_OK || error.status == QUOTH_ERROR_UTF8);
    CHECK(status == QUOTH_OK || error.message[0] != '\0');
    return status == QUOTH_OK ? SIZE_MAX : error.position;
}

static void test_what_is_utf8(void)
{
    CHECK(first_error("", 0) == SIZE_MAX);
    CHECK(first_error("plain", 5) == SIZE_MAX);
    CHECK(first_error("a\0b", 3) == SIZE_MAX);
    CHECK(first_error("\xC2\x80", 2) == SIZE_MAX);
    CHECK(first_error("\xE0\xA0\x80", 3) == SIZE_MAX);
    CHECK(first_error("\xED\x9F\xBF", 3) == SIZE_MAX);
    CHECK(first_error("\xEE\x80\x80", 3) == SIZE_MAX);
    CHECK(first_error("\xF0\x90\x80\x80", 4) == SIZE_MAX);
    CHECK(first_error("\xF4\x8F\xBF\xBF", 4) == SIZE_MAX);
    CHECK(first_error("ab\x80", 3) == 2);
    CHECK(first_error("\xC0\x80", 2) == 0);
    CHECK(first_error("\xC1\xBF", 2) == 0);
    CHECK(first_error("\xE0\x9F\xBF", 3) == 0);
    CHECK(first_error("\xED\xA0\x80", 3) == 0);
    CHECK(first_error("\xF0\x8F\xBF\xBF", 4) == 0);
    CHECK(first_error("\xF4\x90\x80\x80", 4) == 0);
    CHECK(first_error("\xF5\x80\x80\x80", 4) == 0);
    CHECK(first_error("\xFF", 1) == 0);
    CHECK(first_error("a\xC3", 2) == 1);
    CHECK(first_error("a\xE2\x80", 3) == 1);
    CHECK(first_error("a\xF0\x9F\x98", 4) == 1);
    CHECK(first_error("a\xC3(", 3) == 1);
}

/* An error at every place of a long ASCII text, since blocks of it may be checked at once. */
static void test_errors_are_found_everywhere(void)
{
    char bytes[200];
    for (size_t at = 0; at < sizeof bytes; at++) {
        memset(bytes, 'x', sizeof bytes);
        bytes[at] = (char)0xBF;
        CHECK(first_error(bytes, sizeof bytes) == at);
    }
}

static void test_codepoint_offsets(void)
{
    /* 300 characters of each length in turn, past several steps of the map. */
    static const char *const letters[] = {"a", "\xC3\xA9", "\xE2\x80\x9C", "\xF0\x9F\x98\x80"};
    char bytes[4 * 300];
    uint32_t starts[301], size = 0;
    for (uint32_t i = 0; i < 300; i++) {
        const char *letter = letters[i * 7 % 4];
        starts[i] = size;
        memcpy(bytes + size, letter, strlen(letter));
        size += (uint32_t)strlen(letter);
    }
    starts[300] = size;
    qt_arena arena;
    qt_text text;
    CHECK(init(&text, &arena, bytes, size, NULL) == QUOTH_OK);
    CHECK(!text.ascii);
    for (uint32_t i = 0; i <= 300; i++)
        CHECK(qt_text_codepoint(&text, starts[i]) == i);
    for (uint32_t i = 0; i < 300; i++) {
        uint32_t end, start;
        uint32_t here = qt_text_decode(&text, starts[i], &end);
        CHECK(end == starts[i + 1]);
        CHECK(qt_text_decode_before(&text, starts[i + 1], &start) == here && start == starts[i]);
    }
    qt_arena_free(&arena);

    CHECK(init(&text, &arena, "plain text", 10, NULL) == QUOTH_OK);
    CHECK(text.ascii && qt_text_codepoint(&text, 10) == 10);
    qt_arena_free(&arena);
}

static void test_spaces_and_classes(void)
{
    /* no-break space, em space, line separator: all white space */
    const char *bytes = "\xC2\xA0\xE2\x80\x83 Ana\xE2\x80\xA8\t";
    qt_arena arena;
    qt_text text;
    CHECK(init(&text, &arena, bytes, strlen(bytes), NULL) == QUOTH_OK);
    quoth_span all = {0, text.size};
    CHECK_SPAN(bytes, qt_text_trim(&text, all), "Ana");
    CHECK(qt_text_skip_space(&text, 0, text.size) == 6);
    CHECK(qt_text_skip_space_back(&text, 0, text.size) == 9);
    CHECK(qt_text_skip_space(&text, 9, text.size) == text.size);
    quoth_span blank = qt_text_trim(&text, (quoth_span){0, 6});
    CHECK(blank.start == blank.end);
    CHECK(qt_text_has(&text, 6, "Ana") && !qt_text_has(&text, 7, "Ana"));
    CHECK(!qt_text_has(&text, text.size - 1, "\tmore"));
    CHECK(qt_text_class(&text, 6) & QT_CHAR_UPPER);
    CHECK(qt_text_class(&text, 7) & QT_CHAR_LOWER);
    CHECK(qt_text_class(&text, text.size) & QT_CHAR_SPACE);
    CHECK(qt_text_class_before(&text, 0) & QT_CHAR_SPACE);
    CHECK(qt_text_class_before(&text, 9) & QT_CHAR_LETTER);
    qt_arena_free(&arena);
}

static void test_characters(void)
{
    CHECK(qt_char_lower('A') == 'a' && qt_char_lower('z') == 'z');
    CHECK(qt_char_lower(0xC9) == 0xE9);
    CHECK(qt_char_lower(0x1F600) == 0x1F600);
    CHECK(qt_char_class('7') & QT_CHAR_DIGIT);
    CHECK(qt_char_class(0x2010) & QT_CHAR_DASH);
    CHECK(qt_char_class(0x2014) & QT_CHAR_DASH);
    CHECK(qt_char_class(0x301) & QT_CHAR_MARK);
    CHECK(qt_char_class('$') & QT_CHAR_SYMBOL);
    CHECK(qt_char_class(0x10FFFF) == 0);
}

static void test_too_long(void)
{
    qt_arena arena;
    qt_text text;
    quoth_error error = {0};
    CHECK(init(&text, &arena, "", QUOTH_TEXT_MAX + 1, &error) == QUOTH_ERROR_LIMIT);
    CHECK(error.status == QUOTH_ERROR_LIMIT);
    qt_arena_free(&arena);
}

int main(void)
{
    test_what_is_utf8();
    test_errors_are_found_everywhere();
    test_codepoint_offsets();
    test_spaces_and_classes();
    test_characters();
    test_too_long();
    return check_report("text");
}
