/* fuzz_stages.c - a libFuzzer target: a text through some of the stages, with any options.
 *
 * The first byte chooses the stages (bits of quoth_stage), the second what a newline means and
 * whether quotations stay whole. There is no model, so that the rules are reached quickly; what is
 * read by some stages must be there, and nothing of the others.
 */
#include "fuzz.h"

enum { NEWLINES = 3, PIPELINES = 2 * NEWLINES };

static fuzz_reader readers[PIPELINES];

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc, (void)argv;
    for (unsigned i = 0; i < PIPELINES; i++)
        readers[i] = fuzz_open((quoth_options){.newlines = (quoth_newlines)(i % NEWLINES),
                                               .keep_quotes_whole = i >= NEWLINES});
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    size_t count;
    if (size < 2)
        return 0;
    unsigned stages = data[0] & QUOTH_STAGE_ALL, way = data[1] % PIPELINES;
    char *text = fuzz_copy(data + 2, size - 2);
    quoth_doc *doc = fuzz_read(&readers[way], text, size - 2, stages);
    if (doc) {
        fuzz_check_document(doc, text, size - 2);
        bool attributed = stages == 0 || (stages & QUOTH_STAGE_ATTRIBUTION);
        bool linked = attributed || (stages & QUOTH_STAGE_LINK);
        HOLDS(attributed || quoth_doc_quotes(doc, &count) == NULL);
        HOLDS(linked || quoth_doc_entities(doc, &count) == NULL);
        HOLDS(linked || (stages & QUOTH_STAGE_ENTITY) || quoth_doc_token_count(doc) == 0);
    }
    quoth_doc_free(doc);
    free(text);
    return 0;
}
