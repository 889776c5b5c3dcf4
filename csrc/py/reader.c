/* reader.c - Reader: many texts through a pipeline, on the threads of a Crew, in order. What
 * nlp.pipe() and the tables of a corpus are made with; quoth._pipe and quoth._tables use it.
 *
 * In: put() a text, as long as it is not full. Out: take() the oldest: a Document, or its rows,
 * which go to tables that finish() hands over. The texts that are read or wait are bounded in number
 * and in size. take() waits with the GIL released and looks for signals twenty times a second.
 */
#include "types.h"

#include "crew.h"
#include "table.h"

#include <string.h>

enum {
    WAIT_MILLISECONDS = 50,
    INLINE_MOST = 256 * 1024,       /* longer texts are read by a thread, so that Ctrl-C is heard */
    UNITS_MOST = 16 * 1024 * 1024,  /* of the texts that wait, beside one for each thread */
    BATCH_ROWS = 64 * 1024,         /* a table is cut into batches */
    BATCH_BYTES = 64 * 1024 * 1024, /* of text in one column */
    THREADS_MOST = 1024,
    ROOM_MOST = 1024 * 1024,
};

typedef struct Filled {
    quoth_table **tables; /* the last one is being filled */
    size_t count;
} Filled;

typedef struct ReaderObject {
    PyObject_HEAD PipelineObject *pipeline;
    Crew *crew; /* NULL: closed */
    Task task;
    size_t room;
    bool in_line; /* without threads */
    bool records; /* rows are made of Records: the core does not know all that they say */
    bool steps;   /* Readings are put in and come out, a step further */
    bool started;
    Filled filled[QUOTH_TABLE_KINDS];
} ReaderObject;

/* --- orphans ---------------------------------------------------------------------------------- */

/* A Crew whose threads still read a long text when nobody wants the result any more. It is put away
 * when another Reader is made or closed. At the end of the process it may be reading yet: nothing
 * that it reads is freed then. */
struct Orphan {
    Crew *crew;
    PipelineObject *pipeline;
    struct Orphan *next;
};

static void job_clear(Job *job)
{
    quoth_doc_free(job->doc);
    if (job->data.block != NULL) {
        py_data_clear(&job->data);
    }
    for (int kind = 0; kind < QUOTH_TABLE_KINDS; kind++) {
        quoth_table_free(job->tables[kind]);
        job->tables[kind] = NULL;
    }
    Py_CLEAR(job->owner);
}

/* After all threads have ended. */
static void crew_put_away(Crew *crew, PipelineObject *pipeline)
{
    Job *job;
    while ((job = py_crew_oldest(crew)) != NULL) {
        py_crew_drop(crew);
        job_clear(job);
    }
    quoth_scratch **scratches = py_crew_scratches(crew);
    for (int i = 0; i < py_crew_threads(crew); i++) {
        if (scratches[i] != NULL) {
            py_scratch_give(pipeline, scratches[i]);
        }
    }
    py_crew_free(crew);
    Py_DECREF((PyObject *)pipeline);
}

static void put_orphans_away(State *state)
{
    struct Orphan **link = &state->orphans;
    while (*link != NULL) {
        struct Orphan *orphan = *link;
        if (!py_crew_end(orphan->crew, 0)) {
            link = &orphan->next;
            continue;
        }
        *link = orphan->next;
        crew_put_away(orphan->crew, orphan->pipeline);
        PyMem_RawFree(orphan);
    }
}

static void reader_end(ReaderObject *self)
{
    State *state = py_state_of((PyObject *)self);
    Crew *crew = self->crew;
    PipelineObject *pipeline = self->pipeline;
    self->crew = NULL;
    if (crew != NULL) {
        bool ended;
        Py_BEGIN_ALLOW_THREADS;
        ended = py_crew_end(crew, WAIT_MILLISECONDS);
        Py_END_ALLOW_THREADS;
        struct Orphan *orphan = ended ? NULL : PyMem_RawMalloc(sizeof *orphan);
        if (ended) {
            crew_put_away(crew, (PipelineObject *)Py_NewRef((PyObject *)pipeline));
        } else if (orphan != NULL && !py_crew_forked(crew)) {
            *orphan = (struct Orphan){crew, (PipelineObject *)Py_NewRef((PyObject *)pipeline),
                                      state->orphans};
            state->orphans = orphan;
        } else { /* its threads are in another process, or memory has run out: it stays for good */
            PyMem_RawFree(orphan);
            (void)Py_NewRef((PyObject *)pipeline);
        }
    }
    put_orphans_away(state);
}

