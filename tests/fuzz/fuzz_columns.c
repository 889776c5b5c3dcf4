/* fuzz_columns.c - a libFuzzer target: columns of cells against a plain list of the same cells.
 *
 * The input is a program: each byte pushes a cell, appends the column to another one, or starts
 * anew. What a column gives back has to be what went in, whatever the order; its buffers are laid
 * out as Arrow wants them: offsets grow, a bit that is not set is an absent value.
 */
#include "fuzz.h"

#include "quoth_column.h"

enum { CELLS_MOST = 80, TYPES = QUOTH_COLUMN_STRING + 1 };

typedef struct model {
    quoth_column column;
    quoth_cell cells[CELLS_MOST];
    size_t count;
} model;

static void check_cell(quoth_cell got, quoth_cell expected, quoth_column_type type)
{
    HOLDS(got.present == expected.present);
    if (!expected.present)
        return;
    if (type == QUOTH_COLUMN_STRING) {
        HOLDS(got.string.size == expected.string.size);
        HOLDS(got.string.size == 0 ||
              !memcmp(got.string.data, expected.string.data, got.string.size));
    } else if (type == QUOTH_COLUMN_FLOAT64) {
        HOLDS(got.number == expected.number);
    } else {
        HOLDS(got.integer == expected.integer);
    }
}

static void check(const model *self)
{
    const quoth_column *column = &self->column;
    size_t absent = 0;
    HOLDS(column->length == self->count);
    for (size_t i = 0; i < self->count; i++) {
        check_cell(quoth_column_cell(column, i), self->cells[i], column->type);
        absent += !self->cells[i].present;
        bool set = !column->validity || (column->validity[i / 8] >> i % 8 & 1);
        HOLDS(set == self->cells[i].present);
    }
    HOLDS(absent == column->null_count && (absent == 0 || column->validity));
    if (column->type == QUOTH_COLUMN_STRING && column->values) {
        const int32_t *offsets = column->values;
        for (size_t i = 0; i < self->count; i++)
            HOLDS(offsets[i] <= offsets[i + 1]);
        HOLDS(offsets[0] == 0 && (size_t)offsets[self->count] == column->byte_count);
    }
}

/* A cell made of what follows; the string stays in the input. */
static quoth_cell cell_of(quoth_column_type type, uint8_t op, const uint8_t **data, size_t *size)
{
    size_t length = op >> 3;
    length = length < *size ? length : *size;
    int64_t integer = 0;
    memcpy(&integer, *data, length < sizeof integer ? length : sizeof integer);
    if (type == QUOTH_COLUMN_BOOL)
        integer &= 1;
    else if (type == QUOTH_COLUMN_INT32)
        integer = (int32_t)integer;
    quoth_cell cell = {.present = (op & 4) == 0,
                       .integer = integer,
                       .number = (double)integer,
                       .string = {(const char *)*data, length}};
    *data += length;
    *size -= length;
    return cell;
}

static void append(model *to, const model *from)
{
    if (to->count + from->count > CELLS_MOST)
        return;
    HOLDS(quoth_column_append(&to->column, &from->column) == QUOTH_OK);
    memcpy(to->cells + to->count, from->cells, from->count * sizeof *from->cells);
    to->count += from->count;
}

static void clear(model *self, quoth_column_type type)
{
    if (self->column.allocator.release)
        quoth_column_free(&self->column);
    quoth_column_init(&self->column, type, NULL);
    self->count = 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static model models[2];
    if (size < 1)
        return 0;
    quoth_column_type type = (quoth_column_type)(*data++ % TYPES);
    size--;
    clear(&models[0], type);
    clear(&models[1], type);
    while (size) {
        uint8_t op = *data++;
        model *to = &models[op & 1];
        size--;
        if ((op & 2) == 0) {
            quoth_cell cell = cell_of(type, op, &data, &size);
            if (to->count == CELLS_MOST)
                continue;
            HOLDS(quoth_column_push(&to->column, &cell) == QUOTH_OK);
            to->cells[to->count++] = cell;
        } else if (op >> 4 == 15) {
            clear(to, type);
        } else {
            append(to, &models[!(op & 1)]);
        }
    }
    check(&models[0]);
    check(&models[1]);
    clear(&models[0], type);
    clear(&models[1], type);
    return 0;
}
