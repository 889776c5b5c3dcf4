#include "skeleton.h"

#include "document.h"

static const uint64_t fnv_prime = UINT64_C(0x100000001B3);

/* Continues hash by the letters and digits in [at, end), at most limit of them. */
static uint64_t mix_letters(const qt_text *text, uint64_t hash, uint32_t at, uint32_t end,
                            uint32_t limit)
{
    while (at < end && limit > 0) {
        uint8_t byte = text->bytes[at];
        if (byte < 0x80) {
            uint8_t lower = byte | 32;
            at++;
            if ((uint8_t)(lower - 'a') < 26 || (uint8_t)(byte - '0') < 10) {
                hash = (hash ^ lower) * fnv_prime; /* a digit has the bit already */
                limit--;
            }
            continue;
        }
        uint32_t cp = qt_text_decode(text, at, &at);
        if (!(qt_char_class(cp) & (QT_CHAR_LETTER | QT_CHAR_DIGIT)))
            continue;
        limit--;
        for (cp = qt_char_base(cp); cp; cp >>= 8)
            hash = (hash ^ (cp & 0xFF)) * fnv_prime;
    }
    return hash;
}

uint64_t qt_skeleton_key(const struct quoth_doc *doc, uint32_t first, uint32_t end)
{
    const qt_token *tokens = doc->tokens.items;
    uint64_t hash = QT_HASH_EMPTY;
    for (uint32_t i = first; i < end; i++)
        hash = mix_letters(&doc->text, hash, tokens[i].start, tokens[i].end, UINT32_MAX);
    return hash != QT_HASH_EMPTY || end <= first
               ? hash
               : qt_fold_hash(hash, &doc->text, tokens[first].start, tokens[end - 1].end);
}

static qt_text text_of(quoth_string string)
{
    return (qt_text){.bytes = (const uint8_t *)string.data, .size = (uint32_t)string.size};
}

uint64_t qt_skeleton_string(quoth_string name)
{
    qt_text text = text_of(name);
    return mix_letters(&text, QT_HASH_EMPTY, 0, text.size, UINT32_MAX);
}

uint64_t qt_skeleton_last_word(quoth_string name)
{
    size_t start = name.size;
    while (start > 0 && name.data[start - 1] != ' ')
        start--;
    if (start == 0)
        return 0;
    qt_text text = text_of(name);
    return mix_letters(&text, QT_HASH_EMPTY, (uint32_t)start, text.size, UINT32_MAX);
}

uint64_t qt_skeleton_bytes(const struct quoth_doc *doc, uint32_t start, uint32_t end)
{
    return mix_letters(&doc->text, QT_HASH_EMPTY, start, end, UINT32_MAX);
}

uint64_t qt_skeleton_initial(const struct quoth_doc *doc, uint64_t hash, uint32_t token)
{
    const qt_token *t = &doc->tokens.items[token];
    return mix_letters(&doc->text, hash, t->start, t->end, 1);
}
