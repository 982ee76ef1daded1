/* SPDX-License-Identifier: BSD-2-Clause */
/* command.c - reading the words of a subcommand, and answering. */
#include "programs/command.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/text.h"
#include "rooms/tenant/tenant.h"

#define PARAMS_MAX 32

static size_t
option_find(const struct command *command, const char *name, size_t len)
{
	size_t i;

	for (i = 0; command->options[i].name != NULL; i++)
		if (strlen(command->options[i].name) == len && strncmp(command->options[i].name, name, len) == 0)
			return i;
	return COMMAND_OPTIONS_MAX;
}

/* The value of an option: behind its "=", or the next word, to which it steps. */
static bool
value_read(const struct command_run *run, char ***words, const char *what, const char **value)
{
	const char *equals = strchr(**words, '=');

	if (*value != NULL)
		return command_fail(run, EXIT_USAGE, "%.*s stands twice", (int)strcspn(**words, "="), **words), false;
	*value = equals != NULL ? equals + 1 : (*words)[1];
	if (*value == NULL)
		return command_fail(run, EXIT_USAGE, "%s needs a value: %s", **words, what), false;
	if (equals == NULL)
		++*words;
	return true;
}

/* One option of the command's own at `*words`. */
static bool
option_read(struct command_run *run, char ***words)
{
	const char *name = **words + 2;
	size_t len = strcspn(name, "=");
	size_t at = option_find(run->command, name, len);

	if (at == COMMAND_OPTIONS_MAX)
		return command_fail(run, EXIT_USAGE, "there is no option --%.*s", (int)len, name), false;
	if (run->command->options[at].value != NULL)
		return value_read(run, words, run->command->options[at].value, &run->values[at]);
	if (name[len] == '=')
		return command_fail(run, EXIT_USAGE, "--%.*s takes no value", (int)len, name), false;
	run->values[at] = "";
	return true;
}

static bool
required_are_given(const struct command_run *run)
{
	const struct command_option *option = run->command->options;
	size_t i;

	for (i = 0; option[i].name != NULL; i++)
		if (option[i].required && text_is_blank(run->values[i]))
			return command_fail(run, EXIT_USAGE, "--%s %s is needed", option[i].name, option[i].value), false;
	return true;
}

/* Is it one that every subcommand takes? */
static bool
option_is_common(const char *word)
{
	return strcmp(word, "--json") == 0 || strcmp(word, "--config") == 0 || strncmp(word, "--config=", 9) == 0;
}

static bool
common_read(struct command_run *run, char ***words)
{
	if (strcmp(**words, "--json") != 0)
		return value_read(run, words, "FILE", &run->config);
	run->is_json = true;
	return true;
}

bool
command_read_common(struct command_run *run, char ***words)
{
	for (; **words != NULL && option_is_common(**words); ++*words)
		if (!common_read(run, words))
			return false;
	return true;
}

bool
command_read(struct command_run *run, char **words, bool *help)
{
	bool good = true;

	for (; *words != NULL && good; words++) {
		if (strcmp(*words, "--help") == 0 || strcmp(*words, "-h") == 0)
			return *help = true;
		if (option_is_common(*words))
			good = common_read(run, &words);
		else if (strncmp(*words, "--", 2) == 0)
			good = option_read(run, &words);
		else
			return command_fail(run, EXIT_USAGE, "the word “%s” is not understood", *words), false;
	}
	return good && required_are_given(run);
}

void
command_print_help(const struct command *command)
{
	const struct command_option *option;

	printf("usage: hark %s%s%s", command->noun, command->verb != NULL ? " " : "", command->verb != NULL ? command->verb : "");
	for (option = command->options; option->name != NULL; option++)
		if (option->required)
			printf(" --%s %s", option->name, option->value);
	printf(" [OPTIONS]\n\n%s\n\n", command->summary);
	for (option = command->options; option->name != NULL; option++)
		printf("  --%s%s%s\n      %s\n", option->name, option->value != NULL ? " " : "",
			option->value != NULL ? option->value : "", option->help);
	puts("  --config FILE\n      The configuration; else $HARK_CONFIG, else the installed one.");
	puts("  --json\n      Answer with one JSON object.\n  --help\n      Print this and end.");
}

const char *
command_value(const struct command_run *run, const char *option)
{
	size_t at = option_find(run->command, option, strlen(option));

	CHECK(at < COMMAND_OPTIONS_MAX);
	return run->values[at];
}

bool
command_is_on(const struct command_run *run, const char *option)
{
	return command_value(run, option) != NULL;
}

