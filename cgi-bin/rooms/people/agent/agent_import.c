/* SPDX-License-Identifier: BSD-2-Clause */
/* agent_import.c - lines of a CSV file become agents. */
#include "rooms/people/agent/agent_import.h"

#include <string.h>

#include "core/csv_read.h"
#include "core/text.h"
#include "edge/crypt.h"
#include "edge/locale.h"
#include "rooms/people/agent/agent_choice.h"
#include "rooms/people/people_rules.h"
#include "rooms/people/people_store.h"

#define VALUE_SHOWN 60           /* characters of a wrong value */

const struct import_column import_columns[] = {
	{ "account", true, "anna" },
	{ "email", true, "anna@example.com" },
	{ "first_name", true, "Anna" },
	{ "last_name", false, "Weber" },
	{ "alias", false, "Anna" },
	{ "roles", true, "Agents" },
	{ "queues", false, "Inbox" },
	{ "skills", false, "" },
	{ "phone", false, "+49 30 1234567" },
	{ "title", false, "" },
	{ "password", false, "" },
	{ "password_hash", false, "" },
	{ "max_chats", false, "5" },
	{ "max_tickets", false, "" },
	{ "locale", false, "" },
	{ "time_zone", false, "" },
	{ "external_id", false, "" },
	{ NULL, false, NULL }
};

static const struct field *
column_field(size_t column)
{
	return field_find(agent_fields, import_columns[column].name);
}

/* "account": its place in import_columns; COUNT_OF it when there is none. */
static size_t
column_named(struct arena *arena, const char *name)
{
	size_t i;

	for (i = 0; import_columns[i].name != NULL; i++)
		if (text_equal_nocase(import_columns[i].name, text_trim(arena, name)))
			break;
	return i;
}

/* ---- problems */

static const char *
number_show(struct req *r, size_t number)
{
	return arena_printf(r->arena, "%zu", number);
}

static void
problem_add(struct req *r, struct import *import, size_t line, const struct import_problem *problem)
{
	const char *value = problem->value != NULL ? problem->value : "";
	size_t bytes = text_is_utf8(value, strlen(value)) ? text_prefix(value, VALUE_SHOWN) : 0;

	if (import->problem_count < IMPORT_PROBLEMS_MAX)
		import->problems[import->problem_count] = (struct import_problem){
			.line = line, .field = problem->field, .message = problem->message,
			.value = value[bytes] == '\0' ? value : arena_printf(r->arena, "%s…", arena_text_of(r->arena, value, bytes))
		};
	import->problem_count++;
}

/* Of the file as a whole, or of a line. */
static bool
refuse(struct req *r, struct import *import, size_t line, const char *message, const char *limit)
{
	problem_add(r, import, line, &(struct import_problem){ .field = "", .message = locale_fill(r->arena, message, limit) });
	return false;
}

bool
agent_import_refuse(struct req *r, struct import *import, const char *message)
{
	memset(import, 0, sizeof(*import));
	return refuse(r, import, 0, message, number_show(r, IMPORT_BYTES_MAX));
}

/* The complaints of one agent's form, each with its label and what stands in the file. */
static void
problems_of_form(struct req *r, struct import *import, const struct import_line *line, const struct form *form)
{
	const struct field *field;
	size_t i, column;

	for (i = 0; i < form->problem_count; i++) {
		struct import_problem problem = { .field = "", .message = form_sentence(r, form, i) };

		field = field_find(agent_fields, form->problems[i].field);
		column = column_named(r->arena, form->problems[i].field);
		if (field != NULL)
			problem.field = locale_text(field->label);
		if (import_columns[column].name != NULL && (field->flags & FIELD_SECRET) == 0)
			problem.value = line->cells[column];
		problem_add(r, import, line->number, &problem);
	}
}

/* ---- taking the file apart */

/* Which column of ours stands where in the file. */
static bool
header_read(struct req *r, struct import *import, const struct csv_record *head, size_t *places)
{
	bool seen[IMPORT_COLUMNS_MAX] = { false };
	size_t i, column;

	for (i = 0; i < head->count; i++) {
		column = column_named(r->arena, head->cells[i]);
		places[i] = column;
		if (import_columns[column].name == NULL)
			refuse(r, import, head->line, N_("There is no column “%s”."), text_repair(r->arena, head->cells[i]));
		else if (seen[column])
			refuse(r, import, head->line, N_("The column “%s” stands twice."), import_columns[column].name);
		seen[column] = true;
	}
	for (i = 0; import_columns[i].name != NULL; i++)
		if (import_columns[i].is_required && !seen[i])
			refuse(r, import, head->line, N_("The column “%s” is missing."), import_columns[i].name);
	return import->problem_count == 0;
}

