/* SPDX-License-Identifier: BSD-2-Clause */
/* contact_work.h - what the room's own files share. */
#ifndef HARK_ROOMS_CONTACT_CONTACT_WORK_H
#define HARK_ROOMS_CONTACT_CONTACT_WORK_H

#include "rooms/contact/contact.h"

/* Ids of live contacts with that e-mail other than `id`, whoever may see them. */
enum got contact_ids_of_email(struct db *db, struct arena *arena, tenant_id tenant, const char *email, uint64_t id,
	struct db_rows *contacts) MUST_USE;

/* What one contact has and the other lacks goes over to it: empty fields are filled, tags and remarks put together. */
void contact_fill(struct arena *arena, struct contact *contact, const struct contact *from);

/* What people call the contact: the name, or "#12". */
const char *contact_label(struct arena *arena, const struct contact *contact);

#endif
