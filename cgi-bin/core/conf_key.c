/* SPDX-License-Identifier: BSD-2-Clause */
/* conf_key.c - reading the value of a key, and saying what it may be. */
#include "core/conf_key.h"

#include <string.h>

#include "core/address.h"
#include "core/text.h"

static void *
value_at(struct conf *conf, const struct conf_key *key)
{
	return (char *)conf + key->offset;
}

static const char **
text_at(struct conf *conf, const struct conf_key *key)
{
	return value_at(conf, key);
}

/* "20M" as it is written in the file. */
static const char *
bytes_show(struct arena *arena, uint64_t bytes)
{
	if (bytes >= GIB && bytes % GIB == 0)
		return arena_printf(arena, "%lluG", (unsigned long long)(bytes / GIB));
	if (bytes >= MIB && bytes % MIB == 0)
		return arena_printf(arena, "%lluM", (unsigned long long)(bytes / MIB));
	return arena_printf(arena, "%lluK", (unsigned long long)(bytes / KIB));
}

const char *
conf_key_allows(struct arena *arena, const struct conf_key *key)
{
	const char *or_empty = key->min == 0 ? ", or empty" : "";

	switch (key->type) {
	case TYPE_WORD:
		return arena_printf(arena, "must be letters, digits and . _ : -%s", or_empty);
	case TYPE_PATH:
		return arena_printf(arena, "must be an absolute path (/...)%s", or_empty);
	case TYPE_SOCKET:
		return arena_printf(arena, "must be an absolute path (/...) of at most %zu bytes%s", SOCKET_MAX, or_empty);
	case TYPE_ORIGIN:
		return arena_printf(arena, "must be http:// or https:// and a host, perhaps with a port, without a path or a slash at the end%s", or_empty);
	case TYPE_MAIL_SERVER:
		return "must be smtp:// or smtps:// and a host, perhaps with a port";
	case TYPE_WORDS:
		return "must be words of letters, digits and . _ : - [ ] parted by commas, or empty";
	case TYPE_USER:
		return arena_printf(arena, "must be letters, digits and . _ : + @ -%s", or_empty);
	case TYPE_EMAIL:
		return arena_printf(arena, "must be an e-mail address%s", or_empty);
	case TYPE_URL:
		return arena_printf(arena, "must be an address that begins with http:// or https://%s", or_empty);
	case TYPE_ADDRESSES:
		return "must be IPv4 or IPv6 addresses or subnets (10.0.0.0/8) parted by commas, or empty";
	case TYPE_SERVER:
		return arena_printf(arena, "must be an IPv4 address, perhaps with a port (192.0.2.1:53)%s", or_empty);
	case TYPE_CHOICE:
		return arena_printf(arena, "must be one of: %s", key->choices);
	case TYPE_TEXT:
		return arena_printf(arena, "must be at most %llu characters", (unsigned long long)key->max);
	case TYPE_NUMBER:
		return arena_printf(arena, "must be a number from %llu to %llu",
			(unsigned long long)key->min, (unsigned long long)key->max);
	case TYPE_BYTES:
		return arena_printf(arena, "must be bytes, or a number with K, M or G, from %s to %s",
			bytes_show(arena, key->min), bytes_show(arena, key->max));
	case TYPE_BOOL:
		return "must be yes or no";
	}
	return "";
}

static bool
bytes_read(struct arena *arena, const char *value, uint64_t *bytes)
{
	size_t digits = strspn(value, "0123456789");
	const char *unit = value + digits + strspn(value + digits, " ");
	uint64_t factor = 1;

	if (text_equal_nocase(unit, "K") || text_equal(unit, "KiB"))
		factor = KIB;
	else if (text_equal_nocase(unit, "M") || text_equal(unit, "MiB"))
		factor = MIB;
	else if (text_equal_nocase(unit, "G") || text_equal(unit, "GiB"))
		factor = GIB;
	else if (*unit != '\0')
		return false;
	return text_to_u64(arena_text_of(arena, value, digits), bytes)
		&& !__builtin_mul_overflow(*bytes, factor, bytes);
}

