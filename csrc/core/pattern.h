/* pattern.h - regular expressions over the text; the only user of PCRE2.
 *
 * In: the patterns of csrc/lang ("@patterns"), compiled once per pipeline with UTF, UCP and JIT.
 * Out: the byte spans of a match and of its groups. Ownership: qt_patterns is immutable and shared
 * by threads; a qt_matcher belongs to one scratch and refers to the qt_patterns that it was made
 * for. Errors: QUOTH_ERROR_PATTERN with the position within the pattern, QUOTH_ERROR_MEMORY. A
 * match that exceeds the limits (steps, heap, depth) counts as none, so that no text can stall a
 * pattern. Complexity: of the pattern; limits make it bounded at one start.
 */
#ifndef QT_PATTERN_H
#define QT_PATTERN_H

#include "../tables/patterns.inc"
#include "pattern_need.h"
#include "quoth_extend.h"
#include "text.h"

typedef struct qt_patterns qt_patterns;
typedef struct qt_matcher qt_matcher;

enum { QT_GROUP_MAX = 12 };

/* group[0] is the whole match; an absent group is {0, 0}. */
typedef struct qt_match {
    quoth_span group[QT_GROUP_MAX];
    uint32_t count;
} qt_match;

QUOTH_MUST_USE quoth_status qt_patterns_new(const quoth_allocator *allocator, qt_patterns **out,
                                            quoth_error *error);
void qt_patterns_free(qt_patterns *self);

QUOTH_MUST_USE quoth_status qt_matcher_new(const qt_patterns *patterns, qt_matcher **out);
void qt_matcher_free(qt_matcher *self);

/* Whether the pattern matches from offset at on, reading no further than end; look-behind may see
 * what stands before at. A pattern of "@patterns at" has to begin exactly at at, one of "@patterns
 * find" is searched for, leftmost first. */
bool qt_pattern_match(qt_matcher *self, qt_pattern_id id, const qt_text *text, uint32_t at,
                      uint32_t end, qt_match *out);

/* Of a set of patterns of "@patterns at" (bits: 1 << id) those that may match where the text goes on
 * with word; the others match no text that starts with it, whatever follows. key is a hash of the
 * folded word. What was asked before is remembered by the matcher: that is much cheaper than a match. */
uint64_t qt_pattern_starts(qt_matcher *self, uint64_t wanted, uint64_t key, const uint8_t *word,
                           uint32_t size);

/* The rule and the label (0: none) that the list gives a pattern. */
const char *qt_pattern_rule(qt_pattern_id id);
quoth_label qt_pattern_label(qt_pattern_id id);

/* --- the caller's patterns (quoth_pattern of quoth_extend.h) --- */

/* What one thread needs to search: room for the groups. */
typedef struct qt_searcher qt_searcher;
/* For patterns with so many groups at the most (qt_pattern_group_room). */
QUOTH_MUST_USE quoth_status qt_searcher_new(const quoth_allocator *allocator, uint32_t groups,
                                            qt_searcher **out);
void qt_searcher_free(qt_searcher *self);
uint32_t qt_pattern_group_room(const quoth_pattern *self);
/* What any match has. */
const qt_need *qt_pattern_need(const quoth_pattern *self);

typedef enum qt_search_result {
    QT_SEARCH_NOTHING,
    QT_SEARCH_FOUND,
    QT_SEARCH_LIMIT, /* more steps, or a larger stack, than a match may take */
    QT_SEARCH_MEMORY,
} qt_search_result;

/* A stretch of text that a pattern sees; what is cut is no line's start or end. */
typedef struct qt_searched {
    const uint8_t *bytes;
    uint32_t size;
    bool cut_before, cut_after;
    uint32_t step_limit;
} qt_searched;

/* The first match, not empty, from at on; groups: one for each named group, absent ones {0, 0}. */
qt_search_result qt_pattern_search(const quoth_pattern *self, qt_searcher *searcher,
                                   const qt_searched *in, uint32_t at, quoth_span *whole,
                                   quoth_span *groups);

#endif
