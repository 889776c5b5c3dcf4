#include "tag_memory.h"

#include "document.h"

static uint64_t pair_key(uint64_t a, uint64_t b)
{
    return ((a * UINT64_C(0xFF51AFD7ED558CCD)) ^ b) | 1;
}

static uint32_t slot_of(const qt_tag_memory *self, uint64_t key)
{
    uint32_t slot = (uint32_t)(key * UINT64_C(0x9E3779B97F4A7C15) >> 32) & self->mask;
    while (self->slots[slot] && self->entries[self->slots[slot]].key != key)
        slot = (slot + 1) & self->mask;
    return slot;
}

static const qt_memory_entry *entry_of(const qt_tag_memory *self, uint64_t key)
{
    return &self->entries[self->slots[slot_of(self, key)]];
}

/* The same, with a new entry for a word that is not remembered so far. */
static qt_memory_entry *entry_for(qt_tag_memory *self, uint64_t key)
{
    uint32_t slot = slot_of(self, key);
    if (!self->slots[slot]) {
        self->slots[slot] = ++self->count;
        self->entries[self->count] = (qt_memory_entry){.key = key};
    }
    return &self->entries[self->slots[slot]];
}

quoth_status qt_memory_init(qt_tag_memory *self, const struct quoth_doc *doc, qt_arena *temporary,
                            uint32_t tokens)
{
    /* A token is remembered by itself and with the one behind it. */
    size_t most = (size_t)tokens * 2 + 1;
    uint64_t size = 64;
    while (size < (uint64_t)tokens * 4)
        size *= 2;
    if (size > UINT32_C(1) << 31)
        return QUOTH_ERROR_MEMORY;
    *self = (qt_tag_memory){.doc = doc, .mask = (uint32_t)(size - 1)};
    self->slots = qt_arena_alloc(temporary, size * sizeof *self->slots);
    self->entries = qt_arena_alloc_raw(temporary, most * sizeof *self->entries);
    self->tags = qt_arena_alloc(temporary, (size_t)doc->tokens.count + 1);
    self->behind =
        qt_arena_alloc_raw(temporary, ((size_t)doc->tokens.count + 1) * sizeof *self->behind);
    if (!self->slots || !self->entries || !self->tags || !self->behind)
        return QUOTH_ERROR_MEMORY;
    self->entries[0] = (qt_memory_entry){0};
    return QUOTH_OK;
}

static uint32_t kind_of(uint8_t tag)
{
    return tag == QT_TAG_OUTSIDE ? QT_KINDS : qt_tag_kind(tag);
}

static uint32_t place_of(uint8_t tag)
{
    return tag >> 3;
}

static void count_tag(qt_memory_entry *entry, uint8_t tag)
{
    uint16_t *n = &entry->kinds[kind_of(tag)];
    *n = (uint16_t)(*n + (*n < UINT16_MAX));
    if (tag != QT_TAG_OUTSIDE) {
        n = &entry->places[place_of(tag)];
        *n = (uint16_t)(*n + (*n < UINT16_MAX));
    }
}

/* Whether tokens i and i + 1 are a pair to remember: both may be of one name. */
static bool is_pair(const qt_tag_words *words, uint32_t i, uint32_t count)
{
    const qt_tag_word *w = &words->words[QT_FEATURE_SIDE + i];
    return i + 1 < count && w[0].capital && w[1].capital;
}

/* How far each kind, wherever in a name, is behind the best one. */
static void kinds_behind(const int16_t *scores, int16_t *out)
{
    enum { FARTHEST = 250 };
    int16_t best[QT_KINDS + 1], most = scores[QT_TAG_OUTSIDE];
    _Static_assert(QT_KINDS == 7, "the holes come last and the units begin at 1");
    for (uint32_t k = 0; k <= QT_KINDS; k++) { /* one too many, so that it is a vector */
        int16_t a = scores[QT_TAG_UNIT + k], b = scores[QT_TAG_BEGIN + k];
        int16_t c = scores[QT_TAG_LAST + k], d = scores[QT_TAG_INSIDE + k];
        a = a > b ? a : b;
        c = c > d ? c : d;
        best[k] = a > c ? a : c;
    }
    best[QT_KINDS] = scores[QT_TAG_OUTSIDE];
    for (uint32_t k = 0; k <= QT_KINDS; k++)
        most = best[k] > most ? best[k] : most;
    for (uint32_t k = 0; k <= QT_KINDS; k++) {
        int16_t behind = (int16_t)(most - best[k]);
        out[k] = behind > FARTHEST ? FARTHEST : behind;
    }
}

