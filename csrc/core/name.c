#include "name.h"

#include "document.h"
#include "title.h"

enum { RUN_MAX = 24 }; /* tokens that a run of capitals may have */

#define FUNCTION_WORD                                                                              \
    (QT_WORD_DETERMINER | QT_WORD_PRONOUN | QT_WORD_PREPOSITION | QT_WORD_CONJUNCTION)
#define OPENING_WORD (QT_WORD_AUXILIARY | QT_WORD_MODAL | QT_WORD_SUBORDINATOR | QT_WORD_ADVERB)
#define HEAD                                                                                       \
    (QT_WORD_ORG_HEAD | QT_WORD_FAC_HEAD | QT_WORD_LOC_HEAD | QT_WORD_GPE_HEAD |                   \
     QT_WORD_LAW_HEAD | QT_WORD_EVENT_HEAD)

typedef struct finder {
    const struct quoth_doc *doc;
    const qt_token *tokens;
    const qt_text *text;
    const qt_usage *usage;
    qt_arena *arena;
    qt_names *out;
    uint32_t title_first, title_end; /* the title that was read last, in tokens */
    uint32_t quotation;              /* the first that starts at or after the token looked at */
} finder;

uint64_t qt_name_key(const struct quoth_doc *doc, uint32_t first, uint32_t end)
{
    uint64_t hash = QT_HASH_EMPTY;
    for (uint32_t i = first; i < end; i++) {
        const qt_token *t = &doc->tokens.items[i];
        if (i > first && t->shape & QT_SHAPE_SPACE)
            hash = qt_hash_string(hash, " ");
        hash = qt_fold_hash(hash, &doc->text, t->start, t->end);
    }
    return hash;
}

bool qt_name_is_plain(const qt_token *token)
{
    return token->classes & (QT_WORD_COMMON | FUNCTION_WORD | OPENING_WORD) &&
           !(token->classes & (QT_FORENAME | QT_WORD_SURNAME));
}

bool qt_name_is_coined(const qt_token *token)
{
    return token->kind == QT_TOKEN_WORD && token->shape & QT_SHAPE_CAPITAL && !token->classes &&
           token->term == QUOTH_NONE;
}

static bool byte_is(const finder *self, uint32_t i, char byte)
{
    const qt_token *t = &self->tokens[i];
    return t->end - t->start == 1 && self->text->bytes[t->start] == (uint8_t)byte;
}

static bool is_acronym(const finder *self, uint32_t i)
{
    return self->tokens[i].shape & QT_SHAPE_UPPER && !(self->usage->at[i] & QT_AT_SHOUT);
}

/* Whether the token may be part of a name because of its capital. */
static bool is_name_word(const finder *self, uint32_t i)
{
    const qt_token *t = &self->tokens[i];
    if (t->kind != QT_TOKEN_WORD || !(t->shape & QT_SHAPE_CAPITAL) ||
        self->usage->at[i] & QT_AT_TAKEN)
        return false;
    if (is_acronym(self, i) || t->shape & QT_SHAPE_INITIAL)
        return true;
    if (t->classes & (QT_WORD_DETERMINER | QT_WORD_PRONOUN) ||
        (t->classes & FUNCTION_WORD && (!(t->classes & (QT_FORENAME | QT_WORD_SURNAME)) ||
                                        self->usage->at[i] & (QT_AT_INITIAL | QT_AT_HEADLINE))))
        return false;
    return !(t->classes & OPENING_WORD && !(t->classes & QT_FORENAME) &&
             self->usage->at[i] & (QT_AT_INITIAL | QT_AT_HEADLINE));
}

/* --- runs of capitals ---------------------------------------------------------------------------
 */

