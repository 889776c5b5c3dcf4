#include "report_ranking.h"

#include "document.h"

enum {
    STARTS = 12,       /* tokens behind a cue where its content may start */
    ENDS = 14,         /* places where it may end */
    END_WINDOW = 70,   /* tokens of a content */
    COUNTED = 200,     /* of a content that are counted by what they are */
    START_BEFORE = 60, /* kinds of content beyond an offset */
    START_AROUND,
    EFFORT_WORD = 3, /* in tokens: to ask whether a word is a cue */
    EFFORT_CUE = 9,  /* and to find out what it reports */
};

/* A token with its sentence, and what the rules say of it. */
typedef struct look {
    const qt_syntax *s;
    const qt_quote_models *models;
    qt_trace *trace;
    uint32_t first, end; /* of the sentence */
    qt_cue cue;
    qt_finding rules; /* rule NULL: nothing */
    uint64_t rule, classes, key;
    uint8_t role;
} look;

static uint64_t key_at(const look *l, uint32_t i)
{
    return i >= l->first && i < l->end ? qt_ranking_key(l->s, i) : 7;
}

static uint8_t role_at(const look *l, uint32_t i)
{
    return i >= l->first && i < l->end ? qt_syntax_role(l->s, i) : (uint8_t)QT_ROLE_STOP;
}

static bool is_verbal(uint8_t r)
{
    return r == QT_ROLE_VERB || r == QT_ROLE_PASSIVE || r == QT_ROLE_INFINITIVE ||
           r == QT_ROLE_GERUND;
}

static bool is_finite(uint8_t r)
{
    return r == QT_ROLE_VERB || r == QT_ROLE_AUXILIARY || r == QT_ROLE_MODAL;
}

#define CUE_WORDS                                                                                  \
    (QT_CUE_VERBS | QT_WORD_CUE_NOUN | QT_WORD_CUE_ADJECTIVE | QT_WORD_CUE_EVIDENCE |              \
     QT_WORD_WORD_NOUN | QT_WORD_CUE_SEEMING)

/* The least weight, in log odds, of a word that is no verb; and of a verb. */
static const float seen = 0.3f, hopeless = -2.0f;

static float weight_of(const qt_linear *model, uint32_t template_, uint64_t value)
{
    if (!model->weights)
        return 0;
    return (float)model->weights[qt_feature_hash(template_, value) >> (32 - model->bits)] *
           model->scale;
}

static bool may_be_cue(const qt_syntax *s, const qt_linear *model, uint32_t i)
{
    uint8_t r = qt_syntax_role(s, i);
    if (s->tokens[i].kind != QT_TOKEN_WORD)
        return false;
    if (s->tokens[i].prefix && qt_cue_according_at(s, i) > 0)
        return true;
    if (is_verbal(r))
        return weight_of(model, 2, s->tokens[i].key) + weight_of(model, 3, s->tokens[i].key ^ r) >
               hopeless;
    if (r != QT_ROLE_NOUN && r != QT_ROLE_NAME && r != QT_ROLE_ADVERB && r != QT_ROLE_PREPOSITION)
        return false;
    if (r == QT_ROLE_NOUN && qt_syntax_is(s, i, QT_WORD_CUE_NOUN))
        return true;
    if (!model->weights)
        return r == QT_ROLE_NOUN || qt_syntax_is(s, i, CUE_WORDS);
    /* What is no verb has to be a word that was seen to attribute. */
    return (float)model->weights[qt_feature_hash(2, qt_ranking_key(s, i)) >> (32 - model->bits)] *
               model->scale >
           seen;
}

/* The tokens beside a cue, names as one. */
typedef struct beside {
    uint32_t before, earlier, next, third;
} beside;

static beside beside_of(const look *l)
{
    beside b;
    b.before = l->cue.first > l->first ? qt_syntax_before(l->s, l->cue.first) : QUOTH_NONE;
    b.earlier = b.before != QUOTH_NONE && b.before > l->first ? qt_syntax_before(l->s, b.before)
                                                              : QUOTH_NONE;
    b.next = l->cue.end < l->end ? l->cue.end : QUOTH_NONE;
    b.third = b.next != QUOTH_NONE ? qt_syntax_after(l->s, b.next) : QUOTH_NONE;
    return b;
}

static uint32_t length(const look *l, uint32_t first, uint32_t end)
{
    return end <= first ? 0 : l->s->words[end - 1].place - l->s->words[first].place + 1;
}

static uint64_t neighbours(const look *l, const beside *b)
{
    return role_at(l, b->before) | (uint64_t)role_at(l, b->earlier) << 5 |
           (uint64_t)role_at(l, b->next) << 10 | (uint64_t)role_at(l, b->third) << 15;
}

static uint64_t suffix(const qt_syntax *s, uint32_t i)
{
    const qt_token *t = &s->tokens[i];
    uint64_t out = 0;
    for (uint32_t k = t->end - t->start > 3 ? t->end - 3 : t->start; k < t->end; k++)
        out = out << 8 | s->doc->text.bytes[k];
    return out;
}

