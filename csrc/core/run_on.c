#include "run_on.h"

#include "word.h"

#include <string.h>

enum {
    EMOJI_MAX = 12,
    MAIL_MAX = 80,  /* bytes of a name and an address of mail */
    RULER_MIN = 8,  /* characters of a line drawn with one character */
    ITEM_MAX = 300, /* bytes of an item within which the next one is looked for */
};

uint32_t qt_smiley_end(const qt_text *text, uint32_t at, uint32_t end)
{
    const uint8_t *b = text->bytes;
    uint32_t to = at, next;
    if (at + 1 < end && (b[at] == ':' || b[at] == ';' || b[at] == '=')) {
        bool nose = b[at + 1] == '-' || b[at + 1] == '\'' || b[at + 1] == 'o';
        to += nose ? 2 : 1;
        uint32_t mouth = to;
        while (to < end && to - mouth < 4 &&
               (b[to] == ')' || b[to] == '(' || b[to] == 'D' || b[to] == 'P' || b[to] == ']' ||
                b[to] == '/'))
            to++;
        bool whole = to > mouth && qt_class_within(text, to, end) & QT_CHAR_SPACE;
        return whole ? to : at;
    }
    if (qt_text_has(text, at, "^_^"))
        return at + 3;
    for (uint32_t left = EMOJI_MAX; to < end && left--; to = next) {
        uint32_t cp = qt_text_decode(text, to, &next);
        bool emoji = cp >= 0x2190 && qt_char_class(cp) & (QT_CHAR_SYMBOL | QT_CHAR_MARK);
        if (!emoji && !(cp >= 0xFE00 && cp <= 0xFE0F))
            break;
    }
    return to;
}

/* Whether the bytes from at on are of the kinds that a pattern of "9" (a digit) and other
 * characters gives. */
static bool fits(const qt_text *text, uint32_t at, uint32_t end, const char *pattern)
{
    for (; *pattern; pattern++, at++) {
        if (at >= end)
            return false;
        bool digit = text->bytes[at] >= '0' && text->bytes[at] <= '9';
        if (*pattern == '9' ? !digit : text->bytes[at] != (uint8_t)*pattern)
            return false;
    }
    return true;
}

/* The date of three numbers before the hour whose colon is given; empty if there is none. */
static quoth_span date_before(const qt_text *text, uint32_t start, uint32_t colon)
{
    static const char *const shapes[] = {"99/99/99", "9/99/99", "99/9/99", "9/9/99", "9999-99-99"};
    quoth_span hour = qt_word_before(text, start, colon, "");
    quoth_span date =
        qt_word_before(text, start, qt_text_skip_space_back(text, start, hour.start), "/-.");
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
        if (date.start < date.end && fits(text, date.start, colon, shapes[i]))
            return date;
    return (quoth_span){colon, colon};
}

/* End of "04:17 PM" when a date of three numbers stands before it; else 0. */
static uint32_t stamp_end(const qt_text *text, uint32_t start, uint32_t colon, uint32_t end)
{
    uint32_t to = colon + 3;
    if (!fits(text, colon, end, ":99"))
        return 0;
    if (fits(text, to, end, ":99"))
        to += 3;
    if (!fits(text, to, end, " AM") && !fits(text, to, end, " PM"))
        return 0;
    return date_before(text, start, colon).start < colon ? to + 3 : 0;
}

uint32_t qt_stamp_start(const qt_text *text, uint32_t start, uint32_t colon, uint32_t end)
{
    if (!stamp_end(text, start, colon, end))
        return 0;
    uint32_t date = date_before(text, start, colon).start;
    quoth_span before = qt_word_before(text, start, qt_text_skip_space_back(text, start, date), "");
    return qt_word_classes(text, before, "") & QT_WORD_PREPOSITION ? 0 : date;
}

/* End of the address behind "Email:" at the start of a sentence, or 0. */
static uint32_t mail_end(const qt_text *text, uint32_t start, uint32_t colon, uint32_t end)
{
    uint32_t limit = end - colon > MAIL_MAX ? colon + MAIL_MAX : end, next;
    if (!qt_text_has(text, start, colon - start == 5 ? "Email:" : "E-mail:"))
        return 0;
    const uint8_t *at = memchr(text->bytes + colon, '@', limit - colon);
    if (!at)
        return 0;
    uint32_t to = (uint32_t)(at - text->bytes);
    while (to < limit && !(qt_char_class(qt_text_decode(text, to, &next)) & QT_CHAR_SPACE))
        to = next;
    return strchr(".,;:!?", text->bytes[to - 1]) ? 0 : to;
}