/* Number of tokens that a hyphen and the word after it add to the run before token i, or 0. */
static uint32_t hyphen_joins(const finder *self, uint32_t i, uint32_t limit)
{
    const qt_token *t = &self->tokens[i];
    if (i + 1 >= limit || t->kind != QT_TOKEN_DASH || t->shape & QT_SHAPE_SPACE ||
        t->end - t->start > 3 || t[1].shape & QT_SHAPE_SPACE || t[1].kind != QT_TOKEN_WORD)
        return 0;
    bool en_dash = t->end - t->start == 3 && self->text->bytes[t->start + 2] > 0x91;
    if (en_dash)
        return 0;
    if (t[1].shape & QT_SHAPE_CAPITAL) {
        bool two_names = t[-1].term != QUOTH_NONE || t[1].term != QUOTH_NONE;
        return two_names && !(t[-1].classes & QT_FORENAME) ? 0 : 2;
    }
    /* "Kim Jong-un": a short syllable after a short one that is no word, in a name of two words. */
    bool verb = t[1].classes & (QT_WORD_VERB | QT_WORD_VERB_PAST | QT_WORD_TITLE);
    bool syllable = t[-1].shape & QT_SHAPE_SPACE && t[-1].end - t[-1].start <= 5 &&
                    t[-1].term == QUOTH_NONE && i >= 2 && is_name_word(self, i - 2) &&
                    t[1].end - t[1].start <= 4;
    bool foreign =
        !qt_name_is_plain(&t[1]) && t[1].end - t[1].start <= 6 && t[-1].term == QUOTH_NONE;
    bool short_syllable = syllable && t[-1].end - t[-1].start <= 4;
    return short_syllable || (!verb && (syllable || foreign)) ? 2 : 0;
}

/* The same for lower-case particles and the name after them: "van der Berg", "al-Sisi". */
static uint32_t particle_joins(const finder *self, uint32_t i, uint32_t limit)
{
    uint32_t j = i;
    while (j < limit && j < i + 3 && self->tokens[j].kind == QT_TOKEN_WORD &&
           self->tokens[j].shape & QT_SHAPE_LOWER && self->tokens[j].classes & QT_WORD_NAME_PART)
        j++;
    if (j == i)
        return 0;
    if (j < limit && self->tokens[j].kind == QT_TOKEN_DASH &&
        !(self->tokens[j].shape & QT_SHAPE_SPACE))
        j++;
    return j < limit && is_name_word(self, j) ? j + 1 - i : 0;
}

/* The same for "of", "for", "on" and "and" inside the name of an organization. */
static uint32_t word_joins(const finder *self, uint32_t i, uint32_t limit)
{
    const qt_token *t = &self->tokens[i];
    uint32_t next = i + 1;
    if (next < limit && self->tokens[next].shape & QT_SHAPE_LOWER &&
        qt_token_is(&self->tokens[next], "the"))
        next++;
    if (next >= limit || !(t->shape & QT_SHAPE_LOWER) || !is_name_word(self, next) ||
        self->usage->at[i] & QT_AT_HEADLINE)
        return 0;
    bool common = qt_name_is_plain(&self->tokens[next]) && self->tokens[next].term == QUOTH_NONE;
    if (t[-1].classes & HEAD && !(t[-1].classes & QT_WORD_TITLE)) {
        if (qt_token_is(&self->tokens[i], "of"))
            return next + 1 - i;
        if ((qt_token_is(&self->tokens[i], "for") || qt_token_is(&self->tokens[i], "on")) && common)
            return next + 1 - i;
    }
    if (qt_token_is(&self->tokens[i], "and") && next == i + 1 && common &&
        qt_name_is_plain(&t[-1]) && t[-1].term == QUOTH_NONE &&
        !(t[-1].classes & HEAD && !(t[-1].classes & QT_WORD_TITLE_MODIFIER)) &&
        !(self->tokens[next].classes & QT_WORD_TITLE))
        return 2;
    return 0;
}

