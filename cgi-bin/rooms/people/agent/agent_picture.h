/* SPDX-License-Identifier: BSD-2-Clause */
/* agent_picture.h - the picture of an agent, from his own user info or from an administrator. */
#ifndef HARK_ROOMS_PEOPLE_AGENT_PICTURE_H
#define HARK_ROOMS_PEOPLE_AGENT_PICTURE_H

#include "rooms/people/people.h"

/* The picture of the form's file "avatar" as row->avatar, kept but not yet stored in a row (store_settle() follows); with the box "no_avatar" it is "". A problem of
 * the form otherwise. It is made only when nothing else is wrong, since it takes a while. */
void agent_picture_take(struct req *r, struct form *form, struct agent *row);

/* GET, POST /admin/agents/:id/picture; GET, POST, DELETE /api/v1/agents/:id/picture */
handler agent_picture_page, agent_picture_save, agent_picture_api, agent_picture_api_save, agent_picture_api_remove;

#endif
