/* SPDX-License-Identifier: BSD-2-Clause */
/* company_chart.h - what a tenant used in the last days, as a picture and as figures. */
#ifndef HARK_ROOMS_HOST_COMPANY_CHART_H
#define HARK_ROOMS_HOST_COMPANY_CHART_H

#include "rooms/host/company/company_show.h"
#include "rooms/host/company/company_views.h"

/* Chart.{Width,Height,Most,From,To,Bars} and Usage (newest first) of the page. */
enum got company_chart_show(struct req *r, tenant_id tenant) MUST_USE;

#endif
