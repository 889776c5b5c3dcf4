#include "report_content.h"

enum { STARTS = 12 }; /* tokens behind a cue where its content may start */

/* The lead of what has no rival, in log odds. */
#define ALONE 9.0f

/* Where the stretch before a cue ends: the comma, or the first token of cue and source. */
uint32_t qt_content_before(const qt_look *l, const qt_phrase *source)
{
    uint32_t end = l->cue.first;
    if (source->end > source->first && source->first < end)
        end = source->first;
    while (end > l->first &&
           (qt_look_role(l, end - 1) == QT_ROLE_ADVERB ||
            (l->role == QT_ROLE_PASSIVE && (qt_look_role(l, end - 1) == QT_ROLE_AUXILIARY ||
                                            qt_look_role(l, end - 1) == QT_ROLE_MODAL))))
        end--;
    if (end > l->first && qt_look_role(l, end - 1) == QT_ROLE_COMMA)
        end--;
    return end;
}

/* Where the stretch after both starts. */
uint32_t qt_content_after(const qt_look *l, const qt_phrase *source)
{
    uint32_t i = l->cue.end;
    if (source->end > source->first && source->end > i && source->first <= i + 1)
        i = source->end;
    while (i < l->end && qt_look_role(l, i) == QT_ROLE_COMMA)
        i++;
    return i;
}

void qt_content_start_features(const qt_look *l, qt_sum *sum, uint32_t at, uint32_t kind,
                               const qt_candidate *source)
{
    uint32_t offset = kind;
    bool follows = kind < QT_CONTENT_BEFORE;
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
        uint32_t before = qt_content_before(l, &source->source),
                 after = qt_content_after(l, &source->source);
        qt_feature(sum, 7,
                   qt_pack(offset, qt_look_role(l, before), qt_look_role(l, after - 1), form));
        qt_feature(sum, 8,
                   qt_pack(offset, qt_bucket(qt_look_length(l, after, l->end)),
                           qt_bucket(qt_look_length(l, l->first, before)), 0));
        qt_feature(sum, 9,
                   qt_pack(offset, qt_look_role(l, after), qt_look_role(l, before), l->classes));
        qt_feature(
            sum, 10,
            qt_pack(offset, qt_look_role(l, l->cue.end), qt_look_role(l, l->cue.end + 1), form));
        return;
    }
    uint64_t key = qt_look_key(l, at), before = qt_look_key(l, at - 1), roles = 0;
    bool verb = false, source_between = false;
    for (uint32_t i = l->cue.end; i < at; i = qt_syntax_after(l->s, i)) {
        verb |= qt_look_is_finite(qt_look_role(l, i));
        roles = (roles * 32 + 1 + qt_look_role(l, i)) & 0xFFFFFFF;
    }
    source_between = source->source.first >= l->cue.end && source->source.end <= at &&
                     source->source.end > source->source.first;
    qt_feature(sum, 11, key);
    qt_feature(sum, 12, key ^ l->key << 1);
    qt_feature(sum, 13, before ^ l->key << 1);
    qt_feature(sum, 14, before);
    qt_feature(sum, 15,
               qt_pack(qt_look_role(l, at), qt_look_role(l, at - 1), offset > 0, l->classes));
    qt_feature(sum, 16, roles << 8 | qt_look_role(l, at));
    qt_feature(sum, 17, roles << 10 | l->classes);
    qt_feature(
        sum, 18,
        qt_pack(qt_look_role(l, at), qt_look_role(l, qt_syntax_after(l->s, at)), verb, offset > 0));
    qt_feature(sum, 19, qt_pack(source_between, form, at == source->source.end, 0));
    qt_feature(sum, 20, before ^ key << 1);
    qt_feature(sum, 21, l->key ^ roles << 8);
    qt_feature(sum, 22, qt_pack(qt_look_role(l, at), l->role, offset, 0));
}

/* Whether the token goes on with the phrase of the token before it. */
static bool is_inner(const qt_look *l, uint32_t at)
{
    uint8_t before = qt_look_role(l, at - 1), here = qt_look_role(l, at);
    bool noun = before == QT_ROLE_NOUN || before == QT_ROLE_NAME || before == QT_ROLE_NUMBER;
    return before == QT_ROLE_DETERMINER || before == QT_ROLE_HYPHEN || here == QT_ROLE_HYPHEN ||
           here == QT_ROLE_POSSESSIVE || (noun && here == before);
}

/* The token, or the one behind the source where it is in that: nothing is both. */
static uint32_t past_source(const qt_look *l, const qt_phrase *source, uint32_t at)
{
    bool behind = source->end > source->first && source->first >= l->cue.end;
    return behind && at >= source->first && at < source->end ? source->end : at;
}

uint32_t qt_content_find_start(const qt_look *l, const qt_candidate *source, uint32_t *kind,
                               float *margin)
{
    const qt_linear *model = &l->models->parts[QUOTH_MODEL_START];
    uint32_t best = l->cue.end;
    qt_best sums = QT_BEST_NONE;
    *kind = 0;
    qt_look_trace(l, QUOTH_MODEL_START);
    uint32_t behind = past_source(l, &source->source, l->cue.end);
    for (uint32_t k = 0; k < STARTS + 2; k++) {
        uint32_t at = behind, what = k;
        if (k >= STARTS) {
            what = QT_CONTENT_BEFORE + k - STARTS;
            at = l->first;
            uint32_t before = qt_content_before(l, &source->source);
            if (before <= l->first ||
                (what == QT_CONTENT_AROUND && qt_content_after(l, &source->source) + 1 >= l->end))
                continue;
        } else if (at >= l->end) {
            continue;
        } else {
            behind = past_source(l, &source->source, qt_syntax_after(l->s, at));
            if (k > 0 && is_inner(l, at))
                continue;
        }
        qt_sum sum = {model, l->trace, 0};
        if (l->trace)
            qt_trace_candidate(l->trace, (quoth_span){0, 0}, (quoth_span){what, what},
                               (quoth_span){l->s->tokens[at].start, l->s->tokens[at].end});
        qt_content_start_features(l, &sum, at, what, source);
        qt_trace_score(l->trace, qt_sum_odds(&sum));
        if (sum.sum > sums.highest) {
            best = at;
            *kind = what;
        }
        qt_best_offer(&sums, k, &sum);
    }
    *margin = qt_best_margin(&sums, model, ALONE);
    return best;
}

