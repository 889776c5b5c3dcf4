#include "attribution.h"

#include "document.h"
#include "draft.h"
#include "label.h"
#include "letter.h"
#include "nesting.h"
#include "quotation_kind.h"
#include "ranking.h"
#include "report.h"
#include "report_clause.h"
#include "report_look.h"
#include "speaker.h"
#include "speaker_again.h"
#include "unclosed.h"

#include <string.h>

enum { LEAD_WINDOW = 40 }; /* tokens before marks that they may complete */

/* What the search has so far. */
typedef struct finder {
    qt_syntax syntax;
    const qt_quote_models *models;
    qt_trace *trace;
    qt_speakers speakers;
    qt_drafts drafts;
    qt_quotations *quotations;
    qt_credit *credits;     /* of each quotation */
    uint32_t *draft_of;     /* draft of each quotation, or QUOTH_NONE */
    uint32_t *draft_of_cue; /* draft of the cue whose verb is this token, or QUOTH_NONE */
    bool labelled;          /* it is a transcript whose turns have marks */
} finder;

static quoth_quotation *quotation_at(const finder *f, uint32_t i)
{
    return &f->quotations->items.items[i];
}

static bool has_phrase(const qt_phrase *phrase)
{
    return phrase->end > phrase->first;
}

/* The end of the clause that holds a quotation: the sentence's, or where another credit begins. */
static uint32_t clause_end(const finder *f, uint32_t from)
{
    return qt_clause_end(&f->syntax, from);
}

/* "promised to ...", "dismissed it as being ...": the marks hold all that completes the cue. */
static bool is_complement(const qt_syntax *s, const qt_cue *cue, uint32_t first)
{
    bool as = qt_syntax_text(s, first - 1, "as") ||
              (qt_syntax_text(s, first - 1, "being") && qt_syntax_text(s, first - 2, "as"));
    return as || (first - cue->end <= 1 && first > cue->end);
}

/* "The mayor, who said it was "late," left": the main clause goes on after the marks. */
static bool ends_insertion(const qt_syntax *s, const quoth_quotation *q, uint32_t end)
{
    if (end >= s->count || q->inner.end == q->inner.start ||
        s->doc->text.bytes[q->inner.end - 1] != ',')
        return false;
    uint8_t next = s->words[end].role;
    return next == QT_ROLE_VERB || next == QT_ROLE_AUXILIARY || next == QT_ROLE_MODAL;
}

/* A fragment that the sentence around it needs in order to be complete. */
static bool is_fragment(const qt_syntax *s, qt_stretch marks)
{
    bool joined = marks.first > 0 && s->words[marks.first - 1].role != QT_ROLE_STOP &&
                  s->words[marks.first - 1].role != QT_ROLE_COMMA &&
                  s->words[marks.first].sentence == s->words[marks.first - 1].sentence;
    return joined && marks.first + 1 < marks.end &&
           (s->tokens[marks.first + 1].shape & QT_SHAPE_LOWER) != 0;
}

/* "But the tax 'is a mistake,' she said": where the clause starts that the marks end, if its credit
 * follows; else the marks. */
static uint32_t lead_start(const qt_syntax *s, const qt_credit *credit, qt_stretch marks)
{
    uint32_t first = qt_sentence_first(s, s->words[marks.first].sentence);
    bool follows = credit->cue.end > credit->cue.first && credit->cue.first >= marks.end &&
                   s->words[credit->cue.first].sentence == s->words[marks.first].sentence;
    if (!follows || marks.first - first > LEAD_WINDOW)
        return marks.first;
    for (uint32_t i = first; i < marks.first; i++) {
        if (s->words[i].quotation != QUOTH_NONE)
            return marks.first;
        if (qt_syntax_role(s, i) == QT_ROLE_OPEN)
            first = i + 1; /* "It will be sold ('at a loss,' she said)." */
    }
    return first + (qt_syntax_role(s, first) == QT_ROLE_CONJUNCTION);
}

/* "The tax is 'a mistake' of the council, she said": where the clause ends that the marks are in, if
 * its credit follows behind a comma; else the marks. */
