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

int main(void)
{
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
