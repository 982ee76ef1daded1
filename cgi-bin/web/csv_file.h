/* SPDX-License-Identifier: BSD-2-Clause */
/* csv_file.h - a CSV download that is written row by row. */
#ifndef HARK_WEB_CSV_FILE_H
#define HARK_WEB_CSV_FILE_H

#include "core/csv.h"
#include "web/req.h"

/* A download. The head of the reply goes out with the first row: until then an error can still be said. */
struct csv_file {
	struct req *r;
	const char *name;            /* "tenants.csv" */
	const char *head;            /* the first line */
	struct arena *arena;         /* of one row; emptied after it */
	struct str out;
	bool begun;
	bool in_row;
};

void csv_file_open(struct csv_file *file, struct req *r, const char *name, const char *head);

/* Cells of the row. */
void csv_file_text(struct csv_file *file, const char *text);
void csv_file_u64(struct csv_file *file, uint64_t number);
/* The same for one that is text already: "-12". */
void csv_file_number(struct csv_file *file, const char *number);
/* A whole row that is made already, without its line end. */
void csv_file_line(struct csv_file *file, const char *line);
/* Ends the row; false: the client has left. */
bool csv_file_end_row(struct csv_file *file);

/* Ends the reply; `got` is what the rows came to: GOT_ERROR before the first one is an error page, after it a download that
 * fails. */
int csv_file_reply(struct csv_file *file, enum got got);

#endif
