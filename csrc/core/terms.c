#include "terms.h"

#include "scan.h"
#include "status.h"

#include <string.h>

/* A state of the automaton; value 0: an empty slot. */
typedef struct slot {
    uint32_t tag;   /* the low half of the spread hash */
    uint32_t value; /* index of the term + 1, or 0; PREFIX: longer terms start like this */
} slot;

#define PREFIX UINT32_C(0x80000000)
static const uint64_t empty_hash = UINT64_C(0xCBF29CE484222325);

/* A term in the pool: three sizes, then the strings. */
typedef struct head {
    uint16_t term, kb_id, name;
} head;

struct quoth_terms {
    quoth_allocator allocator;
    qt_folding folding;
    uint8_t *pool;
    size_t pool_size, pool_capacity;
    uint32_t *at; /* where in the pool */
    size_t count, capacity;
    size_t states; /* as many at the most */
    slot *slots;
    size_t slot_count; /* a power of two; 0: not built */
    unsigned shift;
    uint64_t *firsts; /* bit of a slot: a term's first unit has its hash there */
};

quoth_status quoth_terms_new(const quoth_terms_options *options, quoth_terms **out)
{
    static const quoth_terms_options defaults = {0};
    *out = NULL;
    options = options ? options : &defaults;
    const quoth_allocator *a = options->allocator ? options->allocator : &qt_allocator_default;
    quoth_terms *self = a->resize(a->context, NULL, sizeof *self);
    if (!self)
        return QUOTH_ERROR_MEMORY;
    *self = (quoth_terms){.allocator = *a,
                          .folding = {options->exact_case, options->exact_marks},
                          .capacity = options->expected < UINT32_MAX / 4 ? options->expected : 0};
    if (self->capacity) {
        self->at = a->resize(a->context, NULL, self->capacity * sizeof *self->at);
        if (!self->at) {
            quoth_terms_free(self);
            return QUOTH_ERROR_MEMORY;
        }
    }
    *out = self;
    return QUOTH_OK;
}

void quoth_terms_free(quoth_terms *self)
{
    if (!self)
        return;
    quoth_allocator a = self->allocator;
    a.release(a.context, self->pool);
    a.release(a.context, self->at);
    a.release(a.context, self->slots);
    a.release(a.context, self->firsts);
    a.release(a.context, self);
}

/* --- adding ------------------------------------------------------------------------------------- */

static quoth_status grow(quoth_terms *self, void **block, size_t *capacity, size_t needed,
                         size_t item)
{
    if (needed <= *capacity)
        return QUOTH_OK;
    size_t wanted = *capacity + *capacity / 2 + 64;
    wanted = wanted < needed ? needed : wanted;
    void *grown = self->allocator.resize(self->allocator.context, *block, wanted * item);
    if (!grown)
        return QUOTH_ERROR_MEMORY;
    *block = grown;
    *capacity = wanted;
    return QUOTH_OK;
}

/* Number of units of a term; 0: none, or too many. */
static uint32_t unit_count(const qt_folding *folding, const qt_text *text)
{
    uint32_t count = 0;
    uint64_t ignored = empty_hash;
    for (uint32_t at = qt_text_skip_space(text, 0, text->size); at < text->size;
         at = qt_text_skip_space(text, at, text->size)) {
        at = qt_unit_read(folding, text, at, &ignored);
        if (++count > QUOTH_TERM_WORDS_MAX)
            return 0;
    }
    return count;
}

static bool is_utf8(const quoth_terms *self, quoth_string string, quoth_status *status)
{
    bool ascii = true;
    for (size_t i = 0; i < string.size; i++)
        ascii &= (uint8_t)string.data[i] < 0x80;
    if (ascii)
        return true;
    qt_arena arena;
    qt_text text;
    qt_scan scan;
    qt_arena_init(&arena, &self->allocator);
    *status = qt_scan_read(quoth_utf8(string.data, string.size), &arena, &text, &scan, NULL);
    qt_arena_free(&arena);
    return *status == QUOTH_OK;
}

