/* SPDX-License-Identifier: BSD-2-Clause */
/* dns.h - asking the domain name system for text records (the resolver of the C library). It waits: only jobs and commands ask. */
#ifndef HARK_EDGE_DNS_H
#define HARK_EDGE_DNS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"
#include "core/check.h"

#define DNS_TEXTS_MAX 32         /* records of an answer that are looked at */

struct dns_texts {
	const char *texts[DNS_TEXTS_MAX];   /* the strings of a record joined; those with a NUL are left out */
	size_t count;
};

/* TXT records of `name`, by way of aliases (RFC 1035 section 3.3.14). `server` is "192.0.2.53" or "192.0.2.53:5353"; "" is the one of
 * this machine. Waits at most 10 seconds. GOT_NONE: there is no such name or it has none; GOT_ERROR: nobody answered. */
enum got dns_texts(struct arena *arena, const char *server, const char *name, struct dns_texts *texts) MUST_USE;

/* Takes an answer's bytes apart; false when they are no answer. */
bool dns_read_texts(struct arena *arena, const unsigned char *bytes, size_t len, struct dns_texts *texts);

#endif
