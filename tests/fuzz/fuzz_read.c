/* fuzz_read.c - a libFuzzer target: any bytes through the whole pipeline, and what must hold of it. */
#include "fuzz.h"

static fuzz_reader reader;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc, (void)argv;
    reader = fuzz_open((quoth_options){.model = fuzz_model()});
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = fuzz_copy(data, size);
    quoth_doc *doc = fuzz_read(&reader, text, size, 0);
    if (doc)
        fuzz_check_document(doc, text, size);
    quoth_doc_free(doc);
    free(text);
    return 0;
}
