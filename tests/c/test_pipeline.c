/* The whole way through the public interface: options, errors, memory that runs out. */
#include "check.h"
#include "fingerprint.h"

#include <unistd.h>

/* Less where what runs is counted. */
#ifndef HOSTILE_SIZE
#define HOSTILE_SIZE 500000
#endif

enum { HANG_SECONDS = 300 };

static const char article[] =
    "Ferry Runs Aground\n"
    "\n"
    "OSLO, Norway (AP) \xE2\x80\x94 A ferry ran aground on March 9, 2021. It cost $2 million.\n"
    "\n"
    "\xE2\x80\x9CWe will leave,\xE2\x80\x9D said Mayor Anna Keller. \xE2\x80\x9CThe port is shut. "
    "It "
    "was never safe.\n"
    "\n"
    "\xE2\x80\x9CNobody listened,\xE2\x80\x9D she said. Keller told reporters that the \"so-called "
    "wall\" may fall. The U.S. sent 14 boats.\n"
    "\n"
    "About the Author\n";

static void test_options(void)
{
    quoth_pipeline *pipeline = NULL;
    quoth_error error = {0};
    static const quoth_options wrong[] = {
        {.language = "xx"}, {.stages = 1u << 20}, {.newlines = (quoth_newlines)7}};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        memset(&error, 0, sizeof error);
        CHECK(quoth_pipeline_new(&wrong[i], &pipeline, &error) == QUOTH_ERROR_ARGUMENT);
        CHECK(pipeline == NULL && error.status == QUOTH_ERROR_ARGUMENT && error.message[0]);
    }
    CHECK(quoth_pipeline_new(NULL, &pipeline, NULL) == QUOTH_OK);
    quoth_pipeline_free(pipeline);
    quoth_pipeline_free(NULL);
    quoth_scratch_free(NULL);
    quoth_doc_free(NULL);
    for (int status = QUOTH_OK; status <= QUOTH_ERROR_MODEL; status++)
        CHECK(quoth_status_message((quoth_status)status)[0] != '\0');
    CHECK(quoth_status_message((quoth_status)99) != NULL);
}

static void test_stages(void)
{
    quoth_pipeline *pipeline = NULL;
    quoth_scratch *scratch = NULL;
    quoth_doc *doc = NULL;
    size_t n;
    CHECK(quoth_pipeline_new(NULL, &pipeline, NULL) == QUOTH_OK);
    CHECK(quoth_scratch_new(pipeline, &scratch) == QUOTH_OK);
    CHECK(quoth_read(pipeline, scratch, quoth_utf8(article, sizeof article - 1),
                     QUOTH_STAGE_SENTENCE, &doc, NULL) == QUOTH_OK);
    CHECK(quoth_doc_sentences(doc, &n) != NULL && n > 5);
    CHECK(quoth_doc_mentions(doc, &n) == NULL && n == 0);
    CHECK(quoth_doc_quotes(doc, &n) == NULL && n == 0);
    CHECK(quoth_doc_token_count(doc) == 0);
    quoth_doc_free(doc);
    CHECK(quoth_read(pipeline, scratch, quoth_utf8(article, sizeof article - 1), QUOTH_STAGE_ENTITY,
                     &doc, NULL) == QUOTH_OK);
    CHECK(quoth_doc_mentions(doc, &n) != NULL && n > 3);
    CHECK(quoth_doc_quotes(doc, &n) == NULL && n == 0);
    quoth_doc_free(doc);
    CHECK(quoth_read(pipeline, scratch, quoth_utf8(article, sizeof article - 1), 0, &doc, NULL) ==
          QUOTH_OK);
    CHECK(quoth_doc_quotes(doc, &n) != NULL && n >= 2);
    CHECK(quoth_doc_entities(doc, &n) != NULL && n > 2);
    CHECK(quoth_doc_codepoint(doc, sizeof article - 1) < sizeof article - 1);
    quoth_doc_free(doc);
    quoth_scratch_free(scratch);
    quoth_pipeline_free(pipeline);
}

static void test_errors_of_the_text(void)
{
    quoth_pipeline *pipeline = NULL;
    quoth_scratch *scratch = NULL;
    quoth_doc *doc = NULL;
    quoth_error error = {0};
    CHECK(quoth_pipeline_new(NULL, &pipeline, NULL) == QUOTH_OK);
    CHECK(quoth_scratch_new(pipeline, &scratch) == QUOTH_OK);
    CHECK(quoth_read(pipeline, scratch, quoth_utf8("abc\xFF", 4), 0, &doc, &error) ==
          QUOTH_ERROR_UTF8);
    CHECK(doc == NULL && error.position == 3 && error.message[0]);
    CHECK(quoth_read(pipeline, scratch, quoth_utf8("", QUOTH_TEXT_MAX + 1), 0, &doc, &error) ==
          QUOTH_ERROR_LIMIT);
    CHECK(doc == NULL);
    CHECK(quoth_read(pipeline, scratch, quoth_utf8(NULL, 0), 0, &doc, NULL) == QUOTH_OK);
    CHECK(quoth_doc_codepoint(doc, 0) == 0);
    quoth_doc_free(doc);
    quoth_scratch_free(scratch);
    quoth_pipeline_free(pipeline);
}

/* One reading of the article by a scratch of its own; the fingerprint of the document is *out. */
static quoth_status read_once(const quoth_pipeline *pipeline, uint64_t *out)
{
    quoth_scratch *scratch = NULL;
    quoth_doc *doc = NULL;
    quoth_status status = quoth_scratch_new(pipeline, &scratch);
    if (status == QUOTH_OK)
        status =
            quoth_read(pipeline, scratch, quoth_utf8(article, sizeof article - 1), 0, &doc, NULL);
    if (status == QUOTH_OK)
        *out = fingerprint(doc);
    quoth_doc_free(doc);
    quoth_scratch_free(scratch);
    return status;
}

