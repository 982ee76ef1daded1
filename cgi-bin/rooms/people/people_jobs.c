/* SPDX-License-Identifier: BSD-2-Clause */
/* people_jobs.c - what is over is swept away. */
#include "rooms/people/invitation/invitation_store.h"
#include "rooms/people/reset/reset_store.h"
#include "rooms/people/session/session_store.h"
#include "web/captcha.h"

static job_function people_sweep;

const struct job_kind people_jobs[] = {
	{ "people.sweep", people_sweep, CLOCK_MINUTE, 10 * CLOCK_SECOND },
	{ .kind = NULL }
};

static enum got
people_sweep(struct job_run *run)
{
	if (session_sweep(run->db, run->now) != GOT_ERROR && reset_sweep(run->db, run->now) != GOT_ERROR
		&& captcha_sweep(run->db, run->now) != GOT_ERROR && invitation_sweep(run->db, run->now) != GOT_ERROR)
		return GOT_ONE;
	run->problem = "What is over could not be swept.";
	return GOT_ERROR;
}
