/* The caller's patterns: compiling, groups, contexts, limits, and memory that runs out. */
#include "check.h"

#include "quoth_extend.h"

static quoth_string string_of(const char *string)
{
    return (quoth_string){string, strlen(string)};
}

static void test_what_does_not_compile(void)
{
    quoth_pattern *self = NULL;
    quoth_error error = {0};
    CHECK(quoth_pattern_new(string_of("ab(c"), NULL, &self, &error) == QUOTH_ERROR_PATTERN);
    CHECK(self == NULL && error.position == 4 && error.message[0]);
    CHECK(quoth_pattern_new(string_of("a\\Cb"), NULL, &self, &error) == QUOTH_ERROR_PATTERN);
    CHECK(quoth_pattern_new(string_of("\xFF"), NULL, &self, &error) == QUOTH_ERROR_PATTERN);
    CHECK(quoth_pattern_new(string_of("(?<b>x)(?<a>y)(z)"), NULL, &self, NULL) == QUOTH_OK);
    CHECK(quoth_pattern_group_count(self) == 2);
    CHECK(strcmp(quoth_pattern_group_name(self, 0), "b") == 0);
    CHECK(strcmp(quoth_pattern_group_name(self, 1), "a") == 0);
    quoth_pattern_free(self);
    quoth_pattern_free(NULL);
}

static const char text[] =
    "A plan for the port\n\n\xE2\x80\x9CWe will build the port,\xE2\x80\x9D said Anna Keller of "
    "Lisbon on Monday. The port is bill 12 of 2020.\n\nNothing will follow.";

static const char *const sources[] = {
    "port",       "(?i)we will (?<what>[^,]*)", "bill (?<number>\\d+)(?<none>x)?", "will \\w+",
    "(\\w+ ?)+$",
};
enum { SOURCES = sizeof sources / sizeof *sources };

/* Reads the text with all patterns; counts what each finder found, in decimal digits. */
static quoth_status read_with(const quoth_allocator *allocator, const char *input, size_t *found)
{
    quoth_pattern_options pattern_options = {.allocator = allocator};
    quoth_pattern *patterns[SOURCES] = {NULL};
    quoth_pipeline *pipeline = NULL;
    quoth_scratch *scratch = NULL;
    quoth_doc *doc = NULL;
    quoth_status status = QUOTH_OK;
    for (size_t i = 0; status == QUOTH_OK && i < SOURCES; i++)
        status = quoth_pattern_new(string_of(sources[i]), &pattern_options, &patterns[i], NULL);
    quoth_finder finders[SOURCES + 1] = {
        {.pattern = patterns[0], .context = QUOTH_CONTEXT_TITLE},
        {.pattern = patterns[1], .context = QUOTH_CONTEXT_QUOTE, .overlap = QUOTH_OVERLAP_BESIDE},
        {.pattern = patterns[2], .overlap = QUOTH_OVERLAP_REPLACE},
        {.pattern = patterns[3], .context = QUOTH_CONTEXT_QUOTATION, .context_not = true},
        {.pattern = patterns[0],
         .context = QUOTH_CONTEXT_MENTION,
         .context_label = QUOTH_LABEL_PERSON},
        {.pattern = patterns[4]},
    };
    for (size_t i = 0; i < SOURCES + 1; i++) {
        finders[i].label = (uint8_t)(QUOTH_LABEL_OWN + (int)i);
        finders[i].rule = "pattern";
    }
    quoth_knowledge knowledge = {.finders = finders, .finder_count = SOURCES + 1};
    quoth_options options = {.allocator = allocator, .knowledge = &knowledge};
    if (status == QUOTH_OK)
        status = quoth_pipeline_new(&options, &pipeline, NULL);
    if (status == QUOTH_OK)
        status = quoth_scratch_new(pipeline, &scratch);
    if (status == QUOTH_OK)
        status = quoth_read(pipeline, scratch, quoth_utf8(input, strlen(input)), 0, &doc, NULL);
    *found = 0;
    if (status == QUOTH_OK) {
        size_t counts[SOURCES + 1] = {0}, n, groups, limited;
        const quoth_find *finds = quoth_doc_finds(doc, &n);
        for (size_t i = 0; i < n; i++)
            counts[finds[i].finder]++;
        (void)quoth_doc_groups(doc, &groups);
        (void)quoth_doc_limited(doc, &limited);
        for (size_t i = 0; i < SOURCES + 1; i++)
            *found = *found * 10 + counts[i];
        *found = (*found * 10 + groups) * 10 + limited;
    }
    quoth_doc_free(doc);
    quoth_scratch_free(scratch);
    quoth_pipeline_free(pipeline);
    for (size_t i = 0; i < SOURCES; i++)
        quoth_pattern_free(patterns[i]);
    return status;
}

static void test_contexts_and_groups(void)
{
    size_t found;
    CHECK(read_with(NULL, text, &found) == QUOTH_OK);
    /* The last one takes the whole title, and is given up in the paragraph behind it. */
    if (!CHECK(found == 1111131))
        printf("  %zu\n", found);
}

/* A pattern that is given up harms no other. */
static void test_limits(void)
{
    static char hostile[6000];
    size_t found, size = 0;
    for (; size < 5000; size++)
        hostile[size] = 'a';
    memcpy(hostile + size, "!\n\nbill 7 came.", 16);
    CHECK(read_with(NULL, hostile, &found) == QUOTH_OK);
    if (!CHECK(found == 100021))
        printf("  %zu\n", found);
}

static quoth_status read_text(const quoth_allocator *allocator, size_t *found)
{
    return read_with(allocator, text, found);
}

static void test_every_allocation_fails_in_turn(void)
{
    check_memory memory = {0};
    quoth_allocator allocator = check_allocator(&memory);
    size_t expected;
    CHECK(read_text(&allocator, &expected) == QUOTH_OK && memory.held == 0);
    check_every_allocation(read_text, expected, 20);
}

int main(void)
{
    test_what_does_not_compile();
    test_contexts_and_groups();
    test_limits();
    test_every_allocation_fails_in_turn();
    return check_report("pattern_finder");
}