/* The same for "&" between names and for the possessive of a common word: "Women's League". */
static uint32_t mark_joins(const finder *self, uint32_t i, uint32_t limit)
{
    const qt_token *t = &self->tokens[i];
    if (i + 1 >= limit || !is_name_word(self, i + 1))
        return 0;
    if (byte_is(self, i, '&'))
        return 2;
    bool possessive =
        t->kind == QT_TOKEN_CLITIC || (t->kind == QT_TOKEN_MARK && !(t->shape & QT_SHAPE_SPACE));
    bool saint = i > 1 && (qt_token_is(&self->tokens[i - 2], "st.") ||
                           qt_token_is(&self->tokens[i - 2], "st"));
    return possessive && t[1].shape & QT_SHAPE_SPACE && (saint || t[-1].classes & QT_WORD_COMMON) &&
                   !(self->usage->at[i] & QT_AT_HEADLINE) && t[-1].term == QUOTH_NONE
               ? 2
               : 0;
}

/* The first half of "In-guk": a short word with a capital before a hyphen and a short word without.
 */
static bool is_syllable(const finder *self, uint32_t i, uint32_t limit)
{
    const qt_token *t = &self->tokens[i];
    return i + 2 < limit && t->kind == QT_TOKEN_WORD && t->shape & QT_SHAPE_CAPITAL &&
           t->end - t->start <= 5 && t[1].kind == QT_TOKEN_DASH && !(t[1].shape & QT_SHAPE_SPACE) &&
           !(t[2].shape & QT_SHAPE_SPACE) && t[2].shape & QT_SHAPE_LOWER &&
           t[2].end - t[2].start <= 4;
}

static bool is_loc_tail(const qt_token *t)
{
    return t->classes & QT_WORD_LOC_TAIL && t->shape & QT_SHAPE_LOWER && t->shape & QT_SHAPE_SPACE;
}

static uint32_t run_end(const finder *self, uint32_t first, uint32_t limit)
{
    uint32_t i = first + 1;
    if (limit > first + RUN_MAX)
        limit = first + RUN_MAX;
    while (i < limit) {
        uint32_t n = 0;
        const qt_token *t = &self->tokens[i];
        if (t->shape & QT_SHAPE_SPACE && (is_name_word(self, i) || is_syllable(self, i, limit)))
            n = 1;
        else if (t->kind == QT_TOKEN_DASH)
            n = hyphen_joins(self, i, limit);
        else if (t->kind == QT_TOKEN_WORD && !(t->shape & QT_SHAPE_CAPITAL)) {
            n = particle_joins(self, i, limit);
            n = n ? n : word_joins(self, i, limit);
        } else
            n = mark_joins(self, i, limit);
        if (!n)
            break;
        i += n;
    }
    /* "the Balkan peninsula" is a name with its common noun. */
    bool tail =
        i < limit && is_loc_tail(&self->tokens[i]) && self->tokens[i - 1].shape & QT_SHAPE_CAPITAL;
    return tail ? i + 1 : i;
}

/* --- cutting a run ------------------------------------------------------------------------------
 */

/* Length of the gazetteer's name at token i, or 0. */
static uint32_t term_at(const finder *self, uint32_t i, uint32_t *term)
{
    const qt_token *t = &self->tokens[i];
    const qt_lexeme *entry;
    if (t->term == QUOTH_NONE && !t->prefix)
        return 0;
    uint32_t n = qt_phrase_at(&self->doc->tokens, self->text, i, 0, true, &entry);
    if (!n || self->usage->at[i] & QT_AT_TAKEN)
        return 0;
    bool capital = t->shape & QT_SHAPE_CAPITAL ||
                   (n > 1 && t[n - 1].shape & (QT_SHAPE_CAPITAL | QT_SHAPE_MIXED)) ||
                   t->shape & QT_SHAPE_MIXED;
    bool shout = self->usage->at[i] & QT_AT_SHOUT;
    /* "Iberian peninsula" is the same as with a capital, "new York times" is nothing. */
    bool lower_end = n > 1 && t[n - 1].kind == QT_TOKEN_WORD && t[n - 1].shape & QT_SHAPE_LOWER;
    if (!capital || (lower_end && !(t[n - 1].classes & (QT_WORD_LOC_HEAD | QT_WORD_EVENT_HEAD))))
        return 0;
    if (n == 1 && entry->classes & QT_WORD_ACRONYM &&
        (shout ? t->classes & (FUNCTION_WORD | OPENING_WORD | QT_WORD_COMMON)
               : !(t->shape & (QT_SHAPE_UPPER | QT_SHAPE_DOT))))
        return 0;
    if (n == 1 && t->classes & (QT_WORD_COMMON | FUNCTION_WORD) && !is_acronym(self, i) &&
        self->usage->at[i] & (QT_AT_INITIAL | QT_AT_HEADLINE)) {
        const qt_word_use *use = qt_usage_of(self->usage, t);
        if (use->capital <= use->lower)
            return 0;
    }
    *term = entry->term;
    return n;
}

