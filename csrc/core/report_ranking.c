#include "report_ranking.h"

#include "report_content.h"
#include "report_cue.h"
#include "report_source.h"
#include "report_verdict.h"

enum {
    BLOCK = 160,     /* tokens of a sentence that are weighed together */
    EFFORT_WORD = 3, /* in tokens: to ask whether a word is a cue */
    EFFORT_CUE = 9,  /* and to find out what it reports */
};

/* "said that ...", "a claim that ...", "is sure that ...": sure, whatever the model says. */
static bool is_sure(const qt_look *l)
{
    const qt_finding *f = &l->rules;
    bool speech =
        f->rule && (f->rule[0] == 'c' || f->rule[0] == 'n') && f->cue.classes & QT_WORD_CUE_SPEECH;
    bool adjective = f->rule && f->rule[0] == 'a' && f->rule[1] == 'd';
    return (speech || adjective) && f->content.first == f->cue.end &&
           f->content.end > f->content.first + 2 && qt_syntax_text(l->s, f->cue.end, "that");
}

/* What is looked at in training though it is hardly a cue, in log odds. */
static const float doubtful = -1.5f;

/* What a verb needs whose report is nothing but an object, if no list knows that it takes one or
 * nobody is its source: "opened the meeting". */
static const float unknown = 1.15f;

/* Whether the lists know the word as a verb that attributes, or as "according to". */
static bool is_listed(const qt_look *l)
{
    return l->classes && (qt_look_is_verbal(l->role) || l->role == QT_ROLE_PREPOSITION);
}

/* What the rules say of a cue, for a trace. */
static void note_rules(const qt_look *l)
{
    const qt_finding *f = &l->rules;
    if (!l->trace || !f->rule)
        return;
    quoth_try what = {.kind = QUOTH_TRY_CLAUSE,
                      .about = qt_look_span(l->s, l->cue.first, l->cue.end),
                      .source = qt_look_span(l->s, f->source.first, f->source.end),
                      .cue = qt_look_span(l->s, f->cue.first, f->cue.end),
                      .content = qt_look_span(l->s, f->content.first, f->content.end),
                      .rule = f->rule,
                      .score = f->score};
    qt_trace_try(l->trace, &what);
}

/* Weighs a word that may be a cue; whether it goes on as a prospect. */
static bool weigh_word(qt_prospect *p, uint32_t i, uint32_t *effort)
{
    qt_look *l = &p->look;
    *effort -= EFFORT_WORD;
    if (!qt_look_at(l, i))
        return false;
    qt_look_trace(l, QUOTH_MODEL_CUE);
    if (l->trace) {
        qt_trace_candidate(l->trace, (quoth_span){0, 0}, (quoth_span){0, 0}, (quoth_span){0, 0});
        qt_trace_candidate(l->trace, (quoth_span){0, 0}, (quoth_span){0, 0}, (quoth_span){0, 0});
    }
    p->odds = qt_cue_weigh(l);
    qt_trace_score(l->trace, p->odds);
    note_rules(l);
    p->sure = is_sure(l);
    if ((p->odds < doubtful && !p->sure) || !l->models->parts[QUOTH_MODEL_CUE].weights ||
        *effort < EFFORT_CUE)
        return false;
    *effort -= EFFORT_CUE;
    return true;
}

