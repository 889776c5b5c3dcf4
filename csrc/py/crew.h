/* crew.h - threads that read texts side by side, and hand the results back in order.
 *
 * In: jobs, put in at one end of a ring by the one thread that owns the Crew. Out: the same jobs,
 * done, taken out at the other end. Ownership: the owner's; a job's text and owner stay as they are
 * until the job is taken out. The threads never touch a Python object and never hold the GIL.
 *
 * A Crew lives while a thread of it does: one that is asked to end while it reads a long text ends
 * when that is read, and py_crew_free() says whether there are such. In the child of a fork() the
 * threads are gone: py_crew_forked().
 */
#ifndef QUOTH_PY_CREW_H
#define QUOTH_PY_CREW_H

#include "table.h"

typedef struct Job {
    quoth_input text;
    PyObject *owner; /* holds the text */
    int64_t number;  /* of the text: doc_id */
    /* results */
    bool done;
    quoth_status status;
    quoth_error error;
    quoth_doc *doc; /* when documents are made, with their data; given, when one is read on with */
    Data data;
    quoth_table *tables[QUOTH_TABLE_KINDS]; /* when tables are made */
} Job;

/* What is done with a text. */
typedef struct Task {
    const quoth_pipeline *pipeline;
    unsigned stages;
    bool table[QUOTH_TABLE_KINDS]; /* which tables are made; none: documents are */
    bool tables;                   /* any of them */
    quoth_stage until;             /* where reading stops */
} Task;

typedef struct Crew Crew;

/* room: how many jobs are in the ring at most. Threads start with the first job that is put in. */
quoth_status py_crew_new(const Task *task, int threads, size_t room, Crew **out);
/* How many scratches it needs; each thread uses one. NULL: not set yet. */
int py_crew_threads(const Crew *self);
quoth_scratch **py_crew_scratches(Crew *self);

bool py_crew_forked(const Crew *self);
size_t py_crew_count(Crew *self);       /* jobs in the ring */
size_t py_crew_units(const Crew *self); /* of the texts of those */
bool py_crew_ready(Crew *self);         /* the oldest job is done */
/* Puts a job in; there has to be room. doc: what was read of it before, which the job takes over, or
 * NULL. publish: the threads may do it. */
void py_crew_put(Crew *self, quoth_input text, quoth_doc *doc, PyObject *owner, int64_t number,
                 bool publish);
/* Starts the threads if they are not, and lets them do all jobs. */
quoth_status py_crew_start(Crew *self);
/* Waits until the oldest job is done, so long at most; whether it is. Without the GIL. */
bool py_crew_wait(Crew *self, int milliseconds);
/* Does the oldest job in this thread, with the first scratch; it must not be published. */
void py_crew_do(Crew *self);
/* The oldest job, and out of the ring with it. What it holds of results is the owner's to free;
 * tables can go back to py_crew_recycle(). */
Job *py_crew_oldest(Crew *self);
void py_crew_drop(Crew *self);
void py_crew_recycle(Crew *self, Job *job);

/* Lets the threads end and waits for them, so long at most; whether all have. */
bool py_crew_end(Crew *self, int milliseconds);
/* After all have ended: frees it; texts, scratches and results have been taken out. */
void py_crew_free(Crew *self);

#endif
