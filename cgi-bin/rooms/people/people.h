/* SPDX-License-Identifier: BSD-2-Clause */
/* people.h - agents, their roles and queues, sessions, API keys, presence and load. */
#ifndef HARK_ROOMS_PEOPLE_PEOPLE_H
#define HARK_ROOMS_PEOPLE_PEOPLE_H

#include "core/field.h"
#include "edge/db.h"
#include "edge/json.h"
#include "rooms/tenant/tenant.h"
#include "web/job.h"
#include "web/resource.h"
#include "web/route.h"
#include "web/sweep.h"

/* An agent whose console did not renew its ticket for so long is not online, whatever the status says. */
#define AGENT_GONE_AFTER (150 * CLOCK_SECOND)

/* After a console was closed another may say for so long that it is here: the page that was loaded again, a second device. */
#define AGENT_LEAVING (5 * CLOCK_SECOND)

struct agent {
	uint64_t id;
	const char *account;
	const char *email;
	const char *first_name;
	const char *last_name;
	const char *alias;
	const char *title;
	const char *bio;
	const char *phone;
	const char *locale;
	const char *time_zone;
	const char *external_id;         /* by which the product that imported the agent knows it, or "" */
	const char *password;            /* LOCAL, SECRET: from a form only */
	const char *password_hash;       /* never in a form */
	uint64_t max_chats;              /* 0 is without limit */
	uint64_t max_tickets;            /* the same for the inbox */
	uint64_t chats;
	const char *status;              /* online, away, offline */
	uint64_t away_id;                /* with status away: the away status of the company, or 0 */
	clock_ms status_at;
	clock_ms seen_at;                /* the console was open then */
	clock_ms active_at;              /* the last key or pointer there */
	clock_ms answered_at;            /* the last offer that was accepted or refused */
	uint64_t missed;                 /* offers in a row that were not answered */
	const char *settings;
	uint64_t calendar_id;            /* hours that the agent shares with others; 0 is always. His own: rooms/hours */
	bool two_factor;                 /* a code is asked for when signing in */
	const char *totp_sealed;         /* never in a form; "" is not set up */
	uint64_t totp_step;
	const char *allowed_addresses;   /* one address or subnet a line; "" is any */
	const char *avatar;              /* stored name of the picture, or "" */
	bool show_photo;                 /* what visitors see of the agent, beside the alias */
	bool show_title;
	bool show_bio;
	struct field_set roles;
	struct field_set queues;
	struct field_set skills;
	struct field_set widgets;        /* whose chats the agent's queues take: the list is narrowed by it */
	clock_ms created_at;
	clock_ms updated_at;
	clock_ms deleted_at;
};
extern const struct field agent_fields[];        /* of the resource and of all reads */
extern const struct resource agent_resource;
extern const struct field_choice agent_locale_choices[];   /* the language of an agent, or the company's */

struct queue {
	uint64_t id;
	const char *name;
	const char *description;
	bool for_chat;
	bool for_inbox;
	uint64_t calendar_id;            /* the hours of the queue; 0 is as the company */
	const char *hours;               /* LOCAL: whether it is there now, in words */
	const char *closed_message;      /* what visitors read outside of its hours; "" is the usual text */
	struct field_set agents;
	clock_ms created_at;
	clock_ms updated_at;
	clock_ms deleted_at;
};
extern const struct field queue_fields[];
extern const struct resource queue_resource;

/* A set of rights that agents are given. */
struct role {
	uint64_t id;
	const char *name;
	const char *permissions;         /* names of web/permission.c, separated by spaces; "*" is all */
	bool requires_two_factor;        /* its agents must set up a second factor */
	struct field_set agents;
	clock_ms created_at;
	clock_ms updated_at;
	clock_ms deleted_at;
};
extern const struct field role_fields[];
extern const struct resource role_resource;

/* Something that an agent is good at: a language, a product. */
struct skill {
	uint64_t id;
	const char *name;
	const char *description;
	struct field_set agents;
	clock_ms created_at;
	clock_ms updated_at;
	clock_ms deleted_at;
};
extern const struct resource skill_resource;

