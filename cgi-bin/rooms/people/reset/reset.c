/* SPDX-License-Identifier: BSD-2-Clause */
/* reset.c - from a forgotten password to a new one. */
#include "rooms/people/reset/reset.h"

#include <string.h>

#include "core/text.h"
#include "rooms/notice/notice.h"
#include "rooms/people/agent/agent_choice.h"
#include "rooms/people/people_rules.h"
#include "rooms/people/reset/reset_store.h"
#include "rooms/people/session/session_store.h"
#include "web/audit.h"

#define TOKEN_MAX 100            /* bytes of a token that are looked at */

struct asking {
	struct req *r;
	tenant_id tenant;
	const char *email;
	unsigned char hash[CRYPT_HASH_LEN];
};

static enum got
asking_store(struct db *db, void *arg)
{
	struct asking *asking = arg;
	struct req *r = asking->r;
	struct job_order order = { .tenant = asking->tenant, .kind = "password.forgot", .payload = asking->email };
	const struct audit_entry entry = { .action = "password.forgot", .noun = "agent", .noun_name = asking->email };
	const tenant_id before = r->tenant;
	enum got got;

	if (reset_create(db, asking->tenant, asking->hash, r->now + RESET_LIFE, &order.subject) != GOT_ONE
		|| job_add(db, &order, r->now) != GOT_ONE)
		return GOT_ERROR;
	r->tenant = asking->tenant;
	got = audit_write(r, &entry);
	r->tenant = before;
	return got;
}

enum got
reset_ask(struct req *r, tenant_id tenant, const char *email, const char **token)
{
	struct asking asking = { .r = r, .tenant = tenant, .email = email };

	*token = crypt_token(r->arena);
	crypt_sha256(*token, strlen(*token), asking.hash);
	return db_transaction(r->db, asking_store, &asking);
}

void
reset_code_hash(const struct crypt_keys *keys, const unsigned char request_hash[CRYPT_HASH_LEN], const char *code,
	unsigned char hash[CRYPT_HASH_LEN])
{
	unsigned char bytes[6 + CRYPT_HASH_LEN + RESET_CODE_LEN] = "reset.";

	memcpy(bytes + 6, request_hash, CRYPT_HASH_LEN);
	memcpy(bytes + 6 + CRYPT_HASH_LEN, code, RESET_CODE_LEN);
	crypt_mac(keys->form, sizeof(keys->form), bytes, sizeof(bytes), hash);
}

/* The digits of a code as people type it, "1234 5678"; NULL when they are not as many. */
static const char *
code_digits(struct arena *arena, const char *typed)
{
	struct str digits;

	str_init(&digits, arena);
	for (; *typed != '\0' && digits.len <= RESET_CODE_LEN; typed++) {
		if (*typed >= '0' && *typed <= '9')
			str_add_char(&digits, *typed);
		else if (*typed != ' ' && *typed != '-')
			return NULL;
	}
	return digits.len == RESET_CODE_LEN ? digits.data : NULL;
}

static bool
token_hash(const char *token, unsigned char hash[CRYPT_HASH_LEN])
{
	if (text_is_blank(token) || strlen(token) > TOKEN_MAX)
		return false;
	crypt_sha256(token, strlen(token), hash);
	return true;
}

static enum got
find_by_link(struct req *r, const char *link, struct reset *reset)
{
	unsigned char hash[CRYPT_HASH_LEN];

	return token_hash(link, hash) ? reset_by_link(r, hash, reset) : GOT_NONE;
}

