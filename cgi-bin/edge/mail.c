/* SPDX-License-Identifier: BSD-2-Clause */
/* mail.c - mails by gmime, cleaned before and brought to CR LF behind it. */
#include "edge/mail.h"

#include <string.h>

#include <gmime/gmime.h>

#include "core/text.h"

#define FLOW_MOST 72     /* characters of a line, with the space that makes its break soft */

/* Control characters that split or hide text: C0, DEL, C1, and the separators of lines and paragraphs. */
static bool
is_control(uint32_t character)
{
	return character < 0x20 || (character >= 0x7f && character < 0xa0) || character == 0x2028 || character == 0x2029;
}

char *
mail_line(struct arena *arena, const char *text, size_t characters)
{
	const char *at = text != NULL ? text_repair(arena, text) : "";
	bool was_space = true;
	struct str line;
	uint32_t next;

	str_init(&line, arena);
	while ((next = text_next(&at)) != 0) {
		if (is_control(next))
			next = ' ';
		if (next != ' ' || !was_space)
			text_add(&line, next);
		if (next == '=' && *at == '?')           /* what looks encoded would be decoded (RFC 2047) */
			str_add_char(&line, ' ');
		was_space = next == ' ';
	}
	return text_trim(arena, arena_text_of(arena, line.data, text_prefix(line.data, characters)));
}

/* LF alone ends a line, and no control character but TAB is left. */
static char *
text_plain(struct arena *arena, const char *text)
{
	const char *at = text_repair(arena, text);
	struct str out;
	uint32_t next;

	str_init(&out, arena);
	while ((next = text_next(&at)) != 0) {
		if (next == '\r') {
			at += *at == '\n';
			next = '\n';
		}
		if (next == '\n' || next == '\t' || !is_control(next))
			text_add(&out, next);
	}
	return out.data;
}

/* Where a line of at most FLOW_MOST characters ends: behind its last space, or behind the first one when a word is longer. */
static size_t
flow_break(const char *line, size_t len)
{
	size_t most = text_prefix(line, FLOW_MOST), at;

	if (most >= len)
		return len;
	for (at = most; at > 0 && line[at - 1] != ' '; at--)
		continue;
	if (at == 0) {
		at = most + strcspn(line + most, " \n");
		at += at < len && line[at] == ' ';
	}
	return at < len ? at : len;
}

/* A line that a reader's program would take for a quote or a break gets a space in front (section 4.4). */
static void
flow_stuff(struct str *out, const char *line)
{
	if (line[0] == ' ' || line[0] == '>' || strncmp(line, "From ", 5) == 0)
		str_add_char(out, ' ');
}

static void
flow_line(struct str *out, const char *line, size_t len)
{
	size_t part;

	while (len > 0 && line[len - 1] == ' ' && !(len == 3 && memcmp(line, "-- ", 3) == 0))
		len--;
	do {
		part = flow_break(line, len);
		flow_stuff(out, line);
		str_add_bytes(out, line, part);
		str_add_char(out, '\n');
		line += part;
		len -= part;
	} while (len > 0);
}

char *
mail_flow(struct arena *arena, const char *text)
{
	const char *at = text_plain(arena, text);
	struct str out;

	str_init(&out, arena);
	while (*at != '\0') {
		size_t len = strcspn(at, "\n");

		flow_line(&out, at, len);
		at += len + (at[len] == '\n');
	}
	return out.data;
}

