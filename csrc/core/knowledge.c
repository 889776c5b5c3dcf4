#include "knowledge.h"

#include "context.h"
#include "document.h"
#include "pattern_finder.h"
#include "span_bits.h"
#include "status.h"
#include "terms.h"

#include <stdlib.h>
#include <string.h>

static qt_knowledge_round round_of(const quoth_finder *finder)
{
    return finder->context == QUOTH_CONTEXT_QUOTE     ? QT_ROUND_QUOTES
           : finder->context == QUOTH_CONTEXT_MENTION ? QT_ROUND_MENTIONS
                                                      : QT_ROUND_TEXT;
}

static bool is_finder(const quoth_finder *f)
{
    /* Quotes are found after mentions were linked: what is in one can't be a mention any more. */
    return !f->terms != !f->pattern && f->label && f->rule &&
           (unsigned)f->overlap <= QUOTH_OVERLAP_BESIDE &&
           (unsigned)f->context <= QUOTH_CONTEXT_QUOTE &&
           (f->context != QUOTH_CONTEXT_QUOTE || f->overlap == QUOTH_OVERLAP_BESIDE) &&
           (f->context != QUOTH_CONTEXT_MENTION || f->context_label);
}

quoth_status qt_knowledge_init(qt_knowledge *self, const quoth_allocator *allocator,
                               const quoth_knowledge *given, quoth_error *error)
{
    *self = (qt_knowledge){.allocator = *allocator};
    size_t count = given ? given->finder_count : 0;
    for (size_t i = 0; i < count; i++)
        if (!is_finder(&given->finders[i]))
            return qt_fail(error, QUOTH_ERROR_ARGUMENT, i, "knowledge: not a finder");
    if (given && given->word_count) {
        size_t size = given->word_count * sizeof *self->words;
        self->words = allocator->resize(allocator->context, NULL, size);
        if (!self->words)
            return qt_fail(error, QUOTH_ERROR_MEMORY, 0, NULL);
        memcpy(self->words, given->words, size);
        self->word_count = given->word_count;
    }
    if (!count)
        return QUOTH_OK;
    self->finders = allocator->resize(allocator->context, NULL, count * sizeof *self->finders);
    if (!self->finders)
        return qt_fail(error, QUOTH_ERROR_MEMORY, 0, NULL);
    memcpy(self->finders, given->finders, count * sizeof *self->finders);
    self->finder_count = count;
    for (size_t i = 0; i < count; i++) {
        const quoth_pattern *pattern = self->finders[i].pattern;
        if (pattern && qt_pattern_group_room(pattern) > self->group_room)
            self->group_room = qt_pattern_group_room(pattern);
        self->rounds |= 1u << round_of(&self->finders[i]);
    }
    return QUOTH_OK;
}

void qt_knowledge_free(qt_knowledge *self)
{
    if (self->finders)
        self->allocator.release(self->allocator.context, self->finders);
    self->finders = NULL;
    if (self->words)
        self->allocator.release(self->allocator.context, self->words);
    self->words = NULL;
}

/* --- what is found ------------------------------------------------------------------------------ */

typedef struct candidate {
    quoth_span span;
    quoth_find find;
    int32_t priority;
    bool chosen;
} candidate;

typedef struct collector {
    const qt_knowledge *self;
    struct quoth_doc *doc;
    quoth_scratch *scratch;
    qt_arena *temporary, *arena;
    const qt_digest *digest;        /* of the text; NULL: not needed so far */
    QT_ARRAY(candidate) candidates; /* to become mentions */
    QT_ARRAY(candidate) beside;     /* to become matches */
} collector;

/* Whether a span lies in one paragraph; *paragraph moves on from span to span. */
static bool is_in_paragraph(const struct quoth_doc *doc, quoth_span span, uint32_t *paragraph)
{
    const quoth_paragraph *items = doc->structure.paragraphs.items;
    uint32_t count = doc->structure.paragraphs.count;
    while (*paragraph < count && items[*paragraph].span.end <= span.start)
        ++*paragraph;
    return *paragraph < count && items[*paragraph].span.start <= span.start &&
           span.end <= items[*paragraph].span.end;
}

