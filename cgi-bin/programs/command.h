/* SPDX-License-Identifier: BSD-2-Clause */
/* command.h - the operators' command: what a subcommand is, and what it has when it runs.
 *
 * A subcommand is a row of a table in command_<noun>.c. Its answer goes to standard output, as text for people or, with --json, as one
 * JSON object; complaints go to standard error. Nothing is asked unless standard input is a terminal.
 */
#ifndef HARK_PROGRAMS_COMMAND_H
#define HARK_PROGRAMS_COMMAND_H

#include <stdbool.h>
#include <stdlib.h>

#include "core/arena.h"
#include "edge/db.h"
#include "edge/json.h"
#include "web/form.h"
#include "web/req.h"

#define COMMAND_OPTIONS_MAX 24

struct command_option {
	const char *name;            /* without the dashes */
	const char *value;           /* what it takes, for the help: "CODE"; NULL for a switch */
	const char *help;
	bool required;
};

/* A running subcommand. */
struct command_run {
	struct arena *arena;
	const struct command *command;
	const char *values[COMMAND_OPTIONS_MAX];   /* as the options stand in the table; "" for a switch that is on */
	const char *config;
	bool is_json;
	struct json *answer;         /* with --json: printed at the end, also after a failure, with "exit" and "error" */
	clock_ms now;
	const struct conf *conf;     /* NULL with COMMAND_ALONE */
	struct db *db;               /* NULL with COMMAND_ALONE */
	const struct site *site;     /* only with COMMAND_SITE */
};

enum command_flag {
	COMMAND_ALONE = 1 << 0,      /* needs neither configuration nor database */
	COMMAND_ANY_SCHEMA = 1 << 1, /* runs on every state of the schema */
	COMMAND_SITE = 1 << 2        /* needs the secrets and tables of hark-web */
};

typedef int command_function(struct command_run *run);

struct command {
	const char *noun;
	const char *verb;            /* NULL: the noun alone is the command; may be two words: "key create" */
	const char *summary;
	command_function *run;       /* returns the exit code */
	unsigned flags;
	struct command_option options[COMMAND_OPTIONS_MAX];
};

extern const struct command tenant_commands[];
extern const struct command tenant_life_commands[];
extern const struct command domain_commands[];
extern const struct command plan_commands[];
extern const struct command agent_commands[];
extern const struct command key_commands[];
extern const struct command operator_commands[];
extern const struct command job_commands[];
extern const struct command migrate_commands[];
extern const struct command config_commands[];
extern const struct command doctor_commands[];
extern const struct command demo_commands[];

/* Takes --config and --json that stand before the command's name. */
bool command_read_common(struct command_run *run, char ***words);

/* Takes the words after the command's name apart; false after a complaint. `*help` is set by --help. */
bool command_read(struct command_run *run, char **words, bool *help);

void command_print_help(const struct command *command);

/* The value of an option, or NULL; and whether a switch is on. */
const char *command_value(const struct command_run *run, const char *option);
bool command_is_on(const struct command_run *run, const char *option);

/* Of a command that changes what is given: is anything? Else false after a complaint. */
bool command_has_change(const struct command_run *run);

/* A line of the answer, left out with --json. */
void command_say(const struct command_run *run, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* A complaint on standard error, with the command's name in front, and the first one in the answer as "error"; returns the exit code. */
int command_fail(const struct command_run *run, int code, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* The database has failed: 75 when that goes away by itself, 78 when it does not let us in, else 1. Its words are said. */
int command_fail_db(const struct command_run *run);
int command_code_of_db(const struct command_run *run);

/* One complaint for each problem of the form. */
int command_fail_form(const struct command_run *run, const struct form *form);

/* The tenant of --tenant CODE; false after a complaint, *code then is the exit code. */
struct tenant;
bool command_tenant(const struct command_run *run, struct tenant *tenant, int *code);

/* A request in the operator's name and in no tenant's. */
struct req *command_operator(const struct command_run *run);

/* What GOT_NONE (problems of the form, or gone) and GOT_ERROR mean to the operator: the exit code, after a complaint. */
int command_fail_got(const struct command_run *run, enum got got, const struct form *form);

/* The tenant of --tenant CODE into run->… a request in its name, with every right: what the settings engine needs. NULL after a
 * complaint, *code then is the exit code. */
struct req *command_request(const struct command_run *run, int *code);

/* Adds a parameter, as a form would send it; NULL is left out. */
void command_param(struct req *r, const char *name, const char *value);

/* The password of --password-file FILE or "-" (standard input), without its newline; asked for when there is no such option and
 * standard input is a terminal. NULL after a complaint, or "" when there is none to be had. */
const char *command_password(const struct command_run *run);

/* Such a password, good enough for the operator of that address; NULL after a complaint. */
const char *command_operator_password(const struct command_run *run, const char *email);
/* Makes the operator, with an entry in the log of the host; db_is_duplicate(): there is one of that address. */
struct operator;
enum got command_operator_create(const struct command_run *run, struct operator *operator, const char *password) MUST_USE;

/* The first line of the file that the option names ("-" is standard input); "" without the option, NULL after a complaint. */
const char *command_first_line(const struct command_run *run, const char *option);

#endif
