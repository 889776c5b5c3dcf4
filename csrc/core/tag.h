/* tag.h - the labels that the tagger gives to tokens: kinds of names, and where in a name.
 *
 * A tag is one of QT_TAGS: outside of names, or a kind together with a place: the only token of a
 * name (unit), its last, its first (begin) or another one (inside); that is the BILOU scheme of
 * Ratinov and Roth, "Design Challenges and Misconceptions in Named Entity Recognition", 2009. Tags
 * are numbered so that those after which a name is over come first. Constant data.
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
    QT_TAG_LAST = QT_TAG_UNIT + QT_KINDS,
    QT_TAG_BEGIN = QT_TAG_LAST + QT_KINDS,
    QT_TAG_INSIDE = QT_TAG_BEGIN + QT_KINDS,
    QT_TAGS = QT_TAG_INSIDE + QT_KINDS, /* 29 */
    QT_TAG_CLOSED = QT_TAG_BEGIN,       /* tags below this leave no name open */
    QT_TAG_ROOM = 32,                   /* of an array with one number for each tag */
};

/* The kind of a tag that is not outside. */
static inline uint32_t qt_tag_kind(uint32_t tag)
{
    return (tag - 1) % QT_KINDS;
}

#endif
