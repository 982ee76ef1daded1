/* SPDX-License-Identifier: BSD-2-Clause */
/* command_config.c - hark config: a sample with every key, and whether the one that is in use is good. */
#include "core/text.h"
#include "programs/command.h"
#include "programs/wiring.h"

static command_function config_run;

const struct command config_commands[] = {
	{ "config", NULL, "Prints a configuration with every key, or checks the one in use.", config_run, COMMAND_ALONE, {
		{ "sample", NULL, "Print every key with its default and what it is for.", false },
		{ "check", NULL, "Read the configuration and its secrets; 78 and file, line and key when something is wrong.", false } } },
	{ .noun = NULL }
};

static int
config_run(struct command_run *run)
{
	if (command_is_on(run, "sample") == command_is_on(run, "check"))
		return command_fail(run, EXIT_USAGE, "either --sample or --check is needed");
	if (command_is_on(run, "sample")) {
		conf_print_sample();
		run->is_json = false;
		return EXIT_SUCCESS;
	}
	run->conf = wiring_conf(run->arena, run->config);
	if (conf_secret(run->arena, run->conf->key_file) == NULL)
		return command_fail(run, EXIT_CONFIGURATION, "key_file: %s cannot be used", run->conf->key_file);
	if (!text_is_blank(run->conf->db_password_file) && conf_secret(run->arena, run->conf->db_password_file) == NULL)
		return command_fail(run, EXIT_CONFIGURATION, "db_password_file: %s cannot be used", run->conf->db_password_file);
	json_set_text(run->answer, "path", run->conf->path);
	json_set_text(run->answer, "base_url", run->conf->base_url);
	command_say(run, "%s is good", run->conf->path);
	return EXIT_SUCCESS;
}
