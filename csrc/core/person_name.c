#include "person_name.h"

#include "document.h"
#include "skeleton.h"
#include "word_set.h"

static uint8_t suffix_of(const qt_token *t)
{
    static const struct {
        const char *word;
        uint8_t suffix;
    } suffixes[] = {{"jr.", 1}, {"jr", 1},  {"sr.", 2}, {"sr", 2},
                    {"ii", 3},  {"iii", 4}, {"iv", 5},  {"junior", 1}};
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++)
        if (qt_token_is(t, suffixes[i].word))
            return suffixes[i].suffix;
    return 0;
}

/* The end of a name without what follows a family name: Jr., III, MBE. */
static uint32_t without_suffix(const struct quoth_doc *doc, uint32_t first, uint32_t end,
                               uint8_t *suffix)
{
    const qt_token *tokens = doc->tokens.items;
    while (end > first + 1) {
        const qt_token *last = &tokens[end - 1];
        uint8_t kind = suffix_of(last);
        /* Ph.D., MBE; but Ronen Bar and Anh Do are family names. */
        bool part = last->shape & (QT_SHAPE_UPPER | QT_SHAPE_DOT | QT_SHAPE_MIXED) &&
                    last->shape & QT_SHAPE_SPACE && last->classes & QT_WORD_NAME_PART &&
                    !(last->classes & QT_WORD_SURNAME);
        /* FRS, DBE: letters behind a name that is not in capitals itself. */
        part |= end > first + 2 && last->shape & QT_SHAPE_UPPER && last->shape & QT_SHAPE_SPACE &&
                last->end - last->start <= 4 && !(tokens[first].shape & QT_SHAPE_UPPER);
        if (last->kind == QT_TOKEN_PUNCT ? end < first + 3 : !part && !kind)
            break;
        *suffix = kind ? kind : *suffix;
        end--;
    }
    return end;
}

/* The start of a name behind a title that was taken as part of it. */
static uint32_t without_title(const struct quoth_doc *doc, uint32_t first, uint32_t end)
{
    const qt_token *tokens = doc->tokens.items;
    while (end - first > 2 && tokens[first].classes & QT_WORD_TITLE &&
           !(tokens[first].classes & QT_WORD_SURNAME))
        first++;
    return first;
}

qt_person_name qt_person_name_read(const struct quoth_doc *doc, uint32_t first, uint32_t end)
{
    const qt_token *tokens = doc->tokens.items;
    qt_person_name name = {0};
    name.end = without_suffix(doc, first, end, &name.suffix);
    first = without_title(doc, first, name.end);
    for (uint32_t i = first; i < name.end && name.words < QT_NAME_WORDS; i++)
        if (i == first || tokens[i].shape & QT_SHAPE_SPACE)
            name.starts[name.words++] = i;
    name.family = name.words ? name.words - 1 : 0;
    while (name.family > 1) {
        const qt_token *t = &tokens[name.starts[name.family - 1]];
        if (!(t->classes & QT_WORD_NAME_PART) || !(t->shape & QT_SHAPE_LOWER))
            break;
        name.family--;
    }
    return name;
}

uint64_t qt_person_name_key(const struct quoth_doc *doc, const qt_person_name *self, uint32_t from,
                            uint32_t to)
{
    return qt_skeleton_key(doc, self->starts[from],
                           to < self->words ? self->starts[to] : self->end);
}

/* Whether a word is no more than the first letter of a forename: J., J.K., J */
static bool is_initial(const struct quoth_doc *doc, const qt_person_name *name, uint32_t word)
{
    const qt_token *t = &doc->tokens.items[name->starts[word]];
    return t->shape & QT_SHAPE_INITIAL || t->end - t->start == 1 ||
           (t->shape & QT_SHAPE_DOT && t->shape & QT_SHAPE_UPPER);
}

static bool same_word(const struct quoth_doc *doc, const qt_person_name *a, uint32_t i,
                      const qt_person_name *b, uint32_t j)
{
    uint64_t one = qt_person_name_key(doc, a, i, i + 1);
    uint64_t other = qt_person_name_key(doc, b, j, j + 1);
    if (one == other)
        return true;
    if (is_initial(doc, a, i) || is_initial(doc, b, j))
        return qt_skeleton_initial(doc, QT_HASH_EMPTY, a->starts[i]) ==
               qt_skeleton_initial(doc, QT_HASH_EMPTY, b->starts[j]);
    return qt_set_nicknames(one, other);
}

bool qt_person_name_may_be(const struct quoth_doc *doc, const qt_person_name *one,
                           const qt_person_name *other)
{
    const qt_person_name *brief = one->words <= other->words ? one : other;
    const qt_person_name *full = brief == one ? other : one;
    if (brief->words < 2 || (one->suffix && other->suffix && one->suffix != other->suffix))
        return false;
    uint32_t at = 0;
    for (uint32_t i = 0; i + 1 < brief->words; i++) {
        /* Only an initial may be left out at the start: T. Boone Pickens. */
        bool first = i == 0 && at == 0;
        while (at + 1 < full->words && !same_word(doc, brief, i, full, at)) {
            bool skipped = first ? at == 0 && is_initial(doc, full, 0) && !is_initial(doc, brief, 0)
                                 : !is_initial(doc, full, at) || !is_initial(doc, brief, i);
            if (!skipped)
                return false;
            at++;
        }
        if (at + 1 >= full->words)
            return false;
        at++;
    }
    return true;
}
