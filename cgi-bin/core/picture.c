/* SPDX-License-Identifier: BSD-2-Clause */
/* picture.c - the headers of the four kinds of picture that the web knows. */
#include "core/picture.h"

#include <string.h>

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

	if (len < 12 || memcmp(bytes, "\xff\xd8\xff", 3) != 0)
		return false;
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
	if (len < 30 || memcmp(bytes, "RIFF", 4) != 0 || memcmp(bytes + 8, "WEBP", 4) != 0)
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

static bool
png_size(const unsigned char *bytes, size_t len, uint64_t *width, uint64_t *height)
{
	if (len < 24 || memcmp(bytes, "\x89PNG\r\n\x1a\n", 8) != 0 || memcmp(bytes + 12, "IHDR", 4) != 0)
		return false;
	*width = big_endian(bytes + 16, 4);
	*height = big_endian(bytes + 20, 4);
	return true;
}

static bool
gif_size(const unsigned char *bytes, size_t len, uint64_t *width, uint64_t *height)
{
	if (len < 10 || (memcmp(bytes, "GIF87a", 6) != 0 && memcmp(bytes, "GIF89a", 6) != 0))
		return false;
	*width = little_endian(bytes + 6, 2);
	*height = little_endian(bytes + 8, 2);
	return true;
}

static const struct {
	const char *type;
	bool (*size)(const unsigned char *bytes, size_t len, uint64_t *width, uint64_t *height);
} kinds[] = {
	{ "image/png", png_size }, { "image/jpeg", jpeg_size }, { "image/gif", gif_size }, { "image/webp", webp_size }
};

bool
picture_look(const unsigned char *bytes, size_t len, struct picture *picture)
{
	*picture = (struct picture){ .type = NULL };
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (kinds[i].size(bytes, len, &picture->width, &picture->height) && picture->width > 0 && picture->height > 0) {
			picture->type = kinds[i].type;
			return true;
		}
	*picture = (struct picture){ .type = NULL };
	return false;
}

bool
picture_is_bearable(const struct picture *picture)
{
	return picture->width > 0 && picture->height > 0 && picture->width <= PICTURE_AREA_MAX
		&& picture->height <= PICTURE_AREA_MAX / picture->width;
}
