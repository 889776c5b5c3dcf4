#include "tag_feature.h"

#include "document.h"

#include <string.h>

/* Templates: each is a number that is mixed into the hash. Their order is part of the model. */
enum {
    BIAS = 1,
    WORD, /* + place 0 to 4: two before to two behind */
    CASED = WORD + 5,
    CLUSTER_4,
    CLUSTER_6 = CLUSTER_4 + 5,
    CLUSTER_10 = CLUSTER_6 + 5,
    CLUSTER_ALL = CLUSTER_10 + 5,
    SHAPE = CLUSTER_ALL + 5,
    CLASS = SHAPE + 5,
    TERM = CLASS + 5,
    RULE = TERM + 5,
    PREFIX = RULE + 5, /* + length 1 to 4 */
    SUFFIX = PREFIX + 5,
    WORD_PAIR = SUFFIX + 5, /* with the word before, behind */
    SHAPE_PAIR = WORD_PAIR + 2,
    CLUSTER_PAIR = SHAPE_PAIR + 2,
    SHAPE_TRIPLE = CLUSTER_PAIR + 2,
    USE,
    RULE_SHAPE,
    RULE_PAIR, /* +2 */
    RULE_TRIPLE = RULE_PAIR + 2,
    RULE_WORD,
    RULE_USE,
    CLASS_SET, /* +3 */
    RUN_LENGTH = CLASS_SET + 3,
    RUN_PLACE,
    RUN_LAST,
    RUN_FIRST,
    RUN_BEFORE,
    RUN_AFTER,
    RUN_BEFORE_CLUSTER,
    RUN_AFTER_CLUSTER,
    RUN_TEXT,
    TERM_AROUND,
    CLUSTER_SHAPE,
};

#define BIT(word_class) (63 - __builtin_clzll(word_class))

/* The classes that say something of names, each with a number of its own from 1: that of its bit
 * would change with the lists, and the model with it. */
static const uint8_t class_numbers[64] = {
    [BIT(QT_WORD_ACRONYM)] = 1,        [BIT(QT_WORD_COMMON)] = 2,
    [BIT(QT_WORD_COMPANY_SUFFIX)] = 3, [BIT(QT_WORD_CONJUNCTION)] = 4,
    [BIT(QT_WORD_CUE_SPEECH)] = 5,     [BIT(QT_WORD_DETERMINER)] = 6,
    [BIT(QT_WORD_EVENT_HEAD)] = 7,     [BIT(QT_WORD_FAC_HEAD)] = 8,
    [BIT(QT_WORD_FEMALE)] = 9,         [BIT(QT_WORD_GPE_HEAD)] = 10,
    [BIT(QT_WORD_HONORIFIC)] = 11,     [BIT(QT_WORD_LAW_HEAD)] = 12,
    [BIT(QT_WORD_LOC_HEAD)] = 13,      [BIT(QT_WORD_MALE)] = 14,
    [BIT(QT_WORD_MONTH)] = 15,         [BIT(QT_WORD_NAME_PART)] = 16,
    [BIT(QT_WORD_ORG_HEAD)] = 17,      [BIT(QT_WORD_PEOPLE_NOUN)] = 18,
    [BIT(QT_WORD_PREPOSITION)] = 19,   [BIT(QT_WORD_PRONOUN)] = 20,
    [BIT(QT_WORD_REGION_WORD)] = 21,   [BIT(QT_WORD_SURNAME)] = 22,
    [BIT(QT_WORD_TITLE)] = 23,         [BIT(QT_WORD_TITLE_MODIFIER)] = 24,
    [BIT(QT_WORD_VERB)] = 25,          [BIT(QT_WORD_WEEKDAY)] = 26,
    [BIT(QT_WORD_WORK_NOUN)] = 27,     [BIT(QT_WORD_STARTER)] = 28,
};

