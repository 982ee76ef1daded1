/* SPDX-License-Identifier: BSD-2-Clause */
/* text_import.c - own texts out of a CSV file. */
#include "rooms/text/text_import.h"

#include <stdlib.h>
#include <string.h>

#include "core/csv_read.h"
#include "core/text.h"
#include "edge/locale.h"
#include "rooms/text/text_catalogue.h"
#include "rooms/text/text_rules.h"
#include "rooms/text/text_store.h"

enum column { COLUMN_LANGUAGE, COLUMN_MESSAGE, COLUMN_WORDING, COLUMN_WORDING_MANY, COLUMN_COUNT };
static const char *const column_names[COLUMN_COUNT] = { "language", "message", "wording", "wording_many" };

#define LIMIT_SAID_LINES "2000"

/* The live texts of a language, sorted by message. */
struct loaded {
	const char *language;        /* as text_language_named() gives it */
	struct db_rows texts;
	struct loaded *next;
};

/* The import on its way through the transaction, which may be tried more than once. */
struct work {
	struct req *r;
	const char *csv;
	struct text_import *import;
	struct text_catalogue catalogue;
	size_t places[COLUMN_COUNT]; /* of the columns in the file; CSV_CELLS_MAX: it has none */
	struct loaded *loaded;       /* the languages of the lines so far */
};

static void
problem_add(struct text_import *import, size_t line, const char *message)
{
	if (import->problem_count < TEXT_IMPORT_PROBLEMS_MAX) {
		import->problems[import->problem_count].line = line;
		import->problems[import->problem_count].message = message;
	}
	import->problem_count++;
}

static void
refuse(struct work *work, size_t line, const char *message, const char *detail)
{
	problem_add(work->import, line, locale_fill(work->r->arena, message, detail));
}

void
text_import_refuse(struct req *r, struct text_import *import, const char *message)
{
	problem_add(import, 1, locale_fill(r->arena, message, arena_printf(r->arena, "%d", TEXT_IMPORT_BYTES_MAX)));
}

static bool
head_read(struct work *work, const struct csv_record *head)
{
	size_t i, k;

	for (i = 0; i < COLUMN_COUNT; i++) {
		work->places[i] = CSV_CELLS_MAX;
		for (k = 0; k < head->count; k++)
			if (text_equal_nocase(text_trim(work->r->arena, head->cells[k]), column_names[i]))
				work->places[i] = k;
		if (work->places[i] == CSV_CELLS_MAX && i != COLUMN_WORDING_MANY)
			refuse(work, head->line, N_("The column “%s” is missing."), column_names[i]);
	}
	return work->import->problem_count == 0;
}

/* Our export puts an apostrophe in front of what a spreadsheet would take for a formula. */
static const char *
cell_of(const struct work *work, const struct csv_record *record, enum column column)
{
	const size_t at = work->places[column];
	const char *cell = at < record->count ? record->cells[at] : "";

	if (cell[0] == '\'' && cell[1] != '\0' && strchr("=+-@", cell[1]) != NULL)
		cell++;
	return text_trim(work->r->arena, cell);
}

static int
text_order(const void *a, const void *b)
{
	return strcmp(((const struct text *)a)->message, ((const struct text *)b)->message);
}

/* The texts of a language are read once, however the languages of the lines follow one another. NULL: the database failed. */
static const struct db_rows *
language_texts(struct work *work, const char *language)
{
	struct loaded *loaded;

	for (loaded = work->loaded; loaded != NULL; loaded = loaded->next)
		if (loaded->language == language)
			return &loaded->texts;
	loaded = ARENA_NEW(work->r->arena, struct loaded);
	if (text_all(work->r->db, work->r->arena, work->r->tenant, language, &loaded->texts) == GOT_ERROR)
		return NULL;
	if (loaded->texts.count > 0)
		qsort(loaded->texts.rows, loaded->texts.count, sizeof(struct text), text_order);
	loaded->language = language;
	loaded->next = work->loaded;
	work->loaded = loaded;
	return &loaded->texts;
}

/* The problems of one text, each with the label of its field. */
static void
problems_take(struct work *work, size_t line, const struct form *form)
{
	size_t i;

	for (i = 0; i < form->problem_count; i++)
		problem_add(work->import, line, form_sentence(work->r, form, i));
}

