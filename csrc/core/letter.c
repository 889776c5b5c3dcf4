#include "letter.h"

#include "document.h"

enum {
    ADDRESS_MAX = 60,      /* bytes */
    SIGNATURE_TOKENS = 14, /* of a name, a place and a date */
    NAME_TOKENS = 5,       /* of a name that is no mention */
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

/* The name of who signs with this paragraph, if it is a signature. */
static bool signature(const qt_syntax *s, uint32_t i, qt_phrase *out)
{
    quoth_span span = paragraph_at(s, i)->span;
    uint32_t first = qt_token_at(&s->doc->tokens, span.start), end = first;
    while (end < s->count && s->tokens[end].start < span.end && end - first <= SIGNATURE_TOKENS)
        end++;
    if (end - first > SIGNATURE_TOKENS || end == first)
        return false;
    char ending = qt_line_ending(&s->doc->text, span);
    if (ending == '!' || ending == '?' || ending == ':' || ending == ';')
        return false;
    first += qt_syntax_role(s, first) == QT_ROLE_DASH;
    for (uint32_t k = first; k < end; k++)
        if (qt_syntax_role(s, k) == QT_ROLE_VERB || qt_syntax_role(s, k) == QT_ROLE_AUXILIARY ||
            qt_syntax_role(s, k) == QT_ROLE_MODAL)
            return false;
    uint32_t m = first < end ? s->words[first].mention : QUOTH_NONE;
    bool person = m != QUOTH_NONE && s->doc->mentions.items[m].label == QUOTH_LABEL_PERSON;
    if (person) {
        while (end > first && s->words[end - 1].mention != m)
            end--;
    } else if (end - first < 2 || end - first > NAME_TOKENS) {
        return false;
    }
    for (uint32_t k = first; k < end; k++) /* a name that was not found: "RUTH KEMP" */
        if (!person && !(s->tokens[k].shape & QT_SHAPE_CAPITAL))
            return false;
    *out = (qt_phrase){first, end, first, end};
    return true;
}

static bool add(const qt_syntax *s, qt_drafts *drafts, uint32_t first, uint32_t start, uint32_t end,
                const qt_phrase *signer)
{
    uint32_t m = s->words[signer->first].mention;
    uint32_t entity = m != QUOTH_NONE ? s->doc->mentions.items[m].entity : QUOTH_NONE;
    qt_cue cue = {0, 0, 0, 0};
    quoth_quote quote = {.type = QUOTH_QUOTE_DIRECT,
                         .source = qt_syntax_span(s, signer->first, signer->end),
                         .speaker = entity,
                         .speaker_reason =
                             entity != QUOTH_NONE ? QUOTH_SPEAKER_NAME : QUOTH_SPEAKER_UNNAMED,
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
            draft = qt_draft_add(drafts, &quote, &cue, signer, content);
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
        qt_phrase signer;
        if (!signature(self, i, &signer))
            continue;
        if (!add(self, drafts, first, start, i, &signer))
            return QUOTH_ERROR_MEMORY;
        start = 0;
    }
    return QUOTH_OK;
}
