#include "report_cue.h"

#define CUE_WORDS                                                                                  \
    (QT_CUE_VERBS | QT_WORD_CUE_NOUN | QT_WORD_CUE_ADJECTIVE | QT_WORD_CUE_EVIDENCE |              \
     QT_WORD_WORD_NOUN | QT_WORD_CUE_SEEMING)

/* The last three bytes. */
static uint64_t suffix(const qt_syntax *s, uint32_t i)
{
    const qt_token *t = &s->tokens[i];
    uint64_t out = 0;
    if (s->words[i].mention != QUOTH_NONE)
        return qt_ranking_key(s, i);
    for (uint32_t k = t->end - t->start > 3 ? t->end - 3 : t->start; k < t->end; k++)
        out = out << 8 | s->doc->text.bytes[k];
    return out;
}

/* What a word that no list knows has to weigh by itself, in log odds, to be looked at in its sentence.
 * Of the cues that the sentence would show, one in twenty does not. */
static const float hopeless = -0.25f;

static float weight_of(const qt_linear *model, uint32_t template_, uint64_t value)
{
    return (float)model->weights[qt_feature_hash(template_, value) >> (32 - model->bits)] *
           model->scale;
}

bool qt_cue_may_be(const qt_syntax *s, const qt_linear *model, uint32_t i)
{
    uint8_t r = qt_syntax_role(s, i);
    if (s->tokens[i].kind != QT_TOKEN_WORD)
        return false;
    if (s->tokens[i].prefix && qt_cue_according_at(s, i) > 0)
        return true;
    bool verbal = qt_look_is_verbal(r);
    if (!verbal && r != QT_ROLE_NOUN &&
        !((r == QT_ROLE_NAME || r == QT_ROLE_ADVERB || r == QT_ROLE_PREPOSITION) &&
          qt_syntax_is(s, i, CUE_WORDS)))
        return false;
    if (!model->weights || (verbal && qt_syntax_is(s, i, QT_CUE_VERBS)) ||
        (r == QT_ROLE_NOUN && qt_syntax_is(s, i, QT_WORD_CUE_NOUN | QT_WORD_CUE_ADJECTIVE)))
        return true;
    uint64_t key = qt_ranking_key(s, i);
    qt_cue cue = {i, i, i + 1, s->tokens[i].classes};
    return weight_of(model, 2, key) + weight_of(model, 3, key ^ r) +
               weight_of(model, 9, suffix(s, i)) +
               weight_of(model, 10, qt_pack(qt_ranking_cue_classes(&cue), r, 0, 0)) >
           hopeless;
}

/* The tokens around a cue, names as one: around[AROUND + n] is the nth behind it. */
enum { AROUND = 3, BEHIND = 4, WINDOW = 8 };

typedef struct surroundings {
    uint32_t at[AROUND + 1 + BEHIND]; /* QUOTH_NONE beyond the sentence */
    uint64_t keys[AROUND + 1 + BEHIND];
    uint8_t roles[AROUND + 1 + BEHIND];
} surroundings;

static void look_around(const qt_look *l, surroundings *out)
{
    uint32_t i = l->cue.first;
    for (uint32_t n = AROUND; n > 0; n--)
        out->at[n - 1] = i =
            i != QUOTH_NONE && i > l->first ? qt_syntax_before(l->s, i) : QUOTH_NONE;
    out->at[AROUND] = l->cue.verb;
    i = l->cue.end;
    for (uint32_t n = AROUND + 1; n <= AROUND + BEHIND; n++) {
        out->at[n] = i < l->end ? i : QUOTH_NONE;
        i = i < l->end ? qt_syntax_after(l->s, i) : QUOTH_NONE;
    }
    for (uint32_t n = 0; n <= AROUND + BEHIND; n++) {
        out->keys[n] = qt_look_key(l, out->at[n]);
        out->roles[n] = qt_look_role(l, out->at[n]);
    }
}

/* Whether "that", "to" or a question word stands within a few tokens, and how far. */
static uint64_t opener_ahead(const qt_look *l, uint32_t from)
{
    for (uint32_t i = from, n = 0; i < l->end && n < 7; i = qt_syntax_after(l->s, i), n++) {
        uint8_t r = qt_look_role(l, i);
        if (r == QT_ROLE_SUBORDINATOR || r == QT_ROLE_TO || r == QT_ROLE_RELATIVE)
            return (uint64_t)r << 4 | n;
        if (qt_look_is_finite(r))
            return 0xF00 | n;
        if (r == QT_ROLE_STOP || r == QT_ROLE_COMMA)
            return (uint64_t)r << 4;
    }
    return 1;
}

