/* SPDX-License-Identifier: BSD-2-Clause */
/* calendar.h - the days of a calendar between its form and its week. */
#ifndef HARK_ROOMS_HOURS_CALENDAR_H
#define HARK_ROOMS_HOURS_CALENDAR_H

#include "rooms/hours/hours.h"

/* Fills them from the week. */
void calendar_fill_days(struct arena *arena, struct calendar *calendar);

/* Makes the week of them; what cannot be is a problem beside its day. */
void calendar_check_days(struct req *r, struct form *form, struct calendar *calendar);

#endif
