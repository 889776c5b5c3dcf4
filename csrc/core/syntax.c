#include "syntax.h"

#include "document.h"

#include <string.h>

/* How far agreement looks back for the determiner of a subject. */
enum { AGREEMENT_WINDOW = 6, SHOUTED_WORDS = 4 };

typedef struct tagger {
    const struct quoth_doc *doc;
    const qt_token *tokens;
    qt_word *words;
    uint32_t count;
    uint32_t next; /* the first mention that has not ended before the token that is read */
    bool title;    /* the paragraph is the title, whose subjects need no article */
    bool shouted;  /* the sentence is written in capitals: they tell nothing */
} tagger;

/* Every verb form that the lists know. */
#define CUE_VERBS                                                                                  \
    (QT_WORD_CUE_SPEECH | QT_WORD_CUE_BELIEF | QT_WORD_CUE_INTENTION | QT_WORD_CUE_EMOTION |       \
     QT_WORD_CUE_CLAUSE)
#define ANY_VERBS (CUE_VERBS | QT_WORD_VERB | QT_WORD_VERB_PAST)

static bool is(const tagger *t, uint32_t i, uint64_t classes)
{
    return (t->tokens[i].classes & classes) != 0;
}

/* Whether the token ends with the lower-case ASCII letters of ending and has two more at least. */
static bool ends(const tagger *t, uint32_t i, const char *ending)
{
    const qt_token *token = &t->tokens[i];
    uint32_t size = (uint32_t)strlen(ending);
    return token->end - token->start >= size + 2 &&
           memcmp(t->doc->text.bytes + token->end - size, ending, size) == 0;
}

static bool is_capital(const qt_token *token)
{
    return (token->shape & (QT_SHAPE_CAPITAL | QT_SHAPE_MIXED | QT_SHAPE_UPPER)) != 0;
}

/* The token before i that is no adverb and tells no time ("a poll on Monday shows"), within the
 * sentence; or i when there is none. */
static uint32_t before_adverbs(const tagger *t, uint32_t i)
{
    uint32_t sentence = t->words[i].sentence;
    bool time = false;
    for (uint32_t k = i, steps = 0; k > 0 && steps < 6; steps++) {
        k--;
        uint8_t role = t->words[k].role;
        if (t->words[k].sentence != sentence)
            break;
        if (role == QT_ROLE_ADVERB || role == QT_ROLE_TIME ||
            (time && role == QT_ROLE_PREPOSITION)) {
            time = role == QT_ROLE_TIME;
            continue;
        }
        return k;
    }
    return i;
}

static bool has_determiner(const tagger *t, uint32_t i)
{
    uint32_t sentence = t->words[i].sentence;
    for (uint32_t steps = 0; steps < AGREEMENT_WINDOW; steps++) {
        uint8_t role = t->words[i].role;
        if (role == QT_ROLE_DETERMINER)
            return true;
        if ((role != QT_ROLE_NOUN && role != QT_ROLE_NAME && role != QT_ROLE_POSSESSIVE &&
             role != QT_ROLE_HYPHEN && role != QT_ROLE_NUMBER && role != QT_ROLE_ADVERB) ||
            i == 0 || t->words[i - 1].sentence != sentence)
            return false;
        i--;
    }
    return false;
}

static bool is_plural(const tagger *t, uint32_t i)
{
    return (ends(t, i, "s") && !ends(t, i, "ss")) || qt_syntax_same(&t->tokens[i], "people") ||
           qt_syntax_same(&t->tokens[i], "police") || qt_syntax_same(&t->tokens[i], "data") ||
           qt_syntax_same(&t->tokens[i], "media") || qt_syntax_same(&t->tokens[i], "children") ||
           qt_syntax_same(&t->tokens[i], "men") || qt_syntax_same(&t->tokens[i], "women");
}

/* Whether the phrase that ends at i joins two nouns or has a plural one as its head: "critics of
 * the plan". */
