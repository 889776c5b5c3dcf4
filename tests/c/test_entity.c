#include "reading.h"

/* The mentions of text as "LABEL text", set apart by a bar. */
static void check_mentions(const char *text, const char *expected)
{
    reading r = reading_open(text);
    size_t count;
    const quoth_mention *mentions = quoth_doc_mentions(r.doc, &count);
    char drawn[512] = "";
    uint32_t end = 0;
    for (size_t i = 0; i < count; i++) {
        quoth_span span = mentions[i].span;
        snprintf(drawn + strlen(drawn), sizeof drawn - strlen(drawn), "%s%s %.*s", i ? "|" : "",
                 quoth_label_name(mentions[i].label), (int)(span.end - span.start),
                 text + span.start);
        CHECK(span.start >= end && span.end > span.start);
        CHECK(mentions[i].score > 0 && mentions[i].score <= 1);
        CHECK(mentions[i].rule != NULL && mentions[i].rule[0] != '\0');
        end = span.end;
    }
    if (!CHECK(strcmp(drawn, expected) == 0))
        printf("    %s\n    %s\n", drawn, expected);
    reading_close(&r);
}

static void test_names(void)
{
    check_mentions("", "");
    check_mentions("the ferry left at dawn", "");
    check_mentions("Thomas Reed went to France.", "PERSON Thomas Reed|GPE France");
    check_mentions("Reports by the University of Tartu.", "ORG University of Tartu");
    check_mentions("They crossed the Baltic Sea.", "LOC Baltic Sea");
    check_mentions("Nothing became of the Crimean War.", "EVENT Crimean War");
    check_mentions("Boats of the French.", "NORP French");
}

static void test_amounts(void)
{
    check_mentions("It fell 2% on March 9, 2021.", "PERCENT 2%|DATE March 9, 2021");
    check_mentions("They paid $12.5 million at 7:30 a.m.", "MONEY $12.5 million|TIME 7:30 a.m.");
    check_mentions("The wall is 300 meters long.", "QUANTITY 300 meters");
}

static void test_titles(void)
{
    const char *text = "We saw Prime Minister Anna Keller and Thomas Reed.";
    reading r = reading_open(text);
    size_t count;
    const quoth_mention *mentions = quoth_doc_mentions(r.doc, &count);
    if (CHECK(count == 2)) {
        CHECK_SPAN(text, mentions[0].span, "Anna Keller");
        CHECK_SPAN(text, mentions[0].title, "Prime Minister");
        CHECK(mentions[1].title.start == mentions[1].title.end);
    }
    reading_close(&r);
}

static void test_labels_have_names(void)
{
    CHECK(strcmp(quoth_label_name(QUOTH_LABEL_NONE), "") == 0);
    CHECK(strcmp(quoth_label_name(QUOTH_LABEL_PERSON), "PERSON") == 0);
    CHECK(strcmp(quoth_label_name(QUOTH_LABEL_WORK_OF_ART), "WORK_OF_ART") == 0);
    CHECK(strcmp(quoth_label_name(QUOTH_LABEL_CARDINAL), "CARDINAL") == 0);
    CHECK(strcmp(quoth_label_name((quoth_label)99), "") == 0);
}

int main(void)
{
    test_names();
    test_amounts();
    test_titles();
    test_labels_have_names();
    return check_report("entity");
}