static uint32_t tail_end(const qt_syntax *s, const qt_credit *credit, const quoth_quotation *q,
                         qt_stretch marks)
{
    uint32_t end = credit->cue.first;
    uint8_t last = q->inner.end > q->inner.start ? s->doc->text.bytes[q->inner.end - 1] : 0;
    if (has_phrase(&credit->source) && credit->source.first < end)
        end = credit->source.first;
    if (credit->cue.end <= credit->cue.first || end <= marks.end + 1 ||
        end > marks.end + LEAD_WINDOW || qt_syntax_role(s, end - 1) != QT_ROLE_COMMA ||
        s->words[end].sentence != s->words[marks.first].sentence || last == ',' || last == '.' ||
        last == '?' || last == '!')
        return marks.end;
    for (uint32_t i = marks.end; i < end; i++)
        if (s->words[i].quotation != QUOTH_NONE)
            return marks.end;
    return end - 1;
}

/* "A," said X, "B": the credit stands between two parts and has its content in the first. */
static bool resumes(const finder *f, uint32_t index, qt_stretch marks)
{
    const qt_syntax *s = &f->syntax;
    const qt_cue *cue = &f->credits[index].cue;
    return index > 0 && cue->end > cue->first && f->draft_of_cue[cue->verb] != QUOTH_NONE &&
           cue->end <= marks.first && qt_syntax_role(s, marks.first - 1) == QT_ROLE_COMMA &&
           qt_stretch_of(s, quotation_at(f, index - 1)).end <= cue->first &&
           f->draft_of[index - 1] == f->draft_of_cue[cue->verb];
}

/* Whether the label of a speaker stands between the marks themselves. */
static bool is_labelled(const qt_credit *credit)
{
    return credit->rule && !strcmp(credit->rule, "label");
}

/* The stretch that a credit covers, which for a mixed quote is more than the quotation. */
static quoth_span content_of(const finder *f, uint32_t index, bool *mixed)
{
    const qt_syntax *s = &f->syntax;
    const quoth_quotation *q = quotation_at(f, index);
    const qt_credit *credit = &f->credits[index];
    qt_stretch marks = qt_stretch_of(s, q);
    *mixed = false;
    if (marks.first >= marks.end)
        return q->span;
    if (f->labelled && is_labelled(credit))
        return (quoth_span){s->tokens[credit->cue.end].start, q->span.end};
    if (resumes(f, index, marks))
        return q->span;
    qt_range range;
    bool capital =
        marks.first + 1 < marks.end && (s->tokens[marks.first + 1].shape & QT_SHAPE_CAPITAL) != 0;
    if (!(credit->leads && capital && !qt_trace_trains(f->trace)) &&
        qt_report_clause(s, f->models, f->trace, credit, marks, &range)) {
        uint8_t before = qt_syntax_role(s, marks.first - 1);
        bool that = qt_syntax_text(s, credit->cue.end, "that");
        if (!that && is_complement(s, &credit->cue, marks.first) && range.end == marks.end &&
            (before == QT_ROLE_PRONOUN || qt_syntax_text(s, marks.first - 1, "to") ||
             marks.first > credit->cue.end + 1))
            range.first = marks.first; /* "called it", "promised to", "dismissed as" */
        *mixed = range.first < marks.first || range.end > marks.end || is_fragment(s, marks);
        return range.first < marks.first || range.end > marks.end
                   ? qt_syntax_span(s, range.first, range.end)
                   : q->span;
    }
    if (!credit->clause) {
        *mixed = is_fragment(s, marks);
        uint32_t start = *mixed ? lead_start(s, credit, marks) : marks.first;
        uint32_t end = tail_end(s, credit, q, marks);
        *mixed |= end > marks.end;
        return start < marks.first || end > marks.end ? qt_syntax_span(s, start, end) : q->span;
    }
    *mixed = true;
    uint32_t first = marks.first, end = marks.end;
    if (credit->cue.end <= first) {
        qt_cue cue = credit->cue;
        if (credit->source.first >= cue.end && credit->source.end < first)
            cue.end = credit->source.end; /* "According to X, the bank ..." */
        first = is_complement(s, &cue, first) ? first : qt_content_start(s, &cue, first);
        end = ends_insertion(s, q, end) ? end : clause_end(f, end);
    } else {
        first = qt_sentence_first(s, s->words[first].sentence);
        end = tail_end(s, credit, q, marks);
    }
    if (first >= end)
        return q->span;
    return qt_syntax_span(s, first, end);
}

