/* SPDX-License-Identifier: BSD-2-Clause */
/* tenant.h - tenants: a company with everything that is its own; its plan, its limits, its life, its host names, what it uses.
 *
 * docs/tenants.md describes the limits, the states and the figures for those who run an installation.
 */
#ifndef HARK_ROOMS_TENANT_TENANT_H
#define HARK_ROOMS_TENANT_TENANT_H

#include "core/field.h"
#include "edge/db.h"
#include "web/resource.h"
#include "web/form.h"
#include "web/job.h"
#include "web/req.h"
#include "web/route.h"

struct tenant {
	uint64_t id;
	const char *code;           /* "Company" on the sign-in page: a slug */
	const char *name;
	const char *external_id;    /* of the host's billing, unique; "" is none */
	const char *state;          /* active, suspended, deleting, erasing */
	const char *state_reason;   /* why it is not active, for its people; "" is not said */
	const char *reason_before;  /* with state deleting: state_reason until then */
	const char *locale;
	const char *time_zone;
	const char *text_languages; /* in which it has own texts that are said: "de fr" (rooms/text) */
	uint64_t plan_id;
	const char *plan_code;      /* of the plan; read only */
	clock_ms suspended_at;      /* 0: is not */
	clock_ms delete_at;         /* with state deleting: then it is erased; else 0 */
	clock_ms created_at;
	clock_ms updated_at;
};
/* The FORM fields are what a host gives: code (only when it is made), name, external_id, locale, time_zone. */
extern const struct field tenant_fields[];

static inline tenant_id
tenant_of(const struct tenant *tenant)
{
	return (tenant_id){ tenant->id };
}

#define BRAND_COLOUR "#0b57d0"               /* of static/css/tokens.css: until another is chosen */

/* How a company shows itself: settings/brand. All members are set; "" is not chosen. */
struct brand {
	const char *display_name;   /* instead of the tenant's name, also as the sender of its mails */
	const char *colour;         /* "#rrggbb" */
	const char *logo;           /* stored name of the picture */
	const char *help_url;       /* where the company's people find help */
};
extern const struct resource brand_resource;
extern const struct route brand_routes[];        /* /brand.css and /brand/logo of the request's tenant */

/* Also in jobs. GOT_ONE or GOT_ERROR. */
enum got brand_load(struct db *db, struct arena *arena, const struct crypt_keys *keys, tenant_id tenant,
	struct brand *brand) MUST_USE;

/* Sets Tenant.Name, Brand.Logo, Brand.Css and Brand.Help of a page that belongs to a tenant: for site.frame. */
void brand_show(struct req *r);
/* The same for a page of the widget's visitors, whose logo has the path "/visit/KEY/logo". */
void brand_show_visitor(struct req *r, const char *key);
/* Gives out the logo of r->tenant; 404 without one. */
int brand_reply_logo(struct req *r);

enum got tenant_by_code(struct db *db, struct arena *arena, const char *code, struct tenant *tenant) MUST_USE;
enum got tenant_by_id(struct db *db, struct arena *arena, tenant_id id, struct tenant *tenant) MUST_USE;
enum got tenant_by_external_id(struct db *db, struct arena *arena, const char *external_id, struct tenant *tenant) MUST_USE;
enum got tenant_by_host(struct db *db, struct arena *arena, const char *host, struct tenant *tenant) MUST_USE;   /* verified ones */
enum got tenant_all(struct db *db, struct arena *arena, struct db_rows *tenants) MUST_USE;

/* Those of a host's list: by code, after `after` ("" from the start), whose code, name or external id has `search` ("" all),
 * in the state ("" all), at most `most`. */
struct tenant_filter {
	const char *after;
	const char *search;
	const char *state;
	uint64_t most;
};
enum got tenant_search(struct db *db, struct arena *arena, const struct tenant_filter *filter, struct db_rows *tenants) MUST_USE;

/* Inserts it and sets its id; idempotent by external_id (GOT_NONE: exists, *tenant is the old one). For demonstrations and tests;
 * tenant_open() is what hosts use. */
enum got tenant_create(struct db *db, struct arena *arena, struct tenant *tenant, clock_ms now) MUST_USE;

/* Sets r->tenant, r->tenant_name, r->tenant_locale, r->tenant_zone, r->tenant_languages, r->tenant_state, r->tenant_reason. */
void tenant_enter(struct req *r, const struct tenant *tenant);

