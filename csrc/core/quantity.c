#include "quantity.h"

#include "document.h"
#include "word_set.h"

enum { WINDOW = 120 }; /* bytes that an amount may reach over */

/* What a token is as the start of an amount; each pattern is tried at some only. */
enum {
    SIGN = 1,    /* a currency sign */
    DIGIT = 2,   /* a number in digits */
    MONTH = 4,   /* the name of a month */
    ARTICLE = 8, /* "a", "an": of an hour, a billion */
    WORD = 16,   /* any other word that may start one */
    MARK = 32,   /* an apostrophe before digits: '90s */
};

/* What has to come for a pattern to match at all: matching is what costs, and looking is cheap. */
enum {
    MEASURE = 1,      /* a unit of money or size, or a sign that is none of currency */
    PERCENT = 2,      /* "percent" and the like, or such a sign */
    HOURS = 4,        /* a unit of time below a day, ... */
    DAYS = 8,         /* a unit of time from a day on, ... */
    CENTURY = 16,     /* a century, a quarter or a half, ... */
    CLOCK = 32,       /* a colon or a full stop inside the number, or "p.m.", ... */
    MONTH_IN = 64,    /* the name of a month */
    DIGITS = 128,     /* digits */
    CAPITAL = 256,    /* the first word has a capital */
    YEAR = 512,       /* the number starts like a year, or it is none */
    DECADE = 1024,    /* and the year is a round one */
    LETTERS = 2048,   /* letters behind the digits, or no number */
    JOINED = 4096,    /* a hyphen, a slash or a full stop behind digits */
    WEEKDAY = 8192,   /* this is one, or what follows has a capital */
    DAYTIME = 16384,  /* "noon" and the like, or "morning" and the like behind it */
    HUNDREDS = 32768, /* "hundred" and the like behind it, or no article */
    PERIOD = 65536,   /* "today" and the like, or a stretch of the calendar */
    ANY_UNIT = MEASURE | PERCENT | HOURS | DAYS | CENTURY | CLOCK | PERIOD,
};

/* In the order in which they are tried; of two that match the longer counts, then the earlier. */
static const struct {
    qt_pattern_id id;
    uint8_t starts;
    uint32_t needs;
} patterns[] = {
    {QT_PATTERN_MONEY_SIGN, SIGN | WORD, DIGITS},
    {QT_PATTERN_MONEY_WORD, DIGIT | ARTICLE | WORD, MEASURE},
    {QT_PATTERN_PERCENT, DIGIT | ARTICLE | WORD, PERCENT},
    {QT_PATTERN_TIME_CLOCK, DIGIT, CLOCK},
    {QT_PATTERN_TIME_OF_DAY, WORD, DAYTIME},
    {QT_PATTERN_TIME_SPAN, DIGIT | ARTICLE | WORD, HOURS},
    {QT_PATTERN_DATE_ISO, DIGIT, JOINED},
    {QT_PATTERN_DATE_DAY_MONTH, DIGIT | WORD, MONTH_IN},
    {QT_PATTERN_DATE_MONTH_DAY, MONTH | WORD, MONTH_IN},
    {QT_PATTERN_DATE_MONTH, MONTH | WORD, MONTH_IN},
    {QT_PATTERN_DATE_WEEKDAY, WORD, WEEKDAY},
    {QT_PATTERN_DATE_RELATIVE, WORD, PERIOD},
    {QT_PATTERN_DATE_SEASON, WORD, DIGITS},
    {QT_PATTERN_DATE_SPAN, DIGIT | ARTICLE | WORD, DAYS},
    {QT_PATTERN_DATE_CENTURY, DIGIT | WORD, CENTURY},
    {QT_PATTERN_DATE_DECADE, DIGIT | WORD | MARK, DIGITS | DECADE},
    {QT_PATTERN_DATE_YEAR, DIGIT | WORD, DIGITS | YEAR},
    {QT_PATTERN_DATE_HOLIDAY, WORD, CAPITAL},
    {QT_PATTERN_QUANTITY, DIGIT | ARTICLE | WORD, MEASURE},
    {QT_PATTERN_ORDINAL, DIGIT | WORD, LETTERS},
    {QT_PATTERN_CARDINAL, DIGIT | ARTICLE | WORD, HUNDREDS},
};
enum { PATTERNS = sizeof patterns / sizeof *patterns };
_Static_assert(sizeof patterns / sizeof *patterns <= 32, "a set of them has 32 bits");

