/* SPDX-License-Identifier: BSD-2-Clause */
/* audit.h - who changed what, before and after, secrets masked. */
#ifndef HARK_WEB_AUDIT_H
#define HARK_WEB_AUDIT_H

#include "core/field.h"
#include "web/req.h"

struct audit_entry {
	const char *action;          /* "queue.create" */
	const char *noun;            /* "queue" */
	uint64_t noun_id;
	const char *noun_name;       /* of any length: the log keeps the first 160 characters; NULL is "" */
	const char *difference;      /* JSON object, or NULL for {} */
};

/* Writes an entry of the request's actor, inside the caller's transaction when there is one. */
enum got audit_write(struct req *r, const struct audit_entry *entry) MUST_USE;

/* {"name":["before","after"],…} of the fields that differ; `before` or `after` may be NULL. SECRET fields, and PERSONAL ones
 * that are not empty, show as "***". */
const char *audit_difference(struct arena *arena, const struct field *fields, const void *before, const void *after);

#endif
