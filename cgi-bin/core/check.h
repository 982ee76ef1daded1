/* SPDX-License-Identifier: BSD-2-Clause */
/* check.h - the outcome of asking for something, and promises that end the process when broken. */
#ifndef HARK_CORE_CHECK_H
#define HARK_CORE_CHECK_H

/* What a question or an order came to. The door that saw GOT_ERROR has logged it already. */
enum got {
	GOT_ERROR = -1,
	GOT_NONE = 0,
	GOT_ONE = 1
};

/* A caller must look at the outcome. */
#define MUST_USE __attribute__((warn_unused_result))

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

/* A mistake of the programmer, never of a user: logs the place and ends the process. */
#define CHECK(condition) \
	((condition) ? (void)0 : check_failed(#condition, __FILE__, __LINE__))

void check_failed(const char *condition, const char *file, int line) __attribute__((noreturn));

#endif
