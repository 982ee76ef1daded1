/* SPDX-License-Identifier: BSD-2-Clause */
/* host_usage.h - the span of days that pages, downloads and the API are about. */
#ifndef HARK_ROOMS_HOST_HOST_USAGE_H
#define HARK_ROOMS_HOST_HOST_USAGE_H

#include "rooms/host/host.h"
#include "web/form.h"

/* usage_span_read() of ?from=&to=. */
bool usage_query_read(struct req *r, struct form *form, struct usage_span *span);

/* The days of the span as a CSV download. */
int usage_csv_reply(struct req *r, const struct usage_span *span);

#endif
