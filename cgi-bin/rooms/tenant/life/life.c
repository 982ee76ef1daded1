/* SPDX-License-Identifier: BSD-2-Clause */
/* life.c - suspending, resuming, deleting with grace, undeleting: each under the tenant's row lock, with its audit entry. */
#include "rooms/tenant/tenant_store.h"

#include "core/text.h"
#include "rooms/tenant/life/life_rules.h"
#include "web/audit.h"

/* One step of a life on its way through the transaction. */
struct step {
	struct req *r;
	struct form *form;
	const char *action;          /* "tenant.suspend" */
	struct tenant *tenant;       /* as it is, then as it will be */
	const char *reason;
	const struct tenant_deletion *deletion;
	bool (*decide)(struct step *step);   /* changes the tenant; false and perhaps a problem: nothing is to be done */
};

static void
add_pair(struct json *object, struct arena *arena, const char *name, const char *const pair[2])
{
	struct json *both;

	if (text_equal(pair[0], pair[1]))
		return;
	both = json_new_array(arena);
	json_add_text(both, pair[0]);
	json_add_text(both, pair[1]);
	json_set(object, name, both);
}

static const char *
moment_text(struct arena *arena, clock_ms moment)
{
	return moment != 0 ? clock_iso(arena, moment) : "";
}

static const char *
difference_of(struct arena *arena, const struct tenant *before, const struct tenant *after)
{
	struct json *object = json_new_object(arena);

	add_pair(object, arena, "state", (const char *[]){ before->state, after->state });
	add_pair(object, arena, "reason", (const char *[]){ before->state_reason, after->state_reason });
	add_pair(object, arena, "delete_at", (const char *[]){ moment_text(arena, before->delete_at), moment_text(arena, after->delete_at) });
	return json_text(arena, object);
}

enum got
tenant_audit(struct req *r, const char *action, const struct tenant *tenant, const char *difference)
{
	const tenant_id before = r->tenant;
	const struct audit_entry entry = {
		.action = action, .noun = "tenant", .noun_id = tenant->id, .noun_name = tenant->code, .difference = difference
	};
	enum got got;

	r->tenant = tenant_of(tenant);
	got = audit_write(r, &entry);
	r->tenant = before;
	return got;
}

static enum got
step_work(struct db *db, void *arg)
{
	struct step *step = arg;
	struct req *r = step->r;
	struct tenant before = { .id = 0 };
	enum got got = tenant_lock(db, r->arena, step->tenant->id, &before);

	if (got != GOT_ONE)
		return got;
	*step->tenant = before;
	if (!step->decide(step))
		return GOT_NONE;
	got = tenant_set_state(db, step->tenant, r->now);
	if (got == GOT_ONE)
		got = tenant_audit(r, step->action, step->tenant, difference_of(r->arena, &before, step->tenant));
	return got;
}

/* Parked polls of the tenant end, of visitors and agents: whoever comes back gets what is right now. */
static void
tell(struct req *r, const struct tenant *tenant)
{
	const tenant_id id = { tenant->id };

	if (r->site == NULL || r->site->bell == NULL)
		return;
	bell_cut(r->site->bell, bell_topic_of_all(r->arena, id, 'v'));
	bell_cut(r->site->bell, bell_topic_of_all(r->arena, id, 'a'));
}

/* GOT_ONE when nothing had to be done, too. */
static enum got
step_run(struct step *step)
{
	const uint64_t id = step->tenant->id;
	enum got got = db_transaction(step->r->db, step_work, step);

	if (got == GOT_ONE)
		tell(step->r, step->tenant);
	if (got == GOT_NONE && form_is_good(step->form) && step->tenant->id == id && step->tenant->state != NULL)
		return GOT_ONE;
	return got;
}

static bool
refuse(struct step *step, const char *field, const char *message)
{
	form_problem(step->r, step->form, field, message, NULL);
	return false;
}

/* By the rule of its field; trims it. */
static bool
reason_is_sound(struct step *step)
{
	struct tenant asked = { .id = 0 };
	struct field_problem problem;

	if (!field_read(step->r->arena, field_find(tenant_fields, "state_reason"), step->reason, &asked, &problem)) {
		form_problem_of_field(step->r, step->form, "reason", &problem);
		return false;
	}
	step->reason = asked.state_reason;
	return true;
}

