/* SPDX-License-Identifier: BSD-2-Clause */
/* domain_rules.h - what a host name is, when its proof is looked at again, and what becomes of it then. */
#ifndef HARK_ROOMS_TENANT_DOMAIN_RULES_H
#define HARK_ROOMS_TENANT_DOMAIN_RULES_H

#include "rooms/tenant/tenant.h"

#define DOMAIN_MOST 50                         /* of a tenant */
#define DOMAIN_LOST_FOR (14 * CLOCK_DAY)       /* a verified one without its proof is pending again after so long */
#define DOMAIN_CLAIM_FOR (30 * CLOCK_DAY)      /* a claim is looked at by itself for so long */

/* Is the answer the token and nothing else but white space around it? */
bool domain_proof_is_good(const char *answer, size_t len, const char *token);

/* What a look has found: state, proof, times and problem of the domain after it. `proof` is "dns", "file" or "" for none, `problem` a
 * message id. */
void domain_looked(struct domain *domain, const char *proof, const char *problem, clock_ms now);

#endif
