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
    qt_bitmaps bitmaps;
    uint64_t *starts;     /* high of the bitmaps, block by block turned into the bits of the */
    uint32_t *codepoints; /* characters' first bytes, from the first block on that is not ASCII */
    size_t size;          /* of the text, when all is done */
    size_t block;         /* the next one */
    uint32_t count;       /* code points before it; counted only once high is true */
    uint64_t owed;        /* its first bytes that have to be continuation bytes */
    bool trusted;         /* what was transcoded is UTF-8 */
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

/* Continuation bytes have to stand behind first bytes, as many as those ask for, and nowhere else;
 * some first bytes do not allow all second ones. high: the bytes of the block that are not ASCII. */
static void check_block(scanner *self, const uint8_t *bytes, uint64_t high, uint64_t tails,
                        size_t size)
{
    qt_length_masks masks = {0, 0, 0};
    if (high)
        masks = self->kernel->mask_lengths(bytes);
    uint64_t leads = high & ~tails;
    uint64_t wanted = self->owed | leads << 1 | masks.longer << 2 | masks.four << 3;
    self->invalid |= wanted != tails;
    self->owed = leads >> 63 | masks.longer >> 62 | masks.four >> 61;
    for (uint64_t odd = masks.odd; odd; odd &= odd - 1) {
        size_t at = QT_BLOCK * self->block + (size_t)__builtin_ctzll(odd);
        self->invalid |= !is_well_formed(self->bytes + at, size - at);
    }
}

/* Enters the characters that the bits of left begin. size: of the text. */
static void take_leads(scanner *self, uint64_t left, size_t size)
{
    uint64_t stops = 0, marks = 0, lines = 0, breaks = 0;
    for (; left; left &= left - 1) {
        size_t at = QT_BLOCK * self->block + (size_t)__builtin_ctzll(left);
        uint8_t class = class_of(self->bytes + at, size - at);
        uint64_t bit = left & (~left + 1);
        stops |= class & STOP ? bit : 0;
        marks |= class & MARK ? bit : 0;
        lines |= class & LINE ? bit : 0;
        if (class & DASH && is_open(self->bytes + at, size - at))
            breaks |= bit;
    }
    self->bitmaps.stops[self->block] |= stops;
    self->bitmaps.marks[self->block] |= marks;
    self->bitmaps.lines[self->block] |= lines;
    self->bitmaps.breaks[self->block] |= breaks;
}

/* Does for the next block what is left to do in a text that is not ASCII. */
static void take_block(scanner *self, const uint8_t *bytes, size_t size)
{
    uint64_t high = self->starts[self->block];
    qt_high_masks masks = {0, 0};
    if (high) {
        masks = self->kernel->mask_high(bytes);
        take_leads(self, masks.leads, size);
    }
    if (!self->trusted)
        check_block(self, bytes, high, masks.tails, size);
    self->codepoints[self->block] = self->count;
    self->starts[self->block] = ~masks.tails;
    self->count += QT_BLOCK - (masks.tails ? qt_count_bits(masks.tails) : 0);
}

/* Takes so many blocks, which lie at bytes; size: of the text, as far as it is known. */
static void take_blocks(scanner *self, const uint8_t *bytes, size_t count, size_t size)
{
    qt_bitmaps at = self->bitmaps;
    at.stops += self->block;
    at.breaks += self->block;
    at.marks += self->block;
    at.lines += self->block;
    at.high += self->block;
    uint64_t high = self->kernel->mask(bytes, count, at);
    if (high && !self->high)
        start_map(self);
    size_t end = self->block + count;
    if (!self->high)
        self->block = end;
    for (; self->block < end; self->block++, bytes += QT_BLOCK)
        take_block(self, bytes, size);
}

/* Takes the whole blocks of the text up to end; size: of the text, as far as it is known. */
static void scan_to(scanner *self, size_t end, size_t size)
{
    size_t blocks = end / QT_BLOCK;
    if (blocks > self->block)
        take_blocks(self, self->bytes + QT_BLOCK * self->block, blocks - self->block, size);
}

