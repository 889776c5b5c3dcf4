#include "quotation_kind.h"

#include "document.h"

enum { SHORT = 4, TITLE_WORDS = 12, HEADING_WORDS = 8 };

/* Whether every word but the small ones is capitalised, and no full stop or comma ends it. */
static bool is_title_case(const qt_syntax *s, qt_stretch q)
{
    uint32_t words = 0;
    for (uint32_t i = q.first; i < q.end; i++) {
        const qt_token *token = &s->tokens[i];
        if (token->kind != QT_TOKEN_WORD)
            continue;
        bool small = token->end - token->start <= 4 &&
                     qt_syntax_is(s, i,
                                  QT_WORD_PREPOSITION | QT_WORD_DETERMINER | QT_WORD_CONJUNCTION |
                                      QT_WORD_AUXILIARY);
        if (!(token->shape & (QT_SHAPE_CAPITAL | QT_SHAPE_MIXED)) && !(small && words > 0))
            return false;
        words++;
    }
    return words > 0 && words <= TITLE_WORDS;
}

/* Some word of the few before the quotation is one of the classes. */
static bool led_by(const qt_syntax *s, uint32_t first, uint64_t classes, uint32_t window)
{
    uint32_t sentence = first > 0 ? s->words[first - 1].sentence : 0;
    for (uint32_t i = first; i > 0 && first - i < window; i--) {
        if (s->words[i - 1].sentence != sentence || qt_syntax_role(s, i - 1) == QT_ROLE_MARK)
            return false;
        if (qt_syntax_is(s, i - 1, classes))
            return i < 2 || qt_syntax_role(s, i - 2) != QT_ROLE_HYPHEN; /* not "so-called" */
    }
    return false;
}

/* William "Bill" Smith, Bobby "the Bear" Marsh: between two names. */
static bool is_nickname(const qt_syntax *s, qt_stretch q, uint32_t words)
{
    return words <= 3 && q.first > 0 && q.end < s->count &&
           qt_syntax_role(s, q.first - 1) == QT_ROLE_NAME &&
           qt_syntax_role(s, q.end) == QT_ROLE_NAME &&
           (s->tokens[q.first + 1].shape & QT_SHAPE_CAPITAL ||
            (qt_syntax_text(s, q.first + 1, "the") &&
             s->tokens[q.first + 2].shape & QT_SHAPE_CAPITAL));
}

/* A name in marks is what a programme, a book or a column is called: on CNN's "State of the
 * Union". */
static bool is_named_work(const qt_syntax *s, qt_stretch q, const quoth_quotation *quotation)
{
    uint8_t last = quotation->inner.end > quotation->inner.start
                       ? s->doc->text.bytes[quotation->inner.end - 1]
                       : 0;
    if (q.first == 0 || last == '!' || last == '?')
        return false;
    uint8_t before = qt_syntax_role(s, q.first - 1);
    return before == QT_ROLE_POSSESSIVE || before == QT_ROLE_NAME ||
           qt_syntax_text(s, q.first - 1, "on") || qt_syntax_text(s, q.first - 1, "in");
}

/* Whether what stands between the marks was found to be the title of a work. */
static bool is_mentioned_work(const qt_syntax *s, qt_stretch q)
{
    uint32_t m = q.first + 1 < q.end ? s->words[q.first + 1].mention : QUOTH_NONE;
    return m != QUOTH_NONE && s->doc->mentions.items[m].label == QUOTH_LABEL_WORK_OF_ART &&
           s->doc->mentions.items[m].span.start == s->tokens[q.first + 1].start;
}

/* One mark where the running text has two: 'A hard decision' */
static bool is_single(const qt_syntax *s, const quoth_quotation *q)
{
    const uint8_t *mark = s->doc->text.bytes + q->span.start;
    size_t size = q->inner.start - q->span.start;
    return (size == 1 && mark[0] == '\'') ||
           (size == 3 && mark[0] == 0xE2 && mark[1] == 0x80 && mark[2] == 0x98);
}

bool qt_quotation_is_heading(const qt_syntax *self, uint32_t quotation)
{
    const qt_quotations *all = &self->doc->quotations;
    const quoth_quotation *q = &all->items.items[quotation];
    const quoth_sentence *sentence =
        &self->doc->sentences
             .items[self->words[qt_token_at(&self->doc->tokens, q->span.start)].sentence];
    const quoth_span *paragraph = &self->doc->structure.paragraphs.items[sentence->paragraph].span;
    if (!q->closed || !is_single(self, q) || paragraph->start != q->span.start ||
        paragraph->end > q->span.end + 1 ||
        qt_stretch_words(self, qt_stretch_of(self, q)) > HEADING_WORDS)
        return false;
    bool before = quotation > 0 && !is_single(self, &all->items.items[quotation - 1]);
    return before ||
           (quotation + 1 < all->items.count && !is_single(self, &all->items.items[quotation + 1]));
}

quoth_quotation_kind qt_quotation_kind_of(const qt_syntax *self, uint32_t quotation,
                                          const qt_credit *credit)
{
    const quoth_quotation *q = &self->doc->quotations.items.items[quotation];
    qt_stretch stretch = qt_stretch_of(self, q);
    uint32_t words = qt_stretch_words(self, stretch);
    if (words == 0)
        return QUOTH_QUOTATION_SCARE;
    /* The value of an attribute in a piece of markup. */
    if (stretch.first > 0 && qt_syntax_byte(self, stretch.first - 1, '=') &&
        !(self->tokens[stretch.first].shape & QT_SHAPE_SPACE))
        return QUOTH_QUOTATION_MENTION;
    bool title = is_title_case(self, stretch);
    if (title && is_mentioned_work(self, stretch) && !credit->leads)
        return QUOTH_QUOTATION_TITLE;
    if (title && words > 1 && is_named_work(self, stretch, q) && !credit->leads &&
        !(qt_syntax_role(self, stretch.first - 1) == QT_ROLE_NAME && credit->rule))
        return QUOTH_QUOTATION_TITLE;
    if (credit->rule && (credit->leads || !credit->clause) && credit->score > 0.9f &&
        words >= SHORT)
        return QUOTH_QUOTATION_SPEECH;
    if (is_nickname(self, stretch, words))
        return QUOTH_QUOTATION_NICKNAME;
    if (title && led_by(self, stretch.first, QT_WORD_WORK_NOUN, 3))
        return QUOTH_QUOTATION_TITLE;
    uint32_t object = stretch.first; /* "called it "thin"" */
    if (object > 0 && qt_syntax_is(self, object - 1, QT_WORD_PRONOUN))
        object--;
    if (words < SHORT && led_by(self, stretch.first, QT_WORD_WORD_NOUN, 2) &&
        !(credit->rule && credit->cue.end == object))
        return QUOTH_QUOTATION_MENTION;
    if (credit->rule)
        return QUOTH_QUOTATION_SPEECH;
    if (title && words > 1)
        return QUOTH_QUOTATION_TITLE;
    return words < SHORT ? QUOTH_QUOTATION_SCARE : QUOTH_QUOTATION_SPEECH;
}