static bool is_plural_phrase(const tagger *t, uint32_t i)
{
    uint32_t sentence = t->words[i].sentence;
    for (uint32_t steps = 0; steps < 2 * AGREEMENT_WINDOW; steps++) {
        uint8_t role = t->words[i].role;
        if (role == QT_ROLE_CONJUNCTION && qt_syntax_same(&t->tokens[i], "and"))
            return true;
        if (role == QT_ROLE_NOUN && is_plural(t, i))
            return true;
        if ((role != QT_ROLE_NOUN && role != QT_ROLE_NAME && role != QT_ROLE_DETERMINER &&
             role != QT_ROLE_NUMBER && role != QT_ROLE_HYPHEN && role != QT_ROLE_PREPOSITION) ||
            i == 0 || t->words[i - 1].sentence != sentence)
            return false;
        i--;
    }
    return false;
}

/* "Premier calls strike": the first word of a title. */
static bool leads_title(const tagger *t, uint32_t i)
{
    return t->title && (i == 0 || t->words[i - 1].sentence != t->words[i].sentence);
}

/* Whether a present-tense form at i agrees with what stands before it as its subject. */
static bool agrees(const tagger *t, uint32_t i, bool third_person)
{
    uint32_t k = before_adverbs(t, i);
    if (k == i)
        return false;
    const qt_token *token = &t->tokens[k];
    switch (t->words[k].role) {
    case QT_ROLE_PRONOUN: {
        bool plural = qt_syntax_same(token, "i") || qt_syntax_same(token, "you") ||
                      qt_syntax_same(token, "we") || qt_syntax_same(token, "they");
        return plural != third_person;
    }
    case QT_ROLE_RELATIVE:
        return true;
    case QT_ROLE_NAME:
        if (k > 0 && t->words[k - 1].role == QT_ROLE_HYPHEN)
            return false;
        if (third_person && !is(t, i, QT_WORD_VERB) && has_determiner(t, k))
            return false; /* "the Paris attacks" */
        return third_person || is_plural(t, k) ||
               (is(t, i, QT_WORD_CUE_SPEECH) && is_plural_phrase(t, k));
    case QT_ROLE_DETERMINER: /* "many say", "this shows" */
        return third_person ? qt_syntax_same(token, "this") || qt_syntax_same(token, "that")
                            : qt_syntax_same(token, "many") || qt_syntax_same(token, "some") ||
                                  qt_syntax_same(token, "most") || qt_syntax_same(token, "others");
    case QT_ROLE_CLOSE:
    case QT_ROLE_MARK:
        return true;
    case QT_ROLE_COMMA: /* after an apposition; or a list of nouns */
        return k > 0 && !is(t, i, QT_WORD_CUE_NOUN) &&
               (third_person || t->words[k - 1].role == QT_ROLE_NAME);
    case QT_ROLE_NOUN:
    case QT_ROLE_NUMBER:
        return third_person
                   ? !is_plural(t, k) && (has_determiner(t, k) || leads_title(t, k))
                   : is_plural(t, k) || (is(t, i, QT_WORD_CUE_SPEECH) &&
                                         !is(t, i, QT_WORD_CUE_NOUN) && is_plural_phrase(t, k));
    default:
        return false;
    }
}

/* A determiner that cannot stand for its noun, as "several" and "this" can. */
static bool is_article(const qt_token *token)
{
    return qt_syntax_same(token, "the") || qt_syntax_same(token, "a") ||
           qt_syntax_same(token, "an") || qt_syntax_same(token, "his") ||
           qt_syntax_same(token, "her") || qt_syntax_same(token, "its") ||
           qt_syntax_same(token, "their") || qt_syntax_same(token, "my") ||
           qt_syntax_same(token, "our") || qt_syntax_same(token, "your") ||
           qt_syntax_same(token, "every") || qt_syntax_same(token, "no");
}

