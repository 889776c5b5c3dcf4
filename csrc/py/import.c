/* import.c - a Record out of the plain Python values that export.c makes.
 *
 * In: a dict from anywhere, so that nothing in it is trusted. Out: a Record, or a ValueError that
 * names the field, what was expected there and what was found: "quotes[3].cue.end: expected ...".
 * Offsets are checked against the text. Things may be dropped or reordered by others as long as
 * what refers to them is, too: ids are looked up, not counted. Linear in the size of the dict.
 */
#include "import.h"

#include <string.h>

/* --- one thing -------------------------------------------------------------------------------- */

static int import_sentence(Reader *reader, PyObject *dict, const Path *path, size_t i)
{
    Range *out = &reader->data.sentences[i];
    if (py_field_range(reader, dict, path, false, out) < 0) {
        return -1;
    }
    if (i > 0 && out->start < reader->data.sentences[i - 1].end) {
        Path start = {path, "start", 0};
        return py_field_refuse(&start, py_field_get(reader, dict, KEY_start),
                               "an offset behind the sentence before");
    }
    PyObject *label = NULL, *key = NULL;
    if (py_field_get(reader, dict, KEY_label) == NULL) {
        return PyErr_Occurred() != NULL ? -1 : 0;
    }
    if (py_field_string(reader, dict, KEY_label, path, "label", &label) < 0) {
        return -1;
    }
    if (reader->sentence_labels == NULL) {
        reader->sentence_labels = PyDict_New();
    }
    key = PyLong_FromSize_t(i);
    int failed = reader->sentence_labels == NULL || key == NULL
                     ? -1
                     : PyDict_SetItem(reader->sentence_labels, key, label);
    Py_XDECREF(key);
    Py_DECREF(label);
    return failed;
}

static int import_token(Reader *reader, PyObject *dict, const Path *path, size_t i)
{
    return py_field_range(reader, dict, path, false, &reader->data.tokens[i]);
}

static int import_paragraph(Reader *reader, PyObject *dict, const Path *path, size_t i)
{
    KindRange *out = &reader->data.paragraphs[i];
    return py_field_range(reader, dict, path, false, &out->span) < 0
               ? -1
               : py_field_name(reader, dict, KEY_kind, NAMES_PARAGRAPH, path, "kind", &out->kind);
}

static int import_warning(Reader *reader, PyObject *dict, const Path *path, size_t i)
{
    KindRange *out = &reader->data.warnings[i];
    if (PyDict_Check(dict) && py_field_get(reader, dict, KEY_detail) != NULL &&
        py_field_string(reader, dict, KEY_detail, path, "detail", &out->detail) < 0) {
        return -1;
    }
    return py_field_range(reader, dict, path, false, &out->span) < 0
               ? -1
               : py_field_name(reader, dict, KEY_code, NAMES_WARNING, path, "code", &out->kind);
}

static int import_quotation(Reader *reader, PyObject *dict, const Path *path, size_t i)
{
    QuotationData *out = &reader->data.quotations[i];
    Path inner = {path, "inner", 0};
    if (py_field_range(reader, dict, path, false, &out->span) < 0 ||
        py_field_range(reader, py_field_get(reader, dict, KEY_inner), &inner, true, &out->inner) <
            0 ||
        py_field_name(reader, dict, KEY_kind, NAMES_QUOTATION, path, "kind", &out->kind) < 0 ||
        py_field_bool(reader, dict, KEY_closed, path, "closed", &out->closed) < 0) {
        return -1;
    }
    return py_field_reference(reader, dict, KEY_quote, reader->quote_ids, path, "quote",
                              "null or the id of a quote", &out->quote);
}

/* Where a text is given beside the offsets it has to be the one that lies there. */
static int check_text(const Reader *reader, PyObject *dict, const Path *up, Range range)
{
    Path path = {up, "text", 0};
    PyObject *value = py_field_get(reader, dict, KEY_text);
    if (value == NULL) {
        return 0;
    }
    PyObject *slice = py_text_slice(reader->text, (Py_ssize_t)range.start, (Py_ssize_t)range.end);
    if (slice == NULL) {
        return -1;
    }
    int result = 0;
    if (!PyUnicode_CheckExact(value) || !py_text_equal(value, slice)) {
        PyObject *repr = PyObject_Repr(slice);
        const char *expected = repr != NULL ? PyUnicode_AsUTF8(repr) : NULL;
        result = -1;
        if (expected != NULL) {
            (void)py_field_refuse(&path, value, expected);
        }
        Py_XDECREF(repr);
    }
    Py_DECREF(slice);
    return result;
}

