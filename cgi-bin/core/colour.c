/* SPDX-License-Identifier: BSD-2-Clause */
/* colour.c - luminance and contrast of sRGB colours. */
#include "core/colour.h"

#include <string.h>

#include "core/text.h"

#define STEP 4                       /* per cent of black or white that a correction adds at a time */

static void
parts_of(const char *colour, unsigned char parts[3])
{
	memset(parts, 0, 3);
	if (colour != NULL && text_is_colour(colour))
		(void)text_from_hex(colour + 1, parts, 3);
}

/* The curve of sRGB, by a polynomial that stays within 0.002 of it. */
static double
linear(unsigned char part)
{
	double c = part / 255.0;

	return c * (c * (c * 0.305306011 + 0.682171111) + 0.012522878);
}

static double
luminance(const char *colour)
{
	unsigned char parts[3];

	parts_of(colour, parts);
	return 0.2126 * linear(parts[0]) + 0.7152 * linear(parts[1]) + 0.0722 * linear(parts[2]);
}

double
colour_contrast(const char *one, const char *other)
{
	double a = luminance(one) + 0.05, b = luminance(other) + 0.05;

	return a > b ? a / b : b / a;
}

const char *
colour_ink_on(const char *colour)
{
	const double light = colour_contrast("#ffffff", colour), dark = colour_contrast("#1b1f24", colour);

	if (light < COLOUR_TEXT_CONTRAST && dark < COLOUR_TEXT_CONTRAST)
		return "#000000";
	return light >= dark ? "#ffffff" : "#1b1f24";
}

const char *
colour_mix(struct arena *arena, const char *one, const char *other, int part)
{
	unsigned char a[3], b[3];
	int mixed[3];

	parts_of(one, a);
	parts_of(other, b);
	for (size_t i = 0; i < 3; i++)
		mixed[i] = (a[i] * part + b[i] * (100 - part) + 50) / 100;
	return arena_printf(arena, "#%02x%02x%02x", mixed[0], mixed[1], mixed[2]);
}

const char *
colour_readable(struct arena *arena, const char *colour, const char *paper)
{
	const char *towards = colour_contrast("#ffffff", paper) > colour_contrast("#000000", paper) ? "#ffffff" : "#000000";
	const char *shade = colour;
	int part;

	for (part = 100 - STEP; part >= 0 && colour_contrast(shade, paper) < COLOUR_TEXT_CONTRAST; part -= STEP)
		shade = colour_mix(arena, colour, towards, part);
	return shade;
}
