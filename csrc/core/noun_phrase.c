#include "noun_phrase.h"

#include "document.h"

enum {
    PHRASE_WINDOW = 40,    /* tokens of one phrase */
    INSERTION_WINDOW = 30, /* tokens between two commas */
    VERB_WINDOW = 60,      /* tokens back to a governing verb */
    DEPTH = 4,             /* verbs that share one subject */
};

static bool is_nominal(const qt_syntax *s, uint32_t i)
{
    uint8_t r = qt_syntax_role(s, i);
    return r == QT_ROLE_NOUN || r == QT_ROLE_NAME || r == QT_ROLE_NUMBER || r == QT_ROLE_CLOSE ||
           r == QT_ROLE_PRONOUN;
}

/* Where the scan of a phrase to the left came to a halt. */
typedef enum halt { HALT_BOUNDARY, HALT_VERB, HALT_PREPOSITION } halt;

static halt halt_of(uint8_t r)
{
    switch (r) {
    case QT_ROLE_VERB:
    case QT_ROLE_AUXILIARY:
    case QT_ROLE_MODAL:
    case QT_ROLE_INFINITIVE:
    case QT_ROLE_PASSIVE:
        return HALT_VERB;
    case QT_ROLE_PREPOSITION:
        return HALT_PREPOSITION;
    default:
        return HALT_BOUNDARY;
    }
}

/* The opening bracket of the one that ends before token i, or i. */
static uint32_t bracket_start(const qt_syntax *s, uint32_t i, uint32_t floor)
{
    for (uint32_t k = i; k > floor && i - k < 14; k--)
        if (qt_syntax_role(s, k - 1) == QT_ROLE_OPEN)
            return k - 1;
    return i;
}

/* "hours after X warned", "a day before X warned": before a subject that is no preposition. */
static bool opens_clause(const qt_syntax *s, uint32_t i)
{
    return qt_syntax_is(s, i, QT_WORD_SUBORDINATOR) &&
           (qt_syntax_text(s, i, "after") || qt_syntax_text(s, i, "before") ||
            qt_syntax_text(s, i, "since") || qt_syntax_text(s, i, "until"));
}

/* Whether a name before the comma opens the clause: no preposition has it, as in "In Oslo, Lee and Roy
 * said". */
static bool is_listed(const qt_syntax *s, uint32_t comma, uint32_t floor)
{
    uint32_t i = comma;
    while (i > floor &&
           (qt_syntax_role(s, i - 1) == QT_ROLE_NAME || qt_syntax_role(s, i - 1) == QT_ROLE_HYPHEN))
        i--;
    return i < comma && (i == floor || qt_syntax_role(s, i - 1) == QT_ROLE_COMMA ||
                         qt_syntax_role(s, i - 1) == QT_ROLE_STOP ||
                         qt_syntax_role(s, i - 1) == QT_ROLE_SUBORDINATOR);
}