/* A company's own word for being away: "Lunch". */
struct away_status {
	uint64_t id;
	const char *name;
	clock_ms created_at;
	clock_ms updated_at;
	clock_ms deleted_at;
};
extern const struct field away_status_fields[];
extern const struct resource away_status_resource;

/* How the company wants presence to work: settings/presence. */
struct presence {
	uint64_t away_minutes;           /* without activity in an open console until away; 0 is never */
	uint64_t away_missed;            /* offers in a row without an answer until away; 0 is never */
	uint64_t ring_seconds;           /* so long an offer rings at an agent */
	const char *closed_console;      /* what a closed console does to the status: keep, offline */
	const char *signed_in;           /* what signing in does to it: keep, online */
	uint64_t log_days;               /* so long the log is kept */
};
extern const struct resource presence_resource;

/* A change of somebody's status. */
struct status_change {
	uint64_t agent;
	const char *status;              /* online, away, offline */
	uint64_t away_id;                /* with away: a live away status, or 0 */
	const char *reason;              /* agent, administrator, timeout, missed, closed, sign_in, sign_out, deleted */
	uint64_t detail;                 /* of timeout the minutes, of missed the offers */
	uint64_t actor;                  /* the agent who does it; 0: a rule */
	const char *actor_name;          /* NULL is "" */
};

/* A row of the log: how long somebody was in a status, by whom and why. */
struct status_entry {
	uint64_t id;
	uint64_t agent_id;
	const char *alias;               /* of the agent, also of a deleted one */
	const char *status;
	uint64_t away_id;
	const char *away_name;           /* as it was called then */
	const char *reason;
	uint64_t detail;
	uint64_t actor_id;
	const char *actor_name;
	clock_ms at;
	clock_ms ended_at;               /* 0: the present one */
};

/* How safe the company wants sign-ins to be. */
struct security {
	uint64_t idle_hours;             /* a session ends after so long without a request */
	uint64_t session_days;           /* and after so long in any case */
	const char *allowed_addresses;   /* of all agents, beside their own: core/address.h; "" is any */
	bool api_keys;                   /* API keys work */
	bool sign_in_links;              /* those with the right make links that sign agents in */
};
extern const struct resource security_resource;

/* Somebody who was asked by mail to become an agent. A deleted one was withdrawn. */
#define INVITATION_LIFE (7 * CLOCK_DAY)

struct invitation {
	uint64_t id;
	const char *email;
	struct field_set roles;
	struct field_set queues;
	const char *locale;              /* of the mail and of the new agent; "" as the company */
	const char *state;               /* open, accepted, expired */
	const char *invited_by;          /* a person's name, or "" */
	clock_ms expires_at;
	clock_ms accepted_at;
	uint64_t agent_id;               /* who came of it */
	clock_ms created_at;
	clock_ms updated_at;
	clock_ms deleted_at;
};
extern const struct field invitation_fields[];
extern const struct resource invitation_resource;

/* What an invitation needs of its surroundings, whether a page, a command or the host's panel makes it. */
struct invitation_desk {
	struct db *db;
	struct arena *arena;
	const struct conf *conf;
	const struct crypt_keys *keys;
	tenant_id tenant;
	clock_ms now;
};

/* Writes to an agent who was made without a password, such as the owner of a new company: a link to choose one, good once, for as long as
 * an invitation. In the caller's transaction. */
enum got agent_welcome(const struct invitation_desk *desk, uint64_t agent) MUST_USE;

extern const struct route people_routes[];       /* "/" */
extern const struct route sign_in_routes[];
extern const struct route profile_routes[];      /* one's own user info, picture and language; agents' pictures */
extern const struct route agent_routes[];        /* an agent's password, import; before those of agent_resource */
extern const struct route status_routes[];       /* somebody's status, and the log */
extern const struct route confirm_routes[];      /* the own password: changed, and given once more */
extern const struct route code_routes[];         /* the second factor while signing in */
extern const struct route factor_routes[];       /* one's own second factor */
extern const struct route factor_reset_routes[]; /* that of an agent, taken by an administrator */
extern const struct route sign_in_link_routes[]; /* the API that makes links which sign in once */
extern const struct route session_routes[];      /* where one is signed in, and where an agent is */
extern const struct route api_key_routes[];
extern const struct route reset_routes[];        /* forgotten passwords, help */
extern const struct job_kind reset_jobs[];
extern const struct route invitation_routes[];
extern const struct job_kind people_jobs[];      /* people.sweep: sessions that ended; people.status_log: what is older than it is kept */

