/* SPDX-License-Identifier: BSD-2-Clause */
/* chat_jobs.c - visitors who close the page: waiting chats end as missed, active ones say that the visitor left. */
#include "rooms/chat/chat_store.h"

#include <string.h>

#include "core/log.h"
#include "core/text.h"
#include "rooms/routing/routing.h"
#include "rooms/visit/visit.h"

/* A waiting visitor whose page is closed for so long has given up; one of an active chat is said to have left. */
#define GIVES_UP_AFTER (2 * CLOCK_MINUTE)
#define LEFT_AFTER (45 * CLOCK_SECOND)
/* A panel that was told of a suspension asks again after so long (static/widget/chat.js). */
#define ASKS_AGAIN CLOCK_MINUTE
#define BATCH 50                     /* topics that one question to the daemon names */

static job_function presence;

const struct job_kind chat_jobs[] = {
	{ "chat.presence", presence, CLOCK_MINUTE, 5 * CLOCK_SECOND, NULL },
	{ .kind = NULL }
};

/* Is "5.v77" among the names that the daemon gave? */
static bool
is_named(const char *names, const char *name)
{
	size_t len, want = strlen(name);

	for (; *names != '\0'; names += len + (names[len] == ' ')) {
		len = strcspn(names, " ");
		if (len == want && strncmp(names, name, len) == 0)
			return true;
	}
	return false;
}

static enum got
left_work(struct db *db, void *arg)
{
	struct chat_presence_work *work = arg;
	struct conversation conversation = { 0 };
	enum got got = conversation_lock(db, work->routing.arena, work->routing.tenant, work->chat->id, &conversation);

	if (got == GOT_ONE && strcmp(conversation.state, "active") != 0)
		return GOT_NONE;
	if (got == GOT_ONE)
		got = conversation_set_left(db, work->routing.tenant, work->chat->id, work->routing.now);
	if (got != GOT_ONE)
		return got;
	work->event = message_event(work->routing.arena, "left", NULL);
	return message_add(db, work->routing.arena, work->routing.tenant, work->chat->id, &work->event, work->routing.now);
}

/* The event "left" in the transcript of an active chat, once. GOT_NONE: it was said already, or the chat is not active any more. */
static enum got
tell_left(struct job_run *run, struct chat_presence_work *work)
{
	struct conversation conversation = { 0 };
	enum got got = db_transaction(run->db, left_work, work);

	if (got != GOT_ONE)
		return got;
	if (conversation_by_id(run->db, run->arena, work->routing.tenant, work->chat->id, &conversation) == GOT_ONE)
		routing_tell_message(&work->routing, run->bell, &conversation, &work->event);
	return GOT_ONE;
}

static clock_ms
latest(clock_ms one, clock_ms two, clock_ms three)
{
	clock_ms later = one > two ? one : two;

	return later > three ? later : three;
}

/* A daemon that has just started knows nobody, and browsers come back within less than LEFT_AFTER: nobody is away for longer than it is there,
 * nor for longer than a company is back whose visitors could not come. */
static enum got
absent(struct job_run *run, const struct chat_presence *chat, clock_ms since)
{
	struct chat_presence_work work = { .chat = chat, .routing = { .db = run->db, .arena = run->arena,
		.tenant = { chat->tenant_id }, .now = run->now } };
	clock_ms away = run->now - latest(chat->seen_at, since, chat->company_at + ASKS_AGAIN);
	enum routing_outcome outcome;

	if (strcmp(chat->state, "active") == 0)
		return away < LEFT_AFTER ? GOT_ONE : tell_left(run, &work);
	if (away < GIVES_UP_AFTER)
		return GOT_ONE;
	/* Who was accepted in this moment is not missed. */
	outcome = routing_close(&work.routing, &(struct routing_close){ .conversation = chat->id, .reason = "abandoned", .name = "",
		.only_waiting = true });
	if (outcome != ROUTING_DONE && outcome != ROUTING_TAKEN)
		return GOT_ERROR;
	routing_tell(&work.routing, run->bell);
	return GOT_ONE;
}

/* Asks the daemon about up to BATCH chats. */
static enum got
look(struct job_run *run, const struct chat_presence *chats, size_t count)
{
	const char *names, *name, *epoch;
	clock_ms since;
	struct str topics;
	size_t i;

	str_init(&topics, run->arena);
	for (i = 0; i < count; i++)
		str_addf(&topics, "%s%s", i > 0 ? " " : "", bell_topic(run->arena, (tenant_id){ chats[i].tenant_id }, 'v', chats[i].id));
	names = bell_present(run->bell, run->arena, topics.data, &epoch);
	/* While the daemon is away nobody can be told apart: nothing is concluded. */
	if (names == NULL)
		return GOT_ONE;
	if (chat_live_since(run->db, epoch, run->now, &since) == GOT_ERROR)
		return GOT_ERROR;
	for (i = 0; i < count; i++) {
		name = bell_topic(run->arena, (tenant_id){ chats[i].tenant_id }, 'v', chats[i].visitor_id);
		if (is_named(names, name)) {
			if (visitor_seen(run->db, (tenant_id){ chats[i].tenant_id }, chats[i].visitor_id, run->now) == GOT_ERROR)
				return GOT_ERROR;
		} else if (absent(run, &chats[i], since) == GOT_ERROR) {
			log_warning("presence", "conversation %llu was not looked after", (unsigned long long)chats[i].id);
		}
	}
	return GOT_ONE;
}

static enum got
presence(struct job_run *run)
{
	struct db_rows rows = { 0 };
	const struct chat_presence *chats;
	size_t i;

	if (chat_unseen(run->db, run->arena, run->now - LEFT_AFTER / 2, &rows) == GOT_ERROR)
		return GOT_ERROR;
	chats = rows.rows;
	for (i = 0; i < rows.count; i += BATCH)
		if (look(run, chats + i, rows.count - i < BATCH ? rows.count - i : BATCH) == GOT_ERROR)
			return GOT_ERROR;
	return GOT_ONE;
}
