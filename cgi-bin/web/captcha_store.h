/* SPDX-License-Identifier: BSD-2-Clause */
/* captcha_store.h - captchas that were answered. */
#ifndef HARK_WEB_CAPTCHA_STORE_H
#define HARK_WEB_CAPTCHA_STORE_H

#include "core/check.h"
#include "edge/db.h"

/* GOT_ONE: this was the first answer to the token; GOT_NONE: there was one. */
enum got captcha_use(struct db *db, const char *token, clock_ms expires_at) MUST_USE;

#endif
