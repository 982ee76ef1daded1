/* SPDX-License-Identifier: BSD-2-Clause */
/* jobs.c - hark-jobs: what happens after the commit, started by cron each minute (--for 59) or as a service. */
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/text.h"
#include "edge/notify.h"
#include "programs/wiring.h"

static volatile int stopping;

static void
on_stop(int signal_number)
{
	(void)signal_number;
	stopping = 1;
}

static void
usage(FILE *to)
{
	fputs("usage: hark-jobs [--config FILE] [--for SECONDS]\n       hark-jobs --version | --help\n", to);
}

static int
run(struct arena *arena, const char *config, uint64_t seconds)
{
	struct sigaction action = { .sa_handler = on_stop };
	clock_ms until = seconds > 0 ? clock_steady() + (clock_ms)seconds * CLOCK_SECOND : INT64_MAX;
	struct site *site;
	int code = wiring_start(arena, "hark-jobs", config, &site);

	if (code != EXIT_SUCCESS)
		return code;
	sigaction(SIGTERM, &action, NULL);
	sigaction(SIGINT, &action, NULL);
	signal(SIGPIPE, SIG_IGN);
	notify_ready();
	job_loop(&(struct job_site){ .conf = site->conf, .keys = site->keys, .db = db_new(arena, site->conf), .bell = site->bell, .store = site->store,
		.kinds = wiring_jobs }, until, &stopping);
	return EXIT_SUCCESS;
}

int
main(int argc, char **argv)
{
	static const struct option options[] = {
		{ "config", required_argument, NULL, 'c' }, { "for", required_argument, NULL, 'f' },
		{ "version", no_argument, NULL, 'v' }, { "help", no_argument, NULL, 'h' }, { NULL, 0, NULL, 0 }
	};
	struct arena *arena = arena_new();
	const char *config = NULL;
	uint64_t seconds = 0;
	int option, code;

	while ((option = getopt_long(argc, argv, "c:f:h", options, NULL)) != -1) {
		if (option == 'v')
			return puts("hark-jobs " HARK_VERSION), EXIT_SUCCESS;
		if (option == 'c')
			config = optarg;
		else if (option != 'f' || !text_to_u64(optarg, &seconds) || seconds == 0)
			return usage(option == 'h' ? stdout : stderr), option == 'h' ? EXIT_SUCCESS : EXIT_USAGE;
	}
	if (optind < argc)
		return usage(stderr), EXIT_USAGE;
	code = run(arena, config, seconds);
	arena_free(arena);
	return code;
}
