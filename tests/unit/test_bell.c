/* SPDX-License-Identifier: BSD-2-Clause */
/* test_bell.c - packets are taken apart strictly, and ringing finds a daemon that comes, goes, sleeps or is not there. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/clock.h"
#include "core/log.h"
#include "core/str.h"
#include "edge/bell.h"

#define TOO_LONG (20 * CLOCK_SECOND)     /* far from what it waits, also on a busy machine */

static bool
parse(struct arena *arena, const char *text, struct bell_packet *packet)
{
	return bell_parse(arena_text(arena, text), strlen(text), packet);
}

static void
packets_are_read(void **state)
{
	struct arena *arena = arena_new();
	struct bell_packet packet;

	(void)state;
	assert_true(parse(arena, "event\n5.q3 5.a12\n{\"type\":\"message\"}", &packet));
	assert_int_equal(packet.verb, BELL_EVENT);
	assert_int_equal(packet.topic_count, 2);
	assert_string_equal(packet.topics[0], "5.q3");
	assert_string_equal(packet.topics[1], "5.a12");
	assert_string_equal(packet.json, "{\"type\":\"message\"}");
	assert_true(parse(arena, "cut\n5.a12\n", &packet));
	assert_int_equal(packet.verb, BELL_CUT);
	assert_string_equal(packet.topics[0], "5.a12");
	assert_true(parse(arena, "present\n5.q3 5.t\n", &packet));
	assert_int_equal(packet.verb, BELL_PRESENT);
	assert_int_equal(packet.topic_count, 2);
	arena_free(arena);
}

static void
malformed_packets_are_refused(void **state)
{
	static const char *const bad[] = {
		"", "event", "event\n", "event\n5.q3", "event\n\n{}", "event\n5.q3\n", "event\n5.q3\n[]", "event\n5.q3\n{}\n",
		"event\n5.q3\n{\n}", "event\n5.q3 \n{}", "event\n 5.q3\n{}", "event\n5.q3  5.q4\n{}", "event\n5.q3\n{\"\xff\"}",
		"Event\n5.q3\n{}", "\n5.q3\n{}", "cut\n5.a1", "cut\n5.a1 5.a2\n", "cut\n\n", "cut\n5.a1\nx", "present\n\n",
		"present\n5.q3\n{}", "event\n*\n{}", "event\n5.%\n{}", "event\n05.q3\n{}", "event\n5.3\n{}", "event\n5.\n{}",
		"event\n.q3\n{}", "event\n5.q3/\n{}",
		"event\n5.q1234567890123456789012345678901234567890\n{}"
	};
	struct arena *arena = arena_new();
	struct bell_packet packet;
	char with_nul[] = "event\n5.q3\n{\"\0\"}";

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		assert_false(parse(arena, bad[i], &packet));
	assert_false(bell_parse(with_nul, sizeof with_nul - 1, &packet));
	arena_free(arena);
}

static void
topics_are_written_as_they_are_read(void **state)
{
	struct arena *arena = arena_new();

	(void)state;
	assert_string_equal(bell_topic(arena, (tenant_id){ 5 }, 'a', 12), "5.a12");
	assert_string_equal(bell_topic(arena, (tenant_id){ 5 }, 'p', 0), "5.p0");
	assert_string_equal(bell_topic_of_all(arena, (tenant_id){ 5 }, 't'), "5.t");
	assert_true(bell_is_topic("5.a12", 5) && bell_is_topic("5.p0", 4) && bell_is_topic("5.t", 3));
	arena_free(arena);
}

static void
topics_are_counted(void **state)
{
	struct arena *arena = arena_new();
	struct bell_packet packet;
	struct str text;

	(void)state;
	str_init(&text, arena);
	str_add(&text, "present\n5.q1");
	for (int i = 2; i <= BELL_TOPICS_MAX; i++)
		str_addf(&text, " 5.q%d", i);
	assert_true(parse(arena, arena_printf(arena, "%s\n", text.data), &packet));
	assert_int_equal(packet.topic_count, BELL_TOPICS_MAX);
	assert_false(parse(arena, arena_printf(arena, "%s 5.q65\n", text.data), &packet));
	arena_free(arena);
}

static int
listen_at(const char *path)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_SEQPACKET, 0);

	memcpy(address.sun_path, path, strlen(path));
	unlink(path);
	assert_int_equal(bind(fd, (const struct sockaddr *)&address, sizeof address), 0);
	assert_int_equal(listen(fd, 5), 0);
	return fd;
}

