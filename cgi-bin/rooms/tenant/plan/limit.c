/* SPDX-License-Identifier: BSD-2-Clause */
/* limit.c - what a plan limits: the keys, the questions before something is made, and what people read about it. */
#include "rooms/tenant/plan/limit_store.h"

#include "core/text.h"
#include "edge/locale.h"
#include "rooms/tenant/usage/usage_store.h"

#define LIMIT_HIGHEST UINT64_C(1000000000000)
#define MEGABYTE UINT64_C(1000000)

const struct limit_info limit_info[LIMIT_COUNT] = {
	[LIMIT_AGENTS] = { "agents", N_("Agents"), N_("People with an account, whether they are signed in or not."), 1, true, true },
	[LIMIT_CHATS] = { "chats", N_("Chats at once"), N_("Accepted chats of all agents together. Chats that wait do not count."), 1, true, false },
	[LIMIT_STORAGE] = { "storage_mb", N_("Storage"), N_("Files that were sent in chats, in megabytes."), MEGABYTE, true, false },
	[LIMIT_MESSAGES] = { "messages_month", N_("Messages this month"),
		N_("Texts and files of visitors and agents in a month of UTC. Chats that run may go on when it is reached."), 1, true, false },
	[LIMIT_AI_TOKENS] = { "ai_tokens_month", N_("AI tokens this month"), N_("Tokens that AI agents used in a month of UTC."), 1, true, false },
	[LIMIT_ACCOUNTS] = { "accounts", N_("Channel accounts"), N_("Connected mailboxes, numbers and pages."), 1, true, true },
	[LIMIT_WIDGETS] = { "widgets", N_("Widgets"), N_("Chat widgets that are not deleted."), 1, true, true },
	[LIMIT_QUEUES] = { "queues", N_("Queues"), N_("Queues that are not deleted."), 1, true, true },
	[LIMIT_API] = { "api_minute", N_("API requests a minute"), N_("Requests of all API keys together."), 1, false, false },
	[LIMIT_RETENTION] = { "retention_days", N_("Days that are kept"), N_("Chats that were closed longer ago are erased."), 1, false, false }
};

bool
limit_read(const char *text, uint64_t *most)
{
	*most = LIMIT_NONE;
	return text_is_blank(text) || (text_to_u64(text, most) && *most <= LIMIT_HIGHEST);
}

const char *
limit_show(struct arena *arena, uint64_t most)
{
	return most == LIMIT_NONE ? "" : arena_printf(arena, "%llu", (unsigned long long)most);
}

enum got
tenant_limits(struct db *db, struct arena *arena, tenant_id tenant, struct limits *limits)
{
	struct plan plan = { .id = 0 };
	enum got got = plan_of_tenant(db, arena, tenant, &plan);
	size_t i;

	if (got != GOT_ONE)
		return got;
	limits->plan_code = plan.code;
	limits->plan_name = plan.name;
	for (i = 0; i < LIMIT_COUNT; i++)
		limits->most[i] = plan.limits[i] == LIMIT_NONE ? LIMIT_NONE : plan.limits[i] * limit_info[i].unit;
	return GOT_ONE;
}

enum got
limit_state(struct db *db, tenant_id tenant, enum limit limit, clock_ms now, struct limit_state *state)
{
	*state = (struct limit_state){ .limit = limit, .most = LIMIT_NONE };
	if (limit_most(db, tenant, limit, &state->most) == GOT_ERROR)
		return GOT_ERROR;
	return limit_used(db, tenant, limit, now, &state->used);
}

enum got
limit_states(struct db *db, struct arena *arena, tenant_id tenant, clock_ms now, struct limit_state *states, size_t *count)
{
	struct limits limits = { .plan_code = NULL };
	enum got got = tenant_limits(db, arena, tenant, &limits);
	size_t i;

	*count = 0;
	for (i = 0; i < LIMIT_COUNT && got == GOT_ONE; i++) {
		if (!limit_info[i].is_used)
			continue;
		states[*count] = (struct limit_state){ .limit = (enum limit)i, .most = limits.most[i] };
		got = limit_used(db, tenant, (enum limit)i, now, &states[(*count)++].used);
	}
	return got;
}

static bool
has_room(const struct limit_state *state, uint64_t more)
{
	return state->most == LIMIT_NONE || (more <= state->most && state->used <= state->most - more);
}

enum got
limit_check(struct db *db, tenant_id tenant, enum limit limit, uint64_t more, clock_ms now, struct limit_state *state)
{
	*state = (struct limit_state){ .limit = limit, .most = LIMIT_NONE };
	if (limit_most(db, tenant, limit, &state->most) == GOT_ERROR)
		return GOT_ERROR;
	if (state->most == LIMIT_NONE)
		return GOT_ONE;
	if (db_in_transaction(db) && limit_take_turn(db, tenant) == GOT_ERROR)
		return GOT_ERROR;
	if (limit_used(db, tenant, limit, now, &state->used) == GOT_ERROR)
		return GOT_ERROR;
	return has_room(state, more) ? GOT_ONE : GOT_NONE;
}

enum got
limit_store_file(struct db *db, tenant_id tenant, int64_t bytes, clock_ms now, struct limit_state *state)
{
	*state = (struct limit_state){ .limit = LIMIT_STORAGE, .most = LIMIT_NONE };
	(void)now;
	if (limit_add_storage(db, tenant, bytes) == GOT_ERROR)
		return GOT_ERROR;
	if (bytes <= 0)
		return GOT_ONE;
	if (limit_most(db, tenant, LIMIT_STORAGE, &state->most) == GOT_ERROR)
		return GOT_ERROR;
	if (state->most == LIMIT_NONE)
		return GOT_ONE;
	/* The row is ours until the end of the transaction, and has the bytes already. */
	if (limit_used(db, tenant, LIMIT_STORAGE, now, &state->used) == GOT_ERROR)
		return GOT_ERROR;
	return has_room(state, 0) ? GOT_ONE : GOT_NONE;
}

