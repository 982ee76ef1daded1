/* SPDX-License-Identifier: BSD-2-Clause */
/* locale.c - gettext, told the language by LANGUAGE alone, and a company's own texts before it. */
#include "edge/locale.h"

#include <libintl.h>
#include <locale.h>
#include <stdbool.h>
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

static const char *in_use = "en";          /* of ours: gettext's */

/* What a company says in its own words, while its request or job lasts. */
static struct {
	const char *name;                  /* of the language, maybe none of ours; NULL: no own texts */
	const struct locale_own *texts;    /* sorted by message, each once */
	size_t count;
} spoken;

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

static void
own_end(void *arg)
{
	(void)arg;
	spoken.name = NULL;
	spoken.count = 0;
}

void
locale_use(const char *name)
{
	const char *known = locale_known(name);

	own_end(NULL);
	if (known == NULL)
		known = locale_names[0];
	if (known == in_use)
		return;
	in_use = known;
	setenv("LANGUAGE", known, 1);
	_nl_msg_cat_cntr++;
}

/* By message; of the same one, the better rank first. */
static int
own_order(const void *a, const void *b)
{
	const struct locale_own *one = a, *other = b;
	int order = strcmp(one->message, other->message);

	return order != 0 ? order : (one->rank > other->rank) - (one->rank < other->rank);
}

void
locale_use_own(struct arena *arena, const char *name, struct locale_own *texts, size_t count)
{
	size_t i, kept = 0;

	if (count > 0)
		qsort(texts, count, sizeof(*texts), own_order);
	for (i = 0; i < count; i++)
		if (kept == 0 || strcmp(texts[kept - 1].message, texts[i].message) != 0)
			texts[kept++] = texts[i];
	spoken.name = name;
	spoken.texts = texts;
	spoken.count = kept;
	arena_on_release(arena, own_end, NULL);
}

static int
own_compare(const void *message, const void *text)
{
	return strcmp(message, ((const struct locale_own *)text)->message);
}

static const struct locale_own *
own_find(const char *message)
{
	return spoken.count == 0 ? NULL : bsearch(message, spoken.texts, spoken.count, sizeof(*spoken.texts), own_compare);
}

const char *
locale_name(void)
{
	return spoken.name != NULL ? spoken.name : in_use;
}

/* The empty text is the catalogue's own head. */
const char *
locale_text(const char *text)
{
	const struct locale_own *found;

	if (text == NULL || *text == '\0')
		return text;
	found = own_find(text);
	return found != NULL ? found->text : gettext(text);
}

/* The forms of our own languages are two: French has one thing also for none (Plural-Forms of the catalogues). */
const char *
locale_plural(const char *one, const char *many, uint64_t count)
{
	const struct locale_own *found = own_find(one);

	if (found != NULL && found->many != NULL)
		return count == 1 || (count == 0 && strcmp(in_use, "fr") == 0) ? found->text : found->many;
	return ngettext(one, many, (unsigned long)count);
}

void
locale_look_up(const char *name, struct locale_message *messages, size_t count)
{
	const char *before = in_use;
	size_t i;

	if (locale_known(name) == NULL)
		name = locale_names[0];
	setenv("LANGUAGE", locale_known(name), 1);
	_nl_msg_cat_cntr++;
	for (i = 0; i < count; i++) {
		bool is_plural = messages[i].many != NULL;

		messages[i].text = is_plural ? ngettext(messages[i].one, messages[i].many, 1) : gettext(messages[i].one);
		messages[i].text_many = is_plural ? ngettext(messages[i].one, messages[i].many, 2) : NULL;
	}
	setenv("LANGUAGE", before, 1);
	_nl_msg_cat_cntr++;
}

char *
locale_fill(struct arena *arena, const char *text, const char *detail)
{
	return locale_fill_two(arena, text, detail, NULL);
}

char *
locale_fill_two(struct arena *arena, const char *text, const char *first, const char *second)
{
	const char *at = locale_text(text), *mark;
	struct str out;

	str_init(&out, arena);
	for (; (mark = strchr(at, '%')) != NULL && mark[1] != '\0'; at = mark + 2) {
		str_add_bytes(&out, at, (size_t)(mark - at));
		if (mark[1] == 's') {
			str_add(&out, first != NULL ? first : "");
			first = second;
		} else if (mark[1] == '%') {
			str_add_char(&out, '%');
		} else {
			str_add_bytes(&out, mark, 2);
		}
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

/* One language of an Accept-Language. */
struct tag {
	const char *at;
	size_t len;
	int weight;
};

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

/* The entry of the list ("de pt-BR", separated by spaces) that is the tag, or the language alone of it ("de" of "de-AT"), which is less
 * exact; NULL for neither. */
static const char *
own_name_of(struct arena *arena, const char *own_names, const struct tag *tag, bool is_exact)
{
	const char *at = own_names;
	size_t len;

	for (; at != NULL && *at != '\0'; at += len + (at[len] == ' ')) {
		len = strcspn(at, " ");
		if (len > 0 && tag->len >= len && strncasecmp(tag->at, at, len) == 0
			&& (is_exact ? tag->len == len : tag->len > len && tag->at[len] == '-'))
			return arena_text_of(arena, at, len);
	}
	return NULL;
}

/* The company's "pt-BR" is meant before our "pt", and that before its "pt-PT" is left out. */
static const char *
name_among(struct arena *arena, const char *own_names, const struct tag *tag)
{
	const char *found = own_name_of(arena, own_names, tag, true);

	if (found == NULL)
		found = name_of(tag->at, tag->len);
	return found != NULL ? found : own_name_of(arena, own_names, tag, false);
}

/* Steps to the next tag of an Accept-Language; false at its end. */
static bool
tag_next(const char **at, const char *end, struct tag *tag)
{
	const char *stop, *tag_end;

	if (*at >= end)
		return false;
	stop = memchr(*at, ',', (size_t)(end - *at));
	if (stop == NULL)
		stop = end;
	while (*at < stop && (**at == ' ' || **at == '\t'))
		(*at)++;
	for (tag_end = *at; tag_end < stop && *tag_end != ';' && *tag_end != ' ' && *tag_end != '\t';)
		tag_end++;
	*tag = (struct tag){ *at, (size_t)(tag_end - *at), weight_of(tag_end, stop) };
	*at = stop + (stop < end);
	return true;
}

const char *
locale_choose(struct arena *arena, const char *accept_language, const char *own_names, const char *otherwise)
{
	const char *best = otherwise, *at = accept_language, *end, *known;
	int best_weight = 0;
	struct tag tag;

	if (at == NULL)
		return best;
	end = at + strnlen(at, ACCEPT_MAX);
	while (tag_next(&at, end, &tag)) {
		known = tag.len == 1 && *tag.at == '*' ? otherwise : name_among(arena, own_names, &tag);
		if (known != NULL && tag.weight > best_weight) {
			best = known;
			best_weight = tag.weight;
		}
	}
	return best;
}

const char *
locale_pick(const char *accept_language)
{
	return locale_choose(NULL, accept_language, NULL, locale_names[0]);
}
