/* SPDX-License-Identifier: BSD-2-Clause */
/* text.h - texts of the product in a company's own words, and languages of its own for its visitors (docs/texts.md).
 *
 * A company without own texts costs nothing: the languages in which it has some stand in its row (r->tenant_languages), and only who
 * reads one of them makes a query.
 */
#ifndef HARK_ROOMS_TEXT_TEXT_H
#define HARK_ROOMS_TEXT_TEXT_H

#include "core/field.h"
#include "rooms/tenant/tenant.h"
#include "web/resource.h"
#include "web/route.h"

struct text_message;

struct text {
	uint64_t id;
	const char *language;            /* "fr", or one of the company's own: "de" */
	const char *message;             /* the English text of the product */
	const char *place;               /* language and hash of the message */
	const char *wording;
	const char *wording_many;        /* of a message that counts something, else "" */
	clock_ms created_at;
	clock_ms updated_at;
	clock_ms deleted_at;
	const struct text_message *known;        /* the message in the catalogue, when who saves it has looked already; else NULL */
};
extern const struct field text_fields[];
extern const struct resource text_resource;
extern const struct route text_routes[];

/* For site.tongue: the texts of the request's company in the language in use. When they cannot be read, the product's are said. */
void text_use(struct req *r);

/* Chooses the language of a visitor and makes it the one in use. `by` is the widget's setting: "page" and "browser" look at ?lang=, then
 * at Accept-Language; "company" at neither. What fits nothing is answered in the company's language. */
void text_use_visitor(struct req *r, const char *by);

/* The languages that visitors of the request's company may have, ours first: a list that ends with NULL. */
const char *const *text_languages(struct req *r);

/* Makes `name`, one of the company's languages, the one in use in jobs, for what the company says to a reader; "" is its own language. */
void text_speak_for(struct db *db, struct arena *arena, const struct tenant *tenant, const char *name);

#endif
