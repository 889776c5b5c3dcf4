#include "frame_line.h"

#include "lexicon.h"

/* Bytes that the longest line of each kind has. */
enum { DATELINE_MAX = 200, OPENING_MAX = 160, SOURCE_MAX = 400, BYLINE_MAX = 200, NOTE_MAX = 800 };

static bool match_line(qt_matcher *matcher, qt_pattern_id id, const qt_text *text, quoth_span line,
                       uint32_t longest, qt_match *out)
{
    return line.end - line.start <= longest &&
           qt_pattern_match(matcher, id, text, line.start, line.end, out);
}

static int number_in(const qt_text *text, quoth_span span)
{
    int value = 0;
    for (uint32_t at = span.start; at < span.end && value < 10000; at++)
        if (text->bytes[at] >= '0' && text->bytes[at] <= '9')
            value = value * 10 + (text->bytes[at] - '0');
    return value;
}

static uint8_t month_in(qt_matcher *matcher, const qt_text *text, quoth_span span)
{
    qt_match match;
    for (int i = 0; span.start < span.end && i < 12; i++)
        if (qt_pattern_match(matcher, (qt_pattern_id)(QT_PATTERN_MONTH_1 + i), text, span.start,
                             span.end, &match))
            return (uint8_t)(i + 1);
    return 0;
}

/* Takes over the date whose month, day and year are the three groups, unless one is known. */
static void take_date(qt_matcher *matcher, const qt_text *text, const quoth_span groups[3],
                      quoth_frame *inout)
{
    if (inout->year || inout->month || groups[0].start == groups[0].end)
        return;
    inout->month = month_in(matcher, text, groups[0]);
    inout->day = (uint8_t)number_in(text, groups[1]);
    inout->year = (int16_t)number_in(text, groups[2]);
}

static void take(quoth_span span, quoth_span *inout)
{
    if (inout->start == inout->end)
        *inout = span;
}

bool qt_frame_dateline(qt_matcher *matcher, const qt_text *text, quoth_span line,
                       quoth_frame *inout)
{
    qt_match match;
    if (!match_line(matcher, QT_PATTERN_FRAME_DATELINE, text, line, DATELINE_MAX, &match))
        return false;
    take_date(matcher, text, &match.group[3], inout);
    if (inout->dateline.start == inout->dateline.end) {
        inout->dateline = line;
        inout->place = match.group[1];
        inout->section = match.group[6].end ? match.group[6] : match.group[2];
        inout->section = qt_text_trim(text, inout->section);
    }
    return true;
}

/* Whether a place of the gazetteer and a colon or a dash open the paragraph: "OSLO: The". */
static bool match_town(qt_matcher *matcher, const qt_text *text, uint32_t start, uint32_t end,
                       qt_match *out)
{
    if (!qt_pattern_match(matcher, QT_PATTERN_FRAME_TOWN, text, start, end, out))
        return false;
    quoth_span town = out->group[1];
    const qt_lexeme *entry =
        qt_lexicon_find(qt_fold_hash(QT_HASH_EMPTY, text, town.start, town.end));
    return entry && entry->term != QUOTH_NONE &&
           qt_lexicon_term(entry->term)->label == QUOTH_LABEL_GPE;
}

bool qt_frame_opening(qt_matcher *matcher, const qt_text *text, quoth_span paragraph,
                      quoth_frame *inout)
{
    qt_match match;
    uint32_t start = paragraph.start, end = paragraph.end;
    if (end - start > OPENING_MAX)
        for (end = start + OPENING_MAX; (text->bytes[end] & 0xC0) == 0x80;)
            end--;
    if (!qt_pattern_match(matcher, QT_PATTERN_FRAME_OPENING, text, start, end, &match) &&
        !match_town(matcher, text, start, end, &match))
        return false;
    take_date(matcher, text, &match.group[2], inout);
    take(match.group[5], &inout->outlet);
    inout->dateline = match.group[0];
    inout->place = match.group[1];
    return true;
}

/* Looks for a date behind the outlet, where the pattern of the line has found the start of one. */
static void find_source_date(qt_matcher *matcher, const qt_text *text, quoth_span tail,
                             quoth_frame *inout)
{
    qt_match match;
    for (uint32_t at = tail.start; at < tail.end; at = qt_text_skip_space(text, at, tail.end)) {
        if (qt_pattern_match(matcher, QT_PATTERN_FRAME_DATE, text, at, tail.end, &match)) {
            take_date(matcher, text, &match.group[1], inout);
            return;
        }
        uint32_t next;
        while (at < tail.end && !(qt_text_decode(text, at, &next) == ' '))
            at = next;
    }
}

bool qt_frame_source(qt_matcher *matcher, const qt_text *text, quoth_span line, quoth_frame *inout)
{
    qt_match match;
    if (!match_line(matcher, QT_PATTERN_FRAME_SOURCE, text, line, SOURCE_MAX, &match))
        return false;
    if (inout->source_line.start == inout->source_line.end) {
        inout->source_line = line;
        inout->outlet = match.group[1];
        find_source_date(matcher, text, (quoth_span){match.group[1].end, line.end}, inout);
    }
    return true;
}

bool qt_frame_byline(qt_matcher *matcher, const qt_text *text, quoth_span line)
{
    qt_match match;
    return match_line(matcher, QT_PATTERN_FRAME_BYLINE, text, line, BYLINE_MAX, &match);
}

bool qt_frame_first_byline(qt_matcher *matcher, const qt_text *text, quoth_span line)
{
    qt_match match;
    return match_line(matcher, QT_PATTERN_FRAME_BY_NAMES, text, line, BYLINE_MAX, &match);
}

bool qt_frame_bare_byline(qt_matcher *matcher, const qt_text *text, quoth_span line, bool *has_role)
{
    qt_match match;
    *has_role = match_line(matcher, QT_PATTERN_FRAME_NAME_ROLE, text, line, BYLINE_MAX, &match);
    return *has_role || match_line(matcher, QT_PATTERN_FRAME_NAME, text, line, BYLINE_MAX, &match);
}

bool qt_frame_about(qt_matcher *matcher, const qt_text *text, quoth_span line)
{
    qt_match match;
    return match_line(matcher, QT_PATTERN_FRAME_ABOUT, text, line, NOTE_MAX, &match);
}

bool qt_frame_note(qt_matcher *matcher, const qt_text *text, quoth_span line, quoth_span *name)
{
    qt_match match;
    *name = (quoth_span){0, 0};
    if (match_line(matcher, QT_PATTERN_FRAME_NOTE, text, line, NOTE_MAX, &match))
        return true;
    if (!match_line(matcher, QT_PATTERN_FRAME_NOTE_PERSON, text, line, NOTE_MAX, &match))
        return false;
    *name = match.group[1];
    return true;
}
