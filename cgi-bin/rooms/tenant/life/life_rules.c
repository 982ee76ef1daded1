/* SPDX-License-Identifier: BSD-2-Clause */
/* life_rules.c - the states of a tenant's life, and the rules of its names. */
#include "rooms/tenant/life/life_rules.h"

#include <string.h>

#include "core/text.h"
#include "edge/locale.h"

static const char *const steps[][2] = {
	{ "active", "suspended" }, { "active", "deleting" },
	{ "suspended", "active" }, { "suspended", "deleting" },
	{ "deleting", "active" }, { "deleting", "suspended" }, { "deleting", "erasing" }
};

bool
life_may_become(const char *from, const char *to)
{
	size_t i;

	for (i = 0; i < COUNT_OF(steps); i++)
		if (strcmp(steps[i][0], from) == 0 && strcmp(steps[i][1], to) == 0)
			return true;
	return false;
}

const char *
life_before_deletion(const struct tenant *tenant)
{
	return tenant->suspended_at != 0 ? "suspended" : "active";
}

static bool
is_locale(const char *locale)
{
	size_t i;

	for (i = 0; locale_names[i] != NULL; i++)
		if (strcmp(locale, locale_names[i]) == 0)
			return true;
	return false;
}

void
life_check(struct req *r, struct form *form, struct tenant *tenant)
{
	struct field_problem problem;
	const struct field *field;

	for (field = tenant_fields; field->name != NULL; field++)
		if ((field->flags & FIELD_FORM) != 0
			&& !field_read(r->arena, field, field_show(r->arena, field, tenant), tenant, &problem))
			form_problem(r, form, field->name, problem.text, problem.detail);
	if (!form_is_good(form))
		return;
	if (!text_is_slug(tenant->code))
		form_problem(r, form, "code", N_("must be lower-case letters, digits and inner hyphens"), NULL);
	if (!text_is_blank(tenant->locale) && !is_locale(tenant->locale))
		form_problem(r, form, "locale", N_("must be one of: %s"), "en, fr, pt, es");
	if (!text_is_blank(tenant->time_zone) && !clock_is_zone(tenant->time_zone))
		form_problem(r, form, "time_zone", N_("must be a time zone such as %s"), "Europe/Paris");
}
