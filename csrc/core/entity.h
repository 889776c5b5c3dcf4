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
#include "usage.h"

typedef QT_ARRAY(quoth_mention) qt_mentions;

struct qt_tagger;
struct qt_names;

/* What the rules and lists say, in the temporary arena of the scratch. */
QUOTH_MUST_USE quoth_status qt_entity_evidence(const struct quoth_doc *doc, quoth_scratch *scratch,
                                               qt_usage *usage, qt_mentions *amounts,
                                               struct qt_names *names);

QUOTH_MUST_USE quoth_status qt_entity_find(const struct quoth_doc *doc,
                                           const struct qt_tagger *tagger, quoth_scratch *scratch,
                                           qt_arena *arena, qt_mentions *out);

/* For qsort(): in the order of the text, and of the finds that they come from. */
int qt_mention_compare(const void *a, const void *b);

#endif
