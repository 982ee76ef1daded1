/* SPDX-License-Identifier: BSD-2-Clause */
/* asset.h - files of the static folder that pages contain: a script inside another, the strings of a script. */
#ifndef HARK_WEB_ASSET_H
#define HARK_WEB_ASSET_H

#include "web/req.h"

#define ASSET_MAX 262144     /* bytes of such a file */

/* The text of a file below static_dir; NULL (logged) when it cannot be read. `name` is a constant of the code. */
const char *asset_text(struct req *r, const char *name);

/* The text of any file of the installation, of at most `most` bytes; NULL (logged) when it cannot be read. */
const char *asset_file(struct arena *arena, const char *path, size_t most);

/* {"English": "translated",…} of the lines of a file (one message id each; empty lines and '#' lines are left out), as JSON text that may
 * stand inside a script element. */
const char *asset_strings(struct req *r, const char *name);

#endif
