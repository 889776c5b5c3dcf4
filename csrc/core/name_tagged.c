#include "name_tagged.h"

#include "document.h"
#include "name_company.h"
#include "name_label.h"
#include "name_repeat.h"
#include "title.h"
#include "tried.h"
#include "word_set.h"

#include <string.h>

/* The kind of a label, or QT_KINDS. */
static uint32_t kind_of(uint8_t label)
{
    switch (label) {
    case QUOTH_LABEL_PERSON:
        return QT_KIND_PERSON;
    case QUOTH_LABEL_ORG:
        return QT_KIND_ORG;
    case QUOTH_LABEL_GPE:
    case QUOTH_LABEL_LOC:
        return QT_KIND_PLACE;
    case QUOTH_LABEL_FAC:
        return QT_KIND_FAC;
    case QUOTH_LABEL_NORP:
        return QT_KIND_NORP;
    case QUOTH_LABEL_EVENT:
    case QUOTH_LABEL_WORK_OF_ART:
    case QUOTH_LABEL_LAW:
    case QUOTH_LABEL_LANGUAGE:
        return QT_KIND_MISC;
    case QUOTH_LABEL_PRODUCT:
        return QT_KIND_PRODUCT;
    default:
        return QT_KINDS;
    }
}

/* The label of a place by its own words: the telling one is the last or, of a lake or a mount, the
 * first. */
static quoth_label place_label(const qt_token *first, const qt_token *last)
{
    if (first->classes & QT_WORD_LOC_HEAD || last->classes & (QT_WORD_LOC_HEAD | QT_WORD_LOC_TAIL))
        return QUOTH_LABEL_LOC;
    if (first->classes & QT_WORD_REGION_WORD && first != last)
        return QUOTH_LABEL_LOC;
    return QUOTH_LABEL_GPE;
}

static quoth_label misc_label(const struct quoth_doc *doc, const qt_tagged *name)
{
    const qt_token *tokens = doc->tokens.items, *last = &tokens[name->end - 1];
    for (uint32_t i = name->first; i < name->end; i++)
        if (tokens[i].classes & QT_WORD_EVENT_HEAD)
            return QUOTH_LABEL_EVENT;
    if (last->classes & QT_WORD_LAW_HEAD || tokens[name->first].classes & QT_WORD_LAW_HEAD)
        return QUOTH_LABEL_LAW;
    if (name->first > 0 && tokens[name->first - 1].kind == QT_TOKEN_MARK)
        return QUOTH_LABEL_WORK_OF_ART;
    return QUOTH_LABEL_EVENT;
}

/* "Lekki Road", "Kargil War Memorial": what the tagger took for a place or something else that has a
 * name, and its last word says is built. */
static bool is_facility(const struct quoth_doc *doc, const qt_tagged *name)
{
    const qt_token *last = &doc->tokens.items[name->end - 1];
    return name->end - name->first > 1 && last->shape & QT_SHAPE_CAPITAL &&
           last->classes & QT_WORD_FAC_HEAD && !(last->classes & QT_WORD_LOC_HEAD) &&
           (name->kind == QT_KIND_PLACE || name->kind == QT_KIND_MISC);
}

/* "Sierra Club": what the tagger took for a place, and its last word says is none. */
static bool is_organization(const struct quoth_doc *doc, const qt_tagged *name)
{
    const qt_token *last = &doc->tokens.items[name->end - 1];
    return name->end - name->first > 1 && last->shape & QT_SHAPE_CAPITAL &&
           last->classes & (QT_WORD_ORG_HEAD | QT_WORD_COMPANY_SUFFIX) &&
           !(last->classes & (QT_WORD_LOC_HEAD | QT_WORD_LOC_TAIL | QT_WORD_FAC_HEAD |
                              QT_WORD_GPE_HEAD | QT_WORD_REGION_WORD)) &&
           name->kind == QT_KIND_PLACE;
}

/* "Clean Air Act": what the tagger took for a people or a thing, and its last word says is a law. */
static bool is_law(const struct quoth_doc *doc, const qt_tagged *name)
{
    const qt_token *last = &doc->tokens.items[name->end - 1];
    return name->end - name->first > 1 && last->shape & QT_SHAPE_CAPITAL &&
           last->classes & QT_WORD_LAW_HEAD && !(last->classes & QT_WORD_PEOPLE_NOUN) &&
           (name->kind == QT_KIND_NORP || name->kind == QT_KIND_PRODUCT);
}