bool
command_has_change(const struct command_run *run)
{
	const struct command_option *option = run->command->options;
	struct str names;
	size_t i;

	str_init(&names, run->arena);
	for (i = 0; option[i].name != NULL; i++) {
		if (option[i].required)
			continue;
		if (run->values[i] != NULL)
			return true;
		str_addf(&names, "%s--%s", names.len > 0 ? ", " : "", option[i].name);
	}
	return command_fail(run, EXIT_USAGE, "there is nothing to change: give some of %s", names.data), false;
}

void
command_say(const struct command_run *run, const char *format, ...)
{
	va_list args;

	if (run->is_json)
		return;
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	putchar('\n');
}

int
command_fail(const struct command_run *run, int code, const char *format, ...)
{
	const char *noun = run->command != NULL ? run->command->noun : "";
	const char *verb = run->command != NULL && run->command->verb != NULL ? run->command->verb : "";
	const char *problem;
	va_list args;

	va_start(args, format);
	problem = arena_vprintf(run->arena, format, args);
	va_end(args);
	fprintf(stderr, "hark%s%s%s%s: %s\n", noun[0] != '\0' ? " " : "", noun, verb[0] != '\0' ? " " : "", verb, problem);
	if (code == EXIT_USAGE)
		fputs("Add --help to see what it takes.\n", stderr);
	if (json_get(run->answer, "error") == NULL)
		json_set_text(run->answer, "error", problem);
	return code;
}

int
command_code_of_db(const struct command_run *run)
{
	if (db_is_refused(run->db))
		return EXIT_CONFIGURATION;
	return db_is_down(run->db) ? EXIT_TRY_AGAIN : EXIT_FAILED;
}

int
command_fail_db(const struct command_run *run)
{
	const int code = command_code_of_db(run);

	if (crypt_was_busy())
		return command_fail(run, EXIT_TRY_AGAIN, "no password can be hashed now: too many are at this moment, or %s/hash-N.lock cannot be opened",
			run->conf->run_dir);
	return command_fail(run, code, code == EXIT_TRY_AGAIN ? "the database cannot do it now, try again later: %s"
		: code == EXIT_CONFIGURATION ? "the database does not let us in: %s" : "the database refused: %s",
		db_problem(run->db, run->arena));
}

/* "must be a number" goes on after its field, "The code “acme” is taken …" does not. */
static bool
is_sentence(const char *message)
{
	return message[0] >= 'A' && message[0] <= 'Z';
}

int
command_fail_form(const struct command_run *run, const struct form *form)
{
	struct json *fields = json_new_object(run->arena);
	size_t i;

	for (i = 0; i < form->problem_count; i++) {
		const char *field = form->problems[i].field, *message = form->problems[i].message;
		const char *between = field[0] == '\0' ? "" : is_sentence(message) ? ": " : " ";

		json_set_text(fields, field, message);
		command_fail(run, EXIT_FAILED, "%s%s%s", field, between, message);
	}
	json_set_text(run->answer, "error", "invalid");
	json_set(run->answer, "fields", fields);
	return EXIT_FAILED;
}

struct req *
command_operator(const struct command_run *run)
{
	struct req *r = ARENA_NEW(run->arena, struct req);

	r->arena = run->arena;
	r->site = run->site;
	r->db = run->db;
	r->id = "command";
	r->now = run->now;
	r->method = POST;
	r->method_name = "POST";
	r->path = r->query = r->host = r->address = r->user_agent = "";
	r->params = ARENA_ARRAY(run->arena, struct param, PARAMS_MAX);
	r->actor.name = "hark";
	r->actor.locale = r->actor.time_zone = "";
	r->actor.permissions = permission_set_of("*");
	str_init(&r->headers, run->arena);
	return r;
}

bool
command_tenant(const struct command_run *run, struct tenant *tenant, int *code)
{
	enum got got = tenant_by_code(run->db, run->arena, command_value(run, "tenant"), tenant);

	if (got == GOT_ERROR)
		*code = command_fail_db(run);
	else if (got == GOT_NONE)
		*code = command_fail(run, EXIT_FAILED, "there is no tenant “%s”", command_value(run, "tenant"));
	return got == GOT_ONE;
}

struct req *
command_request(const struct command_run *run, int *code)
{
	struct tenant *tenant = ARENA_NEW(run->arena, struct tenant);
	struct req *r;

	if (!command_tenant(run, tenant, code))
		return NULL;
	r = command_operator(run);
	tenant_enter(r, tenant);
	return r;
}

int
command_fail_got(const struct command_run *run, enum got got, const struct form *form)
{
	if (got == GOT_ERROR)
		return command_fail_db(run);
	return form_is_good(form) ? command_fail(run, EXIT_FAILED, "it is not there any more") : command_fail_form(run, form);
}

void
command_param(struct req *r, const char *name, const char *value)
{
	CHECK(r->param_count < PARAMS_MAX);
	if (value == NULL)
		return;
	r->params[r->param_count].name = name;
	r->params[r->param_count++].value = value;
}
