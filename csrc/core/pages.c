#define _DEFAULT_SOURCE /* madvise() */

#include "pages.h"

#include <stdint.h>

#ifdef __linux__
#include <sys/mman.h>
#endif

#if defined(__linux__) && defined(MADV_HUGEPAGE)

enum {
    LEAST = 8 << 20, /* bytes; of smaller blocks the C library has most at hand already */
    PAGE = 4096,
};

/* Whole pages around the block, and not those within it: the C library takes large blocks as mappings
 * of their own, which it can move only as long as all their pages have been given the same advice. */
void qt_pages_prefer_large(void *block, size_t size)
{
    if (size < LEAST)
        return;
    uintptr_t start = (uintptr_t)block / PAGE * PAGE;
    uintptr_t end = ((uintptr_t)block + size + PAGE - 1) / PAGE * PAGE;
    (void)madvise((void *)start, end - start, MADV_HUGEPAGE);
}

#else

void qt_pages_prefer_large(void *block, size_t size)
{
    (void)block, (void)size;
}

#endif