static int import_fields(const Reader *reader, PyObject *dict, const Path *up, PyObject **extra)
{
    Path path = {up, "fields", 0};
    PyObject *fields = py_field_get(reader, dict, KEY_fields);
    PyObject *name, *item, *copy;
    Py_ssize_t at = 0;
    if (fields == NULL) {
        return 0;
    }
    if (!PyDict_Check(fields)) {
        return py_field_refuse(&path, fields, "a dict");
    }
    copy = PyDict_New();
    while (copy != NULL && PyDict_Next(fields, &at, &name, &item)) {
        Range range = {0, 0};
        PyObject *kept = NULL;
        if (!PyUnicode_CheckExact(name)) {
            (void)py_field_refuse(&path, name, "a str as name");
        } else if (py_field_range(reader, item, &path, true, &range) == 0) {
            kept = Py_BuildValue("{O:I,O:I}", reader->state->keys[KEY_start], range.start,
                                 reader->state->keys[KEY_end], range.end);
        }
        if (kept == NULL || PyDict_SetItem(copy, name, kept) < 0) {
            Py_CLEAR(copy);
        }
        Py_XDECREF(kept);
    }
    return py_extra_add(reader->state, extra, KEY_fields, copy);
}

/* A value that the words of the text don't tell anyway. */
static int import_value(const Reader *reader, PyObject *dict, const Path *path, MentionData *out)
{
    PyObject *value = NULL;
    PyObject *given = py_field_get(reader, dict, KEY_value);
    if (given == NULL || given == Py_None) {
        return 0;
    }
    if (py_field_string(reader, dict, KEY_value, path, "value", &value) < 0) {
        return -1;
    }
    PyObject *told = py_value_of(reader->state, reader->text, &reader->data, out->span, out->label);
    bool same = told != NULL && told != Py_None && py_text_equal(told, value);
    int failed = told == NULL ? -1 : 0;
    Py_XDECREF(told);
    if (failed < 0 || same) {
        Py_DECREF(value);
        return failed;
    }
    return py_extra_add(reader->state, &out->extra, KEY_value, value);
}

/* What the finds of somebody's own knowledge have beside a label. */
static int import_extra(const Reader *reader, PyObject *dict, const Path *path, MentionData *out)
{
    PyObject *kb_id = NULL;
    if (py_field_get(reader, dict, KEY_kb_id) != NULL &&
        (py_field_string(reader, dict, KEY_kb_id, path, "kb_id", &kb_id) < 0 ||
         py_extra_add(reader->state, &out->extra, KEY_kb_id, kb_id) < 0)) {
        return -1;
    }
    return import_value(reader, dict, path, out) < 0
               ? -1
               : import_fields(reader, dict, path, &out->extra);
}

static int import_mention(Reader *reader, PyObject *dict, const Path *path, size_t i)
{
    MentionData *out = &reader->data.mentions[i];
    if (py_field_range(reader, dict, path, false, &out->span) < 0 ||
        check_text(reader, dict, path, out->span) < 0 ||
        py_field_label(reader, dict, path, &out->label) < 0 ||
        import_extra(reader, dict, path, out) < 0 ||
        py_field_optional(reader, dict, KEY_title, path, "title", &out->title) < 0 ||
        py_field_score(reader, dict, path, &out->score) < 0 ||
        py_field_string(reader, dict, KEY_rule, path, "rule", &out->rule) < 0) {
        return -1;
    }
    return py_field_reference(reader, dict, KEY_entity, reader->entity_ids, path, "entity",
                              "null or the id of an entity", &out->entity);
}

static int import_match(Reader *reader, PyObject *dict, const Path *path, size_t i)
{
    return import_mention(reader, dict, path, reader->data.count.mentions + i);
}