/* The first token of the phrase that ends before token end; end itself when there is none. */
static uint32_t phrase_start(const qt_syntax *s, uint32_t end, uint32_t floor, halt *why)
{
    uint32_t first = end, after_conjunction = QUOTH_NONE, i = end;
    *why = HALT_BOUNDARY;
    while (i > floor && end - i < PHRASE_WINDOW) {
        uint32_t k = i - 1;
        uint8_t r = qt_syntax_role(s, k);
        bool inner_preposition =
            k > floor &&
            (is_nominal(s, k - 1) || qt_syntax_role(s, k - 1) == QT_ROLE_DETERMINER ||
             (qt_syntax_role(s, k - 1) == QT_ROLE_ADVERB && qt_syntax_text(s, k, "of")));
        if (r == QT_ROLE_NOUN || r == QT_ROLE_NAME || r == QT_ROLE_NUMBER) {
            /* "The day Smith left Jones said": two names without a joint are rare; one phrase. */
            first = i = k;
        } else if (r == QT_ROLE_DETERMINER) {
            first = i = k;
            /* Before a determiner only a preposition or a conjunction goes on with the phrase. */
            if (k > floor && (qt_syntax_role(s, k - 1) == QT_ROLE_NOUN ||
                              qt_syntax_role(s, k - 1) == QT_ROLE_NAME))
                break;
        } else if (r == QT_ROLE_PRONOUN && first != end && k + 1 < end &&
                   qt_syntax_role(s, k + 1) == QT_ROLE_PREPOSITION) {
            first = i = k; /* "one of the ..." */
        } else if (r == QT_ROLE_PRONOUN && first == end) {
            first = i = k;
            if (k == floor || qt_syntax_role(s, k - 1) != QT_ROLE_PREPOSITION)
                break;
        } else if (r == QT_ROLE_POSSESSIVE || r == QT_ROLE_HYPHEN) {
            i = k;
        } else if (r == QT_ROLE_CLOSE) {
            uint32_t open = bracket_start(s, k, floor);
            if (open == k)
                break;
            i = open;
        } else if (r == QT_ROLE_TIME && first != end && k > floor &&
                   qt_syntax_role(s, k - 1) != QT_ROLE_PREPOSITION &&
                   qt_syntax_role(s, i) == QT_ROLE_POSSESSIVE) {
            i = k; /* "Monday's debate" */
        } else if (r == QT_ROLE_TIME && first != end && k > floor &&
                   qt_syntax_role(s, i) != QT_ROLE_NAME &&
                   (qt_syntax_role(s, k - 1) == QT_ROLE_DETERMINER ||
                    qt_syntax_role(s, k - 1) == QT_ROLE_TIME ||
                    qt_syntax_role(s, k - 1) == QT_ROLE_HYPHEN)) {
            i = k; /* "a 55-year-old salesman", "the Nov. 8 election" */
        } else if (r == QT_ROLE_PREPOSITION && inner_preposition && first != end &&
                   !opens_clause(s, k)) {
            i = k;
        } else if (r == QT_ROLE_CONJUNCTION && first != end && k > floor && is_nominal(s, k - 1) &&
                   !qt_syntax_text(s, k, "but")) {
            after_conjunction = after_conjunction == QUOTH_NONE ? first : after_conjunction;
            i = k;
        } else if (r == QT_ROLE_COMMA && after_conjunction != QUOTH_NONE &&
                   qt_syntax_role(s, i) == QT_ROLE_NAME && is_listed(s, k, floor)) {
            i = k; /* "Veridata, LocateIQ and Pathmark" */
        } else if (r == QT_ROLE_GERUND && first != end && k > floor &&
                   qt_syntax_role(s, k - 1) == QT_ROLE_NOUN && k - 1 > floor) {
            i = k; /* "people living in the town" */
        } else if (r == QT_ROLE_ADVERB && first != end && k > floor &&
                   qt_syntax_role(s, k - 1) == QT_ROLE_DETERMINER) {
            i = k;
        } else {
            /* "As the mayor put it": no preposition here. */
            bool subordinates =
                r == QT_ROLE_PREPOSITION && qt_syntax_is(s, k, QT_WORD_SUBORDINATOR);
            *why = subordinates ? HALT_BOUNDARY : halt_of(r);
            break;
        }
    }
    /* "He met Smith and Jones said": what stands before the conjunction belongs to another verb. */
    if (*why == HALT_VERB && after_conjunction != QUOTH_NONE)
        first = after_conjunction;
    return first;
}

/* A phrase that a preposition opens is no subject, but one may follow within it: "In 2017 X". */
static uint32_t without_adverbial(const qt_syntax *s, uint32_t first, uint32_t end)
{
    for (uint32_t i = first + 1; i < end; i++)
        if (qt_syntax_role(s, i) == QT_ROLE_DETERMINER &&
            qt_syntax_role(s, i - 1) != QT_ROLE_PREPOSITION &&
            qt_syntax_role(s, i - 1) != QT_ROLE_DETERMINER &&
            qt_syntax_role(s, i - 1) != QT_ROLE_CONJUNCTION)
            return i;
    for (uint32_t i = end; i > first + 1; i--) {
        uint32_t m = s->words[i - 1].mention;
        if (m == QUOTH_NONE || s->doc->mentions.items[m].label != QUOTH_LABEL_PERSON)
            continue;
        const quoth_mention *mention = &s->doc->mentions.items[m];
        uint32_t start =
            mention->title.end > mention->title.start && mention->title.start < mention->span.start
                ? mention->title.start
                : mention->span.start;
        uint32_t token = qt_token_at(&s->doc->tokens, start);
        return token > first && qt_syntax_role(s, token - 1) != QT_ROLE_PREPOSITION ? token : end;
    }
    return end;
}

static bool set_phrase(qt_phrase *out, uint32_t first, uint32_t end, uint32_t core_end)
{
    *out = (qt_phrase){first, end, first, core_end};
    return first < end;
}

