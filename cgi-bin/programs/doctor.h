/* SPDX-License-Identifier: BSD-2-Clause */
/* doctor.h - what `hark doctor` looks at, and its findings. */
#ifndef HARK_PROGRAMS_DOCTOR_H
#define HARK_PROGRAMS_DOCTOR_H

#include "programs/command.h"

struct doctor {
	struct command_run *run;
	struct json *findings;
	size_t checks;
	size_t problems;
	bool database_is_away;       /* that is a finding already */
	clock_ms clock_off;          /* the web server's clock is ahead of ours by so much: tokens of the echo follow it */
};

/* Notes what was looked at; when it is not good, a finding: what is wrong, and its mending. */
void doctor_check(struct doctor *doctor, bool good, const char *what, const char *problem, const char *mending);

/* The way of a request from outside to hark-web and hark-chat, by the public address. */
void doctor_look_at_url(struct doctor *doctor, const char *url);

#endif
