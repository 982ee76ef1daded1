/* SPDX-License-Identifier: BSD-2-Clause */
/* text.c - UTF-8, trimming, numbers and the shapes of addresses; folding is in text_fold.c, encodings in text_code.c. */
#include "core/text.h"

#include <string.h>

#include "core/check.h"

#define EMAIL_MAX 254           /* RFC 5321 section 4.5.3.1.3, without the angle brackets */
#define LABEL_MAX 63            /* RFC 1035 section 2.3.4 */
#define HOST_MAX 253
#define REPLACEMENT 0xfffd

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_lower(char c)
{
	return c >= 'a' && c <= 'z';
}

static bool
is_letter(char c)
{
	return is_lower(c) || (c >= 'A' && c <= 'Z');
}

static char
to_lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

/* How many bytes follow a first byte and the range of the next one (RFC 3629 section 4, table of UTF8-octets). */
static int
utf8_more(unsigned char first, unsigned char *low, unsigned char *high)
{
	*low = 0x80;
	*high = 0xbf;
	if (first >= 0xc2 && first <= 0xdf)
		return 1;
	if (first >= 0xe0 && first <= 0xef) {
		if (first == 0xe0)
			*low = 0xa0;
		if (first == 0xed)
			*high = 0x9f;
		return 2;
	}
	if (first >= 0xf0 && first <= 0xf4) {
		if (first == 0xf0)
			*low = 0x90;
		if (first == 0xf4)
			*high = 0x8f;
		return 3;
	}
	return -1;
}

uint32_t
text_next(const char **at)
{
	const unsigned char *byte = (const unsigned char *)*at;
	unsigned char low, high;
	uint32_t character;
	int more;

	if (byte[0] < 0x80) {
		*at += byte[0] != '\0';
		return byte[0];
	}
	++*at;
	more = utf8_more(byte[0], &low, &high);
	if (more < 0)
		return TEXT_MALFORMED;
	character = byte[0] & (0x3fu >> more);
	for (int i = 1; i <= more; i++) {
		/* The NUL at the end is out of every range, so this never reads behind it. */
		if (byte[i] < low || byte[i] > high)
			return TEXT_MALFORMED;
		character = character << 6 | (byte[i] & 0x3fu);
		low = 0x80;
		high = 0xbf;
	}
	*at += more;
	return character;
}

void
text_add(struct str *out, uint32_t character)
{
	if (character < 0x80) {
		str_add_char(out, (char)character);
	} else if (character < 0x800) {
		str_add_char(out, (char)(0xc0 | character >> 6));
		str_add_char(out, (char)(0x80 | (character & 0x3f)));
	} else if (character < 0x10000) {
		str_add_char(out, (char)(0xe0 | character >> 12));
		str_add_char(out, (char)(0x80 | (character >> 6 & 0x3f)));
		str_add_char(out, (char)(0x80 | (character & 0x3f)));
	} else {
		CHECK(character <= 0x10ffff);
		str_add_char(out, (char)(0xf0 | character >> 18));
		str_add_char(out, (char)(0x80 | (character >> 12 & 0x3f)));
		str_add_char(out, (char)(0x80 | (character >> 6 & 0x3f)));
		str_add_char(out, (char)(0x80 | (character & 0x3f)));
	}
}

char *
text_repair(struct arena *arena, const char *text)
{
	struct str out;
	uint32_t character;

	str_init(&out, arena);
	while ((character = text_next(&text)) != 0)
		text_add(&out, character == TEXT_MALFORMED ? REPLACEMENT : character);
	return out.data;
}

bool
text_is_utf8(const char *bytes, size_t len)
{
	const unsigned char *at = (const unsigned char *)bytes;
	const unsigned char *end = at + len;

	while (at < end) {
		unsigned char low, high;
		int more;

		if (*at != '\0' && *at < 0x80) {
			at++;
			continue;
		}
		more = utf8_more(*at, &low, &high);
		if (more < 0 || end - at <= more || at[1] < low || at[1] > high)
			return false;
		for (int i = 2; i <= more; i++)
			if ((at[i] & 0xc0) != 0x80)
				return false;
		at += more + 1;
	}
	return true;
}