/* Whether what follows token i may be the object of a verb, or an infinitive. */
static bool takes_object(const tagger *t, uint32_t i)
{
    uint32_t verb = i;
    while (i + 1 < t->count && t->tokens[i + 1].classes & QT_WORD_ADVERB)
        i++; /* "the mayor claims again that", but "their disputes elsewhere to" */
    if (i + 1 >= t->count || t->tokens[i + 1].kind != QT_TOKEN_WORD)
        return false;
    const qt_token *next = &t->tokens[i + 1];
    if (qt_syntax_same(next, "to")) /* and an infinitive: not "phone calls to Xi" */
        return i == verb && i + 2 < t->count && is(t, i + 2, ANY_VERBS | QT_WORD_AUXILIARY) &&
               !is_capital(&t->tokens[i + 2]);
    return qt_syntax_same(next, "that") ||
           !(next->classes & (QT_WORD_AUXILIARY | QT_WORD_MODAL | QT_WORD_PREPOSITION |
                              QT_WORD_CONJUNCTION | QT_WORD_VERB | QT_WORD_VERB_PAST));
}

/* "a poll published on Monday shows that": a participle, for the clause has its verb behind it. */
static bool is_reduced_clause(const tagger *t, uint32_t i)
{
    if (i + 1 >= t->count || !is(t, i + 1, QT_WORD_PREPOSITION))
        return false;
    for (uint32_t k = i + 2; k + 1 < t->count && k < i + 2 + AGREEMENT_WINDOW; k++) {
        const qt_token *token = &t->tokens[k];
        if (token->kind != QT_TOKEN_WORD && token->kind != QT_TOKEN_NUMBER)
            return false;
        if (is(t, k, QT_WORD_CUE_CLAUSE) && !is_capital(token) && !ends(t, k, "ing"))
            return qt_syntax_same(&t->tokens[k + 1], "that");
        if (is(t, k,
               QT_WORD_VERB_PAST | QT_WORD_AUXILIARY | QT_WORD_MODAL | QT_WORD_CONJUNCTION |
                   QT_WORD_RELATIVE | QT_WORD_PRONOUN))
            return false;
    }
    return false;
}

/* The role of a form that the lists call a verb. */
static uint8_t verb_role(const tagger *t, uint32_t i)
{
    uint32_t k = before_adverbs(t, i);
    uint8_t before = k == i ? QT_ROLE_STOP : t->words[k].role;
    bool past = is(t, i, QT_WORD_VERB_PAST) || ends(t, i, "ed");
    if (i > 0 && t->words[i - 1].role == QT_ROLE_HYPHEN)
        return QT_ROLE_NOUN;
    if (before == QT_ROLE_TO || before == QT_ROLE_MODAL)
        return QT_ROLE_INFINITIVE;
    if (before == QT_ROLE_AUXILIARY && is(t, k, QT_WORD_BE_FORM))
        return past || !ends(t, i, "s") ? QT_ROLE_PASSIVE : QT_ROLE_NOUN;
    if (before == QT_ROLE_AUXILIARY)
        return past || is(t, k, QT_WORD_NEGATION) ? QT_ROLE_VERB : QT_ROLE_INFINITIVE;
    if (past && i + 1 < t->count && (before == QT_ROLE_NOUN || before == QT_ROLE_NAME) &&
        (qt_syntax_same(&t->tokens[i + 1], "by") || is_reduced_clause(t, i)))
        return QT_ROLE_NOUN; /* "a letter obtained by" */
    if (past) {
        bool noun = k + 1 == i && before == QT_ROLE_DETERMINER && is_article(&t->tokens[k]);
        noun |= before == QT_ROLE_POSSESSIVE || before == QT_ROLE_GERUND ||
                before == QT_ROLE_PREPOSITION || before == QT_ROLE_VERB;
        return noun ? QT_ROLE_NOUN : QT_ROLE_VERB;
    }
    bool third_person = ends(t, i, "s") && !ends(t, i, "ss");
    if (third_person && before == QT_ROLE_NAME && is(t, i, QT_WORD_CUE_SPEECH) &&
        i + 1 < t->count && qt_syntax_same(&t->tokens[i + 1], ":"))
        return QT_ROLE_VERB; /* "The Morning Post reports:" */
    if (third_person && is(t, i, QT_WORD_CUE_NOUN) && i + 1 < t->count &&
        (qt_syntax_same(&t->tokens[i + 1], "of") || qt_syntax_same(&t->tokens[i + 1], "about") ||
         qt_syntax_same(&t->tokens[i + 1], "by") || qt_syntax_same(&t->tokens[i + 1], "from")))
        return QT_ROLE_NOUN; /* "claims of", "reports by" */
    if (third_person && before == QT_ROLE_NOUN && !is(t, i, QT_WORD_VERB) && !takes_object(t, i))
        return QT_ROLE_NOUN; /* "the new plans will", against "the mayor plans to" */
    if (agrees(t, i, third_person))
        return QT_ROLE_VERB;
    if (is(t, i, QT_WORD_VERB) && is(t, i, CUE_VERBS) && k != i &&
        (before == QT_ROLE_NOUN || before == QT_ROLE_NAME || before == QT_ROLE_NUMBER ||
         before == QT_ROLE_CLOSE || before == QT_ROLE_COMMA || before == QT_ROLE_MARK ||
         before == QT_ROLE_DASH || before == QT_ROLE_TIME))
        return QT_ROLE_VERB;
    if (before == QT_ROLE_CONJUNCTION && k > 0) {
        uint8_t earlier = t->words[k - 1].role;
        if (third_person)
            return is(t, i, QT_WORD_CUE_NOUN) ? QT_ROLE_NOUN : QT_ROLE_VERB;
        if (earlier == QT_ROLE_INFINITIVE)
            return QT_ROLE_INFINITIVE;
        return is(t, i, QT_WORD_CUE_NOUN | QT_WORD_COMMON) ? QT_ROLE_INFINITIVE : QT_ROLE_NOUN;
    }
    return QT_ROLE_NOUN;
}

