/* SPDX-License-Identifier: BSD-2-Clause */
/* commit_floor.c - a bare FastCGI program that stores a message with the transaction of rooms/conversation/message_store.c,
 * rings the bare relay and answers; or, with --raw, the same statements without web server and FastCGI.
 * usage: commit_floor SOCKET WORKERS DATABASE-SOCKET DATABASE RELAY-SOCKET
 *        commit_floor --raw CONNECTIONS SECONDS DATABASE-SOCKET DATABASE FIRST-CONVERSATION COUNT TENANT */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "floor.h"

#define BODY_MAX 4096
#define UPDATE_SQL "UPDATE conversation SET last_seq = LAST_INSERT_ID(last_seq + 1), last_text = IFNULL(?, last_text)," \
	" last_by = IF(?, ?, last_by), last_at = IF(?, ?, last_at), unread = unread + ?," \
	" first_reply_at = IF(? AND first_reply_at IS NULL, ?, first_reply_at) WHERE tenant_id = ? AND id = ?" \
	" AND (? OR state <> 'closed')"
#define INSERT_SQL "INSERT INTO message (tenant_id, conversation_id, seq, kind, author_kind, author_id, author_name, body," \
	" file_id, client_id, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"

struct message {
	uint64_t tenant;
	uint64_t conversation;
	uint64_t seq;
	char client_id[40];
	char body[BODY_MAX + 1];
	size_t len;
};

struct worker {
	char **arguments;
	MYSQL *mysql;
	struct floor_statement update;
	struct floor_statement insert;
	int relay;
};

static uint64_t
now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

static uint64_t
take_seq(struct worker *worker, const struct message *message, uint64_t now)
{
	const uint64_t yes = 1, no = 0;
	MYSQL_BIND binds[11];

	floor_bind_bytes(&binds[0], message->body, message->len < 120 ? message->len : 120);
	floor_bind_u64(&binds[1], &yes);
	floor_bind_bytes(&binds[2], "visitor", 7);
	floor_bind_u64(&binds[3], &yes);
	floor_bind_u64(&binds[4], &now);
	floor_bind_u64(&binds[5], &yes);
	floor_bind_u64(&binds[6], &no);
	floor_bind_u64(&binds[7], &now);
	floor_bind_u64(&binds[8], &message->tenant);
	floor_bind_u64(&binds[9], &message->conversation);
	floor_bind_u64(&binds[10], &no);
	floor_execute(&worker->update, binds);
	return mysql_stmt_insert_id(worker->update.handle);
}

static void
insert(struct worker *worker, const struct message *message, uint64_t now)
{
	const uint64_t author = 1;
	MYSQL_BIND binds[11];

	floor_bind_u64(&binds[0], &message->tenant);
	floor_bind_u64(&binds[1], &message->conversation);
	floor_bind_u64(&binds[2], &message->seq);
	floor_bind_bytes(&binds[3], "text", 4);
	floor_bind_bytes(&binds[4], "visitor", 7);
	floor_bind_u64(&binds[5], &author);
	floor_bind_bytes(&binds[6], "Visitor", 7);
	floor_bind_bytes(&binds[7], message->body, message->len);
	floor_bind_bytes(&binds[8], NULL, 0);
	floor_bind_bytes(&binds[9], message->client_id, strlen(message->client_id));
	floor_bind_u64(&binds[10], &now);
	floor_execute(&worker->insert, binds);
}

static void
store(struct worker *worker, struct message *message)
{
	uint64_t now = now_ms();

	floor_query(worker->mysql, "START TRANSACTION");
	message->seq = take_seq(worker, message, now);
	insert(worker, message, now);
	floor_query(worker->mysql, "COMMIT");
}

static void
database_open(struct worker *worker, const char *socket, const char *database)
{
	worker->mysql = floor_connect(socket, database);
	floor_prepare(worker->mysql, &worker->update, UPDATE_SQL);
	floor_prepare(worker->mysql, &worker->insert, INSERT_SQL);
}

/* --- behind the web server */

static int
relay_connect(const char *path)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);

	snprintf(address.sun_path, sizeof address.sun_path, "%s", path);
	if (fd >= 0 && connect(fd, (struct sockaddr *)&address, sizeof address) == 0)
		return fd;
	if (fd >= 0)
		close(fd);
	return -1;
}

