/* SPDX-License-Identifier: BSD-2-Clause */
/* log.c - puts a line together in memory and writes it with one write(2), so that lines of several processes never mix. */
#include "core/log.h"

#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "core/text.h"

#define LINE_MAX_BYTES 2000     /* with the newline; below PIPE_BUF, so a pipe takes it whole */
#define LINE_TAIL 5             /* room that is kept for the cut mark, the quote and the newline */
#define WORD_MAX 32             /* bytes of a program's or an event's name and of a request's id */

/* The process has one standard error, so it has one of these. */
static struct {
	char program[WORD_MAX + 1];
	char request[WORD_MAX + 1];
	enum log_level least;
} log_state = { .program = "hark", .least = LOG_LEVEL_INFO };

struct line {
	char data[LINE_MAX_BYTES];
	size_t len;
	bool cut;
	bool quoted;                /* a quote is open */
};

/* Names and ids are one word each: what could end the word is replaced. */
static void
word_copy(char *out, const char *word)
{
	size_t i;

	for (i = 0; i < WORD_MAX && word[i] != '\0'; i++) {
		unsigned char c = (unsigned char)word[i];

		out[i] = c > ' ' && c < 0x7f && c != '"' && c != '=' && c != '\\' ? (char)c : '?';
	}
	out[i] = '\0';
}

enum log_level
log_level_named(const char *name)
{
	if (strcmp(name, "error") == 0)
		return LOG_LEVEL_ERROR;
	if (strcmp(name, "warning") == 0)
		return LOG_LEVEL_WARNING;
	return LOG_LEVEL_INFO;
}

void
log_open(const char *program, enum log_level least)
{
	word_copy(log_state.program, program);
	log_state.least = least;
}

void
log_request(const char *id)
{
	word_copy(log_state.request, id != NULL ? id : "");
}

/* Adds it whole, or marks the line as cut: half an escape would be a lie. */
static void
line_add(struct line *line, const char *bytes, size_t len)
{
	if (line->cut || len > sizeof(line->data) - LINE_TAIL - line->len) {
		line->cut = true;
		return;
	}
	memcpy(line->data + line->len, bytes, len);
	line->len += len;
}

/* Characters that a terminal obeys, or that make a reader see another line or order than there is. */
static bool
is_unsafe(uint32_t c)
{
	return c < 0x20 || (c >= 0x7f && c < 0xa0) || (c >= 0x200e && c <= 0x200f)
		|| (c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0xfeff;
}

static void
line_add_escaped(struct line *line, const char *bytes, size_t len)
{
	char escape[8];
	size_t i;

	for (i = 0; i < len; i++) {
		unsigned char c = (unsigned char)bytes[i];
		const char *shorts = "n\nr\rt\t\"\"\\\\";
		int n = -1;

		while (*shorts != '\0' && shorts[1] != (char)c)
			shorts += 2;
		if (*shorts != '\0')
			n = snprintf(escape, sizeof(escape), "\\%c", *shorts);
		else
			n = snprintf(escape, sizeof(escape), "\\x%02x", c);
		line_add(line, escape, (size_t)n);
	}
}

static void
line_add_message(struct line *line, const char *message, size_t len)
{
	const char *end = message + len;
	const char *at = message;

	while (at < end && !line->cut) {
		const char *next = at;
		uint32_t c = text_next(&next);
		bool plain = c != TEXT_MALFORMED && !is_unsafe(c) && c != '"' && c != '\\';

		if (c == 0)
			next = at + 1;
		if (plain)
			line_add(line, at, (size_t)(next - at));
		else
			line_add_escaped(line, at, (size_t)(next - at));
		at = next;
	}
}

static void
line_add_word(struct line *line, const char *name, const char *word)
{
	char clean[WORD_MAX + 1];

	word_copy(clean, word);
	line_add(line, name, strlen(name));
	line_add(line, clean, strlen(clean));
}

/* A log that cannot be written is dropped: nobody may wait for it. */
static void
line_write(struct line *line)
{
	const char *tail = line->cut ? "...\"\n" : "\"\n";

	if (!line->quoted)
		tail = line->cut ? "...\n" : "\n";
	memcpy(line->data + line->len, tail, strlen(tail));
	line->len += strlen(tail);
	while (write(STDERR_FILENO, line->data, line->len) < 0 && errno == EINTR)
		continue;
}

/* " time=2026-11-20T08:30:00.123Z" */
static void
line_add_time(struct line *line)
{
	struct timespec now;
	struct tm parts;
	char text[64];

	clock_gettime(CLOCK_REALTIME, &now);
	gmtime_r(&now.tv_sec, &parts);
	line_add(line, " time=", 6);
	line_add(line, text, strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%S", &parts));
	line_add(line, text, (size_t)snprintf(text, sizeof(text), ".%03ldZ", now.tv_nsec / 1000000));
}

/* What each line begins with. */
static void
line_begin(struct line *line, enum log_level level, const char *what)
{
	char priority[4] = { '<', (char)('0' + (int)level), '>', '\0' };
	struct stat out;

	line_add(line, priority, 3);
	line_add(line, log_state.program, strlen(log_state.program));
	if (fstat(STDERR_FILENO, &out) == 0 && S_ISREG(out.st_mode))
		line_add_time(line);
	line_add_word(line, " event=", what);
	if (log_state.request[0] != '\0')
		line_add_word(line, " request=", log_state.request);
}

/* " key=value"; quoted unless it is plain. */
static void
line_add_value(struct line *line, const struct log_value *value)
{
	const size_t len = strlen(value->value);
	const bool plain = len > 0 && strspn(value->value, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789./:_%+@,-") == len;

	line_add(line, " ", 1);
	line_add(line, value->key, strlen(value->key));
	line_add(line, plain ? "=" : "=\"", plain ? 1 : 2);
	line->quoted = line->quoted || (!plain && !line->cut);
	line_add_message(line, value->value, len);
	if (line->quoted && !line->cut) {
		line_add(line, "\"", 1);
		line->quoted = line->cut;
	}
}

void
log_values(enum log_level level, const char *what, const struct log_value *values)
{
	struct line line = { .len = 0 };
	int saved = errno;

	if (level > log_state.least)
		return;
	line_begin(&line, level, what);
	for (; values->key != NULL; values++)
		if (values->value != NULL)
			line_add_value(&line, values);
	line_write(&line);
	errno = saved;
}

static void __attribute__((format(printf, 3, 0)))
log_line(enum log_level level, const char *what, const char *format, va_list args)
{
	struct line line = { .len = 0 };
	char message[LINE_MAX_BYTES + 64];
	int saved = errno;
	int len;

	if (level > log_state.least)
		return;
	memset(message, 0, sizeof(message));
	len = vsnprintf(message, sizeof(message) - 4, format, args);
	if (len < 0)
		len = 0;
	if ((size_t)len > sizeof(message) - 5)
		len = (int)sizeof(message) - 5;
	line_begin(&line, level, what);
	line_add(&line, " msg=\"", 6);
	line.quoted = true;
	line_add_message(&line, message, (size_t)len);
	line_write(&line);
	errno = saved;
}

void
log_error(const char *what, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	log_line(LOG_LEVEL_ERROR, what, format, args);
	va_end(args);
}

void
log_warning(const char *what, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	log_line(LOG_LEVEL_WARNING, what, format, args);
	va_end(args);
}

void
log_info(const char *what, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	log_line(LOG_LEVEL_INFO, what, format, args);
	va_end(args);
}
