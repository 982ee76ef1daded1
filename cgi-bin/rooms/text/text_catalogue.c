/* SPDX-License-Identifier: BSD-2-Clause */
/* text_catalogue.c - reads po/hark.pot: comments with files, msgid, msgid_plural (GNU gettext manual, "PO files"). */
#include "rooms/text/text_catalogue.h"

#include <stdlib.h>
#include <string.h>

#include "core/str.h"
#include "core/text.h"
#include "rooms/text/text_rules.h"
#include "web/asset.h"

#define CATALOGUE_NAME "hark.pot"
#define CATALOGUE_MAX (4 * 1024 * 1024)

/* One entry on its way: its lines end with an empty one. */
struct entry {
	struct str files;
	struct str one;
	struct str many;
	struct str *into;            /* the quoted lines that follow belong to it; NULL: they are left out */
};

static void
entry_clear(struct entry *entry)
{
	str_clear(&entry->files);
	str_clear(&entry->one);
	str_clear(&entry->many);
	entry->into = NULL;
}

/* "words\n" without its quotes, escapes undone. */
static void
quoted_add(struct str *out, const char *line, const char *end)
{
	const char *at = memchr(line, '"', (size_t)(end - line));

	if (at == NULL || end[-1] != '"')
		return;
	for (at++; at < end - 1; at++) {
		if (*at != '\\' || at + 1 == end - 1)
			str_add_char(out, *at);
		else if (*++at == 'n')
			str_add_char(out, '\n');
		else
			str_add_char(out, *at == 't' ? '\t' : *at);
	}
}

static void
line_read(struct entry *entry, const char *line, const char *end)
{
	if (text_starts_with(line, "#: ")) {
		str_add_bytes(&entry->files, line + 2, (size_t)(end - line) - 2);
		return;
	}
	if (text_starts_with(line, "msgid "))
		entry->into = &entry->one;
	else if (text_starts_with(line, "msgid_plural "))
		entry->into = &entry->many;
	else if (*line != '"')
		entry->into = NULL;
	if (entry->into != NULL)
		quoted_add(entry->into, line, end);
}

/* The head of the file has an empty msgid. */
static void
entry_end(struct arena *arena, struct entry *entry, struct text_catalogue *catalogue)
{
	unsigned areas = entry->one.len == 0 ? 0 : text_areas_of(entry->files.data);

	if (areas != 0)
		catalogue->messages[catalogue->count++] = (struct text_message){
			.one = arena_text(arena, entry->one.data),
			.many = entry->many.len > 0 ? arena_text(arena, entry->many.data) : NULL,
			.areas = areas
		};
	entry_clear(entry);
}

static size_t
count_entries(const char *pot)
{
	size_t count = 1;

	for (; (pot = strstr(pot, "\n\n")) != NULL; pot += 2)
		count++;
	return count;
}

static int
message_order(const void *a, const void *b)
{
	return strcmp(((const struct text_message *)a)->one, ((const struct text_message *)b)->one);
}

void
text_catalogue_read(struct arena *arena, const char *pot, struct text_catalogue *catalogue)
{
	struct entry entry = { .into = NULL };
	const char *line, *end;

	str_init(&entry.files, arena);
	str_init(&entry.one, arena);
	str_init(&entry.many, arena);
	catalogue->messages = ARENA_ARRAY(arena, struct text_message, count_entries(pot));
	catalogue->count = 0;
	for (line = pot; *line != '\0'; line = end + (*end == '\n')) {
		end = line + strcspn(line, "\n");
		if (end == line)
			entry_end(arena, &entry, catalogue);
		else
			line_read(&entry, line, end);
	}
	entry_end(arena, &entry, catalogue);
	if (catalogue->count > 0)
		qsort(catalogue->messages, catalogue->count, sizeof(struct text_message), message_order);
}

enum got
text_catalogue_load(const struct conf *conf, struct arena *arena, struct text_catalogue *catalogue)
{
	const char *pot = asset_file(arena, arena_printf(arena, "%s/" CATALOGUE_NAME, conf->locale_dir), CATALOGUE_MAX);

	if (pot == NULL)
		return GOT_ERROR;
	text_catalogue_read(arena, pot, catalogue);
	return GOT_ONE;
}

const struct text_message *
text_catalogue_find(const struct text_catalogue *catalogue, const char *message)
{
	const struct text_message wanted = { .one = message };

	return catalogue->count == 0 ? NULL
		: bsearch(&wanted, catalogue->messages, catalogue->count, sizeof(wanted), message_order);
}
