/* SPDX-License-Identifier: BSD-2-Clause */
/* telegram_update.c - reading updates of the Bot API, and the rules of what may be sent. */
#include "rooms/telegram/telegram_update.h"

#include <string.h>

#include "core/check.h"
#include "core/text.h"

#define NAME_MAX_CHARACTERS 120
#define PHOTO_BYTES (10 * 1000 * 1000)
#define PHOTO_SIDES 10000            /* width and height together */
#define PHOTO_RATIO 20

/* What was written, without what no text may hold. */
static const char *
clean(struct arena *arena, const char *text)
{
	char *copy, *at;

	if (text == NULL)
		return "";
	copy = arena_text(arena, text);
	for (at = copy; *at != '\0'; at++)
		if (((unsigned char)*at < 0x20 && *at != '\n' && *at != '\t') || *at == 0x7f)
			*at = ' ';
	return text_trim(arena, copy);
}

/* One line of at most that many characters. */
static const char *
line(struct arena *arena, const char *text, size_t most)
{
	char *copy = arena_text(arena, clean(arena, text)), *at;

	for (at = copy; *at != '\0'; at++)
		if (*at == '\n' || *at == '\t')
			*at = ' ';
	return arena_text_of(arena, copy, text_prefix(copy, most));
}

static void
read_person(struct arena *arena, const struct json *from, struct telegram_update *update)
{
	const char *first = line(arena, json_get_text(from, "first_name"), NAME_MAX_CHARACTERS);
	const char *last = line(arena, json_get_text(from, "last_name"), NAME_MAX_CHARACTERS);

	update->username = line(arena, json_get_text(from, "username"), 64);
	update->locale = line(arena, json_get_text(from, "language_code"), 16);
	update->name = line(arena, arena_printf(arena, "%s %s", first, last), NAME_MAX_CHARACTERS);
	if (text_is_blank(update->name))
		update->name = text_is_blank(update->username) ? "Telegram" : arena_printf(arena, "@%s", update->username);
}

static void
set_text(struct telegram_update *update, const char *text)
{
	update->kind = text_is_blank(text) ? TELEGRAM_OTHER : TELEGRAM_TEXT;
	update->text = text;
}

/* "/start", alone or with what a link of the bot's has put behind it. */
static bool
read_text(struct arena *arena, const struct json *message, struct telegram_update *update)
{
	const char *text = json_get_text(message, "text");

	if (text == NULL)
		return false;
	set_text(update, clean(arena, text));
	if (text_equal(update->text, "/start") || text_starts_with(update->text, "/start "))
		update->kind = TELEGRAM_START;
	return true;
}

/* Kinds of files, in the order in which they are looked for: an animation comes as a document, too. */
static const struct file_kind {
	const char *member;
	const char *ending;
} file_kinds[] = {
	{ "animation", ".mp4" }, { "video", ".mp4" }, { "video_note", ".mp4" }, { "audio", ".mp3" }, { "voice", ".ogg" }, { "document", "" }
};
static const struct file_kind photo_kind = { "photo", ".jpg" };

static bool
set_file(struct arena *arena, const struct json *file, const struct file_kind *kind, struct telegram_update *update)
{
	const char *id = json_get_text(file, "file_id"), *name = json_get_text(file, "file_name");

	if (text_is_blank(id))
		return false;
	update->kind = TELEGRAM_FILE;
	update->file_id = id;
	update->file_name = text_is_blank(name) ? kind->member : line(arena, name, 255);
	update->file_ending = kind->ending;
	json_get_u64(file, "file_size", &update->file_size);
	return true;
}

/* The largest of a photo's sizes is the last one. */
static bool
read_photo(struct arena *arena, const struct json *message, struct telegram_update *update)
{
	const struct json *sizes = json_get(message, "photo");
	size_t count = json_is_array(sizes) ? json_count(sizes) : 0;

	return count > 0 && set_file(arena, json_at(sizes, count - 1), &photo_kind, update);
}

static bool
read_file(struct arena *arena, const struct json *message, struct telegram_update *update)
{
	size_t i;

	update->text = clean(arena, json_get_text(message, "caption"));
	if (read_photo(arena, message, update))
		return true;
	for (i = 0; i < COUNT_OF(file_kinds); i++)
		if (json_is_object(json_get(message, file_kinds[i].member)))
			return set_file(arena, json_get(message, file_kinds[i].member), &file_kinds[i], update);
	return false;
}

/* A coordinate with six digits behind the point, which is a hand's breadth; NULL when it is no number. */
static const char *
coordinate(struct arena *arena, const struct json *place, const char *name)
{
	const struct json *value = json_get(place, name);
	const char *text, *point;

	if (value == NULL || json_is_object(value) || json_is_array(value) || json_value_text(value) != NULL)
		return NULL;
	text = json_text(arena, value);
	point = strchr(text, '.');
	if (strspn(text, "-0123456789.") != strlen(text))
		return NULL;
	return point != NULL && strlen(point) > 7 ? arena_text_of(arena, text, (size_t)(point - text) + 7) : text;
}

