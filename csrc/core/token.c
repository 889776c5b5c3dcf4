#include "token.h"

#include "document.h"
#include "unicode.h"

#include <string.h>

static bool is_apostrophe(uint32_t cp)
{
    return cp == '\'' || cp == 0x2019 || cp == 0x02BC;
}

/* End of the run of letters, digits and combining marks from at. */
static uint32_t run_end(const qt_text *text, uint32_t at, uint8_t classes)
{
    uint32_t next;
    while (at < text->size && qt_char_class(qt_text_decode(text, at, &next)) & classes)
        at = next;
    return at;
}

enum { WORD_CHARS = QT_CHAR_LETTER | QT_CHAR_DIGIT | QT_CHAR_MARK };

/* End of the clitic whose apostrophe is at offset at, or at if there is none: 's 'd 'm 'll 're 've.
 */
static uint32_t clitic_end(const qt_text *text, uint32_t at)
{
    static const char *const endings[] = {"s", "d", "m", "ll", "re", "ve",
                                          "S", "D", "M", "LL", "RE", "VE"};
    uint32_t after;
    if (at >= text->size || !is_apostrophe(qt_text_decode(text, at, &after)))
        return at;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        uint32_t end = after + (uint32_t)strlen(endings[i]);
        if (qt_text_has(text, after, endings[i]) && !(qt_text_class(text, end) & WORD_CHARS))
            return end;
    }
    return at;
}

/* End of a run of single letters with full stops (U.S., a.m., J.), or at if there is none. */
static uint32_t dotted_letters_end(const qt_text *text, uint32_t at)
{
    uint32_t end = at, letters = 0, next;
    while (end < text->size) {
        uint8_t class = qt_char_class(qt_text_decode(text, end, &next));
        if (!(class & QT_CHAR_LETTER) || !qt_text_has(text, next, "."))
            break;
        if (letters == 0 && !(class & QT_CHAR_UPPER) &&
            !(qt_text_class(text, next + 1) & QT_CHAR_LETTER))
            return at;
        letters++;
        end = next + 1;
    }
    /* "U.S.-based" ends here, "v.identify" is no initialism, "J.Smith" is an initial and a name. */
    if (letters && qt_text_class(text, end) & QT_CHAR_LOWER)
        return letters > 1 ? end : at;
    return end;
}

static uint32_t until_space(const qt_text *text, uint32_t at)
{
    uint32_t next;
    while (at < text->size) {
        uint32_t cp = qt_text_decode(text, at, &next);
        if (qt_char_class(cp) & QT_CHAR_SPACE || cp == '<' || cp == '>' || cp == '"' ||
            (cp >= 0x201C && cp <= 0x201F))
            break;
        at = next;
    }
    return at;
}

/* end moved back over the punctuation that follows an address rather than being of it. */
static uint32_t without_tail(const qt_text *text, uint32_t start, uint32_t end)
{
    uint32_t before;
    while (end > start) {
        uint32_t cp = qt_text_decode_before(text, end, &before);
        if (cp != '/' && cp != '_' && !(qt_char_class(cp) & WORD_CHARS))
            end = before;
        else
            break;
    }
    return end;
}

/* End of the URL, address or handle that starts at at with a word up to word_end; at if none. */
static uint32_t address_end(const qt_text *text, uint32_t at, uint32_t word_end)
{
    bool url =
        qt_text_has(text, word_end, "://") || (word_end - at == 3 && qt_text_has(text, at, "www."));
    if (url)
        return without_tail(text, word_end, until_space(text, word_end));
    /* name.name@host.tld */
    uint32_t end = word_end;
    while (end < text->size && strchr("._+-", text->bytes[end]) && text->bytes[end] &&
           qt_text_class(text, end + 1) & WORD_CHARS && end - at < 64)
        end = run_end(text, end + 1, WORD_CHARS);
    if (qt_text_has(text, end, "@") && qt_text_class(text, end + 1) & WORD_CHARS)
        return without_tail(text, end + 2, until_space(text, end + 1));
    return at;
}

