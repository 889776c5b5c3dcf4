/* arena.h - memory that is freed all at once, and the growing arrays that live in it.
 *
 * In: sizes in bytes. Out: blocks, zero-filled but where the function says otherwise, aligned for any
 * type, that stay where they are until qt_arena_free() or qt_arena_reset(); arrays move when they
 * grow. Ownership: the arena owns every block that it hands out. Errors: NULL when the allocator has
 * no more; the arena is still usable and freeable then. Complexity: amortised constant per
 * allocation, beside the zero fill. A large array grows by the allocator's resize(), which need not
 * copy it, and memory behind its last item is not touched.
 */
#ifndef QT_ARENA_H
#define QT_ARENA_H

#include "quoth.h"

#include <string.h>

typedef struct qt_block qt_block;

typedef struct qt_arena {
    quoth_allocator allocator;
    qt_block *block; /* the newest block, linked to the older ones; NULL: none yet */
    qt_block *own;   /* blocks of one large array each, linked */
} qt_arena;

void qt_arena_init(qt_arena *self, const quoth_allocator *allocator);
void qt_arena_free(qt_arena *self);
/* Forgets all that was handed out, keeping the largest block for what comes next unless it is of
 * several megabytes. */
void qt_arena_reset(qt_arena *self);
QUOTH_MUST_USE void *qt_arena_alloc(qt_arena *self, size_t size);
/* The same, not zero-filled: for what is written all over at once. */
QUOTH_MUST_USE void *qt_arena_alloc_raw(qt_arena *self, size_t size);

/* A growing array of T in an arena. Zero-initialised, it is empty. A push may move the items: no
 * pointer to one outlasts it. After a failed push items is NULL and only the arena may be used
 * again: the whole document is given up then. */
#define QT_ARRAY(T)                                                                                \
    struct {                                                                                       \
        T *items;                                                                                  \
        uint32_t count, capacity;                                                                  \
    }

/* Pointer to a new item at the end of *array, zero-filled; NULL when out of memory. Evaluates its
 * arguments several times. */
#define qt_push(arena, array)                                                                      \
    (((array)->count < (array)->capacity ||                                                        \
      ((array)->items = qt_array_grow((arena), (array)->items, (array)->count, &(array)->capacity, \
                                      sizeof *(array)->items)) != NULL)                            \
         ? (memset(&(array)->items[(array)->count], 0, sizeof *(array)->items),                    \
            &(array)->items[(array)->count++])                                                     \
         : NULL)

/* The body of qt_push(): room for at least one more item; the new place of all items, or NULL. */
QUOTH_MUST_USE void *qt_array_grow(qt_arena *arena, void *items, uint32_t count, uint32_t *capacity,
                                   size_t item_size);

/* The C library's allocator. */
extern const quoth_allocator qt_allocator_default;

#endif
