/* SPDX-License-Identifier: BSD-2-Clause */
/* text_pages.c - all texts of the product beside the company's own: the page, the file for translators, what visitors are offered. */
#include <string.h>

#include "core/text.h"
#include "edge/locale.h"
#include "rooms/text/text_import.h"
#include "rooms/text/text_store.h"
#include "rooms/text/text_views.h"
#include "web/audit.h"
#include "web/csv_file.h"
#include "web/reply.h"
#include "web/upload_text.h"

static handler all_show, all_csv, import_show, import_do, offer_do, api_all, api_offer;

const struct route text_routes[] = {
	{ .method = GET, .path = "/admin/texts/all", .permission = MAY_MANAGE_SETTINGS, .handle = all_show },
	{ .method = GET, .path = "/admin/texts/all.csv", .permission = MAY_MANAGE_SETTINGS, .handle = all_csv },
	{ .method = GET, .path = "/admin/texts/import", .permission = MAY_MANAGE_SETTINGS, .handle = import_show },
	{ .method = POST, .path = "/admin/texts/import", .permission = MAY_MANAGE_SETTINGS, .handle = import_do, .flags = ROUTE_UPLOAD },
	{ .method = POST, .path = "/admin/texts/offer", .permission = MAY_MANAGE_SETTINGS, .handle = offer_do },
	{ .method = GET, .path = "/api/v1/texts/all", .permission = MAY_MANAGE_SETTINGS, .handle = api_all, .flags = ROUTE_JSON },
	{ .method = POST, .path = "/api/v1/texts/offer", .permission = MAY_MANAGE_SETTINGS, .handle = api_offer, .flags = ROUTE_JSON },
	{ .path = NULL }
};

static int
all_show(struct req *r)
{
	struct text_look look;

	if (text_look(r, &look) == GOT_ERROR || text_look_show(r, &look) == GOT_ERROR)
		return reply_got(r, GOT_ERROR);
	page_set(r->page, "Title", locale_text(N_("Texts")));
	return reply_page(r, "text/all");
}

static int
all_csv(struct req *r)
{
	struct text_look look;
	struct csv_file file;
	const struct text_line *line;
	size_t i;

	if (text_look(r, &look) == GOT_ERROR)
		return reply_got(r, GOT_ERROR);
	csv_file_open(&file, r, arena_printf(r->arena, "texts-%s.csv", look.language), TEXT_CSV_HEAD);
	for (i = 0; i < look.count; i++) {
		line = &look.lines[i];
		csv_file_text(&file, look.language);
		csv_file_text(&file, line->message->one);
		csv_file_text(&file, line->message->many != NULL ? line->message->many : "");
		csv_file_text(&file, line->product);
		csv_file_text(&file, line->product_many != NULL ? line->product_many : "");
		csv_file_text(&file, line->own != NULL ? line->own->wording : "");
		csv_file_text(&file, line->own != NULL ? line->own->wording_many : "");
		if (!csv_file_end_row(&file))
			break;
	}
	return csv_file_reply(&file, GOT_ONE);
}

static int
import_page(struct req *r, int status, const char *text, const struct text_import *import)
{
	struct page_node *node;
	size_t i;

	for (i = 0; i < import->problem_count && i < TEXT_IMPORT_PROBLEMS_MAX; i++) {
		node = page_add(page_child(r->page, "Import"), "Problems");
		page_set_u64(node, "Line", import->problems[i].line);
		page_set(node, "Message", import->problems[i].message);
	}
	if (import->problem_count > TEXT_IMPORT_PROBLEMS_MAX)
		page_set_u64(r->page, "Import.More", import->problem_count - TEXT_IMPORT_PROBLEMS_MAX);
	page_set(r->page, "Import.Text", text);
	page_set(r->page, "Import.Columns", TEXT_CSV_HEAD);
	page_set(r->page, "Title", locale_text(N_("Import texts")));
	return reply_page_status(r, status, "text/import");
}

static int
import_show(struct req *r)
{
	const struct text_import nothing = { .problem_count = 0 };

	return import_page(r, 200, "", &nothing);
}

