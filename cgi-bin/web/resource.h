/* SPDX-License-Identifier: BSD-2-Clause */
/* resource.h - the settings engine: a noun is a field table and a resource; list, form, API, CSV, audit and undo follow.
 *
 *	GET    /admin/queues            list: ?q= search, ?sort=name|-name, filters by field name, ?page=, ?status=deleted
 *	GET    /admin/queues.csv        the same list, whole, as CSV
 *	GET    /admin/queues/new        form          POST /admin/queues
 *	GET    /admin/queues/:id        form          POST /admin/queues/:id
 *	POST   /admin/queues/:id/delete (asks first: GET …/delete)      POST /admin/queues/:id/restore
 *	GET, POST /api/v1/queues        GET, PATCH, DELETE /api/v1/queues/:id       POST /api/v1/queues/:id/restore
 *
 * A resource with `is_single` is something that a company has once, such as its outgoing mail:
 *
 *	GET, POST  /admin/settings/mail     GET, PATCH /api/v1/settings/mail
 *
 * It has no table of its own but a row of the table `setting`: JSON of its fields as a form would send them, SECRET ones sealed; READONLY
 * ones are set by hooks, LOCAL ones are not kept.
 * What the row lacks has its preset, so that a new field needs no migration.
 *
 * The table of any other noun has tenant_id, id, created_at, updated_at, deleted_at and a column for each field. A deleted row stays, is
 * shown under its status and can be restored. `hark-web --openapi` prints the API's description from the same tables.
 */
#ifndef HARK_WEB_RESOURCE_H
#define HARK_WEB_RESOURCE_H

#include "core/field.h"
#include "web/form.h"
#include "web/route.h"

#define RESOURCE_PAGE_ROWS 50
#define RESOURCE_SCOPE_VALUES 6      /* that a scope may bind */

/* A link to a page of the room: beside Edit and Delete in each row ("/admin/agents/7/password"), above the form of a row, or on top of
 * the list. */
struct resource_link {
	const char *path;                /* "password", below the row or list; "/admin/invitations" is a page elsewhere; NULL ends the links */
	const char *label;               /* N_("Reset the password") */
};

struct resource {
	const char *noun;                /* "queue": the table, references to it, permissions' prints */
	const char *plural;              /* "queues": in paths */
	const char *title;               /* N_("Queues") */
	const char *title_one;           /* N_("queue") as in "New queue" */
	const char *help;                /* N_() one sentence for the top of the list: what it is for, also the empty state */
	const char *parting;             /* NULL, or N_() one sentence: what goes with a row, said before it is deleted */
	const struct field *fields;      /* first the KEY; the member `name_field` names the row for people */
	size_t size;                     /* of the struct */
	const char *name_field;          /* "name" */
	const char *name_more[2];        /* NULL, or columns that tell rows of the same name apart where they are chosen from */
	const char *sort;                /* field of the first order, "-" in front for descending */
	enum permission may_read;
	enum permission may_write;
	bool is_single;                  /* noun "mail", plural "settings/mail"; name_field and sort are not used */
	bool takes_files;                /* a single one: its form may carry files, which `check` takes (req_upload) */
	const char *form_template;       /* NULL: resource/form, resource/single */
	const char *list_template;       /* NULL: resource/list */
	const struct resource_link *pages;        /* above the form of a row; NULL: none */
	const struct resource_link *row_links;    /* NULL: none; shown to who may write */
	const struct resource_link *list_links;

