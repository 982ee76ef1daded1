/* SPDX-License-Identifier: BSD-2-Clause */
/* file_rules.c - which files may be sent, what they are called and how large a picture is: decisions without I/O.
 *
 * The type comes from our list and the first bytes, never from the sender. Pictures are recognised by their headers:
 * PNG (RFC 2083), JPEG (ITU T.81), GIF89a, WebP (RFC 9649).
 */
#include "rooms/conversation/conversation.h"

#include <string.h>
#include <strings.h>

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
	{ ".doc", "application/msword", "\xd0\xcf\x11\xe0", 4 }, { ".xls", "application/vnd.ms-excel", "\xd0\xcf\x11\xe0", 4 },
	{ ".ppt", "application/vnd.ms-powerpoint", "\xd0\xcf\x11\xe0", 4 },
	{ ".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "PK", 2 },
	{ ".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "PK", 2 },
	{ ".pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation", "PK", 2 },
	{ ".odt", "application/vnd.oasis.opendocument.text", "PK", 2 },
	{ ".ods", "application/vnd.oasis.opendocument.spreadsheet", "PK", 2 },
	{ ".odp", "application/vnd.oasis.opendocument.presentation", "PK", 2 },
	{ ".zip", "application/zip", "PK", 2 }, { ".mp3", "audio/mpeg", NULL, 0 }, { ".m4a", "audio/mp4", NULL, 0 },
	{ ".ogg", "audio/ogg", "OggS", 4 }, { ".wav", "audio/wav", "RIFF", 4 }, { ".mp4", "video/mp4", NULL, 0 },
	{ ".webm", "video/webm", "\x1a\x45\xdf\xa3", 4 }, { ".heic", "image/heic", NULL, 0 }
};

static const char *const extensions[] = {
	".png", ".jpg", ".jpeg", ".gif", ".webp", ".pdf", ".txt", ".csv", ".log", ".doc", ".docx", ".xls", ".xlsx", ".ppt", ".pptx",
	".odt", ".ods", ".odp", ".zip", ".mp3", ".m4a", ".ogg", ".wav", ".mp4", ".webm", ".heic", NULL
};

const char *const *
file_extensions(void)
{
	return extensions;
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

static uint64_t
big_endian(const unsigned char *at, size_t len)
{
	uint64_t value = 0;

	while (len-- > 0)
		value = value << 8 | *at++;
	return value;
}

static uint64_t
little_endian(const unsigned char *at, size_t len)
{
	uint64_t value = 0;

	while (len-- > 0)
		value = value << 8 | at[len];
	return value;
}

/* The frame header (SOF) of a JPEG: markers are walked until it comes. */
static bool
jpeg_size(const unsigned char *bytes, size_t len, uint64_t *width, uint64_t *height)
{
	size_t at = 2;

	while (at + 9 < len && bytes[at] == 0xff) {
		unsigned marker = bytes[at + 1];

		if (marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc) {
			*height = big_endian(bytes + at + 5, 2);
			*width = big_endian(bytes + at + 7, 2);
			return true;
		}
		at += marker == 0xff ? 1 : 2 + (size_t)big_endian(bytes + at + 2, 2);
	}
	return false;
}

static bool
webp_size(const unsigned char *bytes, size_t len, uint64_t *width, uint64_t *height)
{
	if (len < 30 || memcmp(bytes + 8, "WEBP", 4) != 0)
		return false;
	if (memcmp(bytes + 12, "VP8X", 4) == 0) {
		*width = little_endian(bytes + 24, 3) + 1;
		*height = little_endian(bytes + 27, 3) + 1;
		return true;
	}
	if (memcmp(bytes + 12, "VP8L", 4) == 0 && bytes[20] == 0x2f) {
		*width = (little_endian(bytes + 21, 4) & 0x3fff) + 1;
		*height = (little_endian(bytes + 21, 4) >> 14 & 0x3fff) + 1;
		return true;
	}
	*width = little_endian(bytes + 26, 2) & 0x3fff;
	*height = little_endian(bytes + 28, 2) & 0x3fff;
	return memcmp(bytes + 12, "VP8 ", 4) == 0 && memcmp(bytes + 23, "\x9d\x01\x2a", 3) == 0;
}

bool
file_image_size(const unsigned char *bytes, size_t len, uint64_t *width, uint64_t *height)
{
	bool sound = false;

	*width = *height = 0;
	if (len >= 24 && memcmp(bytes, "\x89PNG\r\n\x1a\n", 8) == 0 && memcmp(bytes + 12, "IHDR", 4) == 0) {
		*width = big_endian(bytes + 16, 4);
		*height = big_endian(bytes + 20, 4);
		sound = true;
	} else if (len >= 10 && (memcmp(bytes, "GIF87a", 6) == 0 || memcmp(bytes, "GIF89a", 6) == 0)) {
		*width = little_endian(bytes + 6, 2);
		*height = little_endian(bytes + 8, 2);
		sound = true;
	} else if (len >= 12 && memcmp(bytes, "\xff\xd8\xff", 3) == 0) {
		sound = jpeg_size(bytes, len, width, height);
	} else if (len >= 12 && memcmp(bytes, "RIFF", 4) == 0) {
		sound = webp_size(bytes, len, width, height);
	}
	return sound && *width > 0 && *height > 0;
}
