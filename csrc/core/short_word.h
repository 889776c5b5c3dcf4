/* short_word.h - words of a few ASCII letters in one machine word, and sets of them that answer
 * "surely not" without a look-up.
 *
 * In: the eight bytes before or from an offset. Out: the letters of the word there, folded to lower
 * case, as a number: of a word of eight letters or more the seven that are nearest to the offset; 0
 * when it has fewer than two. A set is a bit table
 * (a Bloom filter with one hash function; Bloom, 1970): what it denies is not in the list that it
 * was made of, what it affirms has to be looked up. The tables are made by gen_tables.py, which
 * has to agree with qt_short_hash(). A dozen instructions, no branch on the letters.
 */
#ifndef QT_SHORT_WORD_H
#define QT_SHORT_WORD_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

enum { QT_SHORT_MAX = 7 };

/* The eight bytes at bytes; the first is the least significant. */
static inline uint64_t qt_load_eight(const uint8_t *bytes)
{
    uint64_t out;
    memcpy(&out, bytes, sizeof out);
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    out = __builtin_bswap64(out);
#endif
    return out;
}

/* The top bit of every byte that is no ASCII letter. */
static inline uint64_t qt_not_letters(uint64_t eight)
{
    const uint64_t each = UINT64_C(0x0101010101010101);
    uint64_t low = (eight | 0x20 * each) & 0x7F * each;
    uint64_t from_a = low + (0x80 - 'a') * each, above_z = low + (0x7F - 'z') * each;
    return (~(from_a & ~above_z) | eight) & 0x80 * each;
}

/* The letters of the word that the eight bytes end with; *length is their number, 8 if all are. */
static inline uint64_t qt_short_word_before(uint64_t eight, uint32_t *length)
{
    uint64_t others = qt_not_letters(eight);
    *length = others ? (uint32_t)__builtin_clzll(others) / 8 : 8;
    uint32_t kept = *length < QT_SHORT_MAX ? *length : QT_SHORT_MAX;
    return kept < 2 ? 0 : (eight | UINT64_C(0x2020202020202020)) >> (64 - 8 * kept);
}

/* The letters of the word that the eight bytes start with; the same. */
static inline uint64_t qt_short_word_at(uint64_t eight, uint32_t *length)
{
    uint64_t others = qt_not_letters(eight);
    *length = others ? (uint32_t)__builtin_ctzll(others) / 8 : 8;
    uint32_t kept = *length < QT_SHORT_MAX ? *length : QT_SHORT_MAX;
    uint64_t mask = (UINT64_C(1) << 8 * kept) - 1;
    return kept < 2 ? 0 : (eight | UINT64_C(0x2020202020202020)) & mask;
}

/* The bit of a word in a set of 2^bits bits (Fibonacci hashing; Knuth, TAOCP 3, 6.4). */
static inline uint32_t qt_short_hash(uint64_t word, unsigned bits)
{
    return (uint32_t)(word * UINT64_C(0x9E3779B97F4A7C15) >> (64 - bits));
}

static inline bool qt_short_set_has(const uint64_t *set, unsigned bits, uint64_t word)
{
    uint32_t at = qt_short_hash(word, bits);
    return set[at / 64] >> (at & 63) & 1;
}

/* Whether a word of QT_SHORT_MAX letters or less is in a table of 2^bits words, of which many are 0:
 * an open hash table with linear probing. */
static inline bool qt_short_table_has(const uint64_t *table, unsigned bits, uint64_t word)
{
    uint32_t at = qt_short_hash(word, bits), mask = (1u << bits) - 1;
    while (table[at] && table[at] != word)
        at = (at + 1) & mask;
    return table[at] != 0;
}

#endif
