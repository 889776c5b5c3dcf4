/* table.c - the three tables of an article: its sentences, its quotes and its mentions, a row each;
 * see quoth_table.h. What is text is cut from the UTF-8 that was read, offsets become code points.
 */
#include "arena.h"
#include "quoth_table.h"

#include <string.h>

enum { KEPT_MOST = 4 * 1024 * 1024 }; /* after a huge text its memory goes back */

struct quoth_table {
    quoth_table_kind kind;
    quoth_allocator allocator;
    size_t column_count;
    quoth_column columns[QUOTH_TABLE_COLUMNS_MOST];
    char *joined; /* where the pieces of a quote are put together */
    size_t joined_room;
};

static const quoth_field sents_fields[QUOTH_SENTS_COLUMNS] = {
    [QUOTH_SENTS_DOC_ID] = {"doc_id", QUOTH_COLUMN_INT64, false},
    [QUOTH_SENTS_SENT_ID] = {"sent_id", QUOTH_COLUMN_INT64, false},
    [QUOTH_SENTS_PARA_ID] = {"para_id", QUOTH_COLUMN_INT64, true},
    [QUOTH_SENTS_START] = {"start", QUOTH_COLUMN_INT64, false},
    [QUOTH_SENTS_END] = {"end", QUOTH_COLUMN_INT64, false},
    [QUOTH_SENTS_TEXT] = {"text", QUOTH_COLUMN_STRING, false},
};

static const quoth_field quotes_fields[QUOTH_QUOTES_COLUMNS] = {
    [QUOTH_QUOTES_DOC_ID] = {"doc_id", QUOTH_COLUMN_INT64, false},
    [QUOTH_QUOTES_QUOTE_ID] = {"quote_id", QUOTH_COLUMN_INT64, false},
    [QUOTH_QUOTES_TYPE] = {"type", QUOTH_COLUMN_STRING, false},
    [QUOTH_QUOTES_TEXT] = {"text", QUOTH_COLUMN_STRING, false},
    [QUOTH_QUOTES_START] = {"start", QUOTH_COLUMN_INT64, false},
    [QUOTH_QUOTES_END] = {"end", QUOTH_COLUMN_INT64, false},
    [QUOTH_QUOTES_CUE] = {"cue", QUOTH_COLUMN_STRING, true},
    [QUOTH_QUOTES_CUE_START] = {"cue_start", QUOTH_COLUMN_INT64, true},
    [QUOTH_QUOTES_CUE_END] = {"cue_end", QUOTH_COLUMN_INT64, true},
    [QUOTH_QUOTES_SOURCE] = {"source", QUOTH_COLUMN_STRING, true},
    [QUOTH_QUOTES_SOURCE_START] = {"source_start", QUOTH_COLUMN_INT64, true},
    [QUOTH_QUOTES_SOURCE_END] = {"source_end", QUOTH_COLUMN_INT64, true},
    [QUOTH_QUOTES_SPEAKER] = {"speaker", QUOTH_COLUMN_STRING, true},
    [QUOTH_QUOTES_SPEAKER_ID] = {"speaker_id", QUOTH_COLUMN_INT64, true},
    [QUOTH_QUOTES_SCORE] = {"score", QUOTH_COLUMN_FLOAT64, false},
    [QUOTH_QUOTES_RULE] = {"rule", QUOTH_COLUMN_STRING, false},
    [QUOTH_QUOTES_SENT_ID] = {"sent_id", QUOTH_COLUMN_INT64, true},
    [QUOTH_QUOTES_PARA_ID] = {"para_id", QUOTH_COLUMN_INT64, true},
};

