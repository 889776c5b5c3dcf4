/* entity.c - Entity: who or what several mentions name. */
#include "types.h"

static const EntityData *data_of(PyObject *self)
{
    const ItemObject *object = (ItemObject *)self;
    return &object->record->data.entities[object->index];
}

PyObject *py_entity_new(const State *state, Record *record, uint32_t index)
{
    return py_item_new(state->types[TYPE_ENTITY], record, index);
}

PyObject *py_entity_or_none(const State *state, Record *record, uint32_t index)
{
    if (index >= record->data.count.entities) {
        Py_RETURN_NONE;
    }
    return py_entity_new(state, record, index);
}

static bool string_alike(PyObject *a, PyObject *b)
{
    return a == NULL || b == NULL ? a == b : py_text_equal(a, b);
}

bool py_entity_alike(const Record *a, uint32_t i, const Record *b, uint32_t j)
{
    if (i >= a->data.count.entities || j >= b->data.count.entities) {
        return i >= a->data.count.entities && j >= b->data.count.entities;
    }
    const EntityData *x = &a->data.entities[i];
    const EntityData *y = &b->data.entities[j];
    return py_label_equal(a, x->label, b, y->label) && string_alike(x->name, y->name) &&
           string_alike(x->kb_id, y->kb_id);
}

static bool entity_equal(const ItemObject *a, const ItemObject *b)
{
    const Data *x = &a->record->data;
    const Data *y = &b->record->data;
    if (a->record == b->record) {
        return a->index == b->index;
    }
    uint32_t first = x->mention_first[a->index];
    uint32_t other = y->mention_first[b->index];
    uint32_t count = x->mention_first[a->index + 1] - first;
    if (count != y->mention_first[b->index + 1] - other ||
        !py_entity_alike(a->record, a->index, b->record, b->index) ||
        !py_text_equal(a->record->text, b->record->text)) {
        return false;
    }
    for (uint32_t i = 0; i < count; i++) {
        if (!py_range_equal(x->mentions[x->mention_of[first + i]].span,
                            y->mentions[y->mention_of[other + i]].span)) {
            return false;
        }
    }
    return true;
}

static PyObject *entity_richcompare(PyObject *a, PyObject *b, int operation)
{
    if (Py_TYPE(a) != Py_TYPE(b) || (operation != Py_EQ && operation != Py_NE)) {
        Py_RETURN_NOTIMPLEMENTED;
    }
    bool equal = entity_equal((ItemObject *)a, (ItemObject *)b);
    return PyBool_FromLong(equal == (operation == Py_EQ));
}

static Py_hash_t entity_hash(PyObject *self)
{
    return PyObject_Hash(data_of(self)->name);
}

static PyObject *entity_name(PyObject *self, void *Py_UNUSED(closure))
{
    return Py_NewRef(data_of(self)->name);
}

static PyObject *entity_label(PyObject *self, void *Py_UNUSED(closure))
{
    return py_label(py_state_of(self), ((ItemObject *)self)->record, data_of(self)->label);
}

static PyObject *entity_kb_id(PyObject *self, void *Py_UNUSED(closure))
{
    PyObject *kb_id = data_of(self)->kb_id;
    return Py_NewRef(kb_id != NULL ? kb_id : Py_None);
}

/* The different texts of spans of the mentions of an entity, in order, without those like leave_out
 * (NULL: all of them): a new list. */
static PyObject *different_texts(const Record *record, uint32_t index, bool titles,
                                 PyObject *leave_out)
{
    const Data *data = &record->data;
    PyObject *seen = PyDict_New(); /* keeps the order */
    for (uint32_t i = data->mention_first[index];
         seen != NULL && i < data->mention_first[index + 1]; i++) {
        const MentionData *mention = &data->mentions[data->mention_of[i]];
        Range span = titles ? mention->title : mention->span;
        if (span.start >= span.end) {
            continue;
        }
        PyObject *text = py_text_slice(record->text, (Py_ssize_t)span.start, (Py_ssize_t)span.end);
        int failed = text == NULL ? -1 : 0;
        if (failed == 0 && (leave_out == NULL || !py_text_equal(text, leave_out))) {
            failed = PyDict_SetItem(seen, text, Py_None);
        }
        Py_XDECREF(text);
        if (failed < 0) {
            Py_CLEAR(seen);
        }
    }
    PyObject *texts = seen != NULL ? PyDict_Keys(seen) : NULL;
    Py_XDECREF(seen);
    return texts;
}

PyObject *py_entity_aliases(const Record *record, uint32_t index)
{
    return different_texts(record, index, false, record->data.entities[index].name);
}

PyObject *py_entity_titles(const Record *record, uint32_t index)
{
    return different_texts(record, index, true, NULL);
}

/* The tuple of a list, which it takes over. */
static PyObject *tuple_of(PyObject *list)
{
    PyObject *tuple = list != NULL ? PyList_AsTuple(list) : NULL;
    Py_XDECREF(list);
    return tuple;
}

