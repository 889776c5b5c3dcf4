/* fuzz_edit.c - a libFuzzer target: any sequence of edits leaves a document whole.
 *
 * The input: how many steps, four bytes for each, and the text. A step reads on to a stage, or adds
 * to a row of edits, which the next step of another kind makes; all four kinds of overlap, mentions
 * and quotes that are there and such as cannot be. What an edit is refused for changes nothing.
 * After each change all that fuzz.h knows of documents has to hold.
 */
#include "fuzz.h"

#include "quoth_edit.h"

enum { STEP = 4, STEPS_MOST = 32 };

typedef enum step_kind {
    STEP_READ_ON,
    STEP_REJECT,
    STEP_RELABEL,
    STEP_ADD,
    STEP_QUOTE_ADD,
    STEP_QUOTE_REJECT,
    STEP_QUOTE_SPEAKER,
    STEP_KINDS,
} step_kind;

typedef struct session {
    quoth_doc *doc;
    const char *text;
    size_t size;
    quoth_mention_edit mentions[STEPS_MOST];
    quoth_quote_edit quotes[STEPS_MOST];
    quoth_span contents[STEPS_MOST][2];
    size_t mention_count, quote_count;
} session;

static fuzz_reader readers[2];

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc, (void)argv;
    readers[0] = fuzz_open((quoth_options){0});
    readers[1] = fuzz_open((quoth_options){.model = fuzz_model()});
    return 0;
}

/* From token to token, or from byte to byte: then perhaps no span at all. */
static quoth_span some_span(const session *self, uint8_t from, uint8_t length)
{
    size_t tokens = quoth_doc_token_count(self->doc);
    if (tokens && length < 0xE0) {
        size_t first = from * tokens / 256, last = first + length % 8;
        return (quoth_span){quoth_doc_token(self->doc, first).span.start,
                            quoth_doc_token(self->doc, last < tokens ? last : tokens - 1).span.end};
    }
    uint32_t start = (uint32_t)(from * self->size / 255);
    return (quoth_span){start, start + length % 32};
}

static quoth_span span_of_mention(const session *self, uint8_t which)
{
    size_t count;
    const quoth_mention *mentions = quoth_doc_mentions(self->doc, &count);
    return count ? mentions[which % count].span : (quoth_span){0, 0};
}

/* One in more than there are, so that one that is not there is asked for, too. */
static uint32_t some_mention(const session *self, uint8_t which)
{
    size_t count;
    (void)quoth_doc_mentions(self->doc, &count);
    return (uint32_t)(which % (count + 1));
}

static void add_mention_edit(session *self, step_kind kind, const uint8_t *step)
{
    static const char name[] = "Ann Lee";
    quoth_mention_edit edit = {.mention =
                                   kind == STEP_ADD ? QUOTH_NONE : some_mention(self, step[1]),
                               .reject = kind == STEP_REJECT,
                               .overlap = (quoth_overlap)(step[3] % 4),
                               .label = step[3] / 4 % (QUOTH_LABEL_OWN + 2),
                               .score = 0.5f,
                               .rule = step[3] & 1 ? "one" : "two"};
    if (kind == STEP_ADD)
        edit.span = some_span(self, step[1], step[2]);
    if (step[0] & 0x80)
        edit.given.name = (quoth_string){name, sizeof name - 1};
    if (step[0] & 0x40)
        edit.given.kb_id = (quoth_string){name, 3};
    self->mentions[self->mention_count++] = edit;
}

