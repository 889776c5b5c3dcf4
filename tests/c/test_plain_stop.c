/* The short cut for clear full stops says what the rules say, on texts put together at random. */
#include "boundary.h"
#include "check.h"
#include "plain_stop.h"

enum { TEXTS = 20000, PIECES = 60, TEXT_MOST = 4096 };

static const char *const words[] = {
    "the",
    "harbour",
    "Keller",
    "Mr",
    "approx",
    "Messrs",
    "Corp",
    "Inc",
    "U.S",
    "p.m",
    "No",
    "A",
    "b",
    "J",
    "2016",
    "12",
    "3",
    "F16",
    "Ph.D",
    "al",
    "don't",
    "well-known",
    "(here)",
    "Bundesrepublik",
    "\xC3\xA9t\xC3\xA9",
    "caf\xC3\xA9",
    "Jan",
    "Monday",
    "and",
    "e.g",
    "St",
    "vs",
    "I",
    "iPhone",
    "example",
    "com",
    "Thanks",
    "regards",
    "Amb",
    "Bundesverfassung",
    "x/y",
    "R&D",
    "It",
    "Yahoo",
    "why",
    "rep",
    "Sen",
    "ET",
    "et",
    "col",
    "Rep",
    "Dr",
    "eBay",
};
static const char *const stops[] = {".",   ".", ".", ".", ".",  "?",           "!",
                                    "...", ":", ",", "",  "..", "\xE2\x80\xA6"};
static const char *const closers[] = {"",  "",  "",  "",    "\"",  "\xE2\x80\x9D", "\xE2\x80\x99",
                                      "'", ")", "]", "\".", "[1]", "''",           "''"};
static const char *const gaps[] = {" ", " ", " ", " ", "  ", "   ", "", "\xC2\xA0", "\n"};
static const char *const openers[] = {
    "",   "",  "",   "", "", "\"", "\xE2\x80\x9C", "\xE2\x80\x98", "(", "[", "\xE2\x80\x94",
    "- ", "3", "''", "'"};

static uint32_t pick(uint64_t *state, size_t count)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)((*state >> 33) % count);
}

#define PICK(list) (list)[pick(state, sizeof(list) / sizeof *(list))]

static size_t make_text(uint64_t *state, char *out)
{
    out[0] = '\0';
    for (int i = 0; i < PIECES; i++) {
        const char *word = PICK(words);
        strcat(out, PICK(openers));
        strcat(out, word);
        if (pick(state, 3) == 0) {
            strcat(out, PICK(stops));
            strcat(out, PICK(closers));
        }
        strcat(out, PICK(gaps));
    }
    return strlen(out);
}

static size_t list_gaps(const qt_text *text, const qt_scan *scan,
                        const qt_abbreviations *abbreviations, bool no_short_cut, quoth_span *out)
{
    quoth_span whole = qt_text_trim(text, (quoth_span){0, text->size});
    qt_boundaries boundaries = qt_boundary_first(text, scan, abbreviations, whole);
    boundaries.rules_only = true;
    boundaries.no_short_cut = no_short_cut;
    size_t count = 0;
    while (qt_boundary_next(&boundaries, &out[count]))
        count++;
    return count;
}

static void compare(const char *bytes, size_t size, const qt_abbreviations *abbreviations,
                    size_t *found)
{
    static quoth_span quick[TEXT_MOST], slow[TEXT_MOST];
    qt_arena arena;
    qt_text text;
    qt_scan scan;
    qt_arena_init(&arena, &qt_allocator_default);
    CHECK(qt_scan_read(quoth_utf8(bytes, size), &arena, &text, &scan, NULL) == QUOTH_OK);
    size_t count = list_gaps(&text, &scan, abbreviations, false, quick), i = 0;
    size_t expected = list_gaps(&text, &scan, abbreviations, true, slow);
    while (i < count && i < expected && !memcmp(&quick[i], &slow[i], sizeof *quick))
        i++;
    if (!CHECK(i == count && i == expected)) {
        uint32_t from = i ? slow[i - 1].end : 0;
        printf("    differ from the next sentence on: %.200s\n", bytes + from);
    }
    *found += count;
    qt_arena_free(&arena);
}

