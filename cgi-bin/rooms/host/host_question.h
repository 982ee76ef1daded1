/* SPDX-License-Identifier: BSD-2-Clause */
/* host_question.h - the page that asks before the host takes away what cannot be brought back. */
#ifndef HARK_ROOMS_HOST_HOST_QUESTION_H
#define HARK_ROOMS_HOST_HOST_QUESTION_H

#include "web/req.h"

struct host_question {
	const char *title;               /* message id with one %s for the name */
	const char *name;
	const char *lead;                /* message id: what will be lost */
	const char *button;              /* message id */
	const char *back;                /* path: where not to do it leads */
	const char *back_label;          /* translated */
};

/* The answer yes is a POST to the path of the request. */
int host_ask(struct req *r, const struct host_question *question);

#endif
