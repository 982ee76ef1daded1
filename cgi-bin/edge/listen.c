/* SPDX-License-Identifier: BSD-2-Clause */
/* listen.c - a unix socket to listen on, where one that died may have left its file. */
#include "edge/listen.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#define BACKLOG 4096            /* the system cuts it to its own limit */

/* False when somebody listens there (EADDRINUSE) or it is no socket; a dead socket's file is removed. */
static bool
clear_way(const struct sockaddr_un *address, int type)
{
	struct stat status;
	int fd;
	bool alive;

	if (lstat(address->sun_path, &status) != 0)
		return errno == ENOENT;
	if (!S_ISSOCK(status.st_mode)) {
		errno = EEXIST;
		return false;
	}
	fd = socket(AF_UNIX, type | SOCK_NONBLOCK, 0);
	if (fd < 0)
		return false;
	alive = connect(fd, (const struct sockaddr *)address, sizeof *address) == 0 || errno != ECONNREFUSED;
	close(fd);
	if (alive) {
		errno = EADDRINUSE;
		return false;
	}
	return unlink(address->sun_path) == 0;
}

int
listen_unix(const char *path, int type)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	mode_t mask;
	int fd;
	int bound;

	if (strlen(path) >= sizeof address.sun_path) {
		errno = ENAMETOOLONG;
		return -1;
	}
	memcpy(address.sun_path, path, strlen(path) + 1);
	if (!clear_way(&address, type))
		return -1;
	fd = socket(AF_UNIX, type | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return -1;
	mask = umask(0117);
	bound = bind(fd, (const struct sockaddr *)&address, sizeof address);
	umask(mask);
	if (bound != 0 || listen(fd, BACKLOG) != 0) {
		int why = errno;

		close(fd);
		errno = why;
		return -1;
	}
	return fd;
}
