/* SPDX-License-Identifier: BSD-2-Clause */
/* people_rules.c - who is online, where a sign-in may lead, which passwords are good enough. */
#include "rooms/people/people_rules.h"

#include <string.h>
#include <strings.h>

#include "core/check.h"
#include "core/text.h"
#include "edge/crypt.h"
#include "rooms/people/people.h"

/* The passwords of 8 characters and more that attackers try first, folded. */
static const char *const common_passwords[] = {
	"00000000", "0123456789", "11111111", "111111111", "1111111111", "11223344", "12121212", "1234567890", "12341234",
	"12344321", "12345678", "123456789", "1234567891", "12345679", "123123123", "1234qwer", "12qwaszx", "1q2w3e4r",
	"1q2w3e4r5t", "1q2w3e4r5t6y", "1qaz2wsx", "1qazxsw2", "22222222", "55555555", "66666666", "77777777", "87654321",
	"88888888", "987654321", "9876543210", "99999999", "aa123456", "aaaaaaaa", "abc12345", "abcd1234", "abcdefgh",
	"admin123", "adminadmin", "administrator", "asdasdasd", "asdf1234", "asdfasdf", "asdfghjk", "asdfghjkl", "azerty123",
	"azertyuiop", "baseball", "basketball", "changeme", "computer", "corvette", "default1", "demodemo", "dragon12",
	"einstein", "football", "football1", "hark1234", "harkhark", "helpdesk", "iloveyou", "iloveyou1", "internet",
	"letmein1", "letmeinnow", "liverpool", "lovelove", "maverick", "mercedes", "michelle", "midnight", "monkey12",
	"motdepasse", "mustang1", "p@55w0rd", "p@ssw0rd", "p@ssword", "pass1234", "passpass", "passw0rd", "password",
	"password!", "password1", "password1!", "password12", "password123", "password1234", "passwort", "princess",
	"princess1", "q1w2e3r4", "q1w2e3r4t5", "qazwsxedc", "qwer1234", "qwert123", "qwertyui", "qwertyuiop", "qwerty12",
	"qwerty123", "samantha", "scooter1", "secret123", "senha123", "starwars", "sunshine", "sunshine1", "superman",
	"support1", "supportsupport", "testtest", "test1234", "trustno1", "welcome1", "welcome123", "whatever", "zaq12wsx",
	"zxcvbnm1", "zxcvbnm123"
};

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

static bool
password_is_common(const char *password)
{
	size_t i;

	for (i = 0; i < COUNT_OF(common_passwords); i++)
		if (text_equal_nocase(password, common_passwords[i]))
			return true;
	return false;
}

/* One character all over: "aaaaaaaaaaaa". */
static bool
password_is_one_character(const char *password)
{
	return strspn(password, (const char[]){ password[0], '\0' }) == strlen(password);
}

/* The part of an address before the @. */
static bool
password_is_mailbox(const char *password, const char *email)
{
	size_t len = email != NULL ? strcspn(email, "@") : 0;

	return len > 0 && strlen(password) == len && strncasecmp(password, email, len) == 0;
}

const char *
people_password_problem(const char *password, const char *account, const char *email, const char **detail)
{
	*detail = NULL;
	if (password == NULL || strlen(password) < PASSWORD_MIN) {
		*detail = "8";
		return N_("must have at least %s characters");
	}
	if (strlen(password) > CRYPT_PASSWORD_MAX) {
		*detail = "1024";
		return N_("must have at most %s bytes");
	}
	if (text_equal_nocase(password, account) || text_equal_nocase(password, email) || password_is_mailbox(password, email))
		return N_("must not be the account or the e-mail address");
	if (password_is_common(password) || password_is_one_character(password))
		return N_("is one of the first that attackers try: choose another one");
	return NULL;
}

bool
people_rights_cover(permission_set own, permission_set other)
{
	return (other & ~own) == 0;
}
