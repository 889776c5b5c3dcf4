#include "ending.h"

#include "word.h"

#include "../tables/ending_weights.inc"

enum {
    GAP_SHOWN = 3,
    CASES = QT_CHAR_UPPER | QT_CHAR_LOWER | QT_CHAR_DIGIT,
};

/* What a word looks like. */
typedef enum shape {
    SHAPE_NONE,
    SHAPE_LOWER,
    SHAPE_CAPITAL,  /* The */
    SHAPE_LETTER,   /* B */
    SHAPE_CAPITALS, /* NATO */
    SHAPE_DIGITS,
    SHAPE_MIXED, /* iPhone, 1st */
    SHAPE_OTHER,
} shape;

/* A word as features see it. */
typedef struct token {
    quoth_span span;
    uint64_t hash;
    shape shape;
} token;

/* The classes that features name, in an order of their own: that of the lists may change. */
static const uint64_t named_classes[] = {
    QT_WORD_STARTER,     QT_WORD_PRONOUN,    QT_WORD_DETERMINER,     QT_WORD_CONJUNCTION,
    QT_WORD_PREPOSITION, QT_WORD_AUXILIARY,  QT_WORD_MODAL,          QT_WORD_SUBORDINATOR,
    QT_WORD_WEEKDAY,     QT_WORD_MONTH,      QT_WORD_TITLE,          QT_WORD_MALE | QT_WORD_FEMALE,
    QT_WORD_SURNAME,     QT_WORD_CUE_SPEECH, QT_WORD_COMPANY_SUFFIX,
};

/* --- words ------------------------------------------------------------------------------------ */

static shape shape_of(const qt_text *text, quoth_span span)
{
    uint32_t next = span.start;
    uint8_t first = 0, rest = 0;
    if (span.start == span.end)
        return SHAPE_NONE;
    first = qt_char_class(qt_text_decode(text, span.start, &next)) & CASES;
    bool alone = next == span.end;
    while (next < span.end)
        rest |= qt_char_class(qt_text_decode(text, next, &next)) & CASES;
    uint8_t all = first | rest;
    if (first & QT_CHAR_UPPER)
        return alone                   ? SHAPE_LETTER
               : rest == QT_CHAR_LOWER ? SHAPE_CAPITAL
               : rest == QT_CHAR_UPPER ? SHAPE_CAPITALS
                                       : SHAPE_MIXED;
    return all == QT_CHAR_LOWER   ? SHAPE_LOWER
           : all == QT_CHAR_DIGIT ? SHAPE_DIGITS
           : all                  ? SHAPE_MIXED
                                  : SHAPE_OTHER;
}

static token token_of(const qt_text *text, quoth_span span)
{
    token out = {.span = span, .shape = shape_of(text, span)};
    if (span.start < span.end)
        out.hash = qt_fold_hash(QT_HASH_EMPTY, text, span.start, span.end);
    return out;
}

/* What the lists say of a word. */
static uint64_t kinds_of(const token *word)
{
    const qt_lexeme *entry = word->shape ? qt_lexicon_find(word->hash) : NULL;
    uint64_t kinds = 0;
    for (size_t i = 0; entry && i < sizeof named_classes / sizeof *named_classes; i++)
        kinds |= (uint64_t)((entry->classes & named_classes[i]) != 0) << i;
    return kinds;
}

/* The word that ends at or before offset at, behind nothing but spaces and marks. */
static quoth_span word_to(const qt_text *text, uint32_t start, uint32_t at)
{
    uint32_t before;
    for (uint32_t left = 4; at > start && left--; at = before)
        if (qt_char_class(qt_text_decode_before(text, at, &before)) & QT_WORD_CHARS)
            break;
    return qt_word_before(text, start, at, ".'&-");
}

static quoth_span word_from(const qt_text *text, uint32_t at, uint32_t end)
{
    uint32_t next;
    for (uint32_t left = 4; at < end && left--; at = next)
        if (qt_char_class(qt_text_decode(text, at, &next)) & QT_WORD_CHARS)
            break;
    return qt_word_at(text, at, end);
}

/* --- the place -------------------------------------------------------------------------------- */

/* The logarithm of a length, in halves. */
static uint32_t bucket(uint32_t length)
{
    uint32_t bits = 31 - (uint32_t)__builtin_clz(length | 1);
    return bits * 2 + (bits ? length >> (bits - 1) & 1 : 0);
}

