/* SPDX-License-Identifier: BSD-2-Clause */
/* audit_views.c - the audit log for people: words instead of field names, names instead of numbers. */
#include "rooms/audit/audit_views.h"

#include <string.h>

#include "core/text.h"
#include "edge/locale.h"
#include "edge/locale_date.h"
#include "rooms/audit/audit_words.h"
#include "web/filter.h"
#include "web/moment.h"
#include "web/resource.h"
#include "web/resource_store.h"

static const char *
noun_label(struct req *r, const char *noun)
{
	const struct resource *resource = resource_find(r->site, noun);

	return resource != NULL ? locale_text(resource->title_one) : audit_noun_label(noun);
}

/* What a page needs to give names to the numbers of references: loaded once for each noun that comes up. */
struct naming {
	struct req *r;
	const char *of;
	struct db_rows names;
};

static const char *
names_of(struct naming *naming, const char *of, const char *ids)
{
	struct arena *arena = naming->r->arena;
	struct str out;
	uint64_t id;
	size_t len;

	if (naming->of == NULL || strcmp(naming->of, of) != 0) {
		naming->of = of;
		if (resource_names(naming->r, of, NULL, &naming->names) == GOT_ERROR)
			naming->names.count = 0;
	}
	str_init(&out, arena);
	for (; *ids != '\0'; ids += len + (ids[len] == ',')) {
		len = strcspn(ids, ",");
		if (!text_to_u64(arena_text_of(arena, ids, len), &id) || id == 0)
			continue;
		str_add(&out, out.len > 0 ? ", " : "");
		str_add(&out, resource_name(arena, &naming->names, id));
	}
	return out.data;
}

/* A moment in the reader's zone. */
static const char *
moment_shown(struct arena *arena, const char *value)
{
	clock_ms moment;

	return clock_from_iso(value, &moment) ? locale_moment(arena, moment) : value;
}

/* A stored value as its field shows it. */
static const char *
value_shown(struct naming *naming, const struct field *field, const char *value)
{
	const struct field_choice *choice;

	if (text_is_blank(value))
		return "";
	if (field->of != NULL)
		return names_of(naming, field->of, value);
	if (field->type == FIELD_TYPE_BOOL)
		return locale_text(strcmp(value, "1") == 0 ? N_("Yes") : N_("No"));
	for (choice = field->choices; choice != NULL && choice->value != NULL; choice++)
		if (strcmp(choice->value, value) == 0)
			return locale_text(choice->label);
	if (field->type == FIELD_TYPE_TIME)
		return moment_shown(naming->r->arena, value);
	if ((field->flags & FIELD_DAY) != 0)
		return locale_day_text(naming->r->arena, value);
	return value;
}

/* A moment or a day as programs read it, which is as it is stored; NULL for other values. */
static const char *
value_iso(const struct field *field, const char *value)
{
	clock_ms moment;
	int64_t day;
	bool is_known = field->type == FIELD_TYPE_TIME ? clock_from_iso(value, &moment)
		: (field->flags & FIELD_DAY) != 0 && clock_day_read(value, &day);

	return is_known ? value : NULL;
}

struct shown {
	struct naming *naming;
	const struct resource *resource;
	struct page_node *node;
	uint64_t count;
};

static bool
change_show(void *arg, const char *name, struct json *pair)
{
	struct shown *shown = arg;
	const struct field *own = shown->resource != NULL ? field_find(shown->resource->fields, name) : NULL;
	const struct field *field = own != NULL && own->label != NULL ? own : audit_member(shown->naming->r->arena, name);
	const char *was = json_value_text(json_at(pair, 0)), *is = json_value_text(json_at(pair, 1));
	const char *before = value_shown(shown->naming, field, was), *after = value_shown(shown->naming, field, is);
	struct page_node *node;

	if (before[0] == '\0' && after[0] == '\0')          /* of a new row */
		return true;
	shown->count++;
	node = page_add(shown->node, "Changes");
	page_set(node, "Label", locale_text(field->label));
	page_set(node, "Before", before);
	page_set(node, "BeforeIso", value_iso(field, was));
	page_set(node, "After", after);
	page_set(node, "AfterIso", value_iso(field, is));
	return true;
}

/* The settings of a company are entries of the noun "setting", by the name of what was set. */
static const struct resource *
row_resource(struct req *r, const struct audit_row *row)
{
	return resource_find(r->site, strcmp(row->noun, "setting") == 0 ? row->noun_name : row->noun);
}

/* Chats that were erased for their age are entries of the noun "conversation", by the day on which they were. */
static const char *
row_name(struct req *r, const struct audit_row *row)
{
	return strcmp(row->noun, "conversation") == 0 ? locale_day_text(r->arena, row->noun_name) : row->noun_name;
}

