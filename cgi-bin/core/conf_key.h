/* SPDX-License-Identifier: BSD-2-Clause */
/* conf_key.h - a key of the configuration: what its value may be (private to conf*.c). */
#ifndef HARK_CORE_CONF_KEY_H
#define HARK_CORE_CONF_KEY_H

#include <sys/un.h>

#include "core/conf.h"

#ifndef HARK_SYSCONFDIR
#define HARK_SYSCONFDIR "/etc"
#endif

#define SOCKET_MAX (sizeof(((struct sockaddr_un *)0)->sun_path) - 1)
#define KIB ((uint64_t)1 << 10)
#define MIB ((uint64_t)1 << 20)
#define GIB ((uint64_t)1 << 30)

enum conf_type {
	TYPE_WORD,              /* letters, digits and _ . - */
	TYPE_PATH,
	TYPE_SOCKET,            /* a path that fits into a socket's address */
	TYPE_ORIGIN,            /* scheme, host and port; kept in lower case, as browsers send it */
	TYPE_MAIL_SERVER,       /* the same with smtp:// or smtps:// */
	TYPE_WORDS,             /* words parted by commas */
	TYPE_USER,              /* a word that may have an @ */
	TYPE_EMAIL,
	TYPE_URL,
	TYPE_ADDRESSES,
	TYPE_SERVER,            /* an IPv4 address, perhaps with a port */
	TYPE_CHOICE,
	TYPE_TEXT,              /* for people */
	TYPE_NUMBER,
	TYPE_BYTES,
	TYPE_BOOL
};

struct conf_key {
	const char *name;
	enum conf_type type;
	bool required;          /* must be named in the file */
	size_t offset;
	const char *preset;
	uint64_t min;           /* of numbers; of texts: 1 when it may not be empty */
	uint64_t max;
	const char *choices;    /* parted by spaces */
	const char *comment;
};

/* What a value may be, as the end of a sentence: "must be yes or no". */
const char *conf_key_allows(struct arena *arena, const struct conf_key *key);

/* Reads a value into its place in the structure; false when it may not be. */
bool conf_key_read(struct arena *arena, const struct conf_key *key, const char *value, struct conf *conf);

/* IPv4 or IPv6 addresses or subnets, parted by commas; nothing is good, too. */
bool conf_is_addresses(struct arena *arena, const char *value);

#endif
