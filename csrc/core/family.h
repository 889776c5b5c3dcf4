/* family.h - families: the Clintons, the Kennedy family, the Keller brothers.
 *
 * Reads: tokens, the groups of mentions (link_group.h). Out: a group for each family that the
 * document speaks of and has a person of, in the place of the one that its mentions had; later the
 * members of each: the persons whose family name it is. Ownership: the groups are in the scratch's
 * temporary arena, the members in the document's. Errors: QUOTH_ERROR_MEMORY. Complexity: linear in
 * mentions and entities, nothing in a document that names no family.
 *
 * A plural is a family where the words before it tell so ("the", "both"), or once that is known from
 * elsewhere in the document, or where two persons bear the name and the plural is nobody's. What the
 * caller's own knowledge names is left alone.
 */
#ifndef QT_FAMILY_H
#define QT_FAMILY_H

#include "link.h"
#include "linker.h"

/* After all mentions have their groups. */
QUOTH_MUST_USE quoth_status qt_family_group(qt_linker *self);

/* After the entities were made: fills in their members. */
QUOTH_MUST_USE quoth_status qt_family_members(const qt_linker *self, qt_arena *arena,
                                              qt_links *inout);

#endif
