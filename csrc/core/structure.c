#include "structure.h"

#include "document.h"
#include "unicode.h"

/* Lines this long or longer are not counted one by one: nobody wraps text there. */
enum { WIDTH_MIN = 30, WIDTH_MAX = 160, WORD_MAX = 64, MARKER_DIGITS = 3 };

/* One line of the text, and the line end behind it. */
typedef struct line {
    quoth_span span; /* trimmed; empty: nothing but white space */
    uint32_t next;   /* start of the next line; the size of the text if there is none */
    uint32_t indent; /* bytes of white space before the first */
    bool ends_all;   /* the line end is one that always ends a paragraph */
} line;

/* --- list markers ----------------------------------------------------------------------------- */

static bool is_bullet(uint32_t cp)
{
    switch (cp) {
    case '-':
    case '*':
    case 0xB7:
    case 0x2013:
    case 0x2014:
    case 0x2022:
    case 0x2023:
    case 0x2043:
    case 0x204C:
    case 0x204D:
    case 0x2219:
    case 0x25A0:
    case 0x25AA:
    case 0x25AB:
    case 0x25B6:
    case 0x25BA:
    case 0x25CB:
    case 0x25CF:
    case 0x25E6:
    case 0x2605:
    case 0x2606:
    case 0x2713:
    case 0x2714:
    case 0x27A2:
    case 0x27A4:
    case 0xF0B7:
        return true;
    default:
        return false;
    }
}

