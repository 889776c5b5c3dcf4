#include "report_clause.h"

#include "report_content.h"

enum { CLAUSE_STARTS = 30 };

static void mixed_start_features(qt_sum *sum, const qt_look *l, uint32_t at, qt_stretch marks)
{
    uint64_t left = qt_look_length(l, at, marks.first), capital = 0;
    if (marks.first + 1 < marks.end)
        capital = (l->s->tokens[marks.first + 1].shape & QT_SHAPE_CAPITAL) != 0;
    uint64_t before = qt_look_role(l, marks.first - 1), words = qt_bucket(marks.end - marks.first);
    qt_feature(sum, 40, qt_pack(left == 0, before, capital, words));
    qt_feature(sum, 41, qt_pack(left == 0, before, qt_look_role(l, at), qt_look_role(l, at - 1)));
    qt_feature(sum, 42, qt_pack(qt_bucket((uint32_t)left), before, capital, 0));
    qt_feature(sum, 43, qt_look_key(l, marks.first - 1) ^ (uint64_t)(left == 0));
    qt_feature(sum, 44, qt_pack(left == 0, l->classes, before, 0));
    qt_feature(sum, 45, l->key ^ (uint64_t)(left == 0) << 5);
}

static uint32_t mixed_start(const qt_look *l, qt_stretch marks, const qt_candidate *source)
{
    const qt_linear *model = &l->models->parts[QUOTH_MODEL_MIXED_START];
    uint32_t best = marks.first;
    int32_t highest = INT32_MIN;
    quoth_span quotation = qt_look_span(l->s, marks.first, marks.end);
    qt_look_trace(l, QUOTH_MODEL_MIXED_START);
    uint32_t at = l->cue.end;
    for (uint32_t k = 0; k < CLAUSE_STARTS && at <= marks.first; k++) {
        qt_sum sum = {model, l->trace, 0};
        if (l->trace)
            qt_trace_candidate(l->trace, quotation, (quoth_span){k, k},
                               (quoth_span){l->s->tokens[at].start, l->s->tokens[at].end});
        qt_content_start_features(l, &sum, at, k, source);
        mixed_start_features(&sum, l, at, marks);
        qt_trace_score(l->trace, qt_sum_odds(&sum));
        if (sum.sum > highest) {
            highest = sum.sum;
            best = at;
        }
        at = qt_syntax_after(l->s, at);
    }
    return best;
}

static void mixed_end_features(qt_sum *sum, const qt_look *l, uint32_t start, uint32_t at,
                               qt_stretch marks)
{
    uint64_t right = qt_look_length(l, marks.end, at), last = qt_look_role(l, marks.end - 2);
    uint64_t whole = start == marks.first;
    qt_feature(sum, 40, qt_pack(right == 0, qt_look_role(l, marks.end), last, whole));
    qt_feature(sum, 41, qt_pack(right == 0, whole, qt_bucket((uint32_t)right), last));
    qt_feature(sum, 42, qt_pack(right == 0, qt_look_role(l, at), qt_look_role(l, at - 1), whole));
    qt_feature(sum, 43, qt_pack(right == 0, whole, qt_bucket(marks.end - marks.first), last));
    qt_feature(sum, 44, qt_look_key(l, marks.end) ^ (uint64_t)(right == 0) << 3 ^ whole << 5);
    /* "that" opens a clause, which may go on; "as" what somebody is called, which is all. */
    uint64_t opens = qt_look_role(l, l->cue.end), as = 0;
    for (uint32_t i = marks.first, n = 0; n < 3 && i > l->cue.end; i--, n++)
        as |= qt_syntax_text(l->s, i - 1, "as");
    qt_feature(sum, 50, qt_pack(right == 0, opens, as, 0));
    qt_feature(sum, 51, qt_pack(right == 0, as, l->classes, 0));
    qt_feature(sum, 52, l->key ^ (uint64_t)(right == 0) << 5 ^ as << 7);
    qt_feature(sum, 53, qt_pack(right == 0, opens, last, qt_look_role(l, marks.end)));
    qt_feature(sum, 54, qt_look_key(l, marks.first - 1) ^ (uint64_t)(right == 0) << 3);
    qt_feature(sum, 55, qt_pack(right == 0, qt_look_role(l, marks.first - 1), opens, last));
}

static uint32_t mixed_end(const qt_look *l, uint32_t start, qt_stretch marks)
{
    const qt_linear *model = &l->models->parts[QUOTH_MODEL_MIXED_END];
    uint32_t best = marks.end, nth = 0, commas = 0;
    uint32_t limit = qt_content_limit(l, start, marks.end);
    int32_t highest = INT32_MIN;
    bool verb = false;
    if (marks.end >= limit)
        return marks.end;
    qt_look_trace(l, QUOTH_MODEL_MIXED_END);
    for (uint32_t at = marks.end; at <= limit; at++) {
        verb |= qt_look_is_finite(qt_look_role(l, at - 1));
        commas += qt_look_role(l, at - 1) == QT_ROLE_COMMA;
        bool inside = at < limit && l->s->words[at].quotation != QUOTH_NONE &&
                      l->s->words[at - 1].quotation == l->s->words[at].quotation;
        if (at > marks.end && at < limit &&
            (!qt_content_may_end(qt_look_role(l, at)) || nth >= QT_CONTENT_ENDS || inside))
            continue;
        qt_sum sum = {model, l->trace, 0};
        if (l->trace)
            qt_trace_candidate(l->trace, qt_look_span(l->s, marks.first, marks.end),
                               (quoth_span){0, 0}, qt_syntax_span(l->s, start, at));
        qt_content_end_features(l, &sum, start, at, nth++, verb, commas);
        mixed_end_features(&sum, l, start, at, marks);
        qt_trace_score(l->trace, qt_sum_odds(&sum));
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
    qt_look l;
    l.s = self;
    l.models = models;
    l.trace = trace;
    if ((!ready && !qt_trace_trains(trace)) || credit->cue.end <= credit->cue.first ||
        credit->cue.end > marks.first || marks.first >= marks.end ||
        self->words[credit->cue.verb].sentence != self->words[marks.first].sentence ||
        self->words[credit->cue.verb].quotation != QUOTH_NONE || !qt_look_at(&l, credit->cue.verb))
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
