/* fuzz_model.c - a libFuzzer target: a model file with any content, and a text read with it.
 *
 * The first byte decides what the bytes after it are: a file as they are; the sections of a small
 * model that is otherwise right, checksum included, so that what is in a section gets as far as its
 * reader; the same with heads that fit; or changes to the shipped model (QUOTH_MODEL), of which each
 * is a section, an offset in it and a byte. A model that opens must be one that a text can be read
 * with.
 */
#include "fuzz.h"

#include "model.h"
#include "tagger.h"

enum {
    SECTIONS = 13,
    QUOTE_SECTIONS = 8,
    FILE_MOST = 1 << 16,
    DIRECTORY = 64,
    ENTRY = 32,
    SIGNED_FROM = 32,
    QUOTE_BITS = 6,
};

static const char text[] =
    "OSLO (AP) - Ann Lee, who leads the Bank of Oslo, met Lee's rival Bo Aas.\n\n"
    "\"We met,\" Lee said. REUTERS 2, Aas 1; Mr. Aas and Ms. Lee said that the bank left.";

/* The names and sizes of the sections of a small model that opens. */
static const struct section {
    const char *name;
    size_t size;
} sections[SECTIONS] = {
    {"entity.head", 64},    {"entity.pilots", 64},     {"entity.rows", 2048},
    {"entity.moves", 2048}, {"entity.clusters", 1024}, {"quote.source", 16 + (1 << QUOTE_BITS)},
    {"quote.cue", 80},      {"quote.reporter", 80},    {"quote.start", 80},
    {"quote.end", 80},      {"quote.report", 80},      {"quote.mixed_1", 80},
    {"quote.mixed_2", 80}};

static uint8_t *shipped; /* NULL: none */
static size_t shipped_size;

static void put(uint8_t *at, uint64_t number, int bytes)
{
    for (int i = 0; i < bytes; i++)
        at[i] = (uint8_t)(number >> 8 * i);
}

static uint64_t get(const uint8_t *at, int bytes)
{
    uint64_t number = 0;
    for (int i = bytes; i-- > 0;)
        number = number << 8 | at[i];
    return number;
}

static void sign(uint8_t *file)
{
    size_t size = get(file + 16, 8);
    put(file + 24, qt_model_checksum(file + SIGNED_FROM, size - SIGNED_FROM), 8);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    enum { MOST = 32 << 20 };
    (void)argc, (void)argv;
    const char *path = getenv("QUOTH_MODEL");
    FILE *file = path ? fopen(path, "rb") : NULL;
    if (file) {
        shipped = aligned_alloc(QT_MODEL_ALIGNMENT, MOST);
        HOLDS(shipped != NULL);
        shipped_size = fread(shipped, 1, MOST, file);
        fclose(file);
    }
    return 0;
}

static size_t aligned(size_t at)
{
    return (at + QT_MODEL_ALIGNMENT - 1) / QT_MODEL_ALIGNMENT * QT_MODEL_ALIGNMENT;
}

/* A file with the bytes given, over and over, as its sections; its size. change alters the size of
 * one of them. */
static size_t write_model(const uint8_t *data, size_t size, uint8_t change, uint8_t *file)
{
    size_t at = aligned(DIRECTORY + SECTIONS * ENTRY), from = 0;
    memset(file, 0, FILE_MOST);
    memcpy(file, "QUOTHMDL", 8);
    put(file + 8, 1, 4);
    put(file + 32, SECTIONS, 4);
    for (int s = 0; s < SECTIONS; s++) {
        uint8_t *entry = file + DIRECTORY + ENTRY * s;
        size_t bytes = sections[s].size + (change % 16 == s + 1 ? change / 16 * 4u : 0u);
        memcpy(entry, sections[s].name, strlen(sections[s].name));
        put(entry + 16, at, 8);
        put(entry + 24, bytes, 8);
        for (size_t i = 0; i < bytes && size; i++)
            file[at + i] = data[from++ % size];
        at = aligned(at + bytes);
    }
    put(file + 16, at, 8);
    sign(file);
    return at;
}

