/* SPDX-License-Identifier: BSD-2-Clause */
/* wiring.c - the rooms of the house, listed. */
#include "programs/wiring.h"

#include <stdio.h>
#include <stdlib.h>

#include "core/log.h"
#include "edge/locale.h"
#include "edge/migrate.h"
#include "rooms/audit/audit.h"
#include "rooms/channel/channel.h"
#include "rooms/chat/chat.h"
#include "rooms/contact/contact.h"
#include "rooms/conversation/conversation.h"
#include "rooms/host/host.h"
#include "rooms/hours/hours.h"
#include "rooms/notice/notice.h"
#include "rooms/people/people.h"
#include "rooms/routing/routing.h"
#include "rooms/start/start.h"
#include "rooms/telegram/telegram.h"
#include "rooms/tenant/tenant.h"
#include "rooms/text/text.h"
#include "rooms/visit/visit.h"
#include "rooms/widget/widget.h"
#include "web/captcha.h"
#include "web/doctor.h"
#include "web/resource.h"

static const struct resource *const resources[] = {
	&agent_resource,
	&queue_resource,
	&role_resource,
	&skill_resource,
	&away_status_resource,
	&presence_resource,
	&contact_resource,
	&canned_resource,
	&widget_resource,
	&account_resource,
	&brand_resource,
	&text_resource,
	&security_resource,
	&calendar_resource,
	&holiday_resource,
	&hours_resource,
	&mail_resource,
	&invitation_resource,
	&audit_setting_resource,
	&retention_resource,
	NULL
};

static const struct menu_entry menu[] = {
	{ N_("Overview"), N_("Start"), "/admin", MAY_SIGNED_IN },
	{ N_("Overview"), N_("Console"), "/console", MAY_CHAT },
	{ N_("Overview"), N_("Contacts"), "/admin/contacts", MAY_READ_CONTACTS },
	{ N_("History"), N_("Chats"), "/admin/history", MAY_READ_HISTORY },
	{ N_("History"), N_("Missed and refused"), "/admin/missed", MAY_READ_HISTORY },
	{ N_("Widgets"), N_("My widgets"), "/admin/widgets", MAY_MANAGE_WIDGETS },
	{ N_("Widgets"), N_("Installation"), "/admin/installation", MAY_MANAGE_WIDGETS },
	{ N_("Channels"), N_("Channel accounts"), "/admin/accounts", MAY_MANAGE_WIDGETS },
	{ N_("People"), N_("Agents"), "/admin/agents", MAY_MANAGE_PEOPLE },
	{ N_("People"), N_("Invitations"), "/admin/invitations", MAY_MANAGE_PEOPLE },
	{ N_("People"), N_("Queues"), "/admin/queues", MAY_MANAGE_QUEUES },
	{ N_("People"), N_("Roles"), "/admin/roles", MAY_MANAGE_ROLES },
	{ N_("People"), N_("Skills"), "/admin/skills", MAY_MANAGE_PEOPLE },
	{ N_("People"), N_("Away statuses"), "/admin/away-statuses", MAY_MANAGE_PEOPLE },
	{ N_("People"), N_("Status log"), "/admin/status-log", MAY_MANAGE_PEOPLE },
	{ N_("People"), N_("Status log"), "/admin/status-log", MAY_SUPERVISE },
	{ N_("Tools"), N_("Canned messages"), "/admin/canned", MAY_CHAT },
	{ N_("Settings"), N_("Branding"), "/admin/settings/brand", MAY_MANAGE_SETTINGS },
	{ N_("Settings"), N_("Texts"), "/admin/texts/all", MAY_MANAGE_SETTINGS },
	{ N_("Settings"), N_("Working hours"), "/admin/settings/hours", MAY_MANAGE_SETTINGS },
	{ N_("Settings"), N_("Calendars"), "/admin/calendars", MAY_MANAGE_SETTINGS },
	{ N_("Settings"), N_("Outgoing mail"), "/admin/settings/mail", MAY_MANAGE_SETTINGS },
	{ N_("Settings"), N_("Domains"), "/admin/domains", MAY_MANAGE_SETTINGS },
	{ N_("Settings"), N_("Security"), "/admin/settings/security", MAY_MANAGE_SETTINGS },
	{ N_("Settings"), N_("Presence"), "/admin/settings/presence", MAY_MANAGE_SETTINGS },
	{ N_("Settings"), N_("Plan and usage"), "/admin/usage", MAY_MANAGE_SETTINGS },
	{ N_("Settings"), N_("Keeping of chats"), "/admin/settings/retention", MAY_MANAGE_SETTINGS },
	{ N_("Settings"), N_("Support access"), "/admin/support-access", MAY_MANAGE_SETTINGS },
	{ N_("Settings"), N_("Audit log"), "/admin/audit", MAY_READ_AUDIT },
	{ N_("Host"), N_("Companies"), "/host/tenants", MAY_HOST_READ },
	{ N_("Host"), N_("Plans"), "/host/plans", MAY_HOST_READ },
	{ N_("Host"), N_("Usage"), "/host/usage", MAY_HOST_READ },
	{ N_("Host"), N_("Audit log"), "/host/audit", MAY_HOST_READ },
	{ N_("Host"), N_("Operators"), "/host/operators", MAY_HOST_OPERATORS },
	{ NULL, NULL, NULL, MAY_NOBODY }
};

