/* scan_each.h - the masks of a kernel that answers each question about a block part by part.
 *
 * Included by a kernel once, after it has defined: TARGET, the attribute of its functions; LOAD(bytes),
 * which declares the parts of a block; EACH(question), the answers of all parts as one mask; and the
 * questions is_stop() and so on. In and out: as scan_kernel.h says of the three functions.
 */
#ifndef QT_SCAN_EACH_H
#define QT_SCAN_EACH_H

#include "scan_kernel.h"

static TARGET uint64_t mask(const uint8_t *bytes, size_t blocks, qt_bitmaps out)
{
    uint64_t all = 0;
    for (size_t block = 0; block < blocks; block++, bytes += QT_BLOCK) {
        LOAD(bytes);
        out.stops[block] = EACH(is_stop);
        out.marks[block] = EACH(is_mark);
        out.lines[block] = EACH(is_line);
        out.breaks[block] =
            qt_breaks(EACH(is_joint), EACH(is_sign), EACH(is_space), EACH(is_lower));
        out.high[block] = EACH(is_high);
        all |= out.high[block];
    }
    return all;
}

static TARGET qt_high_masks mask_high(const uint8_t *bytes)
{
    LOAD(bytes);
    return (qt_high_masks){.tails = EACH(is_tail), .leads = EACH(is_lead)};
}

static TARGET qt_length_masks mask_lengths(const uint8_t *bytes)
{
    LOAD(bytes);
    return (qt_length_masks){EACH(is_longer), EACH(is_four), EACH(is_odd)};
}

#endif