/* Heads that fit, so that more models open. */
static void mend(uint8_t *file)
{
    enum { ONE = 0x3F800000 }; /* 1.0f */
    for (int s = 0; s < SECTIONS; s++) {
        uint8_t *head = file + get(file + DIRECTORY + ENTRY * s + 16, 8);
        if (s == 0) {
            put(head + 4, head[4] % 13, 4);
            put(head + 12, 0, 4);
        } else if (s >= SECTIONS - QUOTE_SECTIONS) {
            put(head + 4, QUOTE_BITS, 4);
            put(head + 12, 0, 4);
        } else {
            continue;
        }
        put(head, s == 0 ? QT_TAGGER_VERSION : 1, 4);
        put(head + 8, ONE, 4);
    }
    sign(file);
}

static void read_with(const quoth_model *model)
{
    quoth_options options = {.model = model};
    quoth_pipeline *pipeline = NULL;
    quoth_scratch *scratch = NULL;
    quoth_doc *doc = NULL;
    quoth_error error;
    quoth_status status = quoth_pipeline_new(&options, &pipeline, &error);
    HOLDS(status == QUOTH_OK || status == QUOTH_ERROR_MODEL);
    if (status == QUOTH_OK) {
        HOLDS(quoth_scratch_new(pipeline, &scratch) == QUOTH_OK);
        HOLDS(quoth_read(pipeline, scratch, quoth_utf8(text, sizeof text - 1), 0, &doc, NULL) ==
              QUOTH_OK);
        fuzz_check_document(doc, text, sizeof text - 1);
    }
    quoth_doc_free(doc);
    quoth_scratch_free(scratch);
    quoth_pipeline_free(pipeline);
}

static void open_and_read(const uint8_t *file, size_t size)
{
    quoth_model *model = NULL;
    quoth_error error;
    quoth_status status = quoth_model_open(file, size, NULL, &model, &error);
    HOLDS(status == QUOTH_OK || (status == QUOTH_ERROR_MODEL && error.position <= size));
    if (status == QUOTH_OK)
        read_with(model);
    quoth_model_free(model);
}

/* Changes bytes of the shipped model, reads with it, and takes the changes back. */
static void damage(const uint8_t *data, size_t size)
{
    enum { CHANGE = 5, CHANGES_MOST = 64 };
    size_t count = size / CHANGE < CHANGES_MOST ? size / CHANGE : CHANGES_MOST,
           places[CHANGES_MOST];
    uint8_t before[CHANGES_MOST];
    size_t have = get(shipped + 32, 4);
    for (size_t i = 0; i < count; i++, data += CHANGE) {
        const uint8_t *entry = shipped + DIRECTORY + ENTRY * (data[0] % have);
        size_t bytes = get(entry + 24, 8);
        places[i] = get(entry + 16, 8) + (bytes ? get(data + 1, 3) % bytes : 0);
        before[i] = shipped[places[i]];
        shipped[places[i]] = data[4];
    }
    sign(shipped);
    open_and_read(shipped, shipped_size);
    for (size_t i = count; i-- > 0;)
        shipped[places[i]] = before[i];
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2)
        return 0;
    if (shipped && data[0] % 5 == 4) {
        damage(data + 1, size - 1);
        return 0;
    }
    uint8_t *file = aligned_alloc(QT_MODEL_ALIGNMENT, FILE_MOST);
    size_t bytes;
    HOLDS(file != NULL);
    if (data[0] % 5 == 0) {
        bytes = size - 1 < FILE_MOST ? size - 1 : FILE_MOST;
        memcpy(file, data + 1, bytes);
    } else {
        bytes = write_model(data + 2, size - 2, data[0] % 5 == 1 ? data[1] : 0, file);
        if (data[0] % 5 >= 3)
            mend(file);
    }
    open_and_read(file, bytes);
    free(file);
    return 0;
}