static quoth_label head_label(uint64_t classes)
{
    if (classes & QT_WORD_ORG_HEAD)
        return QUOTH_LABEL_ORG;
    if (classes & QT_WORD_EVENT_HEAD)
        return QUOTH_LABEL_EVENT;
    if (classes & QT_WORD_FAC_HEAD)
        return QUOTH_LABEL_FAC;
    if (classes & QT_WORD_LAW_HEAD)
        return QUOTH_LABEL_LAW;
    return classes & QT_WORD_GPE_HEAD ? QUOTH_LABEL_GPE : QUOTH_LABEL_LOC;
}

static quoth_status add(finder *self, uint32_t first, uint32_t end, quoth_label label,
                        uint32_t term, const char *rule, float score)
{
    if (end > first + 1 && qt_token_is(&self->tokens[first], "the") &&
        label != QUOTH_LABEL_WORK_OF_ART)
        first++;
    qt_name *name = qt_push(self->arena, self->out);
    if (!name)
        return QUOTH_ERROR_MEMORY;
    *name = (qt_name){.first = first,
                      .end = end,
                      .key = qt_name_key(self->doc, first, end),
                      .term = term,
                      .label = (uint8_t)label,
                      .sure = label != QUOTH_LABEL_NONE,
                      .score = score,
                      .rule = rule};
    if (self->title_end == first && self->title_end > self->title_first &&
        !(self->usage->at[first] & QT_AT_START)) {
        name->title = (quoth_span){self->tokens[self->title_first].start,
                                   self->tokens[self->title_end - 1].end};
        bool plain = qt_name_is_plain(&self->tokens[first]) && !is_acronym(self, first) &&
                     !(self->tokens[first - 1].classes & QT_FORENAME);
        bool is_name =
            end == first + 1 && self->tokens[first].classes & (QT_FORENAME | QT_WORD_SURNAME);
        if ((label == QUOTH_LABEL_NONE && !plain) || label == QUOTH_LABEL_PERSON || is_name) {
            name->term = label == QUOTH_LABEL_PERSON ? term : QUOTH_NONE;
            name->label = QUOTH_LABEL_PERSON;
            name->sure = true;
            name->rule = "title+name";
            name->score = 0.95F;
        }
    }
    return QUOTH_OK;
}

/* End of what follows "of" or "for" in a name: the end of the run, or a title in it. */
static uint32_t complement_end(const finder *self, uint32_t first, uint32_t end)
{
    for (uint32_t i = first + 1; i + 1 < end; i++)
        if (self->tokens[i].classes & QT_WORD_TITLE && self->tokens[i].shape & QT_SHAPE_CAPITAL &&
            self->tokens[i - 1].shape & QT_SHAPE_CAPITAL && !(self->tokens[i].classes & HEAD))
            return i;
    return end;
}

/* Where the name that starts at first and ends with a telling word ends, within a run; first if
 * there is none. A title inside the run ends the search: in "Football Association President Ann
 * Lee" there are two names. */
