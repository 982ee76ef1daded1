/* SPDX-License-Identifier: BSD-2-Clause */
/* device.h - browsers in which somebody has signed in before, so that a stranger's wrong passwords do not lock their owner out there.
 *
 * Attempts to sign in are counted for each account. A browser that knows the account, by a sealed cookie of an earlier good sign-in, has a
 * count of its own (OWASP, "Device Cookies"). The cookie opens nothing: it is no session, and password and second factor are asked for.
 */
#ifndef HARK_WEB_DEVICE_H
#define HARK_WEB_DEVICE_H

#include "web/req.h"

#define DEVICE_LIFE (90 * CLOCK_DAY)     /* since the last good sign-in */

struct device {
	const char *cookie;              /* its name */
	const char *who;                 /* the account, such as "5.a12" */
	const char *secret;              /* of the account; when it changes the cookie is worth nothing: the password's hash. NULL or "" is none */
};

/* What attempts of this browser are counted by: a key of its own when it knows the account, else `who`. Takes as long either way. */
const char *device_key(struct req *r, const struct device *device);

/* After a good sign-in: the browser knows the account from now on, and no other. */
void device_remember(struct req *r, const struct device *device);

#endif
