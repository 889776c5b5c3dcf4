/* Columns and tables: what goes in comes out, in the layout of Arrow; memory that runs out. */
#include "quoth_table.h"
#include "reading.h"

static quoth_cell text_cell(const char *value)
{
    return (quoth_cell){.present = true, .string = {value, strlen(value)}};
}

static quoth_cell integer_cell(int64_t value)
{
    return (quoth_cell){.present = true, .integer = value};
}

static bool cell_is(const quoth_column *column, size_t i, const char *expected)
{
    quoth_cell cell = quoth_column_cell(column, i);
    return cell.present && cell.string.size == strlen(expected) &&
           memcmp(cell.string.data, expected, cell.string.size) == 0;
}

static bool bit(const uint8_t *bits, size_t i)
{
    return (bits[i / 8] >> (i % 8) & 1) != 0;
}

static void test_columns_hold_what_is_pushed(void)
{
    static const quoth_column_type types[] = {QUOTH_COLUMN_BOOL, QUOTH_COLUMN_INT32,
                                              QUOTH_COLUMN_INT64};
    for (size_t t = 0; t < sizeof types / sizeof *types; t++) {
        quoth_column column;
        quoth_column_init(&column, types[t], NULL);
        bool right = true;
        for (int64_t i = 0; i < 1000; i++) {
            quoth_cell cell = integer_cell(types[t] == QUOTH_COLUMN_BOOL ? i % 2 : -i);
            cell.present = i < 500 || i % 7 != 0;
            right = right && quoth_column_push(&column, &cell) == QUOTH_OK;
        }
        for (int64_t i = 0; i < 1000; i++) {
            quoth_cell cell = quoth_column_cell(&column, (size_t)i);
            int64_t expected = types[t] == QUOTH_COLUMN_BOOL ? i % 2 : -i;
            right = right && cell.present == (i < 500 || i % 7 != 0);
            right = right && cell.integer == (cell.present ? expected : 0);
            right = right && bit(column.validity, (size_t)i) == cell.present;
        }
        CHECK(right && column.length == 1000 && column.null_count == 71);
        quoth_column_free(&column);
    }
}

static void test_columns_without_nulls_have_no_bitmap(void)
{
    quoth_column column;
    quoth_column_init(&column, QUOTH_COLUMN_FLOAT64, NULL);
    for (int i = 0; i < 100; i++) {
        quoth_cell cell = {.present = true, .number = i / 8.0};
        CHECK(quoth_column_push(&column, &cell) == QUOTH_OK);
    }
    CHECK(column.validity == NULL && ((const double *)column.values)[9] == 9 / 8.0);
    quoth_column_free(&column);
    CHECK(column.length == 0 && column.values == NULL);
}

static void test_strings_lie_end_to_end(void)
{
    quoth_column column;
    quoth_column_init(&column, QUOTH_COLUMN_STRING, NULL);
    quoth_cell none = {.present = false}, cell = text_cell("Oslo"), empty = text_cell("");
    CHECK(quoth_column_push(&column, &cell) == QUOTH_OK);
    CHECK(quoth_column_push(&column, &none) == QUOTH_OK);
    CHECK(quoth_column_push(&column, &empty) == QUOTH_OK);
    cell = text_cell("Port\xC3\xA9");
    CHECK(quoth_column_push(&column, &cell) == QUOTH_OK);
    const int32_t expected[] = {0, 4, 4, 4, 10};
    CHECK(memcmp(column.values, expected, sizeof expected) == 0);
    CHECK(memcmp(column.bytes, "OsloPort\xC3\xA9", 10) == 0 && column.byte_count == 10);
    CHECK(column.null_count == 1 && !bit(column.validity, 1) && bit(column.validity, 2));
    CHECK(!quoth_column_cell(&column, 1).present && cell_is(&column, 2, ""));
    quoth_column_free(&column);
}

/* Each way in which two columns with and without nulls can meet. */
/* A column that never held a byte has no buffer of bytes; its values are there all the same. */
static void test_strings_that_are_all_empty(void)
{
    quoth_column column;
    quoth_column_init(&column, QUOTH_COLUMN_STRING, NULL);
    quoth_cell empty = {.present = true, .string = {"", 0}}, absent = {.present = false};
    CHECK(quoth_column_push(&column, &empty) == QUOTH_OK);
    CHECK(quoth_column_push(&column, &absent) == QUOTH_OK);
    CHECK(column.byte_count == 0 && column.null_count == 1);
    quoth_cell got = quoth_column_cell(&column, 0);
    CHECK(got.present && got.string.data != NULL && got.string.size == 0);
    CHECK(!quoth_column_cell(&column, 1).present);
    quoth_column_free(&column);
}

static void test_columns_are_appended(void)
{
    for (int with_nulls = 0; with_nulls < 4; with_nulls++) {
        quoth_column a, b;
        quoth_column_init(&a, QUOTH_COLUMN_STRING, NULL);
        quoth_column_init(&b, QUOTH_COLUMN_STRING, NULL);
        quoth_cell none = {.present = false}, one = text_cell("one"), two = text_cell("zwei");
        for (int i = 0; i < 37; i++)
            CHECK(quoth_column_push(&a, (with_nulls & 1) && i == 5 ? &none : &one) == QUOTH_OK);
        for (int i = 0; i < 53; i++)
            CHECK(quoth_column_push(&b, (with_nulls & 2) && i == 50 ? &none : &two) == QUOTH_OK);
        CHECK(quoth_column_append(&a, &b) == QUOTH_OK);
        bool right = a.length == 90;
        for (size_t i = 0; i < 90; i++) {
            bool absent = ((with_nulls & 1) && i == 5) || ((with_nulls & 2) && i == 87);
            right = right && (absent ? !quoth_column_cell(&a, i).present
                                     : cell_is(&a, i, i < 37 ? "one" : "zwei"));
        }
        CHECK(right && a.null_count == (size_t)((with_nulls & 1) + (with_nulls >> 1)));
        quoth_column_free(&a);
        quoth_column_free(&b);
    }
}

