/* SPDX-License-Identifier: BSD-2-Clause */
/* life_rules.c - what a tenant was before it was deleted, and the rules of its names. */
#include "rooms/tenant/life/life_rules.h"

#include <string.h>

#include "core/text.h"
#include "edge/locale.h"

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

/* "en, fr, pt, es" */
static const char *
locale_list(struct arena *arena)
{
	struct str list;
	size_t i;

	str_init(&list, arena);
	for (i = 0; locale_names[i] != NULL; i++)
		str_add_item(&list, locale_names[i]);
	return list.data;
}

void
life_check(struct req *r, struct form *form, struct tenant *tenant)
{
	form_check(r, form, tenant_fields, tenant);
	if (!form_is_wrong(form, "code") && !text_is_slug(tenant->code))
		form_problem(r, form, "code", N_("must be lower-case letters, digits and inner hyphens"), NULL);
	if (!form_is_wrong(form, "locale") && !text_is_blank(tenant->locale) && !is_locale(tenant->locale))
		form_problem(r, form, "locale", N_("must be one of: %s"), locale_list(r->arena));
	if (!form_is_wrong(form, "time_zone") && !text_is_blank(tenant->time_zone) && !clock_is_zone(tenant->time_zone))
		form_problem(r, form, "time_zone", N_("must be a time zone such as %s"), "Europe/Paris");
}
