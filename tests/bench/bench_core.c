/* bench_core.c - how fast each set of stages reads an article, on one core.
 *
 * usage: bench_core FILE [SECONDS]
 *
 * Reads the file again and again with the stages up to one, for at least SECONDS (default 1) of CPU time each, and
 * prints megabytes and articles a CPU second beside the number of things that were found, for a speed means nothing
 * without its result. Each row includes the work of the rows above it.
 */
#include "quoth.h"

#include <stdio.h>
#include <stdlib.h>
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

static counts count(const quoth_doc *doc)
{
    counts out;
    quoth_doc_paragraphs(doc, &out.paragraphs);
    quoth_doc_sentences(doc, &out.sentences);
    quoth_doc_quotations(doc, &out.quotations);
    quoth_doc_mentions(doc, &out.mentions);
    quoth_doc_entities(doc, &out.entities);
    quoth_doc_quotes(doc, &out.quotes);
    out.tokens = quoth_doc_token_count(doc);
    return out;
}

static int run(const quoth_pipeline *pipeline, quoth_scratch *scratch, const char *name,
               unsigned stages, const char *text, size_t size, double seconds)
{
    counts found = {0};
    size_t rounds = 0;
    double start = cpu_seconds(), spent = 0;
    while (spent < seconds) {
        quoth_doc *doc = NULL;
        quoth_error error = {0};
        if (quoth_read(pipeline, scratch, text, size, stages, &doc, &error) != QUOTH_OK) {
            fprintf(stderr, "bench_core: %s\n", error.message);
            return 1;
        }
        if (rounds == 0)
            found = count(doc);
        quoth_doc_free(doc);
        rounds++;
        spent = cpu_seconds() - start;
    }
    printf("%-12s %8.1f %12.0f %6zu %6zu %6zu %6zu %6zu %6zu %6zu\n", name,
           (double)(rounds * size) / spent / 1e6, (double)rounds / spent, found.paragraphs,
           found.sentences, found.quotations, found.tokens, found.mentions, found.entities,
           found.quotes);
    return 0;
}

int main(int argc, char **argv)
{
    static const struct {
        const char *name;
        unsigned stages;
    } rows[] = {{"sentence", QUOTH_STAGE_SENTENCE},
                {"structure", QUOTH_STAGE_STRUCTURE},
                {"entity", QUOTH_STAGE_ENTITY},
                {"link", QUOTH_STAGE_LINK},
                {"attribution", QUOTH_STAGE_ATTRIBUTION}};
    if (argc < 2) {
        fprintf(stderr, "usage: bench_core FILE [SECONDS]\n");
        return 2;
    }
    double seconds = argc > 2 ? atof(argv[2]) : 1.0;
    size_t size;
    char *text = read_file(argv[1], &size);
    quoth_pipeline *pipeline = NULL;
    quoth_scratch *scratch = NULL;
    quoth_error error = {0};
    int failed = 1;
    if (!text) {
        fprintf(stderr, "bench_core: cannot read %s\n", argv[1]);
    } else if (quoth_pipeline_new(NULL, &pipeline, &error) != QUOTH_OK ||
               quoth_scratch_new(pipeline, &scratch) != QUOTH_OK) {
        fprintf(stderr, "bench_core: %s\n", error.message);
    } else {
        printf("%s, %zu bytes\n%-12s %8s %12s %6s %6s %6s %6s %6s %6s %6s\n", argv[1], size,
               "up to", "MB/s", "articles/s", "paras", "sents", "marks", "tokens", "ments", "ents",
               "quotes");
        failed = 0;
        for (size_t i = 0; !failed && i < sizeof rows / sizeof *rows; i++)
            failed = run(pipeline, scratch, rows[i].name, rows[i].stages, text, size, seconds);
    }
    quoth_scratch_free(scratch);
    quoth_pipeline_free(pipeline);
    free(text);
    return failed;
}
