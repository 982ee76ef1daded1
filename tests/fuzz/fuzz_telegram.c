/* SPDX-License-Identifier: BSD-2-Clause */
/* fuzz_telegram.c - any bytes as an update of Telegram's, and as a text that is cut into its messages. */
#include <stdint.h>
#include <string.h>

#include "core/check.h"
#include "core/text.h"
#include "rooms/telegram/telegram_update.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What a chat may be given: texts that can be stored and shown. */
static void
update_check(const struct telegram_update *update)
{
	CHECK(text_is_utf8(update->text, strlen(update->text)) && !text_has_control(update->text));
	CHECK(!text_is_blank(update->name) && text_length(update->name) <= 120 && !text_has_control(update->name));
	CHECK(text_length(update->username) <= 64 && text_length(update->locale) <= 16);
	CHECK(update->kind != TELEGRAM_TEXT || !text_is_blank(update->text));
	CHECK(update->kind != TELEGRAM_FILE || (!text_is_blank(update->file_id) && !text_is_blank(update->file_name)));
	CHECK(update->kind <= TELEGRAM_MALFORMED || update->chat_id != 0);
	CHECK(update->kind > TELEGRAM_MALFORMED || *update->problem != '\0');
}

/* The parts are the text, each is taken by Telegram, and there is an end. */
static void
parts_check(const char *text)
{
	size_t len, at, units;

	for (; (len = telegram_text_part(text)) > 0; text += len) {
		for (at = units = 0; at < len; at++)
			units += ((unsigned char)text[at] & 0xc0) != 0x80 ? 1 + ((unsigned char)text[at] >= 0xf0) : 0;
		CHECK(units <= TELEGRAM_TEXT_UNITS);
	}
	CHECK(*text == '\0');
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new();
	struct telegram_update update;
	const char *problem, *text = text_repair(arena, arena_text_of(arena, (const char *)data, size));
	const struct json *json = json_parse(arena, (const char *)data, size, &problem);

	if (json_is_object(json) && telegram_update_read(arena, json, &update))
		update_check(&update);
	parts_check(text);
	arena_free(arena);
	return 0;
}