static const quoth_field ents_fields[QUOTH_ENTS_COLUMNS] = {
    [QUOTH_ENTS_DOC_ID] = {"doc_id", QUOTH_COLUMN_INT64, false},
    [QUOTH_ENTS_ENT_ID] = {"ent_id", QUOTH_COLUMN_INT64, false},
    [QUOTH_ENTS_TEXT] = {"text", QUOTH_COLUMN_STRING, false},
    [QUOTH_ENTS_START] = {"start", QUOTH_COLUMN_INT64, false},
    [QUOTH_ENTS_END] = {"end", QUOTH_COLUMN_INT64, false},
    [QUOTH_ENTS_LABEL] = {"label", QUOTH_COLUMN_STRING, false},
    [QUOTH_ENTS_ENTITY_ID] = {"entity_id", QUOTH_COLUMN_INT64, true},
    [QUOTH_ENTS_ENTITY] = {"entity", QUOTH_COLUMN_STRING, true},
    [QUOTH_ENTS_KB_ID] = {"kb_id", QUOTH_COLUMN_STRING, true},
    [QUOTH_ENTS_SCORE] = {"score", QUOTH_COLUMN_FLOAT64, false},
    [QUOTH_ENTS_SENT_ID] = {"sent_id", QUOTH_COLUMN_INT64, true},
};

const quoth_field *quoth_table_fields(quoth_table_kind kind, size_t *count)
{
    switch (kind) {
    case QUOTH_TABLE_SENTS:
        *count = QUOTH_SENTS_COLUMNS;
        return sents_fields;
    case QUOTH_TABLE_QUOTES:
        *count = QUOTH_QUOTES_COLUMNS;
        return quotes_fields;
    default:
        *count = QUOTH_ENTS_COLUMNS;
        return ents_fields;
    }
}

/* --- making ------------------------------------------------------------------------------------- */

quoth_status quoth_table_new(quoth_table_kind kind, const quoth_allocator *allocator,
                             quoth_table **out)
{
    *out = NULL;
    const quoth_allocator *memory = allocator ? allocator : &qt_allocator_default;
    quoth_table *self = memory->resize(memory->context, NULL, sizeof *self);
    if (!self)
        return QUOTH_ERROR_MEMORY;
    memset(self, 0, sizeof *self);
    self->kind = kind;
    self->allocator = *memory;
    const quoth_field *fields = quoth_table_fields(kind, &self->column_count);
    for (size_t i = 0; i < self->column_count; i++)
        quoth_column_init(&self->columns[i], fields[i].type, memory);
    *out = self;
    return QUOTH_OK;
}

void quoth_table_free(quoth_table *self)
{
    if (!self)
        return;
    quoth_allocator memory = self->allocator;
    for (size_t i = 0; i < self->column_count; i++)
        quoth_column_free(&self->columns[i]);
    memory.release(memory.context, self->joined);
    memory.release(memory.context, self);
}

void quoth_table_clear(quoth_table *self)
{
    for (size_t i = 0; i < self->column_count; i++) {
        quoth_column *column = &self->columns[i];
        if (column->room * sizeof(int64_t) + column->byte_room > KEPT_MOST) {
            quoth_column_free(column);
            continue;
        }
        column->length = column->null_count = column->byte_count = 0;
        self->allocator.release(self->allocator.context, column->validity);
        column->validity = NULL;
    }
}

size_t quoth_table_rows(const quoth_table *self)
{
    return self->columns[0].length;
}

const quoth_column *quoth_table_column(const quoth_table *self, size_t index)
{
    return &self->columns[index];
}

quoth_status quoth_table_push(quoth_table *self, const quoth_cell *row)
{
    quoth_status status = QUOTH_OK;
    for (size_t i = 0; i < self->column_count && status == QUOTH_OK; i++)
        status = quoth_column_push(&self->columns[i], &row[i]);
    return status;
}

quoth_status quoth_table_append(quoth_table *self, const quoth_table *other)
{
    quoth_status status = QUOTH_OK;
    for (size_t i = 0; i < self->column_count && status == QUOTH_OK; i++)
        status = quoth_column_append(&self->columns[i], &other->columns[i]);
    return status;
}

/* --- the rows of a document --------------------------------------------------------------------- */

static quoth_cell integer(int64_t value)
{
    return (quoth_cell){.present = true, .integer = value};
}

static quoth_cell index_or_none(uint32_t value)
{
    return (quoth_cell){.present = value != QUOTH_NONE, .integer = value};
}

