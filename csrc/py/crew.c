/* crew.c - threads that read texts side by side; see crew.h.
 *
 * One lock guards the ring. It is held for a few instructions, never while a text is read. A signal
 * is for the threads of Python: those here block all of them.
 */
#include "types.h"

#include "crew.h"

#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

struct Crew {
    Task task;
    pid_t process; /* that the threads belong to */
    int threads;
    quoth_scratch **scratches;
    pthread_t *ids;
    int started, alive; /* threads that were started, that have not ended */
    pthread_mutex_t lock;
    pthread_cond_t work, ready; /* a job to do; the oldest is done, or a thread has ended */
    bool ending;
    size_t room, units;
    /* Numbers of jobs, ever growing: [first, last) are in the ring, those before next are taken by
     * a thread, those before published may be. */
    size_t first, next, published, last;
    quoth_table **spare; /* cleared tables, for the next jobs */
    size_t spare_count[QUOTH_TABLE_KINDS];
    Job jobs[];
};

static Job *job_at(Crew *self, size_t number)
{
    return &self->jobs[number % self->room];
}

static quoth_table **spare_of(Crew *self, int kind)
{
    return self->spare + (size_t)kind * self->room;
}

/* --- the work --------------------------------------------------------------------------------- */

static quoth_status make_tables(Crew *self, Job *job)
{
    quoth_status status = QUOTH_OK;
    for (int kind = 0; kind < QUOTH_TABLE_KINDS && status == QUOTH_OK; kind++) {
        if (!self->task.table[kind]) {
            continue;
        }
        (void)pthread_mutex_lock(&self->lock);
        if (self->spare_count[kind] > 0) {
            job->tables[kind] = spare_of(self, kind)[--self->spare_count[kind]];
        }
        (void)pthread_mutex_unlock(&self->lock);
        if (job->tables[kind] == NULL) {
            status = quoth_table_new((quoth_table_kind)kind, &py_memory, &job->tables[kind]);
        }
        if (status == QUOTH_OK) {
            status = quoth_table_read(job->tables[kind], job->doc, job->number);
        }
    }
    return status;
}

static void do_job(Crew *self, quoth_scratch *scratch, Job *job)
{
    const Task *task = &self->task;
    if (job->doc != NULL) {
        job->status = quoth_read_on(task->pipeline, scratch, job->doc, task->until, &job->error);
    } else {
        job->status = quoth_read_until(task->pipeline, scratch, job->text, task->stages,
                                       task->until, &job->doc, &job->error);
    }
    if (job->status != QUOTH_OK) {
        quoth_doc_free(job->doc);
        job->doc = NULL;
        return;
    }
    job->status =
        self->task.tables ? make_tables(self, job) : py_data_read(&job->data, job->doc, 0);
    if (self->task.tables || job->status != QUOTH_OK) {
        quoth_doc_free(job->doc);
        job->doc = NULL;
    }
}

typedef struct Member {
    Crew *crew;
    int index;
} Member;

static void *work(void *argument)
{
    Member member = *(Member *)argument;
    PyMem_RawFree(argument);
    Crew *self = member.crew;
    (void)pthread_mutex_lock(&self->lock);
    for (;;) {
        while (!self->ending && self->next == self->published) {
            (void)pthread_cond_wait(&self->work, &self->lock);
        }
        if (self->ending) {
            break;
        }
        size_t number = self->next++;
        Job *job = job_at(self, number);
        (void)pthread_mutex_unlock(&self->lock);
        do_job(self, self->scratches[member.index], job);
        (void)pthread_mutex_lock(&self->lock);
        job->done = true;
        if (number == self->first) {
            (void)pthread_cond_signal(&self->ready);
        }
    }
    self->alive--;
    (void)pthread_cond_signal(&self->ready);
    (void)pthread_mutex_unlock(&self->lock);
    return NULL;
}

/* --- making and ending ------------------------------------------------------------------------ */

quoth_status py_crew_new(const Task *task, int threads, size_t room, Crew **out)
{
    *out = NULL;
    size_t kinds = QUOTH_TABLE_KINDS;
    Crew *self = PyMem_RawCalloc(1, sizeof *self + room * sizeof self->jobs[0]);
    quoth_scratch **scratches = PyMem_RawCalloc((size_t)threads, sizeof *scratches);
    pthread_t *ids = PyMem_RawCalloc((size_t)threads, sizeof *ids);
    quoth_table **spare = PyMem_RawCalloc(kinds * room, sizeof *spare);
    if (self == NULL || scratches == NULL || ids == NULL || spare == NULL) {
        PyMem_RawFree(self);
        PyMem_RawFree(scratches);
        PyMem_RawFree(ids);
        PyMem_RawFree(spare);
        return QUOTH_ERROR_MEMORY;
    }
    self->task = *task;
    self->process = getpid();
    self->threads = threads;
    self->scratches = scratches;
    self->ids = ids;
    self->spare = spare;
    self->room = room;
    pthread_condattr_t monotonic;
    (void)pthread_condattr_init(&monotonic);
    (void)pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    (void)pthread_mutex_init(&self->lock, NULL);
    (void)pthread_cond_init(&self->work, NULL);
    (void)pthread_cond_init(&self->ready, &monotonic);
    (void)pthread_condattr_destroy(&monotonic);
    *out = self;
    return QUOTH_OK;
}

static int start_one(Crew *self)
{
    Member *member = PyMem_RawMalloc(sizeof *member);
    if (member == NULL) {
        return -1;
    }
    *member = (Member){self, self->started};
    if (pthread_create(&self->ids[self->started], NULL, work, member) != 0) {
        PyMem_RawFree(member);
        return -1;
    }
    self->started++;
    return 0;
}