/* What the token may start, or 0. */
static uint8_t start_of(const qt_token *t, const qt_text *text)
{
    switch (t->kind) {
    case QT_TOKEN_NUMBER:
        return DIGIT;
    case QT_TOKEN_SYMBOL:
        return text->bytes[t->start] == '$' || t->end - t->start > 1 ? SIGN : 0;
    case QT_TOKEN_WORD:
        if (!(t->classes & QT_WORD_AMOUNT_START))
            return 0;
        if (t->classes & QT_WORD_MONTH)
            return t->shape & QT_SHAPE_CAPITAL ? MONTH : 0;
        return t->classes & QT_WORD_DETERMINER && t->end - t->start < 3 &&
                       !(t->shape & QT_SHAPE_UPPER)
                   ? ARTICLE
                   : WORD;
    case QT_TOKEN_MARK:
        return t->end < text->size && text->bytes[t->end] >= '0' && text->bytes[t->end] <= '9'
                   ? MARK
                   : 0;
    default:
        return 0;
    }
}

/* "one" as a pronoun: one of his calls, this one, one would think. */
static bool is_pronoun_one(const qt_tokens *tokens, const qt_text *text, uint32_t first,
                           uint32_t end)
{
    const qt_token *one = &tokens->items[first];
    if (end - first != 1 || one->end - one->start != 3 || one->kind != QT_TOKEN_WORD ||
        (text->bytes[one->start + 1] | 32) != 'n')
        return false;
    const qt_token *before = first ? one - 1 : NULL, *after = end < tokens->count ? one + 1 : NULL;
    if (before && before->classes & (QT_WORD_DETERMINER | QT_WORD_PRONOUN | QT_WORD_NEGATION))
        return true;
    return !after || after->kind != QT_TOKEN_WORD ||
           after->classes &
               (QT_WORD_AUXILIARY | QT_WORD_MODAL | QT_WORD_PREPOSITION | QT_WORD_DETERMINER) ||
           qt_token_is(after, "who");
}

/* "first" as an adverb: she spoke first and left. */
static bool is_adverb(const qt_tokens *tokens, uint32_t first, uint32_t end)
{
    const qt_token *t = &tokens->items[first];
    if (end - first != 1 || t->kind != QT_TOKEN_WORD || first == 0 || end >= tokens->count)
        return false;
    const qt_token *before = t - 1, *after = t + 1;
    bool free = after->kind == QT_TOKEN_PUNCT ||
                after->classes & (QT_WORD_CONJUNCTION | QT_WORD_PREPOSITION | QT_WORD_SUBORDINATOR);
    return free && before->kind == QT_TOKEN_WORD &&
           !(before->classes & (QT_WORD_DETERMINER | QT_WORD_BE_FORM | QT_WORD_PREPOSITION));
}

/* A month that may be a name or a verb (May, March, April) stands alone only after a word that says
 * so. */
static bool is_doubtful_month(const qt_tokens *tokens, const qt_usage *usage, uint32_t first,
                              uint32_t end)
{
    const qt_token *t = &tokens->items[first];
    if (end - first != 1 || !(t->classes & QT_WORD_MONTH))
        return false;
    if (usage->at[first] & QT_AT_INITIAL)
        return (t->classes & (QT_WORD_MODAL | QT_WORD_VERB | QT_WORD_MALE | QT_WORD_FEMALE)) != 0;
    return first > 0 && tokens->items[first - 1].kind == QT_TOKEN_WORD &&
           tokens->items[first - 1].shape & QT_SHAPE_CAPITAL &&
           (!(usage->at[first - 1] & QT_AT_INITIAL) ||
            tokens->items[first - 1].classes & (QT_WORD_MALE | QT_WORD_FEMALE)) &&
           !(usage->at[first] & QT_AT_HEADLINE);
}

/* The token after the last one of the match, or first if the match ends inside a token: before more
 * than the stop that a unit at the end of a sentence has taken for its own. */