/* Whether "that", "to" or a question word stands within a few tokens, and how far. */
static uint64_t opener_ahead(const look *l, uint32_t from)
{
    for (uint32_t i = from, n = 0; i < l->end && n < 7; i = qt_syntax_after(l->s, i), n++) {
        uint8_t r = role_at(l, i);
        if (r == QT_ROLE_SUBORDINATOR || r == QT_ROLE_TO || r == QT_ROLE_RELATIVE)
            return (uint64_t)r << 4 | n;
        if (is_finite(r))
            return 0xF00 | n;
        if (r == QT_ROLE_STOP || r == QT_ROLE_COMMA)
            return (uint64_t)r << 4;
    }
    return 1;
}

static float weigh_cue(const look *l)
{
    const qt_linear *model = &l->models->parts[QUOTH_MODEL_CUE];
    qt_sum sum = {model, l->trace, 0};
    uint32_t i = l->cue.verb, after = l->cue.end;
    beside b = beside_of(l);
    uint64_t around = neighbours(l, &b), key = l->key;
    uint64_t before = key_at(l, b.before), next = key_at(l, b.next);
    qt_feature(&sum, 1, 0);
    qt_feature(&sum, 2, key);
    qt_feature(&sum, 3, key ^ l->role);
    qt_feature(&sum, 4, key ^ next << 1);
    qt_feature(&sum, 5, key ^ before << 1);
    qt_feature(&sum, 6, key ^ role_at(l, b.next));
    qt_feature(&sum, 7, key ^ (uint64_t)role_at(l, b.before) << 3);
    qt_feature(&sum, 8, around << 5 | l->role);
    qt_feature(&sum, 9, suffix(l->s, i));
    qt_feature(&sum, 10, qt_pack(l->classes, l->role, 0, 0));
    qt_feature(&sum, 11, next);
    qt_feature(&sum, 12, before);
    qt_feature(&sum, 13, key_at(l, b.third));
    qt_feature(&sum, 14, qt_pack(l->role, role_at(l, b.next), role_at(l, b.third), 0));
    qt_feature(&sum, 15, qt_pack(l->rule, l->role, 0, 0));
    qt_feature(&sum, 16, qt_pack(l->rule, l->classes, 0, 0));
    qt_feature(&sum, 17, key ^ l->rule << 5);
    uint64_t opener = opener_ahead(l, after);
    qt_feature(&sum, 18, qt_pack(opener, l->role, 0, 0));
    qt_feature(&sum, 19, key ^ opener << 3);
    qt_feature(&sum, 20, qt_pack(opener, l->classes, 0, 0));
    qt_phrase subject = l->rules.source;
    bool found = subject.end > subject.first;
    if (!found && is_verbal(l->role))
        found = qt_subject_of(l->s, i, l->first, &subject);
    uint64_t kind = found ? qt_ranking_source_kind(l->s, &subject) : 255;
    qt_feature(&sum, 21, qt_pack(kind, l->role, 0, 0));
    qt_feature(&sum, 22, qt_pack(kind, l->classes, 0, 0));
    qt_feature(&sum, 23, key ^ kind << 4);
    if (found) {
        uint32_t last =
            subject.core_end > subject.core_first ? subject.core_end - 1 : subject.first;
        qt_feature(&sum, 24, qt_ranking_key(l->s, last));
        qt_feature(&sum, 25, key ^ qt_ranking_key(l->s, last) << 1);
    }
    uint32_t m = after < l->end ? l->s->words[after].mention : QUOTH_NONE;
    qt_feature(&sum, 26,
               qt_pack(m == QUOTH_NONE ? 0 : l->s->doc->mentions.items[m].label, l->role,
                       role_at(l, b.next), 0));
    qt_feature(
        &sum, 27,
        qt_pack(qt_bucket(length(l, l->first, i)), qt_bucket(length(l, i, l->end)), l->role, 0));
    qt_feature(&sum, 30,
               qt_pack(l->s->doc->structure.paragraphs
                           .items[l->s->doc->sentences.items[l->s->words[i].sentence].paragraph]
                           .kind,
                       l->role, 0, 0));
    uint64_t earlier = key_at(l, b.earlier);
    qt_feature(&sum, 31, before ^ earlier << 1);
    qt_feature(&sum, 32, next ^ key_at(l, b.third) << 1);
    /* The noun of the phrase behind: "offered congratulations to". */
    qt_phrase object;
    if (qt_noun_phrase_after(l->s, after, l->end, &object) && object.core_end > object.core_first) {
        uint64_t head = key_at(l, object.core_end - 1);
        qt_feature(&sum, 33, head);
        qt_feature(&sum, 34, key ^ head << 2);
        qt_feature(&sum, 35, key_at(l, object.core_end) ^ key << 3);
        qt_feature(&sum, 36, qt_pack(role_at(l, object.core_end), l->classes, l->role, 0));
    }
    /* The auxiliaries before it. */
    uint64_t group = 0;
    for (uint32_t k = i; k > l->first && i - k < 4; k--) {
        uint8_t r = role_at(l, k - 1);
        if (r != QT_ROLE_AUXILIARY && r != QT_ROLE_MODAL && r != QT_ROLE_ADVERB && r != QT_ROLE_TO)
            break;
        group = group * 31 + (r == QT_ROLE_ADVERB ? 1 : key_at(l, k - 1));
    }
    qt_feature(&sum, 37, group ^ l->role);
    qt_feature(&sum, 38, group ^ key << 1);
    return qt_sum_odds(&sum);
}

