#include "document.h"
#include "check.h"

/* The tokens of text, set apart by a bar. */
static void check_tokens(const char *text, const char *expected)
{
    quoth_doc *doc = NULL;
    CHECK(qt_doc_new(&qt_allocator_default, &doc) == QUOTH_OK);
    CHECK(qt_scan_read(quoth_utf8(text, strlen(text)), &doc->arena, &doc->text, &doc->scan, NULL) ==
          QUOTH_OK);
    CHECK(qt_token_split(doc, &doc->arena, &doc->tokens) == QUOTH_OK);
    char drawn[512] = "";
    for (uint32_t i = 0; i < doc->tokens.count; i++) {
        const qt_token *token = &doc->tokens.items[i];
        snprintf(drawn + strlen(drawn), sizeof drawn - strlen(drawn), "%s%.*s", i ? "|" : "",
                 (int)(token->end - token->start), text + token->start);
        CHECK(qt_token_at(&doc->tokens, token->start) == i);
    }
    if (!CHECK(strcmp(drawn, expected) == 0))
        printf("    %s\n    %s\n", drawn, expected);
    CHECK(qt_token_at(&doc->tokens, doc->text.size) == doc->tokens.count);
    quoth_doc_free(doc);
}

static void test_words_and_marks(void)
{
    check_tokens("", "");
    check_tokens(" \n ", "");
    check_tokens("The ferry left.", "The|ferry|left|.");
    check_tokens("Who's there? Don't!", "Who|'s|there|?|Don't|!");
    check_tokens("U.S. ships", "U.S.|ships");
    check_tokens("J. K. Marlow", "J.|K.|Marlow");
    check_tokens("Min\xE2\x80\x90jun left", "Min|\xE2\x80\x90|jun|left");
    check_tokens("the boys' boat", "the|boys|'|boat");
    check_tokens("''No,'' he said", "''|No|,|''|he|said");
    check_tokens("\xE2\x80\x9CNo\xE2\x80\x9D", "\xE2\x80\x9C|No|\xE2\x80\x9D");
    check_tokens("one -- two", "one|--|two");
    check_tokens("(a)", "(|a|)");
}

static void test_numbers(void)
{
    check_tokens("1,234.5 boats at 10:30.", "1,234.5|boats|at|10:30|.");
    check_tokens("3rd in the 1990s", "3rd|in|the|1990s");
    check_tokens("$5bn or 7%", "$|5bn|or|7|%");
    check_tokens("in 1914.", "in|1914|.");
}

static void test_addresses(void)
{
    check_tokens("see https://example.org/a?b=c.", "see|https://example.org/a?b=c|.");
    check_tokens("to ana.ruiz@example.com now", "to|ana.ruiz@example.com|now");
    check_tokens("by @anakeller, on", "by|@anakeller|,|on");
}

static void test_shapes(void)
{
    const char *text = "Ana UN mayor McCain J. U.S. 1990s\nend";
    quoth_doc *doc = NULL;
    CHECK(qt_doc_new(&qt_allocator_default, &doc) == QUOTH_OK);
    CHECK(qt_scan_read(quoth_utf8(text, strlen(text)), &doc->arena, &doc->text, &doc->scan, NULL) ==
          QUOTH_OK);
    CHECK(qt_token_split(doc, &doc->arena, &doc->tokens) == QUOTH_OK);
    const qt_token *t = doc->tokens.items;
    if (CHECK(doc->tokens.count == 8)) {
        CHECK(t[0].shape & QT_SHAPE_CAPITAL && !(t[0].shape & QT_SHAPE_UPPER));
        CHECK(t[0].shape & QT_SHAPE_LINE && t[0].shape & QT_SHAPE_SPACE);
        CHECK(t[1].shape & QT_SHAPE_UPPER && !(t[1].shape & QT_SHAPE_LINE));
        CHECK(t[2].shape & QT_SHAPE_LOWER && !(t[2].shape & QT_SHAPE_CAPITAL));
        CHECK(t[3].shape & QT_SHAPE_MIXED);
        CHECK(t[4].shape & QT_SHAPE_INITIAL && t[4].shape & QT_SHAPE_DOT);
        CHECK(t[5].shape & QT_SHAPE_UPPER && t[5].shape & QT_SHAPE_DOT);
        CHECK(t[6].shape & QT_SHAPE_DIGIT && t[6].kind == QT_TOKEN_NUMBER);
        CHECK(t[7].shape & QT_SHAPE_LINE && t[7].kind == QT_TOKEN_WORD);
    }
    quoth_doc_free(doc);
}

int main(void)
{
    test_words_and_marks();
    test_numbers();
    test_addresses();
    test_shapes();
    return check_report("token");
}
