/* SPDX-License-Identifier: BSD-2-Clause */
/* agent_import_pages.c - the page that takes a file of agents, shows what would come of it, and does it. */
#include "rooms/people/agent/agent_import.h"

#include "core/text.h"
#include "edge/locale.h"
#include "web/csv_file.h"
#include "web/reply.h"
#include "web/upload_text.h"

#define SHOWN_LINES 20           /* agents of the look before */

static const char *
cell_of(const struct import_line *line, const char *name)
{
	size_t i;

	for (i = 0; import_columns[i].name != NULL; i++)
		if (text_equal(import_columns[i].name, name))
			return line->cells[i] != NULL ? line->cells[i] : "";
	return "";
}

static void
show_problems(struct page_node *node, const struct import *import)
{
	struct page_node *child;
	size_t i;

	for (i = 0; i < import->problem_count && i < IMPORT_PROBLEMS_MAX; i++) {
		child = page_add(node, "Problems");
		if (import->problems[i].line != 0)
			page_set_u64(child, "Line", import->problems[i].line);
		page_set(child, "Field", import->problems[i].field);
		page_set(child, "Value", import->problems[i].value);
		page_set(child, "Message", import->problems[i].message);
	}
	page_set_u64(node, "ProblemCount", import->problem_count);
	if (import->problem_count > IMPORT_PROBLEMS_MAX)
		page_set_u64(node, "MoreProblems", import->problem_count - IMPORT_PROBLEMS_MAX);
}

static void
show_lines(struct page_node *node, const struct import *import)
{
	struct page_node *child;
	size_t i, shown = 0;

	for (i = 0; i < import->count && shown < SHOWN_LINES; i++) {
		const struct import_line *line = &import->lines[i];

		if (line->is_known)
			continue;
		shown++;
		child = page_add(node, "Lines");
		page_set_u64(child, "Line", line->number);
		page_set(child, "Account", cell_of(line, "account"));
		page_set(child, "Email", cell_of(line, "email"));
		page_set(child, "First", cell_of(line, "first_name"));
		page_set(child, "Last", cell_of(line, "last_name"));
		page_set(child, "Roles", cell_of(line, "roles"));
		page_set(child, "Queues", cell_of(line, "queues"));
	}
	if (import->count - import->known > shown)
		page_set_u64(node, "MoreLines", import->count - import->known - shown);
}

/* "12 agents can be imported." */
static void
show_counts(struct req *r, struct page_node *node, const struct import *import)
{
	size_t new = import->count - import->known;
	size_t without = new - (import->passwords + import->hashes - import->known_secrets);
	const char *count = arena_printf(r->arena, "%zu", new);

	page_set(node, "Ready", locale_fill(r->arena,
		locale_plural("%s agent can be imported.", "%s agents can be imported.", new), count));
	if (new > 0)
		page_set(node, "Do", locale_fill(r->arena, locale_plural("Import %s agent", "Import %s agents", new), count));
	if (import->known > 0)
		page_set(node, "Known", locale_fill(r->arena, locale_plural(
			"%s was imported before and stays as it is here.", "%s were imported before and stay as they are here.", import->known),
			arena_printf(r->arena, "%zu", import->known)));
	if (without > 0)
		page_set(node, "Without", locale_fill(r->arena, locale_plural(
			"%s of them has no password yet and cannot sign in until you set one.",
			"%s of them have no password yet and cannot sign in until you set one.", without),
			arena_printf(r->arena, "%zu", without)));
}

static int
import_reply(struct req *r, const char *text, const struct import *import)
{
	struct page_node *node = page_child(r->page, "Import");
	bool is_bad = import != NULL && import->problem_count > 0;
	size_t i;

	page_set(r->page, "Title", locale_text(N_("Import agents")));
	page_set(node, "Text", text);
	for (i = 0; import_columns[i].name != NULL; i++) {
		struct page_node *column = page_add(node, "Columns");

		page_set(column, "Name", import_columns[i].name);
		page_set(column, "Label", locale_text(field_find(agent_fields, import_columns[i].name)->label));
		page_set_bool(column, "Required", import_columns[i].is_required);
	}
	page_set_u64(node, "LinesMax", IMPORT_LINES_MAX);
	if (is_bad) {
		show_problems(node, import);
	} else if (import != NULL) {
		show_lines(node, import);
		show_counts(r, node, import);
	}
	return reply_page_status(r, is_bad ? 422 : 200, "people/agent_import");
}

int
agent_import_page(struct req *r)
{
	return import_reply(r, "", NULL);
}

int
agent_import_save(struct req *r)
{
	struct import *import = ARENA_NEW(r->arena, struct import);
	const char *problem = upload_text(r, "file", "csv", IMPORT_BYTES_MAX);
	const char *text = req_param(r, "csv");
	bool keep = req_has(r, "keep") && req_upload(r, "file") == NULL;     /* a new file is looked at first */
	enum got got;

	if (text == NULL)
		text = "";
	if (problem != NULL ? !agent_import_refuse(r, import, problem) : !agent_import_read(r, text, import))
		return import_reply(r, text, import);
	got = agent_import_run(r, import, keep);
	if (got == GOT_ERROR)
		return reply_got(r, got);
	if (got == GOT_NONE || !keep)
		return import_reply(r, text, import);
	reply_notice(r, N_("The agents are imported."), NULL);
	return reply_redirect(r, "/admin/agents");
}

/* A file to begin with: the columns, and one agent as an example. */
int
agent_import_template(struct req *r)
{
	struct csv_file file;
	struct str head;
	size_t i;

	str_init(&head, r->arena);
	for (i = 0; import_columns[i].name != NULL; i++)
		str_addf(&head, "%s%s", i > 0 ? "," : "", import_columns[i].name);
	csv_file_open(&file, r, "agents.csv", head.data);
	for (i = 0; import_columns[i].name != NULL; i++)
		csv_file_text(&file, import_columns[i].example);
	csv_file_end_row(&file);
	return csv_file_reply(&file, GOT_ONE);
}
