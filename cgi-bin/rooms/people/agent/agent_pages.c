/* SPDX-License-Identifier: BSD-2-Clause */
/* agent_pages.c - what the settings engine does not have of agents: password and picture by an administrator, and many at once. */
#include "rooms/people/agent/agent_import.h"
#include "rooms/people/agent/agent_password.h"
#include "rooms/people/agent/agent_picture.h"

const struct route agent_routes[] = {
	{ GET, "/admin/agents/:id/password", MAY_MANAGE_PEOPLE, agent_password_page, 0, NULL },
	{ POST, "/admin/agents/:id/password", MAY_MANAGE_PEOPLE, agent_password_save, 0, NULL },
	{ GET, "/admin/agents/:id/picture", MAY_MANAGE_PEOPLE, agent_picture_page, 0, NULL },
	{ POST, "/admin/agents/:id/picture", MAY_MANAGE_PEOPLE, agent_picture_save, ROUTE_UPLOAD, NULL },
	{ GET, "/api/v1/agents/:id/picture", MAY_MANAGE_PEOPLE, agent_picture_api, ROUTE_JSON, NULL },
	{ POST, "/api/v1/agents/:id/picture", MAY_MANAGE_PEOPLE, agent_picture_api_save, ROUTE_JSON | ROUTE_UPLOAD, NULL },
	{ DELETE, "/api/v1/agents/:id/picture", MAY_MANAGE_PEOPLE, agent_picture_api_remove, ROUTE_JSON, NULL },
	{ GET, "/admin/agents/import", MAY_MANAGE_PEOPLE, agent_import_page, 0, NULL },
	{ POST, "/admin/agents/import", MAY_MANAGE_PEOPLE, agent_import_save, ROUTE_UPLOAD, NULL },
	{ GET, "/admin/agents/import/template.csv", MAY_MANAGE_PEOPLE, agent_import_template, 0, NULL },
	{ .path = NULL }
};
