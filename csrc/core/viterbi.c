#include "viterbi.h"

#include <string.h>

typedef int16_t block __attribute__((vector_size(16)));

enum { UNITS, BEGINS, LASTS, INSIDES };
/* Moves are within a third of what scores are, so that of two tags that may be, one is at most
 * 16000 behind: a tag that can't be, which has that, never wins. */
enum { LEAST = -16000, MOVE_MOST = QT_SCORE_MOST / 3 };

static int16_t bounded(int16_t score)
{
    return (int16_t)(score < -MOVE_MOST ? -MOVE_MOST : score > MOVE_MOST ? MOVE_MOST : score);
}

/* The tag of the i-th closed state: outside and the units, then the lasts. */
static uint32_t closed_tag(uint32_t i)
{
    return i < 8 ? i : QT_TAG_LAST + i - 8;
}

void qt_moves_read(const int16_t (*moves)[QT_TAG_ROOM], qt_moves *out)
{
    memset(out, 0, sizeof *out);
    for (uint32_t i = 0; i < 16; i++)
        for (uint32_t t = 0; t < QT_TAG_ROOM; t++)
            out->after[i][t] = bounded(moves[closed_tag(i)][t]);
    for (uint32_t k = 0; k < QT_KINDS; k++) {
        out->goes_on[0][k] = bounded(moves[QT_TAG_BEGIN + k][QT_TAG_LAST + k]);
        out->goes_on[1][k] = bounded(moves[QT_TAG_INSIDE + k][QT_TAG_LAST + k]);
        out->goes_on[2][k] = bounded(moves[QT_TAG_BEGIN + k][QT_TAG_INSIDE + k]);
        out->goes_on[3][k] = bounded(moves[QT_TAG_INSIDE + k][QT_TAG_INSIDE + k]);
    }
}

int32_t qt_moves_of(const qt_moves *self, uint32_t from, uint32_t to)
{
    if (qt_tag_is_closed(from))
        return self->after[from < QT_TAG_BEGIN ? from : from - QT_TAG_LAST + QT_TAG_BEGIN][to];
    uint32_t pair = to < QT_TAG_INSIDE ? 0 : 2;
    return self->goes_on[pair + (from < QT_TAG_LAST ? 0 : 1)][from & 7];
}

static block load(const int16_t *from)
{
    block b;
    memcpy(&b, from, sizeof b);
    return b;
}

static void store(int16_t *to, block b)
{
    memcpy(to, &b, sizeof b);
}

/* A loop, which compilers make one instruction of; not so of masks. */
static inline block larger(block a, block b)
{
    for (int i = 0; i < 8; i++)
        a[i] = a[i] > b[i] ? a[i] : b[i];
    return a;
}

static block all(int16_t x)
{
    return (block){x, x, x, x, x, x, x, x};
}

/* The blocks of a token's best scores, brought near zero; the holes and what can't be are LEAST. */
static inline void settle(block units, block begins, block lasts, block insides, int16_t *out)
{
    int16_t most[8], best = LEAST;
    begins[QT_KINDS] = lasts[QT_KINDS] = insides[QT_KINDS] = LEAST;
    store(most, larger(larger(units, begins), larger(lasts, insides)));
    for (int i = 0; i < 8; i++)
        best = most[i] > best ? most[i] : best;
    store(out, larger(units - all(best), all(LEAST)));
    store(out + QT_TAG_BEGIN, larger(begins - all(best), all(LEAST)));
    store(out + QT_TAG_LAST, larger(lasts - all(best), all(LEAST)));
    store(out + QT_TAG_INSIDE, larger(insides - all(best), all(LEAST)));
}

/* The first token: it is after one outside of names, and nothing goes on at it. */
static void start(const qt_moves *moves, const int16_t *scores, int16_t *out)
{
    block units = load(moves->after[QT_TAG_OUTSIDE]) + load(scores);
    block begins = load(moves->after[QT_TAG_OUTSIDE] + QT_TAG_BEGIN) + load(scores + QT_TAG_BEGIN);
    settle(units, begins, all(LEAST), all(LEAST), out);
}

/* Another token: from the best scores that end in each tag before it to those at it. */
static void step(const qt_moves *moves, const int16_t *before, const int16_t *scores, int16_t *out)
{
    block units = all(LEAST), begins = all(LEAST);
    for (uint32_t i = 0; i < 15; i++) {
        block from = all(before[closed_tag(i)]);
        units = larger(units, from + load(moves->after[i]));
        begins = larger(begins, from + load(moves->after[i] + QT_TAG_BEGIN));
    }
    block begun = load(before + QT_TAG_BEGIN), inside = load(before + QT_TAG_INSIDE);
    block lasts = larger(begun + load(moves->goes_on[0]), inside + load(moves->goes_on[1]));
    block insides = larger(begun + load(moves->goes_on[2]), inside + load(moves->goes_on[3]));
    settle(units + load(scores), begins + load(scores + QT_TAG_BEGIN),
           lasts + load(scores + QT_TAG_LAST), insides + load(scores + QT_TAG_INSIDE), out);
}

/* The tag before tag, given the best scores that end in each. */
static uint32_t tag_before(const qt_moves *moves, const int16_t *before, uint32_t tag)
{
    if (tag >= QT_TAG_LAST) {
        uint32_t k = tag & 7, pair = tag < QT_TAG_INSIDE ? 0 : 2;
        int begun = before[QT_TAG_BEGIN + k] + moves->goes_on[pair][k];
        int inside = before[QT_TAG_INSIDE + k] + moves->goes_on[pair + 1][k];
        return (begun >= inside ? QT_TAG_BEGIN : QT_TAG_INSIDE) + k;
    }
    uint32_t found = 0;
    int most = INT32_MIN;
    for (uint32_t i = 0; i < 15; i++) {
        int score = before[closed_tag(i)] + moves->after[i][tag];
        if (score > most) {
            most = score;
            found = closed_tag(i);
        }
    }
    return found;
}

void qt_viterbi(const qt_moves *moves, const qt_tag_scores *scores, uint32_t count, uint8_t *tags)
{
    qt_tag_scores best[QT_SEGMENT_MAX];
    if (!count)
        return;
    start(moves, scores[0], best[0]);
    for (uint32_t i = 1; i < count; i++)
        step(moves, best[i - 1], scores[i], best[i]);
    uint32_t tag = tag_before(moves, best[count - 1], QT_TAG_OUTSIDE);
    for (uint32_t i = count; i-- > 1;) {
        tags[i] = (uint8_t)tag;
        tag = tag_before(moves, best[i - 1], tag);
    }
    tags[0] = (uint8_t)tag;
}
