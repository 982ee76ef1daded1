/* SPDX-License-Identifier: BSD-2-Clause */
/* telegram_send.c - the outbox of a chat: its messages go to Telegram one after the other, each once.
 *
 * The Bot API knows no key by which it would take the same message only once. So a delivery is marked as `sending` before the call: whoever
 * finds it so later, or gets no whole answer, knows that it may have arrived, says so to the agent and does not repeat it by himself.
 */
#include <string.h>

#include "core/log.h"
#include "core/text.h"
#include "edge/locale.h"
#include "rooms/conversation/conversation.h"
#include "rooms/telegram/telegram_update.h"
#include "rooms/telegram/telegram_work.h"

#define CALLS_MOST 20                /* in one run */
#define RUN_MOST (30 * CLOCK_SECOND) /* no call begins later in a run */
#define TRIES_MOST 10

/* The problem of a delivery whose picture Telegram did not take as one: it goes as a file, in whatever try. */
#define AS_A_FILE "picture"

/* The outbox of one chat. */
struct outbox {
	struct job_run *run;
	struct conversation conversation;
	struct identity identity;
	struct telegram_desk desk;
	struct delivery delivery;
	struct message message;
	uint64_t chat;                   /* of Telegram */
	clock_ms pause;                  /* not 0: go on after so long */
	size_t calls;
};

static enum got
outbox_load(struct outbox *outbox)
{
	struct job_run *run = outbox->run;
	enum got got = conversation_by_id(run->db, run->arena, run->tenant, run->subject, &outbox->conversation);

	if (got == GOT_ONE)
		got = identity_by_id(run->db, run->arena, run->tenant, outbox->conversation.identity_id, &outbox->identity);
	if (got == GOT_ONE && !text_to_u64(outbox->identity.remote_id, &outbox->chat))
		return GOT_NONE;
	return got == GOT_ONE ? telegram_desk_open(run, outbox->identity.account_id, &outbox->desk) : got;
}

static enum got
settle(struct outbox *outbox, const char *state, const char *problem, const char *detail)
{
	struct job_run *run = outbox->run;
	struct delivery *delivery = &outbox->delivery;

	delivery->state = state;
	delivery->problem = problem;
	delivery->detail = detail;
	if (delivery_set(run->db, run->tenant, delivery, clock_now()) == GOT_ERROR)
		return GOT_ERROR;
	if (!text_equal(state, "sending"))
		delivery_tell(run->arena, run->bell, run->tenant, delivery);
	return GOT_ONE;
}

/* What an event says to somebody who does not see our pages. */
static const char *
event_text(const struct outbox *outbox)
{
	const char *text;

	telegram_speak(outbox->run, &outbox->identity);
	text = locale_text(N_("The chat has ended. Write again whenever you like: a new one begins."));
	locale_use("en");
	return text;
}

/* The part of the text that is to go now. */
static const char *
text_part(const struct outbox *outbox, bool *is_last)
{
	const char *text = text_equal(outbox->message.kind, "event") ? event_text(outbox) : outbox->message.body;
	uint64_t skip = outbox->delivery.parts;
	size_t len;

	for (; skip > 0 && *text != '\0'; skip--)
		text += telegram_text_part(text);
	len = telegram_text_part(text);
	*is_last = text[len] == '\0';
	return arena_text_of(outbox->run->arena, text, len);
}

static enum telegram_outcome
send_text(struct outbox *outbox, struct telegram_answer *answer, bool *is_last)
{
	struct json *json = json_new_object(outbox->run->arena);
	const char *text = text_part(outbox, is_last);

	/* The end of it had only white space, which Telegram refuses. */
	if (text_is_blank(text))
		return TELEGRAM_DONE;
	json_set_u64(json, "chat_id", outbox->chat);
	json_set_text(json, "text", text);
	return telegram_call(&outbox->desk.bot, "sendMessage", json, answer);
}

static enum telegram_outcome
send_file(struct outbox *outbox, struct telegram_answer *answer)
{
	struct job_run *run = outbox->run;
	struct telegram_upload upload = { .chat_id = outbox->chat };
	struct telegram_way way;
	struct file file = { 0 };

	*answer = (struct telegram_answer){ .words = "the file is not there any more" };
	upload.descriptor = file_by_id(run->db, run->arena, run->tenant, outbox->message.file_id, &file) == GOT_ONE
		? store_open_kept(run->store, run->arena, run->tenant, file.stored) : -1;
	if (upload.descriptor < 0)
		return db_is_down(run->db) ? TELEGRAM_LATER : TELEGRAM_REFUSED;
	way = telegram_way_of(&(struct telegram_file){ file.type, file.size, file.width, file.height });
	/* A picture that Telegram would not show as one goes as a file. */
	if (text_equal(outbox->delivery.problem, AS_A_FILE))
		way = (struct telegram_way){ "sendDocument", "document" };
	upload.method = way.method;
	upload.parameter = way.parameter;
	upload.name = file.name;
	upload.type = file.type;
	upload.len = (size_t)file.size;
	return telegram_upload(&outbox->desk.bot, &upload, answer);
}

