/* SPDX-License-Identifier: BSD-2-Clause */
/* ical.c - the lines and components of an iCalendar file, and what each property says of its event. */
#include "rooms/hours/ical.h"

#include <ctype.h>
#include <string.h>

#include "core/check.h"
#include "core/text.h"
#include "rooms/hours/ical_event.h"

#define DEPTH_MAX 8            /* components inside each other: a VALARM is at 3 */
#define SHOWN_MAX 60           /* characters of a value in a complaint */
#define ZONES_MAX 25           /* time zones that a file may name */

struct zone {
	const char *name;
	bool is_known;
};

struct reader {
	struct arena *arena;
	const char *at;
	const char *end;
	size_t number;                   /* of the line at `at` */
	const char *open[DEPTH_MAX];     /* components, outermost first */
	size_t depth;
	struct zone zones[ZONES_MAX];    /* that were named so far */
	size_t zone_count;
	struct ical_event *event;        /* that the lines belong to, or NULL */
	struct ical_events *events;
	struct ical_found *found;
};

void
ical_complain(struct ical_found *found, size_t line, const char *text, const char *detail)
{
	if (found->problem_count < ICAL_PROBLEMS_MAX)
		found->problems[found->problem_count] = (struct ical_problem){ line, text, detail };
	found->problem_count++;
}

static const char *
shorten(struct arena *arena, const char *text)
{
	return arena_text_of(arena, text, text_prefix(text, SHOWN_MAX));
}

/* The next line with those that continue it (section 3.1: they begin with a space or TAB). NULL at the end. */
static const char *
line_next(struct reader *reader, size_t *number)
{
	struct str line;
	const char *end;
	size_t len;

	if (reader->at >= reader->end)
		return NULL;
	str_init(&line, reader->arena);
	*number = reader->number;
	for (;;) {
		end = memchr(reader->at, '\n', (size_t)(reader->end - reader->at));
		end = end != NULL ? end : reader->end;
		len = (size_t)(end - reader->at);
		len -= len > 0 && reader->at[len - 1] == '\r';
		if (line.len <= ICAL_LINE_MAX)
			str_add_bytes(&line, reader->at, len);
		reader->at = end + 1;
		reader->number++;
		if (reader->at >= reader->end || (*reader->at != ' ' && *reader->at != '\t'))
			return line.data;
		reader->at++;
	}
}

/* The value of a parameter, which may be quoted, and what stands behind it. */
static const char *
parameter_value(struct arena *arena, const char **at)
{
	const char *value;
	size_t len;

	if (**at == '"') {
		len = strcspn(*at + 1, "\"");
		value = arena_text_of(arena, *at + 1, len);
		*at += len + 1;
		*at += **at == '"';
		return value;
	}
	len = strcspn(*at, ";:,");
	value = arena_text_of(arena, *at, len);
	*at += len;
	return value;
}

