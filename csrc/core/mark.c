#include "mark.h"

#include "document.h"
#include "unicode.h"

enum { WORD = QT_CHAR_LETTER | QT_CHAR_DIGIT | QT_CHAR_MARK };

/* Kind and direction of the mark with this code point; false if it is none. */
static bool describe(uint32_t cp, qt_mark *mark)
{
    switch (cp) {
    case 0x201C:
    case 0x201F:
        mark->kind = QT_MARK_CURLY, mark->opening = true;
        return true;
    case 0x201E:
        mark->kind = QT_MARK_CURLY, mark->opening = true;
        return true;
    case 0x201D:
        mark->kind = QT_MARK_CURLY, mark->closing = true;
        return true;
    case '"':
        mark->kind = QT_MARK_STRAIGHT;
        return true;
    case 0xAB:
        mark->kind = QT_MARK_GUILLEMET, mark->opening = true;
        return true;
    case 0xBB:
        mark->kind = QT_MARK_GUILLEMET, mark->closing = true;
        return true;
    case 0x300C:
    case 0x300E:
        mark->kind = QT_MARK_CORNER, mark->opening = true;
        return true;
    case 0x300D:
    case 0x300F:
        mark->kind = QT_MARK_CORNER, mark->closing = true;
        return true;
    case 0x2018:
    case 0x201A:
    case 0x201B:
        mark->kind = QT_MARK_SINGLE, mark->opening = true;
        return true;
    case 0x2019:
        mark->kind = QT_MARK_SINGLE, mark->closing = true;
        return true;
    case '\'':
        mark->kind = QT_MARK_PRIME;
        return true;
    case '`':
        mark->kind = QT_MARK_PRIME, mark->opening = true;
        return true;
    case 0xB4:
        mark->kind = QT_MARK_PRIME, mark->closing = true;
        return true;
    case 0x2039:
        mark->kind = QT_MARK_ANGLE, mark->opening = true;
        return true;
    case 0x203A:
        mark->kind = QT_MARK_ANGLE, mark->closing = true;
        return true;
    default:
        return false;
    }
}

static bool is_bracket_open(uint32_t cp)
{
    return cp == '(' || cp == '[' || cp == '{' || cp == '<';
}

static bool ends_clause(uint32_t cp)
{
    return cp == '.' || cp == ',' || cp == '!' || cp == '?' || cp == ';' || cp == ':' ||
           cp == ')' || cp == ']' || cp == 0x2026 || cp == 0x2013 || cp == 0x2014;
}

/* 'tis, 'em, rock 'n' roll, the '90s: an apostrophe that looks like an opening mark. */
static bool is_elision(const qt_text *text, uint32_t after)
{
    uint32_t end = after, next;
    while (end < text->size && end - after < 16 &&
           qt_char_class(qt_text_decode(text, end, &next)) & WORD)
        end = next;
    uint32_t digits = 0;
    while (after + digits < end && text->bytes[after + digits] >= '0' &&
           text->bytes[after + digits] <= '9')
        digits++;
    if (digits == 2 && (after + 2 == end || text->bytes[after + 2] == 's'))
        return true;
    const qt_lexeme *entry = qt_lexicon_find(qt_fold_hash(QT_HASH_EMPTY, text, after, end));
    return entry && entry->classes & QT_WORD_ELISION;
}

/* The neighbours of a mark: code points, a space at the ends of the paragraph. */
typedef struct around {
    uint32_t before, after;
    uint8_t class_before, class_after;
    bool mark_before, mark_after;
} around;

static around look_around(const struct quoth_doc *doc, quoth_span paragraph, const qt_mark *mark)
{
    around out = {' ', ' ', QT_CHAR_SPACE, QT_CHAR_SPACE, false, false};
    uint32_t other;
    if (mark->start > paragraph.start) {
        out.before = qt_text_decode_before(&doc->text, mark->start, &other);
        out.class_before = qt_char_class(out.before);
        out.mark_before = qt_scan_has(doc->scan.marks, other);
    }
    if (mark->end < paragraph.end) {
        out.after = qt_text_decode(&doc->text, mark->end, &other);
        out.class_after = qt_char_class(out.after);
        out.mark_after = qt_scan_has(doc->scan.marks, mark->end);
    }
    return out;
}

