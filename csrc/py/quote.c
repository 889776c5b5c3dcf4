/* quote.c - Quote: what is said (content), by which words (cue), by whom (source, speaker). */
#include "types.h"

static const QuoteData *data_of(PyObject *self)
{
    const ItemObject *object = (ItemObject *)self;
    return &object->record->data.quotes[object->index];
}

static Record *record_of(PyObject *self)
{
    return ((ItemObject *)self)->record;
}

/* The pieces of content; there is at least one. */
static const Range *contents_of(PyObject *self)
{
    return &record_of(self)->data.contents[data_of(self)->content_first];
}

PyObject *py_quote_new(const State *state, Record *record, uint32_t index)
{
    return py_item_new(state->types[TYPE_QUOTE], record, index);
}

PyObject *py_quote_or_none(const State *state, Record *record, uint32_t index)
{
    if (index >= record->data.count.quotes) {
        Py_RETURN_NONE;
    }
    return py_quote_new(state, record, index);
}

bool py_quote_equal(const Record *a, uint32_t i, const Record *b, uint32_t j)
{
    const QuoteData *x = &a->data.quotes[i];
    const QuoteData *y = &b->data.quotes[j];
    if (a == b && i == j) {
        return true;
    }
    if (x->content_count != y->content_count || x->candidate_count != y->candidate_count ||
        !py_range_equal(x->cue, y->cue) || !py_range_equal(x->source, y->source) ||
        x->score != y->score || x->type != y->type || x->reason != y->reason ||
        x->attitude != y->attitude || x->factual != y->factual || x->closed != y->closed ||
        x->parent != y->parent || !py_text_equal(x->rule, y->rule)) {
        return false;
    }
    for (uint32_t k = 0; k < x->content_count; k++) {
        if (!py_range_equal(a->data.contents[x->content_first + k],
                            b->data.contents[y->content_first + k])) {
            return false;
        }
    }
    for (uint32_t k = 0; k < x->candidate_count; k++) {
        if (x->candidates[k].score != y->candidates[k].score ||
            !py_entity_alike(a, x->candidates[k].entity, b, y->candidates[k].entity)) {
            return false;
        }
    }
    return py_entity_alike(a, x->speaker, b, y->speaker);
}

static PyObject *quote_richcompare(PyObject *a, PyObject *b, int operation)
{
    if (Py_TYPE(a) != Py_TYPE(b) || (operation != Py_EQ && operation != Py_NE)) {
        Py_RETURN_NOTIMPLEMENTED;
    }
    const Record *x = record_of(a);
    const Record *y = record_of(b);
    bool equal = (x == y || py_text_equal(x->text, y->text)) &&
                 py_quote_equal(x, ((ItemObject *)a)->index, y, ((ItemObject *)b)->index);
    return PyBool_FromLong(equal == (operation == Py_EQ));
}

static Py_hash_t quote_hash(PyObject *self)
{
    Py_hash_t text = PyObject_Hash(record_of(self)->text);
    if (text == -1) {
        return -1;
    }
    const Range *contents = contents_of(self);
    Py_uhash_t hash = (Py_uhash_t)text;
    for (uint32_t i = 0; i < data_of(self)->content_count; i++) {
        hash = (hash ^ (Py_uhash_t)contents[i].start) * 1000003u;
        hash = (hash ^ (Py_uhash_t)contents[i].end) * 1000003u;
    }
    return (Py_hash_t)hash == -1 ? -2 : (Py_hash_t)hash;
}

static PyObject *quote_type(PyObject *self, void *Py_UNUSED(closure))
{
    return py_name(py_state_of(self), NAMES_TYPE, data_of(self)->type);
}

static PyObject *quote_content(PyObject *self, void *Py_UNUSED(closure))
{
    const State *state = py_state_of(self);
    const Range *contents = contents_of(self);
    uint32_t count = data_of(self)->content_count;
    PyObject *tuple = PyTuple_New((Py_ssize_t)count);
    if (tuple == NULL) {
        return NULL;
    }
    for (uint32_t i = 0; i < count; i++) {
        PyObject *span = py_span_new(state, record_of(self)->text, contents[i]);
        if (span == NULL) {
            Py_DECREF(tuple);
            return NULL;
        }
        PyTuple_SET_ITEM(tuple, (Py_ssize_t)i, span);
    }
    return tuple;
}

static PyObject *quote_text(PyObject *self, void *Py_UNUSED(closure))
{
    PyObject *text = record_of(self)->text;
    const Range *contents = contents_of(self);
    uint32_t count = data_of(self)->content_count;
    if (count == 1) {
        return py_text_slice(text, (Py_ssize_t)contents[0].start, (Py_ssize_t)contents[0].end);
    }
    PyObject *pieces = PyList_New((Py_ssize_t)count);
    PyObject *space = PyUnicode_FromString(" ");
    PyObject *joined = NULL;
    if (pieces == NULL || space == NULL) {
        goto done;
    }
    for (uint32_t i = 0; i < count; i++) {
        PyObject *piece =
            py_text_slice(text, (Py_ssize_t)contents[i].start, (Py_ssize_t)contents[i].end);
        if (piece == NULL) {
            goto done;
        }
        PyList_SET_ITEM(pieces, (Py_ssize_t)i, piece);
    }
    joined = PyUnicode_Join(space, pieces);
done:
    Py_XDECREF(space);
    Py_XDECREF(pieces);
    return joined;
}

