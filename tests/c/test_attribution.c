#include "reading.h"

/* text has one quote; its first content, cue, source and speaker are these ("" for none). */
static void check_quote(const char *text, quoth_quote_type type, const char *content,
                        const char *cue, const char *source, const char *speaker)
{
    reading r = reading_open(text);
    size_t count, entity_count, content_count;
    const quoth_quote *quotes = quoth_doc_quotes(r.doc, &count);
    const quoth_entity *entities = quoth_doc_entities(r.doc, &entity_count);
    const quoth_span *contents = quoth_doc_contents(r.doc, &content_count);
    if (!CHECK(count == 1)) {
        printf("    %zu quotes in: %s\n", count, text);
    } else {
        const quoth_quote *q = quotes;
        CHECK(q->type == type);
        if (CHECK(q->content_count >= 1 && q->content_first + q->content_count <= content_count))
            CHECK_SPAN(text, contents[q->content_first], content);
        CHECK_SPAN(text, q->cue, cue);
        CHECK_SPAN(text, q->source, source);
        quoth_string name = {"", 0};
        if (q->speaker != QUOTH_NONE && CHECK(q->speaker < entity_count))
            name = entities[q->speaker].name;
        if (!CHECK(name.size == strlen(speaker) && memcmp(name.data, speaker, name.size) == 0))
            printf("    the speaker is '%.*s' in: %s\n", (int)name.size, name.data, text);
        CHECK(q->score > 0 && q->score <= 1 && q->rule != NULL && q->rule[0] != '\0');
        CHECK((q->speaker == QUOTH_NONE) == (q->speaker_reason >= QUOTH_SPEAKER_NO_SOURCE));
    }
    reading_close(&r);
}

static void test_places_of_the_cue(void)
{
    check_quote("\"We will leave today,\" said Anna Keller.", QUOTH_QUOTE_DIRECT,
                "\"We will leave today,\"", "said", "Anna Keller", "Anna Keller");
    check_quote("\"We will leave today,\" Anna Keller said.", QUOTH_QUOTE_DIRECT,
                "\"We will leave today,\"", "said", "Anna Keller", "Anna Keller");
    check_quote("Anna Keller said: \"We will leave today.\"", QUOTH_QUOTE_DIRECT,
                "\"We will leave today.\"", "said", "Anna Keller", "Anna Keller");
    check_quote("\"We,\" Anna Keller said, \"will leave today.\"", QUOTH_QUOTE_DIRECT, "\"We,\"",
                "said", "Anna Keller", "Anna Keller");
    check_quote("The ferry is late, according to Anna Keller.", QUOTH_QUOTE_INDIRECT,
                "The ferry is late", "according to", "Anna Keller", "Anna Keller");
    check_quote("Anna Keller said that the ferry is late.", QUOTH_QUOTE_INDIRECT,
                "that the ferry is late", "said", "Anna Keller", "Anna Keller");
}

static void test_pronouns(void)
{
    check_quote("Anna Keller came in. \"We will leave today,\" she said.", QUOTH_QUOTE_DIRECT,
                "\"We will leave today,\"", "said", "she", "Anna Keller");
    check_quote("The rain stopped. \"We will leave today,\" she said.", QUOTH_QUOTE_DIRECT,
                "\"We will leave today,\"", "said", "she", "");
}

static void test_nesting(void)
{
    reading r = reading_open("The mayor said that the guards had warned that the wall would fall. "
                             "Anna Keller said that it had rained.");
    size_t count;
    const quoth_quote *quotes = quoth_doc_quotes(r.doc, &count);
    if (CHECK(count == 3)) {
        CHECK(quotes[0].parent == QUOTH_NONE);
        CHECK(quotes[1].parent == 0);
        CHECK(quotes[2].parent == QUOTH_NONE);
    }
    reading_close(&r);
}

static void test_what_is_no_quote(void)
{
    static const char *const texts[] = {
        "",
        "The ferry left at dawn.",
        "The so-called \"expert\" had never seen a ship.",
        "The film \"The Last Harbour\" opens on Friday.",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        reading r = reading_open(texts[i]);
        size_t count, quotations;
        quoth_doc_quotes(r.doc, &count);
        const quoth_quotation *q = quoth_doc_quotations(r.doc, &quotations);
        CHECK(count == 0);
        for (size_t k = 0; k < quotations; k++)
            CHECK(q[k].kind != QUOTH_QUOTATION_SPEECH && q[k].quote == QUOTH_NONE);
        reading_close(&r);
    }
}

int main(void)
{
    test_places_of_the_cue();
    test_pronouns();
    test_nesting();
    test_what_is_no_quote();
    return check_report("attribution");
}