static void explore(qt_prospect *p)
{
    const qt_look *l = &p->look;
    qt_finding *out = &p->found;
    p->source = qt_report_source(l, &p->margin);
    uint32_t start = qt_content_find_start(l, &p->source, &p->kind, &p->start);
    p->stop = -1.0f; /* not asked for */
    *out = (qt_finding){.cue = l->cue, .source = p->source.source, .rule = "weighed"};
    if (p->kind < QT_CONTENT_BEFORE) {
        out->content = (qt_range){start, qt_content_find_end(l, start, &p->stop)};
    } else {
        out->content = (qt_range){l->first, qt_content_before(l, &p->source.source)};
        if (p->kind == QT_CONTENT_AROUND)
            out->rest = (qt_range){qt_content_after(l, &p->source.source), l->end};
    }
    if (l->role == QT_ROLE_NOUN && start == l->cue.end && p->kind < QT_CONTENT_BEFORE &&
        qt_syntax_text(l->s, start, "that"))
        out->content.end = qt_main_verb_after(l->s, start, out->content.end);
    /* "The tower, according to X, had no": on both sides of it. */
    uint32_t after = out->source.end;
    if (p->kind == QT_CONTENT_BEFORE && l->role == QT_ROLE_PREPOSITION && after + 1 < l->end &&
        after > l->cue.end && qt_look_role(l, after) == QT_ROLE_COMMA &&
        qt_look_is_finite(qt_look_role(l, after + 1))) {
        p->kind = QT_CONTENT_AROUND;
        out->rest = (qt_range){after + 1, l->end};
    }
    /* As it is marked: "is happy", "told reporters". */
    qt_cue cue = l->cue;
    if (l->rules.rule && l->rules.cue.end == cue.end && l->rules.cue.first < cue.first)
        out->cue.first = l->rules.cue.first;
    qt_cue_take_hearer(l->s, &cue);
    if (out->rest.end == 0 && cue.end <= out->content.first)
        out->cue.end = cue.end;
    /* "It will close, according to": what is told is what will be, not that it is. */
    out->factual =
        qt_cue_according_at(l->s, l->cue.first) > 0 || qt_cue_is_factual(l->s, l->cue.verb);
    out->attitude =
        l->classes ? qt_cue_attitude(l->s, &l->cue, &p->source.source) : QUOTH_ATTITUDE_BELIEF;
}

/* The least odds of a report. */
static float least_of(const qt_prospect *p)
{
    bool sourced = p->found.source.end > p->found.source.first;
    if ((is_listed(&p->look) && sourced && p->look.cue.classes & QT_WORD_CUE_OBJECT) ||
        p->kind >= QT_CONTENT_BEFORE || !qt_look_is_verbal(p->look.role) ||
        p->found.content.first != p->found.cue.end)
        return 0.0f;
    for (uint32_t i = p->found.content.first; i < p->found.content.end; i++) {
        uint8_t r = qt_look_role(&p->look, i);
        if (qt_look_is_finite(r) || qt_look_is_verbal(r) || r == QT_ROLE_SUBORDINATOR)
            return 0.0f;
    }
    return unknown;
}

/* The report that a finding lies in, of those found; *crosses: it lies in it, or that one in it, or
 * both report the same words. */
static bool lies_in(const qt_finding *found, uint32_t count, const qt_finding *what, bool *crosses)
{
    bool inner = false;
    *crosses = false;
    for (uint32_t j = 0; j < count; j++) {
        bool within = qt_finding_holds(&found[j], what->cue.verb),
             around = qt_finding_holds(what, found[j].cue.verb);
        inner |= within && !around;
        bool same = found[j].content.first == what->content.first &&
                    found[j].content.end == what->content.end;
        *crosses |= within || around || same;
    }
    return inner;
}

/* What is told in what is told, beyond doubt: "said that the mayor had told them that". */
static bool is_told(const qt_look *l)
{
    const qt_finding *f = &l->rules;
    return f->rule && f->cue.classes & QT_WORD_CUE_SPEECH && f->rest.end == 0 &&
           f->source.end > f->source.first && f->source.end <= f->cue.first &&
           f->content.end > f->content.first + 2 && qt_syntax_text(l->s, f->content.first, "that");
}

/* Accepts prospects from the likeliest on. What PolNeAR calls reports never lie in one another, so
 * that the likelier of two is right; only what the rules are sure of is taken as a report within. */
static uint32_t decide(const qt_prospect *all, uint32_t count, qt_finding *out)
{
    uint32_t found = 0;
    bool taken[QT_REPORTS_MAX] = {false};
    for (uint32_t n = 0; n < count; n++) {
        uint32_t best = QUOTH_NONE;
        for (uint32_t k = 0; k < count; k++)
            if (!taken[k] && (best == QUOTH_NONE || all[k].verdict > all[best].verdict))
                best = k;
        taken[best] = true;
        const qt_prospect *p = &all[best];
        const qt_look *l = &p->look;
        bool crosses, inner = lies_in(out, found, &p->found, &crosses);
        bool likely = p->verdict > least_of(p);
        if (crosses ? inner && is_told(l) : p->sure && (!likely || l->rules.rule[0] == 'n')) {
            out[found++] = l->rules; /* of a noun, the clause ends where the rules say */
        } else if (likely && !crosses) {
            /* "X was said to be": the rules know which two stretches. */
            bool seeming = p->kind == QT_CONTENT_AROUND && l->rules.rule &&
                           l->rules.rest.end > l->rules.rest.first;
            out[found] = seeming ? l->rules : p->found;
            out[found++].score = qt_share(p->verdict - l->models->parts[QUOTH_MODEL_REPORT].bias);
        }
    }
    return found;
}