static void describe(const finder *f, const qt_credit *credit, bool mixed, quoth_quote *quote)
{
    const qt_syntax *s = &f->syntax;
    bool cued = credit->cue.end > credit->cue.first;
    *quote = (quoth_quote){.type = mixed ? QUOTH_QUOTE_MIXED : QUOTH_QUOTE_DIRECT,
                           .speaker = QUOTH_NONE,
                           .factual = true,
                           .score = credit->score,
                           .rule = credit->rule};
    if (cued) {
        quote->cue = qt_syntax_span(s, credit->cue.first, credit->cue.end);
        if (credit->cue.classes & QT_CUE_VERBS)
            quote->factual = s->words[credit->cue.verb].role == QT_ROLE_STOP ||
                             qt_cue_is_factual(s, credit->cue.verb);
    }
    if (has_phrase(&credit->source))
        quote->source = qt_syntax_span(s, credit->source.first, credit->source.end);
    qt_speaker_find(&f->speakers, &credit->source, &quote->speaker, &quote->speaker_reason);
    if (is_labelled(credit)) {
        quote->speaker = qt_speaker_labelled(&f->speakers, &credit->source);
        quote->speaker_reason =
            quote->speaker == QUOTH_NONE ? QUOTH_SPEAKER_UNNAMED : QUOTH_SPEAKER_LABEL;
    }
}

/* "X called it "a gift," and Y, who had hoped for more, called it "thin."": the clause of the
 * quotation before ends where one begins that has its own source and cue. */
static void cut_before(finder *f, uint32_t index)
{
    const qt_syntax *s = &f->syntax;
    const qt_credit *credit = &f->credits[index];
    if (index == 0 || credit->previous != QUOTH_NONE || f->draft_of[index - 1] == QUOTH_NONE ||
        !has_phrase(&credit->source) || credit->source.first >= credit->cue.first)
        return;
    const qt_draft *d = &f->drafts.items.items[f->draft_of[index - 1]];
    qt_draft_content *last = &f->drafts.contents.items[d->last];
    uint32_t floor = qt_stretch_of(s, quotation_at(f, index - 1)).end, end = credit->source.first;
    if (last->span.end <= quotation_at(f, index)->span.start || end <= floor ||
        !(s->words[end - 1].role == QT_ROLE_CONJUNCTION || qt_syntax_text(s, end - 1, "while")))
        return;
    end--;
    if (end > floor && s->words[end - 1].role == QT_ROLE_COMMA)
        end--;
    last->span.end = s->tokens[end - 1].end;
}

/* Adds a quotation to the quote of its cue, or makes it a new one. */
static bool draft_quotation(finder *f, uint32_t index)
{
    const qt_credit *credit = &f->credits[index];
    quoth_quotation *q = quotation_at(f, index);
    cut_before(f, index);
    bool mixed;
    quoth_span content = content_of(f, index, &mixed);
    uint32_t cue = credit->cue.end > credit->cue.first ? credit->cue.verb : QUOTH_NONE;
    uint32_t draft = QUOTH_NONE;
    /* The verb of another sentence has its own content there. */
    if (credit->rule && (credit->rule[0] == 'p' || credit->rule[0] == 'f'))
        cue = QUOTH_NONE;
    if (credit->previous != QUOTH_NONE)
        draft = f->draft_of[credit->previous];
    else if (cue != QUOTH_NONE)
        draft = f->draft_of_cue[cue];
    if (draft == QUOTH_NONE) {
        quoth_quote quote;
        describe(f, credit, mixed, &quote);
        quote.closed = q->closed;
        draft = qt_draft_add(&f->drafts, &quote, &credit->cue, &credit->source, content);
        if (draft == QUOTH_NONE)
            return false;
    } else {
        qt_draft *d = &f->drafts.items.items[draft];
        qt_draft_content *last = &f->drafts.contents.items[d->last];
        if (content.start >= last->span.end) {
            if (!qt_draft_extend(&f->drafts, draft, content))
                return false;
        } else if (content.end > last->span.end) {
            last->span.end = content.end;
        }
        /* The next paragraph closes what this one left open. */
        d->quote.closed = q->closed && (d->quote.closed || q->continues != QUOTH_NONE);
        if (mixed)
            d->quote.type = QUOTH_QUOTE_MIXED;
    }
    f->draft_of[index] = draft;
    if (cue != QUOTH_NONE)
        f->draft_of_cue[cue] = draft;
    return true;
}

