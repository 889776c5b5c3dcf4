/* The tagger: the best sequence against all sequences, the gradient against differences, learning a
 * small language of names, and models whose content does not fit. */
#include "check.h"

#include "crf.h"
#include "model.h"
#include "quoth_train.h"
#include "tagger.h"
#include "viterbi.h"

#include <math.h>

static uint64_t random_state = 42;

static int32_t random_below(int32_t n)
{
    random_state = random_state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (int32_t)((random_state >> 33) % (uint64_t)n);
}

/* --- the best sequence -------------------------------------------------------------------------- */

static int total(const int16_t (*moves)[QT_TAG_ROOM], const qt_tag_scores *scores,
                 const uint8_t *tags, uint32_t count)
{
    int sum = 0;
    uint32_t before = QT_TAG_OUTSIDE;
    for (uint32_t i = 0; i <= count; i++) {
        uint32_t tag = i < count ? tags[i] : QT_TAG_OUTSIDE;
        if (!qt_crf_may_follow(before, tag))
            return INT32_MIN;
        sum += moves[before][tag] + (i < count ? scores[i][tag] : 0);
        before = tag;
    }
    return sum;
}

/* The best of all sequences of count tags, by trying each. */
static int best_total(const int16_t (*moves)[QT_TAG_ROOM], const qt_tag_scores *scores,
                      uint8_t *tags, uint32_t at, uint32_t count)
{
    int best = INT32_MIN;
    if (at == count)
        return total(moves, scores, tags, count);
    for (uint32_t t = 0; t < QT_TAG_ROOM; t++) {
        tags[at] = (uint8_t)t;
        int found = qt_tag_is(t) ? best_total(moves, scores, tags, at + 1, count) : INT32_MIN;
        best = found > best ? found : best;
    }
    return best;
}

static void test_viterbi(void)
{
    int16_t moves[QT_TAG_ROOM][QT_TAG_ROOM];
    qt_tag_scores scores[3];
    for (int round = 0; round < 60; round++) {
        uint32_t count = 1 + (uint32_t)round % 3;
        for (int a = 0; a < QT_TAG_ROOM; a++)
            for (int b = 0; b < QT_TAG_ROOM; b++)
                moves[a][b] = (int16_t)(random_below(200) - 100);
        for (uint32_t i = 0; i < count; i++)
            for (int t = 0; t < QT_TAG_ROOM; t++)
                scores[i][t] = (int16_t)(random_below(2001) - 1000);
        qt_moves laid_out;
        uint8_t tags[3], all[3];
        qt_moves_read((const int16_t(*)[QT_TAG_ROOM])moves, &laid_out);
        qt_viterbi(&laid_out, (const qt_tag_scores *)scores, count, tags);
        CHECK(total((const int16_t(*)[QT_TAG_ROOM])moves, (const qt_tag_scores *)scores, tags,
                    count) == best_total((const int16_t(*)[QT_TAG_ROOM])moves,
                                         (const qt_tag_scores *)scores, all, 0, count));
    }
}

/* Scores as large as there are, over the longest segment, stay legal. */
static void test_viterbi_extremes(void)
{
    static int16_t moves[QT_TAG_ROOM][QT_TAG_ROOM];
    static qt_tag_scores scores[QT_SEGMENT_MAX];
    qt_moves laid_out;
    uint8_t tags[QT_SEGMENT_MAX];
    for (int round = 0; round < 50; round++) {
        for (int a = 0; a < QT_TAG_ROOM; a++)
            for (int b = 0; b < QT_TAG_ROOM; b++)
                moves[a][b] = (int16_t)(random_below(2) ? INT16_MAX : INT16_MIN);
        for (uint32_t i = 0; i < QT_SEGMENT_MAX; i++)
            for (int t = 0; t < QT_TAG_ROOM; t++)
                scores[i][t] = (int16_t)(random_below(2) ? QT_SCORE_MOST : -QT_SCORE_MOST);
        qt_moves_read((const int16_t(*)[QT_TAG_ROOM])moves, &laid_out);
        qt_viterbi(&laid_out, (const qt_tag_scores *)scores, QT_SEGMENT_MAX, tags);
        uint32_t before = QT_TAG_OUTSIDE;
        bool legal = true;
        for (uint32_t i = 0; i < QT_SEGMENT_MAX; before = tags[i++])
            legal &= qt_crf_may_follow(before, tags[i]);
        CHECK(legal && qt_crf_may_follow(before, QT_TAG_OUTSIDE));
    }
}

