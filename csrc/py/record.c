/* record.c - what reading an article leaves behind: the text, and all results as numbers in code
 * points. In: a quoth_doc, or a dict (import.c). Out: an immutable object that every other object
 * of the article shares. Linear in the number of things found.
 *
 * It is made in two steps: the numbers with the GIL released, then the few strings.
 */
#include "types.h"

#include "quoth_table.h"

#include <string.h>

/* --- data ------------------------------------------------------------------------------------- */

static size_t reserve(size_t *size, size_t count, size_t each)
{
    size_t at = *size;
    *size = at + (count * each + 15) / 16 * 16;
    return at;
}

quoth_status py_data_alloc(Data *data, const Counts *counts)
{
    memset(data, 0, sizeof *data);
    const Counts *c = counts;
    size_t size = 0;
    size_t paragraphs = reserve(&size, c->paragraphs, sizeof *data->paragraphs);
    size_t sentences = reserve(&size, c->sentences, sizeof *data->sentences);
    size_t tokens = reserve(&size, c->tokens, sizeof *data->tokens);
    size_t quotations = reserve(&size, c->quotations, sizeof *data->quotations);
    size_t mentions = reserve(&size, c->mentions + c->matches, sizeof *data->mentions);
    size_t entities = reserve(&size, c->entities, sizeof *data->entities);
    size_t members = reserve(&size, c->members, sizeof *data->members);
    size_t quotes = reserve(&size, c->quotes, sizeof *data->quotes);
    size_t contents = reserve(&size, c->contents, sizeof *data->contents);
    size_t warnings = reserve(&size, c->warnings, sizeof *data->warnings);
    size_t mention_first = reserve(&size, c->entities + 1, sizeof *data->mention_first);
    size_t mention_of = reserve(&size, c->mentions, sizeof *data->mention_of);
    size_t quote_first = reserve(&size, c->entities + 1, sizeof *data->quote_first);
    size_t quote_of = reserve(&size, c->quotes, sizeof *data->quote_of);
    char *block = PyMem_RawCalloc(1, size);
    if (block == NULL) {
        return QUOTH_ERROR_MEMORY;
    }
    data->block = block;
    data->count = *counts;
    data->paragraphs = (void *)(block + paragraphs);
    data->sentences = (void *)(block + sentences);
    data->tokens = (void *)(block + tokens);
    data->quotations = (void *)(block + quotations);
    data->mentions = (void *)(block + mentions);
    data->entities = (void *)(block + entities);
    data->members = (void *)(block + members);
    data->quotes = (void *)(block + quotes);
    data->contents = (void *)(block + contents);
    data->warnings = (void *)(block + warnings);
    data->mention_first = (void *)(block + mention_first);
    data->mention_of = (void *)(block + mention_of);
    data->quote_first = (void *)(block + quote_first);
    data->quote_of = (void *)(block + quote_of);
    return QUOTH_OK;
}

bool py_range_equal(Range a, Range b)
{
    return a.start == b.start && a.end == b.end;
}

bool py_date_valid(int year, int month, int day)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1) {
        return false;
    }
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return day <= days[month - 1] + (month == 2 && leap ? 1 : 0);
}

static Range range_of(const quoth_doc *doc, quoth_span span)
{
    Range range = {0, 0};
    if (span.start < span.end) {
        range.start = quoth_doc_codepoint(doc, span.start);
        range.end = quoth_doc_codepoint(doc, span.end);
    }
    return range;
}

static bool lies_within(Range inner, Range outer)
{
    return inner.start >= outer.start && inner.end <= outer.end;
}

static void read_frame(Data *data, const quoth_doc *doc)
{
    const quoth_frame *frame = quoth_doc_frame(doc);
    if (frame == NULL) {
        return;
    }
    data->frame[FRAME_TITLE] = range_of(doc, frame->title);
    data->frame[FRAME_STANDFIRST] = range_of(doc, frame->standfirst);
    data->frame[FRAME_BYLINE] = range_of(doc, frame->byline);
    data->frame[FRAME_DATELINE] = range_of(doc, frame->dateline);
    data->frame[FRAME_SOURCE_LINE] = range_of(doc, frame->source_line);
    data->frame[FRAME_AUTHOR_NOTE] = range_of(doc, frame->author_note);
    data->frame[FRAME_PLACE] = range_of(doc, frame->place);
    data->frame[FRAME_SECTION] = range_of(doc, frame->section);
    Range outlet = range_of(doc, frame->outlet);
    if (outlet.end > 0 && lies_within(outlet, data->frame[FRAME_DATELINE])) {
        data->frame[FRAME_DATELINE_OUTLET] = outlet;
    } else if (outlet.end > 0 && lies_within(outlet, data->frame[FRAME_SOURCE_LINE])) {
        data->frame[FRAME_SOURCE_OUTLET] = outlet;
    }
    if (py_date_valid(frame->year, frame->month, frame->day)) {
        Date date = {frame->year, frame->month, frame->day};
        if (data->frame[FRAME_DATELINE].end > 0) {
            data->dateline_date = date;
        }
        if (data->frame[FRAME_SOURCE_LINE].end > 0) {
            data->source_date = date;
        }
    }
}

