#include "title.h"

#include "document.h"

enum {
    TITLE_MAX = 24, /* tokens of a title */
    LOOK_BACK = 24, /* tokens between a title and the name after the comma */
};

/* End of what "of" or "for" adds to a title: words that are no names (Foreign Affairs, State). */
static uint32_t title_complement_end(const struct quoth_doc *doc, uint32_t at, uint32_t limit)
{
    const qt_token *tokens = doc->tokens.items;
    uint32_t end = at, i = at + 1;
    if (at + 1 >= limit || !(tokens[at].classes & QT_WORD_PREPOSITION) ||
        !(qt_text_has(&doc->text, tokens[at].start, "of") ||
          qt_text_has(&doc->text, tokens[at].start, "for")))
        return at;
    if (tokens[i].classes & QT_WORD_DETERMINER && tokens[i].shape & QT_SHAPE_LOWER)
        i++;
    for (; i < limit && tokens[i].kind == QT_TOKEN_WORD; i++) {
        bool joins = tokens[i].classes & QT_WORD_CONJUNCTION && end == i && end > at;
        const qt_lexeme *entry;
        bool modifier = tokens[i].classes & QT_WORD_TITLE_MODIFIER;
        bool name = tokens[i].classes & (QT_WORD_TITLE | QT_WORD_ORG_HEAD | QT_WORD_SURNAME |
                                         QT_WORD_MALE | QT_WORD_FEMALE);
        bool capital = tokens[i].shape & QT_SHAPE_CAPITAL &&
                       (modifier || (tokens[i].classes & QT_WORD_COMMON && !name)) &&
                       !qt_phrase_at(&doc->tokens, &doc->text, i, 0, true, &entry);
        if (capital)
            end = i + 1;
        else if (!joins)
            break;
    }
    return end;
}

bool qt_title_is_name(const struct quoth_doc *doc, uint32_t i)
{
    const qt_token *t = &doc->tokens.items[i];
    bool last = i + 1 >= doc->tokens.count || t[1].kind != QT_TOKEN_WORD ||
                !(t[1].shape & QT_SHAPE_CAPITAL);
    return i > 0 && last && t[-1].classes & QT_WORD_HONORIFIC && t->classes & QT_WORD_SURNAME &&
           t->shape & QT_SHAPE_CAPITAL;
}

uint32_t qt_title_end(const struct quoth_doc *doc, uint32_t first, uint32_t limit)
{
    const qt_token *tokens = doc->tokens.items;
    uint32_t end = first, i = first;
    uint16_t shape = tokens[first].shape & QT_SHAPE_CAPITAL;
    if (limit > first + TITLE_MAX)
        limit = first + TITLE_MAX;
    while (i < limit && tokens[i].kind == QT_TOKEN_WORD) {
        const qt_lexeme *entry;
        /* "President and chief" is one title only in one case: "foreign minister Wang Yi" ends
         * before Wang. */
        if ((tokens[i].shape & QT_SHAPE_CAPITAL) < shape || qt_title_is_name(doc, i))
            break;
        uint32_t n = qt_phrase_at(&doc->tokens, &doc->text, i, QT_WORD_TITLE, false, &entry);
        if (n && i + n <= limit) {
            i += n;
            end = i;
        } else if (tokens[i].classes & QT_WORD_TITLE_MODIFIER) {
            i++;
        } else if (end == first && i > first && tokens[i].classes & QT_WORD_CONJUNCTION &&
                   i + 1 < limit && tokens[i + 1].classes & QT_WORD_TITLE_MODIFIER) {
            i++;
        } else {
            break;
        }
        if (i + 1 < limit && tokens[i].kind == QT_TOKEN_DASH &&
            !(tokens[i].shape & QT_SHAPE_SPACE) &&
            tokens[i + 1].classes & (QT_WORD_TITLE | QT_WORD_TITLE_MODIFIER))
            i++;
    }
    return end > first ? title_complement_end(doc, end, limit) : first;
}

static quoth_span span_of(const struct quoth_doc *doc, uint32_t first, uint32_t end)
{
    return (quoth_span){doc->tokens.items[first].start, doc->tokens.items[end - 1].end};
}

