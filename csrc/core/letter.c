#include "letter.h"

#include "document.h"

enum {
    ADDRESS_MAX = 60,      /* bytes */
    SIGNATURE_TOKENS = 14, /* of a name, a place and a date */
    PARAGRAPHS_MAX = 60,   /* of a letter */
};

static const quoth_paragraph *paragraph_at(const qt_syntax *s, uint32_t i)
{
    return &s->doc->structure.paragraphs.items[i];
}

/* Where the letter begins that this paragraph opens; 0: it opens none. */
static uint32_t opens_letter(const qt_syntax *s, qt_matcher *matcher, uint32_t i)
{
    quoth_span span = paragraph_at(s, i)->span;
    uint32_t end = span.end - span.start > ADDRESS_MAX ? span.start + ADDRESS_MAX : span.end;
    qt_match match;
    if (!qt_pattern_match(matcher, QT_PATTERN_LETTER_ADDRESS, &s->doc->text, span.start, end,
                          &match))
        return 0;
    uint32_t start = qt_text_skip_space(&s->doc->text, match.group[0].end, span.end);
    return start < span.end ? start : span.end;
}

/* The mention of the person who signs with this paragraph, or QUOTH_NONE. */
static uint32_t signature(const qt_syntax *s, uint32_t i)
{
    quoth_span span = paragraph_at(s, i)->span;
    uint32_t first = qt_token_at(&s->doc->tokens, span.start), end = first;
    while (end < s->count && s->tokens[end].start < span.end && end - first <= SIGNATURE_TOKENS)
        end++;
    if (end - first > SIGNATURE_TOKENS || end == first)
        return QUOTH_NONE;
    char ending = qt_line_ending(&s->doc->text, span);
    if (ending == '!' || ending == '?' || ending == ':' || ending == ';')
        return QUOTH_NONE;
    first += qt_syntax_role(s, first) == QT_ROLE_DASH;
    for (uint32_t k = first; k < end; k++)
        if (qt_syntax_role(s, k) == QT_ROLE_VERB || qt_syntax_role(s, k) == QT_ROLE_AUXILIARY ||
            qt_syntax_role(s, k) == QT_ROLE_MODAL)
            return QUOTH_NONE;
    uint32_t m = first < end ? s->words[first].mention : QUOTH_NONE;
    return m != QUOTH_NONE && s->doc->mentions.items[m].label == QUOTH_LABEL_PERSON ? m
                                                                                    : QUOTH_NONE;
}

static bool add(const qt_syntax *s, qt_drafts *drafts, uint32_t first, uint32_t start, uint32_t end,
                const quoth_mention *signer)
{
    uint32_t from = qt_token_at(&s->doc->tokens, signer->span.start);
    uint32_t to = qt_token_at(&s->doc->tokens, signer->span.end);
    qt_phrase source = {from, to, from, to};
    qt_cue cue = {0, 0, 0, 0};
    quoth_quote quote = {.type = QUOTH_QUOTE_DIRECT,
                         .source = signer->span,
                         .speaker = signer->entity,
                         .speaker_reason = QUOTH_SPEAKER_NAME,
                         .factual = true,
                         .closed = true,
                         .score = 0.8f,
                         .rule = "letter"};
    uint32_t draft = QUOTH_NONE;
    for (uint32_t i = first; i < end; i++) {
        quoth_span content = paragraph_at(s, i)->span;
        if (i == first)
            content.start = start;
        if (content.start >= content.end)
            continue;
        if (draft == QUOTH_NONE)
            draft = qt_draft_add(drafts, &quote, &cue, &source, content);
        else if (!qt_draft_extend(drafts, draft, content))
            return false;
        if (draft == QUOTH_NONE)
            return false;
    }
    return true;
}

quoth_status qt_letter_find(const qt_syntax *self, qt_matcher *matcher, qt_drafts *drafts)
{
    uint32_t count = self->doc->structure.paragraphs.count, first = 0, start = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t opened = opens_letter(self, matcher, i);
        if (opened) {
            first = i;
            start = opened;
            continue;
        }
        if (!start || i - first > PARAGRAPHS_MAX)
            continue;
        uint32_t m = signature(self, i);
        if (m == QUOTH_NONE)
            continue;
        if (!add(self, drafts, first, start, i, &self->doc->mentions.items[m]))
            return QUOTH_ERROR_MEMORY;
        start = 0;
    }
    return QUOTH_OK;
}
