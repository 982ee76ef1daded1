/* SPDX-License-Identifier: BSD-2-Clause */
/* session_device.c - browser and system out of a User-Agent header, for a list in which people look for what is theirs. */
#include <string.h>

#include "core/check.h"
#include "web/access.h"

struct mark {
	const char *part;
	const char *name;
};

/* The first that fits counts: most browsers claim to be others too. */
static const struct mark browsers[] = {
	{ "Edg", "Edge" }, { "OPR/", "Opera" }, { "SamsungBrowser/", "Samsung Internet" }, { "Vivaldi/", "Vivaldi" },
	{ "FxiOS/", "Firefox" }, { "Firefox/", "Firefox" }, { "CriOS/", "Chrome" }, { "Chrome/", "Chrome" },
	{ "Safari/", "Safari" }, { "curl/", "curl" }
};

static const struct mark systems[] = {
	{ "iPhone", "iPhone" }, { "iPad", "iPad" }, { "Android", "Android" }, { "Windows", "Windows" }, { "CrOS", "ChromeOS" },
	{ "Macintosh", "macOS" }, { "Linux", "Linux" }, { "FreeBSD", "FreeBSD" }
};

static const char *
name_of(const struct mark *marks, size_t count, const char *text)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (strstr(text, marks[i].part) != NULL)
			return marks[i].name;
	return "";
}

void
session_device(const char *user_agent, const char **browser, const char **system)
{
	const char *text = user_agent != NULL ? user_agent : "";

	*browser = name_of(browsers, COUNT_OF(browsers), text);
	*system = name_of(systems, COUNT_OF(systems), text);
}
