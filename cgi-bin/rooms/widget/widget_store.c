/* SPDX-License-Identifier: BSD-2-Clause */
/* widget_store.c - the rows of widget. */
#include "rooms/widget/widget_store.h"

#define COLUMNS "w.id, w.widget_key, w.name, w.description, w.queue_id, w.button_colour, w.button_text, w.position," \
	" w.offline_button, w.display, w.title, w.greeting, w.allowed_hosts, w.typing_preview, w.enabled, w.created_at, w.updated_at"

/* A widget and its tenant in one row: every request of a visitor begins with it. */
struct door {
	struct widget widget;
	uint64_t tenant_id;
	const char *tenant_code;
	const char *tenant_name;
	const char *tenant_state;
	const char *tenant_locale;
	const char *tenant_zone;
	const char *tenant_languages;
};

static const struct field door_fields[] = {
	FIELD_U64(struct door, tenant_id, 0),
	FIELD_TEXT(struct door, tenant_code, 0),
	FIELD_TEXT(struct door, tenant_name, 0),
	FIELD_TEXT(struct door, tenant_state, 0),
	FIELD_TEXT(struct door, tenant_locale, 0),
	FIELD_TEXT(struct door, tenant_zone, 0),
	FIELD_TEXT(struct door, tenant_languages, 0),
	{ .name = "id", .type = FIELD_TYPE_U64, .offset = offsetof(struct door, widget.id) },
	{ .name = "widget_key", .type = FIELD_TYPE_TEXT, .offset = offsetof(struct door, widget.widget_key) },
	{ .name = "queue_id", .type = FIELD_TYPE_REFERENCE, .offset = offsetof(struct door, widget.queue_id) },
	{ .name = "button_colour", .type = FIELD_TYPE_TEXT, .offset = offsetof(struct door, widget.button_colour) },
	{ .name = "button_text", .type = FIELD_TYPE_TEXT, .offset = offsetof(struct door, widget.button_text) },
	{ .name = "position", .type = FIELD_TYPE_TEXT, .offset = offsetof(struct door, widget.position) },
	{ .name = "offline_button", .type = FIELD_TYPE_TEXT, .offset = offsetof(struct door, widget.offline_button) },
	{ .name = "display", .type = FIELD_TYPE_TEXT, .offset = offsetof(struct door, widget.display) },
	{ .name = "title", .type = FIELD_TYPE_TEXT, .offset = offsetof(struct door, widget.title) },
	{ .name = "greeting", .type = FIELD_TYPE_TEXT, .offset = offsetof(struct door, widget.greeting) },
	{ .name = "allowed_hosts", .type = FIELD_TYPE_LONG_TEXT, .offset = offsetof(struct door, widget.allowed_hosts) },
	{ .name = "typing_preview", .type = FIELD_TYPE_BOOL, .offset = offsetof(struct door, widget.typing_preview) },
	{ .name = "enabled", .type = FIELD_TYPE_BOOL, .offset = offsetof(struct door, widget.enabled) },
	{ .name = "language", .type = FIELD_TYPE_TEXT, .offset = offsetof(struct door, widget.language) },
	{ .name = "seen_at", .type = FIELD_TYPE_TIME, .offset = offsetof(struct door, widget.seen_at) },
	{ .name = "deleted_at", .type = FIELD_TYPE_TIME, .flags = FIELD_NULLABLE, .offset = offsetof(struct door, widget.deleted_at) },
	FIELD_END
};

enum got
widget_by_key(struct db *db, struct arena *arena, const char *key, struct widget *widget, struct tenant *tenant)
{
	struct door door = { 0 };
	enum got got = db_one(db, arena, door_fields, &door,
		"SELECT t.id AS tenant_id, t.code AS tenant_code, t.name AS tenant_name, t.state AS tenant_state,"
		" t.locale AS tenant_locale, t.time_zone AS tenant_zone, t.text_languages AS tenant_languages, w.language, w.id, w.widget_key, w.queue_id, w.button_colour, w.button_text,"
		" w.position, w.offline_button, w.display, w.title, w.greeting, w.allowed_hosts, w.typing_preview, w.enabled, w.seen_at,"
		" w.deleted_at"
		" FROM widget w JOIN tenant t ON t.id = w.tenant_id WHERE w.widget_key = ?",
		DB_ARGS(db_text(key)));

	if (got != GOT_ONE)
		return got;
	*widget = door.widget;
	*tenant = (struct tenant){ .id = door.tenant_id, .code = door.tenant_code, .name = door.tenant_name, .state = door.tenant_state,
		.locale = door.tenant_locale, .time_zone = door.tenant_zone, .text_languages = door.tenant_languages };
	return GOT_ONE;
}

enum got
widget_all(struct db *db, struct arena *arena, tenant_id tenant, struct db_rows *widgets)
{
	return db_all(db, arena, widget_fields, sizeof(struct widget), widgets,
		"SELECT " COLUMNS " FROM widget w WHERE w.tenant_id = ? AND w.deleted_at IS NULL ORDER BY w.name, w.id LIMIT 500",
		DB_ARGS(db_tenant(tenant)));
}

enum got
widget_set_seen(struct db *db, tenant_id tenant, uint64_t id, const char *host, clock_ms now)
{
	return db_run(db, "UPDATE widget SET seen_at = ?, seen_host = ? WHERE tenant_id = ? AND id = ?",
		DB_ARGS(db_time(now), db_text(host), db_tenant(tenant), db_u64(id)), NULL);
}

enum got
widget_count(struct db *db, tenant_id tenant, uint64_t *count)
{
	return db_number(db, "SELECT COUNT(*) FROM widget WHERE tenant_id = ? AND deleted_at IS NULL", DB_ARGS(db_tenant(tenant)),
		count);
}

enum got
widget_insert(struct db *db, tenant_id tenant, struct widget *widget, clock_ms now)
{
	struct db_done done;
	enum got got = db_run(db, "INSERT INTO widget (tenant_id, widget_key, name, queue_id, button_colour, position, offline_button,"
		" display, allowed_hosts, typing_preview, enabled, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, '', ?, ?, ?, ?)",
		DB_ARGS(db_tenant(tenant), db_text(widget->widget_key), db_text(widget->name), db_u64(widget->queue_id),
			db_text(widget->button_colour), db_text(widget->position), db_text(widget->offline_button), db_text(widget->display),
			db_bool(widget->typing_preview), db_bool(widget->enabled), db_time(now), db_time(now)), &done);

	widget->id = done.id;
	return got;
}
