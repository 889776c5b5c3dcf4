/* status.h - filling in a quoth_error.
 *
 * In: a status, a position and a sentence. Out: the caller's quoth_error, when there is one.
 * Ownership: nothing is kept. Cannot fail.
 */
#ifndef QT_STATUS_H
#define QT_STATUS_H

#include "quoth.h"

/* Writes *error unless it is NULL; message NULL stands for the status's own. Returns status. */
quoth_status qt_fail(quoth_error *error, quoth_status status, size_t position, const char *message);

#endif
