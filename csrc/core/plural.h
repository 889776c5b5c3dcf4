/* plural.h - the family names that a word may be the plural of: Clintons, Joneses, Murphies.
 *
 * In: a word of the text. Out: for each name that it may be the plural of, what of the word is left
 * and a letter that goes behind that; at most QT_SINGULARS. Cannot fail. Constant time.
 */
#ifndef QT_PLURAL_H
#define QT_PLURAL_H

#include "token.h"

enum { QT_SINGULARS = 2 };

typedef struct qt_singular {
    uint32_t end;   /* byte behind what is left */
    uint8_t letter; /* a small letter that goes behind it, or 0 */
} qt_singular;

/* Of the word that ends at byte end; 0 for one that is no plural, or too short to tell. */
uint32_t qt_plural_read(const qt_text *text, uint32_t start, uint32_t end,
                        qt_singular out[QT_SINGULARS]);

/* The key of the folded singular of the word that starts at byte start. */
uint64_t qt_plural_key(const qt_text *text, uint32_t start, qt_singular singular);

/* Whether the word is mostly something else than a family: the Giants, the Netherlands. */
bool qt_plural_is_unlikely(const qt_token *token);

/* Whether the words before token first tell that several are meant: both Kellers, the younger
 * Kellers. */
bool qt_plural_is_told(const qt_token *tokens, uint32_t first);

#endif
