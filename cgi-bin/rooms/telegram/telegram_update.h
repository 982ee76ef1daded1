/* SPDX-License-Identifier: BSD-2-Clause */
/* telegram_update.h - what the Bot API hands over, and what it may be given: decisions without I/O. */
#ifndef HARK_ROOMS_TELEGRAM_TELEGRAM_UPDATE_H
#define HARK_ROOMS_TELEGRAM_TELEGRAM_UPDATE_H

#include "edge/json.h"

/* START is the button that opens a bot; OTHER is of a kind that no chat can show (a poll, a game); IGNORED is not for us. */
enum telegram_kind { TELEGRAM_IGNORED, TELEGRAM_MALFORMED, TELEGRAM_START, TELEGRAM_TEXT, TELEGRAM_FILE, TELEGRAM_OTHER };

struct telegram_update {
	uint64_t id;
	enum telegram_kind kind;
	const char *problem;             /* why it is IGNORED or MALFORMED, for the record */
	uint64_t chat_id;                /* of a private chat: the person */
	uint64_t message_id;
	const char *name;                /* "Ann Lee"; never blank */
	const char *username;            /* without "@", or "" */
	const char *locale;              /* "en", or "" */
	const char *text;                /* of TEXT; the caption of a FILE, or "" */
	const char *file_id;
	const char *file_name;           /* as its sender calls it, or what it is: "photo" */
	const char *file_ending;         /* what such files end in, or "" */
	uint64_t file_size;              /* 0: not told */
};

/* Reads an update. False: it has no update_id, so that it cannot even be recorded. */
bool telegram_update_read(struct arena *arena, const struct json *json, struct telegram_update *update);

/* How much of a text goes into one message: at most 4096 UTF-16 code units (sendMessage), in bytes; cut at the end of a line or word when
 * there is one in its second half. */
#define TELEGRAM_TEXT_UNITS 4096
size_t telegram_text_part(const char *text);

/* The method and its parameter for a file: sendPhoto for pictures that Telegram takes as such, else sendVideo, sendAudio or sendDocument. */
struct telegram_way {
	const char *method;
	const char *parameter;
};
struct telegram_file {
	const char *type;
	uint64_t size;
	uint64_t width;
	uint64_t height;
};
struct telegram_way telegram_way_of(const struct telegram_file *file);

/* Is it a path that getFile may give: letters, digits and _ - . / without ".."? */
bool telegram_path_is_sound(const char *path);

#endif