/* Behind one's name at the top right. */
static const struct menu_entry own_menu[] = {
	{ NULL, N_("Change user info"), "/admin/profile", MAY_SIGNED_IN },
	{ NULL, N_("My availability"), "/admin/availability", MAY_SIGNED_IN },
	{ NULL, N_("Change password"), "/admin/password", MAY_SIGNED_IN },
	{ NULL, N_("Two-factor authentication"), "/admin/two-factor", MAY_SIGNED_IN },
	{ NULL, N_("Where you are signed in"), "/admin/sessions", MAY_SIGNED_IN },
	{ NULL, N_("API keys"), "/admin/api-keys", MAY_USE_API },
	{ NULL, N_("Your website"), "/admin/installation", MAY_MANAGE_WIDGETS },
	{ NULL, NULL, NULL, MAY_NOBODY }
};

/* What every page shows around itself. Visitors' pages set their own; without the database there is nothing to show. */
static void
frame_show(struct req *r)
{
	if (r->route == NULL || r->route->permission == MAY_VISIT || db_is_down(r->db))
		return;
	brand_show(r);
	chat_show_badge(r);
	start_show_way(r);
}

static const struct route *const fixed_routes[] = {
	brand_routes,
	text_routes,
	start_routes,
	people_routes,
	agent_routes,
	profile_routes,
	sign_in_routes,
	code_routes,
	confirm_routes,
	factor_routes,
	factor_reset_routes,
	sign_in_link_routes,
	session_routes,
	api_key_routes,
	status_routes,
	widget_routes,
	contact_routes,
	account_routes,
	telegram_routes,
	chat_visit_routes,
	chat_console_routes,
	chat_history_routes,
	audit_routes,
	hours_routes,
	availability_routes,
	usage_routes,
	domain_routes,
	notice_routes,
	captcha_routes,
	reset_routes,
	invitation_routes,
	company_routes,
	company_act_routes,
	company_domain_routes,
	company_api_routes,
	plan_routes,
	host_usage_routes,
	audit_host_routes,
	host_api_routes,
	operator_routes,
	operator_own_routes,
	operator_api_routes,
	link_routes,
	view_routes,
	doctor_routes
};

const struct job_kind *const wiring_jobs[] = {
	usage_jobs,
	domain_jobs,
	erase_jobs,
	notice_jobs,
	hours_jobs,
	people_jobs,
	reset_jobs,
	conversation_jobs,
	channel_jobs,
	routing_jobs,
	telegram_jobs,
	visit_jobs,
	chat_jobs,
	audit_jobs,
	host_jobs,
	job_jobs,
	NULL
};

