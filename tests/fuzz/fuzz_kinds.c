/* fuzz_kinds.c - a libFuzzer target: a text is the same document however it is stored.
 *
 * The input is UTF-8, which is widened to units of 1, 2 and 4 bytes as far as its characters fit,
 * as CPython stores a str. With the shipped model, so that the tagger and the models of quotes see
 * all storages, too.
 */
#include "fuzz.h"

static fuzz_reader reader;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc, (void)argv;
    reader = fuzz_open((quoth_options){.model = fuzz_model()});
    return 0;
}

/* The code points of valid UTF-8 at out, and their number; *highest is the highest of them. */
static size_t decode(const uint8_t *data, size_t size, uint32_t *out, uint32_t *highest)
{
    size_t count = 0;
    *highest = 0;
    for (size_t at = 0; at < size;) {
        uint8_t first = data[at++];
        uint32_t cp = first < 0x80 ? first : first & (first < 0xE0 ? 0x1F : first < 0xF0 ? 0xF : 7);
        for (; at < size && (data[at] & 0xC0) == 0x80; at++)
            cp = cp << 6 | (data[at] & 0x3F);
        out[count++] = cp;
        *highest = cp > *highest ? cp : *highest;
    }
    return count;
}

static uint64_t print_of(const void *units, size_t length, quoth_encoding encoding)
{
    quoth_doc *doc = NULL;
    quoth_input input = {units, length, encoding};
    HOLDS(quoth_read(reader.pipeline, reader.scratch, input, 0, &doc, NULL) == QUOTH_OK);
    quoth_string text = quoth_doc_text(doc);
    fuzz_check_document(doc, text.data, text.size);
    uint64_t print = fuzz_fingerprint(doc);
    quoth_doc_free(doc);
    return print;
}

/* The code points, narrowed to units of width bytes. */
static uint64_t print_of_width(const uint32_t *codepoints, size_t length, size_t width,
                               quoth_encoding encoding)
{
    uint8_t *units = malloc(length * width + 1);
    HOLDS(units != NULL);
    for (size_t i = 0; i < length; i++) {
        uint16_t two = (uint16_t)codepoints[i];
        uint8_t one = (uint8_t)codepoints[i];
        memcpy(units + i * width,
               width == 4   ? (const void *)&codepoints[i]
               : width == 2 ? (const void *)&two
                            : (const void *)&one,
               width);
    }
    uint64_t print = print_of(units, length, encoding);
    free(units);
    return print;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = fuzz_copy(data, size);
    quoth_doc *doc = fuzz_read(&reader, text, size, 0);
    uint32_t highest, *codepoints = malloc((size + 1) * sizeof *codepoints);
    HOLDS(codepoints != NULL);
    if (doc) {
        uint64_t print = fuzz_fingerprint(doc);
        size_t length = decode(data, size, codepoints, &highest);
        HOLDS(quoth_doc_codepoint(doc, (uint32_t)size) == length);
        HOLDS(print_of_width(codepoints, length, 4, QUOTH_UCS4) == print);
        if (highest < 0x10000)
            HOLDS(print_of_width(codepoints, length, 2, QUOTH_UCS2) == print);
        if (highest < 0x100)
            HOLDS(print_of_width(codepoints, length, 1, QUOTH_LATIN1) == print);
    }
    quoth_doc_free(doc);
    free(codepoints);
    free(text);
    return 0;
}
