/* SPDX-License-Identifier: BSD-2-Clause */
/* text_views.c - the texts of the product beside a company's own. */
#include "rooms/text/text_views.h"

#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "edge/locale.h"
#include "rooms/text/text_store.h"

#define PAGE_ROWS 50

const char *
text_language_asked(struct req *r)
{
	const char *language = text_language_named(req_param(r, "language"));

	if (language == NULL)
		language = locale_known(r->tenant_locale);
	return language != NULL ? language : locale_names[0];
}

static void
look_read(struct req *r, struct text_look *look)
{
	const char *show = req_query(r, "show"), *search = req_query(r, "q");

	memset(look, 0, sizeof(*look));
	look->language = text_language_asked(r);
	look->is_ours = text_language_is_ours(look->language);
	look->area = look->is_ours ? text_area_named(req_query(r, "area")) : TEXT_VISITORS;
	if (look->area == 0)
		look->area = TEXT_VISITORS;
	look->show = text_equal(show, "changed") ? TEXT_SHOW_CHANGED : text_equal(show, "missing") ? TEXT_SHOW_MISSING : TEXT_SHOW_ALL;
	look->search = search != NULL ? text_fold(r->arena, text_trim(r->arena, search)) : "";
}

static int
text_order(const void *a, const void *b)
{
	return strcmp(((const struct text *)a)->message, ((const struct text *)b)->message);
}

static const struct text *
own_of(const struct db_rows *texts, const char *message)
{
	const struct text wanted = { .message = message };

	return texts->count == 0 ? NULL : bsearch(&wanted, texts->rows, texts->count, sizeof(wanted), text_order);
}

static bool
has_words(struct arena *arena, const char *text, const char *search)
{
	return text != NULL && strstr(text_fold(arena, text), search) != NULL;
}

static bool
is_wanted(struct arena *arena, const struct text_look *look, const struct text_line *line)
{
	if ((look->show == TEXT_SHOW_CHANGED && line->own == NULL)
		|| (look->show == TEXT_SHOW_MISSING && (line->own != NULL || look->is_ours)))
		return false;
	return *look->search == '\0' || has_words(arena, line->message->one, look->search)
		|| has_words(arena, line->message->many, look->search) || has_words(arena, line->product, look->search)
		|| (line->own != NULL && has_words(arena, line->own->wording, look->search));
}

/* What the product says in the language. */
static struct locale_message *
look_up(struct arena *arena, const struct text_look *look, const struct text_catalogue *catalogue)
{
	struct locale_message *said = ARENA_ARRAY(arena, struct locale_message, catalogue->count);
	size_t i;

	for (i = 0; i < catalogue->count; i++)
		said[i] = (struct locale_message){ .one = catalogue->messages[i].one, .many = catalogue->messages[i].many };
	locale_look_up(look->is_ours ? look->language : locale_names[0], said, catalogue->count);
	return said;
}

enum got
text_look(struct req *r, struct text_look *look)
{
	struct text_catalogue catalogue;
	struct db_rows texts = { NULL, 0 };
	struct locale_message *said;
	struct text_line line;
	size_t i;

	look_read(r, look);
	if (text_catalogue_load(r->site->conf, r->arena, &catalogue) == GOT_ERROR
		|| text_all(r->db, r->arena, r->tenant, look->language, &texts) == GOT_ERROR)
		return GOT_ERROR;
	if (texts.count > 0)
		qsort(texts.rows, texts.count, sizeof(struct text), text_order);
	said = look_up(r->arena, look, &catalogue);
	look->lines = ARENA_ARRAY(r->arena, struct text_line, catalogue.count);
	for (i = 0; i < catalogue.count; i++) {
		if ((catalogue.messages[i].areas & look->area) == 0)
			continue;
		line = (struct text_line){ &catalogue.messages[i], said[i].text, said[i].text_many, own_of(&texts, said[i].one) };
		look->of++;
		look->changed += line.own != NULL;
		look->missing += line.own == NULL && !look->is_ours;
		if (is_wanted(r->arena, look, &line))
			look->lines[look->count++] = line;
	}
	return GOT_ONE;
}

/* "Control panel, Console": where else a text is read. */
static const char *
areas_say(struct arena *arena, unsigned areas)
{
	struct str out;
	unsigned i;

	str_init(&out, arena);
	for (i = 0; text_area_choices[i].value != NULL; i++)
		if ((areas & (1u << i)) != 0)
			str_add_item(&out, locale_text(text_area_choices[i].label));
	return out.data;
}

