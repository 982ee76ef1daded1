/* SPDX-License-Identifier: BSD-2-Clause */
/* qr.c - libqrencode's matrix, row by row, as rectangles of one path. */
#include "edge/qr.h"

#include <qrencode.h>
#include <stdbool.h>
#include <string.h>

#include "core/check.h"
#include "core/str.h"

#define QUIET 4                  /* light squares on each side (section 5.3.8) */

static bool
is_dark(const QRcode *code, int x, int y)
{
	return x < code->width && (code->data[y * code->width + x] & 1) != 0;
}

/* Neighbours in a row are one rectangle. */
static void
row_draw(struct str *path, const QRcode *code, int y)
{
	int x, run;

	for (x = 0; x < code->width; x += run) {
		for (run = 0; is_dark(code, x + run, y); run++)
			continue;
		if (run > 0)
			str_addf(path, "M%d %dh%dv1h-%dz", x + QUIET, y + QUIET, run, run);
		else
			run = 1;
	}
}

const char *
qr_path(struct arena *arena, const char *text, unsigned *size)
{
	struct str path;
	QRcode *code;
	int y;

	if (strlen(text) > QR_TEXT_MAX)
		return NULL;
	code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);
	CHECK(code != NULL);
	str_init(&path, arena);
	for (y = 0; y < code->width; y++)
		row_draw(&path, code, y);
	*size = (unsigned)code->width + 2 * QUIET;
	QRcode_free(code);
	return path.data;
}
