#include "link.h"

#include "family.h"
#include "link_choice.h"
#include "link_group.h"
#include "metonym.h"
#include "namesake.h"
#include "pronoun.h"

#include <string.h>

static quoth_string string_of(const char *string)
{
    return (quoth_string){string, strlen(string)};
}

static quoth_status name_entity(qt_linker *self, qt_arena *arena, qt_group *g, qt_links *out)
{
    quoth_entity *entity = qt_push(arena, &out->entities);
    if (!entity)
        return QUOTH_ERROR_MEMORY;
    quoth_span span = self->mentions->items[g->longest].span;
    if (g->noun != QUOTH_NONE)
        span.end = self->tokens[g->noun].end;
    *entity = (quoth_entity){
        .name = {(const char *)self->doc->text.bytes + span.start, span.end - span.start},
        .label = (quoth_label)g->label};
    if (g->term != QUOTH_NONE) {
        const qt_term *term = qt_lexicon_term(g->term);
        /* A person is called what the document says: William Clinton stays Bill. */
        if (g->label != QUOTH_LABEL_PERSON)
            entity->name = string_of(term->name);
        entity->kb_id = term->kb_id[0] ? string_of(term->kb_id) : (quoth_string){NULL, 0};
    }
    quoth_term own;
    if (g->own != QUOTH_NONE &&
        qt_knowledge_term(self->doc, &self->mentions->items[g->own], &own)) {
        entity->name = own.name.data ? own.name : entity->name;
        entity->kb_id = own.kb_id.data ? own.kb_id : entity->kb_id;
    }
    g->entity = out->entities.count - 1;
    return QUOTH_OK;
}

static quoth_status make_entities(qt_linker *self, qt_arena *arena, qt_links *out)
{
    for (uint32_t i = 0; i < self->mentions->count; i++) {
        quoth_mention *m = &self->mentions->items[i];
        if (!qt_label_is_name(m->label))
            continue;
        uint32_t found = qt_link_choose(self, i);
        qt_group *g = &self->groups.items[found];
        g->seen = i;
        g->count++;
        if (g->entity == QUOTH_NONE && name_entity(self, arena, g, out) != QUOTH_OK)
            return QUOTH_ERROR_MEMORY;
        m->entity = g->entity;
        out->entities.items[g->entity].mention_count++;
    }
    return QUOTH_OK;
}

/* The gender of each entity, from all the mentions that were linked to it. */
static quoth_status find_genders(qt_linker *self, qt_arena *arena, qt_links *out)
{
    out->genders = qt_arena_alloc(arena, (size_t)out->entities.count + 1);
    if (!out->genders)
        return QUOTH_ERROR_MEMORY;
    for (uint32_t i = 0; i < self->mentions->count; i++) {
        uint32_t entity = self->mentions->items[i].entity;
        if (entity != QUOTH_NONE && !out->genders[entity])
            out->genders[entity] = qt_link_gender(self, i);
    }
    return QUOTH_OK;
}

quoth_status qt_link_mentions(const struct quoth_doc *doc, quoth_scratch *scratch, qt_arena *arena,
                              qt_mentions *inout, qt_links *out)
{
    qt_linker self = {.doc = doc,
                      .tokens = doc->tokens.items,
                      .temporary = &scratch->temporary,
                      .mentions = inout};
    quoth_status status = qt_link_group(&self);
    if (status == QUOTH_OK)
        status = qt_metonym_link(&self);
    if (status == QUOTH_OK)
        status = qt_family_group(&self);
    if (status == QUOTH_OK)
        status = make_entities(&self, arena, out);
    if (status == QUOTH_OK)
        status = qt_namesake_drop(&self, out);
    if (status == QUOTH_OK)
        status = qt_family_members(&self, arena, out);
    if (status == QUOTH_OK)
        status = find_genders(&self, arena, out);
    return status == QUOTH_OK
               ? qt_pronoun_resolve(doc, inout, out->genders, self.temporary, arena, out)
               : status;
}
