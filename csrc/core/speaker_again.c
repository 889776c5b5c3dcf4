#include "speaker_again.h"

#include "document.h"
#include "word_set.h"

enum { SOURCE_TOKENS = 6 };

/* What the paragraph that is being read has so far. */
typedef struct reading {
    const qt_syntax *syntax;
    uint32_t paragraph;
    uint32_t spoke;   /* the person whose quote came last, or QUOTH_NONE */
    uint32_t person;  /* the one person who was named, or QUOTH_NONE */
    bool several;     /* more than one was */
    uint32_t mention; /* the next to be read */
} reading;

static bool is_person(const struct quoth_doc *doc, uint32_t entity)
{
    return entity != QUOTH_NONE && doc->links.entities.items[entity].label == QUOTH_LABEL_PERSON;
}

/* Reads on to a token: who is named on the way. */
static void read_to(reading *self, uint32_t token)
{
    const struct quoth_doc *doc = self->syntax->doc;
    uint32_t paragraph = qt_syntax_paragraph(self->syntax, token);
    uint32_t start = doc->structure.paragraphs.items[paragraph].span.start;
    uint32_t end = self->syntax->tokens[token].start;
    if (paragraph != self->paragraph) {
        self->paragraph = paragraph;
        self->spoke = self->person = QUOTH_NONE;
        self->several = false;
    }
    for (; self->mention < doc->mentions.count; self->mention++) {
        const quoth_mention *m = &doc->mentions.items[self->mention];
        if (m->span.start >= end)
            break;
        uint32_t at = qt_token_at(&doc->tokens, m->span.start);
        if (m->span.start < start || !is_person(doc, m->entity) || at >= self->syntax->count ||
            self->syntax->words[at].quotation != QUOTH_NONE)
            continue;
        self->several |= self->person != QUOTH_NONE && self->person != m->entity;
        self->person = m->entity;
    }
}

/* "the Italian", "the 58-year-old": of what country or age somebody is. */
static bool tells_kind(const qt_syntax *s, uint32_t first, uint32_t end)
{
    const struct quoth_doc *doc = s->doc;
    uint32_t m = s->words[end - 1].mention;
    const qt_token *last = &s->tokens[end - 1];
    bool nation = m != QUOTH_NONE && doc->mentions.items[m].label == QUOTH_LABEL_NORP &&
                  (doc->text.bytes[last->end - 1] | 32) != 's';
    bool age =
        end > first + 2 && s->tokens[first + 1].kind == QT_TOKEN_NUMBER && qt_token_is(last, "old");
    return nation || age;
}

/* Whether the tokens are "the" and words for one thing: "the young striker". */
static bool is_one(const qt_syntax *s, uint32_t first, uint32_t end)
{
    if (end <= first + 1 || end - first > SOURCE_TOKENS || !qt_token_is(&s->tokens[first], "the"))
        return false;
    for (uint32_t i = first + 1; i < end; i++) {
        uint8_t r = qt_syntax_role(s, i);
        if (r != QT_ROLE_NOUN && r != QT_ROLE_NAME && r != QT_ROLE_HYPHEN && r != QT_ROLE_NUMBER &&
            r != QT_ROLE_TIME)
            return false;
    }
    const qt_token *last = &s->tokens[end - 1];
    const uint8_t *bytes = s->doc->text.bytes;
    bool plural = (bytes[last->end - 1] | 32) == 's' && last->end - last->start > 3 &&
                  (bytes[last->end - 2] | 32) != 's';
    return !plural && !qt_syntax_is(s, end - 1, QT_WORD_ORG_HEAD | QT_WORD_CUE_EVIDENCE);
}

static bool goes_on(const qt_syntax *s, quoth_span cue)
{
    uint32_t first = qt_token_at(&s->doc->tokens, cue.start);
    return cue.end > cue.start && first < s->count &&
           qt_set_has(QT_SET_CUE_AGAIN, s->tokens[first].key);
}

static void settle(const reading *self, uint32_t first, uint32_t end, quoth_quote *quote)
{
    const qt_syntax *s = self->syntax;
    if (!is_one(s, first, end))
        return;
    bool kind = tells_kind(s, first, end);
    if (self->spoke != QUOTH_NONE && (kind || goes_on(s, quote->cue))) {
        quote->speaker = self->spoke;
        quote->speaker_reason = QUOTH_SPEAKER_CONTINUED;
    } else if (self->spoke == QUOTH_NONE && kind && self->person != QUOTH_NONE && !self->several) {
        quote->speaker = self->person;
        quote->speaker_reason = QUOTH_SPEAKER_TITLE;
    }
}

void qt_speaker_again(const qt_syntax *syntax, qt_attribution *inout)
{
    reading self = {
        .syntax = syntax, .paragraph = QUOTH_NONE, .spoke = QUOTH_NONE, .person = QUOTH_NONE};
    for (uint32_t i = 0; i < inout->quotes.count; i++) {
        quoth_quote *quote = &inout->quotes.items[i];
        if (quote->source.end <= quote->source.start)
            continue;
        uint32_t first = qt_token_at(&syntax->doc->tokens, quote->source.start);
        uint32_t end = qt_token_at(&syntax->doc->tokens, quote->source.end);
        if (first >= end)
            continue;
        read_to(&self, first);
        if (quote->speaker_reason == QUOTH_SPEAKER_UNNAMED)
            settle(&self, first, end, quote);
        if (is_person(syntax->doc, quote->speaker))
            self.spoke = quote->speaker;
    }
}