/* Our own export puts an apostrophe in front of what a spreadsheet would take for a formula. */
static const char *
cell_plain(const char *cell)
{
	return cell[0] == '\'' && cell[1] != '\0' && strchr("=+-@", cell[1]) != NULL ? cell + 1 : cell;
}

static bool
line_read(struct req *r, struct import *import, const struct csv_record *record, const size_t *places, size_t columns)
{
	struct import_line *line = &import->lines[import->count];
	size_t i;

	line->number = record->line;
	if (record->count != columns) {
		refuse(r, import, record->line, N_("The line has another number of cells than the first line, which has %s."),
			number_show(r, columns));
		return true;
	}
	for (i = 0; i < record->count; i++) {
		const char *name = import_columns[places[i]].name;

		line->cells[places[i]] = cell_plain(record->cells[i]);
		import->hashes += strcmp(name, "password_hash") == 0 && record->cells[i][0] != '\0';
		if (strcmp(name, "password") == 0 && record->cells[i][0] != '\0' && ++import->passwords == IMPORT_PASSWORDS_MAX + 1)
			return refuse(r, import, record->line, N_("At most %s agents with a password at a time. Leave the others empty, or split the file."),
				number_show(r, IMPORT_PASSWORDS_MAX));
	}
	import->count++;
	return true;
}

static bool
end_check(struct req *r, struct import *import, enum csv_read got, size_t line)
{
	switch (got) {
	case CSV_READ_END:
		import->found_before = import->problem_count;
		return import->count > 0 || import->problem_count > 0
			|| refuse(r, import, line, N_("There are no agents in the file."), NULL);
	case CSV_READ_OPEN:
		return refuse(r, import, line, N_("A cell that begins with a quote does not end with one."), NULL);
	case CSV_READ_CELLS:
		return refuse(r, import, line, N_("The line has more than %s cells."), number_show(r, CSV_CELLS_MAX));
	default:
		return refuse(r, import, line, N_("A quote stands inside a cell. Put the whole cell in quotes, and write the quote twice."), NULL);
	}
}

bool
agent_import_read(struct req *r, const char *text, struct import *import)
{
	size_t places[CSV_CELLS_MAX], columns;
	struct csv_reader reader;
	struct csv_record record;
	enum csv_read got;

	memset(import, 0, sizeof(*import));
	if (strlen(text) > IMPORT_BYTES_MAX)
		return agent_import_refuse(r, import, N_("The file is too large: at most %s bytes."));
	csv_open(&reader, r->arena, text);
	got = csv_next(&reader, &record);
	if (got != CSV_READ_ROW)
		return end_check(r, import, got, record.line);
	columns = record.count;
	if (!header_read(r, import, &record, places))
		return false;
	import->lines = ARENA_ARRAY(r->arena, struct import_line, IMPORT_LINES_MAX);
	while ((got = csv_next(&reader, &record)) == CSV_READ_ROW) {
		if (import->count == IMPORT_LINES_MAX)
			return refuse(r, import, record.line, N_("At most %s agents at a time. Split the file."),
				number_show(r, IMPORT_LINES_MAX));
		if (!line_read(r, import, &record, places, columns))
			return false;
	}
	return end_check(r, import, got, record.line);
}

/* ---- making agents */

/* The import on its way through the transaction, which may be tried more than once. */
struct import_work {
	struct req *r;
	struct import *import;
	bool keep;
	struct db_rows roles;            /* struct resource_choice */
	struct db_rows queues;
	struct db_rows skills;
	const char **accounts;           /* of the lines, folded */
	const char **emails;
	const char **externals;          /* external ids, as they are */
	struct limit_state limit;        /* of agents, before the first line */
	uint64_t made;
	enum got outcome;
};

static uint64_t
choice_named(struct arena *arena, const struct db_rows *choices, const char *name)
{
	const struct resource_choice *choice = choices->rows;
	const char *wanted = text_fold(arena, name);
	size_t i;

	for (i = 0; i < choices->count; i++)
		if (strcmp(text_fold(arena, choice[i].name), wanted) == 0)
			return choice[i].id;
	return 0;
}

