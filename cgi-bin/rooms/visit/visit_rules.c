/* SPDX-License-Identifier: BSD-2-Clause */
/* visit_rules.c - what a browser calls itself, for people. */
#include "rooms/visit/visit.h"

#include <string.h>

#include "core/text.h"

struct mark {
	const char *mark;
	const char *name;
};

/* In this order: the later ones' marks stand in the earlier ones' names too. */
static const struct mark browsers[] = {
	{ "Edg/", "Edge" }, { "OPR/", "Opera" }, { "SamsungBrowser/", "Samsung Internet" }, { "Firefox/", "Firefox" },
	{ "FxiOS/", "Firefox" }, { "CriOS/", "Chrome" }, { "Chrome/", "Chrome" }, { "Version/", "Safari" }
};

static const struct mark systems[] = {
	{ "Windows", "Windows" }, { "iPhone", "iPhone" }, { "iPad", "iPad" }, { "Android", "Android" }, { "Mac OS X", "macOS" },
	{ "CrOS", "ChromeOS" }, { "Linux", "Linux" }
};

static const struct mark *
mark_in(const struct mark *marks, size_t count, const char *text)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (strstr(text, marks[i].mark) != NULL)
			return &marks[i];
	return NULL;
}

const char *
visitor_browser(struct arena *arena, const char *user_agent)
{
	const struct mark *browser = mark_in(browsers, COUNT_OF(browsers), user_agent);
	const struct mark *system = mark_in(systems, COUNT_OF(systems), user_agent);
	const char *version;

	if (browser == NULL)
		return system != NULL ? system->name : "";
	version = strstr(user_agent, browser->mark) + strlen(browser->mark);
	return arena_printf(arena, "%s %.*s%s%s", browser->name, (int)strspn(version, "0123456789"), version,
		system != NULL ? ", " : "", system != NULL ? system->name : "");
}
