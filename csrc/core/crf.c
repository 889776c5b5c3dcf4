#include "crf.h"

#include <math.h>
#include <string.h>

bool qt_crf_may_follow(uint32_t before, uint32_t after)
{
    if (!qt_tag_is(before) || !qt_tag_is(after))
        return false;
    if (qt_tag_is_closed(before))
        return after < QT_TAG_LAST;
    return after >= QT_TAG_LAST && qt_tag_kind(before) == qt_tag_kind(after);
}

void qt_crf_refresh(qt_crf *self)
{
    for (uint32_t a = 0; a < QT_TAG_ROOM; a++)
        for (uint32_t b = 0; b < QT_TAG_ROOM; b++)
            self->factors[a][b] = qt_crf_may_follow(a, b) ? expf(self->moves[a][b]) : 0.0F;
}

static float sum_of(const float *row)
{
    float sum = 0;
    for (int t = 0; t < QT_TAG_ROOM; t++)
        sum += row[t];
    return sum;
}

static void scale(float *row, float by)
{
    for (int t = 0; t < QT_TAG_ROOM; t++)
        row[t] *= by;
}

static void mask_out(float *row, uint32_t allowed)
{
    for (int t = 0; t < QT_TAG_ROOM; t++)
        if (!(allowed >> t & 1))
            row[t] = 0;
}

/* Forward; alpha[i] is scaled to 1 and norm[i] is what it was. Returns the log of the whole, or
 * infinity when it is nothing. */
static float forward(qt_crf *self, const uint32_t *allowed, uint32_t count, float *norm)
{
    double total = 0;
    for (uint32_t i = 0; i < count; i++) {
        float *row = self->alpha[i];
        memset(row, 0, sizeof self->alpha[i]);
        for (uint32_t before = 0; before < (i ? QT_TAG_ROOM : 1); before++) {
            float from = i ? self->alpha[i - 1][before] : 1.0F;
            const float *factors = self->factors[before];
            if (from > 0)
                for (int t = 0; t < QT_TAG_ROOM; t++)
                    row[t] += from * factors[t];
        }
        for (int t = 0; t < QT_TAG_ROOM; t++)
            row[t] *= self->exp_emit[i][t];
        if (allowed)
            mask_out(row, allowed[i]);
        norm[i] = sum_of(row);
        if (!(norm[i] > 0))
            return INFINITY;
        scale(row, 1.0F / norm[i]);
        total += log((double)norm[i]);
    }
    float end = 0;
    for (uint32_t t = 0; t < QT_TAG_ROOM; t++)
        end += self->alpha[count - 1][t] * self->factors[t][QT_TAG_OUTSIDE];
    norm[count] = end;
    return end > 0 ? (float)(total + log((double)end)) : INFINITY;
}

/* Backward with the norms of forward, so that alpha * beta is a probability; adds sign times the
 * expected counts. */
static void backward(qt_crf *self, const uint32_t *allowed, uint32_t count, const float *norm,
                     float sign)
{
    for (int t = 0; t < QT_TAG_ROOM; t++) {
        self->beta[count - 1][t] = self->factors[t][QT_TAG_OUTSIDE] / norm[count];
        self->move_gradient[t][QT_TAG_OUTSIDE] +=
            sign * self->alpha[count - 1][t] * self->beta[count - 1][t];
    }
    for (uint32_t i = count; i-- > 0;) {
        qt_crf_row next;
        for (int t = 0; t < QT_TAG_ROOM; t++) {
            self->gradient[i][t] += sign * self->alpha[i][t] * self->beta[i][t];
            next[t] = self->beta[i][t] * self->exp_emit[i][t] / norm[i];
        }
        if (allowed)
            mask_out(next, allowed[i]);
        if (i == 0) {
            for (int t = 0; t < QT_TAG_ROOM; t++)
                self->move_gradient[QT_TAG_OUTSIDE][t] +=
                    sign * self->factors[QT_TAG_OUTSIDE][t] * next[t];
            break;
        }
        for (uint32_t before = 0; before < QT_TAG_ROOM; before++) {
            float from = self->alpha[i - 1][before], sum = 0;
            const float *factors = self->factors[before];
            float *gradient = self->move_gradient[before];
            for (int t = 0; t < QT_TAG_ROOM; t++) {
                float flow = factors[t] * next[t];
                sum += flow;
                gradient[t] += sign * from * flow;
            }
            self->beta[i - 1][before] = sum;
        }
    }
}

float qt_crf_gradient(qt_crf *self, const uint32_t *allowed, uint32_t count)
{
    float norm[QT_SEGMENT_MAX + 1], likelihood;
    memset(self->move_gradient, 0, sizeof self->move_gradient);
    for (uint32_t i = 0; i < count; i++) {
        float most = self->emit[i][0];
        for (uint32_t t = 1; t < QT_TAG_ROOM; t++)
            most = qt_tag_is(t) && self->emit[i][t] > most ? self->emit[i][t] : most;
        for (uint32_t t = 0; t < QT_TAG_ROOM; t++)
            self->exp_emit[i][t] = qt_tag_is(t) ? expf(self->emit[i][t] - most) : 0.0F;
        memset(self->gradient[i], 0, sizeof self->gradient[i]);
    }
    likelihood = forward(self, allowed, count, norm);
    if (isinf(likelihood))
        return 1.0F;
    backward(self, allowed, count, norm, 1.0F);
    likelihood -= forward(self, NULL, count, norm);
    backward(self, NULL, count, norm, -1.0F);
    return likelihood > 0 ? 0 : likelihood;
}
