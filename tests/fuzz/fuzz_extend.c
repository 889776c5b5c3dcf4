/* fuzz_extend.c - a libFuzzer target: a text with terms and patterns of the caller's own.
 *
 * The input: four bytes of settings, terms (one a line, an empty line after the last), patterns
 * (the same), and the text. All that compiles becomes a finder of a pipeline without a model; the
 * settings choose context, overlap, priority and label. A pattern that needs too many steps gives
 * up with a warning, so that the fuzzer's time-out stands for a promise.
 */
#include "fuzz.h"

enum { PATTERNS_MOST = 4, TERMS_MOST = 8, SETTINGS = 4, STEPS = 2000 };

typedef struct own {
    quoth_terms *terms;
    quoth_pattern *patterns[PATTERNS_MOST];
    quoth_finder finders[PATTERNS_MOST + 1];
    size_t count, pattern_count;
} own;

static void add_finder(own *self, const uint8_t *settings, quoth_finder finder)
{
    uint8_t setting = settings[self->count % SETTINGS];
    finder.rule = "own";
    finder.priority = setting % 3 - 1;
    finder.overlap = (quoth_overlap)(setting / 3 % 4);
    finder.context = (quoth_context)(setting / 12 % 5);
    finder.context_not = setting / 60 % 2;
    finder.context_label = QUOTH_LABEL_PERSON;
    finder.label = setting / 120 ? QUOTH_LABEL_OWN : QUOTH_LABEL_ORG;
    self->finders[self->count++] = finder;
}

static void add_terms(own *self, const uint8_t *settings, const uint8_t **data, size_t *size)
{
    HOLDS(quoth_terms_new(NULL, &self->terms) == QUOTH_OK);
    for (int i = 0; i < TERMS_MOST && *size; i++) {
        quoth_string line = fuzz_part(data, size, '\n'), none = {0};
        if (line.size == 0)
            break;
        quoth_status status = quoth_terms_add(self->terms, line, none, none, NULL);
        HOLDS(status == QUOTH_OK || status == QUOTH_ERROR_ARGUMENT || status == QUOTH_ERROR_UTF8);
    }
    HOLDS(quoth_terms_build(self->terms) == QUOTH_OK);
    add_finder(self, settings, (quoth_finder){.terms = self->terms});
}

static void add_patterns(own *self, const uint8_t *settings, const uint8_t **data, size_t *size)
{
    while (self->pattern_count < PATTERNS_MOST && *size) {
        quoth_string line = fuzz_part(data, size, '\n');
        quoth_pattern_options options = {.ignore_case = settings[0] & 1, .step_limit = STEPS};
        quoth_pattern **pattern = &self->patterns[self->pattern_count];
        quoth_error error;
        if (line.size == 0)
            break;
        quoth_status status = quoth_pattern_new(line, &options, pattern, &error);
        HOLDS(status == QUOTH_OK ||
              (status == QUOTH_ERROR_PATTERN && error.position <= line.size && error.message[0]));
        if (status != QUOTH_OK)
            continue;
        self->pattern_count++;
        add_finder(self, settings, (quoth_finder){.pattern = *pattern});
    }
}

static void check_finds(const own *self, const quoth_doc *doc, const char *data, size_t size)
{
    size_t count, groups;
    const quoth_find *finds = quoth_doc_finds(doc, &count);
    const quoth_span *spans = quoth_doc_groups(doc, &groups);
    for (size_t i = 0; i < count; i++) {
        HOLDS(finds[i].finder < self->count);
        const quoth_finder *finder = &self->finders[finds[i].finder];
        if (finder->terms)
            HOLDS(finds[i].item < quoth_terms_count(finder->terms));
        else
            HOLDS(finds[i].group_first + quoth_pattern_group_count(finder->pattern) <= groups);
    }
    for (size_t i = 0; i < groups; i++)
        fuzz_check_span(spans[i], data, size);
    const quoth_limited *limited = quoth_doc_limited(doc, &count);
    for (size_t i = 0; i < count; i++) {
        HOLDS(limited[i].finder < self->count && self->finders[limited[i].finder].pattern);
        fuzz_check_span(limited[i].span, data, size);
    }
}

static void read_with(const own *self, const char *text, size_t size)
{
    quoth_knowledge knowledge = {.finders = self->finders, .finder_count = self->count};
    quoth_options options = {.knowledge = &knowledge};
    quoth_pipeline *pipeline = NULL;
    quoth_scratch *scratch = NULL;
    quoth_doc *doc = NULL;
    quoth_error error;
    quoth_status status = quoth_pipeline_new(&options, &pipeline, &error);
    if (status == QUOTH_ERROR_ARGUMENT && error.message[0])
        return; /* settings that do not go together */
    HOLDS(status == QUOTH_OK);
    HOLDS(quoth_scratch_new(pipeline, &scratch) == QUOTH_OK);
    status = quoth_read(pipeline, scratch, quoth_utf8(text, size), 0, &doc, NULL);
    HOLDS(status == QUOTH_OK || status == QUOTH_ERROR_UTF8);
    if (status == QUOTH_OK) {
        fuzz_check_document(doc, text, size);
        check_finds(self, doc, text, size);
    }
    quoth_doc_free(doc);
    quoth_scratch_free(scratch);
    quoth_pipeline_free(pipeline);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    own self = {0};
    if (size < SETTINGS)
        return 0;
    const uint8_t *settings = data;
    data += SETTINGS;
    size -= SETTINGS;
    add_terms(&self, settings, &data, &size);
    add_patterns(&self, settings, &data, &size);
    char *text = fuzz_copy(data, size);
    read_with(&self, text, size);
    free(text);
    for (size_t i = 0; i < self.pattern_count; i++)
        quoth_pattern_free(self.patterns[i]);
    quoth_terms_free(self.terms);
    return 0;
}
