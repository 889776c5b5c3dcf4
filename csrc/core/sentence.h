/* sentence.h - sentences, by the conventions of the English treebanks EWT and GUM.
 *
 * Reads: text, scan, paragraphs, quotations. Out: sentences in text order, trimmed, which cover
 * every character that is not white space; none crosses a paragraph. Ownership: the arena.
 * Errors: QUOTH_ERROR_MEMORY. Complexity: linear; work is done at stops and signs only
 * (boundary.h).
 *
 * Conventions
 * - A paragraph ends a sentence, whatever it ends with: titles, headings, bylines, dateline lines
 *   and list items are sentences of their own. A dateline that opens a paragraph ("OSLO (AP) -")
 *   belongs to the sentence that it opens.
 * - A sentence ends with . ! ? or an ellipsis and what closes there: quotation marks, brackets,
 *   further stops, note references ("[12]"), smileys. Semicolons end none; a colon, a dash, a
 *   bracket or a figure ends one only where the model (ending.h) is sure of it.
 * - Within quotation marks and brackets sentences are split like elsewhere; with keep_quotes_whole
 *   they are not within quotation marks.
 * - There is no end before a small letter behind a closing mark ("Why?" he asked), before a speaker
 *   and a verb of saying behind a quotation that ends with ? ! or an ellipsis ("Why?" Anna Keller
 *   asked), before a comma, or before a dash and a name that close a paragraph.
 * - An ellipsis ends a sentence before a capital. A full stop ends one before a small letter too,
 *   unless an abbreviation stands before it.
 * - An abbreviation that stands before a name (Mr.) ends no sentence before a capital; one that
 *   stands before a number (No.) ends none before a number; one that can end a sentence (U.S.,
 *   Inc., Ph.D., Jan.) ends it before a word that typically begins one; a.m. and p.m. end it before
 *   any capital but a day, a month or a time zone. A single capital is an initial, unless a typical
 *   first word follows, or a noun that letters tell apart stands before it (plan B).
 * - The number or letter of a list item belongs to the item, also where items run on in one line.
 * - In mail and posts a web address, a time stamp or a smiley ends a sentence before a capital.
 */
#ifndef QT_SENTENCE_H
#define QT_SENTENCE_H

#include "boundary.h"

struct quoth_doc;

typedef QT_ARRAY(quoth_sentence) qt_sentences;

QUOTH_MUST_USE quoth_status qt_sentence_split(const struct quoth_doc *doc,
                                              const quoth_options *options,
                                              const qt_abbreviations *abbreviations,
                                              qt_decisions *seen, qt_arena *arena,
                                              qt_sentences *out);

#endif
