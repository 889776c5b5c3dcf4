#include "word_stop.h"

#include "structure.h"
#include "word.h"

enum {
    OPENING_MAX = 14, /* bytes of a phrase that opens a sentence with an abbreviation */
};

bool qt_is_starter(const qt_boundaries *self, const qt_stop *c)
{
    if (c->follows != QT_NEXT_UPPER ||
        !(qt_word_classes(self->text, c->word, "") & QT_WORD_STARTER))
        return false;
    /* "A." and "I." are initials. */
    uint32_t length = c->word.end - c->word.start;
    return length > 1 || c->word.end >= self->paragraph.end ||
           self->text->bytes[c->word.end] != '.';
}

/* Whether what is said may be said so: "on X", "via X"; but "by X. Smith". */
static bool is_medium(const qt_text *text, quoth_span word)
{
    uint64_t key = qt_fold_hash(QT_HASH_EMPTY, text, word.start, word.end);
    return key == qt_hash_word("on") || key == qt_hash_word("via") || key == qt_hash_word("to") ||
           key == qt_hash_word("over");
}

/* Whether a single letter before the stop, an initial or the name of something, ends the
 * sentence. */
static bool letter_ends(const qt_boundaries *self, const qt_stop *c, quoth_span letter)
{
    const qt_text *text = self->text;
    uint32_t gap = qt_text_skip_space_back(text, self->start, letter.start);
    quoth_span before = qt_word_before(text, self->start, gap, "");
    uint8_t class = qt_class_within(text, before.start, before.end);
    bool upper = qt_text_class(text, letter.start) & QT_CHAR_UPPER;
    if (c->follows == QT_NEXT_LOWER || c->follows == QT_NEXT_DASH || c->opened)
        return false;
    /* "the RISC-V." */
    if (letter.start > self->start + 1 && text->bytes[letter.start - 1] == '-' &&
        qt_text_class_before(text, letter.start - 1) & QT_WORD_CHARS && upper)
        return true;
    if (before.start < before.end && gap < letter.start) {
        uint8_t low = text->bytes[letter.start] | 32;
        bool compass = low == 'n' || low == 's' || low == 'e' || low == 'w';
        if (qt_word_classes(text, before, "") & QT_WORD_LETTERED_NOUN ||
            (class & QT_CHAR_DIGIT && !compass))
            return true;
        if (text->bytes[letter.start] == 'I' && class & QT_CHAR_LOWER)
            return true;
        /* "wrote on X." */
        if (text->bytes[letter.start] == 'X' &&
            qt_word_classes(text, before, "") & QT_WORD_PREPOSITION && is_medium(text, before))
            return true;
    }
    return qt_is_starter(self, c) || (!upper && c->follows != QT_NEXT_DIGIT);
}

/* Whether the letters of a word alternate with full stops: U.S, p.m, w.r.t. */
static bool is_dotted(const qt_text *text, quoth_span word)
{
    uint32_t at = word.start, next, letters = 0;
    while (at < word.end) {
        if (!(qt_class_within(text, at, word.end) & QT_CHAR_LETTER))
            return false;
        qt_text_decode(text, at, &next);
        letters++;
        if (next < word.end && text->bytes[next] != '.')
            return false;
        at = next + 1;
    }
    return letters > 1;
}

/* Whether a word of some consonants is short for something: Bldg, mfg. */
static bool has_no_vowel(const qt_text *text, quoth_span word)
{
    if (word.end - word.start < 2 || word.end - word.start > 4)
        return false;
    for (uint32_t at = word.start; at < word.end; at++) {
        uint8_t low = text->bytes[at] | 32;
        if (low < 'a' || low > 'z' || low == 'a' || low == 'e' || low == 'i' || low == 'o' ||
            low == 'u' || low == 'y')
            return false;
        if (at > word.start && text->bytes[at] < 'a')
            return false;
    }
    return true;
}

bool qt_is_roman(const qt_text *text, quoth_span word)
{
    for (uint32_t at = word.start; at < word.end; at++)
        if (text->bytes[at] != 'I' && text->bytes[at] != 'V' && text->bytes[at] != 'X')
            return false;
    return word.end > word.start;
}

/* Whether a number stands before the word: "4 in. tall", "20 min. in the oven". */
static bool follows_number(const qt_boundaries *self, quoth_span word)
{
    uint32_t gap = qt_text_skip_space_back(self->text, self->start, word.start);
    return gap > self->start && qt_text_class_before(self->text, gap) & QT_CHAR_DIGIT;
}

