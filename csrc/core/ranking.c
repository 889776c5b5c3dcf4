#include "ranking.h"

#include "document.h"

/* Values of before and after beyond those of qt_role. */
enum { BESIDE_PARAGRAPH = 40, BESIDE_SENTENCE, BESIDE_COLON, BESIDE_THAT, BESIDE_AS };

static uint32_t before_marks(const qt_syntax *s, qt_stretch q)
{
    if (q.first == 0 || qt_syntax_paragraph(s, q.first - 1) != qt_syntax_paragraph(s, q.first))
        return BESIDE_PARAGRAPH;
    if (qt_syntax_byte(s, q.first - 1, ':'))
        return BESIDE_COLON;
    if (s->words[q.first - 1].sentence != s->words[q.first].sentence)
        return BESIDE_SENTENCE;
    if (qt_syntax_text(s, q.first - 1, "that"))
        return BESIDE_THAT;
    return qt_syntax_text(s, q.first - 1, "as") ? BESIDE_AS : qt_syntax_role(s, q.first - 1);
}

static uint32_t after_marks(const qt_syntax *s, qt_stretch q)
{
    if (q.end >= s->count || qt_syntax_paragraph(s, q.end) != qt_syntax_paragraph(s, q.end - 1))
        return BESIDE_PARAGRAPH;
    if (s->words[q.end].sentence != s->words[q.end - 1].sentence)
        return BESIDE_SENTENCE;
    return qt_syntax_role(s, q.end);
}

static bool starts_capital(const qt_syntax *s, qt_stretch q)
{
    for (uint32_t i = q.first; i < q.end; i++)
        if (s->tokens[i].kind == QT_TOKEN_WORD || s->tokens[i].kind == QT_TOKEN_NUMBER)
            return (s->tokens[i].shape & QT_SHAPE_CAPITAL) != 0;
    return false;
}

/* Tokens in [first, end), names as one. */
static uint32_t length(const qt_syntax *s, uint32_t first, uint32_t end)
{
    return end <= first ? 0 : s->words[end - 1].place - s->words[first].place + 1;
}

static qt_marks_view view_of(const qt_syntax *s, uint32_t quotation, const qt_candidates *c)
{
    const quoth_quotation *items = s->doc->quotations.items.items;
    const quoth_quotation *q = &items[quotation];
    qt_marks_view v = {.before = before_marks(s, c->marks),
                       .after = after_marks(s, c->marks),
                       .words = qt_bucket(c->words),
                       .capital = starts_capital(s, c->marks)};
    v.last = q->inner.end > q->inner.start ? s->doc->text.bytes[q->inner.end - 1] : 0;
    if (v.last >= '0' && v.last != '?')
        v.last = 'a';
    v.opens = v.before == BESIDE_PARAGRAPH;
    v.closes = v.after == BESIDE_PARAGRAPH;
    if (c->previous == QUOTH_NONE)
        return v;
    qt_stretch p = qt_stretch_of(s, &items[c->previous]);
    if (p.end == 0 || p.end > c->marks.first)
        return v;
    uint32_t here = c->marks.first, there = p.end - 1;
    uint32_t distance = qt_syntax_paragraph(s, here) - qt_syntax_paragraph(s, there);
    v.previous = s->words[here].sentence == s->words[there].sentence ? 1
                 : distance < 3                                      ? 2 + distance
                                                                     : 5;
    v.previous = v.previous * 2 + (q->continues != QUOTH_NONE);
    v.between = qt_bucket(length(s, p.end, here));
    return v;
}

uint64_t qt_ranking_key(const qt_syntax *self, uint32_t i)
{
    uint32_t m = self->words[i].mention;
    if (m != QUOTH_NONE)
        return 8 + (uint64_t)self->doc->mentions.items[m].label;
    bool name =
        qt_syntax_role(self, i) == QT_ROLE_NAME && !(self->tokens[i].classes & QT_CUE_VERBS);
    return name ? 5 : self->tokens[i].key;
}

