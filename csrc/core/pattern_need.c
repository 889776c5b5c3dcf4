#include "pattern_need.h"

#include <string.h>

enum { BLOCK = 256, TRIPLE_BITS = 11, RUN_MOST = 64 };

static uint32_t triple_of(uint32_t three)
{
    return (three & 0xFFFFFF) * UINT32_C(0x9E3779B1) >> (32 - TRIPLE_BITS);
}

/* --- what a pattern needs ----------------------------------------------------------------------- */

/* A source while it is read. What stands in groups and classes is passed over. */
typedef struct reader {
    const uint8_t *at, *end;
    bool ignore_case;
    bool strange; /* something that is not understood: the pattern is not filtered */
    uint8_t run[RUN_MOST];
    uint32_t size; /* of the run: literal bytes in a row */
    qt_need need;
} reader;

static bool is_letter(uint8_t byte)
{
    return (uint8_t)((byte | 32) - 'a') < 26;
}

static bool is_digit(uint8_t byte)
{
    return (uint8_t)(byte - '0') < 10;
}

static void end_run(reader *r)
{
    for (uint32_t i = 0; i + 2 < r->size && r->need.triple_count < QT_NEED_TRIPLES; i++) {
        uint32_t three = (uint32_t)r->run[i] << 16 | (uint32_t)r->run[i + 1] << 8 | r->run[i + 2];
        r->need.triples[r->need.triple_count++] = (uint16_t)triple_of(three);
    }
    for (uint32_t i = 0; i < r->size && r->need.sign_count < QT_NEED_SIGNS; i++)
        if (r->run[i] < 0x80 && !is_letter(r->run[i]) && r->run[i] > ' ')
            r->need.signs[r->need.sign_count++] = r->run[i];
    r->size = 0;
}

/* Passes over an escape whose backslash was read; the byte that it stands for, or 0 for a class of
 * characters, a place or the like. Quoting, references and characters by number are strange. */
static uint8_t read_escape(reader *r, uint8_t *letter)
{
    static const char plain[] = "bBsSdDwWAzZGhHvVRKnrtfea";
    *letter = 0;
    if (r->at == r->end) {
        r->strange = true;
        return 0;
    }
    uint8_t byte = *r->at++;
    if (!is_letter(byte) && !is_digit(byte) && byte < 0x80)
        return byte;
    r->strange |= byte >= 0x80 || !strchr(plain, byte);
    *letter = byte;
    return 0;
}

/* Passes over a class in square brackets, the first of which was read. */
static void pass_class(reader *r)
{
    if (r->at < r->end && *r->at == '^')
        r->at++;
    if (r->at < r->end && *r->at == ']')
        r->at++;
    while (r->at < r->end && *r->at != ']') {
        uint8_t byte = *r->at++;
        if (byte == '\\' && r->at < r->end) {
            r->strange |= *r->at == 'Q' || *r->at == 'E' || *r->at == 'c';
            r->at++;
        }
        if (byte == '[' && r->at < r->end && (*r->at == ':' || *r->at == '.' || *r->at == '='))
            r->strange = true;
    }
    r->strange |= r->at == r->end;
    r->at += r->at < r->end;
}

/* What may stand behind "(?": groups, but no options, comments, conditions, calls and the like. */
static bool is_plain_group(const reader *r)
{
    static const char kinds[] = ":=!<>|'";
    if (r->at == r->end || *r->at == '*')
        return false;
    if (*r->at != '?')
        return true;
    if (r->end - r->at < 2 || !r->at[1])
        return false;
    return strchr(kinds, r->at[1]) || (r->at[1] == 'P' && r->end - r->at > 2 && r->at[2] == '<');
}

/* Passes over a group, whose bracket was read. */
static void pass_group(reader *r)
{
    r->strange |= !is_plain_group(r);
    for (uint32_t depth = 1; depth > 0 && !r->strange;) {
        if (r->at == r->end) {
            r->strange = true;
            return;
        }
        uint8_t byte = *r->at++;
        if (byte == '\\') {
            r->strange |= r->at == r->end || *r->at == 'Q' || *r->at == 'E' || *r->at == 'c';
            r->at += r->at < r->end;
        } else if (byte == '[') {
            pass_class(r);
        } else if (byte == '(') {
            r->strange |= !is_plain_group(r);
            depth++;
        } else if (byte == ')') {
            depth--;
        }
    }
}

/* Passes over a quantifier if there is one. Whether what it belongs to has to be there at least
 * once. */
