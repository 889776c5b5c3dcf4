#include "check.h"
#include "scan.h"

/* The bits of one class as a string of 1 and . a byte. */
static void draw(const uint64_t *bits, uint32_t size, char *out)
{
    for (uint32_t i = 0; i < size; i++)
        out[i] = bits[i / 64] >> (i % 64) & 1 ? '1' : '.';
    out[size] = '\0';
}

static void check_scan(const char *bytes, const char *stops, const char *marks, const char *lines)
{
    qt_arena arena;
    qt_text text;
    qt_scan scan;
    char drawn[256];
    qt_arena_init(&arena, &qt_allocator_default);
    CHECK(qt_text_init(&text, bytes, strlen(bytes), &arena, NULL) == QUOTH_OK);
    CHECK(qt_scan_text(&text, &arena, &scan) == QUOTH_OK);
    draw(scan.stops, text.size, drawn);
    CHECK(strcmp(drawn, stops) == 0);
    draw(scan.marks, text.size, drawn);
    CHECK(strcmp(drawn, marks) == 0);
    draw(scan.lines, text.size, drawn);
    CHECK(strcmp(drawn, lines) == 0);
    qt_arena_free(&arena);
}

static void test_classes(void)
{
    check_scan("He said \"No.\"\n", "...........1..", "........1...1.", ".............1");
    check_scan("Why?! ''It's.``\r\n", "...11.......1....", "......11..1..11..",
               "...............11");
    /* a curly pair, an ellipsis and a line separator, three bytes each */
    check_scan("\xE2\x80\x9Cx\xE2\x80\xA6\xE2\x80\x9D\xE2\x80\xA8", "....1........",
               "1......1.....", "..........1..");
    check_scan("\xC2\xABoui\xC2\xBB\xC2\x85\xC3\xA9", "...........", "1....1.....", ".......1...");
    check_scan("", "", "", "");
}

static void test_next(void)
{
    uint64_t bits[4] = {0};
    CHECK(qt_scan_next(bits, 0, 256) == 256);
    bits[0] = 1;
    bits[2] = UINT64_C(1) << 5;
    bits[3] = UINT64_C(1) << 63;
    CHECK(qt_scan_next(bits, 0, 256) == 0);
    CHECK(qt_scan_next(bits, 1, 256) == 133);
    CHECK(qt_scan_next(bits, 133, 256) == 133);
    CHECK(qt_scan_next(bits, 134, 256) == 255);
    CHECK(qt_scan_next(bits, 134, 255) == 255);
    CHECK(qt_scan_next(bits, 1, 133) == 133);
    CHECK(qt_scan_next(bits, 1, 100) == 100);
    CHECK(qt_scan_next(bits, 7, 7) == 7);
}

int main(void)
{
    test_classes();
    test_next();
    return check_report("scan");
}