static bool
decide_suspend(struct step *step)
{
	struct tenant *tenant = step->tenant;

	if (step->reason == NULL)
		step->reason = tenant->state_reason;
	if (!reason_is_sound(step))
		return false;
	if (!text_equal(tenant->state, "active") && !text_equal(tenant->state, "suspended"))
		return refuse(step, "", N_("This company is being deleted. Undelete it first."));
	if (text_equal(tenant->state, "suspended") && text_equal(tenant->state_reason, step->reason))
		return false;
	if (tenant->suspended_at == 0)
		tenant->suspended_at = step->r->now;
	tenant->state = "suspended";
	tenant->state_reason = step->reason;
	return true;
}

enum got
tenant_suspend(struct req *r, struct form *form, struct tenant *tenant, const char *reason)
{
	struct step step = { .r = r, .form = form, .action = "tenant.suspend", .tenant = tenant, .reason = reason, .decide = decide_suspend };

	return step_run(&step);
}

static bool
decide_reason(struct step *step)
{
	if (!text_equal(step->tenant->state, "suspended"))
		return refuse(step, "reason", N_("is only for a company that is suspended"));
	return decide_suspend(step);
}

enum got
tenant_set_reason(struct req *r, struct form *form, struct tenant *tenant, const char *reason)
{
	struct step step = { .r = r, .form = form, .action = "tenant.suspend", .tenant = tenant, .reason = reason, .decide = decide_reason };

	return step_run(&step);
}

static bool
decide_resume(struct step *step)
{
	struct tenant *tenant = step->tenant;

	if (text_equal(tenant->state, "active"))
		return false;
	if (!text_equal(tenant->state, "suspended"))
		return refuse(step, "", N_("This company is being deleted. Undelete it first."));
	tenant->state = "active";
	tenant->state_reason = "";
	tenant->suspended_at = 0;
	return true;
}

enum got
tenant_resume(struct req *r, struct form *form, struct tenant *tenant)
{
	struct step step = { .r = r, .form = form, .action = "tenant.resume", .tenant = tenant, .decide = decide_resume };

	return step_run(&step);
}

static bool
decide_delete(struct step *step)
{
	struct tenant *tenant = step->tenant;
	const struct tenant_deletion *deletion = step->deletion;

	if (text_equal(tenant->state, "erasing"))
		return refuse(step, "", N_("This company is being erased."));
	if (!text_equal(deletion->confirm, tenant->code))
		return refuse(step, "confirm", N_("must be the code of the company"));
	if (deletion->days > TENANT_GRACE_MOST) {
		form_problem(step->r, step->form, "days", N_("must be at most %s"), "3650");
		return false;
	}
	if (step->reason == NULL)
		step->reason = "";
	if (!reason_is_sound(step))
		return false;
	if (!text_equal(tenant->state, "deleting"))
		tenant->reason_before = tenant->state_reason;
	tenant->state = "deleting";
	tenant->state_reason = step->reason;
	tenant->delete_at = step->r->now + (clock_ms)deletion->days * CLOCK_DAY;
	return true;
}

enum got
tenant_delete(struct req *r, struct form *form, struct tenant *tenant, const struct tenant_deletion *deletion)
{
	struct step step = { .r = r, .form = form, .action = "tenant.delete", .tenant = tenant, .reason = deletion->reason,
		.deletion = deletion, .decide = decide_delete };

	return step_run(&step);
}

static bool
decide_undelete(struct step *step)
{
	struct tenant *tenant = step->tenant;

	if (text_equal(tenant->state, "erasing"))
		return refuse(step, "", N_("This company is being erased: it cannot be brought back any more."));
	if (!text_equal(tenant->state, "deleting"))
		return false;
	tenant->state = life_before_deletion(tenant);
	tenant->state_reason = tenant->reason_before;
	tenant->reason_before = "";
	tenant->delete_at = 0;
	return true;
}

enum got
tenant_undelete(struct req *r, struct form *form, struct tenant *tenant)
{
	struct step step = { .r = r, .form = form, .action = "tenant.undelete", .tenant = tenant, .decide = decide_undelete };

	return step_run(&step);
}

bool
tenant_is_read_only(const struct req *r)
{
	return r->tenant_state != NULL && !text_equal(r->tenant_state, "active");
}
