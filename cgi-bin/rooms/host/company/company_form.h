/* SPDX-License-Identifier: BSD-2-Clause */
/* company_form.h - what the host writes about a tenant, by page and by API with the same words. */
#ifndef HARK_ROOMS_HOST_COMPANY_FORM_H
#define HARK_ROOMS_HOST_COMPANY_FORM_H

#include "rooms/host/host.h"
#include "web/form.h"

/* All that can be given; each form has a part of it. */
struct company_input {
	const char *name;
	const char *code;
	const char *external_id;
	const char *plan;
	const char *owner_email;
	const char *owner_name;
	const char *domain;
	const char *locale;
	const char *time_zone;
	const char *state;
	const char *reason;
	const char *confirm;
	uint64_t days;
	const char *host;
};

enum company_form {
	COMPANY_NEW,                     /* everything but state, reason, confirm, days, host */
	COMPANY_FACTS,                   /* name, external_id, locale, time_zone */
	COMPANY_CHANGE,                  /* the facts, plan, state, reason: PATCH */
	COMPANY_PLAN,
	COMPANY_SUSPEND,
	COMPANY_DELETE,
	COMPANY_DELETE_API,              /* code instead of confirm */
	COMPANY_DOMAIN
};

/* The field table of a form, with the languages and the plans that there are now; NULL: the database failed. */
const struct field *company_fields_of(struct req *r, enum company_form form);

/* The input as it would be sent for a tenant as it is now. */
void company_input_of(const struct tenant *tenant, struct company_input *input);

/* Creates; `opening` says what came of it. Problems in the form: GOT_NONE. */
enum got company_open(struct req *r, struct form *form, const struct company_input *input, struct tenant_opening *opening) MUST_USE;

/* Stores the facts of the input; what is NULL stays as it is. */
enum got company_change(struct req *r, struct form *form, const struct company_input *input, struct tenant *tenant) MUST_USE;

/* From `state` active or suspended to the other one; the input's reason is shown to the tenant's people. NULL keeps either. */
enum got company_set_state(struct req *r, struct form *form, const struct company_input *input, struct tenant *tenant) MUST_USE;

#endif
