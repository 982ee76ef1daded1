/* SPDX-License-Identifier: BSD-2-Clause */
/* migrate_split.c - takes a file of SQL apart into statements; knows quotes and comments, nothing else of the language. */
#include "edge/migrate.h"

#include <string.h>
#include <strings.h>

#include "core/str.h"

struct splitter {
	struct arena *arena;
	const char *at;
	const char *end;
	size_t line;
	struct str sql;             /* the statement that is being read */
	size_t sql_line;            /* where its first word stands */
	struct migrate_statements *out;
	size_t room;
};

static bool
is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Takes one character over, or only steps over it. */
static void
step(struct splitter *splitter, bool keep)
{
	char c = *splitter->at++;

	if (c == '\n')
		splitter->line++;
	if (!keep || (splitter->sql.len == 0 && is_space(c)))
		return;
	if (splitter->sql.len == 0)
		splitter->sql_line = splitter->line;
	str_add_char(&splitter->sql, c);
}

static bool
looks_at(const struct splitter *splitter, const char *mark)
{
	size_t len = strlen(mark);

	return (size_t)(splitter->end - splitter->at) >= len && memcmp(splitter->at, mark, len) == 0;
}

/* "--" is a comment only before white space: 5--3 is a number. */
static bool
at_line_comment(const struct splitter *splitter)
{
	if (*splitter->at == '#')
		return true;
	return looks_at(splitter, "--")
		&& (splitter->end - splitter->at == 2 || (unsigned char)splitter->at[2] <= ' ');
}

/* Of the comments between slash and star, those that the server executes stay: "!", "M!" and "+". */
static bool
at_comment(const struct splitter *splitter)
{
	return looks_at(splitter, "/*") && !looks_at(splitter, "/*!") && !looks_at(splitter, "/*M!") && !looks_at(splitter, "/*+");
}

static void
skip_line(struct splitter *splitter)
{
	while (splitter->at < splitter->end && *splitter->at != '\n')
		step(splitter, false);
}

/* What it parted stays parted. */
static bool
skip_comment(struct splitter *splitter)
{
	step(splitter, false);
	step(splitter, false);
	while (splitter->at < splitter->end && !looks_at(splitter, "*/"))
		step(splitter, false);
	if (splitter->at == splitter->end)
		return false;
	step(splitter, false);
	step(splitter, false);
	if (splitter->sql.len > 0)
		str_add_char(&splitter->sql, ' ');
	return true;
}

/* A quote that is doubled or, but for names, behind a backslash does not end it. */
static bool
take_quoted(struct splitter *splitter)
{
	char quote = *splitter->at;

	step(splitter, true);
	while (splitter->at < splitter->end) {
		char c = *splitter->at;

		step(splitter, true);
		if (c == '\\' && quote != '`' && splitter->at < splitter->end)
			step(splitter, true);
		else if (c == quote && (splitter->at == splitter->end || *splitter->at != quote))
			return true;
		else if (c == quote)
			step(splitter, true);
	}
	return false;
}

static void
end_statement(struct splitter *splitter)
{
	struct migrate_statements *out = splitter->out;
	struct migrate_statement *list;
	size_t len = splitter->sql.len;

	while (len > 0 && is_space(splitter->sql.data[len - 1]))
		len--;
	if (len > 0) {
		if (out->count == splitter->room) {
			splitter->room = splitter->room * 2 + 32;
			list = ARENA_ARRAY(splitter->arena, struct migrate_statement, splitter->room);
			if (out->count > 0)
				memcpy(list, out->list, out->count * sizeof *list);
			out->list = list;
		}
		out->list[out->count++] = (struct migrate_statement){
			.sql = arena_text_of(splitter->arena, splitter->sql.data, len), .len = len, .line = splitter->sql_line
		};
	}
	str_clear(&splitter->sql);
}

static bool
complain(struct splitter *splitter, size_t line, const char *what, const char **problem)
{
	*problem = arena_printf(splitter->arena, "line %zu: %s", line, what);
	return false;
}

/* The mysql client's own command: the server does not know it. */
static bool
at_delimiter(const struct splitter *splitter)
{
	return splitter->sql.len == 0 && splitter->end - splitter->at > 9 && strncasecmp(splitter->at, "DELIMITER", 9) == 0
		&& is_space(splitter->at[9]);
}

bool
migrate_split(struct arena *arena, const char *text, size_t len, struct migrate_statements *statements, const char **problem)
{
	struct splitter splitter = { .arena = arena, .at = text, .end = text + len, .line = 1, .out = statements };

	*statements = (struct migrate_statements){ 0 };
	str_init(&splitter.sql, arena);
	if (memchr(text, '\0', len) != NULL) {
		*problem = "it holds a NUL";
		return false;
	}
	while (splitter.at < splitter.end) {
		size_t line = splitter.line;

		if (at_delimiter(&splitter))
			return complain(&splitter, line, "DELIMITER is a command of the mysql client, not SQL", problem);
		if (at_line_comment(&splitter)) {
			skip_line(&splitter);
		} else if (at_comment(&splitter)) {
			if (!skip_comment(&splitter))
				return complain(&splitter, line, "the comment is never closed", problem);
		} else if (strchr("'\"`", *splitter.at) != NULL) {
			if (!take_quoted(&splitter))
				return complain(&splitter, line, "the quote is never closed", problem);
		} else if (*splitter.at == ';') {
			end_statement(&splitter);
			step(&splitter, false);
		} else {
			step(&splitter, true);
		}
	}
	end_statement(&splitter);
	return true;
}