static const char *
area_name(unsigned area)
{
	unsigned i;

	for (i = 0; text_area_choices[i].value != NULL; i++)
		if (area == 1u << i)
			return text_area_choices[i].value;
	return text_area_choices[0].value;
}

static void
choice_show(struct req *r, const char *list, const struct field_choice *choice, bool is_chosen)
{
	struct page_node *node = page_add(page_child(r->page, "Texts"), list);

	page_set(node, "Value", choice->value);
	page_set(node, "Label", locale_text(choice->label));
	page_set_bool(node, "Selected", is_chosen);
}

/* Ours, those that have texts, and all others. */
static enum got
languages_show(struct req *r, const struct text_look *look)
{
	const struct field_choice *choice;
	const struct text_count *count;
	struct db_rows counts = { NULL, 0 };
	bool has_texts;
	size_t i;

	if (text_counts(r->db, r->arena, r->tenant, &counts) == GOT_ERROR)
		return GOT_ERROR;
	for (choice = text_language_choices; choice->value != NULL; choice++) {
		has_texts = false;
		for (count = counts.rows, i = 0; i < counts.count; i++)
			has_texts = has_texts || text_equal(count[i].language, choice->value);
		choice_show(r, text_language_is_ours(choice->value) ? "Ours" : has_texts ? "Own" : "Others", choice,
			strcmp(choice->value, look->language) == 0);
	}
	return GOT_ONE;
}

/* Where a line is changed: its own text, or a new one. */
static const char *
edit_link(struct req *r, const struct text_look *look, const struct text_line *line)
{
	struct str link;

	if (line->own != NULL)
		return arena_printf(r->arena, "/admin/texts/%llu?area=%s", (unsigned long long)line->own->id, area_name(look->area));
	str_init(&link, r->arena);
	str_addf(&link, "/admin/texts/new?language=%s&area=%s&message=", look->language, area_name(look->area));
	text_url_encode(&link, line->message->one);
	return link.data;
}

static void
line_show(struct req *r, const struct text_look *look, const struct text_line *line)
{
	struct page_node *node = page_add(page_child(r->page, "Texts"), "Lines");

	page_set(node, "Edit", edit_link(r, look, line));
	page_set(node, "Message", line->message->one);
	if (look->is_ours && strcmp(line->product, line->message->one) != 0)
		page_set(node, "Product", line->product);
	page_set(node, "Many", line->product_many);
	if (line->own != NULL) {
		page_set_u64(node, "Id", line->own->id);
		page_set(node, "Own", line->own->wording);
		page_set(node, "OwnMany", line->own->wording_many);
	}
	page_set_bool(node, "Missing", line->own == NULL && !look->is_ours);
}

/* "?language=fr&area=visitors&show=all&q=…&page=" */
static const char *
page_link(struct req *r, const struct text_look *look)
{
	static const char *const shows[] = { "all", "changed", "missing" };
	const char *search = req_query(r, "q");
	struct str link;

	str_init(&link, r->arena);
	str_addf(&link, "/admin/texts/all?language=%s&area=%s&show=%s&q=", look->language, area_name(look->area), shows[look->show]);
	text_url_encode(&link, search != NULL ? search : "");
	str_add(&link, "&page=");
	return link.data;
}

static void
lines_show(struct req *r, const struct text_look *look)
{
	struct page_node *node = page_child(r->page, "Texts");
	const char *link = page_link(r, look);
	uint64_t page = 1, pages = (look->count + PAGE_ROWS - 1) / PAGE_ROWS;
	size_t i, from;

	if (!text_to_u64(req_query(r, "page"), &page) || page < 1)
		page = 1;
	if (page > pages)
		page = pages > 0 ? pages : 1;
	from = (size_t)(page - 1) * PAGE_ROWS;
	for (i = from; i < look->count && i < from + PAGE_ROWS; i++)
		line_show(r, look, &look->lines[i]);
	page_set_u64(node, "From", look->count > 0 ? from + 1 : 0);
	page_set_u64(node, "To", i);
	page_set_u64(node, "Total", look->count);
	if (page > 1)
		page_setf(node, "Previous", "%s%llu", link, (unsigned long long)page - 1);
	if (page < pages)
		page_setf(node, "Next", "%s%llu", link, (unsigned long long)page + 1);
}