static void judge(const qt_text *text, const around *a, qt_mark *mark)
{
    bool single = qt_mark_is_single(mark->kind);
    bool space_before = a->class_before & QT_CHAR_SPACE,
         space_after = a->class_after & QT_CHAR_SPACE;
    bool free_before = space_before || is_bracket_open(a->before) ||
                       a->class_before & QT_CHAR_DASH || a->before == '/' || a->mark_before;
    mark->measure = a->class_before & QT_CHAR_DIGIT && !(a->class_after & QT_CHAR_LETTER);
    mark->can_open = !space_after && !ends_clause(a->after);
    mark->can_close = !space_before && !is_bracket_open(a->before);
    if (a->after == '.' || a->after == 0x2026) /* "...and then" */
        mark->can_open = !(a->class_before & WORD);
    if (a->class_after & WORD && free_before)
        mark->can_close = false;
    if (a->class_before & WORD && !(a->class_after & WORD))
        mark->can_open = false;
    if (!single)
        return;
    mark->can_open = mark->can_open && free_before && !is_elision(text, mark->end);
    mark->can_close = mark->can_close && !(a->class_after & WORD);
    mark->turned = mark->opening && mark->can_close && !mark->can_open &&
                   qt_text_has(text, mark->start, "\xE2\x80\x98");
    mark->strong =
        mark->can_close && (ends_clause(a->before) || ends_clause(a->after) || a->mark_after);
    mark->weak = mark->can_close && !mark->strong && (a->before == 's' || a->before == 'S');
}

/* What single marks follow each one, seen from the end of the paragraph. */
static void look_ahead(qt_marks *marks)
{
    bool close_ahead = false, weak_ahead = false, strong_first = false;
    for (uint32_t i = marks->count; i-- > 0;) {
        qt_mark *mark = &marks->items[i];
        mark->close_ahead = close_ahead;
        mark->weak_ahead = weak_ahead;
        mark->strong_first = strong_first;
        if (!qt_mark_is_single(mark->kind))
            continue;
        bool closes = mark->can_close && (!mark->opening || mark->turned);
        close_ahead |= closes && !mark->weak;
        weak_ahead |= closes && mark->weak;
        strong_first =
            (closes && mark->strong) || (strong_first && !(mark->can_open && !mark->closing));
    }
}

bool qt_mark_is_single(uint8_t kind)
{
    return kind == QT_MARK_SINGLE || kind == QT_MARK_PRIME;
}

quoth_status qt_marks_read(const struct quoth_doc *doc, quoth_span paragraph, qt_arena *arena,
                           qt_marks *out)
{
    const qt_text *text = &doc->text;
    out->count = 0;
    for (uint32_t at = paragraph.start;;) {
        at = qt_scan_next(doc->scan.marks, at, paragraph.end);
        if (at == paragraph.end)
            break;
        qt_mark mark = {.start = at};
        bool known = describe(qt_text_decode(text, at, &mark.end), &mark);
        if (mark.kind == QT_MARK_PRIME && mark.end < paragraph.end &&
            text->bytes[mark.end] == text->bytes[at] && text->bytes[at] < 0x80) {
            mark.kind = QT_MARK_DOUBLED;
            mark.end++;
        }
        at = mark.end;
        around a = look_around(doc, paragraph, &mark);
        bool single = qt_mark_is_single(mark.kind);
        if (!known || (single && a.class_before & WORD && a.class_after & WORD))
            continue;
        judge(text, &a, &mark);
        qt_mark *item = qt_push(arena, out);
        if (!item)
            return QUOTH_ERROR_MEMORY;
        *item = mark;
    }
    look_ahead(out);
    return QUOTH_OK;
}
