/* SPDX-License-Identifier: BSD-2-Clause */
/* agent_import.h - many agents at once out of a CSV file: all of them, or none and every mistake by its line. */
#ifndef HARK_ROOMS_PEOPLE_AGENT_IMPORT_H
#define HARK_ROOMS_PEOPLE_AGENT_IMPORT_H

#include "rooms/people/people.h"

#define IMPORT_BYTES_MAX 500000
#define IMPORT_LINES_MAX 1000        /* agents */
#define IMPORT_PASSWORDS_MAX 100     /* of them with a password: hashing takes its time on purpose */
#define IMPORT_PROBLEMS_MAX 200      /* told; more are only counted */

/* The columns that a file may have, in any order; some it must have. Roles, queues and skills are names, separated by semicolons. */
struct import_column {
	const char *name;                /* of the field */
	bool is_required;
	const char *example;
};
extern const struct import_column import_columns[];      /* ends with a NULL name */
#define IMPORT_COLUMNS_MAX 20

/* A line of the file: texts by the place in import_columns, NULL for a column that the file has not. */
struct import_line {
	size_t number;
	const char *cells[IMPORT_COLUMNS_MAX];
	bool is_known;                   /* an agent has its external_id already */
};

struct import_problem {
	size_t line;
	const char *field;               /* label, translated; "" for the line as a whole */
	const char *value;               /* as it stands in the file, cut; "" for secrets */
	const char *message;             /* a sentence with the field, translated, with the limit */
};

struct import {
	struct import_line *lines;
	size_t count;
	size_t passwords;
	size_t hashes;
	size_t known;                    /* lines that are: they are left out */
	size_t known_secrets;            /* of them with a password or a hash */
	struct import_problem problems[IMPORT_PROBLEMS_MAX];
	size_t problem_count;            /* of all */
	size_t found_before;             /* of them by reading */
};

/* Takes the file apart. False: problems that make it useless as a whole (quotes, columns, limits). Lines with another number of cells are
 * problems too, but the others can be looked at. */
bool agent_import_read(struct req *r, const char *text, struct import *import);

/* A file that could not even be taken: `message` may have a %s for IMPORT_BYTES_MAX. False. */
bool agent_import_refuse(struct req *r, struct import *import, const char *message);

/* Makes the agents, but for those that are known, with all checks, audit entries and limits of the form, in one transaction, which is taken back unless `keep`:
 * so a look before finds exactly what the import would. GOT_NONE: there are problems. */
enum got agent_import_run(struct req *r, struct import *import, bool keep) MUST_USE;

/* GET, POST /admin/agents/import, GET /admin/agents/import/template.csv */
handler agent_import_page, agent_import_save, agent_import_template;

#endif
