/* SPDX-License-Identifier: BSD-2-Clause */
/* contact.h - contacts: the persons whom a tenant knows. */
#ifndef HARK_ROOMS_CONTACT_CONTACT_H
#define HARK_ROOMS_CONTACT_CONTACT_H

#include "core/field.h"
#include "edge/db.h"

struct contact {
	uint64_t id;
	const char *name;
	const char *email;
	const char *phone;
	const char *remark;
	clock_ms created_at;
	clock_ms updated_at;
};
extern const struct field contact_fields[];

/* What those see who may not see contact data: "a***@***.com", "***789", "***"; "" stays "". Nothing is left of texts that are too
 * short to hide something. */
const char *contact_mask_email(struct arena *arena, const char *email);
const char *contact_mask_phone(struct arena *arena, const char *phone);
const char *contact_mask_address(const char *address);

enum got contact_by_id(struct db *db, struct arena *arena, tenant_id tenant, uint64_t id, struct contact *contact) MUST_USE;
/* Inserts and sets the id. An unverified e-mail never joins an existing contact. */
enum got contact_create(struct db *db, tenant_id tenant, struct contact *contact, clock_ms now) MUST_USE;
enum got contact_update(struct db *db, tenant_id tenant, const struct contact *contact, clock_ms now) MUST_USE;

#endif