static uint32_t match_end(const qt_tokens *tokens, const qt_text *text, uint32_t first,
                          uint32_t end_byte)
{
    uint32_t end = first;
    while (end < tokens->count && tokens->items[end].start < end_byte)
        end++;
    const qt_token *last = &tokens->items[end - 1];
    bool stop = last->end == end_byte + 1 && text->bytes[end_byte] == '.' && end - first > 1;
    return last->end == end_byte || stop ? end : first;
}

/* The number at the start of a title or the digits of a version, a phone number, a name like F-16.
 */
static bool is_part_of_name(const qt_tokens *tokens, const qt_text *text, uint32_t first)
{
    const qt_token *t = &tokens->items[first];
    if (t->kind != QT_TOKEN_NUMBER || first == 0 || t->shape & QT_SHAPE_SPACE)
        return false;
    const qt_token *before = t - 1;
    return before->kind == QT_TOKEN_WORD || before->kind == QT_TOKEN_URL ||
           (before->kind == QT_TOKEN_DASH && first > 1 && !(before->shape & QT_SHAPE_SPACE) &&
            before[-1].kind == QT_TOKEN_WORD && before[-1].shape & QT_SHAPE_CAPITAL) ||
           text->bytes[before->start] == '#' || text->bytes[before->start] == '/';
}

/* The end of the last token that a pattern at token first may see. */
static uint32_t window_end(const qt_tokens *tokens, uint32_t first)
{
    uint32_t i = first, limit = tokens->items[first].start + WINDOW;
    while (i + 1 < tokens->count && tokens->items[i + 1].end <= limit)
        i++;
    return tokens->items[i].end;
}

/* What a number, spelt in digits, meets by itself. */
static unsigned met_by_number(const qt_token *t, const qt_text *text)
{
    const uint8_t *bytes = text->bytes + t->start;
    uint32_t size = t->end - t->start;
    uint8_t behind = t->end < text->size ? text->bytes[t->end] : 0;
    unsigned met = behind == '-' || behind == '/' ? JOINED : 0;
    for (uint32_t at = 0; at < size; at++)
        met |= bytes[at] == '.' ? CLOCK | JOINED : bytes[at] == ':' ? CLOCK : 0;
    if (t->shape & (QT_SHAPE_LOWER | QT_SHAPE_UPPER | QT_SHAPE_MIXED | QT_SHAPE_CAPITAL))
        met |= LETTERS;
    if (bytes[0] >= 0x80)
        return met | YEAR | DECADE; /* digits of another script */
    if (size >= 4 && (bytes[0] == '1' || bytes[0] == '2'))
        met |= bytes[3] == '0' || bytes[3] >= 0x80 ? YEAR | DECADE : YEAR;
    return met;
}

/* What a word meets by itself and with the words right behind it. */
static unsigned met_by_word(const qt_tokens *tokens, uint32_t first, uint8_t start)
{
    const qt_token *t = &tokens->items[first];
    uint32_t behind = tokens->count - first - 1; /* tokens */
    unsigned met = YEAR | DECADE | LETTERS;
    if (t->shape & QT_SHAPE_CAPITAL)
        met |= CAPITAL;
    if (start != ARTICLE || (behind && qt_set_has(QT_SET_HUNDREDS, t[1].key)))
        met |= HUNDREDS;
    if (start != WORD)
        return met;
    if (t->classes & QT_WORD_WEEKDAY || (behind && t[1].shape & QT_SHAPE_CAPITAL))
        met |= WEEKDAY;
    if (qt_set_has(QT_SET_DAYPOINT, t->key) || (behind && qt_set_has(QT_SET_DAYTIME, t[1].key)) ||
        (behind > 1 && qt_set_has(QT_SET_DAYTIME, t[2].key)))
        met |= DAYTIME;
    return met;
}

/* Whether a word may stand between the number of an amount and its unit: "two to three million
 * Canadian dollars". */
static bool may_be_within(const qt_token *t)
{
    if (t->kind != QT_TOKEN_WORD || !(t->shape & QT_SHAPE_LOWER) || t->end - t->start < 3 ||
        t->classes & QT_WORD_AMOUNT_START)
        return true;
    return qt_set_has(QT_SET_AMOUNT_WITHIN, t->key);
}

