#include "unclosed.h"

#include "document.h"

/* Whether a credit that ends before token rest ends its sentence, but for when and where. */
static bool ends_sentence(const qt_syntax *s, uint32_t rest, uint32_t end)
{
    while (rest < end &&
           (qt_syntax_role(s, rest) == QT_ROLE_TIME || qt_syntax_role(s, rest) == QT_ROLE_STOP ||
            qt_syntax_role(s, rest) == QT_ROLE_ADVERB || qt_syntax_role(s, rest) == QT_ROLE_MARK ||
            (qt_syntax_role(s, rest) == QT_ROLE_PREPOSITION && rest + 1 < end &&
             qt_syntax_role(s, rest + 1) == QT_ROLE_TIME)))
        rest++;
    return rest >= end;
}

static bool names_person(const qt_syntax *s, const qt_phrase *source)
{
    for (uint32_t i = source->core_first; i < source->core_end; i++) {
        uint32_t m = s->words[i].mention;
        if (m != QUOTH_NONE && s->doc->mentions.items[m].label == QUOTH_LABEL_PERSON)
            return true;
    }
    return false;
}

bool qt_unclosed_credit(const qt_syntax *self, uint32_t quotation, bool reopened, qt_credit *out,
                        uint32_t *end)
{
    qt_stretch q = qt_stretch_of(self, &self->doc->quotations.items.items[quotation]);
    for (uint32_t i = q.first + 1; i + 1 < q.end; i++) {
        if (qt_syntax_role(self, i) != QT_ROLE_COMMA)
            continue;
        uint32_t ceiling = qt_sentence_end(self, self->words[i].sentence);
        if (!qt_credit_behind(self, i + 1, ceiling, out) || !(out->cue.classes & QT_WORD_CUE_BARE))
            continue;
        uint32_t rest = out->cue.end > out->source.end ? out->cue.end : out->source.end;
        bool person = names_person(self, &out->source) ||
                      (!reopened && qt_syntax_role(self, out->source.first) == QT_ROLE_PRONOUN);
        if (!person || !ends_sentence(self, rest, ceiling))
            continue;
        *end = i + 1;
        return true;
    }
    return false;
}