/* --- the gradient ------------------------------------------------------------------------------- */

static void test_gradient(void)
{
    static qt_crf crf;
    enum { COUNT = 4 };
    uint32_t allowed[COUNT] = {UINT32_MAX, 1u << QT_TAG_BEGIN | 1u << QT_TAG_OUTSIDE, UINT32_MAX,
                               1u << QT_TAG_OUTSIDE | 1u << (QT_TAG_UNIT + 3)};
    for (int t = 0; t < QT_TAG_ROOM; t++)
        for (int b = 0; b < QT_TAG_ROOM; b++)
            crf.moves[t][b] = (float)(random_below(100) - 50) / 100.0F;
    for (int i = 0; i < COUNT; i++)
        for (int t = 0; t < QT_TAG_ROOM; t++)
            crf.emit[i][t] = (float)(random_below(300) - 150) / 100.0F;
    qt_crf_refresh(&crf);
    float likelihood = qt_crf_gradient(&crf, allowed, COUNT);
    CHECK(likelihood < 0);
    for (int n = 0; n < 40; n++) {
        int i = random_below(COUNT);
        uint32_t t = (uint32_t)random_below(QT_TAG_ROOM);
        (void)qt_crf_gradient(&crf, allowed, COUNT);
        float gradient = crf.gradient[i][t], kept = crf.emit[i][t];
        crf.emit[i][t] = kept + 0.02F;
        float above = qt_crf_gradient(&crf, allowed, COUNT);
        crf.emit[i][t] = kept - 0.02F;
        float below = qt_crf_gradient(&crf, allowed, COUNT);
        crf.emit[i][t] = kept;
        CHECK(fabsf((above - below) / 0.04F - (qt_tag_is(t) ? gradient : 0)) < 0.01F);
    }
    uint32_t never[COUNT] = {1u << QT_TAG_INSIDE, 1, 1, 1};
    CHECK(qt_crf_gradient(&crf, never, COUNT) == 1.0F);
}

/* --- model files ------------------------------------------------------------------------------- */

typedef struct section {
    const char *name;
    const void *data;
    size_t size;
} section;

static void put(uint8_t *at, uint64_t value, int size)
{
    for (int i = 0; i < size; i++)
        at[i] = (uint8_t)(value >> 8 * i);
}

/* A model file of these sections; the caller frees it. */
static uint8_t *make_file(const section *sections, uint32_t count, size_t *size)
{
    size_t at = 64 + (size_t)count * 32, room = at + 64;
    for (uint32_t i = 0; i < count; i++)
        room += sections[i].size + 64;
    uint8_t *file = aligned_alloc(64, (room + 63) / 64 * 64);
    if (!file)
        exit(1);
    memset(file, 0, room);
    memcpy(file, "QUOTHMDL", 8);
    put(file + 8, 1, 4);
    put(file + 32, count, 4);
    for (uint32_t i = 0; i < count; i++) {
        at = (at + 63) / 64 * 64;
        memcpy(file + 64 + 32 * i, sections[i].name, strlen(sections[i].name));
        put(file + 64 + 32 * i + 16, at, 8);
        put(file + 64 + 32 * i + 24, sections[i].size, 8);
        memcpy(file + at, sections[i].data, sections[i].size);
        at += sections[i].size;
    }
    *size = (at + 63) / 64 * 64;
    put(file + 16, *size, 8);
    put(file + 24, qt_model_checksum(file + 32, *size - 32), 8);
    return file;
}

/* --- learning ----------------------------------------------------------------------------------- */

static const struct {
    const char *text;
    quoth_gold names[2];
} lessons[] = {
    {"The drone Zorbel flew over Quanto on Friday.", {{10, 16, 64}, {27, 33, 4}}},
    {"Our drone Marlip flew over Bexton today.", {{10, 16, 64}, {27, 33, 4}}},
    {"The drone Tavrin flew over Olmuth again.", {{10, 16, 64}, {27, 33, 4}}},
};
enum { LESSONS = sizeof lessons / sizeof *lessons };

