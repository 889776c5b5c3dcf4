#include "lexicon.h"

#include "unicode.h"

#include "../tables/lexicon.inc"

static uint64_t mix_codepoint(uint64_t hash, uint32_t cp)
{
    if (cp < 0x80)
        return qt_hash_byte(hash, (uint8_t)cp);
    if (cp < 0x800) {
        hash = qt_hash_byte(hash, (uint8_t)(0xC0 | cp >> 6));
    } else {
        if (cp < 0x10000) {
            hash = qt_hash_byte(hash, (uint8_t)(0xE0 | cp >> 12));
        } else {
            hash = qt_hash_byte(hash, (uint8_t)(0xF0 | cp >> 18));
            hash = qt_hash_byte(hash, (uint8_t)(0x80 | (cp >> 12 & 0x3F)));
        }
        hash = qt_hash_byte(hash, (uint8_t)(0x80 | (cp >> 6 & 0x3F)));
    }
    return qt_hash_byte(hash, (uint8_t)(0x80 | (cp & 0x3F)));
}

static uint32_t folded(uint32_t cp)
{
    switch (cp) {
    case 0x2018:
    case 0x2019:
    case 0x02BC:
    case 0xFF07:
        return '\'';
    case 0x2010:
    case 0x2011:
    case 0xFE63:
    case 0xFF0D:
        return '-';
    default:
        return qt_char_class(cp) & QT_CHAR_SPACE ? ' ' : qt_char_lower(cp);
    }
}

uint64_t qt_fold_hash(uint64_t hash, const qt_text *text, uint32_t start, uint32_t end)
{
    while (start < end) {
        uint8_t byte = text->bytes[start];
        if (byte < 0x80) {
            hash = qt_hash_byte(hash, byte >= 'A' && byte <= 'Z' ? (uint8_t)(byte + 32) : byte);
            start++;
        } else {
            hash = mix_codepoint(hash, folded(qt_text_decode(text, start, &start)));
        }
    }
    return hash;
}

uint64_t qt_hash_string(uint64_t hash, const char *string)
{
    for (; *string; string++)
        hash = qt_hash_byte(hash, (uint8_t)*string);
    return hash;
}

/* The high bits of FNV-1a differ little between short words; a product spreads them (Knuth, TAOCP
 * 3, 6.4). */
static uint32_t slot_of(uint64_t key)
{
    return (uint32_t)(key * UINT64_C(0x9E3779B97F4A7C15) >> LEXICON_SHIFT);
}

void qt_lexicon_prefetch(uint64_t key)
{
    __builtin_prefetch(&lexicon[slot_of(key)]);
}

const qt_lexeme *qt_lexicon_find(uint64_t key)
{
    for (uint32_t slot = slot_of(key);; slot = (slot + 1) & LEXICON_MASK) {
        const qt_lexeme *entry = &lexicon[slot];
        if (!entry->key)
            return NULL;
        if (entry->key == key)
            return entry;
    }
}

const qt_term *qt_lexicon_term(uint32_t index)
{
    return &lexicon_terms[index];
}