static PyObject *entity_aliases(PyObject *self, void *Py_UNUSED(closure))
{
    return tuple_of(py_entity_aliases(((ItemObject *)self)->record, ((ItemObject *)self)->index));
}

static PyObject *entity_titles(PyObject *self, void *Py_UNUSED(closure))
{
    return tuple_of(py_entity_titles(((ItemObject *)self)->record, ((ItemObject *)self)->index));
}

typedef PyObject *(*ItemNew)(const State *state, Record *record, uint32_t index);

static PyObject *group(PyObject *self, const uint32_t *first, const uint32_t *of, ItemNew make)
{
    const ItemObject *object = (ItemObject *)self;
    const State *state = py_state_of(self);
    uint32_t begin = first[object->index];
    uint32_t end = first[object->index + 1];
    PyObject *tuple = PyTuple_New((Py_ssize_t)(end - begin));
    if (tuple == NULL) {
        return NULL;
    }
    for (uint32_t i = begin; i < end; i++) {
        PyObject *item = make(state, object->record, of[i]);
        if (item == NULL) {
            Py_DECREF(tuple);
            return NULL;
        }
        PyTuple_SET_ITEM(tuple, (Py_ssize_t)(i - begin), item);
    }
    return tuple;
}

static PyObject *entity_mentions(PyObject *self, void *Py_UNUSED(closure))
{
    const Data *data = &((ItemObject *)self)->record->data;
    return group(self, data->mention_first, data->mention_of, py_mention_new);
}

static PyObject *entity_quotes(PyObject *self, void *Py_UNUSED(closure))
{
    const Data *data = &((ItemObject *)self)->record->data;
    return group(self, data->quote_first, data->quote_of, py_quote_new);
}

static PyObject *entity_members(PyObject *self, void *Py_UNUSED(closure))
{
    const ItemObject *object = (ItemObject *)self;
    const EntityData *family = data_of(self);
    const State *state = py_state_of(self);
    PyObject *tuple = PyTuple_New((Py_ssize_t)family->member_count);
    for (uint32_t i = 0; tuple != NULL && i < family->member_count; i++) {
        uint32_t index = object->record->data.members[family->member_first + i];
        PyObject *member = py_entity_new(state, object->record, index);
        if (member == NULL) {
            Py_CLEAR(tuple);
            break;
        }
        PyTuple_SET_ITEM(tuple, (Py_ssize_t)i, member);
    }
    return tuple;
}

static PyObject *entity_repr(PyObject *self)
{
    const ItemObject *object = (ItemObject *)self;
    const uint32_t *first = object->record->data.mention_first;
    PyObject *label = entity_label(self, NULL);
    unsigned count = first[object->index + 1] - first[object->index];
    PyObject *repr = PyUnicode_FromFormat("Entity(%R, label_=%R, %u mention%s)",
                                          data_of(self)->name, label, count, count == 1 ? "" : "s");
    Py_DECREF(label);
    return repr;
}

static PyObject *entity_reduce(PyObject *self, PyObject *Py_UNUSED(ignored))
{
    const ItemObject *object = (ItemObject *)self;
    return py_item_reduce(self, object->record, "entity", object->index);
}

static PyGetSetDef entity_getset[] = {
    {"name", entity_name, NULL, "The canonical name.", NULL},
    {"aliases", entity_aliases, NULL, "The other texts of its mentions, in order (tuple of str).",
     NULL},
    {"titles", entity_titles, NULL,
     "The titles and roles beside its mentions, in order (tuple of str).", NULL},
    {"label_", entity_label, NULL, "An OntoNotes label such as 'PERSON' or 'GPE'.", NULL},
    {"kb_id_", entity_kb_id, NULL, "The Wikidata identifier, or None.", NULL},
    {"mentions", entity_mentions, NULL, "Where it is named (tuple of Mention), in text order.",
     NULL},
    {"members", entity_members, NULL,
     "Of a family ('the Clintons'): the persons of the document who bear its name (tuple of "
     "Entity), in order of first mention; else empty.",
     NULL},
    {"quotes", entity_quotes, NULL, "What it says (tuple of Quote), in text order.", NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyMethodDef entity_methods[] = {
    {"__reduce__", entity_reduce, METH_NOARGS, NULL},
    PY_COPY_METHODS,
    {NULL, NULL, 0, NULL},
};

static PyType_Slot entity_slots[] = {
    {Py_tp_doc, "Who or what one or more mentions of an article name."},
    {Py_tp_dealloc, py_item_dealloc},
    {Py_tp_richcompare, entity_richcompare},
    {Py_tp_hash, entity_hash},
    {Py_tp_repr, entity_repr},
    {Py_tp_getset, entity_getset},
    {Py_tp_methods, entity_methods},
    {0, NULL},
};

PyType_Spec py_entity_spec = {
    .name = "quoth.Entity",
    .basicsize = sizeof(ItemObject),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_IMMUTABLETYPE | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .slots = entity_slots,
};
