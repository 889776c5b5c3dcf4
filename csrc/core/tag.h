/* tag.h - the labels that the tagger gives to tokens: kinds of names, and where in a name.
 *
 * A tag is outside of names, or a kind together with a place: the only token of a name (unit), its
 * first (begin), its last, or another one (inside); that is the BILOU scheme of Ratinov and Roth,
 * "Design Challenges and Misconceptions in Named Entity Recognition", 2009. Each place has a block
 * of eight tags, so that a vector of eight numbers holds one block; outside is the first tag of the
 * block of units. Constant data.
 */
#ifndef QT_TAG_H
#define QT_TAG_H

#include "quoth.h"

/* Kinds of names that training data tell apart; the labels within one are told apart by rules. */
enum {
    QT_KIND_PERSON = 0,
    QT_KIND_ORG,
    QT_KIND_PLACE, /* GPE and LOC */
    QT_KIND_FAC,
    QT_KIND_NORP,
    QT_KIND_MISC, /* EVENT, WORK_OF_ART, LAW, LANGUAGE */
    QT_KIND_PRODUCT,
    QT_KINDS,
};

enum {
    QT_TAG_OUTSIDE = 0,
    QT_TAG_UNIT = 1,
    QT_TAG_BEGIN = 8, /* from here on with a hole at the end of each block */
    QT_TAG_LAST = 16,
    QT_TAG_INSIDE = 24,
    QT_TAG_ROOM = 32, /* of an array with one number for each tag */
};

/* Whether there is such a tag. */
static inline bool qt_tag_is(uint32_t tag)
{
    return tag < QT_TAG_BEGIN || (tag < QT_TAG_ROOM && (tag & 7) < QT_KINDS);
}

/* The kind of a tag that is not outside. */
static inline uint32_t qt_tag_kind(uint32_t tag)
{
    return tag < QT_TAG_BEGIN ? tag - 1 : tag & 7;
}

/* Whether no name is open after the tag. */
static inline bool qt_tag_is_closed(uint32_t tag)
{
    return !(tag & 8);
}

#endif
