/* SPDX-License-Identifier: BSD-2-Clause */
/* audit_jobs.c - entries are kept as long as the company wants. */
#include "rooms/audit/audit.h"

#include "rooms/audit/audit_log_store.h"

static job_function audit_sweep;

const struct job_kind audit_jobs[] = {
	{ "audit.sweep", audit_sweep, 5 * CLOCK_MINUTE, CLOCK_HOUR, NULL },
	{ .kind = NULL }
};

static const struct field audit_setting_fields[] = {
	FIELD_U64(struct audit_setting, keep_days, FIELD_FORM | FIELD_REQUIRED, .min = 30, .max = 3650, .preset = "400",
		.label = N_("Days to keep the audit log"), .help = N_("Older entries are removed for good, each hour.")),
	FIELD_END
};

const struct resource audit_setting_resource = {
	.noun = "audit_setting",
	.plural = "settings/audit",
	.title = N_("Audit log"),
	.title_one = N_("audit log"),
	.help = N_("Who changed what, and who signed in, is written down and cannot be changed."),
	.fields = audit_setting_fields,
	.size = sizeof(struct audit_setting),
	.may_read = MAY_READ_AUDIT,
	.may_write = MAY_MANAGE_SETTINGS,
	.is_single = true
};

static void
sweep_tenant(struct job_run *run, struct sweep *sweep, tenant_id tenant)
{
	struct audit_setting setting = { 0 };

	if (resource_single_load(run->db, run->arena, NULL, tenant, &audit_setting_resource, &setting) == GOT_ERROR)
		sweep->has_failed = true;
	else
		audit_remove(sweep, tenant, run->now - (clock_ms)setting.keep_days * CLOCK_DAY);
}

/* Each run begins with another company, so that none is always the last. */
static enum got
audit_sweep(struct job_run *run)
{
	struct sweep sweep = sweep_begin(run);
	struct db_rows rows = { 0 };
	const struct audit_tenant *tenants;
	const size_t first = (size_t)(run->now / CLOCK_HOUR);
	size_t i;

	if (audit_tenants(run->db, run->arena, &rows) == GOT_ERROR)
		return GOT_ERROR;
	tenants = rows.rows;
	for (i = 0; i < rows.count && sweep_may_go_on(&sweep); i++)
		sweep_tenant(run, &sweep, (tenant_id){ tenants[(first + i) % rows.count].tenant_id });
	return sweep_end(&sweep, run, "The audit log could not be swept.");
}
