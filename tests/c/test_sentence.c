#include "reading.h"

/* The sentences of text, set apart by a bar. */
static void check_sentences(const char *text, bool whole, const char *expected)
{
    quoth_options options = {.stages = QUOTH_STAGE_SENTENCE, .keep_quotes_whole = whole};
    reading r = reading_open_with(text, &options);
    size_t count;
    const quoth_sentence *sentences = quoth_doc_sentences(r.doc, &count);
    char drawn[512] = "";
    for (size_t i = 0; i < count; i++) {
        quoth_span span = sentences[i].span;
        snprintf(drawn + strlen(drawn), sizeof drawn - strlen(drawn), "%s%.*s", i ? "|" : "",
                 (int)(span.end - span.start), text + span.start);
    }
    if (!CHECK(strcmp(drawn, expected) == 0))
        printf("    %s\n    %s\n", drawn, expected);
    reading_close(&r);
}

static void test_ends(void)
{
    check_sentences("", false, "");
    check_sentences("One. Two! Three?", false, "One.|Two!|Three?");
    check_sentences("no end", false, "no end");
    check_sentences("Mr. Reed met J. K. Marlow. They left.", false,
                    "Mr. Reed met J. K. Marlow.|They left.");
    check_sentences("It cost $1.5 million. See example.org. Done.", false,
                    "It cost $1.5 million.|See example.org.|Done.");
    check_sentences("One; two: three. Four", false, "One; two: three.|Four");
    check_sentences("We waited... and left. Why?! Ha", false, "We waited... and left.|Why?!|Ha");
}

static void test_paragraphs_end_sentences(void)
{
    check_sentences("A title\n\nIt rains.", false, "A title|It rains.");
    check_sentences("It rains,\n\nand snows", false, "It rains,|and snows");
}

static void test_quotations(void)
{
    check_sentences("\"Why?\" he asked. \"No!\" she said.", false,
                    "\"Why?\" he asked.|\"No!\" she said.");
    check_sentences("\"It rains. We stay,\" he said. Good.", false,
                    "\"It rains.|We stay,\" he said.|Good.");
    check_sentences("\"It rains. We stay,\" he said. Good.", true,
                    "\"It rains. We stay,\" he said.|Good.");
    check_sentences("He said \"no.\" (He lied.) Good.", false, "He said \"no.\"|(He lied.)|Good.");
}

static void test_paragraph_of_a_sentence(void)
{
    reading r = reading_open("A title here\n\nOne. Two.\n\nThree.");
    size_t count;
    const quoth_sentence *sentences = quoth_doc_sentences(r.doc, &count);
    static const uint32_t paragraphs[] = {0, 1, 1, 2};
    if (CHECK(count == 4))
        for (size_t i = 0; i < count; i++)
            CHECK(sentences[i].paragraph == paragraphs[i]);
    reading_close(&r);
}

int main(void)
{
    test_ends();
    test_paragraphs_end_sentences();
    test_quotations();
    test_paragraph_of_a_sentence();
    return check_report("sentence");
}
