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
    CHECK(qt_scan_read(quoth_utf8(bytes, strlen(bytes)), &arena, &text, &scan, NULL) == QUOTH_OK);
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

/* --- all kernels and all ways to store a text give the same ------------------------------------ */

enum { UNITS_MOST = 700, ROUNDS = 3000 };

static uint32_t random_below(uint64_t *state, uint32_t limit)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)((*state >> 33) % limit);
}

/* A code point below limit: structural ones, edges of UTF-8 lengths, and any. */
static uint32_t random_codepoint(uint64_t *state, uint32_t limit)
{
    static const uint32_t special[] = {
        '.',    '!',    '?',    ':',    '"',    '\'',   '`',    '\n',   '\r',    '\f',     0,
        0x7F,   0x80,   0x85,   0xAB,   0xB4,   0xBB,   0xFF,   0x100,  0x7FF,   0x800,    0x2018,
        0x2019, 0x201C, 0x201D, 0x2026, 0x2028, 0x2029, 0x2039, 0x203D, 0x2047,  0x3002,   0x300C,
        0xD7FF, 0xD800, 0xDFFF, 0xE000, 0xFF01, 0xFF0E, 0xFFFD, 0xFFFF, 0x10000, 0x10FFFF, 0x110000,
    };
    uint32_t cp = special[random_below(state, sizeof special / sizeof *special)];
    if (random_below(state, 2))
        cp = random_below(state, limit);
    return cp < limit ? cp : 'x';
}

static size_t encode(uint32_t cp, uint8_t *out)
{
    if ((cp >= 0xD800 && cp <= 0xDFFF) || cp > 0x10FFFF)
        cp = 0xFFFD;
    size_t size = cp < 0x80 ? 1 : cp < 0x800 ? 2 : cp < 0x10000 ? 3 : 4;
    static const uint8_t lead[] = {0, 0, 0xC0, 0xE0, 0xF0};
    for (size_t i = size; i-- > 1; cp >>= 6)
        out[i] = (uint8_t)(0x80 | (cp & 0x3F));
    out[0] = (uint8_t)(lead[size] | cp);
    return size;
}

static bool same_scan(const qt_text *text, const qt_scan *a, const qt_text *other, const qt_scan *b)
{
    size_t bytes = (text->size / 64 + 1) * sizeof(uint64_t);
    if (text->size != other->size || text->ascii != other->ascii ||
        (text->size && memcmp(text->bytes, other->bytes, text->size) != 0))
        return false;
    for (uint32_t i = 0; i <= text->size; i++)
        if ((i == text->size || (text->bytes[i] & 0xC0) != 0x80) &&
            qt_text_codepoint(text, i) != qt_text_codepoint(other, i))
            return false;
    return !memcmp(a->stops, b->stops, bytes) && !memcmp(a->breaks, b->breaks, bytes) &&
           !memcmp(a->marks, b->marks, bytes) && !memcmp(a->lines, b->lines, bytes);
}

/* One text by every kernel, as UTF-8 and from the storage that holds it; limit: of its code
 * points. */
static void compare_texts(uint64_t *state, uint32_t limit, quoth_encoding encoding)
{
    static uint8_t utf8[4 * UNITS_MOST], latin1[UNITS_MOST];
    static uint16_t ucs2[UNITS_MOST];
    static uint32_t ucs4[UNITS_MOST];
    const void *const stored[] = {NULL, latin1, ucs2, ucs4};
    size_t length = random_below(state, UNITS_MOST), size = 0;
    bool plain = random_below(state, 3) == 0;
    for (size_t i = 0; i < length; i++) {
        bool other = !plain || random_below(state, 90) == 0;
        uint32_t cp = other ? random_codepoint(state, limit) : 'a' + random_below(state, 26);
        size += encode(cp, utf8 + size);
        latin1[i] = (uint8_t)cp;
        ucs2[i] = (uint16_t)cp;
        ucs4[i] = cp;
    }
    quoth_input input = {stored[encoding], length, encoding};
    qt_arena arena;
    qt_text expected_text, text;
    qt_scan expected, scan;
    const qt_scan_kernel *kernel;
    qt_arena_init(&arena, &qt_allocator_default);
    CHECK(qt_scan_read_with(&qt_scan_scalar, quoth_utf8((char *)utf8, size), &arena, &expected_text,
                            &expected, NULL) == QUOTH_OK);
    for (unsigned k = 0; (kernel = qt_scan_kernel_at(k)) != NULL; k++) {
        CHECK(qt_scan_read_with(kernel, quoth_utf8((char *)utf8, size), &arena, &text, &scan,
                                NULL) == QUOTH_OK);
        if (!CHECK(same_scan(&expected_text, &expected, &text, &scan)))
            printf("    %s, UTF-8\n", kernel->name);
        CHECK(qt_scan_read_with(kernel, input, &arena, &text, &scan, NULL) == QUOTH_OK);
        if (!CHECK(same_scan(&expected_text, &expected, &text, &scan)))
            printf("    %s, encoding %d\n", kernel->name, (int)encoding);
    }
    qt_arena_free(&arena);
}

static void test_kernels_and_encodings(void)
{
    uint64_t state = 7;
    for (int i = 0; i < ROUNDS; i++) {
        compare_texts(&state, 0x100, QUOTH_LATIN1);
        compare_texts(&state, 0x10000, QUOTH_UCS2);
        compare_texts(&state, 0x110001, QUOTH_UCS4);
    }
}

/* Bytes that are no UTF-8: every kernel says so, at the place where a decoder by the book stops. */
static void test_errors_of_all_kernels(void)
{
    uint8_t bytes[300];
    uint64_t state = 3;
    const qt_scan_kernel *kernel;
    for (int i = 0; i < ROUNDS; i++) {
        size_t size = 0, length = 2 + random_below(&state, 60);
        while (length--)
            size += encode(random_codepoint(&state, 0x110000), bytes + size);
        bytes[random_below(&state, (uint32_t)size)] = (uint8_t)(0x80 + random_below(&state, 128));
        quoth_status first = QUOTH_OK;
        size_t position = 0;
        for (unsigned k = 0; (kernel = qt_scan_kernel_at(k)) != NULL; k++) {
            qt_arena arena;
            qt_text text;
            qt_scan scan;
            quoth_error error = {0};
            qt_arena_init(&arena, &qt_allocator_default);
            quoth_status status = qt_scan_read_with(kernel, quoth_utf8((char *)bytes, size), &arena,
                                                    &text, &scan, &error);
            qt_arena_free(&arena);
            CHECK(k == 0 || (status == first && error.position == position));
            first = status;
            position = error.position;
        }
    }
}

int main(void)
{
    test_classes();
    test_next();
    test_kernels_and_encodings();
    test_errors_of_all_kernels();
    return check_report("scan");
}