/* What a word of the class amount_unit is the unit of. */
static unsigned met_by_unit(uint64_t key)
{
    unsigned met = 0;
    met |= qt_set_has(QT_SET_PERCENT_UNIT, key) ? PERCENT : 0;
    met |= qt_set_has(QT_SET_DAYS_UNIT, key) ? DAYS : 0;
    met |= qt_set_has(QT_SET_HOURS_UNIT, key) ? HOURS : 0;
    met |= qt_set_has(QT_SET_CENTURY_UNIT, key) ? CENTURY : 0;
    met |= qt_set_has(QT_SET_CLOCK_UNIT, key) ? CLOCK : 0;
    return met ? met : MEASURE;
}

/* What the unit of an amount meets, if the token may be one. */
static unsigned met_as_unit(const qt_token *t, const qt_text *text)
{
    /* The stop at the end of a sentence, taken for that of an abbreviation: "360 km." */
    if (t->kind == QT_TOKEN_WORD && t->shape & QT_SHAPE_DOT &&
        !(t->classes & QT_WORD_AMOUNT_UNIT)) {
        uint64_t key = qt_fold_hash(QT_HASH_EMPTY, text, t->start, t->end - 1);
        const qt_lexeme *bare = qt_lexicon_find(key);
        return bare && bare->classes & QT_WORD_AMOUNT_UNIT ? met_by_unit(key) : 0;
    }
    if (t->kind == QT_TOKEN_WORD)
        return (t->classes & QT_WORD_AMOUNT_UNIT ? met_by_unit(t->key) : 0) |
               (qt_set_has(QT_SET_PERIOD, t->key) ? PERIOD : 0);
    bool letters =
        t->kind == QT_TOKEN_NUMBER && t->shape & (QT_SHAPE_LOWER | QT_SHAPE_UPPER | QT_SHAPE_MIXED);
    return letters || t->classes & QT_WORD_AMOUNT_UNIT || t->kind == QT_TOKEN_SYMBOL ||
                   text->bytes[t->start] == '%'
               ? ANY_UNIT
               : 0;
}

/* Which needs are met by the tokens from first on, up to the byte limit. */
static unsigned needs_met(const qt_tokens *tokens, const qt_text *text, uint32_t first,
                          uint8_t start, uint32_t limit)
{
    enum { NEAR = 12 }; /* tokens that an amount has at most before its unit */
    const qt_token *t = &tokens->items[first];
    bool within = true;
    unsigned met = t->kind == QT_TOKEN_NUMBER ? met_by_number(t, text) | HUNDREDS
                                              : met_by_word(tokens, first, start);
    for (uint32_t i = first; i < tokens->count && i < first + NEAR && t->start < limit; i++, t++) {
        met |= t->shape & QT_SHAPE_DIGIT ? DIGITS : 0;
        met |= t->classes & QT_WORD_MONTH ? MONTH_IN : 0;
        met |= within ? met_as_unit(t, text) : 0;
        within = within && may_be_within(t);
    }
    return met;
}

/* The patterns that are worth trying at token first: bits of their places in the table. */
static uint32_t likely_patterns(const struct quoth_doc *doc, quoth_scratch *scratch, uint32_t first,
                                uint8_t start, uint32_t limit)
{
    const qt_token *t = &doc->tokens.items[first];
    unsigned met = needs_met(&doc->tokens, &doc->text, first, start, limit);
    uint32_t likely = 0, wanted = 0;
    uint64_t ids = 0;
    for (uint32_t p = 0; p < PATTERNS; p++)
        if (patterns[p].starts & start && (patterns[p].needs & met) == patterns[p].needs) {
            wanted |= UINT32_C(1) << p;
            ids |= UINT64_C(1) << patterns[p].id;
        }
    if (t->kind != QT_TOKEN_WORD)
        return wanted;
    ids = qt_pattern_starts(scratch->matcher, ids, t->key, doc->text.bytes + t->start,
                            t->end - t->start);
    for (uint32_t p = 0; p < PATTERNS; p++)
        likely |= wanted & (uint32_t)(ids >> patterns[p].id & 1) << p;
    return likely;
}

