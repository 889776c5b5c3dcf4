#include "stop.h"

#include "run_on.h"
#include "word.h"

enum {
    CLOSERS_MAX = 12, /* closing marks, note references and emoji that may follow a stop */
    OPENERS_MAX = 6,
    NOTE_MAX = 32, /* bytes of a note in square brackets */
};

/* --- characters ------------------------------------------------------------------------------- */

static bool is_dot(uint32_t cp)
{
    return cp == '.' || cp == 0x3002 || cp == 0xFF0E;
}

static bool is_ellipsis(uint32_t cp)
{
    return cp == 0x2026;
}

static bool is_strong(uint32_t cp)
{
    return cp == '!' || cp == '?' || cp == 0x203C || cp == 0x203D ||
           (cp >= 0x2047 && cp <= 0x2049) || cp == 0xFF01 || cp == 0xFF1F;
}

static bool is_closing_quote(uint32_t cp)
{
    return cp == '"' || cp == '\'' || cp == 0x2019 || cp == 0x201D || cp == 0xBB || cp == 0xAB ||
           cp == 0x203A || cp == 0x300D || cp == 0x300F;
}

/* Marks that open a quotation in English and close one elsewhere: "We lost.", the first mark low. */
static bool closes_elsewhere(uint32_t cp)
{
    return cp == 0x201C || cp == 0x2018;
}

/* Characters without width; they belong to what they touch. */
static bool is_invisible(uint32_t cp)
{
    return (cp >= 0x200B && cp <= 0x200F) || cp == 0x2060 || cp == 0xFEFF;
}

static bool is_closing_bracket(uint32_t cp)
{
    return cp == ')' || cp == ']' || cp == '}' || cp == 0x3009 || cp == 0x300B;
}

static bool is_opening(uint32_t cp)
{
    switch (cp) {
    case '"':
    case '\'':
    case '`':
    case '(':
    case '[':
    case '{':
    case '*':
    case '_':
    case 0xA1:
    case 0xAB:
    case 0xBB:
    case 0xBF:
    case 0x2018:
    case 0x201A:
    case 0x201C:
    case 0x201E:
    case 0x2039:
    case 0x300C:
    case 0x300E:
        return true;
    default:
        return false;
    }
}

/* --- the stop and its surroundings ------------------------------------------------------------ */

/* Whether the single space at offset at stands between two equal stops: ". . ." */
static bool is_repeated(const qt_text *text, uint32_t at, uint32_t end)
{
    if (at + 1 >= end)
        return false;
    uint8_t before = text->bytes[at - 1], after = text->bytes[at + 1];
    return before == after && (after == '.' || after == '?' || after == '!') &&
           !(qt_class_within(text, at + 2, end) & QT_WORD_CHARS);
}

/* The run of stops that starts at offset at; full stops set apart by single spaces are one run, but
 * not those of "It ended. ... Later". */
static void measure_run(const qt_text *text, uint32_t at, uint32_t limit, qt_stop *out)
{
    uint32_t end = at, next, dots = 0;
    out->kind = QT_STOP_DOT;
    while (end < limit) {
        uint32_t cp = qt_text_decode(text, end, &next);
        if (is_strong(cp))
            out->kind = QT_STOP_STRONG;
        else if (is_ellipsis(cp) || (is_dot(cp) && ++dots > 1))
            out->kind = out->kind == QT_STOP_STRONG ? QT_STOP_STRONG : QT_STOP_ELLIPSIS;
        else if (!is_dot(cp) && !(cp == ' ' && end > at && is_repeated(text, end, limit) &&
                                  !(end - at == 1 && qt_text_has(text, next, "...") &&
                                    !qt_text_has(text, next, "...."))))
            break;
        end = next;
    }
    out->run = (quoth_span){at, end};
}

/* End of "[12]" or "[...]" at offset at, or at. What touches the stop is a note whatever it says:
 * "in 1950.[citation needed] It fell". */
static uint32_t note_end(const qt_text *text, uint32_t at, uint32_t end, bool apart)
{
    uint32_t to = at + 1, next, limit = at + (apart ? 6 : NOTE_MAX);
    if (at >= end || text->bytes[at] != '[')
        return at;
    for (; to < end && to < limit; to = next) {
        uint32_t cp = qt_text_decode(text, to, &next);
        if (apart ? !(cp >= '0' && cp <= '9') && !is_dot(cp) && !is_ellipsis(cp) : cp == ']')
            break;
    }
    return to > at + 1 && to < end && text->bytes[to] == ']' ? to + 1 : at;
}

/* End of the digits of a note reference that touch the stop (innovation.23 Open-mindedness), or
 * at. */
static uint32_t superscript_end(const qt_text *text, uint32_t stop, uint32_t at, uint32_t end)
{
    uint32_t to = at, next;
    if (!(qt_text_class_before(text, stop) & QT_CHAR_LOWER))
        return at;
    for (; to < end && to - at < 7 && qt_class_within(text, to, end) & QT_CHAR_DIGIT; to = next)
        qt_text_decode(text, to, &next);
    bool whole = to > at && qt_class_within(text, to, end) & QT_CHAR_SPACE &&
                 !(qt_class_within(text, qt_text_skip_space(text, to, end), end) & QT_CHAR_LOWER);
    return whole ? to : at;
}

