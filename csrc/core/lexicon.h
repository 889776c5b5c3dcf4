/* lexicon.h - what is known of words and phrases before any text is read: generated tables.
 *
 * The lists in csrc/lang/en are compiled into one hash table of folded words, phrases and phrase
 * prefixes. In: folded bytes. Out: word classes (QT_WORD_* bits of tables/classes.inc, one for each
 * "@class" of the lists) and, for a name of a gazetteer ("@terms"), its term. Everything is
 * constant static data. Constant time per look-up; cannot fail.
 *
 * Folding: simple lower case; all apostrophes are ', all hyphens -, all white space one space. A
 * key is the 64-bit FNV-1a hash of the folded UTF-8 (http://www.isthe.com/chongo/tech/comp/fnv);
 * the generator refuses lists of which two keys collide.
 */
#ifndef QT_LEXICON_H
#define QT_LEXICON_H

#include "../tables/classes.inc"
#include "text.h"

#include <string.h>

typedef struct qt_lexeme {
    uint64_t key;
    uint64_t classes; /* QT_WORD_* */
    uint32_t term;    /* index for qt_lexicon_term(), or QUOTH_NONE */
    bool prefix;      /* longer phrases start like this */
} qt_lexeme;

typedef struct qt_term {
    const char *name;  /* canonical */
    const char *kb_id; /* Wikidata item, "" if not known */
    uint32_t of;       /* for a demonym or a capital: the term of its country; else QUOTH_NONE */
    uint8_t label;     /* quoth_label */
} qt_term;

/* The hash of nothing; feed it folded text with qt_fold_hash(), or folded ASCII byte by byte. */
#define QT_HASH_EMPTY UINT64_C(0xCBF29CE484222325)

static inline uint64_t qt_hash_byte(uint64_t hash, uint8_t folded)
{
    return (hash ^ folded) * UINT64_C(0x100000001B3);
}

/* hash continued by the folded text in [start, end), taken as it stands (no trimming). */
uint64_t qt_fold_hash(uint64_t hash, const qt_text *text, uint32_t start, uint32_t end);
/* hash continued by the bytes of an already folded ASCII string. */
uint64_t qt_hash_string(uint64_t hash, const char *folded);

/* The hash of a folded ASCII word. Without a loop where the compiler knows the word, so that it knows
 * the hash, too: words are compared everywhere. */
__attribute__((always_inline)) static inline uint64_t qt_hash_word(const char *word)
{
    size_t size = strlen(word);
    uint64_t hash = QT_HASH_EMPTY;
    if (!__builtin_constant_p(size) || size > 16)
        return qt_hash_string(hash, word);
#define QT_HASH_NEXT(i) hash = (i) < size ? qt_hash_byte(hash, (uint8_t)word[i]) : hash
#define QT_HASH_FOUR(i)                                                                            \
    QT_HASH_NEXT(i), QT_HASH_NEXT((i) + 1), QT_HASH_NEXT((i) + 2), QT_HASH_NEXT((i) + 3)
    QT_HASH_FOUR(0), QT_HASH_FOUR(4), QT_HASH_FOUR(8), QT_HASH_FOUR(12);
#undef QT_HASH_FOUR
#undef QT_HASH_NEXT
    return hash;
}

/* Asks the memory for the entry of a key: the table is larger than the near caches, and who looks
 * up many keys asks for each some time before. */
void qt_lexicon_prefetch(uint64_t key);

/* The entry of a key, or NULL. */
const qt_lexeme *qt_lexicon_find(uint64_t key);
const qt_term *qt_lexicon_term(uint32_t index);

#endif
