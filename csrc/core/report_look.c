#include "report_look.h"

void qt_look_trace(const qt_look *l, quoth_model_part part)
{
    if (l->trace)
        qt_trace_choice(l->trace, part, qt_syntax_span(l->s, l->cue.first, l->cue.end));
}

void qt_tally_add(qt_tally *self, const qt_syntax *s, uint32_t i)
{
    uint8_t r = qt_syntax_role(s, i);
    self->finite += qt_look_is_finite(r);
    self->commas += r == QT_ROLE_COMMA;
    self->cues += qt_look_is_verbal(r) && qt_syntax_is(s, i, QT_CUE_VERBS);
    self->thats += r == QT_ROLE_SUBORDINATOR && qt_syntax_text(s, i, "that");
    self->marks += s->words[i].quotation != QUOTH_NONE;
}

bool qt_look_at(qt_look *l, uint32_t i)
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
    if (size && !qt_look_is_verbal(qt_syntax_role(s, i)))
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