static void append(uint8_t **to, quoth_string string)
{
    if (string.size)
        memcpy(*to, string.data, string.size);
    *to += string.size;
}

quoth_status quoth_terms_add(quoth_terms *self, quoth_string term, quoth_string kb_id,
                             quoth_string name, quoth_error *error)
{
    quoth_status status = QUOTH_OK;
    if (self->slot_count || term.size > QUOTH_TERM_BYTES_MAX || kb_id.size > QUOTH_TERM_BYTES_MAX ||
        name.size > QUOTH_TERM_BYTES_MAX)
        return qt_fail(error, QUOTH_ERROR_ARGUMENT, self->count, "expected at most 60000 bytes");
    if (!is_utf8(self, term, &status) || !is_utf8(self, kb_id, &status) ||
        !is_utf8(self, name, &status))
        return qt_fail(error, status, self->count, NULL);
    qt_text text = {.bytes = (const uint8_t *)term.data, .size = (uint32_t)term.size};
    uint32_t units = unit_count(&self->folding, &text);
    if (!units)
        return qt_fail(error, QUOTH_ERROR_ARGUMENT, self->count, "expected 1 to 64 words");
    size_t needed = self->pool_size + sizeof(head) + term.size + kb_id.size + name.size;
    if (needed > UINT32_MAX || self->count >= UINT32_MAX / 4)
        return qt_fail(error, QUOTH_ERROR_LIMIT, self->count, "too many terms");
    status = grow(self, (void **)&self->pool, &self->pool_capacity, needed, 1);
    if (status == QUOTH_OK)
        status = grow(self, (void **)&self->at, &self->capacity, self->count + 1, sizeof *self->at);
    if (status != QUOTH_OK)
        return qt_fail(error, status, self->count, NULL);
    head sizes = {(uint16_t)term.size, (uint16_t)kb_id.size, (uint16_t)name.size};
    uint8_t *to = self->pool + self->pool_size;
    memcpy(to, &sizes, sizeof sizes);
    to += sizeof sizes;
    append(&to, term);
    append(&to, kb_id);
    append(&to, name);
    self->at[self->count++] = (uint32_t)self->pool_size;
    self->pool_size = needed;
    self->states += units;
    return QUOTH_OK;
}

size_t quoth_terms_count(const quoth_terms *self)
{
    return self->count;
}

size_t quoth_terms_memory(const quoth_terms *self)
{
    return sizeof *self + self->pool_capacity + self->capacity * sizeof *self->at +
           self->slot_count * sizeof *self->slots + self->slot_count / 8;
}

static head head_of(const quoth_terms *self, size_t index)
{
    head sizes;
    memcpy(&sizes, self->pool + self->at[index], sizeof sizes);
    return sizes;
}

quoth_term quoth_terms_item(const quoth_terms *self, size_t index)
{
    head sizes = head_of(self, index);
    const char *at = (const char *)self->pool + self->at[index] + sizeof sizes;
    quoth_term term = {.text = {at, sizes.term}};
    at += sizes.term;
    if (sizes.kb_id)
        term.kb_id = (quoth_string){at, sizes.kb_id};
    at += sizes.kb_id;
    if (sizes.name)
        term.name = (quoth_string){at, sizes.name};
    return term;
}

uint64_t quoth_terms_checksum(const quoth_terms *self)
{
    uint64_t hash =
        empty_hash ^ (self->folding.exact_case ? 1u : 0u) ^ (self->folding.exact_marks ? 2u : 0u);
    for (size_t i = 0; i < self->pool_size; i++)
        hash = (hash ^ self->pool[i]) * UINT64_C(0x100000001B3);
    return hash;
}

/* --- the table ---------------------------------------------------------------------------------- */

static uint64_t spread(uint64_t hash)
{
    return hash * UINT64_C(0x9E3779B97F4A7C15);
}

