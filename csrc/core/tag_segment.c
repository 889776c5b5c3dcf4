#include "tag_segment.h"

#include "document.h"

#define FUNCTION_WORD                                                                              \
    (QT_WORD_DETERMINER | QT_WORD_PRONOUN | QT_WORD_PREPOSITION | QT_WORD_CONJUNCTION |            \
     QT_WORD_AUXILIARY | QT_WORD_SUBORDINATOR | QT_WORD_MODAL)

typedef struct gate {
    const struct quoth_doc *doc;
    const qt_token *tokens;
    const uint8_t *at, *rules;
} gate;

/* Whether a name may be because of this token. */
static bool is_core(const gate *self, uint32_t i, uint32_t limit)
{
    const qt_token *t = &self->tokens[i];
    if (self->rules[i])
        return true;
    if (t->kind != QT_TOKEN_WORD || self->at[i] & QT_AT_TAKEN ||
        !(t->shape & (QT_SHAPE_CAPITAL | QT_SHAPE_MIXED)))
        return false;
    if (!(t->classes & FUNCTION_WORD) || t->shape & QT_SHAPE_UPPER)
        return true;
    /* "The", "In", "He" at the start of a sentence, before a word without a capital. */
    bool name_follows = i + 1 < limit && self->tokens[i + 1].kind == QT_TOKEN_WORD &&
                        self->tokens[i + 1].shape & QT_SHAPE_CAPITAL;
    return !(self->at[i] & QT_AT_INITIAL) || name_follows;
}

/* Whether the token may stand between two parts of a name. */
static bool is_link(const gate *self, uint32_t i)
{
    const qt_token *t = &self->tokens[i];
    uint8_t byte = self->doc->text.bytes[t->start];
    switch (t->kind) {
    case QT_TOKEN_WORD:
        return t->end - t->start <= 3 || (t->classes & (FUNCTION_WORD | QT_WORD_NAME_PART)) != 0 ||
               !(t->shape & QT_SHAPE_SPACE);
    case QT_TOKEN_PUNCT:
        return byte == '&' || byte == '/' || byte == '\'' || byte == '!';
    case QT_TOKEN_SYMBOL:
        return !(t->shape & QT_SHAPE_SPACE);
    case QT_TOKEN_MARK:
        return t->end - t->start != 1 || byte != '"';
    default:
        return t->kind != QT_TOKEN_URL;
    }
}

/* End of the segment that starts at the core token first. */
static uint32_t segment_end(const gate *self, uint32_t first, uint32_t limit)
{
    enum { LINKS_MAX = 3 };
    uint32_t end = first + 1;
    if (limit > first + QT_SEGMENT_MAX)
        limit = first + QT_SEGMENT_MAX;
    for (uint32_t i = end, links = 0; i < limit && links <= LINKS_MAX; i++) {
        if (is_core(self, i, limit)) {
            end = i + 1;
            links = 0;
        } else if (is_link(self, i)) {
            links++;
        } else {
            break;
        }
    }
    /* Jong-un, Apollo 11, F-16: what hangs on to the last word. */
    while (end < limit && ((self->tokens[end].kind == QT_TOKEN_NUMBER && end == first + 1) ||
                           (self->tokens[end].kind == QT_TOKEN_NUMBER &&
                            self->tokens[end - 1].kind == QT_TOKEN_WORD) ||
                           (self->tokens[end].kind == QT_TOKEN_DASH && end + 1 < limit &&
                            !(self->tokens[end].shape & QT_SHAPE_SPACE)) ||
                           (self->tokens[end - 1].kind == QT_TOKEN_DASH &&
                            !(self->tokens[end].shape & QT_SHAPE_SPACE))))
        end++;
    return end;
}

quoth_status qt_segment_find(const struct quoth_doc *doc, const qt_usage *usage,
                             const uint8_t *rules, qt_arena *temporary, qt_segments *out)
{
    gate self = {.doc = doc, .tokens = doc->tokens.items, .at = usage->at, .rules = rules};
    uint32_t count = doc->tokens.count, sentence = 0, sentence_end = 0;
    for (uint32_t i = 0; i < count;) {
        if (i >= sentence_end)
            for (sentence = i, sentence_end = i + 1;
                 sentence_end < count && !(usage->at[sentence_end] & QT_AT_START);)
                sentence_end++;
        if (!is_core(&self, i, sentence_end)) {
            i++;
            continue;
        }
        qt_segment *segment = qt_push(temporary, out);
        if (!segment)
            return QUOTH_ERROR_MEMORY;
        *segment = (qt_segment){i, segment_end(&self, i, sentence_end), sentence, sentence_end};
        i = segment->end;
    }
    return QUOTH_OK;
}
