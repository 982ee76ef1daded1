/* SPDX-License-Identifier: BSD-2-Clause */
/* address.c - IP addresses and subnets, all as 128 bits: IPv4 is what IPv6 maps it to. */
#include "core/address.h"

#include <arpa/inet.h>
#include <stdint.h>
#include <string.h>

#include "core/text.h"

#define ADDRESS_MAX 46           /* characters of an address (INET6_ADDRSTRLEN) */
#define DNS_PORT 53
#define MAPPED_BITS 96           /* of an IPv4 address in IPv6, before its own 32: a shorter subnet is one of IPv6 alone, "::/0" lets no IPv4 in */
#define HOLDER_BYTES 8           /* of an IPv6 address: the network of one customer */

struct address {
	unsigned char bytes[16];
};

struct subnet {
	struct address address;
	unsigned bits;
};

static const unsigned char mapped_prefix[12] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff };

/* *own_bits: 32 for IPv4, 128 for IPv6. */
static bool
address_read(const char *text, size_t len, struct address *address, unsigned *own_bits)
{
	char copy[ADDRESS_MAX];

	if (len == 0 || len >= sizeof(copy) || memchr(text, '\0', len) != NULL)
		return false;
	memcpy(copy, text, len);
	copy[len] = '\0';
	*own_bits = 128;
	if (inet_pton(AF_INET6, copy, address->bytes) == 1)
		return true;
	*own_bits = 32;
	memcpy(address->bytes, mapped_prefix, sizeof(mapped_prefix));
	return inet_pton(AF_INET, copy, address->bytes + sizeof(mapped_prefix)) == 1;
}

/* One to three digits, at most `most`. */
static bool
bits_read(const char *text, size_t len, unsigned most, unsigned *bits)
{
	size_t i;

	if (len == 0 || len > 3 || (len > 1 && text[0] == '0'))
		return false;
	for (*bits = 0, i = 0; i < len; i++) {
		if (text[i] < '0' || text[i] > '9')
			return false;
		*bits = *bits * 10 + (unsigned)(text[i] - '0');
	}
	return *bits <= most;
}

static bool
is_mapped(const struct address *address)
{
	return memcmp(address->bytes, mapped_prefix, sizeof(mapped_prefix)) == 0;
}

/* "::ffff:192.0.2.0/24" is none: who writes it means 192.0.2.0/24, and it would let in IPv6 alone. */
static bool
subnet_read(const char *text, size_t len, struct subnet *subnet)
{
	const char *slash = memchr(text, '/', len);
	size_t address_len = slash != NULL ? (size_t)(slash - text) : len;
	unsigned own_bits, bits;

	if (!address_read(text, address_len, &subnet->address, &own_bits))
		return false;
	bits = own_bits;
	if (slash != NULL && !bits_read(slash + 1, len - address_len - 1, own_bits, &bits))
		return false;
	subnet->bits = own_bits == 32 ? MAPPED_BITS + bits : bits;
	return subnet->bits >= MAPPED_BITS || !is_mapped(&subnet->address);
}

static bool
subnet_has(const struct subnet *subnet, const struct address *address)
{
	const unsigned whole = subnet->bits / 8, rest = subnet->bits % 8;
	const unsigned char mask = (unsigned char)(0xff00U >> rest);

	if (subnet->bits < MAPPED_BITS && is_mapped(address))
		return false;
	if (memcmp(subnet->address.bytes, address->bytes, whole) != 0)
		return false;
	return rest == 0 || ((subnet->address.bytes[whole] ^ address->bytes[whole]) & mask) == 0;
}

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

/* The next entry that is not blank, trimmed; *at moves behind it and *number is its line. False at the end. */
static bool
entry_next(const char **at, size_t *number, const char **line, size_t *len)
{
	while (**at != '\0') {
		*number += *number == 0 || (*at)[-1] == '\n';
		*line = *at;
		*len = strcspn(*at, "\n,");
		*at += *len + ((*at)[*len] != '\0');
		for (; *len > 0 && is_space(**line); ++*line)
			--*len;
		while (*len > 0 && is_space((*line)[*len - 1]))
			--*len;
		if (*len > 0)
			return true;
	}
	return false;
}

bool
address_list_is_good(const char *list, struct address_problem *problem)
{
	struct subnet subnet;
	const char *line;
	size_t number = 0, len;

	while (list != NULL && entry_next(&list, &number, &line, &len)) {
		if (subnet_read(line, len, &subnet))
			continue;
		*problem = (struct address_problem){ .line = number, .text = line, .len = len };
		return false;
	}
	return true;
}

const char *
address_holder(struct arena *arena, const char *address)
{
	struct address own;
	char text[INET6_ADDRSTRLEN];
	unsigned bits;

	if (!address_read(address, strlen(address), &own, &bits))
		return address;
	if (is_mapped(&own))
		return arena_text(arena, inet_ntop(AF_INET, own.bytes + sizeof(mapped_prefix), text, sizeof(text)));
	memset(own.bytes + HOLDER_BYTES, 0, sizeof(own.bytes) - HOLDER_BYTES);
	return arena_printf(arena, "%s/64", inet_ntop(AF_INET6, own.bytes, text, sizeof(text)));
}

bool
address_list_allows(const char *list, const char *address)
{
	struct address own;
	struct subnet subnet;
	const char *line;
	size_t number = 0, len;
	unsigned bits;
	bool is_blank = true, is_known = address != NULL && address_read(address, strlen(address), &own, &bits);

	while (list != NULL && entry_next(&list, &number, &line, &len)) {
		is_blank = false;
		if (is_known && subnet_read(line, len, &subnet) && subnet_has(&subnet, &own))
			return true;
	}
	return is_blank;
}

bool
address_read_server(const char *text, struct sockaddr_in *server)
{
	char address[INET_ADDRSTRLEN];
	size_t len = strcspn(text, ":");
	uint64_t port = DNS_PORT;

	if (len >= sizeof(address) || (text[len] == ':' && (!text_to_u64(text + len + 1, &port) || port == 0 || port > 65535)))
		return false;
	memcpy(address, text, len);
	address[len] = '\0';
	*server = (struct sockaddr_in){ .sin_family = AF_INET, .sin_port = htons((uint16_t)port) };
	return inet_pton(AF_INET, address, &server->sin_addr) == 1;
}
