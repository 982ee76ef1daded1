/* SPDX-License-Identifier: BSD-2-Clause */
/* file_keep.c - a file that was received, from wherever: looked at, kept on disk, counted and given a row. */
#include "rooms/conversation/file_jobs.h"

#include "core/picture.h"
#include "rooms/tenant/tenant.h"

enum file_outcome
file_keep(const struct file_source *source, struct arena *arena, tenant_id tenant, struct file *file)
{
	unsigned char *hash = arena_alloc(arena, CRYPT_HASH_LEN);
	struct picture picture;

	file->type = file_type_of(file->name, source->head, source->head_len);
	file->size = store_spool_size(source->spool);
	if (file->type == NULL)
		return FILE_OF_OTHER_KIND;
	if (file->size == 0)
		return FILE_EMPTY;
	if (picture_look(source->head, source->head_len, &picture)) {
		file->width = picture.width;
		file->height = picture.height;
	}
	if (!store_keep(source->spool, arena, tenant, &file->stored, hash) || file_order_look(source->db, tenant, file->stored, source->now) == GOT_ERROR)
		return FILE_NOT_STORED;
	file->hash = (struct field_bytes){ hash, CRYPT_HASH_LEN };
	return FILE_KEPT;
}

enum got
file_store(struct db *db, struct arena *arena, tenant_id tenant, struct file *file, clock_ms now)
{
	struct limit_state state;
	enum got got = limit_store_file(db, tenant, (int64_t)file->size, now, &state);

	if (got != GOT_ONE)
		return got;
	if (file_add(db, tenant, file, now) != GOT_ONE)
		return GOT_ERROR;
	return file_order_preview(db, arena, tenant, file, now) == GOT_ERROR ? GOT_ERROR : GOT_ONE;
}
