/* SPDX-License-Identifier: BSD-2-Clause */
/* csv.h - writing CSV (RFC 4180) that is safe to open in a spreadsheet. */
#ifndef HARK_CORE_CSV_H
#define HARK_CORE_CSV_H

#include <stdbool.h>

#include "core/str.h"

#define CSV_TYPE "text/csv; charset=utf-8"
#define CSV_MARK "\xef\xbb\xbf"      /* in front of all, so that spreadsheets read it as UTF-8 */
#define CSV_END "\r\n"               /* of a line */
#define CSV_PIECE 32768              /* bytes that a download gathers before it sends them */

/* A cell in quotes, after a comma unless it is the first of its line. A text that a spreadsheet would take for a formula gets an
 * apostrophe in front; a number is written as it is. */
void csv_cell(struct str *out, const char *text, bool is_number);

#endif