/* A word from at. Apostrophes inside stay (O'Brien, don't), clitics do not; host.names stay whole.
 */
static uint32_t word_end(const qt_text *text, uint32_t at, uint16_t *shape, uint8_t *kind)
{
    uint32_t end = dotted_letters_end(text, at);
    if (end > at) {
        *shape |= QT_SHAPE_DOT;
        return end;
    }
    end = run_end(text, at, WORD_CHARS);
    uint32_t address = address_end(text, at, end);
    if (address > at) {
        *kind = QT_TOKEN_URL;
        return address;
    }
    for (uint32_t next; end < text->size; end = run_end(text, next, WORD_CHARS)) {
        uint32_t cp = qt_text_decode(text, end, &next);
        bool joins = is_apostrophe(cp) && qt_text_class(text, next) & QT_CHAR_LETTER &&
                     clitic_end(text, end) == end;
        /* A lower-case letter right after a full stop: the dot of a host name. */
        joins |= cp == '.' && qt_text_class(text, next) & QT_CHAR_LOWER &&
                 run_end(text, next, WORD_CHARS) - next <= 6;
        if (!joins)
            break;
    }
    if (qt_text_has(text, end, ".")) {
        const qt_lexeme *entry =
            qt_lexicon_find(qt_hash_string(qt_fold_hash(QT_HASH_EMPTY, text, at, end), "."));
        if (entry && entry->classes & QT_WORD_ABBREVIATION) {
            *shape |= QT_SHAPE_DOT;
            end++;
        }
    }
    return end;
}

/* A number from at: digits with , . : / between digits, then letters (3rd, 1990s, 5bn). */
static uint32_t number_end(const qt_text *text, uint32_t at)
{
    uint32_t end = run_end(text, at, QT_CHAR_DIGIT);
    while (end < text->size && text->bytes[end] && strchr(",.:", text->bytes[end]) &&
           qt_text_class(text, end + 1) & QT_CHAR_DIGIT)
        end = run_end(text, end + 1, QT_CHAR_DIGIT);
    return run_end(text, end, WORD_CHARS);
}

/* End of the run of one and the same ASCII byte from at. */
static uint32_t same_end(const qt_text *text, uint32_t at)
{
    uint32_t end = at + 1;
    while (end < text->size && text->bytes[end] == text->bytes[at])
        end++;
    return end;
}

static uint32_t mark_end(const qt_text *text, uint32_t at, uint32_t next, uint8_t *kind)
{
    uint8_t byte = text->bytes[at];
    uint32_t end = clitic_end(text, at);
    if (end > at && qt_text_class_before(text, at) & WORD_CHARS) {
        *kind = QT_TOKEN_CLITIC;
        return end;
    }
    *kind = QT_TOKEN_MARK;
    bool doubled = (byte == '\'' || byte == '`') && next < text->size && text->bytes[next] == byte;
    return doubled ? next + 1 : next;
}

static uint16_t letters_shape(const qt_text *text, uint32_t at, uint32_t end)
{
    uint32_t upper = 0, lower = 0, shape = 0, start = at;
    while (at < end) {
        uint32_t next;
        uint8_t class = qt_char_class(qt_text_decode(text, at, &next));
        if (class & QT_CHAR_UPPER) {
            shape |= at == start ? QT_SHAPE_CAPITAL : 0;
            shape |= lower ? QT_SHAPE_MIXED : 0;
            upper++;
        }
        lower += (class & QT_CHAR_LOWER) != 0;
        shape |= class & QT_CHAR_DIGIT ? QT_SHAPE_DIGIT : 0;
        at = next;
    }
    shape |= upper > 1 && !lower ? QT_SHAPE_UPPER : 0;
    shape |= lower && !upper ? QT_SHAPE_LOWER : 0;
    return (uint16_t)shape;
}

/* --- most words ---------------------------------------------------------------------------------
 */