/* Whether a quotation is the rest of one that an earlier paragraph left open. */
static bool continues(const finder *f, uint32_t index)
{
    uint32_t earlier = quotation_at(f, index)->continues;
    return earlier != QUOTH_NONE && earlier < index && f->draft_of[earlier] != QUOTH_NONE &&
           !f->credits[earlier].unclosed;
}

/* Ends a quotation whose closing mark is missing at the credit that stands within it. */
static bool cut_unclosed(finder *f, uint32_t index)
{
    quoth_quotation *q = quotation_at(f, index);
    bool reopened =
        index + 1 < f->quotations->items.count && quotation_at(f, index + 1)->continues == index;
    uint32_t end;
    if (q->closed || !qt_unclosed_credit(&f->syntax, index, reopened, &f->credits[index], &end))
        return false;
    f->credits[index].unclosed = true;
    q->span.end = q->inner.end = f->syntax.tokens[end - 1].end;
    return true;
}

/* The last paragraph of a quote may tell who spoke all of it. False when the paragraph has a
 * speaker of its own: then the marks before it were left open by mistake. */
static bool credit_from_end(finder *f, uint32_t index)
{
    qt_credit credit;
    uint32_t first = f->draft_of[quotation_at(f, index)->continues];
    qt_draft *draft = &f->drafts.items.items[first];
    qt_credit_find(&f->syntax, index, QUOTH_NONE, &credit);
    if (!credit.rule || credit.leads || credit.clause || credit.score < 0.9f)
        return true;
    if (draft->cue.end > draft->cue.first)
        return false;
    quoth_quote quote = draft->quote;
    describe(f, &credit, false, &draft->quote);
    draft->quote.closed = quote.closed;
    draft->quote.content_first = quote.content_first;
    draft->quote.content_count = quote.content_count;
    draft->cue = credit.cue;
    draft->source = credit.source;
    if (credit.cue.end > credit.cue.first)
        f->draft_of_cue[credit.cue.verb] = first;
    return true;
}

/* "A," said X. She paused. "B": between two quotations of one paragraph a pronoun does something
 * that is no saying, so it is whoever spoke before, who goes on. */
static bool goes_on(const qt_syntax *s, const qt_candidates *all, const qt_candidate *c)
{
    if (c->place != QT_PLACE_BEFORE || c->cue.classes & QT_WORD_CUE_SPEECH ||
        all->previous == QUOTH_NONE || c->source.end != c->source.first + 1 ||
        qt_syntax_role(s, c->source.first) != QT_ROLE_PRONOUN)
        return false;
    const quoth_quotation *before = &s->doc->quotations.items.items[all->previous];
    const qt_sentences *sentences = &s->doc->sentences;
    uint32_t here = sentences->items[s->words[all->marks.first].sentence].paragraph;
    uint32_t there = sentences->items[s->words[c->source.first].sentence].paragraph;
    return here == there && before->span.end <= s->tokens[c->source.first].start &&
           before->span.start >= s->doc->structure.paragraphs.items[here].span.start;
}

