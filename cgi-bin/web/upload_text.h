/* SPDX-License-Identifier: BSD-2-Clause */
/* upload_text.h - a text file of a form, as if its text had been pasted into a field. */
#ifndef HARK_WEB_UPLOAD_TEXT_H
#define HARK_WEB_UPLOAD_TEXT_H

#include "web/req.h"

/* Puts the text of the file input `input` into the parameter `field`, in the place of what was typed there; nothing happens when no
 * file was chosen. Bytes that are no UTF-8 are taken for Windows-1252 (WHATWG Encoding, section 9), which spreadsheets still write.
 * `most` is the limit in bytes. NULL, or what is wrong with the file: a message id with at most one %s, for the limit. */
const char *upload_text(struct req *r, const char *input, const char *field, size_t most);

#endif