static void add_quote_edit(session *self, step_kind kind, const uint8_t *step)
{
    size_t count, spans;
    const quoth_quote *quotes = quoth_doc_quotes(self->doc, &count);
    const quoth_span *all = quoth_doc_contents(self->doc, &spans);
    quoth_span *contents = self->contents[self->quote_count];
    quoth_quote_edit edit = {.contents = contents,
                             .content_count = 1,
                             .type = (quoth_quote_type)(step[3] % 3),
                             .attitude = (quoth_attitude)(step[3] / 3 % 5),
                             .factual = step[3] & 1,
                             .score = 1.0f,
                             .rule = step[3] & 1 ? "one" : "two"};
    edit.change = kind == STEP_QUOTE_ADD      ? QUOTH_QUOTE_ADD
                  : kind == STEP_QUOTE_REJECT ? QUOTH_QUOTE_REJECT
                                              : QUOTH_QUOTE_SPEAKER;
    contents[0] = some_span(self, step[1], step[2]);
    contents[1] = some_span(self, step[2], step[3]);
    if (kind != STEP_QUOTE_ADD && count)
        contents[0] = all[quotes[step[1] % count].content_first];
    else if (step[0] & 0x10)
        edit.content_count = 2;
    if (step[0] & 0x20)
        edit.speaker = span_of_mention(self, step[3]);
    if (step[0] & 0x40)
        edit.source = some_span(self, step[3], step[1]);
    if (step[0] & 0x80)
        edit.cue = some_span(self, step[3], step[2]);
    self->quotes[self->quote_count++] = edit;
}

/* Makes the edits that wait. One that is refused leaves the document as it is, so it holds, too. */
static void make_edits(session *self)
{
    quoth_status status = quoth_doc_edit_quotes(self->doc, self->quotes, self->quote_count);
    HOLDS(status == QUOTH_OK || status == QUOTH_ERROR_ARGUMENT);
    uint64_t before = fuzz_fingerprint(self->doc);
    status = quoth_doc_edit_mentions(self->doc, self->mentions, self->mention_count);
    HOLDS(status == QUOTH_OK || status == QUOTH_ERROR_ARGUMENT);
    HOLDS(status == QUOTH_OK || fuzz_fingerprint(self->doc) == before);
    self->quote_count = self->mention_count = 0;
    fuzz_check_document(self->doc, self->text, self->size);
}

static void run_step(session *self, const fuzz_reader *reader, const uint8_t *step)
{
    static const quoth_stage stages[] = {QUOTH_STAGE_SENTENCE, QUOTH_STAGE_ENTITY, QUOTH_STAGE_LINK,
                                         QUOTH_STAGE_ATTRIBUTION};
    step_kind kind = (step_kind)(step[0] % 16 % STEP_KINDS);
    bool quote = kind >= STEP_QUOTE_ADD;
    if (kind == STEP_READ_ON || (quote ? self->mention_count : self->quote_count) > 0)
        make_edits(self);
    if (kind == STEP_READ_ON) {
        HOLDS(quoth_read_on(reader->pipeline, reader->scratch, self->doc, stages[step[1] % 4],
                            NULL) == QUOTH_OK);
        fuzz_check_document(self->doc, self->text, self->size);
    } else if (quote) {
        add_quote_edit(self, kind, step);
    } else {
        add_mention_edit(self, kind, step);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 1)
        return 0;
    const fuzz_reader *reader = &readers[data[0] >> 7];
    size_t steps = data[0] % (STEPS_MOST + 1);
    if (size < 1 + steps * STEP)
        return 0;
    const uint8_t *program = data + 1;
    session self = {.size = size - 1 - steps * STEP};
    char *text = fuzz_copy(program + steps * STEP, self.size);
    self.text = text;
    quoth_stage first = steps ? QUOTH_STAGE_ENTITY : QUOTH_STAGE_SENTENCE;
    quoth_status status = quoth_read_until(reader->pipeline, reader->scratch,
                                           quoth_utf8(text, self.size), 0, first, &self.doc, NULL);
    HOLDS(status == QUOTH_OK || status == QUOTH_ERROR_UTF8);
    if (status == QUOTH_OK) {
        for (size_t i = 0; i < steps; i++)
            run_step(&self, reader, program + i * STEP);
        make_edits(&self);
        HOLDS(quoth_read_on(reader->pipeline, reader->scratch, self.doc, QUOTH_STAGE_ATTRIBUTION,
                            NULL) == QUOTH_OK);
        fuzz_check_document(self.doc, text, self.size);
    }
    quoth_doc_free(self.doc);
    free(text);
    return 0;
}
