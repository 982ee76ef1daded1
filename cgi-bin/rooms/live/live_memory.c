/* SPDX-License-Identifier: BSD-2-Clause */
/* live_memory.c - remembering and forgetting of events. */
#include "rooms/live/live_memory.h"

#include <stdlib.h>
#include <string.h>

#include "core/text.h"

#define OVERHEAD 16     /* bytes that malloc() spends on each block, about */

/* A topic's list of events, in order of position. */
struct trail {
	struct link mentions;
	size_t count;
};

struct stored;

/* That an event is listed on a topic; on no trail any more when the topic forgot it. */
struct mention {
	struct link link;
	struct topic *topic;            /* NULL then */
	struct stored *stored;
};

struct stored {
	struct link link;               /* in order of position, with all of its kind */
	struct live_event event;
	clock_ms at;
	enum memory_kind kind;
	size_t size;
	size_t listed;                  /* mentions that are on a trail */
	size_t count;
	struct mention mentions[];      /* and the text behind them */
};

struct memory {
	struct table topics;
	struct link stored[2];          /* by kind, the oldest first */
	uint64_t position;
	uint64_t lost;                  /* the highest `forgotten` of topics that are gone */
	size_t bytes;
	size_t bytes_max;
	clock_ms now;
};

static uint32_t
topic_hash(const struct entry *entry)
{
	return table_hash_text(TABLE_SEED, ((const struct topic *)entry)->name);
}

struct memory *
memory_new(size_t bytes_max)
{
	struct memory *memory = keep_new(sizeof *memory);

	table_init(&memory->topics, topic_hash);
	list_init(&memory->stored[MEMORY_RUNG]);
	list_init(&memory->stored[MEMORY_SAID]);
	memory->bytes_max = bytes_max;
	return memory;
}

uint64_t
memory_position(const struct memory *memory)
{
	return memory->position;
}

size_t
memory_bytes(const struct memory *memory)
{
	return memory->bytes;
}

/* ---- topics ---- */

struct topic *
memory_find(const struct memory *memory, const char *name)
{
	struct entry *entry = table_bucket(&memory->topics, table_hash_text(TABLE_SEED, name));

	for (; entry != NULL; entry = entry->next)
		if (text_equal(((struct topic *)entry)->name, name))
			return (struct topic *)entry;
	return NULL;
}

struct topic *
memory_topic(struct memory *memory, const char *name)
{
	struct topic *topic = memory_find(memory, name);
	size_t size = strlen(name) + 1;

	if (topic != NULL)
		return topic;
	topic = keep_new(sizeof *topic + size);
	memcpy(topic->name, name, size);
	list_init(&topic->hearings);
	topic->forgotten = memory->lost;
	table_add(&memory->topics, &topic->entry);
	return topic;
}

void
memory_let_go(struct memory *memory, struct topic *topic)
{
	if (!list_is_empty(&topic->hearings) || topic->trail != NULL)
		return;
	if (topic->forgotten > memory->lost)
		memory->lost = topic->forgotten;
	table_remove(&memory->topics, &topic->entry);
	keep_free(topic);
}

/* ---- forgetting ---- */

/* Takes an event off one topic's trail. */
static void
mention_forget(struct memory *memory, struct mention *mention)
{
	struct topic *topic = mention->topic;

	if (topic == NULL)
		return;
	mention->topic = NULL;
	mention->stored->listed--;
	list_remove(&mention->link);
	if (mention->stored->kind == MEMORY_RUNG && mention->stored->event.position > topic->forgotten)
		topic->forgotten = mention->stored->event.position;
	if (--topic->trail->count > 0)
		return;
	keep_free(topic->trail);
	topic->trail = NULL;
	memory_let_go(memory, topic);
}

static void
stored_forget(struct memory *memory, struct stored *stored)
{
	for (size_t i = 0; i < stored->count; i++)
		mention_forget(memory, &stored->mentions[i]);
	list_remove(&stored->link);
	memory->bytes -= stored->size;
	keep_free(stored);
}

static struct stored *
oldest_of(const struct memory *memory, enum memory_kind kind)
{
	if (list_is_empty(&memory->stored[kind]))
		return NULL;
	return LIST_ENTRY(memory->stored[kind].next, struct stored, link);
}

/* Makes room, but never by the event that has just come. */
static void
forget_excess(struct memory *memory, const struct stored *newest)
{
	while (memory->bytes > memory->bytes_max) {
		struct stored *stored = oldest_of(memory, MEMORY_RUNG);

		if (stored == NULL || stored == newest)
			stored = oldest_of(memory, MEMORY_SAID);
		if (stored == NULL || stored == newest)
			return;
		stored_forget(memory, stored);
	}
}

