/* SPDX-License-Identifier: BSD-2-Clause */
/* tickets.c - signs tickets of the live stream for a benchmark: lines "who<TAB>hear<TAB>say" in, tickets out.
 * usage: tickets KEY-FILE SECONDS < WHO > TICKETS */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/conf.h"
#include "core/log.h"
#include "edge/ticket.h"

int
main(int argc, char **argv)
{
	struct arena *process = arena_new(), *arena = arena_new();
	struct crypt_keys keys;
	const char *secret, *problem = NULL;
	char line[4096];

	if (argc != 3) {
		fputs("usage: tickets KEY-FILE SECONDS\n", stderr);
		return 2;
	}
	log_open("tickets", LOG_LEVEL_ERROR);
	crypt_open();
	secret = conf_secret_file(process, argv[1], &problem);
	if (secret == NULL)
		return fprintf(stderr, "%s\n", problem), 1;
	crypt_derive(secret, &keys);
	while (fgets(line, sizeof line, stdin) != NULL) {
		char *hear = strchr(line, '\t');
		char *say = hear != NULL ? strchr(hear + 1, '\t') : NULL;

		if (say == NULL)
			return 2;
		*hear++ = *say++ = '\0';
		say[strcspn(say, "\n")] = '\0';
		puts(ticket_sign(arena, &keys, &(struct ticket){ .who = line, .hear = hear, .say = say,
			.expires_at = clock_now() + (clock_ms)strtoul(argv[2], NULL, 10) * CLOCK_SECOND }));
		arena_reset(arena);
	}
	arena_free(arena);
	arena_free(process);
	return 0;
}