static uint8_t clitic_role(const tagger *t, uint32_t i)
{
    const qt_token *token = &t->tokens[i];
    if (qt_syntax_same(token, "'d") || qt_syntax_same(token, "'ll"))
        return QT_ROLE_MODAL;
    if (!qt_syntax_same(token, "'s"))
        return QT_ROLE_AUXILIARY;
    uint8_t before = i > 0 ? t->words[i - 1].role : (uint8_t)QT_ROLE_STOP;
    return before == QT_ROLE_PRONOUN || before == QT_ROLE_RELATIVE || before == QT_ROLE_ADVERB ||
                   (i > 0 && qt_syntax_same(&t->tokens[i - 1], "that"))
               ? QT_ROLE_AUXILIARY
               : QT_ROLE_POSSESSIVE;
}

#define CLOSED_WORDS                                                                               \
    (QT_WORD_PRONOUN | QT_WORD_DETERMINER | QT_WORD_PREPOSITION | QT_WORD_CONJUNCTION |            \
     QT_WORD_SUBORDINATOR | QT_WORD_RELATIVE | QT_WORD_MODAL | QT_WORD_AUXILIARY |                 \
     QT_WORD_NEGATION | QT_WORD_ADVERB)

/* "that" and "to" and what else has two parts to play. */
static uint8_t closed_role(const tagger *t, uint32_t i)
{
    const qt_token *token = &t->tokens[i];
    bool next_is_noun = i + 1 < t->count &&
                        !is(t, i + 1,
                            ANY_VERBS | QT_WORD_AUXILIARY | QT_WORD_MODAL | QT_WORD_PRONOUN |
                                QT_WORD_DETERMINER | QT_WORD_ADVERB) &&
                        t->tokens[i + 1].kind == QT_TOKEN_WORD;
    uint8_t before = i > 0 ? t->words[i - 1].role : (uint8_t)QT_ROLE_STOP;
    if (qt_syntax_same(token, "to"))
        return i + 1 < t->count && is(t, i + 1, ANY_VERBS | QT_WORD_AUXILIARY) &&
                       !(t->tokens[i + 1].shape & QT_SHAPE_CAPITAL) && !ends(t, i + 1, "ing") &&
                       (!ends(t, i + 1, "s") || ends(t, i + 1, "ss"))
                   ? QT_ROLE_TO
                   : QT_ROLE_PREPOSITION;
    if (qt_syntax_same(token, "that")) {
        if (before == QT_ROLE_VERB || before == QT_ROLE_GERUND || before == QT_ROLE_INFINITIVE ||
            before == QT_ROLE_PASSIVE)
            return QT_ROLE_SUBORDINATOR;
        if (before == QT_ROLE_NOUN || before == QT_ROLE_NAME)
            return i + 1 < t->count &&
                           is(t, i + 1, ANY_VERBS | QT_WORD_AUXILIARY | QT_WORD_MODAL) &&
                           !ends(t, i + 1, "ing")
                       ? QT_ROLE_RELATIVE
                       : QT_ROLE_SUBORDINATOR;
        return next_is_noun && before == QT_ROLE_PREPOSITION ? QT_ROLE_DETERMINER
                                                             : QT_ROLE_SUBORDINATOR;
    }
    if (qt_syntax_same(token, "her") || qt_syntax_same(token, "his"))
        return QT_ROLE_DETERMINER;
    if (is(t, i, QT_WORD_MODAL) && !qt_syntax_same(token, "may") && !qt_syntax_same(token, "might"))
        return QT_ROLE_MODAL;
    if (is(t, i, QT_WORD_MODAL) && !(token->shape & QT_SHAPE_CAPITAL))
        return QT_ROLE_MODAL;
    if (is(t, i, QT_WORD_AUXILIARY))
        return QT_ROLE_AUXILIARY;
    if (is(t, i, QT_WORD_NEGATION) && !is(t, i, QT_WORD_DETERMINER | QT_WORD_PRONOUN))
        return QT_ROLE_ADVERB;
    if (qt_syntax_same(token, "one") && i + 1 < t->count &&
        t->tokens[i + 1].kind == QT_TOKEN_WORD && !is(t, i + 1, CLOSED_WORDS | ANY_VERBS))
        return QT_ROLE_DETERMINER;
    if (is(t, i, QT_WORD_PRONOUN))
        return QT_ROLE_PRONOUN;
    if (is(t, i, QT_WORD_RELATIVE))
        return QT_ROLE_RELATIVE;
    if (is(t, i, QT_WORD_SUBORDINATOR) && is(t, i, QT_WORD_PREPOSITION)) /* after, before, as */
        return i + 1 < t->count && is(t, i + 1, QT_WORD_PRONOUN) ? QT_ROLE_SUBORDINATOR
                                                                 : QT_ROLE_PREPOSITION;
    if (qt_syntax_same(token, "once") && i > 0 && i + 1 < t->count && is(t, i + 1, ANY_VERBS))
        return QT_ROLE_ADVERB; /* "Gould once called it" */
    if (is(t, i, QT_WORD_SUBORDINATOR))
        return QT_ROLE_SUBORDINATOR;
    if (is(t, i, QT_WORD_DETERMINER))
        return QT_ROLE_DETERMINER;
    if (is(t, i, QT_WORD_CONJUNCTION))
        return QT_ROLE_CONJUNCTION;
    if (is(t, i, QT_WORD_PREPOSITION))
        return QT_ROLE_PREPOSITION;
    return QT_ROLE_ADVERB;
}