/* The members of a family go behind those of the families before; their number was counted before. */
static int import_members(Reader *reader, PyObject *dict, const Path *up, size_t self,
                          EntityData *out)
{
    Path path = {up, "members", 0};
    PyObject *list = py_field_get(reader, dict, KEY_members);
    if (list == NULL) { /* records that were made elsewhere need not have it */
        return PyErr_Occurred() ? -1 : 0;
    }
    size_t room = reader->data.count.members - out->member_first;
    if (!PyList_Check(list) || (size_t)PyList_GET_SIZE(list) > room) {
        return py_field_refuse(&path, list, "a list that stays the same");
    }
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(list) && (size_t)i < room; i++) {
        Path at = {&path, NULL, i};
        PyObject *id = PyList_GET_ITEM(list, i);
        PyObject *index =
            PyUnicode_CheckExact(id) ? PyDict_GetItemWithError(reader->entity_ids, id) : NULL;
        if (index == NULL && PyErr_Occurred()) {
            return -1;
        }
        if (index == NULL || PyLong_AsSize_t(index) == self) {
            return py_field_refuse(&at, id, "the id of another entity");
        }
        reader->data.members[out->member_first + i] = (uint32_t)PyLong_AsSize_t(index);
        out->member_count = (uint32_t)i + 1;
    }
    return 0;
}

static int import_entity(Reader *reader, PyObject *dict, const Path *path, size_t i)
{
    EntityData *out = &reader->data.entities[i];
    if (!PyDict_Check(dict)) {
        return py_field_refuse(path, dict, "a dict");
    }
    out->member_first = i > 0 ? out[-1].member_first + out[-1].member_count : 0;
    if (py_field_string(reader, dict, KEY_name, path, "name", &out->name) < 0 ||
        py_field_label(reader, dict, path, &out->label) < 0 ||
        import_members(reader, dict, path, i, out) < 0) {
        return -1;
    }
    return py_field_get(reader, dict, KEY_kb_id) == Py_None
               ? 0
               : py_field_string(reader, dict, KEY_kb_id, path, "kb_id", &out->kb_id);
}

/* The contents of a quote go behind those of the quotes before; their number was counted before. */
static int import_contents(Reader *reader, PyObject *dict, const Path *up, QuoteData *out)
{
    Path path = {up, "content", 0};
    PyObject *list = py_field_get(reader, dict, KEY_content);
    Range *contents = &reader->data.contents[out->content_first];
    size_t room = reader->data.count.contents - out->content_first;
    if (list == NULL || !PyList_Check(list) || (size_t)PyList_GET_SIZE(list) > room) {
        return py_field_refuse(&path, list, "a list that stays the same");
    }
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(list) && (size_t)i < room; i++) {
        Path at = {&path, NULL, i};
        PyObject *item = PyList_GET_ITEM(list, i);
        if (py_field_range(reader, item, &at, false, &contents[i]) < 0) {
            return -1;
        }
        if (i > 0 && contents[i].start < contents[i - 1].end) {
            Path start = {&at, "start", 0};
            return py_field_refuse(&start, py_field_get(reader, item, KEY_start),
                                   "an offset behind the piece before");
        }
    }
    out->content_count = (uint32_t)PyList_GET_SIZE(list);
    return 0;
}

/* Whom the source may stand for. */
static int import_candidates(Reader *reader, PyObject *dict, const Path *up, QuoteData *out)
{
    Path path = {up, "speaker_candidates", 0};
    PyObject *list = py_field_get(reader, dict, KEY_speaker_candidates);
    if (list == NULL) { /* records that were made elsewhere need not have it */
        return PyErr_Occurred() ? -1 : 0;
    }
    if (!PyList_Check(list) || PyList_GET_SIZE(list) > QUOTH_SPEAKERS_MAX) {
        return py_field_refuse(&path, list, "a list of at most four dicts with speaker and score");
    }
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(list) && i < QUOTH_SPEAKERS_MAX; i++) {
        Path at = {&path, NULL, i};
        PyObject *item = PyList_GET_ITEM(list, i);
        if (!PyDict_Check(item)) {
            return py_field_refuse(&at, item, "a dict with speaker and score");
        }
        if (py_field_reference(reader, item, KEY_speaker, reader->entity_ids, &at, "speaker",
                               "the id of an entity", &out->candidates[i].entity) < 0 ||
            py_field_score(reader, item, &at, &out->candidates[i].score) < 0) {
            return -1;
        }
        if (out->candidates[i].entity == QUOTH_NONE) {
            return py_field_refuse(&at, item, "a dict with the id of an entity as its speaker");
        }
        out->candidate_count = (uint32_t)i + 1;
    }
    return 0;
}