/* A set of class numbers. */
static uint64_t naming_classes(uint64_t classes)
{
    uint64_t set = 0;
    for (; classes; classes &= classes - 1)
        set |= UINT64_C(1) << class_numbers[__builtin_ctzll(classes)];
    return set & ~UINT64_C(1);
}

void qt_feature_add(qt_features *out, uint32_t template, uint64_t value)
{
    uint64_t hash =
        (value + template * UINT64_C(0x9E3779B97F4A7C15)) * UINT64_C(0xD6E8FEB86659FD93);
    hash = (hash ^ hash >> 32) * UINT64_C(0xD6E8FEB86659FD93);
    if (out->templates)
        out->templates[out->count] = (uint8_t) template;
    out->keys[out->count++] = (uint32_t)(hash >> 32);
}

const char *qt_feature_name(uint32_t template)
{
    static const struct {
        uint8_t first; /* template; up to the next entry's */
        const char *name;
    } names[] = {
        {BIAS, "any token"},
        {WORD, "word two before"},
        {WORD + 1, "word before"},
        {WORD + 2, "word"},
        {WORD + 3, "word after"},
        {WORD + 4, "word two after"},
        {CASED, "word and its capitals"},
        {CLUSTER_4, "kind of word, by clusters"},
        {SHAPE, "shape"},
        {CLASS, "word list"},
        {TERM, "gazetteer"},
        {RULE, "rules"},
        {PREFIX, "first letters"},
        {SUFFIX, "last letters"},
        {WORD_PAIR, "word with its neighbour"},
        {SHAPE_PAIR, "shape with the neighbour's"},
        {CLUSTER_PAIR, "kind of word with the neighbour's"},
        {SHAPE_TRIPLE, "shape with both neighbours'"},
        {USE, "use of the word in the document"},
        {RULE_SHAPE, "rules and shape"},
        {RULE_PAIR, "rules for it and a neighbour"},
        {RULE_TRIPLE, "rules for it and both neighbours"},
        {RULE_WORD, "rules and word"},
        {RULE_USE, "rules and use of the word"},
        {CLASS_SET, "word lists"},
        {RUN_LENGTH, "length of the run of capitals"},
        {RUN_PLACE, "place in the run of capitals"},
        {RUN_LAST, "last word of the run of capitals"},
        {RUN_FIRST, "first word of the run of capitals"},
        {RUN_BEFORE, "word before the run of capitals"},
        {RUN_AFTER, "word after the run of capitals"},
        {RUN_BEFORE_CLUSTER, "kind of word before the run"},
        {RUN_AFTER_CLUSTER, "kind of word after the run"},
        {RUN_TEXT, "the run of capitals"},
        {TERM_AROUND, "gazetteer, with both neighbours"},
        {CLUSTER_SHAPE, "kind of word and shape"},
        {QT_TEMPLATE_MEMORY, "the same word elsewhere in the document"},
        {QT_TEMPLATE_LISTED, "names that are listed beside it"},
    };
    size_t i = sizeof names / sizeof *names - 1;
    while (i > 0 && names[i].first > template)
        i--;
    return names[i].name;
}

static uint64_t pair(uint64_t a, uint64_t b)
{
    return (a * UINT64_C(0xFF51AFD7ED558CCD)) ^ (b + UINT64_C(0x2545F4914F6CDD1D));
}

uint8_t *qt_tag_rules(const struct quoth_doc *doc, const qt_names *names, qt_arena *temporary)
{
    uint8_t *rules = qt_arena_alloc(temporary, (size_t)doc->tokens.count + 1);
    for (uint32_t n = 0; rules && n < names->count; n++) {
        const qt_name *name = &names->items[n];
        for (uint32_t i = name->first; i < name->end && name->label; i++) {
            unsigned place = (i == name->first ? 1u : 0u) | (i + 1 == name->end ? 2u : 0u);
            rules[i] = (uint8_t)(name->label * 8u + place * 2u + (name->sure ? 1u : 0u));
        }
    }
    return rules;
}

