/* rows.c - the rows of a Document's tables, for documents of any origin: read, loaded, extended.
 *
 * In: a Record, whose offsets are code points of a str. Out: rows of a quoth_table; the same ones as
 * quoth_table_read() makes of what the core read. Linear in what the rows hold.
 */
#include "types.h"

#include "table.h"

#include <string.h>

enum { TEXT, CUE, SOURCE, NAME, ID, BUFFERS }; /* strings that one row holds at once */

typedef struct Rows {
    const State *state;
    const Record *record;
    quoth_table *table;
    int64_t doc_id;
    Utf8 buffers[BUFFERS];
    Utf8 joined;
} Rows;

static quoth_cell integer(int64_t value)
{
    return (quoth_cell){.present = true, .integer = value};
}

static quoth_cell index_or_none(size_t index, size_t count)
{
    return (quoth_cell){.present = index < count, .integer = (int64_t)index};
}

static int put_string(Rows *self, int buffer, PyObject *string, quoth_cell *cell)
{
    size_t length = (size_t)PyUnicode_GET_LENGTH(string);
    cell->present = true;
    return py_text_utf8(string, 0, length, &self->buffers[buffer], &cell->string);
}

/* Text, start and end of a range, which may be absent: the cells are zeroed, and so absent. */
static int put_range(Rows *self, int buffer, Range range, quoth_cell *text, quoth_cell *start,
                     quoth_cell *end)
{
    if (range.start >= range.end) {
        return 0;
    }
    *start = integer(range.start);
    *end = integer(range.end);
    text->present = true;
    return py_text_utf8(self->record->text, range.start, range.end, &self->buffers[buffer],
                        &text->string);
}

/* A str of a set of names, or a rule: they are ASCII or live in the Record. */
static int put_name(Rows *self, int buffer, NameSet set, unsigned value, quoth_cell *cell)
{
    PyObject *name = py_name(self->state, set, value);
    int failed = put_string(self, buffer, name, cell);
    Py_DECREF(name); /* the module holds it, too */
    return failed;
}

/* A label, perhaps one of the caller's own, which lives in the Record. */
static int put_label(Rows *self, int buffer, unsigned label, quoth_cell *cell)
{
    PyObject *name = py_label(self->state, self->record, label);
    int failed = name != NULL ? put_string(self, buffer, name, cell) : -1;
    Py_XDECREF(name);
    return failed;
}

/* The first of the ranges, which are in order, that ends behind an offset. */
static size_t range_at(const char *ranges, size_t stride, size_t count, uint32_t offset)
{
    size_t low = 0;
    size_t high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const Range *range = (const void *)(ranges + middle * stride);
        if (range->end > offset) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return low;
}

static size_t sentence_at(const Data *data, uint32_t offset)
{
    return range_at((const char *)data->sentences, sizeof data->sentences[0], data->count.sentences,
                    offset);
}

static size_t paragraph_at(const Data *data, uint32_t offset)
{
    return range_at((const char *)data->paragraphs, sizeof data->paragraphs[0],
                    data->count.paragraphs, offset);
}

static int sent_row(Rows *self, size_t i, quoth_cell *row)
{
    const Data *data = &self->record->data;
    row[QUOTH_SENTS_SENT_ID] = integer((int64_t)i);
    row[QUOTH_SENTS_PARA_ID] =
        index_or_none(paragraph_at(data, data->sentences[i].start), data->count.paragraphs);
    return put_range(self, TEXT, data->sentences[i], &row[QUOTH_SENTS_TEXT],
                     &row[QUOTH_SENTS_START], &row[QUOTH_SENTS_END]);
}

/* The pieces of a quote with a space between them. */
static int put_pieces(Rows *self, const Range *pieces, size_t count, quoth_cell *cell)
{
    Utf8 *joined = &self->joined;
    size_t size = 0;
    for (size_t i = 0; i < count; i++) {
        quoth_string piece;
        if (py_text_utf8(self->record->text, pieces[i].start, pieces[i].end, &self->buffers[TEXT],
                         &piece) < 0 ||
            py_utf8_room(joined, size + piece.size + 1) < 0) {
            return -1;
        }
        if (i > 0) {
            joined->bytes[size++] = ' ';
        }
        memcpy(joined->bytes + size, piece.data, piece.size);
        size += piece.size;
    }
    cell->present = true;
    cell->string = (quoth_string){joined->bytes, size};
    return 0;
}

