/* shouting.c - a component of quoth in C: words in capitals become mentions with the label SHOUT, and
 * what part of the quotes is in capitals is doc.data["shouting"].
 *
 *     cc -shared -fPIC $(python3-config --includes) \
 *        -I$(python3 -c "import quoth; print(quoth.get_include())") \
 *        docs/examples/component/shouting.c -o shouting.so
 *
 *     import quoth, shouting
 *     nlp = quoth.load("en").with_pipe(quoth.component("shouting")(shouting.shouting))
 */
#define PY_SSIZE_T_CLEAN
#include "quoth_component.h"

static const quoth_component_api *api;

static size_t capitals(const char *text, quoth_component_span span)
{
    size_t count = 0;
    for (uint32_t i = span.start; i < span.end; i++)
        count += text[i] >= 'A' && text[i] <= 'Z';
    return count;
}

static int add_mentions(PyObject *draft, quoth_component_doc *doc, const char *text)
{
    size_t count = api->count(doc, QUOTH_COMPONENT_TOKENS);
    quoth_component_item token;
    for (size_t i = 0; i < count; i++) {
        if (api->item(doc, QUOTH_COMPONENT_TOKENS, i, &token) < 0)
            return -1;
        uint32_t length = token.span.end - token.span.start;
        if (length > 3 && capitals(text, token.span) == length &&
            api->add_mention(draft, token.span, "SHOUT", NULL, NULL) < 0)
            return -1;
    }
    return 0;
}

static PyObject *shouting(PyObject *module, PyObject *draft)
{
    (void)module;
    size_t size, all = 0, loud = 0;
    quoth_component_doc *doc = api->open(draft);
    if (doc == NULL)
        return NULL;
    const char *text = api->text(doc, &size);
    size_t count = api->count(doc, QUOTH_COMPONENT_QUOTES);
    quoth_component_item quote;
    for (size_t i = 0; i < count; i++) {
        if (api->item(doc, QUOTH_COMPONENT_QUOTES, i, &quote) < 0)
            return NULL;
        all += quote.span.end - quote.span.start;
        loud += capitals(text, quote.span);
    }
    PyObject *share = PyFloat_FromDouble(all ? (double)loud / (double)all : 0.0);
    int failed = share == NULL || api->set_data(draft, "shouting", share) < 0 ||
                 add_mentions(draft, doc, text) < 0;
    Py_XDECREF(share);
    if (failed)
        return NULL;
    Py_RETURN_NONE;
}

static PyMethodDef functions[] = {
    {"shouting", shouting, METH_O, "Words in capitals."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, "shouting", NULL, -1, functions, NULL, NULL, NULL, NULL};

PyMODINIT_FUNC PyInit_shouting(void)
{
    api = PyCapsule_Import(QUOTH_COMPONENT_CAPSULE, 0);
    if (api == NULL)
        return NULL;
    if (api->version != QUOTH_COMPONENT_VERSION) {
        PyErr_SetString(PyExc_ImportError, "this quoth has another quoth_component.h");
        return NULL;
    }
    return PyModule_Create(&definition);
}
