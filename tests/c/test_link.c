#include "reading.h"

/* The entity names of the mentions of text, in order, set apart by a bar; "-" for none. */
static void check_entities(const char *text, const char *expected)
{
    reading r = reading_open(text);
    size_t count, entity_count;
    const quoth_mention *mentions = quoth_doc_mentions(r.doc, &count);
    const quoth_entity *entities = quoth_doc_entities(r.doc, &entity_count);
    char drawn[512] = "";
    uint32_t *seen = calloc(entity_count + 1, sizeof *seen);
    for (size_t i = 0; seen && i < count; i++) {
        uint32_t index = mentions[i].entity;
        quoth_string name = {"-", 1};
        if (index != QUOTH_NONE && CHECK(index < entity_count)) {
            name = entities[index].name;
            seen[index]++;
        }
        snprintf(drawn + strlen(drawn), sizeof drawn - strlen(drawn), "%s%.*s", i ? "|" : "",
                 (int)name.size, name.data);
    }
    for (size_t i = 0; seen && i < entity_count; i++)
        CHECK(seen[i] == entities[i].mention_count && seen[i] > 0);
    free(seen);
    if (!CHECK(strcmp(drawn, expected) == 0))
        printf("    %s\n    %s\n", drawn, expected);
    reading_close(&r);
}

/* The members of the entity of that name, set apart by a bar. */
static void check_members(const char *text, const char *family, const char *expected)
{
    reading r = reading_open(text);
    size_t count, all;
    const quoth_entity *entities = quoth_doc_entities(r.doc, &count);
    const uint32_t *members = quoth_doc_members(r.doc, &all);
    char drawn[512] = "none";
    size_t sum = 0;
    for (size_t i = 0; i < count; i++) {
        const quoth_entity *e = &entities[i];
        bool same = e->name.size == strlen(family) && !memcmp(e->name.data, family, e->name.size);
        CHECK(e->member_first == sum || e->member_count == 0);
        sum += e->member_count;
        if (same)
            drawn[0] = 0;
        for (uint32_t n = 0; same && n < e->member_count && e->member_first + n < all; n++) {
            quoth_string name = entities[members[e->member_first + n]].name;
            snprintf(drawn + strlen(drawn), sizeof drawn - strlen(drawn), "%s%.*s", n ? "|" : "",
                     (int)name.size, name.data);
        }
    }
    CHECK(sum == all);
    if (!CHECK(strcmp(drawn, expected) == 0))
        printf("    %s\n    %s\n", drawn, expected);
    reading_close(&r);
}

/* A family of thousands is one entity with all of them, and takes time linear in them. */
static void check_large_family(void)
{
    enum { PERSONS = 3000, EACH = 40 };
    char *text = malloc((size_t)PERSONS * EACH + 100), *at = text;
    if (!CHECK(text != NULL))
        return;
    for (int i = 0; i < PERSONS; i++)
        at += sprintf(at, "Mr. Anton%c%c%c Keller spoke. ", 'a' + i % 26, 'a' + i / 26 % 26,
                      'a' + i / 676 % 26);
    strcpy(at, "The Kellers left.");
    reading r = reading_open(text);
    size_t count, members;
    const quoth_entity *entities = quoth_doc_entities(r.doc, &count);
    (void)quoth_doc_members(r.doc, &members);
    if (CHECK(count == PERSONS + 1)) {
        CHECK(entities[PERSONS].member_count == PERSONS && members == PERSONS);
        CHECK(entities[0].member_count == 0);
    }
    reading_close(&r);
    free(text);
}

int main(void)
{
    check_entities("Anna Keller and Tom Keller came. The Kellers left. Keller was tired.",
                   "Anna Keller|Tom Keller|Kellers|Tom Keller");
    check_members("Anna Keller and Tom Keller came. The Kellers left.", "Kellers",
                  "Anna Keller|Tom Keller");
    check_members("The Kellers left. Anna Keller came.", "Kellers", "Anna Keller");
    check_members("Anna Keller came. The Keller family left.", "Keller family", "Anna Keller");
    check_members("Anna Keller came. The Keller family left.", "Anna Keller", "");
    check_members("Anna Keller came. The Meiers left.", "Meiers", "none");
    check_members("Anna Jones came. The Joneses left.", "Joneses", "Anna Jones");
    check_members("", "Kellers", "none");
    check_large_family();

    check_entities("", "");
    check_entities("Anna Keller left. Keller was tired.", "Anna Keller|Anna Keller");
    check_entities("Keller was tired. Anna Keller left.", "Anna Keller|Anna Keller");
    check_entities("The U.S. sent a ship to the PRC, and the United States paid China.",
                   "United States|China|United States|China");
    check_entities("The Harbour Safety Board (HSB) met. The HSB left.",
                   "Harbour Safety Board|Harbour Safety Board|Harbour Safety Board");

    reading r = reading_open("They sailed to France.");
    size_t count;
    const quoth_entity *entities = quoth_doc_entities(r.doc, &count);
    if (CHECK(count == 1)) {
        CHECK(entities[0].label == QUOTH_LABEL_GPE);
        CHECK(entities[0].kb_id.size == 4 && memcmp(entities[0].kb_id.data, "Q142", 4) == 0);
    }
    reading_close(&r);
    return check_report("link");
}
