/* SPDX-License-Identifier: BSD-2-Clause */
/* live_say.c - relaying of what is said on a topic without being kept: typing, viewing, previews, call signalling. */
#include <string.h>

#include "core/text.h"
#include "edge/bell.h"
#include "edge/json.h"
#include "rooms/live/live_state.h"

/* Is `topic` one of the list? */
static bool
list_names(const char *list, const char *topic)
{
	size_t topic_len = strlen(topic);

	while (topic_len > 0 && *list != '\0') {
		size_t len = strcspn(list, " ");

		if (len == topic_len && strncmp(list, topic, len) == 0)
			return true;
		list += len;
		list += *list == ' ';
	}
	return false;
}

void
live_say(struct live *live, struct loop_conn *conn, const struct http_request *request)
{
	struct live_event event;
	struct ticket ticket;
	struct person *person;
	struct json *said;
	const char *problem;
	char *topic;

	person = live_admit(live, conn, request, &ticket);
	if (person == NULL)
		return;
	if (!person_may_say(person, clock_steady())) {
		live_answer_later(live, conn, request, 429, "{\"error\":\"rate\"}");
		return;
	}
	said = json_parse(live->work, request->body, request->body_len, &problem);
	topic = arena_text(live->work, json_get_text(said, "topic"));
	if (topic == NULL) {
		live_answer(live, conn, request, 400, "{\"error\":\"json\"}");
		return;
	}
	if (!list_names(ticket.say, topic)) {
		live_answer(live, conn, request, 403, "{\"error\":\"topic\"}");
		return;
	}
	json_set_text(said, "from", ticket.who);
	event = memory_add(live->memory, MEMORY_SAID, &topic, 1, json_text(live->work, said));
	live_answer(live, conn, request, 204, "");
	live_wake(live, &topic, 1, &event);
}
