#include "speaker.h"

#include "document.h"
#include "word_set.h"

#include <stdlib.h>

enum {
    TITLE_WINDOW = 24, /* tokens from the head of a source to the name that it is the title of */
    APPOSITION_WINDOW = 8, /* tokens of a title that opens an apposition, and the name's first */
};

static int by_key(const void *left, const void *right)
{
    const qt_short_name *a = left, *b = right;
    if (a->key != b->key)
        return a->key < b->key ? -1 : 1;
    return a->entity < b->entity ? -1 : a->entity > b->entity;
}

/* One entry per key; persons who share a name make it nobody's. */
static uint32_t merge(qt_short_name *names, uint32_t count)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (kept > 0 && names[kept - 1].key == names[i].key) {
            if (names[kept - 1].entity != names[i].entity)
                names[kept - 1].entity = QUOTH_NONE;
        } else {
            names[kept++] = names[i];
        }
    }
    return kept;
}

static quoth_status collect_names(qt_speakers *self, quoth_scratch *scratch)
{
    const struct quoth_doc *doc = self->syntax->doc;
    self->names = qt_arena_alloc_raw(&scratch->temporary,
                                     (2 * (size_t)doc->mentions.count + 1) * sizeof *self->names);
    if (!self->names)
        return QUOTH_ERROR_MEMORY;
    uint32_t count = 0;
    for (uint32_t i = 0; i < doc->mentions.count; i++) {
        const quoth_mention *m = &doc->mentions.items[i];
        uint32_t first = qt_token_at(&doc->tokens, m->span.start);
        uint32_t end = qt_token_at(&doc->tokens, m->span.end);
        if (m->label != QUOTH_LABEL_PERSON || m->entity == QUOTH_NONE || end < first + 2 ||
            doc->links.entities.items[m->entity].member_count)
            continue;
        self->names[count++] = (qt_short_name){self->syntax->tokens[end - 1].key, m->entity};
        self->names[count++] = (qt_short_name){self->syntax->tokens[first].key, m->entity};
    }
    if (count > 1)
        qsort(self->names, count, sizeof *self->names, by_key);
    self->name_count = merge(self->names, count);
    return QUOTH_OK;
}

quoth_status qt_speakers_init(qt_speakers *self, const qt_syntax *syntax, quoth_scratch *scratch)
{
    *self = (qt_speakers){.syntax = syntax};
    quoth_status status = qt_descriptions_init(&self->descriptions, syntax, scratch);
    return status == QUOTH_OK ? collect_names(self, scratch) : status;
}

static uint32_t bearer(const qt_short_name *names, uint32_t count, uint64_t key)
{
    uint32_t low = 0, high = count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (names[middle].key < key)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && names[low].key == key ? names[low].entity : QUOTH_NONE;
}

/* The pronoun at a token, or NULL. */
static const qt_pronoun *pronoun_at(const struct quoth_doc *doc, uint32_t token)
{
    uint32_t low = 0, high = doc->links.pronouns.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (doc->links.pronouns.items[middle].token < token)
            low = middle + 1;
        else
            high = middle;
    }
    return low < doc->links.pronouns.count && doc->links.pronouns.items[low].token == token
               ? &doc->links.pronouns.items[low]
               : NULL;
}

static uint32_t pronoun_entity(const struct quoth_doc *doc, uint32_t token)
{
    const qt_pronoun *pronoun = pronoun_at(doc, token);
    return pronoun ? pronoun->entity : QUOTH_NONE;
}

void qt_speaker_candidates(const qt_syntax *syntax, const qt_phrase *source, quoth_quote *inout)
{
    bool alone = source->end > source->first && source->core_end - source->core_first == 1;
    const qt_pronoun *pronoun = alone ? pronoun_at(syntax->doc, source->core_first) : NULL;
    inout->candidate_count = pronoun ? pronoun->candidate_count : 0;
    for (uint32_t i = 0; i < inout->candidate_count; i++)
        inout->candidates[i] = syntax->doc->links.candidates.items[pronoun->candidate_first + i];
}

/* Whether the token ends the head of a phrase. */
static bool ends_head(uint8_t role)
{
    return role == QT_ROLE_COMMA || role == QT_ROLE_PREPOSITION || role == QT_ROLE_RELATIVE ||
           role == QT_ROLE_OPEN || role == QT_ROLE_DASH || role == QT_ROLE_STOP ||
           role == QT_ROLE_CONJUNCTION || role == QT_ROLE_MARK;
}