static void read_paragraphs(Data *data, const quoth_doc *doc)
{
    size_t count;
    const quoth_paragraph *paragraphs = quoth_doc_paragraphs(doc, &count);
    for (size_t i = 0; i < count; i++) {
        data->paragraphs[i].span = range_of(doc, paragraphs[i].span);
        data->paragraphs[i].kind = (uint8_t)paragraphs[i].kind;
    }
    const quoth_sentence *sentences = quoth_doc_sentences(doc, &count);
    for (size_t i = 0; i < count; i++) {
        data->sentences[i] = range_of(doc, sentences[i].span);
    }
    for (size_t i = 0; i < data->count.tokens; i++) {
        data->tokens[i] = range_of(doc, quoth_doc_token(doc, i).span);
    }
    const quoth_warning *warnings = quoth_doc_warnings(doc, &count);
    for (size_t i = 0; i < count; i++) {
        data->warnings[i].span = range_of(doc, warnings[i].span);
        data->warnings[i].kind = (uint8_t)warnings[i].code;
    }
    KindRange *after = data->warnings + count;
    const quoth_limited *limited = quoth_doc_limited(doc, &count);
    for (size_t i = 0; i < count; i++) {
        after[i].span = range_of(doc, limited[i].span);
        after[i].kind = QUOTH_WARNING_PATTERN_LIMIT;
    }
}

static void read_quotations(Data *data, const quoth_doc *doc)
{
    size_t count;
    const quoth_quotation *quotations = quoth_doc_quotations(doc, &count);
    for (size_t i = 0; i < count; i++) {
        QuotationData *out = &data->quotations[i];
        out->span = range_of(doc, quotations[i].span);
        /* nothing between the marks is an empty range in its place, not an absent one */
        out->inner.start = quoth_doc_codepoint(doc, quotations[i].inner.start);
        out->inner.end = quoth_doc_codepoint(doc, quotations[i].inner.end);
        out->quote = quotations[i].quote;
        out->kind = (uint8_t)quotations[i].kind;
        out->closed = quotations[i].closed;
    }
}

static void copy_mentions(MentionData *to, const quoth_doc *doc, const quoth_mention *mentions,
                          size_t count)
{
    for (size_t i = 0; i < count; i++) {
        MentionData *out = &to[i];
        out->span = range_of(doc, mentions[i].span);
        out->title = range_of(doc, mentions[i].title);
        out->score = quoth_score_digits(mentions[i].score);
        out->entity = mentions[i].entity;
        out->label = (uint8_t)mentions[i].label;
    }
}

static void read_mentions(Data *data, const quoth_doc *doc)
{
    size_t count;
    const quoth_mention *mentions = quoth_doc_mentions(doc, &count);
    copy_mentions(data->mentions, doc, mentions, count);
    mentions = quoth_doc_matches(doc, &count);
    copy_mentions(data->mentions + data->count.mentions, doc, mentions, count);
    const quoth_entity *entities = quoth_doc_entities(doc, &count);
    for (size_t i = 0; i < count; i++) {
        data->entities[i].label = (uint8_t)entities[i].label;
        data->entities[i].member_first = entities[i].member_first;
        data->entities[i].member_count = entities[i].member_count;
    }
    const uint32_t *members = quoth_doc_members(doc, &count);
    for (size_t i = 0; i < count; i++) {
        data->members[i] = members[i];
    }
}

