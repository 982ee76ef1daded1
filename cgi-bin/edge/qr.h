/* SPDX-License-Identifier: BSD-2-Clause */
/* qr.h - QR codes (ISO/IEC 18004) as the path of an SVG picture, by libqrencode. */
#ifndef HARK_EDGE_QR_H
#define HARK_EDGE_QR_H

#include <stddef.h>

#include "core/arena.h"

#define QR_TEXT_MAX 1000         /* bytes that are put into one code */

/* The `d` of a path that draws the dark squares, one unit each, with the quiet zone of four around them; *size is the width and height
 * of the whole. NULL when the text is longer than QR_TEXT_MAX. */
const char *qr_path(struct arena *arena, const char *text, unsigned *size);

#endif