/* Whether a small letter behind the abbreviation goes on with the sentence, which began with a
 * capital: "op. cit.", "the min. wage", but not "I have a cat. it is". */
static bool goes_on_small(const qt_boundaries *self, const qt_stop *c)
{
    const qt_text *text = self->text;
    if (c->follows != QT_NEXT_LOWER ||
        qt_class_within(text, self->start, self->paragraph.end) & QT_CHAR_LOWER)
        return false;
    return !(qt_word_classes(text, c->word, "") & QT_WORD_STARTER) ||
           follows_number(self, qt_word_before(text, self->start, c->run.start, ""));
}

/* Whether a word all in capitals goes on with the sentence: "HALDEN INC. TO BUY BRIX". */
static bool goes_on_in_capitals(const qt_text *text, quoth_span word)
{
    return word.end - word.start > 1 && qt_text_class_before(text, word.end) & QT_CHAR_UPPER &&
           qt_word_classes(text, word, "") &
               (QT_WORD_PREPOSITION | QT_WORD_CONJUNCTION | QT_WORD_AUXILIARY | QT_WORD_MODAL);
}

/* The class of the first character behind the next word and the white space that follows it. */
static uint8_t class_after(const qt_boundaries *self, const qt_stop *c)
{
    uint32_t limit = self->paragraph.end;
    uint32_t at = qt_text_skip_space(self->text, c->word.end, limit);
    return at > c->word.end ? qt_class_within(self->text, at, limit) : 0;
}

/* Whether the next word is capitalized because all words of the line are: "Inside U.S. Talks With
 * Iran". */
static bool in_headline(const qt_boundaries *self, const qt_stop *c)
{
    return !qt_line_ending(self->text, self->paragraph) && class_after(self, c) & QT_CHAR_UPPER &&
           !(qt_word_classes(self->text, c->word, "") & (QT_WORD_PRONOUN | QT_WORD_DETERMINER));
}

/* Whether a comma stands before the word: "Bend, Ore.", "Luis Vega, D-Mass." */
static bool follows_comma(const qt_boundaries *self, quoth_span word)
{
    const uint8_t *b = self->text->bytes;
    uint32_t at = word.start;
    if (at > self->start + 1 && b[at - 1] == '-')
        at -= 2;
    uint32_t gap = qt_text_skip_space_back(self->text, self->start, at);
    return gap > self->start && gap < at && b[gap - 1] == ',';
}

/* Whether two letters with full stops may be a person's initials: M.A., N.J. They are none between
 * a comma and a name ("in Lodi, N.J. Reed said"), nor if they are those of a union of states. */
static bool may_be_initials(const qt_boundaries *self, quoth_span word)
{
    const qt_text *text = self->text;
    return word.end - word.start <= 3 && is_dotted(text, word) && !follows_comma(self, word) &&
           (text->bytes[word.start] | 32) != 'u' && (text->bytes[word.start] | 32) != 'e';
}

/* The word without the 's behind it. */
static quoth_span without_possessive(const qt_text *text, quoth_span word)
{
    uint32_t size = word.end - word.start;
    if (size > 2 && qt_text_has(text, word.end - 2, "'s"))
        word.end -= 2;
    else if (size > 4 && qt_text_has(text, word.end - 4, "\xE2\x80\x99s"))
        word.end -= 4;
    return word;
}

/* The term of a word in the gazetteers, or NULL. */
static const qt_term *term_of(const qt_text *text, quoth_span word)
{
    const qt_lexeme *entry =
        qt_lexicon_find(qt_fold_hash(QT_HASH_EMPTY, text, word.start, word.end));
    return entry && entry->term != QUOTH_NONE ? qt_lexicon_term(entry->term) : NULL;
}

/* Whether the word is the adjective or noun of a people. */
static bool is_demonym(const qt_text *text, quoth_span word)
{
    const qt_term *term = term_of(text, word);
    return term && term->label == QUOTH_LABEL_NORP && term->of != QUOTH_NONE;
}

/* Whether the next word is unknown, or a place, and what follows says that it is a subject: an 's,
 * or a verb that agrees with it ("Volaris has", but not "U.S. Marshals have"). closed: nothing goes
 * on with the abbreviation. */
