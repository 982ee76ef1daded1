/* SPDX-License-Identifier: BSD-2-Clause */
/* net.c - outgoing HTTP by libcurl. */
#include "edge/net.h"

#include <string.h>
#include <strings.h>
#include <unistd.h>

#include <curl/curl.h>

#include "core/str.h"
#include "core/text.h"
#include "edge/net_guard.h"

#define TIMEOUT (10 * CLOCK_SECOND)
#define MOST ((size_t)1 << 20)

/* One request on its way. */
struct flight {
	struct arena *arena;
	const struct net_request *request;
	struct net_answer *answer;
	struct str body;
	size_t most;
	size_t got;
	size_t sent;
	bool may_be_private;
};

static bool
has_proxy(const struct net_request *request)
{
	return request->proxy != NULL && request->proxy[0] != '\0';
}

static size_t
on_body(char *bytes, size_t size, size_t count, void *arg)
{
	struct flight *flight = arg;

	flight->got += size * count;
	if (flight->got > flight->most)
		return 0;
	if (flight->request->sink != NULL)
		return flight->request->sink(flight->request->sink_arg, bytes, size * count) ? size * count : 0;
	str_add_bytes(&flight->body, bytes, size * count);
	return size * count;
}

/* What is sent back with the next request: only what is surely harmless there. */
static const char *
mark_of(const struct flight *flight, const char *bytes, size_t len)
{
	const char *mark = text_trim(flight->arena, arena_text_of(flight->arena, bytes, len));
	const char *at;

	for (at = mark; *at >= ' ' && *at <= '~'; at++)
		continue;
	return *at == '\0' && *mark != '\0' && at - mark <= NET_MARK_MAX ? mark : NULL;
}

static size_t
on_header(char *bytes, size_t size, size_t count, void *arg)
{
	struct flight *flight = arg;
	size_t len = size * count;

	if (len > 5 && strncasecmp(bytes, "Date:", 5) == 0)
		flight->answer->date = text_trim(flight->arena, arena_text_of(flight->arena, bytes + 5, len - 5));
	else if (len > 5 && strncasecmp(bytes, "ETag:", 5) == 0)
		flight->answer->etag = mark_of(flight, bytes + 5, len - 5);
	else if (len > 14 && strncasecmp(bytes, "Last-Modified:", 14) == 0)
		flight->answer->modified = mark_of(flight, bytes + 14, len - 14);
	return len;
}

/* The next bytes of a piece of the body that begins at `start` of it. */
static size_t
piece_copy(const struct flight *flight, char *bytes, size_t room, const char *piece, size_t start, size_t len)
{
	size_t left = start + len - flight->sent;

	room = left < room ? left : room;
	memcpy(bytes, piece + (flight->sent - start), room);
	return room;
}

static size_t
file_copy(const struct net_file *file, char *bytes, size_t room, size_t left)
{
	ssize_t got = read(file->descriptor, bytes, left < room ? left : room);

	return got > 0 ? (size_t)got : CURL_READFUNC_ABORT;
}

/* What stands before the file, the file, and what stands behind it. */
static size_t
on_read(char *bytes, size_t size, size_t count, void *arg)
{
	struct flight *flight = arg;
	const struct net_request *request = flight->request;
	const struct net_file *file = request->file;
	size_t room = size * count, behind = request->body_len + (file != NULL ? file->len : 0), len;

	if (flight->sent < request->body_len)
		len = piece_copy(flight, bytes, room, request->body, 0, request->body_len);
	else if (file == NULL)
		return 0;
	else if (flight->sent < behind)
		len = file_copy(file, bytes, room, behind - flight->sent);
	else
		len = piece_copy(flight, bytes, room, file->tail, behind, file->tail_len);
	if (len != CURL_READFUNC_ABORT)
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
	curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, (long)timeout);
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, (long)timeout);
	/* Behind a proxy the proxy decides: the operator has chosen it. */
	flight->may_be_private = flight->request->may_be_private || has_proxy(flight->request);
	net_guard_limits(curl, &flight->may_be_private);
	if (has_proxy(flight->request))
		curl_easy_setopt(curl, CURLOPT_PROXY, flight->request->proxy);
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
	curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)(request->body_len
		+ (request->file != NULL ? request->file->len + request->file->tail_len : 0)));
	return headers;
}

static enum net_failure
failure_of(CURLcode code)
{
	if (code == CURLE_OPERATION_TIMEDOUT)
		return NET_TOO_SLOW;
	if (code == CURLE_WRITE_ERROR)
		return NET_TOO_LARGE;
	return code == CURLE_PEER_FAILED_VERIFICATION ? NET_NOT_TRUSTED : NET_UNREACHABLE;
}

/* libcurl makes the address absolute although it does not go there. */
static void
flight_redirect(CURL *curl, struct flight *flight)
{
	char *to = NULL;

	curl_easy_getinfo(curl, CURLINFO_REDIRECT_URL, &to);
	if (to != NULL)
		flight->answer->redirect = arena_text(flight->arena, to);
}

static enum got
flight_run(CURL *curl, struct flight *flight, char *problem)
{
	clock_ms started = clock_steady();
	long status = 0, sent = 0;
	CURLcode code = curl_easy_perform(curl);

	flight->answer->took = clock_steady() - started;
	curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
	flight->answer->status = (int)status;
	flight->answer->body = flight->body.data;
	flight->answer->len = flight->body.len;
	flight->answer->failure = failure_of(code);
	flight_redirect(curl, flight);
	if (code == CURLE_OK)
		return GOT_ONE;
	curl_easy_getinfo(curl, CURLINFO_REQUEST_SIZE, &sent);
	flight->answer->may_have_arrived = sent > 0;
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
