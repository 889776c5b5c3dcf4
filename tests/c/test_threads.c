/* One pipeline in sixteen threads at once, with all that a pipeline may hold: a model (of the file
 * that QUOTH_MODEL names, or none), terms and patterns. Each thread gets what one thread got, and
 * documents that all of them look at stay as they are. Run under ThreadSanitizer by "make tsan". */
#include "check.h"
#include "fingerprint.h"

#include "quoth_extend.h"

#include <pthread.h>

enum { THREADS = 16, ROUNDS = 20, TEXTS = 4, MODEL_MOST = 32 << 20 };

static const char *const texts[TEXTS] = {
    "Ferry Runs Aground\n\nOSLO, Norway (AP) \xE2\x80\x94 A ferry ran aground on March 9, 2021.\n\n"
    "\xE2\x80\x9CWe will leave,\xE2\x80\x9D said Mayor Anna Keller. \xE2\x80\x9CIt was never "
    "safe.\n\n"
    "\xE2\x80\x9CNobody listened,\xE2\x80\x9D she said. The U.S. sent 14 boats and $2 million.\n",
    "BELL: Yes.\nQ: No?\n\nKeller told reporters that the \"so-called wall\" may fall, Acme Corp. "
    "said.",
    "The senator said he would not. \"Never,\" Tom Reed of Acme Corp. added, \"not in Port "
    "Ellis.\"",
    "a b c. \xF0\x9F\x9A\x80 HR 12 passed; HR 13 did not, according to the clerk, who is Ann Lee.",
};

typedef struct shared {
    const quoth_pipeline *pipeline;
    quoth_doc *docs[TEXTS]; /* read by one thread, looked at by all */
    uint64_t expected[TEXTS];
} shared;

static bool read_same(const shared *all, quoth_scratch *scratch, int text)
{
    quoth_doc *doc = NULL;
    quoth_input input = quoth_utf8(texts[text], strlen(texts[text]));
    bool same = quoth_read(all->pipeline, scratch, input, 0, &doc, NULL) == QUOTH_OK &&
                fingerprint(doc) == all->expected[text] &&
                fingerprint(all->docs[text]) == all->expected[text];
    quoth_doc_free(doc);
    return same;
}

/* NULL if everything was the same. */
static void *work(void *argument)
{
    shared *all = argument;
    quoth_scratch *scratch = NULL;
    bool same = quoth_scratch_new(all->pipeline, &scratch) == QUOTH_OK;
    for (int i = 0; same && i < ROUNDS * TEXTS; i++)
        same = read_same(all, scratch, i % TEXTS);
    quoth_scratch_free(scratch);
    return same ? NULL : argument;
}

/* The bytes of the model file, for free(); NULL when there is none. */
static void *model_bytes(size_t *size)
{
    const char *path = getenv("QUOTH_MODEL");
    FILE *file = path ? fopen(path, "rb") : NULL;
    void *bytes = file ? aligned_alloc(64, MODEL_MOST) : NULL;
    *size = bytes ? fread(bytes, 1, MODEL_MOST, file) : 0;
    if (file)
        fclose(file);
    return bytes;
}

static void run_threads(const quoth_pipeline *pipeline)
{
    shared all = {.pipeline = pipeline};
    quoth_scratch *scratch = NULL;
    pthread_t threads[THREADS];
    CHECK(quoth_scratch_new(pipeline, &scratch) == QUOTH_OK);
    for (int i = 0; i < TEXTS; i++) {
        CHECK(quoth_read(pipeline, scratch, quoth_utf8(texts[i], strlen(texts[i])), 0, &all.docs[i],
                         NULL) == QUOTH_OK);
        all.expected[i] = fingerprint(all.docs[i]);
    }
    quoth_scratch_free(scratch);
    for (int i = 0; i < THREADS; i++)
        CHECK(pthread_create(&threads[i], NULL, work, &all) == 0);
    for (int i = 0; i < THREADS; i++) {
        void *different = &all;
        CHECK(pthread_join(threads[i], &different) == 0 && different == NULL);
    }
    for (int i = 0; i < TEXTS; i++)
        quoth_doc_free(all.docs[i]);
}

static void test_threads_share_a_pipeline(void)
{
    static const quoth_string none = {0}, term = {"Acme Corp.", 10}, bill = {"HR (?<n>[0-9]+)", 15};
    size_t size;
    void *bytes = model_bytes(&size);
    quoth_model *model = NULL;
    quoth_terms *terms = NULL;
    quoth_pattern *pattern = NULL;
    quoth_pipeline *pipeline = NULL;
    CHECK(!bytes || quoth_model_open(bytes, size, NULL, &model, NULL) == QUOTH_OK);
    CHECK(quoth_terms_new(NULL, &terms) == QUOTH_OK);
    CHECK(quoth_terms_add(terms, term, none, none, NULL) == QUOTH_OK);
    CHECK(quoth_terms_build(terms) == QUOTH_OK);
    CHECK(quoth_pattern_new(bill, NULL, &pattern, NULL) == QUOTH_OK);
    quoth_finder finders[] = {{.terms = terms, .rule = "term", .label = QUOTH_LABEL_ORG},
                              {.pattern = pattern, .rule = "bill", .label = QUOTH_LABEL_OWN}};
    quoth_knowledge knowledge = {.finders = finders, .finder_count = 2};
    quoth_options options = {.model = model, .knowledge = &knowledge};
    if (CHECK(quoth_pipeline_new(&options, &pipeline, NULL) == QUOTH_OK))
        run_threads(pipeline);
    quoth_pipeline_free(pipeline);
    quoth_pattern_free(pattern);
    quoth_terms_free(terms);
    quoth_model_free(model);
    free(bytes);
}

int main(void)
{
    test_threads_share_a_pipeline();
    return check_report("threads");
}