/* The phrase that ends before token end. */
static bool phrase_before(const qt_syntax *s, uint32_t end, uint32_t floor, qt_phrase *out)
{
    halt why;
    uint32_t first = phrase_start(s, end, floor, &why);
    if (first < end && why == HALT_PREPOSITION)
        first = without_adverbial(s, first, end);
    return set_phrase(out, first, end, end);
}

/* The comma that opens the insertion which the comma at token close ends, or QUOTH_NONE. */
static uint32_t insertion_start(const qt_syntax *s, uint32_t close, uint32_t floor)
{
    for (uint32_t k = close; k > floor + 1 && close - k < INSERTION_WINDOW;) {
        k--;
        uint8_t r = qt_syntax_role(s, k);
        if (r == QT_ROLE_STOP || r == QT_ROLE_MARK)
            return QUOTH_NONE;
        if (r == QT_ROLE_COMMA && k + 1 < close && is_nominal(s, k - 1))
            return k;
    }
    return QUOTH_NONE;
}

/* Whether the phrase before token end hangs on a preposition: "In a post, the director, X, said". */
static bool is_in_adverbial(const qt_syntax *s, uint32_t end, uint32_t floor)
{
    halt why;
    return phrase_start(s, end, floor, &why) < end && why == HALT_PREPOSITION;
}

/* "X, a doctor, said"; "X, who runs the port, said"; "X, in a statement, said". */
static bool phrase_before_insertion(const qt_syntax *s, uint32_t close, uint32_t floor, int depth,
                                    qt_phrase *out)
{
    uint32_t open = insertion_start(s, close, floor);
    if (open == QUOTH_NONE || depth == 0)
        return false;
    uint8_t opens = qt_syntax_role(s, open + 1);
    halt why;
    uint32_t first = phrase_start(s, open, floor, &why);
    if (first == open)
        return false;
    bool apposition = opens == QT_ROLE_DETERMINER || opens == QT_ROLE_NOUN ||
                      opens == QT_ROLE_NAME || opens == QT_ROLE_NUMBER ||
                      opens == QT_ROLE_RELATIVE || opens == QT_ROLE_OPEN ||
                      (opens == QT_ROLE_PRONOUN && qt_syntax_text(s, open + 2, "of")); /* one of */
    bool inserted = opens == QT_ROLE_PREPOSITION || opens == QT_ROLE_GERUND ||
                    opens == QT_ROLE_SUBORDINATOR || opens == QT_ROLE_ADVERB ||
                    opens == QT_ROLE_TIME || opens == QT_ROLE_VERB || opens == QT_ROLE_AUXILIARY;
    if (!apposition && !inserted)
        return false;
    /* The insertion may itself have a comma: "X, a lawyer from Miami, Florida, said". */
    if (first > floor + 1 && qt_syntax_role(s, first - 1) == QT_ROLE_COMMA &&
        (qt_syntax_role(s, first) == QT_ROLE_DETERMINER ||
         qt_syntax_role(s, first) == QT_ROLE_NOUN || qt_syntax_role(s, first) == QT_ROLE_NUMBER) &&
        is_nominal(s, first - 2) && !is_in_adverbial(s, first - 1, floor) &&
        phrase_before_insertion(s, open, floor, depth - 1, out)) {
        out->end = apposition ? close : out->end;
        return true;
    }
    /* "X, 47, of Mill Lane, Bryncoed, said": where somebody is from is said behind commas, too. */
    if (why == HALT_PREPOSITION && first > floor + 2 && qt_syntax_text(s, first - 1, "of") &&
        qt_syntax_role(s, first - 2) == QT_ROLE_COMMA && apposition) {
        uint32_t comma = first - 2;
        uint32_t name = phrase_start(s, comma, floor, &why);
        if (name < comma && qt_syntax_role(s, name) == QT_ROLE_NAME && why == HALT_BOUNDARY)
            return set_phrase(out, name, close, comma);
        bool found = phrase_before_insertion(s, comma, floor, depth - 1, out);
        out->end = found ? close : out->end;
        return found;
    }
    if (why == HALT_PREPOSITION)
        first = without_adverbial(s, first, open);
    return first < open && set_phrase(out, first, apposition ? close : open, open);
}

static bool is_finite(const qt_syntax *s, uint32_t i, uint32_t floor)
{
    uint8_t r = qt_syntax_role(s, i);
    return r == QT_ROLE_VERB || r == QT_ROLE_PASSIVE || r == QT_ROLE_AUXILIARY ||
           (r == QT_ROLE_INFINITIVE && i > floor && qt_syntax_role(s, i - 1) == QT_ROLE_MODAL);
}

