/* SPDX-License-Identifier: BSD-2-Clause */
/* live_poll.c - polls: answered at once when there is something to say, else parked until there is. */
#include "core/log.h"
#include "rooms/live/live_state.h"

#define PARK_MS 25000
#define PARK_JITTER_MS 5000
#define ANSWER_MAX ((size_t)256 * 1024)         /* bytes of events in one answer; the rest comes with the next poll */

/* The room's part of a connection: all that a parked poll needs to know. */
struct poll {
	struct link link;               /* of its listener */
	struct listener *listener;
	bool stays;                     /* as of struct http_request */
};

/* One answer for many polls: built once, with a head for connections that close and one for those that stay. */
struct answer {
	struct str heads[2];
	struct str body;
};

size_t
live_poll_size(void)
{
	return sizeof(struct poll);
}

/* ---- answers ---- */

static void
answer_init(struct live *live, struct answer *answer, uint64_t position, const char *resync)
{
	str_init(&answer->heads[0], live->work);
	str_init(&answer->heads[1], live->work);
	str_init(&answer->body, live->work);
	str_addf(&answer->body, "{\"at\":\"%s.%llu\",%s\"events\":[", live->epoch, (unsigned long long)position, resync);
}

static void
answer_add(struct answer *answer, const struct live_event *event)
{
	if (answer->body.data[answer->body.len - 1] != '[')
		str_add_char(&answer->body, ',');
	str_add_bytes(&answer->body, event->json, event->len);
}

static void
answer_send(struct answer *answer, struct loop_conn *conn, bool stays)
{
	struct str *head = &answer->heads[stays];
	struct iovec parts[2];

	if (head->len == 0)
		http_head(head, 200, answer->body.len, stays, "");
	parts[0] = (struct iovec){ .iov_base = head->data, .iov_len = head->len };
	parts[1] = (struct iovec){ .iov_base = answer->body.data, .iov_len = answer->body.len };
	loop_send(conn, parts, 2, stays ? LOOP_READ : LOOP_CLOSE);
}

static void
answer_empty(struct live *live, struct loop_conn *conn, bool stays, const char *resync)
{
	struct answer answer;

	answer_init(live, &answer, memory_position(live->memory), resync);
	str_add(&answer.body, "]}");
	answer_send(&answer, conn, stays);
}

/* As many of the events as fit; the position is then that of the last one. */
static void
answer_events(struct live *live, struct loop_conn *conn, bool stays, const struct live_event *events, size_t count)
{
	struct answer answer;
	size_t fit = 0;

	for (size_t bytes = 0; fit < count && (fit == 0 || bytes + events[fit].len <= ANSWER_MAX); fit++)
		bytes += events[fit].len;
	answer_init(live, &answer, fit < count ? events[fit - 1].position : memory_position(live->memory), "");
	for (size_t i = 0; i < fit; i++)
		answer_add(&answer, &events[i]);
	str_add(&answer.body, "]}");
	answer_send(&answer, conn, stays);
}

/* ---- asking ---- */

struct person *
live_admit(struct live *live, struct loop_conn *conn, const struct http_request *request, struct ticket *ticket)
{
	const char *text = http_parameter(live->work, request->query, "ticket");
	struct person *person;

	/* The time is looked at afterwards, so that a client can tell an old ticket from a wrong one. */
	if (text == NULL || !ticket_check(live->work, live->keys, text, 0, ticket)) {
		log_info("ticket_refused", "path=%s", request->path);
		live_answer(live, conn, request, 403, "{\"error\":\"ticket\"}");
		return NULL;
	}
	if (ticket->expires_at <= clock_now()) {
		live_answer(live, conn, request, 403, "{\"error\":\"expired\"}");
		return NULL;
	}
	person = crowd_person(&live->crowd, ticket->who);
	switch (person_rights(&live->crowd, person, ticket->expires_at)) {
	case PERSON_MAY:
		return person;
	case PERSON_IS_CUT:
		live_answer(live, conn, request, 403, "{\"error\":\"cut\"}");
		return NULL;
	case PERSON_MUST_RENEW:
		break;
	}
	live_answer(live, conn, request, 403, "{\"error\":\"expired\"}");
	return NULL;
}

static void
park(struct live *live, struct loop_conn *conn, const struct http_request *request, struct listener *listener)
{
	struct poll *poll = loop_own(conn);

	if (live->parked >= live->parked_max) {
		live_answer_later(live, conn, request, 503, "{\"error\":\"full\"}");
		return;
	}
	if (listener->person->polls >= PERSON_POLLS_MAX) {
		live_answer_later(live, conn, request, 429, "{\"error\":\"polls\"}");
		return;
	}
	poll->listener = listener;
	poll->stays = request->stays;
	list_init(&poll->link);
	listener_park(listener, &poll->link);
	live->parked++;
	live->jitter += 2654435769u;    /* the golden ratio: the sums spread evenly over the range */
	loop_park(conn, PARK_MS + (unsigned)((uint64_t)live->jitter * PARK_JITTER_MS >> 32));
}

