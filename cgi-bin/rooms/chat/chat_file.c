/* SPDX-License-Identifier: BSD-2-Clause */
/* chat_file.c - files sent in a chat: streamed to the spool, looked at, kept. */
#include "rooms/chat/chat_file.h"

#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "edge/image.h"
#include "rooms/chat/chat_send.h"
#include "web/reply.h"

#define PIECE 65536

/* What is read of the start: the kind and the picture's size are found in it. */
struct head {
	unsigned char *bytes;
	size_t len;
};

static void
head_add(struct head *head, const char *piece, size_t len)
{
	size_t room = FILE_HEAD - head->len;

	len = len < room ? len : room;
	memcpy(head->bytes + head->len, piece, len);
	head->len += len;
}

static int
too_large(struct req *r)
{
	return reply_field_error(r, 413, "file", N_("The file is too large: at most %s MB."),
		arena_printf(r->arena, "%llu", (unsigned long long)(r->site->conf->upload_max / 1048576)));
}

static int
not_stored(struct req *r)
{
	reply_header(r, "Retry-After", "30");
	return reply_error(r, 503, "storage", N_("The file cannot be stored at the moment. Try again later."));
}

/* Streams the body to disk; NULL after a reply. */
static struct store_spool *
receive(struct req *r, struct head *head)
{
	struct store_spool *spool = store_spool_new(r->site->store, r->arena);
	char *piece = arena_alloc(r->arena, PIECE);
	size_t got;

	while (spool != NULL && (got = fcgi_read(r->fcgi, piece, PIECE)) > 0) {
		head_add(head, piece, got);
		if (store_spool_size(spool) + got > r->site->conf->upload_max)
			return too_large(r), NULL;
		if (!store_spool_write(spool, piece, got))
			spool = NULL;
	}
	if (spool == NULL)
		return not_stored(r), NULL;
	if (!req_is_whole(r, store_spool_size(spool)))
		return reply_error(r, 400, "cut", N_("The file did not arrive whole. Send it again.")), NULL;
	return spool;
}

/* Declared lengths over the limit are refused before a byte is read. */
static bool
length_is_fine(struct req *r)
{
	const char *declared = req_header(r, "CONTENT_LENGTH");
	uint64_t length;

	return declared == NULL || !text_to_u64(declared, &length) || length <= r->site->conf->upload_max;
}

static bool
names_are_sound(struct req *r, struct chat_upload *upload)
{
	const char *name = req_query(r, "name");

	upload->message.client_id = req_query(r, "client_id");
	if (!chat_client_id_is_sound(upload->message.client_id))
		return reply_field_error(r, 422, "client_id", N_("client_id must have 8 to 36 letters, digits and hyphens"), NULL), false;
	if (text_is_blank(name))
		return reply_field_error(r, 422, "name", N_("The file needs a name."), NULL), false;
	upload->file.name = file_clean_name(r->arena, name);
	if (length_is_fine(r))
		return true;
	too_large(r);
	return false;
}

int
chat_file_reply_over(struct req *r)
{
	return reply_error(r, 403, "storage_limit", N_("There is no more room for files. Send it another way, or later."));
}

/* A look before the bytes come; what counts is asked again when the file is stored. */
static bool
storage_has_room(struct req *r)
{
	struct limit_state state;
	enum got got = limit_check(r->db, r->tenant, LIMIT_STORAGE, 1, r->now, &state);

	if (got == GOT_ONE)
		return true;
	if (got == GOT_NONE)
		chat_file_reply_over(r);
	else
		reply_got(r, got);
	return false;
}

/* False after a reply. */
static bool
keep(struct req *r, const struct file_source *source, struct file *file)
{
	switch (file_keep(source, r->arena, r->tenant, file)) {
	case FILE_KEPT:
		return true;
	case FILE_OF_OTHER_KIND:
		reply_field_error(r, 415, "file", N_("Files of this kind cannot be sent."), NULL);
		break;
	case FILE_EMPTY:
		reply_field_error(r, 422, "file", N_("The file is empty."), NULL);
		break;
	case FILE_NOT_STORED:
		not_stored(r);
		break;
	}
	return false;
}

bool
chat_file_receive(struct req *r, uint64_t conversation, struct chat_upload *upload)
{
	struct head head = { .bytes = arena_alloc(r->arena, FILE_HEAD) };
	struct file_source source = { .head = head.bytes, .db = r->db, .now = r->now };

	if (!names_are_sound(r, upload) || !storage_has_room(r) || (source.spool = receive(r, &head)) == NULL)
		return false;
	source.head_len = head.len;
	if (!keep(r, &source, &upload->file))
		return false;
	upload->file.conversation_id = conversation;
	upload->message.kind = "file";
	upload->message.body = upload->file.name;
	upload->message.file_name = upload->file.name;
	upload->message.file_type = upload->file.type;
	upload->message.file_size = upload->file.size;
	return true;
}

void
chat_file_forget(struct req *r, const struct chat_upload *upload)
{
	store_remove(r->site->store, r->tenant, upload->file.stored);
}

int
chat_file_reply(struct req *r, const struct file *file)
{
	if (req_query(r, "preview") == NULL)
		return reply_file(r, &(struct reply_file){ .stored = file->stored, .name = file->name, .type = file->type });
	if (text_is_blank(file->preview))
		return reply_not_found(r);
	return reply_file(r, &(struct reply_file){ .stored = file->preview, .name = "preview.webp", .type = IMAGE_TYPE, .is_inline = true });
}