enum got
limit_take_chat(struct db *db, tenant_id tenant, clock_ms now, struct limit_state *state)
{
	enum got got = limit_check(db, tenant, LIMIT_CHATS, 1, now, state);

	if (got != GOT_ONE)
		return got;
	if (state->most == LIMIT_NONE && limit_used(db, tenant, LIMIT_CHATS, now, &state->used) == GOT_ERROR)
		return GOT_ERROR;
	return usage_peak(db, tenant, now, state->used + 1);
}

enum got
limit_start_chat(struct db *db, struct arena *arena, tenant_id tenant, clock_ms now, struct limit_state *state)
{
	static const enum limit asked[] = { LIMIT_CHATS, LIMIT_MESSAGES };
	struct limits limits = { .plan_code = NULL };
	size_t i;

	if (tenant_limits(db, arena, tenant, &limits) != GOT_ONE)
		return GOT_ERROR;
	for (i = 0; i < COUNT_OF(asked); i++) {
		*state = (struct limit_state){ .limit = asked[i], .most = limits.most[asked[i]] };
		if (state->most == LIMIT_NONE)
			continue;
		if (limit_used(db, tenant, asked[i], now, &state->used) == GOT_ERROR)
			return GOT_ERROR;
		if (!has_room(state, 1))
			return GOT_NONE;
	}
	return GOT_ONE;
}

/* Each is whole, so that it can be translated, and none has a plural: languages differ in which of the two numbers decides it. */
static const char *
sentence_of(enum limit limit)
{
	switch (limit) {
	case LIMIT_AGENTS:
		return N_("Agents: %s of %s");
	case LIMIT_CHATS:
		return N_("Chats at once: %s of %s");
	case LIMIT_STORAGE:
		return N_("Files: %s of %s MB");
	case LIMIT_MESSAGES:
		return N_("Messages this month: %s of %s");
	case LIMIT_AI_TOKENS:
		return N_("AI tokens this month: %s of %s");
	case LIMIT_ACCOUNTS:
		return N_("Channel accounts: %s of %s");
	case LIMIT_WIDGETS:
		return N_("Widgets: %s of %s");
	case LIMIT_QUEUES:
		return N_("Queues: %s of %s");
	case LIMIT_API:
		return N_("API requests a minute: %s of %s");
	case LIMIT_RETENTION:
	case LIMIT_COUNT:
		break;
	}
	return "%s / %s";
}

const char *
limit_text(struct arena *arena, const struct limit_state *state)
{
	uint64_t unit = limit_info[state->limit].unit;
	const char *used = arena_printf(arena, "%llu", (unsigned long long)((state->used + unit - 1) / unit));
	const char *most = arena_printf(arena, "%llu", (unsigned long long)(state->most / unit));

	return locale_fill_two(arena, sentence_of(state->limit), used, most);
}

/* "Agents: 3 of 5" and what to do: whoever accepts an invitation has no plan, and can only ask who sent it. */
static void
limit_problem(struct req *r, struct form *form, const struct limit_state *state)
{
	const char *contact = r->site->conf->host_contact, *text = limit_text(r->arena, state), *message;

	if (r->actor.kind == ACTOR_NOBODY && r->fcgi != NULL)
		message = locale_text(N_("There is no place left for you just now. Tell whoever invited you: your invitation works again when there is one."));
	else if (text_is_blank(contact))
		message = locale_fill(r->arena, N_("Your plan allows no more. %s. Delete what you do not need, or ask for a larger plan."), text);
	else
		message = locale_fill_two(r->arena,
			N_("Your plan allows no more. %s. Delete what you do not need, or ask for a larger plan: %s."), text, contact);
	form_problem_text(form, "", message);
}

enum got
limit_may_add(struct req *r, struct form *form, enum limit limit)
{
	struct limit_state state;
	enum got got = limit_check(r->db, r->tenant, limit, 1, r->now, &state);

	if (got == GOT_NONE)
		limit_problem(r, form, &state);
	return got;
}

enum got
limit_check_kinds(struct req *r, struct form *form, const enum limit *kinds, size_t count)
{
	struct limit_state state;
	size_t i;

	for (i = 0; i < count; i++) {
		if (limit_state(r->db, r->tenant, kinds[i], r->now, &state) == GOT_ERROR)
			return GOT_ERROR;
		if (state.most > 0)
			continue;
		limit_problem(r, form, &state);
		return GOT_NONE;
	}
	return GOT_ONE;
}

enum got
limit_page(struct req *r, enum limit limit)
{
	struct limit_state state = { .limit = limit, .most = LIMIT_NONE };
	enum got got = limit_most(r->db, r->tenant, limit, &state.most);

	if (got == GOT_ERROR || state.most == LIMIT_NONE)
		return got;
	if (limit_used(r->db, r->tenant, limit, r->now, &state.used) == GOT_ERROR)
		return GOT_ERROR;
	page_set_u64(r->page, "Limit.Used", state.used);
	page_set_u64(r->page, "Limit.Most", state.most);
	page_set_bool(r->page, "Limit.Full", !has_room(&state, 1));
	page_set(r->page, "Limit.Text", limit_text(r->arena, &state));
	return GOT_ONE;
}