static const char article[] = "Ferry Runs Aground\n"
                              "\n"
                              "OSLO \xE2\x80\x94 A ferry ran aground.\n"
                              "\n"
                              "\xE2\x80\x9CWe leave,\xE2\x80\x9D said Mayor Anna Keller, "
                              "\xE2\x80\x9Cnow.\xE2\x80\x9D\n";

static void test_rows_of_a_document(void)
{
    reading r = reading_open(article);
    quoth_table *sents = NULL, *quotes = NULL, *ents = NULL;
    CHECK(quoth_table_new(QUOTH_TABLE_SENTS, NULL, &sents) == QUOTH_OK &&
          quoth_table_new(QUOTH_TABLE_QUOTES, NULL, &quotes) == QUOTH_OK &&
          quoth_table_new(QUOTH_TABLE_ENTS, NULL, &ents) == QUOTH_OK);
    CHECK(quoth_table_read(sents, r.doc, 7) == QUOTH_OK &&
          quoth_table_read(quotes, r.doc, 7) == QUOTH_OK &&
          quoth_table_read(ents, r.doc, 7) == QUOTH_OK);
    CHECK(quoth_table_rows(sents) >= 3 && quoth_table_rows(quotes) == 1);
    CHECK(cell_is(quoth_table_column(sents, QUOTH_SENTS_TEXT), 0, "Ferry Runs Aground"));
    CHECK(cell_is(quoth_table_column(quotes, QUOTH_QUOTES_TEXT), 0,
                  "\xE2\x80\x9CWe leave,\xE2\x80\x9D \xE2\x80\x9Cnow.\xE2\x80\x9D"));
    CHECK(cell_is(quoth_table_column(quotes, QUOTH_QUOTES_TYPE), 0, "direct"));
    CHECK(cell_is(quoth_table_column(quotes, QUOTH_QUOTES_SPEAKER), 0, "Anna Keller"));
    /* code points, where the bytes before are more */
    int64_t start = quoth_column_cell(quoth_table_column(quotes, QUOTH_QUOTES_START), 0).integer;
    CHECK(start == (int64_t)(strstr(article, "\xE2\x80\x9CWe") - article) - 2);
    CHECK(quoth_column_cell(quoth_table_column(ents, QUOTH_ENTS_DOC_ID), 0).integer == 7);
    size_t rows = quoth_table_rows(ents);
    CHECK(quoth_table_append(ents, ents) == QUOTH_OK && quoth_table_rows(ents) == 2 * rows);
    quoth_table_clear(ents);
    CHECK(quoth_table_rows(ents) == 0);
    quoth_table_free(sents);
    quoth_table_free(quotes);
    quoth_table_free(ents);
    quoth_table_free(NULL);
    reading_close(&r);
}

static void test_every_field_has_its_place(void)
{
    for (int kind = 0; kind < QUOTH_TABLE_KINDS; kind++) {
        size_t count;
        const quoth_field *fields = quoth_table_fields((quoth_table_kind)kind, &count);
        CHECK(count <= QUOTH_TABLE_COLUMNS_MOST && strcmp(fields[0].name, "doc_id") == 0);
        for (size_t i = 0; i < count; i++)
            CHECK(fields[i].name != NULL && fields[i].name[0] != '\0');
    }
}

static quoth_status fill(const quoth_doc *doc, const quoth_allocator *allocator)
{
    quoth_table *table = NULL, *all = NULL;
    quoth_status status = quoth_table_new(QUOTH_TABLE_QUOTES, allocator, &table);
    if (status == QUOTH_OK)
        status = quoth_table_new(QUOTH_TABLE_QUOTES, allocator, &all);
    for (int i = 0; i < 40 && status == QUOTH_OK; i++)
        status = quoth_table_read(table, doc, i);
    if (status == QUOTH_OK)
        status = quoth_table_append(all, table);
    quoth_table_free(table);
    quoth_table_free(all);
    return status;
}

static void test_memory_that_runs_out(void)
{
    reading r = reading_open(article);
    size_t fail_at = 0;
    quoth_status status;
    do {
        check_memory memory = {.fail_at = ++fail_at};
        quoth_allocator allocator = check_allocator(&memory);
        status = fill(r.doc, &allocator);
        CHECK((status == QUOTH_OK || status == QUOTH_ERROR_MEMORY) && memory.held == 0);
    } while (status == QUOTH_ERROR_MEMORY);
    CHECK(fail_at > 30);
    reading_close(&r);
}

int main(void)
{
    test_columns_hold_what_is_pushed();
    test_columns_without_nulls_have_no_bitmap();
    test_strings_lie_end_to_end();
    test_strings_that_are_all_empty();
    test_columns_are_appended();
    test_rows_of_a_document();
    test_every_field_has_its_place();
    test_memory_that_runs_out();
    return check_report("table");
}
