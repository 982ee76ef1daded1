/* SPDX-License-Identifier: BSD-2-Clause */
/* log.h - one line per event on standard error, as logfmt, with the "<N>" priority that journald reads. Where standard error is a file, which
 * knows no times, each line has its own.
 *
 * Values are escaped, so that a foreign value can never make a second line or an escape sequence.
 * No message bodies, tokens or passwords are logged.
 */
#ifndef HARK_CORE_LOG_H
#define HARK_CORE_LOG_H

enum log_level {
	LOG_LEVEL_ERROR = 3,
	LOG_LEVEL_WARNING = 4,
	LOG_LEVEL_INFO = 6
};

/* The level called "error", "warning" or "info"; anything else is LOG_LEVEL_INFO. */
enum log_level log_level_named(const char *name);

/* Names the program for all lines that follow, and the least important level that is written. */
void log_open(const char *program, enum log_level least);

/* The request that all lines until the next call belong to; NULL for none. Copied, at most 32 bytes. */
void log_request(const char *id);

/* One line: `what` is a fixed word for the event, the format gives its details. */
void log_error(const char *what, const char *format, ...) __attribute__((format(printf, 2, 3)));
void log_warning(const char *what, const char *format, ...) __attribute__((format(printf, 2, 3)));
void log_info(const char *what, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The same with values of their own, which need no format: `key=value`, quoted where that is needed. Ends with a NULL key; a NULL value is
 * left out. */
struct log_value {
	const char *key;
	const char *value;
};
void log_values(enum log_level level, const char *what, const struct log_value *values);

#endif
