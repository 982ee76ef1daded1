/* SPDX-License-Identifier: BSD-2-Clause */
/* locale.c - gettext, told the language by LANGUAGE alone. */
#include "edge/locale.h"

#include <libintl.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/log.h"
#include "core/str.h"

#define DOMAIN "hark"
#define ACCEPT_MAX 1000     /* bytes of an Accept-Language that are looked at */

const char *const locale_names[] = { "en", "fr", "pt", "es", NULL };

static const char *const labels[] = { "English", "Français", "Português", "Español" };

/* gettext keeps what it found until this changes (glibc and GNU libintl). */
extern int _nl_msg_cat_cntr;

static const char *in_use = "en";

/* With "C", gettext looks nothing up, and the locale of a language need not be installed: "C.UTF-8" always is. */
void
locale_open(const char *dir)
{
	if (setlocale(LC_ALL, "C.UTF-8") == NULL)
		log_warning("locale", "the system has no C.UTF-8: all texts stay English");
	setlocale(LC_NUMERIC, "C");
	bindtextdomain(DOMAIN, dir);
	bind_textdomain_codeset(DOMAIN, "UTF-8");
	textdomain(DOMAIN);
	setenv("LANGUAGE", in_use, 1);
	_nl_msg_cat_cntr++;
}

/* The language of a tag of `len` bytes, "pt" or "pt-BR" (RFC 5646); NULL when it is none of ours. */
static const char *
name_of(const char *tag, size_t len)
{
	for (size_t i = 0; locale_names[i] != NULL; i++) {
		size_t own = strlen(locale_names[i]);

		if (len >= own && strncasecmp(tag, locale_names[i], own) == 0
			&& (len == own || tag[own] == '-' || tag[own] == '_'))
			return locale_names[i];
	}
	return NULL;
}

const char *
locale_known(const char *tag)
{
	return tag != NULL ? name_of(tag, strlen(tag)) : NULL;
}

const char *
locale_label(const char *name)
{
	for (size_t i = 0; locale_names[i] != NULL; i++)
		if (strcmp(locale_names[i], name) == 0)
			return labels[i];
	return name;
}

const char *
locale_direction(const char *name)
{
	static const char *const leftwards[] = { "ar", "dv", "fa", "he", "ps", "ur", "yi" };

	for (size_t i = 0; i < sizeof(leftwards) / sizeof(leftwards[0]); i++)
		if (strncmp(name, leftwards[i], 2) == 0 && (name[2] == '\0' || name[2] == '-'))
			return "rtl";
	return "ltr";
}

void
locale_use(const char *name)
{
	const char *known = locale_known(name);

	if (known == NULL)
		known = locale_names[0];
	if (known == in_use)
		return;
	in_use = known;
	setenv("LANGUAGE", known, 1);
	_nl_msg_cat_cntr++;
}

const char *
locale_name(void)
{
	return in_use;
}

/* The empty text is the catalogue's own head. */
const char *
locale_text(const char *text)
{
	return text == NULL || *text == '\0' ? text : gettext(text);
}

const char *
locale_plural(const char *one, const char *many, uint64_t count)
{
	return ngettext(one, many, (unsigned long)count);
}

char *
locale_fill(struct arena *arena, const char *text, const char *detail)
{
	const char *at = locale_text(text), *mark;
	struct str out;

	str_init(&out, arena);
	for (; (mark = strchr(at, '%')) != NULL && mark[1] != '\0'; at = mark + 2) {
		str_add_bytes(&out, at, (size_t)(mark - at));
		if (mark[1] == 's')
			str_add(&out, detail != NULL ? detail : "");
		else if (mark[1] == '%')
			str_add_char(&out, '%');
		else
			str_add_bytes(&out, mark, 2);
	}
	str_add(&out, at);
	return out.data;
}

/* The value of a name of `len` bytes, or NULL. */
static const char *
value_named(const struct locale_value *values, const char *name, size_t len)
{
	for (; values->name != NULL; values++)
		if (strncmp(values->name, name, len) == 0 && values->name[len] == '\0')
			return values->value;
	return NULL;
}

char *
locale_fill_names(struct arena *arena, const char *text, const struct locale_value *values)
{
	const char *at = locale_text(text), *mark, *end, *value;
	struct str out;

	str_init(&out, arena);
	for (; (mark = strchr(at, '{')) != NULL && (end = strchr(mark, '}')) != NULL; at = end + 1) {
		str_add_bytes(&out, at, (size_t)(mark - at));
		value = value_named(values, mark + 1, (size_t)(end - mark) - 1);
		str_add(&out, value != NULL ? value : "");
	}
	str_add(&out, at);
	return out.data;
}

/* Thousandths of ";q=0.8", 1000 without it, 0 when it is malformed. */
static int
weight_of(const char *at, const char *end)
{
	int weight = 0, unit = 1000;

	while (at < end && (*at == ' ' || *at == '\t' || *at == ';'))
		at++;
	if (at == end)
		return 1000;
	if (end - at < 3 || (*at != 'q' && *at != 'Q') || at[1] != '=')
		return 0;
	for (at += 2; at < end && unit > 0; at++) {
		if (*at == '.' && unit == 1000) {
			unit = 100;
			continue;
		}
		if (*at < '0' || *at > '9')
			break;
		weight += (*at - '0') * unit;
		if (unit == 1000)
			continue;
		unit /= 10;
	}
	return weight > 1000 ? 0 : weight;
}

const char *
locale_pick(const char *accept_language)
{
	const char *best = locale_names[0], *at = accept_language, *end;
	int best_weight = 0;

	if (at == NULL)
		return best;
	end = at + strnlen(at, ACCEPT_MAX);
	while (at < end) {
		const char *stop = memchr(at, ',', (size_t)(end - at)), *tag_end, *known;
		int weight;

		if (stop == NULL)
			stop = end;
		while (at < stop && (*at == ' ' || *at == '\t'))
			at++;
		for (tag_end = at; tag_end < stop && *tag_end != ';' && *tag_end != ' ' && *tag_end != '\t';)
			tag_end++;
		known = tag_end - at == 1 && *at == '*' ? locale_names[0] : name_of(at, (size_t)(tag_end - at));
		weight = weight_of(tag_end, stop);
		if (known != NULL && weight > best_weight) {
			best = known;
			best_weight = weight;
		}
		at = stop + (stop < end);
	}
	return best;
}
