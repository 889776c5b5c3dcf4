/* fingerprint.h - a document as one number, for tests that compare readings. */
#ifndef FINGERPRINT_H
#define FINGERPRINT_H

#include "quoth.h"

/* A number that differs when anything in the document does. */
static inline uint64_t mix(uint64_t hash, uint64_t value)
{
    return (hash ^ value) * UINT64_C(0x100000001B3);
}

static inline uint64_t fingerprint(const quoth_doc *doc)
{
    size_t n;
    uint64_t hash = 1;
    const quoth_paragraph *paragraphs = quoth_doc_paragraphs(doc, &n);
    for (size_t i = 0; i < n; i++)
        hash = mix(mix(hash, paragraphs[i].span.start), paragraphs[i].kind);
    const quoth_sentence *sentences = quoth_doc_sentences(doc, &n);
    for (size_t i = 0; i < n; i++)
        hash = mix(mix(hash, sentences[i].span.start), sentences[i].span.end);
    const quoth_quotation *quotations = quoth_doc_quotations(doc, &n);
    for (size_t i = 0; i < n; i++)
        hash = mix(mix(hash, quotations[i].span.end), quotations[i].kind);
    const quoth_mention *mentions = quoth_doc_mentions(doc, &n);
    for (size_t i = 0; i < n; i++)
        hash = mix(mix(mix(hash, mentions[i].span.start), mentions[i].label), mentions[i].entity);
    const uint32_t *members = quoth_doc_members(doc, &n);
    for (size_t i = 0; i < n; i++)
        hash = mix(hash, members[i]);
    const quoth_quote *quotes = quoth_doc_quotes(doc, &n);
    for (size_t i = 0; i < n; i++)
        hash = mix(mix(mix(hash, quotes[i].cue.start), quotes[i].source.end), quotes[i].speaker);
    return mix(hash, quoth_doc_token_count(doc));
}

#endif
