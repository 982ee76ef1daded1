/* SPDX-License-Identifier: BSD-2-Clause */
/* identify.c - asks again and again who the owner of a session is and what they may do, as hark-web does for each request, over one
 * connection. Prints the time of one, that of the shortest statement, and what the database counted for one: statements, rows found by an index, rows it had to walk.
 * usage: identify CONFIGURATION SESSION COUNT */
#include <stdio.h>
#include <stdlib.h>

#include "core/conf.h"
#include "core/log.h"
#include "rooms/people/people.h"
#include "web/req.h"

#define WARM 50

/* One of the connection's own counters. */
static uint64_t
counter(struct db *db, const char *name)
{
	uint64_t value = 0;

	if (db_number(db, "SELECT CAST(variable_value AS UNSIGNED) FROM information_schema.session_status WHERE variable_name = ?",
		DB_ARGS(db_text(name)), &value) != GOT_ONE)
		exit(1);
	return value;
}

static void
identify(const struct site *site, struct db *db, struct arena *arena, const char *session)
{
	struct param cookie = { "hark", session };
	struct req r = { .arena = arena, .site = site, .db = db, .now = clock_now(), .method = GET, .cookies = &cookie, .cookie_count = 1,
		.address = "127.0.0.1" };

	if (people_identify(&r) != GOT_ONE || !req_may(&r, MAY_MANAGE_PEOPLE)) {
		fputs("identify: nobody is behind this session\n", stderr);
		exit(1);
	}
	arena_reset(arena);
}

/* Milliseconds of one of `count` identifications, or, without a session, of the shortest statement. */
static double
timed(const struct site *site, struct db *db, struct arena *arena, const char *session, uint64_t count)
{
	const clock_ms started = clock_steady();
	uint64_t i, one = 0;

	for (i = 0; i < count; i++) {
		if (session != NULL)
			identify(site, db, arena, session);
		else if (db_number(db, "SELECT 1", DB_NO_ARGS, &one) != GOT_ONE)
			exit(1);
	}
	return (double)(clock_steady() - started) / (double)count;
}

/* What an identification adds to a counter, without what asking for the counter costs. */
static double
counted(const struct site *site, struct db *db, struct arena *arena, const char *session, const char *name)
{
	const uint64_t nothing = counter(db, name), before = counter(db, name);
	unsigned i;

	for (i = 0; i < WARM; i++)
		identify(site, db, arena, session);
	return (double)(counter(db, name) - before - (before - nothing)) / WARM;
}

int
main(int argc, char **argv)
{
	struct arena *process = arena_new(), *arena = arena_new();
	const char *problem = NULL;
	struct crypt_keys keys;
	struct site site = { .keys = &keys };
	uint64_t count;
	struct db *db;

	if (argc != 4)
		return 2;
	log_open("identify", LOG_LEVEL_ERROR);
	crypt_open();
	site.conf = conf_read(process, argv[1], &problem);
	if (site.conf == NULL)
		return fprintf(stderr, "%s\n", problem), 1;
	crypt_derive(conf_secret(process, site.conf, "key_file", &problem), &keys);
	db = db_new(process, site.conf);
	count = strtoull(argv[3], NULL, 10);
	timed(&site, db, arena, argv[2], WARM);
	printf("{\"ms\":%.4f,\"shortest\":%.4f,", timed(&site, db, arena, argv[2], count), timed(&site, db, arena, NULL, count));
	printf("\"statements\":%.2f,", counted(&site, db, arena, argv[2], "COM_STMT_EXECUTE"));
	printf("\"rows\":%.2f,", counted(&site, db, arena, argv[2], "HANDLER_READ_KEY"));
	printf("\"scanned\":%.2f}\n", counted(&site, db, arena, argv[2], "HANDLER_READ_RND_NEXT"));
	arena_free(arena);
	arena_free(process);
	return 0;
}
