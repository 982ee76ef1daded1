/* SPDX-License-Identifier: BSD-2-Clause */
/* reply_file.c - kept files and downloads: through the web server where it can, streamed otherwise. */
#include "web/reply.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "core/log.h"
#include "core/text.h"

#define STREAM_PIECE 65536

static void
close_descriptor(void *arg)
{
	close(*(int *)arg);
}

/* Content-Disposition with the name in ASCII and in UTF-8 (RFC 6266, RFC 8187). */
static void
header_disposition(struct req *r, const char *kind, const char *name)
{
	struct str value;
	const char *at;

	str_init(&value, r->arena);
	str_addf(&value, "%s; filename=\"", kind);
	for (at = name; *at != '\0'; at++)
		str_add_char(&value, (unsigned char)*at < 0x20 || (unsigned char)*at > 0x7e || strchr("\"\\%;", *at) != NULL
			? '_' : *at);
	str_add(&value, "\"; filename*=UTF-8''");
	text_url_encode(&value, name);
	reply_header(r, "Content-Disposition", value.data);
}

static bool
write_head(struct req *r, const char *type)
{
	struct str head;

	str_init(&head, r->arena);
	str_addf(&head, "Status: 200 OK\r\nContent-Type: %s\r\nX-Content-Type-Options: nosniff\r\nReferrer-Policy: same-origin\r\n"
		"X-Request-Id: %s\r\n", type, r->id);
	str_add_bytes(&head, r->headers.data, r->headers.len);
	str_add(&head, "\r\n");
	r->status = 200;
	return r->fcgi == NULL || fcgi_write(r->fcgi, head.data, head.len);
}

static int
stream_file(struct req *r, const char *path, const char *type)
{
	char *piece = arena_alloc(r->arena, STREAM_PIECE);
	int *file = ARENA_NEW(r->arena, int);
	ssize_t got;

	*file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (*file < 0) {
		log_error("file", "%s cannot be opened: %s", path, strerror(errno));
		return reply_not_found(r);
	}
	arena_on_release(r->arena, close_descriptor, file);
	if (!write_head(r, type))
		return r->status;
	while ((got = read(*file, piece, STREAM_PIECE)) > 0)
		if (!fcgi_write(r->fcgi, piece, (size_t)got))
			break;
	return got < 0 ? reply_stream_cut(r) : r->status;
}

int
reply_file(struct req *r, const struct reply_file *file)
{
	const char *how = r->site->conf->send_file;
	const char *path = store_path(r->site->store, r->arena, r->tenant, file->stored);

	if (path == NULL)
		return reply_not_found(r);
	header_disposition(r, file->is_inline ? "inline" : "attachment", file->name);
	reply_header(r, "Content-Security-Policy", "default-src 'none'; sandbox");
	reply_header(r, "Cross-Origin-Resource-Policy", "same-origin");
	reply_header(r, "Cache-Control", file->is_lasting ? "private, max-age=31536000, immutable" : "private, max-age=3600");
	if (strcmp(how, "none") == 0)
		return stream_file(r, path, file->type);
	if (strcmp(how, "x-sendfile") == 0)
		reply_header(r, "X-Sendfile", path);
	else
		reply_header(r, "X-Accel-Redirect", arena_printf(r->arena, "/-files/%llu/%s",
			(unsigned long long)r->tenant.id, file->stored));
	write_head(r, file->type);
	return r->status;
}

bool
reply_stream_begin(struct req *r, const char *type, const char *file_name)
{
	header_disposition(r, "attachment", file_name);
	reply_header(r, "Cache-Control", "no-store");
	return write_head(r, type);
}

bool
reply_stream_write(struct req *r, const char *bytes, size_t len)
{
	return r->fcgi == NULL || fcgi_write(r->fcgi, bytes, len);
}

int
reply_stream_end(struct req *r)
{
	return r->status;
}

int
reply_stream_cut(struct req *r)
{
	r->reason = "cut";
	if (r->fcgi != NULL)
		fcgi_cut(r->fcgi);
	return r->status;
}
