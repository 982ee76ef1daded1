/* SPDX-License-Identifier: BSD-2-Clause */
/* company_domain.h - the company and the host name that a path of the host's panel or API is about. */
#ifndef HARK_ROOMS_HOST_COMPANY_DOMAIN_H
#define HARK_ROOMS_HOST_COMPANY_DOMAIN_H

#include "rooms/host/host.h"

/* The functions for host names work on r->tenant, which requests of the host do not have by themselves: it becomes the one of ":id". */
enum got company_enter(struct req *r) MUST_USE;
/* The same, and its host name of ":domain". */
enum got company_domain_find(struct req *r, struct domain *domain) MUST_USE;

#endif
