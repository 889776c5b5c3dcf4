#include "scan.h"

#include "status.h"
#include "transcode.h"

#include <string.h>

enum {
    BATCH = 32,   /* blocks that a kernel is given at a time */
    CHUNK = 2048, /* units that are transcoded before what came of them is scanned */
    STOP = 1,
    MARK = 2,
    LINE = 4,
    DASH = 8,
};

/* A text that is being scanned, block by block. */
typedef struct scanner {
    const qt_scan_kernel *kernel;
    const uint8_t *bytes;
    uint64_t *stops, *breaks, *marks, *lines;
    uint64_t *starts;     /* bits of the characters' first bytes; filled from the first block on */
    uint32_t *codepoints; /* that is not ASCII, which is when high becomes true */
    size_t block;         /* the next one */
    uint32_t count;       /* code points before it; counted only once high is true */
    uint64_t owed;        /* its first bytes that have to be continuation bytes */
    bool high, invalid;
} scanner;

/* --- characters that are not ASCII ------------------------------------------------------------ */

/* Classes of U+2000 to U+203F by the last byte, E2 80 xx. */
static const uint8_t general_class[64] = {
    [0x13] = DASH, [0x14] = DASH, [0x15] = DASH, [0x18] = MARK, [0x19] = MARK, [0x1A] = MARK,
    [0x1B] = MARK, [0x1C] = MARK, [0x1D] = MARK, [0x1E] = MARK, [0x1F] = MARK, [0x26] = STOP,
    [0x28] = LINE, [0x29] = LINE, [0x39] = MARK, [0x3A] = MARK, [0x3C] = STOP, [0x3D] = STOP,
};

/* Class of the character at b, which starts with C2, E2, E3 or EF; left: bytes from there on. */
static uint8_t class_of(const uint8_t *b, size_t left)
{
    if (left < 2)
        return 0;
    if (b[0] == 0xC2)
        return b[1] == 0x85 ? LINE : b[1] == 0xAB || b[1] == 0xBB || b[1] == 0xB4 ? MARK : 0;
    if (left < 3)
        return 0;
    if (b[0] == 0xE2 && b[1] == 0x80)
        return general_class[b[2] & 0x3F];
    if (b[0] == 0xE2 && b[1] == 0x81)
        return b[2] >= 0x87 && b[2] <= 0x89 ? STOP : 0;
    if (b[0] == 0xE3 && b[1] == 0x80)
        return b[2] == 0x82 ? STOP : b[2] >= 0x8C && b[2] <= 0x8F ? MARK : 0;
    if (b[0] == 0xEF && b[1] == 0xBC)
        return b[2] == 0x81 || b[2] == 0x8E || b[2] == 0x9F ? STOP : 0;
    return 0;
}

/* Whether a space stands behind the dash of three bytes at b, and no small letter behind that. */
static bool is_open(const uint8_t *b, size_t left)
{
    return left > 4 && b[3] == ' ' && !(b[4] >= 'a' && b[4] <= 'z');
}

/* Whether what may not be said by lengths alone is right: table 3-7 of the Unicode Standard. */
static bool is_well_formed(const uint8_t *b, size_t left)
{
    if (b[0] < 0xC2 || b[0] > 0xF4 || left < 2)
        return false;
    switch (b[0]) {
    case 0xE0:
        return b[1] >= 0xA0;
    case 0xED:
        return b[1] <= 0x9F;
    case 0xF0:
        return b[1] >= 0x90;
    case 0xF4:
        return b[1] <= 0x8F;
    default:
        return true;
    }
}

/* Length of the well-formed character at bytes, or 0. */
static uint32_t character_size(const uint8_t *bytes, size_t left)
{
    uint8_t lead = bytes[0];
    if (lead < 0x80)
        return 1;
    uint32_t size = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (size > left || !is_well_formed(bytes, left))
        return 0;
    for (uint32_t i = 1; i < size; i++)
        if ((bytes[i] & 0xC0) != 0x80)
            return 0;
    return size;
}

