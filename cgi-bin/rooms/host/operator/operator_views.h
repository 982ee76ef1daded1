/* SPDX-License-Identifier: BSD-2-Clause */
/* operator_views.h - operators as pages show them. */
#ifndef HARK_ROOMS_HOST_OPERATOR_VIEWS_H
#define HARK_ROOMS_HOST_OPERATOR_VIEWS_H

#include "rooms/host/host.h"

/* Rights.N.Text: the rights by name, each for itself, so that they can wrap. */
void operator_show_rights(struct page_node *node, permission_set rights);

#endif
