/* SPDX-License-Identifier: BSD-2-Clause */
/* invitation_store.h - what the settings engine does not do with the table of invitations. */
#ifndef HARK_ROOMS_PEOPLE_INVITATION_STORE_H
#define HARK_ROOMS_PEOPLE_INVITATION_STORE_H

#include "rooms/people/people.h"

/* Who was invited, by the token in the link, in whatever state; with live roles and queues, and the company. GOT_NONE also for a company
 * that is not active. */
enum got invitation_by_token(struct req *r, const char *token, struct invitation *invitation, struct tenant *tenant) MUST_USE;

/* A new link: the old one is good no more, and the invitation is open again. */
enum got invitation_renew(const struct invitation_desk *desk, uint64_t id, const char *token) MUST_USE;

/* Open becomes accepted; GOT_NONE: it was not open any more. */
enum got invitation_take(struct req *r, const struct invitation *invitation) MUST_USE;
/* Who came of it. */
enum got invitation_settle(struct req *r, uint64_t id, uint64_t agent) MUST_USE;

/* Has a live agent the address, or another invitation that is open? Which one is told by the two counts. */
enum got invitation_count(struct db *db, tenant_id tenant, const char *email, uint64_t but, uint64_t *agents,
	uint64_t *invitations) MUST_USE;

/* Marks those that are over, in all companies. */
void invitation_sweep(struct sweep *sweep);

#endif
