/* SPDX-License-Identifier: BSD-2-Clause */
/* text_rules.c - languages, where a message is read, and whether a text may stand in its place. */
#include "rooms/text/text_rules.h"

#include <string.h>

#include "core/check.h"
#include "core/str.h"
#include "core/text.h"
#include "edge/locale.h"

const struct field_choice text_language_choices[] = {
	{ "en", "English" }, { "fr", "Français" }, { "pt", "Português" }, { "es", "Español" },
	{ "ar", "العربية" }, { "az", "Azərbaycanca" }, { "bg", "Български" }, { "bn", "বাংলা" }, { "bs", "Bosanski" }, { "ca", "Català" },
	{ "cs", "Čeština" }, { "cy", "Cymraeg" }, { "da", "Dansk" }, { "de", "Deutsch" }, { "de-AT", "Deutsch (Österreich)" },
	{ "de-CH", "Deutsch (Schweiz)" }, { "el", "Ελληνικά" }, { "en-GB", "English (United Kingdom)" }, { "es-MX", "Español (México)" },
	{ "et", "Eesti" }, { "eu", "Euskara" }, { "fa", "فارسی" }, { "fi", "Suomi" }, { "fr-CA", "Français (Canada)" }, { "ga", "Gaeilge" },
	{ "gl", "Galego" }, { "he", "עברית" }, { "hi", "हिन्दी" }, { "hr", "Hrvatski" }, { "hu", "Magyar" }, { "hy", "Հայերեն" },
	{ "id", "Bahasa Indonesia" }, { "is", "Íslenska" }, { "it", "Italiano" }, { "ja", "日本語" }, { "ka", "ქართული" },
	{ "kk", "Қазақша" }, { "ko", "한국어" }, { "lb", "Lëtzebuergesch" }, { "lt", "Lietuvių" }, { "lv", "Latviešu" }, { "mk", "Македонски" },
	{ "ms", "Bahasa Melayu" }, { "mt", "Malti" }, { "nb", "Norsk bokmål" }, { "nl", "Nederlands" }, { "nn", "Norsk nynorsk" },
	{ "pl", "Polski" }, { "pt-BR", "Português (Brasil)" }, { "ro", "Română" }, { "ru", "Русский" }, { "sk", "Slovenčina" },
	{ "sl", "Slovenščina" }, { "sq", "Shqip" }, { "sr", "Српски" }, { "sv", "Svenska" }, { "sw", "Kiswahili" }, { "ta", "தமிழ்" },
	{ "th", "ไทย" }, { "tr", "Türkçe" }, { "uk", "Українська" }, { "ur", "اردو" }, { "uz", "Oʻzbekcha" }, { "vi", "Tiếng Việt" },
	{ "zh", "中文" }, { "zh-TW", "繁體中文" }, { NULL, NULL }
};

const struct field_choice text_area_choices[] = {
	{ "visitors", N_("What visitors read") }, { "mails", N_("Mails") }, { "console", N_("Console") }, { "panel", N_("Control panel") },
	{ NULL, NULL }
};

/* Files by the beginning of their path; the first that fits counts. */
static const struct {
	const char *prefix;
	unsigned area;
} places[] = {
	{ "static/widget/", TEXT_VISITORS },
	{ "templates/widget/panel.cs", TEXT_VISITORS },
	{ "cgi-bin/rooms/widget/widget_pages.c", TEXT_VISITORS },
	{ "cgi-bin/rooms/chat/chat_visit", TEXT_VISITORS },
	{ "cgi-bin/rooms/chat/chat_send.c", TEXT_VISITORS | TEXT_CONSOLE },
	{ "cgi-bin/rooms/chat/chat_file.c", TEXT_VISITORS | TEXT_CONSOLE },
	{ "cgi-bin/rooms/telegram/telegram_send.c", TEXT_VISITORS },
	{ "cgi-bin/core/field_read.c", TEXT_VISITORS | TEXT_CONSOLE | TEXT_PANEL },
	{ "cgi-bin/rooms/notice/notice_text.c", TEXT_MAILS },
	{ "static/console/", TEXT_CONSOLE },
	{ "templates/chat/console.cs", TEXT_CONSOLE },
	{ "cgi-bin/rooms/chat/chat_console", TEXT_CONSOLE },
	{ "cgi-bin/rooms/chat/chat_work", TEXT_CONSOLE },
	{ "cgi-bin/rooms/host/", 0 },
	{ "templates/host/", 0 },
	{ "cgi-bin/programs/command", 0 },
	{ "cgi-bin/web/doctor", 0 },
	{ "", TEXT_PANEL }
};

