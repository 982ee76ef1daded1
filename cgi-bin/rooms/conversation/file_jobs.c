/* SPDX-License-Identifier: BSD-2-Clause */
/* file_jobs.c - a small clean picture is made of each picture that was sent, so that nobody opens a stranger's file to look at it; and
 * what was kept for nothing goes. */
#include "rooms/conversation/file_jobs.h"

#include "core/log.h"
#include "core/text.h"
#include "edge/image.h"

#define SIDE 640                     /* pixels of the box that a preview fits into */
#define LOOK_AFTER CLOCK_HOUR        /* no request takes as long */

enum got
file_order_preview(struct db *db, struct arena *arena, tenant_id tenant, const struct file *file, clock_ms now)
{
	const struct job_order order = { .tenant = tenant, .kind = "file.preview", .subject = file->id, .due_at = now,
		.once = arena_printf(arena, "file.preview.%llu", (unsigned long long)file->id) };

	return file_may_preview(file) ? job_add(db, &order, now) : GOT_ONE;
}

enum got
file_order_look(struct db *db, tenant_id tenant, const char *stored, clock_ms now)
{
	const struct job_order order = { .tenant = tenant, .kind = "file.look", .payload = stored, .due_at = now + LOOK_AFTER };

	return job_add(db, &order, now);
}

/* The send failed after the file was kept, or the process died between the two. */
enum got
file_look(struct job_run *run)
{
	uint64_t rows = 0;

	if (file_count_named(run->db, run->tenant, run->payload, &rows) == GOT_ERROR)
		return GOT_ERROR;
	if (rows > 0)
		return GOT_ONE;
	log_info("file", "a file of tenant %llu that no message has was removed", (unsigned long long)run->tenant.id);
	run->problem = "a file that no message has could not be removed";
	return store_remove(run->store, run->tenant, run->payload) ? GOT_ONE : GOT_ERROR;
}

/* Both sides of the conversation learn that there is something to show. */
static void
tell(struct job_run *run, const struct file *file)
{
	const char *agents = bell_topic(run->arena, run->tenant, 'c', file->conversation_id);
	const char *visitor = bell_topic(run->arena, run->tenant, 'v', file->conversation_id);
	struct json *json = json_new_object(run->arena);

	json_set_text(json, "type", "picture");
	json_set_u64(json, "c", file->conversation_id);
	json_set_u64(json, "file", file->id);
	json_set_u64(json, "width", file->preview_width);
	json_set_u64(json, "height", file->preview_height);
	bell_ring(run->bell, arena_printf(run->arena, "%s %s", agents, visitor), json_text(run->arena, json));
}

static enum got
keep(struct job_run *run, struct file *file, const struct image *image)
{
	file->preview = image->stored;
	file->preview_width = image->width;
	file->preview_height = image->height;
	if (file_set_preview(run->db, run->tenant, file) == GOT_ONE) {
		tell(run, file);
		return GOT_ONE;
	}
	store_remove(run->store, run->tenant, image->stored);
	return GOT_ERROR;
}

/* A damaged picture has no preview: it stays a file to be downloaded. */
enum got
file_make_preview(struct job_run *run)
{
	struct image_order order = { .tool = run->conf->image_tool, .width = SIDE, .height = SIDE };
	struct file file = { 0 };
	struct image image;
	enum got got = file_by_id(run->db, run->arena, run->tenant, run->subject, &file);
	enum image_outcome outcome;

	if (got == GOT_NONE || (got == GOT_ONE && !text_is_blank(file.preview)))
		return GOT_ONE;
	order.source = got == GOT_ONE ? store_open_kept(run->store, run->arena, run->tenant, file.stored) : -1;
	outcome = order.source >= 0 ? image_make(run->store, run->arena, run->tenant, &order, &image) : IMAGE_FAILED;
	if (outcome == IMAGE_UNKNOWN || outcome == IMAGE_TOO_LARGE || outcome == IMAGE_BROKEN)
		return GOT_ONE;
	if (outcome == IMAGE_GOOD && keep(run, &file, &image) == GOT_ONE)
		return GOT_ONE;
	run->problem = outcome == IMAGE_NO_TOOL ? "Previews need the program vipsthumbnail (package libvips-tools)."
		: "The preview of a picture could not be stored.";
	return GOT_ERROR;
}
