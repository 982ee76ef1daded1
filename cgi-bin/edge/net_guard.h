/* SPDX-License-Identifier: BSD-2-Clause */
/* net_guard.h - private to edge/net*: the last look before any connection to another host. */
#ifndef HARK_EDGE_NET_GUARD_H
#define HARK_EDGE_NET_GUARD_H

#include <stdbool.h>

#include <curl/curl.h>

/* For CURLOPT_OPENSOCKETFUNCTION; the data is a `const bool`: may the address be private? It sees where a name has led to, so a name that
 * points inwards does not get there. */
curl_socket_t net_guard_socket(void *may_be_private, curlsocktype purpose, struct curl_sockaddr *to);

/* What every connection keeps to: no proxy or password of the environment, certificates checked. */
void net_guard_limits(CURL *curl, const bool *may_be_private);

#endif
