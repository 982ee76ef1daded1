/* SPDX-License-Identifier: BSD-2-Clause */
/* telegram_api.c - calls of the Bot API as JSON or multipart/form-data, and their answers. */
#include "rooms/telegram/telegram_api.h"

#include <string.h>

#include "core/text.h"
#include "edge/crypt.h"

#define CALL_TIMEOUT (10 * CLOCK_SECOND)
#define FILE_TIMEOUT CLOCK_MINUTE
#define RETRY_MOST CLOCK_HOUR

static const char *
method_url(const struct telegram_bot *bot, const char *method)
{
	return arena_printf(bot->arena, "%s/bot%s/%s", bot->conf->telegram_url, bot->token, method);
}

/* {"ok":false,"error_code":429,"description":…,"parameters":{"retry_after":3}} */
static void
read_refusal(const struct json *json, struct telegram_answer *answer)
{
	uint64_t number = 0;

	if (json_get_text(json, "description") != NULL)
		answer->words = json_get_text(json, "description");
	if (json_get_u64(json, "error_code", &number) && number < 1000)
		answer->status = (int)number;
	if (json_get_u64(json_get(json, "parameters"), "retry_after", &number))
		answer->retry_after = number < RETRY_MOST / CLOCK_SECOND ? (clock_ms)number * CLOCK_SECOND : RETRY_MOST;
}

static enum telegram_outcome
outcome_of(const struct telegram_bot *bot, const struct net_answer *net, struct telegram_answer *answer)
{
	const char *problem;
	const struct json *json = json_parse(bot->arena, net->body != NULL ? net->body : "", net->len, &problem);

	answer->status = net->status;
	answer->words = arena_printf(bot->arena, "HTTP %d", net->status);
	if (json_is_object(json) && json_get_bool(json, "ok", false)) {
		answer->result = json_get(json, "result");
		return TELEGRAM_DONE;
	}
	if (json_is_object(json))
		read_refusal(json, answer);
	if (answer->status == 429 || answer->status >= 500)
		return TELEGRAM_LATER;
	/* It said yes and then something that we do not understand. */
	return answer->status >= 200 && answer->status < 300 ? TELEGRAM_UNCERTAIN : TELEGRAM_REFUSED;
}

/* The token stands in the address: nobody needs it in a message. */
static const char *
without_token(const struct telegram_bot *bot, const char *words)
{
	return strstr(words, bot->token) != NULL ? "no answer" : words;
}

static enum telegram_outcome
ask(const struct telegram_bot *bot, struct net_request *request, struct telegram_answer *answer)
{
	struct net_answer net;

	*answer = (struct telegram_answer){ .words = "" };
	/* Another address than Telegram's own is the operator's choice, and may be on a private network. */
	request->may_be_private = !text_equal(bot->conf->telegram_url, CONF_TELEGRAM_URL);
	if (net_send(bot->arena, request, &net) == GOT_ONE)
		return outcome_of(bot, &net, answer);
	answer->words = without_token(bot, net.problem);
	answer->is_too_large = net.failure == NET_TOO_LARGE;
	return net.may_have_arrived ? TELEGRAM_UNCERTAIN : TELEGRAM_LATER;
}

enum telegram_outcome
telegram_call(const struct telegram_bot *bot, const char *method, const struct json *parameters, struct telegram_answer *answer)
{
	struct net_request request = { .url = method_url(bot, method), .headers = { "Content-Type: application/json" }, .timeout = CALL_TIMEOUT };

	request.body = parameters != NULL ? json_text(bot->arena, parameters) : "{}";
	request.body_len = strlen(request.body);
	return ask(bot, &request, answer);
}

/* A name in a header of multipart/form-data (WHATWG HTML, "multipart/form-data encoding"). */
static const char *
quoted(struct arena *arena, const char *name)
{
	struct str out;

	str_init(&out, arena);
	for (; *name != '\0'; name++) {
		if (*name == '"')
			str_add(&out, "%22");
		else
			str_add_char(&out, (unsigned char)*name < 0x20 ? '_' : *name);
	}
	return out.data;
}

enum telegram_outcome
telegram_upload(const struct telegram_bot *bot, const struct telegram_upload *upload, struct telegram_answer *answer)
{
	const char *boundary = crypt_token(bot->arena);
	const char *tail = arena_printf(bot->arena, "\r\n--%s--\r\n", boundary);
	const char *head = arena_printf(bot->arena, "--%s\r\nContent-Disposition: form-data; name=\"chat_id\"\r\n\r\n%llu\r\n"
		"--%s\r\nContent-Disposition: form-data; name=\"%s\"; filename=\"%s\"\r\nContent-Type: %s\r\n\r\n", boundary,
		(unsigned long long)upload->chat_id, boundary, upload->parameter, quoted(bot->arena, upload->name), upload->type);
	const struct net_file file = { upload->descriptor, upload->len, tail, strlen(tail) };
	struct net_request request = { .url = method_url(bot, upload->method), .body = head, .body_len = strlen(head), .file = &file,
		.headers = { arena_printf(bot->arena, "Content-Type: multipart/form-data; boundary=%s", boundary) }, .timeout = FILE_TIMEOUT };

	return ask(bot, &request, answer);
}

enum telegram_outcome
telegram_download(const struct telegram_bot *bot, const struct telegram_download *download, struct telegram_answer *answer)
{
	struct net_request request = { .timeout = FILE_TIMEOUT, .most = (size_t)download->most, .sink = download->sink,
		.sink_arg = download->sink_arg };
	enum telegram_outcome outcome;

	request.url = arena_printf(bot->arena, "%s/file/bot%s/%s", bot->conf->telegram_url, bot->token, download->path);
	outcome = ask(bot, &request, answer);
	/* The file itself is no answer in JSON: its status tells. */
	return outcome != TELEGRAM_DONE && answer->status == 200 ? TELEGRAM_DONE : outcome;
}