/* --- source --------------------------------------------------------------------------------------- */

static qt_stretch gap_of(const qt_phrase *source, const qt_cue *cue)
{
    if (source->end <= cue->first)
        return (qt_stretch){source->end, cue->first};
    if (source->first >= cue->end)
        return (qt_stretch){cue->end, source->first};
    return (qt_stretch){cue->first, cue->first};
}

static void source_features(const look *l, qt_sum *sum, const qt_candidate *c, uint32_t rank)
{
    const qt_syntax *s = l->s;
    uint32_t base = (uint32_t)c->place * 8 + c->form;
    bool same = l->rules.rule && l->rules.source.first == c->source.first &&
                (l->rules.source.end > l->rules.source.first) == (c->source.end > c->source.first);
    qt_feature(sum, 1, base);
    qt_feature(sum, 2, qt_pack(base, same, l->rule, 0));
    qt_feature(sum, 3, l->key ^ (uint64_t)base << 3);
    qt_feature(sum, 4, qt_pack(base, l->classes, l->role, 0));
    qt_feature(sum, 5,
               qt_pack(base, l->role, role_at(l, l->cue.first - 1), role_at(l, l->cue.end)));
    if (c->source.end <= c->source.first) {
        qt_feature(sum, 6, key_at(l, l->cue.first - 1));
        return;
    }
    uint32_t kind = qt_ranking_source_kind(s, &c->source);
    qt_stretch gap = gap_of(&c->source, &l->cue);
    uint32_t size = length(l, gap.first, gap.end), verbs = 0, commas = 0;
    uint64_t roles = 0;
    for (uint32_t i = gap.first; i < gap.end; i++) {
        verbs += is_finite(qt_syntax_role(s, i));
        commas += qt_syntax_role(s, i) == QT_ROLE_COMMA;
    }
    for (uint32_t i = gap.first, n = 0; n < 5 && i < gap.end; i = qt_syntax_after(s, i), n++)
        roles = roles * 32 + 1 + qt_syntax_role(s, i);
    qt_feature(sum, 7, qt_pack(base, kind, 0, 0));
    qt_feature(sum, 8, qt_pack(base, kind, l->classes, 0));
    qt_feature(sum, 9, qt_pack(base, qt_bucket(size), 0, 0));
    qt_feature(sum, 10, qt_pack(base, size < 5 ? size : 5, 0, 0) | roles << 36);
    qt_feature(sum, 11, qt_pack(base, verbs < 3 ? verbs : 3, commas < 3 ? commas : 3, l->role));
    qt_feature(sum, 12, qt_pack(base, rank < 6 ? rank : 6, l->role, 0));
    uint32_t first = c->source.first;
    uint32_t last = c->source.core_end > first ? c->source.core_end - 1 : first;
    qt_feature(sum, 13, qt_ranking_key(s, last) ^ (uint64_t)c->form << 8);
    qt_feature(sum, 14, qt_ranking_key(s, first) ^ (uint64_t)base << 8);
    uint32_t left = first > l->first ? role_at(l, first - 1) : 40u;
    qt_feature(sum, 15, qt_pack(base, left, kind, 0));
    qt_feature(sum, 16,
               qt_pack(base, role_at(l, c->source.end), length(l, first, c->source.end) < 6, 0));
    qt_feature(sum, 17, qt_pack(base, qt_bucket(length(l, first, c->source.end)), 0, 0));
    qt_feature(sum, 18, l->key ^ (uint64_t)kind << 9 ^ base);
    if (first > l->first)
        qt_feature(sum, 19, qt_ranking_key(s, first - 1) ^ (uint64_t)base << 5);
}

static quoth_span span_of(const qt_syntax *s, uint32_t first, uint32_t end)
{
    return end > first ? qt_syntax_span(s, first, end) : (quoth_span){0, 0};
}

static void trace_choice(const look *l, quoth_model_part part)
{
    if (l->trace)
        qt_trace_choice(l->trace, part, qt_syntax_span(l->s, l->cue.first, l->cue.end));
}

static qt_candidate find_source(const look *l, float *margin)
{
    const qt_linear *model = &l->models->parts[QUOTH_MODEL_REPORT_SOURCE];
    qt_candidates all;
    qt_candidates_of_cue(l->s, &l->cue, &all);
    uint32_t best = 0, before = 0, after = 0;
    int32_t highest = INT32_MIN, second = INT32_MIN;
    trace_choice(l, QUOTH_MODEL_REPORT_SOURCE);
    for (uint32_t i = 0; i < all.count; i++)
        before += all.items[i].place == QT_PLACE_LEFT && all.items[i].form == QT_FORM_PHRASE;
    for (uint32_t i = 0; i < all.count; i++) {
        const qt_candidate *c = &all.items[i];
        qt_sum sum = {model, l->trace, 0};
        if (l->trace)
            qt_trace_candidate(l->trace, span_of(l->s, c->source.first, c->source.end),
                               (quoth_span){0, 0}, (quoth_span){c->place, c->form});
        uint32_t rank = 0;
        if (c->form == QT_FORM_PHRASE)
            rank = c->place == QT_PLACE_LEFT ? before-- : ++after;
        source_features(l, &sum, c, rank);
        if (sum.sum > highest) {
            second = highest;
            highest = sum.sum;
            best = i;
        } else if (sum.sum > second) {
            second = sum.sum;
        }
    }
    *margin = second == INT32_MIN ? 9.0f : (float)(highest - second) * model->scale;
    return all.items[best];
}