/* The n-th allocation fails, for n = 1 on until none is left to fail: an error and no leak each time.
 * (test_pattern.c does the same for the allocations of a pipeline.) */
static void test_every_allocation_fails_in_turn(void)
{
    uint64_t expected = 0, got;
    check_memory memory = {0};
    quoth_allocator allocator = check_allocator(&memory);
    quoth_options options = {.allocator = &allocator};
    quoth_pipeline *pipeline = NULL;
    CHECK(quoth_pipeline_new(&options, &pipeline, NULL) == QUOTH_OK);
    size_t held = memory.held;
    CHECK(read_once(pipeline, &expected) == QUOTH_OK && memory.held == held);
    size_t failures = 0;
    for (size_t n = 1;; n++) {
        memory.calls = 0;
        memory.fail_at = n;
        got = expected;
        quoth_status status = read_once(pipeline, &got);
        CHECK(memory.held == held);
        if (memory.calls < n) {
            CHECK(status == QUOTH_OK && got == expected);
            break;
        }
        CHECK(status == QUOTH_ERROR_MEMORY);
        failures++;
    }
    CHECK(failures >= 4);
    memory.fail_at = 0;
    quoth_pipeline_free(pipeline);
    CHECK(memory.held == 0);

    memory = (check_memory){.fail_at = 1};
    CHECK(quoth_pipeline_new(&options, &pipeline, NULL) == QUOTH_ERROR_MEMORY);
    CHECK(pipeline == NULL && memory.held == 0);
}

/* Many readings by one scratch: each is as good as the first, whatever came between. */
static void test_scratch_is_reused(void)
{
    quoth_pipeline *pipeline = NULL;
    quoth_scratch *scratch = NULL;
    uint64_t first = 0;
    CHECK(quoth_pipeline_new(NULL, &pipeline, NULL) == QUOTH_OK);
    CHECK(quoth_scratch_new(pipeline, &scratch) == QUOTH_OK);
    for (size_t i = 0; i < 50; i++) {
        quoth_doc *doc = NULL;
        size_t size = i % 2 ? sizeof article - 1 : i * 6;
        while ((article[size] & 0xC0) == 0x80)
            size++;
        if (!CHECK(quoth_read(pipeline, scratch, quoth_utf8(article, size), 0, &doc, NULL) ==
                   QUOTH_OK))
            break;
        if (i == 1)
            first = fingerprint(doc);
        CHECK(i % 2 == 0 || fingerprint(doc) == first);
        quoth_doc_free(doc);
    }
    quoth_scratch_free(scratch);
    quoth_pipeline_free(pipeline);
}

/* Reads size bytes of a piece, put end to end. */
static void read_repeated(const quoth_pipeline *pipeline, quoth_scratch *scratch, const char *piece,
                          size_t size)
{
    size_t step = strlen(piece), filled = 0;
    char *text = malloc(size + step);
    quoth_doc *doc = NULL;
    if (!CHECK(text != NULL))
        return;
    for (; filled < size; filled += step)
        memcpy(text + filled, piece, step);
    CHECK(quoth_read(pipeline, scratch, quoth_utf8(text, filled), 0, &doc, NULL) == QUOTH_OK);
    quoth_doc_free(doc);
    free(text);
}

/* Texts that are all marks, all stops or all capitals. Each takes a fraction of a second; were
 * anything quadratic it would take hours, and the alarm ends the program. */
static void test_hostile_texts_do_not_hang(void)
{
    static const char *const pieces[] = {"\"",
                                         "'",
                                         "\xE2\x80\x9C",
                                         "\xE2\x80\x98",
                                         ".",
                                         "A. ",
                                         "Mr. ",
                                         "((",
                                         "\n",
                                         "\"a\n\n",
                                         "1,",
                                         "said ",
                                         "the U.S. ",
                                         "\"a\" ",
                                         "Q: \n",
                                         "- \n",
                                         "1.\n",
                                         "''",
                                         "Ana ",
                                         "of ",
                                         "$1 ",
                                         "X",
                                         "``",
                                         "a",
                                         "a b\n",
                                         "he said that ",
                                         "\xF0\x9F\x98\x80",
                                         "Ana Keller said ",
                                         "\"a,\" he said, \"",
                                         "according to Ana, ",
                                         "(Ana) ",
                                         ", ",
                                         "Ana of ",
                                         "Ana\n",
                                         "he ",
                                         "on May ",
                                         "1 ",
                                         "-",
                                         "\xE2\x80\x94 "};
    quoth_pipeline *pipeline = NULL;
    quoth_scratch *scratch = NULL;
    CHECK(quoth_pipeline_new(NULL, &pipeline, NULL) == QUOTH_OK);
    CHECK(quoth_scratch_new(pipeline, &scratch) == QUOTH_OK);
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        alarm(HANG_SECONDS);
        read_repeated(pipeline, scratch, pieces[i], HOSTILE_SIZE);
        alarm(0);
    }
    quoth_scratch_free(scratch);
    quoth_pipeline_free(pipeline);
}

int main(void)
{
    test_options();
    test_stages();
    test_errors_of_the_text();
    test_every_allocation_fails_in_turn();
    test_scratch_is_reused();
    test_hostile_texts_do_not_hang();
    return check_report("pipeline");
}