bool qt_content_may_end(uint8_t r)
{
    return r == QT_ROLE_COMMA || r == QT_ROLE_STOP || r == QT_ROLE_DASH ||
           r == QT_ROLE_CONJUNCTION || r == QT_ROLE_SUBORDINATOR || r == QT_ROLE_RELATIVE ||
           r == QT_ROLE_TIME || r == QT_ROLE_OPEN || r == QT_ROLE_CLOSE || r == QT_ROLE_MARK ||
           r == QT_ROLE_PREPOSITION || r == QT_ROLE_GERUND;
}

void qt_content_end_features(const qt_look *l, qt_sum *sum, uint32_t start, uint32_t at,
                             uint32_t nth, bool verb, uint32_t commas)
{
    uint64_t opens = qt_look_role(l, start), here = at >= l->end ? 41 : qt_look_role(l, at);
    uint32_t second = at >= l->end ? at : qt_syntax_after(l->s, at);
    uint32_t last = second >= l->end ? second : qt_syntax_after(l->s, second);
    uint64_t before = qt_look_role(l, at - 1),
             next = second >= l->end ? 41 : qt_look_role(l, second);
    uint64_t third = last >= l->end ? 41 : qt_look_role(l, last);
    uint64_t agrees = !l->rules.rule ? 0 : 1 + (l->rules.content.end == at);
    uint64_t key = at >= l->end ? 3 : qt_look_key(l, at), next_key = qt_look_key(l, second);
    qt_cue cue;
    bool says = second < l->end && (qt_cue_verb_at(l->s, second, &cue) ||
                                    (last < l->end && qt_cue_verb_at(l->s, last, &cue)));
    qt_feature(sum, 1, here);
    qt_feature(sum, 2, qt_pack(here, next, verb, 0));
    qt_feature(sum, 3, qt_pack(here, before, verb, next));
    qt_feature(sum, 4, qt_pack(here, nth < 9 ? nth : 9, 0, 0));
    qt_feature(sum, 5, qt_pack(here, qt_bucket(qt_look_length(l, start, at)), 0, 0));
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
    qt_feature(sum, 17, qt_pack(here, qt_bucket(qt_look_length(l, at, l->end)), 0, 0));
    qt_feature(sum, 18, qt_look_key(l, start) ^ here << 9);
    qt_feature(sum, 19,
               qt_pack(here, opens, at == qt_syntax_after(l->s, start),
                       qt_look_role(l, qt_syntax_after(l->s, start))));
    qt_feature(sum, 20, next_key ^ here << 4);
    qt_feature(sum, 21, qt_look_key(l, at - 1) ^ here << 4);
    qt_feature(sum, 22, qt_pack(here, next, commas, opens));
}

uint32_t qt_content_limit(const qt_look *l, uint32_t start, uint32_t from)
{
    uint32_t end = l->end < from + QT_CONTENT_WINDOW ? l->end : from + QT_CONTENT_WINDOW;
    uint32_t open = 0;
    for (uint32_t i = start; i < end; i++) {
        uint8_t r = qt_look_role(l, i);
        if (r == QT_ROLE_CLOSE && open == 0 && i >= from && i > start)
            return i;
        open += r == QT_ROLE_OPEN;
        open -= r == QT_ROLE_CLOSE && open > 0;
    }
    return end;
}

uint32_t qt_content_find_end(const qt_look *l, uint32_t start, float *margin)
{
    const qt_linear *model = &l->models->parts[QUOTH_MODEL_END];
    uint32_t limit = qt_content_limit(l, start, start), best = limit;
    qt_best sums = QT_BEST_NONE;
    uint32_t nth = 0, commas = 0;
    bool verb = false;
    qt_look_trace(l, QUOTH_MODEL_END);
    for (uint32_t at = start + 1; at <= limit; at++) {
        verb |= qt_look_is_finite(qt_look_role(l, at - 1));
        commas += qt_look_role(l, at - 1) == QT_ROLE_COMMA;
        bool inside = at < limit && l->s->words[at].quotation != QUOTH_NONE &&
                      l->s->words[at - 1].quotation == l->s->words[at].quotation;
        if (at < limit &&
            (!qt_content_may_end(qt_look_role(l, at)) || nth >= QT_CONTENT_ENDS || inside))
            continue;
        qt_sum sum = {model, l->trace, 0};
        if (l->trace)
            qt_trace_candidate(l->trace, (quoth_span){0, 0}, (quoth_span){0, 0},
                               qt_syntax_span(l->s, start, at));
        qt_content_end_features(l, &sum, start, at, nth++, verb, commas);
        qt_trace_score(l->trace, qt_sum_odds(&sum));
        if (sum.sum > sums.highest)
            best = at;
        qt_best_offer(&sums, at, &sum);
    }
    *margin = qt_best_margin(&sums, model, ALONE);
    return best;
}
