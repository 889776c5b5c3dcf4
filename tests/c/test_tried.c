#include "fingerprint.h"
#include "reading.h"

#include "quoth_edit.h"
#include "quoth_explain.h"
#include "quoth_extend.h"

static const char text[] =
    "Omar Haddad met Lena Reed at Acme Corp. \"The harbour is closed,\" Anna Keller said on "
    "Monday. "
    "The mayor, Ann Reed, said that the port would close soon. It was a \"quiet\" year.";

static bool is_at(quoth_span span, const char *words)
{
    return span.end - span.start == strlen(words) &&
           memcmp(text + span.start, words, strlen(words)) == 0;
}

/* How many tries of a kind there are whose span is at these words. */
static size_t count_of(const quoth_trace *trace, quoth_try_kind kind, const char *words)
{
    const quoth_try *tries;
    size_t count, found = 0;
    CHECK(quoth_trace_tries(trace, &tries, &count) == QUOTH_OK);
    for (size_t i = 0; i < count; i++) {
        bool name = kind >= QUOTH_TRY_WORDS;
        found += tries[i].kind == kind &&
                 (!words || is_at(name ? tries[i].content : tries[i].about, words));
        CHECK(tries[i].content.end < sizeof text && tries[i].about.end < sizeof text &&
              tries[i].source.end < sizeof text && tries[i].cue.end < sizeof text);
    }
    return found;
}

/* With a term and without a model: what is read is the same whether it is watched or not. */
static void test_watched(void)
{
    static const quoth_string none = {0}, term = {"Acme Corp.", 10};
    quoth_terms *terms = NULL;
    CHECK(quoth_terms_new(NULL, &terms) == QUOTH_OK &&
          quoth_terms_add(terms, term, none, none, NULL) == QUOTH_OK &&
          quoth_terms_build(terms) == QUOTH_OK);
    quoth_finder finder = {.terms = terms, .rule = "mine", .label = QUOTH_LABEL_OWN};
    quoth_knowledge knowledge = {.finders = &finder, .finder_count = 1};
    quoth_options options = {.knowledge = &knowledge};
    reading r = reading_open_with(text, &options);
    quoth_trace *trace = NULL;
    quoth_doc *doc = NULL;
    if (!CHECK(quoth_trace_new(r.pipeline, &trace, NULL) == QUOTH_OK))
        exit(1);
    quoth_scratch_watch(r.scratch, trace);
    CHECK(quoth_read(r.pipeline, r.scratch, quoth_utf8(text, sizeof text - 1), 0, &doc, NULL) ==
          QUOTH_OK);
    quoth_scratch_watch(r.scratch, NULL);
    CHECK(fingerprint(doc) == fingerprint(r.doc));
    CHECK(count_of(trace, QUOTH_TRY_FIND, "Acme Corp.") == 1);
    CHECK(count_of(trace, QUOTH_TRY_WORDS, "Acme Corp.") == 1);
    CHECK(count_of(trace, QUOTH_TRY_AMOUNT, "Monday") == 1);
    CHECK(count_of(trace, QUOTH_TRY_CREDIT, "\"The harbour is closed,\"") == 1);
    CHECK(count_of(trace, QUOTH_TRY_CREDIT, "\"quiet\"") == 1);
    /* There is no model, and nothing is looked at that reading does not look at. */
    CHECK(count_of(trace, QUOTH_TRY_TAGGED, NULL) + count_of(trace, QUOTH_TRY_SOURCE, NULL) +
              count_of(trace, QUOTH_TRY_CUE, NULL) ==
          0);
    /* What is read when it does not watch any more is not in it. */
    quoth_doc *other = NULL;
    CHECK(quoth_read(r.pipeline, r.scratch, quoth_utf8("Monday.", 7), 0, &other, NULL) == QUOTH_OK);
    CHECK(count_of(trace, QUOTH_TRY_AMOUNT, NULL) == 1);
    quoth_doc_free(other);
    quoth_trace_free(trace);
    quoth_doc_free(doc);
    reading_close(&r);
    quoth_terms_free(terms);
}

/* Quotes that are found again after an edit are told of once. */
static void test_again(void)
{
    reading r = reading_open("x");
    quoth_trace *trace = NULL;
    quoth_doc *doc = NULL;
    quoth_input in = quoth_utf8(text, sizeof text - 1);
    if (!CHECK(quoth_trace_new(r.pipeline, &trace, NULL) == QUOTH_OK))
        exit(1);
    quoth_scratch_watch(r.scratch, trace);
    CHECK(quoth_read(r.pipeline, r.scratch, in, 0, &doc, NULL) == QUOTH_OK);
    size_t words = count_of(trace, QUOTH_TRY_WORDS, NULL);
    CHECK(words > 0 && count_of(trace, QUOTH_TRY_CREDIT, NULL) == 2);
    quoth_mention_edit edit = {.mention = 0, .reject = true, .rule = "none"};
    CHECK(quoth_doc_edit_mentions(doc, &edit, 1) == QUOTH_OK);
    CHECK(quoth_read_on(r.pipeline, r.scratch, doc, QUOTH_STAGE_ATTRIBUTION, NULL) == QUOTH_OK);
    CHECK(count_of(trace, QUOTH_TRY_CREDIT, NULL) == 2);
    CHECK(count_of(trace, QUOTH_TRY_WORDS, NULL) == words);
    quoth_scratch_watch(r.scratch, NULL);
    quoth_trace_free(trace);
    quoth_doc_free(doc);
    reading_close(&r);
}

int main(void)
{
    test_watched();
    test_again();
    return check_report("tried");
}
