/* name_repeat.h - persons named once are named again: their full and family names wherever they
 * stand, and their families.
 *
 * Reads: tokens, word use, labelled names. Out: a name for each place where the words of a person's
 * full name, or the family name alone, stand and no longer name does; what was found of them
 * (Cuban of "Mark Cuban") gives way. So does one for "the Foxes", where nothing was found there. Errors: QUOTH_ERROR_MEMORY. Complexity: linear; the full names
 * that begin with one word are bounded.
 *
 * A plural counts where the words before tell that several are meant, and no small letter stands
 * elsewhere; one that mostly is something else, if two persons bear the name (plural.h).
 *
 * A family name that is a common word too counts only where the document has it with no small
 * letter and, where any word has a capital, before what follows a subject.
 */
#ifndef QT_NAME_REPEAT_H
#define QT_NAME_REPEAT_H

#include "name.h"

QUOTH_MUST_USE quoth_status qt_name_repeat(const struct quoth_doc *doc, const qt_usage *usage,
                                           qt_arena *temporary, qt_names *inout);

#endif