/* Whether the clause that begins left of the verb is subordinate: "when X met Y", "who met Y". */
static bool is_subordinate(const qt_syntax *s, uint32_t verb, uint32_t floor)
{
    for (uint32_t i = verb; i > floor && verb - i < INSERTION_WINDOW; i--) {
        uint8_t r = qt_syntax_role(s, i - 1);
        if (r == QT_ROLE_RELATIVE || r == QT_ROLE_SUBORDINATOR)
            return true;
        if (r == QT_ROLE_COMMA || r == QT_ROLE_VERB || r == QT_ROLE_STOP || r == QT_ROLE_MARK ||
            r == QT_ROLE_DASH)
            return false;
    }
    return false;
}

/* The verb of the sentence's main clause: the first finite one that is in no subordinate clause. */
static uint32_t main_verb(const qt_syntax *s, uint32_t verb, uint32_t floor)
{
    if (verb - floor > VERB_WINDOW)
        floor = verb - VERB_WINDOW;
    /* A clause of time or place set off by a comma has its own main verb. */
    for (uint32_t i = verb; i > floor + 1; i--)
        if (qt_syntax_role(s, i - 2) == QT_ROLE_COMMA && s->words[i - 2].quotation == QUOTH_NONE &&
            i - 2 > floor &&
            (qt_syntax_text(s, i - 1, "when") || qt_syntax_text(s, i - 1, "where") ||
             qt_syntax_text(s, i - 1, "while"))) {
            floor = i;
            break;
        }
    for (uint32_t i = floor; i < verb; i++)
        if (s->words[i].quotation == QUOTH_NONE && is_finite(s, i, floor) &&
            !is_subordinate(s, i, floor))
            return i;
    return QUOTH_NONE;
}

/* "..., X said, adding" and "..., said X, adding": the verb of saying of that insertion. */
static uint32_t postposed_verb(const qt_syntax *s, uint32_t verb, uint32_t floor)
{
    if (verb < floor + 2 || qt_syntax_role(s, verb - 1) != QT_ROLE_COMMA)
        return QUOTH_NONE;
    for (uint32_t i = verb - 1; i > floor && verb - i < 8; i--) {
        uint8_t r = qt_syntax_role(s, i - 1);
        if (r == QT_ROLE_VERB)
            return qt_syntax_is(s, i - 1, QT_WORD_CUE_BARE) ? i - 1 : QUOTH_NONE;
        if (r != QT_ROLE_NAME && r != QT_ROLE_NOUN && r != QT_ROLE_DETERMINER &&
            r != QT_ROLE_TIME && r != QT_ROLE_PRONOUN)
            return QUOTH_NONE;
    }
    return QUOTH_NONE;
}

uint32_t qt_governing_verb(const qt_syntax *self, uint32_t verb, uint32_t floor)
{
    uint32_t sentence = self->words[verb].sentence, nearest = QUOTH_NONE;
    bool that = false;
    if (qt_syntax_role(self, verb) == QT_ROLE_GERUND) {
        uint32_t main = postposed_verb(self, verb, floor);
        if (main == QUOTH_NONE)
            main = main_verb(self, verb, floor);
        if (main != QUOTH_NONE)
            return main;
    }
    for (uint32_t i = verb; i > floor && verb - i < VERB_WINDOW;) {
        i--;
        if (self->words[i].sentence != sentence)
            break;
        if (self->words[i].quotation != QUOTH_NONE)
            continue;
        that |= qt_syntax_role(self, i) == QT_ROLE_SUBORDINATOR && qt_syntax_text(self, i, "that");
        if (!is_finite(self, i, floor))
            continue;
        if (nearest == QUOTH_NONE ||
            (is_subordinate(self, nearest, floor) && !is_subordinate(self, i, floor)))
            nearest = i;
        /* "X said that Y fell and added": the clause between is what the first verb reports. */
        if ((that || qt_syntax_role(self, i + 1) == QT_ROLE_PRONOUN) &&
            qt_syntax_is(self, i, QT_WORD_CUE_CLAUSE) &&
            qt_syntax_is(self, verb, QT_WORD_CUE_SPEECH))
            return i;
        if (!that && nearest != i && !is_subordinate(self, nearest, floor))
            break;
    }
    return nearest;
}

