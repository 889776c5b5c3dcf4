/* export.c - a Record as plain Python values, in the form that JSON files have (schema version 1).
 *
 * Out: a dict with the keys id, schema_version, quoth_version, model_version, offset_unit, text,
 * meta, title, standfirst, byline, dateline, source_line, author_note, paragraphs, sents, tokens,
 * quotations, ents, entities, quotes, warnings; with knowledge of the caller's own also labels and
 * matches. Things refer to each other by ids ("q0", "m0",
 * "e0"); what is absent is None. import.c reads it back. Linear in the number of things.
 */
#include "types.h"

/* Puts value, which it takes over, into dict. */
static int put(const State *state, PyObject *dict, KeyIndex key, PyObject *value)
{
    if (value == NULL) {
        return -1;
    }
    int failed = PyDict_SetItem(dict, state->keys[key], value);
    Py_DECREF(value);
    return failed;
}

static PyObject *dict_if(PyObject *dict, bool good)
{
    if (!good) {
        Py_CLEAR(dict);
    }
    return dict;
}

static bool put_offsets(const State *state, PyObject *dict, Range range)
{
    return put(state, dict, KEY_start, PyLong_FromUnsignedLong(range.start)) == 0 &&
           put(state, dict, KEY_end, PyLong_FromUnsignedLong(range.end)) == 0;
}

static PyObject *range_dict(const State *state, Range range)
{
    PyObject *dict = PyDict_New();
    return dict == NULL ? NULL : dict_if(dict, put_offsets(state, dict, range));
}

static PyObject *range_or_none(const State *state, Range range)
{
    if (range.start >= range.end) {
        Py_RETURN_NONE;
    }
    return range_dict(state, range);
}

/* "e7", or None. */
static PyObject *id_or_none(char letter, uint32_t index, size_t count)
{
    if (index >= count) {
        Py_RETURN_NONE;
    }
    return PyUnicode_FromFormat("%c%u", letter, (unsigned)index);
}

static PyObject *string_or_none(PyObject *string)
{
    return Py_NewRef(string != NULL ? string : Py_None);
}

/* --- one thing -------------------------------------------------------------------------------- */

static PyObject *export_sentence(const State *state, const Record *self, uint32_t i)
{
    PyObject *dict = range_dict(state, self->data.sentences[i]);
    PyObject *label = dict != NULL ? py_sentence_label(self, i) : NULL;
    return dict == NULL
               ? NULL
               : dict_if(dict, label != NULL ? put(state, dict, KEY_label, Py_NewRef(label)) == 0
                                             : PyErr_Occurred() == NULL);
}

static PyObject *export_token(const State *state, const Record *self, uint32_t i)
{
    return range_dict(state, self->data.tokens[i]);
}

static PyObject *export_paragraph(const State *state, const Record *self, uint32_t i)
{
    const KindRange *data = &self->data.paragraphs[i];
    PyObject *dict = PyDict_New();
    return dict == NULL ? NULL
                        : dict_if(dict, put_offsets(state, dict, data->span) &&
                                            put(state, dict, KEY_kind,
                                                py_name(state, NAMES_PARAGRAPH, data->kind)) == 0);
}

static PyObject *export_warning(const State *state, const Record *self, uint32_t i)
{
    const KindRange *data = &self->data.warnings[i];
    PyObject *dict = PyDict_New();
    return dict == NULL
               ? NULL
               : dict_if(dict, put_offsets(state, dict, data->span) &&
                                   put(state, dict, KEY_code,
                                       py_name(state, NAMES_WARNING, data->kind)) == 0 &&
                                   (data->detail == NULL ||
                                    put(state, dict, KEY_detail, Py_NewRef(data->detail)) == 0));
}

static PyObject *export_quotation(const State *state, const Record *self, uint32_t i)
{
    const QuotationData *data = &self->data.quotations[i];
    PyObject *dict = PyDict_New();
    if (dict == NULL) {
        return NULL;
    }
    bool good =
        put_offsets(state, dict, data->span) &&
        put(state, dict, KEY_inner, range_dict(state, data->inner)) == 0 &&
        put(state, dict, KEY_kind, py_name(state, NAMES_QUOTATION, data->kind)) == 0 &&
        put(state, dict, KEY_closed, PyBool_FromLong(data->closed)) == 0 &&
        put(state, dict, KEY_quote, id_or_none('q', data->quote, self->data.count.quotes)) == 0;
    return dict_if(dict, good);
}