static bool pass_quantifier(reader *r, bool *there)
{
    bool least = true;
    *there = r->at < r->end && (*r->at == '*' || *r->at == '+' || *r->at == '?' || *r->at == '{');
    if (!*there)
        return true;
    uint8_t byte = *r->at++;
    if (byte == '{') {
        const uint8_t *from = r->at;
        while (r->at < r->end && (is_digit(*r->at) || (*r->at == ',' && r->at > from)))
            r->at++;
        bool closed = r->at > from && r->at < r->end && *r->at == '}';
        r->strange |= !closed;
        r->at += closed;
        least = false;
        for (; from < r->at && is_digit(*from); from++)
            least |= *from != '0';
    } else {
        least = byte == '+';
    }
    if (r->at < r->end && (*r->at == '?' || *r->at == '+'))
        r->at++; /* lazy, possessive */
    return least;
}

/* A literal byte: with the quantifier behind its character it ends the run, or is not of it. */
static void read_literal(reader *r, uint8_t byte)
{
    bool there;
    if (r->ignore_case && (is_letter(byte) || byte >= 0x80)) {
        end_run(r);
        (void)pass_quantifier(r, &there);
        return;
    }
    if (r->size == RUN_MOST)
        end_run(r);
    r->run[r->size++] = byte;
    if (r->at < r->end && (*r->at & 0xC0) == 0x80)
        return; /* the character goes on */
    uint32_t before = r->size - 1;
    while (before > 0 && (r->run[before] & 0xC0) == 0x80)
        before--;
    if (!pass_quantifier(r, &there))
        r->size = before;
    if (there)
        end_run(r);
}

static void read_item(reader *r)
{
    uint8_t byte = *r->at++, letter = 0, literal = byte;
    bool there;
    switch (byte) {
    case '\\':
        literal = read_escape(r, &letter);
        break;
    case '[':
        pass_class(r);
        literal = 0;
        break;
    case '(':
        pass_group(r);
        literal = 0;
        break;
    case '.':
    case '^':
    case '$':
        literal = 0;
        break;
    case '|':
    case ')':
    case '*':
    case '+':
    case '?':
    case '{':
    case '\0':
        r->strange = true;
        break;
    default:
        break;
    }
    if (r->strange)
        return;
    if (literal) {
        read_literal(r, literal);
        return;
    }
    end_run(r);
    bool least = pass_quantifier(r, &there);
    r->need.digit |= letter == 'd' && least;
}

qt_need qt_need_of(quoth_string source, bool ignore_case)
{
    reader r = {.at = (const uint8_t *)source.data,
                .end = (const uint8_t *)source.data + source.size,
                .ignore_case = ignore_case};
    while (r.at < r.end && !r.strange)
        read_item(&r);
    end_run(&r);
    return r.strange ? (qt_need){0} : r.need;
}

/* --- what a text has ---------------------------------------------------------------------------- */

typedef struct block {
    uint64_t triples[(1 << TRIPLE_BITS) / 64]; /* of those that begin in it */
    uint64_t bytes[4];
    bool digit;
} block;

struct qt_digest {
    block *blocks;
};

static bool has(const uint64_t *bits, uint32_t n)
{
    return bits[n / 64] >> (n % 64) & 1;
}

/* Whether a character that starts with the byte may be a digit, of whatever script: U+0660 and up, but
 * not U+2000 to U+2FFF, where punctuation is. */
static bool may_be_digit(uint8_t byte)
{
    return is_digit(byte) || (byte >= 0xD9 && byte != 0xE2);
}

qt_digest *qt_digest_new(const qt_text *text, qt_arena *arena)
{
    qt_digest *self = qt_arena_alloc(arena, sizeof *self);
    if (!self)
        return NULL;
    self->blocks = qt_arena_alloc(arena, ((size_t)text->size / BLOCK + 1) * sizeof *self->blocks);
    if (!self->blocks)
        return NULL;
    uint32_t three = 0;
    for (uint32_t at = 0; at < text->size; at++) {
        uint8_t byte = text->bytes[at];
        block *own = &self->blocks[at / BLOCK];
        own->bytes[byte / 64] |= UINT64_C(1) << (byte % 64);
        own->digit |= may_be_digit(byte);
        three = three << 8 | byte;
        if (at < 2)
            continue;
        uint32_t triple = triple_of(three);
        self->blocks[(at - 2) / BLOCK].triples[triple / 64] |= UINT64_C(1) << (triple % 64);
    }
    return self;
}

bool qt_digest_may_have(const qt_digest *self, quoth_span span, const qt_need *need)
{
    const block *first = &self->blocks[span.start / BLOCK];
    const block *last = &self->blocks[(span.end - 1) / BLOCK];
    bool found = !need->digit;
    for (const block *b = first; b <= last && !found; b++)
        found = b->digit;
    for (uint32_t i = 0; i < need->sign_count && found; i++) {
        found = false;
        for (const block *b = first; b <= last && !found; b++)
            found = has(b->bytes, need->signs[i]);
    }
    for (uint32_t i = 0; i < need->triple_count && found; i++) {
        found = false;
        for (const block *b = first; b <= last && !found; b++)
            found = has(b->triples, need->triples[i]);
    }
    return found;
}
