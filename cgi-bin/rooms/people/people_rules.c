/* SPDX-License-Identifier: BSD-2-Clause */
/* people_rules.c - who is online, where a sign-in may lead, which passwords are good enough. */
#include "rooms/people/people_rules.h"

#include <string.h>
#include <strings.h>

#include "core/check.h"
#include "core/text.h"
#include "edge/crypt.h"
#include "rooms/people/people.h"

bool
agent_is_online(const struct agent *agent, clock_ms now)
{
	return text_equal(agent->status, "online") && now - agent->seen_at < AGENT_GONE_AFTER;
}

/* Is `path` the page itself or something below it? */
static bool
path_is_at(const char *path, const char *page)
{
	size_t len = strlen(page);

	return strncmp(path, page, len) == 0 && strchr("/?#", path[len]) != NULL;
}

bool
people_path_is_local(const char *path)
{
	const char *at;

	if (path == NULL || path[0] != '/' || path[1] == '/' || strlen(path) > 2000)
		return false;
	for (at = path; *at != '\0'; at++)
		if (*at <= ' ' || *at > '~' || *at == '\\')
			return false;
	return true;
}

bool
people_next_is_safe(const char *path)
{
	return people_path_is_local(path) && !path_is_at(path, "/sign-in") && !path_is_at(path, "/sign-out");
}

const char *
people_home(permission_set permissions)
{
	static const enum permission administrates[] = {
		MAY_MANAGE_WIDGETS, MAY_MANAGE_PEOPLE, MAY_MANAGE_QUEUES, MAY_MANAGE_ROLES, MAY_MANAGE_SETTINGS, MAY_READ_AUDIT
	};
	size_t i;

	for (i = 0; i < COUNT_OF(administrates); i++)
		if (permission_has(permissions, administrates[i]))
			return "/admin";
	return permission_has(permissions, MAY_CHAT) ? "/console" : "/admin";
}

/* One character all over: "aaaaaaaaaaaa". */
static bool
password_is_one_character(const char *password)
{
	const size_t len = text_prefix(password, 1);
	size_t i;

	for (i = len; password[i] != '\0'; i++)
		if (password[i] != password[i - len])
			return false;
	return true;
}

/* Marks the bytes of the password that stand in the word, wherever and in whatever case. */
static void
word_mark(const char *password, const char *word, size_t len, bool *is_known)
{
	size_t i;

	for (i = 0; len >= PASSWORD_WORD_MIN && password[i] != '\0'; i++)
		if (strncasecmp(password + i, word, len) == 0)
			memset(is_known + i, true, len);
}

/* A text as a whole, and each of its words: "anna.weber@example.com". */
static void
text_mark(const char *password, const char *text, bool *is_known)
{
	static const char between[] = " .,;:-_+@&/()'\"";
	size_t len;

	word_mark(password, text, strlen(text), is_known);
	for (; *text != '\0'; text += len + strspn(text + len, between)) {
		len = strcspn(text, between);
		word_mark(password, text, len, is_known);
	}
}

/* Is there next to nothing in the password but what others know? */
static bool
password_is_known(const char *password, const char *const *known)
{
	bool is_known[CRYPT_PASSWORD_MAX] = { false };
	size_t i, own = 0;

	for (; known != NULL && *known != NULL; known++)
		text_mark(password, *known, is_known);
	for (i = 0; password[i] != '\0'; i++)
		own += !is_known[i] && ((unsigned char)password[i] & 0xc0) != 0x80;    /* the first byte of a character in UTF-8 */
	return own < PASSWORD_OWN_MIN;
}

const char *
people_password_problem(const char *password, const char *const *known, const char **detail)
{
	*detail = NULL;
	if (password == NULL || text_length(password) < PASSWORD_MIN) {
		*detail = "8";
		return N_("must have at least %s characters");
	}
	if (strlen(password) > CRYPT_PASSWORD_MAX) {
		*detail = "1024";
		return N_("must have at most %s bytes");
	}
	if (password_is_known(password, known))
		return N_("must be more than account, e-mail address and name of the company: add words of your own");
	if (people_password_is_common(password) || password_is_one_character(password))
		return N_("is one of the first that attackers try: choose another one");
	return NULL;
}

bool
people_rights_cover(permission_set own, permission_set other)
{
	return (other & ~own) == 0;
}
