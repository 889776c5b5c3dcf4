#include "reading.h"

static const quoth_quotation *quotations_of(const reading *r, size_t expected)
{
    size_t count;
    const quoth_quotation *quotations = quoth_doc_quotations(r->doc, &count);
    if (!CHECK(count == expected))
        printf("    %zu quotations in: %s\n", count, r->text);
    return count == expected ? quotations : NULL;
}

/* text has one closed quotation, with these marks and this between them. */
static void check_one(const char *text, const char *whole, const char *inner)
{
    reading r = reading_open(text);
    const quoth_quotation *q = quotations_of(&r, 1);
    if (q) {
        CHECK_SPAN(text, q->span, whole);
        CHECK_SPAN(text, q->inner, inner);
        CHECK(q->closed && q->parent == QUOTH_NONE && q->continues == QUOTH_NONE);
    }
    reading_close(&r);
}

static void check_none(const char *text)
{
    reading r = reading_open(text);
    quotations_of(&r, 0);
    reading_close(&r);
}

static void test_marks(void)
{
    check_one("\"No,\" said Ana.", "\"No,\"", "No,");
    check_one("''No,'' said Ana.", "''No,''", "No,");
    check_one("``No,'' said Ana.", "``No,''", "No,");
    check_one("'We can't,' said Ana.", "'We can't,'", "We can't,");
    check_one("\xE2\x80\x9CNo,\xE2\x80\x9D said Ana.", "\xE2\x80\x9CNo,\xE2\x80\x9D", "No,");
    check_one("\xE2\x80\x98No,\xE2\x80\x99 said Ana.", "\xE2\x80\x98No,\xE2\x80\x99", "No,");
    check_one("\xC2\xABNo\xC2\xBB, said Ana.", "\xC2\xABNo\xC2\xBB", "No");
    check_one("\xE2\x80\x9ENo\xE2\x80\x9C, said Ana.", "\xE2\x80\x9ENo\xE2\x80\x9C", "No");
}

static void test_what_is_no_mark(void)
{
    check_none("The boys' boat doesn't leak.");
    check_none("It was rock 'n' roll in the '90s.");
    check_none("He is 6'2\" tall.");
    check_none("A 27\" screen and a 24\" one.");
}

static void test_nesting(void)
{
    const char *text = "\"He told me 'go home' today,\" said Ana.";
    reading r = reading_open(text);
    const quoth_quotation *q = quotations_of(&r, 2);
    if (q) {
        CHECK_SPAN(text, q[0].span, "\"He told me 'go home' today,\"");
        CHECK_SPAN(text, q[1].span, "'go home'");
        CHECK(q[0].parent == QUOTH_NONE && q[1].parent == 0);
    }
    reading_close(&r);
}

static void test_reopened_paragraphs(void)
{
    const char *text = "Ana said: \"We left.\n\n\"We came back.\n\n\"We stayed.\"";
    reading r = reading_open(text);
    const quoth_quotation *q = quotations_of(&r, 3);
    if (q) {
        CHECK(!q[0].closed && !q[1].closed && q[2].closed);
        CHECK(q[0].continues == QUOTH_NONE && q[1].continues == 0 && q[2].continues == 1);
    }
    size_t warnings;
    quoth_doc_warnings(r.doc, &warnings);
    CHECK(warnings == 0);
    reading_close(&r);
}

static void test_warnings(void)
{
    const char *text = "Ana said: \"We left.\n\nThe ferry had gone.";
    reading r = reading_open(text);
    size_t count;
    const quoth_warning *warnings = quoth_doc_warnings(r.doc, &count);
    if (CHECK(count == 1)) {
        CHECK(warnings[0].code == QUOTH_WARNING_UNCLOSED_QUOTATION);
        CHECK(text[warnings[0].span.start] == '"');
        CHECK(quoth_warning_message(warnings[0].code)[0] != '\0');
    }
    reading_close(&r);
    r = reading_open("We left,\xE2\x80\x9D said Ana.");
    warnings = quoth_doc_warnings(r.doc, &count);
    if (CHECK(count == 1))
        CHECK(warnings[0].code == QUOTH_WARNING_STRAY_MARK);
    reading_close(&r);
}

int main(void)
{
    test_marks();
    test_what_is_no_mark();
    test_nesting();
    test_reopened_paragraphs();
    test_warnings();
    return check_report("quotation");
}
