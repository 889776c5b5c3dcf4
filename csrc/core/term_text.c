#include "term_text.h"

#include <string.h>

static const uint64_t fnv_prime = UINT64_C(0x100000001B3);

enum { WORD_CHARS = QT_CHAR_LETTER | QT_CHAR_DIGIT | QT_CHAR_MARK };

static bool is_apostrophe(uint32_t cp)
{
    return cp == '\'' || cp == 0x2018 || cp == 0x2019 || cp == 0x02BC || cp == 0xFF07;
}

static bool is_hyphen(uint32_t cp)
{
    return cp == 0x2010 || cp == 0x2011 || cp == 0x2013 || cp == 0xFE63 || cp == 0xFF0D;
}

/* Scripts that are written without spaces, in which UAX 29 finds a boundary at each character. */
static bool is_ideograph(uint32_t cp)
{
    return (cp >= 0x3041 && cp <= 0x3096) || (cp >= 0x3400 && cp <= 0x9FFF) ||
           (cp >= 0xF900 && cp <= 0xFAFF) || (cp >= 0x20000 && cp <= 0x3FFFF);
}

/* Letters (as small ones), digits and "_" of ASCII; 0 for what is no part of a word. */
static const uint8_t word_bytes[128] = {
    0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,
    0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,
    0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   48,  49,  50,  51,  52,  53,  54,  55,  56,
    57,  0,   0,   0,   0,   0,   0,   0,   97,  98,  99,  100, 101, 102, 103, 104, 105, 106, 107,
    108, 109, 110, 111, 112, 113, 114, 115, 116, 117, 118, 119, 120, 121, 122, 0,   0,   0,   0,
    95,  0,   97,  98,  99,  100, 101, 102, 103, 104, 105, 106, 107, 108, 109, 110, 111, 112, 113,
    114, 115, 116, 117, 118, 119, 120, 121, 122, 0,   0,   0,   0,   0,
};

/* --- folding ------------------------------------------------------------------------------------ */

/* A character folded: at most three code points; none for a soft hyphen. */
static uint32_t fold(const qt_folding *self, uint32_t cp, uint32_t out[3])
{
    out[0] = cp;
    if (!self->exact_marks) {
        if (cp == 0xAD)
            return 0;
        if (is_apostrophe(cp) || is_hyphen(cp)) {
            out[0] = is_hyphen(cp) ? '-' : '\'';
            return 1;
        }
    }
    return self->exact_case ? 1 : qt_char_fold(cp, out);
}

static uint64_t mix(uint64_t hash, uint32_t cp)
{
    for (; cp >= 0x80; cp >>= 7)
        hash = (hash ^ (cp & 0x7F) ^ 0x80) * fnv_prime;
    return (hash ^ cp) * fnv_prime;
}

static uint64_t mix_folded(const qt_folding *self, uint64_t hash, uint32_t cp)
{
    uint32_t folded[3], n = fold(self, cp, folded);
    for (uint32_t i = 0; i < n; i++)
        hash = mix(hash, folded[i]);
    return hash;
}

uint32_t qt_unit_read(const qt_folding *self, const qt_text *text, uint32_t at, uint64_t *inout)
{
    const uint8_t *bytes = text->bytes;
    uint8_t kept = self->exact_case ? 0xFF : 0; /* bits of the character itself */
    uint64_t hash = *inout;
    uint32_t start = at, next;
    for (; at < text->size; at = next) {
        uint8_t byte = bytes[at];
        if (byte < 0x80) {
            uint8_t small = word_bytes[byte];
            if (!small)
                break;
            next = at + 1;
            hash = (hash ^ ((byte & kept) | (small & (uint8_t)~kept))) * fnv_prime;
            continue;
        }
        uint32_t cp = qt_text_decode(text, at, &next);
        if (!(qt_char_class(cp) & WORD_CHARS) || (is_ideograph(cp) && at > start))
            break;
        hash = mix_folded(self, hash, cp);
        if (is_ideograph(cp)) {
            at = next;
            break;
        }
    }
    if (at == start)
        hash = mix_folded(self, hash, qt_text_decode(text, start, &at));
    *inout = hash;
    return at;
}