/* What a source is: a pronoun, a name of some kind, a phrase. */
uint32_t qt_ranking_source_kind(const qt_syntax *s, const qt_phrase *source)
{
    uint32_t last = source->core_end > source->core_first ? source->core_end - 1 : source->first;
    uint8_t r = qt_syntax_role(s, source->core_first);
    if (r == QT_ROLE_PRONOUN || r == QT_ROLE_RELATIVE)
        return (uint32_t)r + 32;
    for (uint32_t i = source->core_first; i < source->core_end; i++)
        if (s->words[i].mention != QUOTH_NONE &&
            s->doc->mentions.items[s->words[i].mention].label == QUOTH_LABEL_PERSON)
            return QUOTH_LABEL_PERSON;
    uint32_t m = s->words[last].mention;
    if (m != QUOTH_NONE)
        return s->doc->mentions.items[m].label;
    return 64u + qt_syntax_role(s, last) * 2u + (r == QT_ROLE_DETERMINER);
}

uint64_t qt_ranking_cue_classes(const qt_cue *cue)
{
    uint64_t k = cue->classes, out = 0;
    static const uint64_t kinds[] = {
        QT_WORD_CUE_SPEECH,     QT_WORD_CUE_BELIEF, QT_WORD_CUE_INTENTION, QT_WORD_CUE_EMOTION,
        QT_WORD_CUE_EVIDENCE,   QT_WORD_CUE_CLAUSE, QT_WORD_CUE_BARE,      QT_WORD_CUE_HEARER,
        QT_WORD_CUE_INFINITIVE, QT_WORD_CUE_OBJECT};
    for (uint32_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        out |= (uint64_t)((k & kinds[i]) != 0) << i;
    return out;
}

static bool has_cue(const qt_candidate *c)
{
    return c->cue.end > c->cue.first;
}

static bool has_source(const qt_candidate *c)
{
    return c->source.end > c->source.first;
}

/* The tokens of a candidate, from its first to its last. */
static qt_stretch extent(const qt_candidate *c)
{
    qt_stretch e = {c->source.first, c->source.end};
    if (has_cue(c)) {
        e.first = c->cue.first < e.first ? c->cue.first : e.first;
        e.end = c->cue.end > e.end ? c->cue.end : e.end;
    }
    return e;
}

/* The tokens between a candidate and the marks. */
static qt_stretch gap_of(const qt_candidate *c, qt_stretch marks)
{
    qt_stretch e = extent(c);
    if (e.end <= marks.first)
        return (qt_stretch){e.end, marks.first};
    if (e.first >= marks.end)
        return (qt_stretch){marks.end, e.first};
    return (qt_stretch){marks.first, marks.first};
}

/* How many better-looking cues stand between a candidate and the marks. */
static uint32_t rivals(const qt_candidates *all, const qt_candidate *c)
{
    uint32_t n = 0;
    qt_stretch gap = gap_of(c, all->marks);
    for (uint32_t i = 0; i < all->count; i++) {
        const qt_candidate *o = &all->items[i];
        n += o->place == c->place && has_cue(o) && o->cue.first >= gap.first &&
             o->cue.end <= gap.end && o->cue.classes & QT_WORD_CUE_SPEECH;
    }
    return n < 3 ? n : 3;
}

/* Whether cues of saying stand beside the marks: left, right, in the sentence before. */
static uint32_t cues_beside(const qt_syntax *s, const qt_candidates *all)
{
    uint32_t out = 0;
    for (uint32_t i = 0; i < all->count; i++) {
        const qt_candidate *o = &all->items[i];
        if (o->place > QT_PLACE_BEFORE || !has_cue(o) || !(o->cue.classes & QT_WORD_CUE_SPEECH))
            continue;
        qt_stretch gap = gap_of(o, all->marks);
        out |= 1u << (o->place * 2 + (length(s, gap.first, gap.end) < 4));
    }
    return out;
}

static void gap_features(const qt_syntax *s, qt_sum *sum, const qt_candidate *c, qt_stretch gap,
                         uint32_t base, const qt_marks_view *v)
{
    uint32_t verbs = 0, commas = 0, marks = 0, stops = 0;
    for (uint32_t i = gap.first; i < gap.end; i++) {
        uint8_t r = qt_syntax_role(s, i);
        verbs += r == QT_ROLE_VERB || r == QT_ROLE_AUXILIARY || r == QT_ROLE_MODAL;
        commas += r == QT_ROLE_COMMA;
        marks += r == QT_ROLE_MARK;
        stops += r == QT_ROLE_STOP;
    }
    qt_feature(sum, 20, qt_pack(base, verbs < 3 ? verbs : 3, 0, 0));
    qt_feature(sum, 21, qt_pack(base, commas < 3 ? commas : 3, marks > 0, 0));
    qt_feature(sum, 22, qt_pack(base, stops < 3 ? stops : 3, marks > 0, verbs > 0));
    uint64_t roles = 0;
    uint32_t size = length(s, gap.first, gap.end);
    for (uint32_t i = gap.first, n = 0; n < 4 && i < gap.end; i = qt_syntax_after(s, i), n++)
        roles = roles * 32 + 1 + qt_syntax_role(s, i);
    qt_feature(sum, 23, qt_pack(base, size < 5 ? size : 5, 0, 0) | roles << 40);
    qt_feature(sum, 24, qt_pack(base, qt_bucket(size), v->before, v->last));
    if (size > 0) {
        qt_feature(sum, 25, qt_ranking_key(s, gap.first) ^ base << 8);
        qt_feature(sum, 26, qt_ranking_key(s, gap.end - 1) ^ base << 8);
    }
    (void)c;
}

static void cue_features(const qt_syntax *s, qt_sum *sum, const qt_candidate *c, uint32_t base,
                         const qt_marks_view *v)
{
    uint64_t key = qt_ranking_key(s, c->cue.verb), classes = qt_ranking_cue_classes(&c->cue);
    qt_feature(sum, 30, key);
    qt_feature(sum, 31, key ^ base << 8);
    qt_feature(sum, 32, qt_pack(base, classes, 0, 0));
    qt_feature(sum, 33, qt_pack(classes, v->before, v->last, c->place));
    qt_feature(sum, 34, qt_pack(base, qt_syntax_role(s, c->cue.verb), classes & 1, 0));
    uint32_t apart = c->source.first >= c->cue.end   ? length(s, c->cue.end, c->source.first)
                     : c->cue.first >= c->source.end ? length(s, c->source.end, c->cue.first)
                                                     : 0;
    qt_feature(sum, 35, qt_pack(base, qt_bucket(apart), 0, 0));
    if (c->cue.end < s->count)
        qt_feature(sum, 36, qt_ranking_key(s, c->cue.end) ^ base << 8);
    qt_feature(sum, 37, qt_pack(classes & 1, c->place, v->words, v->capital));
}

static void source_features(const qt_syntax *s, qt_sum *sum, const qt_candidate *c, uint32_t base,
                            const qt_marks_view *v)
{
    uint32_t kind = qt_ranking_source_kind(s, &c->source);
    uint32_t first = c->source.first, size = length(s, first, c->source.end);
    uint32_t last = c->source.core_end > c->source.core_first ? c->source.core_end - 1 : first;
    qt_feature(sum, 40, qt_pack(base, kind, 0, 0));
    qt_feature(sum, 41, qt_pack(base, kind, v->before, v->last));
    qt_feature(sum, 42, qt_ranking_key(s, last) ^ (uint64_t)c->form << 8);
    qt_feature(sum, 43, qt_ranking_key(s, first) ^ base << 8);
    qt_feature(sum, 44, qt_pack(base, qt_bucket(size), 0, 0));
    bool opens = first == 0 || s->words[first - 1].sentence != s->words[first].sentence;
    uint32_t beside = opens ? (uint32_t)BESIDE_SENTENCE : qt_syntax_role(s, first - 1);
    qt_feature(sum, 45, qt_pack(base, beside, 0, 0));
    beside =
        c->source.end >= s->count ? (uint32_t)BESIDE_PARAGRAPH : qt_syntax_role(s, c->source.end);
    qt_feature(sum, 46, qt_pack(base, beside, has_cue(c), 0));
    bool entity = s->words[last].mention != QUOTH_NONE &&
                  s->doc->mentions.items[s->words[last].mention].entity != QUOTH_NONE;
    if (entity) {
        uint32_t e = s->doc->mentions.items[s->words[last].mention].entity;
        qt_feature(
            sum, 47,
            qt_pack(kind, qt_bucket(s->doc->links.entities.items[e].mention_count), c->place, 0));
    }
}

static void rule_features(qt_sum *sum, const qt_candidate *c, const qt_credit *rules, uint32_t base)
{
    uint32_t agrees = 0;
    if (rules->rule) {
        agrees = 1;
        agrees |= (uint32_t)(has_cue(c) && rules->cue.first == c->cue.first &&
                             rules->cue.end > rules->cue.first)
                  << 1;
        agrees |= (uint32_t)(has_source(c) && rules->source.first == c->source.first &&
                             rules->source.end > rules->source.first)
                  << 2;
        agrees |= (uint32_t)(c->place == QT_PLACE_PREVIOUS && rules->previous != QUOTH_NONE) << 3;
    }
    uint64_t rule =
        rules->rule ? (uint64_t)(uint8_t)rules->rule[0] * 32 + (uint8_t)rules->rule[1] % 32 : 0;
    qt_feature(sum, 50, qt_pack(agrees, rule, 0, 0));
    qt_feature(sum, 51, qt_pack(agrees, base, rules->clause, rules->leads));
    qt_feature(sum, 52, qt_pack(agrees, rule, base, 0));
}

/* What tells words set apart from speech. */
static void apart_features(const qt_syntax *s, qt_sum *sum, const qt_candidates *all,
                           const qt_marks_view *v, uint32_t beside, const qt_credit *rules)
{
    qt_stretch marks = all->marks;
    uint32_t words = all->words < 12 ? all->words : 12;
    uint32_t capitals = 0, real = 0;
    for (uint32_t i = marks.first; i < marks.end && i < marks.first + 16; i++)
        if (s->tokens[i].kind == QT_TOKEN_WORD) {
            real++;
            capitals += (s->tokens[i].shape & QT_SHAPE_CAPITAL) != 0;
        }
    uint32_t shape = real == 0             ? 0
                     : capitals == 0       ? 1
                     : capitals == real    ? 3
                     : capitals * 2 > real ? 4
                                           : 2;
    uint64_t rule =
        rules->rule ? (uint64_t)(uint8_t)rules->rule[0] * 32 + (uint8_t)rules->rule[1] % 32 : 0;
    qt_feature(sum, 101, 0);
    qt_feature(sum, 102, qt_pack(words, shape, v->last, 0));
    qt_feature(sum, 103, qt_pack(words, v->before, 0, 0));
    qt_feature(sum, 104, qt_pack(words, v->after, 0, 0));
    qt_feature(sum, 105, qt_pack(v->before, v->after, v->last, 0));
    qt_feature(sum, 106, qt_pack(rule, words, 0, 0));
    qt_feature(sum, 107, qt_pack(rule, v->before, v->last, shape));
    qt_feature(sum, 108, qt_pack(beside, words, 0, 0));
    qt_feature(sum, 109, qt_pack(beside, v->before, v->last, 0));
    qt_feature(sum, 110, qt_pack(v->previous, v->between, words, 0));
    qt_feature(sum, 111, qt_pack(shape, v->before, v->after, 0));
    qt_feature(sum, 112, qt_pack(words, 0, 0, 0));
    qt_feature(sum, 113, qt_pack(rule, 0, 0, 0));
    qt_feature(sum, 114, qt_pack(v->last, v->capital, 0, 0));
    if (rules->cue.end > rules->cue.first) {
        qt_feature(sum, 120, qt_ranking_key(s, rules->cue.verb));
        qt_feature(sum, 121, qt_ranking_key(s, rules->cue.verb) ^ rule << 8);
    }
    if (rules->source.end > rules->source.first)
        qt_feature(sum, 122, qt_pack(qt_ranking_source_kind(s, &rules->source), rule, 0, 0));
    uint64_t keys = 0;
    for (uint32_t i = 0, before = marks.first, after = marks.end; i < 3; i++) {
        if (before > 0) {
            before = i == 0 ? before - 1 : qt_syntax_before(s, before);
            qt_feature(sum, 130 + i, qt_ranking_key(s, before));
            qt_feature(sum, 133 + i, qt_pack(qt_syntax_role(s, before), words, 0, 0));
            keys = i < 2 ? keys << 1 ^ qt_ranking_key(s, before) : keys;
        }
        if (after < s->count) {
            qt_feature(sum, 136 + i, qt_ranking_key(s, after));
            qt_feature(sum, 139 + i, qt_pack(qt_syntax_role(s, after), words, 0, 0));
            after = qt_syntax_after(s, after);
        }
    }
    qt_feature(sum, 142, keys);
    for (uint32_t i = marks.first + 1; i < marks.end && i < marks.first + 4; i++)
        qt_feature(sum, 143, qt_ranking_key(s, i));
    if (marks.first + 1 < marks.end) {
        qt_feature(sum, 144, qt_ranking_key(s, marks.first + 1) ^ words);
        qt_feature(sum, 145, qt_pack(qt_syntax_role(s, marks.first + 1), words, v->before, 0));
        uint32_t m = s->words[marks.first + 1].mention;
        qt_feature(sum, 146,
                   qt_pack(m == QUOTH_NONE ? 0 : s->doc->mentions.items[m].label, words, 0, 0));
    }
}

static void rank_features(const qt_syntax *s, qt_sum *sum, const qt_candidates *all,
                          const qt_candidate *c, const qt_marks_view *v, uint32_t beside,
                          const qt_credit *rules)
{
    uint32_t base = (uint32_t)c->place * 8 + c->form;
    qt_feature(sum, 1, base);
    qt_feature(sum, 2, qt_pack(base, v->before, v->last, 0));
    qt_feature(sum, 3, qt_pack(base, v->after, v->last, 0));
    qt_feature(sum, 4, qt_pack(base, v->capital, v->words, v->before));
    qt_feature(sum, 5, qt_pack(base, beside, 0, 0));
    qt_feature(sum, 6, qt_pack(base, beside, v->before, v->last));
    qt_feature(sum, 7, qt_pack(base, v->previous, v->between, 0));
    qt_feature(sum, 8, qt_pack(base, v->previous, v->opens, v->closes));
    qt_feature(sum, 9, qt_pack(base, v->previous, v->before, v->capital));
    rule_features(sum, c, rules, base);
    if (c->place == QT_PLACE_APART)
        apart_features(s, sum, all, v, beside, rules);
    if (!has_source(c))
        return;
    qt_stretch gap = gap_of(c, all->marks);
    qt_feature(sum, 10, qt_pack(base, rivals(all, c), 0, 0));
    uint32_t apart = all->marks.first < s->count ? qt_syntax_paragraph(s, all->marks.first) -
                                                       qt_syntax_paragraph(s, c->source.first)
                                                 : 0;
    uint32_t sentences = s->words[all->marks.first].sentence - s->words[c->source.first].sentence;
    qt_feature(sum, 11,
               qt_pack(base, apart < 3 ? apart : 3, sentences < 3 ? sentences : 3, v->opens));
    gap_features(s, sum, c, gap, base, v);
    if (has_cue(c))
        cue_features(s, sum, c, base, v);
    source_features(s, sum, c, base, v);
}

static quoth_span span_of(const qt_syntax *s, uint32_t first, uint32_t end)
{
    return end > first ? qt_syntax_span(s, first, end) : (quoth_span){0, 0};
}

uint32_t qt_ranking_best(const qt_syntax *self, const qt_quote_models *models, qt_trace *trace,
                         uint32_t quotation, const qt_candidates *candidates,
                         const qt_credit *rules, float *margin)
{
    const qt_linear *model = &models->parts[QUOTH_MODEL_QUOTE_SOURCE];
    qt_marks_view v = view_of(self, quotation, candidates);
    uint32_t beside = cues_beside(self, candidates);
    qt_best best = QT_BEST_NONE;
    if (trace)
        qt_trace_choice(trace, QUOTH_MODEL_QUOTE_SOURCE,
                        self->doc->quotations.items.items[quotation].span);
    for (uint32_t i = 0; i < candidates->count; i++) {
        const qt_candidate *c = &candidates->items[i];
        qt_sum sum = {model, trace, 0};
        if (trace)
            qt_trace_candidate(trace, span_of(self, c->source.first, c->source.end),
                               span_of(self, c->cue.first, c->cue.end),
                               (quoth_span){c->place, c->form});
        rank_features(self, &sum, candidates, c, &v, beside, rules);
        qt_trace_score(trace, qt_sum_odds(&sum));
        qt_best_offer(&best, i, &sum);
    }
    *margin = qt_best_margin(&best, model, 20.0f);
    return best.index;
}