/* Always UTF-8: GMimeTextPart would choose a charset by the letters. */
static GMimeObject *
part_of(const char *subtype, const char *text)
{
	GMimePart *part = g_mime_part_new_with_type("text", subtype);
	GMimeStream *stream = g_mime_stream_mem_new_with_buffer(text, strlen(text));
	GMimeDataWrapper *content = g_mime_data_wrapper_new_with_stream(stream, GMIME_CONTENT_ENCODING_DEFAULT);

	g_mime_object_set_content_type_parameter(GMIME_OBJECT(part), "charset", "utf-8");
	g_mime_part_set_content(part, content);
	g_mime_part_set_content_encoding(part, GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
	g_object_unref(content);
	g_object_unref(stream);
	return GMIME_OBJECT(part);
}

static GMimeObject *
body_of(struct arena *arena, const struct mail *mail)
{
	GMimeObject *text = part_of("plain", mail_flow(arena, mail->text));
	GMimeObject *html;
	GMimeMultipart *both;

	g_mime_object_set_content_type_parameter(text, "format", "flowed");
	if (mail->html == NULL)
		return text;
	html = part_of("html", text_plain(arena, mail->html));
	both = g_mime_multipart_new_with_subtype("alternative");
	g_mime_multipart_add(both, text);
	g_mime_multipart_add(both, html);
	g_object_unref(text);
	g_object_unref(html);
	return GMIME_OBJECT(both);
}

static void
message_add(struct arena *arena, GMimeMessage *message, GMimeAddressType type, const struct mail_address *address)
{
	const char *name = mail_line(arena, address->name, MAIL_NAME_MAX);

	g_mime_message_add_mailbox(message, type, *name != '\0' ? name : NULL, address->address);
}

static void
message_date(GMimeMessage *message, clock_ms date)
{
	GDateTime *moment = g_date_time_new_from_unix_utc(date / CLOCK_SECOND);

	g_mime_message_set_date(message, moment);
	g_date_time_unref(moment);
}

static GMimeMessage *
message_of(struct arena *arena, const struct mail *mail)
{
	const struct mail_address reply_to = { .name = "", .address = mail->reply_to };
	GMimeMessage *message = g_mime_message_new(TRUE);
	GMimeObject *body = body_of(arena, mail);

	message_add(arena, message, GMIME_ADDRESS_TYPE_FROM, &mail->from);
	message_add(arena, message, GMIME_ADDRESS_TYPE_TO, &mail->to);
	if (!text_is_blank(mail->reply_to))
		message_add(arena, message, GMIME_ADDRESS_TYPE_REPLY_TO, &reply_to);
	g_mime_message_set_subject(message, mail_line(arena, mail->subject, MAIL_SUBJECT_MAX), "utf-8");
	message_date(message, mail->date);
	g_mime_message_set_message_id(message, mail->id);
	/* Holiday replies are not for us (RFC 3834 section 5; the second one is what Exchange looks at). */
	g_mime_object_set_header(GMIME_OBJECT(message), "Auto-Submitted", "auto-generated", NULL);
	g_mime_object_set_header(GMIME_OBJECT(message), "X-Auto-Response-Suppress", "All", NULL);
	g_mime_message_set_mime_part(message, body);
	g_object_unref(body);
	return message;
}

/* What libcurl and some servers would let pass, a line that ends with LF alone, is how mails are smuggled: there is none. */
static void
add_with_crlf(struct str *out, const char *text)
{
	for (; *text != '\0'; text++) {
		if (*text == '\r')
			continue;
		if (*text == '\n')
			str_add_char(out, '\r');
		str_add_char(out, *text);
	}
}

static bool
id_is_sound(const char *id)
{
	return *id != '\0' && strchr(id, '@') != NULL
		&& id[strspn(id, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-@")] == '\0';
}

bool
mail_compose(struct arena *arena, const struct mail *mail, struct str *out)
{
	GMimeMessage *message;
	char *text;

	if (!text_is_email(mail->from.address) || !text_is_email(mail->to.address)
		|| (!text_is_blank(mail->reply_to) && !text_is_email(mail->reply_to)))
		return false;
	CHECK(id_is_sound(mail->id));
	g_mime_init();
	message = message_of(arena, mail);
	text = g_mime_object_to_string(GMIME_OBJECT(message), NULL);
	add_with_crlf(out, text);
	g_free(text);
	g_object_unref(message);
	return true;
}
