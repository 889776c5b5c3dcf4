#include "pattern.h"

#include "status.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "../tables/pattern_sources.inc"

#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

enum { MATCH_LIMIT = 100000, DEPTH_LIMIT = 1000, HEAP_LIMIT_KIB = 4096 };

struct qt_patterns {
    quoth_allocator allocator;
    pcre2_general_context *general;   /* of the matchers */
    pcre2_general_context *compiling; /* of the patterns */
    bool exhausted;                   /* the allocator had no more while they were compiled */
    pcre2_code *code[QT_PATTERN_COUNT];
};

enum { STARTS = 512, START_SIZE = 15 };

/* Which patterns may match at a word: bits of pattern numbers. */
typedef struct start {
    uint8_t size; /* of the word; 0: free */
    uint8_t word[START_SIZE];
    uint64_t asked, may;
} start;
_Static_assert(QT_PATTERN_COUNT <= 64, "a start has a bit for each pattern");

struct qt_matcher {
    const qt_patterns *patterns;
    pcre2_match_data *data;
    pcre2_match_context *context;
    start starts[STARTS];
};

static void *allocate(PCRE2_SIZE size, void *allocator)
{
    const quoth_allocator *a = allocator;
    return a->resize(a->context, NULL, size);
}

static void release(void *block, void *allocator)
{
    const quoth_allocator *a = allocator;
    if (block)
        a->release(a->context, block);
}

/* PCRE2 10.42 reads through a null pointer when an allocation of its JIT compiler fails. So
 * patterns are compiled with a spare, the C library's memory, and given up afterwards if it was
 * needed. */
typedef struct pattern_block {
    alignas(max_align_t) bool spare;
} pattern_block;

static void *allocate_for_pattern(PCRE2_SIZE size, void *patterns)
{
    qt_patterns *self = patterns;
    const quoth_allocator *a = &self->allocator;
    pattern_block *block =
        self->exhausted ? NULL : a->resize(a->context, NULL, sizeof *block + size);
    bool spare = !block;
    if (spare) {
        self->exhausted = true;
        block = malloc(sizeof *block + size);
        if (!block)
            return NULL;
    }
    block->spare = spare;
    return block + 1;
}

static void release_of_pattern(void *memory, void *patterns)
{
    const quoth_allocator *a = &((qt_patterns *)patterns)->allocator;
    if (!memory)
        return;
    pattern_block *block = (pattern_block *)memory - 1;
    if (block->spare)
        free(block);
    else
        a->release(a->context, block);
}

static quoth_status compile(qt_patterns *self, int id, quoth_error *error)
{
    int code;
    PCRE2_SIZE position;
    pcre2_compile_context *context = pcre2_compile_context_create(self->compiling);
    if (!context)
        return qt_fail(error, QUOTH_ERROR_MEMORY, 0, NULL);
    /* The JIT knows PCRE2_ANCHORED only when it is given here, not at the match. */
    uint32_t options = PCRE2_UTF | PCRE2_UCP | PCRE2_NO_UTF_CHECK |
                       (pattern_sources[id].anchored ? PCRE2_ANCHORED : 0);
    self->code[id] = pcre2_compile((PCRE2_SPTR)pattern_sources[id].source, PCRE2_ZERO_TERMINATED,
                                   options, &code, &position, context);
    pcre2_compile_context_free(context);
    if (!self->code[id]) {
        char message[160];
        if (code == PCRE2_ERROR_HEAP_FAILED)
            return qt_fail(error, QUOTH_ERROR_MEMORY, 0, NULL);
        if (pcre2_get_error_message(code, (PCRE2_UCHAR *)message, sizeof message) < 0)
            message[0] = '\0';
        return qt_fail(error, QUOTH_ERROR_PATTERN, position, message);
    }
    /* Without JIT (not built in, or no executable memory) the interpreter does the same, slower. */
    (void)pcre2_jit_compile(self->code[id], PCRE2_JIT_COMPLETE);
    if (self->exhausted)
        return qt_fail(error, QUOTH_ERROR_MEMORY, 0, NULL);
    return QUOTH_OK;
}

quoth_status qt_patterns_new(const quoth_allocator *allocator, qt_patterns **out,
                             quoth_error *error)
{
    qt_patterns *self = allocator->resize(allocator->context, NULL, sizeof *self);
    *out = NULL;
    if (!self)
        return qt_fail(error, QUOTH_ERROR_MEMORY, 0, NULL);
    *self = (qt_patterns){.allocator = *allocator};
    self->general = pcre2_general_context_create(allocate, release, &self->allocator);
    self->compiling = pcre2_general_context_create(allocate_for_pattern, release_of_pattern, self);
    quoth_status status =
        self->general && self->compiling ? QUOTH_OK : qt_fail(error, QUOTH_ERROR_MEMORY, 0, NULL);
    for (int id = 0; status == QUOTH_OK && id < QT_PATTERN_COUNT; id++)
        status = compile(self, id, error);
    if (status != QUOTH_OK) {
        qt_patterns_free(self);
        return status;
    }
    *out = self;
    return QUOTH_OK;
}

