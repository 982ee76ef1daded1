/* SPDX-License-Identifier: BSD-2-Clause */
/* req.h - one request: what came in, who asks, and what the handler needs to answer.
 *
 * A request is made by web/serve.c, handed through the gate to one handler, and gone after the reply. Everything that
 * a handler makes lives in `arena`.
 */
#ifndef HARK_WEB_REQ_H
#define HARK_WEB_REQ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/check.h"
#include "core/clock.h"
#include "core/conf.h"
#include "core/field.h"
#include "core/str.h"
#include "edge/bell.h"
#include "edge/crypt.h"
#include "edge/db.h"
#include "edge/fcgi.h"
#include "edge/json.h"
#include "edge/page.h"
#include "edge/store.h"
#include "web/permission.h"

#define REQ_PATH_MAX 2000          /* bytes of the path */
#define REQ_QUERY_MAX 8000         /* bytes of the query */
#define REQ_PARAMS_MAX (4 * FIELD_SET_MAX)   /* parameters of query and form together: an agent's form has three sets, and more */
#define REQ_NAME_MAX 100           /* bytes of a parameter's name */
#define REQ_ARGS_MAX 4             /* ":name" parts of a route */
#define REQ_SEGMENTS_MAX 12        /* parts of a path */
#define REQ_COOKIES_MAX 50
#define REQ_UPLOADS_MAX 4          /* files of one form */

enum method { GET = 1, POST, PATCH, DELETE, METHOD_OTHER };

/* Who asks. kind ACTOR_NOBODY has no tenant unless the host name gave one. ACTOR_HOST is an operator in the host's panel or API, with no
 * tenant; ACTOR_VIEW is an operator who looks at a tenant's pages with its consent, changes nothing and has the id 0; ACTOR_SYSTEM is a
 * job, for the audit. */
enum actor_kind { ACTOR_NOBODY, ACTOR_AGENT, ACTOR_API, ACTOR_HOST, ACTOR_VIEW, ACTOR_SYSTEM };
struct actor {
	enum actor_kind kind;
	uint64_t id;                     /* the agent, or the operator */
	const char *name;                /* for audit: "Anna Weber" */
	const char *alias;
	permission_set permissions;
	const char *avatar;              /* stored name of the picture, or "" */
	const char *locale;              /* "" as the tenant */
	const char *time_zone;
	const unsigned char *session;    /* SHA-256 of the session's token, CRYPT_HASH_LEN bytes; NULL without */
	const char *form_token;          /* CSRF token of the session; stays when the session gets a new token */
	clock_ms confirmed_at;           /* when the session's owner gave the password once more; 0: never */
	uint64_t key;                    /* the API key; 0 without */
	bool is_read_only;               /* a key that may only GET */
	bool is_limited;                 /* a key without all rights of its agent */
	clock_ms until;                  /* of ACTOR_VIEW: when it ends */
	uint64_t api_minute;             /* of an API key: requests a minute that the plan allows its tenant; 0 is without limit */
};

struct param {
	const char *name;
	const char *value;
};

/* A file of a form: in the spool, gone with the request unless it is kept. */
struct upload {
	const char *field;
	const char *file_name;           /* as the sender calls it */
	struct store_spool *spool;
	bool is_too_large;               /* more than upload_max: what was over is not in the spool */
};

struct access;
struct contact_ties;
struct route;
struct site;

struct req {
	struct arena *arena;
	const struct site *site;         /* the process: configuration, keys, stores */
	struct db *db;
	struct fcgi *fcgi;
	const char *id;                  /* of this request, in the log and the reply */
	clock_ms now;

	enum method method;
	const char *method_name;
	const char *path;                /* as it came, without the query */
	const char *segments[REQ_SEGMENTS_MAX];   /* of the path, each decoded: "a%2Fb" is one */
	size_t segment_count;
	const char *query;               /* raw */
	const char *host;                /* lower case, without port; checked against the configuration or a tenant's domain */
	const char *address;             /* of the client, by trusted proxies only */
	const char *user_agent;          /* cut at 255 bytes, UTF-8 */
	bool is_https;

	const struct route *route;
	struct param args[REQ_ARGS_MAX]; /* the ":name" parts */
	size_t arg_count;
	struct param *params;            /* query, then form */
	size_t param_count;
	size_t param_room;
	size_t query_count;              /* so many of them came by the query */
	struct param *cookies;
	size_t cookie_count;
	struct json *json;               /* a JSON body, an object; NULL without */
	struct upload uploads[REQ_UPLOADS_MAX];
	size_t upload_count;

	tenant_id tenant;                /* id 0: not known */
	const char *tenant_name;
	const char *tenant_locale;
	const char *tenant_zone;
	const char *tenant_languages;    /* in which the tenant has own texts: "de fr"; NULL or "": none */
	const char *tenant_state;        /* active, or its people may only look: suspended, deleting, erasing; NULL: not known */
	const char *tenant_reason;       /* why it is not active, for its people, or "" */
	clock_ms tenant_delete_at;       /* when it is erased, or 0 */
	struct actor actor;
	const char *refusal;             /* why identify() turned the owner of a good secret away (a message id), or NULL */

