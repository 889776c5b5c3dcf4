#define QT_WORD_SET_TABLES /* the one file that holds them */
#include "word_set.h"

bool qt_set_has(qt_set set, uint64_t key)
{
    const uint64_t *keys = sets[set].keys;
    size_t low = 0, high = sets[set].count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (keys[middle] < key)
            low = middle + 1;
        else
            high = middle;
    }
    return low < sets[set].count && keys[low] == key;
}

/* The first of sorted pairs that is not before one. */
static size_t lower_bound(const qt_word_pair *pairs, size_t count, qt_word_pair one)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        const qt_word_pair *p = &pairs[middle];
        if (p->word < one.word || (p->word == one.word && p->other < one.other))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool qt_set_nicknames(uint64_t one, uint64_t other)
{
    size_t count = sizeof nicknames / sizeof *nicknames;
    size_t at = lower_bound(nicknames, count, (qt_word_pair){one, other});
    return at < count && nicknames[at].word == one && nicknames[at].other == other;
}

const qt_word_pair *qt_set_called(uint64_t title, uint32_t *count)
{
    size_t all = sizeof called / sizeof *called;
    size_t first = lower_bound(called, all, (qt_word_pair){title, 0}), end = first;
    while (end < all && called[end].word == title)
        end++;
    *count = (uint32_t)(end - first);
    return called + first;
}