static bool is_subject(const qt_boundaries *self, const qt_stop *c, quoth_span name, bool closed)
{
    const qt_text *text = self->text;
    uint32_t limit = self->paragraph.end;
    const qt_term *term = term_of(text, name);
    if (qt_word_classes(text, name, "") || (term && term->label != QUOTH_LABEL_GPE))
        return false;
    quoth_span verb = qt_word_at(text, qt_text_skip_space(text, c->word.end, limit), limit);
    bool plural = text->bytes[name.end - 1] == 's' && text->bytes[verb.end - 1] != 's';
    return name.end < c->word.end ||
           ((closed || !plural) &&
            qt_word_classes(text, verb, "") & (QT_WORD_AUXILIARY | QT_WORD_MODAL));
}

/* Whether the next word is a subject: a name that no abbreviation stands before within a sentence
 * ("in the U.S. Ramirez was", "by Lumen Corp. German courts"). */
static bool name_begins(const qt_boundaries *self, const qt_stop *c, uint64_t classes,
                        quoth_span word)
{
    const qt_text *text = self->text;
    quoth_span name = without_possessive(text, c->word);
    uint64_t next = qt_word_classes(text, name, "");
    const uint64_t names = QT_WORD_MALE | QT_WORD_FEMALE | QT_WORD_SURNAME,
                   others = QT_WORD_COMMON | QT_WORD_TITLE | QT_WORD_MONTH | QT_WORD_DAY_OR_ZONE;
    uint32_t limit = self->paragraph.end;
    bool saint = text->bytes[word.start] == 'S' && word.end - word.start < 4 &&
                 (text->bytes[word.start + 1] | 32) == 't';
    if (!(classes & QT_WORD_ABBREVIATION) || saint || c->quoted || next & others ||
        may_be_initials(self, word) || c->word.end >= limit || text->bytes[c->word.end] == '.')
        return false;
    if (next & names)
        return true;
    return class_after(self, c) & QT_CHAR_LOWER &&
           qt_text_class_before(text, name.end) & QT_CHAR_LOWER &&
           (is_demonym(text, name) || is_subject(self, c, name, follows_comma(self, word)));
}

/* Whether the next word is a common noun that no name goes on with, for the abbreviation closes
 * one, or a date: "by Brix Inc. Terms were not disclosed", "in Bend, Ore. Crews came". */
static bool noun_begins(const qt_boundaries *self, const qt_stop *c, quoth_span word)
{
    const qt_text *text = self->text;
    const uint64_t heads = QT_WORD_TITLE | QT_WORD_TITLE_MODIFIER | QT_WORD_ORG_HEAD |
                           QT_WORD_FAC_HEAD | QT_WORD_LOC_HEAD | QT_WORD_GPE_HEAD |
                           QT_WORD_EVENT_HEAD | QT_WORD_LAW_HEAD | QT_WORD_WORK_NOUN |
                           QT_WORD_DAY_OR_ZONE | QT_WORD_MONTH | QT_WORD_LETTERED_NOUN;
    uint64_t next = qt_word_classes(text, c->word, ""),
             last = qt_word_classes(text, word, "") | qt_word_classes(text, word, ".");
    bool closes = follows_comma(self, word) ||
                  last & (QT_WORD_ORG_HEAD | QT_WORD_NAME_PART | QT_WORD_MONTH | QT_WORD_WEEKDAY);
    return closes && next & QT_WORD_COMMON && !(next & heads) && !c->opened && !c->quoted &&
           qt_text_class_before(text, c->word.end) & QT_CHAR_LOWER &&
           class_after(self, c) & QT_CHAR_LOWER;
}

/* Whether the title is said of nobody: "She ran for Gov. The vote was close". The words with Th are
 * the only ones that are never names: plain_stop.c lets them pass. */
static bool ends_title(const qt_boundaries *self, const qt_stop *c, quoth_span word)
{
    const qt_text *text = self->text;
    return qt_text_has(text, c->word.start, "Th") && qt_is_starter(self, c) && !c->opened &&
           qt_word_classes(text, word, ".") & (QT_WORD_TITLE | QT_WORD_TITLE_MODIFIER) &&
           !(qt_word_classes(text, word, ".") & QT_WORD_HONORIFIC) && word.start > self->start;
}