/* --- making ----------------------------------------------------------------------------------- */

static int read_tables(PyObject *names, Task *task)
{
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(names); i++) {
        int kind = py_table_kind(PyTuple_GET_ITEM(names, i), "tables");
        if (kind < 0) {
            return -1;
        }
        task->table[kind] = task->tables = true;
    }
    return 0;
}

/* The stages that make what the tables hold; all of the pipeline for documents. */
static int choose_stages(ReaderObject *self)
{
    Task *task = &self->task;
    PyObject *pipeline = (PyObject *)self->pipeline;
    unsigned needed = 0;
    needed |= task->table[QUOTH_TABLE_SENTS] ? QUOTH_STAGE_SENTENCE : 0u;
    needed |= task->table[QUOTH_TABLE_QUOTES] ? QUOTH_STAGE_ATTRIBUTION : 0u;
    needed |= task->table[QUOTH_TABLE_ENTS] ? QUOTH_STAGE_ENTITY : 0u;
    if (py_pipeline_need(pipeline, needed) < 0) {
        return -1;
    }
    /* Labels and identifiers of the caller's own are known to Records alone. */
    self->records = task->tables && PyTuple_GET_SIZE(self->pipeline->extras) > 0;
    /* Linking decides labels and entities of mentions where the pipeline links. */
    unsigned linking = task->table[QUOTH_TABLE_ENTS] ? QUOTH_STAGE_LINK : 0u;
    task->stages = needed | (linking & ((PipelineObject *)pipeline)->stages);
    return 0;
}

static int make_crew(ReaderObject *self, int threads)
{
    Task task = self->task;
    task.tables = task.tables && !self->records;
    quoth_status status = py_crew_new(&task, threads, self->room, &self->crew);
    for (int i = 0; i < threads && status == QUOTH_OK; i++) {
        status = py_scratch_take(self->pipeline, &py_crew_scratches(self->crew)[i]);
    }
    if (status != QUOTH_OK) {
        PyErr_NoMemory();
        return -1;
    }
    return 0;
}

static PyObject *reader_construct(PyTypeObject *type, PyObject *args, PyObject *Py_UNUSED(kwargs))
{
    State *state = py_state_of_type(type);
    PyObject *pipeline, *tables;
    int threads;
    Py_ssize_t room;
    PyObject *stage = NULL;
    if (!PyArg_ParseTuple(args, "O!iO!n|U:Reader", state->types[TYPE_PIPELINE], &pipeline, &threads,
                          &PyTuple_Type, &tables, &room, &stage)) {
        return NULL;
    }
    int until = stage != NULL ? py_name_find(state, NAMES_STAGE, stage) : 0;
    if (until < 0) {
        return PyErr_Format(PyExc_ValueError, "until: expected a stage, got %R", stage);
    }
    if (threads < 1 || threads > THREADS_MOST || room < 1 || room > ROOM_MOST) {
        PyErr_Format(PyExc_ValueError, "n_threads: expected at most %d", (int)THREADS_MOST);
        return NULL;
    }
    put_orphans_away(state);
    ReaderObject *self = (ReaderObject *)type->tp_alloc(type, 0);
    if (self == NULL) {
        return NULL;
    }
    self->pipeline = (PipelineObject *)Py_NewRef(pipeline);
    self->task.pipeline = self->pipeline->core;
    self->room = (size_t)room;
    self->in_line = threads == 1;
    self->steps = stage != NULL;
    self->task.until = self->steps ? (quoth_stage)(1u << until) : QUOTH_STAGE_ATTRIBUTION;
    if (read_tables(tables, &self->task) < 0 || choose_stages(self) < 0 ||
        make_crew(self, threads) < 0) {
        Py_DECREF(self);
        return NULL;
    }
    return (PyObject *)self;
}

