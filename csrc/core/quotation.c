#include "quotation.h"

#include "document.h"
#include "mark.h"

/* A quotation that is open; the marks of one paragraph are read from left to right with a stack. */
typedef struct opened {
    uint32_t item; /* index into the quotations */
    uint8_t kind;
} opened;

/* What is still to come in the paragraph after a mark. */
typedef struct ahead {
    uint32_t openers[QT_MARK_KINDS]; /* marks that are opening ones by their character */
    uint32_t closers[QT_MARK_KINDS]; /* and closing ones */
    uint32_t either[QT_MARK_KINDS];  /* and those that are both */
} ahead;

typedef struct pairing {
    const quoth_doc *doc;
    qt_arena *arena, *temporary;
    qt_quotations *out;
    qt_marks marks, next; /* of this paragraph and of the one after it */
    QT_ARRAY(opened) stack;
    uint32_t open[QT_MARK_KINDS]; /* how many of each kind are on the stack */
    ahead ahead;
    quoth_span paragraph;
    uint32_t first;    /* first quotation of the paragraph */
    uint32_t unclosed; /* quotation that the last paragraph left open, or QUOTH_NONE */
    uint8_t unclosed_kind;
    uint8_t first_kind,
        next_kind; /* of the opening mark that this and the next paragraph start with */
} pairing;

static quoth_status warn(pairing *p, quoth_warning_code code, quoth_span span)
{
    quoth_warning *warning = qt_push(p->arena, &p->out->warnings);
    if (!warning)
        return QUOTH_ERROR_MEMORY;
    *warning = (quoth_warning){code, span};
    return QUOTH_OK;
}

static void count_mark(ahead *a, const qt_mark *mark, int by)
{
    uint32_t *counter = mark->opening ? a->openers : mark->closing ? a->closers : a->either;
    counter[mark->kind] += (uint32_t)by;
}

/* Takes the quotation on top of the stack off it: it was none. An empty span marks it for removal.
 */
static quoth_status drop_top(pairing *p, bool warns)
{
    opened top = p->stack.items[--p->stack.count];
    quoth_quotation *item = &p->out->items.items[top.item];
    quoth_span mark = {item->span.start, item->inner.start};
    p->open[top.kind]--;
    item->span.end = item->span.start;
    return warns && !qt_mark_is_single(top.kind) ? warn(p, QUOTH_WARNING_UNCLOSED_QUOTATION, mark)
                                                 : QUOTH_OK;
}

static quoth_status open_at(pairing *p, const qt_mark *mark)
{
    quoth_quotation *item = qt_push(p->arena, &p->out->items);
    opened *top = qt_push(p->temporary, &p->stack);
    if (!item || !top)
        return QUOTH_ERROR_MEMORY;
    *item = (quoth_quotation){.span = {mark->start, mark->end},
                              .inner = {mark->end, mark->end},
                              .kind = QUOTH_QUOTATION_SPEECH,
                              .parent = QUOTH_NONE,
                              .continues = QUOTH_NONE,
                              .quote = QUOTH_NONE};
    *top = (opened){p->out->items.count - 1, mark->kind};
    p->open[mark->kind]++;
    return QUOTH_OK;
}

/* Closes the innermost open quotation of a kind; those inside it that are still open were none. */
static quoth_status close_kind(pairing *p, uint8_t kind, quoth_span mark)
{
    quoth_status status = QUOTH_OK;
    while (status == QUOTH_OK && p->stack.items[p->stack.count - 1].kind != kind)
        status = drop_top(p, true);
    if (status != QUOTH_OK)
        return status;
    opened top = p->stack.items[--p->stack.count];
    quoth_quotation *item = &p->out->items.items[top.item];
    p->open[kind]--;
    item->inner = qt_text_trim(&p->doc->text, (quoth_span){item->inner.start, mark.start});
    item->span.end = item->inner.start < item->inner.end ? mark.end : item->span.start;
    item->closed = true;
    return QUOTH_OK;
}

static uint8_t top_kind(const pairing *p)
{
    return p->stack.count ? p->stack.items[p->stack.count - 1].kind : QT_MARK_KINDS;
}

/* The open kind that a closing double mark closes: its own, else the one that typists confuse with
 * it (a curly and a straight one); QT_MARK_KINDS if none is open. */
