#include "description.h"

#include "document.h"
#include "word_set.h"

#include <stdlib.h>

#define KIND_KEY UINT64_C(0xC1A55E5000000000) /* with a kind: the entity has a modifier of it */

enum {
    LOOK_BACK = 48, /* mentions before a description that may be what it stands for */
    SENTENCES = 3,  /* how far back the only organization is looked for */
    APART = 3,      /* sentences that the second of two bearers has to lie behind the first */
    NAME_MAX = 120, /* bytes of a name that are searched for the words of a kind */
    APPOSITION_WINDOW = 16, /* tokens behind a name */
    HEADS = 27,             /* words of one name that say what kind of organization it is */
    OTHERS = 5,             /* further words for one title */
    MODIFIERS = 4,          /* words before a title that are looked at */
    PARTY_NAMES = 2,        /* further words for one party */
    KINDS = 2,
};

static const struct {
    qt_pattern_id noun, name;
} kinds[KINDS] = {
    {QT_PATTERN_KIND_1_NOUN, QT_PATTERN_KIND_1_NAME},
    {QT_PATTERN_KIND_2_NOUN, QT_PATTERN_KIND_2_NAME},
};

static int by_key(const void *left, const void *right)
{
    const qt_bearer *a = left, *b = right;
    if (a->key != b->key)
        return a->key < b->key ? -1 : 1;
    return a->entity < b->entity ? -1 : a->entity > b->entity;
}

static bool is_organization(quoth_label label)
{
    return label == QUOTH_LABEL_ORG || label == QUOTH_LABEL_GPE;
}

static void push(qt_descriptions *self, qt_bearers *to, uint64_t key, uint32_t entity)
{
    qt_bearer *bearer = self->failed ? NULL : qt_push(self->arena, to);
    if (bearer)
        *bearer = (qt_bearer){key, entity};
    else
        self->failed = true;
}

static void add(qt_descriptions *self, uint64_t key, uint32_t entity)
{
    push(self, &self->names, key, entity);
}

/* Sorts, and keeps each pair once. */
static void sort(qt_bearers *inout)
{
    if (inout->count > 1)
        qsort(inout->items, inout->count, sizeof *inout->items, by_key);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < inout->count; i++)
        if (!kept || by_key(&inout->items[kept - 1], &inout->items[i]))
            inout->items[kept++] = inout->items[i];
    inout->count = kept;
}

/* What says more exactly who is meant. Two of the same kind exclude each other. */
typedef enum modifier_kind {
    MODIFIER_NONE,
    MODIFIER_PARTY,
    MODIFIER_NATION,
    MODIFIER_PLACE
} modifier_kind;

/* "Republican", "French", "Texas" in "the Texas senator". */
static modifier_kind modifier_kind_of(const qt_syntax *s, uint32_t i)
{
    if (qt_set_has(QT_SET_PARTY, s->tokens[i].key) && !(s->tokens[i].shape & QT_SHAPE_LOWER))
        return MODIFIER_PARTY;
    uint32_t m = s->words[i].mention;
    if (m == QUOTH_NONE || s->doc->mentions.items[m].entity == QUOTH_NONE)
        return MODIFIER_NONE;
    quoth_label label = s->doc->mentions.items[m].label;
    return label == QUOTH_LABEL_NORP                              ? MODIFIER_NATION
           : label == QUOTH_LABEL_GPE || label == QUOTH_LABEL_LOC ? MODIFIER_PLACE
                                                                  : MODIFIER_NONE;
}

/* The same for all words for one country or party. */
static uint64_t modifier_key(const qt_syntax *s, uint32_t i, modifier_kind kind)
{
    return kind == MODIFIER_PARTY ? s->tokens[i].key
                                  : s->doc->mentions.items[s->words[i].mention].entity;
}

static void add_modifier(qt_descriptions *self, uint32_t i, modifier_kind kind, uint32_t entity)
{
    const qt_syntax *s = self->syntax;
    push(self, &self->modifiers, KIND_KEY + kind, entity);
    push(self, &self->modifiers, modifier_key(s, i, kind), entity);
    if (kind == MODIFIER_PARTY) { /* "the Ohio Republican" is a description, too */
        uint32_t others;
        const qt_word_pair *pair = qt_set_called(s->tokens[i].key, &others);
        add(self, s->tokens[i].key, entity);
        for (uint32_t k = 0; k < others && k < PARTY_NAMES; k++) {
            push(self, &self->modifiers, pair[k].other, entity);
            add(self, pair[k].other, entity);
        }
    }
}