/* "with Smith yelling", "many marchers chanting"; but not "a poster saying". */
static bool phrase_before_gerund(const qt_syntax *s, uint32_t verb, uint32_t floor, qt_phrase *out)
{
    uint32_t end = verb;
    while (end > floor && qt_syntax_role(s, end - 1) == QT_ROLE_ADVERB)
        end--;
    if (end == floor ||
        (qt_syntax_role(s, end - 1) != QT_ROLE_NAME && qt_syntax_role(s, end - 1) != QT_ROLE_NOUN))
        return false;
    halt why;
    uint32_t first = phrase_start(s, end, floor, &why);
    if (first == end || qt_syntax_text(s, first, "a") || qt_syntax_text(s, first, "an"))
        return false;
    /* "emailed supporters, saying": the object of the verb before does not speak. */
    if (why == HALT_VERB && qt_syntax_role(s, end - 1) == QT_ROLE_NOUN)
        return false;
    const qt_token *last = &s->tokens[end - 1];
    bool plural = s->doc->text.bytes[last->end - 1] == 's';
    return (qt_syntax_role(s, end - 1) == QT_ROLE_NAME || plural) &&
           set_phrase(out, first, end, end);
}

/* "is saying" has its own subject. */
static bool is_progressive(const qt_syntax *s, uint32_t verb, uint32_t floor)
{
    uint32_t i = verb;
    while (i > floor && qt_syntax_role(s, i - 1) == QT_ROLE_ADVERB)
        i--;
    return i > floor && qt_syntax_role(s, i - 1) == QT_ROLE_AUXILIARY &&
           qt_syntax_is(s, i - 1, QT_WORD_BE_FORM | QT_WORD_AUXILIARY);
}

/* "X -- who was there -- said" */
static bool phrase_before_dashes(const qt_syntax *s, uint32_t close, uint32_t floor, qt_phrase *out)
{
    for (uint32_t k = close; k > floor && close - k < INSERTION_WINDOW; k--)
        if (qt_syntax_role(s, k - 1) == QT_ROLE_DASH)
            return phrase_before(s, k - 1, floor, out);
    return false;
}

/* "..., said X, ...": the subject follows. */
static bool phrase_after_verb(const qt_syntax *s, uint32_t verb, qt_phrase *out)
{
    uint32_t end = qt_sentence_end(s, s->words[verb].sentence);
    return qt_noun_phrase_after(s, verb + 1, end, out) &&
           (out->end >= end || qt_syntax_role(s, out->end) == QT_ROLE_COMMA ||
            qt_syntax_role(s, out->end) == QT_ROLE_STOP ||
            qt_syntax_role(s, out->end) == QT_ROLE_TIME);
}

/* "Lee, who had promised 'a clean break,' said"; "the report, 'Broken Promises,' found": an insertion
 * whose comma stands between the marks that end it. */
static bool phrase_before_marks(const qt_syntax *s, uint32_t end, uint32_t floor, qt_phrase *out)
{
    uint32_t q = s->words[end - 1].quotation;
    if (q == QUOTH_NONE)
        return false;
    const quoth_quotation *marks = &s->doc->quotations.items.items[q];
    uint32_t first = qt_token_at(&s->doc->tokens, marks->span.start), open = QUOTH_NONE;
    if (first < floor + 2 || first >= end || marks->inner.end == marks->inner.start ||
        s->doc->text.bytes[marks->inner.end - 1] != ',')
        return false;
    if (qt_syntax_role(s, first - 1) == QT_ROLE_COMMA && is_nominal(s, first - 2))
        open = first - 1;
    for (uint32_t k = first - 1; open == QUOTH_NONE && k > floor + 1; k--) {
        uint8_t r = qt_syntax_role(s, k);
        if (r == QT_ROLE_STOP || r == QT_ROLE_MARK || first - k > INSERTION_WINDOW)
            return false;
        if (r == QT_ROLE_RELATIVE && qt_syntax_role(s, k - 1) == QT_ROLE_COMMA &&
            is_nominal(s, k - 2))
            open = k - 1;
    }
    halt why;
    uint32_t start = open == QUOTH_NONE ? open : phrase_start(s, open, floor, &why);
    return open != QUOTH_NONE && start < open && why == HALT_BOUNDARY &&
           set_phrase(out, start, end, open);
}