/* What the word does elsewhere in the document, and what its place says of its capital. */
static uint32_t use_of(const qt_tag_view *view, uint32_t i)
{
    const qt_token *t = &view->doc->tokens.items[i];
    const qt_word_use *use = qt_usage_of(view->usage, t);
    uint32_t place = view->usage->at[i] & (QT_AT_INITIAL | QT_AT_HEADLINE | QT_AT_SHOUT);
    uint32_t lower = use->lower > 2 ? 2 : use->lower;
    uint32_t capital = use->capital > 3 ? 3 : use->capital;
    return place | lower << 4 | capital << 6;
}

static void read_word(const qt_tag_view *view, uint32_t i, qt_tag_word *out)
{
    const qt_token *t = &view->doc->tokens.items[i];
    uint32_t size = t->end - t->start;
    out->key = t->key;
    out->start = t->start;
    out->end = t->end;
    out->cased = qt_cluster_key(t);
    out->classes = naming_classes(t->classes);
    out->cluster = t->kind == QT_TOKEN_WORD;
    qt_cluster_prefetch(view->clusters, out->cased);
    out->shape = (uint32_t)(t->shape & ~QT_SHAPE_LINE) | (uint32_t)t->kind << 9;
    if (t->kind == QT_TOKEN_NUMBER || t->shape & QT_SHAPE_UPPER)
        out->shape |= (size > 6 ? 6 : size) << 13;
    out->term = t->term == QUOTH_NONE ? 0 : qt_lexicon_term(t->term)->label;
    out->rule = view->rules[i];
    out->use = use_of(view, i);
    out->capital = t->kind == QT_TOKEN_WORD && t->shape & (QT_SHAPE_CAPITAL | QT_SHAPE_MIXED);
}

quoth_status qt_tag_words_init(qt_tag_words *out, qt_arena *temporary, uint32_t segments,
                               uint32_t tokens)
{
    size_t words = (size_t)tokens + (size_t)segments * 2 * QT_FEATURE_SIDE;
    out->words = qt_arena_alloc_raw(temporary, (words + 1) * sizeof *out->words);
    out->run_first = qt_arena_alloc_raw(temporary, (size_t)tokens + 1);
    out->run_end = qt_arena_alloc_raw(temporary, (size_t)tokens + 1);
    return out->words && out->run_first && out->run_end ? QUOTH_OK : QUOTH_ERROR_MEMORY;
}

void qt_tag_words_read(const qt_tag_view *view, const qt_segment *segment, const qt_tag_words *out)
{
    static const qt_tag_word border = {.key = 1, .cased = 1, .shape = 1u << 20};
    uint32_t count = segment->end - segment->first;
    for (uint32_t n = 0; n < count + 2 * QT_FEATURE_SIDE; n++) {
        uint32_t i = segment->first + n - QT_FEATURE_SIDE; /* wraps where it is before the text */
        if (i - segment->sentence < segment->sentence_end - segment->sentence)
            read_word(view, i, &out->words[n]);
        else
            out->words[n] = border;
    }
    for (uint32_t n = 0; n < count + 2 * QT_FEATURE_SIDE; n++)
        if (out->words[n].cluster)
            out->words[n].cluster = qt_cluster_of(view->clusters, out->words[n].cased);
    const qt_tag_word *words = out->words + QT_FEATURE_SIDE;
    for (uint32_t i = 0; i < count;) {
        uint32_t end = i + 1;
        while (end < count && words[end].capital && words[i].capital)
            end++;
        for (uint32_t j = i; j < end; j++) {
            out->run_first[j] = (uint8_t)i;
            out->run_end[j] = (uint8_t)end;
        }
        i = end;
    }
}

static void add_classes(qt_features *out, uint32_t template, uint64_t classes)
{
    for (; classes; classes &= classes - 1)
        qt_feature_add(out, template, (uint64_t)__builtin_ctzll(classes));
}