/* --- links that open a tenant once, /enter/TOKEN: made by the host or by a key of the tenant, stored as hashes */

#define ENTER_LINK_LIFE CLOCK_MINUTE

struct enter_link {
	uint64_t tenant_id;
	uint64_t agent_id;               /* whom it signs in; 0: it begins a view of the host */
	const char *maker;               /* host: without a second factor, also into a company that is not active; key: as a password does */
	uint64_t maker_id;               /* the operator, or the agent whose key it is */
	const char *maker_name;
	unsigned char hash[CRYPT_HASH_LEN];      /* of the token; set by enter_link_find() */
};

/* *url is below base_url, whatever the request's host was. In the caller's transaction, with an audit entry. */
enum got enter_link_make(struct req *r, const struct enter_link *link, const char **url) MUST_USE;
/* GOT_NONE: unknown, used, or over. */
enum got enter_link_find(struct req *r, const char *token, struct enter_link *link) MUST_USE;
/* Of all who ask at once, one gets GOT_ONE. */
enum got enter_link_take(struct req *r, const struct enter_link *link) MUST_USE;
/* Deletes the links of yesterday and before. */
void enter_link_sweep(struct sweep *sweep);

/* What a link opens. */
struct entrance {
	struct enter_link link;
	struct tenant tenant;
	struct agent agent;              /* of a link that signs in: a live one */
};

/* Uses a link of maker "key" up and answers: the agent's first page, the second factor's, or why not. */
int people_enter_by_link(struct req *r, const struct entrance *entrance);
/* The answer to a link that is of no use any more. */
int people_link_is_over(struct req *r);

/* For site.agents. */
extern const struct access agent_access;

/* For site.identify: session cookie or `X-Api-Key` / `Authorization: Bearer`, one indexed query. */
enum got people_identify(struct req *r);

/* The default roles (Administrators "*", Supervisors, Agents) and the queue "Inbox" of a new tenant, called so in the language in use;
 * *queue_id is the queue's. */
enum got people_start_tenant(struct db *db, tenant_id tenant, clock_ms now, uint64_t *queue_id) MUST_USE;

/* Opens a session without a password, by a link of the host, in the caller's transaction; the old one of this browser ends. *token is
 * for people_keep_session(), after the commit. */
enum got people_open_session(struct req *r, tenant_id tenant, uint64_t agent, const char **token) MUST_USE;
void people_keep_session(struct req *r, const char *token);
/* The first administrator of a new tenant, in the first queue; without a password, so nobody signs in with it yet. Sets the id. */
enum got people_start_owner(struct db *db, struct arena *arena, tenant_id tenant, const struct tenant_owner *owner, clock_ms now,
	uint64_t *id) MUST_USE;
/* The job that people order in the transaction that deletes an agent or takes the right to chat from him; its subject is the agent.
 * Whoever gives work to agents carries it out: the agent's chats go back to their queues. */
#define AGENT_GONE_JOB "agent.gone"

/* The job that agent_gone() orders for when AGENT_LEAVING is over: who nobody has seen since is told to be away. Its subject is the agent. */
#define AGENT_LEFT_JOB "agent.left"

/* May the agent have chats: is not deleted and has the right? GOT_NONE: no. */
enum got agent_may_chat(struct db *db, struct arena *arena, tenant_id tenant, uint64_t id) MUST_USE;
/* All who may. */
enum got agents_who_chat(struct db *db, struct arena *arena, tenant_id tenant, struct field_set *agents) MUST_USE;

