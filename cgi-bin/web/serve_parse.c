/* SPDX-License-Identifier: BSD-2-Clause */
/* serve_parse.c - taking apart what came from outside: path, query, cookies, form and JSON bodies, each with its limits. */
#include "web/serve.h"

#include <string.h>
#include <strings.h>

#include "core/text.h"

#define PARAMS_ROOM 32           /* parameters at first */

static const struct {
	const char *name;
	enum method method;
} methods[] = { { "GET", GET }, { "HEAD", GET }, { "POST", POST }, { "PATCH", PATCH }, { "DELETE", DELETE } };

static void
parse_method(struct req *r, const char *name)
{
	size_t i;

	r->method = METHOD_OTHER;
	r->method_name = "other";
	for (i = 0; name != NULL && i < COUNT_OF(methods); i++)
		if (strcmp(name, methods[i].name) == 0) {
			r->method = methods[i].method;
			r->method_name = methods[i].name;
		}
}

/* A part of a path: no empty ones, no dots, nothing that is no text. */
static const char *
parse_segment(struct req *r, const char *at, size_t len)
{
	const char *part = text_url_decode(r->arena, at, len, false);

	if (part == NULL || len == 0 || strcmp(part, ".") == 0 || strcmp(part, "..") == 0
		|| text_has_control(part) || strchr(part, '\\') != NULL)
		return NULL;
	return part;
}

static bool
parse_path(struct req *r, const char *path)
{
	size_t len;

	r->path = path;
	if (*path++ != '/')
		return false;
	while (*path != '\0') {
		len = strcspn(path, "/");
		if (r->segment_count == REQ_SEGMENTS_MAX)
			return false;
		r->segments[r->segment_count] = parse_segment(r, path, len);
		if (r->segments[r->segment_count] == NULL)
			return false;
		r->segment_count++;
		path += len;
		if (*path == '/' && *++path == '\0')
			return false;
	}
	return true;
}

static void
params_grow(struct req *r)
{
	const size_t room = r->param_room == 0 ? PARAMS_ROOM : 2 * r->param_room;
	struct param *params = ARENA_ARRAY(r->arena, struct param, room);

	if (r->param_count > 0)
		memcpy(params, r->params, r->param_count * sizeof(*params));
	r->params = params;
	r->param_room = room;
}

bool
serve_param(struct req *r, const char *name, const char *value)
{
	if (name == NULL || value == NULL || r->param_count == REQ_PARAMS_MAX || strlen(name) > REQ_NAME_MAX)
		return false;
	if (r->param_count == r->param_room)
		params_grow(r);
	r->params[r->param_count].name = name;
	r->params[r->param_count++].value = value;
	return true;
}

/* "a=1&b=2" (WHATWG URL, application/x-www-form-urlencoded); parameters are refused twice when `once`. */
static bool
parse_params(struct req *r, const char *text, size_t len, bool once)
{
	const char *end = text + len;
	const char *equals, *amp, *name;
	size_t i, first = r->param_count;

	for (; text < end; text = amp + 1) {
		amp = memchr(text, '&', (size_t)(end - text));
		amp = amp != NULL ? amp : end;
		equals = memchr(text, '=', (size_t)(amp - text));
		equals = equals != NULL ? equals : amp;
		if (amp == text)
			continue;
		name = text_url_decode(r->arena, text, (size_t)(equals - text), true);
		if (!serve_param(r, name, equals == amp ? ""
			: text_url_decode(r->arena, equals + 1, (size_t)(amp - equals - 1), true)))
			return false;
		for (i = first; once && i + 1 < r->param_count; i++)
			if (strcmp(r->params[i].name, name) == 0)
				return false;
	}
	return true;
}

/* "a=1; b=2" (RFC 6265 section 5.4); what is malformed is not seen. */
static void
parse_cookies(struct req *r, const char *text)
{
	size_t len;
	const char *equals;

	for (text += strspn(text, "; "); *text != '\0'; text += len, text += strspn(text, "; ")) {
		len = strcspn(text, ";");
		equals = memchr(text, '=', len);
		if (equals == NULL || r->cookie_count == REQ_COOKIES_MAX || !text_is_utf8(text, len))
			continue;
		r->cookies[r->cookie_count].name = arena_text_of(r->arena, text, (size_t)(equals - text));
		r->cookies[r->cookie_count++].value = arena_text_of(r->arena, equals + 1, len - (size_t)(equals + 1 - text));
	}
}

/* Media types are the same in both cases (RFC 9110 section 8.3.1). */
static bool
type_is(const char *type, const char *want)
{
	size_t len = strlen(want);

	return type != NULL && strncasecmp(type, want, len) == 0 && (type[len] == '\0' || type[len] == ';' || type[len] == ' ');
}

const char *
serve_form_problem(const struct req *r)
{
	return r->param_count == REQ_PARAMS_MAX ? "many" : "the form is malformed";
}

bool
serve_body(struct req *r, const struct serve_input *input, const char **problem)
{
	if (input->body_len == 0)
		return true;
	if (type_is(input->content_type, "application/x-www-form-urlencoded")) {
		if (parse_params(r, input->body, input->body_len, false))
			return true;
		*problem = serve_form_problem(r);
		return false;
	}
	if (type_is(input->content_type, "application/json")) {
		r->json = json_parse(r->arena, input->body, input->body_len, problem);
		if (r->json != NULL && !json_is_object(r->json))
			*problem = "the JSON body must be an object";
		return r->json != NULL && json_is_object(r->json);
	}
	*problem = "type";
	return false;
}

bool
serve_parse(struct req *r, const struct serve_input *input, const char **problem)
{
	const char *mark;
	size_t path_len;

	parse_method(r, input->method);
	r->cookies = ARENA_ARRAY(r->arena, struct param, REQ_COOKIES_MAX);
	*problem = "the address is malformed";
	if (input->uri == NULL)
		return false;
	mark = strchr(input->uri, '?');
	path_len = mark != NULL ? (size_t)(mark - input->uri) : strlen(input->uri);
	r->query = mark != NULL ? mark + 1 : "";
	if (path_len > REQ_PATH_MAX || strlen(r->query) > REQ_QUERY_MAX) {
		*problem = "long";
		return false;
	}
	if (!parse_path(r, arena_text_of(r->arena, input->uri, path_len))) {
		r->segment_count = 0;           /* what was read of it is no place that anybody meant */
		return false;
	}
	if (!parse_params(r, r->query, strlen(r->query), true))
		return false;
	r->query_count = r->param_count;
	if (input->cookie != NULL)
		parse_cookies(r, input->cookie);
	return true;
}