static bool
bool_read(const char *value, bool *yes)
{
	*yes = text_equal(value, "yes") || text_equal(value, "true") || text_equal(value, "on")
		|| text_equal(value, "1");
	return *yes || text_equal(value, "no") || text_equal(value, "false") || text_equal(value, "off")
		|| text_equal(value, "0");
}

static bool
is_one_of(const char *value, const char *choices)
{
	size_t len = strlen(value);

	while (*choices != '\0') {
		size_t word = strcspn(choices, " ");

		if (word == len && memcmp(choices, value, len) == 0)
			return true;
		choices += word + strspn(choices + word, " ");
	}
	return false;
}

/* Browsers name an international host in its ASCII form ("xn--..."), which alone can be compared with what they send. */
static bool
is_origin(const char *value)
{
	const char *host;

	if (!text_is_web_address(value) || text_length(value) != strlen(value))
		return false;
	host = strstr(value, "://") + 3;
	return host[strcspn(host, "/?#")] == '\0';
}

static bool
is_mail_server(struct arena *arena, const char *value)
{
	const char *rest = strstr(value, "://");

	if (!text_starts_with(value, "smtp://") && !text_starts_with(value, "smtps://"))
		return false;
	return is_origin(arena_printf(arena, "http%s", rest));
}

bool
conf_is_addresses(struct arena *arena, const char *value)
{
	struct address_problem problem;

	while (*value != '\0') {
		size_t len = strcspn(value, ",");
		const char *one = text_trim(arena, arena_text_of(arena, value, len));

		if (*one == '\0' || !address_list_is_good(one, &problem))
			return false;
		value += len;
		if (*value == ',' && *++value == '\0')
			return false;
	}
	return true;
}

static bool
text_read(struct arena *arena, const struct conf_key *key, const char *value)
{
	struct sockaddr_in server;

	if (*value == '\0')
		return key->min == 0 && key->type != TYPE_CHOICE;
	switch (key->type) {
	case TYPE_WORD:
		return value[strspn(value, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._:-")] == '\0';
	case TYPE_PATH:
		return value[0] == '/';
	case TYPE_SOCKET:
		return value[0] == '/' && strlen(value) <= SOCKET_MAX;
	case TYPE_ORIGIN:
		return is_origin(value);
	case TYPE_MAIL_SERVER:
		return is_mail_server(arena, value);
	case TYPE_WORDS:
		return value[strspn(value, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._:-[], ")] == '\0';
	case TYPE_USER:
		return value[strspn(value, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._:+@-")] == '\0';
	case TYPE_EMAIL:
		return text_is_email(value);
	case TYPE_URL:
		return text_is_web_address(value);
	case TYPE_ADDRESSES:
		return conf_is_addresses(arena, value);
	case TYPE_SERVER:
		return address_read_server(value, &server);
	case TYPE_CHOICE:
		return is_one_of(value, key->choices);
	case TYPE_TEXT:
		return text_length(value) <= key->max;
	default:
		return true;
	}
}

bool
conf_key_read(struct arena *arena, const struct conf_key *key, const char *value, struct conf *conf)
{
	uint64_t *number = value_at(conf, key);
	size_t len = strlen(value);

	if (key->type == TYPE_BOOL)
		return bool_read(value, value_at(conf, key));
	if (key->type == TYPE_NUMBER)
		return text_to_u64(value, number) && *number >= key->min && *number <= key->max;
	if (key->type == TYPE_BYTES)
		return bytes_read(arena, value, number) && *number >= key->min && *number <= key->max;
	if (!text_read(arena, key, value))
		return false;
	while (key->type == TYPE_PATH && len > 1 && value[len - 1] == '/')
		len--;
	*text_at(conf, key) = key->type == TYPE_ORIGIN ? text_lower(arena, value) : arena_text_of(arena, value, len);
	return true;
}