static size_t place_of(const quoth_terms *self, uint64_t spread_hash)
{
    return (size_t)(spread_hash >> self->shift);
}

static bool is_term(const quoth_terms *self, uint32_t index, const qt_text *text, quoth_span span)
{
    qt_text own = {.bytes = self->pool + self->at[index] + sizeof(head),
                   .size = head_of(self, index).term};
    return qt_folded_equal(&self->folding, &own, qt_text_trim(&own, (quoth_span){0, own.size}),
                           text, span);
}

/* What the automaton knows of a state: PREFIX, and a term whose folded text is that of span. */
static uint32_t look_up(const quoth_terms *self, uint64_t hash, const qt_text *text,
                        quoth_span span)
{
    uint64_t spread_hash = spread(hash);
    uint32_t tag = (uint32_t)spread_hash, found = 0;
    for (size_t i = place_of(self, spread_hash);; i = (i + 1) & (self->slot_count - 1)) {
        const slot *s = &self->slots[i];
        if (!s->value)
            return found;
        if (s->tag != tag)
            continue;
        found |= s->value & PREFIX;
        if (s->value & ~PREFIX && is_term(self, (s->value & ~PREFIX) - 1, text, span))
            return found | (s->value & ~PREFIX);
    }
}

/* The beginnings of terms may share a slot wrongly, for all that costs is a look further; terms
 * never do. */
static void enter(quoth_terms *self, uint64_t hash, uint32_t value, const qt_text *text,
                  quoth_span span)
{
    uint64_t spread_hash = spread(hash);
    uint32_t tag = (uint32_t)spread_hash;
    for (size_t i = place_of(self, spread_hash);; i = (i + 1) & (self->slot_count - 1)) {
        slot *s = &self->slots[i];
        if (!s->value) {
            *s = (slot){tag, value};
            return;
        }
        if (s->tag != tag)
            continue;
        if (value == PREFIX || !(s->value & ~PREFIX)) {
            s->value |= value;
            return;
        }
        if (is_term(self, (s->value & ~PREFIX) - 1, text, span))
            return;
    }
}

static void enter_term(quoth_terms *self, size_t index)
{
    qt_text text = {.bytes = self->pool + self->at[index] + sizeof(head),
                    .size = head_of(self, index).term};
    quoth_span span = qt_text_trim(&text, (quoth_span){0, text.size});
    uint64_t hash = empty_hash;
    for (uint32_t at = span.start;;) {
        bool first = at == span.start;
        at = qt_unit_read(&self->folding, &text, at, &hash);
        if (first) {
            size_t place = place_of(self, spread(hash));
            self->firsts[place / 64] |= UINT64_C(1) << (place & 63);
        }
        if (at == span.end) {
            enter(self, hash, (uint32_t)index + 1, &text, span);
            return;
        }
        enter(self, hash, PREFIX, &text, span);
        uint32_t next = qt_text_skip_space(&text, at, span.end);
        if (next > at)
            qt_unit_space(&hash);
        at = next;
    }
}

quoth_status quoth_terms_build(quoth_terms *self)
{
    size_t count = 64;
    unsigned bits = 6;
    while (count * 3 / 4 < self->states) {
        count *= 2;
        bits++;
    }
    self->slots = self->allocator.resize(self->allocator.context, NULL, count * sizeof(slot));
    self->firsts = self->allocator.resize(self->allocator.context, NULL, count / 8);
    if (!self->slots || !self->firsts)
        return QUOTH_ERROR_MEMORY;
    memset(self->firsts, 0, count / 8);
    memset(self->slots, 0, count * sizeof(slot));
    self->slot_count = count;
    self->shift = 64 - bits;
    for (size_t i = 0; i < self->count; i++)
        enter_term(self, i);
    return QUOTH_OK;
}

/* --- looking for them --------------------------------------------------------------------------- */

