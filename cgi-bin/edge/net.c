/* SPDX-License-Identifier: BSD-2-Clause */
/* net.c - outgoing HTTP by libcurl. */
#include "edge/net.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include <curl/curl.h>

#include "core/str.h"
#include "core/text.h"

#define TIMEOUT (10 * CLOCK_SECOND)
#define MOST ((size_t)1 << 20)

/* One request on its way. */
struct flight {
	struct arena *arena;
	const struct net_request *request;
	struct net_answer *answer;
	struct str body;
	size_t most;
	size_t sent;
};

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

static bool
has_proxy(const struct net_request *request)
{
	return request->proxy != NULL && request->proxy[0] != '\0';
}

/* The last look before a connection: names that lead to private addresses end here. */
static curl_socket_t
on_socket(void *arg, curlsocktype purpose, struct curl_sockaddr *to)
{
	const struct flight *flight = arg;

	(void)purpose;
	/* Behind a proxy the proxy decides: the operator has chosen it. */
	if (!flight->request->may_be_private && !has_proxy(flight->request) && is_private(to))
		return CURL_SOCKET_BAD;
	return socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
}

static size_t
on_body(char *bytes, size_t size, size_t count, void *arg)
{
	struct flight *flight = arg;

	if (flight->body.len + size * count > flight->most)
		return 0;
	str_add_bytes(&flight->body, bytes, size * count);
	return size * count;
}

static size_t
on_header(char *bytes, size_t size, size_t count, void *arg)
{
	struct flight *flight = arg;
	size_t len = size * count;

	if (len > 5 && strncasecmp(bytes, "Date:", 5) == 0)
		flight->answer->date = text_trim(flight->arena, arena_text_of(flight->arena, bytes + 5, len - 5));
	return len;
}

static size_t
on_read(char *bytes, size_t size, size_t count, void *arg)
{
	struct flight *flight = arg;
	size_t left = flight->request->body_len - flight->sent;
	size_t len = left < size * count ? left : size * count;

	memcpy(bytes, (const char *)flight->request->body + flight->sent, len);
	flight->sent += len;
	return len;
}

static void
flight_limits(CURL *curl, struct flight *flight)
{
	clock_ms timeout = flight->request->timeout > 0 ? flight->request->timeout : TIMEOUT;

	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(curl, CURLOPT_PATH_AS_IS, 1L);
	curl_easy_setopt(curl, CURLOPT_PROXY, has_proxy(flight->request) ? flight->request->proxy : "");
	curl_easy_setopt(curl, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
	curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, (long)timeout);
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, (long)timeout);
	curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, on_socket);
	curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, flight);
}

/* The body is read by a callback, so that it can go without a length too. */
static struct curl_slist *
flight_body(CURL *curl, struct flight *flight, struct curl_slist *headers)
{
	const struct net_request *request = flight->request;

	if (request->body == NULL)
		return headers;
	curl_easy_setopt(curl, CURLOPT_POST, 1L);
	curl_easy_setopt(curl, CURLOPT_READFUNCTION, on_read);
	curl_easy_setopt(curl, CURLOPT_READDATA, flight);
	headers = curl_slist_append(headers, "Expect:");
	if (request->body_is_chunked)
		return curl_slist_append(headers, "Transfer-Encoding: chunked");
	curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)request->body_len);
	return headers;
}

static enum got
flight_run(CURL *curl, struct flight *flight, char *problem)
{
	clock_ms started = clock_steady();
	long status = 0;
	CURLcode code = curl_easy_perform(curl);

	flight->answer->took = clock_steady() - started;
	curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
	flight->answer->status = (int)status;
	flight->answer->body = flight->body.data;
	flight->answer->len = flight->body.len;
	if (code == CURLE_OK)
		return GOT_ONE;
	flight->answer->problem = arena_text(flight->arena, problem[0] != '\0' ? problem : curl_easy_strerror(code));
	return GOT_NONE;
}

enum got
net_send(struct arena *arena, const struct net_request *request, struct net_answer *answer)
{
	struct flight flight = { .arena = arena, .request = request, .answer = answer };
	char problem[CURL_ERROR_SIZE] = "";
	struct curl_slist *headers = NULL;
	CURL *curl = curl_easy_init();
	enum got got;
	size_t i;

	CHECK(curl != NULL);
	memset(answer, 0, sizeof(*answer));
	str_init(&flight.body, arena);
	flight.most = request->most > 0 ? request->most : MOST;
	flight_limits(curl, &flight);
	curl_easy_setopt(curl, CURLOPT_URL, request->url);
	curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, problem);
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, on_body);
	curl_easy_setopt(curl, CURLOPT_WRITEDATA, &flight);
	curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, on_header);
	curl_easy_setopt(curl, CURLOPT_HEADERDATA, &flight);
	for (i = 0; i < NET_HEADERS_MAX && request->headers[i] != NULL; i++)
		headers = curl_slist_append(headers, request->headers[i]);
	headers = flight_body(curl, &flight, headers);
	curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
	if (request->method != NULL)
		curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, request->method);
	got = flight_run(curl, &flight, problem);
	curl_slist_free_all(headers);
	curl_easy_cleanup(curl);
	return got;
}

clock_ms
net_date(const char *date)
{
	time_t seconds = date != NULL ? curl_getdate(date, NULL) : -1;

	return seconds > 0 ? (clock_ms)seconds * CLOCK_SECOND : 0;
}
