/* name_tagged.h - the names of the tagger in the place of those of the rules.
 *
 * Reads: tokens, word use, the rules' names, the tagger. Out: the names that the tagger found, with
 * the title, the gazetteer's term and the label within their kind that the rules know. What the
 * rules are sure of stays. Errors: QUOTH_ERROR_MEMORY. Complexity: linear.
 */
#ifndef QT_NAME_TAGGED_H
#define QT_NAME_TAGGED_H

#include "name.h"
#include "tagger.h"

QUOTH_MUST_USE quoth_status qt_name_retag(const struct quoth_doc *doc, const qt_tagger *tagger,
                                          qt_tag_cache *cache, const qt_usage *usage,
                                          qt_trace *trace, qt_arena *temporary, qt_names *inout);

#endif