typedef struct splitter {
    const struct quoth_doc *doc;
    bool may_have_address; /* there is an @ */
} splitter;

/* Whether the full stop at offset at, behind a word, may be part of it or of an address. */
static bool is_open_stop(const qt_text *text, uint32_t at, uint32_t size)
{
    uint8_t next = at + 1 < text->size ? text->bytes[at + 1] : ' ';
    return size == 1 || size == 3 || (next >= 'a' && next <= 'z') || next >= 0x80;
}

/* Whether the word that ends at offset end may go on there: an apostrophe, an address and the like. */
static bool may_go_on(const splitter *self, uint32_t start, uint32_t end)
{
    const qt_text *text = &self->doc->text;
    if (end == text->size)
        return false;
    switch (text->bytes[end]) {
    case '.':
        return self->may_have_address || is_open_stop(text, end, end - start);
    case '-':
        return self->may_have_address;
    case '\'':
    case ':':
    case '@':
    case '_':
    case '+':
        return true;
    default:
        return text->bytes[end] >= 0x80;
    }
}

/* A word of ASCII letters and digits, a letter first, behind which nothing unusual stands, which most
 * are: read in one pass. False, and nothing done, for any other. What measure() would say of it is the same. */
static bool read_plain_word(const splitter *self, qt_token *token)
{
    enum { UPPER = 1, LOWER = 2, DIGIT = 4 };
    const uint8_t *bytes = self->doc->text.bytes;
    uint32_t start = token->start, end = start + 1, size = self->doc->text.size, mixed = 0;
    uint32_t uppers = !(bytes[start] & 32), seen = uppers ? UPPER : LOWER;
    uint64_t hash = qt_hash_byte(QT_HASH_EMPTY, bytes[start] | 32);
    /* What follows is in lower case, mostly. */
    for (; end < size && (uint8_t)(bytes[end] - 'a') < 26; end++)
        hash = qt_hash_byte(hash, bytes[end]);
    seen |= end > start + 1 ? LOWER : 0;
    for (; end < size; end++) {
        uint8_t byte = bytes[end], folded = byte | 32;
        bool letter = (uint8_t)(folded - 'a') < 26;
        if (!letter && (uint8_t)(byte - '0') >= 10)
            break;
        uint32_t upper = letter && !(byte & 32);
        mixed |= upper & seen >> 1;
        seen |= upper ? UPPER : letter ? LOWER : DIGIT;
        uppers += upper;
        hash = qt_hash_byte(hash, folded); /* that of a digit has the bit already */
    }
    if (may_go_on(self, start, end))
        return false;
    token->kind = QT_TOKEN_WORD;
    token->end = end;
    token->key = hash;
    if (end < size && bytes[end] == '.') {
        uint64_t with_stop = qt_hash_byte(hash, '.');
        const qt_lexeme *entry = qt_lexicon_find(with_stop);
        if (entry && entry->classes & QT_WORD_ABBREVIATION) {
            token->shape |= QT_SHAPE_DOT;
            token->end++;
            token->key = with_stop;
        }
    }
    token->shape |=
        (uint16_t)((bytes[start] & 32 ? 0 : QT_SHAPE_CAPITAL) | (mixed ? QT_SHAPE_MIXED : 0) |
                   (uppers > 1 && !(seen & LOWER) ? QT_SHAPE_UPPER : 0) |
                   (seen & LOWER && !uppers ? QT_SHAPE_LOWER : 0) |
                   (seen & DIGIT ? QT_SHAPE_DIGIT : 0));
    return true;
}