/* The prospects among tokens [first, end) of a sentence; *first is set to where the search ended. */
static uint32_t gather(const qt_look *common, const uint32_t *draft_of_cue, const uint8_t *inside,
                       uint32_t *first, uint32_t end, uint32_t *effort, qt_prospect *all)
{
    const qt_linear *cues = &common->models->parts[QUOTH_MODEL_CUE];
    uint32_t count = 0, i = *first;
    qt_tally whole = {0}, before = {0};
    for (uint32_t k = i; k < end; k++)
        qt_tally_add(&whole, common->s, k);
    for (; i < end && count < QT_REPORTS_MAX; i++) {
        qt_prospect *p = &all[count];
        *effort += *effort < QT_EFFORT_MOST ? QT_EFFORT_TOKEN : 0;
        if (common->s->words[i].quotation == QUOTH_NONE && draft_of_cue[i] == QUOTH_NONE &&
            inside[i] < 2 && *effort >= EFFORT_WORD && qt_cue_may_be(common->s, cues, i)) {
            p->look = *common;
            p->look.before = before;
            p->look.all = whole;
            p->look.inside = inside[i];
            count += weigh_word(p, i, effort);
        }
        qt_tally_add(&before, common->s, i);
    }
    *first = i;
    return count;
}

/* "X said that A fell, but Y insisted that B": the content ends where somebody else begins. */
static void end_before_others(const qt_prospect *all, uint32_t count, qt_prospect *p)
{
    const qt_look *l = &p->look;
    qt_range *content = &p->found.content;
    for (uint32_t j = 0; j < count; j++) {
        const qt_phrase *source = &all[j].source.source;
        uint32_t joint = source->first;
        if (&all[j] == p || all[j].source.form != QT_FORM_SUBJECT ||
            source->end > all[j].look.cue.first || joint < content->first + 4 ||
            all[j].look.cue.first >= content->end || p->look.cue.first > joint ||
            !all[j].look.cue.classes)
            continue;
        joint--;
        bool comma = qt_look_role(l, joint - 1) == QT_ROLE_COMMA;
        if (!qt_syntax_text(l->s, joint, "while") && !qt_syntax_text(l->s, joint, "whereas") &&
            !qt_syntax_text(l->s, joint, "but") && !(comma && qt_syntax_text(l->s, joint, "and")))
            continue;
        content->end = comma ? joint - 1 : joint;
    }
}

/* "..., X said.": what a verb of saying closes is all its own. */
static const float closing = 2.0f;

static bool ends_sentence(const qt_prospect *p)
{
    const qt_look *l = &p->look;
    const qt_finding *f = &l->rules;
    return f->rule && f->rule[0] == 'p' && f->rule[1] == 'o' &&
           l->cue.classes & (QT_WORD_CUE_SPEECH | QT_WORD_CUE_EVIDENCE) &&
           f->source.end > f->source.first;
}

uint32_t qt_report_weigh(const qt_syntax *self, const qt_quote_models *models, qt_trace *trace,
                         const uint32_t *draft_of_cue, const uint8_t *inside, uint32_t *from,
                         uint32_t *effort, qt_finding *out)
{
    qt_prospect all[QT_REPORTS_MAX];
    uint32_t end = qt_sentence_end(self, self->words[*from].sentence);
    end = end - *from > BLOCK ? *from + BLOCK : end;
    qt_look common = {.s = self, .models = models, .trace = trace};
    uint32_t count = gather(&common, draft_of_cue, inside, from, end, effort, all);
    for (uint32_t k = 0; k < count; k++)
        explore(&all[k]);
    for (uint32_t k = 0; k < count; k++)
        end_before_others(all, count, &all[k]);
    for (uint32_t k = 0; k < count; k++) {
        bool reports = all[k].found.content.end > all[k].found.content.first;
        all[k].verdict = reports ? qt_report_verdict(all, count, k) : -9.0f;
        if (reports && all[k].kind == QT_CONTENT_BEFORE && ends_sentence(&all[k]))
            all[k].verdict += closing;
        if (reports)
            qt_trace_score(trace, all[k].verdict - least_of(&all[k]));
    }
    return decide(all, count, out);
}
