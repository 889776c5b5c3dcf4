/* fuzz_model.c - a libFuzzer target: a model file with any content, and a text read with it.
 *
 * The first byte decides: the bytes after it are taken for a file as they are, or for the sections
 * of the tagger in a file that is otherwise right, checksum included, so that what is in a section
 * gets as far as its reader. A model that opens must be one that a text can be read with.
 */
#include "model.h"

#include <stdlib.h>
#include <string.h>

#define HOLDS(condition)                                                                           \
    do {                                                                                           \
        if (!(condition))                                                                          \
            __builtin_trap();                                                                      \
    } while (0)

enum { SECTIONS = 5, FILE_MOST = 1 << 16, DIRECTORY = 64, SIGNED_FROM = 32 };

static const char text[] =
    "OSLO (AP) - Ann Lee, who leads the Bank of Oslo, met Lee's rival Bo Aas.\n\n"
    "\"We met,\" Lee said. REUTERS 2, Aas 1; Mr. Aas and Ms. Lee left.";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void put(uint8_t *at, uint64_t number, int bytes)
{
    for (int i = 0; i < bytes; i++)
        at[i] = (uint8_t)(number >> 8 * i);
}

/* The sizes that the sections have in a small model that opens; the fuzzer changes one of them. */
static size_t size_of(int section, uint8_t change)
{
    static const size_t sizes[SECTIONS] = {64, 4096, 2048, 2048, 1024};
    return sizes[section] + (change % 16 == section + 1 ? change / 16 * 4u : 0u);
}

/* A file with the bytes given, over and over, as its sections; its size. */
static size_t write_model(const uint8_t *data, size_t size, uint8_t change, uint8_t *file)
{
    static const char *const names[SECTIONS] = {"entity.head", "entity.slots", "entity.rows",
                                                "entity.moves", "entity.clusters"};
    size_t at = DIRECTORY + SECTIONS * 32, from = 0;
    at = (at + QT_MODEL_ALIGNMENT - 1) / QT_MODEL_ALIGNMENT * QT_MODEL_ALIGNMENT;
    memset(file, 0, FILE_MOST);
    memcpy(file, "QUOTHMDL", 8);
    put(file + 8, 1, 4);
    put(file + 32, SECTIONS, 4);
    for (int s = 0; s < SECTIONS; s++) {
        uint8_t *entry = file + DIRECTORY + 32 * s;
        size_t bytes = size_of(s, change);
        memcpy(entry, names[s], strlen(names[s]));
        put(entry + 16, at, 8);
        put(entry + 24, bytes, 8);
        for (size_t i = 0; i < bytes && size; i++)
            file[at + i] = data[from++ % size];
        at += (bytes + QT_MODEL_ALIGNMENT - 1) / QT_MODEL_ALIGNMENT * QT_MODEL_ALIGNMENT;
    }
    put(file + 16, at, 8);
    put(file + 24, qt_model_checksum(file + SIGNED_FROM, at - SIGNED_FROM), 8);
    return at;
}

/* A head and slots that fit, so that more models open: slots name rows that there are. */
static void mend(uint8_t *file)
{
    uint8_t *head = file + 256, *slots = head + 64;
    size_t end = (size_t)file[16] | (size_t)file[17] << 8 | (size_t)file[18] << 16;
    put(head, 1, 4);
    put(head + 4, head[4] % 13, 4);
    put(head + 8, 0x3F800000, 4); /* 1.0f */
    put(head + 12, 0, 4);
    for (size_t i = 0; i < 1024; i++)
        if (slots[4 * i] | slots[4 * i + 1]) {
            slots[4 * i] &= 63;
            slots[4 * i + 1] = 0;
            slots[4 * i + 2] &= 0xFC;
        }
    put(file + 24, qt_model_checksum(file + SIGNED_FROM, end - SIGNED_FROM), 8);
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
        size_t count;
        HOLDS(quoth_scratch_new(pipeline, &scratch) == QUOTH_OK);
        HOLDS(quoth_read(pipeline, scratch, quoth_utf8(text, sizeof text - 1), 0, &doc, NULL) ==
              QUOTH_OK);
        const quoth_mention *mentions = quoth_doc_mentions(doc, &count);
        for (size_t i = 0; i < count; i++) {
            HOLDS(mentions[i].span.start < mentions[i].span.end);
            HOLDS(mentions[i].span.end < sizeof text);
            HOLDS(mentions[i].score >= 0 && mentions[i].score <= 1);
        }
    }
    quoth_doc_free(doc);
    quoth_scratch_free(scratch);
    quoth_pipeline_free(pipeline);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2)
        return 0;
    uint8_t *file = aligned_alloc(QT_MODEL_ALIGNMENT, FILE_MOST);
    size_t bytes;
    quoth_model *model = NULL;
    quoth_error error;
    HOLDS(file != NULL);
    if (data[0] % 4 == 0) {
        bytes = size - 1 < FILE_MOST ? size - 1 : FILE_MOST;
        memcpy(file, data + 1, bytes);
    } else {
        bytes = write_model(data + 2, size - 2, data[0] % 4 == 1 ? data[1] : 0, file);
        if (data[0] % 4 == 3)
            mend(file);
    }
    quoth_status status = quoth_model_open(file, bytes, NULL, &model, &error);
    HOLDS(status == QUOTH_OK || (status == QUOTH_ERROR_MODEL && error.position <= bytes));
    if (status == QUOTH_OK)
        read_with(model);
    quoth_model_free(model);
    free(file);
    return 0;
}
