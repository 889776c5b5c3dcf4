/* link_choice.h - which of the groups that a mention may name it does name.
 *
 * Reads: the groups and the table of their forms (link_group.h), sentences, and what is known of
 * the mentions before (qt_group.seen, .count, .bare). Out: a group for each mention, in text order.
 * Cannot fail. A bounded number of groups and tokens is looked at.
 *
 * Of two persons of one family name, a bare "Keller" is the one who bears the title beside it; the
 * one whose gender the title or the next pronoun of the sentence has; the one who was called so
 * before; the one who was named more often or last.
 */
#ifndef QT_LINK_CHOICE_H
#define QT_LINK_CHOICE_H

#include "linker.h"

/* The group of mention, whose mentions before were resolved. */
uint32_t qt_link_choose(qt_linker *self, uint32_t mention);

#endif
