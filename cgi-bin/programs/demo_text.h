/* SPDX-License-Identifier: BSD-2-Clause */
/* demo_text.h - who works at the demo companies, and what their visitors asked. */
#ifndef HARK_PROGRAMS_DEMO_TEXT_H
#define HARK_PROGRAMS_DEMO_TEXT_H

#include <stddef.h>
#include <stdint.h>

#define DEMO_COMPANIES 2
#define DEMO_AGENTS 5
#define DEMO_QUEUES 2
#define DEMO_PAGES 5
#define DEMO_SCRIPTS 8
#define DEMO_FIRST_NAMES 24
#define DEMO_LAST_NAMES 24
#define DEMO_BROWSERS 4
#define DEMO_SKILLS 3
#define DEMO_AWAY 2
#define DEMO_HOLIDAYS 3

struct demo_agent {
	const char *account;
	const char *first;
	const char *last;
	const char *title;
	uint64_t limit;
};

struct demo_queue {
	const char *name;
	const char *description;
};

struct demo_page {
	const char *path;
	const char *title;
};

struct demo_holiday {
	const char *name;
	const char *day;             /* of every year; "2026-12-25" */
};

/* Lines in turn; '>' in front: the agent's; '@' is the visitor's first name and '#' the agent's alias. */
struct demo_script {
	size_t queue;
	const char *lines[10];
};

struct demo_company {
	const char *code;
	const char *name;
	const char *zone;
	const char *widget_key;      /* fixed, so that the demo shop can name it */
	const char *colour;
	const char *title;
	const char *greeting;
	const struct demo_queue *queues[DEMO_QUEUES];
	struct demo_agent agents[DEMO_AGENTS];
	const char *skills[DEMO_SKILLS];
	struct demo_holiday holidays[DEMO_HOLIDAYS];
	struct demo_page pages[DEMO_PAGES];
	struct demo_script scripts[DEMO_SCRIPTS];
};

struct demo_canned {
	const char *name;
	const char *category;
	const char *shortcut;
	const char *body;
};

extern const struct demo_company demo_companies[DEMO_COMPANIES];
extern const struct demo_canned demo_canned[];
extern const char *const demo_away[DEMO_AWAY];
extern const char *const demo_first_names[DEMO_FIRST_NAMES];
extern const char *const demo_last_names[DEMO_LAST_NAMES];
extern const char *const demo_browsers[DEMO_BROWSERS];

#endif
