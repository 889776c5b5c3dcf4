/* abbreviation.h - which words a full stop shortens: those of the lists, and the caller's own.
 *
 * In: the caller's words (quoth_options.abbreviations). Out: a set, immutable once made, that the
 * pipeline owns. Errors: QUOTH_ERROR_ABBREVIATION with the index of the word and what was expected,
 * QUOTH_ERROR_MEMORY. Complexity: a look-up is constant for the lists and logarithmic in the number
 * of the caller's words; the first question about a stop, qt_abbreviation_possible(), is a
 * multiplication and a bit (short_word.h).
 */
#ifndef QT_ABBREVIATION_H
#define QT_ABBREVIATION_H

#include "short_word.h"
#include "word.h"

enum { QT_ABBREVIATION_BITS = 14, QT_TITLE_BITS = 8 };

typedef struct qt_abbreviations {
    quoth_allocator allocator;
    uint64_t possible[(1u << QT_ABBREVIATION_BITS) / 64]; /* a set of short_word.h */
    const uint64_t
        *titles;   /* a table of short_word.h; NULL where words of the caller's come first */
    uint64_t *own; /* keys as of lexicon.h, sorted */
    size_t own_count;
} qt_abbreviations;

QUOTH_MUST_USE quoth_status qt_abbreviations_init(qt_abbreviations *self,
                                                  const quoth_allocator *allocator,
                                                  const char *const *words, size_t count,
                                                  quoth_error *error);
void qt_abbreviations_free(qt_abbreviations *self);

/* Whether a short word (short_word.h) may be an abbreviation, or a name that ends with a stop
 * (Yahoo!): false is certain. */
static inline bool qt_abbreviation_possible(const qt_abbreviations *self, uint64_t word)
{
    return qt_short_set_has(self->possible, QT_ABBREVIATION_BITS, word);
}

/* Whether a short word of less than eight letters is surely an abbreviation that ends no sentence
 * before a capital: Mr, Sen. */
static inline bool qt_abbreviation_is_title(const qt_abbreviations *self, uint64_t word)
{
    return self->titles && qt_short_table_has(self->titles, QT_TITLE_BITS, word);
}

/* Class bits (QT_WORD_*) of the word with a full stop behind it. A word of the caller's is of the
 * class ABBREVIATION_END, whatever the lists say of it. */
uint64_t qt_abbreviation_classes(const qt_abbreviations *self, const qt_text *text,
                                 quoth_span word);

#endif
