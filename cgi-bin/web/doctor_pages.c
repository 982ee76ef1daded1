/* SPDX-License-Identifier: BSD-2-Clause */
/* doctor_pages.c - the echo of `hark doctor`; without its token it is not there. */
#include "web/doctor.h"

#include <string.h>

#include "core/text.h"
#include "web/reply.h"

static handler echo_show;

const struct route doctor_routes[] = {
	{ GET, "/-/echo/:part", MAY_PUBLIC, echo_show, ROUTE_JSON, NULL },
	{ POST, "/-/echo/:part", MAY_PUBLIC, echo_show, ROUTE_JSON | ROUTE_STREAM | ROUTE_NO_FORM, NULL },
	{ .path = NULL }
};

static const char *
token_mac(struct arena *arena, const struct crypt_keys *keys, const char *seconds)
{
	const char *text = arena_printf(arena, "doctor\n%s", seconds);
	unsigned char mac[CRYPT_HASH_LEN];

	crypt_mac(keys->link, sizeof(keys->link), text, strlen(text), mac);
	return text_to_hex(arena, mac, sizeof(mac));
}

char *
doctor_token(struct arena *arena, const struct crypt_keys *keys, clock_ms now)
{
	const char *seconds = arena_printf(arena, "%lld", (long long)(now / CLOCK_SECOND));

	return arena_printf(arena, "%s.%s", seconds, token_mac(arena, keys, seconds));
}

static bool
doctor_token_is_good(struct arena *arena, const struct crypt_keys *keys, const char *token, clock_ms now)
{
	const char *dot = token != NULL ? strchr(token, '.') : NULL;
	const char *seconds;
	int64_t at, age;

	if (dot == NULL || strlen(token) > 100)
		return false;
	seconds = arena_text_of(arena, token, (size_t)(dot - token));
	if (!text_to_i64(seconds, &at) || at < 0 || at > now / CLOCK_SECOND + 60)
		return false;
	age = now / CLOCK_SECOND - at;
	return age <= DOCTOR_TOKEN_LIFE / CLOCK_SECOND && crypt_equal_text(dot + 1, token_mac(arena, keys, seconds));
}

/* Reads the body to its end, however it came, and counts it. */
static uint64_t
body_length(struct req *r)
{
	char *piece = arena_alloc(r->arena, 16384);
	uint64_t total = 0;
	size_t got;

	while (r->method == POST && (got = fcgi_read(r->fcgi, piece, 16384)) > 0)
		total += got;
	return total;
}

char *
doctor_file(struct arena *arena)
{
	char *bytes = arena_alloc(arena, DOCTOR_FILE_LEN);
	size_t i;

	for (i = 0; i < DOCTOR_FILE_LEN; i++)
		bytes[i] = (char)('a' + i % 26);
	return bytes;
}

/* The name that the file was kept under; NULL (logged) when data_dir refuses. */
static const char *
file_keep(struct req *r)
{
	struct store_spool *spool = store_spool_new(r->site->store, r->arena);
	unsigned char hash[CRYPT_HASH_LEN];
	const char *name;

	if (spool == NULL || !store_spool_write(spool, doctor_file(r->arena), DOCTOR_FILE_LEN)
		|| !store_keep(spool, r->arena, r->tenant, &name, hash))
		return NULL;
	return name;
}

static int
file_send(struct req *r)
{
	return reply_file(r, &(struct reply_file){ .stored = req_query(r, "name"), .name = "doctor.txt", .type = "text/plain" });
}

static int
echo_show(struct req *r)
{
	const char *part = req_arg(r, "part");
	struct json *echo;

	if (!doctor_token_is_good(r->arena, r->site->keys, req_query(r, "token"), r->now))
		return reply_not_found(r);
	r->tenant.id = 0;
	if (r->method == GET && text_equal(part, "file"))
		return file_send(r);
	echo = json_new_object(r->arena);
	if (r->method == POST && text_equal(part, "keep"))
		json_set_text(echo, "kept", file_keep(r));
	if (r->method == POST && text_equal(part, "drop"))
		json_set_bool(echo, "dropped", store_remove(r->site->store, r->tenant, req_query(r, "name")));
	json_set_text(echo, "version", HARK_VERSION);
	json_set_i64(echo, "now", r->now);
	json_set_text(echo, "part", part);
	json_set_bool(echo, "hash_limit", crypt_limit_holds());
	json_set_text(echo, "authorization", req_header(r, "HTTP_AUTHORIZATION"));
	json_set_text(echo, "api_key", req_header(r, "HTTP_X_API_KEY"));
	json_set_text(echo, "proxy", req_header(r, "HTTP_PROXY"));
	json_set_text(echo, "address", r->address);
	json_set_text(echo, "peer", req_header(r, "REMOTE_ADDR"));
	json_set_text(echo, "scheme", req_header(r, "REQUEST_SCHEME"));
	json_set_u64(echo, "body", body_length(r));
	return reply_json(r, echo);
}
