/* SPDX-License-Identifier: BSD-2-Clause */
/* company_show.h - one tenant as page nodes. */
#ifndef HARK_ROOMS_HOST_COMPANY_SHOW_H
#define HARK_ROOMS_HOST_COMPANY_SHOW_H

#include "rooms/host/host.h"

#define COMPANY_CHART_DAYS 30

/* Title, Company.*, Limits, Usage, Chart and Domains of templates/host/company.cs. */
enum got company_show(struct req *r, const struct tenant *tenant) MUST_USE;

/* Title, path and way back of a form about the tenant of the request; `title` is a message id with one %s for the name. */
void company_act_frame(struct req *r, const char *title, const char *name);

#endif
