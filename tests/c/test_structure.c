#include "reading.h"

static void check_kinds(const char *text, const quoth_options *options, size_t expected,
                        const quoth_paragraph_kind *kinds)
{
    reading r = reading_open_with(text, options);
    size_t count;
    const quoth_paragraph *paragraphs = quoth_doc_paragraphs(r.doc, &count);
    if (CHECK(count == expected))
        for (size_t i = 0; i < count; i++)
            if (!CHECK(paragraphs[i].kind == kinds[i]))
                printf("    paragraph %zu of '%.20s...' is of kind %d\n", i, text,
                       (int)paragraphs[i].kind);
    reading_close(&r);
}

static const char article[] = "Ferry Runs Aground\n"
                              "\n"
                              "Nobody was hurt. The ship is old.\n"
                              "\n"
                              "August 3, 2020 \xE2\x80\xA2 Commentary\n"
                              "This article appeared in Coast Review on August 3, 2020.\n"
                              "\n"
                              "The ferry ran aground on Monday. It was raining.\n"
                              "\n"
                              "The captain slept.\n"
                              "\n"
                              "About the Author";

static void test_the_head_of_an_article(void)
{
    static const quoth_paragraph_kind kinds[] = {
        QUOTH_PARAGRAPH_TITLE,       QUOTH_PARAGRAPH_STANDFIRST, QUOTH_PARAGRAPH_DATELINE,
        QUOTH_PARAGRAPH_SOURCE_LINE, QUOTH_PARAGRAPH_BODY,       QUOTH_PARAGRAPH_BODY,
        QUOTH_PARAGRAPH_AUTHOR_NOTE};
    check_kinds(article, NULL, 7, kinds);

    reading r = reading_open(article);
    const quoth_frame *frame = quoth_doc_frame(r.doc);
    CHECK_SPAN(article, frame->title, "Ferry Runs Aground");
    CHECK_SPAN(article, frame->standfirst, "Nobody was hurt. The ship is old.");
    CHECK_SPAN(article, frame->dateline, "August 3, 2020 \xE2\x80\xA2 Commentary");
    CHECK_SPAN(article, frame->section, "Commentary");
    CHECK_SPAN(article, frame->outlet, "Coast Review");
    CHECK_SPAN(article, frame->author_note, "About the Author");
    CHECK(frame->byline.start == frame->byline.end);
    CHECK(frame->year == 2020 && frame->month == 8 && frame->day == 3);
    reading_close(&r);
}

static void test_a_dateline_within_a_paragraph(void)
{
    const char *text = "OSLO, Norway (AP) \xE2\x80\x94 A ferry ran aground. Nobody was hurt.";
    reading r = reading_open(text);
    const quoth_frame *frame = quoth_doc_frame(r.doc);
    CHECK_SPAN(text, frame->dateline, "OSLO, Norway (AP) \xE2\x80\x94");
    CHECK_SPAN(text, frame->place, "OSLO, Norway");
    CHECK_SPAN(text, frame->outlet, "AP");
    CHECK(frame->year == 0 && frame->month == 0 && frame->day == 0);
    reading_close(&r);
}

static void test_newlines(void)
{
    const char *two = "The ferry left\nat dawn.";
    static const quoth_paragraph_kind body[] = {QUOTH_PARAGRAPH_BODY, QUOTH_PARAGRAPH_BODY};
    quoth_options options = {.newlines = QUOTH_NEWLINES_SPACE, .stages = QUOTH_STAGE_SENTENCE};
    check_kinds(two, &options, 1, body);
    options.newlines = QUOTH_NEWLINES_BREAK;
    check_kinds(two, &options, 2, body);
    check_kinds("a\r\nb", &options, 2, body);
    check_kinds("a\n \t\n\n\n b", &options, 2, body);
    check_kinds("a\xE2\x80\xA9"
                "b",
                &options, 2, body);
    check_kinds("", &options, 0, body);
    check_kinds(" \n\r\n\xC2\xA0", &options, 0, body);
}

int main(void)
{
    test_the_head_of_an_article();
    test_a_dateline_within_a_paragraph();
    test_newlines();
    return check_report("structure");
}
