/* quoth_split(): the sentences without a document are those of the document. */
#include "check.h"

#include <stdlib.h>

static const char article[] =
    "Harbour closes for \xE2\x80\x9Crepairs\xE2\x80\x9D\n\nThe harbour of Port Ellis, run by Acme "
    "Corp. since 1998, closed on Monday. \xE2\x80\x9CWe had to. It was time,\xE2\x80\x9D said Amb. "
    "Reed.\n\n* 1. Roads\n* 2. Schools\n\nIt costs 3.5 m\xC3\xA9tres. \xF0\x9F\x9A\xA2 Done.";

static bool same_as_document(const quoth_pipeline *pipeline, quoth_scratch *scratch,
                             quoth_unit unit, size_t size)
{
    const int64_t *offsets;
    size_t count, expected;
    quoth_doc *doc = NULL;
    if (quoth_read(pipeline, scratch, quoth_utf8(article, size), QUOTH_STAGE_SENTENCE, &doc,
                   NULL) != QUOTH_OK ||
        quoth_split(pipeline, scratch, quoth_utf8(article, size), unit, &offsets, &count, NULL) !=
            QUOTH_OK)
        return false;
    const quoth_sentence *sentences = quoth_doc_sentences(doc, &expected);
    bool same = count == expected;
    for (size_t i = 0; same && i < count; i++) {
        quoth_span span = sentences[i].span;
        if (unit == QUOTH_UNIT_CODEPOINT)
            span = (quoth_span){quoth_doc_codepoint(doc, span.start),
                                quoth_doc_codepoint(doc, span.end)};
        same = offsets[2 * i] == span.start && offsets[2 * i + 1] == span.end;
    }
    quoth_doc_free(doc);
    return same;
}

static void test_same_as_document(void)
{
    for (int whole = 0; whole < 2; whole++) {
        quoth_options options = {.stages = QUOTH_STAGE_SENTENCE, .keep_quotes_whole = whole};
        quoth_pipeline *pipeline = NULL;
        quoth_scratch *scratch = NULL;
        CHECK(quoth_pipeline_new(&options, &pipeline, NULL) == QUOTH_OK);
        CHECK(quoth_scratch_new(pipeline, &scratch) == QUOTH_OK);
        for (size_t size = 0; size < sizeof article; size++) {
            if ((article[size] & 0xC0) == 0x80)
                continue;
            CHECK(same_as_document(pipeline, scratch, QUOTH_UNIT_BYTE, size));
            CHECK(same_as_document(pipeline, scratch, QUOTH_UNIT_CODEPOINT, size));
        }
        quoth_scratch_free(scratch);
        quoth_pipeline_free(pipeline);
    }
}

static size_t count_with(const char *const *abbreviations, size_t abbreviation_count)
{
    quoth_options options = {.stages = QUOTH_STAGE_SENTENCE,
                             .abbreviations = abbreviations,
                             .abbreviation_count = abbreviation_count};
    quoth_pipeline *pipeline = NULL;
    quoth_scratch *scratch = NULL;
    const int64_t *offsets;
    size_t count = 0;
    static const char text[] = "We met Stv. Reed in the port. The Stv. The end.";
    CHECK(quoth_pipeline_new(&options, &pipeline, NULL) == QUOTH_OK);
    CHECK(quoth_scratch_new(pipeline, &scratch) == QUOTH_OK);
    CHECK(quoth_split(pipeline, scratch, quoth_utf8(text, sizeof text - 1), QUOTH_UNIT_BYTE,
                      &offsets, &count, NULL) == QUOTH_OK);
    quoth_scratch_free(scratch);
    quoth_pipeline_free(pipeline);
    return count;
}

static void test_own_abbreviations(void)
{
    static const char *const own[] = {"Stv."};
    static const char *const bad[] = {"Stv.", "two words"};
    quoth_options options = {.abbreviations = bad, .abbreviation_count = 2};
    quoth_pipeline *pipeline = NULL;
    quoth_error error = {0};
    CHECK(count_with(NULL, 0) == 4);
    CHECK(count_with(own, 1) == 3);
    CHECK(quoth_pipeline_new(&options, &pipeline, &error) == QUOTH_ERROR_ABBREVIATION);
    CHECK(!pipeline && error.position == 1 && strstr(error.message, "white space") != NULL);
}