/* Takes what is behind the last whole block, perhaps nothing: a text may not end in a character. */
static void scan_rest(scanner *self, size_t size)
{
    uint8_t padded[QT_BLOCK] = {0};
    size_t start = QT_BLOCK * self->block;
    if (size > start)
        memcpy(padded, self->bytes + start, size - start);
    take_blocks(self, padded, 1, size);
}

/* --- texts ------------------------------------------------------------------------------------ */

/* The bitmaps of a text of size bytes. */
static bool allocate(scanner *self, size_t size, qt_arena *arena)
{
    size_t words = size / QT_BLOCK + 1;
    uint64_t *bits = qt_arena_alloc_raw(arena, 5 * words * sizeof *bits);
    self->codepoints = bits ? qt_arena_alloc_raw(arena, words * sizeof *self->codepoints) : NULL;
    if (!self->codepoints)
        return false;
    self->bitmaps = (qt_bitmaps){.stops = bits,
                                 .breaks = bits + words,
                                 .marks = bits + 2 * words,
                                 .lines = bits + 3 * words,
                                 .high = bits + 4 * words};
    self->starts = self->bitmaps.high;
    return true;
}

static quoth_status scan_utf8(scanner *self, quoth_input input, qt_arena *arena)
{
    self->bytes = input.data;
    if (!allocate(self, input.length, arena))
        return QUOTH_ERROR_MEMORY;
    scan_to(self, input.length, input.length);
    scan_rest(self, input.length);
    self->size = input.length;
    return QUOTH_OK;
}

static quoth_status scan_units(scanner *self, quoth_input input, qt_arena *arena)
{
    size_t most = qt_utf8_most(input), end = 0;
    if (most > QUOTH_TEXT_MAX)
        return QUOTH_ERROR_LIMIT;
    uint8_t *out = qt_arena_alloc_raw(arena, most + QT_BLOCK);
    self->bytes = out;
    self->trusted = true;
    if (!out || !allocate(self, most, arena))
        return QUOTH_ERROR_MEMORY;
    for (size_t from = 0; from < input.length; from += CHUNK) {
        size_t count = input.length - from < CHUNK ? input.length - from : CHUNK;
        end += qt_transcode(self->kernel, input, from, count, out + end);
        /* The last characters of a chunk may reach into the next block: it waits for them. */
        scan_to(self, end, end);
    }
    scan_rest(self, end);
    self->size = end;
    return QUOTH_OK;
}

quoth_status qt_scan_read_with(const qt_scan_kernel *kernel, quoth_input input, qt_arena *arena,
                               qt_text *text, qt_scan *out, quoth_error *error)
{
    scanner self = {.kernel = kernel};
    if (input.length > QUOTH_TEXT_MAX)
        return qt_fail(error, QUOTH_ERROR_LIMIT, 0, NULL);
    bool in_place = input.encoding == QUOTH_UTF8;
    quoth_status status =
        in_place ? scan_utf8(&self, input, arena) : scan_units(&self, input, arena);
    if (status != QUOTH_OK)
        return qt_fail(error, status, 0, NULL);
    if (self.invalid || self.owed)
        return qt_fail(error, QUOTH_ERROR_UTF8, valid_prefix(self.bytes, self.size), NULL);
    *text = (qt_text){.bytes = self.bytes,
                      .size = (uint32_t)self.size,
                      .ascii = !self.high,
                      .starts = self.starts,
                      .codepoints = self.codepoints};
    *out = (qt_scan){.stops = self.bitmaps.stops,
                     .breaks = self.bitmaps.breaks,
                     .marks = self.bitmaps.marks,
                     .lines = self.bitmaps.lines};
    return QUOTH_OK;
}

quoth_status qt_scan_read(quoth_input input, qt_arena *arena, qt_text *text, qt_scan *out,
                          quoth_error *error)
{
    return qt_scan_read_with(qt_scan_kernel_at(0), input, arena, text, out, error);
}
