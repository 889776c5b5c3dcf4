/* model.c - Model: a model file, mapped or in memory, checked and ready for pipelines.
 *
 * In: any object with a buffer of bytes, which is held and so kept in place. Out: what a pipeline
 * borrows. Pipelines hold the Model.
 */
#include "types.h"

typedef struct ModelObject {
    PyObject_HEAD quoth_model *core;
    Py_buffer bytes;
    PyObject *path; /* exact str, or None */
} ModelObject;

const quoth_model *py_model_core(PyObject *self)
{
    return ((ModelObject *)self)->core;
}

static PyObject *model_construct(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    const char *names[] = {"data", "path", NULL};
    PyObject *data, *path = Py_None;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "O|O:Model", (char **)(uintptr_t)names, &data,
                                     &path)) {
        return NULL;
    }
    State *state = py_state_of_type(type);
    ModelObject *self = (ModelObject *)type->tp_alloc(type, 0);
    if (self == NULL) {
        return NULL;
    }
    self->path = path == Py_None ? Py_NewRef(path) : py_text_check(path, "path");
    if (self->path == NULL || PyObject_GetBuffer(data, &self->bytes, PyBUF_SIMPLE) < 0) {
        Py_DECREF(self);
        return NULL;
    }
    quoth_error error = {0};
    quoth_status status;
    Py_BEGIN_ALLOW_THREADS;
    status =
        quoth_model_open(self->bytes.buf, (size_t)self->bytes.len, &py_memory, &self->core, &error);
    Py_END_ALLOW_THREADS;
    if (status == QUOTH_ERROR_MODEL && self->path != Py_None) {
        PyErr_Format(state->model_error, "%U: %s", self->path, error.message);
    } else if (status != QUOTH_OK) {
        py_raise(state, status, &error);
    }
    if (status != QUOTH_OK) {
        Py_DECREF(self);
        return NULL;
    }
    return (PyObject *)self;
}

static void model_dealloc(PyObject *object)
{
    ModelObject *self = (ModelObject *)object;
    PyTypeObject *type = Py_TYPE(self);
    quoth_model_free(self->core);
    if (self->bytes.obj != NULL) {
        PyBuffer_Release(&self->bytes);
    }
    Py_XDECREF(self->path);
    type->tp_free(self);
    Py_DECREF(type);
}

PyObject *py_model_version(PyObject *self)
{
    char hex[17];
    uint64_t checksum = quoth_model_checksum(((ModelObject *)self)->core);
    for (int i = 15; i >= 0; i--, checksum >>= 4) {
        hex[i] = "0123456789abcdef"[checksum & 15u];
    }
    hex[16] = '\0';
    return PyUnicode_FromString(hex);
}

static PyObject *model_version(PyObject *self, void *Py_UNUSED(closure))
{
    return py_model_version(self);
}

static PyObject *model_path(PyObject *self, void *Py_UNUSED(closure))
{
    return Py_NewRef(((ModelObject *)self)->path);
}

static PyObject *model_repr(PyObject *self)
{
    PyObject *version = py_model_version(self);
    if (version == NULL) {
        return NULL;
    }
    PyObject *repr =
        PyUnicode_FromFormat("Model(path=%R, version=%R)", ((ModelObject *)self)->path, version);
    Py_DECREF(version);
    return repr;
}

bool py_model_equal(PyObject *a, PyObject *b)
{
    if (a == NULL || b == NULL) {
        return a == b;
    }
    return quoth_model_checksum(py_model_core(a)) == quoth_model_checksum(py_model_core(b));
}

static PyObject *model_richcompare(PyObject *a, PyObject *b, int operation)
{
    if (Py_TYPE(a) != Py_TYPE(b) || (operation != Py_EQ && operation != Py_NE)) {
        Py_RETURN_NOTIMPLEMENTED;
    }
    return PyBool_FromLong(py_model_equal(a, b) == (operation == Py_EQ));
}

static Py_hash_t model_hash(PyObject *self)
{
    Py_hash_t hash = (Py_hash_t)quoth_model_checksum(py_model_core(self));
    return hash == -1 ? -2 : hash;
}

/* By its path where it has one, so that what unpickles it maps the file again. */
static PyObject *model_reduce(PyObject *self, PyObject *Py_UNUSED(ignored))
{
    const ModelObject *model = (const ModelObject *)self;
    if (model->path == Py_None) {
        return Py_BuildValue("O(y#)", Py_TYPE(self), model->bytes.buf, model->bytes.len);
    }
    PyObject *module = PyImport_ImportModule("quoth._model");
    PyObject *open = module != NULL ? PyObject_GetAttrString(module, "open_model") : NULL;
    Py_XDECREF(module);
    return open != NULL ? Py_BuildValue("N(O)", open, model->path) : NULL;
}

static PyMethodDef model_methods[] = {
    {"__reduce__", model_reduce, METH_NOARGS, NULL},
    PY_COPY_METHODS,
    {NULL, NULL, 0, NULL},
};

static PyGetSetDef model_getset[] = {
    {"path", model_path, NULL, "Where it was read from, or None.", NULL},
    {"version", model_version, NULL, "The checksum of its content in hexadecimal digits.", NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyType_Slot model_slots[] = {
    {Py_tp_doc, "Model(data, path=None)\n--\n\n"
                "A model file, checked. quoth.load() opens the one that comes with quoth.\n"
                "Raises ModelError if data is truncated, damaged or something else."},
    {Py_tp_new, model_construct},
    {Py_tp_dealloc, model_dealloc},
    {Py_tp_richcompare, model_richcompare},
    {Py_tp_hash, model_hash},
    {Py_tp_repr, model_repr},
    {Py_tp_getset, model_getset},
    {Py_tp_methods, model_methods},
    {0, NULL},
};

PyType_Spec py_model_spec = {
    .name = "quoth.Model",
    .basicsize = sizeof(ModelObject),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_IMMUTABLETYPE,
    .slots = model_slots,
};
