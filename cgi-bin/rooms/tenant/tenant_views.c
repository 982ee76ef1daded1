/* SPDX-License-Identifier: BSD-2-Clause */
/* tenant_views.c - tenants, plans, host names and figures as commands and the host's API print them. */
#include "rooms/tenant/tenant.h"

#include "core/text.h"

/* A moment, or null when it never was. */
static void
set_moment(struct arena *arena, struct json *json, const char *name, clock_ms moment)
{
	json_set_text(json, name, moment != 0 ? clock_iso(arena, moment) : NULL);
}

struct json *
tenant_json(struct arena *arena, const struct tenant *tenant)
{
	struct json *json = json_new_object(arena);

	json_set_u64(json, "id", tenant->id);
	json_set_text(json, "code", tenant->code);
	json_set_text(json, "name", tenant->name);
	json_set_text(json, "external_id", tenant->external_id);
	json_set_text(json, "plan", tenant->plan_code);
	json_set_text(json, "state", tenant->state);
	json_set_text(json, "reason", tenant->state_reason);
	json_set_text(json, "locale", tenant->locale);
	json_set_text(json, "time_zone", tenant->time_zone);
	set_moment(arena, json, "suspended_at", tenant->suspended_at);
	set_moment(arena, json, "delete_at", tenant->delete_at);
	set_moment(arena, json, "created_at", tenant->created_at);
	return json;
}

struct json *
plan_json(struct arena *arena, const struct plan *plan)
{
	struct json *json = json_new_object(arena), *limits = json_new_object(arena);
	size_t i;

	json_set_u64(json, "id", plan->id);
	json_set_text(json, "code", plan->code);
	json_set_text(json, "name", plan->name);
	for (i = 0; i < LIMIT_COUNT; i++)
		if (plan->limits[i] == LIMIT_NONE)
			json_set_text(limits, limit_info[i].key, NULL);
		else
			json_set_u64(limits, limit_info[i].key, plan->limits[i]);
	json_set(json, "limits", limits);
	return json;
}

struct json *
limit_json(struct arena *arena, const struct limit_state *state)
{
	const uint64_t unit = limit_info[state->limit].unit;
	struct json *json = json_new_object(arena);

	json_set_u64(json, "used", (state->used + unit - 1) / unit);
	if (state->most == LIMIT_NONE)
		json_set_text(json, "most", NULL);
	else
		json_set_u64(json, "most", state->most / unit);
	return json;
}

struct json *
domain_json(struct arena *arena, const struct domain *domain)
{
	struct json *json = json_new_object(arena);

	json_set_u64(json, "id", domain->id);
	json_set_text(json, "host", domain->host);
	json_set_text(json, "state", domain->state);
	json_set_text(json, "proof", domain->proof);
	if (!text_is_blank(domain->token)) {
		json_set_text(json, "token", domain->token);
		json_set_text(json, "dns_name", domain_dns_name(arena, domain));
		json_set_text(json, "file_url", domain_file_url(arena, domain));
	}
	json_set_text(json, "problem", domain->problem);
	set_moment(arena, json, "verified_at", domain->verified_at);
	set_moment(arena, json, "checked_at", domain->checked_at);
	set_moment(arena, json, "lost_at", domain->lost_at);
	return json;
}

struct json *
usage_json(struct arena *arena, const struct tenant_usage *usage)
{
	struct json *json = json_new_object(arena);

	json_set_text(json, "tenant", usage->code);
	json_set_text(json, "external_id", usage->external_id);
	json_set_text(json, "day", usage_day_text(arena, usage->day));
	json_set_u64(json, "messages", usage->messages);
	json_set_u64(json, "chats", usage->chats);
	json_set_u64(json, "agents", usage->agents);
	json_set_u64(json, "peak_chats", usage->peak_chats);
	json_set_u64(json, "storage_bytes", usage->storage_bytes);
	json_set_u64(json, "ai_tokens", usage->ai_tokens);
	json_set_u64(json, "sign_ins", usage->sign_ins);
	return json;
}