static quoth_label label_of(const struct quoth_doc *doc, const qt_tagged *name)
{
    static const quoth_label labels[QT_KINDS] = {
        QUOTH_LABEL_PERSON, QUOTH_LABEL_ORG,  QUOTH_LABEL_GPE,     QUOTH_LABEL_FAC,
        QUOTH_LABEL_NORP,   QUOTH_LABEL_NONE, QUOTH_LABEL_PRODUCT,
    };
    if (is_law(doc, name))
        return QUOTH_LABEL_LAW;
    if (is_facility(doc, name))
        return QUOTH_LABEL_FAC;
    if (is_organization(doc, name))
        return QUOTH_LABEL_ORG;
    if (name->kind == QT_KIND_PLACE)
        return place_label(&doc->tokens.items[name->first], &doc->tokens.items[name->end - 1]);
    return name->kind == QT_KIND_MISC ? misc_label(doc, name) : labels[name->kind];
}

/* A title that was taken for the first word of a name stands beside it: Councilwoman Keller. */
static void set_title_apart(const struct quoth_doc *doc, qt_name *name)
{
    const qt_token *tokens = doc->tokens.items;
    uint32_t end = qt_title_end(doc, name->first, name->end);
    bool title = tokens[name->first].classes & QT_WORD_TITLE &&
                 !(tokens[name->first].classes & QT_WORD_SURNAME);
    if (name->label != QUOTH_LABEL_PERSON || !title || end == name->first || end >= name->end ||
        tokens[end].kind != QT_TOKEN_WORD)
        return;
    name->title = (quoth_span){tokens[name->first].start, tokens[end - 1].end};
    name->first = end;
    name->key = qt_name_key(doc, end, name->end);
}

/* "Sen. Lee, R-Ky.,": the letter of a party before a place is no part of its name. */
static uint32_t behind_party(const struct quoth_doc *doc, const qt_tagged *t)
{
    const qt_token *first = &doc->tokens.items[t->first];
    bool party = t->end - t->first > 2 && first[1].kind == QT_TOKEN_DASH &&
                 first->end - first->start == 1 && qt_set_has(QT_SET_PARTY, first->key) &&
                 t->first > 0 && memchr(",([", doc->text.bytes[first[-1].start], 3);
    return party ? t->first + 2 : t->first;
}

static qt_name from_tagged(const struct quoth_doc *doc, const qt_tagged *tagged,
                           const qt_name *rule)
{
    qt_tagged own = *tagged, *t = &own;
    own.first = behind_party(doc, tagged);
    if (own.first != tagged->first)
        own.kind = QT_KIND_PLACE;
    qt_name name = {.first = t->first,
                    .end = t->end,
                    .key = qt_name_key(doc, t->first, t->end),
                    .term = QUOTH_NONE,
                    .sure = true,
                    .score = t->score,
                    .rule = "model"};
    const qt_lexeme *entry;
    if (rule && rule->first == t->first)
        name.title = rule->title;
    if (rule && rule->first == t->first && rule->end == t->end && kind_of(rule->label) == t->kind) {
        name.label = rule->label;
        name.term = rule->term;
        return name;
    }
    if (qt_phrase_at(&doc->tokens, &doc->text, t->first, 0, true, &entry) == t->end - t->first &&
        kind_of(qt_lexicon_term(entry->term)->label) == t->kind) {
        name.term = entry->term;
        name.label = qt_lexicon_term(entry->term)->label;
        return name;
    }
    name.label = (uint8_t)label_of(doc, t);
    set_title_apart(doc, &name);
    return name;
}

static bool is_known(const qt_name *rule)
{
    return rule->term != QUOTH_NONE && qt_lexicon_term(rule->term)->kb_id[0];
}

/* "source line" and "dateline": what the layout shows. */
static bool is_framed(const qt_name *rule)
{
    return rule->sure && (rule->rule[0] == 's' || rule->rule[0] == 'd');
}

/* An organization of the lists that has several words. */
static bool is_listed_firm(const qt_name *rule)
{
    return rule->label == QUOTH_LABEL_ORG && rule->term != QUOTH_NONE && rule->sure &&
           rule->end - rule->first > 1;
}

/* What the rules found where the tagger found nothing. Names that the world knows, those that say
 * what they are, and what the layout or quotation marks show, stay; the others become candidates
 * again. */