static bool subject_of(const qt_syntax *s, uint32_t verb, uint32_t floor, int depth, qt_phrase *out)
{
    uint32_t end = verb;
    uint8_t r = QT_ROLE_STOP;
    if (verb < floor)
        return false;
    bool shared = qt_syntax_role(s, verb) == QT_ROLE_GERUND && !is_progressive(s, verb, floor);
    while (end > floor && !shared) {
        r = qt_syntax_role(s, end - 1);
        if (r == QT_ROLE_TO)
            shared = true;
        else if (r != QT_ROLE_ADVERB && r != QT_ROLE_AUXILIARY && r != QT_ROLE_MODAL)
            break;
        else
            end--;
    }
    if (end == floor && !shared)
        return false;
    if (!shared && r == QT_ROLE_TIME) { /* "the president on Tuesday said" */
        while (end > floor && qt_syntax_role(s, end - 1) == QT_ROLE_TIME)
            end--;
        if (end > floor && qt_syntax_role(s, end - 1) == QT_ROLE_PREPOSITION)
            end--;
        while (end > floor && qt_syntax_role(s, end - 1) == QT_ROLE_ADVERB)
            end--;
        r = end > floor ? qt_syntax_role(s, end - 1) : (uint8_t)QT_ROLE_STOP;
    }
    if (!shared && r == QT_ROLE_MARK && phrase_before_marks(s, end, floor, out))
        return true;
    shared = shared || r == QT_ROLE_CONJUNCTION || r == QT_ROLE_MARK;
    if (!shared && r == QT_ROLE_COMMA && phrase_before_insertion(s, end - 1, floor, DEPTH, out))
        return true;
    if (r == QT_ROLE_DASH && phrase_before_dashes(s, end - 1, floor, out))
        return true;
    if (shared && qt_syntax_role(s, verb) == QT_ROLE_GERUND &&
        phrase_before_gerund(s, verb, floor, out))
        return true;
    bool inserted = r == QT_ROLE_COMMA || r == QT_ROLE_MARK;
    if (inserted && qt_syntax_is(s, verb, QT_WORD_CUE_BARE) &&
        qt_syntax_role(s, verb) == QT_ROLE_VERB && phrase_after_verb(s, verb, out))
        return true;
    if (shared || r == QT_ROLE_COMMA) {
        uint32_t other = depth > 0 ? qt_governing_verb(s, verb, floor) : QUOTH_NONE;
        return other != QUOTH_NONE && subject_of(s, other, floor, depth - 1, out);
    }
    if (end == floor)
        return false;
    if (r == QT_ROLE_RELATIVE)
        return set_phrase(out, end - 1, end, end);
    if (is_nominal(s, end - 1) || (r == QT_ROLE_DETERMINER))
        return phrase_before(s, end, floor, out);
    return false;
}

bool qt_subject_of(const qt_syntax *self, uint32_t verb, uint32_t floor, qt_phrase *out)
{
    return subject_of(self, verb, floor, DEPTH, out);
}

static bool is_person(const qt_syntax *s, uint32_t i)
{
    uint32_t m = s->words[i].mention;
    return m != QUOTH_NONE && s->doc->mentions.items[m].label == QUOTH_LABEL_PERSON;
}

/* Whether a preposition at token i goes on with the phrase whose last token is i - 1. */
static bool goes_on(const qt_syntax *s, uint32_t i, uint32_t ceiling)
{
    if (i + 1 >= ceiling)
        return false;
    uint8_t next = qt_syntax_role(s, i + 1);
    if (next != QT_ROLE_DETERMINER && next != QT_ROLE_NOUN && next != QT_ROLE_NAME &&
        next != QT_ROLE_NUMBER)
        return false;
    if (qt_syntax_text(s, i, "of"))
        return true;
    if (is_person(s, i - 1) || qt_syntax_role(s, i - 1) == QT_ROLE_PRONOUN)
        return false;
    /* "an adviser to X", "a person close to X" */
    if (qt_syntax_text(s, i, "to") && s->words[i - 1].mention == QUOTH_NONE)
        return next == QT_ROLE_NAME || qt_syntax_text(s, i + 1, "the");
    bool inner = qt_syntax_text(s, i, "for") || qt_syntax_text(s, i, "at") ||
                 qt_syntax_text(s, i, "from") || qt_syntax_text(s, i, "with") ||
                 qt_syntax_text(s, i, "in");
    /* "said a teacher in Ohio", but "said Smith in a statement". */
    return inner && (next == QT_ROLE_NAME ||
                     (qt_syntax_text(s, i + 1, "the") && !qt_syntax_text(s, i, "in")));
}