const char *
text_language_named(const char *tag)
{
	const struct field_choice *choice;

	for (choice = text_language_choices; choice->value != NULL; choice++)
		if (text_equal(choice->value, tag))
			return choice->value;
	return NULL;
}

const char *
text_language_label(const char *language)
{
	const struct field_choice *choice;

	for (choice = text_language_choices; choice->value != NULL; choice++)
		if (text_equal(choice->value, language))
			return choice->label;
	return "";
}

bool
text_language_is_ours(const char *language)
{
	size_t i;

	for (i = 0; locale_names[i] != NULL; i++)
		if (text_equal(locale_names[i], language))
			return true;
	return false;
}

bool
text_list_has(const char *list, const char *language)
{
	size_t len;

	for (; list != NULL && *list != '\0'; list += len + (list[len] == ' ')) {
		len = strcspn(list, " ");
		if (len == strlen(language) && strncmp(list, language, len) == 0)
			return true;
	}
	return false;
}

const char *
text_list_add(struct arena *arena, const char *list, const char *language)
{
	if (text_list_has(list, language))
		return list;
	return text_is_blank(list) ? language : arena_printf(arena, "%s %s", list, language);
}

const char *
text_list_remove(struct arena *arena, const char *list, const char *language)
{
	struct str left;
	size_t len;

	str_init(&left, arena);
	for (; list != NULL && *list != '\0'; list += len + (list[len] == ' ')) {
		len = strcspn(list, " ");
		if (len == strlen(language) && strncmp(list, language, len) == 0)
			continue;
		if (left.len > 0)
			str_add_char(&left, ' ');
		str_add_bytes(&left, list, len);
	}
	return left.data;
}

unsigned
text_area_named(const char *word)
{
	unsigned i;

	for (i = 0; text_area_choices[i].value != NULL; i++)
		if (text_equal(text_area_choices[i].value, word))
			return 1u << i;
	return 0;
}

unsigned
text_areas_of(const char *files)
{
	unsigned areas = 0;
	size_t len, i;

	for (; *files != '\0'; files += len + (files[len] == ' ')) {
		len = strcspn(files, " ");
		for (i = 0; len > 0 && i < COUNT_OF(places); i++)
			if (text_starts_with(files, places[i].prefix)) {
				areas |= places[i].area;
				break;
			}
	}
	return areas;
}

/* The next %s, %% or {name} from `at` on, which has *len bytes; NULL when there is none. */
static const char *
mark_next(const char *at, size_t *len)
{
	for (; *at != '\0'; at++) {
		if (*at == '%' && (at[1] == 's' || at[1] == '%')) {
			*len = 2;
			return at;
		}
		if (*at == '{' && at[1 + (*len = strspn(at + 1, "abcdefghijklmnopqrstuvwxyz_"))] == '}' && *len > 0) {
			*len += 2;
			return at;
		}
	}
	return NULL;
}

static size_t
mark_count(const char *text, const char *mark, size_t mark_len)
{
	size_t count = 0, len;
	const char *at = text;

	while ((at = mark_next(at, &len)) != NULL) {
		count += len == mark_len && strncmp(at, mark, len) == 0;
		at += len;
	}
	return count;
}

/* The first mark of `text` that the other has not as often, or NULL. */
static const char *
mark_lacking(struct arena *arena, const char *text, const char *other)
{
	const char *at = text;
	size_t len;

	while ((at = mark_next(at, &len)) != NULL) {
		if (mark_count(text, at, len) > mark_count(other, at, len))
			return arena_text_of(arena, at, len);
		at += len;
	}
	return NULL;
}

const char *
text_problem(struct arena *arena, const char *message, const char *wording, const char **detail)
{
	*detail = mark_lacking(arena, message, wording);
	if (*detail != NULL)
		return N_("must contain %s: it stands for something that is filled in");
	*detail = mark_lacking(arena, wording, message);
	if (*detail != NULL)
		return N_("has %s, which the product's text does not have");
	if (strchr(wording, '\n') != NULL && strchr(message, '\n') == NULL)
		return N_("must be one line");
	return NULL;
}
