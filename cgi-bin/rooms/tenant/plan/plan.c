/* SPDX-License-Identifier: BSD-2-Clause */
/* plan.c - making, changing and deleting plans; the installation's audit log knows who did it. */
#include "rooms/tenant/plan/plan_store.h"

#include "core/text.h"
#include "rooms/tenant/tenant_store.h"
#include "web/audit.h"

struct work {
	struct req *r;
	struct form *form;
	struct plan asked;
	struct plan *plan;           /* out: as it is stored */
	struct plan before;
};

struct plan
plan_blank(uint64_t limit)
{
	struct plan plan = { .id = 0 };
	size_t i;

	for (i = 0; i < LIMIT_COUNT; i++)
		plan.limits[i] = limit;
	return plan;
}

/* The limits that differ, for the audit. */
static const char *
plan_difference(const struct work *work)
{
	struct arena *arena = work->r->arena;
	struct json *object = json_new_object(arena), *pair;
	bool is_new = work->before.id == 0;
	size_t i;

	if (is_new || !text_equal(work->before.name, work->plan->name)) {
		json_set(object, "name", pair = json_new_array(arena));
		json_add_text(pair, is_new ? "" : work->before.name);
		json_add_text(pair, work->plan->name);
	}
	for (i = 0; i < LIMIT_COUNT; i++) {
		uint64_t was = is_new ? LIMIT_NONE : work->before.limits[i];

		if (was == work->plan->limits[i])
			continue;
		json_set(object, limit_info[i].key, pair = json_new_array(arena));
		json_add_text(pair, limit_show(arena, was));
		json_add_text(pair, limit_show(arena, work->plan->limits[i]));
	}
	return json_text(arena, object);
}

/* Plans belong to the installation: tenant 0. */
static enum got
plan_audit(struct req *r, const char *action, const struct plan *plan, const char *difference)
{
	const tenant_id before = r->tenant;
	const struct audit_entry entry = {
		.action = action, .noun = "plan", .noun_id = plan->id, .noun_name = plan->code, .difference = difference
	};
	enum got got;

	r->tenant = (tenant_id){ 0 };
	got = audit_write(r, &entry);
	r->tenant = before;
	return got;
}

/* Two plans of one name would be one on every page. What is wrong is told together; of the code the row's key makes sure. */
static enum got
check_others(struct work *work)
{
	struct req *r = work->r;
	struct plan other = { .id = 0 };
	uint64_t names = 0;
	enum got got = work->plan->id == 0 ? plan_by_code(r->db, r->arena, work->plan->code, &other) : GOT_NONE;

	if (got == GOT_ERROR || plan_names(r->db, work->plan, &names) == GOT_ERROR)
		return GOT_ERROR;
	if (got == GOT_ONE && !form_is_wrong(work->form, "code"))
		form_problem(r, work->form, "code", N_("is already used"), NULL);
	if (names > 0 && !form_is_wrong(work->form, "name"))
		form_problem(r, work->form, "name", N_("is already used"), NULL);
	return GOT_ONE;
}

static void
check(struct req *r, struct form *form, struct plan *plan)
{
	form_check(r, form, plan_fields, plan);
	if (plan->limits[LIMIT_RETENTION] == 0)
		form_problem(r, form, limit_info[LIMIT_RETENTION].key, N_("must be a number of at least %s"), "1");
	if (form_is_good(form) && !text_is_slug(plan->code))
		form_problem(r, form, "code", N_("must be lower-case letters, digits and inner hyphens"), NULL);
}

/* What is asked for, on top of what there is. */
static void
merge(struct work *work)
{
	const struct plan *asked = &work->asked;
	size_t i;

	*work->plan = work->before;
	if (asked->name != NULL)
		work->plan->name = asked->name;
	for (i = 0; i < LIMIT_COUNT; i++)
		if (asked->limits[i] != LIMIT_KEEP)
			work->plan->limits[i] = asked->limits[i];
}

static enum got
store(struct db *db, struct work *work)
{
	enum got got;

	if (work->before.id != 0)
		return plan_update(db, work->plan, work->r->now);
	got = plan_insert(db, work->plan, work->r->now);
	if (got == GOT_NONE)
		form_problem(work->r, work->form, "code", N_("is already used"), NULL);
	return got;
}

static enum got
save_work(struct db *db, void *arg)
{
	struct work *work = arg;
	struct req *r = work->r;
	enum got got = work->asked.id != 0 ? plan_lock(db, r->arena, work->asked.id, &work->before) : GOT_ONE;

	if (got != GOT_ONE)
		return got;
	if (work->asked.id != 0)
		merge(work);
	else
		*work->plan = work->asked;
	check(r, work->form, work->plan);
	if (check_others(work) == GOT_ERROR)
		return GOT_ERROR;
	got = form_is_good(work->form) ? store(db, work) : GOT_NONE;
	if (got != GOT_ONE)
		return got;
	return plan_audit(r, work->before.id == 0 ? "plan.create" : "plan.update", work->plan, plan_difference(work));
}

enum got
plan_refuse(struct req *r, struct form *form)
{
	struct db_rows rows = { 0 };
	const struct plan *plan;
	struct str codes;
	size_t i;

	if (plan_all(r->db, r->arena, &rows) == GOT_ERROR)
		return GOT_ERROR;
	str_init(&codes, r->arena);
	for (i = 0, plan = rows.rows; i < rows.count; i++, plan++)
		str_add_item(&codes, plan->code);
	form_problem(r, form, "plan", N_("must be one of: %s"), codes.data);
	return GOT_NONE;
}

void
plan_limits_read(struct req *r, struct form *form, const char *const texts[LIMIT_COUNT], struct plan *plan)
{
	size_t i;

	for (i = 0; i < LIMIT_COUNT; i++)
		if (texts[i] != NULL && !form_is_wrong(form, limit_info[i].key)
			&& !limit_read(text_trim(r->arena, texts[i]), &plan->limits[i]))
			form_problem(r, form, limit_info[i].key, N_("must be a number of at most %s, or nothing for no limit"), "1000000000000");
}

enum got
plan_save(struct req *r, struct form *form, struct plan *plan)
{
	struct work work = { .r = r, .form = form, .asked = *plan, .plan = plan };

	return db_transaction(r->db, save_work, &work);
}

static enum got
delete_work(struct db *db, void *arg)
{
	struct work *work = arg;
	struct req *r = work->r;
	enum got got = plan_lock(db, r->arena, work->asked.id, &work->before);

	if (got != GOT_ONE)
		return got;
	got = plan_erase(db, work->before.id);
	if (got == GOT_NONE)
		form_problem(r, work->form, "", N_("Companies have this plan. Give them another one first."), NULL);
	return got == GOT_ONE ? plan_audit(r, "plan.delete", &work->before, NULL) : got;
}

enum got
plan_delete(struct req *r, struct form *form, const struct plan *plan)
{
	struct work work = { .r = r, .form = form, .asked = *plan };

	if (plan->id == PLAN_UNLIMITED) {
		form_problem(r, form, "", N_("This plan cannot be deleted: companies without another plan have it."), NULL);
		return GOT_NONE;
	}
	return db_transaction(r->db, delete_work, &work);
}