static uint32_t head_end(const finder *self, uint32_t first, uint32_t end, uint64_t *classes)
{
    uint32_t found = first;
    for (uint32_t i = first; i < end; i++) {
        const qt_token *t = &self->tokens[i];
        if (i > first && t->classes & QT_WORD_TITLE && t->shape & QT_SHAPE_CAPITAL &&
            !(t->classes & HEAD) && i + 1 < end && self->tokens[i - 1].shape & QT_SHAPE_CAPITAL &&
            !qt_name_is_plain(&t[1]))
            break;
        if (!(t->classes & HEAD) || !(t->shape & QT_SHAPE_CAPITAL || is_loc_tail(t)))
            continue;
        if (t->classes & QT_WORD_TITLE_MODIFIER && qt_title_end(self->doc, i, end) > i + 1)
            break;
        bool complement = i + 1 < end && self->tokens[i + 1].shape & QT_SHAPE_LOWER &&
                          self->tokens[i + 1].classes & QT_WORD_PREPOSITION;
        if (complement) {
            *classes = t->classes;
            return complement_end(self, i + 2, end);
        }
        if (i > first) {
            found = i + 1;
            *classes = t->classes;
        }
    }
    return found;
}

/* Whether no noun follows that a demonym could be an adjective of: "Bryan English, the director".
 */
static bool ends_clause(const finder *self, uint32_t next)
{
    const qt_token *t = &self->tokens[next];
    return next >= self->doc->tokens.count || byte_is(self, next, ',') ||
           t->classes & (QT_WORD_CUE_SPEECH | QT_WORD_AUXILIARY | QT_WORD_MODAL);
}

/* The rest of a person's name after the forename or the unknown word at first. */
static uint32_t plain_end(const finder *self, uint32_t first, uint32_t end)
{
    uint32_t i = first + 1, term;
    for (; i < end; i++) {
        const qt_token *t = &self->tokens[i];
        if (!(t->shape & QT_SHAPE_CAPITAL))
            continue;
        bool last = i + 1 == end || (i + 2 == end && t[1].classes & QT_WORD_NAME_PART);
        if (i == first + 1 && !last && is_acronym(self, first) && t->classes & QT_FORENAME)
            return i;
        bool after_forename = self->tokens[first].classes & QT_FORENAME ||
                              self->tokens[first].shape & QT_SHAPE_INITIAL;
        if (t->classes & QT_WORD_TITLE &&
            !(last && after_forename && t->classes & QT_WORD_SURNAME) &&
            qt_title_end(self->doc, i, end) > i)
            break;
        uint32_t n = term_at(self, i, &term);
        if (!n)
            continue;
        quoth_label label = (quoth_label)qt_lexicon_term(term)->label;
        bool may_be_surname = n == 1 && after_forename && !is_acronym(self, i) &&
                              (label != QUOTH_LABEL_NORP || (last && ends_clause(self, i + 1)));
        if (!may_be_surname && label != QUOTH_LABEL_PERSON)
            break;
    }
    /* A joining word that nothing follows any more belongs to nobody. */
    while (
        i > first + 1 && !(self->tokens[i - 1].shape & QT_SHAPE_CAPITAL) &&
        (self->tokens[i - 1].kind != QT_TOKEN_WORD || self->tokens[i - 1].shape & QT_SHAPE_SPACE))
        i--;
    return i;
}

enum { NO_PERSON, MAYBE_PERSON, SURE_PERSON };

/* Whether [first, end) reads like the name of a person by its own words: surely so with a forename
 * first. */
static int person_by_words(const finder *self, uint32_t first, uint32_t end)
{
    uint32_t words = 0, plain = 0, known = 0;
    bool syllables = false; /* Min-jun */
    for (uint32_t i = first; i < end; i++) {
        const qt_token *t = &self->tokens[i];
        syllables |= t->kind == QT_TOKEN_DASH && i + 1 < end && t[1].shape & QT_SHAPE_LOWER;
        if (!(t->shape & QT_SHAPE_CAPITAL))
            continue;
        words++;
        plain += qt_name_is_plain(t) && !(t->shape & QT_SHAPE_INITIAL);
        known += (t->classes & (QT_FORENAME | QT_WORD_SURNAME)) != 0;
        if (is_acronym(self, i) && t->end - t->start > 3)
            return NO_PERSON;
    }
    const qt_token *head = &self->tokens[first];
    bool forename = head->classes & QT_FORENAME || head->shape & QT_SHAPE_INITIAL;
    if (syllables && words == 2)
        return SURE_PERSON;
    if (words < 2 || words > 6 || plain * 2 > words)
        return NO_PERSON;
    if (forename && plain < words - (words > 2))
        return SURE_PERSON;
    return known >= 1 && plain == 0 ? MAYBE_PERSON : NO_PERSON;
}

