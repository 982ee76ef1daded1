/* SPDX-License-Identifier: BSD-2-Clause */
/* image.h - clean pictures out of foreign ones, by the program vipsthumbnail (libvips) in a cage of its own (edge/child.h).
 *
 * Only PNG, JPEG, GIF and WebP of at most PICTURE_AREA_MAX pixels are decoded: the header is looked at first. What comes out is always a
 * WebP file that we made ourselves: no metadata, one frame, upright, sRGB. Nothing of the original's bytes is in it.
 */
#ifndef HARK_EDGE_IMAGE_H
#define HARK_EDGE_IMAGE_H

#include "edge/store.h"

#define IMAGE_TYPE "image/webp"

enum image_outcome {
	IMAGE_GOOD,
	IMAGE_UNKNOWN,       /* not a picture of a kind that we take */
	IMAGE_TOO_LARGE,     /* more than PICTURE_AREA_MAX pixels */
	IMAGE_BROKEN,        /* the header is sound, the rest is not, or takes too long */
	IMAGE_NO_TOOL,       /* vipsthumbnail is not installed */
	IMAGE_FAILED         /* the disk (logged) */
};

struct image_order {
	const char *tool;                /* path of vipsthumbnail: conf->image_tool */
	int source;                      /* the foreign picture, open for reading; stays the caller's */
	unsigned width;                  /* of the box that it must fit into; a smaller one stays as it is */
	unsigned height;
	bool fills;                      /* instead: exactly so large, what is over is cut away at the middle */
};

struct image {
	const char *stored;              /* store_keep()'s name */
	uint64_t width;
	uint64_t height;
};

/* Makes it and keeps it below the tenant's files. */
enum image_outcome image_make(struct store *store, struct arena *arena, tenant_id tenant, const struct image_order *order,
	struct image *image);

/* What people are told, with at most one %s for *detail; NULL for IMAGE_GOOD. */
const char *image_problem(enum image_outcome outcome, const char **detail);

#endif
