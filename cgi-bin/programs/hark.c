/* SPDX-License-Identifier: BSD-2-Clause */
/* hark.c - the operators' command: finds the subcommand, prepares what it needs, runs it, prints its answer. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/log.h"
#include "edge/crypt.h"
#include "edge/locale.h"
#include "programs/command.h"
#include "programs/wiring.h"

static command_function version_run;

static const struct command version_commands[] = {
	{ "version", NULL, "Prints the version.", version_run, COMMAND_ALONE, { { NULL, NULL, NULL, false } } },
	{ .noun = NULL }
};

static const struct command *const tables[] = {
	migrate_commands, tenant_commands, tenant_life_commands, domain_commands, plan_commands, agent_commands, key_commands, operator_commands,
	job_commands, doctor_commands, demo_commands, config_commands, version_commands, NULL
};

static int
version_run(struct command_run *run)
{
	json_set_text(run->answer, "version", HARK_VERSION);
	command_say(run, "hark %s", HARK_VERSION);
	return EXIT_SUCCESS;
}

static void
usage(FILE *to)
{
	const struct command *const *table;
	const struct command *command;

	fputs("usage: hark NOUN [VERB] [OPTIONS]\n\n", to);
	for (table = tables; *table != NULL; table++)
		for (command = *table; command->noun != NULL; command++)
			fprintf(to, "  hark %-9s %-13s %.*s.\n", command->noun, command->verb != NULL ? command->verb : "",
				(int)strcspn(command->summary, "."), command->summary);
	fputs("\nEach takes --help. Exit codes: 0 done, 1 failed, 2 wrong usage, 75 try again, 78 configuration.\n", to);
}

/* How many words the verb is ("domain add" is two) when they begin with it; 0 when they do not. */
static size_t
verb_words(const char *verb, char *const *words)
{
	size_t count = 0, len;

	for (;; verb += len + 1) {
		len = strcspn(verb, " ");
		if (words[count] == NULL || strlen(words[count]) != len || strncmp(words[count], verb, len) != 0)
			return 0;
		count++;
		if (verb[len] == '\0')
			return count;
	}
}

/* The subcommand of the first words, which it steps over. */
static const struct command *
command_find(char ***words)
{
	const struct command *const *table;
	const struct command *command;
	size_t count;

	for (table = tables; *table != NULL; table++)
		for (command = *table; command->noun != NULL; command++) {
			if (strcmp((*words)[0], command->noun) != 0)
				continue;
			if (command->verb == NULL)
				return *words += 1, command;
			count = verb_words(command->verb, *words + 1);
			if (count > 0)
				return *words += 1 + count, command;
		}
	return NULL;
}

static bool
word_is_help(const char *word)
{
	return strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0;
}

/* Does the verb begin with these words, which end with a question for help or with nothing? */
static bool
verb_begins(const char *verb, char *const *words)
{
	size_t len;

	for (; *words != NULL && !word_is_help(*words); words++) {
		len = strlen(*words);
		if (strncmp(verb, *words, len) != 0 || (verb[len] != ' ' && verb[len] != '\0'))
			return false;
		verb += len + (verb[len] == ' ');
	}
	return true;
}

/* The commands of a noun ("tenant") or of the first word of its verbs ("tenant domain"); how many there are. */
static size_t
usage_of(FILE *to, char *const *words)
{
	const struct command *const *table;
	const struct command *command;
	size_t count = 0;

	for (table = tables; *table != NULL; table++)
		for (command = *table; command->noun != NULL; command++)
			if (strcmp(command->noun, words[0]) == 0 && command->verb != NULL && verb_begins(command->verb, words + 1))
				fprintf(to, "%s  hark %s %-15s %.*s.\n", count++ == 0 ? "usage:\n" : "", command->noun, command->verb,
					(int)strcspn(command->summary, "."), command->summary);
	if (count > 0)
		fputs("\nEach takes --help.\n", to);
	return count;
}