/* Where the first character that is not well-formed starts. */
static size_t valid_prefix(const uint8_t *bytes, size_t size)
{
    size_t at = 0;
    for (uint32_t length; at < size; at += length) {
        length = character_size(bytes + at, size - at);
        if (!length)
            break;
    }
    return at;
}

/* --- blocks ----------------------------------------------------------------------------------- */

/* All blocks before this one were ASCII: says so where characters start. */
static void start_map(scanner *self)
{
    for (size_t i = 0; i < self->block; i++) {
        self->starts[i] = ~UINT64_C(0);
        self->codepoints[i] = (uint32_t)(QT_BLOCK * i);
    }
    self->count = (uint32_t)(QT_BLOCK * self->block);
    self->high = true;
}

/* Continuation bytes have to stand behind first bytes, as many as those ask for, and nowhere else.
 */
static void check_lengths(scanner *self, const qt_block_masks *masks)
{
    uint64_t leads = masks->high & ~masks->tails;
    uint64_t wanted = self->owed | leads << 1 | masks->longer << 2 | masks->four << 3;
    self->invalid |= wanted != masks->tails;
    self->owed = leads >> 63 | masks->longer >> 62 | masks->four >> 61;
}

/* A block that is not all ASCII. size: of the text. */
static void take_high(scanner *self, const qt_block_masks *masks, size_t size)
{
    size_t base = QT_BLOCK * self->block;
    for (uint64_t left = masks->odd; left; left &= left - 1) {
        size_t at = base + (size_t)__builtin_ctzll(left);
        self->invalid |= !is_well_formed(self->bytes + at, size - at);
    }
    for (uint64_t left = masks->leads; left; left &= left - 1) {
        size_t at = base + (size_t)__builtin_ctzll(left);
        uint8_t class = class_of(self->bytes + at, size - at);
        uint64_t bit = left & (~left + 1);
        self->stops[self->block] |= class & STOP ? bit : 0;
        self->marks[self->block] |= class & MARK ? bit : 0;
        self->lines[self->block] |= class & LINE ? bit : 0;
        if (class & DASH && is_open(self->bytes + at, size - at))
            self->breaks[self->block] |= bit;
    }
}

/* What may end a sentence without a stop. The first two bytes of the next block are not known here:
 * whoever asks looks at them. */
static uint64_t breaks_of(const qt_block_masks *masks)
{
    uint64_t spaced = masks->spaces >> 1 | UINT64_C(1) << 63;
    uint64_t open = ~masks->lowers >> 2 | UINT64_C(3) << 62;
    return masks->joints | (masks->signs & spaced & open);
}

static void take_block(scanner *self, const qt_block_masks *masks, size_t size)
{
    size_t block = self->block;
    self->stops[block] = masks->stops;
    self->breaks[block] = breaks_of(masks);
    self->marks[block] = masks->marks;
    self->lines[block] = masks->lines;
    if (masks->high && !self->high)
        start_map(self);
    if (self->high) {
        qt_block_masks none = {0};
        uint64_t tails = masks->high ? masks->tails : 0;
        check_lengths(self, masks->high ? masks : &none);
        if (masks->high)
            take_high(self, masks, size);
        self->codepoints[block] = self->count;
        self->starts[block] = ~tails;
        self->count += QT_BLOCK - qt_count_bits(tails);
    }
    self->block++;
}

/* Takes the whole blocks of the text up to end; size: of the text, as far as it is known. */
static void scan_to(scanner *self, size_t end, size_t size)
{
    qt_block_masks masks[BATCH];
    while (self->block < end / QT_BLOCK) {
        size_t count = end / QT_BLOCK - self->block;
        count = count < BATCH ? count : BATCH;
        self->kernel->mask(self->bytes + QT_BLOCK * self->block, count, masks);
        for (size_t i = 0; i < count; i++)
            take_block(self, &masks[i], size);
    }
}

/* Takes what is behind the last whole block, perhaps nothing: a text may not end in a character. */
static void scan_rest(scanner *self, size_t size)
{
    uint8_t padded[QT_BLOCK] = {0};
    qt_block_masks masks;
    size_t start = QT_BLOCK * self->block;
    if (size > start)
        memcpy(padded, self->bytes + start, size - start);
    self->kernel->mask(padded, 1, &masks);
    take_block(self, &masks, size);
}