/* --- content -------------------------------------------------------------------------------------- */

/* Where the stretch before a cue ends: the comma, or the first token of cue and source. */
static uint32_t before_end(const look *l, const qt_phrase *source)
{
    uint32_t end = l->cue.first;
    if (source->end > source->first && source->first < end)
        end = source->first;
    while (end > l->first &&
           (role_at(l, end - 1) == QT_ROLE_ADVERB ||
            (l->role == QT_ROLE_PASSIVE &&
             (role_at(l, end - 1) == QT_ROLE_AUXILIARY || role_at(l, end - 1) == QT_ROLE_MODAL))))
        end--;
    if (end > l->first && role_at(l, end - 1) == QT_ROLE_COMMA)
        end--;
    return end;
}

/* Where the stretch after both starts. */
static uint32_t after_start(const look *l, const qt_phrase *source)
{
    uint32_t i = l->cue.end;
    if (source->end > source->first && source->end > i && source->first <= i + 1)
        i = source->end;
    while (i < l->end && role_at(l, i) == QT_ROLE_COMMA)
        i++;
    return i;
}

static void start_features(const look *l, qt_sum *sum, uint32_t at, uint32_t kind,
                           const qt_candidate *source)
{
    uint32_t offset = kind;
    bool follows = kind < START_BEFORE;
    uint64_t form = (uint64_t)source->place * 8 + source->form;
    uint64_t agrees = !l->rules.rule ? 0
                      : follows      ? 1 + (l->rules.content.first == at)
                      : l->rules.content.end <= l->cue.first && l->rules.rest.end == 0 ? 3
                                                                                       : 4;
    qt_feature(sum, 1, qt_pack(offset, 0, 0, 0));
    qt_feature(sum, 2, l->key ^ (uint64_t)offset << 3);
    qt_feature(sum, 3, qt_pack(offset, l->classes, 0, 0));
    qt_feature(sum, 4, qt_pack(agrees, l->rule, 0, 0));
    qt_feature(sum, 5, qt_pack(agrees, offset, l->rule, 0));
    qt_feature(sum, 6, qt_pack(offset, form, l->role, 0));
    if (!follows) {
        uint32_t before = before_end(l, &source->source), after = after_start(l, &source->source);
        qt_feature(sum, 7, qt_pack(offset, role_at(l, before), role_at(l, after - 1), form));
        qt_feature(sum, 8,
                   qt_pack(offset, qt_bucket(length(l, after, l->end)),
                           qt_bucket(length(l, l->first, before)), 0));
        qt_feature(sum, 9, qt_pack(offset, role_at(l, after), role_at(l, before), l->classes));
        qt_feature(sum, 10,
                   qt_pack(offset, role_at(l, l->cue.end), role_at(l, l->cue.end + 1), form));
        return;
    }
    uint64_t key = key_at(l, at), before = key_at(l, at - 1), roles = 0;
    bool verb = false, source_between = false;
    for (uint32_t i = l->cue.end; i < at; i = qt_syntax_after(l->s, i)) {
        verb |= is_finite(role_at(l, i));
        roles = (roles * 32 + 1 + role_at(l, i)) & 0xFFFFFFF;
    }
    source_between = source->source.first >= l->cue.end && source->source.end <= at &&
                     source->source.end > source->source.first;
    qt_feature(sum, 11, key);
    qt_feature(sum, 12, key ^ l->key << 1);
    qt_feature(sum, 13, before ^ l->key << 1);
    qt_feature(sum, 14, before);
    qt_feature(sum, 15, qt_pack(role_at(l, at), role_at(l, at - 1), offset > 0, l->classes));
    qt_feature(sum, 16, roles << 8 | role_at(l, at));
    qt_feature(sum, 17, roles << 10 | l->classes);
    qt_feature(sum, 18,
               qt_pack(role_at(l, at), role_at(l, qt_syntax_after(l->s, at)), verb, offset > 0));
    qt_feature(sum, 19, qt_pack(source_between, form, at == source->source.end, 0));
    qt_feature(sum, 20, before ^ key << 1);
    qt_feature(sum, 21, l->key ^ roles << 8);
    qt_feature(sum, 22, qt_pack(role_at(l, at), l->role, offset, 0));
}

/* Whether the token goes on with the phrase of the token before it. */
static bool is_inner(const look *l, uint32_t at)
{
    uint8_t before = role_at(l, at - 1), here = role_at(l, at);
    bool noun = before == QT_ROLE_NOUN || before == QT_ROLE_NAME || before == QT_ROLE_NUMBER;
    return before == QT_ROLE_DETERMINER || before == QT_ROLE_HYPHEN || here == QT_ROLE_HYPHEN ||
           here == QT_ROLE_POSSESSIVE || (noun && here == before);
}