static PyObject *export_mention(const State *state, const Record *self, uint32_t i)
{
    const MentionData *data = &self->data.mentions[i];
    PyObject *dict = PyDict_New();
    if (dict == NULL) {
        return NULL;
    }
    PyObject *text =
        py_text_slice(self->text, (Py_ssize_t)data->span.start, (Py_ssize_t)data->span.end);
    bool good =
        put(state, dict, KEY_text, text) == 0 &&
        put(state, dict, KEY_id,
            id_or_none('m', i, self->data.count.mentions + self->data.count.matches)) == 0 &&
        put_offsets(state, dict, data->span) &&
        put(state, dict, KEY_label, py_label(state, self, data->label)) == 0 &&
        put(state, dict, KEY_entity, id_or_none('e', data->entity, self->data.count.entities)) ==
            0 &&
        put(state, dict, KEY_title, range_or_none(state, data->title)) == 0 &&
        put(state, dict, KEY_score, PyFloat_FromDouble(data->score)) == 0 &&
        put(state, dict, KEY_rule, Py_NewRef(data->rule)) == 0 &&
        put(state, dict, KEY_value,
            py_value_of(state, self->text, &self->data, data->span, data->label)) == 0 &&
        py_extra_put(dict, data->extra) == 0;
    return dict_if(dict, good);
}

/* The ids of the members of a family. */
static PyObject *export_members(const Record *self, const EntityData *family)
{
    PyObject *list = PyList_New((Py_ssize_t)family->member_count);
    for (uint32_t i = 0; list != NULL && i < family->member_count; i++) {
        PyObject *id = id_or_none('e', self->data.members[family->member_first + i],
                                  self->data.count.entities);
        if (id == NULL) {
            Py_CLEAR(list);
            break;
        }
        PyList_SET_ITEM(list, (Py_ssize_t)i, id);
    }
    return list;
}

static PyObject *export_entity(const State *state, const Record *self, uint32_t i)
{
    const EntityData *data = &self->data.entities[i];
    PyObject *dict = PyDict_New();
    if (dict == NULL) {
        return NULL;
    }
    bool good = put(state, dict, KEY_id, id_or_none('e', i, self->data.count.entities)) == 0 &&
                put(state, dict, KEY_name, Py_NewRef(data->name)) == 0 &&
                put(state, dict, KEY_label, py_label(state, self, data->label)) == 0 &&
                put(state, dict, KEY_kb_id, string_or_none(data->kb_id)) == 0 &&
                put(state, dict, KEY_aliases, py_entity_aliases(self, i)) == 0 &&
                put(state, dict, KEY_titles, py_entity_titles(self, i)) == 0 &&
                put(state, dict, KEY_members, export_members(self, data)) == 0;
    return dict_if(dict, good);
}

static PyObject *export_contents(const State *state, const Record *self, const QuoteData *data)
{
    PyObject *list = PyList_New((Py_ssize_t)data->content_count);
    for (uint32_t i = 0; list != NULL && i < data->content_count; i++) {
        PyObject *item = range_dict(state, self->data.contents[data->content_first + i]);
        if (item == NULL) {
            Py_CLEAR(list);
            break;
        }
        PyList_SET_ITEM(list, (Py_ssize_t)i, item);
    }
    return list;
}

static PyObject *export_candidates(const State *state, const Record *self, const QuoteData *data)
{
    PyObject *list = PyList_New((Py_ssize_t)data->candidate_count);
    for (uint32_t i = 0; list != NULL && i < data->candidate_count; i++) {
        const CandidateData *candidate = &data->candidates[i];
        PyObject *dict = PyDict_New();
        bool good = dict != NULL &&
                    put(state, dict, KEY_speaker,
                        id_or_none('e', candidate->entity, self->data.count.entities)) == 0 &&
                    put(state, dict, KEY_score, PyFloat_FromDouble(candidate->score)) == 0;
        dict = dict == NULL ? NULL : dict_if(dict, good);
        if (dict == NULL) {
            Py_CLEAR(list);
            break;
        }
        PyList_SET_ITEM(list, (Py_ssize_t)i, dict);
    }
    return list;
}

