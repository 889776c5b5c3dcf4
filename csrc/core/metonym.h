/* metonym.h - whether the name of a capital means the place or the government that sits there.
 *
 * Reads: tokens, sentences, the frame, the forms of mentions (linker.h). Out: a mention that means
 * the government gets the group of the country; its label stays what it is. Errors:
 * QUOTH_ERROR_MEMORY. Complexity: linear; a bounded number of words beside each capital is looked
 * at.
 *
 * What stands beside the name decides: a verb of what governments do behind it ("Moscow said"), a
 * noun of what they have ("Tehran's nuclear programme", "ties to Moscow"); prepositions, travel and
 * what cities have speak for the place. Where nothing tells, the majority of the other mentions of
 * that capital in the document does, and if there is none it is the place. The words are in
 * csrc/lang/en/metonyms.txt.
 */
#ifndef QT_METONYM_H
#define QT_METONYM_H

#include "linker.h"

QUOTH_MUST_USE quoth_status qt_metonym_link(qt_linker *self);

#endif
