/* tag_weights.h - what each hashed feature gives each tag, found without a search.
 *
 * In: the sections "entity.pilots" and "entity.rows" of a model. Out: the row of a key. Ownership:
 * borrows the model. Constant time, without a branch: no key shares its place with another one
 * (perfect hashing by buckets with pilots; Pibiri and Trani, "PTHash", 2021), so that the one row
 * that may be a key's is looked at. 24 bits of its key lie in the three numbers of a row that are of
 * no tag. A weight is stored with QT_WEIGHT_ZERO added.
 */
#ifndef QT_TAG_WEIGHTS_H
#define QT_TAG_WEIGHTS_H

#include "arena.h"
#include "tag.h"

enum {
    QT_WEIGHT_ZERO = 128,
    QT_WEIGHTS_ROOM = 9,  /* rows that are free in 128 */
    QT_WEIGHTS_LEAST = 4, /* and at all */
};

typedef uint8_t qt_weight_row[QT_TAG_ROOM];

typedef struct qt_weights {
    const uint16_t *pilots;
    const qt_weight_row *rows;
    uint32_t bucket_count, row_count; /* 0: the model has no tagger */
} qt_weights;

/* The only row that may be that of a key. */
static inline const uint8_t *qt_weights_place(const qt_weights *self, uint32_t key)
{
    uint32_t pilot = self->pilots[(uint64_t)key * self->bucket_count >> 32];
    uint32_t place = key * (UINT32_C(0x9E3779B1) + pilot * UINT32_C(0x3C6EF372));
    return self->rows[(uint64_t)place * self->row_count >> 32];
}

/* Whether a row is that of a key. A free row has key 0 and gives nothing. */
static inline bool qt_weights_match(const uint8_t *row, uint32_t key)
{
    uint32_t own = row[QT_TAG_LAST - 1] | (uint32_t)row[QT_TAG_INSIDE - 1] << 8 |
                   (uint32_t)row[QT_TAG_ROOM - 1] << 16;
    return own == (key & 0xFFFFFF);
}

/* Makes the table of count rows in an arena; keys[i], each another one, is the key of rows[i], whose
 * weights are as above. Errors: QUOTH_ERROR_MEMORY. Linear, as far as can be expected. */
QUOTH_MUST_USE quoth_status qt_weights_pack(const uint32_t *keys, const qt_weight_row *rows,
                                            uint32_t count, qt_arena *arena, qt_weights *out);

#endif