/* What the rules call a credit, from a candidate that the model prefers. */
static void take_candidate(const finder *f, const qt_candidates *all, uint32_t best, float margin,
                           qt_credit *credit)
{
    static const char *const names[][QT_FORM_NONE + 1] = {
        {"before", "before", "agent", "according", "noun", "beside", ""},
        {"after", "inverted", "agent", "according", "noun", "beside", ""},
        {"preceding", "preceding", "preceding", "preceding", "preceding", "preceding", ""},
        {"following", "following", "following", "following", "following", "following", ""},
    };
    const qt_syntax *s = &f->syntax;
    const qt_candidate *c = &all->items[best];
    float score = qt_share(margin);
    bool same = credit->rule && c->source.first == credit->source.first &&
                c->cue.first == credit->cue.first && credit->cue.end > credit->cue.first &&
                c->cue.end > c->cue.first;
    if (same) {
        credit->score = score;
        return;
    }
    if (c->place == QT_PLACE_PREVIOUS) {
        *credit = (qt_credit){.previous = all->previous, .rule = "continued", .score = score};
        return;
    }
    if (goes_on(s, all, c)) {
        *credit = (qt_credit){.previous = all->previous, .rule = "continued", .score = score};
        return;
    }
    if (c->place == QT_PLACE_NOWHERE) {
        *credit = (qt_credit){.previous = QUOTH_NONE, .rule = "alone", .score = score};
        return;
    }
    qt_credit found = {.cue = c->cue, .source = c->source, .previous = QUOTH_NONE, .score = score};
    found.rule = names[c->place][c->form];
    if (c->place == QT_PLACE_LEFT) {
        uint32_t end = c->cue.end > c->source.end ? c->cue.end : c->source.end;
        uint8_t beside = qt_syntax_role(s, all->marks.first - 1);
        found.leads =
            end + 1 >= all->marks.first || beside == QT_ROLE_STOP || beside == QT_ROLE_COMMA;
        found.clause = !found.leads;
    } else if (c->place > QT_PLACE_RIGHT && !(c->cue.classes & QT_WORD_CUE_SPEECH)) {
        found.cue = (qt_cue){0, 0, 0, 0};
    }
    qt_cue_take_hearer(s, &found.cue);
    *credit = found;
}

/* What needs no weighing: "... was all X would say"; a credit behind a dash; a colon before what starts with a capital. */
static bool is_sure(const qt_syntax *s, const qt_credit *credit, const qt_candidates *all)
{
    if (!credit->rule)
        return false;
    if (credit->certain || !strcmp(credit->rule, "cleft"))
        return true;
    if (all->words < 3)
        return false;
    uint32_t paragraph = qt_syntax_paragraph(s, all->marks.first);
    bool title = s->doc->structure.paragraphs.items[paragraph].kind == QUOTH_PARAGRAPH_TITLE;
    bool colon = !strcmp(credit->rule, "colon") && credit->leads &&
                 (credit->source.end == all->marks.first - 1 || title);
    return credit->rule[0] == 'd' ||
           (colon && s->tokens[all->marks.first + 1].shape & QT_SHAPE_CAPITAL);
}

/* Between the marks stands a sentence, or more than one, a short one behind a colon or alone in its
 * paragraph, or a clause that is credited behind a
 * comma. */
static bool is_sentence(const qt_syntax *s, const quoth_quotation *q, const qt_candidates *all)
{
    uint8_t last = s->doc->text.bytes[q->inner.end - 1];
    bool colon = all->marks.first > 0 && qt_syntax_byte(s, all->marks.first - 1, ':');
    const quoth_sentence *sentence = &s->doc->sentences.items[s->words[all->marks.first].sentence];
    const quoth_span *paragraph = &s->doc->structure.paragraphs.items[sentence->paragraph].span;
    bool whole = q->span.start == paragraph->start && q->span.end == paragraph->end;
    return (all->words > 3 || ((colon || whole) && last != ',')) &&
           (last == '.' || last == '?' || last == '!' || last == ',') &&
           s->tokens[all->marks.first + 1].shape & QT_SHAPE_CAPITAL;
}

/* Whether somebody else says something between the quotation before and this one. */
static bool stands_between(const finder *f, const qt_candidates *all, const qt_credit *credit)
{
    const qt_credit *before = &f->credits[all->previous];
    uint32_t end = qt_stretch_of(&f->syntax, quotation_at(f, all->previous)).end;
    return credit->rule && credit->clause && credit->cue.classes & QT_WORD_CUE_SPEECH &&
           credit->source.end > credit->source.first && credit->cue.first >= end &&
           credit->source.first >= end && before->cue.end > before->cue.first &&
           before->cue.end <= end;
}

/* A margin, in log odds, that decides little. */
static const float doubtful = 0.7f;

/* What the rules say, for a trace. */
static void note_credit(const finder *f, uint32_t index, const qt_credit *credit)
{
    const qt_syntax *s = &f->syntax;
    const quoth_quotation *q = quotation_at(f, index);
    if (!f->trace)
        return;
    quoth_try what = {.kind = QUOTH_TRY_CREDIT,
                      .about = q->span,
                      .source = qt_look_span(s, credit->source.first, credit->source.end),
                      .cue = qt_look_span(s, credit->cue.first, credit->cue.end),
                      .number = (uint32_t)q->kind,
                      .rule = credit->rule,
                      .score = credit->rule ? credit->score : 0};
    qt_trace_try(f->trace, &what);
}