void qt_unit_space(uint64_t *hash)
{
    *hash = mix(*hash, ' ');
}

uint32_t qt_unit_skip_space(const qt_text *text, uint32_t at)
{
    uint32_t lines = 0, next;
    for (; at < text->size; at = next) {
        uint32_t cp = qt_text_decode(text, at, &next);
        if (cp == ' ')
            continue;
        if (!(qt_char_class(cp) & QT_CHAR_SPACE))
            break;
        lines += cp == '\n' || cp == 0x2029 || cp == 0x85;
    }
    return lines > 1 ? UINT32_MAX : at;
}

/* --- boundaries --------------------------------------------------------------------------------- */

/* Whether a character joins what stands before it (last) to what stands behind (first). */
static bool joins(uint32_t cp, uint32_t before, uint32_t behind)
{
    uint8_t a = qt_char_class(before), b = qt_char_class(behind);
    if (a & b & QT_CHAR_DIGIT)
        return cp == '.' || cp == ',';
    if (!(a & QT_CHAR_LETTER) || !(b & QT_CHAR_LETTER))
        return false;
    return is_apostrophe(cp) || (cp == '.' && !(a & QT_CHAR_LOWER && b & QT_CHAR_UPPER));
}

bool qt_unit_may_start(const qt_text *text, uint32_t at)
{
    uint32_t middle, before, ignored;
    uint32_t first = qt_text_decode(text, at, &ignored);
    if (at == 0 || !(qt_char_class(first) & WORD_CHARS))
        return true;
    uint32_t cp = qt_text_decode_before(text, at, &middle);
    return middle == 0 || !joins(cp, qt_text_decode_before(text, middle, &before), first);
}

/* Whether 's, 'll and the like stand behind an apostrophe, at at. */
static bool has_clitic(const qt_text *text, uint32_t at)
{
    static const char *const clitics[] = {"s", "d", "m", "ll", "re", "ve"};
    for (size_t i = 0; i < sizeof clitics / sizeof *clitics; i++) {
        const char *c = clitics[i];
        uint32_t end = at;
        while (*c && end < text->size && (text->bytes[end] | 32) == (uint8_t)*c)
            end++, c++;
        if (!*c && !(qt_text_class(text, end) & WORD_CHARS))
            return true;
    }
    return false;
}

bool qt_unit_may_end(const qt_text *text, uint32_t end)
{
    uint32_t start, behind, ignored;
    if (end == text->size)
        return true;
    uint32_t last = qt_text_decode_before(text, end, &start);
    uint32_t cp = qt_text_decode(text, end, &behind);
    if (behind == text->size || !(qt_char_class(last) & WORD_CHARS))
        return true;
    if (!joins(cp, last, qt_text_decode(text, behind, &ignored)))
        return true;
    return is_apostrophe(cp) && has_clitic(text, behind);
}

/* --- equality ----------------------------------------------------------------------------------- */

typedef struct stream {
    const qt_text *text;
    uint32_t at, end;
    uint32_t waiting[3], first, count;
} stream;

/* The next folded code point, or 0 at the end (NUL itself is folded to a code point of no use). */
static uint32_t next_folded(const qt_folding *self, stream *s)
{
    while (s->first == s->count) {
        if (s->at >= s->end)
            return 0;
        uint32_t next, cp = qt_text_decode(s->text, s->at, &next);
        s->first = 0;
        if (qt_char_class(cp) & QT_CHAR_SPACE) {
            s->waiting[0] = ' ';
            s->count = 1;
            s->at = qt_text_skip_space(s->text, s->at, s->end);
        } else {
            s->count = fold(self, cp ? cp : 0x110000, s->waiting);
            s->at = next;
        }
    }
    return s->waiting[s->first++];
}

bool qt_folded_equal(const qt_folding *self, const qt_text *a, quoth_span in_a, const qt_text *b,
                     quoth_span in_b)
{
    stream x = {.text = a, .at = in_a.start, .end = in_a.end};
    stream y = {.text = b, .at = in_b.start, .end = in_b.end};
    for (;;) {
        uint32_t cp = next_folded(self, &x);
        if (cp != next_folded(self, &y))
            return false;
        if (!cp)
            return true;
    }
}
