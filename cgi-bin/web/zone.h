/* SPDX-License-Identifier: BSD-2-Clause */
/* zone.h - the choice of a time zone: all of them, by the part of the world. */
#ifndef HARK_WEB_ZONE_H
#define HARK_WEB_ZONE_H

#include "web/req.h"

/* Sets Zones.N.{Label,Items.M.{Value,Label,Chosen}}, which templates/shell/zones.cs draws. A chosen zone that is no more in the list stays
 * in it. */
void zone_show(struct req *r, const char *chosen);

#endif