/* End of the address whose scheme ends at the colon: its last letter, digit or slash. */
static uint32_t address_end(const qt_text *text, uint32_t colon, uint32_t end)
{
    uint32_t to = colon + 3, next;
    while (to < end && !(qt_char_class(qt_text_decode(text, to, &next)) & QT_CHAR_SPACE))
        to = next;
    while (to > colon + 3 && strchr(".,;:!?)]}>\"'", text->bytes[to - 1]))
        to--;
    return to;
}

uint32_t qt_run_on_end(const qt_text *text, uint32_t start, uint32_t colon, uint32_t end)
{
    if (qt_text_has(text, colon, "://") && colon + 3 < end)
        return address_end(text, colon, end);
    uint32_t mail = colon > start && colon - start < 7 ? mail_end(text, start, colon, end) : 0;
    if (mail)
        return mail;
    if (qt_class_within(text, colon + 1, end) & QT_CHAR_DIGIT)
        return stamp_end(text, start, colon, end);
    uint32_t smiley = colon > start ? qt_smiley_end(text, colon, end) : colon;
    return smiley > colon ? smiley : 0;
}

uint32_t qt_farewell_end(const qt_text *text, uint32_t at, uint32_t end)
{
    quoth_span word = qt_word_at(text, at, end);
    if (!(qt_word_classes(text, word, "") & QT_WORD_FAREWELL))
        return 0;
    quoth_span second = qt_word_at(text, qt_text_skip_space(text, word.end, end), end);
    uint32_t comma = qt_word_classes(text, second, "") & QT_WORD_FAREWELL ? second.end : word.end;
    uint32_t next = qt_text_skip_space(text, comma + 1, end);
    if (comma >= end || text->bytes[comma] != ',' ||
        !(qt_class_within(text, next, end) & QT_CHAR_UPPER))
        return 0;
    /* "Thanks, Anna." is a sentence. */
    for (int left = 2; left--; next = qt_text_skip_space(text, word.end, end)) {
        word = qt_word_at(text, next, end);
        if (word.end < end && strchr(".!?,", text->bytes[word.end]))
            return 0;
    }
    return comma + 1;
}

/* Writes the decimal digits of number and a bracket; the result is their count. */
static uint32_t write_marker(uint32_t number, uint8_t out[8])
{
    uint32_t size = 0, digits = number > 99 ? 3 : number > 9 ? 2 : 1;
    for (uint32_t i = digits; i--; number /= 10, size++)
        out[i] = (uint8_t)('0' + number % 10);
    out[size++] = ')';
    return size;
}

uint32_t qt_next_item(const qt_text *text, uint32_t at, uint32_t end)
{
    uint8_t marker[8];
    uint32_t size = 0, from = at, number = 0;
    for (; from < end && from - at < 3 && fits(text, from, end, "9"); from++)
        number = number * 10 + text->bytes[from] - '0';
    if (from > at && fits(text, from, end, ")")) {
        size = write_marker(number + 1, marker);
    } else if (fits(text, at, end, "\xE2\x80\xA2") || fits(text, at, end, "\xE2\x81\x83")) {
        memcpy(marker, text->bytes + at, size = 3);
        from = at + 2;
    }
    uint32_t limit = end - at > ITEM_MAX ? at + ITEM_MAX : end;
    while (size && ++from + size < limit) {
        const uint8_t *found = memchr(text->bytes + from, marker[0], limit - size - from);
        if (!found)
            return end;
        from = (uint32_t)(found - text->bytes);
        if (!memcmp(found, marker, size) && qt_text_class_before(text, from) & QT_CHAR_SPACE)
            return from;
    }
    return end;
}

static bool is_ruled(uint8_t byte)
{
    return byte == '-' || byte == '_' || byte == '=' || byte == '*';
}

uint32_t qt_ruler_end(const qt_text *text, uint32_t start, uint32_t at, uint32_t end)
{
    const uint8_t *b = text->bytes;
    uint32_t to = at;
    while (to < end && b[to] == b[at])
        to++;
    bool apart = qt_class_within(text, to, end) & QT_CHAR_SPACE &&
                 (at == start || qt_text_class_before(text, at) & QT_CHAR_SPACE);
    return to - at >= RULER_MIN && apart && is_ruled(b[at]) ? to : at;
}

bool qt_starts_anew(const qt_text *text, uint32_t at, uint32_t end)
{
    static const char *const opening[] = {"\"", "(", "[", "\xE2\x80\x9C", "\xE2\x80\x98"};
    for (size_t i = 0; i < sizeof opening / sizeof *opening; i++)
        if (qt_text_has(text, at, opening[i])) {
            at += (uint32_t)strlen(opening[i]);
            break;
        }
    return qt_class_within(text, at, end) & QT_CHAR_UPPER || qt_text_has(text, at, "http://") ||
           qt_text_has(text, at, "https://") || qt_text_has(text, at, "www.");
}