/* The token after the longest amount that starts at token first, its pattern and its last byte; first
 * if none does. */
static uint32_t amount_end(const struct quoth_doc *doc, quoth_scratch *scratch, uint32_t first,
                           uint8_t start, uint32_t limit, qt_pattern_id *id, uint32_t *end_byte)
{
    const qt_tokens *tokens = &doc->tokens;
    uint32_t best = first, best_byte = 0;
    uint32_t likely = likely_patterns(doc, scratch, first, start, limit);
    uint32_t window = likely ? window_end(tokens, first) : 0;
    qt_match match;
    for (; likely; likely &= likely - 1) {
        uint32_t p = (uint32_t)__builtin_ctz(likely);
        if (!qt_pattern_match(scratch->matcher, patterns[p].id, &doc->text,
                              tokens->items[first].start, window < limit ? window : limit,
                              &match) ||
            match.group[0].end <= best_byte)
            continue;
        uint32_t end = match_end(tokens, &doc->text, first, match.group[0].end);
        if (end > best) {
            best = end;
            best_byte = match.group[0].end;
            *id = patterns[p].id;
        }
    }
    *end_byte = best_byte;
    return best;
}

/* "about 30" of "about 30 percent": from the number itself on, it is an amount of something. */
static bool only_begins(const struct quoth_doc *doc, quoth_scratch *scratch, uint32_t first,
                        uint32_t end, uint32_t limit)
{
    for (uint32_t i = first + 1; i < end; i++) {
        const qt_token *t = &doc->tokens.items[i];
        uint8_t start = start_of(t, &doc->text);
        uint32_t ignored;
        qt_pattern_id id;
        if (start)
            return amount_end(doc, scratch, i, start, limit, &id, &ignored) > end;
    }
    return false;
}

/* "USA Today": no day of the calendar has a capital here. */
static bool is_titled_day(const qt_tokens *tokens, const qt_usage *usage, uint32_t first)
{
    return tokens->items[first].shape & QT_SHAPE_CAPITAL &&
           !(usage->at[first] & (QT_AT_INITIAL | QT_AT_HEADLINE | QT_AT_SHOUT));
}

quoth_status qt_quantity_find(const struct quoth_doc *doc, quoth_scratch *scratch,
                              qt_arena *temporary, qt_usage *usage, qt_mentions *out)
{
    const qt_tokens *tokens = &doc->tokens;
    for (uint32_t i = 0, sentence = 0; i < tokens->count;) {
        const qt_token *t = &tokens->items[i];
        uint8_t start = start_of(t, &doc->text);
        if (!start) {
            i++;
            continue;
        }
        while (sentence < doc->sentences.count &&
               doc->sentences.items[sentence].span.end <= t->start)
            sentence++;
        uint32_t limit = sentence < doc->sentences.count ? doc->sentences.items[sentence].span.end
                                                         : doc->text.size;
        qt_pattern_id id = 0;
        uint32_t end_byte, end = amount_end(doc, scratch, i, start, limit, &id, &end_byte);
        if (end == i || (id == QT_PATTERN_DATE_RELATIVE && is_titled_day(tokens, usage, i)) ||
            (id == QT_PATTERN_CARDINAL && t->kind == QT_TOKEN_WORD &&
             only_begins(doc, scratch, i, end, limit)) ||
            (id == QT_PATTERN_ORDINAL && is_adverb(tokens, i, end)) ||
            is_pronoun_one(tokens, &doc->text, i, end) ||
            is_doubtful_month(tokens, usage, i, end) || is_part_of_name(tokens, &doc->text, i)) {
            i++;
            continue;
        }
        quoth_mention *m = qt_push(temporary, out);
        if (!m)
            return QUOTH_ERROR_MEMORY;
        *m = (quoth_mention){.span = {t->start, end_byte},
                             .label = qt_pattern_label(id),
                             .entity = QUOTH_NONE,
                             .score = 0.9F,
                             .rule = qt_pattern_rule(id)};
        for (; i < end; i++)
            usage->at[i] |= QT_AT_TAKEN;
    }
    return QUOTH_OK;
}
