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

static block larger(block a, block b)
{
    block more = a > b;
    return (a & more) | (b & ~more);
}

static block all(int16_t x)
{
    return (block){x, x, x, x, x, x, x, x};
}

/* One token: from the best scores that end in each tag before it to those at it. */
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
    units += load(scores);
    begins += load(scores + QT_TAG_BEGIN);
    lasts += load(scores + QT_TAG_LAST);
    insides += load(scores + QT_TAG_INSIDE);
    begins[QT_KINDS] = lasts[QT_KINDS] = insides[QT_KINDS] = LEAST; /* the holes */
    int16_t most[8], best = LEAST;
    store(most, larger(larger(units, begins), larger(lasts, insides)));
    for (int i = 0; i < 7; i++)
        best = most[i] > best ? most[i] : best;
    best = best > most[7] ? best : most[7];
    store(out, larger(units - all(best), all(LEAST)));
    store(out + QT_TAG_BEGIN, larger(begins - all(best), all(LEAST)));
    store(out + QT_TAG_LAST, larger(lasts - all(best), all(LEAST)));
    store(out + QT_TAG_INSIDE, larger(insides - all(best), all(LEAST)));
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
    qt_tag_scores best[QT_SEGMENT_MAX + 1];
    for (uint32_t t = 0; t < QT_TAG_ROOM; t++)
        best[0][t] = t == QT_TAG_OUTSIDE ? 0 : LEAST;
    for (uint32_t i = 0; i < count; i++) {
        step(moves, best[i], scores[i], best[i + 1]);
        for (uint32_t t = QT_TAG_LAST; i == 0 && t < QT_TAG_ROOM; t++)
            best[1][t] = LEAST; /* nothing goes on at the first token */
    }
    uint32_t tag = tag_before(moves, best[count], QT_TAG_OUTSIDE);
    for (uint32_t i = count; i-- > 0;) {
        tags[i] = (uint8_t)tag;
        tag = tag_before(moves, best[i], tag);
    }
}
