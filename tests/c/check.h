/* check.h - what every C test program shares: CHECK() counts, check_report() ends the program. */
#ifndef CHECK_H
#define CHECK_H

#include "quoth.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static unsigned check_passed, check_failed;

#define CHECK(condition) check_that((condition) ? true : false, #condition, __FILE__, __LINE__)

static inline bool check_that(bool holds, const char *condition, const char *file, int line)
{
    if (holds) {
        check_passed++;
    } else {
        check_failed++;
        printf("%s:%d: does not hold: %s\n", file, line, condition);
    }
    return holds;
}

/* Whether the bytes of span are those of expected; says what they are when not. */
#define CHECK_SPAN(text, span, expected)                                                           \
    check_span((text), (span), (expected), #span, __FILE__, __LINE__)

static inline bool check_span(const char *text, quoth_span span, const char *expected,
                              const char *what, const char *file, int line)
{
    size_t size = span.end - span.start;
    bool same = size == strlen(expected) && memcmp(text + span.start, expected, size) == 0;
    if (!same)
        printf("%s:%d: %s is '%.*s', not '%s'\n", file, line, what, (int)size, text + span.start,
               expected);
    return check_that(same, what, file, line);
}

/* The end of main(): prints the counts, and is the exit status. */
static inline int check_report(const char *name)
{
    printf("%s: %u passed, %u failed\n", name, check_passed, check_failed);
    return check_failed != 0;
}

/* An allocator that counts what it holds, and fails its fail_at-th allocation (0: none). */
typedef struct check_memory {
    size_t calls, fail_at, held;
} check_memory;

static inline void *check_resize(void *context, void *block, size_t size)
{
    check_memory *self = context;
    if (++self->calls == self->fail_at)
        return NULL;
    void *out = realloc(block, size);
    if (block == NULL && out != NULL)
        self->held++;
    return out;
}

static inline void check_release(void *context, void *block)
{
    check_memory *self = context;
    if (block != NULL)
        self->held--;
    free(block);
}

static inline quoth_allocator check_allocator(check_memory *memory)
{
    return (quoth_allocator){check_resize, check_release, memory};
}

/* Lets the n-th allocation of a run fail, for n = 1 on until none is left to fail: an error and no
 * leak each time, and what a whole run finds at the end, after more than least allocations. */
static inline void check_every_allocation(quoth_status (*run)(const quoth_allocator *, size_t *),
                                          size_t expected, size_t least)
{
    check_memory memory = {0};
    quoth_allocator allocator = check_allocator(&memory);
    size_t found;
    for (size_t n = 1;; n++) {
        memory.calls = 0;
        memory.fail_at = n;
        quoth_status status = run(&allocator, &found);
        CHECK(memory.held == 0);
        if (memory.calls < n) {
            CHECK(status == QUOTH_OK && found == expected && n > least);
            return;
        }
        if (!CHECK(status == QUOTH_ERROR_MEMORY))
            return;
    }
}

#endif
