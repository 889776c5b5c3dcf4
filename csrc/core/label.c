#include "label.h"

#include "document.h"
#include "word_set.h"

enum { LABEL_TOKENS = 6, ROLE_TOKENS = 9, ENOUGH = 2 };

/* The tokens of a label: [first, end), its colon at end. */
typedef struct label {
    uint32_t first, end;
    uint32_t
        name_end; /* of "DR. ANN LEE, HEALTH COMMISSIONER:" or "REP. LEE (D-TX):" the comma, the bracket */
    uint32_t speech; /* the first token of what is said: behind the colon, if there is one */
    bool known;      /* no common words: a name in capitals, or Q or A */
    bool upper;      /* in capitals */
} label;

static bool question_or_answer(const qt_syntax *s, uint32_t i)
{
    return qt_syntax_text(s, i, "q") || qt_syntax_text(s, i, "a") || qt_syntax_text(s, i, "q.") ||
           qt_syntax_text(s, i, "a.") || qt_syntax_text(s, i, "question") ||
           qt_syntax_text(s, i, "answer");
}

/* "Q. Where were you?" */
static bool is_lettered(const qt_syntax *s, uint32_t i)
{
    return qt_syntax_text(s, i, "q.") || qt_syntax_text(s, i, "a.");
}

/* Whether what a speaker says may begin with token i: a word, a number, "[laughs]". */
static bool opens_speech(const qt_syntax *s, uint32_t i)
{
    uint8_t kind = s->tokens[i].kind;
    return kind == QT_TOKEN_WORD || kind == QT_TOKEN_NUMBER || kind == QT_TOKEN_CLITIC ||
           qt_syntax_role(s, i) == QT_ROLE_OPEN || qt_syntax_role(s, i) == QT_ROLE_DASH;
}

static bool opens_role(const qt_syntax *s, uint32_t i)
{
    return qt_syntax_role(s, i) == QT_ROLE_COMMA || qt_syntax_role(s, i) == QT_ROLE_OPEN;
}

/* The colon behind what a label says of its speaker after the name; at where there is none. In a label
 * in capitals that is in capitals, too. */
static uint32_t role_end(const qt_syntax *s, uint32_t at, bool upper, uint32_t limit)
{
    if (at >= s->count || !opens_role(s, at))
        return at;
    bool bracket = qt_syntax_role(s, at) == QT_ROLE_OPEN;
    for (uint32_t i = at + 1; i < s->count && i - at <= ROLE_TOKENS; i++) {
        const qt_token *t = &s->tokens[i];
        if (t->end > limit || s->words[i].quotation != QUOTH_NONE)
            return at;
        if (qt_syntax_byte(s, i, ':'))
            return i > at + 1 ? i : at;
        bool closes = bracket && qt_syntax_role(s, i) == QT_ROLE_CLOSE;
        bool small = t->kind == QT_TOKEN_WORD && upper && !bracket && t->shape & QT_SHAPE_LOWER;
        if (small || (!closes && t->kind != QT_TOKEN_WORD && t->kind != QT_TOKEN_DASH &&
                      t->kind != QT_TOKEN_CLITIC && qt_syntax_role(s, i) != QT_ROLE_COMMA &&
                      !qt_syntax_byte(s, i, '&')))
            return at;
    }
    return at;
}

