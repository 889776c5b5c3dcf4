/* test_fit.c - training: weights that tell right candidates, and examples that are refused. */
#include "quoth.h"

#include "check.h"

enum { CHOICES = 8, BITS = 8 };

/* Two candidates for each choice; feature 1 << 24 is in the right one, 2 << 24 in the other. */
static quoth_examples make(uint32_t *choices, uint32_t *candidates, uint8_t *right,
                           uint32_t *features)
{
    for (uint32_t i = 0; i < CHOICES; i++) {
        choices[i] = 2 * i + 2;
        for (uint32_t k = 0; k < 2; k++) {
            candidates[2 * i + k] = 2 * i + k + 1;
            right[2 * i + k] = k == i % 2;
            features[2 * i + k] = (k == i % 2 ? 1u : 2u) << 24;
        }
    }
    quoth_examples out = {choices, CHOICES, candidates, right, 2 * CHOICES, features, 2 * CHOICES};
    return out;
}

static const char text[] = "Anna Keller argued that the port was closed. \"It is old,\" she said.";

/* One trace; whether memory was the only thing that failed. */
static quoth_status trace_once(const quoth_allocator *allocator)
{
    quoth_options options = {.allocator = allocator};
    quoth_pipeline *pipeline = NULL;
    quoth_scratch *scratch = NULL;
    quoth_trace *trace = NULL;
    quoth_status status = quoth_pipeline_new(&options, &pipeline, NULL);
    if (status == QUOTH_OK)
        status = quoth_scratch_new(pipeline, &scratch);
    if (status == QUOTH_OK)
        status =
            quoth_trace_read(pipeline, scratch, quoth_utf8(text, sizeof text - 1), &trace, NULL);
    size_t choices = 0;
    if (status == QUOTH_OK) {
        const quoth_choice *choice = quoth_trace_choices(trace, &choices);
        CHECK(choices > 1 && choice[0].candidate_count > 2);
    }
    quoth_trace_free(trace);
    quoth_scratch_free(scratch);
    quoth_pipeline_free(pipeline);
    return status;
}

static void test_trace_without_memory(void)
{
    CHECK(trace_once(NULL) == QUOTH_OK);
    quoth_status status = QUOTH_ERROR_MEMORY;
    for (size_t fail_at = 1; status == QUOTH_ERROR_MEMORY && fail_at < 5000; fail_at++) {
        check_memory memory = {.fail_at = fail_at};
        quoth_allocator allocator = {check_resize, check_release, &memory};
        status = trace_once(&allocator);
        CHECK(memory.held == 0);
    }
    CHECK(status == QUOTH_OK);
}

static void test_fit(void)
{
    uint32_t choices[CHOICES], candidates[2 * CHOICES], features[2 * CHOICES];
    uint8_t right[2 * CHOICES];
    quoth_examples examples = make(choices, candidates, right, features);
    quoth_fit_options options = {BITS, 4, 1, 0.1f, 0.001f};
    int8_t weights[1 << BITS], again[1 << BITS];
    float scale = 0;
    double loss = 9;
    CHECK(quoth_fit(&examples, &options, weights, &scale, &loss) == QUOTH_OK);
    CHECK(weights[1] > 0);
    CHECK(weights[2] < 0);
    CHECK(weights[3] == 0);
    CHECK(scale > 0);
    CHECK(loss < 0.69);
    CHECK(quoth_fit(&examples, &options, again, &scale, &loss) == QUOTH_OK);
    bool same = true;
    for (int i = 0; i < 1 << BITS; i++)
        same &= weights[i] == again[i];
    CHECK(same);
    candidates[3] = 1; /* before the end of the one before */
    CHECK(quoth_fit(&examples, &options, weights, &scale, &loss) == QUOTH_ERROR_ARGUMENT);
    candidates[3] = 4;
    options.bits = 25;
    CHECK(quoth_fit(&examples, &options, weights, &scale, &loss) == QUOTH_ERROR_ARGUMENT);
}

int main(void)
{
    test_fit();
    test_trace_without_memory();
    return check_report("fit");
}