static void read_quotes(Data *data, const quoth_doc *doc)
{
    size_t count;
    const quoth_span *contents = quoth_doc_contents(doc, &count);
    for (size_t i = 0; i < count; i++) {
        data->contents[i] = range_of(doc, contents[i]);
    }
    const quoth_quote *quotes = quoth_doc_quotes(doc, &count);
    for (size_t i = 0; i < count; i++) {
        QuoteData *out = &data->quotes[i];
        out->cue = range_of(doc, quotes[i].cue);
        out->source = range_of(doc, quotes[i].source);
        out->content_first = quotes[i].content_first;
        out->content_count = quotes[i].content_count;
        out->speaker = quotes[i].speaker;
        out->parent = quotes[i].parent;
        out->candidate_count = quotes[i].candidate_count;
        for (uint32_t k = 0; k < out->candidate_count; k++) {
            out->candidates[k].entity = quotes[i].candidates[k].entity;
            out->candidates[k].score = quoth_score_digits(quotes[i].candidates[k].score);
        }
        out->score = quoth_score_digits(quotes[i].score);
        out->type = (uint8_t)quotes[i].type;
        out->reason = (uint8_t)quotes[i].speaker_reason;
        out->attitude = (uint8_t)quotes[i].attitude;
        out->factual = quotes[i].factual;
        out->closed = quotes[i].closed;
    }
}

quoth_status py_data_read(Data *data, const quoth_doc *doc, size_t more_warnings)
{
    Counts counts;
    (void)quoth_doc_paragraphs(doc, &counts.paragraphs);
    (void)quoth_doc_sentences(doc, &counts.sentences);
    (void)quoth_doc_quotations(doc, &counts.quotations);
    (void)quoth_doc_mentions(doc, &counts.mentions);
    (void)quoth_doc_entities(doc, &counts.entities);
    (void)quoth_doc_members(doc, &counts.members);
    (void)quoth_doc_quotes(doc, &counts.quotes);
    (void)quoth_doc_contents(doc, &counts.contents);
    (void)quoth_doc_warnings(doc, &counts.warnings);
    (void)quoth_doc_matches(doc, &counts.matches);
    size_t limited;
    (void)quoth_doc_limited(doc, &limited);
    counts.warnings += limited + more_warnings;
    counts.tokens = quoth_doc_token_count(doc);
    quoth_status status = py_data_alloc(data, &counts);
    if (status != QUOTH_OK) {
        return status;
    }
    read_frame(data, doc);
    read_paragraphs(data, doc);
    read_quotations(data, doc);
    read_mentions(data, doc);
    read_quotes(data, doc);
    py_data_index(data);
    return QUOTH_OK;
}

/* Counting sort by entity: sizes, then starts, then the indexes, in text order within an entity.
 * The starts are moved while placing and end up as the ends, that is, as the next ones' starts. */
static void index_one(uint32_t *first, uint32_t *of, size_t entities, size_t count,
                      const char *entity_field, size_t stride)
{
    for (size_t i = 0; i < count; i++) {
        uint32_t entity = *(const uint32_t *)(const void *)(entity_field + i * stride);
        if (entity < entities) {
            first[entity]++;
        }
    }
    uint32_t sum = 0;
    for (size_t e = 0; e < entities; e++) {
        uint32_t size = first[e];
        first[e] = sum;
        sum += size;
    }
    for (size_t i = 0; i < count; i++) {
        uint32_t entity = *(const uint32_t *)(const void *)(entity_field + i * stride);
        if (entity < entities) {
            of[first[entity]++] = (uint32_t)i;
        }
    }
    for (size_t e = entities; e > 0; e--) {
        first[e] = first[e - 1];
    }
    first[0] = 0;
}

void py_data_index(Data *data)
{
    if (data->count.entities == 0) {
        return;
    }
    if (data->count.mentions > 0) {
        index_one(data->mention_first, data->mention_of, data->count.entities, data->count.mentions,
                  (const char *)&data->mentions[0].entity, sizeof data->mentions[0]);
    }
    if (data->count.quotes > 0) {
        index_one(data->quote_first, data->quote_of, data->count.entities, data->count.quotes,
                  (const char *)&data->quotes[0].speaker, sizeof data->quotes[0]);
    }
}

void py_data_clear(Data *data)
{
    for (size_t i = 0; i < data->count.mentions + data->count.matches; i++) {
        Py_XDECREF(data->mentions[i].rule);
        Py_XDECREF(data->mentions[i].extra);
    }
    for (size_t i = 0; i < data->count.quotes; i++) {
        Py_XDECREF(data->quotes[i].rule);
    }
    for (size_t i = 0; i < data->count.warnings; i++) {
        Py_XDECREF(data->warnings[i].detail);
    }
    for (size_t i = 0; i < data->count.entities; i++) {
        Py_XDECREF(data->entities[i].name);
        Py_XDECREF(data->entities[i].kb_id);
    }
    PyMem_RawFree(data->block);
    memset(data, 0, sizeof *data);
}