/* "French president Luc Moreau": before the token end, where the name begins. */
static void add_modifiers_before(qt_descriptions *self, uint32_t end, uint32_t entity)
{
    const qt_syntax *s = self->syntax;
    uint32_t floor = qt_sentence_first(s, s->words[end].sentence);
    for (uint32_t i = end, left = MODIFIERS; i > floor && left; i--, left--) {
        modifier_kind kind = modifier_kind_of(s, i - 1);
        qt_role role = qt_syntax_role(s, i - 1);
        if (kind != MODIFIER_NONE)
            add_modifier(self, i - 1, kind, entity);
        else if (role != QT_ROLE_POSSESSIVE && role != QT_ROLE_NOUN &&
                 !qt_syntax_is(s, i - 1, QT_WORD_TITLE | QT_WORD_TITLE_MODIFIER))
            return;
    }
}

/* "Ann Lee, R-Ky.," and "Ann Lee (D)": a party behind a name that ends at token end. */
static void add_party_behind(qt_descriptions *self, uint32_t end, uint32_t entity)
{
    const qt_syntax *s = self->syntax;
    if (end + 2 >= s->count || modifier_kind_of(s, end + 1) != MODIFIER_PARTY)
        return;
    qt_role before = qt_syntax_role(s, end), after = qt_syntax_role(s, end + 2);
    bool joined = after == QT_ROLE_HYPHEN || after == QT_ROLE_DASH;
    if ((before != QT_ROLE_COMMA && before != QT_ROLE_OPEN) || !(joined || after == QT_ROLE_CLOSE))
        return;
    add_modifier(self, end + 1, MODIFIER_PARTY, entity);
    if (joined && end + 3 < s->count && modifier_kind_of(s, end + 3) == MODIFIER_PLACE)
        add_modifier(self, end + 3, MODIFIER_PLACE, entity);
}

/* "former senator": the whole title, its last word, and what goes with them. */
static void add_title(qt_descriptions *self, const quoth_mention *m)
{
    const qt_syntax *s = self->syntax;
    uint32_t first = qt_token_at(&s->doc->tokens, m->title.start);
    uint32_t end = qt_token_at(&s->doc->tokens, m->title.end);
    if (m->title.start == m->title.end || first >= end)
        return;
    uint64_t whole =
        qt_fold_hash(QT_HASH_EMPTY, &s->doc->text, m->title.start, s->tokens[end - 1].end);
    add(self, whole, m->entity);
    if (s->tokens[end - 1].key != whole)
        add(self, s->tokens[end - 1].key, m->entity);
    uint32_t count, others;
    const qt_word_pair *pair = qt_set_called(s->tokens[end - 1].key, &count);
    for (uint32_t k = 0; k < count && k < OTHERS; k++)
        add(self, pair[k].other, m->entity);
    pair = qt_set_called(whole, &others);
    for (uint32_t k = 0; s->tokens[end - 1].key != whole && k < others && k + count < OTHERS; k++)
        add(self, pair[k].other, m->entity);
}

/* "Ann Lee, a marine biologist,", "Ann Lee, 43," and "Ann Lee is a biologist": behind a name. */
static void add_behind(qt_descriptions *self, uint32_t end, uint32_t entity)
{
    const qt_syntax *s = self->syntax;
    if (end + 2 >= s->count || s->words[end].sentence != s->words[end - 1].sentence)
        return;
    bool comma = qt_syntax_role(s, end) == QT_ROLE_COMMA;
    uint32_t next = end + 1;
    if (comma && s->tokens[next].kind == QT_TOKEN_NUMBER &&
        qt_syntax_role(s, next + 1) == QT_ROLE_COMMA) {
        add(self, s->tokens[next].key, entity);
        next += 2;
    }
    if (!comma && !(qt_syntax_text(s, end, "is") || qt_syntax_text(s, end, "was")))
        return;
    qt_phrase phrase;
    uint32_t ceiling = qt_sentence_end(s, s->words[end].sentence);
    if (ceiling > next + APPOSITION_WINDOW)
        ceiling = next + APPOSITION_WINDOW;
    if (next + 1 >= ceiling || qt_syntax_role(s, next) != QT_ROLE_DETERMINER ||
        !qt_noun_phrase_after(s, next, ceiling, &phrase))
        return;
    uint32_t head = next + 1;
    while (head < phrase.end && s->words[head].mention == QUOTH_NONE &&
           (qt_syntax_role(s, head) == QT_ROLE_NOUN || qt_syntax_role(s, head) == QT_ROLE_HYPHEN ||
            qt_syntax_role(s, head) == QT_ROLE_NUMBER))
        head++;
    if (head > next + 1 && qt_syntax_role(s, head - 1) == QT_ROLE_NOUN)
        add(self, s->tokens[head - 1].key, entity);
}

