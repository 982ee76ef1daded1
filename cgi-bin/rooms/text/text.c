/* SPDX-License-Identifier: BSD-2-Clause */
/* text.c - own texts at work: which language somebody reads, and what is said in it. */
#include "rooms/text/text.h"

#include <string.h>

#include "core/log.h"
#include "core/text.h"
#include "edge/locale.h"
#include "rooms/text/text_rules.h"
#include "rooms/text/text_store.h"

#define SPOKEN_MAX 40            /* languages of ours and of a company */

/* Whose texts, and where they are. */
struct speech {
	struct db *db;
	struct arena *arena;
	tenant_id tenant;
	const char *languages;       /* in which the company has own texts that are said */
	const char *home;            /* the company's language */
};

static struct speech
speech_of(struct req *r)
{
	return (struct speech){ r->db, r->arena, r->tenant, r->tenant_languages, r->tenant_locale };
}

/* The own texts of the language and, for what it lacks, of the one beneath it, over the catalogue of that one. */
static void
own_texts(const struct speech *speech, const char *name, const char *beneath)
{
	struct db_rows rows = { NULL, 0 };
	struct locale_own *texts;
	const struct text *text;
	size_t i;

	if (text_said(speech->db, speech->arena, speech->tenant, name, beneath, &rows) == GOT_ERROR)
		log_warning("text", "tenant %llu: own texts could not be read", (unsigned long long)speech->tenant.id);
	texts = ARENA_ARRAY(speech->arena, struct locale_own, rows.count);
	for (text = rows.rows, i = 0; i < rows.count; i++)
		texts[i] = (struct locale_own){ .message = text[i].message, .text = text[i].wording,
			.many = text_is_blank(text[i].wording_many) ? NULL : text[i].wording_many, .rank = strcmp(text[i].language, name) != 0 };
	locale_use_own(speech->arena, name, texts, rows.count);
}

/* A language that is none of ours stands on its kin among ours ("pt-BR" on "pt"), else on the company's. */
static void
speak(const struct speech *speech, const char *name)
{
	const char *beneath = locale_known(name);

	if (beneath == NULL)
		beneath = locale_known(speech->home);
	if (beneath == NULL)
		beneath = locale_names[0];
	locale_use(beneath);
	if (text_list_has(speech->languages, name) || text_list_has(speech->languages, beneath))
		own_texts(speech, text_list_has(speech->languages, name) ? name : beneath, beneath);
}

void
text_use(struct req *r)
{
	struct speech speech = speech_of(r);

	if (!text_is_blank(speech.languages))
		speak(&speech, locale_name());
}

/* Makes `name`, one of text_languages(), the language in use. */
static void
text_speak(struct req *r, const char *name)
{
	struct speech speech = speech_of(r);

	speak(&speech, name);
}

void
text_speak_for(struct db *db, struct arena *arena, const struct tenant *tenant, const char *name)
{
	const struct speech speech = { db, arena, tenant_of(tenant), tenant->text_languages, tenant->locale };

	speak(&speech, text_is_blank(name) ? tenant->locale : name);
}

void
text_use_visitor(struct req *r, const char *by)
{
	const char *name = NULL;

	if (!text_equal(by, "company")) {
		name = locale_choose(r->arena, req_query(r, "lang"), r->tenant_languages, NULL);
		if (name == NULL)
			name = locale_choose(r->arena, req_header(r, "HTTP_ACCEPT_LANGUAGE"), r->tenant_languages, NULL);
	}
	text_speak(r, name != NULL ? name : r->tenant_locale);
}

const char *const *
text_languages(struct req *r)
{
	const char **names = ARENA_ARRAY(r->arena, const char *, SPOKEN_MAX + 1);
	const char *list = r->tenant_languages != NULL ? r->tenant_languages : "", *name;
	size_t count, len;

	for (count = 0; locale_names[count] != NULL; count++)
		names[count] = locale_names[count];
	for (; *list != '\0' && count < SPOKEN_MAX; list += len + (list[len] == ' ')) {
		len = strcspn(list, " ");
		name = arena_text_of(r->arena, list, len);
		if (len > 0 && !text_language_is_ours(name))
			names[count++] = name;
	}
	return names;
}
