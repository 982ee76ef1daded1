/* SPDX-License-Identifier: BSD-2-Clause */
/* company_form.c - the fields of the host's forms, and the input on its way to the tenant. */
#include "rooms/host/company/company_form.h"

#include <string.h>

#include "core/text.h"
#include "edge/locale.h"
#include "rooms/host/company/company_views.h"

static const struct field_choice states[] = {
	{ "active", N_("Active") }, { "suspended", N_("Suspended") }, { NULL, NULL }
};

/* Every field that some form has. Limits and types are checked here, what only the tenant's room knows there. */
static const struct field all_fields[] = {
	FIELD_TEXT(struct company_input, name, FIELD_FORM | FIELD_REQUIRED, .max = 120, .label = N_("Name")),
	FIELD_TEXT(struct company_input, code, FIELD_FORM | FIELD_REQUIRED, .min = 2, .max = 40, .label = N_("Company code"),
		.help = N_("What people type as “Company” when they sign in: lower-case letters, digits and hyphens.")),
	FIELD_CHOICE(struct company_input, plan, FIELD_FORM, .preset = "unlimited", .label = N_("Plan")),
	FIELD_TEXT(struct company_input, external_id, FIELD_FORM, .max = 80, .label = N_("External number"),
		.help = N_("Its number in your billing.")),
	FIELD_EMAIL(struct company_input, owner_email, FIELD_FORM, .max = 254, .label = N_("E-mail of the owner"),
		.help = N_("The first administrator. Without one nobody can sign in yet.")),
	FIELD_TEXT(struct company_input, owner_name, FIELD_FORM, .max = 120, .label = N_("Name of the owner")),
	FIELD_TEXT(struct company_input, domain, FIELD_FORM, .max = 253, .label = N_("Host name"), .placeholder = N_("help.example.com"),
		.help = N_("Its own address for signing in, which you vouch for. It can be added later.")),
	FIELD_CHOICE(struct company_input, locale, FIELD_FORM, .preset = "en", .label = N_("Language")),
	FIELD_ZONE(struct company_input, time_zone, FIELD_FORM, .max = 64, .preset = "UTC", .label = N_("Time zone")),
	FIELD_CHOICE(struct company_input, state, FIELD_FORM | FIELD_REQUIRED, .choices = states, .label = N_("State")),
	FIELD_TEXT(struct company_input, reason, FIELD_FORM, .max = 255, .label = N_("Reason"),
		.help = N_("The people of the company read it when they sign in.")),
	FIELD_TEXT(struct company_input, confirm, FIELD_FORM | FIELD_REQUIRED, .max = 40, .label = N_("Company code"),
		.help = N_("Type the code of the company, so that no other one is deleted by mistake.")),
	FIELD_U64(struct company_input, days, FIELD_FORM | FIELD_REQUIRED, .max = TENANT_GRACE_MOST, .preset = "30", .label = N_("Days until everything is erased"),
		.help = N_("Until then it can be taken back.")),
	FIELD_TEXT(struct company_input, host, FIELD_FORM | FIELD_REQUIRED, .max = 253, .label = N_("Host name"),
		.placeholder = N_("help.example.com")),
	FIELD_END
};

#define FORM_FIELDS_MAX 10

static const char *const form_fields[][FORM_FIELDS_MAX] = {
	[COMPANY_NEW] = { "name", "code", "plan", "external_id", "owner_email", "owner_name", "domain", "locale", "time_zone" },
	[COMPANY_FACTS] = { "name", "external_id", "locale", "time_zone" },
	[COMPANY_CHANGE] = { "name", "external_id", "plan", "locale", "time_zone", "state", "reason" },
	[COMPANY_PLAN] = { "plan" },
	[COMPANY_SUSPEND] = { "reason" },
	[COMPANY_DELETE] = { "confirm", "days", "reason" },
	[COMPANY_DELETE_API] = { "code", "days", "reason" },
	[COMPANY_DOMAIN] = { "host" }
};

static const struct field_choice *
language_choices(struct arena *arena)
{
	struct field_choice *choices;
	size_t i, count = 0;

	while (locale_names[count] != NULL)
		count++;
	choices = ARENA_ARRAY(arena, struct field_choice, count + 1);
	for (i = 0; i < count; i++)
		choices[i] = (struct field_choice){ locale_names[i], locale_label(locale_names[i]) };
	return choices;
}

const struct field *
company_fields_of(struct req *r, enum company_form form)
{
	struct field *fields = ARENA_ARRAY(r->arena, struct field, FORM_FIELDS_MAX + 1);
	struct field_choice *plans = NULL;
	size_t i;

	if (company_plan_choices(r, &plans) == GOT_ERROR)
		return NULL;
	for (i = 0; i < FORM_FIELDS_MAX && form_fields[form][i] != NULL; i++) {
		fields[i] = *field_find(all_fields, form_fields[form][i]);
		if (strcmp(fields[i].name, "plan") == 0)
			fields[i].choices = plans;
		if (strcmp(fields[i].name, "locale") == 0)
			fields[i].choices = language_choices(r->arena);
	}
	return fields;
}

void
company_input_of(const struct tenant *tenant, struct company_input *input)
{
	memset(input, 0, sizeof(*input));
	input->name = tenant->name;
	input->code = tenant->code;
	input->external_id = tenant->external_id;
	input->plan = tenant->plan_code;
	input->locale = tenant->locale;
	input->time_zone = tenant->time_zone;
	input->state = tenant->state;
	input->reason = tenant->state_reason;
	input->days = TENANT_GRACE_DAYS;
}

enum got
company_open(struct req *r, struct form *form, const struct company_input *input, struct tenant_opening *opening)
{
	*opening = (struct tenant_opening){
		.tenant = { .code = input->code, .name = input->name, .external_id = input->external_id, .locale = input->locale,
			.time_zone = input->time_zone },
		.plan = input->plan, .domain = input->domain, .owner_email = input->owner_email, .owner_name = input->owner_name
	};
	return tenant_open(r, form, opening);
}

enum got
company_change(struct req *r, struct form *form, const struct company_input *input, struct tenant *tenant)
{
	tenant->name = input->name;
	tenant->external_id = input->external_id;
	tenant->locale = input->locale;
	tenant->time_zone = input->time_zone;
	return tenant_change(r, form, tenant);
}

enum got
company_set_state(struct req *r, struct form *form, const struct company_input *input, struct tenant *tenant)
{
	if (input->state == NULL)
		return tenant_set_reason(r, form, tenant, input->reason);
	if (text_equal(input->state, "suspended"))
		return tenant_suspend(r, form, tenant, input->reason);
	return tenant_resume(r, form, tenant);
}
