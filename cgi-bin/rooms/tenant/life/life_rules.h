/* SPDX-License-Identifier: BSD-2-Clause */
/* life_rules.h - which state a tenant had before, and what a host may call it. */
#ifndef HARK_ROOMS_TENANT_LIFE_RULES_H
#define HARK_ROOMS_TENANT_LIFE_RULES_H

#include "rooms/tenant/tenant.h"

/* The state that undeleting brings back. */
const char *life_before_deletion(const struct tenant *tenant);

/* What is wrong with code, name, external_id, locale or time_zone: problems of the form. Trims them. */
void life_check(struct req *r, struct form *form, struct tenant *tenant);

#endif
