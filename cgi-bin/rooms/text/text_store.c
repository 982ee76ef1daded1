/* SPDX-License-Identifier: BSD-2-Clause */
/* text_store.c - the rows of own texts, and the languages that a company says them in. */
#include "rooms/text/text_store.h"

static const struct field count_fields[] = {
	FIELD_TEXT(struct text_count, language, 0),
	FIELD_U64(struct text_count, count, 0),
	FIELD_END
};

enum got
text_said(struct db *db, struct arena *arena, tenant_id tenant, const char *language, const char *other, struct db_rows *texts)
{
	return db_all(db, arena, text_fields, sizeof(struct text), texts,
		"SELECT language, message, wording, wording_many FROM text WHERE tenant_id = ? AND live = 1 AND language IN (?, ?)",
		DB_ARGS(db_tenant(tenant), db_text(language), db_text(other)));
}

enum got
text_all(struct db *db, struct arena *arena, tenant_id tenant, const char *language, struct db_rows *texts)
{
	return db_all(db, arena, text_fields, sizeof(struct text), texts,
		"SELECT id, language, message, place, wording, wording_many, created_at, updated_at FROM text"
		" WHERE tenant_id = ? AND live = 1 AND language = ?", DB_ARGS(db_tenant(tenant), db_text(language)));
}

enum got
text_counts(struct db *db, struct arena *arena, tenant_id tenant, struct db_rows *counts)
{
	return db_all(db, arena, count_fields, sizeof(struct text_count), counts,
		"SELECT language, COUNT(*) AS count FROM text WHERE tenant_id = ? AND live = 1 GROUP BY language ORDER BY language",
		DB_ARGS(db_tenant(tenant)));
}

enum got
text_languages_lock(struct db *db, struct arena *arena, tenant_id tenant, const char **languages)
{
	struct tenant row = { 0 };
	enum got got = db_one(db, arena, tenant_fields, &row, "SELECT text_languages FROM tenant WHERE id = ? FOR UPDATE",
		DB_ARGS(db_tenant(tenant)));

	*languages = row.text_languages != NULL ? row.text_languages : "";
	return got;
}

enum got
text_languages_set(struct db *db, tenant_id tenant, const char *languages)
{
	return db_run(db, "UPDATE tenant SET text_languages = ? WHERE id = ?", DB_ARGS(db_text(languages), db_tenant(tenant)), NULL);
}
