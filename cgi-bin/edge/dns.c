/* SPDX-License-Identifier: BSD-2-Clause */
/* dns.c - text records by the resolver of the C library. */
#include "edge/dns.h"

#include <arpa/inet.h>
#include <arpa/nameser.h>
#include <netdb.h>
#include <netinet/in.h>
#include <resolv.h>
#include <string.h>

#include "core/address.h"
#include "core/str.h"

#define ANSWER_MAX 65535         /* bytes: TCP allows so many */
#define WAIT_SECONDS 3           /* for one try */
#define TRIES 2

/* The strings of one record: each a length and its bytes. NULL when they do not fit or have a NUL. */
static const char *
record_text(struct arena *arena, const unsigned char *bytes, size_t len)
{
	struct str text;
	size_t at = 0;

	str_init(&text, arena);
	while (at < len) {
		size_t piece = bytes[at++];

		if (piece > len - at || memchr(bytes + at, '\0', piece) != NULL)
			return NULL;
		str_add_bytes(&text, (const char *)bytes + at, piece);
		at += piece;
	}
	return text.data;
}

bool
dns_read_texts(struct arena *arena, const unsigned char *bytes, size_t len, struct dns_texts *texts)
{
	ns_msg message;
	ns_rr record;
	int i;

	texts->count = 0;
	if (len > ANSWER_MAX || ns_initparse(bytes, (int)len, &message) != 0)
		return false;
	for (i = 0; i < ns_msg_count(message, ns_s_an) && texts->count < DNS_TEXTS_MAX; i++) {
		const char *text;

		if (ns_parserr(&message, ns_s_an, i, &record) != 0)
			return false;
		if (ns_rr_type(record) != ns_t_txt || ns_rr_class(record) != ns_c_in)
			continue;
		text = record_text(arena, ns_rr_rdata(record), ns_rr_rdlen(record));
		if (text != NULL)
			texts->texts[texts->count++] = text;
	}
	return true;
}

static bool
resolver_open(struct __res_state *state, const char *server)
{
	memset(state, 0, sizeof(*state));
	if (res_ninit(state) != 0)
		return false;
	state->retrans = WAIT_SECONDS;
	state->retry = TRIES;
	state->options &= ~(unsigned long)(RES_DNSRCH | RES_DEFNAMES);
	if (server[0] == '\0')
		return true;
	state->nscount = 1;
	return address_read_server(server, &state->nsaddr_list[0]);
}

enum got
dns_texts(struct arena *arena, const char *server, const char *name, struct dns_texts *texts)
{
	struct __res_state state;
	unsigned char *answer = arena_alloc(arena, ANSWER_MAX);
	enum got got = GOT_ERROR;
	int len;

	texts->count = 0;
	if (resolver_open(&state, server)) {
		len = res_nquery(&state, name, ns_c_in, ns_t_txt, answer, ANSWER_MAX);
		if (len < 0)
			got = state.res_h_errno == HOST_NOT_FOUND || state.res_h_errno == NO_DATA ? GOT_NONE : GOT_ERROR;
		else if (dns_read_texts(arena, answer, len > ANSWER_MAX ? ANSWER_MAX : (size_t)len, texts))
			got = texts->count > 0 ? GOT_ONE : GOT_NONE;
	}
	res_nclose(&state);
	return got;
}
