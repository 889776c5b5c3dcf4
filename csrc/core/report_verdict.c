#include "report_verdict.h"

enum { COUNTED = 200 }; /* tokens of a content that are counted by what they are */

static uint32_t coarse(float odds)
{
    float x = odds * 2.0f + 12.0f;
    return x < 0 ? 0 : x > 30 ? 30 : (uint32_t)x;
}

bool qt_finding_holds(const qt_finding *self, uint32_t i)
{
    return (i >= self->content.first && i < self->content.end) ||
           (i >= self->rest.first && i < self->rest.end);
}

/* How likely other words of the block are cues, 0 for none. */
typedef struct rivals {
    uint32_t around, within; /* of whose content this cue is a part; in whose content they are */
    uint32_t earlier, later;
} rivals;

/* How the other prospects of the block lie to one of them. */
static rivals rivals_of(const qt_prospect *all, uint32_t count, uint32_t which)
{
    const qt_prospect *p = &all[which];
    rivals r = {0, 0, 0, 0};
    for (uint32_t j = 0; j < count; j++) {
        uint32_t odds = 1 + coarse(all[j].odds);
        if (j == which)
            continue;
        if (qt_finding_holds(&all[j].found, p->look.cue.verb) && odds > r.around)
            r.around = odds;
        if (qt_finding_holds(&p->found, all[j].look.cue.verb) && odds > r.within)
            r.within = odds;
        uint32_t *side = j < which ? &r.earlier : &r.later;
        *side = odds > *side ? odds : *side;
    }
    return r;
}

/* The cue, its source and its content by themselves. */
static void own_features(const qt_prospect *p, qt_sum *sum)
{
    const qt_look *l = &p->look;
    const qt_finding *f = &p->found;
    uint32_t size = qt_look_length(l, f->content.first, f->content.end), marks = 0, verbs = 0,
             cues = 0;
    uint32_t counted = f->content.end; /* what stands before its cue may be as long as can be */
    if (counted > f->content.first + COUNTED)
        counted = f->content.first + COUNTED;
    for (uint32_t i = f->content.first; i < counted; i++) {
        qt_cue other;
        uint32_t q = l->s->words[i].quotation;
        marks |= q == QUOTH_NONE                                                       ? 0
                 : l->s->doc->quotations.items.items[q].kind == QUOTH_QUOTATION_SPEECH ? 2u
                                                                                       : 1u;
        verbs += qt_look_is_finite(qt_look_role(l, i));
        cues += q == QUOTH_NONE && qt_cue_verb_at(l->s, i, &other);
    }
    uint32_t odds = coarse(p->odds);
    uint64_t form = (uint64_t)p->source.place * 8 + p->source.form;
    uint64_t who = f->source.end > f->source.first ? qt_ranking_source_kind(l->s, &f->source) : 255;
    uint32_t opens = qt_look_role(l, f->content.first);
    qt_feature(sum, 1, 0);
    qt_feature(sum, 2, odds);
    qt_feature(sum, 3, qt_pack(odds, marks, 0, 0));
    qt_feature(sum, 4, qt_pack(odds, coarse(p->margin), 0, 0));
    qt_feature(sum, 5, qt_pack(odds, who, 0, 0));
    qt_feature(sum, 6, qt_pack(odds, opens, 0, 0));
    qt_feature(sum, 7, qt_pack(odds, l->classes, 0, 0));
    qt_feature(sum, 8, qt_pack(odds, l->rule, 0, 0));
    qt_feature(sum, 9, qt_pack(odds, qt_bucket(size), 0, 0));
    qt_feature(sum, 10, qt_pack(odds, p->kind, 0, 0));
    qt_feature(sum, 11, qt_pack(who, form, l->role, 0));
    qt_feature(sum, 12, qt_pack(opens, verbs > 0, qt_bucket(size), l->role));
    qt_feature(sum, 13, qt_pack(marks, l->role, l->classes, 0));
    qt_feature(sum, 14, qt_pack(verbs < 4 ? verbs : 4, cues < 3 ? cues : 3, odds, 0));
    qt_feature(sum, 15,
               qt_pack(qt_look_role(l, f->content.end), f->content.end >= l->end, odds, 0));
    uint32_t start = coarse(p->start), stop = coarse(p->stop);
    qt_feature(sum, 18, qt_pack(odds, start, 0, 0));
    qt_feature(sum, 19, qt_pack(odds, stop, 0, 0));
    qt_feature(sum, 29, qt_pack(start, stop, coarse(p->margin) / 2, 0));
    qt_feature(sum, 16, l->key ^ (uint64_t)odds << 5);
    qt_feature(sum, 17, qt_look_key(l, f->content.first) ^ (uint64_t)odds << 5);
}

/* What else may be reported there. */
static void rival_features(const qt_prospect *p, const rivals *r, qt_sum *sum)
{
    const qt_look *l = &p->look;
    uint32_t odds = coarse(p->odds);
    qt_feature(sum, 20, qt_pack(odds, r->around, 0, 0));
    qt_feature(sum, 21, qt_pack(odds, r->within, 0, 0));
    qt_feature(sum, 22, qt_pack(odds, r->earlier, 0, 0));
    qt_feature(sum, 23, qt_pack(odds, r->later, 0, 0));
    qt_feature(sum, 24, qt_pack(odds / 4, r->within / 4, r->around / 4, l->role));
    qt_feature(sum, 25, qt_pack(odds / 2, l->inside, 0, 0));
    qt_feature(sum, 26, qt_pack(r->around, l->classes, 0, 0));
    qt_feature(sum, 27, qt_pack(r->within, l->classes, 0, 0));
    qt_feature(sum, 28,
               qt_pack(odds > r->around, odds > r->within, odds > r->earlier, odds > r->later));
}

float qt_report_verdict(const qt_prospect *all, uint32_t count, uint32_t which)
{
    const qt_prospect *p = &all[which];
    const qt_look *l = &p->look;
    const qt_finding *f = &p->found;
    qt_sum sum = {&l->models->parts[QUOTH_MODEL_REPORT], l->trace, 0};
    qt_look_trace(l, QUOTH_MODEL_REPORT);
    if (l->trace) {
        qt_trace_candidate(l->trace, (quoth_span){0, 0}, (quoth_span){0, 0}, (quoth_span){0, 0});
        quoth_span rest = qt_look_span(l->s, f->rest.first, f->rest.end);
        qt_trace_candidate(l->trace, qt_look_span(l->s, f->source.first, f->source.end), rest,
                           qt_look_span(l->s, f->content.first, f->content.end));
    }
    rivals r = rivals_of(all, count, which);
    own_features(p, &sum);
    rival_features(p, &r, &sum);
    return qt_sum_odds(&sum);
}
