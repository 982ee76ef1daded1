/* SPDX-License-Identifier: BSD-2-Clause */
/* form.c - what people and programs send, read by a field table, and shown again with the complaints beside the fields. */
#include "web/form.h"

#include <string.h>

#include "core/text.h"
#include "edge/crypt.h"
#include "edge/locale.h"
#include "web/moment.h"

#define URL_MAX 2000         /* characters of an address, unless the field says otherwise: core/field_read.c */

/* How templates/shell/form.cs calls the types. */
static const char *const type_words[] = {
	[FIELD_TYPE_END] = "", [FIELD_TYPE_U64] = "number", [FIELD_TYPE_I64] = "number", [FIELD_TYPE_BOOL] = "yesno",
	[FIELD_TYPE_TIME] = "time", [FIELD_TYPE_TEXT] = "text", [FIELD_TYPE_LONG_TEXT] = "long",
	[FIELD_TYPE_EMAIL] = "email", [FIELD_TYPE_URL] = "url", [FIELD_TYPE_COLOUR] = "colour",
	[FIELD_TYPE_CHOICE] = "choice", [FIELD_TYPE_ZONE] = "zone", [FIELD_TYPE_BYTES] = "", [FIELD_TYPE_REFERENCE] = "reference",
	[FIELD_TYPE_SET] = "set", [FIELD_TYPE_WORDS] = "words"
};

void
form_init(struct form *form, const struct field *fields)
{
	memset(form, 0, sizeof(*form));
	form->fields = fields;
}

static void
problem_add(struct form *form, const char *field, const char *message, const char *limit)
{
	size_t at = form->problem_count;

	if (at == FORM_PROBLEMS_MAX)
		return;
	form->problems[at].field = field;
	form->problems[at].message = message;
	form->problems[at].limit = limit != NULL && limit[0] != '\0' ? limit : NULL;
	form->problem_count++;
}

void
form_problem(struct req *r, struct form *form, const char *field, const char *message, const char *limit)
{
	problem_add(form, field, locale_fill(r->arena, message, limit), limit);
}

void
form_problem_text(struct form *form, const char *field, const char *message)
{
	problem_add(form, field, message, NULL);
}

void
form_problem_of_field(struct req *r, struct form *form, const char *field, const struct field_problem *problem)
{
	problem_add(form, field, locale_fill_two(r->arena, problem->text, problem->detail, problem->until),
		problem->until != NULL ? problem->until : problem->detail);
}

bool
form_is_good(const struct form *form)
{
	return form->problem_count == 0;
}

/* Is the field written through forms and the API? */
static bool
field_is_written(const struct field *field)
{
	return (field->flags & FIELD_FORM) != 0 && (field->flags & (FIELD_KEY | FIELD_READONLY)) == 0
		&& field->type != FIELD_TYPE_BYTES;
}

/* What JSON says in another type than the field's is a mistake, and would mean something: "days": true is no day. A number may come
 * as a text, and the other way round. */
static bool
json_fits(const struct field *field, const struct json *value)
{
	switch (json_kind(value)) {
	case JSON_KIND_BOOL:
		return field->type == FIELD_TYPE_BOOL;
	case JSON_KIND_ARRAY:
		return field->type == FIELD_TYPE_SET || field->type == FIELD_TYPE_WORDS;
	case JSON_KIND_REAL:
		return !field_is_text(field);        /* others say which numbers they take */
	case JSON_KIND_OBJECT:
		return false;
	default:
		return true;
	}
}

static void
form_read_field(struct req *r, struct form *form, const struct field *field, void *row)
{
	bool is_list = field->type == FIELD_TYPE_SET || field->type == FIELD_TYPE_WORDS;
	const char *value = is_list ? req_param_list(r, field->name) : req_param(r, field->name);
	struct field_problem problem = { .text = NULL };

	if ((value == NULL && req_has(r, field->name)) || !json_fits(field, json_get(r->json, field->name))) {
		form_problem(r, form, field->name, N_("has a value of the wrong type"), NULL);
		return;
	}
	if (!field_read(r->arena, field, value, row, &problem))
		form_problem_of_field(r, form, field->name, &problem);
}

void
form_check(struct req *r, struct form *form, const struct field *fields, void *row)
{
	struct field_problem problem;
	const struct field *field;

	for (field = fields; field->name != NULL; field++)
		if ((field->flags & FIELD_FORM) != 0 && !form_is_wrong(form, field->name)
			&& !field_read(r->arena, field, field_show(r->arena, field, row), row, &problem))
			form_problem_of_field(r, form, field->name, &problem);
}