static void reader_dealloc(PyObject *object)
{
    ReaderObject *self = (ReaderObject *)object;
    PyTypeObject *type = Py_TYPE(self);
    reader_end(self);
    for (int kind = 0; kind < QUOTH_TABLE_KINDS; kind++) {
        for (size_t i = 0; i < self->filled[kind].count; i++) {
            quoth_table_free(self->filled[kind].tables[i]);
        }
        PyMem_RawFree(self->filled[kind].tables);
    }
    Py_DECREF((PyObject *)self->pipeline);
    type->tp_free(self);
    Py_DECREF(type);
}

static PyObject *reader_close(PyObject *self, PyObject *Py_UNUSED(ignored))
{
    reader_end((ReaderObject *)self);
    Py_RETURN_NONE;
}

/* --- tables ----------------------------------------------------------------------------------- */

static bool is_full(const quoth_table *table, quoth_table_kind kind)
{
    size_t columns;
    (void)quoth_table_fields(kind, &columns);
    bool full = quoth_table_rows(table) >= BATCH_ROWS;
    for (size_t i = 0; i < columns && !full; i++) {
        full = quoth_table_column(table, i)->byte_count >= BATCH_BYTES;
    }
    return full;
}

/* The table that is being filled, a new one when that is full. */
static quoth_table *open_table(Filled *self, quoth_table_kind kind)
{
    if (self->count > 0 && !is_full(self->tables[self->count - 1], kind)) {
        return self->tables[self->count - 1];
    }
    quoth_table **tables =
        PyMem_RawRealloc(self->tables, (self->count + 1) * sizeof self->tables[0]);
    if (tables == NULL) {
        return NULL;
    }
    self->tables = tables;
    if (quoth_table_new(kind, &py_memory, &self->tables[self->count]) != QUOTH_OK) {
        return NULL;
    }
    return self->tables[self->count++];
}

static quoth_status append(ReaderObject *self, Job *job)
{
    quoth_status status = QUOTH_OK;
    for (int kind = 0; kind < QUOTH_TABLE_KINDS && status == QUOTH_OK; kind++) {
        if (job->tables[kind] != NULL) {
            quoth_table *table = open_table(&self->filled[kind], (quoth_table_kind)kind);
            status =
                table != NULL ? quoth_table_append(table, job->tables[kind]) : QUOTH_ERROR_MEMORY;
        }
    }
    return status;
}

static PyObject *add_record(ReaderObject *self, const Record *record, int64_t number)
{
    const State *state = py_state_of((PyObject *)self);
    for (int kind = 0; kind < QUOTH_TABLE_KINDS; kind++) {
        if (!self->task.table[kind]) {
            continue;
        }
        quoth_table *table = open_table(&self->filled[kind], (quoth_table_kind)kind);
        if (table == NULL) {
            return PyErr_NoMemory();
        }
        if (py_rows_push(state, record, (quoth_table_kind)kind, number, table) < 0) {
            return NULL;
        }
    }
    Py_RETURN_NONE;
}

static PyObject *reader_add(PyObject *object, PyObject *args)
{
    PyObject *document;
    long long number;
    if (!PyArg_ParseTuple(args, "O!L:add", py_state_of(object)->types[TYPE_DOCUMENT], &document,
                          &number)) {
        return NULL;
    }
    return add_record((ReaderObject *)object, ((DocumentObject *)document)->record, number);
}

static PyObject *reader_finish(PyObject *object, PyObject *args)
{
    ReaderObject *self = (ReaderObject *)object;
    PyObject *name, *ids, *more;
    if (!PyArg_ParseTuple(args, "OOO!:finish", &name, &ids, &PyTuple_Type, &more)) {
        return NULL;
    }
    int kind = py_table_kind(name, "table");
    if (kind < 0) {
        return NULL;
    }
    Filled filled = self->filled[kind];
    self->filled[kind] = (Filled){NULL, 0};
    PyObject *table = py_table_new(py_state_of(object), (quoth_table_kind)kind, filled.tables,
                                   filled.count, ids, more);
    PyMem_RawFree(filled.tables);
    return table;
}