static int quote_row(Rows *self, size_t i, quoth_cell *row)
{
    const Data *data = &self->record->data;
    const QuoteData *quote = &data->quotes[i];
    const Range *pieces = &data->contents[quote->content_first];
    size_t sentence = sentence_at(data, pieces[0].start);
    row[QUOTH_QUOTES_QUOTE_ID] = integer((int64_t)i);
    row[QUOTH_QUOTES_START] = integer(pieces[0].start);
    row[QUOTH_QUOTES_END] = integer(pieces[quote->content_count - 1].end);
    row[QUOTH_QUOTES_SCORE] = (quoth_cell){.present = true, .number = quote->score};
    row[QUOTH_QUOTES_SENT_ID] = index_or_none(sentence, data->count.sentences);
    if (sentence < data->count.sentences) {
        row[QUOTH_QUOTES_PARA_ID] = index_or_none(
            paragraph_at(data, data->sentences[sentence].start), data->count.paragraphs);
    }
    if (quote->speaker < data->count.entities) {
        row[QUOTH_QUOTES_SPEAKER_ID] = integer(quote->speaker);
        if (put_string(self, NAME, data->entities[quote->speaker].name,
                       &row[QUOTH_QUOTES_SPEAKER]) < 0) {
            return -1;
        }
    }
    if (put_name(self, ID, NAMES_TYPE, quote->type, &row[QUOTH_QUOTES_TYPE]) < 0 ||
        put_range(self, CUE, quote->cue, &row[QUOTH_QUOTES_CUE], &row[QUOTH_QUOTES_CUE_START],
                  &row[QUOTH_QUOTES_CUE_END]) < 0 ||
        put_range(self, SOURCE, quote->source, &row[QUOTH_QUOTES_SOURCE],
                  &row[QUOTH_QUOTES_SOURCE_START], &row[QUOTH_QUOTES_SOURCE_END]) < 0 ||
        put_pieces(self, pieces, quote->content_count, &row[QUOTH_QUOTES_TEXT]) < 0) {
        return -1;
    }
    return put_string(self, TEXT, quote->rule, &row[QUOTH_QUOTES_RULE]);
}

static int ent_row(Rows *self, size_t i, quoth_cell *row)
{
    const Data *data = &self->record->data;
    const MentionData *mention = &data->mentions[i];
    row[QUOTH_ENTS_ENT_ID] = integer((int64_t)i);
    row[QUOTH_ENTS_SCORE] = (quoth_cell){.present = true, .number = mention->score};
    row[QUOTH_ENTS_SENT_ID] =
        index_or_none(sentence_at(data, mention->span.start), data->count.sentences);
    if (mention->entity < data->count.entities) {
        const EntityData *entity = &data->entities[mention->entity];
        row[QUOTH_ENTS_ENTITY_ID] = integer(mention->entity);
        if (put_string(self, NAME, entity->name, &row[QUOTH_ENTS_ENTITY]) < 0 ||
            (entity->kb_id != NULL &&
             put_string(self, ID, entity->kb_id, &row[QUOTH_ENTS_KB_ID]) < 0)) {
            return -1;
        }
    }
    PyObject *own = py_extra_get(self->state, mention->extra, KEY_kb_id);
    if (own != NULL && own != Py_None && put_string(self, ID, own, &row[QUOTH_ENTS_KB_ID]) < 0) {
        return -1;
    }
    if (put_label(self, CUE, mention->label, &row[QUOTH_ENTS_LABEL]) < 0) {
        return -1;
    }
    return put_range(self, TEXT, mention->span, &row[QUOTH_ENTS_TEXT], &row[QUOTH_ENTS_START],
                     &row[QUOTH_ENTS_END]);
}

static size_t row_count(const Record *record, quoth_table_kind kind)
{
    const Counts *count = &record->data.count;
    const size_t counts[QUOTH_TABLE_KINDS] = {[QUOTH_TABLE_SENTS] = count->sentences,
                                              [QUOTH_TABLE_QUOTES] = count->quotes,
                                              [QUOTH_TABLE_ENTS] = count->mentions};
    return counts[kind];
}

int py_rows_push(const State *state, const Record *record, quoth_table_kind kind, int64_t doc_id,
                 quoth_table *table)
{
    static int (*const fill[QUOTH_TABLE_KINDS])(Rows *, size_t,
                                                quoth_cell *) = {[QUOTH_TABLE_SENTS] = sent_row,
                                                                 [QUOTH_TABLE_QUOTES] = quote_row,
                                                                 [QUOTH_TABLE_ENTS] = ent_row};
    Rows self = {.state = state, .record = record, .table = table, .doc_id = doc_id};
    int failed = 0;
    for (size_t i = 0; failed == 0 && i < row_count(record, kind); i++) {
        quoth_cell row[QUOTH_TABLE_COLUMNS_MOST];
        memset(row, 0, sizeof row);
        row[0] = integer(doc_id); /* of every kind, the first column */
        failed = fill[kind](&self, i, row);
        quoth_status status = failed == 0 ? quoth_table_push(table, row) : QUOTH_OK;
        if (status != QUOTH_OK) {
            py_table_raise(state, status);
            failed = -1;
        }
    }
    for (int i = 0; i < BUFFERS; i++) {
        PyMem_RawFree(self.buffers[i].bytes);
    }
    PyMem_RawFree(self.joined.bytes);
    return failed;
}