/* "71-year-old" is no time, but somebody or what somebody is. */
static bool is_age(const tagger *t, uint32_t mention)
{
    const quoth_span *span = &t->doc->mentions.items[mention].span;
    return span->end - span->start > 4 && qt_text_has(&t->doc->text, span->end - 4, "-old");
}

/* Whether token i is a hyphen between two parts of a word. */
static bool joins(const tagger *t, uint32_t i)
{
    return i > 0 && i + 1 < t->count && t->tokens[i].kind == QT_TOKEN_DASH &&
           !((t->tokens[i].shape | t->tokens[i + 1].shape) & QT_SHAPE_SPACE) &&
           (t->tokens[i].end - t->tokens[i].start == 1 ||
            qt_text_has(&t->doc->text, t->tokens[i].start, "\xE2\x80\x90") ||
            qt_text_has(&t->doc->text, t->tokens[i].start, "\xE2\x80\x91"));
}

/* "Lee herself said", "the firm itself": a part of the phrase before, which says who. */
static bool is_emphatic(const tagger *t, uint32_t i)
{
    if (i == 0 || !is(t, i, QT_WORD_PRONOUN) || t->words[i - 1].sentence != t->words[i].sentence ||
        (t->words[i - 1].role != QT_ROLE_NAME && t->words[i - 1].role != QT_ROLE_NOUN))
        return false;
    const qt_token *token = &t->tokens[i];
    return qt_syntax_same(token, "himself") || qt_syntax_same(token, "herself") ||
           qt_syntax_same(token, "itself") || qt_syntax_same(token, "themselves");
}