/* Behind a date in figures that tells which, "9/11 widow Ann Lee", "2012 nominee Lee"; else i. */
static uint32_t behind_date(const qt_syntax *s, uint32_t i, uint32_t ceiling)
{
    uint32_t k = i;
    uint8_t byte = s->doc->text.bytes[s->tokens[i].start];
    if (qt_syntax_role(s, i) != QT_ROLE_TIME || byte < '0' || byte > '9')
        return i;
    while (k < ceiling && (qt_syntax_role(s, k) == QT_ROLE_TIME || qt_syntax_byte(s, k, '/')))
        k++;
    return k < ceiling && qt_syntax_role(s, k) == QT_ROLE_NOUN &&
                   s->tokens[k].shape & QT_SHAPE_LOWER
               ? k
               : i;
}

/* The end of the core of the phrase that starts at first. */
static uint32_t core_end(const qt_syntax *s, uint32_t first, uint32_t ceiling)
{
    uint32_t i = behind_date(s, first, ceiling);
    while (i < ceiling && i - first < PHRASE_WINDOW) {
        uint8_t r = qt_syntax_role(s, i);
        if (r == QT_ROLE_NOUN || r == QT_ROLE_NAME || r == QT_ROLE_NUMBER ||
            r == QT_ROLE_POSSESSIVE || r == QT_ROLE_HYPHEN) {
            i++;
        } else if (r == QT_ROLE_DETERMINER &&
                   (i == first || qt_syntax_role(s, i - 1) == QT_ROLE_PREPOSITION ||
                    qt_syntax_role(s, i - 1) == QT_ROLE_DETERMINER ||
                    qt_syntax_role(s, i - 1) == QT_ROLE_CONJUNCTION)) {
            i++;
        } else if (r == QT_ROLE_ADVERB && i > first &&
                   qt_syntax_role(s, i - 1) == QT_ROLE_DETERMINER) {
            i++;
        } else if (r == QT_ROLE_OPEN && i > first) {
            uint32_t k = i;
            while (k < ceiling && k - i < 14 && qt_syntax_role(s, k) != QT_ROLE_CLOSE)
                k++;
            if (k >= ceiling || qt_syntax_role(s, k) != QT_ROLE_CLOSE)
                break;
            i = k + 1;
        } else if (r == QT_ROLE_PREPOSITION && i > first && goes_on(s, i, ceiling)) {
            i++;
        } else if ((r == QT_ROLE_VERB || r == QT_ROLE_PASSIVE) && i > first &&
                   qt_syntax_role(s, i - 1) == QT_ROLE_NOUN && i + 2 < ceiling &&
                   qt_syntax_text(s, i + 1, "by") &&
                   (qt_syntax_role(s, i + 2) == QT_ROLE_NAME ||
                    qt_syntax_role(s, i + 2) == QT_ROLE_DETERMINER)) {
            i += 2; /* "documents seen by the Herald" */
        } else if (r == QT_ROLE_CONJUNCTION && i > first && i + 1 < ceiling &&
                   !qt_syntax_text(s, i, "but") && !qt_syntax_text(s, i, "or") &&
                   (qt_syntax_role(s, i + 1) == QT_ROLE_NAME ||
                    qt_syntax_role(s, i + 1) == QT_ROLE_DETERMINER)) {
            i++;
        } else {
            break;
        }
    }
    while (i > first &&
           (qt_syntax_role(s, i - 1) == QT_ROLE_HYPHEN ||
            qt_syntax_role(s, i - 1) == QT_ROLE_PREPOSITION ||
            qt_syntax_role(s, i - 1) == QT_ROLE_CONJUNCTION ||
            qt_syntax_role(s, i - 1) == QT_ROLE_DETERMINER) &&
           i - 1 > first)
        i--;
    return i;
}

/* Whether token k goes on with the insertion that began at token from. clause: it has verbs. */
static bool in_insertion(const qt_syntax *s, uint32_t k, uint32_t from, bool clause)
{
    uint8_t r = qt_syntax_role(s, k);
    if (r == QT_ROLE_COMMA || r == QT_ROLE_STOP || r == QT_ROLE_MARK || r == QT_ROLE_DASH)
        return false;
    if (clause)
        return true;
    uint8_t before = k > from ? qt_syntax_role(s, k - 1) : (uint8_t)QT_ROLE_STOP;
    if (r == QT_ROLE_TIME) /* "Monday's debate", "her failed 2008 campaign" */
        return k > from && (before == QT_ROLE_POSSESSIVE || before == QT_ROLE_DETERMINER ||
                            before == QT_ROLE_TIME ||
                            (before == QT_ROLE_NOUN && k + 1 < s->count &&
                             qt_syntax_role(s, k + 1) == QT_ROLE_NOUN));
    if (r == QT_ROLE_GERUND)
        return before == QT_ROLE_NOUN;
    return r != QT_ROLE_VERB && r != QT_ROLE_AUXILIARY;
}