struct form_members {
	struct req *r;
	struct form *form;
};

/* A misspelt member must not be lost in silence. */
static bool
form_check_member(void *arg, const char *name, struct json *value)
{
	struct form_members *members = arg;
	const struct field *field = field_find(members->form->fields, name);

	(void)value;
	if (field == NULL || (field->flags & (FIELD_FORM | FIELD_READONLY | FIELD_KEY | FIELD_LIST)) == 0)
		form_problem(members->r, members->form, name, N_("is not a field"), NULL);
	else if (!field_is_written(field))
		form_problem(members->r, members->form, name, N_("cannot be changed"), NULL);
	return members->form->problem_count < FORM_PROBLEMS_MAX;
}

bool
form_read(struct req *r, struct form *form, void *row, bool only_given)
{
	struct form_members members = { r, form };
	const struct field *field;

	for (field = form->fields; field->name != NULL; field++)
		if (field_is_written(field) && (!only_given || req_has(r, field->name)))
			form_read_field(r, form, field, row);
	if (r->json != NULL)
		json_each(r->json, form_check_member, &members);
	return form_is_good(form);
}

const char *
form_mark(struct req *r, const struct form *form, const void *row)
{
	unsigned char hash[CRYPT_HASH_LEN];
	const struct field *field;
	struct str shown;

	str_init(&shown, r->arena);
	for (field = form->fields; field->name != NULL; field++)
		if (field_is_written(field) || strcmp(field->name, "updated_at") == 0)
			str_addf(&shown, "%s=%s\n", field->name, field_show(r->arena, field, row));
	crypt_sha256(shown.data, shown.len, hash);
	return text_to_base64url(r->arena, hash, sizeof(hash));
}

void
form_check_mark(struct req *r, struct form *form, const void *row)
{
	const char *was = req_body_param(r, "was");

	form->was = form_mark(r, form, row);
	if (was != NULL && strcmp(was, form->was) != 0)
		form_problem(r, form, "",
			N_("Somebody has changed this since you opened it. Check your input and save again to replace their change."), NULL);
}

const char *
form_sentence(struct req *r, const struct form *form, size_t problem)
{
	const struct field *field = field_find(form->fields, form->problems[problem].field);
	const struct locale_value words[] = {
		{ "field", field == NULL ? NULL : locale_text(field->label != NULL ? field->label : field->name) },
		{ "problem", form->problems[problem].message }, { NULL, NULL }
	};

	return field == NULL ? form->problems[problem].message : locale_fill_names(r->arena, N_("{field} {problem}"), words);
}

/* The first problem of a field; problem_count when it has none. */
static size_t
problem_at(const struct form *form, const char *field)
{
	size_t i;

	for (i = 0; i < form->problem_count && strcmp(form->problems[i].field, field) != 0;)
		i++;
	return i;
}

static const char *
form_problem_of(struct req *r, const struct form *form, const char *name)
{
	const size_t at = problem_at(form, name);

	return at < form->problem_count ? form_sentence(r, form, at) : NULL;
}

bool
form_is_wrong(const struct form *form, const char *field)
{
	return problem_at(form, field) < form->problem_count;
}

static const char *
field_word(const struct field *field)
{
	if ((field->flags & FIELD_READONLY) != 0)
		return "shown";
	if ((field->flags & FIELD_SECRET) != 0)
		return "secret";
	return type_words[field->type];
}

/* The limit that the browser can keep by itself. */
static uint64_t
field_limit(const struct field *field)
{
	if (field->max != 0)
		return field->max;
	if (field->type == FIELD_TYPE_LONG_TEXT)
		return FIELD_LONG_TEXT_MAX;
	if (field->type == FIELD_TYPE_URL)
		return URL_MAX;
	return field_is_text(field) ? FIELD_TEXT_MAX : 0;
}

/* What people read where the value alone says little. */
static void
form_show_word(struct req *r, struct page_node *node, const struct field *field, const void *row)
{
	const struct field_choice *choice;

	if (field->type == FIELD_TYPE_TIME)
		moment_show(r, node, "Word", *(const clock_ms *)field_at(field, row));
	if (field->type == FIELD_TYPE_BOOL)
		page_set(node, "Word", locale_text(*(const bool *)field_at(field, row) ? N_("Yes") : N_("No")));
	for (choice = field->choices; choice != NULL && choice->value != NULL; choice++)
		if (text_equal(choice->value, *(const char *const *)field_at(field, row)))
			page_set(node, "Word", locale_text(choice->label));
}