/* "Judge Poe asked": no order to judge somebody. */
static bool is_title(const tagger *t, uint32_t i)
{
    uint32_t behind = t->tokens[i].end + 1;
    if (!is_capital(&t->tokens[i]) || !is(t, i, QT_WORD_TITLE) || i + 1 >= t->count ||
        t->tokens[i + 1].start != behind)
        return false;
    const qt_mentions *mentions = &t->doc->mentions;
    return t->next < mentions->count && mentions->items[t->next].span.start == behind &&
           mentions->items[t->next].label == QUOTH_LABEL_PERSON;
}

static uint8_t word_role(const tagger *t, uint32_t i)
{
    const qt_token *token = &t->tokens[i];
    bool first = i == 0 || t->words[i - 1].sentence != t->words[i].sentence ||
                 t->words[i - 1].role == QT_ROLE_MARK || t->shouted;
    uint32_t mention = t->words[i].mention;
    if (mention != QUOTH_NONE) {
        quoth_label label = t->doc->mentions.items[mention].label;
        if ((label == QUOTH_LABEL_DATE && !is_age(t, mention)) || label == QUOTH_LABEL_TIME)
            return QT_ROLE_TIME;
        if (is_capital(token))
            return QT_ROLE_NAME;
    }
    if (is(t, i, QT_WORD_ADVERB) && joins(t, i + 1)) /* "then-Senator", "well-known" */
        return QT_ROLE_NOUN;
    if (is_emphatic(t, i))
        return QT_ROLE_NOUN;
    if (first && is(t, i, ANY_VERBS) && is_title(t, i))
        return QT_ROLE_NAME;
    if (is(t, i, CLOSED_WORDS) && (first || !is_capital(token) || token->end - token->start == 1))
        return closed_role(t, i);
    if (is_capital(token) && !first)
        return QT_ROLE_NAME;
    if (ends(t, i, "ing")) {
        uint8_t before = i > 0 ? t->words[i - 1].role : (uint8_t)QT_ROLE_STOP;
        if (before == QT_ROLE_HYPHEN || before == QT_ROLE_DETERMINER ||
            before == QT_ROLE_POSSESSIVE)
            return QT_ROLE_NOUN;
        if (is(t, i, ANY_VERBS) || !is(t, i, QT_WORD_COMMON) || before == QT_ROLE_COMMA)
            return QT_ROLE_GERUND;
    }
    if (is(t, i, ANY_VERBS))
        return verb_role(t, i);
    if (ends(t, i, "ly") && token->classes == 0 && !is_capital(token))
        return QT_ROLE_ADVERB;
    if (ends(t, i, "ed") && !ends(t, i, "eed") &&
        !first) { /* an unknown past form, if something before it may act */
        uint32_t k = before_adverbs(t, i);
        uint8_t before = k == i ? QT_ROLE_STOP : t->words[k].role;
        if (before == QT_ROLE_AUXILIARY && is(t, k, QT_WORD_BE_FORM))
            return QT_ROLE_PASSIVE;
        if (before == QT_ROLE_PRONOUN || before == QT_ROLE_NAME || before == QT_ROLE_RELATIVE ||
            before == QT_ROLE_AUXILIARY || before == QT_ROLE_CLOSE)
            return QT_ROLE_VERB;
        /* "leaders shunned the": an object follows. */
        if ((before == QT_ROLE_NOUN || before == QT_ROLE_COMMA) && i + 1 < t->count &&
            t->words[k].sentence == t->words[i].sentence &&
            (is(t, i + 1, QT_WORD_DETERMINER | QT_WORD_PRONOUN) || is_capital(&t->tokens[i + 1])) &&
            (before == QT_ROLE_NOUN || !is_capital(&t->tokens[i + 1])))
            return QT_ROLE_VERB;
    }
    return is_capital(token) && !is(t, i, QT_WORD_COMMON) ? QT_ROLE_NAME : QT_ROLE_NOUN;
}

