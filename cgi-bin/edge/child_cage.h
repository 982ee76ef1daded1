/* SPDX-License-Identifier: BSD-2-Clause */
/* child_cage.h - the cage of a foreign program (private to child*.c). */
#ifndef HARK_EDGE_CHILD_CAGE_H
#define HARK_EDGE_CHILD_CAGE_H

#include "edge/child.h"

/* Locks this process up, for good, for what child.h says of the program that it is about to become. False when it cannot. */
bool child_lock_up(const struct child_order *order);

#endif