/* What people call the part of a zone's name before the first stroke. */
static const struct field_choice zone_regions[] = {
	{ "Africa", N_("Africa") }, { "America", N_("America") }, { "Antarctica", N_("Antarctica") }, { "Asia", N_("Asia") },
	{ "Atlantic", N_("Atlantic") }, { "Australia", N_("Australia") }, { "Europe", N_("Europe") }, { "Indian", N_("Indian Ocean") },
	{ "Pacific", N_("Pacific") }, { "UTC", "UTC" }, { NULL, NULL }
};

static const char *
zone_region(struct req *r, const char *zone)
{
	const char *region = arena_text_of(r->arena, zone, strcspn(zone, "/"));
	const struct field_choice *known;

	for (known = zone_regions; known->value != NULL; known++)
		if (strcmp(known->value, region) == 0)
			return locale_text(known->label);
	return region;
}

/* "America/Argentina/Buenos_Aires" as people read it in the group "America": "Argentina / Buenos Aires". */
static const char *
zone_place(struct req *r, const char *zone)
{
	const char *stroke = strchr(zone, '/');
	struct str place;

	str_init(&place, r->arena);
	for (zone = stroke != NULL ? stroke + 1 : zone; *zone != '\0'; zone++) {
		if (*zone == '/')
			str_add(&place, " / ");
		else
			str_add_char(&place, *zone == '_' ? ' ' : *zone);
	}
	return place.data;
}

/* The zones by region, once for all fields of a page; one that the list lacks, an old name, is marked as Other. */
static void
form_show_zones(struct req *r, struct page_node *field, const char *chosen)
{
	struct page_node *regions = page_child(page_child(r->page, "Form"), "Zones"), *region = NULL, *place;
	const char *label = "";
	const char *const *zones = clock_zones(r->arena);
	size_t i, group = 0;
	bool is_listed = text_is_blank(chosen);

	for (i = 0; zones[i] != NULL; i++) {
		if (region == NULL || strcmp(label, zone_region(r, zones[i])) != 0) {
			label = zone_region(r, zones[i]);
			region = page_child(regions, arena_printf(r->arena, "%zu", group++));
			page_set(region, "Label", label);
		}
		place = page_child(page_child(region, "Places"), arena_printf(r->arena, "%zu", i));
		page_set(place, "Value", zones[i]);
		page_set(place, "Label", zone_place(r, zones[i]));
		is_listed = is_listed || strcmp(zones[i], chosen) == 0;
	}
	page_set_bool(field, "Other", !is_listed);
}

/* What is chosen stands as "Ids.<value>", so that a template needs no comparison. */
static void
form_show_chosen(struct req *r, struct page_node *node, const struct field *field, const void *row)
{
	const struct field_set *set;
	const struct field_choice *choice;
	size_t i;

	if (field->type == FIELD_TYPE_SET) {
		set = field_at(field, row);
		for (i = 0; i < set->count; i++)
			page_setf(node, arena_printf(r->arena, "Ids.%llu", (unsigned long long)set->ids[i]), "%d", 1);
		page_set_u64(node, "Count", set->count);
	}
	if (field->type == FIELD_TYPE_ZONE)
		form_show_zones(r, node, *(const char *const *)field_at(field, row));
	for (choice = field->choices; choice != NULL && choice->value != NULL; choice++) {
		struct page_node *child = page_add(page_child(page_child(page_child(r->page, "Form"), "Choices"), field->name),
			"Items");
		page_set(child, "Value", choice->value);
		page_set(child, "Label", locale_text(choice->label));
	}
}

