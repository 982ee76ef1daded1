/* SPDX-License-Identifier: BSD-2-Clause */
/* net_url.c - addresses taken apart by libcurl itself, so that what is judged is what is asked. */
#include "edge/net.h"

#include <curl/curl.h>

#include "core/check.h"
#include "core/text.h"

/* A part of it, or NULL. */
static const char *
part(struct arena *arena, CURLU *url, CURLUPart which, unsigned flags)
{
	const char *copy;
	char *text = NULL;

	if (curl_url_get(url, which, &text, flags) != CURLUE_OK)
		return NULL;
	copy = arena_text(arena, text);
	curl_free(text);
	return copy;
}

static const char *
authority(struct arena *arena, CURLU *url, const char *address)
{
	const char *scheme, *host, *port;

	if (curl_url_set(url, CURLUPART_URL, address, 0) != CURLUE_OK)
		return NULL;
	scheme = part(arena, url, CURLUPART_SCHEME, 0);
	host = part(arena, url, CURLUPART_HOST, 0);
	port = part(arena, url, CURLUPART_PORT, CURLU_DEFAULT_PORT);
	if (host == NULL || port == NULL || (!text_equal(scheme, "http") && !text_equal(scheme, "https"))
		|| part(arena, url, CURLUPART_USER, 0) != NULL || part(arena, url, CURLUPART_PASSWORD, 0) != NULL)
		return NULL;
	return text_lower(arena, arena_printf(arena, "%s:%s", host, port));
}

const char *
net_authority(struct arena *arena, const char *address)
{
	CURLU *url = curl_url();
	const char *found;

	CHECK(url != NULL);
	found = authority(arena, url, address);
	curl_url_cleanup(url);
	return found;
}
