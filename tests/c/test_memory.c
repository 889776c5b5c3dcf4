/* Every allocation of reading fails in turn, with all that a pipeline may hold: QUOTH_ERROR_MEMORY
 * and no leak each time, and the same scratch reads the text rightly at once afterwards. Built with
 * QT_ARENA_ALONE (make asan, make coverage), every array of every stage is an allocation of its own;
 * otherwise it is the blocks of the arenas that fail. QUOTH_MODEL names a model file, or there is
 * none. */
#include "check.h"
#include "fingerprint.h"

#include "quoth_explain.h"
#include "quoth_extend.h"
#include "quoth_table.h"

enum { MODEL_MOST = 32 << 20, FINDERS = 5 };

static const char *const texts[] = {
    /* what an article has */
    "Ferry Runs Aground\n\nBy Ann Lee\n\nOSLO, Norway (AP) \xE2\x80\x94 A ferry ran aground on "
    "March 9, "
    "2021. It cost $2 million, or 14 percent of HR 12.\n\n\xE2\x80\x9CWe will leave,\xE2\x80\x9D "
    "said Mayor "
    "Anna Keller. \xE2\x80\x9CThe port is shut. It was never safe.\n\n\xE2\x80\x9CNobody "
    "listened,\xE2\x80\x9D "
    "she said. Keller told reporters that the \"so-called wall\" may fall; the mayor said it "
    "would. The "
    "International Ferry Union (IFU) and Acme Corp. denied that. The IFU is angry, its head Tom "
    "Reed "
    "added. The Reeds, and the Keller family, left.\n\nAbout the Author\n\nAnn Lee writes about "
    "ports.\n",
    /* a transcript, a letter, a list, a quotation that is not closed */
    "BELL: Yes. \xE2\x80\x9CNo\xE2\x80\x9D is no answer.\nQ: No?\nA: So.\n\nTo the Editor:\n\nMr. "
    "Aas says that "
    "he left. I never did.\n\nAnn Lee\nOslo, March 3\n\n* 1. Roads\n* 2. Schools\n\n\xE2\x80\x9CIt "
    "was late, Ann "
    "Lee said.\n\n\xE2\x80\x9CWe saw Moscow say no, Reed said that Lee said that Aas knew. 'Why?' "
    "she asked.",
    "",
};

typedef struct setting {
    quoth_model *model;
    quoth_terms *terms;
    quoth_pattern *patterns[FINDERS - 1];
    quoth_finder finders[FINDERS];
    void *bytes; /* of the model */
} setting;

static void open_model(setting *self)
{
    const char *path = getenv("QUOTH_MODEL");
    FILE *file = path ? fopen(path, "rb") : NULL;
    self->bytes = file ? aligned_alloc(64, MODEL_MOST) : NULL;
    size_t size = self->bytes ? fread(self->bytes, 1, MODEL_MOST, file) : 0;
    if (file)
        fclose(file);
    CHECK(!self->bytes ||
          quoth_model_open(self->bytes, size, NULL, &self->model, NULL) == QUOTH_OK);
}

/* Terms, and a pattern for each context and overlap. */
static void open_setting(setting *self)
{
    static const quoth_string none = {0}, term = {"Acme Corp.", 10};
    static const quoth_string sources[FINDERS - 1] = {
        {"[a-z]+", 6}, {"HR (?<n>[0-9]+)", 15}, {"\\w+ ?", 5}, {"(\\w+ ?)+$", 9}};
    memset(self, 0, sizeof *self);
    open_model(self);
    CHECK(quoth_terms_new(NULL, &self->terms) == QUOTH_OK);
    CHECK(quoth_terms_add(self->terms, term, none, none, NULL) == QUOTH_OK);
    CHECK(quoth_terms_build(self->terms) == QUOTH_OK);
    self->finders[0] = (quoth_finder){.terms = self->terms, .rule = "t", .label = 4};
    for (int i = 0; i < FINDERS - 1; i++) {
        quoth_overlap overlap = (quoth_overlap)((i + 1) % 4);
        CHECK(quoth_pattern_new(sources[i], NULL, &self->patterns[i], NULL) == QUOTH_OK);
        self->finders[i + 1] = (quoth_finder){.pattern = self->patterns[i],
                                              .rule = "p",
                                              .label = (uint8_t)(QUOTH_LABEL_OWN + i),
                                              .overlap = i == 3 ? QUOTH_OVERLAP_BESIDE : overlap,
                                              .context = (quoth_context)(i + 1),
                                              .context_label = QUOTH_LABEL_PERSON};
    }
}

