/* report_look.h - a word that may report something, with its sentence and what the rules say of it.
 *
 * In: the syntax and a token. Out: what the models of reports without marks ask about again and
 * again: the cue that starts there, its classes, its role, and what report.h finds. Nothing is
 * allocated. Complexity: bounded per token.
 */
#ifndef QT_REPORT_LOOK_H
#define QT_REPORT_LOOK_H

#include "document.h"
#include "report.h"

/* What stands in a stretch of tokens. */
typedef struct qt_tally {
    uint32_t finite, commas, cues, thats, marks;
} qt_tally;

void qt_tally_add(qt_tally *self, const qt_syntax *s, uint32_t i);

typedef struct qt_look {
    const qt_syntax *s;
    const qt_quote_models *models;
    qt_trace *trace;
    uint32_t first, end; /* of the sentence, its last stop left out */
    qt_cue cue;
    qt_finding rules; /* rule NULL: nothing */
    uint64_t rule, classes, key;
    uint8_t role;
    qt_tally before, all; /* of the tokens before it in the block that is looked at, and of all */
    bool inside;          /* of the content of a quotation's quote, between whose marks it is not */
} qt_look;

/* Fills *out, whose s, models and trace are set. False if there is nothing to look at. */
bool qt_look_at(qt_look *out, uint32_t i);

/* Opens a choice about the cue in the trace, if there is one. */
void qt_look_trace(const qt_look *l, quoth_model_part part);

/* The key of a token of the sentence; beyond it, one that no token has. */
static inline uint64_t qt_look_key(const qt_look *l, uint32_t i)
{
    return i >= l->first && i < l->end ? qt_ranking_key(l->s, i) : 7;
}

static inline uint8_t qt_look_role(const qt_look *l, uint32_t i)
{
    return i >= l->first && i < l->end ? qt_syntax_role(l->s, i) : (uint8_t)QT_ROLE_STOP;
}

static inline bool qt_look_is_verbal(uint8_t r)
{
    return r == QT_ROLE_VERB || r == QT_ROLE_PASSIVE || r == QT_ROLE_INFINITIVE ||
           r == QT_ROLE_GERUND;
}

static inline bool qt_look_is_finite(uint8_t r)
{
    return r == QT_ROLE_VERB || r == QT_ROLE_AUXILIARY || r == QT_ROLE_MODAL;
}

/* Tokens in [first, end), names as one. */
static inline uint32_t qt_look_length(const qt_look *l, uint32_t first, uint32_t end)
{
    return end <= first ? 0 : l->s->words[end - 1].place - l->s->words[first].place + 1;
}

/* The bytes of tokens [first, end); absent if there are none. */
static inline quoth_span qt_look_span(const qt_syntax *s, uint32_t first, uint32_t end)
{
    return end > first ? qt_syntax_span(s, first, end) : (quoth_span){0, 0};
}

#endif
