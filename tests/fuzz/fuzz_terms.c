/* fuzz_terms.c - a libFuzzer target: what a million terms are looked for by, against looking for one.
 *
 * The first byte has the options; then come terms, each ended by a newline, an empty one after the
 * last, and the text. At each place where a term may start, the longest of them is looked for by
 * comparing one after the other (which is what terms.h promises, at a cost that only a test can
 * bear), and the automaton has to find the same.
 */
#include "fuzz.h"

#include "scan.h"
#include "terms.h"

enum { TERMS_MOST = 16 };

/* A term as the oracle compares it: without white space at its ends. */
typedef struct plain {
    qt_text text;
    quoth_span span;
} plain;

static bool scanned(const char *data, size_t size, qt_arena *arena, qt_text *out)
{
    qt_scan scan;
    return qt_scan_read(quoth_utf8(data, size), arena, out, &scan, NULL) == QUOTH_OK;
}

/* The end of the longest term that starts at the unit at start, or start. */
static uint32_t longest_at(const qt_folding *folding, const qt_text *text, uint32_t start,
                           const plain *terms, size_t count)
{
    uint32_t best = start;
    uint64_t hash = 0;
    for (uint32_t at = start, units = 0; at < text->size && units < QUOTH_TERM_WORDS_MAX; units++) {
        uint32_t end = qt_unit_read(folding, text, at, &hash);
        HOLDS(end > at && end <= text->size);
        for (size_t i = 0; i < count && qt_unit_may_end(text, end); i++)
            if (qt_folded_equal(folding, text, (quoth_span){start, end}, &terms[i].text,
                                terms[i].span))
                best = end;
        at = qt_unit_skip_space(text, end);
    }
    return best;
}

static void check_found(const qt_folding *folding, const quoth_terms *terms, const plain *each,
                        size_t count, const qt_text *text)
{
    quoth_term_match *matches = NULL;
    size_t found, next = 0;
    uint64_t hash = 0;
    HOLDS(quoth_terms_find(terms, quoth_utf8((const char *)text->bytes, text->size),
                           QUOTH_UNIT_BYTE, &matches, &found, NULL) == QUOTH_OK);
    for (uint32_t at = qt_text_skip_space(text, 0, text->size); at < text->size;) {
        uint32_t end = at;
        if (qt_unit_may_start(text, at))
            end = longest_at(folding, text, at, each, count);
        if (end > at) {
            HOLDS(next < found);
            HOLDS(matches[next].span.start == at && matches[next].span.end == end);
            HOLDS(matches[next].term < quoth_terms_count(terms));
            next++;
        } else {
            end = qt_unit_read(folding, text, at, &hash);
        }
        at = qt_text_skip_space(text, end, text->size);
    }
    HOLDS(next == found);
    quoth_terms_release(terms, matches);
}

/* Takes the terms off the input: those that quoth takes are in both, or in neither. */
static size_t add_terms(quoth_terms *terms, const uint8_t **data, size_t *size, qt_arena *arena,
                        plain *each)
{
    size_t count = 0;
    while (*size && count < TERMS_MOST) {
        quoth_string term = fuzz_part(data, size, '\n');
        quoth_error error;
        if (term.size == 0)
            break;
        quoth_status status =
            quoth_terms_add(terms, term, (quoth_string){0}, (quoth_string){0}, &error);
        HOLDS(status == QUOTH_OK || status == QUOTH_ERROR_ARGUMENT || status == QUOTH_ERROR_UTF8);
        if (status != QUOTH_OK)
            continue;
        plain *one = &each[count++];
        HOLDS(scanned(term.data, term.size, arena, &one->text));
        one->span = qt_text_trim(&one->text, (quoth_span){0, one->text.size});
    }
    HOLDS(quoth_terms_count(terms) == count);
    return count;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    plain each[TERMS_MOST];
    qt_text text;
    qt_arena arena;
    quoth_terms *terms = NULL;
    if (size < 1)
        return 0;
    quoth_terms_options options = {.exact_case = data[0] & 1, .exact_marks = data[0] & 2};
    qt_folding folding = {options.exact_case, options.exact_marks};
    char *copy = fuzz_copy(++data, --size);
    data = (const uint8_t *)copy;
    qt_arena_init(&arena, &qt_allocator_default);
    HOLDS(quoth_terms_new(&options, &terms) == QUOTH_OK);
    size_t count = add_terms(terms, &data, &size, &arena, each);
    HOLDS(quoth_terms_build(terms) == QUOTH_OK);
    if (scanned((const char *)data, size, &arena, &text))
        check_found(&folding, terms, each, count, &text);
    quoth_terms_free(terms);
    qt_arena_free(&arena);
    free(copy);
    return 0;
}