static bool is_ascii_letter(uint8_t byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

/* End of "12", "b" or "iv" at offset at, or at. */
static uint32_t ordinal_end(const qt_text *text, uint32_t at, uint32_t end)
{
    const uint8_t *b = text->bytes;
    uint32_t to = at;
    while (to < end && to - at < MARKER_DIGITS && b[to] >= '0' && b[to] <= '9')
        to++;
    if (to > at)
        return to;
    while (to < end && to - at < 4 && (b[to] == 'i' || b[to] == 'v' || b[to] == 'x'))
        to++;
    if (to > at)
        return to;
    return at < end && is_ascii_letter(b[at]) ? at + 1 : at;
}

uint32_t qt_list_marker_end(const qt_text *text, uint32_t at, uint32_t end)
{
    uint32_t to = at, next;
    if (at >= end)
        return at;
    if (is_bullet(qt_text_decode(text, at, &next))) {
        to = next;
    } else {
        bool bracket = text->bytes[at] == '(';
        to = ordinal_end(text, at + bracket, end);
        if (to == at + bracket || to >= end)
            return at;
        bool digits = text->bytes[to - 1] >= '0' && text->bytes[to - 1] <= '9';
        bool stopped = text->bytes[to] == '.' && !bracket && (digits || text->bytes[at] >= 'a');
        if (text->bytes[to] != ')' && !stopped)
            return at;
        to += stopped && to + 1 < end && text->bytes[to + 1] == ')' ? 2 : 1;
    }
    uint32_t item = qt_text_skip_space(text, to, end);
    return item > to && item < end ? item : at;
}

/* --- lines ------------------------------------------------------------------------------------ */

/* Whether a character is surely no white space: one of ASCII, or one of the marks U+2018 to
 * U+201F. */
static bool starts_with_ink(uint8_t byte)
{
    return byte > ' ' && byte < 0x7F;
}

static bool starts_with_curly(const uint8_t *b)
{
    return b[0] == 0xE2 && b[1] == 0x80 && (b[2] & 0xF8) == 0x98;
}

static bool ends_with_ink(const uint8_t *end)
{
    return starts_with_ink(end[-1]) || starts_with_curly(end - 3);
}

static line line_at(const struct quoth_doc *doc, uint32_t at)
{
    const qt_text *text = &doc->text;
    line out = {0};
    uint32_t stop = qt_scan_next_line(&doc->scan, at, text->size);
    out.next = stop;
    if (stop < text->size && text->bytes[stop] == '\n') {
        out.next = stop + 1;
    } else if (stop < text->size) {
        uint32_t cp = qt_text_decode(text, stop, &out.next);
        if (cp == '\r' && qt_text_has(text, out.next, "\n"))
            out.next++;
        out.ends_all = cp == '\f' || cp == 0x2029;
    }
    out.span = (quoth_span){at, stop};
    bool inked = stop - at >= 3 && ends_with_ink(text->bytes + stop) &&
                 (starts_with_ink(text->bytes[at]) || starts_with_curly(text->bytes + at));
    if (stop > at && !inked)
        out.span = qt_text_trim(text, out.span);
    out.indent = out.span.start - at;
    return out;
}

static bool is_empty(const line *self)
{
    return self->span.start == self->span.end;
}

/* Code points up to the last that is not white space. */
static uint32_t width_of(const qt_text *text, const line *self)
{
    return qt_text_codepoint(text, self->span.end) -
           qt_text_codepoint(text, self->span.start - self->indent);
}

/* Code points of the first word of a line, as far as they matter. */
static uint32_t first_word_width(const qt_text *text, quoth_span span)
{
    uint32_t at = span.start, next, count = 0;
    while (at < span.end && count < WORD_MAX &&
           !(qt_char_class(qt_text_decode(text, at, &next)) & QT_CHAR_SPACE)) {
        at = next;
        count++;
    }
    return count;
}

char qt_line_ending(const qt_text *text, quoth_span span)
{
    for (uint32_t end = span.end, start, left = 4; end > span.start && left--; end = start) {
        uint32_t cp = qt_text_decode_before(text, end, &start);
        switch (cp) {
        case '.':
        case '!':
        case '?':
        case ':':
        case ';':
        case ',':
            return (char)cp;
        case 0x2026:
            return '.';
        case '"':
        case '\'':
        case ')':
        case ']':
        case 0x2019:
        case 0x201D:
        case 0xBB:
            break;
        default:
            return 0;
        }
    }
    return 0;
}

static bool ends_sentence(const qt_text *text, quoth_span span)
{
    char ending = qt_line_ending(text, span);
    return ending && ending != ';' && ending != ',';
}

/* --- hard-wrapped text ------------------------------------------------------------------------ */

/* The newlines within a block of lines, those of them that stand within a sentence, and the
 * blocks. */
typedef struct joints {
    uint32_t all, broken, blocks;
    bool ended; /* the first line starts with a capital and the last one ends like a sentence */
} joints;

/* How the text is hard-wrapped. */
typedef struct wrap {
    uint32_t width; /* 0: it is not */
    bool spaced;    /* empty lines set its paragraphs apart */
} wrap;

static joints count_joints(const struct quoth_doc *doc)
{
    const qt_text *text = &doc->text;
    joints out = {0, 0, 0, false};
    bool capital = false;
    line before = {0};
    for (uint32_t at = 0; at < text->size;) {
        line now = line_at(doc, at);
        at = now.next;
        if (!is_empty(&now) && !out.blocks)
            capital = qt_text_class(text, now.span.start) & QT_CHAR_UPPER;
        out.blocks += !is_empty(&now) && is_empty(&before);
        out.ended = is_empty(&now) ? out.ended : capital && ends_sentence(text, now.span);
        if (!is_empty(&now) && !is_empty(&before)) {
            out.all++;
            out.broken += !ends_sentence(text, before.span) &&
                          qt_text_class(text, now.span.start) & QT_CHAR_LOWER;
        }
        before = now;
    }
    return out;
}

/* The width that nearly all lines keep to, or 0 when that is no width that text is wrapped at. */
static uint32_t common_width(const struct quoth_doc *doc)
{
    uint32_t lines_of[WIDTH_MAX + 1] = {0}, lines = 0; /* the last one: that wide or wider */
    for (uint32_t at = 0; at < doc->text.size;) {
        line now = line_at(doc, at);
        at = now.next;
        uint32_t width = width_of(&doc->text, &now);
        lines += !is_empty(&now);
        lines_of[width < WIDTH_MAX ? width : WIDTH_MAX] += !is_empty(&now);
    }
    uint32_t spare = lines / 50, width = WIDTH_MAX;
    if (lines_of[WIDTH_MAX] > spare)
        return 0;
    for (uint32_t wider = 0; wider + lines_of[width] <= spare && width; width--)
        wider += lines_of[width];
    return width >= WIDTH_MIN ? width : 0;
}

/* Whether the first word of after would have fitted behind before. */
static bool had_room(const qt_text *text, const line *before, const line *after, uint32_t width)
{
    return width_of(text, before) + 1 + first_word_width(text, after->span) <= width;
}

static wrap find_wrap(const struct quoth_doc *doc)
{
    wrap out = {0, false};
    joints newlines = count_joints(doc);
    /* Every line goes on with the one before: no need of a common width. */
    if (newlines.all && newlines.broken == newlines.all && newlines.ended)
        return (wrap){WIDTH_MAX, true};
    /* Wrapped prose breaks off before a small letter at two line ends in three, and paragraphs end
     * too. */
    if (newlines.all < 2 || newlines.broken * 4 < newlines.all)
        return out;
    uint32_t width = common_width(doc), full = 0;
    line before = {0};
    for (uint32_t at = 0; width && at < doc->text.size;) {
        line now = line_at(doc, at);
        at = now.next;
        if (!is_empty(&now) && !is_empty(&before))
            full += !had_room(&doc->text, &before, &now, width - width / 8);
        before = now;
    }
    out.width = full * 2 >= newlines.all ? width : 0;
    out.spaced = newlines.blocks * 20 >= newlines.all;
    return out;
}

/* Whether the newline between two lines of hard-wrapped text ends a paragraph. */
static bool ends_wrapped(const qt_text *text, const line *before, const line *after,
                         const wrap *how)
{
    uint32_t item = qt_list_marker_end(text, before->span.start, before->span.end);
    /* The lines of an item may be indented as far as its words are. */
    bool hangs =
        item > before->span.start && after->indent == before->indent + (item - before->span.start);
    if (after->indent > before->indent + 1 && !hangs)
        return true;
    bool ended = ends_sentence(text, before->span);
    if (qt_list_marker_end(text, after->span.start, after->span.end) > after->span.start)
        return ended || had_room(text, before, after, how->width);
    if (ended)
        return had_room(text, before, after, how->spaced ? how->width * 2 / 3 : how->width);
    return !(qt_text_class(text, after->span.start) & QT_CHAR_LOWER) &&
           had_room(text, before, after, how->width * 3 / 4);
}

/* --- paragraphs ------------------------------------------------------------------------------- */

/* Adds the paragraphs of lines that are wrapped as how says; joins: every newline is white space.
 * *touching becomes true when two of them stand on neighbouring lines. */
static quoth_status add_paragraphs(const struct quoth_doc *doc, const wrap *how, bool joins,
                                   qt_arena *arena, qt_structure *out, bool *touching)
{
    const qt_text *text = &doc->text;
    quoth_paragraph *open = NULL; /* the last paragraph, if the line may still go on with it */
    line before = {0};
    for (uint32_t at = 0; at < text->size;) {
        line now = line_at(doc, at);
        at = now.next;
        if (is_empty(&now)) {
            open = NULL;
        } else if (open && (joins || (how->width && !ends_wrapped(text, &before, &now, how)))) {
            open->span.end = now.span.end;
        } else {
            *touching |= !is_empty(&before);
            open = qt_push(arena, &out->paragraphs);
            if (!open)
                return QUOTH_ERROR_MEMORY;
            *open = (quoth_paragraph){now.span, QUOTH_PARAGRAPH_BODY};
        }
        if (now.ends_all)
            open = NULL;
        before = now;
    }
    return QUOTH_OK;
}

quoth_status qt_structure_paragraphs(const struct quoth_doc *doc, const quoth_options *options,
                                     qt_arena *arena, qt_structure *out)
{
    wrap how = {0, false};
    bool joins = options->newlines == QUOTH_NEWLINES_SPACE, touching = false;
    quoth_status status = add_paragraphs(doc, &how, joins, arena, out, &touching);
    /* Most texts set paragraphs apart by empty lines: then there is nothing to decide. */
    if (status == QUOTH_OK && options->newlines == QUOTH_NEWLINES_AUTO && touching)
        how = find_wrap(doc);
    if (how.width) {
        out->paragraphs.count = 0;
        status = add_paragraphs(doc, &how, joins, arena, out, &touching);
    }
    out->hard_wrapped = joins || how.width;
    return status;
}