/* --- strings ---------------------------------------------------------------------------------- */

/* Names that lie in the text are cut from the str itself, so that lone surrogates survive. */
static PyObject *string_of(const Record *self, const quoth_doc *doc, quoth_string string)
{
    quoth_string text = quoth_doc_text(doc);
    uintptr_t at = (uintptr_t)string.data;
    uintptr_t begin = (uintptr_t)text.data;
    if (string.data != NULL && at >= begin && at + string.size <= begin + text.size) {
        uint32_t start = (uint32_t)(at - begin);
        uint32_t end = start + (uint32_t)string.size;
        return py_text_slice(self->text, (Py_ssize_t)quoth_doc_codepoint(doc, start),
                             (Py_ssize_t)quoth_doc_codepoint(doc, end));
    }
    return PyUnicode_DecodeUTF8(string.data != NULL ? string.data : "", (Py_ssize_t)string.size,
                                "replace");
}

/* Rules are few and repeat: the last one is kept at hand. */
static PyObject *rule_of(const char *rule, const char **last, PyObject *last_object)
{
    if (rule == *last && last_object != NULL) {
        return Py_NewRef(last_object);
    }
    *last = rule;
    return PyUnicode_InternFromString(rule != NULL ? rule : "");
}

static int name_entities(Record *self, const quoth_doc *doc)
{
    size_t count;
    const quoth_entity *entities = quoth_doc_entities(doc, &count);
    for (size_t i = 0; i < count; i++) {
        EntityData *out = &self->data.entities[i];
        out->name = string_of(self, doc, entities[i].name);
        if (out->name == NULL) {
            return -1;
        }
        if (entities[i].kb_id.data != NULL && entities[i].kb_id.size > 0) {
            out->kb_id = string_of(self, doc, entities[i].kb_id);
            if (out->kb_id == NULL) {
                return -1;
            }
        }
    }
    return 0;
}

int py_record_name(Record *self, const quoth_doc *doc)
{
    if (name_entities(self, doc) < 0) {
        return -1;
    }
    size_t count;
    const char *last = NULL;
    PyObject *last_object = NULL;
    const quoth_mention *mentions = quoth_doc_mentions(doc, &count);
    for (size_t i = 0; i < count; i++) {
        last_object = rule_of(mentions[i].rule, &last, last_object);
        self->data.mentions[i].rule = last_object;
        if (last_object == NULL) {
            return -1;
        }
    }
    const quoth_mention *matches = quoth_doc_matches(doc, &count);
    for (size_t i = 0; i < count; i++) {
        last_object = rule_of(matches[i].rule, &last, last_object);
        self->data.mentions[self->data.count.mentions + i].rule = last_object;
        if (last_object == NULL) {
            return -1;
        }
    }
    const quoth_quote *quotes = quoth_doc_quotes(doc, &count);
    for (size_t i = 0; i < count; i++) {
        last_object = rule_of(quotes[i].rule, &last, last_object);
        self->data.quotes[i].rule = last_object;
        if (last_object == NULL) {
            return -1;
        }
    }
    return 0;
}

/* --- the object ------------------------------------------------------------------------------- */

Record *py_record_new(const State *state, PyObject *text, Data *data)
{
    Record *self = PyObject_New(Record, state->types[TYPE_RECORD]);
    if (self == NULL) {
        py_data_clear(data);
        return NULL;
    }
    self->text = Py_NewRef(text);
    self->model_version = NULL;
    self->pipeline_version = NULL;
    self->labels = NULL;
    self->sentence_labels = NULL;
    self->own_data = NULL;
    self->data = *data;
    memset(data, 0, sizeof *data);
    return self;
}

static void record_dealloc(PyObject *object)
{
    Record *self = (Record *)object;
    PyTypeObject *type = Py_TYPE(self);
    py_data_clear(&self->data);
    Py_XDECREF(self->model_version);
    Py_XDECREF(self->pipeline_version);
    Py_XDECREF(self->labels);
    Py_XDECREF(self->sentence_labels);
    Py_XDECREF(self->own_data);
    Py_DECREF(self->text);
    PyObject_Free(self);
    Py_DECREF(type);
}