static bool add_candidate(collector *c, uint32_t finder, quoth_span span, uint32_t item,
                          uint32_t group_first)
{
    const quoth_finder *f = &c->self->finders[finder];
    candidate *added = f->overlap == QUOTH_OVERLAP_BESIDE ? qt_push(c->temporary, &c->beside)
                                                          : qt_push(c->temporary, &c->candidates);
    if (!added)
        return false;
    *added =
        (candidate){.span = span, .find = {finder, item, group_first, 0}, .priority = f->priority};
    if (!c->scratch->trace)
        return true;
    quoth_try what = {.kind = QUOTH_TRY_FIND,
                      .content = span,
                      .number = finder,
                      .label = (quoth_label)f->label,
                      .rule = f->rule,
                      .score = 1.0f};
    qt_trace_try(c->scratch->trace, &what);
    return true;
}

/* Whether a span is where its finder wants it; cover: the context, or NULL: anywhere. */
static bool is_in_context(const quoth_finder *f, const uint64_t *cover, quoth_span span)
{
    if (!cover)
        return true;
    return f->context_not ? !qt_bits_has_any(cover, span) : qt_bits_has_all(cover, span);
}

static quoth_status collect_terms(collector *c, uint32_t finder, const uint64_t *cover)
{
    const quoth_finder *f = &c->self->finders[finder];
    qt_term_matches found = {0};
    uint32_t paragraph = 0;
    quoth_status status = qt_terms_find(f->terms, &c->doc->text, c->temporary, &found);
    for (uint32_t i = 0; status == QUOTH_OK && i < found.count; i++)
        if (is_in_paragraph(c->doc, found.items[i].span, &paragraph) &&
            is_in_context(f, cover, found.items[i].span) &&
            !add_candidate(c, finder, found.items[i].span, found.items[i].term, 0))
            status = QUOTH_ERROR_MEMORY;
    return status;
}

static quoth_status collect_pattern(collector *c, uint32_t finder, const uint64_t *cover)
{
    const quoth_finder *f = &c->self->finders[finder];
    qt_pattern_finds found = {0};
    quoth_span limited;
    if (!c->digest && !(c->digest = qt_digest_new(&c->doc->text, c->temporary)))
        return QUOTH_ERROR_MEMORY;
    quoth_status status = qt_pattern_run(f->pattern, c->doc, c->digest, c->scratch->searcher,
                                         c->temporary, c->arena, &found, &c->doc->groups, &limited);
    for (uint32_t i = 0; status == QUOTH_OK && i < found.count; i++)
        if (is_in_context(f, cover, found.items[i].span) &&
            !add_candidate(c, finder, found.items[i].span, 0, found.items[i].group_first))
            status = QUOTH_ERROR_MEMORY;
    if (status != QUOTH_OK || limited.start == limited.end)
        return status;
    quoth_limited *told = qt_push(c->arena, &c->doc->limited);
    if (!told)
        return QUOTH_ERROR_MEMORY;
    *told = (quoth_limited){finder, limited};
    return QUOTH_OK;
}

static quoth_status collect(collector *c, uint32_t finder)
{
    const quoth_finder *f = &c->self->finders[finder];
    const uint64_t *cover = NULL;
    if (f->context != QUOTH_CONTEXT_ANY) {
        cover = qt_context_cover(c->doc, f->context, f->context_label, c->doc->mentions.items,
                                 c->doc->mentions.count, c->temporary);
        if (!cover)
            return QUOTH_ERROR_MEMORY;
    }
    return f->terms ? collect_terms(c, finder, cover) : collect_pattern(c, finder, cover);
}

/* --- which of them stay ------------------------------------------------------------------------- */

static uint32_t length_of(quoth_span span)
{
    return span.end - span.start;
}

/* The order in which candidates are chosen. */
static int compare_rank(const void *a, const void *b)
{
    const candidate *x = a, *y = b;
    if (x->priority != y->priority)
        return x->priority > y->priority ? -1 : 1;
    if (length_of(x->span) != length_of(y->span))
        return length_of(x->span) > length_of(y->span) ? -1 : 1;
    if (x->span.start != y->span.start)
        return x->span.start < y->span.start ? -1 : 1;
    return (x->find.finder > y->find.finder) - (x->find.finder < y->find.finder);
}

