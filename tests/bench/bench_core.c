/* bench_core.c - how fast each set of stages reads articles, on one core.
 *
 * usage: bench_core [-t SECONDS] [-m MODEL] [-s STAGE] FILE...
 *
 * Reads all files in turn, again and again, with the stages up to one, for at least SECONDS (default 1) of CPU time
 * each, and prints megabytes and articles a CPU second beside the number of things that were found, for a speed means
 * nothing without its result. The first row is quoth_split(), which makes no document; each of the others includes the
 * work of the rows above it. Give it many articles: a processor learns one by heart. Without a
 * model, entities are found by rules and lists only. -s takes one row alone, for a profiler.
 */
#include "quoth.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef struct counts {
    size_t paragraphs, sentences, quotations, tokens, mentions, entities, quotes;
} counts;

static double cpu_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static char *read_file(const char *path, size_t *size)
{
    FILE *file = fopen(path, "rb");
    char *bytes = NULL;
    *size = 0;
    if (!file)
        return NULL;
    for (size_t capacity = 0;;) {
        if (*size == capacity) {
            capacity = capacity ? capacity * 2 : 65536;
            char *grown = realloc(bytes, capacity);
            if (!grown)
                break;
            bytes = grown;
        }
        size_t got = fread(bytes + *size, 1, capacity - *size, file);
        if (!got)
            break;
        *size += got;
    }
    fclose(file);
    return bytes;
}

static void add_counts(counts *sum, const quoth_doc *doc)
{
    size_t n;
    quoth_doc_paragraphs(doc, &n), sum->paragraphs += n;
    quoth_doc_sentences(doc, &n), sum->sentences += n;
    quoth_doc_quotations(doc, &n), sum->quotations += n;
    quoth_doc_mentions(doc, &n), sum->mentions += n;
    quoth_doc_entities(doc, &n), sum->entities += n;
    quoth_doc_quotes(doc, &n), sum->quotes += n;
    sum->tokens += quoth_doc_token_count(doc);
}

typedef struct article {
    char *text;
    size_t size;
} article;

typedef struct bench {
    quoth_pipeline *pipeline;
    quoth_scratch *scratch;
    article *articles;
    size_t count, size; /* of the articles, and their bytes together */
    double seconds;
    const char *only; /* the row to run; NULL: all of them */
} bench;

/* One article; stages 0: quoth_split(). */
static quoth_status read_one(const bench *self, const article *text, unsigned stages, counts *found)
{
    quoth_error error = {0};
    quoth_input input = quoth_utf8(text->text, text->size);
    quoth_status status;
    if (stages) {
        quoth_doc *doc = NULL;
        status = quoth_read(self->pipeline, self->scratch, input, stages, &doc, &error);
        if (status == QUOTH_OK)
            add_counts(found, doc);
        quoth_doc_free(doc);
    } else {
        const int64_t *offsets;
        size_t count;
        status = quoth_split(self->pipeline, self->scratch, input, QUOTH_UNIT_CODEPOINT, &offsets,
                             &count, &error);
        found->sentences += count;
    }
    if (status != QUOTH_OK)
        fprintf(stderr, "bench_core: %s\n", error.message);
    return status;
}

static int run(const bench *self, const char *name, unsigned stages)
{
    counts found = {0};
    size_t rounds = 0;
    double start = cpu_seconds(), spent = 0;
    for (; spent < self->seconds; rounds++, spent = cpu_seconds() - start) {
        found = (counts){0};
        for (size_t i = 0; i < self->count; i++)
            if (read_one(self, &self->articles[i], stages, &found) != QUOTH_OK)
                return 1;
    }
    printf("%-12s %8.1f %12.0f %6zu %6zu %6zu %6zu %6zu %6zu %6zu\n", name,
           (double)(rounds * self->size) / spent / 1e6, (double)(rounds * self->count) / spent,
           found.paragraphs, found.sentences, found.quotations, found.tokens, found.mentions,
           found.entities, found.quotes);
    return 0;
}

static int run_all(const bench *self)
{
    static const struct {
        const char *name;
        unsigned stages;
    } rows[] = {{"split", 0},
                {"sentence", QUOTH_STAGE_SENTENCE},
                {"structure", QUOTH_STAGE_STRUCTURE},
                {"entity", QUOTH_STAGE_ENTITY},
                {"link", QUOTH_STAGE_LINK},
                {"attribution", QUOTH_STAGE_ATTRIBUTION}};
    printf("%zu articles, %zu bytes\n%-12s %8s %12s %6s %6s %6s %6s %6s %6s %6s\n", self->count,
           self->size, "up to", "MB/s", "articles/s", "paras", "sents", "marks", "tokens", "ments",
           "ents", "quotes");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if ((!self->only || !strcmp(self->only, rows[i].name)) &&
            run(self, rows[i].name, rows[i].stages))
            return 1;
    return 0;
}

int main(int argc, char **argv)
{
    int first = 1, failed = 0;
    bench self = {.seconds = 1.0};
    char *model_bytes = NULL;
    size_t model_size = 0;
    for (; first + 1 < argc && argv[first][0] == '-'; first += 2) {
        if (!strcmp(argv[first], "-t"))
            self.seconds = atof(argv[first + 1]);
        else if (!strcmp(argv[first], "-m"))
            model_bytes = read_file(argv[first + 1], &model_size);
        else if (!strcmp(argv[first], "-s"))
            self.only = argv[first + 1];
    }
    if (first >= argc) {
        fprintf(stderr, "usage: bench_core [-t SECONDS] [-m MODEL] [-s STAGE] FILE...\n");
        return 2;
    }
    self.articles = calloc((size_t)(argc - first), sizeof *self.articles);
    for (int i = first; self.articles && i < argc; i++) {
        article *next = &self.articles[self.count++];
        next->text = read_file(argv[i], &next->size);
        self.size += next->size;
        if (!next->text) {
            fprintf(stderr, "bench_core: cannot read %s\n", argv[i]);
            failed = 1;
        }
    }
    quoth_error error = {0};
    quoth_model *model = NULL;
    if (model_bytes && quoth_model_open(model_bytes, model_size, NULL, &model, &error) != QUOTH_OK)
        failed = 1;
    quoth_options options = {.model = model};
    if (failed || quoth_pipeline_new(&options, &self.pipeline, &error) != QUOTH_OK ||
        quoth_scratch_new(self.pipeline, &self.scratch) != QUOTH_OK) {
        fprintf(stderr, "bench_core: %s\n", error.message);
        failed = 1;
    }
    if (!failed)
        failed = run_all(&self);
    quoth_scratch_free(self.scratch);
    quoth_pipeline_free(self.pipeline);
    quoth_model_free(model);
    free(model_bytes);
    for (size_t i = 0; i < self.count; i++)
        free(self.articles[i].text);
    free(self.articles);
    return failed;
}
