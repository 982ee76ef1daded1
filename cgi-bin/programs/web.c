/* SPDX-License-Identifier: BSD-2-Clause */
/* web.c - hark-web: every page, API and webhook, by FastCGI workers that are forked before the requests come. */
#include <errno.h>
#include <getopt.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "core/log.h"
#include "edge/notify.h"
#include "programs/wiring.h"
#include "web/resource.h"
#include "web/serve.h"

#define WORKERS_MAX 64
#define KEPT_MEMORY (1024 * 1024)    /* bytes that a worker keeps for its next page instead of asking the kernel anew */

/* What the parent waits for. Held all the time: none is lost that comes while it does something else. */
struct signals {
	sigset_t held;
	sigset_t before;                     /* the mask that workers have */
};

static void
on_child(int signal_number)
{
	(void)signal_number;
}

static void
hold_signals(struct signals *signals)
{
	struct sigaction action = { .sa_handler = on_child };

	sigemptyset(&signals->held);
	sigaddset(&signals->held, SIGTERM);
	sigaddset(&signals->held, SIGINT);
	sigaddset(&signals->held, SIGCHLD);
	sigaction(SIGCHLD, &action, NULL);   /* one that is ignored by itself need not be kept while it is held */
	sigprocmask(SIG_BLOCK, &signals->held, &signals->before);
	signal(SIGPIPE, SIG_IGN);
}

/* Until a worker has ended, or for a second: one that could not be started is tried again. False: told to stop. */
static bool
wait_for_worker(const struct signals *signals)
{
	const struct timespec most = { .tv_sec = 1 };
	int signal_number = sigtimedwait(&signals->held, NULL, &most);

	return signal_number != SIGTERM && signal_number != SIGINT;
}

/* A page needs some hundred KB and gives them back: glibc would map and unmap them for each, which costs more than many a query. */
static void
keep_memory(void)
{
#ifdef __GLIBC__
	mallopt(M_MMAP_THRESHOLD, 2 * KEPT_MEMORY);
	mallopt(M_TRIM_THRESHOLD, KEPT_MEMORY);
#endif
}

static pid_t
start_worker(const struct site *site, int listening, const struct signals *signals)
{
	struct arena *process;
	pid_t pid = fork();

	if (pid < 0)
		log_error("worker", "none can be started: %m");
	if (pid != 0)
		return pid;
	signal(SIGCHLD, SIG_DFL);
	sigprocmask(SIG_SETMASK, &signals->before, NULL);
	keep_memory();
	process = arena_new();
	serve_loop(site, process, listening);
	arena_free(process);
	_exit(EXIT_SUCCESS);
}

static void
nap(long milliseconds)
{
	const struct timespec pause = { .tv_nsec = milliseconds * 1000000L };

	nanosleep(&pause, NULL);
}

/* Forgets the workers that have ended; false: none has. */
static bool
reap_workers(size_t count, pid_t *workers)
{
	bool found = false;
	size_t i;
	pid_t pid;
	int how;

	while ((pid = waitpid(-1, &how, WNOHANG)) > 0) {
		if (WIFSIGNALED(how))
			log_error("worker", "a worker died by signal %d; another takes its place", WTERMSIG(how));
		for (i = 0; i < count; i++)
			if (workers[i] == pid)
				workers[i] = 0;
		found = true;
	}
	return found;
}

/* A worker that has ended is started again; one that dies at once is started more slowly. */
static void
keep_workers(const struct site *site, int listening, const struct signals *signals, pid_t *workers)
{
	size_t i, count = site->conf->web_workers;
	clock_ms last = 0;

	do {
		if (reap_workers(count, workers)) {
			if (clock_steady() - last < CLOCK_SECOND)
				nap(200);
			last = clock_steady();
		}
		for (i = 0; i < count; i++) {
			if (workers[i] <= 0)
				workers[i] = start_worker(site, listening, signals);
			if (workers[i] < 0)
				break;
		}
	} while (wait_for_worker(signals));
}

/* Workers finish the request that they have; the signal is repeated, since one that comes just before accept() is missed. */
static void
stop_workers(size_t count, pid_t *workers)
{
	size_t i, left = count;
	clock_ms until = clock_steady() + 30 * CLOCK_SECOND;

	while (left > 0 && clock_steady() < until) {
		for (left = 0, i = 0; i < count; i++) {
			if (workers[i] > 0 && waitpid(workers[i], NULL, WNOHANG) == 0) {
				kill(workers[i], SIGTERM);
				left++;
			} else {
				workers[i] = 0;
			}
		}
		if (left > 0)
			nap(100);
	}
}

static void
usage(FILE *to)
{
	fputs("usage: hark-web [--config FILE]\n"
		"       hark-web --routes | --openapi | --version | --help\n", to);
}

static int
run(struct arena *arena, const char *config)
{
	pid_t workers[WORKERS_MAX] = { 0 };
	struct signals signals;
	struct site *site;
	int listening, code = wiring_start(arena, "hark-web", config, &site);

	if (code != EXIT_SUCCESS)
		return code;
	if (!route_check(site->routes))
		return EXIT_CONFIGURATION;
	listening = fcgi_listen(site->conf->web_socket);
	if (listening < 0)
		return EXIT_FAILED;
	hold_signals(&signals);
	notify_ready();
	keep_workers(site, listening, &signals, workers);
	stop_workers(site->conf->web_workers, workers);
	return EXIT_SUCCESS;
}

static int
print_tables(struct arena *arena, int what)
{
	struct site *site = wiring_site(arena, NULL, NULL);

	if (what == 'r')
		route_print(arena, site->routes);
	else
		puts(resource_openapi(arena, site));
	return route_check(site->routes) ? EXIT_SUCCESS : EXIT_FAILED;
}

int
main(int argc, char **argv)
{
	static const struct option options[] = {
		{ "config", required_argument, NULL, 'c' }, { "routes", no_argument, NULL, 'r' },
		{ "openapi", no_argument, NULL, 'o' }, { "version", no_argument, NULL, 'v' },
		{ "help", no_argument, NULL, 'h' }, { NULL, 0, NULL, 0 }
	};
	struct arena *arena = arena_new();
	const char *config = NULL;
	int option, code;

	while ((option = getopt_long(argc, argv, "c:h", options, NULL)) != -1) {
		if (option == 'r' || option == 'o')
			return print_tables(arena, option);
		if (option == 'v')
			return puts("hark-web " HARK_VERSION), EXIT_SUCCESS;
		if (option != 'c')
			return usage(option == 'h' ? stdout : stderr), option == 'h' ? EXIT_SUCCESS : EXIT_USAGE;
		config = optarg;
	}
	if (optind < argc)
		return usage(stderr), EXIT_USAGE;
	code = run(arena, config);
	arena_free(arena);
	return code;
}
