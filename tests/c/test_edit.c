/* Reading in steps, and changes of mentions and quotes between them. */
#include "check.h"

#include "quoth_edit.h"

static const char article[] =
    "Harbour reopens\n\n"
    "The port of Elvik will reopen in May, Mayor Anna Keller said on Monday. \xE2\x80\x9CWe are "
    "ready,\xE2\x80\x9D Keller told reporters. \xE2\x80\x9CThe cranes work again.\xE2\x80\x9D\n\n"
    "Tom Brandt of the Dockers Union said that he doubts it. \xE2\x80\x9CShow me,\xE2\x80\x9D he "
    "said.";

typedef struct reading {
    quoth_pipeline *pipeline;
    quoth_doc *doc;
} reading;

/* Each step has a scratch of its own: nothing of a document may be left in one. */
static quoth_status go_on(reading *self, quoth_stage until)
{
    quoth_scratch *scratch;
    quoth_status status = quoth_scratch_new(self->pipeline, &scratch);
    if (status == QUOTH_OK && !self->doc)
        status = quoth_read_until(self->pipeline, scratch, quoth_utf8(article, strlen(article)), 0,
                                  until, &self->doc, NULL);
    else if (status == QUOTH_OK)
        status = quoth_read_on(self->pipeline, scratch, self->doc, until, NULL);
    quoth_scratch_free(scratch);
    return status;
}

static void close_reading(reading *self)
{
    quoth_doc_free(self->doc);
    quoth_pipeline_free(self->pipeline);
}

static quoth_span span_of(const char *what)
{
    const char *at = strstr(article, what);
    uint32_t start = (uint32_t)(at - article);
    return (quoth_span){start, start + (uint32_t)strlen(what)};
}

static uint32_t mention_of(const quoth_doc *doc, const char *what)
{
    size_t count;
    const quoth_mention *mentions = quoth_doc_mentions(doc, &count);
    for (uint32_t i = 0; i < count; i++)
        if (mentions[i].span.start == span_of(what).start)
            return i;
    return QUOTH_NONE;
}

static bool is_named(quoth_string name, const char *expected)
{
    return name.size == strlen(expected) && !memcmp(name.data, expected, name.size);
}

static const quoth_quote *quote_of(const quoth_doc *doc, const char *what)
{
    size_t count;
    const quoth_quote *quotes = quoth_doc_quotes(doc, &count);
    const quoth_span *contents = quoth_doc_contents(doc, &(size_t){0});
    for (size_t i = 0; i < count; i++)
        if (contents[quotes[i].content_first].start == span_of(what).start)
            return &quotes[i];
    return NULL;
}

static bool is_speaker(const quoth_doc *doc, const quoth_quote *quote, const char *name)
{
    const quoth_entity *entities = quoth_doc_entities(doc, &(size_t){0});
    return quote && quote->speaker != QUOTH_NONE && is_named(entities[quote->speaker].name, name);
}

static const quoth_stage steps[] = {QUOTH_STAGE_SENTENCE, QUOTH_STAGE_ENTITY, QUOTH_STAGE_LINK,
                                    QUOTH_STAGE_ATTRIBUTION};

static void test_steps(void)
{
    reading whole = {0}, parts = {0};
    size_t count, others;
    CHECK(quoth_pipeline_new(NULL, &whole.pipeline, NULL) == QUOTH_OK);
    CHECK(quoth_pipeline_new(NULL, &parts.pipeline, NULL) == QUOTH_OK);
    CHECK(go_on(&whole, QUOTH_STAGE_ATTRIBUTION) == QUOTH_OK);
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        CHECK(go_on(&parts, steps[i]) == QUOTH_OK);
        (void)quoth_doc_mentions(parts.doc, &count);
        CHECK((count > 0) == (i > 0));
        (void)quoth_doc_entities(parts.doc, &count);
        CHECK((count > 0) == (i > 1));
    }
    const quoth_quote *a = quoth_doc_quotes(whole.doc, &count);
    const quoth_quote *b = quoth_doc_quotes(parts.doc, &others);
    CHECK(count == others && count >= 3);
    for (size_t i = 0; i < count && i < others; i++)
        CHECK(a[i].speaker == b[i].speaker && a[i].cue.start == b[i].cue.start);
    /* What is done is not done again. */
    CHECK(go_on(&parts, QUOTH_STAGE_ATTRIBUTION) == QUOTH_OK);
    CHECK(quoth_doc_quotes(parts.doc, &others) == b);
    close_reading(&whole);
    close_reading(&parts);
}