static int import_quote(Reader *reader, PyObject *dict, const Path *path, size_t i)
{
    QuoteData *out = &reader->data.quotes[i];
    const QuoteData *before = i > 0 ? out - 1 : NULL;
    out->content_first = before != NULL ? before->content_first + before->content_count : 0;
    if (import_contents(reader, dict, path, out) < 0 ||
        import_candidates(reader, dict, path, out) < 0 ||
        py_field_name(reader, dict, KEY_type, NAMES_TYPE, path, "type", &out->type) < 0 ||
        py_field_optional(reader, dict, KEY_cue, path, "cue", &out->cue) < 0 ||
        py_field_optional(reader, dict, KEY_source, path, "source", &out->source) < 0 ||
        py_field_name(reader, dict, KEY_speaker_reason, NAMES_REASON, path, "speaker_reason",
                      &out->reason) < 0 ||
        py_field_name(reader, dict, KEY_attitude, NAMES_ATTITUDE, path, "attitude",
                      &out->attitude) < 0 ||
        py_field_bool(reader, dict, KEY_factual, path, "factual", &out->factual) < 0 ||
        py_field_bool(reader, dict, KEY_closed, path, "closed", &out->closed) < 0 ||
        py_field_score(reader, dict, path, &out->score) < 0 ||
        py_field_string(reader, dict, KEY_rule, path, "rule", &out->rule) < 0) {
        return -1;
    }
    /* May be left out. No quote is in itself, so that whoever follows the parents comes to an end. */
    out->parent = QUOTH_NONE;
    if (py_field_get(reader, dict, KEY_parent) != NULL &&
        py_field_reference(reader, dict, KEY_parent, reader->quote_ids, path, "parent",
                           "null or the id of an earlier quote", &out->parent) < 0) {
        return -1;
    }
    if (out->parent != QUOTH_NONE && out->parent >= i) {
        Path parent = {path, "parent", 0};
        return py_field_refuse(&parent, py_field_get(reader, dict, KEY_parent),
                               "null or the id of an earlier quote");
    }
    return py_field_reference(reader, dict, KEY_speaker, reader->entity_ids, path, "speaker",
                              "null or the id of an entity", &out->speaker);
}

/* --- the frame -------------------------------------------------------------------------------- */

static int import_dateline(Reader *reader, PyObject *dict)
{
    Path path = {NULL, "dateline", 0};
    Range *frame = reader->data.frame;
    if (py_field_optional(reader, dict, KEY_dateline, NULL, "dateline", &frame[FRAME_DATELINE]) <
        0) {
        return -1;
    }
    if (frame[FRAME_DATELINE].end == 0) {
        return 0;
    }
    PyObject *line = py_field_get(reader, dict, KEY_dateline);
    if (py_field_date(reader, line, &path, &reader->data.dateline_date) < 0 ||
        py_field_optional(reader, line, KEY_place, &path, "place", &frame[FRAME_PLACE]) < 0 ||
        py_field_optional(reader, line, KEY_section, &path, "section", &frame[FRAME_SECTION]) < 0) {
        return -1;
    }
    return py_field_optional(reader, line, KEY_outlet, &path, "outlet",
                             &frame[FRAME_DATELINE_OUTLET]);
}

static int import_source_line(Reader *reader, PyObject *dict)
{
    Path path = {NULL, "source_line", 0};
    Range *frame = reader->data.frame;
    if (py_field_optional(reader, dict, KEY_source_line, NULL, "source_line",
                          &frame[FRAME_SOURCE_LINE]) < 0) {
        return -1;
    }
    if (frame[FRAME_SOURCE_LINE].end == 0) {
        return 0;
    }
    PyObject *line = py_field_get(reader, dict, KEY_source_line);
    if (py_field_date(reader, line, &path, &reader->data.source_date) < 0) {
        return -1;
    }
    return py_field_optional(reader, line, KEY_outlet, &path, "outlet",
                             &frame[FRAME_SOURCE_OUTLET]);
}