/* The end of the head: the first comma, preposition or clause that is in no mention. */
static uint32_t head_end(const qt_syntax *s, const qt_phrase *source)
{
    uint32_t i = source->core_first;
    while (i < source->end && (s->words[i].mention != QUOTH_NONE || !ends_head(s->words[i].role)))
        i++;
    return i;
}

static bool may_speak(quoth_label label)
{
    return label == QUOTH_LABEL_PERSON || label == QUOTH_LABEL_ORG || label == QUOTH_LABEL_GPE ||
           label > QUOTH_LABEL_CARDINAL; /* a label of the caller's */
}

/* The family whose name stands before its noun, which ends at token end: the Keller family. */
static uint32_t named_family(const qt_syntax *s, uint32_t end)
{
    uint32_t m = end > 1 ? s->words[end - 2].mention : QUOTH_NONE;
    if (m == QUOTH_NONE || !qt_set_has(QT_SET_FAMILY_NOUN, s->tokens[end - 1].key))
        return QUOTH_NONE;
    uint32_t entity = s->doc->mentions.items[m].entity;
    bool family = entity != QUOTH_NONE && s->doc->links.entities.items[entity].member_count;
    return family ? entity : QUOTH_NONE;
}

/* The entity of a mention that ends at token end or covers the token before it. */
static uint32_t named(const qt_syntax *s, uint32_t end)
{
    uint32_t m = s->words[end - 1].mention;
    if (m == QUOTH_NONE)
        return named_family(s, end);
    if (!may_speak(s->doc->mentions.items[m].label))
        return QUOTH_NONE;
    return s->doc->mentions.items[m].entity;
}

/* "he", "who", "the others": one token that stands for somebody. */
static bool stands_for(const qt_syntax *s, const qt_phrase *source, uint32_t *speaker)
{
    uint32_t first = source->core_first;
    uint8_t role = s->words[first].role;
    if (role == QT_ROLE_RELATIVE) { /* what stands before it */
        uint32_t end = first > 0 && s->words[first - 1].role == QT_ROLE_COMMA ? first - 1 : first;
        *speaker = end > 0 ? named(s, end) : QUOTH_NONE;
        return true;
    }
    if (role != QT_ROLE_PRONOUN &&
        !(role == QT_ROLE_DETERMINER && source->end - source->first == 1))
        return false;
    *speaker = pronoun_entity(s->doc, first);
    bool person = qt_syntax_text(s, first, "he") || qt_syntax_text(s, first, "she");
    if (person && *speaker != QUOTH_NONE &&
        s->doc->links.entities.items[*speaker].label != QUOTH_LABEL_PERSON)
        *speaker = QUOTH_NONE;
    return true;
}

/* Whether the mention that token i is in only owns what follows: Ann Lee's brother. */
static bool owns(const qt_syntax *s, uint32_t i)
{
    uint32_t behind = qt_syntax_after(s, i);
    return behind < s->count && s->words[behind].role == QT_ROLE_POSSESSIVE;
}

/* "the mayor, Ann Lee,": the person whom the apposition after the comma names, with a title or not:
 * "her challenger, state Sen. Ann Lee",
 * "her son, the cellist Paul Lee"; but not "the actor, Ann Lee's brother". */
static uint32_t named_after(const qt_syntax *s, uint32_t comma, uint32_t end)
{
    if (comma + 1 >= end || s->words[comma].role != QT_ROLE_COMMA)
        return QUOTH_NONE;
    uint32_t start = s->tokens[comma + 1].start;
    bool nouns = true;
    for (uint32_t i = comma + 1; i < end && i < comma + APPOSITION_WINDOW; i++) {
        uint32_t m = s->words[i].mention;
        if (m == QUOTH_NONE || s->doc->mentions.items[m].label != QUOTH_LABEL_PERSON) {
            uint8_t r = s->words[i].role;
            nouns &= r == QT_ROLE_NOUN || r == QT_ROLE_NAME || r == QT_ROLE_HYPHEN ||
                     (r == QT_ROLE_DETERMINER && i == comma + 1);
            continue;
        }
        const quoth_mention *mention = &s->doc->mentions.items[m];
        bool titled = (mention->title.start < mention->title.end &&
                       (mention->title.start == start || nouns)) ||
                      (nouns && s->words[comma + 1].role == QT_ROLE_DETERMINER);
        return !owns(s, i) && (mention->span.start == start || titled) ? mention->entity
                                                                       : QUOTH_NONE;
    }
    return QUOTH_NONE;
}