static void close_setting(setting *self)
{
    for (int i = 0; i < FINDERS - 1; i++)
        quoth_pattern_free(self->patterns[i]);
    quoth_terms_free(self->terms);
    quoth_model_free(self->model);
    free(self->bytes);
}

/* --- what is done with a text --- */

typedef quoth_status (*work)(const quoth_pipeline *pipeline, quoth_scratch *scratch, quoth_input in,
                             const quoth_allocator *allocator, uint64_t *out);

static quoth_status read_it(const quoth_pipeline *pipeline, quoth_scratch *scratch, quoth_input in,
                            const quoth_allocator *allocator, uint64_t *out)
{
    quoth_doc *doc = NULL;
    quoth_error error = {0};
    quoth_status status = quoth_read(pipeline, scratch, in, 0, &doc, &error);
    (void)allocator;
    CHECK((status == QUOTH_OK) == (doc != NULL) && (status == QUOTH_OK || error.message[0]));
    if (status == QUOTH_OK)
        *out = fingerprint(doc);
    quoth_doc_free(doc);
    return status;
}

static quoth_status split_it(const quoth_pipeline *pipeline, quoth_scratch *scratch, quoth_input in,
                             const quoth_allocator *allocator, uint64_t *out)
{
    const int64_t *offsets;
    const quoth_decision *decisions;
    size_t count, decided;
    (void)allocator;
    quoth_status status =
        quoth_split(pipeline, scratch, in, QUOTH_UNIT_CODEPOINT, &offsets, &count, NULL);
    if (status == QUOTH_OK)
        status =
            quoth_decisions(pipeline, scratch, in, QUOTH_UNIT_BYTE, &decisions, &decided, NULL);
    if (status == QUOTH_OK)
        *out = count * 1000 + decided;
    return status;
}

static quoth_status trace_it(const quoth_pipeline *pipeline, quoth_scratch *scratch, quoth_input in,
                             const quoth_allocator *allocator, uint64_t *out)
{
    quoth_trace *trace = NULL;
    const quoth_reason *reasons;
    size_t choices = 0, count = 0;
    (void)allocator;
    quoth_status status = quoth_trace_read(pipeline, scratch, in, &trace, NULL);
    if (status == QUOTH_OK)
        (void)quoth_trace_choices(trace, &choices);
    quoth_trace_free(trace);
    if (status == QUOTH_OK)
        status =
            quoth_explain(pipeline, scratch, in, (quoth_span){0, 100000}, &reasons, &count, NULL);
    if (status == QUOTH_OK)
        *out = choices * 1000 + count;
    return status;
}

/* Watched: the same document, and all that was tried. */
static quoth_status watch_it(const quoth_pipeline *pipeline, quoth_scratch *scratch, quoth_input in,
                             const quoth_allocator *allocator, uint64_t *out)
{
    quoth_trace *trace = NULL;
    const quoth_try *tries = NULL;
    size_t count = 0;
    uint64_t read = 0;
    quoth_status status = quoth_trace_new(pipeline, &trace, NULL);
    if (status != QUOTH_OK)
        return status;
    quoth_scratch_watch(scratch, trace);
    status = read_it(pipeline, scratch, in, allocator, &read);
    quoth_scratch_watch(scratch, NULL);
    if (status == QUOTH_OK)
        status = quoth_trace_tries(trace, &tries, &count);
    if (status == QUOTH_OK)
        *out = mix(read, count);
    quoth_trace_free(trace);
    return status;
}