static quoth_mention_edit new_mention(const char *what, uint8_t label)
{
    return (quoth_mention_edit){.mention = QUOTH_NONE,
                                .span = span_of(what),
                                .label = label,
                                .overlap = QUOTH_OVERLAP_REPLACE,
                                .score = 1.0f,
                                .rule = "test"};
}

static void test_mentions(void)
{
    reading r = {0};
    CHECK(quoth_pipeline_new(NULL, &r.pipeline, NULL) == QUOTH_OK);
    CHECK(go_on(&r, QUOTH_STAGE_SENTENCE) == QUOTH_OK);
    quoth_mention_edit edit = new_mention("cranes", QUOTH_LABEL_PRODUCT);
    CHECK(quoth_doc_edit_mentions(r.doc, &edit, 1) == QUOTH_ERROR_ARGUMENT); /* too early */
    CHECK(go_on(&r, QUOTH_STAGE_ATTRIBUTION) == QUOTH_OK);
    CHECK(is_speaker(r.doc, quote_of(r.doc, "\xE2\x80\x9CShow"), "Tom Brandt"));
    /* No Brandt, no speaker: later layers follow. */
    quoth_mention_edit edits[] = {
        {.mention = mention_of(r.doc, "Tom Brandt"), .reject = true, .rule = "test"},
        new_mention("cranes", QUOTH_LABEL_PRODUCT),
        new_mention("The cranes", QUOTH_LABEL_PRODUCT), /* the first stays */
        {.mention = mention_of(r.doc, "Dockers Union"),
         .label = QUOTH_LABEL_NORP,
         .score = 0.5f,
         .given = {.kb_id = {"Q7", 2}},
         .rule = "other"}};
    CHECK(quoth_doc_edit_mentions(r.doc, edits, 4) == QUOTH_OK);
    size_t count;
    (void)quoth_doc_quotes(r.doc, &count);
    CHECK(count == 0); /* until it is read on */
    CHECK(go_on(&r, QUOTH_STAGE_ATTRIBUTION) == QUOTH_OK);
    CHECK(mention_of(r.doc, "Tom Brandt") == QUOTH_NONE);
    CHECK(!is_speaker(r.doc, quote_of(r.doc, "\xE2\x80\x9CShow"), "Tom Brandt"));
    const quoth_mention *mentions = quoth_doc_mentions(r.doc, &count);
    for (size_t i = 1; i < count; i++)
        CHECK(mentions[i - 1].span.end <= mentions[i].span.start);
    uint32_t at = mention_of(r.doc, "cranes");
    CHECK(at != QUOTH_NONE && mentions[at].entity != QUOTH_NONE);
    CHECK(!strcmp(mentions[at].rule, "test"));
    at = mention_of(r.doc, "Dockers Union");
    CHECK(mentions[at].label == QUOTH_LABEL_NORP && !strcmp(mentions[at].rule, "other"));
    const quoth_entity *entities = quoth_doc_entities(r.doc, &count);
    CHECK(is_named(entities[mentions[at].entity].kb_id, "Q7"));
    /* What is no span, crosses a paragraph, or is not there. */
    edit = new_mention("cranes", QUOTH_LABEL_PRODUCT);
    edit.span.end = edit.span.start;
    CHECK(quoth_doc_edit_mentions(r.doc, &edit, 1) == QUOTH_ERROR_ARGUMENT);
    edit.span = (quoth_span){0, span_of("port").end};
    CHECK(quoth_doc_edit_mentions(r.doc, &edit, 1) == QUOTH_ERROR_ARGUMENT);
    edit.mention = 999;
    CHECK(quoth_doc_edit_mentions(r.doc, &edit, 1) == QUOTH_ERROR_ARGUMENT);
    close_reading(&r);
}