static qt_name from_rule(const struct quoth_doc *doc, const qt_name *rule)
{
    qt_name name = *rule;
    uint64_t last = doc->tokens.items[rule->end - 1].classes;
    bool known = (is_known(rule) && rule->label == QUOTH_LABEL_GPE) || is_listed_firm(rule) ||
                 (rule->term != QUOTH_NONE &&
                  (rule->label == QUOTH_LABEL_LAW || rule->label == QUOTH_LABEL_EVENT ||
                   rule->label == QUOTH_LABEL_LOC || rule->label == QUOTH_LABEL_LANGUAGE ||
                   rule->label == QUOTH_LABEL_FAC || rule->label == QUOTH_LABEL_PRODUCT));
    bool telling =
        rule->label == QUOTH_LABEL_ORG && rule->sure &&
        (last & QT_WORD_COMPANY_SUFFIX || (last & QT_WORD_ORG_HEAD && rule->end - rule->first > 2));
    /* KELLER: a transcript. */
    bool speaks = rule->label && rule->end < doc->tokens.count &&
                  doc->tokens.items[rule->first].shape & QT_SHAPE_LINE &&
                  doc->tokens.items[rule->first].shape & QT_SHAPE_UPPER &&
                  doc->text.bytes[doc->tokens.items[rule->end].start] == ':';
    /* Ms. Bishop. */
    bool addressed = rule->label == QUOTH_LABEL_PERSON && rule->first > 0 &&
                     doc->tokens.items[rule->first - 1].classes & QT_WORD_HONORIFIC;
    if (speaks)
        name.label = QUOTH_LABEL_PERSON;
    if (!known && !telling && !speaks && !addressed && !is_framed(rule) &&
        rule->label != QUOTH_LABEL_WORK_OF_ART) {
        name.label = QUOTH_LABEL_NONE;
        name.sure = false;
    }
    return name;
}

/* Whether the rules know better than the tagger, of a name that it cuts otherwise or calls
 * something else. */
static bool knows_better(const struct quoth_doc *doc, const qt_usage *usage, const qt_name *rule,
                         const qt_tagged *t)
{
    bool same = rule->first == t->first && rule->end == t->end;
    bool around = rule->first <= t->first && rule->end >= t->end && !same;
    bool within = rule->first >= t->first && rule->end <= t->end && !same;
    if ((rule->label == QUOTH_LABEL_WORK_OF_ART && rule->rule[0] == 't') || is_framed(rule))
        return true;
    if (rule->label == QUOTH_LABEL_ORG && rule->sure && around && t->kind == QT_KIND_ORG &&
        doc->tokens.items[rule->end - 1].classes & QT_WORD_COMPANY_SUFFIX)
        return true;
    if (rule->term != QUOTH_NONE && around &&
        (rule->label == QUOTH_LABEL_EVENT || rule->label == QUOTH_LABEL_LAW ||
         rule->label == QUOTH_LABEL_LOC))
        return true;
    /* "Intervening in the Crimean War": the name starts after the article. */
    if (rule->label == QUOTH_LABEL_EVENT && rule->term != QUOTH_NONE && within &&
        rule->first > t->first && doc->tokens.items[rule->first - 1].classes & QT_WORD_DETERMINER)
        return true;
    if (rule->label == QUOTH_LABEL_LANGUAGE && rule->term != QUOTH_NONE && same)
        return true;
    /* Morgan Stanley and Eli Lilly are firms, unless somebody is addressed so. */
    if (is_listed_firm(rule) && same && t->kind == QT_KIND_PERSON &&
        rule->title.end == rule->title.start)
        return true;
    if (!is_known(rule) || !rule->sure)
        return false;
    /* Brussels is a city, whoever is meant by it (metonym.h). */
    if (same && rule->label == QUOTH_LABEL_GPE && t->kind == QT_KIND_ORG &&
        qt_lexicon_term(rule->term)->of != QUOTH_NONE)
        return true;
    /* The Atlantic is no people. */
    if (same && rule->label == QUOTH_LABEL_LOC && t->kind == QT_KIND_NORP)
        return true;
    /* The PRC is a country whatever stands around it, and a headline has verbs with capitals. */
    return rule->label == QUOTH_LABEL_GPE &&
           ((same && (doc->tokens.items[rule->first].shape & QT_SHAPE_UPPER ||
                      doc->tokens.items[rule->first].classes & QT_WORD_ABBREVIATION ||
                      rule->end - rule->first > 1)) ||
            (within && usage->at[rule->first] & QT_AT_HEADLINE));
}

/* Whether the tagger took two names that the lists know for one: "the First World War and World War
 * II". */
static bool joins_two(const struct quoth_doc *doc, const qt_names *rules, uint32_t r,
                      const qt_tagged *t)
{
    uint32_t known = 0;
    bool and = false;
    for (uint32_t i = t->first; i < t->end; i++)
        and |= doc->tokens.items[i].shape & QT_SHAPE_LOWER &&
               doc->tokens.items[i].classes & QT_WORD_CONJUNCTION;
    for (uint32_t n = r; and&&n < rules->count && rules->items[n].end <= t->end; n++)
        known += rules->items[n].first >= t->first && rules->items[n].label == QUOTH_LABEL_EVENT;
    return known > 1;
}