static quoth_cell number(double value)
{
    return (quoth_cell){.present = true, .number = value};
}

static quoth_cell string(quoth_string value)
{
    return (quoth_cell){.present = value.data != NULL, .string = value};
}

static quoth_cell name(const char *value)
{
    return string((quoth_string){value, strlen(value)});
}

static quoth_string slice(const quoth_doc *doc, quoth_span span)
{
    return (quoth_string){quoth_doc_text(doc).data + span.start, span.end - span.start};
}

/* The text, start and end of a span, which may be absent, in three cells. */
static void put_span(const quoth_doc *doc, quoth_span span, quoth_cell *text, quoth_cell *start,
                     quoth_cell *end)
{
    if (span.start >= span.end)
        return; /* the cells of a row are zeroed, and so absent */
    *text = string(slice(doc, span));
    *start = integer(quoth_doc_codepoint(doc, span.start));
    *end = integer(quoth_doc_codepoint(doc, span.end));
}

/* The index of the sentence in which a place lies, or QUOTH_NONE. */
static uint32_t sentence_at(const quoth_doc *doc, uint32_t at)
{
    size_t low = 0, high;
    const quoth_sentence *sentences = quoth_doc_sentences(doc, &high);
    size_t count = high;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (sentences[middle].span.end > at)
            high = middle;
        else
            low = middle + 1;
    }
    return low < count ? (uint32_t)low : QUOTH_NONE;
}

static quoth_status read_sents(quoth_table *self, const quoth_doc *doc, int64_t doc_id)
{
    size_t count;
    const quoth_sentence *sentences = quoth_doc_sentences(doc, &count);
    quoth_status status = QUOTH_OK;
    for (size_t i = 0; i < count && status == QUOTH_OK; i++) {
        quoth_cell row[QUOTH_SENTS_COLUMNS] = {0};
        row[QUOTH_SENTS_DOC_ID] = integer(doc_id);
        row[QUOTH_SENTS_SENT_ID] = integer((int64_t)i);
        row[QUOTH_SENTS_PARA_ID] = index_or_none(sentences[i].paragraph);
        put_span(doc, sentences[i].span, &row[QUOTH_SENTS_TEXT], &row[QUOTH_SENTS_START],
                 &row[QUOTH_SENTS_END]);
        status = quoth_table_push(self, row);
    }
    return status;
}

/* The pieces of a quote with a space between them; *out lies in the text or in self->joined. */
static quoth_status join(quoth_table *self, const quoth_doc *doc, const quoth_span *pieces,
                         size_t count, quoth_string *out)
{
    *out = slice(doc, pieces[0]);
    if (count == 1)
        return QUOTH_OK;
    size_t size = count - 1;
    for (size_t i = 0; i < count; i++)
        size += pieces[i].end - pieces[i].start;
    if (size > self->joined_room) {
        char *joined = self->allocator.resize(self->allocator.context, self->joined, size);
        if (!joined)
            return QUOTH_ERROR_MEMORY;
        self->joined = joined;
        self->joined_room = size;
    }
    char *at = self->joined;
    for (size_t i = 0; i < count; i++) {
        quoth_string piece = slice(doc, pieces[i]);
        if (i > 0)
            *at++ = ' ';
        memcpy(at, piece.data, piece.size);
        at += piece.size;
    }
    *out = (quoth_string){self->joined, size};
    return QUOTH_OK;
}

