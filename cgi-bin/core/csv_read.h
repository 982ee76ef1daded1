/* SPDX-License-Identifier: BSD-2-Clause */
/* csv_read.h - reading comma-separated values (RFC 4180), row by row.
 *
 * Also what spreadsheets of other countries write: a byte order mark, lines that end with LF or CR alone, and semicolons or tabs
 * between the cells, which a first line "sep=;" may name. Empty lines, and those of spaces, are stepped over. A quote stands only
 * around a whole cell; inside of it it is doubled.
 */
#ifndef HARK_CORE_CSV_READ_H
#define HARK_CORE_CSV_READ_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"

#define CSV_CELLS_MAX 100       /* cells of a row */

struct csv_reader {
	struct arena *arena;        /* the cells live here */
	const char *at;
	char separator;             /* as the first line has it: ',', ';' or a tab */
	size_t line;                /* of `at`, from 1 */
};

struct csv_record {
	const char **cells;
	size_t count;
	size_t line;                /* where it begins; a quoted cell may reach over several */
};

enum csv_read {
	CSV_READ_ROW,
	CSV_READ_END,
	CSV_READ_QUOTE,                  /* a quote where none may stand, in the row that begins in row->line */
	CSV_READ_OPEN,                   /* a quoted cell is not closed */
	CSV_READ_CELLS                   /* more than CSV_CELLS_MAX */
};

void csv_open(struct csv_reader *reader, struct arena *arena, const char *text);

/* The next row. After anything but CSV_READ_ROW there is no way on. */
enum csv_read csv_next(struct csv_reader *reader, struct csv_record *row) __attribute__((warn_unused_result));

#endif
