#include "pattern.h"

#include "status.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "../tables/pattern_sources.inc"

#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

enum { MATCH_LIMIT = 100000, DEPTH_LIMIT = 1000, HEAP_LIMIT_KIB = 4096 };
enum { PATTERN_BYTES_MAX = 65535 };

/* What patterns are compiled with. */
typedef struct compiler {
    quoth_allocator allocator;
    pcre2_general_context *context;
    bool exhausted; /* the allocator had no more meanwhile */
} compiler;

struct qt_patterns {
    quoth_allocator allocator;
    pcre2_general_context *general; /* of the matchers */
    compiler compiler;
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

static void *allocate_for_pattern(PCRE2_SIZE size, void *with)
{
    compiler *self = with;
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

static void release_of_pattern(void *memory, void *with)
{
    const quoth_allocator *a = &((compiler *)with)->allocator;
    if (!memory)
        return;
    pattern_block *block = (pattern_block *)memory - 1;
    if (block->spare)
        free(block);
    else
        a->release(a->context, block);
}

static quoth_status compile(compiler *self, quoth_string source, uint32_t options, pcre2_code **out,
                            quoth_error *error)
{
    int code;
    PCRE2_SIZE position;
    pcre2_compile_context *context = pcre2_compile_context_create(self->context);
    if (!context)
        return qt_fail(error, QUOTH_ERROR_MEMORY, 0, NULL);
    (void)pcre2_set_max_pattern_length(context, PATTERN_BYTES_MAX);
    options |= PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C;
    *out = pcre2_compile((PCRE2_SPTR)source.data, source.size, options, &code, &position, context);
    pcre2_compile_context_free(context);
    if (!*out) {
        char message[160];
        if (code == PCRE2_ERROR_HEAP_FAILED)
            return qt_fail(error, QUOTH_ERROR_MEMORY, 0, NULL);
        if (pcre2_get_error_message(code, (PCRE2_UCHAR *)message, sizeof message) < 0)
            message[0] = '\0';
        return qt_fail(error, QUOTH_ERROR_PATTERN, position, message);
    }
    /* Without JIT (not built in, or no executable memory) the interpreter does the same, slower. */
    (void)pcre2_jit_compile(*out, PCRE2_JIT_COMPLETE);
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
    *self = (qt_patterns){.allocator = *allocator, .compiler = {.allocator = *allocator}};
    self->general = pcre2_general_context_create(allocate, release, &self->allocator);
    self->compiler.context =
        pcre2_general_context_create(allocate_for_pattern, release_of_pattern, &self->compiler);
    quoth_status status = self->general && self->compiler.context
                              ? QUOTH_OK
                              : qt_fail(error, QUOTH_ERROR_MEMORY, 0, NULL);
    for (int id = 0; status == QUOTH_OK && id < QT_PATTERN_COUNT; id++) {
        const char *source = pattern_sources[id].source;
        /* The JIT knows PCRE2_ANCHORED only when it is given here, not at the match. */
        uint32_t options = PCRE2_NO_UTF_CHECK | (pattern_sources[id].anchored ? PCRE2_ANCHORED : 0);
        status = compile(&self->compiler, (quoth_string){source, strlen(source)}, options,
                         &self->code[id], error);
    }
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
    pcre2_general_context_free(self->compiler.context);
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

/* --- the caller's patterns ---------------------------------------------------------------------- */

typedef struct group {
    uint32_t number;
    const char *name; /* within the compiled code */
} group;

struct quoth_pattern {
    compiler compiler;
    pcre2_code *code;
    uint32_t room; /* groups, the whole match included */
    uint32_t step_limit;
    group *groups; /* the named ones, by number */
    uint32_t group_count;
    qt_need need;
};

struct qt_searcher {
    quoth_allocator allocator;
    pcre2_general_context *general;
    pcre2_match_data *data;
    pcre2_match_context *context;
};

/* Reads PCRE2's table of names: two bytes of the number, the name, and NUL, in the order of the
 * alphabet. */
static quoth_status read_groups(quoth_pattern *self)
{
    uint32_t count = 0, size = 0;
    PCRE2_SPTR table = NULL;
    (void)pcre2_pattern_info(self->code, PCRE2_INFO_CAPTURECOUNT, &self->room);
    (void)pcre2_pattern_info(self->code, PCRE2_INFO_NAMECOUNT, &count);
    (void)pcre2_pattern_info(self->code, PCRE2_INFO_NAMEENTRYSIZE, &size);
    (void)pcre2_pattern_info(self->code, PCRE2_INFO_NAMETABLE, &table);
    self->room++;
    if (!count)
        return QUOTH_OK;
    const quoth_allocator *a = &self->compiler.allocator;
    self->groups = a->resize(a->context, NULL, count * sizeof *self->groups);
    if (!self->groups)
        return QUOTH_ERROR_MEMORY;
    for (; self->group_count < count; self->group_count++) {
        PCRE2_SPTR entry = table + (size_t)self->group_count * size;
        group added = {(uint32_t)entry[0] << 8 | entry[1], (const char *)entry + 2};
        uint32_t at = self->group_count;
        for (; at > 0 && self->groups[at - 1].number > added.number; at--)
            self->groups[at] = self->groups[at - 1];
        self->groups[at] = added;
    }
    return QUOTH_OK;
}

quoth_status quoth_pattern_new(quoth_string source, const quoth_pattern_options *options,
                               quoth_pattern **out, quoth_error *error)
{
    static const quoth_pattern_options defaults = {0};
    *out = NULL;
    options = options ? options : &defaults;
    const quoth_allocator *a = options->allocator ? options->allocator : &qt_allocator_default;
    quoth_pattern *self = a->resize(a->context, NULL, sizeof *self);
    if (!self)
        return qt_fail(error, QUOTH_ERROR_MEMORY, 0, NULL);
    *self = (quoth_pattern){.compiler = {.allocator = *a}, .step_limit = options->step_limit};
    self->compiler.context =
        pcre2_general_context_create(allocate_for_pattern, release_of_pattern, &self->compiler);
    quoth_status status =
        self->compiler.context
            ? compile(&self->compiler, source, options->ignore_case ? PCRE2_CASELESS : 0,
                      &self->code, error)
            : qt_fail(error, QUOTH_ERROR_MEMORY, 0, NULL);
    self->need = qt_need_of(source, options->ignore_case);
    if (status == QUOTH_OK && read_groups(self) != QUOTH_OK)
        status = qt_fail(error, QUOTH_ERROR_MEMORY, 0, NULL);
    if (status != QUOTH_OK) {
        quoth_pattern_free(self);
        return status;
    }
    *out = self;
    return QUOTH_OK;
}

void quoth_pattern_free(quoth_pattern *self)
{
    if (!self)
        return;
    quoth_allocator a = self->compiler.allocator;
    pcre2_code_free(self->code);
    pcre2_general_context_free(self->compiler.context);
    if (self->groups)
        a.release(a.context, self->groups);
    a.release(a.context, self);
}

size_t quoth_pattern_group_count(const quoth_pattern *self)
{
    return self->group_count;
}

const char *quoth_pattern_group_name(const quoth_pattern *self, size_t index)
{
    return self->groups[index].name;
}

const qt_need *qt_pattern_need(const quoth_pattern *self)
{
    return &self->need;
}

uint32_t qt_pattern_group_room(const quoth_pattern *self)
{
    return self->room;
}

quoth_status qt_searcher_new(const quoth_allocator *allocator, uint32_t groups, qt_searcher **out)
{
    qt_searcher *self = allocator->resize(allocator->context, NULL, sizeof *self);
    *out = NULL;
    if (!self)
        return QUOTH_ERROR_MEMORY;
    *self = (qt_searcher){.allocator = *allocator};
    self->general = pcre2_general_context_create(allocate, release, &self->allocator);
    if (self->general) {
        self->data = pcre2_match_data_create(groups, self->general);
        self->context = pcre2_match_context_create(self->general);
    }
    if (!self->data || !self->context) {
        qt_searcher_free(self);
        return QUOTH_ERROR_MEMORY;
    }
    (void)pcre2_set_depth_limit(self->context, DEPTH_LIMIT);
    (void)pcre2_set_heap_limit(self->context, HEAP_LIMIT_KIB);
    *out = self;
    return QUOTH_OK;
}

void qt_searcher_free(qt_searcher *self)
{
    if (!self)
        return;
    quoth_allocator a = self->allocator;
    pcre2_match_data_free(self->data);
    pcre2_match_context_free(self->context);
    pcre2_general_context_free(self->general);
    a.release(a.context, self);
}

qt_search_result qt_pattern_search(const quoth_pattern *self, qt_searcher *searcher,
                                   const qt_searched *in, uint32_t at, quoth_span *whole,
                                   quoth_span *groups)
{
    uint32_t options = PCRE2_NO_UTF_CHECK | PCRE2_NOTEMPTY | (in->cut_before ? PCRE2_NOTBOL : 0) |
                       (in->cut_after ? PCRE2_NOTEOL : 0);
    (void)pcre2_set_match_limit(searcher->context,
                                self->step_limit ? self->step_limit : in->step_limit);
    int count = pcre2_match(self->code, in->bytes, in->size, at, options, searcher->data,
                            searcher->context);
    if (count == PCRE2_ERROR_NOMATCH)
        return QT_SEARCH_NOTHING;
    if (count <= 0)
        return count == PCRE2_ERROR_NOMEMORY ? QT_SEARCH_MEMORY : QT_SEARCH_LIMIT;
    const PCRE2_SIZE *offsets = pcre2_get_ovector_pointer(searcher->data);
    *whole = (quoth_span){(uint32_t)offsets[0], (uint32_t)offsets[1]};
    for (uint32_t i = 0; i < self->group_count; i++) {
        uint32_t n = self->groups[i].number;
        bool set = n < (uint32_t)count && offsets[2 * n] != PCRE2_UNSET;
        groups[i] = set ? (quoth_span){(uint32_t)offsets[2 * n], (uint32_t)offsets[2 * n + 1]}
                        : (quoth_span){0, 0};
    }
    return QT_SEARCH_FOUND;
}
