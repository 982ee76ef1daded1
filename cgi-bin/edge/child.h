/* SPDX-License-Identifier: BSD-2-Clause */
/* child.h - runs a foreign program in a cage: for tools that parse what strangers have made.
 *
 * The program gets three descriptors and no others: the input, a pipe that we read, and no standard error. Its environment is what the
 * order says, it makes no core, gains no privilege, and lives no longer than the order allows. On x86-64 and 64-bit ARM it starts no
 * program, reaches no other process, opens no socket and changes no file (seccomp(2)). Where the kernel has landlock(7), it reads
 * nothing but itself, the libraries of the system and what it is given: a program that needs more cannot be run here.
 */
#ifndef HARK_EDGE_CHILD_H
#define HARK_EDGE_CHILD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/clock.h"

enum child_end {
	CHILD_GOOD,          /* it ended with 0 */
	CHILD_MISSING,       /* there is no such program */
	CHILD_FAILED,        /* it ended otherwise, or wrote more than it may */
	CHILD_SLOW           /* it was ended by us */
};

struct child_order {
	const char *const *arguments;    /* the program's path first; ends with NULL */
	const char *const *environment;  /* ends with NULL */
	int input;                       /* what it reads */
	clock_ms patience;               /* until it is ended */
	uint64_t memory_max;             /* bytes of address space */
	size_t output_max;               /* bytes */
};

/* Takes what the program writes, piece by piece; false ends it (CHILD_FAILED). */
typedef bool child_output(void *arg, const char *bytes, size_t len);

/* Runs it to its end. */
enum child_end child_run(const struct child_order *order, child_output *take, void *arg);

/* Is there such a program, and may we run it? */
bool child_is_there(const char *path);

#endif