static int import_frame(Reader *reader, PyObject *dict)
{
    Range *frame = reader->data.frame;
    if (py_field_optional(reader, dict, KEY_title, NULL, "title", &frame[FRAME_TITLE]) < 0 ||
        py_field_optional(reader, dict, KEY_standfirst, NULL, "standfirst",
                          &frame[FRAME_STANDFIRST]) < 0 ||
        py_field_optional(reader, dict, KEY_byline, NULL, "byline", &frame[FRAME_BYLINE]) < 0 ||
        py_field_optional(reader, dict, KEY_author_note, NULL, "author_note",
                          &frame[FRAME_AUTHOR_NOTE]) < 0 ||
        import_dateline(reader, dict) < 0) {
        return -1;
    }
    return import_source_line(reader, dict);
}

/* --- the whole -------------------------------------------------------------------------------- */

typedef int (*ImportOne)(Reader *reader, PyObject *dict, const Path *path, size_t i);

/* The list at key was counted before; that nobody has changed it since is not trusted either. */
static int import_all(Reader *reader, PyObject *dict, KeyIndex key, const char *name, size_t count,
                      ImportOne one)
{
    PyObject *list = py_field_get(reader, dict, key);
    Path path = {NULL, name, 0};
    if (list == NULL && count == 0) {
        return 0;
    }
    if (list == NULL || !PyList_Check(list) || (size_t)PyList_GET_SIZE(list) != count) {
        return py_field_refuse(&path, list, "a list that stays the same");
    }
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(list) && (size_t)i < count; i++) {
        Path at = {&path, NULL, i};
        if (one(reader, PyList_GET_ITEM(list, i), &at, (size_t)i) < 0) {
            return -1;
        }
    }
    return 0;
}

static int count_list(const Reader *reader, PyObject *dict, KeyIndex key, const char *name,
                      size_t *out)
{
    Path path = {NULL, name, 0};
    PyObject *list = py_field_get(reader, dict, key);
    if (list == NULL && (key == KEY_tokens || key == KEY_matches)) {
        return 0; /* may be left out */
    }
    if (list == NULL || !PyList_Check(list)) {
        return py_field_refuse(&path, list, "a list");
    }
    if (PyList_GET_SIZE(list) >= (Py_ssize_t)(UINT32_MAX / 2)) {
        return py_field_refuse(&path, list, "a shorter list");
    }
    *out = (size_t)PyList_GET_SIZE(list);
    return 0;
}

static int count_contents(const Reader *reader, PyObject *dict, size_t *out)
{
    PyObject *quotes = py_field_get(reader, dict, KEY_quotes);
    Path path = {NULL, "quotes", 0};
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(quotes); i++) {
        Path at = {&path, NULL, i};
        Path content = {&at, "content", 0};
        PyObject *quote = PyList_GET_ITEM(quotes, i);
        if (!PyDict_Check(quote)) {
            return py_field_refuse(&at, quote, "a dict");
        }
        PyObject *list = py_field_get(reader, quote, KEY_content);
        if (list == NULL || !PyList_Check(list) || PyList_GET_SIZE(list) == 0) {
            return py_field_refuse(&content, list,
                                   "a list of at least one dict with start and end");
        }
        *out += (size_t)PyList_GET_SIZE(list);
        if (*out >= UINT32_MAX / 2) {
            return py_field_refuse(&content, list, "a shorter list");
        }
    }
    return 0;
}

/* What is no list of entities is refused where it is read. */
static int count_members(const Reader *reader, PyObject *dict, size_t *out)
{
    PyObject *entities = py_field_get(reader, dict, KEY_entities);
    Path path = {NULL, "entities", 0};
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(entities); i++) {
        Path at = {&path, NULL, i};
        Path members = {&at, "members", 0};
        PyObject *entity = PyList_GET_ITEM(entities, i);
        PyObject *list = PyDict_Check(entity) ? py_field_get(reader, entity, KEY_members) : NULL;
        if (list == NULL) {
            continue;
        }
        if (!PyList_Check(list)) {
            return py_field_refuse(&members, list, "a list of ids of entities");
        }
        *out += (size_t)PyList_GET_SIZE(list);
        if (*out >= UINT32_MAX / 2) {
            return py_field_refuse(&members, list, "a shorter list");
        }
    }
    return 0;
}