/* For site.tenant_of_host: the tenant of a verified domain fills r->tenant and its names. */
enum got tenant_of_host(struct req *r, const char *host);

/* Where the tenant's people find it, for links in mails: "https://desk.acme.example" by its first verified domain, else base_url. Never
 * what a request says of itself. */
enum got tenant_address(struct db *db, struct arena *arena, const struct conf *conf, tenant_id tenant, const char **address) MUST_USE;

/* ---- Making and changing. What a person typed wrong is a problem of the form (fields: code, name, external_id, locale, time_zone,
 * plan, domain, owner_email, reason, confirm, days) and GOT_NONE. Each is one transaction with its audit entry in the tenant's log, in
 * the name of r->actor; r->tenant is as before afterwards. `form` is form_init(form, tenant_fields) or of any other table. */

struct tenant_opening {
	struct tenant tenant;        /* code, name; optional: external_id, locale, time_zone. Filled afterwards */
	const char *plan;            /* code of a plan; NULL or "": unlimited */
	const char *domain;          /* host name that is verified by the operator's word; NULL or "": none */
	const char *owner_email;     /* the first administrator; NULL or "": none */
	const char *owner_name;      /* "Anna Weber"; NULL or "": the part before the @ */
	uint64_t owner;              /* out: the agent, who has no password yet: invite, or give a sign-in link; 0: none was asked for */
	bool exists;                 /* out: the external id was there: nothing was changed, `tenant` is the old one */
};
/* With the default roles, queue and widget (site.start_tenant). GOT_ONE also when it exists. A form with problems gets those that are found
 * here added, so that all are told together: nothing is made. */
enum got tenant_open(struct req *r, struct form *form, struct tenant_opening *opening) MUST_USE;

/* Stores name, external_id, locale, time_zone of `tenant` (its id says which). What is NULL stays as it is; afterwards all is as stored. */
enum got tenant_change(struct req *r, struct form *form, struct tenant *tenant) MUST_USE;

/* Another plan. What is over its limits stays; only more is refused. */
enum got tenant_set_plan(struct req *r, struct form *form, struct tenant *tenant, const char *plan) MUST_USE;

/* active -> suspended: widgets answer an empty script, visitors' polls end, agents read only. The reason is shown to the tenant's people.
 * One that is suspended already gets the new reason; NULL keeps the one that it has. */
enum got tenant_suspend(struct req *r, struct form *form, struct tenant *tenant, const char *reason) MUST_USE;
/* Another reason for one that is suspended; any other is a problem. */
enum got tenant_set_reason(struct req *r, struct form *form, struct tenant *tenant, const char *reason) MUST_USE;
/* suspended -> active. One that is active already: GOT_ONE. */
enum got tenant_resume(struct req *r, struct form *form, struct tenant *tenant) MUST_USE;

#define TENANT_GRACE_DAYS 30
#define TENANT_GRACE_MOST 3650
/* any -> deleting: as suspended, administrators only, and erased after `days` (0: at the next look). `confirm` must be the code. */
struct tenant_deletion {
	const char *confirm;
	uint64_t days;
	const char *reason;
};
enum got tenant_delete(struct req *r, struct form *form, struct tenant *tenant, const struct tenant_deletion *deletion) MUST_USE;
/* deleting -> what it was before. When erasing has begun it is too late: a problem. */
enum got tenant_undelete(struct req *r, struct form *form, struct tenant *tenant) MUST_USE;

/* The job that is ordered when the grace is over: whoever has told foreign hosts of the company takes leave of them. Nothing is erased until it
 * is done, or for so long at most: hosts that do not answer are not waited for for ever. */
#define TENANT_LEAVE_JOB "tenant.leave"
#define TENANT_LEAVE_MOST (10 * CLOCK_MINUTE)

/* As the commands and the host's API print it; times as RFC 3339. */
struct json *tenant_json(struct arena *arena, const struct tenant *tenant);

/* May its people look but change nothing? By r->tenant_state. */
bool tenant_is_read_only(const struct req *r);

/* ---- Plans and limits */

enum limit {
	LIMIT_AGENTS,           /* live agents */
	LIMIT_CHATS,            /* accepted chats at once, of all agents together */
	LIMIT_STORAGE,          /* bytes of kept files (plans say megabytes) */
	LIMIT_MESSAGES,         /* texts and files of all chats in a month of UTC */
	LIMIT_AI_TOKENS,        /* in a month of UTC */
	LIMIT_ACCOUNTS,         /* connected channels */
	LIMIT_WIDGETS,
	LIMIT_QUEUES,
	LIMIT_API,              /* requests of API keys in a minute */
	LIMIT_RETENTION,        /* days; a length, not a count: nothing is "used" */
	LIMIT_COUNT
};
#define LIMIT_NONE UINT64_MAX   /* without limit */
#define LIMIT_KEEP (UINT64_MAX - 1)   /* asked of plan_save(): stays as it is */

