/* SPDX-License-Identifier: BSD-2-Clause */
/* plan_form.h - a plan as pages and API write it: each limit a text, "" for none. */
#ifndef HARK_ROOMS_HOST_PLAN_FORM_H
#define HARK_ROOMS_HOST_PLAN_FORM_H

#include "rooms/host/host.h"
#include "web/form.h"

struct plan_input {
	const char *code;
	const char *name;
	const char *limits[LIMIT_COUNT];
};

/* code (which is for good), name, and a field for each limit_info. */
const struct field *plan_input_fields(struct req *r, bool is_new);

void plan_input_of(struct req *r, const struct plan *plan, struct plan_input *input);

/* Reads the form into the plan: of a JSON body only what was sent. False: there are problems. */
bool plan_form_read(struct req *r, struct form *form, struct plan_input *input, struct plan *plan);

#endif