/* The full stop of "No. 2": a part of what it numbers, unless a sentence ends there. */
static bool is_number_sign(const tagger *t, uint32_t i)
{
    if (i == 0 || i + 1 >= t->count || t->tokens[i + 1].kind != QT_TOKEN_NUMBER ||
        !qt_syntax_same(&t->tokens[i - 1], "no"))
        return false;
    uint32_t next = t->words[i].sentence + 1;
    return next >= t->doc->sentences.count ||
           t->doc->sentences.items[next].span.start > t->tokens[i + 1].start;
}

static uint8_t role_of(const tagger *t, uint32_t i)
{
    uint8_t byte = t->doc->text.bytes[t->tokens[i].start];
    switch ((qt_token_kind)t->tokens[i].kind) {
    case QT_TOKEN_WORD:
        return word_role(t, i);
    case QT_TOKEN_CLITIC:
        return clitic_role(t, i);
    case QT_TOKEN_NUMBER:
        return t->words[i].mention != QUOTH_NONE &&
                       t->doc->mentions.items[t->words[i].mention].label == QUOTH_LABEL_DATE &&
                       !is_age(t, t->words[i].mention)
                   ? QT_ROLE_TIME
                   : QT_ROLE_NUMBER;
    case QT_TOKEN_MARK:
        return t->words[i].quotation == QUOTH_NONE && i > 0 &&
                       !(t->tokens[i].shape & QT_SHAPE_SPACE) &&
                       t->tokens[i - 1].kind == QT_TOKEN_WORD
                   ? QT_ROLE_POSSESSIVE
                   : QT_ROLE_MARK;
    case QT_TOKEN_DASH:
        return joins(t, i) ? QT_ROLE_HYPHEN : QT_ROLE_DASH;
    case QT_TOKEN_URL:
        return QT_ROLE_NAME;
    case QT_TOKEN_SYMBOL:
        return byte == '&' ? QT_ROLE_CONJUNCTION : QT_ROLE_NUMBER;
    case QT_TOKEN_PUNCT:
        break;
    }
    if (byte == ',')
        return QT_ROLE_COMMA;
    /* R-La., behind a name: the stop of an abbreviation that is a name itself */
    if (byte == '.' && t->words[i].mention != QUOTH_NONE && i > 0 &&
        t->words[i - 1].mention == t->words[i].mention)
        return QT_ROLE_NAME;
    if (byte == '.' && is_number_sign(t, i))
        return QT_ROLE_HYPHEN;
    if (byte == '&')
        return QT_ROLE_CONJUNCTION;
    if (byte == '%' || byte == '#')
        return QT_ROLE_NUMBER;
    if (byte == '/')
        return QT_ROLE_HYPHEN;
    if (byte == '(' || byte == '[')
        return QT_ROLE_OPEN;
    if (byte == ')' || byte == ']')
        return QT_ROLE_CLOSE;
    return QT_ROLE_STOP;
}

static bool may_open_phrase(const tagger *t, uint32_t i)
{
    if (!t->tokens[i].prefix ||
        (is_capital(&t->tokens[i]) && i > 0 && t->words[i - 1].sentence == t->words[i].sentence))
        return false;
    return is(t, i, ANY_VERBS | QT_WORD_AUXILIARY | QT_WORD_PREPOSITION) ||
           qt_syntax_same(&t->tokens[i], "according");
}

static uint8_t cue_phrase(const tagger *t, uint32_t i)
{
    const qt_lexeme *entry;
    uint32_t size =
        qt_phrase_at(&t->doc->tokens, &t->doc->text, i, QT_WORD_CUE_PHRASE, false, &entry);
    return size > 1 ? (uint8_t)size : 0;
}

/* Whether no word of the sentence that token first begins has a small letter. */
static bool is_shouted(const tagger *t, uint32_t first, uint32_t end_byte)
{
    uint32_t words = 0;
    for (uint32_t i = first; i < t->count && t->tokens[i].start < end_byte; i++) {
        if (t->tokens[i].kind != QT_TOKEN_WORD)
            continue;
        if (!(t->tokens[i].shape & (QT_SHAPE_UPPER | QT_SHAPE_INITIAL)) &&
            (t->tokens[i].end - t->tokens[i].start > 1 || t->tokens[i].shape & QT_SHAPE_LOWER))
            return false;
        words++;
    }
    return words >= SHOUTED_WORDS;
}

