/* SPDX-License-Identifier: BSD-2-Clause */
/* command_config.c - hark config: a sample with every key, and whether the one that is in use is good. */
#include "core/text.h"
#include "programs/command.h"

static command_function config_run;

const struct command config_commands[] = {
	{ "config", NULL, "Prints a configuration with every key, or checks the one in use.", config_run, COMMAND_ALONE, {
		{ "sample", NULL, "Print every key with its default and what it is for.", false },
		{ "check", NULL, "Read the configuration and its secrets; 78 and file, line and key when something is wrong.", false } } },
	{ .noun = NULL }
};

static bool
secrets_are_there(const struct command_run *run, const char **problem)
{
	static const char *const keys[] = { "key_file", "db_password_file", "smtp_password_file" };
	size_t i;

	for (i = 0; i < COUNT_OF(keys); i++)
		if (!text_is_blank(conf_text(run->conf, keys[i])) && conf_secret(run->arena, run->conf, keys[i], problem) == NULL)
			return false;
	return true;
}

static int
config_run(struct command_run *run)
{
	const char *problem = NULL;

	if (command_is_on(run, "sample") == command_is_on(run, "check"))
		return command_fail(run, EXIT_USAGE, "either --sample or --check is needed");
	if (command_is_on(run, "sample")) {
		conf_print_sample();
		run->is_json = false;
		return EXIT_SUCCESS;
	}
	run->conf = conf_read(run->arena, run->config, &problem);
	if (run->conf == NULL || !secrets_are_there(run, &problem))
		return command_fail(run, EXIT_CONFIGURATION, "%s", problem);
	json_set_text(run->answer, "path", run->conf->path);
	json_set_text(run->answer, "base_url", run->conf->base_url);
	command_say(run, "%s is good", run->conf->path);
	return EXIT_SUCCESS;
}
