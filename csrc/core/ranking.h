/* ranking.h - the likeliest source and cue of a quotation, and whether it is speech at all.
 *
 * In: the syntax, a quotation with its candidates, and what the rules say of it. Out: a credit, or
 * that the marks only set words apart. Two linear models, trained on PolNeAR, weigh position,
 * punctuation, distance, the words themselves, kinds of words and of names, and the rule that
 * agrees (ranking by softmax: a maximum-entropy ranker, as Denis & Baldridge 2008 use for
 * pronouns). Nothing is allocated. Complexity: bounded per quotation.
 */
#ifndef QT_RANKING_H
#define QT_RANKING_H

#include "candidate.h"
#include "quote_models.h"

/* What is asked about a quotation again and again. */
typedef struct qt_marks_view {
    uint32_t before, after, last; /* what stands beside the marks, and last between them */
    uint32_t words;               /* a bucket */
    uint32_t previous;            /* how the quotation before lies to this one */
    uint32_t between;             /* tokens from that one, a bucket */
    bool capital;                 /* the first word */
    bool opens, closes;           /* the paragraph */
} qt_marks_view;

/* Index of the likeliest of the candidates; *margin: by how much, in log odds. */
uint32_t qt_ranking_best(const qt_syntax *self, const qt_quote_models *models, qt_trace *trace,
                         uint32_t quotation, const qt_candidates *candidates,
                         const qt_credit *rules, float *margin);
/* What a source is: a pronoun, a name of some kind, a phrase; a small number. */
uint32_t qt_ranking_source_kind(const qt_syntax *self, const qt_phrase *source);
/* The classes of a cue in ten bits. */
uint64_t qt_ranking_cue_classes(const qt_cue *cue);

/* The key of a token; of a mention, a date too, only its label: who speaks is no matter of who usually
 * does, and no choice changes when one name stands for another. */
uint64_t qt_ranking_key(const qt_syntax *self, uint32_t i);

#endif
