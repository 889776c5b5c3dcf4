/* fuzz.h - what the fuzz targets share: a promise that traps, the model, and what holds of a document.
 *
 * The model is the file that QUOTH_MODEL names; without it, rules and lists alone. What is made
 * here lives as long as the program.
 */
#ifndef FUZZ_H
#define FUZZ_H

#include "quoth_extend.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A broken promise is a trap, which the fuzzer reports with the input that broke it. */
#define HOLDS(condition)                                                                           \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__, __LINE__, #condition);         \
            abort();                                                                               \
        }                                                                                          \
    } while (0)

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A copy of exactly this size, so that a byte read too many is seen; for free(). */
static inline char *fuzz_copy(const uint8_t *data, size_t size)
{
    char *out = malloc(size ? size : 1);
    HOLDS(out != NULL);
    if (size)
        memcpy(out, data, size);
    return out;
}

/* The model, or NULL when there is none. */
static inline const quoth_model *fuzz_model(void)
{
    enum { MOST = 32 << 20 };
    static quoth_model *model;
    const char *path = getenv("QUOTH_MODEL");
    FILE *file = path ? fopen(path, "rb") : NULL;
    if (!file)
        return NULL;
    uint8_t *bytes = aligned_alloc(64, MOST);
    HOLDS(bytes != NULL);
    size_t size = fread(bytes, 1, MOST, file);
    fclose(file);
    HOLDS(quoth_model_open(bytes, size, NULL, &model, NULL) == QUOTH_OK);
    return model;
}

/* A pipeline and what one thread reads with. */
typedef struct fuzz_reader {
    quoth_pipeline *pipeline;
    quoth_scratch *scratch;
} fuzz_reader;

static inline fuzz_reader fuzz_open(quoth_options options)
{
    fuzz_reader out;
    HOLDS(quoth_pipeline_new(&options, &out.pipeline, NULL) == QUOTH_OK);
    HOLDS(quoth_scratch_new(out.pipeline, &out.scratch) == QUOTH_OK);
    return out;
}

/* The document of a text, which has to outlive it; NULL where the text is no UTF-8. */
static inline quoth_doc *fuzz_read(const fuzz_reader *self, const char *text, size_t size,
                                   unsigned stages)
{
    quoth_doc *doc = NULL;
    quoth_error error;
    quoth_status status =
        quoth_read(self->pipeline, self->scratch, quoth_utf8(text, size), stages, &doc, &error);
    HOLDS(status == QUOTH_OK || (status == QUOTH_ERROR_UTF8 && error.position < size));
    HOLDS((status == QUOTH_OK) == (doc != NULL));
    return doc;
}

/* A line of the input up to separator, which is taken off *data; all that is left if there is none. */
static inline quoth_string fuzz_part(const uint8_t **data, size_t *size, uint8_t separator)
{
    const uint8_t *end = *size ? memchr(*data, separator, *size) : NULL;
    size_t length = end ? (size_t)(end - *data) : *size;
    quoth_string out = {(const char *)*data, length};
    *data += length + (end != NULL);
    *size -= length + (end != NULL);
    return out;
}

/* Within the text and between characters. */
static inline void fuzz_check_span(quoth_span span, const char *data, size_t size)
{
    HOLDS(span.start <= span.end && span.end <= size);
    HOLDS(span.start == size || (data[span.start] & 0xC0) != 0x80);
    HOLDS(span.end == size || (data[span.end] & 0xC0) != 0x80);
}

/* What the head of quoth.h promises of a document of this text; ends the program if it does not
 * hold. */
void fuzz_check_document(const quoth_doc *doc, const char *data, size_t size);

/* A number that differs when anything in the document does: offsets in code points. */
uint64_t fuzz_fingerprint(const quoth_doc *doc);

#endif
