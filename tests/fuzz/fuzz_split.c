/* fuzz_split.c - a libFuzzer target: sentences by every way there is to them are the same ones.
 *
 * A text is split in bytes and in code points, by a window that moves along (which a fuzz build
 * does from QT_WINDOWED_FROM bytes on) and from the maps of the whole text, and as a document. The
 * places that the model of sentences is asked about lie within the text.
 */
#include "fuzz.h"

static quoth_pipeline *pipeline;
static quoth_scratch *scratch, *other;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc, (void)argv;
    quoth_options options = {.stages = QUOTH_STAGE_SENTENCE};
    HOLDS(quoth_pipeline_new(&options, &pipeline, NULL) == QUOTH_OK);
    HOLDS(quoth_scratch_new(pipeline, &scratch) == QUOTH_OK);
    HOLDS(quoth_scratch_new(pipeline, &other) == QUOTH_OK);
    return 0;
}

static void check_same(const quoth_doc *doc, const int64_t *bytes, const int64_t *codepoints,
                       size_t count)
{
    size_t expected;
    const quoth_sentence *sentences = quoth_doc_sentences(doc, &expected);
    HOLDS(count == expected);
    for (size_t i = 0; i < count; i++) {
        quoth_span span = sentences[i].span;
        HOLDS(bytes[2 * i] == span.start && bytes[2 * i + 1] == span.end);
        HOLDS(codepoints[2 * i] == quoth_doc_codepoint(doc, span.start));
        HOLDS(codepoints[2 * i + 1] == quoth_doc_codepoint(doc, span.end));
    }
}

static void check_decisions(quoth_input input)
{
    const quoth_decision *decisions;
    size_t count;
    HOLDS(quoth_decisions(pipeline, scratch, input, QUOTH_UNIT_BYTE, &decisions, &count, NULL) ==
          QUOTH_OK);
    for (size_t i = 0; i < count; i++) {
        HOLDS(decisions[i].end > 0 && decisions[i].end <= input.length);
        HOLDS(decisions[i].feature_count > 0);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = fuzz_copy(data, size);
    quoth_input input = quoth_utf8(text, size);
    const int64_t *bytes, *codepoints;
    size_t count, again;
    quoth_error error;
    quoth_status status =
        quoth_split(pipeline, other, input, QUOTH_UNIT_BYTE, &bytes, &count, &error);
    HOLDS(status == QUOTH_OK || (status == QUOTH_ERROR_UTF8 && error.position < size));
    if (status == QUOTH_OK) {
        quoth_doc *doc = NULL;
        HOLDS(quoth_read(pipeline, scratch, input, 0, &doc, NULL) == QUOTH_OK);
        HOLDS(quoth_split(pipeline, scratch, input, QUOTH_UNIT_CODEPOINT, &codepoints, &again,
                          NULL) == QUOTH_OK);
        HOLDS(count == again);
        check_same(doc, bytes, codepoints, count);
        quoth_doc_free(doc);
        check_decisions(input);
    }
    free(text);
    return 0;
}