static uint8_t partner(const pairing *p, const qt_mark *mark)
{
    if (p->open[mark->kind])
        return mark->kind;
    if (mark->kind == QT_MARK_CURLY && p->open[QT_MARK_STRAIGHT])
        return QT_MARK_STRAIGHT;
    bool inches = mark->measure && p->ahead.closers[QT_MARK_CURLY];
    if (mark->kind == QT_MARK_STRAIGHT && p->open[QT_MARK_CURLY] && !inches)
        return QT_MARK_CURLY;
    return QT_MARK_KINDS;
}

/* A mark whose character says its direction: curly ones, guillemets. */
static quoth_status take_directed(pairing *p, const qt_mark *mark)
{
    uint8_t kind = mark->kind, other = partner(p, mark);
    quoth_span span = {mark->start, mark->end};
    /* Some are set against it: German low and high marks, reversed guillemets, typists' slips. */
    bool closes = mark->closing ? !(mark->can_open && !mark->can_close && !p->open[kind])
                                : mark->can_close && !mark->can_open && p->open[kind];
    if (closes && other != QT_MARK_KINDS)
        return close_kind(p, other, span);
    if (closes)
        return warn(p, QUOTH_WARNING_STRAY_MARK, span);
    if (p->open[kind] && top_kind(p) == kind) {
        /* Nested in its own kind only if there is a closing mark for both; else it starts anew. */
        bool nests = p->ahead.closers[kind] > p->ahead.openers[kind] + 1;
        quoth_status status = nests ? QUOTH_OK : drop_top(p, true);
        if (status != QUOTH_OK)
            return status;
    }
    return open_at(p, mark);
}

/* A mark that looks the same at both ends: " and ''. */
static quoth_status take_straight(pairing *p, const qt_mark *mark)
{
    uint8_t kind = mark->kind, other = partner(p, mark);
    quoth_span span = {mark->start, mark->end};
    uint32_t left = p->ahead.either[kind];
    if (p->open[kind]) {
        bool inches = mark->measure && left % 2 == 1;
        /* It only looks like an opening one: if an odd number is to come, the open one has no
         * partner. */
        bool restarts = mark->can_open && !mark->can_close && left % 2 == 1 && top_kind(p) == kind;
        if (inches)
            return QUOTH_OK;
        if (!restarts)
            return close_kind(p, kind, span);
        quoth_status status = drop_top(p, true);
        return status == QUOTH_OK ? open_at(p, mark) : status;
    }
    if (mark->measure && other == QT_MARK_KINDS)
        return QUOTH_OK;
    if (mark->closing || (mark->can_close && !mark->can_open))
        return other != QT_MARK_KINDS ? close_kind(p, other, span)
                                      : warn(p, QUOTH_WARNING_STRAY_MARK, span);
    return mark->can_open ? open_at(p, mark) : QUOTH_OK;
}

/* A single mark: a quotation only if a partner is to come; else an apostrophe. */
static quoth_status take_single(pairing *p, const qt_mark *mark)
{
    uint8_t kind = mark->kind;
    bool at_start = mark->start == p->paragraph.start;
    uint8_t other = p->open[kind]                                      ? kind
                    : kind == QT_MARK_SINGLE && p->open[QT_MARK_PRIME] ? QT_MARK_PRIME
                    : kind == QT_MARK_PRIME && p->open[QT_MARK_SINGLE] ? QT_MARK_SINGLE
                                                                       : QT_MARK_KINDS;
    if (mark->can_close && other != QT_MARK_KINDS && (!mark->opening || mark->turned)) {
        bool plural = mark->weak && mark->strong_first;
        return plural ? QUOTH_OK : close_kind(p, other, (quoth_span){mark->start, mark->end});
    }
    if (!mark->can_open || mark->closing)
        return QUOTH_OK;
    bool has_partner = mark->close_ahead || (mark->opening && mark->weak_ahead) ||
                       ((at_start || mark->opening) && p->next_kind == kind);
    return has_partner ? open_at(p, mark) : QUOTH_OK;
}

static quoth_status take(pairing *p, const qt_mark *mark)
{
    if (qt_mark_is_single(mark->kind))
        return take_single(p, mark);
    if (mark->kind == QT_MARK_STRAIGHT || mark->kind == QT_MARK_DOUBLED) {
        /* `` opens, whatever stands beside it. */
        return mark->opening ? take_directed(p, mark) : take_straight(p, mark);
    }
    return take_directed(p, mark);
}

/* What is open at the end of the paragraph: double marks reach to its end, single ones were none,
 * unless the next paragraph reopens them. */
