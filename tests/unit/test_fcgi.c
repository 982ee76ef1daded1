/* SPDX-License-Identifier: BSD-2-Clause */
/* test_fcgi.c - where hark-web listens, and what it leaves alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "edge/fcgi.h"

static char folder[] = "/tmp/hark-test-fcgi-XXXXXX";
static struct sockaddr_un address = { .sun_family = AF_UNIX };

static int
make_folder(void **state)
{
	(void)state;
	if (mkdtemp(folder) == NULL)
		return -1;
	snprintf(address.sun_path, sizeof(address.sun_path), "%s/web.sock", folder);
	return 0;
}

static int
remove_folder(void **state)
{
	(void)state;
	return rmdir(folder);
}

static void
a_file_that_is_no_socket_stays(void **state)
{
	struct stat status;
	int file = open(address.sun_path, O_WRONLY | O_CREAT, 0600);

	(void)state;
	assert_true(file >= 0);
	close(file);
	assert_int_equal(fcgi_listen(address.sun_path), -1);
	assert_int_equal(stat(address.sun_path, &status), 0);
	assert_true(S_ISREG(status.st_mode));
	unlink(address.sun_path);
}

static void
a_socket_that_was_left_behind_is_replaced(void **state)
{
	int left = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0), listening;

	(void)state;
	assert_int_equal(bind(left, (const struct sockaddr *)&address, sizeof(address)), 0);
	close(left);
	listening = fcgi_listen(address.sun_path);
	assert_true(listening >= 0);
	assert_int_equal(fcntl(listening, F_GETFL) & O_NONBLOCK, O_NONBLOCK);
	assert_int_equal(fcgi_listen(address.sun_path), -1);
	close(listening);
	unlink(address.sun_path);
}

/* Who listens and takes nobody is still there: asking it must neither wait nor end in taking its place. */
static void
a_socket_without_room_is_in_use(void **state)
{
	int busy = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0), waiting[2];

	(void)state;
	assert_int_equal(bind(busy, (const struct sockaddr *)&address, sizeof(address)), 0);
	assert_int_equal(listen(busy, 0), 0);
	for (size_t i = 0; i < 2; i++) {
		waiting[i] = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
		(void)connect(waiting[i], (const struct sockaddr *)&address, sizeof(address));
	}
	alarm(20);
	assert_int_equal(fcgi_listen(address.sun_path), -1);
	alarm(0);
	close(waiting[0]);
	close(waiting[1]);
	close(busy);
	unlink(address.sun_path);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_file_that_is_no_socket_stays),
		cmocka_unit_test(a_socket_that_was_left_behind_is_replaced),
		cmocka_unit_test(a_socket_without_room_is_in_use)
	};

	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