static bool byte_is(const struct quoth_doc *doc, uint32_t token, char byte)
{
    return token < doc->tokens.count &&
           doc->text.bytes[doc->tokens.items[token].start] == (uint8_t)byte;
}

/* The title that ends right before token end, or an empty span. */
static quoth_span title_before(const struct quoth_doc *doc, const qt_usage *usage, uint32_t floor,
                               uint32_t end)
{
    const qt_token *tokens = doc->tokens.items;
    uint32_t first = end;
    while (first > floor && end - first < 8 && !(usage->at[first] & QT_AT_START) &&
           tokens[first - 1].kind == QT_TOKEN_WORD &&
           tokens[first - 1].classes & (QT_WORD_TITLE | QT_WORD_TITLE_MODIFIER))
        first--;
    for (; first < end; first++)
        if (qt_title_end(doc, first, end) == end)
            return span_of(doc, first, end);
    return (quoth_span){0, 0};
}

/* Whether a token may stand between a title and the comma before the name: "Secretary of State and
 * former envoy for Holm, Ann Lee". */
static bool is_of_titles(const qt_token *t)
{
    return (t->kind == QT_TOKEN_WORD &&
            t->classes & (QT_WORD_TITLE | QT_WORD_TITLE_MODIFIER | QT_WORD_PREPOSITION |
                          QT_WORD_CONJUNCTION | QT_WORD_DETERMINER)) ||
           t->kind == QT_TOKEN_CLITIC;
}

/* The first of the titles that end before the comma at token comma. */
static quoth_span title_before_comma(const struct quoth_doc *doc, const qt_usage *usage,
                                     const qt_names *names, uint32_t name, uint32_t comma)
{
    uint32_t first = comma, n = name;
    while (first > 0 && comma - first < LOOK_BACK && !(usage->at[first] & QT_AT_START)) {
        while (n > 0 && (names->items[n - 1].label == QUOTH_LABEL_NONE ||
                         names->items[n - 1].first >= first))
            n--;
        bool named = n > 0 && names->items[n - 1].end == first;
        if (named && names->items[n - 1].label == QUOTH_LABEL_PERSON)
            break;
        if (named)
            first = names->items[--n].first;
        else if (is_of_titles(&doc->tokens.items[first - 1]))
            first--;
        else
            break;
    }
    for (; first < comma; first++) {
        uint32_t end = qt_title_end(doc, first, comma);
        if (end > first)
            return span_of(doc, first, end);
    }
    return (quoth_span){0, 0};
}

/* The title in an apposition after the comma at token comma: ", the former mayor of Holm". */
static quoth_span title_after_comma(const struct quoth_doc *doc, const qt_names *names,
                                    uint32_t name, uint32_t comma)
{
    const qt_token *tokens = doc->tokens.items;
    uint32_t i = comma + 1, n = name + 1, count = doc->tokens.count;
    if (i < count && tokens[i].classes & QT_WORD_DETERMINER && tokens[i].shape & QT_SHAPE_LOWER)
        i++;
    if (n < names->count && names->items[n].first == i &&
        names->items[n].label != QUOTH_LABEL_PERSON) {
        i = names->items[n++].end;
        if (i < count && tokens[i].kind == QT_TOKEN_CLITIC)
            i++;
    }
    uint32_t end = i < count ? qt_title_end(doc, i, count) : i;
    bool before_name =
        end < count && tokens[end].kind == QT_TOKEN_WORD && tokens[end].shape & QT_SHAPE_CAPITAL;
    return end > i && !before_name ? span_of(doc, i, end) : (quoth_span){0, 0};
}

void qt_title_attach(const struct quoth_doc *doc, const qt_usage *usage, qt_names *inout)
{
    for (uint32_t n = 0; n < inout->count; n++) {
        qt_name *name = &inout->items[n];
        if (name->label != QUOTH_LABEL_PERSON || name->title.end > name->title.start)
            continue;
        uint32_t floor = n ? inout->items[n - 1].end : 0;
        name->title = title_before(doc, usage, floor, name->first);
        if (name->title.end == 0 && name->first > 1 && byte_is(doc, name->first - 1, ','))
            name->title = title_before_comma(doc, usage, inout, n, name->first - 1);
        if (name->title.end == 0 && byte_is(doc, name->end, ','))
            name->title = title_after_comma(doc, inout, n, name->end);
    }
}