static void learn(quoth_trainer *trainer, quoth_scratch *scratch)
{
    double loss = 0, first = 0;
    for (int copy = 0; copy < 4; copy++)
        for (int i = 0; i < LESSONS; i++)
            CHECK(quoth_trainer_add(
                      trainer, scratch, quoth_utf8(lessons[i].text, strlen(lessons[i].text)),
                      lessons[i].names, 2, (quoth_scheme){0, 1.0F}, NULL) == QUOTH_OK);
    CHECK(quoth_trainer_begin(trainer, 2) == QUOTH_OK);
    for (uint64_t epoch = 0; epoch < 20; epoch++) {
        CHECK(quoth_trainer_epoch(trainer, 0.1F, 0, 0.1F, epoch, &loss) == QUOTH_OK);
        first = epoch ? first : loss;
    }
    CHECK(loss < first / 4);
    CHECK(quoth_trainer_export(trainer, 1, 0) == QUOTH_OK);
}

/* Reads the first lesson with each allocation failing in turn; nothing is lost. Returns the mentions
 * of the model once nothing fails. */
static size_t read_without_memory(const quoth_model *model)
{
    size_t found = 0;
    for (size_t fail_at = 1;; fail_at++) {
        check_memory memory = {.fail_at = fail_at};
        quoth_allocator allocator = check_allocator(&memory);
        quoth_options options = {.model = model, .allocator = &allocator};
        quoth_pipeline *pipeline = NULL;
        quoth_scratch *scratch = NULL;
        quoth_doc *doc = NULL;
        quoth_status status = quoth_pipeline_new(&options, &pipeline, NULL);
        if (status == QUOTH_OK)
            status = quoth_scratch_new(pipeline, &scratch);
        if (status == QUOTH_OK)
            status =
                quoth_read(pipeline, scratch, quoth_utf8(lessons[0].text, strlen(lessons[0].text)),
                           0, &doc, NULL);
        size_t count = 0;
        const quoth_mention *mentions = doc ? quoth_doc_mentions(doc, &count) : NULL;
        for (size_t i = 0; i < count; i++)
            found += strcmp(mentions[i].rule, "model") == 0;
        quoth_doc_free(doc);
        quoth_scratch_free(scratch);
        quoth_pipeline_free(pipeline);
        if (memory.held != 0 || (status != QUOTH_OK && status != QUOTH_ERROR_MEMORY)) {
            CHECK(memory.held == 0);
            return 0;
        }
        if (status == QUOTH_OK)
            return found;
    }
}

static void test_reading(quoth_trainer *trainer)
{
    static const char *const names[] = {"entity.head", "entity.moves", "entity.rows",
                                        "entity.pilots"};
    section sections[4];
    size_t size;
    quoth_model *model = NULL;
    for (int i = 0; i < 4; i++) {
        sections[i].name = names[i];
        sections[i].data = quoth_trainer_section(trainer, names[i], &sections[i].size);
    }
    uint8_t *file = make_file(sections, 4, &size);
    CHECK(quoth_model_open(file, size, NULL, &model, NULL) == QUOTH_OK);
    CHECK(read_without_memory(model) == 2);
    quoth_model_free(model);
    free(file);
}

/* What was learnt holds for names that were never seen. */
static void test_learning(void)
{
    quoth_pipeline *pipeline = NULL;
    quoth_scratch *scratch = NULL;
    quoth_trainer *trainer = NULL;
    size_t size;
    CHECK(quoth_pipeline_new(NULL, &pipeline, NULL) == QUOTH_OK);
    CHECK(quoth_scratch_new(pipeline, &scratch) == QUOTH_OK);
    CHECK(quoth_trainer_new(pipeline, &trainer) == QUOTH_OK);
    learn(trainer, scratch);
    test_reading(trainer);
    CHECK(quoth_trainer_section(trainer, "entity.rows", &size) && size > 0);
    CHECK(!quoth_trainer_section(trainer, "entity.none", &size) && size == 0);
    size_t before = size;
    quoth_trainer_section(trainer, "entity.rows", &before);
    CHECK(quoth_trainer_prune(trainer, 20) == QUOTH_OK);
    CHECK(quoth_trainer_export(trainer, 1, 0) == QUOTH_OK);
    quoth_trainer_section(trainer, "entity.rows", &size);
    CHECK(size < before && size <= (20 + QT_WEIGHTS_LEAST) * QT_TAG_ROOM);
    quoth_trainer_free(trainer);
    quoth_trainer_free(NULL);
    quoth_scratch_free(scratch);
    quoth_pipeline_free(pipeline);
}

