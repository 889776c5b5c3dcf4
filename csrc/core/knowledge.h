/* knowledge.h - the caller's own finders, and their finds among the mentions.
 *
 * Reads: text, structure, quotations, sentences, mentions, quotes. Out: mentions with the caller's finds in the place of what they
 * overlap (quoth_overlap says which), matches, and the finds that both refer to. Ownership: the
 * copy of the finders is the pipeline's; results go to the document's arena. Errors:
 * QUOTH_ERROR_ARGUMENT, QUOTH_ERROR_MEMORY. Complexity: linear in the text and n log n in the
 * finds; nothing when there are no finders.
 */
#ifndef QT_KNOWLEDGE_H
#define QT_KNOWLEDGE_H

#include "entity.h"
#include "pattern_finder.h"
#include "quoth_extend.h"

typedef struct qt_knowledge {
    quoth_allocator allocator;
    quoth_finder *finders; /* own copy */
    size_t finder_count;
    unsigned rounds;     /* bits: those that have a finder */
    uint32_t group_room; /* for the groups of any pattern; 0: there is none */
    quoth_words *words;  /* own copy */
    size_t word_count;
} qt_knowledge;

typedef QT_ARRAY(quoth_find) qt_finds;
typedef QT_ARRAY(quoth_limited) qt_limits;

QUOTH_MUST_USE quoth_status qt_knowledge_init(qt_knowledge *self, const quoth_allocator *allocator,
                                              const quoth_knowledge *given, quoth_error *error);
void qt_knowledge_free(qt_knowledge *self);

/* When a finder can be asked: by what its context reads. */
typedef enum qt_knowledge_round {
    QT_ROUND_TEXT,     /* once mentions are found */
    QT_ROUND_MENTIONS, /* once the finds of the first round are among them */
    QT_ROUND_QUOTES,   /* once quotes are found */
} qt_knowledge_round;

/* Runs the finders of a round; changes mentions, matches, finds, groups and limited of doc. */
QUOTH_MUST_USE quoth_status qt_knowledge_apply(const qt_knowledge *self, qt_knowledge_round round,
                                               quoth_scratch *scratch, struct quoth_doc *doc);

/* Takes back what QT_ROUND_QUOTES found: quotes are going to change. */
void qt_knowledge_undo_quotes(struct quoth_doc *doc);

/* What a term that was found, or what an edit named, stands for: its name and kb_id may be absent. False if the mention is
 * no find of a term. */
bool qt_knowledge_term(const struct quoth_doc *doc, const quoth_mention *mention, quoth_term *out);

#endif