static int compare_place(const void *a, const void *b)
{
    const candidate *x = a, *y = b;
    if (x->span.start != y->span.start)
        return x->span.start < y->span.start ? -1 : 1;
    if (x->span.end != y->span.end)
        return x->span.end < y->span.end ? -1 : 1;
    return (x->find.finder > y->find.finder) - (x->find.finder < y->find.finder);
}

/* Chooses, by rank, what overlaps nothing that was chosen before; taken: a bit for every byte. */
static void choose(collector *c, uint64_t *taken)
{
    qsort(c->candidates.items, c->candidates.count, sizeof *c->candidates.items, compare_rank);
    for (uint32_t i = 0; i < c->candidates.count; i++) {
        candidate *one = &c->candidates.items[i];
        one->chosen = !qt_bits_has_any(taken, one->span);
        if (one->chosen)
            qt_bits_add(taken, one->span);
    }
    qsort(c->candidates.items, c->candidates.count, sizeof *c->candidates.items, compare_place);
}

/* Whether a find gives way to one of the mentions [first, end) that it overlaps: in any case to a
 * find of an earlier round. */
static bool gives_way(const collector *c, const candidate *one, const qt_mentions *mentions,
                      uint32_t first, uint32_t end)
{
    quoth_overlap overlap = c->self->finders[one->find.finder].overlap;
    bool way = overlap == QUOTH_OVERLAP_KEEP && end > first;
    for (uint32_t i = first; i < end; i++)
        way |=
            mentions->items[i].find || (overlap == QUOTH_OVERLAP_LONGEST &&
                                        length_of(mentions->items[i].span) > length_of(one->span));
    return way;
}

static bool is_same(quoth_span a, quoth_span b)
{
    return a.start == b.start && a.end == b.end;
}

/* The mention of a find; replaced: the one of quoth's own in its place, or NULL. */
static bool add_find(const collector *c, const candidate *one, const quoth_mention *replaced,
                     qt_arena *arena, qt_finds *finds, qt_mentions *out)
{
    const quoth_finder *f = &c->self->finders[one->find.finder];
    quoth_mention *m = qt_push(arena, out);
    quoth_find *find = m ? qt_push(arena, finds) : NULL;
    if (!find)
        return false;
    *find = one->find;
    *m = (quoth_mention){.span = one->span,
                         .label = (quoth_label)f->label,
                         .entity = QUOTH_NONE,
                         .score = 1.0f,
                         .rule = f->rule,
                         .find = finds->count};
    if (replaced && is_same(replaced->span, m->span) && replaced->label == m->label)
        m->title = replaced->title;
    return true;
}

/* Marks what of quoth's own gives way, and drops the finds that do. */
static void settle(collector *c, const qt_mentions *mentions, bool *gone)
{
    uint32_t first = 0;
    for (uint32_t i = 0; i < c->candidates.count; i++) {
        candidate *one = &c->candidates.items[i];
        if (!one->chosen)
            continue;
        while (first < mentions->count && mentions->items[first].span.end <= one->span.start)
            first++;
        uint32_t end = first;
        while (end < mentions->count && mentions->items[end].span.start < one->span.end)
            end++;
        one->chosen = !gives_way(c, one, mentions, first, end);
        for (uint32_t m = first; one->chosen && m < end; m++)
            gone[m] = true;
    }
}

static quoth_status merge(const collector *c, const qt_mentions *mentions, const bool *gone,
                          qt_arena *arena, qt_finds *finds, qt_mentions *out)
{
    uint32_t m = 0;
    for (uint32_t i = 0; i <= c->candidates.count; i++) {
        const candidate *one = i < c->candidates.count ? &c->candidates.items[i] : NULL;
        if (one && !one->chosen)
            continue;
        const quoth_mention *replaced = NULL;
        for (; m < mentions->count && (!one || mentions->items[m].span.start < one->span.end);
             m++) {
            if (gone[m]) {
                replaced = &mentions->items[m];
                continue;
            }
            quoth_mention *kept = qt_push(arena, out);
            if (!kept)
                return QUOTH_ERROR_MEMORY;
            *kept = mentions->items[m];
        }
        if (one && !add_find(c, one, replaced, arena, finds, out))
            return QUOTH_ERROR_MEMORY;
    }
    return QUOTH_OK;
}

