/* SPDX-License-Identifier: BSD-2-Clause */
/* widget.h - widgets: a set of settings with a public key, its loader script, its panel page and its installation page. */
#ifndef HARK_ROOMS_WIDGET_WIDGET_H
#define HARK_ROOMS_WIDGET_WIDGET_H

#include "core/field.h"
#include "edge/db.h"
#include "web/resource.h"
#include "web/route.h"

struct widget {
	uint64_t id;
	const char *widget_key;
	const char *name;
	const char *description;
	uint64_t queue_id;
	const char *button_colour;
	const char *button_text;
	const char *position;            /* left, right */
	const char *offline_button;      /* gray, hidden */
	const char *display;             /* embedded, window */
	const char *title;
	const char *greeting;
	const char *allowed_hosts;       /* one a line, "" is any */
	const char *language;            /* of visitors: page, browser, company */
	bool typing_preview;
	bool enabled;
	clock_ms seen_at;                /* a site has loaded it, to the hour; 0 is never */
	const char *seen_host;
	clock_ms created_at;
	clock_ms updated_at;
	clock_ms deleted_at;
};
extern const struct field widget_fields[];
extern const struct resource widget_resource;
extern const struct route widget_routes[];       /* /widget/KEY.js, /panel/KEY, /chat/KEY, installation */

/* A live, enabled widget of an active tenant by its public key; enters the tenant (r->tenant). GOT_NONE: unknown, off, suspended. */
enum got widget_enter(struct req *r, const char *key, struct widget *widget) MUST_USE;
/* The same of one that may be off, disabled or deleted: who is in a chat may go on to its end. */
enum got widget_find(struct req *r, const char *key, struct widget *widget) MUST_USE;
bool widget_is_on(const struct widget *widget);
/* What to answer then: 403 "suspended", else as reply_got(). */
int widget_refuse(struct req *r, enum got got);

enum got widget_all(struct db *db, struct arena *arena, tenant_id tenant, struct db_rows *widgets) MUST_USE;

/* "Default Widget" of a new tenant. */
enum got widget_start_tenant(struct db *db, struct arena *arena, tenant_id tenant, uint64_t queue, clock_ms now) MUST_USE;

#endif
