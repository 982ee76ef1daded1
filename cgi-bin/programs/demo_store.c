/* SPDX-License-Identifier: BSD-2-Clause */
/* demo_store.c - rows of the demo data that no room makes without a form. */
#include "programs/demo_store.h"

#include "edge/crypt.h"

enum got
demo_add_queue(struct db *db, tenant_id tenant, const struct demo_queue *queue, clock_ms now, uint64_t *id)
{
	struct db_done done;
	enum got got = db_run(db, "INSERT INTO queue (tenant_id, name, description, created_at, updated_at) VALUES (?, ?, ?, ?, ?)",
		DB_ARGS(db_tenant(tenant), db_text(queue->name), db_text(queue->description), db_time(now), db_time(now)), &done);

	*id = done.id;
	return got;
}

enum got
demo_role(struct db *db, tenant_id tenant, const char *name, uint64_t *id)
{
	return db_number(db, "SELECT id FROM role WHERE tenant_id = ? AND name = ? AND deleted_at IS NULL",
		DB_ARGS(db_tenant(tenant), db_text(name)), id);
}

enum got
demo_add_canned(struct db *db, tenant_id tenant, const struct demo_canned *canned, clock_ms now)
{
	return db_run(db, "INSERT INTO canned (tenant_id, name, category, shortcut, body, created_at, updated_at)"
		" VALUES (?, ?, ?, ?, ?, ?, ?)",
		DB_ARGS(db_tenant(tenant), db_text(canned->name), db_text(canned->category), db_text(canned->shortcut),
			db_text(canned->body), db_time(now), db_time(now)), NULL);
}

enum got
demo_use_widget(struct db *db, tenant_id tenant, const struct demo_company *company, uint64_t queue, uint64_t *id)
{
	if (db_run(db, "UPDATE widget SET widget_key = ?, queue_id = ?, button_colour = ?, title = ?, greeting = ? WHERE tenant_id = ?",
		DB_ARGS(db_text(company->widget_key), db_u64(queue), db_text(company->colour), db_text(company->title),
			db_text(company->greeting), db_tenant(tenant)), NULL) != GOT_ONE)
		return GOT_ERROR;
	return db_number(db, "SELECT id FROM widget WHERE tenant_id = ? AND widget_key = ?",
		DB_ARGS(db_tenant(tenant), db_text(company->widget_key)), id);
}

enum got
demo_add_visitor(struct db *db, tenant_id tenant, struct conversation *chat, const char *browser, clock_ms at)
{
	unsigned char nobody[CRYPT_HASH_LEN];
	struct db_done done;
	enum got got;

	crypt_random(nobody, sizeof(nobody));
	got = db_run(db, "INSERT INTO visitor (tenant_id, widget_id, contact_id, token_hash, name, email, address, user_agent, locale,"
		" page_url, page_title, created_at, seen_at) VALUES (?, ?, ?, ?, ?, ?, '192.0.2.10', ?, 'en', ?, ?, ?, ?)",
		DB_ARGS(db_tenant(tenant), db_u64(chat->widget_id), db_u64(chat->contact_id), db_bytes(nobody, sizeof(nobody)),
			db_text(chat->visitor_name), db_text(chat->visitor_email), db_text(browser), db_text(chat->start_url),
			db_text(chat->start_title), db_time(at), db_time(at)), &done);
	chat->visitor_id = done.id;
	return got;
}

/* The number is one of those that are kept free for films. */
enum got
demo_know_contact(struct db *db, tenant_id tenant, uint64_t contact, uint64_t number)
{
	return db_run(db, "UPDATE contact SET phone = CONCAT('+44 1632 960', ?), tags = IF(? % 3 = 0, 'regular, newsletter', 'regular'),"
		" language = 'en' WHERE tenant_id = ? AND id = ?",
		DB_ARGS(db_u64(number), db_u64(number), db_tenant(tenant), db_u64(contact)), NULL);
}

enum got
demo_add_skill(struct db *db, tenant_id tenant, const char *name, uint64_t agent, clock_ms now)
{
	struct db_done done;

	if (db_run(db, "INSERT INTO skill (tenant_id, name, created_at, updated_at) VALUES (?, ?, ?, ?)",
		DB_ARGS(db_tenant(tenant), db_text(name), db_time(now), db_time(now)), &done) != GOT_ONE)
		return GOT_ERROR;
	return db_run(db, "INSERT INTO agent_skill (tenant_id, agent_id, skill_id) VALUES (?, ?, ?)",
		DB_ARGS(db_tenant(tenant), db_u64(agent), db_u64(done.id)), NULL);
}

enum got
demo_add_away(struct db *db, tenant_id tenant, const char *name, clock_ms now)
{
	return db_run(db, "INSERT INTO away_status (tenant_id, name, created_at, updated_at) VALUES (?, ?, ?, ?)",
		DB_ARGS(db_tenant(tenant), db_text(name), db_time(now), db_time(now)), NULL);
}

enum got
demo_add_holiday(struct db *db, tenant_id tenant, const char *name, const char *day, clock_ms now)
{
	return db_run(db, "INSERT INTO holiday (tenant_id, calendar_id, name, first_day, last_day, yearly, created_at, updated_at)"
		" SELECT tenant_id, id, ?, ?, ?, 1, ?, ? FROM calendar WHERE tenant_id = ? AND agent_id = 0 AND deleted_at IS NULL",
		DB_ARGS(db_text(name), db_text(day), db_text(day), db_time(now), db_time(now), db_tenant(tenant)), NULL);
}