static quoth_status tabulate_it(const quoth_pipeline *pipeline, quoth_scratch *scratch,
                                quoth_input in, const quoth_allocator *allocator, uint64_t *out)
{
    quoth_doc *doc = NULL;
    uint64_t rows = 0;
    quoth_status status = quoth_read(pipeline, scratch, in, 0, &doc, NULL);
    for (int kind = 0; kind < QUOTH_TABLE_KINDS && status == QUOTH_OK; kind++) {
        quoth_table *table = NULL;
        status = quoth_table_new((quoth_table_kind)kind, allocator, &table);
        if (status == QUOTH_OK)
            status = quoth_table_read(table, doc, 1);
        rows = rows * 1000 + (status == QUOTH_OK ? quoth_table_rows(table) : 0);
        quoth_table_free(table);
    }
    quoth_doc_free(doc);
    *out = status == QUOTH_OK ? rows : *out;
    return status;
}

/* --- each allocation --- */

/* How often an allocation failed. */
static size_t fail_in_turn(const quoth_pipeline *pipeline, check_memory *memory,
                           const quoth_allocator *allocator, work run, const char *text)
{
    quoth_input in = quoth_utf8(text, strlen(text));
    quoth_scratch *scratch = NULL;
    uint64_t expected = 0, got = 0;
    size_t held = memory->held, failures = 0;
    memory->fail_at = 0;
    CHECK(quoth_scratch_new(pipeline, &scratch) == QUOTH_OK);
    CHECK(run(pipeline, scratch, in, allocator, &expected) == QUOTH_OK);
    quoth_scratch_free(scratch);
    for (size_t n = 1; memory->held == held; n++) {
        memory->calls = 0;
        memory->fail_at = n;
        quoth_status status = quoth_scratch_new(pipeline, &scratch);
        if (status == QUOTH_OK)
            status = run(pipeline, scratch, in, allocator, &got);
        bool failed = memory->calls >= n;
        if (!CHECK(status == (failed ? QUOTH_ERROR_MEMORY : QUOTH_OK)))
            break;
        memory->fail_at = 0;
        if (scratch)
            CHECK(run(pipeline, scratch, in, allocator, &got) == QUOTH_OK && got == expected);
        quoth_scratch_free(scratch);
        scratch = NULL;
        if (!failed)
            break;
        failures++;
    }
    quoth_scratch_free(scratch);
    CHECK(memory->held == held);
    return failures;
}

static void test_every_allocation(const setting *own, bool extended)
{
    static const work works[] = {read_it, split_it, trace_it, watch_it, tabulate_it};
    check_memory memory = {0};
    quoth_allocator allocator = check_allocator(&memory);
    quoth_knowledge knowledge = {.finders = own->finders, .finder_count = FINDERS};
    quoth_options options = {.allocator = &allocator,
                             .model = extended ? own->model : NULL,
                             .keep_quotes_whole = !extended,
                             .knowledge = extended ? &knowledge : NULL};
    quoth_pipeline *pipeline = NULL;
    size_t failures = 0;
    if (!CHECK(quoth_pipeline_new(&options, &pipeline, NULL) == QUOTH_OK))
        return;
    for (size_t w = 0; w < sizeof works / sizeof *works; w++)
        for (size_t t = 0; t < sizeof texts / sizeof *texts; t++)
            failures += fail_in_turn(pipeline, &memory, &allocator, works[w], texts[t]);
    CHECK(failures > 30);
    quoth_pipeline_free(pipeline);
    CHECK(memory.held == 0);
}

int main(void)
{
    setting own;
    open_setting(&own);
    test_every_allocation(&own, false);
    test_every_allocation(&own, true);
    close_setting(&own);
    return check_report("memory");
}