static void test_overlaps(void)
{
    static const struct {
        quoth_overlap overlap;
        bool stays;
        size_t matches;
    } cases[] = {{QUOTH_OVERLAP_REPLACE, true, 0},
                 {QUOTH_OVERLAP_LONGEST, false, 0},
                 {QUOTH_OVERLAP_KEEP, false, 0},
                 {QUOTH_OVERLAP_BESIDE, false, 1}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        reading r = {0};
        CHECK(quoth_pipeline_new(NULL, &r.pipeline, NULL) == QUOTH_OK);
        CHECK(go_on(&r, QUOTH_STAGE_ENTITY) == QUOTH_OK);
        quoth_mention_edit edit = new_mention("Brandt", QUOTH_LABEL_ORG);
        edit.overlap = cases[i].overlap;
        CHECK(quoth_doc_edit_mentions(r.doc, &edit, 1) == QUOTH_OK);
        CHECK((mention_of(r.doc, "Brandt") != QUOTH_NONE) == cases[i].stays);
        CHECK((mention_of(r.doc, "Tom Brandt") == QUOTH_NONE) == cases[i].stays);
        size_t count;
        (void)quoth_doc_matches(r.doc, &count);
        CHECK(count == cases[i].matches);
        close_reading(&r);
    }
}

static void test_quotes(void)
{
    reading r = {0};
    CHECK(quoth_pipeline_new(NULL, &r.pipeline, NULL) == QUOTH_OK);
    CHECK(go_on(&r, QUOTH_STAGE_ATTRIBUTION) == QUOTH_OK);
    size_t before, count;
    (void)quoth_doc_quotes(r.doc, &before);
    const quoth_quote *ready = quote_of(r.doc, "\xE2\x80\x9CWe");
    const quoth_span *contents = quoth_doc_contents(r.doc, &count);
    quoth_span first = contents[ready->content_first];
    quoth_span show = contents[quote_of(r.doc, "\xE2\x80\x9CShow")->content_first];
    quoth_span title = span_of("Harbour reopens");
    quoth_quote_edit edits[] = {
        {.change = QUOTH_QUOTE_SPEAKER,
         .contents = &show,
         .content_count = 1,
         .speaker = span_of("Anna Keller"),
         .rule = "test"},
        {.change = QUOTH_QUOTE_ADD,
         .contents = &title,
         .content_count = 1,
         .type = QUOTH_QUOTE_INDIRECT,
         .speaker = span_of("Tom Brandt"),
         .factual = true,
         .score = 1.0f,
         .rule = "test"},
        {.change = QUOTH_QUOTE_REJECT, .contents = &first, .content_count = 1, .rule = "test"}};
    CHECK(quoth_doc_edit_quotes(r.doc, edits, 3) == QUOTH_OK);
    /* They are made now, and again when mentions have changed. */
    for (int round = 0; round < 2; round++) {
        CHECK(go_on(&r, QUOTH_STAGE_ATTRIBUTION) == QUOTH_OK);
        (void)quoth_doc_quotes(r.doc, &count);
        CHECK(count == before);
        CHECK(is_speaker(r.doc, quote_of(r.doc, "\xE2\x80\x9CShow"), "Anna Keller"));
        CHECK(is_speaker(r.doc, quote_of(r.doc, "Harbour reopens"), "Tom Brandt"));
        CHECK(quote_of(r.doc, "Harbour reopens")->speaker_reason == QUOTH_SPEAKER_GIVEN);
        CHECK(!quote_of(r.doc, "\xE2\x80\x9CWe"));
        const quoth_quotation *quotations = quoth_doc_quotations(r.doc, &count);
        const quoth_quote *quotes = quoth_doc_quotes(r.doc, &before);
        for (size_t i = 0; i < count; i++) {
            quoth_span whole = quotations[i].span;
            if (quotations[i].quote == QUOTH_NONE)
                continue;
            const quoth_quote *quote = &quotes[quotations[i].quote];
            contents = quoth_doc_contents(r.doc, &(size_t){0}) + quote->content_first;
            CHECK(contents[0].start <= whole.start &&
                  whole.end <= contents[quote->content_count - 1].end);
        }
        quoth_mention_edit edit = new_mention("cranes", QUOTH_LABEL_PRODUCT);
        CHECK(quoth_doc_edit_mentions(r.doc, &edit, 1) == QUOTH_OK);
    }
    edits[0].contents = &(quoth_span){5, 3};
    CHECK(quoth_doc_edit_quotes(r.doc, edits, 1) == QUOTH_ERROR_ARGUMENT);
    close_reading(&r);
}

