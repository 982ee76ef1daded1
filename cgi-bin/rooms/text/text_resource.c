/* SPDX-License-Identifier: BSD-2-Clause */
/* text_resource.c - own texts as a noun of the settings engine. */
#include <string.h>

#include "core/text.h"
#include "rooms/text/text_catalogue.h"
#include "rooms/text/text_rules.h"
#include "rooms/text/text_store.h"
#include "rooms/text/text_views.h"

#define TEXTS_MAX 10000          /* live texts of a company */
#define TEXTS_MAX_SAID "10000"
#define LANGUAGES_MAX 30         /* of them */
#define LANGUAGES_MAX_SAID "30"

const struct field text_fields[] = {
	FIELD_U64(struct text, id, FIELD_KEY),
	FIELD_CHOICE(struct text, language, FIELD_FORM | FIELD_REQUIRED | FIELD_LIST | FIELD_FILTER, .choices = text_language_choices,
		.label = N_("Language")),
	FIELD_TEXT(struct text, message, FIELD_FORM | FIELD_REQUIRED | FIELD_LIST | FIELD_SEARCH, .max = 1000,
		.label = N_("Text of the product"), .help = N_("In English, exactly as it is in the product.")),
	FIELD_TEXT(struct text, place, FIELD_READONLY | FIELD_UNIQUE, .max = 49, .label = N_("Own text")),
	FIELD_LONG_TEXT(struct text, wording, FIELD_FORM | FIELD_REQUIRED | FIELD_LIST | FIELD_SEARCH, .max = 2000, .label = N_("Own text")),
	FIELD_LONG_TEXT(struct text, wording_many, FIELD_FORM | FIELD_SEARCH, .max = 2000, .label = N_("Own text for several"),
		.help = N_("Only of texts that count something.")),
	FIELD_TIME(struct text, created_at, FIELD_READONLY, .label = N_("Created at")),
	FIELD_TIME(struct text, updated_at, FIELD_READONLY, .label = N_("Changed at")),
	FIELD_TIME(struct text, deleted_at, FIELD_NULLABLE),
	FIELD_END
};

/* "fr:" and the first half of the message's SHA-256, in hex because keys are compared without regard to case. */
static const char *
place_of(struct arena *arena, const struct text *text)
{
	unsigned char hash[CRYPT_HASH_LEN];

	crypt_sha256(text->message, strlen(text->message), hash);
	return arena_printf(arena, "%s:%s", text->language, text_to_hex(arena, hash, sizeof(hash) / 2));
}

static void
check_wording(struct req *r, struct form *form, const char *field, const char *message, const char *wording)
{
	const char *detail, *problem;

	if (text_is_blank(wording))
		return;
	problem = text_problem(r->arena, message, wording, &detail);
	if (problem != NULL)
		form_problem(r, form, field, problem, detail);
}

static void
check_against(struct req *r, struct form *form, const struct text_message *message, const struct text *text)
{
	if (!text_language_is_ours(text->language) && (message->areas & TEXT_VISITORS) == 0)
		form_problem(r, form, "message", N_("is not for visitors: in a language of your own only their texts can be said"), NULL);
	check_wording(r, form, "wording", message->one, text->wording);
	if (message->many == NULL && !text_is_blank(text->wording_many))
		form_problem(r, form, "wording_many", N_("must be empty: the text counts nothing"), NULL);
	if (message->many != NULL && text_is_blank(text->wording_many))
		form_problem(r, form, "wording_many", N_("is required"), NULL);
	if (message->many != NULL)
		check_wording(r, form, "wording_many", message->many, text->wording_many);
}

/* An import has looked it up already. */
static void
check_known(struct req *r, struct form *form, const struct text *text)
{
	const struct text_message *message = text->known;
	struct text_catalogue catalogue;

	if (message == NULL && text_catalogue_load(r->site->conf, r->arena, &catalogue) == GOT_ERROR) {
		form_problem(r, form, "", N_("The texts of the product cannot be read at the moment."), NULL);
		return;
	}
	if (message == NULL)
		message = text_catalogue_find(&catalogue, text->message);
	if (message == NULL)
		form_problem(r, form, "message", N_("is no text of the product"), NULL);
	else
		check_against(r, form, message, text);
}