/* The relay is started anew between rounds: one more attempt finds it. */
static void
ring(struct worker *worker, const struct message *message)
{
	char packet[BODY_MAX + 200];
	int len = snprintf(packet, sizeof packet, "%llu\n{\"type\":\"message\",\"c\":%llu,\"seq\":%llu,\"text\":\"%s\"}",
		(unsigned long long)message->conversation, (unsigned long long)message->conversation,
		(unsigned long long)message->seq, message->body);

	if (worker->relay >= 0 && send(worker->relay, packet, (size_t)len, MSG_NOSIGNAL) >= 0)
		return;
	if (worker->relay >= 0)
		close(worker->relay);
	worker->relay = relay_connect(worker->arguments[5]);
	if (worker->relay >= 0)
		send(worker->relay, packet, (size_t)len, MSG_NOSIGNAL);
}

static void *
worker_open(void *arg)
{
	struct worker *worker = calloc(1, sizeof *worker);

	if (worker == NULL)
		floor_fail("worker");
	worker->arguments = arg;
	worker->relay = -1;
	database_open(worker, worker->arguments[3], worker->arguments[4]);
	return worker;
}

static void
serve(FCGX_Request *request, void *arg)
{
	const char *query = FCGX_GetParam("QUERY_STRING", request->envp);
	struct message message = { .tenant = floor_parameter(query, "tenant"),
		.conversation = floor_parameter(query, "conversation") };
	int got = FCGX_GetStr(message.body, BODY_MAX, request->in);

	message.len = got > 0 ? (size_t)got : 0;
	floor_parameter_text(query, "client_id", message.client_id, sizeof message.client_id);
	store(arg, &message);
	ring(arg, &message);
	FCGX_FPrintF(request->out, "Content-Type: application/json\r\n\r\n{\"seq\":%d}", (int)message.seq);
}

/* --- without it */

static unsigned
raw_worker(char **arguments, unsigned number)
{
	struct worker worker = { .relay = -1 };
	struct message message = { .tenant = floor_number(arguments[8]), .len = 40 };
	uint64_t first = strtoull(arguments[6], NULL, 10), until = now_ms() + floor_number(arguments[3]) * 1000;
	unsigned done, count = floor_number(arguments[7]);

	database_open(&worker, arguments[4], arguments[5]);
	memset(message.body, 'm', message.len);
	for (done = 0; now_ms() < until; done++) {
		message.conversation = first + (number * 997 + done * 31) % count;
		snprintf(message.client_id, sizeof message.client_id, "%d-%u-%llu", (int)getpid(), done, (unsigned long long)until);
		store(&worker, &message);
	}
	return done;
}

static int
raw(char **arguments)
{
	unsigned i, count = floor_number(arguments[2]), seconds = floor_number(arguments[3]), done, sum = 0;
	int ends[2];

	if (pipe(ends) != 0)
		floor_fail("pipe");
	for (i = 0; i < count; i++) {
		if (fork() != 0)
			continue;
		done = raw_worker(arguments, i);
		if (write(ends[1], &done, sizeof done) != sizeof done)
			floor_fail("write");
		_exit(0);
	}
	for (i = 0; i < count; i++) {
		if (read(ends[0], &done, sizeof done) != sizeof done)
			floor_fail("read");
		sum += done;
	}
	while (wait(NULL) > 0)
		continue;
	printf("{\"rate\":%.1f}\n", (double)sum / seconds);
	return 0;
}

int
main(int argc, char **argv)
{
	if (argc == 9 && strcmp(argv[1], "--raw") == 0)
		return raw(argv);
	if (argc != 6) {
		fputs("usage: commit_floor SOCKET WORKERS DATABASE-SOCKET DATABASE RELAY-SOCKET\n"
			"       commit_floor --raw CONNECTIONS SECONDS DATABASE-SOCKET DATABASE FIRST COUNT TENANT\n", stderr);
		return 2;
	}
	floor_serve(argv[1], floor_number(argv[2]), worker_open, serve, argv);
	return 0;
}