/* The word, what the lists and the rules make of it, and the auxiliaries before it. */
static void word_features(const qt_look *l, qt_sum *sum)
{
    uint64_t key = l->key, opener = opener_ahead(l, l->cue.end), group = 0;
    uint32_t i = l->cue.verb;
    qt_feature(sum, 1, 0);
    qt_feature(sum, 2, key);
    qt_feature(sum, 3, key ^ l->role);
    qt_feature(sum, 9, suffix(l->s, i));
    qt_feature(sum, 10, qt_pack(l->classes, l->role, 0, 0));
    qt_feature(sum, 15, qt_pack(l->rule, l->role, 0, 0));
    qt_feature(sum, 16, qt_pack(l->rule, l->classes, 0, 0));
    qt_feature(sum, 17, key ^ l->rule << 5);
    qt_feature(sum, 18, qt_pack(opener, l->role, 0, 0));
    qt_feature(sum, 19, key ^ opener << 3);
    qt_feature(sum, 20, qt_pack(opener, l->classes, 0, 0));
    for (uint32_t k = i; k > l->first && i - k < 4; k--) {
        uint8_t r = qt_look_role(l, k - 1);
        if (r != QT_ROLE_AUXILIARY && r != QT_ROLE_MODAL && r != QT_ROLE_ADVERB && r != QT_ROLE_TO)
            break;
        group = group * 31 + (r == QT_ROLE_ADVERB ? 1 : qt_look_key(l, k - 1));
    }
    qt_feature(sum, 37, group ^ l->role);
    qt_feature(sum, 38, group ^ key << 1);
}

/* The words beside it, in their places. */
static void beside_features(const qt_look *l, qt_sum *sum, const surroundings *b)
{
    const uint64_t *k = &b->keys[AROUND], key = l->key;
    const uint8_t *r = &b->roles[AROUND];
    uint64_t around = r[-1] | (uint64_t)r[-2] << 5 | (uint64_t)r[1] << 10 | (uint64_t)r[2] << 15;
    qt_feature(sum, 4, key ^ k[1] << 1);
    qt_feature(sum, 5, key ^ k[-1] << 1);
    qt_feature(sum, 6, key ^ r[1]);
    qt_feature(sum, 7, key ^ (uint64_t)r[-1] << 3);
    qt_feature(sum, 8, around << 5 | l->role);
    qt_feature(sum, 11, k[1]);
    qt_feature(sum, 12, k[-1]);
    qt_feature(sum, 13, k[2]);
    qt_feature(sum, 14, qt_pack(l->role, r[1], r[2], 0));
    qt_feature(sum, 31, k[-1] ^ k[-2] << 1);
    qt_feature(sum, 32, k[1] ^ k[2] << 1);
    qt_feature(sum, 40, k[3]);
    qt_feature(sum, 41, k[4]);
    qt_feature(sum, 42, k[-2]);
    qt_feature(sum, 43, k[-3]);
    qt_feature(sum, 44, qt_pack(r[1], r[2], r[3], l->role));
    qt_feature(sum, 45, qt_pack(r[-1], r[-2], r[-3], l->role));
    qt_feature(sum, 46, key ^ k[2] << 2);
    qt_feature(sum, 47, key ^ k[1] << 1 ^ k[2] << 2);
    uint32_t m = l->cue.end < l->end ? l->s->words[l->cue.end].mention : QUOTH_NONE;
    uint64_t label = m == QUOTH_NONE ? 0 : l->s->doc->mentions.items[m].label;
    qt_feature(sum, 26, qt_pack(label, l->role, r[1], 0));
}

