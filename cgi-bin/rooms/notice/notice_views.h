/* SPDX-License-Identifier: BSD-2-Clause */
/* notice_views.h - the newest mails of a company on the page of its settings. */
#ifndef HARK_ROOMS_NOTICE_NOTICE_VIEWS_H
#define HARK_ROOMS_NOTICE_NOTICE_VIEWS_H

#include "rooms/notice/notice.h"

/* Mail.Newest.N.{Title,To,State,Word,Problem,Time,TimeIso}, newest first, and Mail.Test like one of them: the last test mail. */
enum got notice_show_newest(struct req *r) MUST_USE;

#endif