/* Each code that is tried counts, before anything is known of it. */
static enum got
find_by_code(struct req *r, const struct reset_try *input, struct reset *reset)
{
	unsigned char request[CRYPT_HASH_LEN], hash[CRYPT_HASH_LEN];
	const char *code = code_digits(r->arena, input->code != NULL ? input->code : "");
	enum got got;

	if (!token_hash(input->request, request))
		return GOT_NONE;
	got = reset_try(r->db, request, r->now);
	if (got == GOT_ONE)
		got = reset_by_request(r, request, reset);
	if (got != GOT_ONE || code == NULL)
		return got == GOT_ERROR ? got : GOT_NONE;
	reset_code_hash(r->site->keys, request, code, hash);
	if (reset->code_hash.len != CRYPT_HASH_LEN || !crypt_equal(hash, reset->code_hash.data, CRYPT_HASH_LEN))
		return GOT_NONE;
	return reset_forgive(r->db, reset) == GOT_ERROR ? GOT_ERROR : GOT_ONE;
}

struct change {
	struct req *r;
	const struct reset *reset;
	const char *name;
	const char *password;
};

static enum got
change_tell(struct db *db, const struct change *change)
{
	struct req *r = change->r;
	const struct reset *reset = change->reset;
	const char *address;
	struct locale_value values[] = {
		{ "account", reset->account }, { "ip", r->address }, { "time", clock_iso(r->arena, r->now) },
		{ "link", NULL }, { NULL, NULL }
	};
	const struct notice notice = {
		.tenant = { reset->tenant_id }, .template = "password_changed", .to = { change->name, reset->email },
		.locale = reset->locale, .values = values
	};

	if (tenant_address(db, r->arena, r->site->conf, notice.tenant, &address) != GOT_ONE)
		return GOT_ERROR;
	values[3].value = arena_printf(r->arena, "%s/forgot", address);
	return notice_send(db, r->arena, r->site->keys, &notice);
}

static enum got
change_store(struct db *db, void *arg)
{
	struct change *change = arg;
	struct req *r = change->r;
	const struct reset *reset = change->reset;
	const tenant_id tenant = { reset->tenant_id }, before = r->tenant;
	const struct audit_entry entry = {
		.action = "agent.password_reset", .noun = "agent", .noun_id = reset->agent_id, .noun_name = change->name
	};
	enum got got = reset_take(db, reset);

	if (got != GOT_ONE)
		return got;
	if (agent_set_password(db, r->arena, tenant, reset->agent_id, change->password, r->now) != GOT_ONE
		|| session_end_all(db, tenant, reset->agent_id, NULL) == GOT_ERROR || change_tell(db, change) != GOT_ONE)
		return GOT_ERROR;
	r->tenant = tenant;
	got = audit_write(r, &entry);
	r->tenant = before;
	return got;
}

static enum reset_outcome
reset_finish(struct req *r, const struct reset *reset, const char *password)
{
	const struct agent agent = { .first_name = reset->first_name, .last_name = reset->last_name };
	struct change change = { r, reset, agent_name(r->arena, &agent), password };
	enum got got = db_transaction(r->db, change_store, &change);

	if (got != GOT_ONE)
		return got == GOT_NONE ? RESET_WRONG : RESET_FAILED;
	if (r->site->bell != NULL)
		bell_cut(r->site->bell, agent_key(r->arena, (tenant_id){ reset->tenant_id }, reset->agent_id));
	return RESET_DONE;
}

enum reset_outcome
reset_password(struct req *r, const struct reset_try *input, struct reset_owner *owner, const char **problem)
{
	struct reset reset = { .id = 0 };
	const char *detail;
	enum got got = text_is_blank(input->link) ? find_by_code(r, input, &reset) : find_by_link(r, input->link, &reset);

	if (got != GOT_ONE)
		return got == GOT_NONE ? RESET_WRONG : RESET_FAILED;
	*owner = (struct reset_owner){ reset.company, reset.account };
	*problem = password_choice_problem(r, &(struct password_choice){ { reset.tenant_id }, input->password, reset.account, reset.email }, &detail);
	return *problem != NULL ? RESET_WEAK : reset_finish(r, &reset, input->password);
}

enum got
reset_account_of_link(struct req *r, const char *link, const char **account)
{
	struct reset reset = { .id = 0 };
	enum got got = find_by_link(r, link, &reset);

	*account = got == GOT_ONE ? reset.account : NULL;
	return got;
}