void qt_patterns_free(qt_patterns *self)
{
    if (!self)
        return;
    for (int id = 0; id < QT_PATTERN_COUNT; id++)
        pcre2_code_free(self->code[id]);
    pcre2_general_context_free(self->compiling);
    pcre2_general_context_free(self->general);
    self->allocator.release(self->allocator.context, self);
}

/* Whether a text that starts with word may match, whatever follows. */
static int try_start(qt_matcher *self, int id, const uint8_t *word, uint32_t size)
{
    return pcre2_match(self->patterns->code[id], word, size, 0,
                       PCRE2_NO_UTF_CHECK | PCRE2_PARTIAL_HARD, self->data, self->context);
}

quoth_status qt_matcher_new(const qt_patterns *patterns, qt_matcher **out)
{
    const quoth_allocator *a = &patterns->allocator;
    qt_matcher *self = a->resize(a->context, NULL, sizeof *self);
    *out = NULL;
    if (!self)
        return QUOTH_ERROR_MEMORY;
    memset(self, 0, sizeof *self);
    self->patterns = patterns;
    self->data = pcre2_match_data_create(QT_GROUP_MAX, patterns->general);
    self->context = pcre2_match_context_create(patterns->general);
    if (!self->data || !self->context) {
        qt_matcher_free(self);
        return QUOTH_ERROR_MEMORY;
    }
    pcre2_set_match_limit(self->context, MATCH_LIMIT);
    pcre2_set_depth_limit(self->context, DEPTH_LIMIT);
    pcre2_set_heap_limit(self->context, HEAP_LIMIT_KIB);
    /* PCRE2 gets the memory for such a match at the first one, and keeps it. */
    if (try_start(self, 0, (const uint8_t *)"a", 1) == PCRE2_ERROR_NOMEMORY) {
        qt_matcher_free(self);
        return QUOTH_ERROR_MEMORY;
    }
    *out = self;
    return QUOTH_OK;
}

void qt_matcher_free(qt_matcher *self)
{
    if (!self)
        return;
    const quoth_allocator *a = &self->patterns->allocator;
    pcre2_match_data_free(self->data);
    pcre2_match_context_free(self->context);
    a->release(a->context, self);
}

bool qt_pattern_match(qt_matcher *self, qt_pattern_id id, const qt_text *text, uint32_t at,
                      uint32_t end, qt_match *out)
{
    int count = pcre2_match(self->patterns->code[id], text->bytes, end, at, PCRE2_NO_UTF_CHECK,
                            self->data, self->context);
    if (count <= 0)
        return false;
    const PCRE2_SIZE *offsets = pcre2_get_ovector_pointer(self->data);
    *out = (qt_match){.count = (uint32_t)count};
    for (int i = 0; i < count; i++)
        if (offsets[2 * i] != PCRE2_UNSET)
            out->group[i] = (quoth_span){(uint32_t)offsets[2 * i], (uint32_t)offsets[2 * i + 1]};
    return true;
}

/* The memory of a word, taken from another one if need be; NULL for a word too long for it. */
static start *start_of(qt_matcher *self, uint64_t key, const uint8_t *word, uint32_t size)
{
    if (size == 0 || size > START_SIZE)
        return NULL;
    key = (key ^ word[0]) * UINT64_C(0x9E3779B97F4A7C15);
    start *s = &self->starts[(uint32_t)(key >> 40) % STARTS];
    if (s->size != size || memcmp(s->word, word, size) != 0) {
        *s = (start){.size = (uint8_t)size};
        memcpy(s->word, word, size);
    }
    return s;
}

uint64_t qt_pattern_starts(qt_matcher *self, uint64_t wanted, uint64_t key, const uint8_t *word,
                           uint32_t size)
{
    start *s = start_of(self, key, word, size);
    if (!s)
        return wanted;
    for (uint64_t unknown = wanted & ~s->asked; unknown; unknown &= unknown - 1) {
        int id = __builtin_ctzll(unknown);
        /* The word alone: whatever is not refused may be, and so may what is too hard to tell. */
        bool refused = try_start(self, id, s->word, size) == PCRE2_ERROR_NOMATCH;
        s->may |= refused ? 0 : UINT64_C(1) << id;
    }
    s->asked |= wanted;
    return wanted & s->may;
}

const char *qt_pattern_rule(qt_pattern_id id)
{
    return pattern_sources[id].rule;
}

quoth_label qt_pattern_label(qt_pattern_id id)
{
    return (quoth_label)pattern_sources[id].label;
}
