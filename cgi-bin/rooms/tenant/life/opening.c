/* SPDX-License-Identifier: BSD-2-Clause */
/* opening.c - a new tenant with its plan, owner and host name, and what a host changes of one later. */
#include "rooms/tenant/tenant_store.h"

#include "core/text.h"
#include "edge/locale.h"
#include "rooms/tenant/domain/domain_store.h"
#include "rooms/tenant/life/life_rules.h"
#include "rooms/tenant/plan/plan_store.h"
#include "web/audit.h"

struct opening {
	struct req *r;
	struct form *form;
	struct tenant_opening *asked;
	struct tenant wanted;
	const char *host;            /* or NULL */
	bool is_double;              /* code or external id are taken */
};

/* A plan by its code, or a problem. In a transaction it stays until the end. */
static enum got
find_plan(struct req *r, struct form *form, const char *code, struct tenant *tenant)
{
	struct plan plan = { .id = 0 };
	enum got got = plan_hold(r->db, r->arena, code, &plan);

	if (got == GOT_NONE && !form_is_wrong(form, "plan"))
		got = plan_refuse(r, form);
	tenant->plan_id = plan.id;
	tenant->plan_code = plan.code;
	return got;
}

/* The same of a new tenant, which need not say one. */
static enum got
find_first_plan(struct opening *opening)
{
	const char *code = opening->asked->plan;

	return find_plan(opening->r, opening->form, text_is_blank(code) ? "unlimited" : code, &opening->wanted);
}

/* Nobody else's: told with what else is wrong, though only the row's key makes sure. */
static enum got
check_code(struct opening *opening)
{
	struct req *r = opening->r;
	struct tenant other = { .id = 0 };
	enum got got = form_is_wrong(opening->form, "code") ? GOT_NONE : tenant_by_code(r->db, r->arena, opening->wanted.code, &other);

	if (got == GOT_ONE)
		form_problem(r, opening->form, "code", N_("belongs to another company"), NULL);
	return got;
}

/* Nobody else's, and a host name at all. */
static enum got
check_host(struct opening *opening)
{
	struct req *r = opening->r;
	struct domain owner = { .id = 0 };
	enum got got;

	if (text_is_blank(opening->asked->domain) || form_is_wrong(opening->form, "domain"))
		return GOT_ONE;
	if (!domain_host(r->arena, opening->asked->domain, &opening->host)) {
		form_problem(r, opening->form, "domain", N_("must be a host name such as %s"), "help.example.com");
		return GOT_ONE;
	}
	got = domain_owner(r->db, r->arena, opening->host, &owner);
	if (got == GOT_ONE)
		form_problem(r, opening->form, "domain", N_("belongs to another company"), NULL);
	return got == GOT_ERROR ? GOT_ERROR : GOT_ONE;
}

static const struct field owner_fields[] = {
	FIELD_EMAIL(struct tenant_opening, owner_email, FIELD_FORM, .max = 254),
	FIELD_TEXT(struct tenant_opening, owner_name, FIELD_FORM, .max = 120),
	FIELD_END
};

static void
check_owner(struct opening *opening)
{
	form_check(opening->r, opening->form, owner_fields, opening->asked);
	if (!text_is_blank(opening->asked->owner_name) && text_is_blank(opening->asked->owner_email))
		form_problem(opening->r, opening->form, "owner_email", N_("is required with the owner’s name"), NULL);
}

static enum got
start(struct opening *opening)
{
	struct req *r = opening->r;
	const tenant_id tenant = tenant_of(&opening->wanted);
	const struct tenant_owner owner = { .email = opening->asked->owner_email, .name = opening->asked->owner_name };
	const char *spoken = arena_text(r->arena, locale_name());
	enum got got;

	/* Roles, queue, calendar and widget are named in the company's language, not in that of whoever makes it. */
	locale_use(opening->wanted.locale);
	got = r->site->start_tenant(r, tenant, text_is_blank(owner.email) ? NULL : &owner, &opening->asked->owner);
	locale_use(spoken);
	if (got != GOT_ONE)
		return GOT_ERROR;
	if (opening->host == NULL)
		return GOT_ONE;
	got = tenant_add_domain(r->db, tenant, opening->host, r->now);
	if (got == GOT_NONE)
		form_problem(r, opening->form, "domain", N_("belongs to another company"), NULL);
	return got;
}

static enum got
opening_work(struct db *db, void *arg)
{
	struct opening *opening = arg;
	struct req *r = opening->r;
	enum got got;

	opening->wanted.id = 0;
	opening->asked->owner = 0;
	if (find_first_plan(opening) == GOT_ERROR)
		return GOT_ERROR;
	if (!form_is_good(opening->form))
		return GOT_NONE;
	if (tenant_insert(db, &opening->wanted, r->now) != GOT_ONE) {
		opening->is_double = db_is_duplicate(db);
		return opening->is_double ? GOT_NONE : GOT_ERROR;
	}
	got = start(opening);
	if (got == GOT_ONE)
		got = tenant_audit(r, "tenant.create", &opening->wanted, audit_difference(r->arena, tenant_fields, NULL, &opening->wanted));
	return got;
}