/* Its subject, and the phrase behind it: "offered congratulations to". */
static void phrase_features(const qt_look *l, qt_sum *sum)
{
    uint64_t key = l->key;
    qt_phrase subject = l->rules.source, object;
    bool found = subject.end > subject.first;
    if (!found && qt_look_is_verbal(l->role))
        found = qt_subject_of(l->s, l->cue.verb, l->first, &subject);
    uint64_t kind = found ? qt_ranking_source_kind(l->s, &subject) : 255;
    qt_feature(sum, 21, qt_pack(kind, l->role, 0, 0));
    qt_feature(sum, 22, qt_pack(kind, l->classes, 0, 0));
    qt_feature(sum, 23, key ^ kind << 4);
    if (found) {
        bool core = subject.core_end > subject.core_first;
        uint64_t head = qt_ranking_key(l->s, core ? subject.core_end - 1 : subject.first);
        qt_feature(sum, 24, head);
        qt_feature(sum, 25, key ^ head << 1);
    }
    if (qt_noun_phrase_after(l->s, l->cue.end, l->end, &object) &&
        object.core_end > object.core_first) {
        uint64_t head = qt_look_key(l, object.core_end - 1);
        qt_feature(sum, 33, head);
        qt_feature(sum, 34, key ^ head << 2);
        qt_feature(sum, 35, qt_look_key(l, object.core_end) ^ key << 3);
        qt_feature(sum, 36, qt_pack(qt_look_role(l, object.core_end), l->classes, l->role, 0));
    }
}

static uint32_t most(uint32_t n, uint32_t limit)
{
    return n < limit ? n : limit;
}

/* Where it stands: what the rest of the sentence holds. A cue in what another one reports is no cue
 * of its own for PolNeAR. */
static void place_features(const qt_look *l, qt_sum *sum)
{
    const qt_tally *before = &l->before, *all = &l->all;
    const quoth_doc *doc = l->s->doc;
    uint32_t i = l->cue.verb, sentence = l->s->words[i].sentence, nth = 0;
    uint32_t paragraph = doc->sentences.items[sentence].paragraph;
    uint32_t finite = most(before->finite, 3), cues = most(before->cues, 3);
    uint32_t thats = most(before->thats, 2), later = most(all->cues - before->cues, 3);
    bool marks = before->marks > 0, marks_later = all->marks > before->marks;
    for (uint32_t k = sentence; k > 0 && nth < 4; k--, nth++)
        if (doc->sentences.items[k - 1].paragraph != paragraph)
            break;
    qt_feature(sum, 27,
               qt_pack(qt_bucket(qt_look_length(l, l->first, i)),
                       qt_bucket(qt_look_length(l, i, l->end)), l->role, 0));
    qt_feature(sum, 30, qt_pack(doc->structure.paragraphs.items[paragraph].kind, l->role, 0, 0));
    qt_feature(sum, 50, qt_pack(finite, most(before->commas, 3), l->role, 0));
    qt_feature(sum, 51, qt_pack(cues, thats, l->role, finite));
    qt_feature(sum, 52, qt_pack(cues, later, l->role, l->classes));
    qt_feature(sum, 53, qt_pack(marks, marks_later, l->role, 0));
    qt_feature(sum, 54, qt_pack(marks, marks_later, l->classes, 0));
    qt_feature(sum, 55, qt_pack(cues, thats, l->classes, 0));
    qt_feature(sum, 56, qt_pack(most(all->finite - before->finite, 3), l->classes, l->role, 0));
    qt_feature(sum, 57, qt_pack(nth, l->role, 0, 0));
    qt_feature(sum, 58, qt_pack(l->inside, l->role, 0, 0));
    qt_feature(sum, 59, qt_pack(l->inside, l->classes, 0, 0));
}

/* The words around it in no order. */
static void bag_features(const qt_look *l, qt_sum *sum)
{
    uint32_t k = l->cue.verb;
    for (uint32_t n = 0; n < WINDOW && k > l->first; n++) {
        k = qt_syntax_before(l->s, k);
        if (l->s->tokens[k].kind == QT_TOKEN_WORD)
            qt_feature(sum, 60, qt_look_key(l, k));
    }
    k = qt_syntax_after(l->s, l->cue.verb);
    for (uint32_t n = 0; n < WINDOW && k < l->end; n++, k = qt_syntax_after(l->s, k))
        if (l->s->tokens[k].kind == QT_TOKEN_WORD)
            qt_feature(sum, 61, qt_look_key(l, k));
}

float qt_cue_weigh(const qt_look *l)
{
    qt_sum sum = {&l->models->parts[QUOTH_MODEL_CUE], l->trace, 0};
    surroundings around;
    look_around(l, &around);
    word_features(l, &sum);
    beside_features(l, &sum, &around);
    phrase_features(l, &sum);
    place_features(l, &sum);
    bag_features(l, &sum);
    return qt_sum_odds(&sum);
}
