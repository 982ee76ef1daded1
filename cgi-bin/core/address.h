/* SPDX-License-Identifier: BSD-2-Clause */
/* address.h - IP addresses and lists of them: who may come from where.
 *
 * A list is text with addresses and subnets, one a line or parted by commas: "192.0.2.7", "10.0.0.0/8", "2001:db8::/32" (CIDR, RFC 4632 and RFC 4291
 * section 2.3). Bits behind the prefix do not count. "0.0.0.0/0" is all of IPv4, "::/0" all of IPv6 and nothing else. An IPv4 address and the IPv6 address that maps it (::ffff:192.0.2.7,
 * RFC 4291 section 2.5.5.2) are the same one, and its subnet has at least 96 bits: "::ffff:192.0.2.0/120", not "/24". Spaces around an entry and empty entries do not matter.
 */
#ifndef HARK_CORE_ADDRESS_H
#define HARK_CORE_ADDRESS_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"

/* What is wrong with a list: the first entry that is neither address nor subnet, as it stands in the list. */
struct address_problem {
	size_t line;                     /* that it stands in, from 1 */
	const char *text;                /* not ended by a NUL */
	size_t len;
};

/* True when every entry is an address or subnet; else *problem says which is not. */
bool address_list_is_good(const char *list, struct address_problem *problem);

/* May somebody at `address` in? A list that is NULL or blank lets everybody in. An entry or an address that is malformed matches
 * nothing. */
bool address_list_allows(const char *list, const char *address);

/* A name server: an IPv4 address, alone (port 53) or with a port, "192.0.2.53:5353". False when it is none. */
bool address_read_server(const char *text, struct sockaddr_in *server);

/* Whose address it is, for counting what somebody does: all of "192.0.2.7", but only the first 64 bits of an IPv6 address, "2001:db8:0:7::/64", because
 * each customer has at least so many addresses (RFC 6177). One that maps IPv4 is the IPv4 address; what is malformed stays as it is. */
const char *address_holder(struct arena *arena, const char *address);

#endif
