/* SPDX-License-Identifier: BSD-2-Clause */
/* file_rules.c - which files may be sent and what they are called: decisions without I/O.
 *
 * The type comes from our list and the first bytes, never from the sender.
 */
#include "rooms/conversation/conversation.h"

#include <string.h>
#include <strings.h>

#include "core/picture.h"
#include "core/text.h"

#define NAME_CHARACTERS 120

struct kind {
	const char *extension;
	const char *type;
	const char *magic;               /* the first bytes, when they must be so */
	size_t magic_len;
};

static const struct kind kinds[] = {
	{ ".png", "image/png", "\x89PNG\r\n\x1a\n", 8 }, { ".jpg", "image/jpeg", "\xff\xd8\xff", 3 },
	{ ".jpeg", "image/jpeg", "\xff\xd8\xff", 3 }, { ".gif", "image/gif", "GIF8", 4 },
	{ ".webp", "image/webp", "RIFF", 4 }, { ".pdf", "application/pdf", "%PDF-", 5 },
	{ ".txt", "text/plain; charset=utf-8", NULL, 0 }, { ".csv", "text/csv; charset=utf-8", NULL, 0 },
	{ ".log", "text/plain; charset=utf-8", NULL, 0 },
	{ ".doc", "application/msword", "\xd0\xcf\x11\xe0", 4 },
	{ ".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "PK", 2 },
	{ ".xls", "application/vnd.ms-excel", "\xd0\xcf\x11\xe0", 4 },
	{ ".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "PK", 2 },
	{ ".ppt", "application/vnd.ms-powerpoint", "\xd0\xcf\x11\xe0", 4 },
	{ ".pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation", "PK", 2 },
	{ ".odt", "application/vnd.oasis.opendocument.text", "PK", 2 },
	{ ".ods", "application/vnd.oasis.opendocument.spreadsheet", "PK", 2 },
	{ ".odp", "application/vnd.oasis.opendocument.presentation", "PK", 2 },
	{ ".zip", "application/zip", "PK", 2 }, { ".mp3", "audio/mpeg", NULL, 0 }, { ".m4a", "audio/mp4", NULL, 0 },
	{ ".ogg", "audio/ogg", "OggS", 4 }, { ".wav", "audio/wav", "RIFF", 4 }, { ".mp4", "video/mp4", NULL, 0 },
	{ ".webm", "video/webm", "\x1a\x45\xdf\xa3", 4 }, { ".heic", "image/heic", NULL, 0 }
};

const char *
file_extension(size_t at)
{
	return at < COUNT_OF(kinds) ? kinds[at].extension : NULL;
}

const char *
file_type_of(const char *name, const unsigned char *head, size_t head_len)
{
	const char *dot = strrchr(name, '.');
	size_t i;

	for (i = 0; dot != NULL && i < COUNT_OF(kinds); i++) {
		if (strcasecmp(dot, kinds[i].extension) != 0)
			continue;
		if (kinds[i].magic != NULL && (head_len < kinds[i].magic_len || memcmp(head, kinds[i].magic, kinds[i].magic_len) != 0))
			return NULL;
		return kinds[i].type;
	}
	return NULL;
}

/* Marks that turn the direction of text (U+200E..F, U+202A..E, U+2066..9) or do not show (U+200B..D, U+FEFF) hide an extension. */
static size_t
hidden_mark(const unsigned char *at)
{
	if (at[0] == 0xe2 && at[1] == 0x80 && (at[2] >= 0x8b && at[2] <= 0x8f))
		return 3;
	if (at[0] == 0xe2 && at[1] == 0x80 && (at[2] >= 0xa8 && at[2] <= 0xae))
		return 3;
	if (at[0] == 0xe2 && at[1] == 0x81 && at[2] >= 0xa0 && at[2] <= 0xaf)
		return 3;
	return at[0] == 0xef && at[1] == 0xbb && at[2] == 0xbf ? 3 : 0;
}

/* At most NAME_CHARACTERS, and the extension stays. */
static char *
shorten(struct arena *arena, char *name)
{
	const char *dot = strrchr(name, '.');
	size_t tail = dot != NULL && text_length(dot) <= 10 ? text_length(dot) : 0;

	if (text_length(name) <= NAME_CHARACTERS)
		return name;
	return arena_printf(arena, "%.*s%s", (int)text_prefix(name, NAME_CHARACTERS - tail), name, tail > 0 ? dot : "");
}

char *
file_clean_name(struct arena *arena, const char *name)
{
	const unsigned char *at;
	const char *slash;
	struct str clean;
	size_t skip;

	while ((slash = strpbrk(name, "/\\")) != NULL)
		name = slash + 1;
	str_init(&clean, arena);
	for (at = (const unsigned char *)name; *at != '\0'; at += skip > 0 ? skip : 1) {
		skip = hidden_mark(at);
		if (skip > 0 || *at < 0x20 || *at == 0x7f || (clean.len == 0 && (*at == '.' || *at == ' ')))
			continue;
		str_add_char(&clean, (char)*at);
	}
	while (clean.len > 0 && strchr(". ", clean.data[clean.len - 1]) != NULL)
		clean.data[--clean.len] = '\0';
	return clean.len > 0 ? shorten(arena, clean.data) : arena_text(arena, "file");
}

bool
file_may_preview(const struct file *file)
{
	const struct picture picture = { .type = file->type, .width = file->width, .height = file->height };

	return text_starts_with(file->type, "image/") && picture_is_bearable(&picture);
}