static void
unpark(struct live *live, struct poll *poll)
{
	listener_unpark(&live->crowd, poll->listener, &poll->link, clock_steady());
	live->parked--;
}

void
live_poll(struct live *live, struct loop_conn *conn, const struct http_request *request)
{
	const char *at = http_parameter(live->work, request->query, "at");
	struct live_event *events;
	struct listener *listener;
	struct person *person;
	struct topic **topics;
	struct ticket ticket;
	uint64_t position = 0;
	size_t count;

	person = live_admit(live, conn, request, &ticket);
	if (person == NULL)
		return;
	if (at != NULL && !http_cursor(at, live->epoch, &position)) {
		live_answer(live, conn, request, 400, "{\"error\":\"at\"}");
		return;
	}
	listener = crowd_listener(&live->crowd, person, ticket.hear, clock_steady());
	if (at == NULL) {
		answer_empty(live, conn, request->stays, "");
		return;
	}
	topics = ARENA_ARRAY(live->work, struct topic *, listener->count);
	for (uint32_t i = 0; i < listener->count; i++)
		topics[i] = listener->hearings[i].topic;
	if (position > memory_position(live->memory) || !memory_reaches(topics, listener->count, position)) {
		answer_empty(live, conn, request->stays, "\"resync\":true,");
		return;
	}
	count = memory_after(live->work, topics, listener->count, position, &events);
	if (count > 0)
		answer_events(live, conn, request->stays, events, count);
	else
		park(live, conn, request, listener);
}

/* ---- being parked ---- */

void
live_poll_due(void *room, struct loop_conn *conn)
{
	struct live *live = room;
	struct poll *poll = loop_own(conn);

	unpark(live, poll);
	answer_empty(live, conn, poll->stays, "");
	arena_reset(live->work);
}

void
live_poll_left(void *room, struct loop_conn *conn)
{
	unpark(room, loop_own(conn));
}

/* Gives the answer to all polls of a listener. */
static void
answer_listener(struct live *live, struct listener *listener, struct answer *answer)
{
	while (!list_is_empty(&listener->polls)) {
		struct poll *poll = LIST_ENTRY(listener->polls.next, struct poll, link);

		unpark(live, poll);
		answer_send(answer, loop_conn_of(poll), poll->stays);
	}
}

void
live_wake(struct live *live, char *const *topics, size_t count, const struct live_event *event)
{
	struct answer answer;
	struct link *at, *after;

	/* Who is parked has seen all that came before, so this event is the whole answer. */
	answer_init(live, &answer, event->position, "");
	answer_add(&answer, event);
	str_add(&answer.body, "]}");
	for (size_t i = 0; i < count; i++) {
		const struct topic *topic = memory_find(live->memory, topics[i]);

		if (topic == NULL)
			continue;
		LIST_EACH(at, after, &topic->hearings)
			answer_listener(live, LIST_ENTRY(at, struct hearing, link)->listener, &answer);
	}
}

/* Gives an answer to the polls of one person, of a group ("5.v") when that is its name, or of all when it is NULL. */
static void
answer_person(struct live *live, const struct person *person, struct answer *answer)
{
	const bool of_group = person != NULL && crowd_is_group(person->name);

	for (size_t i = 0; i < live->crowd.listeners.size; i++) {
		for (struct entry *entry = live->crowd.listeners.buckets[i]; entry != NULL; entry = entry->next) {
			struct listener *listener = (struct listener *)entry;

			if (person == NULL || listener->person == person || (of_group && person_is_of(listener->person, person->name)))
				answer_listener(live, listener, answer);
		}
	}
}

/* They are still idle and linger: being cut they are not present any more. */
static void
forget_listeners(struct live *live, const struct person *person)
{
	const bool of_group = crowd_is_group(person->name);
	struct link *at, *after;

	LIST_EACH(at, after, &live->crowd.idle) {
		struct listener *listener = LIST_ENTRY(at, struct listener, idle);

		if (listener->person == person || (of_group && person_is_of(listener->person, person->name)))
			listener_forget(&live->crowd, listener);
	}
}

void
live_cut(struct live *live, const char *who)
{
	struct person *person = crowd_person(&live->crowd, who);
	const char *body = "{\"error\":\"cut\"}";
	struct answer answer;

	person_cut(&live->crowd, person, clock_now());
	answer_init(live, &answer, 0, "");
	str_clear(&answer.body);
	str_add(&answer.body, body);
	http_head(&answer.heads[false], 403, answer.body.len, false, "");
	http_head(&answer.heads[true], 403, answer.body.len, true, "");
	answer_person(live, person, &answer);
	forget_listeners(live, person);
}

void
live_poll_end_all(struct live *live)
{
	struct answer answer;

	answer_init(live, &answer, memory_position(live->memory), "");
	str_add(&answer.body, "]}");
	http_head(&answer.heads[true], 200, answer.body.len, false, "");
	answer_person(live, NULL, &answer);
}