/* The rooms' own tables first, then those that the settings engine makes for each resource. */
static const struct route *const *
all_routes(struct arena *arena)
{
	const struct route **tables = ARENA_ARRAY(arena, const struct route *, COUNT_OF(fixed_routes) + COUNT_OF(resources));
	size_t i, count = 0;

	for (i = 0; i < COUNT_OF(fixed_routes); i++)
		tables[count++] = fixed_routes[i];
	for (i = 0; resources[i] != NULL; i++)
		tables[count++] = resource_routes(arena, resources[i]);
	return tables;
}

/* What tenant_open() leaves to the rooms to the right. */
static enum got
start_tenant(struct req *r, tenant_id tenant, const struct tenant_owner *owner, uint64_t *agent)
{
	const struct invitation_desk desk = { r->db, r->arena, r->site->conf, r->site->keys, tenant, r->now };

	*agent = 0;
	if (wiring_start_tenant(r->db, r->arena, tenant, r->now) != GOT_ONE)
		return GOT_ERROR;
	if (owner == NULL)
		return GOT_ONE;
	if (people_start_owner(r->db, r->arena, tenant, owner, r->now, agent) != GOT_ONE)
		return GOT_ERROR;
	return agent_welcome(&desk, *agent);
}

struct site *
wiring_site(struct arena *arena, const struct conf *conf, const char **problem)
{
	struct site *site = ARENA_NEW(arena, struct site);
	struct crypt_keys *keys = ARENA_NEW(arena, struct crypt_keys);
	const char *secret;

	site->conf = conf;
	site->keys = keys;
	site->routes = all_routes(arena);
	site->resources = resources;
	site->menu = menu;
	site->own_menu = own_menu;
	site->frame = frame_show;
	site->tenant_of_host = tenant_of_host;
	site->tongue = text_use;
	site->identify = host_identify;
	site->agents = &agent_access;
	site->operators = &operator_access;
	site->start_tenant = start_tenant;
	site->agent_left = routing_agent_left;
	site->contact_ties = &chat_contact_ties;
	if (conf == NULL)
		return site;
	crypt_limit_hashing(conf->run_dir);
	secret = conf_secret(arena, conf, "key_file", problem);
	if (secret == NULL)
		return NULL;
	crypt_derive(secret, keys);
	locale_open(conf->locale_dir);
	site->pages = page_store_new(arena, conf->templates_dir);
	page_store_translate(site->pages, locale_text);
	site->store = store_new(arena, conf->data_dir);
	site->bell = bell_new(arena, conf->bell_socket);
	return site;
}

enum got
wiring_start_tenant(struct db *db, struct arena *arena, tenant_id tenant, clock_ms now)
{
	uint64_t queue;

	if (people_start_tenant(db, tenant, now, &queue) != GOT_ONE || hours_start_tenant(db, arena, tenant, now) != GOT_ONE)
		return GOT_ERROR;
	return widget_start_tenant(db, arena, tenant, queue, now);
}

int
wiring_check_schema(struct arena *arena, const struct conf *conf, const char **problem)
{
	/* Of its own: the connection ends here. Workers would inherit the one of the process. */
	struct arena *own = arena_new();
	struct db *db = db_new(own, conf);
	const char *why = NULL;
	enum got got = migrate_check(db, own, conf->schema_dir, &why);
	int code = got == GOT_ONE ? EXIT_SUCCESS : got == GOT_NONE || db_is_refused(db) ? EXIT_CONFIGURATION : EXIT_TRY_AGAIN;

	*problem = arena_text(arena, why);
	arena_free(own);
	return code;
}

int
wiring_start(struct arena *arena, const char *program, const char *config, struct site **site)
{
	const char *problem = NULL;
	const struct conf *conf = conf_read(arena, config, &problem);
	int code;

	if (conf == NULL)
		return fprintf(stderr, "%s\n", problem), EXIT_CONFIGURATION;
	log_open(program, log_level_named(conf->log_level));
	crypt_open();
	code = wiring_check_schema(arena, conf, &problem);
	if (code != EXIT_SUCCESS)
		return log_error(code == EXIT_TRY_AGAIN ? "database" : "schema", "%s", problem), code;
	*site = wiring_site(arena, conf, &problem);
	if (*site == NULL)
		return log_error("secret", "%s", problem), EXIT_CONFIGURATION;
	return EXIT_SUCCESS;
}