/* "A, B and C": names behind a comma of which the last is joined by "and". */
static bool is_list(const qt_syntax *s, uint32_t comma, uint32_t end)
{
    if (comma + 2 >= end || s->words[comma].role != QT_ROLE_COMMA)
        return false;
    bool joined = false;
    for (uint32_t i = comma + 1; i < end; i++) {
        uint8_t r = s->words[i].role;
        if (r == QT_ROLE_CONJUNCTION)
            joined = i + 1 < end && s->words[i + 1].role == QT_ROLE_NAME && i > comma + 1;
        else if (r != QT_ROLE_NAME && r != QT_ROLE_COMMA && r != QT_ROLE_HYPHEN)
            return false;
    }
    return joined;
}

/* The comma of an apposition: right at the end of the head, or behind "of climate". */
static uint32_t apposition_of(const qt_syntax *s, uint32_t end, uint32_t ceiling)
{
    if (end >= ceiling || s->words[end].role != QT_ROLE_PREPOSITION)
        return end;
    for (uint32_t i = end + 1; i < ceiling && i < end + APPOSITION_WINDOW; i++) {
        uint8_t r = s->words[i].role;
        if (r == QT_ROLE_COMMA)
            return i;
        if (r != QT_ROLE_NOUN && r != QT_ROLE_NAME && r != QT_ROLE_DETERMINER &&
            r != QT_ROLE_HYPHEN && r != QT_ROLE_PREPOSITION && r != QT_ROLE_CONJUNCTION)
            break;
    }
    return end;
}

/* "former Secretary of State Ann Lee", "the director of the bureau, Ann Lee": the person within the
 * source whose title holds the head of the phrase. */
static uint32_t named_by_title(const qt_syntax *s, const qt_phrase *source, uint32_t head)
{
    uint32_t end = source->end - head > TITLE_WINDOW ? head + TITLE_WINDOW : source->end;
    for (uint32_t i = head; i < end; i++) {
        uint32_t m = s->words[i].mention;
        if (m == QUOTH_NONE)
            continue;
        const quoth_mention *mention = &s->doc->mentions.items[m];
        if (mention->label == QUOTH_LABEL_PERSON && mention->title.start < mention->title.end &&
            mention->title.start >= s->tokens[source->first].start &&
            mention->title.start < s->tokens[head - 1].end && !owns(s, i))
            return mention->entity;
    }
    return QUOTH_NONE;
}

void qt_speaker_find(const qt_speakers *self, const qt_phrase *source, uint32_t *speaker,
                     quoth_speaker_reason *reason)
{
    const qt_syntax *s = self->syntax;
    *speaker = QUOTH_NONE;
    *reason = QUOTH_SPEAKER_NO_SOURCE;
    if (source->first >= source->end)
        return;
    if (stands_for(s, source, speaker)) {
        *reason = *speaker != QUOTH_NONE ? QUOTH_SPEAKER_PRONOUN : QUOTH_SPEAKER_UNDECIDED;
        return;
    }
    uint32_t first = source->core_first, end = head_end(s, source);
    if (end > first + 1 && qt_syntax_is(s, end - 1, QT_WORD_PRONOUN)) /* "Lee herself" */
        end--;
    *reason = QUOTH_SPEAKER_UNNAMED;
    /* Those that are joined by "and" are no single speaker. */
    if (end <= first || (end < source->core_end && s->words[end].role == QT_ROLE_CONJUNCTION) ||
        is_list(s, end, source->end))
        return;
    *speaker = named(s, end);
    if (*speaker == QUOTH_NONE)
        *speaker = named_after(s, apposition_of(s, end, source->end), source->end);
    if (*speaker == QUOTH_NONE)
        *speaker = named_by_title(s, source, end);
    if (*speaker != QUOTH_NONE) {
        *reason = QUOTH_SPEAKER_NAME;
        return;
    }
    *speaker = qt_description_find(&self->descriptions, source, end);
    if (*speaker != QUOTH_NONE) {
        *reason = QUOTH_SPEAKER_TITLE;
        return;
    }
    *speaker = qt_description_spoken_for(&self->descriptions, source, end);
    if (*speaker != QUOTH_NONE)
        *reason = QUOTH_SPEAKER_SPOKESPERSON;
}

uint32_t qt_speaker_labelled(const qt_speakers *self, const qt_phrase *label)
{
    const qt_syntax *s = self->syntax;
    uint32_t entity = named(s, label->end);
    if (entity != QUOTH_NONE && label->end - label->first > 1)
        return entity;
    uint32_t full = bearer(self->names, self->name_count, s->tokens[label->end - 1].key);
    return full != QUOTH_NONE ? full : entity;
}