/* Why a password is refused (a message id with at most one %s for *detail), or NULL when it is good. `known` are texts that attackers try with
 * it, such as the account and the name of the company (NIST SP 800-63B, "context-specific words"); a NULL ends them. */
const char *people_password_problem(const char *password, const char *const *known, const char **detail);

/* "Anna Weber": as many characters as the columns of logs have that keep it. */
#define AGENT_NAME_MAX 160
const char *agent_name(struct arena *arena, const struct agent *agent);

/* "5.a12": who an agent is for throttles, and his topic on the live stream. */
const char *agent_key(struct arena *arena, tenant_id tenant, uint64_t agent);

/* Deleted ones too (deleted_at): history and chats still name them. */
enum got agent_by_id(struct db *db, struct arena *arena, tenant_id tenant, uint64_t id, struct agent *agent) MUST_USE;
/* By user name or e-mail, live ones only. */
enum got agent_by_account(struct db *db, struct arena *arena, tenant_id tenant, const char *account,
	struct agent *agent) MUST_USE;
/* By the key of the product that imported it; deleted ones too. */
enum got agent_by_external_id(struct db *db, struct arena *arena, tenant_id tenant, const char *external_id,
	struct agent *agent) MUST_USE;
/* The owner of a tenant: its first live agent with all rights. */
enum got agent_first_administrator(struct db *db, struct arena *arena, tenant_id tenant, struct agent *agent) MUST_USE;
/* All live agents with `queues` filled (two queries). */
enum got agent_all(struct db *db, struct arena *arena, tenant_id tenant, struct db_rows *agents) MUST_USE;
/* "/avatar/7?v=0123…" for agents; "" without a picture. */
const char *agent_avatar_path(struct arena *arena, const struct agent *agent);
enum got agent_set_locale(struct db *db, tenant_id tenant, uint64_t id, const char *locale, clock_ms now) MUST_USE;
/* Creates without a form: `hark agent create`, demo data. Password NULL: cannot sign in yet. Sets the id. */
enum got agent_create(struct db *db, struct arena *arena, tenant_id tenant, struct agent *agent, clock_ms now) MUST_USE;
enum got agent_set_password(struct db *db, struct arena *arena, tenant_id tenant, uint64_t id, const char *password,
	clock_ms now) MUST_USE;

/* Is the agent able to take a chat now: status online and console seen lately? */
bool agent_is_online(const struct agent *agent, clock_ms now);

/* The one way to a status: with its entry in the log, in the caller's transaction or in one of its own. Deleted agents too. What is so
 * already stays so, without an entry. GOT_NONE: no such agent or away status. Whoever gives work to agents must look again afterwards. */
enum got agent_set_status(struct db *db, struct arena *arena, tenant_id tenant, const struct status_change *change,
	clock_ms now) MUST_USE;

/* "online", "away", "offline", or "away:5" for an away status, as forms and programs send it; false for anything else. */
bool agent_read_status(const char *text, struct status_change *change);

/* The present entry of an agent's log; GOT_NONE when the status was never changed. */
enum got agent_status_entry(struct db *db, struct arena *arena, tenant_id tenant, uint64_t id,
	struct status_entry *entry) MUST_USE;

/* Why the status is as it is, for the agent's own console (docs/api-console.md); null when the agent chose it. */
struct json *agent_status_why(struct arena *arena, const struct status_entry *entry);

/* The company's away statuses by name: [{"id","name"}]. */
enum got away_status_json(struct db *db, struct arena *arena, tenant_id tenant, struct json **list) MUST_USE;

/* The console is open. `active_at` is when somebody was last active there, 0 when that is not known; a console that comes back after
 * AGENT_GONE_AFTER counts as active. */
enum got agent_seen(struct db *db, tenant_id tenant, uint64_t id, clock_ms active_at, clock_ms now) MUST_USE;
/* A console was closed: unless one says after it that it is here, nobody is there when AGENT_LEAVING is over. Needs no transaction: without
 * the job he counts as gone all the same, and others hear of it later. */
enum got agent_gone(struct db *db, tenant_id tenant, uint64_t id, clock_ms now) MUST_USE;

