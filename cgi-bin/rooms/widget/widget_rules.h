/* SPDX-License-Identifier: BSD-2-Clause */
/* widget_rules.h - the hosts that may show a widget: decisions without I/O. */
#ifndef HARK_ROOMS_WIDGET_WIDGET_RULES_H
#define HARK_ROOMS_WIDGET_WIDGET_RULES_H

#include <stdbool.h>

#include "core/arena.h"

/* Are all lines host names ("example.com", "*.example.com", with a port or not)? Else *bad is the first that is none. */
bool widget_hosts_are_sound(struct arena *arena, const char *hosts, const char **bad);

/* The hosts as sources of a `frame-ancestors` directive (CSP level 3): "https://a http://a …", "*" for none. */
char *widget_frame_ancestors(struct arena *arena, const char *hosts);

#endif
