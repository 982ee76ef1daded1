/* SPDX-License-Identifier: BSD-2-Clause */
/* live_http.c - reading heads of requests and writing heads of answers. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE 1           /* memmem() */
#endif

#include "rooms/live/live_http.h"

#include <string.h>

#include "core/check.h"
#include "core/text.h"

#define EPOCH_MAX 64

struct head {
	uint64_t body_len;
	bool has_length;
	bool new_enough;        /* HTTP/1.1: stays unless told otherwise */
	bool closes;
	bool keeps;
};

/* A character of a token (RFC 9110 5.6.2). */
static bool
is_token(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
		|| (c != '\0' && strchr("!#$%&'*+-.^_`|~", c) != NULL);
}

static size_t
token_len(const char *text)
{
	size_t len = 0;

	while (is_token((unsigned char)text[len]))
		len++;
	return len;
}

/* "GET /path?query HTTP/1.1" */
static int
read_request_line(char *line, struct http_request *request, struct head *head)
{
	size_t method_len = token_len(line);
	char *target = line + method_len + 1;
	char *version, *query;

	if (method_len == 0 || line[method_len] != ' ' || *target != '/')
		return 400;
	line[method_len] = '\0';
	version = strchr(target, ' ');
	if (version == NULL)
		return 400;
	*version++ = '\0';
	for (const char *c = target; *c != '\0'; c++)
		if (*c <= ' ' || *c > '~' || *c == '#')
			return 400;
	if (!text_starts_with(version, "HTTP/") || strlen(version) != 8)
		return 400;
	if (!text_equal(version, "HTTP/1.1") && !text_equal(version, "HTTP/1.0"))
		return 505;
	head->new_enough = version[7] == '1';
	request->method = text_equal(line, "GET") ? HTTP_GET : text_equal(line, "POST") ? HTTP_POST : HTTP_OTHER;
	query = strchr(target, '?');
	if (query != NULL)
		*query++ = '\0';
	request->path = target;
	request->query = query == NULL ? "" : query;
	return 0;
}

/* "close, keep-alive" and the like; others are for somebody else. */
static void
read_connection(char *value, struct head *head)
{
	while (*value != '\0') {
		size_t len = token_len(value);
		char after = value[len];

		value[len] = '\0';
		if (text_equal_nocase(value, "close"))
			head->closes = true;
		else if (text_equal_nocase(value, "keep-alive"))
			head->keeps = true;
		if (after == '\0')
			return;
		value += len + 1;
	}
}

static int
read_header(char *line, struct head *head)
{
	size_t name_len = token_len(line);
	char *value = line + name_len;
	char *end;

	if (name_len == 0 || *value != ':')
		return 400;
	*value++ = '\0';
	value += strspn(value, " \t");
	for (end = value + strlen(value); end > value && (end[-1] == ' ' || end[-1] == '\t'); end--)
		end[-1] = '\0';
	if (text_has_control(value))
		return 400;
	if (text_equal_nocase(line, "Transfer-Encoding"))
		return 501;
	if (text_equal_nocase(line, "Connection")) {
		read_connection(value, head);
	} else if (text_equal_nocase(line, "Content-Length")) {
		if (head->has_length || !text_to_u64(value, &head->body_len))
			return 400;
		head->has_length = true;
	}
	return 0;
}

/* The head without its empty line, which is at `end`. Every line ends with CR LF; no other CR or LF may be. */
static int
read_head(char *at, char *end, struct http_request *request, struct head *head)
{
	bool first = true;
	int status = 0;

	while (at < end && status == 0) {
		char *line = at;

		at = memmem(line, (size_t)(end - line), "\r\n", 2);
		CHECK(at != NULL);
		*at = '\0';
		at += 2;
		if (strpbrk(line, "\r\n") != NULL)
			return 400;
		status = first ? read_request_line(line, request, head) : read_header(line, head);
		first = false;
	}
	return first ? 400 : status;
}

int
http_read(struct arena *arena, const char *bytes, size_t len, struct http_request *request)
{
	struct head head = { .body_len = 0 };
	const char *end = memmem(bytes, len, "\r\n\r\n", 4);
	size_t head_len = end == NULL ? len : (size_t)(end - bytes) + 4;
	char *copy;
	int status;

	*request = (struct http_request){ .method = HTTP_OTHER, .path = "", .query = "", .body = "" };
	if (head_len > HTTP_HEAD_MAX)
		return 431;
	if (memchr(bytes, '\0', head_len) != NULL)
		return 400;
	if (end == NULL)
		return len > 0 && !is_token((unsigned char)bytes[0]) ? 400 : 0;
	copy = arena_text_of(arena, bytes, head_len);
	status = read_head(copy, copy + head_len - 2, request, &head);
	if (status != 0)
		return status;
	if (head.body_len > HTTP_BODY_MAX)
		return 413;
	if (request->method == HTTP_POST && !head.has_length)
		return 411;
	if (len - head_len < head.body_len)
		return 0;
	request->body_len = (size_t)head.body_len;
	request->body = arena_text_of(arena, bytes + head_len, request->body_len);
	request->stays = !head.closes && (head.new_enough || head.keeps) && len == head_len + request->body_len;
	return len > head_len + request->body_len ? 400 : 200;
}

const char *
http_parameter(struct arena *arena, const char *query, const char *name)
{
	size_t name_len = strlen(name);
	const char *found = NULL;

	while (*query != '\0') {
		size_t len = strcspn(query, "&");

		if (len > name_len && query[name_len] == '=' && strncmp(query, name, name_len) == 0) {
			if (found != NULL)
				return NULL;
			found = arena_text_of(arena, query + name_len + 1, len - name_len - 1);
		}
		query += len;
		query += *query == '&';
	}
	return found;
}

bool
http_cursor(const char *at, const char *epoch, uint64_t *position)
{
	size_t len = strspn(at, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

	if (len == 0 || len > EPOCH_MAX || at[len] != '.' || !text_to_u64(at + len + 1, position))
		return false;
	if (len != strlen(epoch) || strncmp(at, epoch, len) != 0)
		*position = UINT64_MAX;
	return true;
}

static const char *
reason_of(int status)
{
	switch (status) {
	case 200: return "OK";
	case 204: return "No Content";
	case 400: return "Bad Request";
	case 403: return "Forbidden";
	case 404: return "Not Found";
	case 405: return "Method Not Allowed";
	case 411: return "Length Required";
	case 413: return "Content Too Large";
	case 429: return "Too Many Requests";
	case 431: return "Request Header Fields Too Large";
	case 501: return "Not Implemented";
	case 503: return "Service Unavailable";
	case 505: return "HTTP Version Not Supported";
	default: return "Error";
	}
}

void
http_head(struct str *out, int status, size_t body_len, bool stays, const char *more)
{
	str_addf(out, "HTTP/1.1 %d %s\r\n", status, reason_of(status));
	if (status != 204)
		str_addf(out, "Content-Type: application/json; charset=utf-8\r\nContent-Length: %zu\r\n", body_len);
	str_addf(out, "Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\nConnection: %s\r\n%s\r\n",
		stays ? "keep-alive" : "close", more);
}
