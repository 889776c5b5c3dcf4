/* linker.h - what the parts of the link stage share: the forms of mentions and the groups of forms
 * that are one entity.
 *
 * Reads: tokens, sentences, mentions. Out (link_group.h, link_choice.h, metonym.h): the group of
 * each mention. Ownership: the temporary arena of the scratch. Complexity: every mention looks up a
 * bounded number of keys, every key stands for a bounded number of groups.
 */
#ifndef QT_LINKER_H
#define QT_LINKER_H

#include "alias.h"
#include "document.h"
#include "person_name.h"

enum { QT_ROLES = 4 };

/* Groups are entities before they are put in the order of their first mention. */
typedef struct qt_group {
    uint32_t longest; /* mention with the longest form */
    uint32_t words;   /* of that form */
    uint32_t parent;  /* group that this one is a short form of, or QUOTH_NONE */
    uint32_t term;    /* or QUOTH_NONE */
    uint32_t own;     /* a mention whose term of the caller's names the group, or QUOTH_NONE */
    uint32_t entity;  /* or QUOTH_NONE: not met yet */
    uint32_t seen;    /* the last mention so far; QUOTH_NONE: none */
    uint32_t count;   /* mentions so far */
    uint32_t bare;    /* those by the family name alone */
    uint64_t roles[QT_ROLES]; /* keys of the titles beside full names: president, mayor */
    uint32_t noun; /* of a family: the token behind its name ("Keller family"), or QUOTH_NONE */
    uint8_t label, gender;
    bool family; /* several who bear one name (family.h), of the gender alone if there is one */
} qt_group;

/* What linking needs to know of a mention. */
typedef struct qt_form {
    uint32_t first, end; /* tokens */
    uint32_t words;      /* set apart by white space */
    uint32_t term;
    uint32_t group;
    uint64_t own; /* key of what a term of the caller's stands for; 0: none */
} qt_form;

typedef struct qt_linker {
    const struct quoth_doc *doc;
    const qt_token *tokens;
    qt_arena *temporary;
    qt_mentions *mentions;
    qt_form *forms;
    QT_ARRAY(qt_group) groups;
    qt_aliases aliases;
} qt_linker;

enum {               /* kinds of key in the one table of aliases */
       QT_NAMED = 1, /* the whole text of a name */
       QT_TERMED,    /* a term of the gazetteer */
       QT_LAST,      /* the last word of a person's name of several words */
       QT_SHORTENED, /* a short form by which one is usually called */
       QT_BEGUN,     /* the first words of a person's name, two or more */
       QT_FIRST,     /* the forename alone */
       QT_ACRONYM,   /* the initials */
       QT_HEADED,    /* the word that says what an organization is, or its last: the Bank */
       QT_FAMILY,    /* the family name of several who are meant together */
};

static inline bool qt_label_is_name(quoth_label label)
{
    return label != QUOTH_LABEL_NONE && (label < QUOTH_LABEL_DATE || label > QUOTH_LABEL_CARDINAL);
}

static inline bool qt_label_is_place(uint8_t label)
{
    return label == QUOTH_LABEL_GPE || label == QUOTH_LABEL_LOC || label == QUOTH_LABEL_FAC;
}

/* Whether two labels may be of one thing. */
static inline bool qt_label_may_be(uint8_t a, uint8_t b)
{
    return a == b || (qt_label_is_place(a) && qt_label_is_place(b));
}

#endif
