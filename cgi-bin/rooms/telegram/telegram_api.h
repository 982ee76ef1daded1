/* SPDX-License-Identifier: BSD-2-Clause */
/* telegram_api.h - speaking to the Bot API: one call, one answer, and what that means for trying again. */
#ifndef HARK_ROOMS_TELEGRAM_TELEGRAM_API_H
#define HARK_ROOMS_TELEGRAM_TELEGRAM_API_H

#include "core/conf.h"
#include "edge/json.h"
#include "edge/net.h"

/* The Bot API gives out files of at most 20 MB (getFile). */
#define TELEGRAM_FILE_MOST ((uint64_t)20 * 1000 * 1000)

struct telegram_bot {
	struct arena *arena;
	const struct conf *conf;
	const char *token;
};

/* LATER: Telegram has not done it and may do it later. UNCERTAIN: the request went out and no answer came whole, so that it may have been
 * done: only what may be done twice is repeated. REFUSED: it will not be done. */
enum telegram_outcome { TELEGRAM_DONE, TELEGRAM_LATER, TELEGRAM_UNCERTAIN, TELEGRAM_REFUSED };

struct telegram_answer {
	const struct json *result;       /* of DONE */
	int status;                      /* error_code, or of HTTP; 0: there was no answer */
	clock_ms retry_after;            /* of 429, else 0 */
	const char *words;               /* Telegram's own, or why there was no answer; never holds the token */
	bool is_too_large;               /* there was none, because it is longer than was asked for, or the sink did not take it */
};

/* Calls a method with parameters (NULL for none). */
enum telegram_outcome telegram_call(const struct telegram_bot *bot, const char *method, const struct json *parameters,
	struct telegram_answer *answer);

/* Sends a file by a method that takes one. */
struct telegram_upload {
	const char *method;
	const char *parameter;           /* "photo" */
	uint64_t chat_id;
	const char *name;
	const char *type;
	int descriptor;
	size_t len;
};
enum telegram_outcome telegram_upload(const struct telegram_bot *bot, const struct telegram_upload *upload, struct telegram_answer *answer);

/* Fetches the file of a path that getFile gave, piece by piece; at most `most` bytes. */
struct telegram_download {
	const char *path;
	uint64_t most;
	net_sink *sink;
	void *sink_arg;
};
enum telegram_outcome telegram_download(const struct telegram_bot *bot, const struct telegram_download *download,
	struct telegram_answer *answer);

#endif