static bool find_label(const qt_syntax *s, const quoth_paragraph *paragraph, label *out)
{
    uint32_t first = qt_token_at(&s->doc->tokens, paragraph->span.start), i = first;
    *out = (label){first, first, first, first, false, true};
    if (paragraph->kind == QUOTH_PARAGRAPH_TITLE || paragraph->kind == QUOTH_PARAGRAPH_STANDFIRST)
        return false;
    if (first + 1 < s->count && is_lettered(s, first) &&
        s->tokens[first + 1].start < paragraph->span.end && opens_speech(s, first + 1)) {
        *out = (label){first, first + 1, first + 1, first + 1, true, true};
        return true;
    }
    while (i < s->count && i - first < LABEL_TOKENS && s->tokens[i].end <= paragraph->span.end) {
        const qt_token *token = &s->tokens[i];
        if (i > first && (qt_syntax_byte(s, i, ':') || opens_role(s, i)))
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
    out->name_end = i;
    i = role_end(s, i, out->upper, paragraph->span.end);
    /* Words have to follow; marks after the colon are another matter. */
    if (i == first || i + 1 >= s->count || !qt_syntax_byte(s, i, ':') ||
        s->tokens[i + 1].start >= paragraph->span.end || s->words[i + 1].quotation != QUOTH_NONE ||
        s->words[i].quotation != QUOTH_NONE || !opens_speech(s, i + 1))
        return false;
    out->end = i;
    out->speech = i + 1;
    return true;
}

bool qt_label_within(const qt_syntax *self, uint32_t quotation, qt_credit *out)
{
    const quoth_quotation *q = &self->doc->quotations.items.items[quotation];
    uint32_t mark = qt_token_at(&self->doc->tokens, q->span.start), i = mark + 1;
    if (i + 2 >= self->count || self->tokens[i].shape & QT_SHAPE_LOWER)
        return false;
    const quoth_sentence *sentence = &self->doc->sentences.items[self->words[mark].sentence];
    const quoth_span *paragraph = &self->doc->structure.paragraphs.items[sentence->paragraph].span;
    if (paragraph->start != q->span.start || (q->closed && paragraph->end != q->span.end))
        return false;
    for (; i < self->count && i - mark <= LABEL_TOKENS && !qt_syntax_byte(self, i, ':'); i++)
        if (self->tokens[i].kind != QT_TOKEN_WORD ||
            !(self->tokens[i].shape & (QT_SHAPE_UPPER | QT_SHAPE_INITIAL)))
            return false;
    if (i == mark + 1 || i + 1 >= self->count || !qt_syntax_byte(self, i, ':') ||
        self->tokens[i + 1].start >= q->inner.end || !opens_speech(self, i + 1))
        return false;
    *out = (qt_credit){.cue = {i, i, i + 1, QT_WORD_CUE_SPEECH},
                       .source = {mark + 1, i, mark + 1, i},
                       .rule = "label",
                       .score = 0.9f,
                       .previous = QUOTH_NONE};
    return true;
}

/* Whether a label is in capitals, Q or A, or names a person of the text. */
static bool is_speaker(const qt_syntax *s, const qt_speakers *speakers, label found)
{
    qt_phrase phrase = {found.first, found.name_end, found.first, found.name_end};
    if (qt_speaker_labelled(speakers, &phrase) != QUOTH_NONE || question_or_answer(s, found.first))
        return true;
    return found.upper && !qt_set_has(QT_SET_RUBRIC, s->tokens[found.name_end - 1].key);
}

/* A paragraph between two turns that goes on with the first of them: no "(Applause.)" */
static bool goes_on(const qt_syntax *s, const quoth_paragraph *paragraph)
{
    uint32_t first = qt_token_at(&s->doc->tokens, paragraph->span.start);
    return first < s->count && paragraph->kind == QUOTH_PARAGRAPH_BODY &&
           qt_syntax_role(s, first) != QT_ROLE_OPEN && s->words[first].quotation == QUOTH_NONE;
}

/* The draft, or QUOTH_NONE when out of memory. */
static uint32_t add(const qt_syntax *s, const qt_speakers *speakers, qt_drafts *drafts,
                    const quoth_paragraph *paragraph, label found)
{
    qt_phrase source = {found.first, found.end, found.first, found.end};
    qt_phrase name = {found.first, found.name_end, found.first, found.name_end};
    qt_cue cue = {found.end, found.end, found.speech, QT_WORD_CUE_SPEECH};
    quoth_quote quote = {.type = QUOTH_QUOTE_DIRECT,
                         .cue = {s->tokens[found.end - 1].end, s->tokens[found.speech - 1].end},
                         .source = qt_syntax_span(s, found.first, found.end),
                         .speaker = qt_speaker_labelled(speakers, &name),
                         .speaker_reason = QUOTH_SPEAKER_LABEL,
                         .factual = true,
                         .closed = true,
                         .score = 0.9f,
                         .rule = "label"};
    if (quote.speaker == QUOTH_NONE)
        quote.speaker_reason = QUOTH_SPEAKER_UNNAMED;
    quoth_span content = {s->tokens[found.speech].start, paragraph->span.end};
    return qt_draft_add(drafts, &quote, &cue, &source, content);
}

/* Whether a paragraph has the label of a speaker, and which. */
static bool is_turn(const qt_syntax *s, const qt_speakers *speakers,
                    const quoth_paragraph *paragraph, label *found)
{
    return find_label(s, paragraph, found) && is_speaker(s, speakers, *found);
}

quoth_status qt_label_find(const qt_syntax *self, const qt_speakers *speakers, qt_drafts *drafts)
{
    const quoth_paragraph *paragraphs = self->doc->structure.paragraphs.items;
    uint32_t count = self->doc->structure.paragraphs.count, labelled = 0, known = 0, end = 0;
    uint64_t last = 0, before = 0; /* the two labels before */
    bool turns = false;            /* one came back after another */
    label found;
    for (uint32_t i = 0; i < count; i++)
        if (is_turn(self, speakers, &paragraphs[i], &found)) {
            uint64_t key = self->tokens[found.name_end - 1].key;
            labelled++;
            known += found.known;
            end = i + 1;
            turns |= key == before && key != last;
            before = last;
            last = key;
        }
    if (labelled < ENOUGH || (known == 0 && !turns))
        return QUOTH_OK;
    /* Behind the last label one can't tell where its speaker ends. */
    for (uint32_t i = 0, draft = QUOTH_NONE; i < end; i++) {
        if (is_turn(self, speakers, &paragraphs[i], &found)) {
            draft = add(self, speakers, drafts, &paragraphs[i], found);
            if (draft == QUOTH_NONE)
                return QUOTH_ERROR_MEMORY;
        } else if (draft != QUOTH_NONE && goes_on(self, &paragraphs[i])) {
            if (!qt_draft_extend(drafts, draft, paragraphs[i].span))
                return QUOTH_ERROR_MEMORY;
        } else {
            draft = QUOTH_NONE;
        }
    }
    return QUOTH_OK;
}
