#include "word.h"

enum {
    BEFORE_MAX = 24, /* bytes of the longest word that is looked for backwards */
    AFTER_MAX = 32,  /* and forwards */
};

/* Whether the character at offset at belongs to a word; *next is the offset after it. */
static bool is_inner(const qt_text *text, uint32_t at, uint32_t *next)
{
    uint8_t byte = text->bytes[at], low = byte | 32;
    if (byte >= 0x80)
        return qt_char_class(qt_text_decode(text, at, next)) & QT_WORD_CHARS;
    *next = at + 1;
    return (low >= 'a' && low <= 'z') || (byte >= '0' && byte <= '9');
}

static bool is_apostrophe(uint32_t cp)
{
    return cp == '\'' || cp == 0x2019;
}

quoth_span qt_word_at(const qt_text *text, uint32_t at, uint32_t end)
{
    uint32_t to = at, next;
    while (to < end && to - at < AFTER_MAX) {
        if (!is_inner(text, to, &next) &&
            !(to > at && is_apostrophe(qt_text_decode(text, to, &next)) &&
              qt_class_within(text, next, end) & QT_CHAR_LETTER))
            break;
        to = next;
    }
    return (quoth_span){at, to};
}

quoth_span qt_word_before(const qt_text *text, uint32_t start, uint32_t end, const char *inside)
{
    uint32_t from = end, before, ignored;
    for (; from > start; from = before) {
        uint32_t cp = qt_text_decode_before(text, from, &before);
        bool inner = is_inner(text, before, &ignored);
        for (const char *c = inside; *c && !inner; c++)
            inner = cp == (uint8_t)*c;
        if (!inner)
            break;
        if (end - before > BEFORE_MAX)
            return (quoth_span){end, end};
    }
    return (quoth_span){from, end};
}

uint64_t qt_word_classes(const qt_text *text, quoth_span word, const char *tail)
{
    if (word.start == word.end)
        return 0;
    const qt_lexeme *entry = qt_lexicon_find(
        qt_hash_string(qt_fold_hash(QT_HASH_EMPTY, text, word.start, word.end), tail));
    return entry ? entry->classes : 0;
}