static void
row_show(struct req *r, struct naming *naming, const struct audit_row *row)
{
	const struct resource *resource = row_resource(r, row);
	struct shown shown = { .naming = naming, .resource = resource, .node = page_add(r->page, "Audit.Rows") };
	const char *problem;
	const struct json *difference = json_parse(r->arena, row->difference, strlen(row->difference), &problem);
	const bool is_setting = resource != NULL && resource->is_single;

	page_set_u64(shown.node, "Id", row->id);
	moment_show_seconds(r, shown.node, "At", row->at);
	page_set(shown.node, "Kind", row->actor_kind);
	page_set(shown.node, "KindLabel", audit_kind_label(row->actor_kind));
	page_set(shown.node, "Actor", row->actor_name);
	page_set(shown.node, "Address", row->address);
	page_set(shown.node, "Action", audit_action_label(row->action));
	page_set(shown.node, "Noun", is_setting ? locale_text(N_("Settings")) : noun_label(r, row->noun));
	page_set(shown.node, "Name", is_setting ? locale_text(resource->title) : row_name(r, row));
	page_set(shown.node, "Company", row->tenant_name);
	if (!text_is_blank(row->tenant_name))
		page_setf(shown.node, "Path", "/host/tenants/%llu", (unsigned long long)row->tenant_id);
	if (json_is_object(difference))
		json_each(difference, change_show, &shown);
	page_set_u64(shown.node, "Count", shown.count);
}

static const char *const kept[] = { "q", "noun", "id", "action", "by", "actor", "from", "to", "tenant", NULL };

void
audit_rows_show(struct req *r, const struct db_rows *rows, size_t most)
{
	const struct audit_row *row = rows->rows;
	struct naming naming = { .r = r };
	size_t i;

	for (i = 0; i < rows->count && i < most; i++)
		row_show(r, &naming, &row[i]);
	if (rows->count > most)
		page_set(r->page, "Audit.Next", filter_link(r, r->path, kept,
			arena_printf(r->arena, "%llu", (unsigned long long)row[most - 1].id)));
	page_set(r->page, "Audit.Path", r->path);
	page_set(r->page, "Audit.Export", filter_link(r, arena_printf(r->arena, "%s.csv", r->path), kept, NULL));
}

static void
choice_add(struct req *r, const char *list, const struct audit_word *word, bool is_selected)
{
	struct page_node *node = page_add(r->page, list);

	page_set(node, "Value", word->name);
	page_set(node, "Label", word->label);
	page_set_bool(node, "Selected", is_selected);
}

static void
nouns_show(struct req *r, const char *chosen, const struct db_rows *kinds)
{
	const struct audit_row *row = kinds->rows;
	struct audit_word word;
	size_t i;

	for (i = 0; i < kinds->count; i++) {
		if (i > 0 && strcmp(row[i].noun, row[i - 1].noun) == 0)
			continue;
		word = (struct audit_word){ row[i].noun, noun_label(r, row[i].noun) };
		choice_add(r, "Filter.Nouns", &word, strcmp(chosen, row[i].noun) == 0);
	}
}

/* Each word once, though many nouns have it. */
static void
actions_show(struct req *r, const char *chosen, const struct db_rows *kinds)
{
	const struct audit_row *row = kinds->rows;
	struct audit_word word;
	size_t i, k;

	for (i = 0; i < kinds->count; i++) {
		const char *name = audit_action_word(row[i].action);

		for (k = 0; k < i && strcmp(audit_action_word(row[k].action), name) != 0; k++)
			continue;
		word = (struct audit_word){ name, audit_action_label(name) };
		if (k == i)
			choice_add(r, "Filter.Actions", &word, strcmp(chosen, name) == 0);
	}
}

void
audit_filter_show(struct req *r, const struct audit_filter *filter, const struct db_rows *kinds)
{
	struct audit_word word;
	size_t i;

	page_set(r->page, "Filter.Words", filter->words);
	page_set(r->page, "Filter.From", req_query(r, "from"));
	page_set(r->page, "Filter.To", req_query(r, "to"));
	page_set_bool(r->page, "Audit.IsLater", filter->before_id != 0);
	page_set_bool(r->page, "Filter.On", filter->words[0] != '\0' || filter->noun[0] != '\0' || filter->actor_kind[0] != '\0'
		|| filter->action[0] != '\0' || filter->from != 0 || filter->to != 0 || filter->noun_id != 0 || filter->actor_id != 0);
	for (i = 0; i < audit_kind_count; i++) {
		word = (struct audit_word){ audit_kinds[i].name, locale_text(audit_kinds[i].label) };
		choice_add(r, "Filter.Kinds", &word, strcmp(filter->actor_kind, audit_kinds[i].name) == 0);
	}
	nouns_show(r, filter->noun, kinds);
	actions_show(r, filter->action, kinds);
}

struct json *
audit_json(struct arena *arena, const struct audit_row *row)
{
	struct json *json = json_new_object(arena), *actor = json_new_object(arena);
	const char *problem;

	json_set_u64(json, "id", row->id);
	json_set_text(json, "at", clock_iso(arena, row->at));
	json_set_text(actor, "kind", row->actor_kind);
	json_set_u64(actor, "id", row->actor_id);
	json_set_text(actor, "name", row->actor_name);
	json_set_text(actor, "address", row->address);
	json_set(json, "actor", actor);
	json_set_text(json, "action", row->action);
	json_set_text(json, "noun", row->noun);
	json_set_u64(json, "noun_id", row->noun_id);
	json_set_text(json, "name", row->noun_name);
	json_set(json, "difference", json_parse(arena, row->difference, strlen(row->difference), &problem));
	return json;
}

struct json *
audit_host_json(struct arena *arena, const struct audit_row *row)
{
	struct json *json = audit_json(arena, row), *tenant = json_new_object(arena);

	json_set_u64(tenant, "id", row->tenant_id);
	json_set_text(tenant, "name", row->tenant_name);
	if (row->tenant_id != 0)
		json_set(json, "tenant", tenant);
	else
		json_set_text(json, "tenant", NULL);
	return json;
}