/* Finds the end, the kind and the shape of the token at token->start. */
static void measure(const qt_text *text, const qt_scan *scan, qt_token *token)
{
    uint32_t at = token->start, next;
    uint32_t cp = qt_text_decode(text, at, &next);
    uint8_t class = qt_char_class(cp);
    token->end = next;
    if (class & QT_CHAR_DIGIT) {
        token->kind = QT_TOKEN_NUMBER;
        token->end = number_end(text, at);
    } else if (class & (QT_CHAR_LETTER | QT_CHAR_MARK)) {
        token->kind = QT_TOKEN_WORD;
        token->end = word_end(text, at, &token->shape, &token->kind);
    } else if (qt_scan_has(scan->marks, at)) {
        token->end = mark_end(text, at, next, &token->kind);
    } else if (class & QT_CHAR_DASH) {
        token->kind = QT_TOKEN_DASH;
        token->end = cp == '-' ? same_end(text, at) : next;
    } else if ((cp == '@' && qt_text_class(text, next) & WORD_CHARS) ||
               (cp == '#' && qt_text_class(text, next) & QT_CHAR_LETTER)) {
        token->kind = QT_TOKEN_URL;
        token->end = run_end(text, next, WORD_CHARS);
    } else if (cp == '.') {
        token->kind = QT_TOKEN_PUNCT;
        token->end = same_end(text, at);
    } else {
        token->kind = class & QT_CHAR_SYMBOL ? QT_TOKEN_SYMBOL : QT_TOKEN_PUNCT;
    }
    if (class & WORD_CHARS || token->kind == QT_TOKEN_CLITIC)
        token->shape |= letters_shape(text, at, token->end);
    if (token->shape & QT_SHAPE_DOT && token->shape & QT_SHAPE_CAPITAL &&
        token->end - at == next - at + 1)
        token->shape |= QT_SHAPE_INITIAL;
}

/* The lexicon is larger than the near caches: each of its entries is asked for some tokens before
 * it is read, first that of a word, then that of the word with the one behind it. */
typedef struct looker {
    const qt_text *text;
    qt_tokens *tokens;
    uint32_t known, paired; /* tokens whose word, and whose word with the next, was looked up */
    uint64_t pairs[8];      /* [token % 8]: keys of those that are not looked up */
} looker;

enum { WORDS_AHEAD = 14, PAIRS_AHEAD = 6 };

/* The key of a phrase continued by a token. */
static uint64_t phrase_key(const qt_text *text, uint64_t key, const qt_token *next)
{
    if (next->shape & QT_SHAPE_SPACE)
        key = qt_hash_byte(key, ' ');
    return qt_fold_hash(key, text, next->start, next->end);
}

static void look_up_word(looker *self)
{
    uint32_t i = self->known++;
    qt_token *token = &self->tokens->items[i];
    const qt_lexeme *entry = qt_lexicon_find(token->key);
    token->classes = entry ? entry->classes : 0;
    token->term = entry ? entry->term : QUOTH_NONE;
    token->prefix = entry && entry->prefix && i + 1 < self->tokens->count;
    if (token->prefix) {
        self->pairs[i % 8] = phrase_key(self->text, token->key, token + 1);
        qt_lexicon_prefetch(self->pairs[i % 8]);
    }
}

static void look_up_pair(looker *self)
{
    uint32_t i = self->paired++;
    qt_token *token = &self->tokens->items[i];
    token->prefix = token->prefix && qt_lexicon_find(self->pairs[i % 8]);
}

/* Looks up all tokens but the last ones, which are too near. */
static inline void look_up(looker *self, uint32_t words_ahead, uint32_t pairs_ahead)
{
    while (self->known + words_ahead < self->tokens->count) {
        look_up_word(self);
        while (self->paired + pairs_ahead < self->known)
            look_up_pair(self);
    }
}

/* Room for the tokens of an article: one for five bytes is a little more than there are. */
static quoth_status reserve(const qt_text *text, qt_arena *arena, qt_tokens *out)
{
    enum { MOST = 1 << 16 };
    out->capacity = text->size / 5 + 16 < MOST ? text->size / 5 + 16 : MOST;
    out->items = qt_arena_alloc_raw(arena, out->capacity * sizeof *out->items);
    return out->items ? QUOTH_OK : QUOTH_ERROR_MEMORY;
}