static void sum_behind(qt_memory_entry *entry, const int16_t *behind)
{
    enum { MOST = 30000 };
    for (uint32_t k = 0; k <= QT_KINDS; k++) {
        int sum = entry->behind[k] + behind[k];
        entry->behind[k] = (int16_t)(sum > MOST ? MOST : sum);
    }
}

void qt_memory_add(qt_tag_memory *self, const qt_tag_words *words, const qt_tag_scores *scores,
                   const uint8_t *tags, uint32_t first, uint32_t count)
{
    const qt_tag_word *w = words->words + QT_FEATURE_SIDE;
    for (uint32_t i = 0; i < count; i++) {
        self->tags[first + i] = tags[i];
        kinds_behind(scores[i], self->behind[first + i]);
        if (!w[i].capital && tags[i] == QT_TAG_OUTSIDE)
            continue;
        qt_memory_entry *entry = entry_for(self, w[i].key | 1);
        count_tag(entry, tags[i]);
        sum_behind(entry, self->behind[first + i]);
        if (is_pair(words, i, count))
            count_tag(entry_for(self, pair_key(w[i].key, w[i + 1].key)), tags[i]);
    }
}

/* What an entry says without one occurrence, in a few bits: the kind most often given, how often
 * (up to 3), whether always, the place most often given; 0 when there is no other occurrence. */
static uint32_t summary(const qt_memory_entry *entry, bool counted, uint8_t tag)
{
    uint32_t best = 0, most = 0, total = 0, place = 0;
    for (uint32_t k = 0; k <= QT_KINDS; k++) {
        uint32_t n = entry->kinds[k] - (counted && kind_of(tag) == k ? 1u : 0u);
        total += n;
        if (n > most) {
            most = n;
            best = k;
        }
    }
    if (!total || !entry->key)
        return 0;
    uint32_t places = 0;
    for (uint32_t p = 0; p < 4; p++) {
        uint32_t n =
            entry->places[p] - (counted && tag != QT_TAG_OUTSIDE && place_of(tag) == p ? 1u : 0u);
        if (n > places) {
            places = n;
            place = p + 1;
        }
    }
    uint32_t pure = most == total ? 2 : most * 3 >= total * 2 ? 1 : 0;
    return 1 + best + 16 * (total > 3 ? 3 : total) + 64 * pure + 256 * place;
}

static uint32_t word_summary(const qt_tag_memory *self, const qt_tag_words *words,
                             const uint8_t *tags, uint32_t i, uint32_t count)
{
    const qt_tag_word *w = &words->words[QT_FEATURE_SIDE + i];
    if (i >= count)
        return 0;
    bool counted = w->capital || tags[i] != QT_TAG_OUTSIDE;
    return summary(entry_of(self, w->key | 1), counted, tags[i]);
}

static uint32_t pair_summary(const qt_tag_memory *self, const qt_tag_words *words,
                             const uint8_t *tags, uint32_t i, uint32_t count)
{
    const qt_tag_word *w = &words->words[QT_FEATURE_SIDE + i];
    if (i >= count || !is_pair(words, i, count))
        return 0;
    return summary(entry_of(self, pair_key(w[0].key, w[1].key)), true, tags[i]);
}

/* Which kind the scores of the same word elsewhere speak for, all together, which is next, and how
 * far behind it is; 0 when the word is nowhere else. */
static uint32_t leaning(const qt_tag_memory *self, const qt_tag_words *words, const uint8_t *tags,
                        uint32_t first, uint32_t i)
{
    const qt_tag_word *w = &words->words[QT_FEATURE_SIDE + i];
    const qt_memory_entry *entry = entry_of(self, w->key | 1);
    bool counted = w->capital || tags[i] != QT_TAG_OUTSIDE;
    uint32_t best = 0, next = 0, total = 0;
    int least = INT32_MAX, second = INT32_MAX;
    if (!entry->key)
        return 0;
    for (uint32_t k = 0; k <= QT_KINDS; k++) {
        total += entry->kinds[k];
        int behind = entry->behind[k] - (counted ? self->behind[first + i][k] : 0);
        if (behind < least) {
            second = least;
            next = best;
            least = behind;
            best = k;
        } else if (behind < second) {
            second = behind;
            next = k;
        }
    }
    int lead = second - least;
    uint32_t step = lead < 16 ? 0 : lead < 48 ? 1 : lead < 128 ? 2 : lead < 320 ? 3 : 4;
    return total > (counted ? 1u : 0u) ? 1 + best + 16 * next + 256 * step : 0;
}

/* What stands between two names that are listed one after the other: a comma, "and", or both; 0 for
 * anything else. *over is how many tokens it is. */