static void test_offsets(void)
{
    reading r = {0};
    CHECK(quoth_pipeline_new(NULL, &r.pipeline, NULL) == QUOTH_OK);
    CHECK(go_on(&r, QUOTH_STAGE_SENTENCE) == QUOTH_OK);
    for (uint32_t at = 0; at <= strlen(article); at++)
        if (((unsigned char)article[at] & 0xC0) != 0x80)
            CHECK(quoth_doc_byte(r.doc, quoth_doc_codepoint(r.doc, at)) == at);
    close_reading(&r);
}

/* Every allocation fails in turn: the edit says so, or what comes after it, and nothing leaks. */
static void test_memory(void)
{
    for (size_t fail_at = 1;; fail_at++) {
        check_memory memory = {0};
        quoth_allocator allocator = check_allocator(&memory);
        quoth_options options = {.allocator = &allocator};
        reading r = {0};
        CHECK(quoth_pipeline_new(&options, &r.pipeline, NULL) == QUOTH_OK);
        CHECK(go_on(&r, QUOTH_STAGE_ATTRIBUTION) == QUOTH_OK);
        memory.calls = 0;
        memory.fail_at = fail_at;
        quoth_mention_edit edit = new_mention("cranes", QUOTH_LABEL_PRODUCT);
        edit.given.name = (quoth_string){"The Cranes", 10};
        quoth_span title = span_of("Harbour reopens");
        quoth_quote_edit quote = {.change = QUOTH_QUOTE_ADD,
                                  .contents = &title,
                                  .content_count = 1,
                                  .speaker = span_of("cranes"),
                                  .rule = "test"};
        quoth_status status = QUOTH_OK;
        for (int i = 0; i < 40 && status == QUOTH_OK; i++)
            status = quoth_doc_edit_mentions(r.doc, &edit, 1);
        for (int i = 0; i < 40 && status == QUOTH_OK; i++)
            status = quoth_doc_edit_quotes(r.doc, &quote, 1);
        if (status == QUOTH_OK)
            status = go_on(&r, QUOTH_STAGE_ATTRIBUTION);
        bool failed = memory.calls >= fail_at;
        CHECK(status == (failed ? QUOTH_ERROR_MEMORY : QUOTH_OK));
        if (!failed)
            CHECK(is_speaker(r.doc, quote_of(r.doc, "Harbour reopens"), "The Cranes"));
        close_reading(&r);
        CHECK(memory.held == 0);
        if (!failed)
            break;
    }
}

int main(void)
{
    test_steps();
    test_mentions();
    test_overlaps();
    test_quotes();
    test_offsets();
    test_memory();
    return check_report("edit");
}