static PyObject *export_quote(const State *state, const Record *self, uint32_t i)
{
    const QuoteData *data = &self->data.quotes[i];
    PyObject *dict = PyDict_New();
    if (dict == NULL) {
        return NULL;
    }
    bool good =
        put(state, dict, KEY_id, id_or_none('q', i, self->data.count.quotes)) == 0 &&
        put(state, dict, KEY_type, py_name(state, NAMES_TYPE, data->type)) == 0 &&
        put(state, dict, KEY_content, export_contents(state, self, data)) == 0 &&
        put(state, dict, KEY_cue, range_or_none(state, data->cue)) == 0 &&
        put(state, dict, KEY_source, range_or_none(state, data->source)) == 0 &&
        put(state, dict, KEY_speaker, id_or_none('e', data->speaker, self->data.count.entities)) ==
            0 &&
        put(state, dict, KEY_speaker_reason, py_name(state, NAMES_REASON, data->reason)) == 0 &&
        put(state, dict, KEY_speaker_candidates, export_candidates(state, self, data)) == 0 &&
        put(state, dict, KEY_attitude, py_name(state, NAMES_ATTITUDE, data->attitude)) == 0 &&
        put(state, dict, KEY_factual, PyBool_FromLong(data->factual)) == 0 &&
        put(state, dict, KEY_score, PyFloat_FromDouble(data->score)) == 0 &&
        put(state, dict, KEY_rule, Py_NewRef(data->rule)) == 0 &&
        put(state, dict, KEY_closed, PyBool_FromLong(data->closed)) == 0 &&
        put(state, dict, KEY_parent, id_or_none('q', data->parent, self->data.count.quotes)) == 0;
    return dict_if(dict, good);
}

static PyObject *export_match(const State *state, const Record *self, uint32_t i)
{
    return export_mention(state, self, i + (uint32_t)self->data.count.mentions);
}

/* --- the frame -------------------------------------------------------------------------------- */

static PyObject *export_date(Date date)
{
    if (date.year == 0) {
        Py_RETURN_NONE;
    }
    return PyUnicode_FromFormat("%04d-%02d-%02d", (int)date.year, (int)date.month, (int)date.day);
}

static PyObject *export_dateline(const State *state, const Data *data)
{
    if (data->frame[FRAME_DATELINE].end == 0) {
        Py_RETURN_NONE;
    }
    PyObject *dict = range_dict(state, data->frame[FRAME_DATELINE]);
    if (dict == NULL) {
        return NULL;
    }
    bool good =
        put(state, dict, KEY_date, export_date(data->dateline_date)) == 0 &&
        put(state, dict, KEY_place, range_or_none(state, data->frame[FRAME_PLACE])) == 0 &&
        put(state, dict, KEY_section, range_or_none(state, data->frame[FRAME_SECTION])) == 0 &&
        put(state, dict, KEY_outlet, range_or_none(state, data->frame[FRAME_DATELINE_OUTLET])) == 0;
    return dict_if(dict, good);
}

static PyObject *export_source_line(const State *state, const Data *data)
{
    if (data->frame[FRAME_SOURCE_LINE].end == 0) {
        Py_RETURN_NONE;
    }
    PyObject *dict = range_dict(state, data->frame[FRAME_SOURCE_LINE]);
    if (dict == NULL) {
        return NULL;
    }
    bool good =
        put(state, dict, KEY_date, export_date(data->source_date)) == 0 &&
        put(state, dict, KEY_outlet, range_or_none(state, data->frame[FRAME_SOURCE_OUTLET])) == 0;
    return dict_if(dict, good);
}

/* --- the whole -------------------------------------------------------------------------------- */

