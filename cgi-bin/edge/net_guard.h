/* SPDX-License-Identifier: BSD-2-Clause */
/* net_guard.h - private to edge/net*: the last look before any connection to another host. */
#ifndef HARK_EDGE_NET_GUARD_H
#define HARK_EDGE_NET_GUARD_H

#include <stdbool.h>

#include <curl/curl.h>

/* What every connection keeps to: no proxy or password of the environment, certificates checked, and private addresses only when they
 * may be, wherever a name leads to. */
void net_guard_limits(CURL *curl, const bool *may_be_private);

#endif
