/* fuzz_text.c - a libFuzzer target: the map from bytes to code points, steps from character to
 * character both ways, white space, and the folding of any code point.
 *
 * Small and quick: what every stage walks over a text with, against a decoder of ten lines.
 */
#include "fuzz.h"

#include "scan.h"

static uint32_t decoded(const uint8_t *bytes, size_t size)
{
    static const uint8_t lead[] = {0, 0, 0x1F, 0x0F, 0x07};
    uint32_t cp = size == 1 ? bytes[0] : bytes[0] & lead[size];
    for (size_t i = 1; i < size; i++)
        cp = cp << 6 | (bytes[i] & 0x3F);
    return cp;
}

static void check_character(const qt_text *text, uint32_t at, uint32_t end, uint32_t number)
{
    uint32_t other, out[3];
    uint32_t cp = qt_text_decode(text, at, &other);
    HOLDS(other == end && cp == decoded(text->bytes + at, end - at));
    HOLDS(qt_text_decode_before(text, end, &other) == cp && other == at);
    HOLDS(qt_text_codepoint(text, at) == number && qt_text_codepoint(text, end) == number + 1);
    HOLDS(qt_text_class(text, at) == qt_char_class(cp));
    HOLDS(qt_text_class_before(text, end) == qt_char_class(cp));
    uint32_t count = qt_char_fold(cp, out);
    HOLDS(count >= 1 && count <= 3);
    for (uint32_t i = 0; i < count; i++)
        HOLDS(out[i] <= 0x10FFFF);
    HOLDS(qt_char_lower(qt_char_lower(cp)) == qt_char_lower(cp));
    HOLDS(qt_char_base(cp) <= 0x10FFFF);
}

static void check_text(const qt_text *text)
{
    quoth_span trimmed = qt_text_trim(text, (quoth_span){0, text->size});
    HOLDS(trimmed.start <= trimmed.end && trimmed.end <= text->size);
    for (uint32_t at = 0, number = 0; at < text->size; number++) {
        uint32_t end = at + 1;
        while (end < text->size && (text->bytes[end] & 0xC0) == 0x80)
            end++;
        check_character(text, at, end, number);
        bool space = qt_text_class(text, at) & QT_CHAR_SPACE;
        if (trimmed.start < trimmed.end)
            HOLDS(!space || at < trimmed.start || at >= trimmed.end ||
                  (at > trimmed.start && end < trimmed.end));
        else
            HOLDS(space);
        HOLDS(space == (qt_text_skip_space(text, at, text->size) != at));
        HOLDS(space == (qt_text_skip_space_back(text, 0, end) != end));
        at = end;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    qt_arena arena;
    qt_text text;
    qt_scan scan;
    char *copy = fuzz_copy(data, size);
    quoth_error error;
    qt_arena_init(&arena, &qt_allocator_default);
    quoth_status status = qt_scan_read(quoth_utf8(copy, size), &arena, &text, &scan, &error);
    if (status == QUOTH_OK)
        check_text(&text);
    else
        HOLDS(status == QUOTH_ERROR_UTF8 && error.position < size);
    qt_arena_free(&arena);
    free(copy);
    return 0;
}
