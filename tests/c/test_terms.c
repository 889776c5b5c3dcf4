/* Terms: which are found where, how they are compared, and what is wrong with one. */
#include "check.h"

#include "quoth_extend.h"

static quoth_string string_of(const char *string)
{
    return (quoth_string){string, string ? strlen(string) : 0};
}

static quoth_status make(const quoth_terms_options *options, const char *const *terms,
                         quoth_terms **out)
{
    quoth_status status = quoth_terms_new(options, out);
    for (; status == QUOTH_OK && *terms; terms++)
        status = quoth_terms_add(*out, string_of(*terms), string_of("Q1"), string_of(NULL), NULL);
    if (status == QUOTH_OK)
        status = quoth_terms_build(*out);
    if (status != QUOTH_OK) {
        quoth_terms_free(*out);
        *out = NULL;
    }
    return status;
}

/* The terms found in text are those of expected, which are set apart by "|". */
static void check_found(const quoth_terms_options *options, const char *const *terms,
                        const char *text, const char *expected)
{
    quoth_terms *self = NULL;
    quoth_term_match *matches = NULL;
    size_t count = 0, size = 0;
    char found[400] = "";
    if (!CHECK(make(options, terms, &self) == QUOTH_OK))
        return;
    CHECK(quoth_terms_find(self, quoth_utf8(text, strlen(text)), QUOTH_UNIT_BYTE, &matches, &count,
                           NULL) == QUOTH_OK);
    for (size_t i = 0; i < count; i++) {
        size_t length = matches[i].span.end - matches[i].span.start;
        if (size + length + 2 > sizeof found)
            break;
        if (size)
            found[size++] = '|';
        memcpy(found + size, text + matches[i].span.start, length);
        size += length;
    }
    quoth_terms_release(self, matches);
    quoth_terms_free(self);
    if (!CHECK(size == strlen(expected) && memcmp(found, expected, size) == 0))
        printf("  in '%s': '%.*s', not '%s'\n", text, (int)size, found, expected);
}

static const char *const names[] = {"New York",
                                    "New York Times",
                                    "York",
                                    "Don",
                                    "Brien",
                                    "AT&T",
                                    ".NET",
                                    "Stra\xC3\x9F"
                                    "e",
                                    "O'Brien",
                                    "Jean-Luc Moreau",
                                    "\xE4\xB8\xAD\xE5\x9B\xBD",
                                    "U.S.",
                                    NULL};

static void test_what_is_found(void)
{
    check_found(NULL, names, "The New York Times of New York, not Newyork.",
                "New York Times|New York");
    check_found(NULL, names, "new  york\ntimes", "new  york\ntimes");
    check_found(NULL, names, "New\n\nYork", "York");
    check_found(NULL, names, "Don't. Don's DON, Donald; don.It Don-Don x.Don",
                "Don|DON|don|Don|Don|Don");
    check_found(NULL, names, "O'Brien said, Brien said", "O'Brien|Brien");
    check_found(NULL, names,
                "O\xE2\x80\x99"
                "Brien and Jean\xE2\x80\x91Luc Moreau",
                "O\xE2\x80\x99"
                "Brien|Jean\xE2\x80\x91Luc Moreau");
    check_found(NULL, names, "STRASSE, strasse, Strassen", "STRASSE|strasse");
    check_found(NULL, names, "AT&T's .NET and AT & T", "AT&T|.NET");
    check_found(NULL, names, "\xE5\x9C\xA8\xE4\xB8\xAD\xE5\x9B\xBD\xE4\xBA\xBA",
                "\xE4\xB8\xAD\xE5\x9B\xBD");
    check_found(NULL, names, "the U.S. and the u.s.", "U.S.|u.s.");
    check_found(NULL, names, "", "");
}

static void test_policies(void)
{
    quoth_terms_options exact_case = {.exact_case = true};
    quoth_terms_options exact_marks = {.exact_marks = true};
    check_found(&exact_case, names, "york York YORK", "York");
    check_found(&exact_case, names,
                "O\xE2\x80\x99"
                "Brien",
                "O\xE2\x80\x99"
                "Brien");
    check_found(&exact_marks, names,
                "O\xE2\x80\x99"
                "Brien o'brien",
                "o'brien");
}