static void
rings_again_after_a_restart(void **state)
{
	struct arena *arena = arena_new();
	char folder[] = "/tmp/test_bell.XXXXXX";
	const char *path = arena_printf(arena, "%s/bell", mkdtemp(folder));
	struct bell *bell = bell_new(arena, path);
	char packet[100];

	(void)state;
	bell_ring(bell, "5.q1", "{}");          /* nobody is there: no harm */
	for (int start = 0; start < 2; start++) {
		int listening = listen_at(path);
		int fd;
		ssize_t got;

		bell_ring(bell, "5.q1 5.t", "{\"n\":1}");
		fd = accept(listening, NULL, NULL);
		got = recv(fd, packet, sizeof packet, 0);
		assert_int_equal(got, strlen("event\n5.q1 5.t\n{\"n\":1}"));
		assert_memory_equal(packet, "event\n5.q1 5.t\n{\"n\":1}", (size_t)got);
		close(fd);
		close(listening);
	}
	unlink(path);
	rmdir(folder);
	arena_free(arena);
}

static void
never_waits_long(void **state)
{
	struct arena *arena = arena_new();
	char folder[] = "/tmp/test_bell.XXXXXX";
	const char *path = arena_printf(arena, "%s/bell", mkdtemp(folder));
	struct bell *bell = bell_new(arena, path);
	int listening = listen_at(path);        /* and never reads */
	const char *epoch;
	clock_ms start = clock_steady();

	(void)state;
	for (int i = 0; i < 5000; i++)
		bell_ring(bell, "5.q1", "{\"text\":\"nobody takes this\"}");
	assert_true(clock_steady() - start >= 190);
	assert_true(clock_steady() - start < TOO_LONG);         /* once, and not for each of them */
	start = clock_steady();
	assert_null(bell_present(bell, arena, "5.q1", &epoch));
	assert_true(clock_steady() - start < TOO_LONG);
	close(listening);
	unlink(path);
	rmdir(folder);
	arena_free(arena);
}

/* A daemon that answers the first question when it is told to, which is too late, and the others at once: one in each connection. About "5.q2"
 * it knows of nobody. */
static void
answer_all(int listening, int go, int gone)
{
	for (bool is_first = true;; is_first = false) {
		char question[100] = "", byte = 0;
		int fd = accept(listening, NULL, NULL);

		if (recv(fd, question, sizeof question - 1, 0) > 0) {
			const char *answer = is_first ? "E1 5.a1\n" : strstr(question, "5.q2") != NULL ? "E2\n" : "E2 5.a2 5.a3\n";

			if (is_first)
				(void)!read(go, &byte, 1);
			send(fd, answer, strlen(answer), MSG_NOSIGNAL);
			if (is_first)
				(void)!write(gone, &byte, 1);
		}
		close(fd);
	}
}

/* On a busy machine an answer may take longer than one waits for it. */
static const char *
present(struct bell *bell, struct arena *arena, const char *topics, const char **epoch)
{
	const char *names = NULL;

	for (int i = 0; i < 30 && names == NULL; i++)
		names = bell_present(bell, arena, topics, epoch);
	return names;
}

static void
asks_who_is_present(void **state)
{
	struct arena *arena = arena_new();
	char folder[] = "/tmp/test_bell.XXXXXX", byte = 0;
	const char *path = arena_printf(arena, "%s/bell", mkdtemp(folder));
	struct bell *bell = bell_new(arena, path);
	int listening = listen_at(path), go[2], gone[2];
	const char *names, *epoch;
	pid_t child;

	(void)state;
	assert_int_equal(pipe(go), 0);
	assert_int_equal(pipe(gone), 0);
	child = fork();
	if (child == 0) {
		alarm(60);
		answer_all(listening, go[0], gone[1]);
	}
	assert_null(bell_present(bell, arena, "5.q1", &epoch));
	assert_int_equal(write(go[1], &byte, 1), 1);
	assert_int_equal(read(gone[0], &byte, 1), 1);
	names = present(bell, arena, "5.q1", &epoch);           /* must not be the late answer */
	assert_non_null(names);
	assert_string_equal(names, "5.a2 5.a3");
	assert_string_equal(epoch, "E2");
	names = present(bell, arena, "5.q2", &epoch);
	assert_non_null(names);
	assert_string_equal(names, "");
	assert_string_equal(epoch, "E2");
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	close(listening);
	unlink(path);
	rmdir(folder);
	arena_free(arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(packets_are_read),
		cmocka_unit_test(malformed_packets_are_refused),
		cmocka_unit_test(topics_are_written_as_they_are_read),
		cmocka_unit_test(topics_are_counted),
		cmocka_unit_test(rings_again_after_a_restart),
		cmocka_unit_test(never_waits_long),
		cmocka_unit_test(asks_who_is_present),
	};

	alarm(30);                      /* a daemon that is never rung would wait for ever */
	log_open("test_bell", LOG_LEVEL_ERROR);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
