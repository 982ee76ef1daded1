/* SPDX-License-Identifier: BSD-2-Clause */
/* picture.h - which kind of picture some bytes claim to be, and how large: read from the header alone, nothing is decoded. */
#ifndef HARK_CORE_PICTURE_H
#define HARK_CORE_PICTURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PICTURE_AREA_MAX 40000000     /* pixels: larger ones are neither decoded nor shown */

struct picture {
	const char *type;                /* "image/png", "image/jpeg", "image/gif" or "image/webp" */
	uint64_t width;
	uint64_t height;
};

/* Looks at the first bytes: PNG (RFC 2083), JPEG (ITU T.81), GIF87a and GIF89a, WebP (RFC 9649). False when it is none of them, when the
 * header is not sound, or when it goes on behind `len` (65536 bytes are enough for what cameras and programs write). */
bool picture_look(const unsigned char *bytes, size_t len, struct picture *picture);

/* May it be decoded: is its area at most PICTURE_AREA_MAX? */
bool picture_is_bearable(const struct picture *picture);

#endif
