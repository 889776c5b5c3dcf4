/* alias.h - a table from the forms of names to the few groups that each may stand for.
 *
 * In: 64-bit keys of a kind. Out: the groups that were added to a key, the first QT_ALIAS_MAX of
 * them. Ownership: a temporary arena. Errors: what finds no memory is kept in .status, for the
 * caller to look at when all is added. Constant time; the table grows with what is added.
 */
#ifndef QT_ALIAS_H
#define QT_ALIAS_H

#include "arena.h"

enum { QT_ALIAS_MAX = 6 };

typedef struct qt_alias {
    uint64_t key; /* 0: free */
    uint32_t items[QT_ALIAS_MAX];
    uint32_t count;
} qt_alias;

typedef struct qt_aliases {
    qt_arena *arena;
    qt_alias *slots; /* open addressing */
    uint32_t mask, used;
    quoth_status status;
} qt_aliases;

QUOTH_MUST_USE quoth_status qt_aliases_init(qt_aliases *self, qt_arena *arena);

/* The entry of a key; one without groups if there is none. Valid until something is added. */
const qt_alias *qt_alias_find(const qt_aliases *self, uint64_t key, int kind);
/* Adds a group that is not there yet; forgotten when the entry is full. */
void qt_alias_add(qt_aliases *self, uint64_t key, int kind, uint32_t group);

#endif
