#include "plain_stop.h"

enum {
    START_LEAST = 9,  /* bytes of a sentence before its stop; list markers are shorter */
    AFTER_LEAST = 10, /* bytes that are looked at behind a stop */
};

static bool is_upper(uint8_t byte)
{
    return byte >= 'A' && byte <= 'Z';
}

static bool is_lower(uint8_t byte)
{
    return byte >= 'a' && byte <= 'z';
}

static bool is_digit(uint8_t byte)
{
    return byte >= '0' && byte <= '9';
}

/* Whether b starts with one of the curly marks U+2018 to U+201F, of which only the closing ones
 * have bit 0 set and bit 1 clear. */
static bool is_curly(const uint8_t *b)
{
    return b[0] == 0xE2 && b[1] == 0x80 && (b[2] & 0xF8) == 0x98;
}

static bool is_curly_closing(const uint8_t *b)
{
    return b[0] == 0xE2 && b[1] == 0x80 && (b[2] == 0x99 || b[2] == 0x9D);
}

/* Whether a capital stands at b, perhaps behind an opening mark. */
static bool starts_sentence(const uint8_t *b)
{
    if (is_upper(b[0]))
        return true;
    if (b[0] == '"')
        return is_upper(b[1]);
    return is_curly(b) && (b[2] == 0x98 || b[2] == 0x9C) && is_upper(b[3]);
}

/* Whether the word before the stop is surely neither an abbreviation, nor an initial, nor the
 * number of an item, nor a name that has the stop in it (Yahoo!). */
static bool is_plain_word(const uint8_t *stop, const qt_abbreviations *abbreviations)
{
    uint32_t length;
    uint64_t word = qt_short_word_before(qt_load_eight(stop - 8), &length);
    if (!word || qt_abbreviation_possible(abbreviations, word))
        return false;
    if (length == 8)
        return true;
    uint8_t before = stop[-(int)length - 1];
    return before == ' ' || before == '-' || before == '(' || before == '"';
}

/* Whether nothing stands between b and end but closing marks. */
static bool is_closed_till(const uint8_t *b, const uint8_t *end)
{
    while (b < end) {
        uint32_t size = *b == '"' || *b == '\'' || *b == ')' ? 1 : 3;
        if (size == 3 && (end - b < 3 || !is_curly_closing(b)))
            return false;
        b += size;
    }
    return true;
}

qt_plain_verdict qt_plain_stop(const qt_text *text, const qt_abbreviations *abbreviations,
                               uint32_t start, uint32_t at, uint32_t limit, quoth_span *gap)
{
    const uint8_t *b = text->bytes + at;
    if (limit - at < AFTER_LEAST)
        return is_closed_till(b + 1, text->bytes + limit) && *b < 0x80 ? QT_PLAIN_NONE
                                                                       : QT_PLAIN_UNCLEAR;
    bool dot = *b == '.';
    if ((!dot && *b != '?' && *b != '!') || at - start < START_LEAST)
        return QT_PLAIN_UNCLEAR;
    if (dot &&
        (is_lower(b[1]) || (is_digit(b[1]) && is_digit(b[-1]) && at - start >= QT_LABEL_LIMIT)))
        return QT_PLAIN_NONE;
    uint32_t end = 1;
    if (dot && b[1] == '"')
        end = 2;
    else if (dot && is_curly_closing(b + 1))
        end = 4;
    if (b[end] != ' ')
        return QT_PLAIN_UNCLEAR;
    uint32_t next = b[end + 1] == ' ' ? end + 2 : end + 1;
    if (!starts_sentence(b + next) || !is_plain_word(b, abbreviations))
        return QT_PLAIN_UNCLEAR;
    *gap = (quoth_span){at + end, at + next};
    return QT_PLAIN_END;
}