static PyObject *quote_cue(PyObject *self, void *Py_UNUSED(closure))
{
    return py_span_or_none(py_state_of(self), record_of(self)->text, data_of(self)->cue);
}

static PyObject *quote_source(PyObject *self, void *Py_UNUSED(closure))
{
    return py_span_or_none(py_state_of(self), record_of(self)->text, data_of(self)->source);
}

static PyObject *quote_speaker(PyObject *self, void *Py_UNUSED(closure))
{
    return py_entity_or_none(py_state_of(self), record_of(self), data_of(self)->speaker);
}

static PyObject *quote_speaker_reason(PyObject *self, void *Py_UNUSED(closure))
{
    return py_name(py_state_of(self), NAMES_REASON, data_of(self)->reason);
}

static PyObject *quote_speaker_candidates(PyObject *self, void *Py_UNUSED(closure))
{
    const State *state = py_state_of(self);
    const QuoteData *data = data_of(self);
    PyObject *tuple = PyTuple_New((Py_ssize_t)data->candidate_count);
    for (uint32_t i = 0; tuple != NULL && i < data->candidate_count; i++) {
        PyObject *entity = py_entity_or_none(state, record_of(self), data->candidates[i].entity);
        PyObject *score = PyFloat_FromDouble(data->candidates[i].score);
        PyObject *pair = entity != NULL && score != NULL ? PyTuple_Pack(2, entity, score) : NULL;
        Py_XDECREF(entity);
        Py_XDECREF(score);
        if (pair == NULL) {
            Py_CLEAR(tuple);
            break;
        }
        PyTuple_SET_ITEM(tuple, (Py_ssize_t)i, pair);
    }
    return tuple;
}

static PyObject *quote_parent(PyObject *self, void *Py_UNUSED(closure))
{
    return py_quote_or_none(py_state_of(self), record_of(self), data_of(self)->parent);
}

static PyObject *quote_attitude(PyObject *self, void *Py_UNUSED(closure))
{
    return py_name(py_state_of(self), NAMES_ATTITUDE, data_of(self)->attitude);
}

static PyObject *quote_factual(PyObject *self, void *Py_UNUSED(closure))
{
    return PyBool_FromLong(data_of(self)->factual);
}

static PyObject *quote_closed(PyObject *self, void *Py_UNUSED(closure))
{
    return PyBool_FromLong(data_of(self)->closed);
}

static PyObject *quote_score(PyObject *self, void *Py_UNUSED(closure))
{
    return PyFloat_FromDouble(data_of(self)->score);
}

static PyObject *quote_rule(PyObject *self, void *Py_UNUSED(closure))
{
    return Py_NewRef(data_of(self)->rule);
}

static PyObject *quote_start_char(PyObject *self, void *Py_UNUSED(closure))
{
    return PyLong_FromUnsignedLong(contents_of(self)[0].start);
}

static PyObject *quote_end_char(PyObject *self, void *Py_UNUSED(closure))
{
    return PyLong_FromUnsignedLong(contents_of(self)[data_of(self)->content_count - 1].end);
}

/* The first sentence that ends behind an offset; sentences are in order and do not overlap. */
static size_t sentence_behind(const Data *data, uint32_t offset)
{
    size_t low = 0;
    size_t high = data->count.sentences;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (data->sentences[middle].end > offset) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return low;
}

static PyObject *quote_sents(PyObject *self, void *Py_UNUSED(closure))
{
    const State *state = py_state_of(self);
    const Data *data = &record_of(self)->data;
    const Range *contents = contents_of(self);
    PyObject *list = PyList_New(0);
    if (list == NULL) {
        return NULL;
    }
    size_t next = 0; /* no sentence is listed twice */
    for (uint32_t i = 0; i < data_of(self)->content_count; i++) {
        size_t at = sentence_behind(data, contents[i].start);
        for (at = at > next ? at : next;
             at < data->count.sentences && data->sentences[at].start < contents[i].end; at++) {
            PyObject *sentence = py_sentence_new(state, record_of(self), at);
            int failed = sentence == NULL ? -1 : PyList_Append(list, sentence);
            Py_XDECREF(sentence);
            if (failed < 0) {
                Py_DECREF(list);
                return NULL;
            }
            next = at + 1;
        }
    }
    PyObject *sents = PyList_AsTuple(list);
    Py_DECREF(list);
    return sents;
}

