#include "skeleton.h"

#include "document.h"

static const uint64_t fnv_prime = UINT64_C(0x100000001B3);

/* Continues hash by the letters and digits in [at, end), at most limit of them. */
static uint64_t mix_letters(const qt_text *text, uint64_t hash, uint32_t at, uint32_t end,
                            uint32_t limit)
{
    while (at < end && limit > 0) {
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

uint64_t qt_skeleton_initial(const struct quoth_doc *doc, uint64_t hash, uint32_t token)
{
    const qt_token *t = &doc->tokens.items[token];
    return mix_letters(&doc->text, hash, t->start, t->end, 1);
}