static uint32_t find_start(const look *l, const qt_candidate *source, uint32_t *kind)
{
    const qt_linear *model = &l->models->parts[QUOTH_MODEL_START];
    uint32_t best = l->cue.end;
    int32_t highest = INT32_MIN;
    *kind = 0;
    trace_choice(l, QUOTH_MODEL_START);
    uint32_t behind = l->cue.end;
    for (uint32_t k = 0; k < STARTS + 2; k++) {
        uint32_t at = behind, what = k;
        if (k >= STARTS) {
            what = START_BEFORE + k - STARTS;
            at = l->first;
            uint32_t before = before_end(l, &source->source);
            if (before <= l->first ||
                (what == START_AROUND && after_start(l, &source->source) + 1 >= l->end))
                continue;
        } else if (at >= l->end) {
            continue;
        } else {
            behind = qt_syntax_after(l->s, at);
            if (k > 0 && is_inner(l, at))
                continue;
        }
        qt_sum sum = {model, l->trace, 0};
        if (l->trace)
            qt_trace_candidate(l->trace, (quoth_span){0, 0}, (quoth_span){what, what},
                               (quoth_span){l->s->tokens[at].start, l->s->tokens[at].end});
        start_features(l, &sum, at, what, source);
        if (sum.sum > highest) {
            highest = sum.sum;
            best = at;
            *kind = what;
        }
    }
    return best;
}

static bool may_end_before(uint8_t r)
{
    return r == QT_ROLE_COMMA || r == QT_ROLE_STOP || r == QT_ROLE_DASH ||
           r == QT_ROLE_CONJUNCTION || r == QT_ROLE_SUBORDINATOR || r == QT_ROLE_RELATIVE ||
           r == QT_ROLE_TIME || r == QT_ROLE_OPEN || r == QT_ROLE_CLOSE || r == QT_ROLE_MARK ||
           r == QT_ROLE_PREPOSITION || r == QT_ROLE_GERUND;
}

static void end_features(const look *l, qt_sum *sum, uint32_t start, uint32_t at, uint32_t nth,
                         bool verb, uint32_t commas)
{
    uint64_t opens = role_at(l, start), here = at >= l->end ? 41 : role_at(l, at);
    uint32_t second = at >= l->end ? at : qt_syntax_after(l->s, at);
    uint32_t last = second >= l->end ? second : qt_syntax_after(l->s, second);
    uint64_t before = role_at(l, at - 1), next = second >= l->end ? 41 : role_at(l, second);
    uint64_t third = last >= l->end ? 41 : role_at(l, last);
    uint64_t agrees = !l->rules.rule ? 0 : 1 + (l->rules.content.end == at);
    uint64_t key = at >= l->end ? 3 : key_at(l, at), next_key = key_at(l, second);
    qt_cue cue;
    bool says = second < l->end && (qt_cue_verb_at(l->s, second, &cue) ||
                                    (last < l->end && qt_cue_verb_at(l->s, last, &cue)));
    qt_feature(sum, 1, here);
    qt_feature(sum, 2, qt_pack(here, next, verb, 0));
    qt_feature(sum, 3, qt_pack(here, before, verb, next));
    qt_feature(sum, 4, qt_pack(here, nth < 9 ? nth : 9, 0, 0));
    qt_feature(sum, 5, qt_pack(here, qt_bucket(length(l, start, at)), 0, 0));
    qt_feature(sum, 6, qt_pack(here, opens, verb, 0));
    qt_feature(sum, 7, qt_pack(here, opens, l->classes, 0));
    qt_feature(sum, 8, qt_pack(agrees, l->rule, here, 0));
    qt_feature(sum, 9, qt_pack(agrees, here, opens, 0));
    qt_feature(sum, 10, key);
    qt_feature(sum, 11, key ^ next_key << 1);
    qt_feature(sum, 12, key ^ (uint64_t)next << 3);
    qt_feature(sum, 13, l->key ^ here << 2);
    qt_feature(sum, 14, qt_pack(here, commas < 4 ? commas : 4, verb, 0));
    qt_feature(sum, 15, qt_pack(here, next, third, says));
    qt_feature(sum, 16, qt_pack(here, says, verb, opens));
    qt_feature(sum, 17, qt_pack(here, qt_bucket(length(l, at, l->end)), 0, 0));
    qt_feature(sum, 18, key_at(l, start) ^ here << 9);
    qt_feature(sum, 19,
               qt_pack(here, opens, at == qt_syntax_after(l->s, start),
                       role_at(l, qt_syntax_after(l->s, start))));
    qt_feature(sum, 20, next_key ^ here << 4);
    qt_feature(sum, 21, key_at(l, at - 1) ^ here << 4);
    qt_feature(sum, 22, qt_pack(here, next, commas, opens));
}

