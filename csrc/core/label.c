#include "label.h"

#include "document.h"

enum { LABEL_TOKENS = 6, ENOUGH = 2 };

/* The tokens of a label: [first, end), its colon at end. */
typedef struct label {
    uint32_t first, end;
    bool known; /* no common words: a name in capitals, or Q or A */
    bool upper; /* in capitals */
} label;

static bool question_or_answer(const qt_syntax *s, uint32_t i)
{
    return qt_syntax_text(s, i, "q") || qt_syntax_text(s, i, "a") || qt_syntax_text(s, i, "q.") ||
           qt_syntax_text(s, i, "a.") || qt_syntax_text(s, i, "question") ||
           qt_syntax_text(s, i, "answer");
}

static bool find_label(const qt_syntax *s, const quoth_paragraph *paragraph, label *out)
{
    uint32_t first = qt_token_at(&s->doc->tokens, paragraph->span.start), i = first;
    *out = (label){first, first, false, true};
    if (paragraph->kind == QUOTH_PARAGRAPH_TITLE || paragraph->kind == QUOTH_PARAGRAPH_STANDFIRST)
        return false;
    while (i < s->count && i - first < LABEL_TOKENS && s->tokens[i].end <= paragraph->span.end) {
        const qt_token *token = &s->tokens[i];
        if (i > first && qt_syntax_byte(s, i, ':'))
            break;
        bool word = token->kind == QT_TOKEN_WORD && token->shape & QT_SHAPE_CAPITAL;
        if (!word && token->kind != QT_TOKEN_DASH)
            return false;
        out->known |=
            word && (!(token->classes & QT_WORD_COMMON) || token->shape & QT_SHAPE_INITIAL ||
                     (i == first && question_or_answer(s, i)));
        out->upper &= !word || (token->shape & (QT_SHAPE_UPPER | QT_SHAPE_INITIAL)) != 0 ||
                      token->end - token->start == 1;
        i++;
    }
    /* Words have to follow; marks after the colon are another matter. */
    if (i == first || i + 1 >= s->count || !qt_syntax_byte(s, i, ':') ||
        s->tokens[i + 1].start >= paragraph->span.end || s->words[i + 1].quotation != QUOTH_NONE ||
        s->words[i].quotation != QUOTH_NONE || s->tokens[i + 1].kind != QT_TOKEN_WORD)
        return false;
    out->end = i;
    return true;
}

/* Whether a label is in capitals, Q or A, or names a person of the text. */
static bool is_speaker(const qt_syntax *s, const qt_speakers *speakers, label found)
{
    if (found.upper || question_or_answer(s, found.first))
        return true;
    qt_phrase phrase = {found.first, found.end, found.first, found.end};
    return qt_speaker_labelled(speakers, &phrase) != QUOTH_NONE;
}

static bool add(const qt_syntax *s, const qt_speakers *speakers, qt_drafts *drafts,
                const quoth_paragraph *paragraph, label found)
{
    qt_phrase source = {found.first, found.end, found.first, found.end};
    qt_cue cue = {found.end, found.end, found.end + 1, QT_WORD_CUE_SPEECH};
    quoth_quote quote = {.type = QUOTH_QUOTE_DIRECT,
                         .cue = qt_syntax_span(s, found.end, found.end + 1),
                         .source = qt_syntax_span(s, found.first, found.end),
                         .speaker = qt_speaker_labelled(speakers, &source),
                         .speaker_reason = QUOTH_SPEAKER_LABEL,
                         .factual = true,
                         .closed = true,
                         .score = 0.9f,
                         .rule = "label"};
    if (quote.speaker == QUOTH_NONE)
        quote.speaker_reason = QUOTH_SPEAKER_UNNAMED;
    quoth_span content = {s->tokens[found.end + 1].start, paragraph->span.end};
    return qt_draft_add(drafts, &quote, &cue, &source, content) != QUOTH_NONE;
}

quoth_status qt_label_find(const qt_syntax *self, const qt_speakers *speakers, qt_drafts *drafts)
{
    const quoth_paragraph *paragraphs = self->doc->structure.paragraphs.items;
    uint32_t count = self->doc->structure.paragraphs.count, labelled = 0, known = 0;
    label found;
    for (uint32_t i = 0; i < count; i++)
        if (find_label(self, &paragraphs[i], &found) && is_speaker(self, speakers, found)) {
            labelled++;
            known += found.known;
        }
    if (labelled < ENOUGH || known == 0)
        return QUOTH_OK;
    for (uint32_t i = 0; i < count; i++)
        if (find_label(self, &paragraphs[i], &found) && is_speaker(self, speakers, found) &&
            !add(self, speakers, drafts, &paragraphs[i], found))
            return QUOTH_ERROR_MEMORY;
    return QUOTH_OK;
}