static void test_errors(void)
{
    quoth_options options = {.stages = QUOTH_STAGE_SENTENCE};
    quoth_pipeline *pipeline = NULL;
    quoth_scratch *scratch = NULL;
    quoth_error error = {0};
    const int64_t *offsets = (const int64_t *)1;
    size_t count = 1;
    CHECK(quoth_pipeline_new(&options, &pipeline, NULL) == QUOTH_OK);
    CHECK(quoth_scratch_new(pipeline, &scratch) == QUOTH_OK);
    CHECK(quoth_split(pipeline, scratch, quoth_utf8("abc\xFF", 4), QUOTH_UNIT_BYTE, &offsets,
                      &count, &error) == QUOTH_ERROR_UTF8);
    CHECK(error.position == 3 && offsets == NULL && count == 0);
    CHECK(quoth_split(pipeline, scratch, quoth_utf8("", 0), QUOTH_UNIT_BYTE, &offsets, &count,
                      NULL) == QUOTH_OK);
    CHECK(count == 0);
    quoth_scratch_free(scratch);
    quoth_pipeline_free(pipeline);
}

enum { LONG_SIZE = 700000 };

/* A long text that is no UTF-8 at all: nothing reads beyond its ends. */
static void test_long_bytes_that_are_no_utf8(void)
{
    static const uint8_t bytes[] = {0x80, 0xBF, 0xE2, 0xF0, 0xFF};
    for (size_t i = 0; i < sizeof bytes; i++) {
        quoth_options options = {.stages = QUOTH_STAGE_SENTENCE};
        quoth_pipeline *pipeline = NULL;
        quoth_scratch *scratch = NULL;
        quoth_error error = {0};
        const int64_t *offsets;
        size_t count;
        char *text = malloc(LONG_SIZE);
        if (!CHECK(text != NULL))
            return;
        memset(text, bytes[i], LONG_SIZE);
        CHECK(quoth_pipeline_new(&options, &pipeline, NULL) == QUOTH_OK);
        CHECK(quoth_scratch_new(pipeline, &scratch) == QUOTH_OK);
        CHECK(quoth_split(pipeline, scratch, quoth_utf8(text, LONG_SIZE), QUOTH_UNIT_BYTE, &offsets,
                          &count, &error) == QUOTH_ERROR_UTF8);
        CHECK(error.position == 0 && count == 0);
        quoth_scratch_free(scratch);
        quoth_pipeline_free(pipeline);
        free(text);
    }
}

/* A text that is scanned in a window: paragraphs, wrapped lines or one line, with something that is not
 * ASCII near its end if wanted. */
static char *long_text(const char *piece, bool ascii)
{
    size_t step = strlen(piece), filled = 0;
    char *text = malloc(LONG_SIZE + step);
    for (; text && filled < LONG_SIZE; filled += step)
        memcpy(text + filled, piece, step);
    if (text && !ascii)
        memcpy(text + LONG_SIZE - 100, "\xC3\xA9", 2);
    return text;
}

static bool same_long(const quoth_pipeline *pipeline, quoth_scratch *scratch, const char *text)
{
    const int64_t *offsets;
    size_t count, expected;
    quoth_doc *doc = NULL;
    quoth_input input = quoth_utf8(text, LONG_SIZE);
    if (quoth_read(pipeline, scratch, input, QUOTH_STAGE_SENTENCE, &doc, NULL) != QUOTH_OK)
        return false;
    const quoth_sentence *sentences = quoth_doc_sentences(doc, &expected);
    bool same = quoth_split(pipeline, scratch, input, QUOTH_UNIT_CODEPOINT, &offsets, &count,
                            NULL) == QUOTH_OK &&
                count == expected;
    for (size_t i = 0; same && i < count; i++)
        same = offsets[2 * i] == quoth_doc_codepoint(doc, sentences[i].span.start) &&
               offsets[2 * i + 1] == quoth_doc_codepoint(doc, sentences[i].span.end);
    quoth_doc_free(doc);
    return same;
}

