#include "fit.h"

#include "arena.h"

#include <math.h>

/* Weights further out are cut, in log odds, so that 8 bits tell the others apart. */
static const float weight_most = 4.0f;

typedef struct fitter {
    const quoth_examples *examples;
    const quoth_fit_options *options;
    uint32_t *order; /* of the choices */
    double *odds;    /* of the candidates of one choice */
    float *weights, *squares, *averages;
    uint64_t state;
} fitter;

static uint64_t next_random(fitter *f)
{
    f->state = f->state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return f->state >> 33;
}

static void shuffle(fitter *f)
{
    for (size_t i = f->examples->choice_count; i > 1; i--) {
        size_t k = next_random(f) % i;
        uint32_t other = f->order[k];
        f->order[k] = f->order[i - 1];
        f->order[i - 1] = other;
    }
}

static uint32_t start_of(const uint32_t *ends, uint32_t i)
{
    return i > 0 ? ends[i - 1] : 0;
}

static double sum_of(const fitter *f, uint32_t candidate)
{
    double sum = 0;
    const quoth_examples *e = f->examples;
    for (uint32_t i = start_of(e->candidate_end, candidate); i < e->candidate_end[candidate]; i++)
        sum += f->weights[e->features[i] >> (32 - f->options->bits)];
    return sum;
}

static void step(fitter *f, uint32_t candidate, float slope)
{
    const quoth_examples *e = f->examples;
    for (uint32_t i = start_of(e->candidate_end, candidate); i < e->candidate_end[candidate]; i++) {
        uint32_t at = e->features[i] >> (32 - f->options->bits);
        float gradient = slope + f->options->decay * f->weights[at];
        f->squares[at] += gradient * gradient;
        f->weights[at] -= f->options->rate * gradient / sqrtf(f->squares[at] + 1e-8f);
    }
}

/* One choice; its loss. */
static double learn(fitter *f, uint32_t choice)
{
    const quoth_examples *e = f->examples;
    uint32_t first = start_of(e->choice_end, choice), end = e->choice_end[choice];
    double most = -1e30, all = 0, right = 0;
    for (uint32_t i = first; i < end; i++) {
        f->odds[i - first] = sum_of(f, i);
        most = f->odds[i - first] > most ? f->odds[i - first] : most;
    }
    for (uint32_t i = first; i < end; i++) {
        f->odds[i - first] = exp(f->odds[i - first] - most);
        all += f->odds[i - first];
        right += e->right[i] ? f->odds[i - first] : 0;
    }
    if (right <= 0)
        return 0;
    for (uint32_t i = first; i < end; i++) {
        double slope = f->odds[i - first] / all - (e->right[i] ? f->odds[i - first] / right : 0);
        if (fabs(slope) > 1e-6)
            step(f, i, (float)slope);
    }
    return log(all / right);
}

static bool indices_fit(const quoth_examples *e, const quoth_fit_options *options)
{
    if (options->bits < 1 || options->bits > 24 || options->epochs < 1)
        return false;
    uint32_t last = 0;
    for (size_t i = 0; i < e->choice_count; last = e->choice_end[i++])
        if (e->choice_end[i] < last || e->choice_end[i] > e->candidate_count)
            return false;
    last = 0;
    for (size_t i = 0; i < e->candidate_count; last = e->candidate_end[i++])
        if (e->candidate_end[i] < last || e->candidate_end[i] > e->feature_count)
            return false;
    return true;
}

static void quantise(const fitter *f, int8_t *weights, float *scale)
{
    size_t size = (size_t)1 << f->options->bits;
    uint32_t averaged = f->options->epochs - f->options->epochs / 2;
    float most = 0.0f, count = (float)averaged;
    for (size_t i = 0; i < size; i++) {
        f->averages[i] /= count;
        most = fabsf(f->averages[i]) > most ? fabsf(f->averages[i]) : most;
    }
    most = most > weight_most ? weight_most : most > 0 ? most : 1.0f;
    *scale = most / 127.0f;
    for (size_t i = 0; i < size; i++) {
        float x = f->averages[i] / *scale;
        x = x > 127.0f ? 127.0f : x < -127.0f ? -127.0f : x;
        weights[i] = (int8_t)(x < 0 ? x - 0.5f : x + 0.5f);
    }
}

static quoth_status make_room(fitter *f, qt_arena *arena)
{
    size_t size = (size_t)1 << f->options->bits, most = 0;
    const quoth_examples *e = f->examples;
    for (uint32_t i = 0; i < e->choice_count; i++) {
        size_t n = e->choice_end[i] - start_of(e->choice_end, i);
        most = n > most ? n : most;
    }
    f->order = qt_arena_alloc(arena, (e->choice_count + 1) * sizeof *f->order);
    f->odds = qt_arena_alloc(arena, (most + 1) * sizeof *f->odds);
    f->weights = qt_arena_alloc(arena, size * sizeof *f->weights);
    f->squares = qt_arena_alloc(arena, size * sizeof *f->squares);
    f->averages = qt_arena_alloc(arena, size * sizeof *f->averages);
    return f->order && f->odds && f->weights && f->squares && f->averages ? QUOTH_OK
                                                                          : QUOTH_ERROR_MEMORY;
}

quoth_status quoth_fit(const quoth_examples *examples, const quoth_fit_options *options,
                       int8_t *weights, float *scale, double *loss)
{
    if (!indices_fit(examples, options))
        return QUOTH_ERROR_ARGUMENT;
    fitter f = {.examples = examples, .options = options, .state = options->seed};
    qt_arena arena;
    qt_arena_init(&arena, &qt_allocator_default);
    quoth_status status = make_room(&f, &arena);
    size_t size = (size_t)1 << options->bits;
    for (uint32_t i = 0; status == QUOTH_OK && i < examples->choice_count; i++)
        f.order[i] = i;
    for (uint32_t epoch = 0; status == QUOTH_OK && epoch < options->epochs; epoch++) {
        double sum = 0;
        shuffle(&f);
        for (size_t i = 0; i < examples->choice_count; i++)
            sum += learn(&f, f.order[i]);
        *loss = examples->choice_count > 0 ? sum / (double)examples->choice_count : 0;
        for (size_t i = 0; epoch >= options->epochs / 2 && i < size; i++)
            f.averages[i] += f.weights[i];
    }
    if (status == QUOTH_OK)
        quantise(&f, weights, scale);
    qt_arena_free(&arena);
    return status;
}
