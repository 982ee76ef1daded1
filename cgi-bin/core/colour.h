/* SPDX-License-Identifier: BSD-2-Clause */
/* colour.h - can people read one colour on another? Contrast as WCAG 2.2 defines it, and colours corrected until it is enough. */
#ifndef HARK_CORE_COLOUR_H
#define HARK_CORE_COLOUR_H

#include "core/arena.h"

#define COLOUR_TEXT_CONTRAST 4.5     /* WCAG 2.2, 1.4.3 */

/* From 1.0 (the same) to 21.0 (black on white); colours are "#rrggbb", anything else counts as black. */
double colour_contrast(const char *one, const char *other);

/* White or near black, whichever can be read better on the colour; black where neither is enough. */
const char *colour_ink_on(const char *colour);

/* The colour itself when it can be read on `paper`, else the nearest of its shades that can. */
const char *colour_readable(struct arena *arena, const char *colour, const char *paper);

/* `part` per cent of one colour, the rest of the other. */
const char *colour_mix(struct arena *arena, const char *one, const char *other, int part);

#endif
