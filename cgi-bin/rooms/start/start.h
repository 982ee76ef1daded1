/* SPDX-License-Identifier: BSD-2-Clause */
/* start.h - the start of the control panel: the first steps of a new company, which know what is done, and the way to every page. */
#ifndef HARK_ROOMS_START_START_H
#define HARK_ROOMS_START_START_H

#include "web/resource.h"
#include "web/route.h"

extern const struct route start_routes[];        /* "/admin" */

/*
 * Way.{Count,DoneCount,Label,Path} of the frame on a page that a first step leads to, until all are done or the list is put away:
 * the way back to the list, and the next step that is open. A database that fails shows none.
 */
void start_show_way(struct req *r);

#endif
