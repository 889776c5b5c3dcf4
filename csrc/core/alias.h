/* alias.h - a table from the forms of names to the few groups that each may stand for.
 *
 * In: 64-bit keys of a kind. Out: the groups that were added to a key, the first QT_ALIAS_MAX of
 * them. Ownership: a temporary arena. At most capacity different keys may be looked up. Errors:
 * QUOTH_ERROR_MEMORY at the start only. Constant time.
 */
#ifndef QT_ALIAS_H
#define QT_ALIAS_H

#include "arena.h"

enum { QT_ALIAS_MAX = 5 };

typedef struct qt_alias {
    uint64_t key; /* 0: free */
    uint32_t items[QT_ALIAS_MAX];
    uint32_t count;
} qt_alias;

typedef struct qt_aliases {
    qt_alias *slots;
    uint32_t mask;
} qt_aliases;

QUOTH_MUST_USE quoth_status qt_aliases_init(qt_aliases *self, qt_arena *arena, uint64_t capacity);

/* The entry of a key, empty if it is new. */
qt_alias *qt_alias_find(const qt_aliases *self, uint64_t key, int kind);
/* Adds a group that is not there yet; forgotten when the entry is full. */
void qt_alias_add(qt_alias *self, uint32_t group);

#endif
