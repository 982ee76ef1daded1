/* SPDX-License-Identifier: BSD-2-Clause */
/* canned_store.h - what the settings engine does not know of canned messages: their owner. */
#ifndef HARK_ROOMS_CONVERSATION_CANNED_STORE_H
#define HARK_ROOMS_CONVERSATION_CANNED_STORE_H

#include "rooms/conversation/conversation.h"

/* Has the owner another live one of that name? */
enum got canned_name_is_taken(struct db *db, tenant_id tenant, const struct canned *canned, bool *taken) MUST_USE;

#endif