/* A place becomes a link to a map, with the name and address of a venue before it. */
static bool
read_place(struct arena *arena, const struct json *message, struct telegram_update *update)
{
	const struct json *venue = json_get(message, "venue"), *place = json_get(json_is_object(venue) ? venue : message, "location");
	const char *latitude, *longitude;
	struct str text;

	if (!json_is_object(place))
		return false;
	latitude = coordinate(arena, place, "latitude");
	longitude = coordinate(arena, place, "longitude");
	if (latitude == NULL || longitude == NULL)
		return false;
	str_init(&text, arena);
	if (json_is_object(venue))
		str_addf(&text, "%s, %s\n", line(arena, json_get_text(venue, "title"), 200), line(arena, json_get_text(venue, "address"), 200));
	str_addf(&text, "\xf0\x9f\x93\x8d %s, %s\nhttps://www.openstreetmap.org/?mlat=%s&mlon=%s#map=16/%s/%s", latitude, longitude, latitude, longitude,
		latitude, longitude);
	set_text(update, text.data);
	return true;
}

static bool
read_card(struct arena *arena, const struct json *message, struct telegram_update *update)
{
	const struct json *card = json_get(message, "contact");
	const char *name;

	if (!json_is_object(card))
		return false;
	name = arena_printf(arena, "%s %s", line(arena, json_get_text(card, "first_name"), 120), line(arena, json_get_text(card, "last_name"), 120));
	set_text(update, arena_printf(arena, "\xf0\x9f\x91\xa4 %s\n%s", line(arena, name, 240), line(arena, json_get_text(card, "phone_number"), 40)));
	return true;
}

/* A sticker is shown as the emoji that it stands for. */
static bool
read_sticker(struct arena *arena, const struct json *message, struct telegram_update *update)
{
	const struct json *sticker = json_get(message, "sticker");

	if (!json_is_object(sticker))
		return false;
	set_text(update, line(arena, json_get_text(sticker, "emoji"), 16));
	return true;
}

static void
read_content(struct arena *arena, const struct json *message, struct telegram_update *update)
{
	if (!read_text(arena, message, update) && !read_file(arena, message, update) && !read_sticker(arena, message, update)
		&& !read_place(arena, message, update) && !read_card(arena, message, update))
		update->kind = TELEGRAM_OTHER;
}

static void
drop(struct telegram_update *update, enum telegram_kind kind, const char *problem)
{
	update->kind = kind;
	update->problem = problem;
}

bool
telegram_update_read(struct arena *arena, const struct json *json, struct telegram_update *update)
{
	const struct json *message = json_get(json, "message"), *chat = json_get(message, "chat"), *from = json_get(message, "from");

	*update = (struct telegram_update){ .name = "Telegram", .username = "", .locale = "", .text = "", .problem = "" };
	if (!json_get_u64(json, "update_id", &update->id))
		return false;
	if (message == NULL)
		drop(update, TELEGRAM_IGNORED, "not a new message");
	else if (!json_is_object(message) || !json_is_object(chat) || json_get_text(chat, "type") == NULL)
		drop(update, TELEGRAM_MALFORMED, "a message without a chat");
	else if (!text_equal(json_get_text(chat, "type"), "private"))
		drop(update, TELEGRAM_IGNORED, "not a private chat");
	else if (json_get_bool(from, "is_bot", false))
		drop(update, TELEGRAM_IGNORED, "written by a bot");
	else if (!json_get_u64(chat, "id", &update->chat_id) || update->chat_id == 0 || !json_get_u64(message, "message_id", &update->message_id))
		drop(update, TELEGRAM_MALFORMED, "a message without its numbers");
	else {
		read_person(arena, json_is_object(from) ? from : chat, update);
		read_content(arena, message, update);
	}
	return true;
}

/* How many bytes the character at `at` has, and how many UTF-16 units. */
static size_t
character(const char *at, size_t *units)
{
	const char *next = at;
	uint32_t point = text_next(&next);

	*units = point != TEXT_MALFORMED && point > 0xffff ? 2 : 1;
	return (size_t)(next - at);
}

size_t
telegram_text_part(const char *text)
{
	size_t at = 0, units = 0, after_line = 0, after_word = 0, more, bytes;

	while (text[at] != '\0') {
		bytes = character(text + at, &more);
		if (units + more > TELEGRAM_TEXT_UNITS)
			break;
		at += bytes;
		units += more;
		if (units > TELEGRAM_TEXT_UNITS / 2 && text[at - 1] == '\n')
			after_line = at;
		else if (units > TELEGRAM_TEXT_UNITS / 2 && text[at - 1] == ' ')
			after_word = at;
	}
	if (text[at] == '\0')
		return at;
	return after_line > 0 ? after_line : after_word > 0 ? after_word : at;
}

static bool
is_photo(const struct telegram_file *file)
{
	uint64_t longer = file->width > file->height ? file->width : file->height;
	uint64_t shorter = file->width > file->height ? file->height : file->width;

	return (text_equal(file->type, "image/jpeg") || text_equal(file->type, "image/png")) && file->size <= PHOTO_BYTES && shorter > 0
		&& longer + shorter <= PHOTO_SIDES && longer / shorter < PHOTO_RATIO;
}

struct telegram_way
telegram_way_of(const struct telegram_file *file)
{
	if (is_photo(file))
		return (struct telegram_way){ "sendPhoto", "photo" };
	if (text_equal(file->type, "video/mp4"))
		return (struct telegram_way){ "sendVideo", "video" };
	if (text_equal(file->type, "audio/mpeg") || text_equal(file->type, "audio/mp4"))
		return (struct telegram_way){ "sendAudio", "audio" };
	return (struct telegram_way){ "sendDocument", "document" };
}

bool
telegram_path_is_sound(const char *path)
{
	size_t len = path != NULL ? strlen(path) : 0;

	return len > 0 && len <= 500 && path[0] != '/' && strstr(path, "..") == NULL
		&& strspn(path, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-./") == len;
}