typedef struct place {
    uint32_t start, end; /* of the first unit */
    uint64_t hash;
} place;

/* The longest term at a place. */
static bool match_at(const quoth_terms *self, const qt_text *text, const place *at,
                     quoth_term_match *out)
{
    uint64_t hash = at->hash;
    uint32_t end = at->end;
    bool found = false;
    for (;;) {
        uint32_t known = look_up(self, hash, text, (quoth_span){at->start, end});
        if (known & ~PREFIX && qt_unit_may_end(text, end) && qt_unit_may_start(text, at->start)) {
            *out = (quoth_term_match){{at->start, end}, (known & ~PREFIX) - 1};
            found = true;
        }
        if (!(known & PREFIX))
            return found;
        uint32_t next = qt_unit_skip_space(text, end);
        if (next >= text->size)
            return found;
        if (next > end)
            qt_unit_space(&hash);
        end = qt_unit_read(&self->folding, text, next, &hash);
    }
}

quoth_status qt_terms_find(const quoth_terms *self, const qt_text *text, qt_arena *arena,
                           qt_term_matches *out)
{
    enum { RING = 16 };
    place ring[RING];
    uint32_t first = 0, count = 0, reached = 0, at = 0;
    for (;;) {
        if (at < text->size && text->bytes[at] == ' ')
            at++;
        at = qt_text_skip_space(text, at, text->size);
        bool more = at < text->size;
        if (count == RING || (!more && count)) {
            const place *waited = &ring[first++ % RING];
            quoth_term_match match;
            count--;
            if (waited->start >= reached && match_at(self, text, waited, &match)) {
                quoth_term_match *added = qt_push(arena, out);
                if (!added)
                    return QUOTH_ERROR_MEMORY;
                *added = match;
                reached = match.span.end;
            }
            continue;
        }
        if (!more)
            return QUOTH_OK;
        place *p = &ring[(first + count) % RING];
        p->start = at;
        p->hash = empty_hash;
        p->end = at = qt_unit_read(&self->folding, text, at, &p->hash);
        size_t slot_index = place_of(self, spread(p->hash));
        if (!(self->firsts[slot_index / 64] >> (slot_index & 63) & 1))
            continue;
        __builtin_prefetch(&self->slots[slot_index]);
        count++;
    }
}

static void to_codepoints(const qt_text *text, quoth_term_match *match)
{
    match->span.start = qt_text_codepoint(text, match->span.start);
    match->span.end = qt_text_codepoint(text, match->span.end);
}

quoth_status quoth_terms_find(const quoth_terms *self, quoth_input input, quoth_unit unit,
                              quoth_term_match **matches, size_t *count, quoth_error *error)
{
    qt_arena arena;
    qt_text text;
    qt_scan scan;
    qt_term_matches found = {0};
    *matches = NULL;
    *count = 0;
    qt_arena_init(&arena, &self->allocator);
    quoth_status status = qt_scan_read(input, &arena, &text, &scan, error);
    if (status == QUOTH_OK && self->slot_count) {
        status = qt_terms_find(self, &text, &arena, &found);
        if (status == QUOTH_OK && found.count) {
            size_t size = found.count * sizeof **matches;
            *matches = self->allocator.resize(self->allocator.context, NULL, size);
            if (*matches)
                memcpy(*matches, found.items, size);
            else
                status = QUOTH_ERROR_MEMORY;
        }
        if (status != QUOTH_OK)
            (void)qt_fail(error, status, 0, NULL);
    }
    if (status == QUOTH_OK)
        *count = found.count;
    for (size_t i = 0; unit == QUOTH_UNIT_CODEPOINT && i < *count; i++)
        to_codepoints(&text, &(*matches)[i]);
    qt_arena_free(&arena);
    return status;
}

void quoth_terms_release(const quoth_terms *self, quoth_term_match *matches)
{
    self->allocator.release(self->allocator.context, matches);
}
