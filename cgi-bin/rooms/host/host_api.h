/* SPDX-License-Identifier: BSD-2-Clause */
/* host_api.h - what the parts of the host's API share. */
#ifndef HARK_ROOMS_HOST_HOST_API_H
#define HARK_ROOMS_HOST_HOST_API_H

#include "rooms/host/host.h"
#include "web/form.h"

/* The tenant of ":id". */
enum got host_api_tenant(struct req *r, struct tenant *tenant) MUST_USE;

/* What did not work: 422 with the problems by field, 409 "conflict" when something stands against it whatever is sent (a problem without
 * field), or what GOT_NONE and GOT_ERROR mean. */
int host_api_refuse(struct req *r, enum got got, const struct form *form);

/* Was the member sent at all? Else that is a problem of the form: what is left out of a new row would pass unseen. */
void host_api_has(struct req *r, struct form *form, const char *name);

#endif