/* "NAME;PARAMETER=value:value" (section 3.1). */
static bool
line_split(struct arena *arena, const char *text, struct ical_line *line)
{
	size_t len = strcspn(text, ";:"), i;
	char *name = arena_text_of(arena, text, len);
	const char *parameter, *value;

	if (len == 0 || strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-") != len)
		return false;
	for (i = 0; i < len; i++)
		name[i] = (char)toupper((unsigned char)name[i]);
	line->name = name;
	line->zone = NULL;
	for (text += len; *text == ';' || *text == ','; ) {
		bool is_more = *text++ == ',';

		len = is_more ? 0 : strcspn(text, "=:;");
		parameter = arena_text_of(arena, text, len);
		if (!is_more && text[len] != '=')
			return false;
		text += len + !is_more;
		value = parameter_value(arena, &text);
		if (text_equal_nocase(parameter, "TZID"))
			line->zone = value;
	}
	line->value = text + 1;
	return *text == ':';
}

/* The properties of an event, each with what it does. */
static const struct property {
	const char *name;
	ical_property *take;
} properties[] = {
	{ "DTSTART", ical_take_start }, { "DTEND", ical_take_end }, { "DURATION", ical_take_duration }, { "SUMMARY", ical_take_summary },
	{ "RRULE", ical_take_rule }, { "EXRULE", ical_take_strange }, { "RDATE", ical_take_added }, { "EXDATE", ical_take_excluded },
	{ "STATUS", ical_take_status }, { "UID", ical_take_uid }, { "RECURRENCE-ID", ical_take_recurrence }
};

/* The machine reads a long list for each question, so each zone is asked for once. False: the file names too many. */
static bool
find_zone(struct reader *reader, struct ical_line *line, struct ical_complaint *complaint)
{
	struct zone *zone = reader->zones;
	const struct zone *end = zone + reader->zone_count;

	while (zone < end && strcmp(zone->name, line->zone) != 0)
		zone++;
	if (zone == reader->zones + ZONES_MAX) {
		*complaint = (struct ical_complaint){ N_("there are more than %s time zones in the file"),
			arena_printf(reader->arena, "%d", ZONES_MAX) };
		return false;
	}
	if (zone == end) {
		*zone = (struct zone){ line->zone, clock_is_zone(line->zone) };
		reader->zone_count++;
	}
	line->zone_is_known = zone->is_known;
	return true;
}

static void
take_property(struct reader *reader, struct ical_line *line)
{
	struct ical_complaint complaint = { .text = NULL };
	size_t i;

	for (i = 0; i < COUNT_OF(properties); i++)
		if (strcmp(line->name, properties[i].name) == 0
			&& ((line->zone != NULL && !find_zone(reader, line, &complaint))
				|| !properties[i].take(reader->arena, line, reader->event, &complaint))) {
			ical_complain(reader->found, line->number, complaint.text, shorten(reader->arena, complaint.detail));
			reader->event->is_bad = true;
		}
}

/* False: there is no sense in going on. */
static bool
take_begin(struct reader *reader, const struct ical_line *line)
{
	const bool is_event = text_equal_nocase(line->value, "VEVENT");

	if (reader->depth == DEPTH_MAX || (reader->depth == 0 && !text_equal_nocase(line->value, "VCALENDAR"))
		|| (is_event && reader->event != NULL)) {
		ical_complain(reader->found, line->number, N_("“%s” cannot begin here"), shorten(reader->arena, line->value));
		return false;
	}
	reader->open[reader->depth++] = line->value;
	if (!is_event)
		return true;
	if (reader->events->count == ICAL_EVENTS_MAX) {
		ical_complain(reader->found, line->number, N_("there are more than %s events"),
			arena_printf(reader->arena, "%d", ICAL_EVENTS_MAX));
		return false;
	}
	reader->event = &reader->events->list[reader->events->count++];
	*reader->event = (struct ical_event){ .line = line->number, .name = "", .uid = "" };
	return true;
}

static bool
take_end(struct reader *reader, const struct ical_line *line)
{
	if (reader->depth == 0 || !text_equal_nocase(reader->open[reader->depth - 1], line->value)) {
		ical_complain(reader->found, line->number, N_("“%s” cannot end here"), shorten(reader->arena, line->value));
		return false;
	}
	reader->depth--;
	if (text_equal_nocase(line->value, "VEVENT"))
		reader->event = NULL;
	return true;
}

static bool
take_line(struct reader *reader, struct ical_line *line)
{
	const char *inside = reader->depth > 0 ? reader->open[reader->depth - 1] : "";

	if (strcmp(line->name, "BEGIN") == 0)
		return take_begin(reader, line);
	if (strcmp(line->name, "END") == 0)
		return take_end(reader, line);
	if (reader->event != NULL && text_equal_nocase(inside, "VEVENT"))
		take_property(reader, line);
	else if (text_equal_nocase(inside, "VCALENDAR") && strcmp(line->name, "X-WR-CALNAME") == 0)
		reader->found->name = ical_text(reader->arena, line->value, ICAL_NAME_MAX);
	return true;
}

/* False: not to the end. */
static bool
read_lines(struct reader *reader)
{
	struct ical_line line = { .name = NULL };
	const char *text;

	while ((text = line_next(reader, &line.number)) != NULL) {
		if (text_is_blank(text))
			continue;
		if (strlen(text) > ICAL_LINE_MAX) {
			ical_complain(reader->found, line.number, N_("is longer than %s bytes"), arena_printf(reader->arena, "%d", ICAL_LINE_MAX));
			continue;
		}
		if (!text_is_utf8(text, strlen(text))) {         /* not before: a letter may be folded in its middle */
			ical_complain(reader->found, line.number, N_("is not text in UTF-8"), "");
			return false;
		}
		if (!line_split(reader->arena, text, &line) || (reader->depth == 0 && strcmp(line.name, "BEGIN") != 0)) {
			ical_complain(reader->found, line.number, reader->depth == 0 ? N_("is “%s”, where BEGIN:VCALENDAR is awaited")
				: N_("is not understood: “%s”"), shorten(reader->arena, text));
			if (reader->depth == 0)
				return false;
			continue;
		}
		if (!take_line(reader, &line))
			return false;
	}
	if (reader->depth > 0)
		ical_complain(reader->found, reader->number, N_("the file ends inside of “%s”: it is not whole"),
			shorten(reader->arena, reader->open[reader->depth - 1]));
	return reader->depth == 0;
}

void
ical_read(struct arena *arena, const struct ical_input *input, struct ical_found *found)
{
	struct ical_events events = { .list = ARENA_ARRAY(arena, struct ical_event, ICAL_EVENTS_MAX) };
	struct reader reader = { .arena = arena, .at = input->text, .end = input->text + input->len, .number = 1, .events = &events,
		.found = found };

	*found = (struct ical_found){ .name = "", .is_broken = true };
	if (input->len > ICAL_BYTES_MAX) {
		ical_complain(found, 0, N_("the file is larger than %s bytes"), arena_printf(arena, "%zu", ICAL_BYTES_MAX));
		return;
	}
	if (memchr(input->text, '\0', input->len) != NULL) {
		ical_complain(found, 0, N_("the file is no text"), "");
		return;
	}
	if (input->len >= 3 && memcmp(input->text, "\xef\xbb\xbf", 3) == 0)
		reader.at += 3;
	if (text_is_blank(reader.at)) {
		ical_complain(found, 0, N_("the file is empty"), "");
		return;
	}
	found->is_broken = !read_lines(&reader);
	ical_events_find(arena, input, &events, found);
}