void
memory_age(struct memory *memory, clock_ms now)
{
	static const clock_ms life[] = { [MEMORY_RUNG] = MEMORY_LIFE, [MEMORY_SAID] = MEMORY_SAID_LIFE };
	struct stored *stored;

	memory->now = now;
	for (enum memory_kind kind = MEMORY_RUNG; kind <= MEMORY_SAID; kind++)
		while ((stored = oldest_of(memory, kind)) != NULL && now - stored->at > life[kind])
			stored_forget(memory, stored);
}

void
memory_free(struct memory *memory)
{
	struct stored *stored;

	for (enum memory_kind kind = MEMORY_RUNG; kind <= MEMORY_SAID; kind++)
		while ((stored = oldest_of(memory, kind)) != NULL)
			stored_forget(memory, stored);
	table_clear(&memory->topics);
	keep_free(memory);
}

/* ---- remembering ---- */

static struct stored *
stored_new(struct memory *memory, enum memory_kind kind, size_t count, const char *json)
{
	size_t len = strlen(json);
	size_t size = sizeof(struct stored) + count * sizeof(struct mention) + len + 1;
	struct stored *stored = keep_new(size);
	char *text = (char *)&stored->mentions[count];

	memcpy(text, json, len + 1);
	stored->event = (struct live_event){ .position = ++memory->position, .len = len, .json = text };
	stored->at = memory->now;
	stored->kind = kind;
	stored->size = size + OVERHEAD;
	stored->count = count;
	memory->bytes += stored->size;
	list_add(&memory->stored[kind], &stored->link);
	return stored;
}

/* Lists the event on a topic, which forgets its oldest one when it has too many. */
static void
mention_add(struct memory *memory, struct stored *stored, struct mention *mention, struct topic *topic)
{
	struct mention *oldest;

	if (topic->trail == NULL) {
		topic->trail = keep_new(sizeof *topic->trail);
		list_init(&topic->trail->mentions);
	}
	mention->topic = topic;
	mention->stored = stored;
	list_add(&topic->trail->mentions, &mention->link);
	stored->listed++;
	if (++topic->trail->count <= MEMORY_TOPIC_MAX)
		return;
	oldest = LIST_ENTRY(topic->trail->mentions.next, struct mention, link);
	stored = oldest->stored;
	mention_forget(memory, oldest);
	if (stored->listed == 0)
		stored_forget(memory, stored);
}

struct live_event
memory_add(struct memory *memory, enum memory_kind kind, char *const *names, size_t count, const char *json)
{
	struct stored *stored = stored_new(memory, kind, count, json);

	for (size_t i = 0; i < count; i++)
		mention_add(memory, stored, &stored->mentions[i], memory_topic(memory, names[i]));
	forget_excess(memory, stored);
	return stored->event;
}

/* ---- recalling ---- */

bool
memory_reaches(struct topic *const *topics, size_t count, uint64_t position)
{
	for (size_t i = 0; i < count; i++)
		if (topics[i]->forgotten > position)
			return false;
	return true;
}

/* Writes the topic's events after `position` to `events`, the newest first; with NULL it only counts. */
static size_t
recall_topic(const struct topic *topic, uint64_t position, struct live_event *events)
{
	size_t count = 0;

	if (topic->trail == NULL)
		return 0;
	for (const struct link *at = topic->trail->mentions.prev; at != &topic->trail->mentions; at = at->prev) {
		const struct mention *mention = LIST_ENTRY(at, const struct mention, link);

		if (mention->stored->event.position <= position)
			break;
		if (events != NULL)
			events[count] = mention->stored->event;
		count++;
	}
	return count;
}

static int
compare_positions(const void *a, const void *b)
{
	const struct live_event *one = a, *other = b;

	return (one->position > other->position) - (one->position < other->position);
}

size_t
memory_after(struct arena *arena, struct topic *const *topics, size_t count, uint64_t position,
	struct live_event **events)
{
	size_t found = 0, kept = 0;

	for (size_t i = 0; i < count; i++)
		found += recall_topic(topics[i], position, NULL);
	if (found == 0)
		return 0;
	*events = ARENA_ARRAY(arena, struct live_event, found);
	found = 0;
	for (size_t i = 0; i < count; i++)
		found += recall_topic(topics[i], position, *events + found);
	qsort(*events, found, sizeof **events, compare_positions);
	for (size_t i = 0; i < found; i++)
		if (kept == 0 || (*events)[i].position != (*events)[kept - 1].position)
			(*events)[kept++] = (*events)[i];
	return kept;
}