/* What the white space behind the place is: its length as far as it matters, and whether a line ends
 * in it. */
static uint32_t gap_kind(const qt_text *text, const qt_stop *c)
{
    uint32_t length = c->next - c->end, kind = length < GAP_SHOWN ? length : GAP_SHOWN;
    for (uint32_t at = c->end; at < c->next && at - c->end < 8; at++)
        if (text->bytes[at] == '\n' || text->bytes[at] == '\r')
            return kind | 8;
    return kind;
}

/* The stop or the sign itself, as far as it matters. */
static uint32_t sign_of(const qt_text *text, const qt_stop *c)
{
    uint32_t next, cp = qt_text_decode(text, c->run.start, &next);
    bool several = c->run.end > next;
    if (cp >= '0' && cp <= '9')
        cp = '0';
    return cp << 1 | several;
}

typedef struct writer {
    uint16_t *out;
    uint32_t count;
} writer;

/* Adds a feature: number tells which kind it is, value what was seen. */
static void put(writer *self, uint64_t number, uint64_t value)
{
    uint64_t hash = (value ^ number * UINT64_C(0x9E3779B97F4A7C15)) * UINT64_C(0xD6E8FEB86659FD93);
    hash = (hash ^ hash >> 32) * UINT64_C(0xD6E8FEB86659FD93);
    self->out[self->count++] = (uint16_t)(hash >> (64 - QT_ENDING_BITS));
}

static uint64_t pair(uint64_t a, uint64_t b)
{
    return a * UINT64_C(0xFF51AFD7ED558CCD) + b + 1;
}

uint32_t qt_ending_features(const qt_text *text, const qt_ending *place,
                            uint16_t out[QT_ENDING_FEATURES])
{
    const qt_stop *c = place->stop;
    uint32_t end = place->paragraph.end;
    token left = token_of(text, word_to(text, place->start, c->run.start));
    token right = token_of(text, c->word);
    token after = token_of(text, word_from(text, c->word.end, end));
    uint64_t kind = pair((uint64_t)c->kind * 2 + place->ends, sign_of(text, c)), rule = place->ends;
    uint64_t marks = (uint64_t)c->quoted | (uint64_t)c->bracketed << 1 | (uint64_t)c->opened << 2 |
                     (uint64_t)c->restopped << 3 | (uint64_t)c->follows << 4;
    uint64_t kinds = kinds_of(&right);
    bool first = place->start == place->paragraph.start;
    writer to = {out, 0};
    put(&to, 0, rule);
    put(&to, 1, kind);
    put(&to, 2, pair(rule, left.hash));
    put(&to, 3, pair(rule, right.hash));
    put(&to, 4, pair(kind, left.hash));
    put(&to, 5, pair(kind, right.hash));
    put(&to, 7, pair(kind, after.hash));
    put(&to, 8, pair(kind, (uint64_t)left.shape * 8 + right.shape));
    put(&to, 9, pair(kind, (uint64_t)right.shape * 8 + after.shape));
    put(&to, 11, pair(kind, marks));
    put(&to, 12, pair(kind, gap_kind(text, c)));
    put(&to, 13, pair(kind, bucket(c->run.start - place->start) * 2 + first));
    put(&to, 14, pair(kind, bucket(end - c->next)));
    put(&to, 15, pair(kind, kinds));
    put(&to, 16, pair(rule, pair(kinds, after.shape)));
    put(&to, 17, pair(rule, pair(kinds, left.shape)));
    put(&to, 18, pair(kind, pair(kinds & 1, left.shape)));
    put(&to, 20, pair(kind, qt_text_class(text, place->start) & (QT_CHAR_LOWER | QT_CHAR_UPPER)));
    put(&to, 21, pair(rule, pair(marks, (uint64_t)left.shape * 8 + right.shape)));
    put(&to, 22, pair(kind, (uint64_t)(c->run.end - c->run.start)));
    put(&to, 23, pair(rule, pair(left.hash, kinds & 1)));
    put(&to, 24, pair(pair(rule, left.span.end - left.span.start), kinds & 1));
    return to.count;
}

bool qt_ending_is_end(const qt_text *text, const qt_ending *place)
{
    uint16_t features[QT_ENDING_FEATURES];
    int32_t sum = 0;
    uint32_t count = qt_ending_features(text, place, features);
    for (uint32_t i = 0; i < count; i++)
        sum += ending_weights[features[i]];
    return sum > 0;
}