typedef PyObject *(*ExportOne)(const State *state, const Record *self, uint32_t i);

static PyObject *export_all(const State *state, const Record *self, size_t count, ExportOne one)
{
    PyObject *list = PyList_New((Py_ssize_t)count);
    for (uint32_t i = 0; list != NULL && i < count; i++) {
        PyObject *item = one(state, self, i);
        if (item == NULL) {
            Py_CLEAR(list);
            break;
        }
        PyList_SET_ITEM(list, (Py_ssize_t)i, item);
    }
    return list;
}

static bool put_head(const State *state, PyObject *dict, const Record *self, bool with_text)
{
    return put(state, dict, KEY_id, Py_NewRef(Py_None)) == 0 &&
           put(state, dict, KEY_schema_version, PyLong_FromLong(1)) == 0 &&
           put(state, dict, KEY_quoth_version, PyUnicode_FromString(QUOTH_VERSION)) == 0 &&
           put(state, dict, KEY_model_version,
               Py_NewRef(self->model_version != NULL ? self->model_version : Py_None)) == 0 &&
           (self->pipeline_version == NULL ||
            put(state, dict, KEY_pipeline_version, Py_NewRef(self->pipeline_version)) == 0) &&
           put(state, dict, KEY_offset_unit, PyUnicode_FromString("codepoint")) == 0 &&
           (!with_text || put(state, dict, KEY_text, Py_NewRef(self->text)) == 0) &&
           put(state, dict, KEY_meta, PyDict_New()) == 0;
}

static bool put_frame(const State *state, PyObject *dict, const Data *data)
{
    const Range *frame = data->frame;
    return put(state, dict, KEY_title, range_or_none(state, frame[FRAME_TITLE])) == 0 &&
           put(state, dict, KEY_standfirst, range_or_none(state, frame[FRAME_STANDFIRST])) == 0 &&
           put(state, dict, KEY_byline, range_or_none(state, frame[FRAME_BYLINE])) == 0 &&
           put(state, dict, KEY_dateline, export_dateline(state, data)) == 0 &&
           put(state, dict, KEY_source_line, export_source_line(state, data)) == 0 &&
           put(state, dict, KEY_author_note, range_or_none(state, frame[FRAME_AUTHOR_NOTE])) == 0;
}

static bool put_all(const State *state, PyObject *dict, KeyIndex key, const Record *self,
                    size_t count, ExportOne one)
{
    return put(state, dict, key, export_all(state, self, count, one)) == 0;
}

/* What is there only with knowledge or components of the caller's own. */
static bool put_own(const State *state, PyObject *dict, const Record *self)
{
    size_t matches = self->data.count.matches;
    return (self->labels == NULL ||
            put(state, dict, KEY_labels, PySequence_List(self->labels)) == 0) &&
           (matches == 0 || put_all(state, dict, KEY_matches, self, matches, export_match)) &&
           (self->own_data == NULL ||
            put(state, dict, KEY_data, py_plain_copy(self->own_data, "data")) == 0);
}

PyObject *py_record_export(State *state, const Record *self, bool with_text, bool with_tokens)
{
    const Counts *count = &self->data.count;
    PyObject *dict = PyDict_New();
    if (dict == NULL) {
        return NULL;
    }
    bool good =
        put_head(state, dict, self, with_text) && put_frame(state, dict, &self->data) &&
        put_all(state, dict, KEY_paragraphs, self, count->paragraphs, export_paragraph) &&
        put_all(state, dict, KEY_sents, self, count->sentences, export_sentence) &&
        (!with_tokens || put_all(state, dict, KEY_tokens, self, count->tokens, export_token)) &&
        put_all(state, dict, KEY_quotations, self, count->quotations, export_quotation) &&
        put_all(state, dict, KEY_ents, self, count->mentions, export_mention) &&
        put_all(state, dict, KEY_entities, self, count->entities, export_entity) &&
        put_all(state, dict, KEY_quotes, self, count->quotes, export_quote) &&
        put_all(state, dict, KEY_warnings, self, count->warnings, export_warning) &&
        put_own(state, dict, self);
    return dict_if(dict, good);
}
