/* SPDX-License-Identifier: BSD-2-Clause */
/* demo_store.h - rows of the demo data that no room makes without a form. */
#ifndef HARK_PROGRAMS_DEMO_STORE_H
#define HARK_PROGRAMS_DEMO_STORE_H

#include "programs/demo_text.h"
#include "rooms/conversation/conversation.h"

enum got demo_add_queue(struct db *db, tenant_id tenant, const struct demo_queue *queue, clock_ms now, uint64_t *id) MUST_USE;
enum got demo_role(struct db *db, tenant_id tenant, const char *name, uint64_t *id) MUST_USE;
enum got demo_add_canned(struct db *db, tenant_id tenant, const struct demo_canned *canned, clock_ms now) MUST_USE;
/* Gives the default widget the company's look and key. */
enum got demo_use_widget(struct db *db, tenant_id tenant, const struct demo_company *company, uint64_t queue, uint64_t *id) MUST_USE;
/* The visitor of the chat: sets chat->visitor_id. */
enum got demo_add_visitor(struct db *db, tenant_id tenant, struct conversation *chat, const char *browser, clock_ms at) MUST_USE;

/* What a company knows of a visitor who comes again: a telephone number that ends with these three digits, tags, a language. */
enum got demo_know_contact(struct db *db, tenant_id tenant, uint64_t contact, uint64_t number) MUST_USE;

/* What the companies have chosen for themselves: */
enum got demo_add_skill(struct db *db, tenant_id tenant, const char *name, uint64_t agent, clock_ms now) MUST_USE;
enum got demo_add_away(struct db *db, tenant_id tenant, const char *name, clock_ms now) MUST_USE;
/* Closed on this day of every year ("2026-12-25"), in the company's calendar. */
enum got demo_add_holiday(struct db *db, tenant_id tenant, const char *name, const char *day, clock_ms now) MUST_USE;

#endif
