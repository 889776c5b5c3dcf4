/* fuzz_read.c - a libFuzzer target: any bytes through the whole pipeline, and what must hold of it. */
#include "fuzz.h"

static quoth_pipeline *pipeline;
static quoth_scratch *scratch;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc, (void)argv;
    quoth_options options = {.model = fuzz_model()};
    HOLDS(quoth_pipeline_new(&options, &pipeline, NULL) == QUOTH_OK);
    HOLDS(quoth_scratch_new(pipeline, &scratch) == QUOTH_OK);
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = fuzz_copy(data, size);
    quoth_doc *doc = NULL;
    quoth_error error;
    quoth_status status = quoth_read(pipeline, scratch, quoth_utf8(text, size), 0, &doc, &error);
    HOLDS(status == QUOTH_OK || (status == QUOTH_ERROR_UTF8 && error.position < size));
    if (status == QUOTH_OK)
        fuzz_check_document(doc, text, size);
    quoth_doc_free(doc);
    free(text);
    return 0;
}