/* Is there a company with the external id that is asked for? That is no mistake: GOT_ONE, and it is told. */
static enum got
find_existing(struct opening *opening)
{
	struct req *r = opening->r;
	struct tenant old = { .id = 0 };
	enum got got = tenant_by_external_id(r->db, r->arena, opening->wanted.external_id, &old);

	opening->asked->owner = 0;
	opening->asked->exists = got == GOT_ONE;
	if (got == GOT_ONE)
		opening->asked->tenant = old;
	return got;
}

/* What was asked for is taken: perhaps by the same company, which another script has made since the first look. */
static enum got
explain_problems(struct opening *opening)
{
	enum got got = find_existing(opening);

	if (got == GOT_ONE)
		opening->form->problem_count = 0;
	return got;
}

/* A key was taken: by the same external id, or by the code. */
static enum got
explain_double(struct opening *opening)
{
	enum got got = find_existing(opening);

	if (got == GOT_NONE)
		form_problem(opening->r, opening->form, "code", N_("belongs to another company"), NULL);
	return got;
}

enum got
tenant_open(struct req *r, struct form *form, struct tenant_opening *asked)
{
	struct opening opening = { .r = r, .form = form, .asked = asked, .wanted = asked->tenant };
	const bool was_good = form_is_good(form);
	enum got got = was_good ? find_existing(&opening) : GOT_NONE;

	if (got != GOT_NONE)
		return got;
	life_check(r, form, &opening.wanted);
	if (find_first_plan(&opening) == GOT_ERROR || check_code(&opening) == GOT_ERROR
		|| check_host(&opening) == GOT_ERROR)
		return GOT_ERROR;
	check_owner(&opening);
	if (!form_is_good(form))
		return was_good ? explain_problems(&opening) : GOT_NONE;
	got = db_transaction(r->db, opening_work, &opening);
	if (opening.is_double)
		return explain_double(&opening);
	if (got == GOT_ONE)
		asked->tenant = opening.wanted;
	return got;
}

/* A change of what a host may change, on the row as it is when its turn has come. */
struct change {
	struct req *r;
	struct form *form;
	const char *action;
	struct tenant asked;         /* what is NULL stays as it is */
	struct tenant *tenant;       /* out: as it is stored */
	enum got (*apply)(struct change *change, struct tenant *after);
};

static const char *
difference_of(struct arena *arena, const struct tenant *before, const struct tenant *after)
{
	struct json *object, *pair;

	if (before->plan_id == after->plan_id)
		return audit_difference(arena, tenant_fields, before, after);
	object = json_new_object(arena);
	pair = json_new_array(arena);
	json_add_text(pair, before->plan_code);
	json_add_text(pair, after->plan_code);
	json_set(object, "plan", pair);
	return json_text(arena, object);
}

static enum got
change_store(struct db *db, struct change *change, const struct tenant *before)
{
	struct req *r = change->r;
	const struct tenant *after = change->tenant;
	const char *difference = difference_of(r->arena, before, after);
	enum got got;

	if (text_equal(difference, "{}"))
		return GOT_ONE;
	got = tenant_update(db, after, r->now);
	if (got == GOT_ERROR && db_is_duplicate(db)) {
		form_problem(r, change->form, "external_id", N_("belongs to another company"), NULL);
		return GOT_NONE;
	}
	return got == GOT_ONE ? tenant_audit(r, change->action, after, difference) : got;
}

static enum got
change_work(struct db *db, void *arg)
{
	struct change *change = arg;
	struct tenant before = { .id = 0 };
	enum got got = tenant_lock(db, change->r->arena, change->asked.id, &before);

	if (got != GOT_ONE)
		return got;
	*change->tenant = before;
	got = change->apply(change, change->tenant);
	if (got == GOT_ERROR || !form_is_good(change->form))
		return got == GOT_ERROR ? GOT_ERROR : GOT_NONE;
	return change_store(db, change, &before);
}

static void
take(const char **member, const char *asked)
{
	if (asked != NULL)
		*member = asked;
}

static enum got
apply_facts(struct change *change, struct tenant *after)
{
	take(&after->name, change->asked.name);
	take(&after->external_id, change->asked.external_id);
	take(&after->locale, change->asked.locale);
	take(&after->time_zone, change->asked.time_zone);
	life_check(change->r, change->form, after);
	return GOT_ONE;
}

enum got
tenant_change(struct req *r, struct form *form, struct tenant *tenant)
{
	struct change change = { .r = r, .form = form, .action = "tenant.update", .asked = *tenant, .tenant = tenant, .apply = apply_facts };

	return db_transaction(r->db, change_work, &change);
}

static enum got
apply_plan(struct change *change, struct tenant *after)
{
	return find_plan(change->r, change->form, change->asked.plan_code, after);
}

enum got
tenant_set_plan(struct req *r, struct form *form, struct tenant *tenant, const char *plan)
{
	struct change change = { .r = r, .form = form, .action = "tenant.plan", .asked = { .id = tenant->id, .plan_code = plan },
		.tenant = tenant, .apply = apply_plan };

	return db_transaction(r->db, change_work, &change);
}
