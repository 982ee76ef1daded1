/* SPDX-License-Identifier: BSD-2-Clause */
/* live_listener.c - keeping and forgetting of listeners and persons. */
#include "rooms/live/live_listener.h"

#include <string.h>

#include "core/check.h"
#include "core/log.h"
#include "core/text.h"

#define SWEEP_SHARE 32          /* all persons are looked at within so many sweeps */

static uint32_t
person_hash(const struct entry *entry)
{
	return table_hash_text(TABLE_SEED, ((const struct person *)entry)->name);
}

static uint32_t
listener_hash(const struct entry *entry)
{
	return ((const struct listener *)entry)->hash;
}

void
crowd_init(struct crowd *crowd, struct memory *memory, clock_ms now)
{
	/* Those of this very second are good, so that nobody renews in vain. */
	*crowd = (struct crowd){ .memory = memory, .cut_agents_at = now - now % CLOCK_SECOND - 1 };
	table_init(&crowd->persons, person_hash);
	table_init(&crowd->listeners, listener_hash);
	list_init(&crowd->idle);
}

/* ---- persons ---- */

struct person *
crowd_person(struct crowd *crowd, const char *who)
{
	struct entry *entry = table_bucket(&crowd->persons, table_hash_text(TABLE_SEED, who));
	size_t size = strlen(who) + 1;
	struct person *person;

	for (; entry != NULL; entry = entry->next)
		if (text_equal(((struct person *)entry)->name, who))
			return (struct person *)entry;
	person = keep_new(sizeof *person + size);
	memcpy(person->name, who, size);
	table_add(&crowd->persons, &person->entry);
	return person;
}

/* Tickets count whole seconds, so one signed in the second of the cut counts as signed before it. */
static bool
was_signed_by(clock_ms expires_at, clock_ms moment)
{
	return moment != 0 && expires_at - TICKET_LIFE <= moment;
}

/* "5.a" of "5.a12": all agents of a tenant together. */
static void
group_name(const struct person *person, char group[BELL_TOPIC_MAX + 1])
{
	size_t len = strcspn(person->name, ".");

	len += person->name[len] == '.';
	len += person->name[len] != '\0';
	CHECK(len <= BELL_TOPIC_MAX);
	memcpy(group, person->name, len);
	group[len] = '\0';
}

bool
person_is_of(const struct person *person, const char *group)
{
	char own[BELL_TOPIC_MAX + 1];

	group_name(person, own);
	return text_equal(own, group);
}

bool
crowd_is_group(const char *who)
{
	const char *dot = strchr(who, '.');

	return dot != NULL && dot[1] != '\0' && dot[2] == '\0';
}

/* Was its group cut after the ticket was signed? Looked up only while such a cut is remembered. */
static bool
group_is_cut(const struct crowd *crowd, const struct person *person, clock_ms expires_at)
{
	char group[BELL_TOPIC_MAX + 1];
	const struct entry *entry;

	if (!was_signed_by(expires_at, crowd->cut_group_at))
		return false;
	group_name(person, group);
	for (entry = table_bucket(&crowd->persons, table_hash_text(TABLE_SEED, group)); entry != NULL; entry = entry->next)
		if (text_equal(((const struct person *)entry)->name, group))
			return was_signed_by(expires_at, ((const struct person *)entry)->cut_at);
	return false;
}

/* "5.a12" */
static bool
person_is_agent(const struct person *person)
{
	const char *dot = strchr(person->name, '.');

	return dot != NULL && dot[1] == 'a';
}

enum person_rights
person_rights(const struct crowd *crowd, const struct person *person, clock_ms expires_at)
{
	if (was_signed_by(expires_at, person->cut_at) || group_is_cut(crowd, person, expires_at))
		return PERSON_IS_CUT;
	if (was_signed_by(expires_at, crowd->cut_all_at))
		return PERSON_MUST_RENEW;
	return person_is_agent(person) && was_signed_by(expires_at, crowd->cut_agents_at) ? PERSON_MUST_RENEW : PERSON_MAY;
}

void
person_cut(struct crowd *crowd, struct person *person, clock_ms now)
{
	person->cut_at = now;
	if (crowd_is_group(person->name))
		crowd->cut_group_at = now;
	if (now - crowd->cuts_from > TICKET_LIFE) {
		crowd->cuts_from = now;
		crowd->cuts = 0;
	}
	if (++crowd->cuts < CUTS_MAX)
		return;
	/* Memory is bounded: when there are too many, everybody's tickets of before are too old. */
	log_warning("cuts", "more than %d in one ticket's life: all tickets must be renewed", CUTS_MAX);
	crowd->cut_all_at = now;
	crowd->cuts = 0;
}

bool
person_may_say(struct person *person, clock_ms steady_now)
{
	if (person->said == 0 || steady_now - person->said_at >= CLOCK_SECOND) {
		person->said_at = steady_now;
		person->said = 0;
	}
	if (person->said >= PERSON_SAYS_MAX)
		return false;
	person->said++;
	return true;
}

static bool
person_is_needed(const struct crowd *crowd, const struct person *person, clock_ms steady_now, clock_ms now)
{
	if (person->listeners > 0 || (person->said > 0 && steady_now - person->said_at < CLOCK_SECOND))
		return true;
	return person->cut_at > crowd->cut_all_at && now - person->cut_at <= TICKET_LIFE + CLOCK_SECOND;
}

