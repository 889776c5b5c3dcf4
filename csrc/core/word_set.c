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

bool qt_set_nicknames(uint64_t one, uint64_t other)
{
    size_t low = 0, count = sizeof nicknames / sizeof *nicknames, high = count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (nicknames[middle].name < one ||
            (nicknames[middle].name == one && nicknames[middle].other < other))
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && nicknames[low].name == one && nicknames[low].other == other;
}
