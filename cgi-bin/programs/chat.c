/* SPDX-License-Identifier: BSD-2-Clause */
/* chat.c - hark-chat: the daemon that parks the polls of browsers and wakes them when a bell rings. No SQL. */
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

#include "core/conf.h"
#include "core/log.h"
#include "edge/crypt.h"
#include "edge/loop.h"
#include "edge/notify.h"
#include "rooms/live/live.h"

#ifndef HARK_VERSION
#define HARK_VERSION "unknown"
#endif

static void
usage(FILE *to)
{
	fputs("usage: hark-chat [--config FILE]\n       hark-chat --version | --help\n", to);
}

/* As many descriptors as the system gives. */
static size_t
raise_descriptors(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
		return 1024;
	limit.rlim_cur = limit.rlim_max;
	if (setrlimit(RLIMIT_NOFILE, &limit) != 0)
		getrlimit(RLIMIT_NOFILE, &limit);
	return (size_t)limit.rlim_cur;
}

static void
on_stop(void *arg)
{
	live_stop(arg);
}

static int
run(struct arena *arena, const char *path)
{
	const char *secret, *problem = NULL;
	const struct conf *conf = conf_read(arena, path, &problem);
	struct crypt_keys keys;
	struct loop *loop;
	struct live *live;

	if (conf == NULL)
		return fprintf(stderr, "%s\n", problem), EXIT_CONFIGURATION;
	log_open("hark-chat", log_level_named(conf->log_level));
	crypt_open();
	secret = conf_secret(arena, conf, "key_file", &problem);
	if (secret == NULL)
		return log_error("secret", "%s", problem), EXIT_CONFIGURATION;
	crypt_derive(secret, &keys);
	signal(SIGPIPE, SIG_IGN);
	loop = loop_new(arena);
	live = live_open(arena, loop, conf, &keys, raise_descriptors());
	if (live == NULL)
		return EXIT_FAILED;
	loop_on_signal(loop, SIGTERM, on_stop, live);
	loop_on_signal(loop, SIGINT, on_stop, live);
	notify_ready();
	loop_run(loop);
	return EXIT_SUCCESS;
}

int
main(int argc, char **argv)
{
	static const struct option options[] = {
		{ "config", required_argument, NULL, 'c' },
		{ "version", no_argument, NULL, 'v' },
		{ "help", no_argument, NULL, 'h' },
		{ NULL, 0, NULL, 0 }
	};
	const char *path = NULL;
	struct arena *arena;
	int option, code;

	while ((option = getopt_long(argc, argv, "c:h", options, NULL)) != -1) {
		if (option == 'v')
			return puts("hark-chat " HARK_VERSION), EXIT_SUCCESS;
		if (option != 'c')
			return usage(option == 'h' ? stdout : stderr), option == 'h' ? EXIT_SUCCESS : EXIT_USAGE;
		path = optarg;
	}
	if (optind < argc)
		return usage(stderr), EXIT_USAGE;
	arena = arena_new();
	code = run(arena, path);
	arena_free(arena);
	return code;
}
