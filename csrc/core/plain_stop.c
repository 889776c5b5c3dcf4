#include "plain_stop.h"

enum {
    START_LEAST = 9,  /* bytes of a sentence before its stop; list markers are shorter */
    AFTER_LEAST = 12, /* bytes that are looked at behind a stop */
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

static bool is_letter(uint8_t byte)
{
    return is_lower(byte | 0x20);
}

/* Whether a word starts behind such a byte. */
static bool is_gap(uint8_t byte)
{
    return byte == ' ' || byte == '-' || byte == '(' || byte == '"' || byte == '\n';
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
    if (b[0] == '\'' && b[1] == '\'')
        return is_upper(b[2]);
    return is_curly(b) && (b[2] == 0x98 || b[2] == 0x9C) && is_upper(b[3]);
}

/* Whether a short word of small letters stands at b: no iPhone. */
static bool is_small_word(const uint8_t *b)
{
    uint32_t length;
    uint64_t eight = qt_load_eight(b), folded = qt_short_word_at(eight, &length);
    return folded && length < 8 && (folded ^ eight) << (64 - 8 * length) == 0 &&
           (b[length] == ' ' || b[length] == ',');
}

/* Whether the full stop at b touches both sides or is one of an abbreviation that goes on: 3.5,
 * example.org, U.S, "U.S. troops". before: bytes of the sentence before it. */
static bool is_inside(const uint8_t *b, uint32_t before)
{
    if (is_lower(b[1]) || (is_digit(b[1]) && is_digit(b[-1]) && before >= QT_LABEL_LIMIT))
        return true;
    if (!is_letter(b[-1]))
        return false;
    if (is_upper(b[1]))
        return is_gap(b[-2]) || b[-2] == '.';
    return b[1] == ' ' && is_small_word(b + 2) && b[-2] == '.' && is_letter(b[-3]) && is_gap(b[-4]);
}

/* Whether the word before the stop is surely neither an abbreviation, nor an initial, nor the
 * number of an item, nor a name that has the stop in it (Yahoo!). */
static bool is_plain_word(const uint8_t *stop, const qt_abbreviations *abbreviations)
{
    uint32_t length;
    uint64_t word = qt_short_word_before(qt_load_eight(stop - 8), &length);
    if (!length)
        return stop[-1] == ')' || stop[-1] == '"' || stop[-1] == '%' ||
               (is_digit(stop[-1]) && is_digit(stop[-2]) && is_digit(stop[-3]) &&
                is_digit(stop[-4]));
    if (!word || qt_abbreviation_possible(abbreviations, word))
        return false;
    return length == 8 || is_gap(stop[-(int)length - 1]);
}

/* End of the stop at b and of the closing marks behind it. */
static uint32_t closed_end(const uint8_t *b)
{
    if (*b != '.')
        return 1;
    if (b[1] == '"')
        return 2;
    if (b[1] == '\'')
        return b[2] == '\'' ? 3 : 2;
    return is_curly_closing(b + 1) ? 4 : 1;
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

/* Whether the full stop at b belongs to a title before a name: "Mr. Reed", "Sen. Holt". The word may
 * be the first of the text; room: bytes before b. "Gov. The" is left to the rules. */
static bool is_title(const uint8_t *b, uint32_t room, const qt_abbreviations *abbreviations)
{
    uint32_t length;
    if (room < 8 || b[1] != ' ' || !is_upper(b[2]))
        return false;
    uint64_t word = qt_short_word_before(qt_load_eight(b - 8), &length);
    return word && length < 8 && is_gap(b[-(int)length - 1]) && is_upper(b[-(int)length]) &&
           qt_abbreviation_is_title(abbreviations, word) && !(b[2] == 'T' && b[3] == 'h');
}

qt_plain_verdict qt_plain_stop(const qt_text *text, const qt_abbreviations *abbreviations,
                               uint32_t start, uint32_t at, uint32_t limit, quoth_span *gap)
{
    const uint8_t *b = text->bytes + at;
    if (limit - at < AFTER_LEAST)
        return is_closed_till(b + 1, text->bytes + limit) && *b < 0x80 ? QT_PLAIN_NONE
                                                                       : QT_PLAIN_UNCLEAR;
    bool dot = *b == '.';
    if (b[1] == ',' && *b < 0x80)
        return QT_PLAIN_NONE;
    if (dot && is_title(b, at, abbreviations))
        return QT_PLAIN_NONE;
    if ((!dot && *b != '?' && *b != '!') || at - start < START_LEAST)
        return QT_PLAIN_UNCLEAR;
    if (dot && is_inside(b, at - start))
        return QT_PLAIN_NONE;
    uint32_t end = closed_end(b);
    if (b[end] != ' ')
        return QT_PLAIN_UNCLEAR;
    uint32_t next = b[end + 1] == ' ' ? end + 2 : end + 1;
    if (!starts_sentence(b + next) || !is_plain_word(b, abbreviations))
        return QT_PLAIN_UNCLEAR;
    *gap = (quoth_span){at + end, at + next};
    return QT_PLAIN_END;
}
