/* SPDX-License-Identifier: BSD-2-Clause */
/* contact_rules.c - how contact data is masked, and how tags and languages are written. */
#include "rooms/contact/contact_work.h"

#include <ctype.h>
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

/* Is the tag, folded, among those that were kept? */
static bool
tags_have(const char *const *kept, size_t count, const char *folded)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (strcmp(kept[i], folded) == 0)
			return true;
	return false;
}

const char *
contact_tags_clean(struct arena *arena, const char *tags, const char **problem, const char **limit)
{
	const char *kept[CONTACT_TAGS_MAX], *at, *tag, *folded;
	size_t len, count = 0;
	struct str out;

	*problem = *limit = NULL;
	str_init(&out, arena);
	for (at = tags; *at != '\0'; at += len, at += strspn(at, ",\n")) {
		len = strcspn(at, ",\n");
		tag = text_trim(arena, arena_text_of(arena, at, len));
		folded = text_fold(arena, tag);
		if (tag[0] == '\0' || tags_have(kept, count, folded))
			continue;
		if (text_length(tag) > CONTACT_TAG_MAX) {
			*problem = N_("has a tag of more than %s characters");
			*limit = arena_printf(arena, "%d", CONTACT_TAG_MAX);
		} else if (count == CONTACT_TAGS_MAX) {
			*problem = N_("can have at most %s tags");
			*limit = arena_printf(arena, "%d", CONTACT_TAGS_MAX);
		}
		if (*problem != NULL)
			return tags;
		kept[count++] = folded;
		str_add_item(&out, tag);
	}
	return out.data;
}

static bool
all_letters(const char *text, size_t len)
{
	while (len > 0 && isalpha((unsigned char)text[len - 1]))
		len--;
	return len == 0;
}

static bool
all_digits(const char *text, size_t len)
{
	while (len > 0 && isdigit((unsigned char)text[len - 1]))
		len--;
	return len == 0;
}

static void
add_cased(struct str *out, const char *text, size_t len, size_t capitals)
{
	size_t i;

	for (i = 0; i < len; i++)
		str_add_char(out, (char)(i < capitals ? toupper((unsigned char)text[i]) : tolower((unsigned char)text[i])));
}

const char *
contact_language_clean(struct arena *arena, const char *language)
{
	size_t len = strcspn(language, "-_");
	struct str out;

	if (len < 2 || len > 3 || !all_letters(language, len))
		return NULL;
	str_init(&out, arena);
	add_cased(&out, language, len, 0);
	language += len;
	if (*language != '\0' && strcspn(language + 1, "-_") == 4 && all_letters(language + 1, 4)) {
		str_add_char(&out, '-');
		add_cased(&out, language + 1, 4, 1);
		language += 5;
	}
	if (*language == '\0')
		return out.data;
	len = strlen(++language);
	if (!(len == 2 && all_letters(language, len)) && !(len == 3 && all_digits(language, len)))
		return NULL;
	str_add_char(&out, '-');
	add_cased(&out, language, len, len);
	return out.data;
}

const char *
contact_label(struct arena *arena, const struct contact *contact)
{
	return text_is_blank(contact->name) ? arena_printf(arena, "#%llu", (unsigned long long)contact->id) : contact->name;
}

static void
fill_text(const char **text, const char *from)
{
	if (text_is_blank(*text) && from != NULL)
		*text = from;
}

/* Both, unless one of them says it all; too much of it is the form's to refuse. */
static const char *
joined(struct arena *arena, const char *first, const char *second, const char *between)
{
	if (text_is_blank(second) || text_equal(first, second))
		return first;
	return text_is_blank(first) ? second : arena_printf(arena, "%s%s%s", first, between, second);
}

void
contact_fill(struct arena *arena, struct contact *contact, const struct contact *from)
{
	fill_text(&contact->name, from->name);
	fill_text(&contact->email, from->email);
	fill_text(&contact->phone, from->phone);
	fill_text(&contact->username, from->username);
	fill_text(&contact->company, from->company);
	fill_text(&contact->language, from->language);
	contact->tags = joined(arena, contact->tags, from->tags, ", ");
	contact->remark = joined(arena, contact->remark, from->remark, "\n");
}
