#include "words.h"

#include "term_text.h"
#include "terms.h"

/* What a list says of a word that attributes; it may take whatever most of them do. */
static uint64_t cue_classes(const quoth_words *words)
{
    static const uint64_t attitudes[] = {
        [QUOTH_ATTITUDE_SPEECH] = QT_WORD_CUE_SPEECH,
        [QUOTH_ATTITUDE_BELIEF] = QT_WORD_CUE_BELIEF,
        [QUOTH_ATTITUDE_INTENTION] = QT_WORD_CUE_INTENTION | QT_WORD_CUE_INFINITIVE,
        [QUOTH_ATTITUDE_EMOTION] = QT_WORD_CUE_EMOTION,
        [QUOTH_ATTITUDE_EVIDENCE] = QT_WORD_CUE_EVIDENCE,
    };
    uint64_t attitude = attitudes[words->attitude];
    return words->kind == QUOTH_WORD_CUE_NOUN
               ? QT_WORD_CUE_NOUN | attitude
               : QT_WORD_CUE_CLAUSE | QT_WORD_CUE_BARE | QT_WORD_CUE_OBJECT | attitude;
}

/* The tokens of a word or phrase, if it is whole ones: [first, *end), else first == *end. */
static uint32_t tokens_of(const struct quoth_doc *doc, quoth_span span, uint32_t *end)
{
    const qt_token *tokens = doc->tokens.items;
    uint32_t first = qt_token_at(&doc->tokens, span.start);
    *end = first;
    if (first == doc->tokens.count || tokens[first].start != span.start)
        return first;
    uint32_t at = first;
    while (at < doc->tokens.count && tokens[at].end < span.end)
        at++;
    if (at < doc->tokens.count && tokens[at].end == span.end)
        *end = at + 1;
    return first;
}

static void mark(const quoth_words *words, struct quoth_doc *doc, quoth_span span)
{
    uint32_t end, first = tokens_of(doc, span, &end);
    qt_token *tokens = doc->tokens.items;
    if (first == end)
        return;
    if (words->kind != QUOTH_WORD_TITLE) {
        if (end == first + 1)
            tokens[first].classes |= cue_classes(words);
        return;
    }
    tokens[end - 1].classes |= QT_WORD_TITLE;
    for (uint32_t i = first; i + 1 < end; i++)
        tokens[i].classes |= QT_WORD_TITLE_MODIFIER;
}

quoth_status qt_words_apply(const qt_knowledge *self, struct quoth_doc *doc, qt_arena *temporary)
{
    for (size_t i = 0; i < self->word_count; i++) {
        qt_term_matches found = {0};
        quoth_status status = qt_terms_find(self->words[i].terms, &doc->text, temporary, &found);
        if (status != QUOTH_OK)
            return status;
        for (uint32_t n = 0; n < found.count; n++)
            mark(&self->words[i], doc, found.items[n].span);
    }
    return QUOTH_OK;
}
