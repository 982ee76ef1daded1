/* SPDX-License-Identifier: BSD-2-Clause */
/* asset.c - files of the static folder that pages contain. */
#include "web/asset.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "core/log.h"
#include "edge/locale.h"

static bool
read_all(int fd, struct str *text, size_t most)
{
	ssize_t got;

	while (text->len <= most && (got = read(fd, str_reserve(text, 16384), 16384)) > 0)
		str_grown(text, (size_t)got);
	return text->len <= most;
}

const char *
asset_file(struct arena *arena, const char *path, size_t most)
{
	struct str text;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	bool good;

	if (fd < 0) {
		log_error("asset", "%s cannot be opened: %s", path, strerror(errno));
		return NULL;
	}
	str_init(&text, arena);
	good = read_all(fd, &text, most);
	close(fd);
	if (!good)
		log_error("asset", "%s is larger than %zu bytes", path, most);
	return good ? text.data : NULL;
}

const char *
asset_text(struct req *r, const char *name)
{
	return asset_file(r->arena, arena_printf(r->arena, "%s/%s", r->site->conf->static_dir, name), ASSET_MAX);
}

const char *
asset_strings(struct req *r, const char *name)
{
	const char *text = asset_text(r, name);
	struct json *strings = json_new_object(r->arena);
	const char *line;
	size_t len;

	for (; text != NULL && *text != '\0'; text += len + (text[len] == '\n')) {
		len = strcspn(text, "\n");
		line = arena_text_of(r->arena, text, len);
		if (len > 0 && line[0] != '#')
			json_set_text(strings, line, locale_text(line));
	}
	return json_text(r->arena, strings);
}