/* The models' say, where there are models. */
static void decide(finder *f, uint32_t index, uint32_t previous, qt_credit *credit)
{
    qt_candidates all;
    float margin;
    note_credit(f, index, credit);
    if (!f->models->parts[QUOTH_MODEL_QUOTE_SOURCE].weights && !qt_trace_trains(f->trace))
        return;
    bool beside = credit->score > 0.94f && credit->source.end > credit->source.first &&
                  credit->cue.classes & QT_WORD_CUE_SPEECH;
    qt_candidates_find(&f->syntax, index, previous, beside, &all);
    uint32_t best = qt_ranking_best(&f->syntax, f->models, f->trace, index, &all, credit, &margin);
    quoth_quotation *q = quotation_at(f, index);
    if (!f->models->parts[QUOTH_MODEL_QUOTE_SOURCE].weights || is_sure(&f->syntax, credit, &all))
        return;
    if (q->kind != QUOTH_QUOTATION_SPEECH && q->kind != QUOTH_QUOTATION_SCARE && margin < 2.0f)
        return; /* a title or a nickname, by its form */
    if (all.items[best].place == QT_PLACE_PREVIOUS && margin < doubtful && credit->score > 0.94f &&
        credit->rule && credit->cue.classes & QT_WORD_CUE_SPEECH)
        return; /* ", while her lawyer insisted that": another speaker's words go on */
    if (all.items[best].place == QT_PLACE_PREVIOUS && margin < 2.0f &&
        stands_between(f, &all, credit))
        return;
    if (q->kind == QUOTH_QUOTATION_SCARE && !credit->rule && margin < doubtful)
        return; /* nothing but the model would call it speech */
    if (all.items[best].place == QT_PLACE_APART && q->kind == QUOTH_QUOTATION_SPEECH &&
        is_sentence(&f->syntax, q, &all))
        return; /* whole sentences are not words set apart */
    if (all.items[best].place != QT_PLACE_APART) {
        q->kind = QUOTH_QUOTATION_SPEECH;
        take_candidate(f, &all, best, margin, credit);
    } else if (q->kind == QUOTH_QUOTATION_SPEECH) {
        q->kind = QUOTH_QUOTATION_SCARE;
    }
}

/* Whether two turns and more have the labels of their speakers between their marks. */
static bool is_transcript(const finder *f)
{
    uint32_t turns = 0;
    qt_credit credit;
    for (uint32_t i = 0; i < f->quotations->items.count && turns < 2; i++)
        turns += qt_label_within(&f->syntax, i, &credit);
    return turns == 2;
}

static bool find_quotations(finder *f)
{
    uint32_t previous = QUOTH_NONE;
    f->labelled = is_transcript(f);
    for (uint32_t i = 0; i < f->quotations->items.count; i++) {
        quoth_quotation *q = quotation_at(f, i);
        f->draft_of[i] = QUOTH_NONE;
        q->kind = QUOTH_QUOTATION_SPEECH;
        if (q->parent != QUOTH_NONE)
            continue;
        qt_credit *credit = &f->credits[i];
        if (qt_quotation_is_heading(&f->syntax, i)) {
            q->kind = QUOTH_QUOTATION_TITLE;
            continue;
        }
        if (f->labelled && qt_label_within(&f->syntax, i, credit)) {
            q->kind = QUOTH_QUOTATION_SPEECH;
        } else if (cut_unclosed(f, i)) {
            credit->score = 0.8f;
        } else if (continues(f, i) && credit_from_end(f, i)) {
            *credit = (qt_credit){.previous = q->continues, .rule = "continued", .score = 0.9f};
        } else {
            qt_credit_find(&f->syntax, i, previous, credit);
            q->kind = qt_quotation_kind_of(&f->syntax, i, credit);
            decide(f, i, previous, credit);
            if (q->kind != QUOTH_QUOTATION_SPEECH)
                continue;
            if (!credit->rule) {
                credit->rule = "alone";
                credit->score = 0.4f;
            }
        }
        if (credit->previous != QUOTH_NONE && f->draft_of[credit->previous] == QUOTH_NONE)
            credit->previous = QUOTH_NONE;
        if (!draft_quotation(f, i))
            return false;
        previous = i;
    }
    return true;
}