static uint32_t find_end(const look *l, uint32_t start)
{
    const qt_linear *model = &l->models->parts[QUOTH_MODEL_END];
    uint32_t limit = l->end < start + END_WINDOW ? l->end : start + END_WINDOW, best = limit;
    int32_t highest = INT32_MIN;
    uint32_t nth = 0, commas = 0;
    bool verb = false;
    trace_choice(l, QUOTH_MODEL_END);
    for (uint32_t at = start + 1; at <= limit; at++) {
        verb |= is_finite(role_at(l, at - 1));
        commas += role_at(l, at - 1) == QT_ROLE_COMMA;
        bool inside = at < limit && l->s->words[at].quotation != QUOTH_NONE &&
                      l->s->words[at - 1].quotation == l->s->words[at].quotation;
        if (at < limit && (!may_end_before(role_at(l, at)) || nth >= ENDS || inside))
            continue;
        qt_sum sum = {model, l->trace, 0};
        if (l->trace)
            qt_trace_candidate(l->trace, (quoth_span){0, 0}, (quoth_span){0, 0},
                               qt_syntax_span(l->s, start, at));
        end_features(l, &sum, start, at, nth++, verb, commas);
        if (sum.sum > highest) {
            highest = sum.sum;
            best = at;
        }
    }
    return best;
}

/* --- verdict -------------------------------------------------------------------------------------- */

static uint32_t coarse(float odds)
{
    float x = odds * 2.0f + 12.0f;
    return x < 0 ? 0 : x > 30 ? 30 : (uint32_t)x;
}

/* "said that ...", "a claim that ...": sure, whatever the model says. */
static bool is_sure(const look *l)
{
    const qt_finding *f = &l->rules;
    return f->rule && (f->rule[0] == 'c' || f->rule[0] == 'n') &&
           f->cue.classes & QT_WORD_CUE_SPEECH && f->content.first == f->cue.end &&
           f->content.end > f->content.first + 2 && qt_syntax_text(l->s, f->cue.end, "that");
}

static float weigh_report(const look *l, const qt_finding *f, float cue, const qt_candidate *source,
                          float margin, uint32_t kind)
{
    const qt_linear *model = &l->models->parts[QUOTH_MODEL_REPORT];
    qt_sum sum = {model, l->trace, 0};
    trace_choice(l, QUOTH_MODEL_REPORT);
    if (l->trace) {
        qt_trace_candidate(l->trace, (quoth_span){0, 0}, (quoth_span){0, 0}, (quoth_span){0, 0});
        quoth_span rest = span_of(l->s, f->rest.first, f->rest.end);
        qt_trace_candidate(l->trace, span_of(l->s, f->source.first, f->source.end), rest,
                           span_of(l->s, f->content.first, f->content.end));
    }
    uint32_t size = length(l, f->content.first, f->content.end), marks = 0, verbs = 0, cues = 0;
    uint32_t counted = f->content.end; /* what stands before its cue may be as long as can be */
    if (counted > f->content.first + COUNTED)
        counted = f->content.first + COUNTED;
    for (uint32_t i = f->content.first; i < counted; i++) {
        qt_cue other;
        uint32_t q = l->s->words[i].quotation;
        marks |= q == QUOTH_NONE                                                       ? 0
                 : l->s->doc->quotations.items.items[q].kind == QUOTH_QUOTATION_SPEECH ? 2u
                                                                                       : 1u;
        verbs += is_finite(role_at(l, i));
        cues += q == QUOTH_NONE && qt_cue_verb_at(l->s, i, &other);
    }
    uint32_t odds = coarse(cue);
    uint64_t form = (uint64_t)source->place * 8 + source->form;
    uint64_t who = f->source.end > f->source.first ? qt_ranking_source_kind(l->s, &f->source) : 255;
    uint32_t opens = role_at(l, f->content.first);
    qt_feature(&sum, 1, 0);
    qt_feature(&sum, 2, odds);
    qt_feature(&sum, 3, qt_pack(odds, marks, 0, 0));
    qt_feature(&sum, 4, qt_pack(odds, coarse(margin), 0, 0));
    qt_feature(&sum, 5, qt_pack(odds, who, 0, 0));
    qt_feature(&sum, 6, qt_pack(odds, opens, 0, 0));
    qt_feature(&sum, 7, qt_pack(odds, l->classes, 0, 0));
    qt_feature(&sum, 8, qt_pack(odds, l->rule, 0, 0));
    qt_feature(&sum, 9, qt_pack(odds, qt_bucket(size), 0, 0));
    qt_feature(&sum, 10, qt_pack(odds, kind, 0, 0));
    qt_feature(&sum, 11, qt_pack(who, form, l->role, 0));
    qt_feature(&sum, 12, qt_pack(opens, verbs > 0, qt_bucket(size), l->role));
    qt_feature(&sum, 13, qt_pack(marks, l->role, l->classes, 0));
    qt_feature(&sum, 14, qt_pack(verbs < 4 ? verbs : 4, cues < 3 ? cues : 3, odds, 0));
    qt_feature(&sum, 15, qt_pack(role_at(l, f->content.end), f->content.end >= l->end, odds, 0));
    qt_feature(&sum, 16, l->key ^ (uint64_t)odds << 5);
    qt_feature(&sum, 17, key_at(l, f->content.first) ^ (uint64_t)odds << 5);
    return qt_sum_odds(&sum);
}

