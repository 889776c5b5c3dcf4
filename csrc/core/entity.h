/* entity.h - mentions: spans that name something, with their label.
 *
 * Reads: text, structure, sentences, tokens. Out: mentions in text order, not overlapping, with
 * entity QUOTH_NONE, in the arena. By gazetteers, titles and roles, name patterns, and PCRE2
 * patterns for dates, times, money, percentages and numbers; then one decision per name and
 * document. Errors: QUOTH_ERROR_MEMORY. Complexity: linear.
 */
#ifndef QT_ENTITY_H
#define QT_ENTITY_H

#include "scratch.h"
#include "token.h"

typedef QT_ARRAY(quoth_mention) qt_mentions;

QUOTH_MUST_USE quoth_status qt_entity_find(const struct quoth_doc *doc, quoth_scratch *scratch,
                                           qt_arena *arena, qt_mentions *out);

#endif