/* The words of a field as groups of switches. */
static void
form_show_words(struct req *r, const struct form *form, const struct field *field, const void *row)
{
	struct page_node *node = page_child(page_child(page_child(r->page, "Form"), "Fields"), field->name);
	const char *chosen = field_show(r->arena, field, row);
	struct page_node *group = NULL, *item;
	const char *heading = NULL;
	struct field_word word;
	size_t i;

	for (i = 0; field->words(i, &word); i++) {
		if (group == NULL || strcmp(heading, word.group) != 0) {
			group = page_add(node, "Groups");
			heading = word.group;
			page_set(group, "Label", locale_text(heading));
		}
		item = page_add(group, "Items");
		page_set(item, "Value", word.word);
		page_set(item, "Label", locale_text(word.label));
		page_set_bool(item, "Checked", field_words_have(chosen, word.word));
		page_set_bool(item, "Locked", text_equal(chosen, "*") || (form->may_word != NULL && !form->may_word(r, word.word)));
	}
}

/* The field begins a part of the form: its heading, and a link to it on top. */
static void
form_show_section(struct req *r, struct page_node *node, const struct field *field)
{
	struct page_node *section = page_add(page_child(r->page, "Form"), "Sections");

	page_set(section, "Name", field->name);
	page_set(section, "Label", locale_text(field->section));
	page_set(node, "Section", locale_text(field->section));
}

static void
form_show_field(struct req *r, const struct form *form, const struct field *field, const void *row)
{
	struct page_node *node = page_child(page_child(page_child(r->page, "Form"), "Fields"), field->name);
	const char *problem = form_problem_of(r, form, field->name);
	bool needed = (field->flags & FIELD_REQUIRED) != 0;

	page_set(node, "Name", field->name);
	page_set(node, "Type", field_word(field));
	page_set(node, "Label", locale_text(field->label != NULL ? field->label : field->name));
	page_set(node, "Help", field->help != NULL ? locale_text(field->help) : NULL);
	page_set(node, "Placeholder", field->placeholder != NULL ? locale_text(field->placeholder) : NULL);
	page_set(node, "Value", field_show(r->arena, field, row));
	if ((field->flags & FIELD_READONLY) != 0)
		form_show_word(r, node, field, row);
	if (field_limit(field) != 0)
		page_set_u64(node, "Max", field_limit(field));
	if (field->min != 0)
		page_set_u64(node, "Min", field->min);
	page_set_bool(node, "Required", needed);
	page_set(node, "Problem", problem);
	if (problem != NULL && strcmp(form->problems[0].field, field->name) == 0)
		page_set_bool(node, "Focus", true);
	if (field->section != NULL)
		form_show_section(r, node, field);
	if (field->type == FIELD_TYPE_WORDS)
		form_show_words(r, form, field, row);
	else
		form_show_chosen(r, node, field, row);
}

void
form_show(struct req *r, const struct form *form, const void *row)
{
	struct page_node *node = page_child(r->page, "Form");
	const struct field *field;
	size_t i;

	page_set(node, "Was", form->was);
	for (field = form->fields; field->name != NULL; field++)
		if (field_is_written(field) || ((field->flags & FIELD_READONLY) != 0 && field->label != NULL))
			form_show_field(r, form, field, row);
	for (i = 0; i < form->problem_count; i++) {
		struct page_node *problem = page_add(node, "Problems");

		field = field_find(form->fields, form->problems[i].field);
		page_set(problem, "Field", form->problems[i].field);
		if (field != NULL)
			page_set(problem, "Label", locale_text(field->label != NULL ? field->label : field->name));
		page_set(problem, "Message", form_sentence(r, form, i));
	}
}

void
form_choice(struct req *r, const char *field, uint64_t id, const char *label)
{
	struct page_node *choices = page_child(page_child(page_child(r->page, "Form"), "Choices"), field);
	struct page_node *node = page_add(choices, "Items");

	page_set_u64(node, "Value", id);
	page_set(node, "Label", label);
}

struct json *
form_json(struct req *r, const struct form *form)
{
	struct json *error = json_new_object(r->arena), *fields = json_new_object(r->arena);
	size_t i;

	json_set_text(error, "error", "invalid");
	for (i = 0; i < form->problem_count; i++) {
		struct json *problem;

		if (form->problems[i].field[0] == '\0') {
			json_set_text(error, "message", form->problems[i].message);
			continue;
		}
		if (json_get(fields, form->problems[i].field) != NULL)
			continue;
		problem = json_new_object(r->arena);
		json_set_text(problem, "message", form->problems[i].message);
		if (form->problems[i].limit != NULL)
			json_set_text(problem, "limit", form->problems[i].limit);
		json_set(fields, form->problems[i].field, problem);
	}
	json_set(error, "fields", fields);
	json_set_text(error, "request", r->id);
	return error;
}