static void test_long_texts(void)
{
    static const char *const pieces[] = {
        "The harbour of Port Ellis, run by Acme Corp. since 1998, closed. \"We had to. It was "
        "late,\" "
        "said Amb. Reed at 5 p.m. Monday.\n\n* 1. Roads\n* 2. Schools\n\nIt costs 3.5 m. Done.\n",
        "The harbour was closed in the morning, and nobody on the quay knew\nwhy it was. Mr. Reed "
        "had left for the U.S. The others stayed on the\nquay until it rained. ",
        "We saw it. ",
        ".",
        "\n",
        " ",
        "\"",
        "-",
        "a: - B. ",
    };
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++)
        for (int whole = 0; whole < 2; whole++)
            for (int ascii = 0; ascii < 2; ascii++) {
                quoth_options options = {.stages = QUOTH_STAGE_SENTENCE,
                                         .keep_quotes_whole = whole};
                quoth_pipeline *pipeline = NULL;
                quoth_scratch *scratch = NULL;
                char *text = long_text(pieces[i], ascii);
                CHECK(quoth_pipeline_new(&options, &pipeline, NULL) == QUOTH_OK);
                CHECK(quoth_scratch_new(pipeline, &scratch) == QUOTH_OK);
                if (!CHECK(text != NULL && same_long(pipeline, scratch, text)))
                    printf("    of '%.20s', ascii %d, whole %d\n", pieces[i], ascii, whole);
                quoth_scratch_free(scratch);
                quoth_pipeline_free(pipeline);
                free(text);
            }
}

/* The n-th allocation fails: an error, no leak, and the scratch is as good as before. */
static void test_every_allocation_fails_in_turn(const char *text, size_t size, bool whole)
{
    check_memory memory = {0};
    quoth_allocator allocator = check_allocator(&memory);
    quoth_options options = {.allocator = &allocator, .keep_quotes_whole = whole};
    quoth_pipeline *pipeline = NULL;
    quoth_scratch *scratch = NULL;
    const int64_t *offsets;
    size_t count, expected = 0, failures = 0;
    CHECK(quoth_pipeline_new(&options, &pipeline, NULL) == QUOTH_OK);
    for (size_t n = 0;; n++) {
        memory.fail_at = 0;
        CHECK(quoth_scratch_new(pipeline, &scratch) == QUOTH_OK);
        memory.calls = 0;
        memory.fail_at = n;
        quoth_status status = quoth_split(pipeline, scratch, quoth_utf8(text, size),
                                          QUOTH_UNIT_CODEPOINT, &offsets, &count, NULL);
        bool failed = n && memory.calls >= n;
        CHECK(status == (failed ? QUOTH_ERROR_MEMORY : QUOTH_OK));
        expected = n ? expected : count;
        memory.fail_at = 0;
        CHECK(quoth_split(pipeline, scratch, quoth_utf8(text, size), QUOTH_UNIT_CODEPOINT, &offsets,
                          &count, NULL) == QUOTH_OK);
        CHECK(count == expected);
        quoth_scratch_free(scratch);
        failures += failed;
        if (n && !failed)
            break;
    }
    CHECK(failures >= 2);
    quoth_pipeline_free(pipeline);
    CHECK(memory.held == 0);
}

int main(void)
{
    test_same_as_document();
    test_own_abbreviations();
    test_errors();
    test_long_bytes_that_are_no_utf8();
    test_long_texts();
    test_every_allocation_fails_in_turn(article, sizeof article - 1, true);
    char *text = long_text("We saw the harbour. ", true);
    if (CHECK(text != NULL))
        test_every_allocation_fails_in_turn(text, LONG_SIZE, false);
    free(text);
    return check_report("split");
}