/* What a refusal is, in a word that consoles know. */
static const char *
refusal_word(const struct telegram_answer *answer)
{
	if (answer->status == 403)
		return "blocked";
	if (answer->status == 401 || answer->status == 404)
		return "off";
	return "refused";
}

/* Not now: the chat waits as a whole, so that its order stays. */
static enum got
put_off(struct outbox *outbox, const struct telegram_answer *answer)
{
	struct delivery *delivery = &outbox->delivery;

	/* Who is told when to come again has not failed. */
	if (answer->retry_after == 0)
		delivery->tries++;
	if (delivery->tries >= TRIES_MOST)
		return settle(outbox, "failed", "away", answer->words);
	outbox->pause = telegram_pause(delivery->tries, answer->retry_after);
	return settle(outbox, "waiting", text_equal(delivery->problem, AS_A_FILE) ? AS_A_FILE : "away", answer->words);
}

static enum got
refused(struct outbox *outbox, const struct telegram_answer *answer)
{
	bool is_picture = text_equal(outbox->message.kind, "file") && answer->status == 400 && !text_equal(outbox->delivery.problem, AS_A_FILE)
		&& text_starts_with(outbox->message.file_type, "image/");

	/* The token is not good any more: administrators shall read it at the account. */
	if (answer->status == 401 && account_order_check(outbox->run->db, outbox->run->arena, outbox->run->tenant, &outbox->desk.account,
		clock_now()) == GOT_ERROR)
		return GOT_ERROR;
	if (!is_picture)
		return settle(outbox, "failed", refusal_word(answer), answer->words);
	outbox->delivery.tries++;
	return settle(outbox, "waiting", AS_A_FILE, answer->words);
}

/* One call and what came of it. */
static enum got
send_one(struct outbox *outbox)
{
	struct telegram_answer answer = { .words = "" };
	enum telegram_outcome outcome;
	const char *problem = outbox->delivery.problem;
	bool is_last = true;

	if (settle(outbox, "sending", problem, "") == GOT_ERROR)
		return GOT_ERROR;
	outbox->calls++;
	outcome = text_equal(outbox->message.kind, "file") && outbox->message.file_id != 0 ? send_file(outbox, &answer)
		: send_text(outbox, &answer, &is_last);
	switch (outcome) {
	case TELEGRAM_DONE:
		outbox->delivery.parts++;
		return settle(outbox, is_last ? "sent" : "waiting", "", "");
	case TELEGRAM_LATER:
		return put_off(outbox, &answer);
	case TELEGRAM_UNCERTAIN:
		return settle(outbox, "uncertain", "lost", answer.words);
	case TELEGRAM_REFUSED:
		break;
	}
	return refused(outbox, &answer);
}

/* GOT_ONE: the next one, please. */
static enum got
deliver(struct outbox *outbox)
{
	struct job_run *run = outbox->run;
	struct db_rows rows = { 0 };

	if (text_equal(outbox->delivery.state, "sending"))
		return settle(outbox, "uncertain", "lost", "");
	if (!telegram_desk_is_on(&outbox->desk) || outbox->desk.bot.token == NULL)
		return settle(outbox, "failed", "off", "");
	if (message_after(run->db, run->arena, run->tenant, outbox->conversation.id, outbox->delivery.seq - 1, 1, &rows) == GOT_ERROR)
		return GOT_ERROR;
	/* Old conversations may be erased. */
	if (rows.count == 0 || ((const struct message *)rows.rows)->seq != outbox->delivery.seq)
		return settle(outbox, "failed", "gone", "");
	outbox->message = *(const struct message *)rows.rows;
	return send_one(outbox);
}

/* Until nothing waits, or something must wait. */
static enum got
outbox_empty(struct outbox *outbox)
{
	struct job_run *run = outbox->run;
	clock_ms began = clock_steady();
	enum got got = GOT_ONE;

	while (got == GOT_ONE && outbox->pause == 0 && outbox->calls < CALLS_MOST && clock_steady() - began < RUN_MOST) {
		got = delivery_next(run->db, run->arena, run->tenant, outbox->conversation.id, &outbox->delivery);
		if (got == GOT_ONE)
			got = deliver(outbox);
	}
	return got;
}

enum got
telegram_send(struct job_run *run)
{
	struct outbox outbox = { .run = run };
	clock_ms until;
	enum got got = outbox_load(&outbox);

	if (got != GOT_ONE)
		return got == GOT_NONE ? GOT_ONE : GOT_ERROR;
	got = identity_lease(run->db, run->tenant, outbox.identity.id, run->now + TELEGRAM_LEASE, run->now);
	if (got != GOT_ONE)
		return got;
	got = outbox_empty(&outbox);
	until = outbox.pause > 0 ? clock_now() + outbox.pause : 0;
	if (identity_release(run->db, run->tenant, outbox.identity.id, until) == GOT_ERROR || got == GOT_ERROR)
		return GOT_ERROR;
	if (got == GOT_NONE)
		return GOT_ONE;
	return delivery_job(run->db, run->arena, run->tenant, &outbox.conversation, until, run->now);
}
