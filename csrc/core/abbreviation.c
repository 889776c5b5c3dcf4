#include "abbreviation.h"

#include "scan.h"
#include "status.h"

#include <stdlib.h>
#include <string.h>

#include "../tables/short_words.inc"

enum { WORD_MOST = 24 }; /* bytes; as far as word.h looks back */

static int compare_keys(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

/* The part that word.h finds before the stop: what is behind the last hyphen or other sign. */
static quoth_span last_part(const qt_text *text)
{
    uint32_t end = text->size;
    if (end && text->bytes[end - 1] == '.')
        end--;
    return qt_word_before(text, 0, end, "./'&");
}

/* What is wrong with a word of the caller's, or NULL. */
static const char *fault_of(const qt_text *text)
{
    if (!text->size || text->size > WORD_MOST)
        return "expected words of 1 to 24 bytes";
    for (uint32_t at = 0, next; at < text->size; at = next)
        if (qt_char_class(qt_text_decode(text, at, &next)) & QT_CHAR_SPACE)
            return "expected words without white space";
    quoth_span part = last_part(text);
    return part.start == part.end ? "expected a letter or a digit before the full stop" : NULL;
}

/* Enters the short form of the word into the set that is asked first. */
static void add_possible(qt_abbreviations *self, const qt_text *text, quoth_span part)
{
    uint8_t padded[8] = {0};
    uint32_t length = part.end - part.start;
    length = length < sizeof padded ? length : (uint32_t)sizeof padded;
    memcpy(padded + sizeof padded - length, text->bytes + part.end - length, length);
    uint64_t packed = qt_short_word_before(qt_load_eight(padded), &length);
    uint32_t bit = qt_short_hash(packed, QT_ABBREVIATION_BITS);
    if (packed)
        self->possible[bit / 64] |= UINT64_C(1) << (bit & 63);
}

/* Enters one word of the caller's; index: which one it is, for the error. */
static quoth_status add(qt_abbreviations *self, const char *word, size_t index, qt_arena *temporary,
                        quoth_error *error)
{
    qt_text text;
    qt_scan scan;
    quoth_input input = quoth_utf8(word, word ? strlen(word) : 0);
    quoth_status status = qt_scan_read(input, temporary, &text, &scan, NULL);
    if (status == QUOTH_ERROR_UTF8)
        return qt_fail(error, QUOTH_ERROR_ABBREVIATION, index, "expected UTF-8");
    if (status != QUOTH_OK)
        return qt_fail(error, status, 0, NULL);
    const char *fault = fault_of(&text);
    if (fault)
        return qt_fail(error, QUOTH_ERROR_ABBREVIATION, index, fault);
    quoth_span part = last_part(&text);
    self->own[self->own_count++] =
        qt_hash_string(qt_fold_hash(QT_HASH_EMPTY, &text, part.start, part.end), ".");
    add_possible(self, &text, part);
    return QUOTH_OK;
}

quoth_status qt_abbreviations_init(qt_abbreviations *self, const quoth_allocator *allocator,
                                   const char *const *words, size_t count, quoth_error *error)
{
    *self = (qt_abbreviations){.allocator = *allocator, .titles = count ? NULL : title_table};
    memcpy(self->possible, abbreviation_set, sizeof abbreviation_set);
    if (!count)
        return QUOTH_OK;
    if (count > SIZE_MAX / sizeof *self->own)
        return qt_fail(error, QUOTH_ERROR_MEMORY, 0, NULL);
    self->own = allocator->resize(allocator->context, NULL, count * sizeof *self->own);
    if (!self->own)
        return qt_fail(error, QUOTH_ERROR_MEMORY, 0, NULL);
    qt_arena temporary;
    quoth_status status = QUOTH_OK;
    qt_arena_init(&temporary, allocator);
    for (size_t i = 0; status == QUOTH_OK && i < count; i++) {
        qt_arena_reset(&temporary);
        status = add(self, words[i], i, &temporary, error);
    }
    qt_arena_free(&temporary);
    qsort(self->own, self->own_count, sizeof *self->own, compare_keys);
    return status;
}

void qt_abbreviations_free(qt_abbreviations *self)
{
    if (self->own)
        self->allocator.release(self->allocator.context, self->own);
    self->own = NULL;
}

uint64_t qt_abbreviation_classes(const qt_abbreviations *self, const qt_text *text, quoth_span word)
{
    if (word.start == word.end)
        return 0;
    uint64_t key = qt_hash_string(qt_fold_hash(QT_HASH_EMPTY, text, word.start, word.end), ".");
    if (self->own_count &&
        bsearch(&key, self->own, self->own_count, sizeof *self->own, compare_keys))
        return QT_WORD_ABBREVIATION | QT_WORD_ABBREVIATION_END;
    const qt_lexeme *entry = qt_lexicon_find(key);
    return entry ? entry->classes : 0;
}