/* What a word says by itself, at a place from two before the token to two behind it. */
static void add_word(qt_features *out, uint32_t place, const qt_tag_word *w)
{
    qt_feature_add(out, WORD + place, w->key);
    qt_feature_add(out, SHAPE + place, w->shape);
    if (w->cluster) {
        qt_feature_add(out, CLUSTER_6 + place, w->cluster & 0x3F);
        qt_feature_add(out, CLUSTER_ALL + place, w->cluster);
        if (place > 0 && place < 4) {
            qt_feature_add(out, CLUSTER_4 + place, w->cluster & 0xF);
            qt_feature_add(out, CLUSTER_10 + place, w->cluster & 0x3FF);
        }
    }
    if (place > 0 && place < 4)
        add_classes(out, CLASS + place, w->classes);
    if (w->term)
        qt_feature_add(out, TERM + place, w->term);
}

/* Whether the word is in the list of common words, which tells more of its use. */
static uint64_t is_common(const qt_tag_word *w)
{
    return w->classes >> class_numbers[BIT(QT_WORD_COMMON)] & 1;
}

static void add_own(qt_features *out, const qt_tag_word *w, unsigned parts)
{
    if (parts & QT_PART_USE) {
        qt_feature_add(out, BIAS, 0);
        qt_feature_add(out, USE, w->use);
        qt_feature_add(out, USE, pair(w->use, is_common(w)) + 1);
    }
    if (parts & QT_PART_RULES)
        qt_feature_add(out, RULE_SHAPE, pair(w->rule, w->shape));
    if (parts & QT_PART_USE)
        qt_feature_add(out, RULE_USE, pair(w->rule, w->use));
    if (parts & QT_PART_WORDS && w->rule)
        qt_feature_add(out, RULE_WORD, pair(w->rule, w->key));
    for (uint32_t place = 0; place < 5 && parts & QT_PART_RULES; place++)
        if (w[(int32_t)place - 2].rule)
            qt_feature_add(out, RULE + place, w[(int32_t)place - 2].rule);
}

static void add_pairs(qt_features *out, const qt_tag_word *w, unsigned parts)
{
    for (uint32_t side = 0; side < 2; side++) {
        const qt_tag_word *other = side ? w + 1 : w - 1;
        if (parts & QT_PART_WORDS)
            qt_feature_add(out, WORD_PAIR + side, pair(w->key, other->key));
        if (parts & QT_PART_SHAPES)
            qt_feature_add(out, SHAPE_PAIR + side, pair(w->shape, other->shape));
        if (parts & QT_PART_WORDS)
            qt_feature_add(out, CLUSTER_PAIR + side,
                           pair(w->cluster & 0x3FF, other->cluster & 0x3FF));
        if (parts & QT_PART_RULES)
            qt_feature_add(out, RULE_PAIR + side, pair(w->rule, other->rule));
        if (parts & QT_PART_CLASSES)
            qt_feature_add(out, CLASS_SET + 1 + side, pair(w->classes, other->classes));
    }
    if (parts & QT_PART_SHAPES)
        qt_feature_add(out, SHAPE_TRIPLE, pair(pair(w[-1].shape, w->shape), w[1].shape));
    if (parts & QT_PART_RULES)
        qt_feature_add(out, RULE_TRIPLE, pair(pair(w[-1].rule, w->rule), w[1].rule));
    if (parts & QT_PART_CLASSES)
        qt_feature_add(out, TERM_AROUND, w[-1].term | w->term << 8 | w[1].term << 16);
}

/* The place of a token in its run of capitals, on a coarse scale. */
static uint32_t place_in_run(const qt_tag_words *words, uint32_t index)
{
    uint32_t first = words->run_first[index], end = words->run_end[index];
    uint32_t length = end - first > 6 ? 6 : end - first;
    uint32_t from_end = end - index > 4 ? 4 : end - index;
    return length << 8 | from_end << 4 | (index - first > 4 ? 4 : index - first);
}