static bool ranges_equal(const Range *a, const Range *b, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!py_range_equal(a[i], b[i])) {
            return false;
        }
    }
    return true;
}

static bool kinds_equal(const KindRange *a, const KindRange *b, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!py_range_equal(a[i].span, b[i].span) || a[i].kind != b[i].kind ||
            !py_detail_equal(a[i].detail, b[i].detail)) {
            return false;
        }
    }
    return true;
}

bool py_date_equal(Date a, Date b)
{
    return a.year == b.year && a.month == b.month && a.day == b.day;
}

typedef bool (*ItemEqual)(const Record *a, uint32_t i, const Record *b, uint32_t j);

static bool items_equal(const Record *a, const Record *b, size_t count, ItemEqual equal)
{
    for (uint32_t i = 0; i < count; i++) {
        if (!equal(a, i, b, i)) {
            return false;
        }
    }
    return true;
}

/* Entities are compared one by one, so that their indexes do for the members of a family. */
static bool entity_equal(const Record *a, uint32_t i, const Record *b, uint32_t j)
{
    const EntityData *x = &a->data.entities[i];
    const EntityData *y = &b->data.entities[j];
    if (x->member_count != y->member_count || !py_entity_alike(a, i, b, j)) {
        return false;
    }
    for (uint32_t n = 0; n < x->member_count; n++) {
        if (a->data.members[x->member_first + n] != b->data.members[y->member_first + n]) {
            return false;
        }
    }
    return true;
}

/* Quotes are compared one by one, so that their indexes do for the quotations. */
static bool quotation_equal(const Record *a, uint32_t i, const Record *b, uint32_t j)
{
    return py_quotation_alike(a, i, b, j) &&
           a->data.quotations[i].quote == b->data.quotations[j].quote;
}

/* Tokens follow from the text and may be left out of a stored document: they do not count. */
bool py_record_equal(const Record *a, const Record *b)
{
    if (a == b) {
        return true;
    }
    const Data *x = &a->data;
    const Data *y = &b->data;
    if (x->count.paragraphs != y->count.paragraphs || x->count.sentences != y->count.sentences ||
        x->count.quotations != y->count.quotations || x->count.mentions != y->count.mentions ||
        x->count.entities != y->count.entities || x->count.quotes != y->count.quotes ||
        x->count.contents != y->count.contents || x->count.warnings != y->count.warnings ||
        x->count.matches != y->count.matches) {
        return false;
    }
    return py_text_equal(a->text, b->text) && ranges_equal(x->frame, y->frame, FRAME_COUNT) &&
           py_date_equal(x->dateline_date, y->dateline_date) &&
           py_date_equal(x->source_date, y->source_date) &&
           kinds_equal(x->paragraphs, y->paragraphs, x->count.paragraphs) &&
           ranges_equal(x->sentences, y->sentences, x->count.sentences) &&
           kinds_equal(x->warnings, y->warnings, x->count.warnings) &&
           items_equal(a, b, x->count.quotations, quotation_equal) &&
           items_equal(a, b, x->count.mentions + x->count.matches, py_mention_equal) &&
           items_equal(a, b, x->count.entities, entity_equal) &&
           items_equal(a, b, x->count.quotes, py_quote_equal) &&
           py_extra_equal(a->sentence_labels, b->sentence_labels) &&
           py_extra_equal(a->own_data, b->own_data);
}

/* Pickled as its JSON form: what an old pickle holds is checked like any other input. */
static PyObject *record_reduce(PyObject *self, PyObject *Py_UNUSED(ignored))
{
    PyObject *dict = py_record_export(py_state_of(self), (Record *)self, true, true);
    PyObject *module = PyType_GetModule(Py_TYPE(self));
    PyObject *function = module != NULL ? PyObject_GetAttrString(module, "record_from_dict") : NULL;
    if (dict == NULL || function == NULL) {
        Py_XDECREF(dict);
        Py_XDECREF(function);
        return NULL;
    }
    return Py_BuildValue("N(N)", function, dict);
}

static PyMethodDef record_methods[] = {
    {"__reduce__", record_reduce, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot record_slots[] = {
    {Py_tp_doc, "All results of one article; what its objects share. Not public."},
    {Py_tp_dealloc, record_dealloc},
    {Py_tp_methods, record_methods},
    {0, NULL},
};

PyType_Spec py_record_spec = {
    .name = "quoth._core.Record",
    .basicsize = sizeof(Record),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_IMMUTABLETYPE | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .slots = record_slots,
};
