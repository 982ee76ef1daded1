/* SPDX-License-Identifier: BSD-2-Clause */
/* check.c - the end of a process that broke a promise. */
#include "core/check.h"

#include <stdlib.h>

#include "core/log.h"

void
check_failed(const char *condition, const char *file, int line)
{
	log_error("check", "%s:%d: %s", file, line, condition);
	abort();
}