/* "of State": no name starts or ends with a small word. */
static bool has_small_end(const struct quoth_doc *doc, const qt_tagged *t)
{
    const uint64_t small = QT_WORD_PREPOSITION | QT_WORD_CONJUNCTION | QT_WORD_DETERMINER;
    const qt_token *first = &doc->tokens.items[t->first], *last = &doc->tokens.items[t->end - 1];
    return (first->shape & QT_SHAPE_LOWER && first->classes & small &&
            !(first->classes & QT_WORD_NAME_PART)) ||
           (last->shape & QT_SHAPE_LOWER && last->classes & small);
}

/* Without "of the ..." and honours behind a person's name: Keller of the Harbour Board. */
static void leave_out_tail(const struct quoth_doc *doc, qt_tagged *t)
{
    const qt_token *tokens = doc->tokens.items;
    for (uint32_t i = t->first + 1; t->kind == QT_KIND_PERSON && i + 1 < t->end; i++)
        if (qt_token_is(&tokens[i], "of") && tokens[i].shape & QT_SHAPE_LOWER &&
            ((tokens[i + 1].classes & QT_WORD_DETERMINER && tokens[i + 1].shape & QT_SHAPE_LOWER) ||
             i > t->first + 1)) /* Ruth Comeau of Bathurst, but Joan of Arc */
            t->end = i;
    /* Fiona Baird KC */
    while (t->kind == QT_KIND_PERSON && t->end > t->first + 2 &&
           tokens[t->end - 1].shape & (QT_SHAPE_UPPER | QT_SHAPE_MIXED) &&
           tokens[t->end - 2].shape & QT_SHAPE_CAPITAL &&
           qt_set_has(QT_SET_POSTNOMINAL, tokens[t->end - 1].key))
        t->end--;
}

/* Leaves out the country that owns an organization, which is a name of its own: the South's
 * Unification Ministry. False when there is none. */
static bool leave_out_owner(const struct quoth_doc *doc, qt_tagged *t, qt_tagged *owner)
{
    const qt_token *tokens = doc->tokens.items;
    const qt_lexeme *entry;
    uint32_t i = t->first + 1;
    while (i < t->end && tokens[i].kind != QT_TOKEN_CLITIC)
        i++;
    if (t->kind != QT_KIND_ORG || i + 1 >= t->end)
        return false;
    bool place =
        qt_phrase_at(&doc->tokens, &doc->text, t->first, 0, true, &entry) == i - t->first &&
        qt_lexicon_term(entry->term)->label == QUOTH_LABEL_GPE;
    bool direction = i == t->first + 1 && tokens[t->first].classes & QT_WORD_REGION_WORD;
    if (!place && !direction)
        return false;
    *owner = (qt_tagged){t->first, i, QT_KIND_PLACE, t->score};
    t->first = i + 1;
    return true;
}

/* A person who has begun a short line of capitals has all of it: a signature, RUTH KEMP. */
static void fill_line(const struct quoth_doc *doc, qt_tagged *t)
{
    enum { SIGNATURE = 4 }; /* tokens */
    const qt_token *tokens = doc->tokens.items;
    uint32_t end = t->end;
    if (t->kind != QT_KIND_PERSON || !(tokens[t->first].shape & QT_SHAPE_LINE))
        return;
    for (uint32_t i = t->first; i < end; i++)
        if (!(tokens[i].shape & QT_SHAPE_UPPER))
            return;
    while (end < doc->tokens.count && end < t->first + SIGNATURE &&
           !(tokens[end].shape & QT_SHAPE_LINE) && tokens[end].kind == QT_TOKEN_WORD &&
           tokens[end].shape & (QT_SHAPE_UPPER | QT_SHAPE_INITIAL))
        end++;
    if (end == doc->tokens.count || tokens[end].shape & QT_SHAPE_LINE)
        t->end = end;
}

/* A word that is mostly none, where any word has a capital, and nothing else speaks for a name. */
static bool is_plain_word(const struct quoth_doc *doc, const qt_usage *usage, const qt_tagged *t,
                          const qt_name *rule)
{
    const qt_token *token = &doc->tokens.items[t->first];
    /* "Mark the date." */
    bool verb = t->end < doc->tokens.count && token[1].classes & QT_WORD_DETERMINER &&
                token->classes & (QT_WORD_VERB | QT_WORD_COMMON);
    return t->end - t->first == 1 && !rule && (qt_name_is_plain(token) || verb) &&
           usage->at[t->first] & QT_AT_INITIAL && !(token->shape & QT_SHAPE_UPPER) &&
           qt_usage_of(usage, token)->capital == 0;
}