/* Quote('...', speaker='Ann Bell', cue='said'); what there is none of is left out. */
static PyObject *quote_repr(PyObject *self)
{
    const QuoteData *data = data_of(self);
    const Record *record = record_of(self);
    PyObject *text = quote_text(self, NULL);
    if (text == NULL) {
        return NULL;
    }
    PyObject *excerpt = py_text_excerpt(text, 0, PyUnicode_GET_LENGTH(text));
    Py_DECREF(text);
    PyObject *cue = quote_cue(self, NULL);
    PyObject *cue_text = NULL;
    PyObject *repr = NULL;
    if (excerpt == NULL || cue == NULL) {
        goto done;
    }
    if (cue != Py_None) {
        cue_text =
            py_text_excerpt(record->text, (Py_ssize_t)data->cue.start, (Py_ssize_t)data->cue.end);
        if (cue_text == NULL) {
            goto done;
        }
    }
    PyObject *speaker = data->speaker < record->data.count.entities
                            ? record->data.entities[data->speaker].name
                            : NULL;
    if (speaker != NULL && cue_text != NULL) {
        repr = PyUnicode_FromFormat("Quote(%R, speaker=%R, cue=%R)", excerpt, speaker, cue_text);
    } else if (speaker != NULL) {
        repr = PyUnicode_FromFormat("Quote(%R, speaker=%R)", excerpt, speaker);
    } else if (cue_text != NULL) {
        repr = PyUnicode_FromFormat("Quote(%R, speaker=None, cue=%R)", excerpt, cue_text);
    } else {
        repr = PyUnicode_FromFormat("Quote(%R, speaker=None)", excerpt);
    }
done:
    Py_XDECREF(excerpt);
    Py_XDECREF(cue);
    Py_XDECREF(cue_text);
    return repr;
}

static PyObject *quote_reduce(PyObject *self, PyObject *Py_UNUSED(ignored))
{
    return py_item_reduce(self, record_of(self), "quote", ((ItemObject *)self)->index);
}

static PyGetSetDef quote_getset[] = {
    {"type", quote_type, NULL,
     "'direct': all of it is between quotation marks; 'mixed': part of it; 'indirect': none.",
     NULL},
    {"content", quote_content, NULL,
     "What is said, marks included (tuple of Span); more than one when words such as 'she said'\n"
     "interrupt it or a paragraph ends within it.",
     NULL},
    {"text", quote_text, NULL, "The texts of its content, joined by a space.", NULL},
    {"cue", quote_cue, NULL, "The words that attribute it, such as 'said' (a Span), or None.",
     NULL},
    {"source", quote_source, NULL, "The words that name who says it (a Span), or None.", NULL},
    {"speaker", quote_speaker, NULL, "Whom the source stands for (an Entity), or None.", NULL},
    {"speaker_reason", quote_speaker_reason, NULL,
     "How the speaker was found: 'name', 'pronoun', 'title', 'continued', 'label' or\n"
     "'spokesperson'; or why there is none: 'no_source', 'undecided' or 'unnamed'.",
     NULL},
    {"speaker_candidates", quote_speaker_candidates, NULL,
     "Whom a pronoun as source may stand for, likeliest first: a tuple of (Entity, share), with\n"
     "shares of one; what is missing to one is somebody else's. Empty for other sources.",
     NULL},
    {"parent", quote_parent, NULL,
     "The quote of whose content this one is a part (a Quote), or None.", NULL},
    {"attitude", quote_attitude, NULL, "'speech', 'belief', 'intention', 'emotion' or 'evidence'.",
     NULL},
    {"factual", quote_factual, NULL, "False: not said, or only might or should be said.", NULL},
    {"sents", quote_sents, NULL, "The sentences that its content touches (tuple of Sentence).",
     NULL},
    {"score", quote_score, NULL, "How sure the attribution is, 0 to 1.", NULL},
    {"rule", quote_rule, NULL, "The name of the rule that attributed it.", NULL},
    {"closed", quote_closed, NULL, "False: a closing quotation mark is missing.", NULL},
    {"start_char", quote_start_char, NULL,
     "Where its first piece of content starts, in code points.", NULL},
    {"end_char", quote_end_char, NULL, "Where its last piece of content ends, in code points.",
     NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyMethodDef quote_methods[] = {
    {"__reduce__", quote_reduce, METH_NOARGS, NULL},
    PY_COPY_METHODS,
    {NULL, NULL, 0, NULL},
};

static PyType_Slot quote_slots[] = {
    {Py_tp_doc, "What someone says, thinks or shows, as an article reports it."},
    {Py_tp_dealloc, py_item_dealloc},
    {Py_tp_richcompare, quote_richcompare},
    {Py_tp_hash, quote_hash},
    {Py_tp_repr, quote_repr},
    {Py_tp_getset, quote_getset},
    {Py_tp_methods, quote_methods},
    {0, NULL},
};

PyType_Spec py_quote_spec = {
    .name = "quoth.Quote",
    .basicsize = sizeof(ItemObject),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_IMMUTABLETYPE | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .slots = quote_slots,
};