static int
import_do(struct req *r)
{
	const char *problem = upload_text(r, "file", "csv", TEXT_IMPORT_BYTES_MAX), *text = req_param(r, "csv");
	struct text_import *import = ARENA_NEW(r->arena, struct text_import);
	enum got got = GOT_NONE;

	if (text == NULL)
		text = "";
	if (problem != NULL)
		text_import_refuse(r, import, problem);
	else
		got = text_import(r, text, import);
	if (got == GOT_ERROR)
		return reply_got(r, got);
	if (got == GOT_NONE)
		return import_page(r, 422, text, import);
	reply_notice(r, import->changed > 0 ? N_("The texts are imported.") : N_("Nothing was changed: the file says what is said already."), NULL);
	return reply_redirect(r, "/admin/texts");
}

/* ---- what visitors are offered */

/* One change of the languages that are said. */
struct offer {
	struct req *r;
	const char *language;
	bool is_offered;
};

static enum got
offer_audit(const struct offer *offer)
{
	struct req *r = offer->r;
	const struct audit_entry entry = {
		.action = offer->is_offered ? "text.offer" : "text.withdraw",
		.noun = "text",
		.noun_name = text_language_label(offer->language),
		.difference = NULL
	};

	return audit_write(r, &entry);
}

/* GOT_NONE: there is not one text to offer. */
static enum got
offer_set(struct db *db, void *arg)
{
	const struct offer *offer = arg;
	struct req *r = offer->r;
	struct db_rows texts = { NULL, 0 };
	const char *languages, *wanted;

	if (text_languages_lock(db, r->arena, r->tenant, &languages) != GOT_ONE
		|| text_all(db, r->arena, r->tenant, offer->language, &texts) == GOT_ERROR)
		return GOT_ERROR;
	if (offer->is_offered && texts.count == 0)
		return GOT_NONE;
	if (text_list_has(languages, offer->language) == offer->is_offered)
		return GOT_ONE;
	wanted = offer->is_offered ? text_list_add(r->arena, languages, offer->language)
		: text_list_remove(r->arena, languages, offer->language);
	if (text_languages_set(db, r->tenant, wanted) == GOT_ERROR)
		return GOT_ERROR;
	return offer_audit(offer);
}

/* A language without a catalogue alone: ours are always offered. */
static bool
offer_read(struct req *r, struct offer *offer)
{
	const char *wanted = req_param(r, "offered");

	*offer = (struct offer){ r, text_language_named(req_param(r, "language")), text_equal(wanted, "1") };
	return offer->language != NULL && !text_language_is_ours(offer->language) && wanted != NULL;
}

static int
offer_do(struct req *r)
{
	struct offer offer;
	enum got got;

	if (!offer_read(r, &offer))
		return reply_field_error(r, 422, "language", N_("must be one of the list"), NULL);
	got = db_transaction(r->db, offer_set, &offer);
	if (got == GOT_ERROR)
		return reply_got(r, got);
	if (got == GOT_NONE)
		reply_notice(r, N_("Translate a text first: there is nothing to offer yet."), NULL);
	else
		reply_notice(r, offer.is_offered ? N_("Visitors are offered the language from now on.")
			: N_("Visitors do not get the language any more. Its texts are kept."), NULL);
	return reply_redirect(r, "/admin/texts/all?language=%s", offer.language);
}

/* ---- for programs */

static int
api_all(struct req *r)
{
	struct text_look look;

	if (req_query(r, "language") != NULL && text_language_named(req_query(r, "language")) == NULL)
		return reply_field_error(r, 422, "language", N_("must be one of the list"), NULL);
	if (text_look(r, &look) == GOT_ERROR)
		return reply_got(r, GOT_ERROR);
	return reply_json(r, text_look_json(r, &look));
}

static int
api_offer(struct req *r)
{
	struct offer offer;
	enum got got;

	if (!offer_read(r, &offer))
		return reply_field_error(r, 422, "language", N_("must be one of the list"), NULL);
	got = db_transaction(r->db, offer_set, &offer);
	if (got == GOT_NONE)
		return reply_error(r, 409, "empty", N_("Translate a text first: there is nothing to offer yet."));
	return got == GOT_ERROR ? reply_got(r, got) : reply_nothing(r);
}
