/* SPDX-License-Identifier: BSD-2-Clause */
/* child.c - fork, lock up, execve; then read until the program ends or its time is over. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE 1           /* pipe2(), close_range() */
#endif
#include "edge/child.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/log.h"
#include "edge/child_cage.h"

#define PIECE 65536
#define EXIT_NOT_STARTED 126         /* as shells say it */
#define EXIT_NOT_FOUND 127

/* What the parent catches or ignores is not the program's business. */
static void
signals_reset(void)
{
	sigset_t none;

	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	signal(SIGPIPE, SIG_DFL);
	signal(SIGTERM, SIG_DFL);
	signal(SIGINT, SIG_DFL);
}

/* Descriptors 0, 1 and 2, and none above: the order of the copies matters when the originals are among them. */
static bool
descriptors_set(int input, int output)
{
	int nowhere = open("/dev/null", O_WRONLY);

	input = fcntl(input, F_DUPFD, 3);
	output = fcntl(output, F_DUPFD, 3);
	nowhere = fcntl(nowhere, F_DUPFD, 3);
	return dup2(input, STDIN_FILENO) == 0 && dup2(output, STDOUT_FILENO) == 1 && dup2(nowhere, STDERR_FILENO) == 2
		&& close_range(3, ~0U, 0) == 0;
}

static void __attribute__((noreturn))
become(const struct child_order *order, int output)
{
	signals_reset();
	if (!descriptors_set(order->input, output) || chdir("/") != 0 || !child_lock_up(order))
		_exit(EXIT_NOT_STARTED);
	/* execve() takes them as writable for reasons of history; it does not write. */
	execve(order->arguments[0], (char *const *)(uintptr_t)order->arguments, (char *const *)(uintptr_t)order->environment);
	_exit(errno == ENOENT ? EXIT_NOT_FOUND : EXIT_NOT_STARTED);
}

/* Reads until the program closes its end. */
static enum child_end
listen_to(const struct child_order *order, int from, clock_ms until, child_output *take, void *arg)
{
	size_t left = order->output_max;
	char piece[PIECE];
	clock_ms wait;
	ssize_t got;

	while ((wait = until - clock_steady()) > 0) {
		struct pollfd ready = { .fd = from, .events = POLLIN };

		if (poll(&ready, 1, (int)wait) <= 0)
			continue;
		got = read(from, piece, sizeof(piece));
		if (got < 0 && errno == EINTR)
			continue;
		if (got == 0)
			return CHILD_GOOD;
		if (got < 0 || (size_t)got > left || !take(arg, piece, (size_t)got))
			return CHILD_FAILED;
		left -= (size_t)got;
	}
	return CHILD_SLOW;
}

/* Waits for its end, and ends it when its time is over: it may have closed its output and live on. */
static int
wait_for(pid_t pid, clock_ms until)
{
	int how = 0;

	while (waitpid(pid, &how, WNOHANG) == 0) {
		if (clock_steady() >= until)
			kill(pid, SIGKILL);
		poll(NULL, 0, 1);
	}
	return how;
}

static enum child_end
end_of(const char *program, int how)
{
	if (WIFEXITED(how) && WEXITSTATUS(how) == 0)
		return CHILD_GOOD;
	if (WIFEXITED(how) && WEXITSTATUS(how) == EXIT_NOT_FOUND)
		return CHILD_MISSING;
	if (WIFEXITED(how) && WEXITSTATUS(how) == EXIT_NOT_STARTED)
		log_error("child", "%s could not be started", program);
	return CHILD_FAILED;
}

enum child_end
child_run(const struct child_order *order, child_output *take, void *arg)
{
	const clock_ms until = clock_steady() + order->patience;
	enum child_end end;
	int ends[2], how;
	pid_t pid;

	if (pipe2(ends, O_CLOEXEC) != 0)
		return CHILD_FAILED;
	pid = fork();
	if (pid == 0)
		become(order, ends[1]);
	close(ends[1]);
	end = pid < 0 ? CHILD_FAILED : listen_to(order, ends[0], until, take, arg);
	close(ends[0]);
	if (pid < 0)
		return end;
	how = wait_for(pid, end == CHILD_GOOD ? until : 0);
	if (end == CHILD_SLOW)
		log_warning("child", "%s was too slow and was ended", order->arguments[0]);
	return end == CHILD_GOOD ? end_of(order->arguments[0], how) : end;
}

bool
child_is_there(const char *path)
{
	return access(path, X_OK) == 0;
}