static void
check(struct req *r, struct form *form, const void *before, void *row)
{
	const struct text *old = before;
	struct text *text = row;

	if (old != NULL && !text_equal(old->language, text->language))
		form_problem(r, form, "language", N_("cannot be changed"), NULL);
	if (old != NULL && strcmp(old->message, text->message) != 0)
		form_problem(r, form, "message", N_("cannot be changed"), NULL);
	if (!form_is_good(form))
		return;
	check_known(r, form, text);
	text->place = place_of(r->arena, text);
}

/* A language of ours is said at once; visitors get another when the company offers it. */
static enum got
may_add(struct req *r, struct form *form, const void *row)
{
	const struct text *text = row;
	const struct text_count *count;
	struct db_rows counts = { NULL, 0 };
	const char *languages;
	uint64_t texts = 0;
	bool is_new = true;
	size_t i;

	if (text_languages_lock(r->db, r->arena, r->tenant, &languages) != GOT_ONE
		|| text_counts(r->db, r->arena, r->tenant, &counts) == GOT_ERROR)
		return GOT_ERROR;
	for (count = counts.rows, i = 0; i < counts.count; i++) {
		texts += count[i].count;
		is_new = is_new && !text_equal(count[i].language, text->language);
	}
	if (texts >= TEXTS_MAX)
		form_problem(r, form, "", N_("A company has at most %s texts of its own."), TEXTS_MAX_SAID);
	if (is_new && counts.count >= LANGUAGES_MAX)
		form_problem(r, form, "language", N_("must be one of those in use: at most %s languages have texts"), LANGUAGES_MAX_SAID);
	if (!form_is_good(form))
		return GOT_NONE;
	if (!text_language_is_ours(text->language) || text_list_has(languages, text->language))
		return GOT_ONE;
	return text_languages_set(r->db, r->tenant, text_list_add(r->arena, languages, text->language)) == GOT_ERROR ? GOT_ERROR : GOT_ONE;
}

/* The last text of a language: nobody needs to ask for any. */
static enum got
after_delete(struct req *r, const void *row)
{
	const struct text *text = row;
	struct db_rows left = { NULL, 0 };
	const char *languages;

	if (text_languages_lock(r->db, r->arena, r->tenant, &languages) != GOT_ONE
		|| text_all(r->db, r->arena, r->tenant, text->language, &left) == GOT_ERROR)
		return GOT_ERROR;
	if (left.count > 0 || !text_list_has(languages, text->language))
		return GOT_ONE;
	return text_languages_set(r->db, r->tenant, text_list_remove(r->arena, languages, text->language)) == GOT_ERROR ? GOT_ERROR : GOT_ONE;
}

/* A link of the page of all texts names language and message. */
static void
start(struct req *r, void *row)
{
	struct text *text = row;

	text->language = text_language_asked(r);
	text->message = req_query(r, "message");
}

static const char *
home(struct req *r, const void *row)
{
	const struct text *text = row;
	const char *area = req_param(r, "area");

	if (text_language_named(text->language) == NULL)
		return "/admin/texts/all";
	if (text_area_named(area) == 0)
		area = text_area_choices[0].value;
	return arena_printf(r->arena, "/admin/texts/all?language=%s&area=%s", text_language_named(text->language), area);
}

static const struct resource_link list_links[] = {
	{ "/admin/texts/all", N_("All texts") }, { "import", N_("Import") }, { NULL, NULL }
};

const struct resource text_resource = {
	.noun = "text",
	.plural = "texts",
	.title = N_("Own texts"),
	.title_one = N_("own text"),
	.help = N_("What the company says in words of its own, and in languages of its own."),
	.fields = text_fields,
	.size = sizeof(struct text),
	.name_field = "message",
	.sort = "message",
	.may_read = MAY_MANAGE_SETTINGS,
	.may_write = MAY_MANAGE_SETTINGS,
	.list_links = list_links,
	.form_template = "text/form",
	.start = start,
	.check = check,
	.may_add = may_add,
	.after_delete = after_delete,
	.show_form = text_form_show,
	.home = home
};