static int import_counts(Reader *reader, PyObject *dict)
{
    Counts count;
    memset(&count, 0, sizeof count);
    if (count_list(reader, dict, KEY_paragraphs, "paragraphs", &count.paragraphs) < 0 ||
        count_list(reader, dict, KEY_sents, "sents", &count.sentences) < 0 ||
        count_list(reader, dict, KEY_tokens, "tokens", &count.tokens) < 0 ||
        count_list(reader, dict, KEY_quotations, "quotations", &count.quotations) < 0 ||
        count_list(reader, dict, KEY_ents, "ents", &count.mentions) < 0 ||
        count_list(reader, dict, KEY_matches, "matches", &count.matches) < 0 ||
        count_list(reader, dict, KEY_entities, "entities", &count.entities) < 0 ||
        count_list(reader, dict, KEY_quotes, "quotes", &count.quotes) < 0 ||
        count_list(reader, dict, KEY_warnings, "warnings", &count.warnings) < 0 ||
        count_members(reader, dict, &count.members) < 0 ||
        count_contents(reader, dict, &count.contents) < 0) {
        return -1;
    }
    if (py_data_alloc(&reader->data, &count) != QUOTH_OK) {
        PyErr_NoMemory();
        return -1;
    }
    return 0;
}

/* The ids of a list as a dict from id to index. */
static PyObject *import_ids(const Reader *reader, PyObject *dict, KeyIndex key, const char *name)
{
    PyObject *list = py_field_get(reader, dict, key);
    PyObject *ids = PyDict_New();
    Path path = {NULL, name, 0};
    for (Py_ssize_t i = 0; ids != NULL && i < PyList_GET_SIZE(list); i++) {
        Path at = {&path, NULL, i};
        Path id_path = {&at, "id", 0};
        PyObject *item = PyList_GET_ITEM(list, i);
        PyObject *id = PyDict_Check(item) ? py_field_get(reader, item, KEY_id) : NULL;
        int failed = 0;
        if (id == NULL || !PyUnicode_CheckExact(id) || PyDict_Contains(ids, id) == 1) {
            failed = PyDict_Check(item)
                         ? py_field_refuse(&id_path, id, "a str that no other one has")
                         : py_field_refuse(&at, item, "a dict");
        } else {
            PyObject *index = PyLong_FromSsize_t(i);
            failed = index == NULL ? -1 : PyDict_SetItem(ids, id, index);
            Py_XDECREF(index);
        }
        if (failed < 0) {
            Py_CLEAR(ids);
        }
    }
    return ids;
}

static int import_lists(Reader *reader, PyObject *dict)
{
    const Counts *count = &reader->data.count;
    if (import_frame(reader, dict) < 0 ||
        import_all(reader, dict, KEY_paragraphs, "paragraphs", count->paragraphs,
                   import_paragraph) < 0 ||
        import_all(reader, dict, KEY_sents, "sents", count->sentences, import_sentence) < 0 ||
        import_all(reader, dict, KEY_tokens, "tokens", count->tokens, import_token) < 0 ||
        import_all(reader, dict, KEY_warnings, "warnings", count->warnings, import_warning) < 0 ||
        import_all(reader, dict, KEY_entities, "entities", count->entities, import_entity) < 0 ||
        import_all(reader, dict, KEY_ents, "ents", count->mentions, import_mention) < 0 ||
        import_all(reader, dict, KEY_matches, "matches", count->matches, import_match) < 0 ||
        import_all(reader, dict, KEY_quotes, "quotes", count->quotes, import_quote) < 0) {
        return -1;
    }
    return import_all(reader, dict, KEY_quotations, "quotations", count->quotations,
                      import_quotation);
}

/* The labels that are not quoth's: reader->labels. */
static int import_labels(Reader *reader, PyObject *dict)
{
    Path path = {NULL, "labels", 0};
    PyObject *list = py_field_get(reader, dict, KEY_labels);
    if (list == NULL) {
        return 0;
    }
    Py_ssize_t most = QUOTH_LABEL_MAX - QUOTH_LABEL_OWN + 1;
    if (!PyList_Check(list) || PyList_GET_SIZE(list) > most) {
        return py_field_refuse(&path, list, "a list of at most 237 str");
    }
    reader->labels = PyList_AsTuple(list);
    for (Py_ssize_t i = 0; reader->labels != NULL && i < PyTuple_GET_SIZE(reader->labels); i++) {
        Path at = {&path, NULL, i};
        if (!PyUnicode_CheckExact(PyTuple_GET_ITEM(reader->labels, i))) {
            return py_field_refuse(&at, PyTuple_GET_ITEM(reader->labels, i), "a str");
        }
    }
    return reader->labels != NULL ? 0 : -1;
}