	/* Hooks, each may be NULL. A hook that finds a problem adds it to the form. Texts in `row` are never NULL in check and later. */
	/* A condition on rows beyond the tenant, for this actor: SQL of constants with `?`, and a value for each: private canned messages.
	 * NULL: none. */
	const char *(*scope)(struct req *r, struct db_value *values);
	void (*start)(struct req *r, void *row);                                 /* a new row before its form is first shown: what the address says */
	/* What is left of a PERSONAL text for those who may not see contact data. Lists, forms, CSV and API show them only this; they cannot
	 * change, search or sort by it. */
	const char *(*mask)(struct arena *arena, const struct field *field, const char *text);
	enum got (*list_load)(struct req *r);                                    /* more for the page of the list: "3 of 5 agents" */
	enum got (*load)(struct req *r, void *row);                              /* fills LOCAL fields after reading, before showing */
	enum got (*load_all)(struct req *r, void *rows, size_t count);   /* instead of it: for all rows of a list at once, or for one */
	void (*check)(struct req *r, struct form *form, const void *before, void *row);   /* before is NULL for a new one */
	/* The API was asked for a new row that could not be made: is it there already, from another time? Then it answers 200 with that one. */
	enum got (*known)(struct req *r, const void *row, uint64_t *id);
	/* Asked inside the transaction before a row is added or brought back; GOT_NONE and a problem: the plan allows no more. */
	enum got (*may_add)(struct req *r, struct form *form, const void *row);
	enum got (*after_save)(struct req *r, const void *before, const void *row);  /* inside the transaction */
	void (*saved)(struct req *r, const void *before, const void *row);           /* after the commit: bells; before is NULL for a restored one too */
	/* A single one, after `check`, stored or not: files that `check` has kept for the row, or that it had before, go (store_settle()). */
	void (*settle)(struct req *r, const void *before, void *row, bool is_stored);
	bool (*may_delete)(struct req *r, struct form *form, const void *row);       /* false and a problem: why not */
	enum got (*after_delete)(struct req *r, const void *row);                    /* inside the transaction, also GOT_ONE */
	void (*deleted)(struct req *r, const void *row);                             /* after the commit: bells */
	bool (*may_write_row)(struct req *r, const void *row);                       /* beyond may_write; asked of the row as it was and as it will be */
	bool (*may_word)(struct req *r, const char *word);                           /* of a WORDS field: may the actor choose it? */
	bool (*fill)(struct req *r, void *row);      /* another button than Save was pressed: the row was filled, the form is shown again */
	void (*show_form)(struct req *r, const void *row);                           /* more page values for the form, after the fields */
	const char *(*home)(struct req *r, const void *row);   /* the path that its forms come from and go back to; NULL: its list */
};

/* The route table of a resource, to be put into the site's tables. */
const struct route *resource_routes(struct arena *arena, const struct resource *resource);

/* The resource as the actor sees it: personal fields are masked and READONLY for who may not see them (resource.mask). */
const struct resource *resource_seen(struct req *r, const struct resource *resource);

/* The resource of a noun, or NULL. */
const struct resource *resource_find(const struct site *site, const char *noun);

/* For commands and other rooms: the same checks and the same audit without a form. */
enum got resource_get(struct req *r, const struct resource *resource, uint64_t id, void *row) MUST_USE;
/* Creates (`before` is NULL; sets the id in the row), or changes what differs from `before`, the row as it was read; so others may change
 * the rest at the same time. Problems in `form`: GOT_NONE. In one transaction with audit and after_save. */
enum got resource_save(struct req *r, const struct resource *resource, struct form *form, const void *before, void *row) MUST_USE;
enum got resource_delete(struct req *r, const struct resource *resource, struct form *form, uint64_t id) MUST_USE;
/* Could it be deleted now? Reads it into `row`; GOT_NONE: there is none, or the form's problems say why not. */
enum got resource_may_delete(struct req *r, const struct resource *resource, struct form *form, uint64_t id, void *row) MUST_USE;

/* What a company has once: its values, or the presets; texts are never NULL, secrets are open. GOT_ONE or GOT_ERROR. */
enum got resource_single_load(struct db *db, struct arena *arena, const struct crypt_keys *keys, tenant_id tenant,
	const struct resource *resource, void *row) MUST_USE;
/* Keeps it, in the caller's transaction. */
enum got resource_single_store(struct db *db, struct arena *arena, const struct crypt_keys *keys, tenant_id tenant,
	const struct resource *resource, const void *row, clock_ms now) MUST_USE;

/* Its page, by a room's handler of another form on it, which has set what that one has to say. */
int resource_single_reply(struct req *r, const struct resource *resource, int status);

/* Live rows as choices (id, name) for a select, at most 1000. */
struct resource_choice {
	uint64_t id;
	const char *name;
	const char *more;                /* NULL, or what tells it from others of the name */
};
enum got resource_choices(struct req *r, const struct resource *resource, struct db_rows *choices) MUST_USE;

/* OpenAPI 3.1 of all resources. */
const char *resource_openapi(struct arena *arena, const struct site *site);

#endif
