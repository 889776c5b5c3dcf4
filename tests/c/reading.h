/* reading.h - one article through a pipeline with the default options, for the tests of a stage. */
#ifndef READING_H
#define READING_H

#include "check.h"

typedef struct reading {
    quoth_pipeline *pipeline;
    quoth_scratch *scratch;
    quoth_doc *doc;
    const char *text;
} reading;

/* The document of text, which stays the caller's; ends the program if it can't be had. */
static inline reading reading_open_with(const char *text, const quoth_options *options)
{
    reading self = {.text = text};
    quoth_error error = {0};
    if (quoth_pipeline_new(options, &self.pipeline, &error) != QUOTH_OK ||
        quoth_scratch_new(self.pipeline, &self.scratch) != QUOTH_OK ||
        quoth_read(self.pipeline, self.scratch, quoth_utf8(text, strlen(text)), 0, &self.doc,
                   &error) != QUOTH_OK) {
        printf("cannot read: %s\n", error.message);
        exit(1);
    }
    return self;
}

static inline reading reading_open(const char *text)
{
    return reading_open_with(text, NULL);
}

static inline void reading_close(reading *self)
{
    quoth_doc_free(self->doc);
    quoth_scratch_free(self->scratch);
    quoth_pipeline_free(self->pipeline);
}

#endif
