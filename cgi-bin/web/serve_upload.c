/* SPDX-License-Identifier: BSD-2-Clause */
/* serve_upload.c - the body of a form with files: what was typed becomes parameters, files go to the spool. */
#include "web/serve.h"

#include <string.h>
#include <strings.h>

#include "core/text.h"
#include "web/multipart.h"
#include "web/reply.h"

#define PIECE 65536

/* The part that is being read. */
struct reading {
	struct req *r;
	const char *name;
	struct upload *upload;           /* of a file, else NULL */
	struct str typed;
	uint64_t typed_all;              /* bytes of all that was typed */
};

static bool
part_begin(void *arg, const char *name, const char *file_name)
{
	struct reading *reading = arg;
	struct req *r = reading->r;

	reading->name = name;
	reading->upload = NULL;
	str_clear(&reading->typed);
	if (file_name == NULL)
		return true;
	if (r->upload_count == REQ_UPLOADS_MAX)
		return false;
	reading->upload = &r->uploads[r->upload_count++];
	*reading->upload = (struct upload){ .field = name, .file_name = file_name,
		.spool = store_spool_new(r->site->store, r->arena) };
	return reading->upload->spool != NULL;
}

/* A file that is too large is read to its end, so that the form can be shown again with what was typed. */
static bool
part_data(void *arg, const char *bytes, size_t len)
{
	struct reading *reading = arg;
	const struct conf *conf = reading->r->site->conf;
	struct upload *upload = reading->upload;

	if (upload == NULL) {
		reading->typed_all += len;
		if (reading->typed_all > conf->body_max)
			return false;
		str_add_bytes(&reading->typed, bytes, len);
		return true;
	}
	if (upload->is_too_large || store_spool_size(upload->spool) + len > conf->upload_max) {
		upload->is_too_large = true;
		return true;
	}
	return store_spool_write(upload->spool, bytes, len);
}

static bool
part_end(void *arg)
{
	struct reading *reading = arg;
	const char *value = reading->typed.data;

	if (reading->upload != NULL)
		return true;
	if (strlen(value) != reading->typed.len || !text_is_utf8(value, reading->typed.len))
		return false;
	return serve_param(reading->r, reading->name, arena_text(reading->r->arena, value));
}

bool
serve_is_multipart(const char *content_type)
{
	return content_type != NULL && strncasecmp(content_type, "multipart/form-data", 19) == 0;
}

bool
serve_multipart(struct req *r, const char *content_type)
{
	const uint64_t most = r->site->conf->upload_max * 2 + r->site->conf->body_max;
	struct reading reading = { .r = r };
	const struct multipart_listener listener = { &reading, part_begin, part_data, part_end };
	struct multipart *multipart = multipart_new(r->arena, content_type, &listener);
	char *piece = arena_alloc(r->arena, PIECE);
	uint64_t read = 0;
	size_t got;

	str_init(&reading.typed, r->arena);
	while (multipart != NULL && (got = fcgi_read(r->fcgi, piece, PIECE)) > 0) {
		read += got;
		if (read > most) {
			reply_error(r, 413, "too_large", N_("The request is too large."));
			return false;
		}
		if (!multipart_feed(multipart, piece, got))
			multipart = NULL;
	}
	if (multipart != NULL && multipart_is_whole(multipart))
		return true;
	return serve_refuse(r, serve_form_problem(r)), false;
}
