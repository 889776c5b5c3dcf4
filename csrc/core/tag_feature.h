/* tag_feature.h - what the tagger sees of a token: hashed features, the same in training and use.
 *
 * Reads: tokens, word use, what the rules found. Out: for each token of a segment 32-bit hashes of
 * a template and its value; equal hashes are the same feature. The templates are those of Ratinov
 * and Roth 2009 (words, shapes, affixes, prefixes of clusters, gazetteers, the use of the word
 * elsewhere in the document), what the rules say of the token, and the words around and at the end
 * of the run of capitals that it stands in. Ownership: arrays of the caller's. Cannot fail.
 * Complexity: constant per token.
 */
#ifndef QT_TAG_FEATURE_H
#define QT_TAG_FEATURE_H

#include "cluster.h"
#include "tag_segment.h"

enum {
    QT_FEATURES_MAX = 192,
    QT_FEATURE_SIDE = 2,
    QT_TEMPLATE_MEMORY = 100, /* templates of the second pass (tag_memory.c) from here on */
    QT_TEMPLATE_LISTED = QT_TEMPLATE_MEMORY + 13,
};

/* Features as they are found, in arrays of QT_FEATURES_MAX that are the caller's. */
typedef struct qt_features {
    uint32_t *keys;
    uint8_t *templates; /* what each is of, for qt_feature_name(); NULL: nobody asks */
    uint32_t count;
} qt_features;

/* What a template looks at, in English; static. */
const char *qt_feature_name(uint32_t template);

/* One token, looked at once for all features of its neighbours. */
typedef struct qt_tag_word {
    uint64_t key;
    uint64_t classes;    /* without those that say nothing of names */
    uint64_t cased;      /* key and case together */
    uint32_t start, end; /* bytes */
    uint32_t cluster;
    uint32_t shape;
    uint32_t term; /* label of the gazetteer's term, 0: none */
    uint32_t rule; /* label and place in a name, after the rules; 0: none */
    uint32_t use;  /* of the word in the document */
    bool capital;
} qt_tag_word;

typedef struct qt_tag_view {
    const struct quoth_doc *doc;
    const qt_usage *usage;
    const qt_clusters *clusters;
    const uint8_t *rules; /* [token]: qt_tag_rules() */
} qt_tag_view;

/* The words of a segment with QT_FEATURE_SIDE more on either side: words[i + QT_FEATURE_SIDE] is
 * token first + i. */
typedef struct qt_tag_words {
    qt_tag_word *words;
    uint8_t *run_first, *run_end; /* [token]: within the segment */
} qt_tag_words;

/* Room for the words of some segments with so many tokens together, in the temporary arena; *out is
 * that of the first, qt_tag_words_next() that of the next. */
QUOTH_MUST_USE quoth_status qt_tag_words_init(qt_tag_words *out, qt_arena *temporary,
                                              uint32_t segments, uint32_t tokens);
static inline qt_tag_words qt_tag_words_next(const qt_tag_words *self, uint32_t tokens)
{
    return (qt_tag_words){self->words + tokens + 2 * QT_FEATURE_SIDE, self->run_first + tokens,
                          self->run_end + tokens};
}

/* [token]: for the tokens of a name that the rules found its label and the place in it, else 0; in
 * the temporary arena, NULL when there is no memory. */
uint8_t *qt_tag_rules(const struct quoth_doc *doc, const qt_names *names, qt_arena *temporary);

void qt_tag_words_read(const qt_tag_view *view, const qt_segment *segment, const qt_tag_words *out);

/* Adds a feature: a template, a number of its own below 256, with a value. */
void qt_feature_add(qt_features *out, uint32_t template, uint64_t value);

/* Adds the features of a word alone, at a place from 0, two before the token, over 2, the token
 * itself, to 4, two behind it. They depend on nothing but its key, shape and bytes. */
void qt_features_of_word(const qt_text *text, const qt_tag_word *word, uint32_t place,
                         qt_features *out);

/* The other features of a token, in parts; all but the last depend on so little that their values
 * come again and again. */
enum {
    QT_PART_SHAPES = 1,  /* shapes beside each other */
    QT_PART_RULES = 2,   /* what the rules say here and around */
    QT_PART_USE = 4,     /* the use of the word, and its place in the run of capitals */
    QT_PART_CLASSES = 8, /* word lists and gazetteers beside each other */
    QT_PART_WORDS = 16,  /* words and their clusters */
    QT_PARTS_ALL = 31,
};

/* Adds the features of some parts for token index of a segment. */
void qt_features_of_context(const qt_tag_words *words, uint32_t index, unsigned parts,
                            qt_features *out);

/* A hash of all that the features of one part but QT_PART_WORDS depend on. */
uint64_t qt_features_key(const qt_tag_words *words, uint32_t index, unsigned part);

#endif
