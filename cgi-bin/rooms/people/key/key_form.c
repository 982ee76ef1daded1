/* SPDX-License-Identifier: BSD-2-Clause */
/* key_form.c - making and revoking API keys, by people and by keys. */
#include "rooms/people/key/key_form.h"

#include "core/text.h"
#include "rooms/people/key/key_rules.h"
#include "rooms/people/key/key_store.h"
#include "rooms/people/people_store.h"
#include "web/audit.h"

const struct field key_input_fields[] = {
	FIELD_TEXT(struct key_input, name, FIELD_FORM | FIELD_REQUIRED, .max = API_KEY_NAME_MAX, .label = N_("Name"),
		.help = N_("What the key is for, such as the program that uses it.")),
	FIELD_BOOL(struct key_input, all, FIELD_FORM, .label = N_("All rights that I have, also those that I get later")),
	FIELD_WORDS(struct key_input, scopes, FIELD_FORM, .words = permission_words, .label = N_("Rights")),
	FIELD_BOOL(struct key_input, read_only, FIELD_FORM, .label = N_("Read only"),
		.help = N_("The key shows data and changes nothing.")),
	FIELD_TEXT(struct key_input, expires, FIELD_FORM, .max = 40, .label = N_("Expires"),
		.help = N_("The last day on which the key works. Empty is without end.")),
	FIELD_END
};

static void
expires_read(struct req *r, struct form *form, const char *text, clock_ms *expires_at)
{
	if (text_is_blank(text))
		return;
	if (!clock_day_start(text, 1, expires_at) && !clock_from_iso(text, expires_at))
		form_problem(r, form, "expires", N_("must be a day such as %s"), "2030-12-31");
	else if (*expires_at <= r->now)
		form_problem(r, form, "expires", N_("must be in the future"), NULL);
}

/* What the agent of a key may do. */
static enum got
rights_of(struct req *r, uint64_t agent, permission_set *rights)
{
	*rights = r->actor.permissions;
	return agent == r->actor.id ? GOT_ONE : agent_permissions(r->db, r->arena, r->tenant, agent, rights);
}

enum got
key_form_read(struct req *r, struct form *form, struct key_input *input, struct api_key *key)
{
	struct api_key maker = { .id = 0 };
	const char *problem, *field;
	permission_set rights;

	form_init(form, key_input_fields);
	form_read(r, form, input, false);
	*key = (struct api_key){ .agent_id = key->agent_id, .name = input->name, .scopes = input->all ? "*" : input->scopes,
		.read_only = input->read_only };
	expires_read(r, form, input->expires, &key->expires_at);
	if (!form_is_good(form))
		return GOT_NONE;
	if (r->actor.key != 0 && api_key_by_id(r, r->actor.id, r->actor.key, &maker) != GOT_ONE)
		return GOT_ERROR;
	if (rights_of(r, key->agent_id, &rights) != GOT_ONE)
		return GOT_ERROR;
	problem = api_key_problem(key, rights, r->actor.key != 0 ? &maker : NULL, &field);
	if (problem == NULL)
		return GOT_ONE;
	form_problem(r, form, field, problem, NULL);
	return GOT_NONE;
}

struct key_work {
	struct req *r;
	uint64_t agent;
	struct api_key *key;
	const char *text;
};

/* What the audit tells of a key beside its name. */
static const struct field told_fields[] = {
	FIELD_U64(struct api_key, agent_id, FIELD_FORM),
	FIELD_LONG_TEXT(struct api_key, scopes, FIELD_FORM),
	FIELD_BOOL(struct api_key, read_only, FIELD_FORM),
	FIELD_TIME(struct api_key, expires_at, FIELD_FORM | FIELD_NULLABLE),
	FIELD_END
};

/* `before` or `after` is NULL. */
static enum got
key_audit(struct req *r, const char *action, const struct api_key *before, const struct api_key *after)
{
	const struct api_key *key = after != NULL ? after : before;
	const struct audit_entry entry = { .action = action, .noun = "api_key", .noun_id = key->id, .noun_name = key->name,
		.difference = audit_difference(r->arena, told_fields, before, after) };

	return audit_write(r, &entry);
}

static enum got
key_create(struct db *db, void *arg)
{
	struct key_work *work = arg;
	struct req *r = work->r;

	if (api_key_create(db, r->arena, r->tenant, work->key, r->now, &work->text) != GOT_ONE)
		return GOT_ERROR;
	return key_audit(r, "api_key.create", NULL, work->key);
}

enum got
key_form_store(struct req *r, struct form *form, struct api_key *key, const char **text)
{
	struct key_work work = { .r = r, .key = key };
	struct db_rows keys = { 0 };
	enum got got;

	if (api_key_all(r, key->agent_id, &keys) == GOT_ERROR)
		return GOT_ERROR;
	if (keys.count >= API_KEYS_MAX) {
		form_problem(r, form, "", N_("You have %s keys, which is the most. Revoke one first."),
			arena_printf(r->arena, "%d", API_KEYS_MAX));
		return GOT_NONE;
	}
	got = db_transaction(r->db, key_create, &work);
	*text = work.text;
	return got == GOT_ONE ? GOT_ONE : GOT_ERROR;
}

static enum got
key_delete(struct db *db, void *arg)
{
	struct key_work *work = arg;
	enum got got = api_key_revoke(work->r, work->agent, work->key->id);

	(void)db;
	return got == GOT_ONE ? key_audit(work->r, "api_key.revoke", work->key, NULL) : got;
}

enum got
key_revoke(struct req *r, uint64_t agent, const struct api_key *key)
{
	struct api_key copy = *key;
	struct key_work work = { .r = r, .agent = agent, .key = &copy };

	return db_transaction(r->db, key_delete, &work);
}
