/* SPDX-License-Identifier: BSD-2-Clause */
/* image.c - looks at the header, lets the tool decode in its cage, and looks at what came out before it is kept. */
#include "edge/image.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

#include "core/field.h"
#include "core/log.h"
#include "core/picture.h"
#include "edge/child.h"

#define HEADER 262144                        /* bytes in which the size must stand */
#define RESULT_MAX (4 << 20)                 /* bytes that a clean picture may have */
#define PATIENCE (20 * CLOCK_SECOND)
#define MEMORY_MAX (UINT64_C(800) << 20)     /* a progressive JPEG of 40 megapixels needs half of it */

/* Loaders that libvips itself does not trust are off; nothing is swapped to a file, since none can be written. */
static const char *const environment[] = { "VIPS_BLOCK_UNTRUSTED=1", "VIPS_DISC_THRESHOLD=1g", "HOME=/", NULL };

/* Reads the start of the file and goes back to it. */
static enum image_outcome
source_look(struct arena *arena, int source)
{
	unsigned char *bytes = arena_alloc(arena, HEADER);
	struct picture picture;
	size_t len = 0;
	ssize_t got;

	while (len < HEADER && (got = pread(source, bytes + len, HEADER - len, (off_t)len)) != 0) {
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return IMAGE_FAILED;
		len += (size_t)got;
	}
	if (lseek(source, 0, SEEK_SET) != 0)
		return IMAGE_FAILED;
	if (!picture_look(bytes, len, &picture))
		return IMAGE_UNKNOWN;
	return picture_is_bearable(&picture) ? IMAGE_GOOD : IMAGE_TOO_LARGE;
}

/* What the tool writes, with its start for a look at it. */
struct result {
	struct store_spool *spool;
	unsigned char head[64];
	size_t head_len;
};

static bool
result_take(void *arg, const char *bytes, size_t len)
{
	struct result *result = arg;

	return store_spool_write(result->spool, bytes, len);
}

static enum child_end
tool_run(const struct image_order *order, struct result *result)
{
	char size[32];
	const char *const fitting[] = { order->tool, "stdin[fail_on=truncated]", "--size", size, "--export-profile", "srgb",
		"--vips-concurrency=1", "--vips-novector", "-o", ".webp[Q=82,strip]", NULL };
	const char *const filling[] = { order->tool, "stdin[fail_on=truncated]", "--size", size, "--smartcrop", "centre", "--export-profile",
		"srgb", "--vips-concurrency=1", "--vips-novector", "-o", ".webp[Q=82,strip]", NULL };
	const struct child_order child = { .arguments = order->fills ? filling : fitting, .environment = environment,
		.input = order->source, .patience = PATIENCE, .memory_max = MEMORY_MAX, .output_max = RESULT_MAX };

	snprintf(size, sizeof(size), "%ux%u%s", order->width, order->height, order->fills ? "" : ">");
	return child_run(&child, result_take, result);
}

/* Is it what was asked for? */
static bool
result_is_sound(struct result *result, const struct image_order *order, struct picture *picture)
{
	result->head_len = store_spool_head(result->spool, result->head);
	return picture_look(result->head, result->head_len, picture) && picture->width <= order->width && picture->height <= order->height;
}

enum image_outcome
image_make(struct store *store, struct arena *arena, tenant_id tenant, const struct image_order *order, struct image *image)
{
	unsigned char hash[CRYPT_HASH_LEN];
	enum image_outcome outcome = source_look(arena, order->source);
	struct result result = { .head_len = 0 };
	struct picture picture;
	enum child_end end;

	if (outcome != IMAGE_GOOD)
		return outcome;
	result.spool = store_spool_new(store, arena);
	if (result.spool == NULL)
		return IMAGE_FAILED;
	end = tool_run(order, &result);
	if (end == CHILD_MISSING) {
		log_error("image", "%s is not there: install libvips-tools, or set image_tool", order->tool);
		return IMAGE_NO_TOOL;
	}
	if (end != CHILD_GOOD || !result_is_sound(&result, order, &picture))
		return IMAGE_BROKEN;
	if (!store_keep(result.spool, arena, tenant, &image->stored, hash))
		return IMAGE_FAILED;
	image->width = picture.width;
	image->height = picture.height;
	return IMAGE_GOOD;
}

const char *
image_problem(enum image_outcome outcome, const char **detail)
{
	*detail = NULL;
	switch (outcome) {
	case IMAGE_GOOD:
		return NULL;
	case IMAGE_UNKNOWN:
		*detail = "PNG, JPEG, GIF, WebP";
		return N_("must be a picture of one of these kinds: %s");
	case IMAGE_TOO_LARGE:
		*detail = "40";
		return N_("must have at most %s megapixels");
	case IMAGE_BROKEN:
		return N_("is a damaged picture: save it again in a program for pictures, and try that file");
	case IMAGE_NO_TOOL:
		return N_("cannot be taken: this server has no program for pictures yet. Ask who runs it for you.");
	case IMAGE_FAILED:
		break;
	}
	return N_("cannot be stored at the moment: try again later");
}