/* "Sales; Support" as a form would send it: "3,5". NULL and *unknown when a name is nobody's. */
static const char *
names_to_ids(struct arena *arena, const struct db_rows *choices, const char *names, const char **unknown)
{
	struct str ids;
	size_t len;
	uint64_t id;

	str_init(&ids, arena);
	for (; *names != '\0'; names += len + (names[len] != '\0' ? 1 : 0)) {
		len = strcspn(names, ";|");
		*unknown = text_trim(arena, arena_text_of(arena, names, len));
		if (**unknown == '\0')
			continue;
		id = choice_named(arena, choices, *unknown);
		if (id == 0)
			return NULL;
		str_addf(&ids, "%s%llu", ids.len > 0 ? "," : "", (unsigned long long)id);
	}
	return ids.data;
}

static void
cell_read(struct import_work *work, struct form *form, size_t column, const char *cell, struct agent *agent)
{
	struct req *r = work->r;
	const struct field *field = column_field(column);
	const struct db_rows *choices = strcmp(field->name, "roles") == 0 ? &work->roles
		: strcmp(field->name, "queues") == 0 ? &work->queues : &work->skills;
	struct field_problem problem;
	const char *unknown = "";

	if (!text_is_utf8(cell, strlen(cell))) {
		form_problem(r, form, field->name, N_("must be text in UTF-8"), NULL);
		return;
	}
	if (cell[0] == '\0' && strcmp(field->name, "alias") == 0)
		return;      /* it will be the first name */
	if (field->type == FIELD_TYPE_SET)
		cell = names_to_ids(r->arena, choices, cell, &unknown);
	if (cell == NULL)
		form_problem(r, form, field->name, N_("has no such entry: %s"), unknown);
	else if (!field_read(r->arena, field, cell, agent, &problem))
		form_problem_of_field(r, form, field->name, &problem);
}

/* The line above with the same value; `at` when there is none. */
static size_t
line_above(const char *const *values, size_t at, const char *value)
{
	size_t i;

	for (i = 0; i < at && strcmp(values[i], value) != 0; i++)
		continue;
	return i;
}

/* What may not stand in two lines: in `values`, and in `others` when that is not NULL. */
struct lines_check {
	const char *field;
	const char *const *values;
	const char *const *others;
};

static void
check_lines(struct import_work *work, struct form *form, size_t at, const struct lines_check *check)
{
	const char *value = check->values[at];
	size_t above = value[0] != '\0' ? line_above(check->values, at, value) : at;

	if (above == at && check->others != NULL && value[0] != '\0')
		above = line_above(check->others, at, value);
	if (above < at)
		form_problem(work->r, form, check->field, N_("stands already in line %s"),
			number_show(work->r, work->import->lines[above].number));
}

/* Those of agents of before are looked for with every agent that is saved: agent_check_names(). */
static void
check_doubles(struct import_work *work, struct form *form, size_t at, const struct agent *agent)
{
	struct req *r = work->r;

	work->accounts[at] = text_fold(r->arena, agent->account != NULL ? agent->account : "");
	work->emails[at] = text_fold(r->arena, agent->email != NULL ? agent->email : "");
	work->externals[at] = agent->external_id != NULL ? agent->external_id : "";
	check_lines(work, form, at, &(struct lines_check){ "account", work->accounts, work->emails });
	check_lines(work, form, at, &(struct lines_check){ "email", work->emails, work->accounts });
	check_lines(work, form, at, &(struct lines_check){ "external_id", work->externals, NULL });
}

/* A look before need not hash. */
static void
check_password(struct import_work *work, struct form *form, struct agent *agent)
{
	const char *problem, *detail;

	if (work->keep || text_is_blank(agent->password))
		return;
	problem = password_choice_problem(work->r, &(struct password_choice){ work->r->tenant, agent->password, agent->account, agent->email }, &detail);
	if (problem != NULL)
		form_problem(work->r, form, "password", problem, detail);
	agent->password = NULL;
}

/* A hash from another system; the agent then has no password of ours. */
static void
check_hash(struct import_work *work, struct form *form, const struct agent *agent)
{
	if (text_is_blank(agent->password_hash))
		return;
	if (!text_is_blank(agent->password))
		form_problem(work->r, form, "password_hash", N_("must be empty when there is a password"), NULL);
	else if (!crypt_password_is_known(agent->password_hash))
		form_problem(work->r, form, "password_hash", N_("is of a kind that is not known, or costs too much to check"), NULL);
}