static enum got
text_take(struct work *work, size_t line, const struct text *old, struct text *text)
{
	struct form form;
	enum got got;

	form_init(&form, text_fields);
	got = resource_save(work->r, &text_resource, &form, old, text);
	problems_take(work, line, &form);
	work->import->changed += got == GOT_ONE;
	return got == GOT_ERROR ? GOT_ERROR : GOT_ONE;
}

/* A line without an own text leaves what there is. */
static enum got
line_take(struct work *work, const struct csv_record *record)
{
	struct text wanted = { .message = cell_of(work, record, COLUMN_MESSAGE) }, text;
	const struct db_rows *texts;
	const struct text *old;
	const char *cell;
	enum column i;

	for (i = 0; i < COLUMN_COUNT; i++) {
		cell = cell_of(work, record, i);
		if (!text_is_utf8(cell, strlen(cell)))
			return refuse(work, record->line, N_("must be text in UTF-8"), NULL), GOT_ONE;
	}
	wanted.language = text_language_named(cell_of(work, record, COLUMN_LANGUAGE));
	wanted.wording = cell_of(work, record, COLUMN_WORDING);
	wanted.wording_many = cell_of(work, record, COLUMN_WORDING_MANY);
	if (wanted.language == NULL)
		return refuse(work, record->line, N_("There is no language “%s”."), cell_of(work, record, COLUMN_LANGUAGE)), GOT_ONE;
	texts = language_texts(work, wanted.language);
	if (texts == NULL)
		return GOT_ERROR;
	old = texts->count == 0 ? NULL : bsearch(&wanted, texts->rows, texts->count, sizeof(wanted), text_order);
	if (*wanted.wording == '\0' || (old != NULL && text_equal(old->wording, wanted.wording)
		&& text_equal(old->wording_many, wanted.wording_many))) {
		work->import->same++;
		return GOT_ONE;
	}
	text = old != NULL ? *old : wanted;
	text.wording = wanted.wording;
	text.wording_many = wanted.wording_many;
	text.known = text_catalogue_find(&work->catalogue, wanted.message);
	if (text.known == NULL)
		return refuse(work, record->line, N_("The product does not say “%s”."), wanted.message), GOT_ONE;
	return text_take(work, record->line, old, &text);
}

static void
end_check(struct work *work, enum csv_read got, size_t line)
{
	if (got == CSV_READ_OPEN)
		refuse(work, line, N_("A cell that begins with a quote does not end with one."), NULL);
	else if (got == CSV_READ_CELLS)
		refuse(work, line, N_("The line has more than %s cells."), "100");
	else if (got == CSV_READ_QUOTE)
		refuse(work, line, N_("A quote stands inside a cell. Put the whole cell in quotes, and write the quote twice."), NULL);
}

static enum got
import_lines(struct work *work, struct csv_reader *reader)
{
	struct csv_record record;
	enum csv_read got;
	size_t lines = 0;

	while ((got = csv_next(reader, &record)) == CSV_READ_ROW) {
		if (++lines > TEXT_IMPORT_LINES_MAX) {
			refuse(work, record.line, N_("At most %s lines at a time. Make two files."), LIMIT_SAID_LINES);
			break;
		}
		if (line_take(work, &record) == GOT_ERROR)
			return GOT_ERROR;
	}
	end_check(work, got, record.line);
	return GOT_ONE;
}

static enum got
import_all(struct db *db, void *arg)
{
	struct work *work = arg;
	struct csv_reader reader;
	struct csv_record head;
	enum csv_read got;

	(void)db;
	memset(work->import, 0, sizeof(*work->import));
	work->loaded = NULL;
	csv_open(&reader, work->r->arena, work->csv);
	got = csv_next(&reader, &head);
	if (got == CSV_READ_END)
		refuse(work, 1, N_("There are no texts in the file."), NULL);
	end_check(work, got, head.line);
	if (work->import->problem_count == 0 && head_read(work, &head) && import_lines(work, &reader) == GOT_ERROR)
		return GOT_ERROR;
	return work->import->problem_count == 0 ? GOT_ONE : GOT_NONE;
}

enum got
text_import(struct req *r, const char *csv, struct text_import *import)
{
	struct work work = { .r = r, .csv = csv, .import = import };

	memset(import, 0, sizeof(*import));
	if (text_catalogue_load(r->site->conf, r->arena, &work.catalogue) == GOT_ERROR)
		return GOT_ERROR;
	if (strlen(csv) <= TEXT_IMPORT_BYTES_MAX)
		return db_transaction(r->db, import_all, &work);
	text_import_refuse(r, import, N_("The file is too large: at most %s bytes."));
	return GOT_NONE;
}
