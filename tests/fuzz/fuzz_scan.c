/* fuzz_scan.c - the scan of any bytes is the same by every kernel, and the same from every storage.
 *
 * The bytes are read as UTF-8, and as units of one, two and four bytes; what these transcode to is read
 * as UTF-8 in turn. Differences and what is not valid abort. Run by "make -C csrc fuzz".
 */
#include "fuzz.h"

#include "scan.h"

typedef struct reading {
    quoth_status status;
    quoth_error error;
    qt_text text;
    qt_scan scan;
} reading;

static reading read_with(const qt_scan_kernel *kernel, quoth_input input, qt_arena *arena)
{
    reading out = {.status = QUOTH_OK};
    out.status = qt_scan_read_with(kernel, input, arena, &out.text, &out.scan, &out.error);
    return out;
}

static void check_same(const reading *a, const reading *b)
{
    HOLDS(a->status == b->status);
    if (a->status != QUOTH_OK) {
        HOLDS(a->error.position == b->error.position);
        return;
    }
    size_t words = a->text.size / 64 + 1;
    HOLDS(a->text.size == b->text.size && a->text.ascii == b->text.ascii);
    HOLDS(!a->text.size || !memcmp(a->text.bytes, b->text.bytes, a->text.size));
    HOLDS(!memcmp(a->scan.stops, b->scan.stops, words * sizeof(uint64_t)));
    HOLDS(!memcmp(a->scan.breaks, b->scan.breaks, words * sizeof(uint64_t)));
    HOLDS(!memcmp(a->scan.marks, b->scan.marks, words * sizeof(uint64_t)));
    HOLDS(!memcmp(a->scan.lines, b->scan.lines, words * sizeof(uint64_t)));
    if (!a->text.ascii) {
        HOLDS(!memcmp(a->text.starts, b->text.starts, words * sizeof(uint64_t)));
        HOLDS(!memcmp(a->text.codepoints, b->text.codepoints, words * sizeof(uint32_t)));
    }
}

static void check_all(quoth_input input, qt_arena *arena)
{
    const qt_scan_kernel *kernel;
    reading scalar = read_with(&qt_scan_scalar, input, arena);
    for (unsigned i = 0; (kernel = qt_scan_kernel_at(i)) != NULL; i++) {
        reading other = read_with(kernel, input, arena);
        check_same(&scalar, &other);
    }
    if (scalar.status == QUOTH_OK && input.encoding != QUOTH_UTF8) {
        quoth_input utf8 = quoth_utf8((const char *)scalar.text.bytes, scalar.text.size);
        reading again = read_with(&qt_scan_scalar, utf8, arena);
        check_same(&scalar, &again);
        HOLDS(qt_text_codepoint(&again.text, again.text.size) == input.length);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    /* A copy of just the size, aligned: reading beyond it is seen. */
    uint8_t *bytes = malloc(size ? size : 1);
    qt_arena arena;
    HOLDS(bytes != NULL);
    memcpy(bytes, data, size);
    qt_arena_init(&arena, &qt_allocator_default);
    check_all(quoth_utf8((const char *)bytes, size), &arena);
    check_all((quoth_input){bytes, size, QUOTH_LATIN1}, &arena);
    check_all((quoth_input){bytes, size / 2, QUOTH_UCS2}, &arena);
    check_all((quoth_input){bytes, size / 4, QUOTH_UCS4}, &arena);
    qt_arena_free(&arena);
    free(bytes);
    return 0;
}