/* Told of how it was before: the agents of the lines above are none yet. */
static void
check_place(struct import_work *work, struct form *form)
{
	const struct limit_state *limit = &work->limit;

	if (limit->most != LIMIT_NONE && limit->used + work->made >= limit->most)
		form_problem(work->r, form, "", N_("Your plan has no place left for this line. %s."), limit_text(work->r->arena, limit));
}

static enum got
line_save(struct import_work *work, struct form *form, struct agent *agent)
{
	enum got got;

	check_place(work, form);
	got = resource_save(work->r, &agent_resource, form, NULL, agent);
	work->made += got == GOT_ONE;
	return got;
}

/* GOT_ONE: an agent has the line's external id, from an import of before. What was changed since, here or there, stays so. */
static enum got
line_is_known(struct import_work *work, size_t at, const struct agent *agent)
{
	struct req *r = work->r;
	struct agent known = { 0 };
	enum got got = text_is_blank(agent->external_id) || line_above(work->externals, at, agent->external_id) < at ? GOT_NONE
		: agent_by_external_id(r->db, r->arena, r->tenant, agent->external_id, &known);

	work->import->lines[at].is_known = got == GOT_ONE;
	if (got != GOT_ONE)
		return got;
	work->accounts[at] = work->emails[at] = work->externals[at] = "";
	work->import->known++;
	if (!text_is_blank(agent->password) || !text_is_blank(agent->password_hash))
		work->import->known_secrets++;
	return GOT_ONE;
}

static enum got
line_import(struct import_work *work, size_t at)
{
	struct req *r = work->r;
	const struct import_line *line = &work->import->lines[at];
	struct agent *agent = ARENA_NEW(r->arena, struct agent);
	struct form form;
	enum got known;
	size_t i;

	form_init(&form, agent_fields);
	field_preset(r->arena, agent_fields, agent);
	for (i = 0; import_columns[i].name != NULL; i++)
		if (line->cells[i] != NULL)
			cell_read(work, &form, i, line->cells[i], agent);
	known = line_is_known(work, at, agent);
	if (known != GOT_NONE)
		return known;
	if (text_is_blank(agent->alias))
		agent->alias = text_is_blank(agent->first_name) ? agent->account : agent->first_name;
	check_hash(work, &form, agent);
	check_password(work, &form, agent);
	check_doubles(work, &form, at, agent);
	if (line_save(work, &form, agent) == GOT_ERROR)
		return GOT_ERROR;
	problems_of_form(r, work->import, line, &form);
	return GOT_ONE;
}

/* By lines; those of one line stay in their order. */
static void
problems_sort(struct import *import)
{
	size_t count = import->problem_count < IMPORT_PROBLEMS_MAX ? import->problem_count : IMPORT_PROBLEMS_MAX;
	struct import_problem held;
	size_t i, k;

	for (i = 1; i < count; i++) {
		held = import->problems[i];
		for (k = i; k > 0 && import->problems[k - 1].line > held.line; k--)
			import->problems[k] = import->problems[k - 1];
		import->problems[k] = held;
	}
}

static enum got
import_all(struct db *db, void *arg)
{
	struct import_work *work = arg;
	size_t i;

	(void)db;
	work->import->problem_count = work->import->found_before;
	work->import->known = work->import->known_secrets = 0;
	work->made = 0;
	for (i = 0; i < work->import->count; i++)
		if (line_import(work, i) == GOT_ERROR)
			return GOT_ERROR;
	work->outcome = work->import->problem_count == 0 ? GOT_ONE : GOT_NONE;
	return work->keep ? work->outcome : GOT_NONE;
}

enum got
agent_import_run(struct req *r, struct import *import, bool keep)
{
	struct import_work work = { .r = r, .import = import, .keep = keep, .outcome = GOT_ERROR };

	if (limit_state(r->db, r->tenant, LIMIT_AGENTS, r->now, &work.limit) == GOT_ERROR
		|| resource_choices(r, &role_resource, &work.roles) == GOT_ERROR
		|| resource_choices(r, &queue_resource, &work.queues) == GOT_ERROR
		|| resource_choices(r, &skill_resource, &work.skills) == GOT_ERROR)
		return GOT_ERROR;
	work.accounts = ARENA_ARRAY(r->arena, const char *, import->count);
	work.emails = ARENA_ARRAY(r->arena, const char *, import->count);
	work.externals = ARENA_ARRAY(r->arena, const char *, import->count);
	if (db_transaction(r->db, import_all, &work) == GOT_ERROR)
		return GOT_ERROR;
	problems_sort(import);
	return work.outcome;
}
