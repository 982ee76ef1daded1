/* SPDX-License-Identifier: BSD-2-Clause */
/* net_guard.c - no connection goes to a private address unless the caller allows it. */
#include "edge/net_guard.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>

#include "core/check.h"

static bool
is_private_ipv4(uint32_t address)
{
	static const struct {
		uint32_t net;
		unsigned bits;
	} nets[] = {
		{ 0x00000000, 8 }, { 0x0a000000, 8 }, { 0x64400000, 10 }, { 0x7f000000, 8 }, { 0xa9fe0000, 16 }, { 0xac100000, 12 },
		{ 0xc0000000, 24 }, { 0xc0a80000, 16 }, { 0xc6120000, 15 }, { 0xe0000000, 3 }
	};
	size_t i;

	for (i = 0; i < COUNT_OF(nets); i++)
		if (address >> (32 - nets[i].bits) == nets[i].net >> (32 - nets[i].bits))
			return true;
	return false;
}

/* Only global unicast (2000::/3) is let out, and of it neither 6to4, Teredo nor NAT64, which carry IPv4 addresses. */
static bool
is_private_ipv6(const unsigned char *address)
{
	if (IN6_IS_ADDR_V4MAPPED((const struct in6_addr *)(const void *)address))
		return is_private_ipv4((uint32_t)address[12] << 24 | (uint32_t)address[13] << 16 | (uint32_t)address[14] << 8
			| address[15]);
	return (address[0] & 0xe0) != 0x20 || (address[0] == 0x20 && address[1] == 0x02)
		|| (address[0] == 0x20 && address[1] == 0x01 && address[2] == 0 && address[3] == 0);
}

static bool
is_private(const struct curl_sockaddr *to)
{
	struct sockaddr_in four;
	struct sockaddr_in6 six;

	if (to->family == AF_INET) {
		memcpy(&four, &to->addr, sizeof(four));
		return is_private_ipv4(ntohl(four.sin_addr.s_addr));
	}
	if (to->family != AF_INET6 || to->addrlen < sizeof(six))
		return true;
	memcpy(&six, (const void *)&to->addr, sizeof(six));
	return is_private_ipv6(six.sin6_addr.s6_addr);
}

/* For CURLOPT_OPENSOCKETFUNCTION; the data is a `const bool`: may the address be private? It sees where a name has led to, so a name that
 * points inwards does not get there. */
static curl_socket_t
net_guard_socket(void *may_be_private, curlsocktype purpose, struct curl_sockaddr *to)
{
	(void)purpose;
	if (!*(const bool *)may_be_private && is_private(to))
		return CURL_SOCKET_BAD;
	return socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
}

void
net_guard_limits(CURL *curl, const bool *may_be_private)
{
	curl_easy_setopt(curl, CURLOPT_PROXY, "");
	curl_easy_setopt(curl, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
	curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
	curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, net_guard_socket);
	curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, may_be_private);
}
