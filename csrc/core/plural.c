#include "plural.h"

#include "word_set.h"

enum {
    SHORTEST = 4,      /* bytes: Kims */
    WORDS_BETWEEN = 2, /* "the two younger Kellers" */
};

static uint8_t lower_byte(const qt_text *text, uint32_t at)
{
    uint8_t byte = text->bytes[at];
    return byte >= 'A' && byte <= 'Z' ? (uint8_t)(byte + 32) : byte;
}

/* Whether a name that ends so has its plural in -es: Jones, Lynch, Fox, Castro. */
static bool takes_es(const qt_text *text, uint32_t end)
{
    uint8_t last = lower_byte(text, end - 1), before = lower_byte(text, end - 2);
    return last == 's' || last == 'x' || last == 'z' || last == 'o' ||
           (last == 'h' && (before == 'c' || before == 's'));
}

uint32_t qt_plural_read(const qt_text *text, uint32_t start, uint32_t end,
                        qt_singular out[QT_SINGULARS])
{
    uint32_t count = 0;
    if (end < start + SHORTEST || lower_byte(text, end - 1) != 's' ||
        lower_byte(text, end - 2) == 's')
        return 0;
    out[count++] = (qt_singular){end - 1, 0};
    if (lower_byte(text, end - 2) == 'e' && takes_es(text, end - 2))
        out[count++] = (qt_singular){end - 2, 0};
    else if (lower_byte(text, end - 2) == 'e' && lower_byte(text, end - 3) == 'i')
        out[count++] = (qt_singular){end - 3, 'y'};
    return count;
}

uint64_t qt_plural_key(const qt_text *text, uint32_t start, qt_singular singular)
{
    uint64_t hash = qt_fold_hash(QT_HASH_EMPTY, text, start, singular.end);
    return singular.letter ? qt_hash_byte(hash, singular.letter) : hash;
}

bool qt_plural_is_unlikely(const qt_token *token)
{
    if (token->term != QUOTH_NONE && qt_lexicon_term(token->term)->label != QUOTH_LABEL_PERSON)
        return true;
    return qt_set_has(QT_SET_FAMILY_UNLIKELY, token->key);
}

bool qt_plural_is_told(const qt_token *tokens, uint32_t first)
{
    uint32_t i = first;
    while (i > 1 && first - i < WORDS_BETWEEN &&
           qt_set_has(QT_SET_FAMILY_BETWEEN, tokens[i - 1].key))
        i--;
    return i > 0 && qt_set_has(QT_SET_FAMILY_BEFORE, tokens[i - 1].key);
}
