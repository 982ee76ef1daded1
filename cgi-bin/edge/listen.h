/* SPDX-License-Identifier: BSD-2-Clause */
/* listen.h - listening on a unix socket. */
#ifndef HARK_EDGE_LISTEN_H
#define HARK_EDGE_LISTEN_H

/* A non-blocking socket of SOCK_STREAM or SOCK_SEQPACKET that listens at `path`, mode 0660. The file of a socket that
 * nobody listens on is replaced. -1 with errno: EADDRINUSE when somebody listens there, EEXIST when it is another kind
 * of file. */
int listen_unix(const char *path, int type);

#endif