/* --- texts ------------------------------------------------------------------------------------ */

/* The bitmaps of a text of size bytes. */
static bool allocate(scanner *self, size_t size, qt_arena *arena)
{
    size_t words = size / QT_BLOCK + 1;
    uint64_t *bits = qt_arena_alloc_raw(arena, 5 * words * sizeof *bits);
    self->codepoints = bits ? qt_arena_alloc_raw(arena, words * sizeof *self->codepoints) : NULL;
    self->stops = bits;
    self->breaks = bits + words;
    self->marks = bits + 2 * words;
    self->lines = bits + 3 * words;
    self->starts = bits + 4 * words;
    return self->codepoints;
}

static quoth_status scan_utf8(scanner *self, quoth_input input, qt_arena *arena)
{
    self->bytes = input.data;
    if (!allocate(self, input.length, arena))
        return QUOTH_ERROR_MEMORY;
    scan_to(self, input.length, input.length);
    scan_rest(self, input.length);
    return QUOTH_OK;
}

static quoth_status scan_units(scanner *self, quoth_input input, size_t size, qt_arena *arena)
{
    uint8_t *out = qt_arena_alloc_raw(arena, size + QT_BLOCK);
    self->bytes = out;
    if (!out || !allocate(self, size, arena))
        return QUOTH_ERROR_MEMORY;
    size_t end = 0;
    for (size_t from = 0; from < input.length; from += CHUNK) {
        size_t count = input.length - from < CHUNK ? input.length - from : CHUNK;
        end += qt_transcode(self->kernel, input, from, count, out + end);
        /* The last characters of a chunk may reach into the next block: it waits for them. */
        scan_to(self, end, end);
    }
    scan_rest(self, size);
    return QUOTH_OK;
}

quoth_status qt_scan_read_with(const qt_scan_kernel *kernel, quoth_input input, qt_arena *arena,
                               qt_text *text, qt_scan *out, quoth_error *error)
{
    scanner self = {.kernel = kernel};
    if (input.length > QUOTH_TEXT_MAX)
        return qt_fail(error, QUOTH_ERROR_LIMIT, 0, NULL);
    size_t size = qt_utf8_size(input);
    if (size > QUOTH_TEXT_MAX)
        return qt_fail(error, QUOTH_ERROR_LIMIT, 0, NULL);
    bool in_place =
        input.encoding == QUOTH_UTF8 || (input.encoding == QUOTH_LATIN1 && size == input.length);
    quoth_status status =
        in_place ? scan_utf8(&self, input, arena) : scan_units(&self, input, size, arena);
    if (status != QUOTH_OK)
        return qt_fail(error, status, 0, NULL);
    if (self.invalid || self.owed)
        return qt_fail(error, QUOTH_ERROR_UTF8, valid_prefix(self.bytes, size), NULL);
    *text = (qt_text){.bytes = self.bytes,
                      .size = (uint32_t)size,
                      .ascii = !self.high,
                      .starts = self.starts,
                      .codepoints = self.codepoints};
    *out = (qt_scan){self.stops, self.breaks, self.marks, self.lines};
    return QUOTH_OK;
}

quoth_status qt_scan_read(quoth_input input, qt_arena *arena, qt_text *text, qt_scan *out,
                          quoth_error *error)
{
    return qt_scan_read_with(qt_scan_kernel_at(0), input, arena, text, out, error);
}

bool qt_scan_has(const uint64_t *bits, uint32_t at)
{
    return bits[at / 64] >> (at & 63) & 1;
}

uint32_t qt_scan_next(const uint64_t *bits, uint32_t from, uint32_t end)
{
    if (from >= end)
        return end;
    uint32_t word = from / 64, last = (end - 1) / 64;
    uint64_t left = bits[word] & (~UINT64_C(0) << (from & 63));
    while (!left) {
        if (word == last)
            return end;
        left = bits[++word];
    }
    uint32_t at = word * 64 + (uint32_t)__builtin_ctzll(left);
    return at < end ? at : end;
}