static quoth_status add_plain(finder *self, uint32_t first, uint32_t end)
{
    int person = person_by_words(self, first, end);
    uint32_t plain = 0, words = 0;
    for (uint32_t i = first; i < end; i++) {
        words += (self->tokens[i].shape & QT_SHAPE_CAPITAL) != 0;
        plain += qt_name_is_plain(&self->tokens[i]) && !is_acronym(self, i);
    }
    bool sure = person == SURE_PERSON;
    quoth_status status =
        add(self, first, end, sure ? QUOTH_LABEL_PERSON : QUOTH_LABEL_NONE, QUOTH_NONE,
            sure ? "names of persons" : "capitals", sure ? 0.85F : 0.5F);
    if (status != QUOTH_OK)
        return status;
    qt_name *name = &self->out->items[self->out->count - 1];
    name->weak = plain >= words && words > 0;
    name->hint = person == MAYBE_PERSON ? QUOTH_LABEL_PERSON : QUOTH_LABEL_NONE;
    return QUOTH_OK;
}

/* Whether a term of one word begins the name of a person after all: Paris Hilton, Jordan Smith. */
static bool is_forename_of_more(const finder *self, uint32_t i, uint32_t n, uint32_t end)
{
    const qt_token *t = &self->tokens[i];
    if (n != 1 || i + 1 >= end || !(t->classes & (QT_FORENAME | QT_WORD_SURNAME)) ||
        self->usage->at[i] & QT_AT_HEADLINE || !is_name_word(self, i + 1) ||
        is_acronym(self, i + 1))
        return false;
    if (t[1].classes & (HEAD | QT_WORD_TITLE) || t[1].term != QUOTH_NONE)
        return false;
    return t->classes & QT_FORENAME ? !qt_name_is_plain(&t[1])
                                    : (t[1].classes & (QT_WORD_SURNAME | QT_FORENAME)) != 0;
}

/* End of a direction and a place or people, "Western Kenya", "South Asian", or 0. */
static uint32_t region_end(const finder *self, uint32_t first, uint32_t end, uint32_t *term)
{
    if (!(self->tokens[first].classes & QT_WORD_REGION_WORD) || first + 1 >= end ||
        !(self->tokens[first].shape & QT_SHAPE_CAPITAL))
        return 0;
    uint32_t n = term_at(self, first + 1, term);
    if (!n || first + 1 + n > end)
        return 0;
    uint8_t label = qt_lexicon_term(*term)->label;
    return label == QUOTH_LABEL_GPE || label == QUOTH_LABEL_LOC || label == QUOTH_LABEL_NORP
               ? first + 1 + n
               : 0;
}

/* Reads one piece of the run [first, end) and adds what it names; *next is where the next piece
 * starts. */