/* End of the number of a note that stands apart (a fee. 8 Yet some), known by the word that follows
 * it; or end, which is where the sentence ends without it. */
static uint32_t spaced_note_end(const qt_text *text, uint32_t end, uint32_t limit)
{
    uint32_t at = qt_text_skip_space(text, end, limit), to = at;
    while (to < limit && to - at < 3 && text->bytes[to] >= '0' && text->bytes[to] <= '9')
        to++;
    uint32_t next = qt_text_skip_space(text, to, limit);
    if (at == end || to == at || to - at > 2 || next == to ||
        !(qt_class_within(text, next, limit) & QT_CHAR_UPPER))
        return end;
    return qt_word_classes(text, qt_word_at(text, next, limit), "") & QT_WORD_STARTER ? to : end;
}

/* End of one thing at offset at that belongs to the sentence before it: a closing mark or bracket,
 * a note reference, a smiley, a stop behind one of these; or at. apart: white space stands before
 * it. */
static uint32_t closer_end(const qt_text *text, uint32_t at, uint32_t limit, bool apart,
                           qt_stop *out)
{
    uint32_t next, cp = qt_text_decode(text, at, &next), note = note_end(text, at, limit, apart);
    /* Set apart by white space, a straight mark closes only if it does not touch what follows. */
    bool spaced = qt_class_within(text, next, limit) & QT_CHAR_SPACE,
         alone = spaced && cp != '\'' && cp != 0xAB;
    if (apart ? is_closing_quote(cp) && alone
              : is_closing_quote(cp) || (spaced && closes_elsewhere(cp))) {
        out->quoted = true;
        return next;
    }
    if (is_closing_bracket(cp)) {
        out->bracketed = true;
        return next;
    }
    if (!apart && is_invisible(cp))
        return next;
    /* The sign of a footnote. */
    if (!apart && spaced && (cp == '*' || cp == 0x2020 || cp == 0x2021))
        return next;
    if (note > at && !(qt_class_within(text, note, limit) & QT_WORD_CHARS))
        return note;
    if (!apart && at > out->run.end && (is_dot(cp) || is_strong(cp) || is_ellipsis(cp))) {
        out->restopped = true;
        return next;
    }
    return qt_smiley_end(text, at, limit);
}

/* Takes in what belongs to the sentence behind its stop. */
static void measure_end(const qt_text *text, uint32_t limit, qt_stop *out)
{
    uint32_t end = superscript_end(text, out->run.start, out->run.end, limit);
    for (uint32_t left = CLOSERS_MAX; end < limit && left--;) {
        uint32_t at = qt_text_skip_space(text, end, limit);
        uint32_t to = at < limit ? closer_end(text, at, limit, at > end, out) : at;
        if (to == at)
            break;
        end = to;
    }
    out->end = spaced_note_end(text, end, limit);
    out->next = qt_text_skip_space(text, out->end, limit);
}

/* Whether a word that starts with a small letter has a capital further on: iPhone, eBay. */
static bool has_inner_capital(const qt_text *text, quoth_span word)
{
    for (uint32_t at = word.start, next; at < word.end; at = next)
        if (qt_char_class(qt_text_decode(text, at, &next)) & QT_CHAR_UPPER)
            return true;
    return false;
}

static void measure_next(const qt_text *text, uint32_t limit, qt_stop *out)
{
    uint32_t at = out->next, next;
    for (uint32_t left = OPENERS_MAX;
         at < limit && left-- && is_opening(qt_text_decode(text, at, &next));) {
        out->opened = true;
        at = next;
    }
    out->word = (quoth_span){at, at};
    out->follows = QT_NEXT_OTHER;
    if (at >= limit)
        return;
    uint32_t cp = qt_text_decode(text, at, &next);
    uint8_t class = qt_char_class(cp);
    if (class & QT_CHAR_DASH)
        out->follows = QT_NEXT_DASH;
    else if (cp == ',' || cp == ';' || cp == ':')
        out->follows = QT_NEXT_COMMA;
    else if (class & QT_CHAR_DIGIT)
        out->follows = QT_NEXT_DIGIT;
    else if (class & QT_CHAR_LOWER)
        out->follows = QT_NEXT_LOWER;
    else if (class & (QT_CHAR_UPPER | QT_CHAR_LETTER))
        out->follows = QT_NEXT_UPPER;
    if (class & (QT_CHAR_LETTER | QT_CHAR_DIGIT))
        out->word = qt_word_at(text, at, limit);
    if (out->follows == QT_NEXT_LOWER && has_inner_capital(text, out->word))
        out->follows = QT_NEXT_UPPER;
    out->address = qt_text_has(text, at, "http://") || qt_text_has(text, at, "https://") ||
                   qt_text_has(text, at, "www.");
}

qt_stop qt_stop_at(const qt_text *text, uint32_t at, uint32_t end)
{
    qt_stop out = {.run = {at, at}};
    measure_run(text, at, end, &out);
    measure_end(text, end, &out);
    measure_next(text, end, &out);
    return out;
}

qt_stop qt_stop_instead(const qt_text *text, quoth_span sign, uint32_t end)
{
    qt_stop out = {.run = sign, .end = sign.end, .kind = QT_STOP_NONE};
    out.next = qt_text_skip_space(text, out.end, end);
    measure_next(text, end, &out);
    return out;
}