static bool look_at(look *l, uint32_t i)
{
    const qt_syntax *s = l->s;
    uint32_t sentence = s->words[i].sentence;
    l->first = qt_sentence_first(s, sentence);
    l->end = qt_sentence_end(s, sentence);
    while (l->end > i + 1 && qt_syntax_role(s, l->end - 1) == QT_ROLE_STOP)
        l->end--;
    l->rules = (qt_finding){.rule = NULL};
    if (!qt_report_at(s, i, &l->rules))
        l->rules = (qt_finding){.rule = NULL};
    uint32_t size = s->tokens[i].prefix ? qt_cue_according_at(s, i) : 0;
    l->cue = (qt_cue){i, i, i + 1, s->tokens[i].classes};
    if (size && !is_verbal(qt_syntax_role(s, i)))
        l->cue = (qt_cue){i, i, i + size, QT_WORD_CUE_SPEECH | QT_WORD_CUE_EVIDENCE};
    else
        (void)qt_cue_verb_at(s, i, &l->cue);
    if (l->cue.end > l->end)
        l->cue.end = l->end;
    l->rule = l->rules.rule
                  ? (uint64_t)(uint8_t)l->rules.rule[0] * 32 + (uint8_t)l->rules.rule[1] % 32
                  : 0;
    l->classes = qt_ranking_cue_classes(&l->cue);
    l->key = qt_ranking_key(s, i);
    l->role = qt_syntax_role(s, i);
    return l->cue.end > l->cue.first;
}

/* What is looked at in training though it is hardly a cue, in log odds. */
static const float doubtful = -2.5f;

/* What nouns, and words that no list knows, need beyond the others. */
static const float unlisted = 1.0f;

/* Whether the lists know the word as a verb that attributes, or as "according to". */
static bool is_listed(const look *l)
{
    return l->classes && (is_verbal(l->role) || l->role == QT_ROLE_PREPOSITION);
}

bool qt_report_weigh(const qt_syntax *self, const qt_quote_models *models, qt_trace *trace,
                     uint32_t i, uint32_t *effort, qt_finding *out)
{
    if (*effort < EFFORT_WORD || !may_be_cue(self, &models->parts[QUOTH_MODEL_CUE], i))
        return false;
    *effort -= EFFORT_WORD;
    look l;
    l.s = self;
    l.models = models;
    l.trace = trace;
    if (!look_at(&l, i))
        return false;
    trace_choice(&l, QUOTH_MODEL_CUE);
    if (trace) {
        qt_trace_candidate(trace, (quoth_span){0, 0}, (quoth_span){0, 0}, (quoth_span){0, 0});
        qt_trace_candidate(trace, (quoth_span){0, 0}, (quoth_span){0, 0}, (quoth_span){0, 0});
    }
    float odds = weigh_cue(&l), margin;
    bool sure = is_sure(&l);
    if (sure && l.rules.rule[0] == 'n' && !trace) {
        *out = l.rules; /* a noun: its clause ends where the rules say */
        return true;
    }
    if ((odds < doubtful && !sure) || !models->parts[QUOTH_MODEL_CUE].weights)
        return false;
    if (*effort < EFFORT_CUE)
        return false;
    *effort -= EFFORT_CUE;
    uint32_t kind;
    qt_candidate source = find_source(&l, &margin);
    uint32_t start = find_start(&l, &source, &kind);
    *out = (qt_finding){.cue = l.cue, .source = source.source, .rule = "weighed"};
    if (kind < START_BEFORE) {
        out->content = (qt_range){start, find_end(&l, start)};
    } else {
        out->content = (qt_range){l.first, before_end(&l, &source.source)};
        if (kind == START_AROUND)
            out->rest = (qt_range){after_start(&l, &source.source), l.end};
    }
    out->factual = qt_cue_is_factual(self, i);
    out->attitude =
        l.classes ? qt_cue_attitude(self, &l.cue, &source.source) : QUOTH_ATTITUDE_BELIEF;
    float verdict = out->content.end > out->content.first
                        ? weigh_report(&l, out, odds, &source, margin, kind)
                        : -9.0f;
    if (verdict > (is_listed(&l) ? 0.0f : unlisted)) {
        /* "X was said to be": the rules know which two stretches. */
        if (kind == START_AROUND && l.rules.rule && l.rules.rest.end > l.rules.rest.first)
            *out = l.rules;
        out->score = qt_share(verdict - models->parts[QUOTH_MODEL_REPORT].bias);
        return true;
    }
    *out = l.rules;
    return sure;
}

/* --- a clause with marks -------------------------------------------------------------------------- */

enum { CLAUSE_STARTS = 30 };

static void mixed_start_features(qt_sum *sum, const look *l, uint32_t at, qt_stretch marks)
{
    uint64_t left = length(l, at, marks.first), capital = 0;
    if (marks.first + 1 < marks.end)
        capital = (l->s->tokens[marks.first + 1].shape & QT_SHAPE_CAPITAL) != 0;
    uint64_t before = role_at(l, marks.first - 1), words = qt_bucket(marks.end - marks.first);
    qt_feature(sum, 40, qt_pack(left == 0, before, capital, words));
    qt_feature(sum, 41, qt_pack(left == 0, before, role_at(l, at), role_at(l, at - 1)));
    qt_feature(sum, 42, qt_pack(qt_bucket((uint32_t)left), before, capital, 0));
    qt_feature(sum, 43, key_at(l, marks.first - 1) ^ (uint64_t)(left == 0));
    qt_feature(sum, 44, qt_pack(left == 0, l->classes, before, 0));
    qt_feature(sum, 45, l->key ^ (uint64_t)(left == 0) << 5);
}