static quoth_status read_piece(finder *self, uint32_t first, uint32_t end, uint32_t *next)
{
    const qt_token *t = &self->tokens[first];
    uint32_t term = QUOTH_NONE, n = term_at(self, first, &term), title = first;
    uint64_t classes = 0;
    if (t->classes & (QT_WORD_TITLE | QT_WORD_TITLE_MODIFIER) && n < 2 &&
        !qt_title_is_name(self->doc, first))
        title = qt_title_end(self->doc, first, self->doc->tokens.count);
    uint32_t head = head_end(self, title > first && title < end ? title : first, end, &classes);
    if (n && first + n >= head) {
        quoth_label label = (quoth_label)qt_lexicon_term(term)->label;
        if (!is_forename_of_more(self, first, n, end)) {
            *next = first + n;
            return label ? add(self, first, first + n, label, term, "gazetteer", 0.95F) : QUOTH_OK;
        }
    }
    uint32_t region = region_end(self, first, end, &term);
    if (region && head <= region) {
        quoth_label label = (quoth_label)qt_lexicon_term(term)->label;
        *next = region;
        return add(self, first, region, label == QUOTH_LABEL_NORP ? label : QUOTH_LABEL_LOC,
                   QUOTH_NONE, "region", 0.85F);
    }
    bool title_in_name = title < end && qt_name_is_plain(&self->tokens[title]);
    if (title > first && (head <= title || (head - first > 4 && !title_in_name))) {
        self->title_first = first;
        self->title_end = title;
        *next = title;
        return QUOTH_OK;
    }
    /* Jerry Hall, Ann Rivers. */
    if (head == first + 2 && t->classes & QT_FORENAME && !n && t[1].classes & QT_WORD_SURNAME &&
        t[1].classes & (QT_WORD_FAC_HEAD | QT_WORD_LOC_HEAD) &&
        !(t[1].classes & QT_WORD_ORG_HEAD)) {
        *next = head;
        return add_plain(self, first, head);
    }
    if (head > first + 1) {
        *next = head;
        return add(self, first, head, head_label(classes), QUOTH_NONE, "telling word", 0.85F);
    }
    if (n && !is_forename_of_more(self, first, n, end)) {
        *next = first + n;
        return add(self, first, first + n, (quoth_label)qt_lexicon_term(term)->label, term,
                   "gazetteer", 0.95F);
    }
    *next = plain_end(self, first, end);
    return add_plain(self, first, *next);
}

/* Whether the capital of the word at i says nothing and the word is no name otherwise. */
static bool is_only_initial(const finder *self, uint32_t i, uint32_t end)
{
    const qt_token *t = &self->tokens[i];
    if (!(self->usage->at[i] & QT_AT_INITIAL) || is_acronym(self, i) || t->shape & QT_SHAPE_INITIAL)
        return false;
    if (t->classes & (QT_WORD_TITLE | QT_WORD_TITLE_MODIFIER))
        return false;
    const qt_word_use *use = qt_usage_of(self->usage, t);
    bool plain = qt_name_is_plain(t) || use->lower > use->capital;
    if (!plain || use->capital > use->lower)
        return false;
    uint64_t classes;
    uint32_t term;
    if (term_at(self, i, &term) > 1)
        return false;
    bool function = t->classes & (FUNCTION_WORD | OPENING_WORD | QT_WORD_VERB | QT_WORD_STARTER);
    return function || head_end(self, i, end, &classes) <= i + 1;
}

/* What the structure found, the outlet of the source line or the place of the dateline, whatever
 * its words are: up to a comma, the tokens from *at to the byte end. */
static quoth_status add_framed(finder *self, uint32_t *at, uint32_t end, quoth_label label,
                               const char *rule)
{
    uint32_t first = *at, term;
    do
        ++*at;
    while (*at < self->doc->tokens.count && self->tokens[*at].end <= end &&
           !byte_is(self, *at, ','));
    uint32_t n = term_at(self, first, &term);
    return add(self, first, *at, label, n == *at - first ? term : QUOTH_NONE, rule, 0.9F);
}

/* Whether tokens [first, end) have capitals like the title of a work; *words is the number of
 * capitals. */
static bool has_title_case(const finder *self, uint32_t first, uint32_t end, uint32_t *words)
{
    *words = 0;
    if (first >= end || !(self->tokens[first].shape & QT_SHAPE_CAPITAL))
        return false;
    for (uint32_t i = first; i < end; i++) {
        const qt_token *t = &self->tokens[i];
        bool small = t->classes & (FUNCTION_WORD | QT_WORD_NAME_PART | QT_WORD_SUBORDINATOR);
        if (t->kind == QT_TOKEN_WORD && t->shape & QT_SHAPE_LOWER && !small)
            return false;
        *words += t->kind == QT_TOKEN_WORD && t->shape & QT_SHAPE_CAPITAL;
    }
    return true;
}

