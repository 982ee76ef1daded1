/* SPDX-License-Identifier: BSD-2-Clause */
/* csv.c - cells of CSV. */
#include "core/csv.h"

#include <string.h>

#include "core/check.h"
#include "core/text.h"

/* A spreadsheet takes text that starts so for a formula. Full-width forms count too. */
static bool
cell_is_formula(const char *text)
{
	static const char *const wide[] = { "＝", "＋", "－", "＠" };
	size_t i;

	text += strspn(text, " ");
	if (text[0] != '\0' && strchr("=+-@\t\r\n|", text[0]) != NULL)
		return true;
	for (i = 0; i < COUNT_OF(wide); i++)
		if (text_starts_with(text, wide[i]))
			return true;
	return false;
}

void
csv_cell(struct str *out, const char *text, bool is_number)
{
	const char *at;

	if (out->len > 0 && out->data[out->len - 1] == '"')
		str_add_char(out, ',');
	str_add_char(out, '"');
	if (!is_number && cell_is_formula(text))
		str_add_char(out, '\'');
	for (at = text; *at != '\0'; at++) {
		if (*at == '"')
			str_add_char(out, '"');
		str_add_char(out, *at);
	}
	str_add_char(out, '"');
}