struct limits {
	const char *plan_code;
	const char *plan_name;
	uint64_t most[LIMIT_COUNT];     /* LIMIT_NONE: without */
};

struct plan {
	uint64_t id;
	const char *code;
	const char *name;
	uint64_t limits[LIMIT_COUNT];   /* as limit_info says: storage in megabytes */
	clock_ms created_at;
	clock_ms updated_at;
};
extern const struct field plan_fields[];

struct limit_info {
	const char *key;         /* "storage_mb": in plans, options of the command, JSON, documentation */
	const char *label;       /* N_("Storage") */
	const char *help;        /* N_(): what counts, for hosts */
	uint64_t unit;           /* of the plan's number: 1000000 for storage_mb, else 1 */
	bool is_used;            /* does something count against it? */
	bool is_settled;         /* people choose how many there are: it does not run out by itself */
};
extern const struct limit_info limit_info[LIMIT_COUNT];

/* How long a company keeps closed conversations: settings/retention. */
struct retention {
	uint64_t keep_days;              /* 0: as the plan */
};
extern const struct resource retention_resource;

/* What binds a tenant; 0 is for ever. */
struct tenant_retention {
	uint64_t tenant_id;
	uint64_t plan_days;
	uint64_t own_days;
};
/* Active tenants with something that binds them. What was changed less than a day ago (the setting, the plan, which plan it is) does not
 * bind yet, so that a slip can be taken back. */
enum got tenant_retentions(struct db *db, struct arena *arena, clock_ms now, struct db_rows *retentions) MUST_USE;
/* The shorter of both; 0 is for ever. */
uint64_t retention_days(const struct tenant_retention *retention);

/* Reads what a form or option holds: "" is LIMIT_NONE, else a number up to 10^12. */
bool limit_read(const char *text, uint64_t *most);
/* The other way: "" or the number. */
const char *limit_show(struct arena *arena, uint64_t most);

enum got plan_by_code(struct db *db, struct arena *arena, const char *code, struct plan *plan) MUST_USE;
enum got plan_by_id(struct db *db, struct arena *arena, uint64_t id, struct plan *plan) MUST_USE;
enum got plan_all(struct db *db, struct arena *arena, struct db_rows *plans) MUST_USE;          /* by code */
enum got plan_tenants(struct db *db, uint64_t plan, uint64_t *count) MUST_USE;                  /* how many have it */
/* What is to be asked of plan_save(): all limits are LIMIT_NONE, or LIMIT_KEEP, all else is empty. */
struct plan plan_blank(uint64_t limit);
/* The problem of a field `plan` that is none: GOT_NONE, or GOT_ERROR. */
enum got plan_refuse(struct req *r, struct form *form) MUST_USE;
/* Takes the limits of a plan as people and programs write them, by limit_read(); NULL keeps what `plan` has. Problems by field. */
void plan_limits_read(struct req *r, struct form *form, const char *const texts[LIMIT_COUNT], struct plan *plan);
/* id 0: makes it, else changes it: a name that is NULL and a limit that is LIMIT_KEEP stay as they are, and the code. Afterwards all is as
 * stored. Problems by field (code, name, retention_days) and GOT_NONE. Audit entry of the installation (tenant 0). */
enum got plan_save(struct req *r, struct form *form, struct plan *plan) MUST_USE;
/* A problem while a tenant has it; `unlimited` stays. */
enum got plan_delete(struct req *r, struct form *form, const struct plan *plan) MUST_USE;
struct json *plan_json(struct arena *arena, const struct plan *plan);                           /* a limit that is not is null */

/* The limits of a tenant's plan: one query. */
enum got tenant_limits(struct db *db, struct arena *arena, tenant_id tenant, struct limits *limits) MUST_USE;

