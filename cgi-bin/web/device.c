/* SPDX-License-Identifier: BSD-2-Clause */
/* device.c - the cookie by which a browser is known again. */
#include "web/device.h"

#include <string.h>

#include "core/text.h"
#include "web/reply.h"

#define COOKIE_MAX 400           /* bytes that are looked at */

static const char *
device_place(struct req *r, const struct device *device)
{
	return arena_printf(r->arena, "cookie.%s.%s.%s", device->cookie, device->who, device->secret != NULL ? device->secret : "");
}

const char *
device_key(struct req *r, const struct device *device)
{
	const char *cookie = req_cookie(r, device->cookie), *text, *id;
	uint64_t until;

	if (cookie == NULL || strlen(cookie) > COOKIE_MAX)
		return device->who;
	text = crypt_unseal(r->arena, r->site->keys, device_place(r, device), cookie);
	id = text != NULL ? strchr(text, ' ') : NULL;
	if (id == NULL || text_is_blank(device->secret)
		|| !text_to_u64(arena_text_of(r->arena, text, (size_t)(id - text)), &until) || until <= (uint64_t)r->now)
		return device->who;
	return arena_printf(r->arena, "%s|%s", device->who, id + 1);
}

void
device_remember(struct req *r, const struct device *device)
{
	const char *text;

	if (text_is_blank(device->secret))
		return;
	text = arena_printf(r->arena, "%lld %s", (long long)(r->now + DEVICE_LIFE), crypt_token(r->arena));
	reply_cookie(r, device->cookie, crypt_seal(r->arena, r->site->keys, device_place(r, device), text), DEVICE_LIFE);
}
