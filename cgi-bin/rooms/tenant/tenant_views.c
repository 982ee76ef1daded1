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
