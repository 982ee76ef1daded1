/* SPDX-License-Identifier: BSD-2-Clause */
/* upload_text.c - a text file of a form becomes one of its parameters. */
#include "web/upload_text.h"

#include <string.h>

#include "core/text.h"
#include "edge/locale.h"
#include "web/serve.h"

/* What Windows-1252 has at 0x80 to 0x9f (WHATWG Encoding, index windows-1252); the rest is as in Unicode. */
static const uint16_t windows_1252[32] = {
	0x20ac, 0x0081, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008d, 0x017d, 0x008f,
	0x0090, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x009d, 0x017e, 0x0178
};

static const char *
text_of(struct arena *arena, const char *bytes, size_t len)
{
	struct str out;
	size_t i;

	if (text_is_utf8(bytes, len))
		return bytes;
	str_init(&out, arena);
	for (i = 0; i < len; i++) {
		unsigned char byte = (unsigned char)bytes[i];

		text_add(&out, byte >= 0x80 && byte < 0xa0 ? windows_1252[byte - 0x80] : byte);
	}
	return out.data;
}

/* False: there are too many parameters already. */
static bool
param_set(struct req *r, const char *name, const char *value)
{
	size_t i;

	for (i = 0; i < r->param_count && strcmp(r->params[i].name, name) != 0; i++)
		;
	if (i == r->param_count)
		return serve_param(r, name, value);
	r->params[i].value = value;
	return true;
}

const char *
upload_text(struct req *r, const char *input, const char *field, size_t most)
{
	const struct upload *upload = req_upload(r, input);
	const char *bytes;
	size_t len;

	if (upload == NULL)
		return NULL;
	if (upload->is_too_large || store_spool_size(upload->spool) > most)
		return N_("The file is too large: at most %s bytes.");
	bytes = store_spool_text(upload->spool, r->arena, most, &len);
	if (bytes == NULL)
		return N_("The file could not be read. Please send it again.");
	if (len > 1 && (memcmp(bytes, "\xff\xfe", 2) == 0 || memcmp(bytes, "\xfe\xff", 2) == 0))
		return N_("This file is in UTF-16. Save it in UTF-8, in a spreadsheet as “CSV UTF-8”.");
	if (memchr(bytes, '\0', len) != NULL)
		return N_("This is no text file.");
	return param_set(r, field, text_of(r->arena, bytes, len)) ? NULL : N_("The form is malformed or has too many fields.");
}
