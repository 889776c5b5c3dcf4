#include "usage.h"

#include "document.h"

/* The words that were met, while they are counted. */
typedef struct counter {
    const struct quoth_doc *doc;
    qt_usage *out;
    uint32_t *slots; /* open addressing: which use; 0: free */
    uint32_t mask, count;
} counter;

static uint32_t use_of(counter *self, uint64_t key)
{
    uint32_t slot = (uint32_t)(key * UINT64_C(0x9E3779B97F4A7C15) >> 32) & self->mask;
    while (self->slots[slot] && self->out->uses[self->slots[slot]].key != key)
        slot = (slot + 1) & self->mask;
    if (!self->slots[slot]) {
        self->slots[slot] = ++self->count;
        self->out->uses[self->count] = (qt_word_use){.key = key};
    }
    return self->slots[slot];
}

/* What a sentence's letters look like, from which it is told whether its capitals mean anything. */
typedef struct letters {
    uint32_t words, capitals, uppers, lower_content;
    bool full_stop;
} letters;

static letters count_letters(const qt_token *tokens, uint32_t first, uint32_t end)
{
    letters n = {0};
    for (uint32_t i = first; i < end; i++) {
        const qt_token *t = &tokens[i];
        if (t->kind != QT_TOKEN_WORD)
            continue;
        n.words++;
        n.capitals += (t->shape & QT_SHAPE_CAPITAL) != 0;
        n.uppers += (t->shape & (QT_SHAPE_UPPER | QT_SHAPE_INITIAL)) != 0 ||
                    (t->shape & QT_SHAPE_CAPITAL && t->end - t->start == 1);
        n.lower_content += (t->shape & QT_SHAPE_LOWER) && t->end - t->start > 4 &&
                           !(t->classes & (QT_WORD_PREPOSITION | QT_WORD_CONJUNCTION |
                                           QT_WORD_DETERMINER | QT_WORD_SUBORDINATOR));
    }
    return n;
}

/* The flags that all tokens of a sentence share. */
static uint8_t sentence_flags(const struct quoth_doc *doc, const quoth_sentence *sentence,
                              uint32_t first, uint32_t end)
{
    const qt_token *tokens = doc->tokens.items;
    const quoth_paragraph *p = &doc->structure.paragraphs.items[sentence->paragraph];
    letters n = count_letters(tokens, first, end);
    if (n.words >= 3 && n.uppers * 10 >= n.words * 7)
        return QT_AT_SHOUT | QT_AT_HEADLINE;
    bool whole_line = p->span.start == sentence->span.start && p->span.end == sentence->span.end;
    bool headline = p->kind == QUOTH_PARAGRAPH_TITLE || p->kind == QUOTH_PARAGRAPH_HEADING ||
                    (whole_line && !qt_text_has(&doc->text, sentence->span.end - 1, "."));
    bool title_case =
        whole_line && n.words >= 5 && !n.lower_content && n.capitals * 10 >= n.words * 7;
    return title_case || (headline && n.words >= 3 && n.capitals * 2 >= n.words &&
                          n.lower_content * 5 <= n.capitals)
               ? QT_AT_HEADLINE
               : 0;
}

/* Whether a word right after this token may owe its capital to the place. */
static bool opens(const qt_token *tokens, uint32_t i, const qt_text *text)
{
    const qt_token *t = &tokens[i];
    if (t->kind == QT_TOKEN_MARK)
        return true;
    return t->kind == QT_TOKEN_PUNCT &&
           (text->bytes[t->start] == ':' || text->bytes[t->start] == '[' ||
            text->bytes[t->start] == ';' || t->end - t->start > 1);
}

static void flag_sentence(const struct quoth_doc *doc, qt_usage *out, uint32_t first, uint32_t end,
                          uint8_t shared)
{
    const qt_token *tokens = doc->tokens.items;
    bool initial = true;
    for (uint32_t i = first; i < end; i++) {
        const qt_token *t = &tokens[i];
        out->at[i] = (uint8_t)(shared | (i == first ? QT_AT_START : 0));
        if (t->kind == QT_TOKEN_WORD) {
            out->at[i] |= initial ? QT_AT_INITIAL : 0;
            initial = false;
        } else if (opens(tokens, i, &doc->text)) {
            initial = true;
        } else if (t->kind == QT_TOKEN_NUMBER && i == first) {
            initial = true;
        }
    }
}

static void count_words(counter *self, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < end; i++) {
        const qt_token *t = &self->doc->tokens.items[i];
        if (t->kind != QT_TOKEN_WORD)
            continue;
        uint32_t word = use_of(self, t->key);
        qt_word_use *use = &self->out->uses[word];
        self->out->words[i] = word;
        use->lower += (t->shape & QT_SHAPE_LOWER) != 0;
        use->capital +=
            t->shape & QT_SHAPE_CAPITAL && !(self->out->at[i] & (QT_AT_INITIAL | QT_AT_HEADLINE));
    }
}

quoth_status qt_usage_count(const struct quoth_doc *doc, qt_arena *temporary, qt_usage *out)
{
    uint32_t count = doc->tokens.count, size = 64;
    while (size < (uint64_t)count * 2 && size < UINT32_C(1) << 31)
        size *= 2;
    counter self = {.doc = doc, .out = out, .mask = size - 1};
    *out = (qt_usage){.tokens = doc->tokens.items};
    out->at = qt_arena_alloc(temporary, (size_t)count + 1);
    out->words = qt_arena_alloc(temporary, ((size_t)count + 1) * sizeof *out->words);
    out->uses = qt_arena_alloc_raw(temporary, ((size_t)count + 1) * sizeof *out->uses);
    self.slots = qt_arena_alloc(temporary, (size_t)size * sizeof *self.slots);
    if (!out->at || !out->words || !out->uses || !self.slots)
        return QUOTH_ERROR_MEMORY;
    out->uses[0] = (qt_word_use){0};
    for (uint32_t s = 0, first = 0; s < doc->sentences.count; s++) {
        const quoth_sentence *sentence = &doc->sentences.items[s];
        uint32_t end = first;
        while (end < count && doc->tokens.items[end].start < sentence->span.end)
            end++;
        flag_sentence(doc, out, first, end, sentence_flags(doc, sentence, first, end));
        count_words(&self, first, end);
        first = end;
    }
    return QUOTH_OK;
}
