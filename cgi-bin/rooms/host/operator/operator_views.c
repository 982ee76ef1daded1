/* SPDX-License-Identifier: BSD-2-Clause */
/* operator_views.c - operators' rights on a page. */
#include "rooms/host/operator/operator_views.h"

void
operator_show_rights(struct page_node *node, permission_set rights)
{
	const struct permission_info *info;

	for (info = permission_host_table; info->name != NULL; info++)
		if (permission_has(rights, info->permission))
			page_set(page_add(node, "Rights"), "Text", info->name);
}
