/* document.h - the document: every stage's arrays in one arena.
 *
 * Out: an empty document; the pipeline's stages fill it in order, each reading the members above
 * its own. Ownership: the document owns its
 * arena and all that the stages put there; it is freed at once. Once quoth_read() hands it out
 * nothing writes to it. Errors: QUOTH_ERROR_MEMORY.
 */
#ifndef QT_DOCUMENT_H
#define QT_DOCUMENT_H

#include "attribution.h"
#include "edit.h"
#include "entity.h"
#include "knowledge.h"
#include "link.h"
#include "quotation.h"
#include "scan.h"
#include "sentence.h"
#include "structure.h"
#include "token.h"

struct quoth_doc {
    quoth_allocator allocator;
    qt_arena arena;
    qt_text text;
    qt_scan scan;
    qt_structure structure;
    qt_quotations quotations; /* kind and quote are filled in by attribution */
    qt_sentences sentences;
    qt_tokens tokens;
    qt_mentions mentions;          /* entity is filled in by link */
    const qt_knowledge *knowledge; /* of the pipeline */
    qt_finds finds;                /* of the caller's knowledge */
    qt_mentions matches;
    qt_group_spans groups;
    qt_limits limited;
    qt_links links;
    qt_attribution attribution;
    qt_edits edits;        /* of the caller's */
    unsigned wanted, done; /* stages: those to be read, those that have been */
    bool attributed;       /* quotations are no longer as they were paired */
};

QUOTH_MUST_USE quoth_status qt_doc_new(const quoth_allocator *allocator, quoth_doc **out);

#endif
