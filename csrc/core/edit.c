#include "edit.h"

#include "document.h"
#include "nesting.h"
#include "span_bits.h"

#include <stdlib.h>
#include <string.h>

static bool is_there(quoth_span span)
{
    return span.end > span.start;
}

static bool is_same(quoth_span a, quoth_span b)
{
    return a.start == b.start && a.end == b.end;
}

static bool is_boundary(const qt_text *text, uint32_t at)
{
    return at == text->size || (text->bytes[at] & 0xC0) != 0x80;
}

static bool is_span(const struct quoth_doc *doc, quoth_span span)
{
    return is_there(span) && span.end <= doc->text.size && is_boundary(&doc->text, span.start) &&
           is_boundary(&doc->text, span.end);
}

static bool is_span_or_absent(const struct quoth_doc *doc, quoth_span span)
{
    return !is_there(span) || is_span(doc, span);
}

/* Whether a span lies in one paragraph. */
static bool is_in_paragraph(const struct quoth_doc *doc, quoth_span span)
{
    const quoth_paragraph *items = doc->structure.paragraphs.items;
    uint32_t low = 0, high = doc->structure.paragraphs.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (items[middle].span.end <= span.start)
            low = middle + 1;
        else
            high = middle;
    }
    return low < doc->structure.paragraphs.count && items[low].span.start <= span.start &&
           span.end <= items[low].span.end;
}