quoth_status py_crew_start(Crew *self)
{
    sigset_t all, before;
    (void)sigfillset(&all);
    (void)pthread_sigmask(SIG_SETMASK, &all, &before);
    (void)pthread_mutex_lock(&self->lock);
    while (self->started < self->threads && start_one(self) == 0) {
        self->alive++;
    }
    self->published = self->last;
    (void)pthread_cond_broadcast(&self->work);
    (void)pthread_mutex_unlock(&self->lock);
    (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
    return self->started > 0 ? QUOTH_OK : QUOTH_ERROR_MEMORY; /* fewer do as well, only slower */
}

static struct timespec moment_in(int milliseconds)
{
    struct timespec moment;
    (void)clock_gettime(CLOCK_MONOTONIC, &moment);
    moment.tv_sec += milliseconds / 1000;
    moment.tv_nsec += (long)(milliseconds % 1000) * 1000000;
    if (moment.tv_nsec >= 1000000000) {
        moment.tv_sec++;
        moment.tv_nsec -= 1000000000;
    }
    return moment;
}

bool py_crew_end(Crew *self, int milliseconds)
{
    if (py_crew_forked(self)) {
        return false;
    }
    struct timespec until = moment_in(milliseconds);
    (void)pthread_mutex_lock(&self->lock);
    self->ending = true;
    (void)pthread_cond_broadcast(&self->work);
    int late = 0;
    while (self->alive > 0 && late == 0) {
        late = pthread_cond_timedwait(&self->ready, &self->lock, &until);
    }
    bool ended = self->alive == 0;
    (void)pthread_mutex_unlock(&self->lock);
    for (int i = 0; ended && i < self->started; i++) {
        (void)pthread_join(self->ids[i], NULL);
    }
    self->started = ended ? 0 : self->started;
    return ended;
}

void py_crew_free(Crew *self)
{
    for (int kind = 0; kind < QUOTH_TABLE_KINDS; kind++) {
        for (size_t i = 0; i < self->spare_count[kind]; i++) {
            quoth_table_free(spare_of(self, kind)[i]);
        }
    }
    (void)pthread_cond_destroy(&self->work);
    (void)pthread_cond_destroy(&self->ready);
    (void)pthread_mutex_destroy(&self->lock);
    PyMem_RawFree(self->spare);
    PyMem_RawFree(self->ids);
    PyMem_RawFree(self->scratches);
    PyMem_RawFree(self);
}

/* --- the ring --------------------------------------------------------------------------------- */

int py_crew_threads(const Crew *self)
{
    return self->threads;
}

quoth_scratch **py_crew_scratches(Crew *self)
{
    return self->scratches;
}

bool py_crew_forked(const Crew *self)
{
    return getpid() != self->process;
}

size_t py_crew_count(Crew *self)
{
    return self->last - self->first; /* only the owner changes them */
}

size_t py_crew_units(const Crew *self)
{
    return self->units;
}

Job *py_crew_oldest(Crew *self)
{
    return self->first < self->last ? job_at(self, self->first) : NULL;
}

bool py_crew_ready(Crew *self)
{
    (void)pthread_mutex_lock(&self->lock);
    bool ready = self->first < self->last && job_at(self, self->first)->done;
    (void)pthread_mutex_unlock(&self->lock);
    return ready;
}

void py_crew_put(Crew *self, quoth_input text, quoth_doc *doc, PyObject *owner, int64_t number,
                 bool publish)
{
    (void)pthread_mutex_lock(&self->lock);
    Job *job = job_at(self, self->last++);
    memset(job, 0, sizeof *job);
    job->text = text;
    job->doc = doc;
    job->owner = owner;
    job->number = number;
    self->units += text.length;
    if (publish) {
        self->published = self->last;
        (void)pthread_cond_signal(&self->work);
    }
    (void)pthread_mutex_unlock(&self->lock);
}

bool py_crew_wait(Crew *self, int milliseconds)
{
    struct timespec until = moment_in(milliseconds);
    (void)pthread_mutex_lock(&self->lock);
    const Job *job = job_at(self, self->first);
    int late = 0;
    while (!job->done && late == 0) {
        late = pthread_cond_timedwait(&self->ready, &self->lock, &until);
    }
    bool done = job->done;
    (void)pthread_mutex_unlock(&self->lock);
    return done;
}

void py_crew_do(Crew *self)
{
    Job *job = job_at(self, self->first);
    (void)pthread_mutex_lock(&self->lock);
    self->next = self->published = self->first + 1;
    (void)pthread_mutex_unlock(&self->lock);
    do_job(self, self->scratches[0], job);
    job->done = true;
}

void py_crew_drop(Crew *self)
{
    (void)pthread_mutex_lock(&self->lock);
    Job *job = job_at(self, self->first++);
    self->units -= job->text.length;
    if (self->next < self->first) { /* it was never taken: all are given up */
        self->next = self->first;
    }
    if (self->published < self->first) {
        self->published = self->first;
    }
    (void)pthread_mutex_unlock(&self->lock);
}

void py_crew_recycle(Crew *self, Job *job)
{
    for (int kind = 0; kind < QUOTH_TABLE_KINDS; kind++) {
        quoth_table *table = job->tables[kind];
        job->tables[kind] = NULL;
        if (table == NULL) {
            continue;
        }
        quoth_table_clear(table);
        (void)pthread_mutex_lock(&self->lock);
        if (self->spare_count[kind] < self->room) {
            spare_of(self, kind)[self->spare_count[kind]++] = table;
            table = NULL;
        }
        (void)pthread_mutex_unlock(&self->lock);
        quoth_table_free(table);
    }
}