/* The run of capitals around the token: its end tells most, and what stands on either side. */
static void add_run(qt_features *out, const qt_tag_words *words, uint32_t index, unsigned parts)
{
    const qt_tag_word *all = words->words + QT_FEATURE_SIDE;
    uint32_t first = words->run_first[index], end = words->run_end[index];
    const qt_tag_word *before = &all[(int32_t)first - 1], *after = &all[end];
    uint32_t place = place_in_run(words, index);
    uint64_t text = 0;
    if (parts & QT_PART_USE) {
        qt_feature_add(out, RUN_LENGTH, place >> 8);
        qt_feature_add(out, RUN_PLACE, place);
    }
    if (!(parts & QT_PART_WORDS))
        return;
    qt_feature_add(out, RUN_BEFORE, pair(before->key, place >> 4 & 0xF));
    qt_feature_add(out, RUN_AFTER, pair(after->key, index == first));
    qt_feature_add(out, RUN_BEFORE_CLUSTER, before->cluster & 0x3FF);
    qt_feature_add(out, RUN_AFTER_CLUSTER, after->cluster & 0x3FF);
    if (end - first < 2)
        return;
    qt_feature_add(out, RUN_LAST, all[end - 1].key);
    qt_feature_add(out, RUN_FIRST, all[first].key);
    for (uint32_t i = first; i < end; i++)
        text = pair(text, all[i].key);
    qt_feature_add(out, RUN_TEXT, text);
}

static void add_affixes(qt_features *out, const qt_text *text, const qt_tag_word *w)
{
    uint32_t size = w->end - w->start;
    uint64_t prefix = 0, suffix = 0;
    for (uint32_t n = 1; n <= 4 && n <= size; n++) {
        uint8_t head = text->bytes[w->start + n - 1], tail = text->bytes[w->end - n];
        head |= head >= 'A' && head <= 'Z' ? 32 : 0;
        tail |= tail >= 'A' && tail <= 'Z' ? 32 : 0;
        prefix = prefix << 8 | head;
        suffix = suffix << 8 | tail;
        qt_feature_add(out, PREFIX + n, prefix);
        qt_feature_add(out, SUFFIX + n, suffix);
    }
}

void qt_features_of_word(const qt_text *text, const qt_tag_word *word, uint32_t place,
                         qt_features *out)
{
    add_word(out, place, word);
    if (place != 2)
        return;
    qt_feature_add(out, CASED, word->cased);
    qt_feature_add(out, CLUSTER_SHAPE, pair(word->cluster & 0xFF, word->shape));
    qt_feature_add(out, CLASS_SET, word->classes);
    add_affixes(out, text, word);
}

void qt_features_of_context(const qt_tag_words *words, uint32_t index, unsigned parts,
                            qt_features *out)
{
    const qt_tag_word *w = &words->words[QT_FEATURE_SIDE + index];
    add_own(out, w, parts);
    add_pairs(out, w, parts);
    add_run(out, words, index, parts);
}

uint64_t qt_features_key(const qt_tag_words *words, uint32_t index, unsigned part)
{
    const qt_tag_word *w = &words->words[QT_FEATURE_SIDE + index];
    switch (part) {
    case QT_PART_SHAPES: /* of 21 bits each */
        return w[-1].shape | (uint64_t)w->shape << 21 | (uint64_t)w[1].shape << 42;
    case QT_PART_RULES: /* of 8 bits each */
        return w[-2].rule | w[-1].rule << 8 | w->rule << 16 | (uint64_t)w[1].rule << 24 |
               (uint64_t)w[2].rule << 32 | (uint64_t)w->shape << 40;
    case QT_PART_USE:
        return w->use | (uint64_t)w->rule << 8 | is_common(w) << 16 |
               (uint64_t)place_in_run(words, index) << 17;
    default:
        return pair(pair(pair(w[-1].classes, w->classes), w[1].classes),
                    w[-1].term | w->term << 8 | w[1].term << 16);
    }
}