enum got
text_look_show(struct req *r, const struct text_look *look)
{
	static const struct field_choice shows[] = {
		{ "all", N_("All texts") }, { "changed", N_("Own texts") }, { "missing", N_("Missing texts") }, { NULL, NULL }
	};
	struct page_node *node = page_child(r->page, "Texts");
	size_t i;

	if (languages_show(r, look) == GOT_ERROR)
		return GOT_ERROR;
	for (i = 0; text_area_choices[i].value != NULL; i++)
		choice_show(r, "Areas", &text_area_choices[i], look->area == 1u << i);
	for (i = 0; i < COUNT_OF(shows) - 1 - (look->is_ours ? 1 : 0); i++)
		choice_show(r, "Shows", &shows[i], look->show == (enum text_show)i);
	page_set(node, "Language", look->language);
	page_set(node, "LanguageLabel", text_language_label(look->language));
	page_set(node, "Dir", locale_direction(look->language));
	page_set(node, "Area", area_name(look->area));
	page_set(node, "Search", req_query(r, "q"));
	page_set_bool(node, "IsOurs", look->is_ours);
	page_set_bool(node, "Offered", text_list_has(r->tenant_languages, look->language));
	page_set_u64(node, "Changed", look->changed);
	page_set_u64(node, "Missing", look->missing);
	page_set_u64(node, "Of", look->of);
	page_set_bool(node, "Narrowed", look->show != TEXT_SHOW_ALL || *look->search != '\0');
	page_set(node, "HomeLabel", text_language_label(locale_known(r->tenant_locale)));
	lines_show(r, look);
	return GOT_ONE;
}

void
text_form_show(struct req *r, const void *row)
{
	const struct text *text = row;
	struct text_catalogue catalogue;
	const struct text_message *message = NULL;
	struct page_node *node = page_child(r->page, "Text");
	struct locale_message said = { .one = text->message };

	if (text->message != NULL && text_catalogue_load(r->site->conf, r->arena, &catalogue) == GOT_ONE)
		message = text_catalogue_find(&catalogue, text->message);
	page_set(node, "LanguageLabel", text_language_label(text->language));
	page_set(node, "Dir", locale_direction(text->language != NULL ? text->language : "en"));
	page_set(node, "Area", text_area_named(req_param(r, "area")) != 0 ? req_param(r, "area") : text_area_choices[0].value);
	page_set_bool(node, "IsOurs", text_language_is_ours(text->language));
	if (message == NULL)
		return;
	page_set_bool(node, "Known", true);
	said = (struct locale_message){ .one = message->one, .many = message->many };
	if (text_language_is_ours(text->language))
		locale_look_up(text->language, &said, 1);
	page_set(node, "Message", message->one);
	page_set(node, "MessageMany", message->many);
	page_set(node, "Product", said.text);
	page_set(node, "ProductMany", said.text_many);
	page_set(node, "Areas", areas_say(r->arena, message->areas));
}

static struct json *
line_json(struct req *r, const struct text_look *look, const struct text_line *line)
{
	struct json *item = json_new_object(r->arena), *areas = json_new_array(r->arena);
	unsigned i;

	for (i = 0; text_area_choices[i].value != NULL; i++)
		if ((line->message->areas & (1u << i)) != 0)
			json_add_text(areas, text_area_choices[i].value);
	json_set_text(item, "message", line->message->one);
	json_set_text(item, "message_many", line->message->many);
	json_set_text(item, "product", look->is_ours ? line->product : NULL);
	json_set_text(item, "product_many", look->is_ours ? line->product_many : NULL);
	json_set(item, "areas", areas);
	if (line->own != NULL) {
		json_set_u64(item, "id", line->own->id);
		json_set_text(item, "wording", line->own->wording);
		json_set_text(item, "wording_many", line->own->wording_many);
	}
	return item;
}

struct json *
text_look_json(struct req *r, const struct text_look *look)
{
	struct json *body = json_new_object(r->arena), *items = json_new_array(r->arena);
	size_t i;

	for (i = 0; i < look->count; i++)
		json_add(items, line_json(r, look, &look->lines[i]));
	json_set_text(body, "language", look->language);
	json_set_text(body, "area", area_name(look->area));
	json_set_bool(body, "offered", look->is_ours || text_list_has(r->tenant_languages, look->language));
	json_set_u64(body, "texts", look->of);
	json_set_u64(body, "changed", look->changed);
	json_set_u64(body, "missing", look->missing);
	json_set(body, "items", items);
	return body;
}