static uint32_t joint(const qt_tag_memory *self, uint32_t at, uint32_t *over)
{
    const qt_token *t = &self->doc->tokens.items[at];
    bool comma = self->doc->text.bytes[t->start] == ',';
    bool word =
        t->kind == QT_TOKEN_WORD && t->shape & QT_SHAPE_LOWER && t->classes & QT_WORD_CONJUNCTION;
    *over = 1;
    return comma ? 1 : word ? 2 : self->doc->text.bytes[t->start] == '&' ? 3 : 0;
}

/* The kind of the name that is listed before the run of capitals [first, end), and of the one
 * behind it, with what stands between; 0 for none. */
static uint32_t listed_before(const qt_tag_memory *self, uint32_t first)
{
    uint32_t over, how, more;
    if (first < 2 || !(how = joint(self, first - 1, &over)))
        return 0;
    if (how == 2 && first > 2 && joint(self, first - 2, &more) == 1) {
        over++;
        how = 4;
    }
    if (first <= over || self->tags[first - over - 1] == QT_TAG_OUTSIDE)
        return 0;
    return how * 16 + qt_tag_kind(self->tags[first - over - 1]) + 1;
}

static uint32_t listed_after(const qt_tag_memory *self, uint32_t end)
{
    uint32_t over, how, more, count = self->doc->tokens.count;
    if (end + 1 >= count || !(how = joint(self, end, &over)))
        return 0;
    if (how == 1 && end + 2 < count && joint(self, end + 1, &more) == 2) {
        over++;
        how = 4;
    }
    if (self->tags[end + over] == QT_TAG_OUTSIDE)
        return 0;
    return how * 16 + qt_tag_kind(self->tags[end + over]) + 1;
}

void qt_memory_features(const qt_tag_memory *self, const qt_tag_words *words, const uint8_t *tags,
                        uint32_t first, uint32_t index, uint32_t count, qt_features *out)
{
    uint32_t lean = leaning(self, words, tags, first, index);
    uint32_t listed = listed_before(self, first + words->run_first[index]);
    uint32_t next = listed_after(self, first + words->run_end[index]);
    if (lean) {
        qt_feature_add(out, QT_TEMPLATE_MEMORY + 11, lean);
        qt_feature_add(out, QT_TEMPLATE_MEMORY + 12, lean & 0xF0F);
    }
    if (listed)
        qt_feature_add(out, QT_TEMPLATE_LISTED + 0, listed);
    if (next)
        qt_feature_add(out, QT_TEMPLATE_LISTED + 1, next);
    if (listed && next)
        qt_feature_add(out, QT_TEMPLATE_LISTED + 2, listed | next << 8);

    const qt_tag_word *w = &words->words[QT_FEATURE_SIDE + index];
    uint32_t own = word_summary(self, words, tags, index, count);
    uint32_t before = index ? word_summary(self, words, tags, index - 1, count) : 0;
    uint32_t after = word_summary(self, words, tags, index + 1, count);
    uint32_t pair = pair_summary(self, words, tags, index, count);
    uint32_t last = index ? pair_summary(self, words, tags, index - 1, count) : 0;
    uint32_t end = words->run_end[index] - 1u;
    if (own) {
        qt_feature_add(out, QT_TEMPLATE_MEMORY + 0, own);
        qt_feature_add(out, QT_TEMPLATE_MEMORY + 1, own & 0xF);
        qt_feature_add(out, QT_TEMPLATE_MEMORY + 2, own & 0xFF);
        qt_feature_add(out, QT_TEMPLATE_MEMORY + 3, own | w->shape << 12);
        qt_feature_add(out, QT_TEMPLATE_MEMORY + 4, (own & 0xFF) | w->rule << 12);
        qt_feature_add(out, QT_TEMPLATE_MEMORY + 5, (own & 0xFF) | (uint32_t)tags[index] << 12);
    }
    if (own || before)
        qt_feature_add(out, QT_TEMPLATE_MEMORY + 6, (own & 0xF0F) | (before & 0xF0F) << 12);
    if (own || after)
        qt_feature_add(out, QT_TEMPLATE_MEMORY + 7, (own & 0xF0F) | (after & 0xF0F) << 12);
    if (pair)
        qt_feature_add(out, QT_TEMPLATE_MEMORY + 8, pair);
    if (last)
        qt_feature_add(out, QT_TEMPLATE_MEMORY + 9, last);
    if (end != index && end < count) {
        uint32_t head = word_summary(self, words, tags, end, count);
        if (head)
            qt_feature_add(out, QT_TEMPLATE_MEMORY + 10, head & 0xF0F);
    }
}