static uint32_t mixed_start(const look *l, qt_stretch marks, const qt_candidate *source)
{
    const qt_linear *model = &l->models->parts[QUOTH_MODEL_MIXED_START];
    uint32_t best = marks.first;
    int32_t highest = INT32_MIN;
    quoth_span quotation = span_of(l->s, marks.first, marks.end);
    trace_choice(l, QUOTH_MODEL_MIXED_START);
    uint32_t at = l->cue.end;
    for (uint32_t k = 0; k < CLAUSE_STARTS && at <= marks.first; k++) {
        qt_sum sum = {model, l->trace, 0};
        if (l->trace)
            qt_trace_candidate(l->trace, quotation, (quoth_span){k, k},
                               (quoth_span){l->s->tokens[at].start, l->s->tokens[at].end});
        start_features(l, &sum, at, k, source);
        mixed_start_features(&sum, l, at, marks);
        if (sum.sum > highest) {
            highest = sum.sum;
            best = at;
        }
        at = qt_syntax_after(l->s, at);
    }
    return best;
}

static void mixed_end_features(qt_sum *sum, const look *l, uint32_t start, uint32_t at,
                               qt_stretch marks)
{
    uint64_t right = length(l, marks.end, at), last = role_at(l, marks.end - 2);
    uint64_t whole = start == marks.first;
    qt_feature(sum, 40, qt_pack(right == 0, role_at(l, marks.end), last, whole));
    qt_feature(sum, 41, qt_pack(right == 0, whole, qt_bucket((uint32_t)right), last));
    qt_feature(sum, 42, qt_pack(right == 0, role_at(l, at), role_at(l, at - 1), whole));
    qt_feature(sum, 43, qt_pack(right == 0, whole, qt_bucket(marks.end - marks.first), last));
    qt_feature(sum, 44, key_at(l, marks.end) ^ (uint64_t)(right == 0) << 3 ^ whole << 5);
}

static uint32_t mixed_end(const look *l, uint32_t start, qt_stretch marks)
{
    const qt_linear *model = &l->models->parts[QUOTH_MODEL_MIXED_END];
    uint32_t best = marks.end, nth = 0, commas = 0;
    uint32_t limit = l->end < marks.end + END_WINDOW ? l->end : marks.end + END_WINDOW;
    int32_t highest = INT32_MIN;
    bool verb = false;
    if (marks.end >= l->end)
        return marks.end;
    trace_choice(l, QUOTH_MODEL_MIXED_END);
    for (uint32_t at = marks.end; at <= limit; at++) {
        verb |= is_finite(role_at(l, at - 1));
        commas += role_at(l, at - 1) == QT_ROLE_COMMA;
        bool inside = at < limit && l->s->words[at].quotation != QUOTH_NONE &&
                      l->s->words[at - 1].quotation == l->s->words[at].quotation;
        if (at > marks.end && at < limit &&
            (!may_end_before(role_at(l, at)) || nth >= ENDS || inside))
            continue;
        qt_sum sum = {model, l->trace, 0};
        if (l->trace)
            qt_trace_candidate(l->trace, span_of(l->s, marks.first, marks.end), (quoth_span){0, 0},
                               qt_syntax_span(l->s, start, at));
        end_features(l, &sum, start, at, nth++, verb, commas);
        mixed_end_features(&sum, l, start, at, marks);
        if (sum.sum > highest) {
            highest = sum.sum;
            best = at;
        }
    }
    return best;
}

bool qt_report_clause(const qt_syntax *self, const qt_quote_models *models, qt_trace *trace,
                      const qt_credit *credit, qt_stretch marks, qt_range *out)
{
    bool ready = models->parts[QUOTH_MODEL_MIXED_END].weights;
    look l;
    l.s = self;
    l.models = models;
    l.trace = trace;
    if ((!ready && !trace) || credit->cue.end <= credit->cue.first ||
        credit->cue.end > marks.first || marks.first >= marks.end ||
        self->words[credit->cue.verb].sentence != self->words[marks.first].sentence ||
        self->words[credit->cue.verb].quotation != QUOTH_NONE || !look_at(&l, credit->cue.verb))
        return false;
    l.cue.end = credit->cue.end;
    for (uint32_t i = l.cue.end; i < marks.first; i++)
        if (qt_syntax_role(self, i) == QT_ROLE_STOP)
            return false; /* a colon */
    qt_candidate source = {.source = credit->source,
                           .place = QT_PLACE_LEFT,
                           .form = credit->source.first >= l.cue.end ? QT_FORM_INVERTED
                                                                     : QT_FORM_SUBJECT};
    out->first = mixed_start(&l, marks, &source);
    out->end = mixed_end(&l, out->first, marks);
    return ready;
}
