/* speaker_again.h - descriptions that fit nobody by themselves and mean whom the paragraph is about.
 *
 * In: the syntax and the quotes of a document, in text order. Changes: the speaker of quotes whose source
 * is a description of one person that no name of the article fits. "The striker added": who spoke last
 * in the paragraph goes on. "The Italian said", "the 58-year-old said": that is said of somebody who was
 * just named, so it is who spoke last in the paragraph, or the only person whom it names before, outside
 * of quotation marks. Cannot fail. Complexity: linear; a paragraph is looked at once for its mentions.
 */
#ifndef QT_SPEAKER_AGAIN_H
#define QT_SPEAKER_AGAIN_H

#include "attribution.h"
#include "syntax.h"

void qt_speaker_again(const qt_syntax *syntax, qt_attribution *inout);

#endif
