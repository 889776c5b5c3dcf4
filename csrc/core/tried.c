#include "tried.h"

#include "document.h"

enum { WORDS_MOST = 6 }; /* of a name that is none */

static quoth_span span_of(const struct quoth_doc *doc, uint32_t first, uint32_t end)
{
    return (quoth_span){doc->tokens.items[first].start, doc->tokens.items[end - 1].end};
}

void qt_tried_names(qt_trace *trace, const struct quoth_doc *doc, quoth_try_kind kind,
                    const qt_names *names)
{
    for (uint32_t i = 0; trace && i < names->count; i++) {
        const qt_name *name = &names->items[i];
        quoth_try what = {.kind = kind,
                          .content = span_of(doc, name->first, name->end),
                          .label = (quoth_label)name->label,
                          .rule = name->rule,
                          .score = name->label ? name->score : 0};
        qt_trace_try(trace, &what);
    }
}

void qt_tried_amounts(qt_trace *trace, const qt_mentions *amounts)
{
    for (uint32_t i = 0; trace && i < amounts->count; i++) {
        const quoth_mention *m = &amounts->items[i];
        quoth_try what = {.kind = QUOTH_TRY_AMOUNT,
                          .content = m->span,
                          .label = m->label,
                          .rule = m->rule,
                          .score = m->score};
        qt_trace_try(trace, &what);
    }
}

/* --- other readings ----------------------------------------------------------------------------- */

static uint32_t tag_before(const qt_tagged_segment *t, uint32_t first)
{
    return first ? t->tags[first - 1] : QT_TAG_OUTSIDE;
}

/* What tokens [first, end) of a segment sum up to as a name of a kind, or with QT_KINDS as they were
 * tagged, with the moves that lead to them and away from them. */
static int32_t sum_of(const qt_tagger *tagger, const qt_tagged_segment *t, uint32_t first,
                      uint32_t end, uint32_t kind)
{
    uint32_t from = tag_before(t, first);
    int32_t sum = 0;
    for (uint32_t i = first; i < end; i++) {
        uint32_t tag = kind == QT_KINDS   ? t->tags[i]
                       : end == first + 1 ? QT_TAG_UNIT + kind
                       : i == first       ? QT_TAG_BEGIN + kind
                       : i + 1 == end     ? QT_TAG_LAST + kind
                                          : QT_TAG_INSIDE + kind;
        sum += t->scores[i][tag] + qt_moves_of(&tagger->moves, from, tag);
        from = tag;
    }
    uint32_t next = end < t->count ? t->tags[end] : QT_TAG_OUTSIDE;
    return sum + qt_moves_of(&tagger->moves, from, next);
}

static void read_as(qt_trace *trace, const struct quoth_doc *doc, const qt_tagger *tagger,
                    const qt_tagged_segment *t, uint32_t first, uint32_t end, uint32_t kind)
{
    static const quoth_label labels[QT_KINDS] = {
        QUOTH_LABEL_PERSON, QUOTH_LABEL_ORG,   QUOTH_LABEL_GPE,     QUOTH_LABEL_FAC,
        QUOTH_LABEL_NORP,   QUOTH_LABEL_EVENT, QUOTH_LABEL_PRODUCT,
    };
    int32_t behind = sum_of(tagger, t, first, end, kind) - sum_of(tagger, t, first, end, QT_KINDS);
    quoth_try what = {.kind = QUOTH_TRY_READING,
                      .content = span_of(doc, t->first + first, t->first + end),
                      .label = labels[kind],
                      .score = (float)behind / tagger->scale};
    qt_trace_try(trace, &what);
}

static bool is_capital(const struct quoth_doc *doc, const qt_tagged_segment *t, uint32_t i)
{
    const qt_token *token = &doc->tokens.items[t->first + i];
    return token->kind == QT_TOKEN_WORD && token->shape & QT_SHAPE_CAPITAL;
}

/* End of the name at token first, or of the run of capitals that are in none; first if there is
 * neither. */
static uint32_t end_of(const struct quoth_doc *doc, const qt_tagged_segment *t, uint32_t first,
                       bool *is_name)
{
    uint32_t i = first;
    *is_name = t->tags[i] != QT_TAG_OUTSIDE;
    if (*is_name) {
        while (i + 1 < t->count && !qt_tag_is_closed(t->tags[i]))
            i++;
        return i + 1;
    }
    while (i < t->count && i - first < WORDS_MOST && t->tags[i] == QT_TAG_OUTSIDE &&
           is_capital(doc, t, i))
        i++;
    return i;
}

void qt_tried_readings(qt_trace *trace, const struct quoth_doc *doc, const qt_tagger *tagger,
                       const qt_tagging *tagging)
{
    for (uint32_t s = 0; trace && trace->watches && s < tagging->count; s++) {
        const qt_tagged_segment *t = &tagging->segments[s];
        for (uint32_t first = 0, end; first<t->count; first = end> first ? end : first + 1) {
            bool is_name;
            end = end_of(doc, t, first, &is_name);
            for (uint32_t kind = 0; end > first && kind < QT_KINDS; kind++)
                if (!is_name || qt_tag_kind(t->tags[first]) != kind)
                    read_as(trace, doc, tagger, t, first, end, kind);
        }
    }
}
