/* SPDX-License-Identifier: BSD-2-Clause */
/* fcgi.c - libfcgi in a preforked worker: one request at a time, and told to stop only between two. */
#include "edge/fcgi.h"

#include <errno.h>
#include <fcgiapp.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "core/check.h"
#include "core/log.h"
#include "core/text.h"
#include "edge/listen.h"

#define DRAIN_MAX ((size_t)256 * 1024 * 1024)  /* of a body that nobody read; the web server's own limit is far below */

struct fcgi {
	FCGX_Request request;
	int listening;
	bool is_cut;                /* the connection is to end without the end of the request */
	sigset_t waiting;           /* the signal mask while waiting, in which the stop signals may come */
};

static volatile sig_atomic_t stop_asked;

static void
on_stop(int signal_number)
{
	(void)signal_number;
	stop_asked = 1;
}

/* --- the listening socket */

static bool
is_listening(int descriptor)
{
	int answer = 0;
	socklen_t len = sizeof answer;

	return getsockopt(descriptor, SOL_SOCKET, SO_ACCEPTCONN, &answer, &len) == 0 && answer != 0;
}

/* sd_listen_fds(3): the descriptors from 3 on are ours when the process id is. */
static bool
is_activated(void)
{
	const char *pid = getenv("LISTEN_PID"), *count = getenv("LISTEN_FDS");
	uint64_t number;

	return pid != NULL && count != NULL && text_to_u64(pid, &number) && number == (uint64_t)getpid()
		&& text_to_u64(count, &number) && number >= 1 && is_listening(3);
}

/* Several workers are woken by one connection: those that come late must not block in accept(), deaf to signals. */
static int
prepare(int listening)
{
	int flags = fcntl(listening, F_GETFL);

	if (flags < 0 || fcntl(listening, F_SETFL, flags | O_NONBLOCK) < 0 || fcntl(listening, F_SETFD, FD_CLOEXEC) < 0) {
		log_error("socket", "descriptor %d cannot be prepared: %m", listening);
		return -1;
	}
	return listening;
}

static int
listen_at(const char *path)
{
	const int listening = listen_unix(path, SOCK_STREAM);

	if (listening < 0 && errno == EADDRINUSE)
		log_error("socket", "another process listens on %s already", path);
	else if (listening < 0)
		log_error("socket", "cannot listen on %s: %m", path);
	return listening;
}

int
fcgi_listen(const char *socket_path)
{
	if (is_activated()) {
		unsetenv("LISTEN_PID");
		unsetenv("LISTEN_FDS");
		unsetenv("LISTEN_FDNAMES");
		return prepare(3);
	}
	if (is_listening(0))
		return prepare(0);
	return listen_at(socket_path);
}

/* --- a worker */

/* The stop signals are held back, so that neither a request nor a system call of it is cut; pselect() lets them in
 * in one step with waiting, which closes the window that libfcgi leaves between its test and accept(). */
static void
hold_signals(struct fcgi *fcgi)
{
	static const int stops[] = { SIGTERM, SIGINT, SIGUSR1, SIGHUP };
	struct sigaction action = { .sa_handler = on_stop };
	sigset_t held;

	sigemptyset(&held);
	for (size_t i = 0; i < COUNT_OF(stops); i++)
		sigaddset(&held, stops[i]);
	sigprocmask(SIG_BLOCK, &held, &fcgi->waiting);
	for (size_t i = 0; i < COUNT_OF(stops); i++) {
		sigaction(stops[i], &action, NULL);
		sigdelset(&fcgi->waiting, stops[i]);
	}
}

static void
fcgi_release(void *arg)
{
	struct fcgi *fcgi = arg;

	FCGX_Free(&fcgi->request, 1);
}

struct fcgi *
fcgi_new(struct arena *arena, int listening)
{
	struct fcgi *fcgi = ARENA_NEW(arena, struct fcgi);

	fcgi->listening = listening;
	hold_signals(fcgi);
	/* A worker whose parent was killed would hold a socket that the next start replaces. */
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	CHECK(FCGX_Init() == 0);
	CHECK(FCGX_InitRequest(&fcgi->request, listening, 0) == 0);
	arena_on_release(arena, fcgi_release, fcgi);
	return fcgi;
}

/* Until somebody connects; false when told to stop. */
static bool
wait_for_connection(struct fcgi *fcgi)
{
	fd_set readable;
	int ready;

	do {
		if (stop_asked)
			return false;
		FD_ZERO(&readable);
		FD_SET(fcgi->listening, &readable);
		ready = pselect(fcgi->listening + 1, &readable, NULL, NULL, NULL, &fcgi->waiting);
	} while (ready < 0 && errno == EINTR);
	return ready > 0 && !stop_asked;
}

bool
fcgi_accept(struct fcgi *fcgi)
{
	const struct timespec pause = { .tv_nsec = 100 * 1000 * 1000 };
	int outcome;

	while (wait_for_connection(fcgi)) {
		outcome = FCGX_Accept_r(&fcgi->request);
		if (outcome == 0)
			return true;
		if (outcome == -EAGAIN || outcome == -EINTR)    /* another worker was quicker, or the client left */
			continue;
		log_error("socket", "no connection taken: %s", strerror(-outcome));
		if (outcome == -EBADF || outcome == -EINVAL || outcome == -ENOTSOCK)
			return false;
		nanosleep(&pause, NULL);                        /* out of descriptors: not again at once */
	}
	return false;
}

const char *
fcgi_variable(const struct fcgi *fcgi, const char *name)
{
	return FCGX_GetParam(name, fcgi->request.envp);
}

size_t
fcgi_read(struct fcgi *fcgi, char *bytes, size_t room)
{
	int got = FCGX_GetStr(bytes, room > INT32_MAX ? INT32_MAX : (int)room, fcgi->request.in);

	return got > 0 ? (size_t)got : 0;
}

bool
fcgi_write(struct fcgi *fcgi, const char *bytes, size_t len)
{
	int piece;

	for (; len > 0; bytes += piece, len -= (size_t)piece) {
		piece = len > INT32_MAX ? INT32_MAX : (int)len;
		if (FCGX_PutStr(bytes, piece, fcgi->request.out) != piece)
			return false;
	}
	return true;
}

/* nginx takes a connection that only ends for the end of the reply. A record of a version that there is not is an error to all. */
void
fcgi_cut(struct fcgi *fcgi)
{
	static const char record[8];

	FCGX_FFlush(fcgi->request.out);
	if (send(fcgi->request.ipcFd, record, sizeof(record), MSG_NOSIGNAL) < 0)
		log_warning("socket", "a reply that broke off could not be marked: %m");
	fcgi->is_cut = true;
}

/* A web server that is still sending when we close takes the reply for broken. */
void
fcgi_finish(struct fcgi *fcgi)
{
	char trash[8192];
	size_t got, drained = 0;

	while (drained < DRAIN_MAX && (got = fcgi_read(fcgi, trash, sizeof trash)) > 0)
		drained += got;
	if (fcgi->is_cut)
		FCGX_Free(&fcgi->request, 1);
	else
		FCGX_Finish_r(&fcgi->request);
	fcgi->is_cut = false;
}