static void
sweep_persons(struct crowd *crowd, clock_ms steady_now, clock_ms now)
{
	size_t todo = crowd->persons.size / SWEEP_SHARE;

	for (; todo > 0; todo--) {
		struct entry *entry = crowd->persons.buckets[crowd->swept++ & (crowd->persons.size - 1)];

		for (struct entry *next; entry != NULL; entry = next) {
			next = entry->next;
			if (!person_is_needed(crowd, (struct person *)entry, steady_now, now)) {
				table_remove(&crowd->persons, entry);
				keep_free(entry);
			}
		}
	}
}

/* ---- listeners ---- */

/* Does it hear exactly these topics, in this order? */
static bool
listener_hears(const struct listener *listener, const char *hear)
{
	for (uint32_t i = 0; i < listener->count; i++) {
		const char *name = listener->hearings[i].topic->name;
		size_t len = strlen(name);

		if (strncmp(hear, name, len) != 0)
			return false;
		hear += len;
		if (*hear == ' ')
			hear++;
		else if (*hear != '\0')
			return false;
	}
	return *hear == '\0';
}

static uint32_t
count_topics(const char *hear)
{
	uint32_t count = *hear != '\0';

	for (; *hear != '\0'; hear++)
		count += *hear == ' ';
	return count;
}

static struct listener *
listener_new(struct crowd *crowd, struct person *person, const char *hear, uint32_t hash)
{
	uint32_t count = count_topics(hear);
	struct listener *listener = keep_new(sizeof *listener + count * sizeof(struct hearing));

	listener->person = person;
	listener->hash = hash;
	person->listeners++;
	list_init(&listener->polls);
	list_init(&listener->idle);
	for (; listener->count < count; listener->count++) {
		struct hearing *hearing = &listener->hearings[listener->count];
		size_t len = strcspn(hear, " ");
		char name[BELL_TOPIC_MAX + 1];

		CHECK(len <= BELL_TOPIC_MAX);
		memcpy(name, hear, len);
		name[len] = '\0';
		hearing->listener = listener;
		hearing->topic = memory_topic(crowd->memory, name);
		list_add(&hearing->topic->hearings, &hearing->link);
		hear += len + (hear[len] == ' ');
	}
	table_add(&crowd->listeners, &listener->entry);
	return listener;
}

static void
listener_seen(struct crowd *crowd, struct listener *listener, clock_ms steady_now)
{
	if (!list_is_empty(&listener->polls))
		return;
	listener->left_at = steady_now;
	list_remove(&listener->idle);
	list_add(&crowd->idle, &listener->idle);
}

struct listener *
crowd_listener(struct crowd *crowd, struct person *person, const char *hear, clock_ms steady_now)
{
	uint32_t hash = table_hash_text(table_hash_text(TABLE_SEED, person->name), hear);
	struct entry *entry = table_bucket(&crowd->listeners, hash);
	struct listener *listener = NULL;

	for (; entry != NULL && listener == NULL; entry = entry->next) {
		struct listener *at = (struct listener *)entry;

		if (at->hash == hash && at->person == person && listener_hears(at, hear))
			listener = at;
	}
	if (listener == NULL)
		listener = listener_new(crowd, person, hear, hash);
	listener_seen(crowd, listener, steady_now);
	return listener;
}

void
listener_park(struct listener *listener, struct link *poll)
{
	list_remove(&listener->idle);
	list_add(&listener->polls, poll);
	listener->person->polls++;
}

void
listener_unpark(struct crowd *crowd, struct listener *listener, struct link *poll, clock_ms steady_now)
{
	list_remove(poll);
	listener->person->polls--;
	listener_seen(crowd, listener, steady_now);
}

void
listener_forget(struct crowd *crowd, struct listener *listener)
{
	CHECK(list_is_empty(&listener->polls));
	list_remove(&listener->idle);
	table_remove(&crowd->listeners, &listener->entry);
	for (uint32_t i = 0; i < listener->count; i++) {
		list_remove(&listener->hearings[i].link);
		memory_let_go(crowd->memory, listener->hearings[i].topic);
	}
	listener->person->listeners--;
	keep_free(listener);
}

void
crowd_sweep(struct crowd *crowd, clock_ms steady_now, clock_ms now)
{
	while (!list_is_empty(&crowd->idle)) {
		struct listener *listener = LIST_ENTRY(crowd->idle.next, struct listener, idle);

		if (steady_now - listener->left_at <= LISTENER_LINGER)
			break;
		listener_forget(crowd, listener);
	}
	sweep_persons(crowd, steady_now, now);
}

void
crowd_clear(struct crowd *crowd)
{
	while (!list_is_empty(&crowd->idle))
		listener_forget(crowd, LIST_ENTRY(crowd->idle.next, struct listener, idle));
	for (size_t i = 0; i < crowd->persons.size; i++) {
		while (crowd->persons.buckets[i] != NULL) {
			struct entry *entry = crowd->persons.buckets[i];

			table_remove(&crowd->persons, entry);
			keep_free(entry);
		}
	}
	table_clear(&crowd->persons);
	table_clear(&crowd->listeners);
}

void
crowd_name_present(struct crowd *crowd, char *const *topics, size_t count, size_t room, struct str *names)
{
	struct link *at, *after;

	crowd->mark++;
	for (size_t i = 0; i < count; i++) {
		const struct topic *topic = memory_find(crowd->memory, topics[i]);

		if (topic == NULL)
			continue;
		LIST_EACH(at, after, &topic->hearings) {
			struct person *person = LIST_ENTRY(at, struct hearing, link)->listener->person;

			if (person->mark == crowd->mark || names->len + strlen(person->name) + 1 > room)
				continue;
			person->mark = crowd->mark;
			if (names->len > 0)
				str_add_char(names, ' ');
			str_add(names, person->name);
		}
	}
}
