/* SPDX-License-Identifier: BSD-2-Clause */
/* notify.h - telling the service manager that the program is ready (sd_notify(3), one datagram). */
#ifndef HARK_EDGE_NOTIFY_H
#define HARK_EDGE_NOTIFY_H

/* Sends READY=1 to $NOTIFY_SOCKET; does nothing without it. */
void notify_ready(void);

#endif