static quoth_status add_matches(collector *c)
{
    struct quoth_doc *doc = c->doc;
    qsort(c->beside.items, c->beside.count, sizeof *c->beside.items, compare_place);
    for (uint32_t i = 0; i < c->beside.count; i++)
        if (!add_find(c, &c->beside.items[i], NULL, c->arena, &doc->finds, &doc->matches))
            return QUOTH_ERROR_MEMORY;
    qsort(doc->matches.items, doc->matches.count, sizeof *doc->matches.items, qt_mention_compare);
    return QUOTH_OK;
}

/* The candidates among the mentions. */
static quoth_status add_mentions(collector *c)
{
    struct quoth_doc *doc = c->doc;
    uint64_t *taken =
        qt_arena_alloc(c->temporary, ((size_t)doc->text.size / 64 + 1) * sizeof *taken);
    bool *gone = qt_arena_alloc(c->temporary, (size_t)doc->mentions.count + 1);
    if (!taken || !gone)
        return QUOTH_ERROR_MEMORY;
    choose(c, taken);
    settle(c, &doc->mentions, gone);
    qt_mentions merged = {0};
    quoth_status status = merge(c, &doc->mentions, gone, c->arena, &doc->finds, &merged);
    doc->mentions = merged;
    return status;
}

quoth_status qt_knowledge_apply(const qt_knowledge *self, qt_knowledge_round round,
                                quoth_scratch *scratch, struct quoth_doc *doc)
{
    collector c = {.self = self,
                   .doc = doc,
                   .scratch = scratch,
                   .temporary = &scratch->temporary,
                   .arena = &doc->arena};
    quoth_status status = QUOTH_OK;
    if (!(self->rounds >> round & 1))
        return QUOTH_OK;
    for (uint32_t i = 0; status == QUOTH_OK && i < self->finder_count; i++)
        if (round_of(&self->finders[i]) == round)
            status = collect(&c, i);
    if (status == QUOTH_OK && c.beside.count)
        status = add_matches(&c);
    if (status == QUOTH_OK && c.candidates.count)
        status = add_mentions(&c);
    return status;
}

/* Whether a find was made by a finder of the last round. */
static bool is_of_quotes(const struct quoth_doc *doc, uint32_t find)
{
    uint32_t finder = find ? doc->finds.items[find - 1].finder : QUOTH_NONE;
    return finder != QUOTH_NONE && round_of(&doc->knowledge->finders[finder]) == QT_ROUND_QUOTES;
}

void qt_knowledge_undo_quotes(struct quoth_doc *doc)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < doc->matches.count; i++)
        if (!is_of_quotes(doc, doc->matches.items[i].find))
            doc->matches.items[kept++] = doc->matches.items[i];
    doc->matches.count = kept;
    kept = 0;
    for (uint32_t i = 0; i < doc->limited.count; i++)
        if (round_of(&doc->knowledge->finders[doc->limited.items[i].finder]) != QT_ROUND_QUOTES)
            doc->limited.items[kept++] = doc->limited.items[i];
    doc->limited.count = kept;
}

bool qt_knowledge_term(const struct quoth_doc *doc, const quoth_mention *mention, quoth_term *out)
{
    if (!mention->find)
        return false;
    const quoth_find *find = &doc->finds.items[mention->find - 1];
    if (find->given) {
        const quoth_given *given = &doc->edits.given.items[find->given - 1];
        *out = (quoth_term){.kb_id = given->kb_id, .name = given->name};
        return true;
    }
    if (find->finder == QUOTH_NONE || !doc->knowledge->finders[find->finder].terms)
        return false;
    *out = quoth_terms_item(doc->knowledge->finders[find->finder].terms, find->item);
    return true;
}