static quoth_status end_paragraph(pairing *p)
{
    quoth_status status = QUOTH_OK;
    p->unclosed = QUOTH_NONE;
    while (status == QUOTH_OK && p->stack.count) {
        opened top = p->stack.items[p->stack.count - 1];
        quoth_quotation *item = &p->out->items.items[top.item];
        item->inner =
            qt_text_trim(&p->doc->text, (quoth_span){item->inner.start, p->paragraph.end});
        bool empty = item->inner.start >= item->inner.end, reopened = p->next_kind == top.kind;
        if (empty || p->stack.count > 1 || (qt_mark_is_single(top.kind) && !reopened)) {
            status = drop_top(p, true);
            continue;
        }
        item->span.end = p->paragraph.end;
        p->unclosed = top.item;
        p->unclosed_kind = top.kind;
        p->open[top.kind]--;
        p->stack.count--;
        if (!reopened)
            status = warn(p, QUOTH_WARNING_UNCLOSED_QUOTATION,
                          (quoth_span){item->span.start, item->inner.start});
    }
    return status;
}

/* Removes what turned out to be none, and says which quotation each one lies in. */
static void settle(pairing *p, uint32_t continued, uint8_t continued_kind)
{
    quoth_quotation *items = p->out->items.items;
    uint32_t kept = p->first, parent = QUOTH_NONE, unclosed = QUOTH_NONE;
    for (uint32_t i = p->first; i < p->out->items.count; i++) {
        if (items[i].span.start == items[i].span.end)
            continue;
        if (i == p->unclosed)
            unclosed = kept;
        items[kept] = items[i];
        while (parent != QUOTH_NONE && items[parent].span.end <= items[kept].span.start)
            parent = items[parent].parent;
        items[kept].parent = parent;
        parent = kept++;
    }
    p->out->items.count = kept;
    p->unclosed = unclosed;
    if (continued != QUOTH_NONE && kept > p->first && p->first_kind == continued_kind &&
        items[p->first].span.start == p->paragraph.start)
        items[p->first].continues = continued;
}

static quoth_status pair_paragraph(pairing *p)
{
    uint32_t continued = p->unclosed;
    uint8_t continued_kind = p->unclosed_kind;
    p->first = p->out->items.count;
    p->ahead = (ahead){0};
    for (uint32_t i = 0; i < p->marks.count; i++)
        count_mark(&p->ahead, &p->marks.items[i], 1);
    for (uint32_t i = 0; i < p->marks.count; i++) {
        count_mark(&p->ahead, &p->marks.items[i], -1);
        quoth_status status = take(p, &p->marks.items[i]);
        if (status != QUOTH_OK)
            return status;
    }
    quoth_status status = end_paragraph(p);
    if (status == QUOTH_OK)
        settle(p, continued, continued_kind);
    return status;
}

/* Reads the marks of paragraph i, if there is one, and how it starts. */
static quoth_status read_next(pairing *p, uint32_t i)
{
    p->next.count = 0;
    p->next_kind = QT_MARK_KINDS;
    if (i >= p->doc->structure.paragraphs.count)
        return QUOTH_OK;
    quoth_span paragraph = p->doc->structure.paragraphs.items[i].span;
    quoth_status status = qt_marks_read(p->doc, paragraph, p->temporary, &p->next);
    if (status == QUOTH_OK && p->next.count) {
        const qt_mark *mark = &p->next.items[0];
        if (mark->start == paragraph.start && mark->can_open && !mark->closing)
            p->next_kind = mark->kind;
    }
    return status;
}

quoth_status qt_quotation_pair(const struct quoth_doc *doc, quoth_scratch *scratch, qt_arena *arena,
                               qt_quotations *out)
{
    pairing p = {.doc = doc,
                 .arena = arena,
                 .temporary = &scratch->temporary,
                 .out = out,
                 .unclosed = QUOTH_NONE};
    quoth_status status = read_next(&p, 0);
    for (uint32_t i = 0; status == QUOTH_OK && i < doc->structure.paragraphs.count; i++) {
        qt_marks current = p.next;
        p.next = p.marks;
        p.marks = current;
        p.first_kind = p.next_kind;
        p.paragraph = doc->structure.paragraphs.items[i].span;
        status = read_next(&p, i + 1);
        if (status == QUOTH_OK)
            status = pair_paragraph(&p);
    }
    return status;
}
