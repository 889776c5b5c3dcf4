/* linear.h - linear models over hashed features: how the choices that rules cannot make are made.
 *
 * In: a model's weights and, for each candidate of a choice, its features, one call each. Out: the
 * candidate's sum of weights. A feature is a template and a value, hashed into a table of 8-bit
 * weights without keys ("feature hashing": Weinberger et al. 2009); features that collide share a
 * weight, in training as in use. The very same calls write down the features in training, where a
 * trace is given (trace.h). Nothing is allocated but by the trace. Complexity: constant per feature.
 */
#ifndef QT_LINEAR_H
#define QT_LINEAR_H

#include "trace.h"

#include <math.h>

typedef struct qt_linear {
    const int8_t *weights; /* 1 << bits of them; NULL: there is no model */
    uint32_t bits;         /* 1 to 24 */
    float scale;           /* a sum times this, plus the bias, is the logarithm of odds */
    float bias;
} qt_linear;

/* A candidate while it is looked at. */
typedef struct qt_sum {
    const qt_linear *model;
    qt_trace *trace; /* NULL but in training */
    int32_t sum;
} qt_sum;

static inline uint32_t qt_feature_hash(uint32_t template_, uint64_t value)
{
    uint64_t hash =
        (value ^ (uint64_t)template_ * UINT64_C(0xFF51AFD7ED558CCD)) * UINT64_C(0x9E3779B97F4A7C15);
    return (uint32_t)((hash ^ hash >> 29) * UINT64_C(0xBF58476D1CE4E5B9) >> 32);
}

/* The share that goes with log odds: 0 to 1. */
static inline float qt_share(float odds)
{
    return 1.0f / (1.0f + expf(-odds));
}

static inline float qt_sum_odds(const qt_sum *self)
{
    return (float)self->sum * self->model->scale + self->model->bias;
}

static inline void qt_feature(qt_sum *self, uint32_t template_, uint64_t value)
{
    uint32_t hash = qt_feature_hash(template_, value);
    if (self->model->weights)
        self->sum += self->model->weights[hash >> (32 - self->model->bits)];
    if (__builtin_expect(self->trace != NULL, 0))
        qt_trace_feature(self->trace, hash);
}

/* The best of several sums so far, and the second best. */
typedef struct qt_best {
    uint32_t index;
    int32_t highest, second;
} qt_best;

#define QT_BEST_NONE ((qt_best){0, INT32_MIN, INT32_MIN})

static inline void qt_best_offer(qt_best *self, uint32_t index, const qt_sum *sum)
{
    if (sum->sum > self->highest) {
        self->second = self->highest;
        self->highest = sum->sum;
        self->index = index;
    } else if (sum->sum > self->second) {
        self->second = sum->sum;
    }
}

/* By how much the best leads, in log odds; alone, where it has no rival. */
static inline float qt_best_margin(const qt_best *self, const qt_linear *model, float alone)
{
    return self->second == INT32_MIN ? alone : (float)(self->highest - self->second) * model->scale;
}

/* A number on a coarse scale, so that nearby ones share a feature. */
static inline uint32_t qt_bucket(uint32_t n)
{
    static const uint8_t small[] = {0, 1, 2, 3, 4, 5, 6, 6, 7, 7, 7, 8, 8, 8, 8, 8};
    return n < 16 ? small[n] : n < 24 ? 9 : n < 40 ? 10 : n < 80 ? 11 : 12;
}

/* Several small numbers as one value. */
static inline uint64_t qt_pack(uint64_t a, uint64_t b, uint64_t c, uint64_t d)
{
    return a | b << 12 | c << 24 | d << 36;
}

#endif
