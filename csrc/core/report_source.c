#include "report_source.h"

static qt_stretch gap_of(const qt_phrase *source, const qt_cue *cue)
{
    if (source->end <= cue->first)
        return (qt_stretch){source->end, cue->first};
    if (source->first >= cue->end)
        return (qt_stretch){cue->end, source->first};
    return (qt_stretch){cue->first, cue->first};
}

static void source_features(const qt_look *l, qt_sum *sum, const qt_candidate *c, uint32_t rank)
{
    const qt_syntax *s = l->s;
    uint32_t base = (uint32_t)c->place * 8 + c->form;
    bool same = l->rules.rule && l->rules.source.first == c->source.first &&
                (l->rules.source.end > l->rules.source.first) == (c->source.end > c->source.first);
    qt_feature(sum, 1, base);
    qt_feature(sum, 2, qt_pack(base, same, l->rule, 0));
    qt_feature(sum, 3, l->key ^ (uint64_t)base << 3);
    qt_feature(sum, 4, qt_pack(base, l->classes, l->role, 0));
    qt_feature(
        sum, 5,
        qt_pack(base, l->role, qt_look_role(l, l->cue.first - 1), qt_look_role(l, l->cue.end)));
    if (c->source.end <= c->source.first) {
        qt_feature(sum, 6, qt_look_key(l, l->cue.first - 1));
        return;
    }
    uint32_t kind = qt_ranking_source_kind(s, &c->source);
    qt_stretch gap = gap_of(&c->source, &l->cue);
    uint32_t size = qt_look_length(l, gap.first, gap.end), verbs = 0, commas = 0;
    uint64_t roles = 0;
    for (uint32_t i = gap.first; i < gap.end; i++) {
        verbs += qt_look_is_finite(qt_syntax_role(s, i));
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
    uint32_t left = first > l->first ? qt_look_role(l, first - 1) : 40u;
    qt_feature(sum, 15, qt_pack(base, left, kind, 0));
    qt_feature(sum, 16,
               qt_pack(base, qt_look_role(l, c->source.end),
                       qt_look_length(l, first, c->source.end) < 6, 0));
    qt_feature(sum, 17, qt_pack(base, qt_bucket(qt_look_length(l, first, c->source.end)), 0, 0));
    qt_feature(sum, 18, l->key ^ (uint64_t)kind << 9 ^ base);
    if (first > l->first)
        qt_feature(sum, 19, qt_ranking_key(s, first - 1) ^ (uint64_t)base << 5);
}

qt_candidate qt_report_source(const qt_look *l, float *margin)
{
    const qt_linear *model = &l->models->parts[QUOTH_MODEL_REPORT_SOURCE];
    qt_candidates all;
    qt_candidates_of_cue(l->s, &l->cue, &all);
    uint32_t before = 0, after = 0;
    qt_best best = QT_BEST_NONE;
    qt_look_trace(l, QUOTH_MODEL_REPORT_SOURCE);
    for (uint32_t i = 0; i < all.count; i++)
        before += all.items[i].place == QT_PLACE_LEFT && all.items[i].form == QT_FORM_PHRASE;
    for (uint32_t i = 0; i < all.count; i++) {
        const qt_candidate *c = &all.items[i];
        qt_sum sum = {model, l->trace, 0};
        if (l->trace)
            qt_trace_candidate(l->trace, qt_look_span(l->s, c->source.first, c->source.end),
                               (quoth_span){0, 0}, (quoth_span){c->place, c->form});
        uint32_t rank = 0;
        if (c->form == QT_FORM_PHRASE)
            rank = c->place == QT_PLACE_LEFT ? before-- : ++after;
        source_features(l, &sum, c, rank);
        qt_trace_score(l->trace, qt_sum_odds(&sum));
        qt_best_offer(&best, i, &sum);
    }
    *margin = qt_best_margin(&best, model, 9.0f);
    return all.items[best.index];
}
