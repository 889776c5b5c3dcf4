/* pages.h - asking the system for large pages where much memory is about to be written.
 *
 * A page that is written for the first time costs the system more than writing it costs the program;
 * large pages cost five hundred times fewer of these moments. In: a block from any allocator. It is
 * advice: nothing depends on it, and where a system knows none it does nothing. Cannot fail.
 */
#ifndef QT_PAGES_H
#define QT_PAGES_H

#include <stddef.h>

/* For blocks of many megabytes; of less it does nothing. */
void qt_pages_prefer_large(void *block, size_t size);

#endif
