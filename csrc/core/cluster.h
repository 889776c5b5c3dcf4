/* cluster.h - the cluster of a word: which words stand where it stands, learnt from plain text.
 *
 * In: the section "entity.clusters" of a model: slots of 32 bits, a power of two of them, with the
 * low QT_CLUSTER_BITS bits the path of the word in the tree of clusters (Brown et al., "Class-Based
 * n-gram Models of Natural Language", 1992; the first step in the lowest bit) and the rest a
 * fingerprint of the word; 0 is free. A word is its folded key together with its case. Out: the
 * path, 0 for none. One word in some thousands that have no cluster gets that of another one.
 * Constant time; cannot fail.
 */
#ifndef QT_CLUSTER_H
#define QT_CLUSTER_H

#include "token.h"

enum { QT_CLUSTER_BITS = 18, QT_CLUSTER_PROBES = 24 };

typedef struct qt_clusters {
    const uint32_t *slots; /* NULL: none */
    uint32_t mask;
} qt_clusters;

/* The word of a token for the table: London, LONDON and london differ. */
static inline uint64_t qt_cluster_key(const qt_token *token)
{
    uint64_t form = token->shape & (QT_SHAPE_CAPITAL | QT_SHAPE_UPPER | QT_SHAPE_MIXED);
    return (token->key ^ form * UINT64_C(0x9E3779B97F4A7C15)) * UINT64_C(0xD6E8FEB86659FD93);
}

static inline void qt_cluster_prefetch(const qt_clusters *self, uint64_t key)
{
    if (self->slots)
        __builtin_prefetch(&self->slots[(uint32_t)(key >> 40) & self->mask]);
}

static inline uint32_t qt_cluster_of(const qt_clusters *self, uint64_t key)
{
    if (!self->slots)
        return 0;
    uint32_t slot = (uint32_t)(key >> 40) & self->mask;
    uint32_t print = (uint32_t)key >> QT_CLUSTER_BITS;
    for (int i = 0; i < QT_CLUSTER_PROBES && self->slots[slot]; i++, slot = (slot + 1) & self->mask)
        if (self->slots[slot] >> QT_CLUSTER_BITS == print)
            return self->slots[slot] & ((1u << QT_CLUSTER_BITS) - 1);
    return 0;
}

/* Adds a word to a table that is being made; false when it finds no room near its place. */
static inline bool qt_cluster_put(uint32_t *slots, uint32_t mask, uint64_t key, uint32_t path)
{
    uint32_t slot = (uint32_t)(key >> 40) & mask;
    uint32_t entry = (uint32_t)key >> QT_CLUSTER_BITS << QT_CLUSTER_BITS | path;
    for (int i = 0; i < QT_CLUSTER_PROBES; i++, slot = (slot + 1) & mask)
        if (!slots[slot]) {
            slots[slot] = entry;
            return true;
        }
    return false;
}

#endif