/* "carmaker Volta", "the daily Mercury": a noun right before the name or its title. */
static void add_before(qt_descriptions *self, uint32_t first, uint32_t entity)
{
    const qt_syntax *s = self->syntax;
    if (first > 0 && qt_syntax_role(s, first - 1) == QT_ROLE_NOUN &&
        s->tokens[first - 1].shape & QT_SHAPE_LOWER && s->words[first - 1].mention == QUOTH_NONE &&
        s->words[first - 1].sentence == s->words[first].sentence)
        add(self, s->tokens[first - 1].key, entity);
}

/* "the commission": the kind of organization that the name says, its last such word. */
static void add_head(qt_descriptions *self, uint32_t first, uint32_t end, uint32_t entity)
{
    for (uint32_t i = end, left = HEADS; i > first && left; i--)
        if (qt_syntax_is(self->syntax, i - 1, QT_WORD_ORG_HEAD)) {
            add(self, self->syntax->tokens[i - 1].key, entity);
            left--;
        }
}

quoth_status qt_descriptions_init(qt_descriptions *self, const qt_syntax *syntax,
                                  quoth_scratch *scratch)
{
    const struct quoth_doc *doc = syntax->doc;
    *self = (qt_descriptions){
        .syntax = syntax, .matcher = scratch->matcher, .arena = &scratch->temporary};
    for (uint32_t i = 0; i < doc->mentions.count; i++) {
        const quoth_mention *m = &doc->mentions.items[i];
        bool person = m->label == QUOTH_LABEL_PERSON;
        if (m->entity == QUOTH_NONE || (!person && m->label != QUOTH_LABEL_ORG))
            continue;
        uint32_t first = qt_token_at(&doc->tokens, m->span.start);
        uint32_t end = qt_token_at(&doc->tokens, m->span.end);
        if (first >= end)
            continue;
        if (person) {
            add_title(self, m);
            add_modifiers_before(self, first, m->entity);
            add_party_behind(self, end, m->entity);
        } else {
            add_head(self, first, end, m->entity);
        }
        add_before(self, first, m->entity);
        add_behind(self, end, m->entity);
    }
    if (self->failed)
        return QUOTH_ERROR_MEMORY;
    sort(&self->names);
    sort(&self->modifiers);
    return QUOTH_OK;
}

static bool is_modified(const qt_descriptions *self, uint64_t key, uint32_t entity)
{
    const qt_bearer one = {key, entity};
    return self->modifiers.count &&
           bsearch(&one, self->modifiers.items, self->modifiers.count, sizeof one, by_key);
}

/* How the words of a description before its head go with what is said of an entity. */
typedef enum fit { FIT_NOT, FIT_OPEN, FIT_GOOD } fit;

static fit fit_of(const qt_descriptions *self, uint32_t first, uint32_t head, uint32_t entity)
{
    const qt_syntax *s = self->syntax;
    fit out = FIT_OPEN;
    for (uint32_t i = first; i < head; i++) {
        modifier_kind kind = modifier_kind_of(s, i);
        if (kind == MODIFIER_NONE)
            continue;
        if (is_modified(self, modifier_key(s, i, kind), entity))
            out = FIT_GOOD;
        else if (kind == MODIFIER_PLACE || is_modified(self, KIND_KEY + kind, entity))
            return FIT_NOT; /* of another party or country; or of a place that is not known */
    }
    return out;
}

/* The first entry of a key; *end: behind its last one. */
static uint32_t range_of(const qt_descriptions *self, uint64_t key, uint32_t *end)
{
    uint32_t low = 0, high = self->names.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (self->names.items[middle].key < key)
            low = middle + 1;
        else
            high = middle;
    }
    *end = low;
    while (*end < self->names.count && self->names.items[*end].key == key && *end - low < LOOK_BACK)
        (*end)++;
    return low;
}

