/* SPDX-License-Identifier: BSD-2-Clause */
/* contact.h - contacts: the persons whom a tenant knows. */
#ifndef HARK_ROOMS_CONTACT_CONTACT_H
#define HARK_ROOMS_CONTACT_CONTACT_H

#include "core/field.h"
#include "edge/db.h"
#include "web/resource.h"

#define CONTACT_TAGS_MAX 20          /* of one contact */
#define CONTACT_TAG_MAX 40           /* characters */

struct contact {
	uint64_t id;
	const char *name;
	const char *email;
	const char *phone;
	const char *username;            /* what messengers call the person */
	const char *company;
	const char *language;            /* BCP 47, or "" */
	const char *tags;                /* "vip, berlin" */
	const char *remark;
	bool known;                      /* has something to be called or reached by: most visitors have not */
	uint64_t created_by;             /* the agent; 0: it came with a chat */
	clock_ms created_at;
	clock_ms updated_at;
	clock_ms deleted_at;
};
extern const struct field contact_fields[];      /* what the console shows and changes beside a chat */
extern const struct resource contact_resource;   /* all of it: /admin/contacts */
extern const struct route contact_routes[];      /* /admin/contacts/:id/… */

/* What rooms further down know of contacts: their chats. Given by site.contact_ties. */
struct contact_ties {
	/* Which contacts the actor may see: as resource.scope. */
	const char *(*scope)(struct req *r, struct db_value *values);
	/* The newest chats with a contact that the actor may read, for its page: "Contact.Chats". */
	enum got (*show_chats)(struct req *r, uint64_t contact);
	/* Chats and visitors of one contact become the other's, in the caller's transaction. */
	enum got (*move)(struct req *r, uint64_t from, uint64_t to);
};

/* What those see who may not see contact data: "a***@***.com", "***789", "***"; "" stays "". Nothing is left of texts that are too
 * short to hide something. */
const char *contact_mask_email(struct arena *arena, const char *email);
const char *contact_mask_phone(struct arena *arena, const char *phone);
const char *contact_mask_address(const char *address);

/* Tags as they are kept: trimmed, separated by ", ", each once (folded). *problem is a message id for people with its *limit when
 * there are too many or too long ones, else NULL. */
const char *contact_tags_clean(struct arena *arena, const char *tags, const char **problem, const char **limit);

/* "PT_br" as BCP 47 (RFC 5646) writes it, "pt-BR": a language of two or three letters, then a script and a region, or one of them. NULL: it
 * is none. */
const char *contact_language_clean(struct arena *arena, const char *language);

enum got contact_by_id(struct db *db, struct arena *arena, tenant_id tenant, uint64_t id, struct contact *contact) MUST_USE;
/* The same, and locks its row until the transaction ends. */
enum got contact_lock(struct db *db, struct arena *arena, tenant_id tenant, uint64_t id, struct contact *contact) MUST_USE;
/* Inserts and sets the id. An unverified e-mail never joins an existing contact. */
enum got contact_create(struct db *db, tenant_id tenant, struct contact *contact, clock_ms now) MUST_USE;
enum got contact_update(struct db *db, tenant_id tenant, const struct contact *contact, clock_ms now) MUST_USE;
/* Name and e-mail, where the contact has none yet: a visitor says who it is later. GOT_NONE: there is no such contact any more. */
enum got contact_learn(struct db *db, tenant_id tenant, const struct contact *contact) MUST_USE;

#endif