/* What goes to standard output for people only; then there is no answer. */
static int
help_given(struct command_run *run)
{
	run->is_json = false;
	return EXIT_SUCCESS;
}

/* Words that are no whole command: the commands that begin so, when help is asked for or nothing else is there to be said. */
static int
run_part(struct command_run *run, char *const *words)
{
	const bool has_verb = words[1] != NULL && words[1][0] != '-';
	size_t i;

	for (i = 0; words[i] != NULL && !word_is_help(words[i]);)
		i++;
	if (usage_of(words[i] != NULL ? stdout : stderr, words) > 0)
		return words[i] != NULL ? help_given(run) : command_fail(run, EXIT_USAGE, "“%s” is the beginning of these commands", words[0]);
	return command_fail(run, EXIT_USAGE, "there is no command “%s%s%s”", words[0], has_verb ? " " : "", has_verb ? words[1] : "");
}

/* Configuration, database and tables, as far as the command needs them; 0, or the exit code of a complaint. */
static int
run_prepare(struct command_run *run)
{
	const char *problem = NULL;
	int code = EXIT_SUCCESS;

	locale_use("en");
	if ((run->command->flags & COMMAND_ALONE) != 0)
		return EXIT_SUCCESS;
	run->conf = conf_read(run->arena, run->config, &problem);
	if (run->conf == NULL)
		return command_fail(run, EXIT_CONFIGURATION, "%s", problem);
	crypt_open();
	if ((run->command->flags & COMMAND_ANY_SCHEMA) == 0)
		code = wiring_check_schema(run->arena, run->conf, &problem);
	if (code != EXIT_SUCCESS)
		return command_fail(run, code, "%s", problem);
	run->db = db_new(run->arena, run->conf);
	if ((run->command->flags & COMMAND_SITE) == 0)
		return EXIT_SUCCESS;
	run->site = wiring_site(run->arena, run->conf, &problem);
	locale_use("en");
	return run->site != NULL ? EXIT_SUCCESS : command_fail(run, EXIT_CONFIGURATION, "%s", problem);
}

static int
run_command(struct command_run *run)
{
	int code = run_prepare(run);

	run->now = clock_now();
	return code == EXIT_SUCCESS ? run->command->run(run) : code;
}

static void
answer_print(const struct command_run *run, int code)
{
	json_set_u64(run->answer, "exit", (uint64_t)code);
	puts(json_text(run->arena, run->answer));
}

/* Is an answer in JSON wanted? Known before the words are understood, so that a complaint about them comes as JSON, too. */
static bool
json_is_asked(char *const *words)
{
	for (; *words != NULL; words++)
		if (strcmp(*words, "--json") == 0)
			return true;
	return false;
}

static int
run_words(struct command_run *run, char **words)
{
	bool help = false;

	if (!command_read_common(run, &words))
		return EXIT_USAGE;
	if (words[0] == NULL)
		return usage(stderr), command_fail(run, EXIT_USAGE, "a command is needed");
	if (strcmp(words[0], "--help") == 0 || strcmp(words[0], "-h") == 0 || strcmp(words[0], "help") == 0)
		return usage(stdout), help_given(run);
	if (strcmp(words[0], "--version") == 0)
		words[0] += 2;
	run->command = command_find(&words);
	if (run->command == NULL)
		return run_part(run, words);
	if (!command_read(run, words, &help))
		return EXIT_USAGE;
	if (help)
		return command_print_help(run->command), help_given(run);
	return run_command(run);
}

int
main(int argc, char **argv)
{
	struct command_run run = { .arena = arena_new(), .is_json = json_is_asked(argv + 1) };
	int code;

	(void)argc;
	run.answer = json_new_object(run.arena);
	log_open("hark", LOG_LEVEL_ERROR);
	signal(SIGPIPE, SIG_IGN);
	code = run_words(&run, argv + 1);
	if (run.is_json)
		answer_print(&run, code);
	arena_free(run.arena);
	return fflush(stdout) == 0 ? code : EXIT_FAILED;
}