struct limit_state {
	enum limit limit;
	uint64_t used;
	uint64_t most;           /* LIMIT_NONE: without */
};
/* How much of one limit is used now. */
enum got limit_used(struct db *db, tenant_id tenant, enum limit limit, clock_ms now, uint64_t *used) MUST_USE;
/* Used and most. Never refuses: for showing "Agents: 3 of 5". */
enum got limit_state(struct db *db, tenant_id tenant, enum limit limit, clock_ms now, struct limit_state *state) MUST_USE;
/* All that is counted, in the order of enum limit: `states` has LIMIT_COUNT places, *count are filled. */
enum got limit_states(struct db *db, struct arena *arena, tenant_id tenant, clock_ms now, struct limit_state *states,
	size_t *count) MUST_USE;
/* May `more` be added? GOT_ONE: yes, GOT_NONE: no (state says used and most), GOT_ERROR. In a transaction that adds them: whoever asks
 * second waits for the first one's end, so that two cannot take the last place. Outside of one it is a look only.
 * Without a limit it costs one query and waits for nobody. */
enum got limit_check(struct db *db, tenant_id tenant, enum limit limit, uint64_t more, clock_ms now, struct limit_state *state) MUST_USE;
/* The same as a hook of the settings engine: the problem says "Agents: 3 of 5" and what to do. */
enum got limit_may_add(struct req *r, struct form *form, enum limit limit) MUST_USE;
/* Fills Limit.Used, Limit.Most and Limit.Text ("Agents: 3 of 5") for the page; nothing without a limit. */
enum got limit_page(struct req *r, enum limit limit) MUST_USE;
/* The limits that are reached or almost are, for the start page: Limits.N.{Text,Full}. */
enum got limit_warn(struct req *r) MUST_USE;
/* {"used":3,"most":5}, most null without a limit; in the unit of plans, as the key says (storage_mb). */
struct json *limit_json(struct arena *arena, const struct limit_state *state);
/* "Agents: 3 of 5", translated. */
const char *limit_text(struct arena *arena, const struct limit_state *state);

/* Does the plan allow at least one of each of these kinds (B-INB-02)? The first that it does not is a problem of the form. */
enum got limit_check_kinds(struct req *r, struct form *form, const enum limit *kinds, size_t count) MUST_USE;

/* A kept file, in the transaction that stores its row: counts the bytes; GOT_NONE: over the limit, *state says how far.
 * `bytes` below 0: a file went. */
enum got limit_store_file(struct db *db, tenant_id tenant, int64_t bytes, clock_ms now, struct limit_state *state) MUST_USE;

/* An agent takes a chat that nobody has, in its transaction: counts and remembers the day's peak. GOT_NONE: all places are taken. */
enum got limit_take_chat(struct db *db, tenant_id tenant, clock_ms now, struct limit_state *state) MUST_USE;

/* May a visitor start a chat: are there places (LIMIT_CHATS) and messages (LIMIT_MESSAGES) left? *state says which limit is reached. */
enum got limit_start_chat(struct db *db, struct arena *arena, tenant_id tenant, clock_ms now, struct limit_state *state) MUST_USE;

/* ---- Usage */

struct tenant_usage {
	uint64_t tenant_id;
	const char *code;            /* of the tenant */
	const char *external_id;
	clock_ms day;                /* the first millisecond, UTC */
	uint64_t messages;
	uint64_t chats;
	uint64_t agents;
	uint64_t peak_chats;
	uint64_t storage_bytes;
	uint64_t ai_tokens;
	uint64_t sign_ins;
};
extern const struct field tenant_usage_fields[];

/* Days in [from, to) of one tenant, or of all with tenant 0, by tenant and day; days without a row were not used. */
struct usage_span {
	tenant_id tenant;
	clock_ms from;
	clock_ms to;
};
enum got usage_days(struct db *db, struct arena *arena, const struct usage_span *span, struct db_rows *days) MUST_USE;
/* The same one row at a time, for long exports. */
enum got usage_stream(struct db *db, const struct usage_span *span, db_each_row *each, void *arg) MUST_USE;
/* The days that are asked for as text ("2026-11-20", of UTC), both in the span. NULL or "" is today for `to`, and for
 * `from` the first of the USAGE_DAYS_PRESET days until today, or the last day when that is earlier. */
#define USAGE_DAYS_PRESET 30
#define USAGE_DAYS_MOST 400
struct usage_asked {
	const char *from;
	const char *to;
};
/* Sets from and to of the span; false: problems of the form (fields from, to). */
bool usage_span_read(struct req *r, struct form *form, const struct usage_asked *asked, struct usage_span *span);
/* "2026-11-20" */
const char *usage_day_text(struct arena *arena, clock_ms day);
/* For a page: `name` as the reader writes it, `name`Iso as above. */
void usage_day_show(const struct req *r, struct page_node *node, const char *name, clock_ms day);
struct json *usage_json(struct arena *arena, const struct tenant_usage *usage);
/* The head line of the CSV, and a row of it, without line ends. */
const char *usage_csv_head(void);
const char *usage_csv_row(struct arena *arena, const struct tenant_usage *usage);