static void test_errors(void)
{
    quoth_terms *self = NULL;
    quoth_error error = {0};
    char many[200];
    for (size_t i = 0; i < sizeof many; i++)
        many[i] = i % 2 ? ' ' : 'x';
    CHECK(quoth_terms_new(NULL, &self) == QUOTH_OK);
    quoth_string none = string_of(NULL);
    CHECK(quoth_terms_add(self, string_of("fine"), none, none, &error) == QUOTH_OK);
    CHECK(quoth_terms_add(self, string_of("  "), none, none, &error) == QUOTH_ERROR_ARGUMENT);
    CHECK(error.position == 1 && strcmp(error.message, "expected 1 to 64 words") == 0);
    CHECK(quoth_terms_add(self, (quoth_string){many, 131}, none, none, NULL) ==
          QUOTH_ERROR_ARGUMENT);
    CHECK(quoth_terms_add(self, (quoth_string){many, 127}, none, none, NULL) == QUOTH_OK);
    CHECK(quoth_terms_add(self, string_of("\xFF"), none, none, NULL) == QUOTH_ERROR_UTF8);
    CHECK(quoth_terms_add(self, string_of("a"), string_of("\xC3"), none, NULL) == QUOTH_ERROR_UTF8);
    CHECK(quoth_terms_count(self) == 2);
    CHECK(quoth_terms_build(self) == QUOTH_OK && quoth_terms_memory(self) > 0);
    CHECK(quoth_terms_add(self, string_of("late"), none, none, NULL) == QUOTH_ERROR_ARGUMENT);
    quoth_terms_free(self);
    quoth_terms_free(NULL);
}

/* Thousands of terms, each found as itself: no two share what they stand for. */
static void test_many(void)
{
    enum { MANY = 20000 };
    quoth_terms *self = NULL;
    char term[40];
    size_t wrong = 0;
    CHECK(quoth_terms_new(NULL, &self) == QUOTH_OK);
    for (int i = 0; i < MANY; i++) {
        (void)snprintf(term, sizeof term, "%x word %d", i % 97, i);
        wrong += quoth_terms_add(self, string_of(term), string_of(NULL), string_of(term), NULL) !=
                 QUOTH_OK;
    }
    CHECK(quoth_terms_build(self) == QUOTH_OK);
    for (int i = 0; i < MANY; i++) {
        quoth_term_match *matches = NULL;
        size_t count = 0;
        (void)snprintf(term, sizeof term, "%X  WORD %d!", i % 97, i);
        wrong += quoth_terms_find(self, quoth_utf8(term, strlen(term)), QUOTH_UNIT_BYTE, &matches,
                                  &count, NULL) != QUOTH_OK;
        wrong += count != 1 || matches[0].term != (uint32_t)i;
        quoth_terms_release(self, matches);
    }
    CHECK(wrong == 0);
    quoth_terms_free(self);
}

static const char text[] =
    "LISBON (AP) - \xE2\x80\x9CThe Harbour Party will win,\xE2\x80\x9D said Anna Keller of the "
    "Dock "
    "Union. The Harbour Party's leader, Jo\xC3\xA3o Silva, said that he would not stand.";

/* Makes terms, a pipeline with them, and reads a text; *found: mentions and matches of theirs. */
static quoth_status read_with_terms(const quoth_allocator *allocator, size_t *found)
{
    static const char *const parties[] = {"Harbour Party", "Jo\xC3\xA3o Silva", "Party", NULL};
    quoth_terms_options terms_options = {.allocator = allocator};
    quoth_terms *terms = NULL;
    quoth_pipeline *pipeline = NULL;
    quoth_scratch *scratch = NULL;
    quoth_doc *doc = NULL;
    quoth_status status = make(&terms_options, parties, &terms);
    quoth_finder finders[2] = {{.terms = terms, .rule = "terms", .label = QUOTH_LABEL_OWN},
                               {.terms = terms,
                                .rule = "beside",
                                .label = QUOTH_LABEL_ORG,
                                .overlap = QUOTH_OVERLAP_BESIDE}};
    quoth_knowledge knowledge = {.finders = finders, .finder_count = 2};
    quoth_options options = {.allocator = allocator, .knowledge = &knowledge};
    *found = 0;
    if (status == QUOTH_OK)
        status = quoth_pipeline_new(&options, &pipeline, NULL);
    if (status == QUOTH_OK)
        status = quoth_scratch_new(pipeline, &scratch);
    if (status == QUOTH_OK)
        status = quoth_read(pipeline, scratch, quoth_utf8(text, sizeof text - 1), 0, &doc, NULL);
    if (status == QUOTH_OK) {
        size_t mentions, matches, finds;
        const quoth_mention *m = quoth_doc_mentions(doc, &mentions);
        (void)quoth_doc_matches(doc, &matches);
        (void)quoth_doc_finds(doc, &finds);
        for (size_t i = 0; i < mentions; i++)
            *found += m[i].find && (int)m[i].label == QUOTH_LABEL_OWN;
        *found = *found * 100 + matches * 10 + finds;
    }
    quoth_doc_free(doc);
    quoth_scratch_free(scratch);
    quoth_pipeline_free(pipeline);
    quoth_terms_free(terms);
    return status;
}

static void test_every_allocation_fails_in_turn(void)
{
    check_memory memory = {0};
    quoth_allocator allocator = check_allocator(&memory);
    size_t expected;
    CHECK(read_with_terms(&allocator, &expected) == QUOTH_OK && memory.held == 0);
    CHECK(expected == 3 * 100 + 3 * 10 + 6);
    check_every_allocation(read_with_terms, expected, 8);
}

int main(void)
{
    test_what_is_found();
    test_policies();
    test_errors();
    test_many();
    test_every_allocation_fails_in_turn();
    return check_report("terms");
}