/* --- texts ------------------------------------------------------------------------------------ */

static int check_open(const ReaderObject *self)
{
    if (self->crew == NULL) {
        PyErr_SetString(PyExc_ValueError, "the reader is closed");
        return -1;
    }
    if (py_crew_forked(self->crew)) {
        PyErr_SetString(PyExc_RuntimeError,
                        "reading that began before a fork can't go on in the new process");
        return -1;
    }
    return 0;
}

/* Puts in a Reading, whose document the threads have until it is taken out. */
static int lend(ReaderObject *self, PyObject *object, long long number)
{
    if (!Py_IS_TYPE(object, py_state_of((PyObject *)self)->types[TYPE_READING])) {
        PyErr_SetString(PyExc_TypeError, "put: expected a Reading");
        return -1;
    }
    ReadingObject *reading = (ReadingObject *)object;
    if (reading->busy || reading->pipeline != self->pipeline) {
        PyErr_SetString(PyExc_RuntimeError, "put: the Reading is being read");
        return -1;
    }
    if (reading->data.block != NULL) {
        py_data_clear(&reading->data);
    }
    Py_CLEAR(reading->record);
    reading->busy = true;
    py_crew_put(self->crew, py_text_input(reading->text), reading->doc, Py_NewRef(object), number,
                self->started && !self->in_line);
    reading->doc = NULL;
    return 0;
}

/* The Reading of a job that is done, or its error. */
static PyObject *give_back(State *state, Job *job)
{
    ReadingObject *reading = (ReadingObject *)job->owner;
    reading->busy = false;
    if (job->status != QUOTH_OK) {
        py_raise(state, job->status, &job->error);
        return NULL;
    }
    reading->doc = job->doc;
    reading->data = job->data;
    job->doc = NULL;
    memset(&job->data, 0, sizeof job->data);
    return Py_NewRef(job->owner);
}

static PyObject *reader_put(PyObject *object, PyObject *const *args, Py_ssize_t count)
{
    ReaderObject *self = (ReaderObject *)object;
    if (count != 2) {
        PyErr_SetString(PyExc_TypeError, "put: expected a text and its number");
        return NULL;
    }
    long long number = PyLong_AsLongLong(args[1]);
    if ((number == -1 && PyErr_Occurred() != NULL) || check_open(self) < 0) {
        return NULL;
    }
    if (py_crew_count(self->crew) >= self->room) {
        PyErr_SetString(PyExc_ValueError, "put: no room");
        return NULL;
    }
    PyObject *text = self->steps ? NULL : py_text_check(args[0], "text");
    if (self->steps) {
        if (lend(self, args[0], number) < 0) {
            return NULL;
        }
    } else if (text == NULL) {
        return NULL;
    } else {
        py_crew_put(self->crew, py_text_input(text), NULL, text, number,
                    self->started && !self->in_line);
    }
    if (!self->started && !self->in_line) {
        self->started = py_crew_start(self->crew) == QUOTH_OK;
        self->in_line = !self->started; /* no thread is to be had: it goes without */
    }
    Py_RETURN_NONE;
}

static PyObject *reader_full(PyObject *object, PyObject *Py_UNUSED(ignored))
{
    const ReaderObject *self = (ReaderObject *)object;
    if (check_open(self) < 0) {
        return NULL;
    }
    size_t count = py_crew_count(self->crew);
    bool large =
        py_crew_units(self->crew) > UNITS_MOST && count >= (size_t)py_crew_threads(self->crew);
    return PyBool_FromLong(count >= self->room || large || (self->in_line && count > 0));
}

static PyObject *reader_ready(PyObject *object, PyObject *Py_UNUSED(ignored))
{
    const ReaderObject *self = (ReaderObject *)object;
    if (check_open(self) < 0) {
        return NULL;
    }
    return PyBool_FromLong(py_crew_ready(self->crew));
}