/* The end of the appositions and relative clauses from the comma (or "who") at token i on; i if
 * none. */
static uint32_t insertions_end(const qt_syntax *s, uint32_t i, uint32_t ceiling)
{
    uint32_t end = i;
    for (int steps = 0; steps < 3 && i + 1 < ceiling; steps++) {
        bool comma = qt_syntax_role(s, i) == QT_ROLE_COMMA;
        uint32_t k = comma ? i + 1 : i;
        uint8_t opens = qt_syntax_role(s, k);
        bool relative = opens == QT_ROLE_RELATIVE && !qt_syntax_text(s, k, "that") &&
                        !qt_syntax_text(s, k, "which") && !qt_syntax_text(s, k, "what");
        if (comma && opens == QT_ROLE_ADVERB && k + 1 < ceiling && qt_syntax_text(s, k, "now"))
            opens = qt_syntax_role(s, k + 1); /* "X, now a lawyer" */
        bool apposition = comma && (opens == QT_ROLE_DETERMINER || opens == QT_ROLE_NOUN ||
                                    opens == QT_ROLE_NUMBER ||
                                    (opens == QT_ROLE_NAME && k + 1 < ceiling &&
                                     qt_syntax_role(s, k + 1) != QT_ROLE_VERB));
        if (!relative && !apposition)
            break;
        uint32_t from = k;
        bool clause = relative; /* "an economist who is ...": verbs are its own */
        while (k < ceiling && k - from < INSERTION_WINDOW && in_insertion(s, k, from, clause)) {
            clause |= k > from && qt_syntax_role(s, k) == QT_ROLE_RELATIVE;
            k++;
        }
        /* An apposition that runs into a verb is the subject of the next clause. */
        if (k < ceiling && !clause &&
            (qt_syntax_role(s, k) == QT_ROLE_VERB || qt_syntax_role(s, k) == QT_ROLE_AUXILIARY))
            break;
        while (k > from && (qt_syntax_role(s, k - 1) == QT_ROLE_PREPOSITION ||
                            qt_syntax_role(s, k - 1) == QT_ROLE_CONJUNCTION))
            k--;
        end = i = k;
        if (i >= ceiling || qt_syntax_role(s, i) != QT_ROLE_COMMA)
            break;
    }
    return end;
}

bool qt_noun_phrase_after(const qt_syntax *self, uint32_t first, uint32_t ceiling, qt_phrase *out)
{
    *out = (qt_phrase){first, first, first, first};
    if (first >= ceiling)
        return false;
    if (qt_syntax_role(self, first) == QT_ROLE_PRONOUN &&
        !(first + 1 < ceiling && qt_syntax_text(self, first + 1, "of")))
        return set_phrase(out, first, first + 1, first + 1);
    uint32_t from = qt_syntax_role(self, first) == QT_ROLE_PRONOUN ? first + 1 : first;
    uint32_t end = core_end(self, from, ceiling);
    if (from > first && end <= from)
        return set_phrase(out, first, first + 1, first + 1);
    if (end <= first)
        return false;
    uint32_t all = insertions_end(self, end, ceiling);
    return set_phrase(out, first, all > end ? all : end, end);
}

bool qt_possessor_of(const qt_syntax *self, uint32_t noun, uint32_t floor, qt_phrase *out)
{
    static const char *const pronouns[] = {"his", "her", "their", "its", "my", "our"};
    *out = (qt_phrase){0, 0, 0, 0};
    for (uint32_t k = noun; k > floor && noun - k < 4; k--) {
        uint8_t before = qt_syntax_role(self, k - 1);
        if (before == QT_ROLE_POSSESSIVE) {
            halt why;
            uint32_t first = phrase_start(self, k - 1, floor, &why);
            return set_phrase(out, first, k - 1, k - 1);
        }
        for (size_t i = 0; i < sizeof pronouns / sizeof *pronouns; i++)
            if (before == QT_ROLE_DETERMINER && qt_syntax_text(self, k - 1, pronouns[i]))
                return set_phrase(out, k - 1, k, k);
        if (before != QT_ROLE_NOUN && before != QT_ROLE_ADVERB && before != QT_ROLE_HYPHEN)
            return false;
    }
    return false;
}
