/* SPDX-License-Identifier: BSD-2-Clause */
/* security_resource.c - how safe a company wants its sign-ins: limits of time and place, and whether programs may have keys. */
#include "core/address.h"
#include "core/text.h"
#include "rooms/people/session/session.h"
#include "rooms/people/session/session_store.h"

static const struct field security_fields[] = {
	FIELD_U64(struct security, idle_hours, FIELD_FORM | FIELD_REQUIRED, .min = 1, .max = 720, .preset = "12",
		.label = N_("Sign out after hours without use"), .help = N_("From 1 to 720 hours.")),
	FIELD_U64(struct security, session_days, FIELD_FORM | FIELD_REQUIRED, .min = 1, .max = 365, .preset = "30",
		.label = N_("Sign out after days in any case"), .help = N_("From 1 to 365 days.")),
	FIELD_LONG_TEXT(struct security, allowed_addresses, FIELD_FORM, .max = 4000, .label = N_("Allowed IP addresses"),
		.help = N_("Addresses or subnets, one a line, such as 192.0.2.7 or 2001:db8::/32. Empty allows every address.")),
	FIELD_BOOL(struct security, api_keys, FIELD_FORM, .preset = "1", .label = N_("Allow API keys"),
		.help = N_("Without it no program gets in with a key; the keys themselves are kept.")),
	FIELD_BOOL(struct security, sign_in_links, FIELD_FORM, .label = N_("Allow sign-in links of other products"),
		.help = N_("A program whose key has the right for it signs agents in without their password. The second factor is still asked for.")),
	FIELD_END
};

clock_ms
security_idle(const struct security *security)
{
	return (clock_ms)security->idle_hours * CLOCK_HOUR;
}

clock_ms
security_life(const struct security *security)
{
	return (clock_ms)security->session_days * CLOCK_DAY;
}

enum got
security_load(struct req *r, struct security *security)
{
	return resource_single_load(r->db, r->arena, r->site->keys, r->tenant, &security_resource, security);
}

void
address_list_check(struct req *r, struct form *form, const char *list, bool is_own)
{
	struct address_problem problem;

	if (!address_list_is_good(list, &problem))
		form_problem_of_field(r, form, "allowed_addresses", &(struct field_problem){
			.text = N_("must hold an address or a subnet on each line; this is none: line %s, “%s”"),
			.detail = arena_printf(r->arena, "%zu", problem.line),
			.until = arena_text_of(r->arena, problem.text, text_prefix(arena_text_of(r->arena, problem.text, problem.len), 60)) });
	else if (is_own && !address_list_allows(list, r->address))
		form_problem(r, form, "allowed_addresses", N_("must allow your own address, or you would lock yourself out: %s"),
			r->address);
}

static void
security_check(struct req *r, struct form *form, const void *before, void *new)
{
	const struct security *row = new;

	(void)before;
	address_list_check(r, form, row->allowed_addresses, r->actor.kind != ACTOR_NOBODY);
}

static enum got
security_after_save(struct req *r, const void *before, const void *row)
{
	(void)before;
	return session_limit(r->db, r->tenant, row);
}

static void
security_saved(struct req *r, const void *before, const void *row)
{
	(void)before;
	(void)row;
	session_review(r, 0);
}

const struct resource security_resource = {
	.noun = "security",
	.plural = "settings/security",
	.title = N_("Security"),
	.title_one = N_("security"),
	.help = N_("When and from where the people of your company may be signed in."),
	.fields = security_fields,
	.size = sizeof(struct security),
	.is_single = true,
	.may_read = MAY_MANAGE_SETTINGS,
	.may_write = MAY_MANAGE_SETTINGS,
	.check = security_check,
	.after_save = security_after_save,
	.saved = security_saved
};
