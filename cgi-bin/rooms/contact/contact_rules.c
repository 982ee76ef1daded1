/* SPDX-License-Identifier: BSD-2-Clause */
/* contact_rules.c - how contact data is masked. */
#include "rooms/contact/contact.h"

#include <string.h>

#include "core/text.h"

#define MASK "***"
#define PHONE_SHOWN 3            /* digits at the end */
#define PHONE_LEAST 7            /* characters of a number that may show some */

const char *
contact_mask_email(struct arena *arena, const char *email)
{
	const char *at, *dot;

	if (text_is_blank(email))
		return "";
	at = strrchr(email, '@');
	dot = strrchr(email, '.');
	if (at == NULL || at < email + 2 || dot == NULL || dot < at)
		return MASK;
	return arena_printf(arena, "%s" MASK "@" MASK "%s", arena_text_of(arena, email, text_prefix(email, 1)), dot);
}

const char *
contact_mask_phone(struct arena *arena, const char *phone)
{
	size_t len;

	if (text_is_blank(phone))
		return "";
	len = strlen(phone);
	if (len < PHONE_LEAST)
		return MASK;
	return arena_printf(arena, MASK "%s", phone + len - PHONE_SHOWN);
}

const char *
contact_mask_address(const char *address)
{
	return text_is_blank(address) ? "" : MASK;
}