/* A quotation that opens at token i and is the title of a work: it has the capitals of one, and a
 * noun before it that says so or several words. *next is the token after it. */
static quoth_status read_work(finder *self, uint32_t i, uint32_t *next)
{
    enum { WORK_MAX = 14, NEAR = 4 };
    const qt_quotations *all = &self->doc->quotations;
    while (self->quotation < all->items.count &&
           all->items.items[self->quotation].span.start < self->tokens[i].start)
        self->quotation++;
    *next = i;
    if (self->quotation >= all->items.count ||
        all->items.items[self->quotation].span.start != self->tokens[i].start)
        return QUOTH_OK;
    quoth_span inner = all->items.items[self->quotation].inner;
    uint32_t first = i + 1, end = first, words;
    while (end < self->doc->tokens.count && self->tokens[end].end <= inner.end &&
           end - first <= WORK_MAX)
        end++;
    if (end - first > WORK_MAX)
        return QUOTH_OK;
    while (end > first && (byte_is(self, end - 1, ',') || byte_is(self, end - 1, '.')))
        end--;
    bool announced = false;
    for (uint32_t n = 1; n <= NEAR && n <= i; n++)
        announced |= self->tokens[i - n].classes & QT_WORD_WORK_NOUN &&
                     self->tokens[i - n].kind == QT_TOKEN_WORD;
    if (!has_title_case(self, first, end, &words) || (words < 4 && !announced))
        return QUOTH_OK;
    *next = end;
    self->title_end = self->title_first;
    return add(self, first, end, QUOTH_LABEL_WORK_OF_ART, QUOTH_NONE, "title of a work", 0.7F);
}

quoth_status qt_name_find(const struct quoth_doc *doc, const qt_usage *usage, qt_arena *temporary,
                          qt_names *out)
{
    finder self = {.doc = doc,
                   .tokens = doc->tokens.items,
                   .text = &doc->text,
                   .usage = usage,
                   .arena = temporary,
                   .out = out};
    quoth_status status = QUOTH_OK;
    uint32_t count = doc->tokens.count, sentence_end = 0;
    for (uint32_t i = 0, term; i < count && status == QUOTH_OK;) {
        if (usage->at[i] & QT_AT_START || i >= sentence_end)
            for (sentence_end = i + 1;
                 sentence_end < count && !(usage->at[sentence_end] & QT_AT_START);)
                sentence_end++;
        if (self.tokens[i].kind == QT_TOKEN_MARK) {
            uint32_t next;
            status = read_work(&self, i, &next);
            i = next > i ? next : i + 1;
            continue;
        }
        bool starts = is_name_word(&self, i) ||
                      (self.tokens[i].prefix && term_at(&self, i, &term)) ||
                      (self.tokens[i].shape & QT_SHAPE_MIXED && term_at(&self, i, &term)) ||
                      particle_joins(&self, i, sentence_end > i + 4 ? i + 4 : sentence_end) > 2;
        if (!starts || usage->at[i] & QT_AT_TAKEN) {
            i++;
            continue;
        }
        if (self.tokens[i].start == doc->structure.frame.outlet.start && i > 0) {
            status = add_framed(&self, &i, doc->structure.frame.outlet.end, QUOTH_LABEL_ORG,
                                "source line");
            continue;
        }
        if (self.tokens[i].start == doc->structure.frame.place.start &&
            doc->structure.frame.place.end > 0 && !term_at(&self, i, &term)) {
            status =
                add_framed(&self, &i, doc->structure.frame.place.end, QUOTH_LABEL_GPE, "dateline");
            continue;
        }
        uint32_t end = run_end(&self, i, sentence_end);
        if (is_only_initial(&self, i, end)) {
            i++;
            continue;
        }
        while (i < end && status == QUOTH_OK) {
            uint32_t next = i + 1;
            status = read_piece(&self, i, end, &next);
            i = next;
            /* What joined two pieces starts none. */
            while (i < end && !is_name_word(&self, i) && !term_at(&self, i, &term))
                i++;
        }
    }
    return status;
}