static int check_head(Reader *reader, PyObject *dict)
{
    Path version = {NULL, "schema_version", 0};
    Path unit = {NULL, "offset_unit", 0};
    Path text = {NULL, "text", 0};
    PyObject *value = py_field_get(reader, dict, KEY_schema_version);
    if (value == NULL || !PyLong_CheckExact(value) || PyLong_AsLong(value) != 1) {
        PyErr_Clear(); /* an int beyond a long */
        return py_field_refuse(&version, value, "1");
    }
    value = py_field_get(reader, dict, KEY_offset_unit);
    if (value == NULL || !PyUnicode_CheckExact(value) ||
        PyUnicode_CompareWithASCIIString(value, "codepoint") != 0) {
        return py_field_refuse(&unit, value, "'codepoint'");
    }
    value = py_field_get(reader, dict, KEY_text);
    if (value == NULL || value == Py_None) {
        return reader->text != NULL ? 0
                                    : py_field_refuse(&text, value, "a str here or as an argument");
    }
    if (!PyUnicode_CheckExact(value)) {
        return py_field_refuse(&text, value, "a str");
    }
    if (reader->text != NULL && !py_text_equal(reader->text, value)) {
        PyErr_SetString(PyExc_ValueError, "text: the one given and the one in the document differ");
        return -1;
    }
    reader->text = value;
    return 0;
}

/* What components said, and the version of the pipeline; both may be left out. */
static int import_own(const Reader *reader, PyObject *dict, Record *record)
{
    PyObject *version = py_field_get(reader, dict, KEY_pipeline_version);
    PyObject *data = py_field_get(reader, dict, KEY_data);
    Path path = {NULL, "data", 0};
    if (version != NULL && PyUnicode_CheckExact(version)) {
        record->pipeline_version = Py_NewRef(version);
    }
    if (data == NULL || (PyDict_CheckExact(data) && PyDict_GET_SIZE(data) == 0)) {
        return 0;
    }
    if (!PyDict_CheckExact(data)) {
        return py_field_refuse(&path, data, "a dict");
    }
    record->own_data = py_plain_copy(data, "data");
    return record->own_data != NULL ? 0 : -1;
}

Record *py_record_import(State *state, PyObject *dict, PyObject *text)
{
    Reader reader;
    Record *record = NULL;
    memset(&reader, 0, sizeof reader);
    reader.state = state;
    reader.text = text;
    if (!PyDict_Check(dict)) {
        PyErr_Format(PyExc_TypeError, "data: expected dict, got %.200s", Py_TYPE(dict)->tp_name);
        return NULL;
    }
    if (check_head(&reader, dict) < 0 || import_counts(&reader, dict) < 0) {
        return NULL;
    }
    reader.entity_ids = import_ids(&reader, dict, KEY_entities, "entities");
    if (reader.entity_ids != NULL) {
        reader.quote_ids = import_ids(&reader, dict, KEY_quotes, "quotes");
    }
    bool good = reader.quote_ids != NULL && import_labels(&reader, dict) == 0 &&
                import_lists(&reader, dict) == 0;
    if (good) {
        py_data_index(&reader.data);
        record = py_record_new(state, reader.text, &reader.data);
        PyObject *version = py_field_get(&reader, dict, KEY_model_version);
        if (record != NULL && version != NULL && PyUnicode_CheckExact(version)) {
            record->model_version = Py_NewRef(version);
        }
    } else {
        py_data_clear(&reader.data);
    }
    if (record != NULL) {
        record->labels = Py_XNewRef(reader.labels);
        record->sentence_labels = Py_XNewRef(reader.sentence_labels);
        if (import_own(&reader, dict, record) < 0) {
            Py_CLEAR(record);
        }
    }
    Py_XDECREF(reader.sentence_labels);
    Py_XDECREF(reader.labels);
    Py_XDECREF(reader.entity_ids);
    Py_XDECREF(reader.quote_ids);
    return record;
}