const char *
text_or_empty(const char *text)
{
	return text != NULL ? text : "";
}

size_t
text_length(const char *text)
{
	size_t length = 0;

	for (; *text != '\0'; text++)
		length += ((unsigned char)*text & 0xc0) != 0x80;
	return length;
}

size_t
text_prefix(const char *text, size_t characters)
{
	size_t i;

	for (i = 0; text[i] != '\0'; i++)
		if (((unsigned char)text[i] & 0xc0) != 0x80 && characters-- == 0)
			break;
	return i;
}

/* White_Space of Unicode, and the characters without width that make an empty name look filled in. */
static bool
is_space(uint32_t c)
{
	return c == ' ' || (c >= '\t' && c <= '\r') || c == 0x85 || c == 0xa0 || c == 0x1680
		|| (c >= 0x2000 && c <= 0x200b) || c == 0x2028 || c == 0x2029 || c == 0x202f
		|| c == 0x205f || c == 0x2060 || c == 0x3000 || c == 0xfeff;
}

bool
text_is_blank(const char *text)
{
	uint32_t character;

	if (text == NULL)
		return true;
	while ((character = text_next(&text)) != 0)
		if (!is_space(character))
			return false;
	return true;
}

bool
text_equal(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

bool
text_equal_nocase(const char *a, const char *b)
{
	if (a == NULL || b == NULL)
		return a == b;
	while (*a != '\0' && to_lower(*a) == to_lower(*b)) {
		a++;
		b++;
	}
	return to_lower(*a) == to_lower(*b);
}

char *
text_lower(struct arena *arena, const char *text)
{
	char *copy = arena_text(arena, text);

	for (char *at = copy; *at != '\0'; at++)
		*at = to_lower(*at);
	return copy;
}

bool
text_is_host_of(const char *host, const char *url)
{
	const char *start = strstr(url, "://");
	size_t len;

	start = start != NULL ? start + 3 : url;
	len = start[0] == '[' ? strcspn(start, "]/") : 0;
	len += strcspn(start + len, ":/");
	return strlen(host) == len && strncmp(host, start, len) == 0;
}

bool
text_starts_with(const char *text, const char *prefix)
{
	return strncmp(text, prefix, strlen(prefix)) == 0;
}

bool
text_ends_with(const char *text, const char *suffix)
{
	size_t len = strlen(text);
	size_t tail = strlen(suffix);

	return tail <= len && memcmp(text + len - tail, suffix, tail) == 0;
}

char *
text_trim(struct arena *arena, const char *text)
{
	const char *start = text;
	const char *at = text;
	const char *end;
	uint32_t character;
	char *copy, *out;

	while (is_space(text_next(&at)))
		start = at;
	for (at = end = start; (character = text_next(&at)) != 0;)
		if (!is_space(character))
			end = at;

	copy = out = arena_text_of(arena, start, (size_t)(end - start));
	for (at = copy; *at != '\0'; at++)
		if (at[0] != '\r' || at[1] != '\n')
			*out++ = *at;
	*out = '\0';
	return copy;
}

char *
text_initials(struct arena *arena, const char *name)
{
	uint32_t first = 0, last = 0, character;
	bool begins = true;
	struct str out;

	str_init(&out, arena);
	while (name != NULL && (character = text_next(&name)) != 0) {
		if (begins && !is_space(character) && character != TEXT_MALFORMED)
			*(first == 0 ? &first : &last) = character;
		begins = is_space(character);
	}
	text_add(&out, first != 0 ? first : '?');
	if (last != 0)
		text_add(&out, last);
	return out.data;
}

bool
text_has_control(const char *text)
{
	uint32_t c;

	while ((c = text_next(&text)) != 0)
		if ((c < 0x20 && c != '\t' && c != '\n') || (c >= 0x7f && c < 0xa0))
			return true;
	return false;
}

bool
text_to_u64(const char *text, uint64_t *value)
{
	uint64_t sum = 0;

	if (text == NULL || *text == '\0')
		return false;
	for (; *text != '\0'; text++)
		if (!is_digit(*text) || __builtin_mul_overflow(sum, 10u, &sum)
			|| __builtin_add_overflow(sum, (uint64_t)(*text - '0'), &sum))
			return false;
	*value = sum;
	return true;
}

bool
text_to_i64(const char *text, int64_t *value)
{
	bool minus = text != NULL && *text == '-';
	uint64_t size;

	if (!text_to_u64(minus ? text + 1 : text, &size))
		return false;
	if (size > (uint64_t)INT64_MAX + (minus ? 1 : 0))
		return false;
	*value = minus && size > 0 ? -(int64_t)(size - 1) - 1 : (int64_t)size;
	return true;
}

/* The length of a host name's label at `text`: letters, digits and inner hyphens; 0 when it is none. */
static size_t
label_length(const char *text)
{
	size_t len = 0;

	while (is_letter(text[len]) || is_digit(text[len]) || (text[len] == '-' && len > 0))
		len++;
	return len > LABEL_MAX || (len > 0 && text[len - 1] == '-') ? 0 : len;
}

bool
text_is_email(const char *text)
{
	size_t len;

	if (text == NULL || strlen(text) > EMAIL_MAX)
		return false;
	for (len = 0; text[len] != '\0' && text[len] != '@'; len++)
		if (!is_letter(text[len]) && !is_digit(text[len])
			&& strchr(".!#$%&'*+/=?^_`{|}~-", text[len]) == NULL)
			return false;
	if (len == 0 || text[len] != '@')
		return false;
	for (text += len + 1;; text++) {
		len = label_length(text);
		if (len == 0)
			return false;
		text += len;
		if (*text != '.')
			return *text == '\0';
	}
}

bool
text_is_colour(const char *text)
{
	return text != NULL && text[0] == '#' && strlen(text) == 7
		&& strspn(text + 1, "0123456789abcdefABCDEF") == 6;
}

/* The length of the host at `text`: a name (international ones too) or an IPv6 address in brackets. */
static size_t
host_length(const char *text)
{
	size_t len = 0;

	if (text[0] == '[') {
		len = 1 + strspn(text + 1, "0123456789abcdefABCDEF:.");
		return text[len] == ']' && len > 2 ? len + 1 : 0;
	}
	while (is_letter(text[len]) || is_digit(text[len]) || (text[len] & 0x80) != 0
		|| ((text[len] == '-' || text[len] == '.' || text[len] == '_') && len > 0)) {
		if (text[len] == '.' && text[len - 1] == '.')
			return 0;
		len++;
	}
	return len > HOST_MAX ? 0 : len;
}

bool
text_is_web_address(const char *text)
{
	const char *at;
	size_t len;
	uint32_t c;

	if (text == NULL || !text_is_utf8(text, strlen(text)))
		return false;
	if (strncmp(text, "https://", 8) != 0 && strncmp(text, "http://", 7) != 0)
		return false;
	for (at = text; (c = text_next(&at)) != 0;)
		if (is_space(c) || c < 0x20 || (c >= 0x7f && c < 0xa0) || (c < 0x80 && strchr("\"<>\\", (char)c) != NULL))
			return false;
	at = strchr(text, '/') + 2;
	len = host_length(at);
	if (len == 0)
		return false;
	at += len;
	if (*at == ':') {
		uint32_t port = 0;

		for (len = 0, at++; len < 5 && is_digit(*at); len++, at++)
			port = port * 10 + (uint32_t)(*at - '0');
		if (port == 0 || port > 65535)
			return false;
	}
	return *at == '\0' || *at == '/' || *at == '?' || *at == '#';
}

bool
text_is_slug(const char *text)
{
	size_t len;

	if (text == NULL)
		return false;
	for (len = 0; text[len] != '\0'; len++)
		if (!is_lower(text[len]) && !is_digit(text[len]) && text[len] != '-')
			return false;
	return len > 0 && text[0] != '-' && text[len - 1] != '-';
}