static void test_short_cut_changes_nothing(void)
{
    static const char *const own[] = {"Amb.", "harbour", "Bundesverfassung."};
    static char text[TEXT_MOST];
    qt_abbreviations abbreviations[2];
    uint64_t state = 1;
    size_t found = 0;
    CHECK(qt_abbreviations_init(&abbreviations[0], &qt_allocator_default, NULL, 0, NULL) ==
          QUOTH_OK);
    CHECK(qt_abbreviations_init(&abbreviations[1], &qt_allocator_default, own, 3, NULL) ==
          QUOTH_OK);
    for (int i = 0; i < TEXTS; i++) {
        size_t size = make_text(&state, text);
        compare(text, size, &abbreviations[i % 2], &found);
    }
    CHECK(found > TEXTS);
    qt_abbreviations_free(&abbreviations[0]);
    qt_abbreviations_free(&abbreviations[1]);
}

static qt_plain_verdict verdict(const char *bytes, uint32_t at, quoth_span *gap)
{
    qt_arena arena;
    qt_text text;
    qt_scan scan;
    qt_abbreviations abbreviations;
    qt_arena_init(&arena, &qt_allocator_default);
    CHECK(qt_abbreviations_init(&abbreviations, &qt_allocator_default, NULL, 0, NULL) == QUOTH_OK);
    CHECK(qt_scan_read(quoth_utf8(bytes, strlen(bytes)), &arena, &text, &scan, NULL) == QUOTH_OK);
    qt_plain_verdict out = qt_plain_stop(&text, &abbreviations, 0, at, text.size, gap);
    qt_abbreviations_free(&abbreviations);
    qt_arena_free(&arena);
    return out;
}

/* Without this the comparison above would hold for a short cut that never takes anything, too. */
static void test_clear_stops(void)
{
    quoth_span gap = {0, 0};
    CHECK(verdict("We saw the harbour. The ship left.", 18, &gap) == QT_PLAIN_END);
    CHECK(gap.start == 19 && gap.end == 20);
    CHECK(verdict("\"We saw the harbour.\"  \"The ship left.", 19, &gap) == QT_PLAIN_END);
    CHECK(gap.start == 21 && gap.end == 23);
    CHECK(verdict("It went up by 3.5 per cent there.", 15, &gap) == QT_PLAIN_NONE);
    CHECK(verdict("She looked at example.org for it.", 21, &gap) == QT_PLAIN_NONE);
    CHECK(verdict("Is that the harbour? The ship left.", 19, &gap) == QT_PLAIN_END);
    CHECK(verdict("They work for Yahoo! Answers, they say.", 19, &gap) == QT_PLAIN_UNCLEAR);
    CHECK(verdict("It was Acme Corp. The ship left.", 16, &gap) == QT_PLAIN_UNCLEAR);
    CHECK(verdict("We saw the U.S. troops there then.", 12, &gap) == QT_PLAIN_NONE);
    CHECK(verdict("We saw the U.S. troops there then.", 14, &gap) == QT_PLAIN_NONE);
    CHECK(verdict("It began in 2016. The ship left it.", 16, &gap) == QT_PLAIN_END);
    CHECK(verdict("It began (or so). The ship left it.", 16, &gap) == QT_PLAIN_END);
    CHECK(verdict("''It had begun.'' The ship left it.", 14, &gap) == QT_PLAIN_END);
    CHECK(gap.start == 17 && gap.end == 18);
    CHECK(verdict("We saw the U.S. The ship left it.", 14, &gap) == QT_PLAIN_UNCLEAR);
}

int main(void)
{
    test_short_cut_changes_nothing();
    test_clear_stops();
    return check_report("plain_stop");
}