/* Until the oldest job is done. */
static int wait_for_oldest(ReaderObject *self)
{
    const Job *job = py_crew_oldest(self->crew);
    if (job == NULL) {
        PyErr_SetString(PyExc_IndexError, "take: there is none");
        return -1;
    }
    bool done = py_crew_ready(self->crew);
    if (!done && self->in_line &&
        (job->text.length <= INLINE_MOST || py_crew_start(self->crew) != QUOTH_OK)) {
        Py_BEGIN_ALLOW_THREADS;
        py_crew_do(self->crew);
        Py_END_ALLOW_THREADS;
        return 0;
    }
    while (!done) {
        Py_BEGIN_ALLOW_THREADS;
        done = py_crew_wait(self->crew, WAIT_MILLISECONDS);
        Py_END_ALLOW_THREADS;
        if (!done && PyErr_CheckSignals() < 0) {
            return -1;
        }
    }
    return 0;
}

static PyObject *reader_take(PyObject *object, PyObject *Py_UNUSED(ignored))
{
    ReaderObject *self = (ReaderObject *)object;
    State *state = py_state_of(object);
    if (check_open(self) < 0 || wait_for_oldest(self) < 0) {
        return NULL;
    }
    Job *slot = py_crew_oldest(self->crew);
    Job job = *slot;
    py_crew_drop(self->crew);
    PyObject *result = NULL;
    if (self->steps) {
        result = give_back(state, &job);
    } else if (!self->task.tables || self->records) {
        Record *record =
            py_record_made(self->pipeline, job.owner, job.status, &job.error, &job.data, job.doc);
        if (record != NULL) {
            result = self->records ? add_record(self, record, job.number)
                                   : py_document_new(state, record);
        }
        Py_XDECREF((PyObject *)record);
        job.doc = NULL;
        memset(&job.data, 0, sizeof job.data);
    } else {
        quoth_status status = job.status == QUOTH_OK ? append(self, &job) : QUOTH_OK;
        if (job.status == QUOTH_OK && status == QUOTH_OK) {
            result = Py_NewRef(Py_None);
        } else if (job.status == QUOTH_ERROR_LIMIT && job.error.status == QUOTH_OK) {
            py_table_raise(state, job.status); /* of a column, not of the text */
        } else if (job.status != QUOTH_OK) {
            py_raise(state, job.status, &job.error);
        } else {
            py_table_raise(state, status);
        }
        py_crew_recycle(self->crew, &job);
    }
    job_clear(&job);
    return result;
}

static Py_ssize_t reader_length(PyObject *object)
{
    Crew *crew = ((ReaderObject *)object)->crew;
    return crew != NULL ? (Py_ssize_t)py_crew_count(crew) : 0;
}

static PyMethodDef reader_methods[] = {
    {"put", (PyCFunction)(void (*)(void))reader_put, METH_FASTCALL,
     "put(text, number, /): gives a text to be read; it must not be full."},
    {"full", reader_full, METH_NOARGS, "full(): whether no more texts are to be put in now."},
    {"ready", reader_ready, METH_NOARGS, "ready(): whether take() would not wait."},
    {"take", reader_take, METH_NOARGS,
     "take(): what the oldest text holds, a Document, or None when its rows went to tables."},
    {"add", reader_add, METH_VARARGS, "add(document, number, /): its rows, to the tables."},
    {"finish", reader_finish, METH_VARARGS,
     "finish(name, ids, more, /): the Table of what was read."},
    {"close", reader_close, METH_NOARGS, "close(): ends the threads."},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot reader_slots[] = {
    {Py_tp_doc, "Reads many texts side by side and in order. Not public: see quoth._pipe."},
    {Py_tp_new, reader_construct},
    {Py_tp_dealloc, reader_dealloc},
    {Py_tp_methods, reader_methods},
    {Py_mp_length, reader_length},
    {0, NULL},
};

PyType_Spec py_reader_spec = {
    .name = "quoth._core.Reader",
    .basicsize = sizeof(ReaderObject),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_IMMUTABLETYPE,
    .slots = reader_slots,
};