/* Counts messages of the days in which they were written; in a job's transaction, never in a request's. */
enum got usage_add_messages(struct db *db, tenant_id tenant, clock_ms day, uint64_t messages) MUST_USE;
/* Brings the figures of one tenant up to date, as the job does every few minutes; may be done as often as one likes. */
enum got usage_roll(struct db *db, tenant_id tenant, clock_ms now) MUST_USE;

/* ---- Domains */

struct domain {
	uint64_t id;
	uint64_t tenant_id;
	const char *host;
	const char *state;           /* pending, verified */
	const char *proof;           /* of a verified one: dns, file, host (the operator's word) */
	const char *token;           /* what the proof must hold, 43 characters */
	clock_ms verified_at;
	clock_ms checked_at;
	clock_ms check_at;
	clock_ms lost_at;            /* verified, but the proof is missing since */
	const char *problem;         /* of the last look, a message id or "" */
	clock_ms created_at;
};
extern const struct field domain_fields[];

/* Lower case without the dot at the end; false: no host name with at least one dot (RFC 1123), or an address. */
bool domain_host(struct arena *arena, const char *text, const char **host);
/* "_hark.help.example.com" */
const char *domain_dns_name(struct arena *arena, const struct domain *domain);
/* "http://help.example.com/.well-known/hark-TOKEN", which must hold the token */
const char *domain_file_url(struct arena *arena, const struct domain *domain);

enum got domain_all(struct db *db, struct arena *arena, tenant_id tenant, struct db_rows *domains) MUST_USE;   /* by host */
enum got domain_by_id(struct db *db, struct arena *arena, tenant_id tenant, uint64_t id, struct domain *domain) MUST_USE;
enum got domain_by_host(struct db *db, struct arena *arena, tenant_id tenant, const char *host, struct domain *domain) MUST_USE;

/* All with audit entry, for r->tenant. Problems (field host) and GOT_NONE: no host name, another tenant's, the installation's own,
 * too many. Adding what is there already is GOT_ONE. */
enum got domain_add(struct req *r, struct form *form, const char *host, struct domain *domain) MUST_USE;
/* The same although another tenant has it: what domain_force() then takes. */
enum got domain_claim(struct req *r, struct form *form, const char *host, struct domain *domain) MUST_USE;
/* Asks for a look at the proof now: a job does it within seconds. A problem of the whole form: the operator vouches for it, nobody looks. */
enum got domain_check_soon(struct req *r, struct form *form, const struct domain *domain) MUST_USE;
enum got domain_remove(struct req *r, const struct domain *domain) MUST_USE;
/* Verified by the operator's word: for commands and hosts only. With `take` it is taken from the tenant that has it; without, that is a
 * problem. */
enum got domain_force(struct req *r, struct form *form, struct domain *domain, bool take) MUST_USE;
/* Looks at the proof now and stores the outcome, unless the row was changed meanwhile: then `domain` is as it is now (GOT_NONE: gone).
 * Speaks to foreign hosts, so only jobs and commands may call it. */
struct domain_look {
	struct db *db;
	struct arena *arena;
	const struct conf *conf;
	clock_ms now;
};
enum got domain_check(const struct domain_look *look, struct domain *domain) MUST_USE;
struct json *domain_json(struct arena *arena, const struct domain *domain);

/* Links a host name to it, verified by the operator's word; GOT_NONE when another tenant has it. For demonstrations and tests. */
enum got tenant_add_domain(struct db *db, tenant_id tenant, const char *host, clock_ms now) MUST_USE;

/* ---- Erasing */

/* The tables that erasing a tenant empties, one by one; NULL at the end. tests/unit/test_tenant_tables.c compares them with schema/: a new
 * table with tenant_id belongs into life/erase_store.c. */
const char *tenant_table(size_t index);

extern const struct route usage_routes[];        /* /admin/usage */
extern const struct route domain_routes[];       /* /admin/domains */
extern const struct job_kind usage_jobs[];       /* tenant.usage */
extern const struct job_kind domain_jobs[];      /* domain.check, domain.sweep */
extern const struct job_kind erase_jobs[];       /* tenant.erase */

#endif