/* Whether an abbreviation of those classes ends the sentence. */
static bool abbreviation_ends(const qt_boundaries *self, const qt_stop *c, quoth_span word,
                              uint64_t classes)
{
    const qt_text *text = self->text;
    bool upper = c->follows == QT_NEXT_UPPER;
    /* "U.S. $37 million" */
    if (c->follows == QT_NEXT_OTHER && !c->opened)
        return !(classes & QT_WORD_ABBREVIATION_TITLE) && text->bytes[c->next] != '$';
    if (classes & QT_WORD_ABBREVIATION_NUMBER) {
        bool label = c->word.end - c->word.start == 1 || qt_is_roman(text, c->word);
        bool date = qt_word_classes(text, c->word, "") & QT_WORD_MONTH;
        if (c->follows == QT_NEXT_DIGIT || (upper && (label || date) && !qt_is_starter(self, c)))
            return false;
        if (!(classes & QT_WORD_ABBREVIATION))
            return c->follows != QT_NEXT_DASH && !goes_on_small(self, c);
    }
    if (upper && classes & QT_WORD_ABBREVIATION_TITLE && ends_title(self, c, word))
        return true;
    if (!upper || classes & QT_WORD_ABBREVIATION_TITLE || goes_on_in_capitals(text, c->word))
        return false;
    /* "(She is a student at M.I.T.) Letters may be cut." */
    if (c->bracketed && text->bytes[self->start] == '(')
        return true;
    /* "At 5 a.m. Dr. Hale left." "P.M. Okafor" */
    quoth_span first = qt_word_at(text, self->start, c->run.start);
    if (c->end - self->start <= OPENING_MAX && classes & QT_WORD_ABBREVIATION_HOUR &&
        (first.end - first.start == 1 ||
         qt_class_within(text, first.start, first.end) & QT_CHAR_DIGIT ||
         qt_word_classes(text, first, "") & QT_WORD_PREPOSITION))
        return false;
    if (classes & QT_WORD_ABBREVIATION_HOUR)
        return !c->opened &&
               !(qt_word_classes(text, c->word, "") & (QT_WORD_DAY_OR_ZONE | QT_WORD_MONTH));
    if (!(classes & QT_WORD_ABBREVIATION_END))
        return true;
    /* "U.S. Officials Visit Holm", and it would be no sentence. */
    if (word.start == self->start && classes & QT_WORD_ABBREVIATION && !c->quoted)
        return false;
    if (qt_is_starter(self, c))
        return !in_headline(self, c);
    /* What the caller's abbreviations stand before is not known. */
    uint64_t listed = qt_word_classes(text, word, ".") | QT_WORD_ABBREVIATION_END;
    return classes == listed && (name_begins(self, c, classes, word) || noun_begins(self, c, word));
}

bool qt_touching_stop_ends(const qt_boundaries *self, const qt_stop *c)
{
    const qt_text *text = self->text;
    quoth_span word = qt_word_before(text, self->start, c->run.start, "");
    if (c->follows != QT_NEXT_UPPER ||
        qt_class_within(text, c->word.start, c->word.end) & QT_CHAR_LOWER)
        return false;
    if (c->run.start > self->start && text->bytes[c->run.start - 1] == ')')
        return qt_is_starter(self, c);
    /* "Dr.Reed" */
    if (word.end - word.start < 2 ||
        qt_abbreviation_classes(self->abbreviations, text, word) & QT_WORD_ABBREVIATION_TITLE)
        return false;
    uint8_t first = qt_class_within(text, word.start, word.end),
            last = qt_text_class_before(text, word.end);
    if (!(first & QT_CHAR_LETTER && last & QT_CHAR_LOWER) &&
        !(first & last & QT_CHAR_DIGIT && qt_is_starter(self, c) &&
          (c->word.end - c->word.start > 2 || word.end - word.start > 3)))
        return false;
    uint32_t before;
    if (word.start > self->start) {
        uint32_t cp = qt_text_decode_before(text, word.start, &before);
        if (cp == '.' || cp == '/' || cp == '@' || cp == '_' || cp == ':')
            return false;
    }
    uint32_t after = c->word.end;
    if (after < self->paragraph.end && text->bytes[after] == '@')
        return false;
    bool word_after = after - c->word.start > 1
                          ? qt_text_class_before(text, after) & QT_CHAR_LOWER
                          : qt_class_within(text, after, self->paragraph.end) & QT_CHAR_SPACE;
    return word_after && !(after < self->paragraph.end && text->bytes[after] == '.' &&
                           qt_class_within(text, after + 1, self->paragraph.end) & QT_WORD_CHARS);
}

/* Whether a number before the stop is that of an item or of a caption: "1. ... and 2. ...", "Figure
 * 1." */