/* --- weights ------------------------------------------------------------------------------------ */

/* Every key has its row and no other key has one, for few and for many. */
static void test_weights(void)
{
    enum { MOST = 20000 };
    static uint32_t keys[2 * MOST];
    static qt_weight_row rows[MOST];
    for (uint32_t i = 0; i < 2 * MOST; i++)
        keys[i] = (i + 1) * UINT32_C(0x85EBCA6B);
    for (uint32_t i = 0; i < MOST; i++)
        rows[i][1] = (uint8_t)i;
    for (uint32_t count = 0; count <= MOST; count = count * 7 + 1) {
        qt_arena arena;
        qt_weights weights;
        qt_arena_init(&arena, &qt_allocator_default);
        uint32_t wrong = 0;
        CHECK(qt_weights_pack(keys, (const qt_weight_row *)rows, count, &arena, &weights) ==
              QUOTH_OK);
        for (uint32_t i = 0; i < 2 * MOST; i++) {
            const uint8_t *row = qt_weights_place(&weights, keys[i]);
            bool found = qt_weights_match(row, keys[i]);
            wrong += i < count ? !found || row[1] != rows[i][1] : found;
        }
        CHECK(wrong == 0);
        CHECK(weights.row_count < count + count / 8 + 8);
        qt_arena_free(&arena);
    }
}

/* --- models that don't fit ---------------------------------------------------------------------- */

/* The status of opening a tagger from a model with these sections. */
static quoth_status status_of(const section *sections, uint32_t count)
{
    size_t size;
    uint8_t *file = make_file(sections, count, &size);
    quoth_model *model = NULL;
    quoth_pipeline *pipeline = NULL;
    CHECK(quoth_model_open(file, size, NULL, &model, NULL) == QUOTH_OK);
    quoth_options options = {.model = model};
    quoth_status status = quoth_pipeline_new(&options, &pipeline, NULL);
    quoth_pipeline_free(pipeline);
    quoth_model_free(model);
    free(file);
    return status;
}

static void test_models_that_do_not_fit(void)
{
    static int16_t moves[QT_TAG_ROOM][QT_TAG_ROOM];
    static uint8_t rows[2][QT_TAG_ROOM];
    uint16_t pilots[4] = {0};
    uint32_t clusters[3] = {0};
    qt_tagger_head head = {.version = QT_TAGGER_VERSION, .scale_bits = 5, .slope = 1};
    qt_tagger_head old = head, wide = head, odd = head;
    old.version = 0;
    wide.scale_bits = 40;
    odd.slope = NAN;
    section right[] = {{"entity.clusters", clusters, 8},
                       {"entity.head", &head, sizeof head},
                       {"entity.moves", moves, sizeof moves},
                       {"entity.rows", rows, sizeof rows},
                       {"entity.pilots", pilots, sizeof pilots}};
    CHECK(status_of(right, 5) == QUOTH_OK);
    const struct {
        int at;
        section with;
    } wrong[] = {
        {0, {"entity.clusters", clusters, 12}},  {1, {"entity.head", &old, sizeof old}},
        {1, {"entity.head", &wide, sizeof old}}, {1, {"entity.head", &odd, sizeof old}},
        {1, {"entity.head", &head, 60}},         {2, {"entity.moves", moves, sizeof moves - 64}},
        {3, {"entity.rows", rows, 33}},          {3, {"entity.rows", rows, 0}},
        {4, {"entity.pilots", pilots, 5}},       {4, {"entity.pilots", pilots, 0}},
        {4, {"entity.pilot", pilots, 8}},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        section sections[5];
        memcpy(sections, right, sizeof right);
        sections[wrong[i].at] = wrong[i].with;
        CHECK(status_of(sections, 5) == QUOTH_ERROR_MODEL);
    }
}

int main(void)
{
    test_viterbi();
    test_viterbi_extremes();
    test_gradient();
    test_learning();
    test_weights();
    test_models_that_do_not_fit();
    return check_report("tagger");
}
