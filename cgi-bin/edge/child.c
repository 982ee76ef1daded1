/* SPDX-License-Identifier: BSD-2-Clause */
/* child.c - fork, lock up, execve; then read until the program ends or its time is over. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE 1           /* pipe2(), close_range() */
#endif
#include "edge/child.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <signal.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/log.h"

#define PIECE 65536
#define EXIT_NOT_STARTED 126         /* as shells say it */
#define EXIT_NOT_FOUND 127

#if defined(__x86_64__)
#define OUR_ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define OUR_ARCH AUDIT_ARCH_AARCH64
#endif

#ifdef OUR_ARCH
#define LOAD(what) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, what))
#define ANSWER(how) BPF_STMT(BPF_RET | BPF_K, (how))
#define REFUSE(call, error) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (call), 0, 1), ANSWER(SECCOMP_RET_ERRNO | (error))

/* No sockets and no processes; threads are allowed. clone3() hides its flags in memory, so the C library is sent back to clone(). */
static const struct sock_filter filter[] = {
	LOAD(arch),
	BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, OUR_ARCH, 1, 0), ANSWER(SECCOMP_RET_KILL_PROCESS),
	LOAD(nr),
#ifdef __x86_64__
	BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1), ANSWER(SECCOMP_RET_KILL_PROCESS),   /* x32 */
	REFUSE(SYS_fork, EPERM), REFUSE(SYS_vfork, EPERM),
#endif
	REFUSE(SYS_socket, EPERM), REFUSE(SYS_socketpair, EPERM), REFUSE(SYS_ptrace, EPERM), REFUSE(SYS_clone3, ENOSYS),
	BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_clone, 0, 3),
	LOAD(args[0]),
	BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, CLONE_THREAD, 1, 0), ANSWER(SECCOMP_RET_ERRNO | EPERM),
	ANSWER(SECCOMP_RET_ALLOW)
};

static bool
filter_calls(void)
{
	struct sock_fprog program = { .len = sizeof(filter) / sizeof(filter[0]), .filter = (struct sock_filter *)(uintptr_t)filter };

	return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}
#else
static bool
filter_calls(void)
{
	return true;
}
#endif

static bool
limit(__rlimit_resource_t what, uint64_t most)
{
	const struct rlimit both = { .rlim_cur = (rlim_t)most, .rlim_max = (rlim_t)most };

	return setrlimit(what, &both) == 0;
}

/* A file size of 0 does not bind pipes: the program can talk to us, and write nothing else. */
static bool
lock_up(const struct child_order *order)
{
	uint64_t seconds = (uint64_t)(order->patience / CLOCK_SECOND) + 1;

	return limit(RLIMIT_CORE, 0) && limit(RLIMIT_FSIZE, 0) && limit(RLIMIT_NOFILE, 32) && limit(RLIMIT_AS, order->memory_max)
		&& limit(RLIMIT_CPU, seconds) && prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0
		&& filter_calls();
}

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
	if (!descriptors_set(order->input, output) || chdir("/") != 0 || !lock_up(order))
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
