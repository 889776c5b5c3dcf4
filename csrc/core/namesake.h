/* namesake.h - whether a person with a politician's name is the politician.
 *
 * Reads: tokens, the forms and groups of persons (linker.h), entities. Out: entities that the list
 * of politicians gave an identifier, and that are likelier somebody else, have none. Cannot fail
 * but for memory: QUOTH_ERROR_MEMORY. Complexity: linear; a bounded number of tokens beside each
 * such name is looked at, and the words of the document once if nothing beside the names tells.
 *
 * An office, a party or a run for one beside any of the names of the entity is evidence for the
 * politician; another calling, an age or "a farmer from Iowa" is evidence against. Without either
 * the document has to be about the politics of the United States, unless the family name is rare:
 * of the many people called Mike Johnson few are Speaker, but there is one Pelosi. The words are in
 * csrc/lang/en/namesakes.txt.
 */
#ifndef QT_NAMESAKE_H
#define QT_NAMESAKE_H

#include "link.h"
#include "linker.h"

QUOTH_MUST_USE quoth_status qt_namesake_drop(const qt_linker *self, qt_links *inout);

#endif