static quoth_status read_quote(quoth_table *self, const quoth_doc *doc, int64_t doc_id, size_t i)
{
    size_t ignored, entity_count;
    const quoth_quote *quote = &quoth_doc_quotes(doc, &ignored)[i];
    const quoth_span *pieces = &quoth_doc_contents(doc, &ignored)[quote->content_first];
    const quoth_sentence *sentences = quoth_doc_sentences(doc, &ignored);
    const quoth_entity *entities = quoth_doc_entities(doc, &entity_count);
    quoth_string text;
    quoth_status status = join(self, doc, pieces, quote->content_count, &text);
    if (status != QUOTH_OK)
        return status;
    uint32_t end = pieces[quote->content_count - 1].end;
    uint32_t sentence = sentence_at(doc, pieces[0].start);
    quoth_cell row[QUOTH_QUOTES_COLUMNS] = {0};
    row[QUOTH_QUOTES_DOC_ID] = integer(doc_id);
    row[QUOTH_QUOTES_QUOTE_ID] = integer((int64_t)i);
    row[QUOTH_QUOTES_TYPE] = name(quoth_quote_type_name(quote->type));
    row[QUOTH_QUOTES_TEXT] = string(text);
    row[QUOTH_QUOTES_START] = integer(quoth_doc_codepoint(doc, pieces[0].start));
    row[QUOTH_QUOTES_END] = integer(quoth_doc_codepoint(doc, end));
    put_span(doc, quote->cue, &row[QUOTH_QUOTES_CUE], &row[QUOTH_QUOTES_CUE_START],
             &row[QUOTH_QUOTES_CUE_END]);
    put_span(doc, quote->source, &row[QUOTH_QUOTES_SOURCE], &row[QUOTH_QUOTES_SOURCE_START],
             &row[QUOTH_QUOTES_SOURCE_END]);
    if (quote->speaker < entity_count) {
        row[QUOTH_QUOTES_SPEAKER] = string(entities[quote->speaker].name);
        row[QUOTH_QUOTES_SPEAKER_ID] = integer(quote->speaker);
    }
    row[QUOTH_QUOTES_SCORE] = number(quoth_score_digits(quote->score));
    row[QUOTH_QUOTES_RULE] = name(quote->rule ? quote->rule : "");
    row[QUOTH_QUOTES_SENT_ID] = index_or_none(sentence);
    row[QUOTH_QUOTES_PARA_ID] =
        index_or_none(sentence != QUOTH_NONE ? sentences[sentence].paragraph : QUOTH_NONE);
    return quoth_table_push(self, row);
}

static quoth_status read_ent(quoth_table *self, const quoth_doc *doc, int64_t doc_id, size_t i)
{
    size_t ignored, entity_count;
    const quoth_mention *mention = &quoth_doc_mentions(doc, &ignored)[i];
    const quoth_entity *entities = quoth_doc_entities(doc, &entity_count);
    quoth_cell row[QUOTH_ENTS_COLUMNS] = {0};
    row[QUOTH_ENTS_DOC_ID] = integer(doc_id);
    row[QUOTH_ENTS_ENT_ID] = integer((int64_t)i);
    put_span(doc, mention->span, &row[QUOTH_ENTS_TEXT], &row[QUOTH_ENTS_START],
             &row[QUOTH_ENTS_END]);
    row[QUOTH_ENTS_LABEL] = name(quoth_label_name(mention->label));
    if (mention->entity < entity_count) {
        const quoth_entity *entity = &entities[mention->entity];
        row[QUOTH_ENTS_ENTITY_ID] = integer(mention->entity);
        row[QUOTH_ENTS_ENTITY] = string(entity->name);
        if (entity->kb_id.size > 0)
            row[QUOTH_ENTS_KB_ID] = string(entity->kb_id);
    }
    row[QUOTH_ENTS_SCORE] = number(quoth_score_digits(mention->score));
    row[QUOTH_ENTS_SENT_ID] = index_or_none(sentence_at(doc, mention->span.start));
    return quoth_table_push(self, row);
}

quoth_status quoth_table_read(quoth_table *self, const quoth_doc *doc, int64_t doc_id)
{
    if (self->kind == QUOTH_TABLE_SENTS)
        return read_sents(self, doc, doc_id);
    size_t count;
    bool quotes = self->kind == QUOTH_TABLE_QUOTES;
    if (quotes)
        (void)quoth_doc_quotes(doc, &count);
    else
        (void)quoth_doc_mentions(doc, &count);
    quoth_status status = QUOTH_OK;
    for (size_t i = 0; i < count && status == QUOTH_OK; i++)
        status = quotes ? read_quote(self, doc, doc_id, i) : read_ent(self, doc, doc_id, i);
    return status;
}