	struct page_node *page;          /* values for the template */
	struct str headers;              /* extra reply headers, "Name: value\r\n" */
	int status;                      /* of the reply; 0 until replied */
	const char *reason;              /* the word of reply_error(), for the log; NULL: there was none */
};

/* The first administrator of a new tenant. */
struct tenant_owner {
	const char *email;
	const char *name;                /* "Anna Weber" */
};

/* What all requests of a process share; constant after the start. */
struct site {
	const struct conf *conf;
	const struct crypt_keys *keys;
	struct page_store *pages;
	struct store *store;
	struct bell *bell;
	const struct route *const *routes;             /* tables, ends with NULL */
	const struct resource *const *resources;       /* ends with NULL */
	const struct menu_entry *menu;                 /* of the control panel; ends with a NULL path */
	const struct menu_entry *own_menu;             /* behind one's name; entries without a route are left out */
	/* The tenant of a host name; GOT_NONE for a host that is nobody's. */
	enum got (*tenant_of_host)(struct req *r, const char *host);
	/* What pages show around themselves beyond their own values: the company's looks, what waits in the console. May be NULL. */
	void (*frame)(struct req *r);
	/* The tenant's own texts, after the language of the reply was chosen; called for a tenant that has some. May be NULL. */
	void (*tongue)(struct req *r);
	/* Fills r->tenant and r->actor from the session cookie or the API key; GOT_NONE: nobody. */
	enum got (*identify)(struct req *r);
	/* Gives a new tenant what every one starts with (roles, queue, widget), and makes its owner's account when
	 * `owner` is not NULL; *agent is that account, or 0. In the caller's transaction. */
	enum got (*start_tenant)(struct req *r, tenant_id tenant, const struct tenant_owner *owner, uint64_t *agent);
	/* What people who sign in keep for the safety of their accounts: web/access.h. */
	const struct access *agents;
	const struct access *operators;
	/* What rooms know of contacts: rooms/contact/contact.h. */
	const struct contact_ties *contact_ties;
	/* An agent has another status, has signed out or was deleted: whoever gives work to agents looks again. Never fails the caller. */
	void (*agent_left)(struct req *r, uint64_t agent);
};

/* One entry of the control panel's menu. */
struct menu_entry {
	const char *group;               /* N_() */
	const char *label;               /* N_() */
	const char *path;                /* "/admin/queues" */
	enum permission permission;
};

/* May the actor open it? A page that either of two rights opens stands in the menu twice, one after the other, and shows once. */
bool menu_shows(const struct req *r, const struct menu_entry *entry);

/* A parameter of query or form, or a member of a JSON body as a form would send it; NULL when absent. */
const char *req_param(const struct req *r, const char *name);
/* Only of the query. */
const char *req_query(const struct req *r, const char *name);
/* Only of the body: what must not stand in an address, which logs and other sites get to see. */
const char *req_body_param(const struct req *r, const char *name);
/* All values of a repeated parameter (check boxes), joined with commas; NULL when absent. */
const char *req_param_list(const struct req *r, const char *name);
bool req_has(const struct req *r, const char *name);

/* A file of the form; NULL when none was chosen. */
const struct upload *req_upload(const struct req *r, const char *field);

/* A ":name" part of the path, or NULL. */
const char *req_arg(const struct req *r, const char *name);
/* The number in ":id"; 0 when it is none (no row has it). */
uint64_t req_id(const struct req *r);
uint64_t req_arg_u64(const struct req *r, const char *name);

/* A cookie as reply_cookie() set it: over https its name begins with "__Host-", which is added here. */
const char *req_cookie(const struct req *r, const char *name);
/* Are the bytes of the body that came as many as were announced? Fewer: the connection has ended. */
bool req_is_whole(const struct req *r, uint64_t received);
/* A request header by its CGI name: "HTTP_X_HARK_FORM". */
const char *req_header(const struct req *r, const char *name);

/* The key of a program, or NULL: "Authorization: Bearer KEY", or X-Api-Key, since some web servers lose the other one. */
const char *req_key(const struct req *r);

bool req_may(const struct req *r, enum permission permission);
/* Is there a page for the actor at that path, as far as rights do not say? Who views a company gets its control panel and nothing else. For showing;
 * the gate refuses. */
bool req_reaches(const struct req *r, const char *path);
/* Does the actor only read: one who views a company, or somebody of one that is not active? For showing; the gate refuses. */
bool req_only_reads(const struct req *r);
/* May the actor change what the permission is for, and does not only read? */
bool req_may_change(const struct req *r, enum permission permission);
bool req_wants_json(const struct req *r);   /* the path or the Accept header says so */

#endif