/* The first byte that is not white space from the end of a token on. */
static inline uint32_t next_start(const qt_text *text, uint32_t at)
{
    bool single = at + 1 < text->size && text->bytes[at] == ' ' && text->bytes[at + 1] > ' ' &&
                  text->bytes[at + 1] < 0x7F;
    return single ? at + 1 : qt_text_skip_space(text, at, text->size);
}

/* The table that qt_token_at() looks into. */
static quoth_status mark_starts(const qt_text *text, qt_arena *arena, qt_tokens *out)
{
    uint32_t blocks = text->size / QT_TOKEN_BLOCK + 1, block = 0;
    out->starts = qt_arena_alloc_raw(arena, blocks * sizeof *out->starts);
    if (!out->starts)
        return QUOTH_ERROR_MEMORY;
    for (uint32_t i = 0; i < out->count; i++)
        for (; block <= out->items[i].start / QT_TOKEN_BLOCK; block++)
            out->starts[block] = i;
    for (; block < blocks; block++)
        out->starts[block] = out->count;
    return QUOTH_OK;
}

quoth_status qt_token_split(const struct quoth_doc *doc, qt_arena *arena, qt_tokens *out)
{
    const qt_text *text = &doc->text;
    splitter self = {doc, text->size && memchr(text->bytes, '@', text->size)};
    looker lexicon = {.text = text, .tokens = out};
    if (reserve(text, arena, out) != QUOTH_OK)
        return QUOTH_ERROR_MEMORY;
    for (uint32_t at = 0, previous_end = 0;;) {
        at = next_start(text, at);
        if (at == text->size) {
            look_up(&lexicon, 0, 0);
            return mark_starts(text, arena, out);
        }
        qt_token *token = qt_push(arena, out);
        if (!token)
            return QUOTH_ERROR_MEMORY;
        *token = (qt_token){.start = at};
        if (at > previous_end || at == 0)
            token->shape |= QT_SHAPE_SPACE;
        bool line_ends = at - previous_end > 1 || (at > previous_end && text->bytes[at - 1] != ' ');
        if (at == 0 || (line_ends && qt_scan_next(doc->scan.lines, previous_end, at) < at))
            token->shape |= QT_SHAPE_LINE;
        if ((uint8_t)((text->bytes[at] | 32) - 'a') >= 26 || !read_plain_word(&self, token)) {
            measure(text, &doc->scan, token);
            token->key = qt_fold_hash(QT_HASH_EMPTY, text, token->start, token->end);
        }
        qt_lexicon_prefetch(token->key);
        look_up(&lexicon, WORDS_AHEAD, PAIRS_AHEAD);
        at = previous_end = token->end;
    }
}

uint32_t qt_token_at(const qt_tokens *self, uint32_t at)
{
    if (!self->count)
        return 0;
    uint32_t i = self->starts[at / QT_TOKEN_BLOCK];
    while (i < self->count && self->items[i].start < at)
        i++;
    return i;
}

uint32_t qt_phrase_at(const qt_tokens *self, const qt_text *text, uint32_t first, uint64_t wanted,
                      bool terms, const qt_lexeme **entry)
{
    const qt_token *token = &self->items[first];
    uint64_t hash = token->key;
    uint32_t best = 0, end = first + QT_PHRASE_MAX;
    *entry = NULL;
    if (end > self->count)
        end = self->count;
    if (token->classes & wanted || (terms && token->term != QUOTH_NONE))
        best = 1;
    for (uint32_t i = first + 1; i < end && token->prefix; i++) {
        hash = phrase_key(text, hash, &self->items[i]);
        const qt_lexeme *found = qt_lexicon_find(hash);
        if (!found)
            break;
        if (found->classes & wanted || (terms && found->term != QUOTH_NONE)) {
            *entry = found;
            best = i - first + 1;
        }
        if (!found->prefix)
            break;
    }
    if (best == 1)
        *entry = qt_lexicon_find(token->key);
    return best;
}
