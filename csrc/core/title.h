/* title.h - titles and roles, and the persons that they stand beside.
 *
 * Reads: tokens, labelled names. Out: the title of each person that has none yet. Directly before
 * the name, in lower case too; before a comma, as the first of several titles perhaps; or as an
 * apposition after the name. The demonym or the organization before a title ("Chinese President")
 * is a name of its own and not part of the title. Cannot fail. Complexity: linear; looks at a
 * bounded number of tokens around a name.
 */
#ifndef QT_TITLE_H
#define QT_TITLE_H

#include "name.h"

/* Whether token i is a family name that would be a title elsewhere: "Mr. King", "Ms. Bishop". */
bool qt_title_is_name(const struct quoth_doc *doc, uint32_t i);

/* End of the title phrase ("Deputy Finance Minister") at token first, or first if there is none. It
 * may be in lower case. */
uint32_t qt_title_end(const struct quoth_doc *doc, uint32_t first, uint32_t limit);

void qt_title_attach(const struct quoth_doc *doc, const qt_usage *usage, qt_names *inout);

#endif
