#include "lexicon.h"
#include "check.h"
#include "scan.h"

static uint64_t fold(const char *bytes)
{
    qt_arena arena;
    qt_text text;
    qt_scan scan;
    qt_arena_init(&arena, &qt_allocator_default);
    CHECK(qt_scan_read(quoth_utf8(bytes, strlen(bytes)), &arena, &text, &scan, NULL) == QUOTH_OK);
    uint64_t hash = qt_fold_hash(QT_HASH_EMPTY, &text, 0, text.size);
    qt_arena_free(&arena);
    return hash;
}

static void test_folding(void)
{
    CHECK(fold("january") == qt_hash_string(QT_HASH_EMPTY, "january"));
    CHECK(fold("JANUARY") == fold("january") && fold("January") == fold("january"));
    CHECK(fold("\xC3\x89tat") == fold("\xC3\xA9tat"));
    CHECK(fold("don\xE2\x80\x99t") == fold("don't"));
    CHECK(fold("kim jong\xE2\x80\x90un") == fold("kim jong-un"));
    CHECK(fold("new\xC2\xA0york") == fold("new york"));
    CHECK(fold("january") != fold("february"));
    CHECK(fold("") == QT_HASH_EMPTY);
    /* in two pieces as in one */
    uint64_t half = qt_hash_string(QT_HASH_EMPTY, "new ");
    CHECK(qt_hash_string(half, "york") == fold("New York"));
}

static void test_finding(void)
{
    const qt_lexeme *month = qt_lexicon_find(fold("January"));
    if (CHECK(month != NULL))
        CHECK(month->classes & QT_WORD_MONTH && month->key == fold("January"));
    CHECK(qt_lexicon_find(fold("no such word in any list")) == NULL);
}

static void test_terms(void)
{
    const qt_lexeme *france = qt_lexicon_find(fold("France"));
    if (CHECK(france != NULL) && CHECK(france->term != QUOTH_NONE)) {
        const qt_term *term = qt_lexicon_term(france->term);
        CHECK(strcmp(term->name, "France") == 0);
        CHECK(term->label == QUOTH_LABEL_GPE);
        CHECK(strcmp(term->kb_id, "Q142") == 0);
    }
    const qt_lexeme *french = qt_lexicon_find(fold("French"));
    if (CHECK(french != NULL) && CHECK(french->term != QUOTH_NONE)) {
        const qt_term *term = qt_lexicon_term(french->term);
        CHECK(term->label == QUOTH_LABEL_NORP);
        if (CHECK(term->of != QUOTH_NONE))
            CHECK(strcmp(qt_lexicon_term(term->of)->name, "France") == 0);
    }
}

int main(void)
{
    test_folding();
    test_finding();
    test_terms();
    return check_report("lexicon");
}
