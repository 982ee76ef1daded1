/* SPDX-License-Identifier: BSD-2-Clause */
/* telegram_jobs.c - the jobs of Telegram: connecting accounts, and short words to people who have no chat. */
#include "rooms/telegram/telegram.h"

#include <string.h>

#include "core/log.h"
#include "core/text.h"
#include "edge/locale.h"
#include "rooms/telegram/telegram_work.h"
#include "rooms/text/text.h"

const struct job_kind telegram_jobs[] = {
	{ .kind = "telegram.connect", .run = telegram_connect, .lease = CLOCK_MINUTE },
	{ .kind = "telegram.receive", .run = telegram_receive, .lease = TELEGRAM_LEASE },
	{ .kind = "telegram.send", .run = telegram_send, .lease = TELEGRAM_LEASE },
	{ .kind = "telegram.say", .run = telegram_say, .lease = CLOCK_MINUTE },
	{ .kind = NULL }
};

#define PAUSE_MOST (5 * CLOCK_MINUTE)

enum got
telegram_desk_open(struct job_run *run, uint64_t account, struct telegram_desk *desk)
{
	enum got got = account_by_id(run->db, run->arena, run->tenant, account, &desk->account);

	if (got != GOT_ONE)
		return got;
	desk->bot = (struct telegram_bot){ .arena = run->arena, .conf = run->conf };
	desk->bot.token = account_token(run->arena, run->keys, run->tenant, &desk->account);
	return GOT_ONE;
}

bool
telegram_desk_is_on(const struct telegram_desk *desk)
{
	return desk->account.enabled && desk->account.deleted_at == 0;
}

clock_ms
telegram_pause(uint64_t tries, clock_ms retry_after)
{
	clock_ms pause = 2 * CLOCK_SECOND;

	while (tries-- > 1 && pause < PAUSE_MOST)
		pause *= 2;
	if (pause > PAUSE_MOST)
		pause = PAUSE_MOST;
	return retry_after > pause ? retry_after : pause;
}

/* The hook is called one update at a time: so each person's messages come in their order. */
static const struct json *
hook_parameters(struct job_run *run, const struct account *account)
{
	struct json *json = json_new_object(run->arena), *kinds = json_new_array(run->arena);

	json_add_text(kinds, "message");
	json_set_text(json, "url", arena_printf(run->arena, "%s/hook/telegram/%s", run->conf->base_url, account->hook_key));
	json_set_text(json, "secret_token", account_secret(run->arena, run->keys, run->tenant, account));
	json_set(json, "allowed_updates", kinds);
	json_set_u64(json, "max_connections", 1);
	return json;
}

/* Why a call failed, for people. */
static const char *
problem_of(const struct telegram_answer *answer)
{
	if (answer->status == 401 || answer->status == 404)
		return N_("Telegram does not know this token.");
	if (answer->status == 0)
		return N_("Telegram cannot be reached.");
	return N_("Telegram refuses.");
}

/* That we are not there any more; but a bot that another account has taken over, in another company perhaps, goes on. */
static enum telegram_outcome
let_go(const struct telegram_desk *desk, struct telegram_answer *answer)
{
	const enum telegram_outcome outcome = telegram_call(&desk->bot, "getWebhookInfo", NULL, answer);
	const char *url = outcome == TELEGRAM_DONE ? json_get_text(answer->result, "url") : NULL;

	if (url == NULL || strstr(url, desk->account.hook_key) == NULL)
		return outcome;
	return telegram_call(&desk->bot, "deleteWebhook", NULL, answer);
}

/* Asks who the bot is and tells it where we are; or, when it is off, lets it go. */
static enum telegram_outcome
connect_bot(struct job_run *run, struct telegram_desk *desk, struct telegram_answer *answer)
{
	enum telegram_outcome outcome;
	const char *name;

	if (!telegram_desk_is_on(desk))
		return let_go(desk, answer);
	outcome = telegram_call(&desk->bot, "getMe", NULL, answer);
	if (outcome != TELEGRAM_DONE)
		return outcome;
	name = json_get_text(answer->result, "username");
	desk->account.remote_name = name != NULL ? arena_printf(run->arena, "@%s", name) : "";
	return telegram_call(&desk->bot, "setWebhook", hook_parameters(run, &desk->account), answer);
}

enum got
telegram_connect(struct job_run *run)
{
	struct telegram_desk desk = { .account = { .id = 0 } };
	struct telegram_answer answer = { .words = "" };
	struct account *account = &desk.account;
	enum got got = telegram_desk_open(run, run->subject, &desk);
	enum telegram_outcome outcome = TELEGRAM_REFUSED;
	bool is_readable;

	if (got != GOT_ONE)
		return got == GOT_ERROR ? GOT_ERROR : GOT_ONE;
	is_readable = desk.bot.token != NULL && account_secret(run->arena, run->keys, run->tenant, account) != NULL;
	if (is_readable)
		outcome = connect_bot(run, &desk, &answer);
	account->state = outcome == TELEGRAM_DONE ? (telegram_desk_is_on(&desk) ? "connected" : "off") : "failing";
	account->problem = outcome == TELEGRAM_DONE ? "" : !is_readable ? N_("The stored token cannot be read. Type it again.") : problem_of(&answer);
	account->detail = outcome == TELEGRAM_DONE ? "" : answer.words;
	if (account_checked(run->db, run->tenant, account, run->now) == GOT_ERROR)
		return GOT_ERROR;
	if (outcome != TELEGRAM_LATER && outcome != TELEGRAM_UNCERTAIN)
		return GOT_ONE;
	run->problem = answer.words;
	return GOT_ERROR;
}

void
telegram_speak(struct job_run *run, const struct identity *identity)
{
	struct tenant tenant = { .id = 0 };

	/* Without the row the product's words are said: the message matters more. */
	if (tenant_by_id(run->db, run->arena, run->tenant, &tenant) == GOT_ONE)
		text_speak_for(run->db, run->arena, &tenant, locale_choose(run->arena, identity->locale, tenant.text_languages, NULL));
}

/* Words for somebody whose message found no chat. They may be lost: whoever writes again hears them again. */
enum got
telegram_say(struct job_run *run)
{
	struct identity identity = { .id = 0 };
	struct telegram_desk desk = { .account = { .id = 0 } };
	struct telegram_answer answer;
	struct json *json = json_new_object(run->arena);
	uint64_t chat = 0;
	enum got got = identity_by_id(run->db, run->arena, run->tenant, run->subject, &identity);

	if (got == GOT_ONE)
		got = telegram_desk_open(run, identity.account_id, &desk);
	if (got != GOT_ONE || !telegram_desk_is_on(&desk) || desk.bot.token == NULL || !text_to_u64(identity.remote_id, &chat))
		return got == GOT_ERROR ? GOT_ERROR : GOT_ONE;
	telegram_speak(run, &identity);
	json_set_u64(json, "chat_id", chat);
	json_set_text(json, "text", locale_text(N_("All our lines are busy at the moment. Please try again in a few minutes.")));
	locale_use("en");
	if (telegram_call(&desk.bot, "sendMessage", json, &answer) != TELEGRAM_DONE)
		log_warning("telegram", "tenant %llu: a person was not told that all lines are busy: %s", (unsigned long long)run->tenant.id, answer.words);
	return GOT_ONE;
}