/* What a speaker of a transcript says is no place for reports: theirs is all of it. */
static void claim_labelled(finder *f, uint32_t from)
{
    const qt_syntax *s = &f->syntax;
    for (uint32_t i = from; i < f->drafts.items.count; i++) {
        uint32_t content = f->drafts.items.items[i].quote.content_first;
        while (content != QUOTH_NONE) {
            const qt_draft_content *piece = &f->drafts.contents.items[content];
            for (uint32_t k = qt_token_at(&s->doc->tokens, piece->span.start);
                 k < s->count && s->tokens[k].start < piece->span.end; k++)
                if (f->draft_of_cue[k] == QUOTH_NONE)
                    f->draft_of_cue[k] = i;
            content = piece->next;
        }
    }
}

/* Quotations that lie in a quote's content without marks of its own belong to it. */
static void settle_quotations(finder *f, const uint32_t *number)
{
    for (uint32_t i = 0; i < f->quotations->items.count; i++) {
        quoth_quotation *q = quotation_at(f, i);
        uint32_t draft = f->draft_of[i];
        q->quote = draft != QUOTH_NONE ? number[draft] : QUOTH_NONE;
        if (q->parent != QUOTH_NONE && q->parent < i) {
            q->quote = quotation_at(f, q->parent)->quote;
            q->kind = quotation_at(f, q->parent)->kind;
        }
    }
}

quoth_status qt_attribution_find(const struct quoth_doc *doc, const qt_quote_models *models,
                                 quoth_scratch *scratch, qt_arena *arena, qt_quotations *quotations,
                                 qt_attribution *out)
{
    finder f = {.quotations = quotations,
                .models = models,
                .trace = scratch->trace,
                .drafts = {.arena = &scratch->temporary}};
    size_t count = quotations->items.count;
    f.credits = qt_arena_alloc(&scratch->temporary, (count + 1) * sizeof *f.credits);
    f.draft_of = qt_arena_alloc(&scratch->temporary, (count + 1) * sizeof *f.draft_of);
    f.draft_of_cue = qt_arena_alloc_raw(&scratch->temporary,
                                        (doc->tokens.count + (size_t)1) * sizeof *f.draft_of_cue);
    if (!f.credits || !f.draft_of || !f.draft_of_cue)
        return QUOTH_ERROR_MEMORY;
    for (uint32_t i = 0; i <= doc->tokens.count; i++)
        f.draft_of_cue[i] = QUOTH_NONE;
    quoth_status status = qt_syntax_read(doc, scratch, &f.syntax);
    if (status == QUOTH_OK)
        status = qt_speakers_init(&f.speakers, &f.syntax, scratch);
    if (status != QUOTH_OK)
        return status;
    if (!find_quotations(&f))
        return QUOTH_ERROR_MEMORY;
    uint32_t before = f.drafts.items.count;
    status = qt_label_find(&f.syntax, &f.speakers, &f.drafts);
    if (status == QUOTH_OK)
        claim_labelled(&f, before);
    if (status == QUOTH_OK)
        status = qt_letter_find(&f.syntax, scratch->matcher, &f.drafts);
    if (status == QUOTH_OK)
        status =
            qt_report_find(&f.syntax, f.models, f.trace, &f.speakers, f.draft_of_cue, &f.drafts);
    if (status != QUOTH_OK)
        return status;
    const uint32_t *number;
    status = qt_drafts_finish(&f.drafts, &f.syntax, arena, out, &number);
    if (status != QUOTH_OK)
        return status;
    settle_quotations(&f, number);
    qt_speaker_again(&f.syntax, out);
    uint32_t *open =
        qt_arena_alloc(&scratch->temporary, (out->quotes.count + (size_t)1) * sizeof *open);
    if (!open)
        return QUOTH_ERROR_MEMORY;
    qt_nesting_find(out->contents.items, out->quotes.items, out->quotes.count, open);
    return QUOTH_OK;
}