/* The first mention that starts at or behind a byte. */
static uint32_t mention_at(const qt_descriptions *self, uint32_t byte)
{
    uint32_t low = 0, high = self->syntax->doc->mentions.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (self->syntax->doc->mentions.items[middle].span.start < byte)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The entries of a key whose bearers go with the rest of a description. */
typedef struct choice {
    uint32_t low, end;    /* entries */
    uint32_t first, head; /* tokens before the head */
    fit fit;
} choice;

static bool is_among(const qt_descriptions *self, const choice *among, uint32_t entity)
{
    uint32_t i = among->low;
    while (i < among->end && self->names.items[i].entity != entity)
        i++;
    return i < among->end && fit_of(self, among->first, among->head, entity) == among->fit;
}

/* Of several bearers, the one that was mentioned last, if no other was mentioned near it. */
static uint32_t last_of(const qt_descriptions *self, const choice *among, uint32_t token)
{
    const qt_syntax *s = self->syntax;
    uint32_t found = QUOTH_NONE, sentence = 0;
    uint32_t m = mention_at(self, s->tokens[token].start);
    for (uint32_t steps = 0; m > 0 && steps < LOOK_BACK; m--, steps++) {
        const quoth_mention *mention = &s->doc->mentions.items[m - 1];
        uint32_t at = s->words[qt_token_at(&s->doc->tokens, mention->span.start)].sentence;
        if (found != QUOTH_NONE && sentence - at >= APART)
            break;
        if (mention->entity == found || !is_among(self, among, mention->entity))
            continue;
        if (found != QUOTH_NONE)
            return QUOTH_NONE;
        found = mention->entity;
        sentence = at;
    }
    return found;
}

/* The best of the bearers, or the last one of several that are as good. */
static uint32_t choose(const qt_descriptions *self, choice among, uint32_t token)
{
    uint32_t found = QUOTH_NONE, count = 0;
    among.fit = FIT_OPEN;
    for (uint32_t i = among.low; i < among.end; i++) {
        fit here = fit_of(self, among.first, among.head, self->names.items[i].entity);
        if (here > among.fit) {
            among.fit = here;
            count = 0;
        }
        if (here == among.fit) {
            found = self->names.items[i].entity;
            count++;
        }
    }
    return count > 1 ? last_of(self, &among, token) : found;
}

static bool searches(const qt_descriptions *self, qt_pattern_id id, quoth_span span)
{
    qt_match match;
    if (span.end - span.start > NAME_MAX)
        span.end = span.start + NAME_MAX;
    return qt_pattern_match(self->matcher, id, &self->syntax->doc->text, span.start, span.end,
                            &match);
}

/* Whether the name of an organization may be of a kind, or of none that is known. */
static bool may_be(const qt_descriptions *self, const quoth_mention *m, int kind, bool *sure)
{
    const qt_syntax *s = self->syntax;
    *sure = kind < KINDS && searches(self, kinds[kind].name, m->span);
    if (*sure)
        return true;
    for (int other = 0; other < KINDS; other++)
        if (other != kind && searches(self, kinds[other].name, m->span))
            return false;
    for (uint32_t i = qt_token_at(&s->doc->tokens, m->span.start);
         i < s->count && s->tokens[i].start < m->span.end; i++)
        if (qt_syntax_is(s, i, QT_WORD_ORG_HEAD))
            return false;
    return true;
}

/* The one organization of the last sentences that may be of the kind of "the company". */
static uint32_t only_one(const qt_descriptions *self, uint32_t head, uint32_t token)
{
    const qt_syntax *s = self->syntax;
    quoth_span noun = {s->tokens[head].start, s->tokens[head].end};
    int kind = 0;
    while (kind < KINDS && !searches(self, kinds[kind].noun, noun))
        kind++;
    if (kind == KINDS)
        return QUOTH_NONE;
    uint32_t found = QUOTH_NONE, m = mention_at(self, s->tokens[token].start);
    bool found_sure = false;
    for (uint32_t steps = 0; m > 0 && steps < LOOK_BACK; m--, steps++) {
        const quoth_mention *mention = &s->doc->mentions.items[m - 1];
        uint32_t at = qt_token_at(&s->doc->tokens, mention->span.start);
        if (s->words[token].sentence - s->words[at].sentence > SENTENCES)
            break;
        bool sure;
        if (mention->label != QUOTH_LABEL_ORG || mention->entity == QUOTH_NONE ||
            s->words[at].quotation != QUOTH_NONE || mention->entity == found ||
            !may_be(self, mention, kind, &sure))
            continue;
        if (found != QUOTH_NONE && sure == found_sure)
            return QUOTH_NONE;
        if (found == QUOTH_NONE || sure) {
            found = mention->entity;
            found_sure = sure;
        }
    }
    return found;
}

/* The bearer of the description that the nouns [first, end) make. */
static uint32_t bearer_of(const qt_descriptions *self, uint32_t first, uint32_t end, uint32_t token)
{
    const qt_syntax *s = self->syntax;
    uint32_t stop;
    uint64_t whole =
        qt_fold_hash(QT_HASH_EMPTY, &s->doc->text, s->tokens[first].start, s->tokens[end - 1].end);
    uint32_t low = range_of(self, whole, &stop);
    if (low == stop)
        low = range_of(self, s->tokens[end - 1].key, &stop);
    if (low == stop)
        return only_one(self, end - 1, token);
    return choose(self, (choice){low, stop, first, end - 1, FIT_OPEN}, token);
}

static bool is_name(const qt_syntax *s, uint32_t mention)
{
    quoth_label label = s->doc->mentions.items[mention].label;
    return label != QUOTH_LABEL_NORP && label < QUOTH_LABEL_DATE;
}

uint32_t qt_description_find(const qt_descriptions *self, const qt_phrase *source,
                             uint32_t head_end)
{
    const qt_syntax *s = self->syntax;
    uint32_t first = source->core_first, end = head_end;
    /* "the mother of two" */
    bool counted = end + 2 == source->end && qt_syntax_text(s, end, "of");
    if (end != source->end && !counted)
        return QUOTH_NONE;
    /* A headline leaves the article out: "Mayor says ..." */
    bool bare = end - first == 1 && qt_syntax_is(s, first, QT_WORD_TITLE) &&
                first == qt_sentence_first(s, s->words[first].sentence);
    if (!bare && (!qt_syntax_text(s, first, "the") || end - first < 2))
        return QUOTH_NONE;
    first += !bare;
    for (uint32_t i = first; i < end; i++) /* "the Ohio senator" is fine, "the Ford" is not */
        if (s->words[i].mention != QUOTH_NONE && is_name(s, s->words[i].mention) &&
            (i + 1 == end || modifier_kind_of(s, i) == MODIFIER_NONE))
            return QUOTH_NONE;
    /* "the 43-year-old" */
    if (s->tokens[first].kind == QT_TOKEN_NUMBER) {
        uint32_t stop, low = range_of(self, s->tokens[first].key, &stop);
        if (stop - low == 1)
            return self->names.items[low].entity;
    }
    return bearer_of(self, first, end, source->first);
}

uint32_t qt_description_spoken_for(const qt_descriptions *self, const qt_phrase *source,
                                   uint32_t head_end)
{
    const qt_syntax *s = self->syntax;
    uint32_t head = head_end - 1;
    quoth_span noun = {s->tokens[head].start, s->tokens[head].end};
    if (!searches(self, QT_PATTERN_SPOKESPERSON, noun))
        return QUOTH_NONE;
    for (uint32_t i = source->first; i < source->end && i < head_end + APPOSITION_WINDOW; i++) {
        uint32_t m = s->words[i].mention;
        if (m == QUOTH_NONE || !is_organization(s->doc->mentions.items[m].label))
            continue;
        uint32_t after = i;
        while (after < source->end && s->words[after].mention == m)
            after++;
        bool before =
            after == head || (after + 1 == head && qt_syntax_role(s, after) == QT_ROLE_POSSESSIVE);
        uint32_t article = i > 0 && qt_syntax_role(s, i - 1) == QT_ROLE_DETERMINER ? i - 1 : i;
        bool served = article > head && qt_syntax_text(s, article - 1, "for");
        return before || served ? s->doc->mentions.items[m].entity : QUOTH_NONE;
    }
    /* "a company spokesman", "the company's spokesman" */
    uint32_t end = qt_syntax_role(s, head - 1) == QT_ROLE_POSSESSIVE ? head - 1 : head;
    if (end <= source->core_first + 1 || qt_syntax_role(s, end - 1) != QT_ROLE_NOUN)
        return QUOTH_NONE;
    uint32_t found = bearer_of(self, end - 1, end, source->first);
    return found != QUOTH_NONE && is_organization(s->doc->links.entities.items[found].label)
               ? found
               : QUOTH_NONE;
}
