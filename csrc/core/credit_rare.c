#include "credit_rare.h"

#include "document.h"
#include "word_set.h"

enum { NAME_WINDOW = 12 }; /* tokens of a name with its title before a colon */

bool qt_credit_quoted_as(const qt_syntax *self, uint32_t verb, uint32_t ceiling, qt_cue *out)
{
    qt_cue cue;
    if (verb + 2 >= ceiling || !qt_syntax_text(self, verb + 1, "as") ||
        qt_syntax_role(self, verb + 2) != QT_ROLE_GERUND || !qt_cue_verb_at(self, verb + 2, &cue) ||
        !(cue.classes & QT_WORD_CUE_SPEECH))
        return false;
    *out = (qt_cue){verb, verb + 2, verb + 3, cue.classes};
    return true;
}

bool qt_credit_inscribed(const qt_syntax *self, qt_stretch marks, qt_credit *out)
{
    uint32_t i = marks.end, sentence = self->words[marks.first].sentence;
    if (i + 2 >= self->count || self->words[i + 2].sentence != sentence)
        return false;
    bool passive = false;
    while (i + 2 < self->count && i - marks.end < 3 &&
           qt_syntax_role(self, i) == QT_ROLE_AUXILIARY) {
        passive = true;
        i++;
    }
    if (!passive || !qt_set_has(QT_SET_INSCRIBED, self->tokens[i].key) ||
        self->words[i + 1].sentence != sentence ||
        qt_syntax_role(self, i + 1) != QT_ROLE_PREPOSITION || qt_syntax_text(self, i + 1, "by") ||
        qt_syntax_role(self, i + 2) == QT_ROLE_TIME ||
        qt_syntax_role(self, i + 2) == QT_ROLE_NUMBER)
        return false; /* a song "was written by X", "in 1971" */
    *out = (qt_credit){.cue = {i, i, i + 1, QT_WORD_CUE_SPEECH},
                       .previous = QUOTH_NONE,
                       .rule = "after",
                       .score = 0.9f,
                       .certain = true};
    return true;
}

bool qt_credit_is_fronted(const qt_syntax *self, qt_stretch marks, const qt_credit *credit)
{
    uint32_t first = qt_sentence_first(self, self->words[marks.first].sentence);
    if (credit->source.end <= credit->source.first || credit->source.first <= first ||
        credit->source.first > first + 1 || credit->cue.first < credit->source.end ||
        marks.end >= self->count ||
        self->words[marks.end].sentence != self->words[marks.first].sentence ||
        !(qt_syntax_text(self, first, "while") || qt_syntax_text(self, first, "although") ||
          qt_syntax_text(self, first, "though") || qt_syntax_text(self, first, "whereas")))
        return false;
    uint8_t next = qt_syntax_role(self, marks.end);
    bool comma = next == QT_ROLE_COMMA;
    for (uint32_t i = marks.first; i < marks.end; i++)
        comma |= i + 2 == marks.end && qt_syntax_role(self, i) == QT_ROLE_COMMA;
    return comma;
}

bool qt_credit_inverted_colon(const qt_syntax *self, uint32_t colon, uint32_t floor, qt_phrase *out)
{
    uint32_t m = colon > floor ? self->words[colon - 1].mention : QUOTH_NONE;
    if (m == QUOTH_NONE || self->doc->mentions.items[m].label != QUOTH_LABEL_PERSON)
        return false;
    uint32_t i = colon;
    while (i > floor && colon - i < NAME_WINDOW &&
           (qt_syntax_role(self, i - 1) == QT_ROLE_NAME ||
            qt_syntax_role(self, i - 1) == QT_ROLE_NOUN ||
            qt_syntax_role(self, i - 1) == QT_ROLE_DETERMINER))
        i--;
    return i > floor + 1 && qt_syntax_role(self, i - 1) == QT_ROLE_VERB &&
           qt_noun_phrase_after(self, i, colon, out) && out->end == colon;
}