static quoth_status keep(qt_arena *temporary, const qt_tagged *name, qt_tagged_names *out)
{
    qt_tagged *kept = qt_push(temporary, out);
    if (kept)
        *kept = *name;
    return kept ? QUOTH_OK : QUOTH_ERROR_MEMORY;
}

/* The names of the tagger but for what the rules know better. */
static quoth_status keep_right(const struct quoth_doc *doc, const qt_usage *usage,
                               const qt_names *rules, const qt_tagged_names *found,
                               qt_arena *temporary, qt_tagged_names *out)
{
    quoth_status status = QUOTH_OK;
    for (uint32_t i = 0, r = 0; i < found->count && status == QUOTH_OK; i++) {
        qt_tagged t = found->items[i], owner;
        leave_out_tail(doc, &t);
        if (leave_out_owner(doc, &t, &owner))
            status = keep(temporary, &owner, out);
        fill_line(doc, &t);
        while (r < rules->count && rules->items[r].end <= t.first)
            r++;
        bool wrong = false;
        const qt_name *rule = NULL;
        for (uint32_t n = r; n < rules->count && rules->items[n].first < t.end; n++) {
            rule = rules->items[n].label ? &rules->items[n] : rule;
            wrong |= knows_better(doc, usage, &rules->items[n], &t);
        }
        wrong |= joins_two(doc, rules, r, &t) || has_small_end(doc, &t);
        if (!wrong && !is_plain_word(doc, usage, &t, rule) && status == QUOTH_OK)
            status = keep(temporary, &t, out);
    }
    return status;
}

static quoth_status merge(const struct quoth_doc *doc, const qt_tagged_names *tagged,
                          const qt_names *rules, qt_arena *temporary, qt_names *out)
{
    uint32_t r = 0;
    for (uint32_t i = 0; i <= tagged->count; i++) {
        const qt_tagged *t = i < tagged->count ? &tagged->items[i] : NULL;
        uint32_t first = t ? t->first : UINT32_MAX, reached = i ? tagged->items[i - 1].end : 0;
        for (; r < rules->count && rules->items[r].end <= first; r++) {
            if (rules->items[r].first < reached)
                continue;
            qt_name *name = qt_push(temporary, out);
            if (!name)
                return QUOTH_ERROR_MEMORY;
            *name = from_rule(doc, &rules->items[r]);
        }
        if (!t)
            break;
        bool meets = r < rules->count && rules->items[r].first < t->end;
        qt_name *name = qt_push(temporary, out);
        if (!name)
            return QUOTH_ERROR_MEMORY;
        *name = from_tagged(doc, t, meets ? &rules->items[r] : NULL);
    }
    return QUOTH_OK;
}

/* The tagger's names, for a trace. */
static void note_tagged(qt_trace *trace, const struct quoth_doc *doc, const qt_tagged_names *tagged)
{
    const qt_token *tokens = doc->tokens.items;
    for (uint32_t i = 0; trace && i < tagged->count; i++) {
        const qt_tagged *t = &tagged->items[i];
        quoth_try what = {.kind = QUOTH_TRY_TAGGED,
                          .content = {tokens[t->first].start, tokens[t->end - 1].end},
                          .label = label_of(doc, t),
                          .score = t->score};
        qt_trace_try(trace, &what);
    }
}

quoth_status qt_name_retag(const struct quoth_doc *doc, const qt_tagger *tagger,
                           qt_tag_cache *cache, const qt_usage *usage, qt_trace *trace,
                           qt_arena *temporary, qt_names *inout)
{
    qt_tagged_names found = {0}, tagged = {0};
    qt_names names = {0};
    quoth_status status =
        qt_tagger_find(tagger, cache, doc, usage, inout, trace, temporary, &found);
    if (status == QUOTH_OK)
        note_tagged(trace, doc, &found);
    if (status == QUOTH_OK)
        status = keep_right(doc, usage, inout, &found, temporary, &tagged);
    if (status == QUOTH_OK)
        status = merge(doc, &tagged, inout, temporary, &names);
    if (status == QUOTH_OK)
        status = qt_name_agree(doc, usage, temporary, &names);
    if (status == QUOTH_OK)
        status = qt_name_company(doc, usage, temporary, &names);
    if (status == QUOTH_OK)
        qt_tried_names(trace, doc, QUOTH_TRY_NAME, &names);
    if (status == QUOTH_OK)
        status = qt_name_repeat(doc, usage, temporary, &names);
    *inout = names;
    return status;
}