/* The first mention that ends behind an offset. */
static uint32_t mention_at(const struct quoth_doc *doc, uint32_t at)
{
    uint32_t low = 0, high = doc->mentions.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (doc->mentions.items[middle].span.end <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* --- copies -------------------------------------------------------------------------------------
 */

static bool copy_string(qt_arena *arena, quoth_string *inout)
{
    if (!inout->data)
        return true;
    char *copy = qt_arena_alloc(arena, inout->size + 1);
    if (copy)
        memcpy(copy, inout->data, inout->size);
    inout->data = copy;
    return copy != NULL;
}

/* Many edits in a row have one rule: *last is what its copy was made of. */
static bool copy_rule(qt_arena *arena, const char **inout, const char **last, const char **copy)
{
    if (*inout != *last) {
        quoth_string string = {*inout, strlen(*inout)};
        if (!copy_string(arena, &string))
            return false;
        *last = *inout;
        *copy = string.data;
    }
    *inout = *copy;
    return true;
}

/* --- mentions -----------------------------------------------------------------------------------
 */

typedef struct mention_editor {
    struct quoth_doc *doc;
    qt_arena temporary;
    bool *gone;      /* of each mention */
    uint64_t *taken; /* a bit for every byte: of a new mention */
    QT_ARRAY(quoth_mention) added;
    const char *last_rule, *rule_copy;
} mention_editor;

bool quoth_doc_can_hold(const quoth_doc *self, quoth_span span)
{
    return is_span(self, span) && is_in_paragraph(self, span);
}

static bool is_valid(const struct quoth_doc *doc, const quoth_mention_edit *edit)
{
    if (edit->mention != QUOTH_NONE)
        return edit->mention < doc->mentions.count && edit->rule;
    return edit->rule && edit->label && quoth_doc_can_hold(doc, edit->span);
}

static bool is_given(const quoth_given *given)
{
    return given->kb_id.data || given->name.data || given->value.data;
}

/* What is known of a mention anyway, where an edit does not say it. */
static void complete(const struct quoth_doc *doc, const quoth_mention *m, quoth_given *inout)
{
    quoth_term term = {0};
    quoth_given old = {0};
    if (qt_knowledge_term(doc, m, &term))
        old = (quoth_given){.kb_id = term.kb_id, .name = term.name};
    if (m->find && doc->finds.items[m->find - 1].given)
        old = doc->edits.given.items[doc->finds.items[m->find - 1].given - 1];
    if (!inout->kb_id.data)
        inout->kb_id = old.kb_id;
    if (!inout->name.data)
        inout->name = old.name;
    if (!inout->value.data)
        inout->value = old.value;
}

/* Writes down what an edit says of a mention beside its label. */
static bool give(mention_editor *self, const quoth_mention_edit *edit, quoth_mention *m)
{
    struct quoth_doc *doc = self->doc;
    quoth_given given = edit->given;
    quoth_find find = {.finder = QUOTH_NONE};
    if (m->find)
        find = doc->finds.items[m->find - 1];
    if (is_given(&given)) {
        if (!copy_string(&doc->arena, &given.kb_id) || !copy_string(&doc->arena, &given.name) ||
            !copy_string(&doc->arena, &given.value))
            return false;
        complete(doc, m, &given);
        quoth_given *kept = qt_push(&doc->arena, &doc->edits.given);
        if (!kept)
            return false;
        *kept = given;
        find.given = doc->edits.given.count;
    } else if (m->find) {
        return true;
    }
    quoth_find *pushed = qt_push(&doc->arena, &doc->finds);
    if (!pushed)
        return false;
    *pushed = find;
    m->find = doc->finds.count;
    return true;
}

/* Whether a new mention gives way to those that it overlaps; else they are marked as gone. */
static bool gives_way(mention_editor *self, const quoth_mention_edit *edit, quoth_span *title)
{
    const qt_mentions *all = &self->doc->mentions;
    uint32_t first = mention_at(self->doc, edit->span.start), end = first;
    for (; end < all->count && all->items[end].span.start < edit->span.end; end++) {
        const quoth_mention *m = &all->items[end];
        bool longer = m->span.end - m->span.start > edit->span.end - edit->span.start;
        if (self->gone[end])
            continue;
        if (edit->overlap == QUOTH_OVERLAP_KEEP ||
            (edit->overlap == QUOTH_OVERLAP_LONGEST && longer))
            return true;
    }
    for (uint32_t i = first; i < end; i++) {
        if (is_same(all->items[i].span, edit->span) && all->items[i].label == edit->label)
            *title = all->items[i].title;
        self->gone[i] = true;
    }
    return false;
}

static bool add(mention_editor *self, const quoth_mention_edit *edit)
{
    quoth_span title = {0, 0};
    bool beside = edit->overlap == QUOTH_OVERLAP_BESIDE;
    if (!beside && (qt_bits_has_any(self->taken, edit->span) || gives_way(self, edit, &title)))
        return true;
    quoth_mention m = {.span = edit->span,
                       .title = title,
                       .label = (quoth_label)edit->label,
                       .entity = QUOTH_NONE,
                       .score = edit->score,
                       .rule = edit->rule};
    if (!copy_rule(&self->doc->arena, &m.rule, &self->last_rule, &self->rule_copy) ||
        !give(self, edit, &m))
        return false;
    quoth_mention *added = beside ? qt_push(&self->doc->arena, &self->doc->matches)
                                  : qt_push(&self->temporary, &self->added);
    if (!added)
        return false;
    *added = m;
    if (!beside)
        qt_bits_add(self->taken, edit->span);
    return true;
}

static bool change(mention_editor *self, const quoth_mention_edit *edit)
{
    quoth_mention *m = &self->doc->mentions.items[edit->mention];
    if (edit->reject) {
        self->gone[edit->mention] = true;
        return true;
    }
    if (edit->label) {
        if (edit->label != QUOTH_LABEL_PERSON)
            m->title = (quoth_span){0, 0};
        m->label = (quoth_label)edit->label;
    }
    m->rule = edit->rule;
    m->score = edit->score;
    return copy_rule(&self->doc->arena, &m->rule, &self->last_rule, &self->rule_copy) &&
           give(self, edit, m);
}

static bool merge(mention_editor *self)
{
    struct quoth_doc *doc = self->doc;
    qt_mentions out = {0};
    uint32_t n = 0;
    if (self->added.count)
        qsort(self->added.items, self->added.count, sizeof *self->added.items, qt_mention_compare);
    for (uint32_t i = 0; i <= doc->mentions.count; i++) {
        const quoth_mention *m = i < doc->mentions.count ? &doc->mentions.items[i] : NULL;
        if (m && self->gone[i])
            continue;
        for (; n < self->added.count && (!m || self->added.items[n].span.start < m->span.start);
             n++) {
            quoth_mention *added = qt_push(&doc->arena, &out);
            if (!added)
                return false;
            *added = self->added.items[n];
        }
        quoth_mention *kept = m ? qt_push(&doc->arena, &out) : NULL;
        if (m && !kept)
            return false;
        if (m)
            *kept = *m;
    }
    doc->mentions = out;
    if (doc->matches.count)
        qsort(doc->matches.items, doc->matches.count, sizeof *doc->matches.items,
              qt_mention_compare);
    return true;
}

/* Entities and quotes are of mentions that are no more. */
static void undo(struct quoth_doc *doc)
{
    for (uint32_t i = 0; i < doc->mentions.count; i++)
        doc->mentions.items[i].entity = QUOTH_NONE;
    for (uint32_t i = 0; i < doc->quotations.items.count; i++)
        doc->quotations.items.items[i].quote = QUOTH_NONE;
    if (doc->done & QUOTH_STAGE_ATTRIBUTION)
        qt_knowledge_undo_quotes(doc);
    memset(&doc->links, 0, sizeof doc->links);
    memset(&doc->attribution, 0, sizeof doc->attribution);
    doc->edits.applied = 0;
    doc->done &= ~(unsigned)(QUOTH_STAGE_LINK | QUOTH_STAGE_ATTRIBUTION);
}

static bool edit_mentions(mention_editor *self, const quoth_mention_edit *edits, size_t count)
{
    struct quoth_doc *doc = self->doc;
    self->gone = qt_arena_alloc(&self->temporary, (size_t)doc->mentions.count + 1);
    self->taken =
        qt_arena_alloc(&self->temporary, ((size_t)doc->text.size / 64 + 1) * sizeof *self->taken);
    if (!self->gone || !self->taken)
        return false;
    for (size_t i = 0; i < count; i++)
        if (!(edits[i].mention == QUOTH_NONE ? add(self, &edits[i]) : change(self, &edits[i])))
            return false;
    return merge(self);
}

quoth_status quoth_doc_edit_mentions(quoth_doc *self, const quoth_mention_edit *edits, size_t count)
{
    if (!(self->done & QUOTH_STAGE_ENTITY))
        return QUOTH_ERROR_ARGUMENT;
    for (size_t i = 0; i < count; i++)
        if (!is_valid(self, &edits[i]))
            return QUOTH_ERROR_ARGUMENT;
    if (!count)
        return QUOTH_OK;
    mention_editor editor = {.doc = self};
    qt_arena_init(&editor.temporary, &self->allocator);
    bool good = edit_mentions(&editor, edits, count);
    qt_arena_free(&editor.temporary);
    if (good)
        undo(self);
    return good ? QUOTH_OK : QUOTH_ERROR_MEMORY;
}

const quoth_given *quoth_doc_given(const quoth_doc *self, size_t *count)
{
    *count = self->edits.given.count;
    return self->edits.given.items;
}

/* --- quotes -------------------------------------------------------------------------------------
 */

static bool is_valid_quote(const struct quoth_doc *doc, const quoth_quote_edit *edit)
{
    if (!edit->content_count || !edit->rule || !is_span_or_absent(doc, edit->cue) ||
        !is_span_or_absent(doc, edit->source) || !is_span_or_absent(doc, edit->speaker))
        return false;
    for (size_t i = 0; i < edit->content_count; i++)
        if (!is_span(doc, edit->contents[i]) ||
            (i && edit->contents[i].start < edit->contents[i - 1].end))
            return false;
    return true;
}

quoth_status quoth_doc_edit_quotes(quoth_doc *self, const quoth_quote_edit *edits, size_t count)
{
    const char *last = NULL, *copy = NULL;
    if (!(self->wanted & QUOTH_STAGE_ATTRIBUTION))
        return QUOTH_ERROR_ARGUMENT;
    for (size_t i = 0; i < count; i++)
        if (!is_valid_quote(self, &edits[i]))
            return QUOTH_ERROR_ARGUMENT;
    for (size_t i = 0; i < count; i++) {
        quoth_quote_edit *kept = qt_push(&self->arena, &self->edits.quotes);
        quoth_span *contents =
            qt_arena_alloc(&self->arena, edits[i].content_count * sizeof *contents);
        if (!kept || !contents)
            return QUOTH_ERROR_MEMORY;
        memcpy(contents, edits[i].contents, edits[i].content_count * sizeof *contents);
        *kept = edits[i];
        kept->contents = contents;
        if (!copy_rule(&self->arena, &kept->rule, &last, &copy))
            return QUOTH_ERROR_MEMORY;
    }
    return QUOTH_OK;
}

/* A quote among those that edits speak of. */
typedef struct edited {
    quoth_quote quote;
    const quoth_span *contents;
    uint32_t before; /* its index before, or QUOTH_NONE */
    uint32_t born;   /* 0, or 1 + the edit that added it */
    bool gone;
} edited;

typedef struct quote_editor {
    struct quoth_doc *doc;
    qt_arena *temporary;
    QT_ARRAY(edited) quotes;
} quote_editor;

static uint32_t entity_of(const struct quoth_doc *doc, quoth_span mention)
{
    uint32_t at = is_there(mention) ? mention_at(doc, mention.start) : doc->mentions.count;
    return at < doc->mentions.count && is_same(doc->mentions.items[at].span, mention)
               ? doc->mentions.items[at].entity
               : QUOTH_NONE;
}

static void set_speaker(const struct quoth_doc *doc, const quoth_quote_edit *edit,
                        quoth_quote *quote)
{
    quote->speaker = entity_of(doc, edit->speaker);
    quote->speaker_reason = QUOTH_SPEAKER_GIVEN;
    quote->candidate_count = 0;
    quote->rule = edit->rule;
    quote->score = edit->score;
}

static int compare_quotes(const void *a, const void *b)
{
    const edited *x = a, *y = b;
    if (x->contents->start != y->contents->start)
        return x->contents->start < y->contents->start ? -1 : 1;
    if (x->born != y->born)
        return x->born < y->born ? -1 : 1;
    return (x->before > y->before) - (x->before < y->before);
}

/* All quotes, old and new, in the order of the text. */
static bool gather(quote_editor *self)
{
    struct quoth_doc *doc = self->doc;
    for (uint32_t i = 0; i < doc->attribution.quotes.count; i++) {
        edited *one = qt_push(self->temporary, &self->quotes);
        if (!one)
            return false;
        const quoth_quote *quote = &doc->attribution.quotes.items[i];
        *one = (edited){.quote = *quote,
                        .contents = &doc->attribution.contents.items[quote->content_first],
                        .before = i};
    }
    for (uint32_t i = doc->edits.applied; i < doc->edits.quotes.count; i++) {
        const quoth_quote_edit *edit = &doc->edits.quotes.items[i];
        edited *one =
            edit->change == QUOTH_QUOTE_ADD ? qt_push(self->temporary, &self->quotes) : NULL;
        if (edit->change != QUOTH_QUOTE_ADD)
            continue;
        if (!one)
            return false;
        *one = (edited){.quote = {.type = edit->type,
                                  .content_count = (uint32_t)edit->content_count,
                                  .cue = edit->cue,
                                  .source = edit->source,
                                  .attitude = edit->attitude,
                                  .factual = edit->factual,
                                  .closed = true,
                                  .parent = QUOTH_NONE},
                        .contents = edit->contents,
                        .before = QUOTH_NONE,
                        .born = i + 1};
        set_speaker(doc, edit, &one->quote);
    }
    if (self->quotes.count)
        qsort(self->quotes.items, self->quotes.count, sizeof *self->quotes.items, compare_quotes);
    return true;
}

/* The quote that an edit speaks of: one that was there before the edit. */
static edited *find(quote_editor *self, const quoth_quote_edit *edit, uint32_t number)
{
    uint32_t low = 0, high = self->quotes.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (self->quotes.items[middle].contents->start < edit->contents->start)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < self->quotes.count; low++) {
        edited *one = &self->quotes.items[low];
        if (one->contents->start != edit->contents->start)
            break;
        if (is_same(*one->contents, *edit->contents) && !one->gone && one->born <= number)
            return one;
    }
    return NULL;
}

/* Lays the quotes out again; after[i] is the index of what was quote i. */
static bool lay_out(quote_editor *self, uint32_t *after)
{
    qt_attribution out = {0};
    qt_arena *arena = &self->doc->arena;
    for (uint32_t i = 0; i < self->quotes.count; i++) {
        edited *one = &self->quotes.items[i];
        if (one->before != QUOTH_NONE)
            after[one->before] = one->gone ? QUOTH_NONE : out.quotes.count;
        if (one->gone)
            continue;
        quoth_quote *quote = qt_push(arena, &out.quotes);
        if (!quote)
            return false;
        *quote = one->quote;
        quote->content_first = out.contents.count;
        for (uint32_t c = 0; c < quote->content_count; c++) {
            quoth_span *content = qt_push(arena, &out.contents);
            if (!content)
                return false;
            *content = one->contents[c];
        }
    }
    self->doc->attribution = out;
    return true;
}

/* Quotations between marks belong to the quotes that they lie in. */
static void claim(struct quoth_doc *doc, const uint32_t *after)
{
    for (uint32_t i = 0; i < doc->quotations.items.count; i++) {
        quoth_quotation *q = &doc->quotations.items.items[i];
        q->quote = q->quote != QUOTH_NONE ? after[q->quote] : QUOTH_NONE;
    }
    uint32_t from = 0;
    for (uint32_t i = 0; i < doc->attribution.quotes.count; i++) {
        const quoth_quote *quote = &doc->attribution.quotes.items[i];
        const quoth_span *contents = &doc->attribution.contents.items[quote->content_first];
        uint32_t end = contents[quote->content_count - 1].end;
        if (quote->speaker_reason != QUOTH_SPEAKER_GIVEN)
            continue;
        while (from < doc->quotations.items.count &&
               doc->quotations.items.items[from].span.start < contents->start)
            from++;
        for (; from < doc->quotations.items.count &&
               doc->quotations.items.items[from].span.end <= end;
             from++) {
            quoth_quotation *q = &doc->quotations.items.items[from];
            if (q->quote != QUOTH_NONE)
                continue;
            q->quote = i;
            q->kind = QUOTH_QUOTATION_SPEECH;
        }
    }
}

quoth_status qt_edits_apply(struct quoth_doc *doc, qt_arena *temporary)
{
    quote_editor editor = {.doc = doc, .temporary = temporary};
    if (doc->edits.applied == doc->edits.quotes.count)
        return QUOTH_OK;
    uint32_t *after =
        qt_arena_alloc(temporary, ((size_t)doc->attribution.quotes.count + 1) * sizeof *after);
    if (!after || !gather(&editor))
        return QUOTH_ERROR_MEMORY;
    for (uint32_t i = doc->edits.applied; i < doc->edits.quotes.count; i++) {
        const quoth_quote_edit *edit = &doc->edits.quotes.items[i];
        edited *one = edit->change != QUOTH_QUOTE_ADD ? find(&editor, edit, i) : NULL;
        if (one && edit->change == QUOTH_QUOTE_REJECT)
            one->gone = true;
        else if (one)
            set_speaker(doc, edit, &one->quote);
    }
    if (!lay_out(&editor, after))
        return QUOTH_ERROR_MEMORY;
    claim(doc, after);
    qt_attribution *quotes = &doc->attribution;
    uint32_t *open = qt_arena_alloc(temporary, ((size_t)quotes->quotes.count + 1) * sizeof *open);
    if (!open)
        return QUOTH_ERROR_MEMORY;
    qt_nesting_find(quotes->contents.items, quotes->quotes.items, quotes->quotes.count, open);
    doc->edits.applied = doc->edits.quotes.count;
    return QUOTH_OK;
}

/* --- offsets ------------------------------------------------------------------------------------
 */

uint32_t quoth_doc_byte(const quoth_doc *self, uint32_t codepoint)
{
    uint32_t low = 0, high = self->text.size;
    while (low < high) { /* the last offset with no more characters before it */
        uint32_t middle = low + (high - low + 1) / 2;
        if (qt_text_codepoint(&self->text, middle) <= codepoint)
            low = middle;
        else
            high = middle - 1;
    }
    return low;
}