static bool number_opens(const qt_boundaries *self, quoth_span number)
{
    const qt_text *text = self->text;
    if (number.start == number.end || number.end - number.start > 3)
        return false;
    for (uint32_t at = number.start; at < number.end; at++)
        if (text->bytes[at] < '0' || text->bytes[at] > '9')
            return false;
    uint32_t gap = qt_text_skip_space_back(text, self->start, number.start), before;
    if (gap == self->start || gap == number.start)
        return false;
    uint32_t cp = qt_text_decode_before(text, gap, &before);
    quoth_span word = qt_word_before(text, self->start, gap, "");
    return cp == ':' ||
           (word.start == self->start && qt_word_classes(text, word, "") & QT_WORD_LETTERED_NOUN);
}

/* Whether the word before offset at is that of an hour (p.m.), so that ET behind it is no et. */
static bool follows_hour(const qt_boundaries *self, uint32_t at)
{
    uint32_t gap = qt_text_skip_space_back(self->text, self->start, at);
    return qt_word_classes(self->text, qt_word_before(self->text, self->start, gap, "."), "") &
           QT_WORD_ABBREVIATION_HOUR;
}

/* Whether the letters are the rest of a word behind an apostrophe: "it's", "Luke's". */
static bool is_cut_off(const qt_text *text, quoth_span letters)
{
    uint32_t before, apostrophe = letters.start;
    if (apostrophe == 0)
        return false;
    uint32_t cp = qt_text_decode_before(text, letters.start, &apostrophe);
    return (cp == '\'' || cp == 0x2019) && apostrophe > 0 &&
           qt_char_class(qt_text_decode_before(text, apostrophe, &before)) & QT_CHAR_LETTER;
}

/* Whether the full stop ends the sentence behind a word that is no abbreviation of the lists. */
static bool plain_word_ends(const qt_boundaries *self, const qt_stop *c, quoth_span word)
{
    const qt_text *text = self->text;
    /* A degree sign makes an abbreviation of what is before it. */
    uint32_t before;
    if (c->follows == QT_NEXT_DIGIT && qt_text_decode_before(text, c->run.start, &before) == 0xB0)
        return false;
    if (c->follows == QT_NEXT_LOWER || c->follows == QT_NEXT_DIGIT)
        return !has_no_vowel(text, word) && !qt_is_roman(text, word) && !number_opens(self, word) &&
               !(qt_text_has(text, word.start, "in.") && follows_number(self, word));
    return !number_opens(self, word);
}

bool qt_word_stop_ends(qt_boundaries *self, const qt_stop *c)
{
    const uint64_t all = QT_WORD_ABBREVIATION | QT_WORD_ABBREVIATION_TITLE |
                         QT_WORD_ABBREVIATION_NUMBER | QT_WORD_ABBREVIATION_END |
                         QT_WORD_ABBREVIATION_HOUR;
    const qt_text *text = self->text;
    quoth_span word = qt_word_before(text, self->start, c->run.start, "./'&");
    uint64_t classes = qt_abbreviation_classes(self->abbreviations, text, word);
    quoth_span last = qt_word_before(text, word.start, c->run.start, ".");
    /* What is behind an apostrophe is no initial: "at St. Luke's." */
    bool cut = is_cut_off(text, last);
    if (!classes && last.start > word.start && !cut) {
        word = last;
        classes = qt_abbreviation_classes(self->abbreviations, text, word);
    }
    uint32_t next = word.end;
    if (word.start < word.end)
        qt_text_decode(text, word.start, &next);
    uint8_t first = qt_class_within(text, word.start, word.end);
    if (classes & QT_WORD_ABBREVIATION_CAPITAL && first & QT_CHAR_LOWER &&
        c->follows == QT_NEXT_UPPER)
        classes = 0;
    if (qt_word_classes(text, word, "") & QT_WORD_DAY_OR_ZONE && follows_hour(self, word.start))
        classes = 0;
    bool letter = next == word.end && first & QT_CHAR_LETTER && !cut;
    bool dotted = is_dotted(text, word);
    self->doubtful = c->follows != QT_NEXT_LOWER && c->follows != QT_NEXT_DASH &&
                     (letter || dotted || classes & all) &&
                     !(classes & QT_WORD_ABBREVIATION_TITLE && !letter);
    if (letter && (first & QT_CHAR_UPPER || !(classes & all)))
        return letter_ends(self, c, word);
    if (classes & all || dotted)
        return abbreviation_ends(self, c, word, classes | (dotted ? QT_WORD_ABBREVIATION_END : 0));
    return plain_word_ends(self, c, word);
}