/* An offer was accepted or refused: whoever answers is there. */
enum got agent_answered(struct db *db, tenant_id tenant, uint64_t id, clock_ms now) MUST_USE;
/* An offer that rang since `offered_at` was not answered. It counts unless the agent has answered another one meanwhile. GOT_ONE: that
 * was one too many, the agent is away now; GOT_NONE: not yet. In the caller's transaction. */
struct missed_offer {
	uint64_t agent;
	clock_ms offered_at;
};
enum got agent_missed(struct db *db, struct arena *arena, tenant_id tenant, const struct presence *presence,
	const struct missed_offer *offer, clock_ms now) MUST_USE;

/* Companies with somebody who is not offline; all tenants, as struct presence_agent without an id. */
struct presence_agent {
	uint64_t tenant_id;
	uint64_t id;
};
enum got presence_tenants(struct db *db, struct arena *arena, struct db_rows *tenants) MUST_USE;
/* Those agents of a company whose status the rules of presence change now, as struct presence_agent. */
enum got presence_due(struct db *db, struct arena *arena, tenant_id tenant, const struct presence *presence, clock_ms now,
	struct db_rows *agents) MUST_USE;
/* Looks again under a lock, and changes it. GOT_NONE: nothing to change any more. */
enum got presence_apply(struct db *db, struct arena *arena, tenant_id tenant, const struct presence *presence, uint64_t agent,
	clock_ms now) MUST_USE;

/* What the company wants; the presets when it never said. */
enum got presence_load(struct db *db, struct arena *arena, tenant_id tenant, struct presence *presence) MUST_USE;

enum got agent_set_settings(struct db *db, tenant_id tenant, uint64_t id, const char *settings) MUST_USE;

/* Load: a conditional update on the agent's row, so no race exceeds the limit. GOT_NONE: full (or gone). */
enum got agent_take_chat(struct db *db, tenant_id tenant, uint64_t id, bool force) MUST_USE;
enum got agent_leave_chat(struct db *db, tenant_id tenant, uint64_t id) MUST_USE;

/* Deleted ones too, as agents. */
enum got queue_by_id(struct db *db, struct arena *arena, tenant_id tenant, uint64_t id, struct queue *queue) MUST_USE;
/* The company's oldest live queue for chats. */
enum got queue_first_for_chat(struct db *db, struct arena *arena, tenant_id tenant, struct queue *queue) MUST_USE;
enum got queue_all(struct db *db, struct arena *arena, tenant_id tenant, struct db_rows *queues) MUST_USE;   /* live, by name */
/* The ids of the queues of an agent, ascending. */
enum got queue_ids_of_agent(struct db *db, struct arena *arena, tenant_id tenant, uint64_t agent,
	struct field_set *queues) MUST_USE;

/* Takes the second factor and its recovery codes away from an agent, and ends all sign-ins: who has to have one sets up a new one. In the
 * caller's transaction; the audit entry is the caller's. GOT_NONE: there is no such agent. */
enum got agent_reset_factor(struct req *r, uint64_t agent) MUST_USE;

/* A key of a program that acts for an agent. */
struct api_key {
	uint64_t id;
	uint64_t agent_id;
	const char *name;
	const char *hint;                /* how the key begins */
	const char *scopes;              /* names of rights, "*" is all that the agent has */
	bool read_only;
	clock_ms expires_at;             /* 0: never */
	clock_ms created_at;
	clock_ms used_at;
};

/* One as it is typed. */
struct key_input {
	const char *name;
	bool all;                        /* every right of the agent, also those to come */
	const char *scopes;
	bool read_only;
	const char *expires;             /* a day, to its end, or a moment (RFC 3339); "" is never */
};

/* Reads and checks it, and fills the key of the agent key->agent_id. GOT_NONE: problems in the form. */
enum got key_form_read(struct req *r, struct form *form, struct key_input *input, struct api_key *key) MUST_USE;
/* Stores it with its audit entry; *text is the key, shown once. GOT_NONE and a problem when the agent has too many. */
enum got key_form_store(struct req *r, struct form *form, struct api_key *key, const char **text) MUST_USE;

#endif
