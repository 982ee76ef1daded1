/* SPDX-License-Identifier: BSD-2-Clause */
/* brand_rules.c - the shades of a company's colour. */
#include "rooms/tenant/brand/brand_rules.h"

#include "core/colour.h"
#include "core/text.h"

#define LIGHT_PAPER "#ffffff"        /* --paper of static/css/tokens.css */
#define DARK_PAPER "#14181d"
#define SOFT 14                      /* per cent of the colour in a soft background */

/* Text in the colour must be readable on the soft background too, which is nearer to it than paper is. */
static const char *
palette(struct arena *arena, const char *colour, const char *paper)
{
	const char *soft = colour_mix(arena, colour, paper, SOFT);

	return arena_printf(arena, "--brand: %s; --brand-ink: %s; --brand-soft: %s; --brand-text: %s;", colour, colour_ink_on(colour), soft,
		colour_readable(arena, colour, soft));
}

const char *
brand_css(struct arena *arena, const char *colour)
{
	const char *light, *dark;

	if (colour == NULL || !text_is_colour(colour))
		return "";
	light = palette(arena, colour, LIGHT_PAPER);
	dark = palette(arena, colour, DARK_PAPER);
	return arena_printf(arena, ":root { %s }\n"
		"@media (prefers-color-scheme: dark) { :root:not([data-theme=\"light\"]) { %s } }\n"
		":root[data-theme=\"dark\"] { %s }\n", light, dark, dark);
}

bool
brand_is_readable(struct arena *arena, const char *colour, const char **shade)
{
	*shade = colour_readable(arena, colour, colour_mix(arena, colour, LIGHT_PAPER, SOFT));
	return colour_contrast(colour, LIGHT_PAPER) >= COLOUR_TEXT_CONTRAST;
}