/* "OSLO (AP) - The bridge will close, she said.": nobody says where the article was written. */
static void leave_out_dateline(qt_syntax *self)
{
    quoth_span dateline = self->doc->structure.frame.dateline;
    uint32_t behind = qt_token_at(&self->doc->tokens, dateline.end);
    if (dateline.end == dateline.start || behind == 0 || behind >= self->count ||
        self->words[behind].sentence != self->words[behind - 1].sentence)
        return;
    self->dated = self->words[behind].sentence;
    self->dated_first = behind;
}

quoth_status qt_syntax_read(const struct quoth_doc *doc, quoth_scratch *scratch, qt_syntax *out)
{
    uint32_t count = doc->tokens.count;
    tagger t = {.doc = doc, .tokens = doc->tokens.items, .count = count};
    t.words = qt_arena_alloc_raw(&scratch->temporary, (count + (size_t)1) * sizeof *t.words);
    uint32_t *firsts =
        qt_arena_alloc(&scratch->temporary, (doc->sentences.count + (size_t)1) * sizeof *firsts);
    if (!t.words || !firsts)
        return QUOTH_ERROR_MEMORY;
    const quoth_quotation *quotations = doc->quotations.items.items;
    uint32_t sentence = 0, quotation = 0, mention = 0, inside = QUOTH_NONE, inside_end = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t start = t.tokens[i].start;
        while (sentence + 1 < doc->sentences.count &&
               doc->sentences.items[sentence + 1].span.start <= start)
            firsts[++sentence] = i;
        while (quotation < doc->quotations.items.count &&
               quotations[quotation].span.start <= start) {
            if (quotations[quotation].span.end > inside_end) {
                inside = quotation;
                inside_end = quotations[quotation].span.end;
            }
            quotation++;
        }
        while (mention < doc->mentions.count && doc->mentions.items[mention].span.end <= start)
            mention++;
        t.next = mention;
        if ((i == firsts[sentence] || i == 0) && sentence < doc->sentences.count) {
            const quoth_sentence *s = &doc->sentences.items[sentence];
            t.shouted = is_shouted(&t, i, s->span.end);
            t.title = doc->structure.paragraphs.items[s->paragraph].kind == QUOTH_PARAGRAPH_TITLE;
        }
        bool in_mention =
            mention < doc->mentions.count && doc->mentions.items[mention].span.start <= start;
        t.words[i].sentence = sentence;
        t.words[i].quotation = start < inside_end ? inside : QUOTH_NONE;
        t.words[i].mention = in_mention ? mention : QUOTH_NONE;
        t.words[i].role = role_of(&t, i);
        t.words[i].phrase = may_open_phrase(&t, i) ? cue_phrase(&t, i) : 0;
        bool goes_on = i > 0 && in_mention && t.words[i - 1].mention == mention;
        t.words[i].place = i > 0 ? t.words[i - 1].place + !goes_on : 0;
    }
    while (sentence < doc->sentences.count)
        firsts[++sentence] = count;
    *out = (qt_syntax){doc, t.tokens, t.words, firsts, count, QUOTH_NONE, 0};
    leave_out_dateline(out);
    return QUOTH_OK;
}

bool qt_syntax_byte(const qt_syntax *self, uint32_t i, char what)
{
    return self->doc->text.bytes[self->tokens[i].start] == (uint8_t)what;
}

uint32_t qt_syntax_paragraph(const qt_syntax *self, uint32_t i)
{
    return self->doc->sentences.items[self->words[i].sentence].paragraph;
}

uint32_t qt_syntax_before(const qt_syntax *self, uint32_t i)
{
    uint32_t place = self->words[i].place;
    while (i > 0 && self->words[i - 1].place == place)
        i--;
    return i > 0 ? i - 1 : 0;
}

quoth_span qt_syntax_span(const qt_syntax *self, uint32_t first, uint32_t end)
{
    return (quoth_span){self->tokens[first].start, self->tokens[end - 1].end};
}
